"""quoth unseal: open a sealed thing, with a reason for the log.

Example::

    quoth unseal CASE 3fa9c1 --reason "asked for by the court" --out letter.pdf
"""

import argparse
import json
import sys
from pathlib import Path

from quoth.case.casebook import Casebook
from quoth.case.identities import find_identities
from quoth.case.sealing import recipients_of
from quoth.case.unsealing import unseal
from quoth.cli.screen import plain, print_json, who
from quoth.record import wire

__all__ = ["EXAMPLES", "options", "run"]

EXAMPLES = """         quoth unseal CASE 3fa9c1 --reason "which letter is it"     its record alone: an entry 'viewed'
         quoth unseal CASE 3fa9c1 --reason … --out - | less         its bytes: an entry 'unsealed' before the first
The reason stands in the log in the clear: no name, no number. Two-person seals: give --identity twice."""


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the case's folder")
    parser.add_argument("name", metavar="NAME", help="the sealed thing: four or more digits of its name")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why, for the log")
    parser.add_argument("--out", default="", metavar="FILE", help="write the bytes to a new file, or - for the screen")
    parser.add_argument("--identity", action="append", default=[], metavar="FILE", help="a recipient's private key")
    parser.add_argument("--by", default="", metavar="NAME", help="who acts, as the log names them")


def run(chosen: argparse.Namespace) -> int:
    """Open it; gives the exit code."""
    out = sys.stdout.buffer if chosen.out == "-" else Path(chosen.out) if chosen.out else None
    with Casebook.open(Path(chosen.case)) as book:
        identities = find_identities(recipients_of(book), given=[Path(one) for one in chosen.identity])
        made = unseal(book, chosen.name, identities, reason=chosen.reason, by=who(chosen), out=out)
    if chosen.out == "-":
        sys.stdout.buffer.flush()
        return 0
    said = [json.loads(wire.to_bytes(one)) for one in made.said]
    if chosen.json:
        print_json({"name": made.name, "kind": made.kind, "size": made.size, "entry": made.entry, "said": said})
        return 0
    print(f"{made.name}\n{made.kind}, {made.size} bytes; entry {made.entry} of the log says who opened it, and why")
    for one in said:
        print(plain(json.dumps(one, ensure_ascii=False)))
    return 0
