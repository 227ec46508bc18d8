"""quoth bundle: hand over exhibits with everything that proves them.

Example::

    quoth bundle CASE --out hand-over.zip --exhibit x-3f0c2a… --by Ada --to "The court"
"""

import argparse
from pathlib import Path

from quoth.case.casebook import Casebook
from quoth.case.handing import Choice, Handed, Opened, hand_over
from quoth.cli.screen import plain, print_json, who

__all__ = ["EXAMPLES", "options", "run"]

EXAMPLES = """         quoth bundle CASE --out hand-over.zip --all --by Ada
         quoth bundle CASE --out folder/ --exhibit x-… --open x-…      that opening also tells who gave it
         quoth bundle CASE --out laptop.zip --travel --openings all    for another machine; nothing sealed
Whoever gets it checks it with: quoth verify hand-over.zip, or with the lines in VERIFY.txt and no quoth at all."""


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the case's folder")
    parser.add_argument("--out", required=True, metavar="BUNDLE", help="a new folder, or a name that ends in .zip")
    parser.add_argument("--exhibit", action="append", default=[], metavar="ID", help="an exhibit to hand over")
    parser.add_argument("--all", action="store_true", help="every exhibit held in plain")
    parser.add_argument("--travel", action="store_true", help="every plain object, derived ones too; nothing sealed")
    parser.add_argument(
        "--openings",
        choices=[one.value for one in Opened],
        default=Opened.PLAIN.value,
        help="what the log commits to and the bundle opens: nothing, what tells of no giver, or all",
    )
    parser.add_argument(
        "--open", action="append", default=[], metavar="ID", help="open this exhibit's provenance whatever it tells"
    )
    parser.add_argument("--to", default="", metavar="NAME", help="to whom, kept in an opening and not in the log")
    parser.add_argument("--secrets", metavar="SECRETS.txt", help="words that must not be in it, one a line")
    parser.add_argument("--by", default="", metavar="NAME", help="who acts, as the log names them")


def run(chosen: argparse.Namespace) -> int:
    """Write the bundle; gives the exit code."""
    choice = Choice(
        exhibits=tuple(chosen.exhibit),
        everything=chosen.all,
        travel=chosen.travel,
        opened=Opened(chosen.openings),
        named=tuple(chosen.open),
    )
    secrets = Path(chosen.secrets) if chosen.secrets else None
    with Casebook.open(Path(chosen.case)) as book:
        handed = hand_over(book, Path(chosen.out), choice, by=who(chosen), to=chosen.to, secrets=secrets)
    if chosen.json:
        print_json(
            {
                "path": str(handed.path),
                "digest": handed.digest,
                "bytes": handed.size,
                "exhibits": handed.exhibits,
                "openings": handed.opened,
                "closed": list(handed.closed),
                "not_looked_for": handed.unchecked,
            }
        )
    else:
        _say(handed)
    return 0


def _say(handed: Handed) -> None:
    print(plain(f"Bundle: {handed.path} ({handed.exhibits} exhibits, {handed.opened} openings, {handed.size:,} bytes)"))
    print(f"Its digest, to be told on another way: {handed.digest}")
    if handed.closed:
        print(f"closed: {', '.join(handed.closed)}: their provenance tells of a giver; open it with --open ID")
    if handed.unchecked:
        print(f"note: {handed.unchecked} names of givers are too short to be looked for in the bundle")
