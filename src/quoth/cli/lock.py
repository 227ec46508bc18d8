"""quoth lock: stop the desk and drop every key at once.

Example::

    quoth lock
"""

import argparse

from quoth.case.locking import lock_all
from quoth.cli.screen import print_json

__all__ = ["EXAMPLES", "options", "run"]

EXAMPLES = """Stops every desk of this user, on any case; what was decided is kept. Keys in its memory go with it.
Files that were unsealed with --out are yours to remove."""


def options(parser: argparse.ArgumentParser) -> None:
    """The verb takes no options of its own."""
    del parser


def run(chosen: argparse.Namespace) -> int:
    """Lock; gives 0, or 1 when something did not stop."""
    done = lock_all()
    if chosen.json:
        print_json({"ended": done.ended, "killed": done.killed, "left": done.left, "milliseconds": done.milliseconds})
    else:
        print(f"Locked in {done.milliseconds} ms: {done.ended + done.killed} stopped, {done.left} did not stop.")
    return 1 if done.left else 0
