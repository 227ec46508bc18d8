"""EDTF strings, levels 0 and 1, as bounds.

- Library of Congress EDTF (ISO 8601-2:2019), level 1: days, months, years, seasons 21-24,
  unspecified digits from the right, intervals with open or unknown ends, and the qualifiers.
- A qualifier stays in the string; ``~`` also widens the bounds as "about" does.

Example::

    read_edtf("2012-05/..")   # 1 May 2012, open
"""

import datetime
import re

from quoth.resolve.expr import Answer
from quoth.resolve.spans import Span, about, month_span, season_span, unit_span, year_span

__all__ = ["read_edtf"]

_POINT = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?([?~%]?)\Z")
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}


def read_edtf(text: str) -> Answer | None:
    """The bounds of an EDTF string, or ``None`` where ``text`` is none."""
    if not 4 <= len(text) <= 24:
        return None
    try:
        span = _interval(text) if "/" in text else _point(text)
    except (ValueError, OverflowError):
        return None
    return None if span is None else Answer(span=span, basis="an EDTF string", edtf=text)


def _interval(text: str) -> Span | None:
    first, _, second = text.partition("/")
    start = Span(None, None) if first in ("..", "") else _point(first)
    end = Span(None, None) if second in ("..", "") else _point(second)
    if start is None or end is None or (start.earliest is None and end.latest is None):
        return None
    if start.earliest is not None and end.latest is not None and start.earliest > end.latest:
        return None
    return Span(start.earliest, end.latest)


def _point(text: str) -> Span | None:
    found = _POINT.match(text)
    if found is None:
        return None
    span = _whole(found.group(1), found.group(2), found.group(3))
    return about(span) if span is not None and found.group(4) in ("~", "%") and found.group(4) else span


def _whole(year: str, month: str | None, day: str | None) -> Span | None:
    if "X" in year:
        first = int(year.replace("X", "0"))
        if month is not None or first == 0:
            return None
        return unit_span("decade", datetime.date(first, 1, 1)) if year[2] != "X" else year_span(first, first + 99)
    if month is None or month == "XX":
        return year_span(int(year)) if day in (None, "XX") else None
    number = int(month)
    if number in _SEASONS:
        return season_span(int(year), _SEASONS[number]) if day is None else None
    if day is None or day == "XX":
        return month_span(int(year), number)
    whole = datetime.date(int(year), number, int(day))
    return Span(whole, whole, "day")
