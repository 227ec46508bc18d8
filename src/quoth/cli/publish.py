"""quoth publish: write the draft dossier.

Example::

    quoth publish CASE --out dossier/
"""

import argparse
from pathlib import Path

from quoth.case.edition import write_draft
from quoth.cli.screen import Progress, open_case, print_json

__all__ = ["options", "run"]


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the case's folder")
    parser.add_argument("--out", metavar="DOSSIER", help="where the dossier goes (default: CASE/draft)")


def run(chosen: argparse.Namespace) -> int:
    """Write the draft; gives the exit code."""
    target = Path(chosen.out) if chosen.out else Path(chosen.case) / "draft"
    with open_case(chosen.case) as book, Progress(quiet=chosen.json) as progress:
        written = write_draft(book, target, progress=lambda count: progress("pages", count))
    if chosen.json:
        print_json({"path": str(written.path), "pages": written.pages, "bytes": written.size})
    else:
        print(f"Draft dossier: {written.path / 'index.html'} ({written.pages} pages, {written.size:,} bytes)")
        print("draft: machine suggestions, not reviewed")
    return 0
