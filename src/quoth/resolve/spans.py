"""Stretches of calendar days: units, parts of units, shifts.

- A span is closed; ``None`` is an open end. Weeks run from Monday to Sunday.
- Parts follow the conventions in ``docs/resolve.md``: a month's early, mid and late are its days
  1-10, 11-20 and 21-end; a year's are its thirds of four months.
- Years outside 1 to 9999 raise ``ValueError`` or ``OverflowError`` as ``datetime`` does.

Example::

    >>> month_span(2012, 2).latest
    datetime.date(2012, 2, 29)
"""

import calendar
import datetime
from typing import NamedTuple

__all__ = [
    "Span",
    "about",
    "century_span",
    "edtf_of",
    "month_span",
    "part_of",
    "season_span",
    "shift_months",
    "unit_span",
    "year_span",
]

Date = datetime.date
_DAY = datetime.timedelta(days=1)
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_OPPOSITE = {"spring": "autumn", "summer": "winter", "autumn": "spring", "winter": "summer"}
_MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}


class Span(NamedTuple):
    """Days ``earliest`` to ``latest``, both inside; ``None`` is open; ``unit`` is its grain."""

    earliest: Date | None
    latest: Date | None
    unit: str = "range"


def month_span(year: int, month: int) -> Span:
    """The calendar month."""
    return Span(Date(year, month, 1), Date(year, month, calendar.monthrange(year, month)[1]), "month")


def year_span(first: int, last: int | None = None) -> Span:
    """The calendar year, or the years ``first`` to ``last``."""
    return Span(Date(first, 1, 1), Date(first if last is None else last, 12, 31), "year" if last is None else "range")


def century_span(number: int) -> Span:
    """The ``number``-th century: years 100n-99 to 100n."""
    return Span(Date(100 * number - 99, 1, 1), Date(100 * number, 12, 31), "century")


def season_span(year: int, season: str, *, south: bool = False) -> Span:
    """A season by the northern hemisphere (the southern, where said); winter starts in ``year``."""
    start = _SEASONS[_OPPOSITE[season] if south else season]
    return Span(
        Date(year, start, 1), month_span(year + (start == 12), 2 if start == 12 else start + 2).latest, "season"
    )


def shift_months(day: Date, months: int) -> Date:
    """The same day of the month ``months`` on, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise ValueError("outside the calendar")
    return Date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def unit_span(unit: str, day: Date, offset: int = 0) -> Span:
    """The calendar unit that holds ``day``, or the one ``offset`` units on."""
    if unit == "day":
        moved = day + offset * _DAY
        return Span(moved, moved, "day")
    if unit in ("week", "fortnight", "weekend"):
        monday = day - day.weekday() * _DAY + offset * (14 if unit == "fortnight" else 7) * _DAY
        if unit == "weekend":
            return Span(monday + 5 * _DAY, monday + 6 * _DAY, "weekend")
        return Span(monday, monday + 6 * _DAY, "week")
    size = _MONTHS_IN[unit]
    if unit == "decade":
        first = day.year // 10 * 10 + 10 * offset
        return Span(Date(first, 1, 1), Date(first + 9, 12, 31), "decade")
    if unit == "century":
        return century_span((day.year - 1) // 100 + 1 + offset)
    start = shift_months(Date(day.year, (day.month - 1) // size * size + 1, 1), offset * size)
    end = shift_months(start, size - 1)
    return Span(start, month_span(end.year, end.month).latest, unit)


def part_of(span: Span, part: str) -> Span:
    """Early, mid, late, first half or second half of a unit; the unit itself where nothing is laid down."""
    if span.earliest is None or span.latest is None:
        return span
    start, end = span.earliest, span.latest
    if span.unit == "month":
        cuts = {"early": (1, 10), "mid": (11, 20), "late": (21, end.day), "first": (1, 15), "second": (16, end.day)}
        first, last = cuts[part]
        return Span(start.replace(day=first), start.replace(day=last))
    if span.unit == "week":
        days = {"early": (0, 1), "mid": (2, 3), "late": (4, 6), "first": (0, 3), "second": (3, 6)}[part]
        return Span(start + days[0] * _DAY, start + days[1] * _DAY)
    if span.unit == "year":
        months = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "first": (1, 6), "second": (7, 12)}[part]
        return Span(Date(start.year, months[0], 1), month_span(start.year, months[1]).latest)
    if span.unit == "decade":
        years = {"early": (0, 3), "mid": (4, 6), "late": (7, 9), "first": (0, 4), "second": (5, 9)}[part]
        return year_span(start.year + years[0], start.year + years[1])
    if span.unit == "century":
        base = start.year - 1
        years = {"early": (1, 33), "mid": (34, 66), "late": (67, 100), "first": (1, 50), "second": (51, 100)}[part]
        return year_span(base + years[0], base + years[1])
    return _third(span, part)


def _third(span: Span, part: str) -> Span:
    """A third (or half) of a season or quarter, by its months."""
    start, end = span.earliest, span.latest
    if start is None or end is None or (end - start).days < 80:
        return span
    if part in ("first", "second"):
        middle = start + (end - start) / 2
        return Span(start, middle) if part == "first" else Span(middle + _DAY, end)
    month = shift_months(start, {"early": 0, "mid": 1, "late": 2}[part])
    return Span(month, month_span(month.year, month.month).latest)


def about(span: Span) -> Span:
    """The span widened as "about" allows: a day by 2 days, a week by 3, a month by 15, a year by 6 months."""
    if span.earliest is None or span.latest is None:
        return span
    if span.unit in ("year", "quarter", "half"):
        return Span(shift_months(span.earliest, -6), shift_months(span.latest + _DAY, 6) - _DAY)
    if span.unit in ("decade", "century"):
        years = 3 if span.unit == "decade" else 20
        return Span(shift_months(span.earliest, -12 * years), shift_months(span.latest + _DAY, 12 * years) - _DAY)
    days = {"day": 2, "week": 3, "weekend": 3, "month": 15, "season": 15}.get(span.unit, 2)
    return Span(span.earliest - days * _DAY, span.latest + days * _DAY)


def edtf_of(span: Span) -> str:
    """The span as EDTF level 1: a day, month, year, season, decade, or an interval of two."""
    start, end = span.earliest, span.latest
    if start is None and end is None:
        return ""
    if start is None or end is None:
        return f"../{_point(end, last=True)}" if start is None else f"{_point(start, last=False)}/.."
    if span.unit == "season":
        return f"{start.year:04}-{ {3: 21, 6: 22, 9: 23, 12: 24}[start.month] }"
    if span.unit == "decade" or (start.year % 10 == 0 and _whole_years(start, end) and end.year == start.year + 9):
        return f"{start.year // 10:03}X"
    if start == end:
        return start.isoformat()
    if _whole_years(start, end):
        return f"{start.year:04}" if start.year == end.year else f"{start.year:04}/{end.year:04}"
    if start.day == 1 and (end + _DAY).day == 1:
        first, last = start.isoformat()[:7], end.isoformat()[:7]
        return first if first == last else f"{first}/{last}"
    return f"{start.isoformat()}/{end.isoformat()}"


def _whole_years(start: Date, end: Date) -> bool:
    return (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)


def _point(day: Date | None, *, last: bool) -> str:
    """A bound with as few parts as say it."""
    if day is None:
        return ".."
    if (day.month, day.day) == ((12, 31) if last else (1, 1)):
        return f"{day.year:04}"
    return day.isoformat()
