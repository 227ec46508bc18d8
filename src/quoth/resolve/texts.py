"""One document resolved: mentions, dates, events, offices.

- Pure: the same document and statements give the same records.
- Datings stand in reporting passages; headers and furniture are read by the rooms before.
- Parties are grouped over the whole case by ``names.group``; ids here are those it will give.

Example::

    resolved = resolve(document, statements)
    resolved.datings[0].when.words   # "last month"
"""

import dataclasses
from collections.abc import Sequence

from quoth.record.document import Document
from quoth.record.event import Dating, Event
from quoth.record.party import Mention, PartyKind
from quoth.record.passage import PassageRole
from quoth.record.position import Occupancy, Position
from quoth.record.statement import Statement
from quoth.resolve.dates import find_dates, order_of
from quoth.resolve.events import events_of, sentences
from quoth.resolve.mentions import mentions_of
from quoth.resolve.names import group
from quoth.resolve.offices import Holder, offices_of
from quoth.terms.anchor import extract
from quoth.terms.ident import ident
from quoth.terms.when import When

__all__ = ["TOOL", "VERSION", "Resolved", "resolve", "statement_times"]

TOOL = "quoth.resolve"
VERSION = "1"

_DATED = frozenset({PassageRole.BODY, PassageRole.CAPTION, PassageRole.LINE, PassageRole.DATELINE})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What one text names: mentions, datings, events, positions, occupancies, all as suggestions."""

    mentions: tuple[Mention, ...] = ()
    datings: tuple[Dating, ...] = ()
    events: tuple[Event, ...] = ()
    positions: tuple[Position, ...] = ()
    occupancies: tuple[Occupancy, ...] = ()


def resolve(document: Document, statements: tuple[Statement, ...]) -> Resolved:
    """The names, dates, events and offices of ``document``; relative dates against its publication day."""
    datings = _datings(document)
    mentions = mentions_of(document, statements)
    parties = {mention: party.id for party in group((document,), mentions, statements) for mention in party.mentions}
    spans = {(one.extract.start, one.extract.end): parties[one.id] for one in mentions if one.id in parties}
    people = tuple(
        Holder(one.extract.start, one.extract.end, parties[one.id]) for one in mentions if one.kind is PartyKind.PERSON
    )
    positions, occupancies = offices_of(document, people)
    return Resolved(
        mentions=mentions,
        datings=datings,
        events=events_of(document, statements, datings, spans),
        positions=positions,
        occupancies=occupancies,
    )


def _datings(document: Document) -> tuple[Dating, ...]:
    made = []
    order = order_of(document.text)
    last: When | None = None
    for passage in document.passages:
        held = passage.anchor.extract
        if held is None or passage.role not in _DATED:
            continue
        language = str(passage.language if passage.language != "und" else document.rendition.language)
        found = find_dates(
            document.text,
            against=document.published or None,
            language=language,
            start=held.start,
            end=held.end,
            order=order,
            previous=last,
        )
        for start, end, when in found:
            last = when if when.earliest or when.latest else last
            made.append(
                Dating(
                    id=ident("d", document.content, start, end),
                    rendition=document.content,
                    extract=extract(document.text, start, end),
                    when=when,
                )
            )
    return tuple(made)


def statement_times(document: Document, statements: Sequence[Statement], datings: Sequence[Dating]) -> dict[str, When]:
    """When a statement was made, by its id: a date beside its cue, outside of its content."""
    made: dict[str, When] = {}
    spans = {}
    for passage in document.passages:
        if passage.anchor.extract is not None:
            held = passage.anchor.extract
            spans[passage.id] = tuple(sentences(document.text, held.start, held.end))
    for statement in statements:
        if not statement.cue:
            continue
        cue = statement.cue[0]
        clause = next(((a, b) for a, b in spans.get(statement.passage, ()) if a <= cue.start < b), None)
        if clause is None:
            continue
        near = [
            one
            for one in datings
            if clause[0] <= one.extract.start
            and one.extract.end <= clause[1]
            and not any(part.start < one.extract.end and one.extract.start < part.end for part in statement.content)
        ]
        if near:
            made[statement.id] = min(near, key=lambda one: abs(one.extract.start - cue.start)).when
    return made
