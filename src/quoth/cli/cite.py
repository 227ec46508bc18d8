"""quoth cite: enter evidence that someone says exists.

Nothing is held; it is shown as claimed, never as in hand.

Example::

    quoth cite CASE "call ledger" --said-by "B. C." --availability offered --terms "to researchers"
"""

import argparse

from quoth.case.declared import cited
from quoth.cli.screen import open_case, print_json, who

__all__ = ["options", "run"]


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the case's folder")
    parser.add_argument("title", metavar="WHAT", help="what is said to exist")
    parser.add_argument("--said-by", required=True, metavar="NAME", help="who says that it exists")
    parser.add_argument("--description", default="", metavar="TEXT", help="what they say of it")
    parser.add_argument("--availability", choices=("offered", "withheld", "handed-over", "unknown"), default="unknown")
    parser.add_argument("--held-by", default="", metavar="NAME", help="who is said to hold it")
    parser.add_argument("--terms", default="", metavar="TEXT", help="on what terms it is offered")
    parser.add_argument("--asked-on", default="", metavar="DATE", help="when we asked for it")
    parser.add_argument(
        "--outcome", choices=("not-asked", "asked", "received", "refused", "no-reply"), default="not-asked"
    )
    parser.add_argument("--by", default="", metavar="NAME", help="who acts, as the log names them")


def run(chosen: argparse.Namespace) -> int:
    """Enter it; gives the exit code."""
    names = ("said_by", "description", "availability", "held_by", "terms", "asked_on", "outcome")
    exhibit = cited(chosen.title, **{name: getattr(chosen, name) for name in names})
    with open_case(chosen.case, projection=False) as book:
        entries = book.enter([exhibit], by=who(chosen))
    if chosen.json:
        print_json({"id": exhibit.id, "entered": len(entries)})
    elif entries:
        print(f"Entered as cited, not held: {exhibit.title} ({exhibit.id})")
    else:
        print(f"Stands already: {exhibit.title} ({exhibit.id})")
    return 0
