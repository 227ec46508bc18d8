"""Running steps from the command line, and saying what came of them.

Example::

    run_steps(book, "resolve", options)
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from quoth.case.casebook import Casebook
from quoth.case.finding import Choice
from quoth.case.flow import STEPS, Flow, Report
from quoth.case.leaving import How, Leaving
from quoth.case.projection.load import follow
from quoth.cli.screen import Progress, ask, engine, open_case, plain, print_json, who
from quoth.errors import CliError, SealError

__all__ = ["code_of", "permission", "report_json", "run_step_verb", "run_steps", "say_notes", "say_report"]
__all__ += ["say_unread", "step_options"]

_NOTES = 20
"""Notes that are printed."""


def step_options(parser: argparse.ArgumentParser, *, acting: str = "--by") -> None:
    """The options of every verb that runs steps; ``acting`` is the one that says who acts."""
    parser.add_argument(
        acting, dest="by", default="", metavar="NAME", help="who acts, as the log names them (default: desk)"
    )
    parser.add_argument("--workers", type=int, metavar="N", help="worker processes (default: one a core)")
    parser.add_argument("--engine", default="local", metavar="NAME", help="who maps the steps (default: local)")


def run_steps(book: Casebook, until: str, options: argparse.Namespace, *, choice: Choice | None = None) -> Report:
    """Do every step up to ``until`` and bring the projection up to the log; ``choice`` finds the statements."""
    runner = engine(options.engine, options.workers)
    with Progress(quiet=options.json) as progress:
        report = Flow(book, runner, by=who(options), progress=progress, choice=choice).build(until)
        follow(book.store, progress=lambda done, whole: progress("projection", done, whole))
    return report


def permission(leaving: Leaving, options: argparse.Namespace) -> How:
    """How it is allowed that ``leaving`` leaves the machine; raises where it is not."""
    if options.yes:
        for line in leaving.lines():
            print(plain(line), file=sys.stderr)
        return How.OPTION
    if not sys.stdin.isatty():
        raise CliError(
            "text leaves only with a yes on a terminal; nothing was sent",
            hint="run it on a terminal; --yes is for scripts, and is recorded",
        )
    if not ask("Send it?", shown=leaving.lines(), whole=leaving.lines(whole=True)):
        raise SealError("nothing was sent: the answer was no", hint="what stood before is kept")
    return How.ASKED


def say_report(report: Report, out: Any = None) -> None:
    """What was done, what stood already, and one line for each failure."""
    for step in STEPS:
        done, before = report.done.get(step, 0), report.before.get(step, 0)
        if done or before:
            tail = f", {before} unchanged" if before else ""
            print(f"  {step:<11}{done} done{tail}", file=out or sys.stdout)
    if not report.anything_done and not report.failed:
        print("Nothing to do: every step stands in the log for this input.", file=out or sys.stdout)
    say_notes(report.notes, out)
    for failure in report.failed:
        print(f"could not {failure.task.step} {failure.task.scope}: {failure.reason}", file=sys.stderr)
    if report.failed:
        print("The rest is kept. Run the same command again to try these once more.", file=sys.stderr)


def say_notes(notes: Sequence[str], out: Any = None) -> None:
    """What people should know, a line each; of many the first."""
    for note in notes[:_NOTES]:
        print(plain(f"note: {note}"), file=out or sys.stdout)
    if len(notes) > _NOTES:
        print(f"note: and {len(notes) - _NOTES} more like these (--json has all)", file=out or sys.stdout)


def say_unread(left_out: Iterable[dict[str, Any]]) -> None:
    """One line for each reason for which something was not read, or not wholly."""
    for row in left_out:
        first, more = row["exhibits"][:3], len(row["exhibits"]) - 3
        names = ", ".join(first) + (f" and {more} more" if more > 0 else "")
        print(plain(f"not read: {names}: {row['reason']}"))


def report_json(report: Report) -> dict[str, Any]:
    """The report for machines."""
    return {
        "done": report.done,
        "unchanged": report.before,
        "notes": report.notes,
        "failed": [{"step": one.task.step, "scope": one.task.scope, "reason": one.reason} for one in report.failed],
    }


def code_of(report: Report) -> int:
    """0 done, 3 when a task could not be done."""
    return 3 if report.failed else 0


def run_step_verb(options: argparse.Namespace, until: str) -> int:
    """The whole of a verb that runs steps: open, run, say."""
    with open_case(options.case, current=False) as book:
        report = run_steps(book, until, options)
    if options.json:
        print_json(report_json(report))
    else:
        say_report(report)
    return code_of(report)
