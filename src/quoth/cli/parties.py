"""quoth parties: persons and organisations, and their offices.

Example::

    quoth parties CASE
"""

import argparse

from quoth.case import answers
from quoth.cli.screen import open_case, plain, print_json

__all__ = ["options", "run"]


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the case's folder")


def run(chosen: argparse.Namespace) -> int:
    """List the parties; gives the exit code."""
    with open_case(chosen.case):
        rows = list(answers.parties())
    if chosen.json:
        print_json(rows)
    elif not rows:
        print(f"No parties yet. Next: quoth build --case {chosen.case}")
    for row in rows if not chosen.json else ():
        names = [one["text"] for one in row["names"]]
        also = f" (also {', '.join(names[1:])})" if names[1:] else ""
        print(plain(f"{row['id']}  {row['kind']:<13}{row['mentions']:>4}  {names[0] if names else ''}{also}"))
        for office in row["offices"]:
            at = f", {office['organisation']}" if office["organisation"] else ""
            ended = " (former)" if office["ended"] else ""
            print(plain(f"{'':24}{office['position']}{at}{ended}"))
    return 0
