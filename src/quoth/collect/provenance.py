r"""``provenance.toml``: what people declare of the files beside it.

- Every key is known: an unknown one is refused with its path, so that no declaration is lost to a
  typing error.
- Dates are TOML dates or any words; words that nobody can read stay words, with no bounds.
- A folder further down may have a file of its own; the nearest one wins.
- The file is the desk's own note. It is never evidence, and inside an archive it is only content.

Example::

    provenances = parse(b'[default]\\ngiven_by = "A. N."\n')
"""

# Names are bytes here, and pathlib only knows text:
# ruff: noqa: PTH118, PTH123

import calendar
import datetime
import functools
import os
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

from quoth.collect.declared import Declared, Provenances, Rule, join, merge
from quoth.collect.incoming import reason_of
from quoth.collect.names import shown
from quoth.collect.noted import Table, records_in
from quoth.errors import CollectError, QuothError
from quoth.record.custody import CaseNote
from quoth.terms.tongue import parse_tongue
from quoth.terms.when import When, day

__all__ = ["Declared", "Provenances", "Rule", "gather", "is_provenance", "iso_when", "join", "merge", "parse"]

NAME = "provenance.toml"
LARGEST = 4 * 2**20
"""The largest provenance.toml that is read, in bytes."""

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")
_HINT = "see docs/collect.md for the keys of provenance.toml"


def is_provenance(name: str) -> bool:
    """Whether a file of this name (a path with ``/``) declares provenance for its folder."""
    return name.rsplit("/", 1)[-1] == NAME


def iso_when(text: str) -> When:
    """A day, month or year in ISO 8601 form with its bounds; any other text as words alone."""
    text = text.strip()
    match = _ISO.match(text)
    if match is None:
        return When(words=text)
    year, month, date = match.groups()
    try:
        first = datetime.date(int(year), int(month or 1), int(date or 1))
    except ValueError:
        return When(words=text)
    if date:
        return day(text, first.isoformat())
    last_month = int(month or 12)
    last = datetime.date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])
    return When(words=text, earliest=first.isoformat(), latest=last.isoformat(), edtf=text)


def parse(data: bytes, *, read_date: Callable[[str], When] = iso_when, folder: str = "") -> Provenances:
    """The declarations in the bytes of a ``provenance.toml`` that stands in ``folder``.

    ``folder`` is a shown path relative to what is taken in, empty or ending in ``/``;
    ``read_date`` reads words that are not an ISO date. Raises :class:`CollectError` with the path of
    what does not fit.
    """
    try:
        root = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as err:
        raise CollectError(f"{folder}{NAME} is not TOML: {err}", hint=_HINT) from err
    table = Table(root, path="", where=f"{folder}{NAME}", read_date=functools.partial(_read, read_date))
    rules = [Rule(folder=folder, declared=_declared(one)) for one in table.tables("default", single=True)]
    for one in table.tables("file"):
        pattern = one.text("path", required=True)
        rules.append(Rule(folder=folder, pattern=pattern, declared=_declared(one)))
    case = [_case_note(one) for one in table.tables("case", single=True)]
    records = records_in(table)
    table.finish()
    unique = {record.id: record for record in records}
    return Provenances(case=case[0] if case else None, records=tuple(unique.values()), rules=tuple(rules))


def gather(top: Path, *, read_date: Callable[[str], When] = iso_when) -> Provenances:
    """All ``provenance.toml`` at and below the folder ``top``, or the one beside the file ``top``, joined.

    Raises :class:`CollectError` where one of them cannot be read; links are not followed, and a
    folder that cannot be listed is left out (the walk names it).
    """
    start = os.fsencode(top if top.is_dir() else top.parent)
    layers = []
    for place, folders, files in os.walk(start):
        folders.sort()
        if not top.is_dir():
            folders.clear()
        if NAME.encode() in files:
            below = os.path.relpath(place, start)
            folder = "" if below == b"." else shown(below) + "/"
            layers.append(parse(_bytes_of(place, folder), read_date=read_date, folder=folder))
    return join(*layers)


def _bytes_of(place: bytes, folder: str) -> bytes:
    try:
        handle = os.open(os.path.join(place, NAME.encode()), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(handle, "rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as err:
        raise CollectError(
            f"{folder}{NAME} cannot be read: {reason_of(err)}",
            hint="give yourself the right to read it, or move it away",
        ) from err
    if len(data) > LARGEST:
        raise CollectError(f"{folder}{NAME} is larger than {LARGEST} bytes", hint=_HINT)
    return data


def _read(read_date: Callable[[str], When], text: str) -> When:
    found = iso_when(text)
    return found if found.earliest else read_date(text)


def _declared(table: Table) -> Declared:
    return Declared(
        given_by=table.text("given_by"),
        obtained_how=table.text("obtained_how"),
        obtained_on=table.date("obtained_on"),
        claimed_author=table.text("claimed_author"),
        claimed_date=table.date("claimed_date"),
        outlet=table.text("outlet"),
        line_called=table.text("line_called"),
        spoken=table.text("spoken"),
        note=table.text("note"),
    )


def _case_note(table: Table) -> CaseNote:
    language = table.text("language") or "en"
    try:
        parse_tongue(language)
    except QuothError as err:
        raise table.refuse("language", str(err)) from err
    return CaseNote(title=table.text("title", required=True), question=table.text("question"), language=language)
