"""Who may use the desk: whoever opened the one-time link.

- The desk listens on loopback; other users of the machine have no link.
- The link works once; a signed cookie stands for it afterwards, for as long as the desk runs.
- A request under another host name is refused, so that a foreign page cannot reach the desk.

Example::

    door = Door()
    door.link("http://127.0.0.1:8643")
"""

import hmac
import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

__all__ = ["COOKIE", "DOOR", "Door", "guard"]

COOKIE = "quoth-desk"
DOOR = "DESK_DOOR"
"""The setting under which the door stands."""


class Door:
    """The one-time key and the pass that it is changed for."""

    def __init__(self) -> None:
        self._key = secrets.token_urlsafe(32)
        self._pass = secrets.token_urlsafe(32)
        self._used = False

    def link(self, address: str) -> str:
        """The link that opens the desk once."""
        return f"{address}/enter?key={self._key}"

    def admit(self, key: str) -> str:
        """The pass for a right key, once; empty otherwise."""
        if self._used or not hmac.compare_digest(key.encode(), self._key.encode()):
            return ""
        self._used = True
        return self._pass

    def knows(self, held: str) -> bool:
        """Whether this is the pass that was given out."""
        return self._used and hmac.compare_digest(held.encode(), self._pass.encode())


def guard(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let through who holds the pass of the desk's door; everyone else learns nothing."""
    door: Door = getattr(settings, DOOR)

    def answer(request: HttpRequest) -> HttpResponse:
        request.get_host()  # raises for a name that is not ours: a foreign page cannot reach the desk
        if request.path == "/enter":
            held = door.admit(request.GET.get("key", ""))
            if held:
                response = HttpResponseRedirect("/")
                response.set_cookie(COOKIE, held, httponly=True, samesite="Strict")
                response["Cache-Control"] = "no-store"
                response["Referrer-Policy"] = "no-referrer"
                return response
        elif request.path.startswith("/desk.css") or door.knows(request.COOKIES.get(COOKIE, "")):
            return respond(request)
        return HttpResponse(
            "This link was used already, or is not the one that quoth desk printed.\n"
            "Stop the desk with Ctrl-C and start it again for a new link. Nothing is lost.\n",
            status=403,
            content_type="text/plain; charset=utf-8",
        )

    return answer
