"""quoth erase: remove a thing and all that was made from it.

Example::

    quoth erase CASE x-… --reason source-in-danger
"""

import argparse
import sys
from pathlib import Path

from quoth.case.casebook import Casebook
from quoth.case.erasing import EraseReport, Reason, erase, planned
from quoth.case.locking import lock_all
from quoth.cli.screen import ask, plain, print_json, who
from quoth.errors import CliError

__all__ = ["EXAMPLES", "options", "run"]

EXAMPLES = """         quoth erase CASE 3fa9c1 --reason privacy-law    a sealed thing: data key, salts, cipher text
         quoth erase CASE x-… --reason source-in-danger --dry-run
No key is needed. Old proofs hold: the log keeps digests and commitments that nothing opens any more.
Desks of yours are stopped first. It cannot be undone."""


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the case's folder")
    parser.add_argument("what", metavar="WHAT", help="an exhibit (x-…), or the name of a sealed thing")
    classes = [one.value for one in Reason]
    parser.add_argument("--reason", required=True, choices=classes, metavar="CLASS", help=", ".join(classes))
    parser.add_argument("--by", default="", metavar="NAME", help="who acts, as the log names them")
    parser.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")
    parser.add_argument("--yes", action="store_true", help="without asking")


def run(chosen: argparse.Namespace) -> int:
    """Erase; gives the exit code."""
    with Casebook.open(Path(chosen.case)) as book:
        plan = planned(book, chosen.what)
        if chosen.dry_run:
            return _say(plan, json=chosen.json)
        if not chosen.yes:
            if not sys.stdin.isatty():
                raise CliError("erasing wants a yes on a terminal; nothing was erased", hint="--yes is for scripts")
            if not ask("Erase it for good?", shown=_lines(plan), whole=_lines(plan)):
                return 1
        lock_all()
        return _say(erase(book, chosen.what, Reason(chosen.reason), by=who(chosen)), json=chosen.json)


def _lines(report: EraseReport) -> list[str]:
    return [
        f"goes: {len(report.exhibits)} exhibits, {report.objects} objects, {report.openings} openings",
        f"goes: {len(report.sealed)} sealed things; projection, draft and temporary files",
        *(f"stays: {line}" for line in report.stays),
    ]


def _say(report: EraseReport, *, json: bool) -> int:
    if json:
        print_json(
            {
                "exhibits": list(report.exhibits),
                "objects": report.objects,
                "openings": report.openings,
                "sealed": list(report.sealed),
                "stays": list(report.stays),
                "entry": report.entry if report.entry >= 0 else None,
            }
        )
        return 0
    for line in _lines(report):
        print(plain(line))
    print(f"Erased; entry {report.entry} says so." if report.entry >= 0 else "Nothing was changed.")
    return 0
