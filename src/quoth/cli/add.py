"""quoth add: take in files and folders.

Example::

    quoth add CASE letters/ --given-by "A. N." --obtained-on "May 2031"
"""

import argparse
from pathlib import Path

from quoth.case.intake import take_in
from quoth.cli import seal
from quoth.cli.giving import declared_from, provenance_options, say_taken, taken_json
from quoth.cli.screen import Progress, open_case, print_json, who
from quoth.errors import CliError

__all__ = ["EXAMPLES", "options", "run"]

EXAMPLES = """A provenance.toml beside the files says the same for each of them; see docs/collect.md."""


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the case's folder")
    parser.add_argument("paths", metavar="PATH", nargs="+", help="files and folders; zip and tar are looked into")
    parser.add_argument("--by", default="", metavar="NAME", help="who acts, as the log names them")
    parser.add_argument("--sealed", action="store_true", help="seal them: no plain trace; see quoth seal --help")
    parser.add_argument("--identity", action="append", default=[], metavar="FILE", help="sealed: a recipient's key")
    provenance_options(parser)


def run(chosen: argparse.Namespace) -> int:
    """Take in; gives 0, or 3 when something could not be taken."""
    if chosen.sealed:
        chosen.what, chosen.list, chosen.recipients, chosen.field = chosen.paths, False, "", ""
        return seal.run(chosen)
    paths = [Path(one) for one in chosen.paths]
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise CliError(f"no such file or folder: {path}", hint="nothing was taken in")
    with open_case(chosen.case) as book, Progress(quiet=chosen.json) as progress:
        taken = take_in(
            book,
            paths,
            by=who(chosen),
            declared=declared_from(chosen),
            progress=lambda _name, count: progress("taking in", count),
        )
    if chosen.json:
        print_json(taken_json(taken))
    else:
        say_taken(taken)
    return 3 if taken.refused else 0
