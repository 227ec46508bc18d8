"""The drill of keys that open seals.

Example::

    quoth keys drill CASE --identity recovery.key
"""

import argparse
from pathlib import Path

from quoth.case.casebook import Casebook
from quoth.case.identities import find_identities
from quoth.case.sealing import recipients_of
from quoth.case.unsealing import drill
from quoth.cli.screen import plain, print_json, print_table, who

__all__ = ["drill_keys", "drill_options"]


def drill_options(parser: argparse.ArgumentParser) -> None:
    """Which private keys are tried."""
    parser.add_argument("--identity", action="append", default=[], metavar="FILE", help="drill: a private key to try")


def drill_keys(chosen: argparse.Namespace, book: Casebook) -> int:
    """Open a test seal with each key; gives 1 where a key did not open it."""
    identities = find_identities(recipients_of(book), given=[Path(one) for one in chosen.identity])
    made = drill(book, identities, by=who(chosen))
    if chosen.json:
        print_json([{"name": one.name, "offline": one.offline, "opened": one.opened} for one in made])
    else:
        words = {True: "opened the test seal", False: "DID NOT open it", None: "no key given"}
        print_table((plain(one.name), "offline" if one.offline else "", words[one.opened]) for one in made)
    return 1 if any(one.opened is False for one in made) else 0
