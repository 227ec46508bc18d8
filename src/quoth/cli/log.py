"""quoth log: the custody log.

Example::

    quoth log CASE
"""

import argparse

from quoth.case import answers
from quoth.cli.screen import open_case, print_json, print_table

__all__ = ["options", "run"]


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the case's folder")


def run(chosen: argparse.Namespace) -> int:
    """List the entries; gives the exit code."""
    with open_case(chosen.case):
        rows = list(answers.log())
    if chosen.json:
        print_json(rows)
    else:
        print_table((str(row["seq"]), row["at"], row["action"], row["by"], row["note"]) for row in rows)
    return 0
