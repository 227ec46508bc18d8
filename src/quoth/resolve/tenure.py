"""From when to when an office was held.

- "Since 2020", "until 2023", "from … to …", "between … and …" and "(2019–2022)" give bounds.
- "When …", "then" and an apposition in a dated sentence hold as of that event, no longer.
- What a source tells dates nothing outside of its words; a speaker's "then" stays without bounds.
- A plain apposition may be the office of today: the day of publication stays as another reading.

Example::

    stated("mayor of Kelsund since 2020.", 16, against="2031-06-20").start.edtf   # "2020"
"""

import dataclasses
import re
from collections.abc import Sequence
from typing import NamedTuple

from quoth.record.event import Dating
from quoth.resolve.dates import find_dates, read_date
from quoth.terms.when import Reading, When

__all__ = ["Scenery", "Term", "as_of_event", "beside", "stated"]

_LEAD = re.compile(
    r",?\s+(?P<lead>from|between|since|until|till|up\s+to|up\s+until)\s+(?:(?:the|about|around)\s+)?|\s*(?P<open>\()(?=\d{4}\s*[-–—])"
)
_YEARS = re.compile(r"\((\d{4})\s*[-–—]\s*(\d{4}|present|now|today)?\s*\)")
_PARTS = re.compile(r"\s+(?:to|until|till|through|and)\s+|\s*[–—]\s*|(?<=\d)-(?=\d{4}\b)")
_ON = re.compile(r"\s*,?\s*\(?(?:(?:in|on|during|throughout|as\s+of|by)\s+)?(?:the\s+)?")
_WHEN = re.compile(r",?\s+(?:when|while|as)\s+(?=[a-z])")
_CLAUSE = re.compile(r"\b(?:who|which|whose|that|when|after|before|because|until|since)\b|[;:“”\"]")
_OPENING = 16
_NEAR = 70
_YEAR = re.compile(r"\b\d{4}\b")
_OPEN_WORDS = ("since ", "until ", "till ", "by ", "before ", "after ", "up to ", "from ")


class Term(NamedTuple):
    """A start and an end as the text gives them, and the place after the words."""

    start: When | None
    end: When | None
    after: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Scenery:
    """What dates a sentence: its bounds, the dates of the text in order, what sources tell, who speaks."""

    sentence: tuple[int, int]
    datings: Sequence[Dating] = ()
    told: Sequence[Sequence[tuple[int, int]]] = ()
    speakers: Sequence[tuple[int, int]] = ()
    published: str = ""


def stated(text: str, place: int, *, against: str | None) -> Term | None:
    """The bounds that stand right at ``place``, after an office; ``None`` where there are none."""
    years = _YEARS.match(text, place + (text[place : place + 1] == " "))
    if years:
        end = read_date(years[2], against=against) if years[2] and years[2].isdigit() else None
        return Term(read_date(years[1], against=against), end, years.end())
    lead = _LEAD.match(text, place)
    if lead is None or not lead["lead"]:
        return None
    word = " ".join(lead["lead"].split())
    limit, begun = min(len(text), lead.end() + 70), lead.start("lead")
    hit = next(iter(find_dates(text, against=against, start=begun, end=limit)), None)
    if hit is None or not begun <= hit[0] <= lead.end() < hit[1]:
        return None
    if word in ("from", "between"):
        return _pair(text, lead.end(), hit[1], against=against, alone=word == "from")
    when = read_date(text[lead.end() : hit[1]], against=against)
    if when is None or (when.earliest is None and when.latest is None):
        return None
    return Term(when, None, hit[1]) if word == "since" else Term(None, when, hit[1])


def _pair(text: str, first: int, after: int, *, against: str | None, alone: bool) -> Term | None:
    """The two ends of "from … to …": one expression of the text, or two with a word between."""
    words = text[first:after]
    parts = _PARTS.search(words)
    if parts is None:
        joint = _PARTS.match(text, after)
        stop = min(len(text), joint.end() + 40) if joint else 0
        hits = find_dates(text, against=against, start=joint.end(), end=stop) if joint else ()
        if joint and hits and hits[0][0] == joint.end():
            left, right, after = words, text[hits[0][0] : hits[0][1]], hits[0][1]
        else:
            start = read_date(words, against=against) if alone else None
            return Term(start, None, after) if start is not None and start.earliest else None
    else:
        left, right = words[: parts.start()], words[parts.end() :]
    end = read_date(right, against=against)
    start = _lent(left, right, end, against=against)
    if start is None or end is None or not start.earliest or not end.latest or start.earliest > end.latest:
        return None
    return Term(start, end, after)


def _lent(left: str, right: str, end: When | None, *, against: str | None) -> When | None:
    """The first end; it takes the year from the second where it has none of its own."""
    year = _YEAR.search(right)
    if _YEAR.search(left) or year is None or end is None:
        return read_date(left, against=against)
    for number in (int(year.group()), int(year.group()) - 1):
        start = read_date(f"{left} {number}", against=against)
        if start is None or start.earliest is None or end.latest is None or start.earliest <= end.latest:
            return None if start is None else dataclasses.replace(start, words=left)
    return None


def beside(text: str, place: int, scenery: Scenery) -> When | None:
    """The date of "was director in 2019" or "was director when the ship sank in March 2030"."""
    there = _ON.match(text, place)
    found = _first(scenery, there.end() if there else place, 6)
    clause = _WHEN.match(text, place)
    if found is None and clause:
        found = _first(scenery, clause.end(), _NEAR)
        if found is not None and re.search(r"[,;:“”\"]", text[clause.end() : found.extract.start]):
            return None
    if found is None:
        return None
    return dataclasses.replace(found.when, basis=f"{found.when.basis}; the office was held then")


def _first(scenery: Scenery, place: int, reach: int) -> Dating | None:
    """The first bounded date that starts within ``reach`` characters of ``place`` in the sentence."""
    end = min(scenery.sentence[1], place + reach)
    for one in scenery.datings:
        if place - 8 <= one.extract.start <= end and place <= one.extract.end and _dates(one):
            return one
    return None


def _dates(one: Dating) -> bool:
    """Whether a date names a time with both bounds, and no mere start or end."""
    closed = one.when.earliest is not None and one.when.latest is not None
    return closed and not one.extract.exact.lower().startswith(_OPEN_WORDS)


def as_of_event(text: str, span: tuple[int, int], scenery: Scenery, *, past: bool) -> When | None:
    """The date of the event whose sentence names the holder and office in ``span``.

    The date opens the sentence or stands right after the office, in the same words told (or in
    none). With ``past`` ("then") a speaker's own day of speaking is not taken; without it the day of
    publication stays as an alternative.
    """
    start, end = span
    if past and any(a <= start < b for a, b in scenery.speakers):
        return None
    fitting = [one for one in scenery.datings if _dates(one) and _belongs(text, one, span, scenery)]
    if not fitting:
        return None
    when = min(fitting, key=lambda one: (one.extract.start < start, abs(one.extract.start - end))).when
    published = scenery.published
    if published and when.latest is not None and when.latest > published:
        return None
    basis = f"{when.basis}; held at the time of what the sentence dates"
    today = Reading(earliest=published, latest=published, edtf=published)
    others = when.alternatives if past or not published or today in when.alternatives else (*when.alternatives, today)
    return dataclasses.replace(when, basis=basis, alternatives=others)


def _belongs(text: str, dating: Dating, span: tuple[int, int], scenery: Scenery) -> bool:
    at, to = dating.extract.start, dating.extract.end
    if not (scenery.sentence[0] <= at and to <= scenery.sentence[1]) or (at < span[1] and span[0] < to):
        return False
    for parts in scenery.told:
        if any(a <= at < b for a, b in parts) != any(a < span[1] and span[0] < b for a, b in parts):
            return False
    if at < span[0]:
        return at - scenery.sentence[0] <= _OPENING and not _CLAUSE.search(text[to : span[0]])
    return at - span[1] <= _NEAR and not _CLAUSE.search(text[span[1] : at])
