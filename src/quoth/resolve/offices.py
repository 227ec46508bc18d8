"""Offices and who held them, as one text says.

- "Former" and "ex-" say that it is over; bounds are those that ``tenure`` reads beside the office.
- "Then" and "at the time" hold as of the event that the sentence dates, else as words without bounds.
- "Is" and undated appositions hold as of the day of publication; no start or end is made up.
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
from quoth.record.event import Dating
from quoth.record.position import Occupancy, Position
from quoth.record.statement import Statement
from quoth.resolve.events import sentences
from quoth.resolve.office_phrase import Office, phrase_after, phrase_before
from quoth.resolve.tenure import Scenery, Term, as_of_event, beside, stated
from quoth.terms.anchor import extract
from quoth.terms.ident import ident
from quoth.terms.when import When

__all__ = ["Holder", "offices_of"]

_REACH = 180
_APPOSED = re.compile(r"\s*\)?,\s+|\s+\(")
_VERB = re.compile(
    r",?\s+(?:who\s+)?(?P<verb>is|was|will\s+be|became|becomes|remains|"
    r"chairs|chaired|heads|headed|leads|led|runs|ran|directs|directed|"
    r"(?:has\s+|had\s+)?served\s+as|serves\s+as|was\s+(?:named|appointed|made)|has\s+been|had\s+been)\s+"
)
_PASSIVE = re.compile(
    r"(?P<body>(?:[A-Z][\w’'-]*\s+(?:(?:of|for|on|and|the)\s+){0,2}){1,6})(?P<verb>(?:is|was|has\s+been|had\s+been)\s+"
    r"(?P<word>led|headed|chaired|run|directed))\s+by\s+\Z"
)
_NEXT = re.compile(r",?\s+(?:and\s+)?(?=(?:now|currently|then|formerly|previously)\s)")
_AT_THE_TIME = re.compile(r"[\s,]+(?P<words>at the time|at that time|in those days|back then)\b")
_IMPLIED = {
    "chairs": "chair",
    "chaired": "chair",
    "heads": "head",
    "headed": "head",
    "leads": "leader",
    "led": "leader",
    "runs": "head",
    "ran": "head",
    "run": "head",
    "directs": "director",
    "directed": "director",
}
_PAST = ("was", "served", "had", "chaired", "headed", "led", "ran", "directed")


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


def offices_of(
    document: Document,
    people: Sequence[Holder],
    *,
    datings: Sequence[Dating] = (),
    statements: Sequence[Statement] = (),
) -> tuple[tuple[Position, ...], tuple[Occupancy, ...]]:
    """Positions and occupancies that stand beside the people's names, each once, in reading order.

    ``datings`` are the dates of the document; ``statements`` tell what is told and by whom, so that
    a told date does not date the telling.
    """
    positions: dict[str, Position] = {}
    occupancies: dict[str, Occupancy] = {}
    bounds = _passage_bounds(document)
    dated = sorted(datings, key=lambda one: one.extract.start)
    starts = [one.extract.start for one in dated]
    told = [tuple((part.start, part.end) for part in one.content) for one in statements if one.content]
    speakers = [(part.start, part.end) for one in statements for part in one.source]
    for holder in people:
        at = bisect.bisect_right(bounds, (holder.start, len(document.text) + 1)) - 1
        if at < 0 or holder.start >= bounds[at][1]:
            continue
        span = bounds[at]
        found = list(_around(document.text, holder, span))
        if not found:
            continue
        clause = next(((a, b) for a, b in sentences(document.text, *span) if a <= holder.start < b), span)
        scenery = Scenery(
            sentence=clause,
            datings=dated[bisect.bisect_left(starts, clause[0]) : bisect.bisect_left(starts, clause[1])],
            told=[one for one in told if one[0][0] < clause[1] and clause[0] < one[-1][1]],
            speakers=[one for one in speakers if one[0] < clause[1] and clause[0] < one[1]],
            published=document.published,
        )
        for held in found:
            position = _position(held.office)
            occupancy = _occupancy(document, held, position.id, scenery)
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
    passive = _PASSIVE.search(text, first, holder.start)
    if passive:
        body = passive["body"].strip()
        for office, _, _ in phrase_after(body, 0, len(body), implied=_IMPLIED[passive["word"]]):
            yield _Held(holder, office, passive.start(), passive.end("verb"), " ".join(passive["verb"].split()))
    last = min(span[1], holder.end + _REACH)
    apposed = _APPOSED.match(text, holder.end, last)
    if apposed:
        yield from _row(text, holder, apposed.end(), last)
    verb = _VERB.match(text, holder.end, last)
    if verb:
        word = " ".join(verb["verb"].split())
        implied = _IMPLIED.get(word, "")
        for office, start, end in phrase_after(text, verb.end(), last, implied=implied):
            yield _Held(holder, office, start if not implied else verb.start("verb"), end, word)


def _row(text: str, holder: Holder, start: int, last: int) -> Iterator[_Held]:
    """Offices in a row of appositions: "deputy minister from 2021 to 2022, now head of the Port Authority"."""
    for _ in range(4):
        end = 0
        for office, first, end in phrase_after(text, start, last):
            yield _Held(holder, office, first, end, "")
        if not end:
            return
        term = stated(text, end, against=None)
        following = _NEXT.match(text, term.after if term else end, last)
        if following is None:
            return
        start = following.end()


def _position(office: Office) -> Position:
    key = (office.title.lower(), office.organisation.lower(), office.place.lower())
    return Position(id=ident("q", *key), title=office.title, organisation=office.organisation, place=office.place)


def _occupancy(document: Document, held: _Held, position: str, scenery: Scenery) -> Occupancy:
    text, office = document.text, held.office
    evidence = [extract(text, held.start, held.end), extract(text, held.holder.start, held.holder.end)]
    term = stated(text, held.end, against=document.published or None)
    if term:
        evidence.append(extract(text, held.end, term.after))
    as_of, ended, reason = _status(document, held, scenery)
    if term:
        as_of, ended = None, ended or _over(term, document.published)
        reason += "; with the time that the text gives"
    return Occupancy(
        id=ident("o", position, held.holder.party, document.content, held.start, held.holder.start),
        position=position,
        party=held.holder.party,
        rendition=document.content,
        evidence=tuple(sorted(set(evidence), key=lambda one: one.start)),
        start=term.start if term else None,
        end=term.end if term else None,
        as_of=as_of,
        ended=ended,
        confidence=700 if office.organisation or office.place else 600,
        reason=reason,
    )


def _over(term: Term, published: str) -> bool:
    """Whether the end that the text gives lies before its publication."""
    end = term.end
    return end is not None and (not published or end.latest is None or end.latest <= published)


def _status(document: Document, held: _Held, scenery: Scenery) -> tuple[When | None, bool, str]:
    """As of when, whether it is over, and why."""
    status = held.office.status
    if status in ("former", "ex", "onetime", "one-time"):
        return None, True, f"the text says {status}"
    if status == "late":
        return None, True, "the text says late"
    span = (min(held.start, held.holder.start), max(held.end, held.holder.end))
    there = _AT_THE_TIME.match(document.text, held.end)
    words = status if status in ("then", "of the time") else there["words"] if there else ""
    if words:
        when = as_of_event(document.text, span, scenery, past=True)
        return when or When(words=words, basis="no date beside it"), False, f"the text says {words}"
    if held.verb.startswith(_PAST) and not held.verb.startswith("was named"):
        return beside(document.text, held.end, scenery), False, f"told in the past: {held.verb}"
    if not held.verb and status != "current":
        when = as_of_event(document.text, span, scenery, past=False)
        if when is not None:
            return when, False, "stands beside the name in a sentence with a date"
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
