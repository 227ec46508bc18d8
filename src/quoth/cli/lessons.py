"""quoth lessons: what people decided, as marked texts to train on.

A paragraph goes out when every suggestion in it was accepted, corrected or rejected.

Example::

    quoth lessons CASE --out marked/
"""

import argparse
from pathlib import Path

from quoth.case.lessons import Lessons, write_lessons
from quoth.cli.screen import Progress, open_case, print_json

__all__ = ["EXAMPLES", "options", "run"]

EXAMPLES = """Accepted and corrected statements are marked, rejected ones are left out and listed in the header.
The folder holds words of the case in the clear: keep it as you keep the case."""


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the case's folder")
    parser.add_argument("--out", required=True, metavar="FOLDER", help="a new or empty folder for the marked texts")


def run(chosen: argparse.Namespace) -> int:
    """Write the marked texts; gives the exit code."""
    with open_case(chosen.case) as book, Progress(quiet=chosen.json) as progress:
        made = write_lessons(book, Path(chosen.out), progress=lambda done: progress("lessons", done))
    counts = {kind.value: count for kind, count in made.out.items()}
    if chosen.json:
        stayed = {"open_beside": made.open_beside, "unfit": made.unfit, "sealed": made.sealed, "gone": made.gone}
        print_json({"out": chosen.out, "texts": made.texts, "paragraphs": made.paragraphs, **counts, "stayed": stayed})
        return 0
    said = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    print(f"Written to {chosen.out}: {made.texts} texts, {made.paragraphs} paragraphs, {said} statements.")
    for line in _stayed(made):
        print(line)
    return 0


def _stayed(made: Lessons) -> list[str]:
    lines = [
        (made.open_beside, "stayed: in their paragraphs other suggestions are still open"),
        (made.unfit, "stayed: the format cannot hold their marks"),
        (made.sealed, "stayed: sealed"),
        (made.gone, "stayed: a newer reading no longer suggests them"),
    ]
    return [f"{count} decided {words}" for count, words in lines if count]
