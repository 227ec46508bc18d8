"""Dates in the head of a document, exactly as written.

- Only whole dates are read here, to the day; dates in running text belong to another room.
- ``6/20/2012`` tells its own order; ``10/1/2015`` takes the order of another date in the same
  head, and stays open between two readings where there is none.

Example::

    >>> [one.when.earliest for one in dates_in("6/20/2012 Updated: 10/1/2015")]
    ['2012-06-20', '2015-10-01']
"""

import dataclasses
import datetime
import re

from quoth.terms.when import Reading, When, day

__all__ = ["DateWords", "date_of", "dates_in", "iso_day"]

_MONTH_NAMES = (
    "january jan enero janvier januar janeiro gennaio januari",
    "february feb febrero février fevrier februar fevereiro febbraio februari",
    "march mar marzo mars märz março maart",
    "april apr abril avril aprile",
    "may mayo mai maio maggio mei",
    "june jun junio juin juni junho giugno",
    "july jul julio juillet juli julho luglio",
    "august aug agosto août aout augustus",
    "september sep sept septiembre septembre setembro settembre",
    "october oct octubre octobre oktober outubro ottobre",
    "november nov noviembre novembre novembro",
    "december dec diciembre décembre decembre dezember dezembro dicembre",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?P<iso>\b(?P<iy>(?:1[5-9]|20)\d\d)[-/.](?P<im>\d{{1,2}})[-/.](?P<id>\d{{1,2}})(?!\d))"
    rf"|(?P<num>\b(?P<n1>\d{{1,2}})(?P<sep>[/.-])(?P<n2>\d{{1,2}})(?P=sep)(?P<ny>(?:1[5-9]|20)\d\d)\b)"
    rf"|(?P<mdy>\b(?P<mm>{_NAMES})\b\.?\s+(?P<md>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<my>(?:1[5-9]|20)\d\d)\b)"
    rf"|(?P<dmy>\b(?P<dd>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:de\s+|of\s+)?(?P<dm>{_NAMES})\b\.?,?\s+(?:de\s+)?"
    rf"(?P<dy>(?:1[5-9]|20)\d\d)\b)"
    rf"|(?P<cjk>(?P<cy>(?:1[5-9]|20)\d\d)\s*年\s*(?P<cm>\d{{1,2}})\s*月\s*(?P<cd>\d{{1,2}})\s*[日号])",
    re.IGNORECASE,
)
_ISO_START = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?!\d)")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """A date where it stands: characters ``start`` to ``end`` of the text that was searched."""

    start: int
    end: int
    when: When


def _iso(year: str, month: str | int, day_of_month: str) -> str:
    try:
        return datetime.date(int(year), int(month), int(day_of_month)).isoformat()
    except ValueError:
        return ""


def iso_day(text: str) -> str:
    """The day that an ISO 8601 or RFC 3339 date or date and time begins with, or nothing."""
    match = _ISO_START.match(text)
    return _iso(*match.groups()) if match else ""


def dates_in(text: str) -> tuple[DateWords, ...]:
    """All whole dates of a head, in order."""
    matches = list(_DATE.finditer(text))
    order = _order([match for match in matches if match["num"]])
    made = []
    for match in matches:
        when = _numeric(match, order) if match["num"] else _named(match)
        if when is not None:
            made.append(DateWords(start=match.start(), end=match.end(), when=when))
    return tuple(made)


def date_of(words: str) -> When | None:
    """The one date that ``words`` hold, with all the words kept; ``None`` when there is none or two."""
    words = words.strip()
    iso = iso_day(words)
    if iso:
        return day(words, iso, basis="as the document states it")
    found = dates_in(words)
    return dataclasses.replace(found[0].when, words=words) if len(found) == 1 else None


def _order(matches: list[re.Match[str]]) -> str:
    """``month`` or ``day``, whichever comes first in the numeric dates; empty when they do not tell."""
    orders = set()
    for match in matches:
        first, second = int(match["n1"]), int(match["n2"])
        if match["sep"] == "." or first > 12 >= second:
            orders.add("day")
        elif second > 12 >= first:
            orders.add("month")
    return orders.pop() if len(orders) == 1 else ""


def _named(match: re.Match[str]) -> When | None:
    words = match.group()
    if match["iso"]:
        iso = _iso(match["iy"], match["im"], match["id"])
    elif match["mdy"]:
        iso = _iso(match["my"], _MONTHS[match["mm"].lower()], match["md"])
    elif match["dmy"]:
        iso = _iso(match["dy"], _MONTHS[match["dm"].lower()], match["dd"])
    else:
        iso = _iso(match["cy"], match["cm"], match["cd"])
    return day(words, iso, basis="whole date as written") if iso else None


def _numeric(match: re.Match[str], order: str) -> When | None:
    words, year = match.group(), match["ny"]
    month_first, day_first = _iso(year, match["n1"], match["n2"]), _iso(year, match["n2"], match["n1"])
    if order == "month" and month_first:
        return day(words, month_first, basis="month first, as the numbers above 12 in the head show")
    if order == "day" and day_first:
        return day(words, day_first, basis="day first, as written with dots or shown by a number above 12")
    if month_first == day_first:
        return day(words, day_first, basis="the same in either order") if day_first else None
    readings = sorted(one for one in (month_first, day_first) if one)
    if len(readings) == 1:
        return day(words, readings[0], basis="the only order that is a date")
    return When(
        words=words,
        earliest=readings[0],
        latest=readings[1],
        basis="day first or month first: the head does not tell",
        alternatives=tuple(Reading(earliest=one, latest=one, edtf=one) for one in readings),
    )
