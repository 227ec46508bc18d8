"""quoth attribute: who says what via whom.

On a case it runs the step; with ``--docs`` it runs the statement engine alone on JSON lines.

Example::

    quoth attribute --docs DOCS.jsonl --out SYS.jsonl
"""

import argparse
import dataclasses
import sys
from pathlib import Path

from quoth.case.finding import Choice, choose, listed
from quoth.case.leaving import allowing, permit, what_leaves, what_leaves_of
from quoth.case.lines import attribute_lines, documents_in
from quoth.cli.screen import Progress, open_case, plain, print_json, who
from quoth.cli.stepping import code_of, permission, report_json, run_steps, say_notes, say_report, step_options
from quoth.errors import CliError

__all__ = ["EXAMPLES", "options", "run"]

EXAMPLES = """         quoth attribute --docs DOCS.jsonl --out SYS.jsonl
         quoth attribute CASE --by spacy --set pipeline=en_core_web_sm
         quoth attribute CASE --by endpoint --set url=http://127.0.0.1:8080/v1 --set model=NAME
DOCS has {"doc_id", "text"} a line; SYS gets {"doc_id", "statements"} a line, offsets in characters."""


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", nargs="?", help="the case's folder")
    parser.add_argument("--docs", metavar="DOCS.jsonl", help="run the engine alone on these texts")
    parser.add_argument("--out", metavar="SYS.jsonl", help="where to write what it finds")
    parser.add_argument("--by", dest="finder", default="", metavar="FINDER", help="who finds the statements")
    parser.add_argument("--set", dest="pairs", action="append", default=[], metavar="KEY=VALUE", help="for the finder")
    parser.add_argument("--finders", action="store_true", help="list the finders and what each needs")
    parser.add_argument("--yes", action="store_true", help="for scripts: let text leave without asking; recorded")
    step_options(parser, acting="--acting")


def run(chosen: argparse.Namespace) -> int:
    """Run the step, or the engine alone; gives the exit code."""
    if chosen.finders:
        return _list(as_json=chosen.json)
    if not chosen.docs and not chosen.case:
        raise CliError("neither CASE nor --docs is given", hint="quoth attribute CASE")
    if chosen.docs and not chosen.out:
        raise CliError("--docs needs --out", hint="quoth attribute --docs DOCS.jsonl --out SYS.jsonl")
    return _alone(chosen) if chosen.docs else _case(chosen)


def _list(*, as_json: bool) -> int:
    rows = listed()
    if as_json:
        print_json(list(rows))
        return 0
    for row in rows:
        state = f" ({row['missing']})" if row["missing"] else " (works when none is named)" if row["usual"] else ""
        print(plain(f"{row['name']}: {row['what']}{state}"))
        for one in row["settings"]:
            tail = " (needed)" if one["needed"] else f" (default: {one['default']})" if one["default"] else ""
            print(plain(f"  --set {one['name']}=…  {one['meaning']}{tail}"))
    return 0


def _choice(chosen: argparse.Namespace) -> Choice | None:
    """The finder that the options name; ``None`` where they name none."""
    pairs = dict(pair.partition("=")[::2] for pair in chosen.pairs if pair.partition("=")[1])
    if len(pairs) != len(chosen.pairs) or (pairs and not chosen.finder):
        raise CliError("--set takes KEY=VALUE, each key once, beside --by", hint="quoth attribute --finders lists them")
    names = [row["name"] for row in listed()]
    if chosen.finder and chosen.finder not in names:
        raise CliError(
            f"no finder {chosen.finder!r}", hint=f"there are: {', '.join(names)}; who acts is named by --acting"
        )
    return choose(chosen.finder, pairs) if chosen.finder else None


def _case(chosen: argparse.Namespace) -> int:
    choice = _choice(chosen)
    with open_case(chosen.case, current=False) as book:
        if choice and choice.sends:
            run_steps(book, "read", chosen)
            leaving = what_leaves(book, choice)
            if leaving.parcels:
                choice = permit(book, choice, leaving, how=permission(leaving, chosen), by=who(chosen))
        report = run_steps(book, "attribute", chosen, choice=choice)
    if chosen.json:
        print_json(report_json(report))
    else:
        say_report(report)
    return code_of(report)


def _alone(chosen: argparse.Namespace) -> int:
    choice, sent = _choice(chosen), {}
    if choice and choice.sends:
        leaving = what_leaves_of(documents_in(Path(chosen.docs)), choice)
        if leaving.parcels:
            sent = {"sent": leaving.told(permission(leaving, chosen))}
            choice = allowing(choice, leaving)
    with Progress(quiet=chosen.json) as progress:
        report = attribute_lines(
            Path(chosen.docs), Path(chosen.out), choice=choice, progress=lambda done: progress("attribute", done)
        )
    if chosen.json:
        print_json({**dataclasses.asdict(report), "out": chosen.out, **sent})
    else:
        where = f"written to {chosen.out}" if report.written else f"{chosen.out} is as it was"
        print(f"{report.statements} statements in {report.documents} documents, {where}")
        say_notes(report.notes)
    for failure in report.failed:
        print(plain(f"could not attribute {failure}"), file=sys.stderr)
    return 3 if report.failed else 0
