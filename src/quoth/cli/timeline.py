"""quoth timeline: what is said to have happened, when.

Example::

    quoth timeline CASE
"""

import argparse

from quoth.case import answers
from quoth.cli.screen import open_case, print_json, print_table

__all__ = ["options", "run"]


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the case's folder")


def run(chosen: argparse.Namespace) -> int:
    """List the events; gives the exit code."""
    with open_case(chosen.case):
        rows = list(answers.timeline())
    if chosen.json:
        print_json(rows)
    elif not rows:
        print(f"No dated events yet. Next: quoth build --case {chosen.case}")
    else:
        print_table(
            (_bounds(row["when"]), f"“{row['when']['words']}”", row["exhibit_title"], row["title"]) for row in rows
        )
    return 0


def _bounds(when: answers.Answer) -> str:
    if when["earliest"] and when["earliest"] == when["latest"]:
        return str(when["earliest"])
    return f"{when['earliest'] or 'open'} to {when['latest'] or 'open'}"
