"""quoth doctor: what is missing on this machine.

Example::

    quoth doctor
"""

import argparse

from quoth.case.doctor import examine
from quoth.cli.screen import print_json, print_table

__all__ = ["options", "run"]


def options(parser: argparse.ArgumentParser) -> None:
    """The verb has no options of its own."""
    parser.set_defaults(case="")


def run(chosen: argparse.Namespace) -> int:
    """Say what is there; gives 0: nothing that is missing stops the rest."""
    wants = examine()
    if chosen.json:
        print_json(
            [
                {"name": one.name, "found": one.found, "for": one.used_for, "without": one.without, "get": one.get}
                for one in wants
            ]
        )
        return 0
    print_table((("there  " if one.found else "missing"), one.name, one.used_for) for one in wants)
    for one in wants:
        if not one.found:
            print(f"\n{one.name} is missing. Without it: {one.without}\n  $ {one.get}")
    return 0
