"""One document resolved: mentions, dates, events, offices.

- Pure: the same document and statements give the same records.
- Datings stand in reporting passages; headers and furniture are read by the rooms before.
- Parties are grouped over the whole case by ``names.group``; ids here are those it will give.

Example::

    resolved = resolve(document, statements)
    resolved.datings[0].when.words   # "last month"
"""

import bisect
import dataclasses
from collections.abc import Sequence

from quoth.record.document import Document
from quoth.record.event import Dating, Event
from quoth.record.party import Mention, PartyKind
from quoth.record.passage import PassageRole
from quoth.record.position import Occupancy, Position
from quoth.record.statement import Statement
from quoth.resolve.bodies import noted, said_meanings
from quoth.resolve.dates import dates_in
from quoth.resolve.events import events_of, is_bounded, sentences
from quoth.resolve.mentions import mentions_of
from quoth.resolve.names import canonical, group
from quoth.resolve.offices import Holder, offices_of
from quoth.resolve.updates import update_day
from quoth.terms.anchor import extract
from quoth.terms.ident import ident
from quoth.terms.tongue import UNKNOWN
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
    bodies = {canonical(one.extract.exact) for one in mentions if one.kind is PartyKind.ORGANISATION}
    positions, occupancies = offices_of(document, people, datings=datings, statements=statements)
    return Resolved(
        mentions=mentions,
        datings=datings,
        events=events_of(document, statements, datings, spans),
        positions=noted(positions, bodies, said_meanings(document.text)),
        occupancies=occupancies,
    )


def _datings(document: Document) -> tuple[Dating, ...]:
    """The dates of the reporting passages; those of an update or correction against its own day."""
    stretches: dict[str, list[tuple[int, int, str]]] = {}
    for passage in document.passages:
        held = passage.anchor.extract
        if held is not None and passage.role in _DATED:
            tongue = passage.language if passage.language != UNKNOWN else document.rendition.language
            anchor = update_day(passage.text, document) or document.published
            stretches.setdefault(anchor, []).append((held.start, held.end, str(tongue)))
    made = [
        Dating(
            id=ident("d", document.content, start, end),
            rendition=document.content,
            extract=extract(document.text, start, end),
            when=when,
        )
        for anchor, own in stretches.items()
        for start, end, when in dates_in(document.text, own, against=anchor or None)
    ]
    return tuple(sorted(made, key=lambda one: one.extract.start))


def statement_times(document: Document, statements: Sequence[Statement], datings: Sequence[Dating]) -> dict[str, When]:
    """When a statement was made, by its id: the nearest date in the sentence of its cue.

    A date inside of the content is told, not the telling's own; one inside of the source belongs to
    an office; "since 2020" and the like name no time of saying.
    """
    made: dict[str, When] = {}
    ordered = sorted(datings, key=lambda one: one.extract.start)
    starts = [one.extract.start for one in ordered]
    spans = {
        one.id: tuple(sentences(document.text, one.anchor.extract.start, one.anchor.extract.end))
        for one in document.passages
        if one.anchor.extract is not None
    }
    for statement in statements:
        if not statement.cue:
            continue
        cue = statement.cue[0]
        clause = next(((a, b) for a, b in spans.get(statement.passage, ()) if a <= cue.start < b), None)
        if clause is None:
            continue
        window = ordered[bisect.bisect_left(starts, clause[0]) : bisect.bisect_left(starts, clause[1])]
        near = [one for one in window if _beside(one, clause, statement)]
        if near:
            made[statement.id] = min(near, key=lambda one: abs(one.extract.start - cue.start)).when
    return made


def _beside(dating: Dating, clause: tuple[int, int], statement: Statement) -> bool:
    """Whether the date stands in the clause, bounded, outside of what is said and of who says it."""
    span = dating.extract
    if not is_bounded(dating) or not (clause[0] <= span.start and span.end <= clause[1]):
        return False
    told = any(part.start < span.end and span.start < part.end for part in statement.content)
    owned = any(part.start < span.start and span.end <= part.end for part in statement.source)
    return not told and not owned
