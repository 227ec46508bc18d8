"""quoth audit: prove every object, entry and anchor again.

Example::

    quoth audit CASE
"""

import argparse
from pathlib import Path

from quoth.case.audit import audit_case
from quoth.case.casebook import Casebook
from quoth.cli.screen import Progress, plain, print_json
from quoth.record.finding import Outcome

__all__ = ["options", "run"]


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the case's folder")


def run(chosen: argparse.Namespace) -> int:
    """Audit; gives 0 when everything holds, 1 when a check fails, 3 when one could not be made."""
    with Casebook.open_to_audit(Path(chosen.case)) as book, Progress(quiet=chosen.json) as progress:
        findings = list(audit_case(book, progress=progress))
    if chosen.json:
        print_json(
            [
                {
                    "check": one.check,
                    "subject": one.subject,
                    "outcome": one.outcome.value,
                    "grounds": list(one.grounds),
                    "limits": list(one.limits),
                }
                for one in findings
            ]
        )
    else:
        for one in findings:
            print(plain(f"{one.outcome.value}: {one.check}: {one.subject}: {'; '.join(one.grounds)}"))
    outcomes = {one.outcome for one in findings}
    if Outcome.FAILS in outcomes:
        return 1
    return 3 if Outcome.NOT_CHECKED in outcomes or Outcome.CANNOT_TELL in outcomes else 0
