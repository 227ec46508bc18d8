"""The desk served on loopback, for one case, until it is stopped.

- One thread works on the case; nothing listens beyond this machine.

Example::

    serve(Path("harbour"), port=8643, by="desk", ready=print)
"""

import logging
import secrets
import socket
import types
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from waitress.server import create_server

from quoth.case.board import Board
from quoth.desk.access import DOOR, Door
from quoth.desk.pages import HERE, urls
from quoth.errors import DeskError

__all__ = ["application", "serve"]

HOST = "127.0.0.1"


def application(board: Board, door: Door, *, by: str) -> WSGIHandler:
    """The desk as a WSGI application for one case."""
    address = types.ModuleType("quoth_desk_urls")
    address.urlpatterns = urls(board, by=by)  # type: ignore[attr-defined]  # Django reads this name
    if not settings.configured:
        raise DeskError("the projection is not set up", hint="open the case first")
    settings.SECRET_KEY = secrets.token_urlsafe(48)
    settings.ALLOWED_HOSTS = [HOST, "localhost"]
    settings.ROOT_URLCONF = address
    settings.DEBUG = False
    settings.CSRF_COOKIE_HTTPONLY = True
    settings.CSRF_COOKIE_SAMESITE = "Strict"
    settings.X_FRAME_OPTIONS = "DENY"
    setattr(settings, DOOR, door)
    settings.MIDDLEWARE = [
        "quoth.desk.access.guard",
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ]
    settings.TEMPLATES = [
        {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [HERE / "templates"], "OPTIONS": {}}
    ]
    return WSGIHandler()


def serve(root: Path, *, port: int, by: str, ready: Callable[[str], None]) -> None:
    """Serve until stopped; ``ready`` is told the one-time link. Raises :class:`DeskError`."""
    board = Board(root)
    board.open()
    door = Door()
    app = application(board, door, by=by)
    try:
        listener = socket.create_server((HOST, port))
    except (OSError, OverflowError) as err:
        raise DeskError(
            f"the desk could not listen on {HOST}:{port}: {getattr(err, 'strerror', '') or err}",
            hint="give another one with --port",
        ) from err
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a page and its style sheet are no news
    server = create_server(app, sockets=[listener], threads=1, clear_untrusted_proxy_headers=True)
    ready(door.link(f"http://{HOST}:{listener.getsockname()[1]}"))
    try:
        server.run()
    finally:
        server.close()
        board.close()
