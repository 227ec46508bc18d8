"""quoth audit: prove every object, entry, signature and anchor again.

Example::

    quoth audit CASE
"""

import argparse
from pathlib import Path

from quoth.case.audit import audit_case, repair_case, scrub_case
from quoth.case.casebook import Casebook
from quoth.cli.screen import Progress, plain, print_json, who
from quoth.errors import CliError
from quoth.record.finding import Finding, Outcome

__all__ = ["EXAMPLES", "options", "run"]

EXAMPLES = """         quoth audit CASE --against bea.note      compare with a checkpoint from elsewhere; a fork is kept
         quoth audit CASE --scrub 5%              read a share of the objects again, longest unchecked first
         quoth audit CASE --minutes 10            the same for some minutes
         quoth audit CASE --repair-from /backup   put damaged objects right from a second copy"""


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the case's folder")
    parser.add_argument("--against", action="append", default=[], metavar="FILE", help="a checkpoint from elsewhere")
    parser.add_argument(
        "--scrub", default="", metavar="N%", help="only a share of the objects, longest unchecked first"
    )
    parser.add_argument("--minutes", type=float, metavar="M", help="the same, for so many minutes")
    parser.add_argument("--repair-from", default="", metavar="FOLDER", help="take good copies of damaged objects here")
    parser.add_argument("--by", default="", metavar="NAME", help="who acts, as the log names them")


def run(chosen: argparse.Namespace) -> int:
    """Audit; gives 0 when everything holds, 1 when a check fails, 3 when one could not be made."""
    share, against = _share(chosen.scrub), {name: _read(name) for name in chosen.against}
    with Casebook.open_to_audit(Path(chosen.case)) as book, Progress(quiet=chosen.json) as progress:
        if chosen.scrub or chosen.minutes is not None:
            findings = list(scrub_case(book, by=who(chosen), share=share, minutes=chosen.minutes))
        else:
            findings = list(audit_case(book, progress=progress, against=against))
        repaired: tuple[str, ...] = ()
        if chosen.repair_from:
            made = repair_case(book, findings, Path(chosen.repair_from), by=who(chosen))
            repaired = tuple(
                f"{one.digest} put right" + (f", damaged bytes: {one.aside}" if one.aside else "") for one in made
            )
            findings = list(audit_case(book, progress=progress, against=against)) if made else findings
    _show(findings, repaired, as_json=chosen.json)
    outcomes = {one.outcome for one in findings}
    if Outcome.FAILS in outcomes:
        return 1
    return 3 if Outcome.NOT_CHECKED in outcomes or Outcome.CANNOT_TELL in outcomes else 0


def _show(findings: list[Finding], repaired: tuple[str, ...], *, as_json: bool) -> None:
    if as_json:
        rows = [
            {"check": "repair", "subject": one, "outcome": "repaired", "grounds": [], "limits": []} for one in repaired
        ]
        rows += [
            {
                "check": one.check,
                "subject": one.subject,
                "outcome": one.outcome.value,
                "grounds": list(one.grounds),
                "limits": list(one.limits),
            }
            for one in findings
        ]
        print_json(rows)
        return
    for line in repaired:
        print(plain(f"repaired: {line}"))
    for one in findings:
        print(plain(f"{one.outcome.value}: {one.check}: {one.subject}: {'; '.join(one.grounds)}"))


def _share(text: str) -> int:
    number = text.removesuffix("%")
    if text and not (number.isdecimal() and 1 <= int(number) <= 100):
        raise CliError(f"--scrub {text}: not a share", hint="for example --scrub 5%")
    return int(number) if text else 100


def _read(name: str) -> bytes:
    try:
        with Path(name).open("rb") as source:
            return source.read(1 << 20)
    except OSError as err:
        raise CliError(f"{name} cannot be read: {err.strerror}", hint="give the file of a checkpoint") from err
