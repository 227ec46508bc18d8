"""quoth rebuild: delete the projection and make it again.

Example::

    quoth rebuild CASE
"""

import argparse
from pathlib import Path

from quoth.case.answers import counts
from quoth.case.casebook import Casebook
from quoth.case.projection.connect import delete_database, open_database
from quoth.case.projection.load import follow
from quoth.cli.screen import Progress, print_json

__all__ = ["options", "run"]


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the case's folder")


def run(chosen: argparse.Namespace) -> int:
    """Rebuild from the log and the derived objects; gives the exit code."""
    with Casebook.open(Path(chosen.case)) as book, Progress(quiet=chosen.json) as progress:
        delete_database(book.root)
        open_database(book.root)
        taken = follow(book.store, progress=lambda done, whole: progress("projection", done, whole))
        held = counts()
    if chosen.json:
        print_json({"entries": taken, "counts": held})
    else:
        print(
            f"Rebuilt from {taken} entries: {held['held']} exhibits held, {held['cited']} cited, "
            f"{held['statements']} statements, {held['parties']} parties."
        )
    return 0
