"""Offices and who held them, as one text says.

- "Former" and "ex-" say that it is over; "then" and "at the time" are kept as words without bounds.
- "Is" and appositions hold as of the day of publication; no start or end is made up.
- An occupation ("a lawyer") is no office, and gives no position.
- ``Occupancy.party`` is the id that ``names.group`` gives the full name that stands in the text.

Example::

    offices_of(document, people)   # (positions, occupancies)
"""

import bisect
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quoth.record.document import Document
from quoth.record.position import Occupancy, Position
from quoth.resolve.dates import read_date
from quoth.resolve.office_phrase import Office, phrase_after, phrase_before
from quoth.terms.anchor import extract
from quoth.terms.ident import ident
from quoth.terms.when import When

__all__ = ["Holder", "offices_of"]

_REACH = 180
_APPOSED = re.compile(r"\s*\)?,\s+")
_VERB = re.compile(
    r",?\s+(?:who\s+)?(?P<verb>is|was|became|becomes|remains|chairs|chaired|heads|headed|leads|led|"
    r"(?:has\s+|had\s+)?served\s+as|serves\s+as|was\s+(?:named|appointed|made)|has\s+been|had\s+been)\s+"
)
_TERM = re.compile(
    r",?\s+(?:from\s+(?P<start>[^,.;()]{3,40}?)\s+(?:to|until|till)\s+(?P<end>[^,.;()]{3,40}?)(?=[,.;()]|\s*\Z)"
    r"|(?P<since>since\s+[^,.;()]{3,30}?)(?=[,.;()]|\s*\Z)|(?P<until>until\s+[^,.;()]{3,30}?)(?=[,.;()]|\s*\Z))"
)
_AT_THE_TIME = re.compile(r"[\s,]+(?P<words>at the time|at that time)\b")
_IMPLIED = {
    "chairs": "chair",
    "chaired": "chair",
    "heads": "head",
    "headed": "head",
    "leads": "leader",
    "led": "leader",
}
_PAST = ("was", "served", "had", "chaired", "headed", "led")


class Holder(NamedTuple):
    """A person's mention, and the id of the party that it stands for."""

    start: int
    end: int
    party: str


class _Held(NamedTuple):
    holder: Holder
    office: Office
    start: int
    end: int
    verb: str


def offices_of(document: Document, people: Sequence[Holder]) -> tuple[tuple[Position, ...], tuple[Occupancy, ...]]:
    """Positions and occupancies that stand beside the people's names, each once, in reading order."""
    positions: dict[str, Position] = {}
    occupancies: dict[str, Occupancy] = {}
    bounds = _passage_bounds(document)
    for holder in people:
        at = bisect.bisect_right(bounds, (holder.start, len(document.text) + 1)) - 1
        if at < 0 or holder.start >= bounds[at][1]:
            continue
        span = bounds[at]
        for held in _around(document.text, holder, span):
            position = _position(held.office)
            occupancy = _occupancy(document, held, position.id)
            positions.setdefault(position.id, position)
            occupancies.setdefault(occupancy.id, occupancy)
    return tuple(positions.values()), tuple(occupancies.values())


def _passage_bounds(document: Document) -> list[tuple[int, int]]:
    return sorted((one.anchor.extract.start, one.anchor.extract.end) for one in document.passages if one.anchor.extract)


def _around(text: str, holder: Holder, span: tuple[int, int]) -> Iterator[_Held]:
    """What stands before the name, in apposition after it, or after a verb of being."""
    first = max(span[0], holder.start - _REACH)
    for office, start, end in phrase_before(text, first, holder.start):
        yield _Held(holder, office, start, end, "")
    last = min(span[1], holder.end + _REACH)
    apposed = _APPOSED.match(text, holder.end, last)
    if apposed:
        for office, start, end in phrase_after(text, apposed.end(), last):
            yield _Held(holder, office, start, end, "")
    verb = _VERB.match(text, holder.end, last)
    if verb:
        word = " ".join(verb["verb"].split())
        implied = _IMPLIED.get(word, "")
        for office, start, end in phrase_after(text, verb.end(), last, implied=implied):
            yield _Held(holder, office, start if not implied else verb.start("verb"), end, word)


def _position(office: Office) -> Position:
    key = (office.title.lower(), office.organisation.lower(), office.place.lower())
    return Position(id=ident("q", *key), title=office.title, organisation=office.organisation, place=office.place)


def _occupancy(document: Document, held: _Held, position: str) -> Occupancy:
    text, office = document.text, held.office
    evidence = [extract(text, held.start, held.end), extract(text, held.holder.start, held.holder.end)]
    start, end, term = _term(document, held.end)
    if term:
        evidence.append(extract(text, held.end, term))
    as_of, ended, reason = _status(document, held)
    if start or end:
        as_of, ended = None, ended or end is not None
        reason += "; with the time that the text gives"
    return Occupancy(
        id=ident("o", position, held.holder.party, document.content, held.start, held.holder.start),
        position=position,
        party=held.holder.party,
        rendition=document.content,
        evidence=tuple(sorted(set(evidence), key=lambda one: one.start)),
        start=start,
        end=end,
        as_of=as_of,
        ended=ended,
        confidence=700 if office.organisation or office.place else 600,
        reason=reason,
    )


def _status(document: Document, held: _Held) -> tuple[When | None, bool, str]:
    """As of when, whether it is over, and why."""
    status = held.office.status
    if status in ("former", "ex", "onetime", "one-time"):
        return None, True, f"the text says {status}"
    if status == "late":
        return None, True, "the text says late"
    if status == "then":
        return When(words="then", basis="no date beside it"), False, "the text says then"
    there = _AT_THE_TIME.match(document.text, held.end)
    if there:
        return When(words=there["words"], basis="no date beside it"), False, f"the text says {there['words']}"
    if held.verb.startswith(_PAST) and not held.verb.startswith("was named"):
        return None, False, f"told in the past: {held.verb}"
    if not document.published:
        return None, False, "said without a date"
    words = document.text[held.start : held.end]
    when = When(
        words=words,
        earliest=document.published,
        latest=document.published,
        edtf=document.published,
        against=document.published,
        basis="held as of the day of publication, as the text says it",
    )
    return when, False, f"said of the holder: {held.verb}" if held.verb else "stands beside the name"


def _term(document: Document, place: int) -> tuple[When | None, When | None, int]:
    """Forms like "from … to …", "since …", "until …" right after the office: start, end, and the place after."""
    found = _TERM.match(document.text, place, place + 120)
    if found is None:
        return None, None, 0
    against = document.published or None

    def at(name: str) -> When | None:
        return read_date(found[name], against=against) if found[name] else None

    if found["start"]:
        start, end = at("start"), at("end")
        return (start, end, found.end()) if start and end else (None, None, 0)
    if found["since"]:
        start = read_date(found["since"].removeprefix("since").strip(), against=against)
        return (start, None, found.end()) if start else (None, None, 0)
    end = read_date(found["until"].removeprefix("until").strip(), against=against)
    return (None, end, found.end()) if end else (None, None, 0)
