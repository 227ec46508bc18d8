"""quoth disclose: prove chosen cells of a table, the rest withheld.

Example::

    quoth disclose CASE --of x-3f0c… --rows 3,17-19 --cells callee,start,duration --to "The Gazette" --out proof
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from quoth.case.casebook import Casebook
from quoth.case.disclosed_table import named_exhibit
from quoth.case.disclosure import ASSURANCES, Committed, Handing, Plan, Wanted, commit_exhibit, hand_over, plan_for
from quoth.cli.screen import ask, plain, print_json, who
from quoth.errors import CliError, SealError

__all__ = ["EXAMPLES", "options", "run"]

EXAMPLES = """         quoth disclose CASE --of x-…                 commit to the table now, show nothing
         quoth disclose CASE --of x-… --rows 3 --cells callee,start --to "The Gazette" --nonce 8c1f --out proof
         quoth verify proof --key discloser.pub --to "The Gazette" --nonce 8c1f
Cells are named by meaning (start, duration, caller, callee, cell site), by their title, or row for the number.
Before anything is shown, the rows that share a combination are counted; it leaves only with a yes."""

_SHOWN = 20  # lines of the warning that are printed before the question


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the case's folder")
    parser.add_argument("--of", required=True, metavar="EXHIBIT", help="the table: an exhibit's id or title")
    parser.add_argument("--rows", default="", metavar="N,N-N", help="rows by their number in the file, or all")
    parser.add_argument("--cells", default="", metavar="NAME,NAME", help="cells of each of these rows")
    parser.add_argument("--to", default="", metavar="NAME", help="the recipient, as they will name themselves")
    parser.add_argument("--nonce", default="", metavar="TEXT", help="what the recipient gave you to answer")
    parser.add_argument("--out", default="", metavar="FILE", help="the file to hand over; a page goes to FILE.txt")
    parser.add_argument("--days", type=int, default=0, metavar="N", help="how long it holds (default: no end)")
    parser.add_argument(
        "--assurance", choices=sorted(ASSURANCES), help="what is said of the file (default: researcher-held-copy)"
    )
    parser.add_argument("--decoys", type=int, default=0, metavar="N", help="places that stand for no row")
    parser.add_argument("--again", action="store_true", help="commit anew, under new salts")
    parser.add_argument("--key", default="", metavar="FILE", help="a private key (default: that of who acts)")
    parser.add_argument("--by", default="", metavar="NAME", help="who acts, as the log names them (default: desk)")
    parser.add_argument("--yes", action="store_true", help="show it without asking, whoever may be found by it")


def run(chosen: argparse.Namespace) -> int:
    """Commit, or commit and show; gives the exit code."""
    wanted = Wanted(
        by=who(chosen),
        key_file=chosen.key,
        assurance=ASSURANCES[chosen.assurance] if chosen.assurance else None,
        decoys=chosen.decoys,
        again=chosen.again,
    )
    asked = [name for name in ("rows", "cells", "to", "out") if getattr(chosen, name)]
    if asked and len(asked) < 4:
        raise CliError(
            "--rows, --cells, --to and --out belong together", hint="without them, only a commitment is made"
        )
    if chosen.days < 0:
        raise CliError(f"not a number of days: {chosen.days}", hint="leave --days out for no end")
    with Casebook.open(Path(chosen.case)) as book:
        exhibit = named_exhibit(book, chosen.of).id
        if not asked:
            return _say_committed(commit_exhibit(book, exhibit, wanted), chosen)
        plan = plan_for(book, exhibit, rows=chosen.rows, cells=chosen.cells, wanted=wanted)
        _permit(plan, chosen)
        to = Handing(audience=chosen.to, out=Path(chosen.out), nonce=chosen.nonce, days=chosen.days)
        hand_over(book, plan, to=to)
    if chosen.json:
        print_json({**_json(plan.committed), "file": chosen.out, "page": f"{chosen.out}.txt", "risks": _risks(plan)})
    else:
        print(plain(f"{len(plan.chosen)} rows of {plan.committed.said['rows']} shown to {chosen.to}: {chosen.out}"))
        print(plain(f"The page that says what it shows and what not: {chosen.out}.txt"))
    return 0


def _permit(plan: Plan, chosen: argparse.Namespace) -> None:
    """Say who could be found by it; raises unless a person allows it."""
    grave = [one.words for one in plan.risks if one.grave]
    lines = [one.words for one in plan.risks]
    if not grave:
        lines.append("Every combination is shared by at least ten rows.")
    if chosen.yes:
        for line in lines:
            print(plain(line), file=sys.stderr)
        return
    if not grave and not sys.stdin.isatty():
        return
    if not sys.stdin.isatty():
        first = "; ".join(grave[:2])
        raise CliError(
            f"somebody could be found by this: {first}", hint="nothing was shown; --yes shows it all the same"
        )
    more = [f"and {len(lines) - _SHOWN} more (show)"] if len(lines) > _SHOWN else []
    if not ask("Show these cells?", shown=[*lines[:_SHOWN], *more], whole=lines):
        raise SealError("nothing was shown: the answer was no", hint="the commitment is kept")


def _say_committed(made: Committed, chosen: argparse.Namespace) -> int:
    if chosen.json:
        print_json(_json(made))
    else:
        state = "Committed" if made.new else "Committed to already"
        said = made.said
        print(plain(f"{state}: {said['rows']} rows of {said['width']} cells, entry {made.seq}, {made.digest}"))
        print("Nothing is shown yet. Stamp the log's checkpoint, so that the day does not rest on your word.")
    return 0


def _json(made: Committed) -> dict[str, Any]:
    return {"commitment": made.digest, "entry": made.seq, "new": made.new, "exhibit": made.exhibit, **made.said}


def _risks(plan: Plan) -> list[dict[str, Any]]:
    return [{"row": one.row, "what": one.what, "sharing": one.sharing, "of": one.whole} for one in plan.risks]
