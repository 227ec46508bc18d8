"""quoth build: a folder in, a draft dossier out.

Takes in, reads, attributes, resolves, verifies, weighs, and writes a draft to look at. A second
run on unchanged input does no step again and says so.

Example::

    quoth build FOLDER --case CASE
"""

import argparse
from pathlib import Path

from quoth.case import answers
from quoth.case.casebook import Casebook
from quoth.case.edition import Written, write_draft
from quoth.case.flow import Report
from quoth.case.intake import Taken, take_in
from quoth.case.spoken import note_of
from quoth.cli.giving import declared_from, provenance_options, say_taken, taken_json
from quoth.cli.screen import Progress, open_case, print_json, who
from quoth.cli.stepping import code_of, report_json, run_steps, say_report, say_unread, step_options
from quoth.errors import CliError

__all__ = ["build_folder", "options", "run"]


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("folder", metavar="FOLDER", nargs="*", help="files and folders to take in first")
    parser.add_argument("--case", required=True, metavar="CASE", help="the case's folder; made when missing")
    parser.add_argument("--out", metavar="DOSSIER", help="where the draft goes (default: CASE/draft)")
    parser.add_argument("--title", default="", help="what people call a new case")
    step_options(parser)
    provenance_options(parser)


def run(chosen: argparse.Namespace) -> int:
    """Build; gives 0, or 3 when something could not be taken in or done."""
    paths = [Path(one) for one in chosen.folder]
    for path in paths:
        if not path.exists():
            raise CliError(f"no such file or folder: {path}", hint="nothing was taken in")
    root = Path(chosen.case)
    _make_when_missing(root, paths, chosen)
    taken, report, written, left_out = build_folder(root, paths, chosen)
    if chosen.json:
        print_json(
            {
                "taken": taken_json(taken),
                "steps": report_json(report),
                "not_read": left_out,
                "dossier": {"path": str(written.path), "pages": written.pages, "bytes": written.size},
            }
        )
    else:
        say_taken(taken)
        say_report(report)
        say_unread(left_out)
        print(f"Draft dossier: {written.path / 'index.html'} ({written.pages} pages)")
        print("draft: machine suggestions, not reviewed")
    return 3 if taken.refused else code_of(report)


def _make_when_missing(root: Path, paths: list[Path], chosen: argparse.Namespace) -> None:
    if root.exists() and not root.is_dir():
        raise CliError(f"--case {root} is a file", hint="name a case, or a folder to make; nothing was taken in")
    if root.exists() and any(root.iterdir()):
        return
    name = chosen.title or (paths[0].resolve().name if paths else root.name)
    Casebook.create(root, note_of(name), by=who(chosen)).close()


def build_folder(
    root: Path, paths: list[Path], chosen: argparse.Namespace
) -> tuple[Taken, Report, Written, list[answers.Answer]]:
    """Take in ``paths``, run every step, write the draft; the last value is what could not be read."""
    target = Path(chosen.out) if chosen.out else root / "draft"
    with open_case(str(root), current=False) as book:
        with Progress(quiet=chosen.json) as progress:
            taken = take_in(
                book,
                paths,
                by=who(chosen),
                declared=declared_from(chosen),
                besides=(target,),
                progress=lambda _name, count: progress("taking in", count),
            )
        report = run_steps(book, "weigh", chosen)
        with Progress(quiet=chosen.json) as progress:
            written = write_draft(book, target, progress=lambda count: progress("pages", count))
        left_out = list(answers.unread())
    return taken, report, written, left_out
