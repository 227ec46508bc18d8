"""quoth init: make an empty case.

Example::

    quoth init CASE --title "The harbour calls"
"""

import argparse
from pathlib import Path

from quoth.case.casebook import Casebook
from quoth.case.spoken import note_of
from quoth.cli.screen import print_json, who

__all__ = ["options", "run"]


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the folder to make; it must not exist or be empty")
    parser.add_argument("--title", default="", help="what people call the case (default: the folder's name)")
    parser.add_argument("--question", default="", help="the question it asks; the dossier's headline")
    parser.add_argument("--language", default="en", help="the dossier's language, for example en")
    parser.add_argument("--by", default="", metavar="NAME", help="who acts, as the log names them")


def run(chosen: argparse.Namespace) -> int:
    """Make the case; gives the exit code."""
    root = Path(chosen.case)
    note = note_of(chosen.title or root.name, question=chosen.question, language=chosen.language)
    with Casebook.create(root, note, by=who(chosen)) as book:
        size, head = book.store.head()
    if chosen.json:
        print_json({"case": str(root), "entries": size, "head": head})
    else:
        print(f"Made the case {root}. Next: quoth add {root} FILES…, then quoth build --case {root}")
    return 0
