"""quoth statements: who says what, with the chain.

Example::

    quoth statements CASE --source-type unnamed --json
"""

import argparse

from quoth.case import answers
from quoth.cli.screen import open_case, plain, print_json

__all__ = ["options", "run"]


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the case's folder")
    parser.add_argument("--exhibit", metavar="ID", help="only those of one exhibit")
    parser.add_argument("--act", help="only this act, for example deny")
    parser.add_argument("--source-type", help="named, role, group, document, unnamed, outlet or none")
    parser.add_argument("--polarity", choices=("positive", "negative"))


def run(chosen: argparse.Namespace) -> int:
    """List the statements; gives the exit code."""
    asked = {
        "scope": chosen.exhibit,
        "act": chosen.act,
        "source_type": chosen.source_type,
        "polarity": chosen.polarity,
    }
    where = {name: value for name, value in asked.items() if value}
    with open_case(chosen.case):
        rows = list(answers.statements(**where))
    if chosen.json:
        print_json(rows)
    elif not rows:
        why = "that fit" if where else f"yet. Next: quoth build --case {chosen.case}"
        print(f"No statements {why}")
    for row in rows if not chosen.json else ():
        _print(row)
    return 0


def _print(row: answers.Answer) -> None:
    links = [f"{link['source'] or '(nobody named)'}" for link in row["chain"]]
    negative = ", negative" if row["polarity"] == "negative" else ""
    print(plain(f"{row['id']}  {' ← '.join(links) or row['source'] or '(nobody named)'}"))
    print(plain(f"  {row['act']}{negative} ({row['source_type']}, {row['form']}): {row['content']}"))
    print(plain(f"  in {row['exhibit_title']}; suggested: {row['reason']}, {row['confidence'] / 10:.0f} %"))
