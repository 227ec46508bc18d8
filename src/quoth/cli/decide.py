"""quoth decide: accept, reject or correct one suggested statement.

Every decision is an entry of the log; a later one can withdraw it.

Example::

    quoth decide CASE s-… correct --source "the harbour master" --act warn --by Ada
"""

import argparse

from quoth.case.amending import CHOICES, PARTS, VERDICTS, settle
from quoth.cli.screen import open_case, plain, print_json, who
from quoth.errors import AttributeRoomError, CliError
from quoth.record.custody import Decision, Verdict

__all__ = ["EXAMPLES", "options", "run"]

EXAMPLES = """         quoth decide CASE s-… correct --content "that the gate" --content "was shut" --polarity negative
Words must stand once in the statement's paragraphs; START-END (characters of the text) picks one of several.
An empty part ("") is taken away. quoth statements CASE lists statements with their ids."""


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the case's folder")
    parser.add_argument("statement", metavar="ID", help="the statement, s-…")
    parser.add_argument("verdict", choices=[one.value for one in VERDICTS], help="what you decide")
    for name in PARTS:
        repeat = name in ("content", "addressee")
        parser.add_argument(
            f"--{name}",
            action="append",
            metavar="WORDS",
            help=f"the {name} as it should be{'; repeat for each piece' if repeat else ''}",
        )
    for name, values in CHOICES.items():
        parser.add_argument(f"--{name.replace('_', '-')}", choices=values, metavar="WORD", help=", ".join(values))
    parser.add_argument("--reason", default="", metavar="TEXT", help="why, for the log")
    parser.add_argument("--by", default="", metavar="NAME", help="who decides, as the log names them")


def run(chosen: argparse.Namespace) -> int:
    """Enter the decision; gives the exit code."""
    changes: dict[str, list[str]] = {name: getattr(chosen, name) for name in PARTS if getattr(chosen, name) is not None}
    changes |= {name: [getattr(chosen, name)] for name in CHOICES if getattr(chosen, name)}
    with open_case(chosen.case) as book:
        try:
            made = settle(
                book,
                chosen.statement,
                Verdict(chosen.verdict),
                by=who(chosen),
                reason=chosen.reason,
                changes=changes,
            )
        except AttributeRoomError as err:
            raise CliError(f"{err}; nothing was entered", hint=err.hint) from err
    if chosen.json:
        print_json({"id": made.id, "about": chosen.statement, "verdict": made.verdict.value, "instead": _parts(made)})
        return 0
    print(f"Entered: {made.verdict.value} {chosen.statement} ({made.id})")
    for name, value in _parts(made).items():
        print(plain(f"  {name}: {value}"))
    return 0


def _parts(made: Decision) -> dict[str, str]:
    instead = made.instead
    if instead is None:
        return {}
    parts = {name: " … ".join(one.exact for one in getattr(instead, name)) for name in PARTS}
    return parts | {name: getattr(instead, name).value for name in CHOICES}
