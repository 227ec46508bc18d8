"""quoth leaks: look for known secrets in final bytes.

Looks into everything that a file may hold: metadata, attachments, old revisions, packed streams, pictures.

Example::

    quoth leaks dossier/ --secrets secrets.txt
"""

import argparse
import sys
from pathlib import Path

from quoth.case.leaks import FileLeaks, LeakReport, check
from quoth.cli.screen import plain, print_json
from quoth.errors import CliError, SealError

__all__ = ["EXAMPLES", "options", "run"]

EXAMPLES = """         quoth leaks letter.pdf photo.jpg --secrets secrets.txt --json
         quoth leaks dossier/ --secrets secrets.txt --no-ocr
A list of secrets has one name, number, address or digest a line; # begins a remark.
Exit codes: 0 nothing found, 1 found, 2 used wrongly, 3 something could not be looked into."""


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="files, or folders with all that is below them")
    parser.add_argument("--secrets", required=True, metavar="SECRETS.txt", help="what must not be in them, one a line")
    parser.add_argument("--show", action="store_true", help="print secrets in clear; else only their shape")
    parser.add_argument("--no-ocr", action="store_true", help="do not read pictures and drawn pages")


def run(chosen: argparse.Namespace) -> int:
    """Attack the files and print what is found; gives the exit code."""
    tell = _say_file if not chosen.json else _say_nothing
    try:
        report = check(
            [Path(name) for name in chosen.files],
            Path(chosen.secrets),
            with_ocr=not chosen.no_ocr,
            show=chosen.show,
            told=tell,
        )
    except SealError as err:
        raise CliError(f"{chosen.secrets}: {err}", hint=err.hint) from err
    if chosen.json:
        print_json(report.to_json())
    else:
        _say_end(report)
    return report.code


def _say_nothing(_: FileLeaks) -> None:
    """With --json all comes at the end."""


def _say_file(one: FileLeaks) -> None:
    for hit in one.hits:
        where = f" › {' › '.join(hit.where)}" if hit.where else ""
        print(plain(f"{one.file}{where}: line {hit.line} ({hit.kind} {hit.masked}): {hit.form}"), flush=True)
    for gap in one.blind:
        where = f" › {' › '.join(gap.where)}" if gap.where else ""
        print(plain(f"could not look into {one.file}{where}: {gap.reason}"), file=sys.stderr, flush=True)


def _say_end(report: LeakReport) -> None:
    leaking = sum(bool(one.hits) for one in report.files)
    unseen = sum(bool(one.blind) for one in report.files)
    pictures = f"pictures read by {report.ocr}" if report.ocr else "pictures NOT read (--no-ocr)"
    print(f"{len(report.files)} files, {report.secrets} secrets, {pictures}: ", end="")
    if not leaking and not unseen:
        print("nothing found.")
        return
    print(f"found in {leaking}, not looked into wholly: {unseen}.")
