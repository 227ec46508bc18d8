"""quoth verify FILE: a disclosure verified step by step, in words.

Example::

    quoth verify proof --key discloser.pub --to "The Gazette" --nonce 8c1f
"""

import argparse
from pathlib import Path
from typing import Any

from quoth.case.disclosure import Verdict, page, verify_file
from quoth.cli.screen import plain, print_json
from quoth.record.finding import Outcome

__all__ = ["asked", "options", "run"]


def options(parser: argparse.ArgumentParser) -> None:
    """What is known from elsewhere."""
    known = parser.add_argument_group("of a disclosure: what you know from elsewhere")
    known.add_argument("--key", default="", metavar="PUBLIC", help="the discloser's public key: file or ssh-ed25519 …")
    known.add_argument("--to", default="", metavar="NAME", help="who you are: it must be made for you")
    known.add_argument("--nonce", default="", metavar="TEXT", help="what you asked them to answer")
    known.add_argument("--days", type=int, default=0, metavar="N", help="how old it may be (default: any age)")


def asked(chosen: argparse.Namespace) -> bool:
    """Whether any of these options was given."""
    return bool(chosen.key or chosen.to or chosen.nonce or chosen.days)


def run(chosen: argparse.Namespace) -> int:
    """Verify; 0 where every step holds, 1 where one fails, 3 where nobody said whose key it is."""
    verdict = verify_file(
        Path(chosen.case), key=chosen.key, audience=chosen.to, nonce=chosen.nonce, days=max(chosen.days, 0)
    )
    if chosen.json:
        print_json(_json(verdict))
    else:
        for line in page(verdict).split("\n"):
            print(plain(line))
    if verdict.shown is None:
        return 1
    return 0 if chosen.key else 3


def _json(verdict: Verdict) -> dict[str, Any]:
    shown = verdict.shown
    made: dict[str, Any] = {
        "outcome": "refused" if shown is None else "holds",
        "failed": verdict.failed.value if verdict.failed else None,
        "steps": [
            {
                "step": number,
                "check": one.check.partition(": ")[2],
                "outcome": one.outcome.value,
                "words": one.grounds[0],
            }
            for number, one in enumerate(verdict.findings, start=1)
        ],
        "limits": list(verdict.findings[0].limits),
        "key_known": verdict.findings[2].outcome is Outcome.HOLDS,
    }
    if shown is not None and shown.terms is not None and shown.binding is not None:
        made["shown"] = {
            "commitment": shown.commitment,
            "form": shown.form,
            "assurance": shown.terms.assurance.value,
            "committed_at": shown.terms.at,
            "rows": shown.terms.rows,
            "width": shown.terms.width,
            "decoys": shown.terms.decoys,
            "complete": shown.terms.complete,
            "to": shown.binding.audience,
            "nonce": shown.binding.nonce,
            "at": shown.binding.at,
            "cells": [{"row": row.number or None, "cells": dict(row.cells)} for row in shown.rows],
        }
    return made
