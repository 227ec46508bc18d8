"""quoth redact: a file made anew, with words and places hidden.

Example::

    quoth redact letter.pdf --out public.pdf --hide "Jane Roe" --hide-page 2:60,700,200,40
"""

import argparse
import contextlib
import dataclasses
import sys
from pathlib import Path

from quoth.case.casebook import Casebook
from quoth.case.redacting import NotFound, Plan, Report, box, redact_exhibit, redact_file
from quoth.cli.screen import plain, print_json, who
from quoth.errors import CliError

__all__ = ["EXAMPLES", "options", "run"]

EXAMPLES = """         quoth redact letter.pdf --out public.pdf --hide "Jane Roe" --hide "+44 7700 900123"
         quoth redact photo.jpg --out photo.png --hide-page 1:120,40,300,90
         quoth redact x-3f0c… --case CASE --out public.pdf --hide "Jane Roe" --whole-lines
Each --hide is a name, a number or words; --hide-from reads them from a file, so that no shell keeps them.
Exit codes: 0 made, 1 words to hide were not found, 2 used wrongly, 3 not made or the leak check stopped it."""


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("file", metavar="FILE", help="a file; with --case an exhibit's id or title")
    parser.add_argument("--out", required=True, metavar="FILE", help="the file to make; its ending says of what kind")
    parser.add_argument("--case", default="", metavar="CASE", help="take the exhibit FILE of this case; the log tells")
    parser.add_argument("--hide", nargs="+", action="append", default=[], metavar="WORDS", help="words to hide")
    parser.add_argument("--hide-from", default="", metavar="FILE", help="more words to hide, one a line")
    parser.add_argument(
        "--hide-page",
        type=box,
        nargs="+",
        action="append",
        default=[],
        metavar="N:X,Y,W,H",
        help="a box (points, pixels)",
    )
    parser.add_argument("--whole-lines", action="store_true", help="paint whole lines, so that no width tells anything")
    parser.add_argument("--allow-missing", action="store_true", help="go on where words to hide are not found")
    parser.add_argument("--show", action="store_true", help="print the hidden words in clear; else by their number")
    parser.add_argument("--by", default="", metavar="NAME", help="who acts, as the log names them (default: desk)")


def run(chosen: argparse.Namespace) -> int:
    """Make the file and say what is hidden in it; gives the exit code."""
    hide = [words for given in chosen.hide for words in given]
    hide += _lines(Path(chosen.hide_from)) if chosen.hide_from else []
    plan = Plan(
        ending=Path(chosen.out).suffix.lower().removeprefix("."),
        hide=tuple(hide),
        boxes=tuple(one for given in chosen.hide_page for one in given),
        whole_lines=chosen.whole_lines,
    )
    out, missing = Path(chosen.out), chosen.allow_missing
    try:
        with contextlib.ExitStack() as stack:
            if chosen.case:
                book = stack.enter_context(Casebook.open(Path(chosen.case)))
                report = redact_exhibit(book, chosen.file, plan, out=out, by=who(chosen), allow_missing=missing)
            else:
                report = redact_file(Path(chosen.file), plan, out=out, allow_missing=missing)
    except NotFound as err:
        return _say_missing(err, chosen)
    if chosen.json:
        words = {"words": {str(number): one for number, one in enumerate(hide, 1)}} if chosen.show else {}
        print_json({"file": chosen.out, **dataclasses.asdict(report), **words})
    else:
        _say(report, plan, chosen)
    return 0


def _say(report: Report, plan: Plan, chosen: argparse.Namespace) -> None:
    for place in report.places:
        named = plan.hide[place.words - 1] if chosen.show and place.words else f"--hide number {place.words}"
        print(plain(f"hidden: {named if place.words else 'as given'}: {place.where}"))
    for line in (*(f"NOT found: --hide number {number}" for number in report.missing), *report.remarks):
        print(plain(line))
    print(plain(f"{chosen.out}: {report.size} bytes, {report.digest}"))
    print(plain(f"Leak check: {report.gate}. Look at the file yourself before it goes out."))


def _say_missing(err: NotFound, chosen: argparse.Namespace) -> int:
    print(f"quoth: {err}\n  {err.hint}", file=sys.stderr)
    if chosen.json:
        print_json({"error": str(err), "hint": err.hint})
    return 1


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text("utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeError) as err:
        raise CliError("the list of words to hide cannot be read", hint="a text file in UTF-8, one a line") from err
