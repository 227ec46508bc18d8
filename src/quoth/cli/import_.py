"""quoth import: merge a bundle; bags and web archives as evidence.

Example::

    quoth import from-bea.zip --case CASE --by Ada
"""

import argparse
from pathlib import Path

from quoth.case.casebook import Casebook
from quoth.case.handing import told_from
from quoth.case.importing import Brought, Came, bring
from quoth.cli.giving import say_taken, taken_json
from quoth.cli.screen import plain, print_json, who
from quoth.record.finding import Outcome

__all__ = ["EXAMPLES", "options", "run"]

EXAMPLES = """         quoth import laptop.zip --case CASE --key bea.pub    merge, and trust that key
         quoth import bag/ --case CASE                          a foreign bag, as evidence
         quoth import harbour.wacz --case CASE                  a web archive: the file and its pages
Exit codes: 0 merged or taken in, 1 refused or two histories, 2 used wrongly, 3 could not be done."""


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("bundle", metavar="BUNDLE", help="a bundle, a BagIt bag (folder, .zip, .tar) or a .wacz file")
    parser.add_argument("--case", required=True, metavar="CASE", help="the case's folder")
    parser.add_argument("--key", default="", metavar="PUBLIC", help="the public key of whoever made the bundle")
    parser.add_argument("--digest", default="", metavar="SHA256", help="the bundle's digest as you were told")
    parser.add_argument("--by", default="", metavar="NAME", help="who acts, as the log names them")


def run(chosen: argparse.Namespace) -> int:
    """Import; gives the exit code."""
    told = told_from(key=chosen.key, digest=chosen.digest)
    with Casebook.open(Path(chosen.case)) as book:
        done = bring(book, Path(chosen.bundle), by=who(chosen), told=told)
    if chosen.json:
        print_json(_json(done))
    else:
        _say(done)
    if done.came in (Came.REFUSED, Came.FORKED):
        return 1
    return 3 if done.taken is not None and done.taken.refused else 0


def _json(done: Brought) -> dict[str, object]:
    return {
        "outcome": done.came.value,
        "entries": done.entries,
        "objects": done.objects,
        "remarks": list(done.remarks),
        "taken": taken_json(done.taken) if done.taken is not None else None,
        "findings": [
            {"check": one.check, "subject": one.subject, "outcome": one.outcome.value, "grounds": list(one.grounds)}
            for one in done.findings
        ],
    }


def _say(done: Brought) -> None:
    for one in done.findings:
        if one.outcome is not Outcome.HOLDS:
            print(plain(f"{one.outcome.value}: {one.check}: {one.subject}: {'; '.join(one.grounds)}"))
    for remark in done.remarks:
        print(plain(f"note: {remark}"))
    if done.taken is not None:
        say_taken(done.taken)
    if done.came is Came.REFUSED:
        print("Refused: nothing was entered.")
    else:
        print(f"Imported: {done.came.value}; {done.entries} entries, {done.objects} objects that were not here.")
