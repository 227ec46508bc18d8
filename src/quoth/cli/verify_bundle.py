"""quoth verify BUNDLE: a hand-over verified step by step, in words.

Example::

    quoth verify hand-over.zip --key ada.pub
"""

import argparse
from pathlib import Path

from quoth.case.handing import is_bundle, told_from, verify_bundle
from quoth.cli.screen import plain, print_json
from quoth.record.finding import Finding, Outcome

__all__ = ["fits", "options", "run"]

fits = is_bundle


def options(parser: argparse.ArgumentParser) -> None:
    """What is known from elsewhere."""
    known = parser.add_argument_group("of a bundle: what you know from elsewhere (and --key, as above)")
    known.add_argument("--digest", default="", metavar="SHA256", help="the digest that you were told")
    known.add_argument("--against", action="append", default=[], metavar="FILE", help="a checkpoint that you kept")


def run(chosen: argparse.Namespace) -> int:
    """Verify; 0 where every step holds, 1 where one fails, 3 where one could not be made or nobody vouches."""
    told = told_from(key=chosen.key, digest=chosen.digest, against=[Path(one) for one in chosen.against])
    findings = list(verify_bundle(Path(chosen.case), told=told))
    outcomes = {one.outcome for one in findings}
    vouched = any(one.check.startswith(("bundle.27", "bundle.28")) and one.outcome is Outcome.HOLDS for one in findings)
    failed = Outcome.FAILS in outcomes
    code = 1 if failed else 3 if Outcome.NOT_CHECKED in outcomes or not vouched else 0
    if chosen.json:
        outcome = {0: "holds", 1: "refused", 3: "not checked"}[code]
        print_json({"outcome": outcome, "steps": [_row(one) for one in findings]})
    else:
        _say(findings, code)
    return code


def _row(one: Finding) -> dict[str, object]:
    number, _, check = one.check.removeprefix("bundle.").partition("-")
    return {
        "step": int(number),
        "check": check,
        "subject": one.subject,
        "outcome": one.outcome.value,
        "words": "; ".join(one.grounds),
        "limits": list(one.limits),
    }


def _say(findings: list[Finding], code: int) -> None:
    for one in findings:
        row = _row(one)
        subject = f"{one.subject}: " if one.outcome is not Outcome.HOLDS else ""
        print(plain(f"{row['step']:>2}  {one.outcome.value:<11}  {subject}{row['words']}"))
    for limit in dict.fromkeys(limit for one in findings for limit in one.limits):
        print(f"    not shown: {limit}")
    print(
        {
            0: "Whole, and vouched for by what you were told.",
            1: "REFUSED: do not rely on this bundle.",
            3: "Not refused, and not vouched for: give --key or --digest, or see what could not be checked.",
        }[code]
    )
