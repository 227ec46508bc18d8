"""Call records as columns, ready to be compared.

- Rows that say the same in every compared cell count as one call; the first keeps its name.
- The unit that a file rounds lengths to is read from the lengths themselves.
- Nothing here changes a record: the columns are a way to look at them.

Example::

    rows_of(records).unit  # 6 for every row of a file that counts in tenths of a minute
"""

import dataclasses
import datetime
import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from quoth.record.call_record import CallRecord
from quoth.terms.phone import PhoneNumber

__all__ = ["DAY_S", "UNKNOWN_START", "Rows", "rows_of"]

DAY_S = 86_400
"""Seconds of a day."""

UNKNOWN_START = np.iinfo(np.int64).min
"""Stands for a start that the row does not give."""

_ENOUGH = 8
"""Lengths that a file must hold before its rounding is inferred."""


@dataclasses.dataclass(frozen=True, slots=True)
class Rows:
    """The calls of all files as columns of equal length, ordered by start, then by name.

    ``start`` in seconds of local time since 0001-01-01; ``duration`` in seconds, -1 where unknown;
    ``unit`` the rounding of the row's file in seconds; ``copies`` how many rows say this one;
    ``caller`` and ``callee`` index ``numbers``; ``lines`` counts the rows before equal ones were joined.
    """

    ids: tuple[str, ...]
    start: NDArray[np.int64]
    duration: NDArray[np.int64]
    unit: NDArray[np.int64]
    copies: NDArray[np.int64]
    caller: NDArray[np.int64]
    callee: NDArray[np.int64]
    numbers: tuple[PhoneNumber | None, ...]
    lines: int

    def __len__(self) -> int:
        """How many different calls there are."""
        return len(self.ids)


def rows_of(records: Iterable[CallRecord]) -> Rows:
    """The columns of ``records``, in whatever order they come."""
    kept: dict[tuple[str, int, str, str], list[CallRecord]] = {}
    lines = 0
    for record in records:
        lines += 1
        kept.setdefault((record.start, record.duration_s, _key(record.caller), _key(record.callee)), []).append(record)
    groups = sorted((sorted(group, key=_order) for group in kept.values()), key=lambda group: _order(group[0]))
    firsts = [group[0] for group in groups]
    units = _units(record for group in groups for record in group)
    spelled: dict[str, int] = {}
    numbers: list[PhoneNumber | None] = []

    def place(number: PhoneNumber | None) -> int:
        key = _key(number)
        if key not in spelled:
            spelled[key] = len(numbers)
            numbers.append(number)
        return spelled[key]

    return Rows(
        ids=tuple(record.id for record in firsts),
        start=_column([_seconds(record.start) for record in firsts]),
        duration=_column([record.duration_s for record in firsts]),
        unit=_column([units[record.exhibit] for record in firsts]),
        copies=_column([len(group) for group in groups]),
        caller=_column([place(record.caller) for record in firsts]),
        callee=_column([place(record.callee) for record in firsts]),
        numbers=tuple(numbers),
        lines=lines,
    )


def _column(values: list[int]) -> NDArray[np.int64]:
    return np.array(values, dtype=np.int64)


def _order(record: CallRecord) -> tuple[str, str]:
    return record.start, record.id


def _key(number: PhoneNumber | None) -> str:
    return "" if number is None else (number.as_written if number.masked else number.digits)


def _seconds(start: str) -> int:
    """Local seconds since 0001-01-01, or :data:`UNKNOWN_START` where the text is no time."""
    try:
        parsed = datetime.datetime.fromisoformat(start).replace(tzinfo=None)
    except ValueError:
        return UNKNOWN_START
    return (parsed.date().toordinal() - 1) * DAY_S + parsed.hour * 3600 + parsed.minute * 60 + parsed.second


def _units(records: Iterable[CallRecord]) -> dict[str, int]:
    """Seconds that each file rounds to: the greatest common divisor of its lengths, 1 where they are few."""
    lengths: dict[str, set[int]] = {}
    counts: dict[str, int] = {}
    for record in records:
        held = lengths.setdefault(record.exhibit, set())
        if record.duration_s > 0:
            held.add(record.duration_s)
            counts[record.exhibit] = counts.get(record.exhibit, 0) + 1
    return {exhibit: math.gcd(*held) if counts.get(exhibit, 0) >= _ENOUGH else 1 for exhibit, held in lengths.items()}
