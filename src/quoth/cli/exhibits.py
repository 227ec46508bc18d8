"""quoth exhibits: what is held, what is only cited.

Example::

    quoth exhibits CASE
"""

import argparse

from quoth.case import answers
from quoth.cli.screen import open_case, print_json, print_table

__all__ = ["options", "run"]


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the case's folder")


def run(chosen: argparse.Namespace) -> int:
    """List the exhibits; gives the exit code."""
    with open_case(chosen.case):
        rows = list(answers.exhibits())
    if chosen.json:
        print_json(rows)
    elif not rows:
        print(f"No exhibits yet. Next: quoth add {chosen.case} FILES…")
    else:
        print_table(
            (
                "● held" if row["status"] == "held" else "○ cited, not held",
                row["id"],
                row["kind"] or row["availability"],
                row["title"] + (f" (said by {row['said_by']})" if row["said_by"] else ""),
            )
            for row in rows
        )
    return 0
