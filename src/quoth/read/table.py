r"""Tables: CSV and spreadsheets, every cell as written.

- The text is one row a line, its cells joined by tabs; the first 5,000 rows become passages.
- The second rendition, JSON lines, keeps every cell exactly: ``{"sheet", "row", "cells"}``.
- Where the header looks like a telephone company's, each row is a call record too.

Example::

    read(io.BytesIO(b"Start,Caller\n2031-05-02 10:00,01632 960001\n"), request, reader=TABLE)
"""

import dataclasses
from typing import BinaryIO

from quoth.read import call_log, csv_rows, sheets
from quoth.read.readout import Blob, Reader, Readout, ReadRequest, unread
from quoth.read.rendering import Span, TextDraft, storable
from quoth.record import wire
from quoth.record.call_record import CallRecord
from quoth.record.finding import Finding
from quoth.record.passage import PassageRole
from quoth.record.rendition import Head, RenditionKind, Setting
from quoth.terms.anchor import CellRef
from quoth.terms.digest import Digest

__all__ = ["MOST_ROWS", "ROW_PASSAGES", "Row", "read"]

ROW_PASSAGES = 5_000
MOST_ROWS = 1_000_000
MOST_CHARACTERS = 80_000_000
LINES_TYPE = "application/jsonl"
_BREAKS = str.maketrans({"\t": " ", "\n": " ", "\r": " ", "\f": " ", "\v": " "})


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One row: the sheet's name (empty for CSV), its number from 1, its cells as written."""

    sheet: str
    number: int
    cells: tuple[str, ...]


class _Gathered:
    """Rows as text, as JSON lines and as spans, up to the limits."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.json: list[bytes] = []
        self.spans: list[Span] = []
        self.rows: list[Row] = []
        self.length = 0
        self.full = False

    def take(self, row: Row) -> bool:
        """Keep one row; false when there is no more room."""
        if len(self.rows) >= MOST_ROWS or self.length > MOST_CHARACTERS:
            self.full = True
            return False
        line = storable("\t".join(cell.translate(_BREAKS) for cell in row.cells))
        if len(self.spans) < ROW_PASSAGES and line.strip():
            cell = CellRef(sheet=row.sheet, row=row.number, column=0)
            end = self.length + len(line)
            self.spans.append(Span(start=self.length, end=end, role=PassageRole.ROW, cell=cell))
        self.lines.append(line)
        self.length += len(line) + 1
        cells = [storable(cell) for cell in row.cells]
        self.json.append(wire.canonical({"sheet": row.sheet, "row": row.number, "cells": list(cells)}))
        self.rows.append(row)
        return True


def read(source: BinaryIO, request: ReadRequest, *, reader: Reader) -> Readout:
    """The table as text, as JSON lines, and as call records where it is a call log."""
    opened = sheets.rows_of(source) if _is_package(source) else csv_rows.rows_of(source)
    gathered = _Gathered()
    for sheet, number, cells in opened.rows:
        if not gathered.take(Row(sheet, number, cells)):
            break
    troubles = [unread(request, words, reader=reader) for words in opened.troubles]
    if not any(line.strip() for line in gathered.lines):
        troubles = troubles or [unread(request, "the table holds no rows", reader=reader)]
        return Readout(records=tuple(troubles))
    if gathered.full:
        ground = f"only the first {len(gathered.rows)} rows were read: the table is longer than the limit"
        troubles.append(unread(request, ground, reader=reader))
    with_words = sum(bool(line.strip()) for line in gathered.lines)
    if with_words > ROW_PASSAGES:
        ground = f"{with_words} rows: the first {ROW_PASSAGES} became passages, all are in the table's JSON lines"
        troubles.append(unread(request, ground, reader=reader))
    return _readout(request, gathered, opened.settings, reader=reader) + Readout(records=tuple(troubles))


def _is_package(source: BinaryIO) -> bool:
    start = source.read(4)
    source.seek(0)
    return start == b"PK\x03\x04"


def _readout(request: ReadRequest, gathered: _Gathered, settings: tuple[Setting, ...], *, reader: Reader) -> Readout:
    log = call_log.understood(gathered.rows)
    if log:
        settings += log.settings
    text = "\n".join(gathered.lines)
    draft = TextDraft(text=text, spans=tuple(gathered.spans), kind=RenditionKind.TABLE, settings=settings)
    rendered = draft.finish(request, reader)
    lines = Blob.of(b"\n".join(gathered.json) + b"\n")
    exact = dataclasses.replace(rendered.rendition, content=lines.digest, media_type=LINES_TYPE, characters=0)
    head = Head(of=request.digest, language=rendered.rendition.language)
    calls = _calls(request, log, rendered.rendition.content, reader=reader) if log else ()
    return rendered.readout(exact, head) + Readout(records=calls, blobs=(lines,))


def _calls(
    request: ReadRequest, log: call_log.CallLog, content: Digest, *, reader: Reader
) -> tuple[CallRecord | Finding, ...]:
    calls = tuple(log.records(request.exhibit, content))
    if log.count == len(calls):
        return calls
    ground = f"{log.count} call rows: the first {len(calls)} became call records"
    return (*calls, unread(request, ground, reader=reader))
