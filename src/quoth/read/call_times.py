"""Starts and durations of a column, read where it is clear.

- ``03/04/31`` alone tells nothing; the column as a whole may: a day above 12 decides.
- Where two orders fit every row, or none does, no start is read and the cells keep their words.
- A duration without a unit and without colons is taken as seconds; the choice is recorded.

Example::

    >>> starts_in(["13/04/2031 10:31", "02/05/2031 09:00"]).local
    ('2031-04-13T10:31:00', '2031-05-02T09:00:00')
"""

import dataclasses
import datetime
import re
from collections.abc import Sequence

__all__ = ["Starts", "duration_of", "durations_in", "starts_in"]

_STAMP = re.compile(
    r"\s*(?P<a>\d{1,4})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<c>\d{1,4})"
    r"(?:[T\s,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?\s*$"
)
_CLOCK = re.compile(r"\s*(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,]\d+)?\s*$")
_UNITS = re.compile(
    r"\s*(?:(\d+)\s*h(?:ours?|rs?)?)?\s*(?:(\d+)\s*m(?:in(?:ute)?s?)?)?\s*(?:(\d+)\s*s(?:ec(?:ond)?s?)?)?\s*$",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"\s*(\d{1,7})(?:[.,]0+)?\s*$")
_ORDERS = {"year-month-day": "abc", "day-month-year": "cba", "month-day-year": "cab"}

SECONDS, MINUTES = "whole seconds", "whole minutes"
CLOCK = "hours, minutes, seconds by colons; two parts are minutes and seconds"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Starts:
    """Local times (empty where not read), zones as written, and the order found (empty: not clear)."""

    local: tuple[str, ...]
    zones: tuple[str, ...]
    order: str


def starts_in(written: Sequence[str]) -> Starts:
    """All cells of one column."""
    matches = [_STAMP.match(cell) for cell in written]
    fitting = [name for name, places in _ORDERS.items() if _fits(matches, places)]
    order = fitting[0] if len(fitting) == 1 else ""
    places = _ORDERS.get(order, "")
    local = tuple(_local(match, places) if match and places else "" for match in matches)
    zones = tuple((match["zone"] or "") if match else "" for match in matches)
    return Starts(local=local, zones=zones, order=order)


def _fits(matches: Sequence[re.Match[str] | None], places: str) -> bool:
    """Whether one order gives every readable cell a date, with years that look like years."""
    some = False
    for match in matches:
        if match is None:
            continue
        if _date(match, places) is None:
            return False
        some = True
    return some


def _date(match: re.Match[str], places: str) -> datetime.date | None:
    year, month, day = (match[place] for place in places)
    if len(year) not in (2, 4) or len(month) > 2 or len(day) > 2:
        return None
    try:
        return datetime.date(int(year) if len(year) == 4 else 2000 + int(year), int(month), int(day))
    except ValueError:
        return None


def _local(match: re.Match[str], places: str) -> str:
    day = _date(match, places)
    if day is None or match["hour"] is None:
        return ""
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    half = (match["half"] or "").lower()[:1]
    if half:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return ""
    return f"{day.isoformat()}T{hour:02d}:{minute:02d}:{second:02d}"


def durations_in(title: str, written: Sequence[str]) -> str:
    """How the durations of a column are read: its unit in words, empty when there is none."""
    cells = [cell for cell in written if cell]
    if not cells:
        return ""
    if sum(bool(_CLOCK.match(cell)) for cell in cells) > len(cells) / 2:
        return CLOCK
    low = title.lower()
    if re.search(r"\bmin|分", low) and not re.search(r"sec|秒", low):
        return MINUTES
    return SECONDS


def duration_of(written: str, how: str) -> int:
    """One duration in seconds, or -1 where the cell does not tell."""
    clock = _CLOCK.match(written)
    if clock:
        hours, minutes, seconds = int(clock[1] or 0), int(clock[2]), int(clock[3])
        return hours * 3600 + minutes * 60 + seconds if seconds < 60 else -1
    plain = _PLAIN.match(written)
    if plain:
        return int(plain[1]) * 60 if how == MINUTES else int(plain[1]) if how == SECONDS else -1
    units = _UNITS.match(written)
    if units and any(units.groups()):
        return int(units[1] or 0) * 3600 + int(units[2] or 0) * 60 + int(units[3] or 0)
    return -1
