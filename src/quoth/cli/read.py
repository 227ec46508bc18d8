"""quoth read: turn bytes into passages.

Example::

    quoth read CASE
"""

import argparse

from quoth.cli.stepping import run_step_verb, step_options

__all__ = ["options", "run"]


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the case's folder")
    step_options(parser)


def run(chosen: argparse.Namespace) -> int:
    """Run the steps up to this one; gives the exit code."""
    return run_step_verb(chosen, "read")
