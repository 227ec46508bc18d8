r"""Rows of a text table: encoding and delimiter found, cells as written.

- The delimiter is the one that divides most lines into one width.
- A quote that never closes would swallow the rest: then quotes are read as plain characters.

Example::

    list(rows_of(io.BytesIO(b"a;b\n1;2\n")).rows)
"""

import collections
import csv
import dataclasses
import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Literal

from quoth.read.encoding import decode
from quoth.record.rendition import Setting

__all__ = ["Opened", "delimiter_of", "rows_of"]

MOST_BYTES = 128 * 2**20
Quoting = Literal[0, 3]
"""Quotes as quotes, or as plain characters."""
_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_LINES = 300


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Rows as (sheet, number, cells), how the file was understood, and what went wrong."""

    rows: Iterable[tuple[str, int, tuple[str, ...]]]
    settings: tuple[Setting, ...] = ()
    troubles: tuple[str, ...] = ()


def rows_of(source: BinaryIO) -> Opened:
    """All rows of a text table, blank ones too, so that numbers are those of the file."""
    data = source.read(MOST_BYTES + 1)
    decoded = decode(data[:MOST_BYTES])
    troubles = []
    if len(data) > MOST_BYTES:
        troubles.append(f"only the first {MOST_BYTES} bytes were read")
    if decoded.lost:
        troubles.append(f"{decoded.lost} stretches of bytes could not be decoded as {decoded.encoding} and stand as �")
    text = decoded.text
    delimiter = delimiter_of(text)
    quoting: Quoting = csv.QUOTE_MINIMAL
    if _swallows(text, delimiter):
        quoting = csv.QUOTE_NONE
        troubles.append("a quotation mark never closes: quotation marks were read as plain characters")
    settings = (
        *decoded.settings,
        Setting(name="delimiter", value={"\t": "tab"}.get(delimiter, delimiter)),
    )
    return Opened(rows=_rows(text, delimiter, quoting), settings=settings, troubles=tuple(troubles))


def _rows(text: str, delimiter: str, quoting: Quoting) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
    for number, cells in enumerate(table, start=1):
        yield "", number, tuple(cells)


def _swallows(text: str, delimiter: str) -> bool:
    """Whether reading with quotes fails, or ends inside a field that holds many lines."""
    try:
        for _, _, cells in _rows(text, delimiter, csv.QUOTE_MINIMAL):
            if any(cell.count("\n") > 200 for cell in cells if len(cell) > 200):
                return True
    except csv.Error:
        return True
    return False


def delimiter_of(text: str) -> str:
    """The delimiter that gives most of the first lines one width of two or more."""
    lines = text[:200_000].splitlines()[:_SAMPLE_LINES]
    best, score = ",", 0.0
    for delimiter in _DELIMITERS:
        try:
            widths = [len(cells) for cells in csv.reader(lines, delimiter=delimiter) if cells]
        except csv.Error:
            continue
        wide = collections.Counter(width for width in widths if width > 1)
        if not wide:
            continue
        width, count = wide.most_common(1)[0]
        found = count / len(widths) + min(width, 50) / 1000
        if found > score:
            best, score = delimiter, found
    return best
