"""quoth desk: review suggestions in the browser.

Listens on this machine only, with a link that works once; stop it with Ctrl-C.

Example::

    quoth desk CASE
"""

import argparse
import contextlib
import importlib.metadata
import signal
import sys
import webbrowser
from pathlib import Path

from quoth.case.locking import signed_in
from quoth.cli.screen import print_json, who
from quoth.errors import CliError

__all__ = ["options", "run"]


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the case's folder")
    parser.add_argument("--port", type=int, default=0, help="where to listen on loopback (default: any free port)")
    parser.add_argument("--no-open", action="store_true", help="print the link, do not open a browser")
    parser.add_argument("--by", default="", metavar="NAME", help="who decides, as the log names them")


def run(chosen: argparse.Namespace) -> int:
    """Serve until stopped; gives the exit code."""
    faces = importlib.metadata.entry_points(group="quoth.faces", name="desk")
    if not faces:
        raise CliError("the desk is not installed", hint="install quoth anew: its entry points are missing")

    def ready(link: str) -> None:
        if chosen.json:
            print_json({"link": link})
        else:
            print(f"The desk is open at {link}\n(the link works once; stop with Ctrl-C)")
        sys.stdout.flush()
        if not chosen.no_open and sys.stdout.isatty():
            webbrowser.open(link)

    serve = next(iter(faces)).load()
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    with contextlib.suppress(KeyboardInterrupt, SystemExit), signed_in("desk"):
        serve(Path(chosen.case), port=chosen.port, by=who(chosen), ready=ready)
    print("The desk is closed; every decision is kept.", file=sys.stderr)
    return 0
