"""quoth seal: put evidence, or a word of its record, behind keys.

Example::

    quoth seal CASE letter.pdf
"""

import argparse
from pathlib import Path

from quoth.case.casebook import Casebook
from quoth.case.identities import find_identities
from quoth.case.locking import lock_all
from quoth.case.sealed_intake import seal_files
from quoth.case.sealing import FIELDS, SealReport, Seals, listed, recipients_of, set_recipients
from quoth.cli.giving import declared_from, provenance_options
from quoth.cli.screen import Progress, plain, print_json, print_table, who
from quoth.errors import CliError

__all__ = ["EXAMPLES", "options", "run", "say_sealed"]

EXAMPLES = """         quoth seal CASE --recipients FILE   who can open seals: age1… or ssh-ed25519 keys, each on a line
                                             after '# NAME' or '# NAME [offline]'; again: wrap anew
         quoth seal CASE letter.pdf --given-by "A. N."   seal a file while it is taken in: no plain trace
         quoth seal CASE x-…                         move an exhibit into the seal, and remove what was made from it
         quoth seal CASE x-… --field given_by        seal one word of its record
         quoth seal CASE --list
Marked [second], keys form a second group: then one key of each group is needed to open anything.
At least two recipients, one of them [offline]. Desks of yours are stopped first: they hold pages in memory."""


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the case's folder")
    parser.add_argument("what", metavar="WHAT", nargs="*", help="files and folders, or one exhibit (x-…)")
    parser.add_argument("--recipients", default="", metavar="FILE", help="name who can open what is sealed")
    parser.add_argument("--field", default="", choices=("", *FIELDS), metavar="FIELD", help=", ".join(FIELDS))
    parser.add_argument("--list", action="store_true", help="names and sizes of what is sealed")
    parser.add_argument("--identity", action="append", default=[], metavar="FILE", help="a recipient's private key")
    parser.add_argument("--by", default="", metavar="NAME", help="who acts, as the log names them")
    provenance_options(parser)


def run(chosen: argparse.Namespace) -> int:
    """Seal; gives 0, or 3 when something could not be sealed."""
    given = [Path(one) for one in chosen.identity]
    with Casebook.open(Path(chosen.case)) as book:
        if chosen.list:
            return _list(chosen, book)
        if chosen.recipients:
            keys = find_identities(recipients_of(book), given=given) if listed(book)["recipients"] else ()
            report = set_recipients(book, _text(chosen.recipients), by=who(chosen), identities=keys)
            if not chosen.json:
                print(
                    f"Entered the list: {len(listed(book)['recipients'])} can open; wrapped anew: {len(report.names)}"
                )
                for line in report.stays:
                    print(plain(f"stays: {line}"))
                return 0
            return say_sealed(report, json=True)
        if not chosen.what:
            raise CliError("nothing to seal is named", hint="quoth seal --help")
        identities = find_identities(recipients_of(book), given=given)
        exhibit = chosen.what[0] if chosen.what[0].startswith("x-") and not Path(chosen.what[0]).exists() else ""
        if not exhibit:
            with Progress(quiet=chosen.json) as progress:
                paths = [Path(one) for one in chosen.what]
                report = seal_files(
                    book, paths, identities, by=who(chosen), declared=declared_from(chosen), progress=progress
                )
            return say_sealed(report, json=chosen.json)
        lock_all()
        seals = Seals(book, identities)
        if chosen.field:
            return say_sealed(seals.hide_words(exhibit, chosen.field, by=who(chosen)), json=chosen.json)
        return say_sealed(seals.move_in(exhibit, by=who(chosen)), json=chosen.json)


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as err:
        raise CliError(f"{path} cannot be read as a list of recipients", hint="nothing was sealed") from err


def _list(chosen: argparse.Namespace, book: Casebook) -> int:
    held = listed(book)
    if chosen.json:
        print_json(held)
        return 0
    for line in held["recipients"]:
        print(plain(f"opens with: {line}"))
    print_table((one["name"], f"{one['size']} bytes", f"since entry {one['since']}") for one in held["sealed"])
    return 0


def say_sealed(report: SealReport, *, json: bool) -> int:
    """What came of it; gives the exit code."""
    if json:
        print_json(
            {
                "sealed": report.names,
                "known": report.known,
                "refused": report.refused,
                "removed": report.removed,
                "stays": report.stays,
            }
        )
        return 3 if report.refused else 0
    for line in report.refused:
        print(plain(f"not sealed: {line}"))
    for name in report.names:
        print(name)
    print(f"Sealed: {len(report.names)}; sealed here before: {len(report.known)}; removed: {report.removed}")
    for line in report.stays:
        print(plain(f"stays: {line}"))
    return 3 if report.refused else 0
