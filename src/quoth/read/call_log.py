"""Call records out of a table whose header says so.

- The columns are guessed from the header's words; the guess is kept in the settings.
- A start is read only where one order of day and month fits the whole column and no other does.
- A masked number is recognised before any digit is read; every cell keeps its spelling.

Example::

    log = understood(rows)
    log.records("x-…", content) if log else ()
"""

import dataclasses
import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from quoth.read.call_times import duration_of, durations_in, starts_in
from quoth.record.call_record import CallRecord, WrittenCell
from quoth.record.rendition import Setting
from quoth.terms.digest import Digest
from quoth.terms.ident import ident
from quoth.terms.phone import PhoneNumber

__all__ = ["MOST_RECORDS", "CallLog", "Columns", "columns_of", "understood"]

MOST_RECORDS = 200_000
_HEADER_WITHIN = 60
_NUMBER = re.compile(r"[\d+Xx*#•][\d\sXx*#•()./+–-]{2,}")
_ZONE = re.compile(r"\b(?:UTC|GMT)(?:\s?[+-]\s?\d{1,2}(?::?\d{2})?)?|(?<![\d:])[+-]\d{2}:\d{2}\b|\b(?:CES?T|EES?T)\b")
_WORDS = re.compile(r"[a-z0-9\u4e00-\u9fff]+")


class TableRow(Protocol):
    """What is asked of a row."""

    @property
    def sheet(self) -> str:
        """The sheet's name; empty for text tables."""

    @property
    def number(self) -> int:
        """The row's number in its file, from 1."""

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells as written."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Places of the columns (from 0); -1 where there is none."""

    start: int = -1
    date: int = -1
    time: int = -1
    duration: int = -1
    caller: int = -1
    callee: int = -1
    zone: int = -1

    @property
    def enough(self) -> bool:
        """Whether this is a call log: a time or a date, and two ends or one end and a duration."""
        when = max(self.start, self.date, self.time) >= 0
        ends = (self.caller >= 0) + (self.callee >= 0)
        return when and (ends == 2 or (ends == 1 and self.duration >= 0))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CallLog:
    """A table understood as a call log."""

    header: tuple[str, ...]
    columns: Columns
    rows: Sequence[TableRow]
    starts: tuple[str, ...]
    zones: tuple[str, ...]
    durations: str
    order: str

    @property
    def count(self) -> int:
        """How many rows are calls."""
        return len(self.rows)

    @property
    def settings(self) -> tuple[Setting, ...]:
        """How the columns were understood."""
        places = [(field.name, getattr(self.columns, field.name)) for field in dataclasses.fields(Columns)]
        named = [Setting(name=f"call-{name}", value=self.header[place]) for name, place in places if place >= 0]
        order = Setting(name="call-date-order", value=self.order or "not clear: no start was read")
        return (*named, order, Setting(name="call-durations", value=self.durations))

    def records(self, exhibit: str, rendition: Digest) -> Iterator[CallRecord]:
        """One record a row, up to 200,000."""
        for place, row in enumerate(self.rows[:MOST_RECORDS]):
            yield CallRecord(
                id=ident("r", exhibit, row.sheet, row.number),
                exhibit=exhibit,
                rendition=rendition,
                row=row.number,
                cells=tuple(
                    WrittenCell(column=column, as_written=cell)
                    for column, cell in zip(_padded(self.header, len(row.cells)), row.cells, strict=False)
                ),
                start=self.starts[place],
                zone=self.zones[place],
                duration_s=duration_of(_cell(row, self.columns.duration), self.durations),
                caller=_number(_cell(row, self.columns.caller)),
                callee=_number(_cell(row, self.columns.callee)),
            )


def _padded(header: tuple[str, ...], width: int) -> list[str]:
    return [*header, *(f"column {place}" for place in range(len(header) + 1, width + 1))]


def _cell(row: TableRow, place: int) -> str:
    return row.cells[place].strip() if 0 <= place < len(row.cells) else ""


def _number(written: str) -> PhoneNumber | None:
    return PhoneNumber.of(written) if written else None


def columns_of(header: Sequence[str]) -> Columns:
    """The columns that a header's words name."""
    places: dict[str, int] = {}
    for place, title in enumerate(header):
        name = _field(title)
        if name:
            places.setdefault(name, place)
    return Columns(**places)


def _field(title: str) -> str:
    """What one column title names; empty when it is none of ours."""
    low = title.strip().lower().replace("_", " ").replace("-", " ")
    words = set(_WORDS.findall(low))
    if not words or len(low) > 60 or words & _NOT_OURS:
        return ""
    for name, named in _NAMED:
        if words & named or low in named:
            return name
    if words & _STARTS or {"date", "time"} <= words:
        return "date" if "date" in words and not words & {"time", "datetime"} else "start"
    if words & {"date", "day", "日期"}:
        return "date"
    return "time" if words & {"time", "hour", "时间"} else ""


_NOT_OURS = frozenset(
    {"end", "stop", "answer", "answered", "release", "finish", "cell", "imei", "imsi", "name", "count"}
)
_STARTS = frozenset({"start", "started", "seizure", "begin", "began", "datetime", "timestamp", "开始时间", "通话时间"})
_NAMED = (
    ("duration", frozenset({"duration", "length", "billsec", "dur", "seconds", "secs", "时长", "通话时长"})),
    ("zone", frozenset({"zone", "timezone", "tz", "offset"})),
    (
        "caller",
        frozenset({"caller", "calling", "src", "from", "originating", "主叫", "主叫号码"})
        | {"a number", "anumber", "a party", "a no", "a no.", "party a", "number a", "msisdn a", "a msisdn"},
    ),
    (
        "callee",
        frozenset({"callee", "called", "dst", "to", "destination", "recipient", "dialled", "dialed", "terminating"})
        | {"b number", "bnumber", "b party", "b no", "b no.", "party b", "number b", "msisdn b", "b msisdn"}
        | {"被叫", "被叫号码"},
    ),
)


def understood(rows: Sequence[TableRow]) -> CallLog | None:
    """The table as a call log, or ``None`` where no header says so."""
    for place, row in enumerate(rows[:_HEADER_WITHIN]):
        columns = columns_of(row.cells)
        if columns.enough:
            header = tuple(cell.strip() for cell in row.cells)
            calls = [one for one in rows[place + 1 :] if _is_call(one, header, columns)]
            return _log(header, columns, calls, above=rows[:place]) if calls else None
    return None


def _is_call(row: TableRow, header: tuple[str, ...], columns: Columns) -> bool:
    """Whether a row is a call: not a repeated header, and with a time and an end of a line."""
    if tuple(cell.strip() for cell in row.cells) == header:
        return False
    when = any(re.search(r"\d", _cell(row, place)) for place in (columns.start, columns.date, columns.time))
    ends = any(_NUMBER.search(_cell(row, place)) for place in (columns.caller, columns.callee))
    return when and ends


def _zone(words: str) -> str:
    """The one zone that a title or the lines above the table state, as written; else nothing."""
    found = {" ".join(match.split()) for match in _ZONE.findall(words)}
    return found.pop() if len(found) == 1 else ""


def _log(header: tuple[str, ...], columns: Columns, calls: list[TableRow], *, above: Sequence[TableRow]) -> CallLog:
    if columns.start >= 0:
        written = [_cell(row, columns.start) for row in calls]
    elif columns.date >= 0:
        written = [f"{_cell(row, columns.date)} {_cell(row, columns.time)}".strip() for row in calls]
    else:
        written = [""] * len(calls)
    starts = starts_in(written)
    place = columns.start if columns.start >= 0 else columns.time
    stated = _zone(header[place] if place >= 0 else "") or _zone(" ".join(cell for row in above for cell in row.cells))
    return CallLog(
        header=header,
        columns=columns,
        rows=calls,
        starts=starts.local,
        zones=tuple(own or _cell(row, columns.zone) or stated for own, row in zip(starts.zones, calls, strict=True)),
        durations=durations_in(
            header[columns.duration] if columns.duration >= 0 else "",
            [_cell(row, columns.duration) for row in calls],
        ),
        order=starts.order,
    )
