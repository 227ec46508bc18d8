"""quoth demo: build the fictional case and show its dossier.

Everything in the case is invented: country, people, numbers.

Example::

    quoth demo
"""

import argparse
import sys
import webbrowser
from pathlib import Path

from quoth.case.shipped import demo_files
from quoth.cli import build
from quoth.cli.giving import provenance_options
from quoth.cli.stepping import step_options

__all__ = ["options", "run"]


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("--case", default="demo-case", metavar="CASE", help="where to build it (default: demo-case)")
    parser.add_argument("--out", metavar="DOSSIER", help="where the dossier goes (default: CASE/draft)")
    parser.add_argument("--no-open", action="store_true", help="do not open a browser")
    parser.set_defaults(title="", folder=[str(demo_files())])
    step_options(parser)
    provenance_options(parser)


def run(chosen: argparse.Namespace) -> int:
    """Build the demo and open it; gives the exit code."""
    code = build.run(chosen)
    index = (Path(chosen.out) if chosen.out else Path(chosen.case) / "draft") / "index.html"
    if code == 0 and not chosen.no_open and sys.stdout.isatty() and index.is_file():
        webbrowser.open(index.resolve().as_uri())
    return code
