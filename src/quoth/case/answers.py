"""Questions that faces ask of the projection, answered as plain values.

- Everything is read from the projection; nothing is computed anew but labels.
- Values are JSON-ready, so that a face can print them for people or for machines.

Example::

    for row in statements(act="deny"): print(row["source"], row["content"])
"""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from quoth.case.projection import models
from quoth.case.projection.rows import words
from quoth.case.spoken import decisions_in
from quoth.publish.acts import kind_of
from quoth.publish.reasons import HAND, found_by, sure_of
from quoth.record import wire
from quoth.record.custody import Decision
from quoth.record.event import Event, StatementTime
from quoth.record.exhibit import Exhibit
from quoth.record.finding import Finding, Outcome
from quoth.record.kinds import Record
from quoth.record.party import Mention, Party, PartyKind
from quoth.record.position import Occupancy, Position
from quoth.record.statement import AttributionChain, ChainLink, Statement
from quoth.terms.when import When

__all__ = [
    "chained",
    "corrected",
    "counts",
    "decisions",
    "entries",
    "every",
    "exhibits",
    "items",
    "log",
    "offices",
    "parties",
    "statements",
    "suggested",
    "timeline",
    "unread",
]

Kind = TypeVar("Kind")
Answer = dict[str, Any]
_PARTS = ("source", "cue", "content", "addressee", "medium", "when", "where", "audience", "anonymity")


def every(kind: type[Kind]) -> Iterator[Kind]:
    """Every record of ``kind`` in the projection, in a stable order, equal ones once."""
    table: Any = {
        Exhibit: models.Exhibit,
        Statement: models.Statement,
        Party: models.Party,
        Event: models.Event,
    }.get(kind)
    rows = (table.objects.all() if table else models.Item.objects.filter(kind=wire.kind_of(kind))).order_by(
        "step", "scope", "ordinal", "name"
    )
    seen: set[str] = set()
    for text in rows.values_list("record", flat=True).iterator():
        if text not in seen:
            seen.add(text)
            record = wire.from_bytes(text.encode())
            if isinstance(record, kind):
                yield record


def items(kind: type[Kind]) -> tuple[Kind, ...]:
    """The same, all at once."""
    return tuple(every(kind))


def decisions() -> dict[str, Decision]:
    """The standing decision about each record, by the record's id."""
    return decisions_in(record for record in every(Decision))


def suggested() -> Iterator[tuple[str, Statement]]:
    """Every statement as it was suggested, with the exhibit whose text it is in, in reading order."""
    rows = models.Statement.objects.order_by("scope", "start", "ordinal")
    for scope, text in rows.values_list("scope", "record").iterator():
        record = wire.from_bytes(text.encode())
        if isinstance(record, Statement):
            yield scope, record


def corrected() -> dict[str, Statement]:
    """Statements as people corrected them, by the id of the one suggested; what was withdrawn is not there."""
    return {about: one.instead for about, one in decisions().items() if one.instead is not None}


def chained(chain: AttributionChain, mended: Mapping[str, Statement]) -> AttributionChain:
    """The chain with its links as corrected."""
    return dataclasses.replace(chain, links=tuple(_mended(one, mended.get(one.statement)) for one in chain.links))


def _mended(link: ChainLink, mended: Statement | None) -> ChainLink:
    if mended is None:
        return link
    fuller = mended.source_refers_to
    return dataclasses.replace(
        link,
        source=fuller.exact if fuller else words(mended.source),
        source_type=mended.source_type,
        act=mended.act,
    )


def _titles() -> dict[str, str]:
    return dict(models.Exhibit.objects.values_list("name", "title"))


def exhibits() -> Iterator[Answer]:
    """Every exhibit: held first, then cited."""
    for record in sorted(every(Exhibit), key=lambda one: (one.status.value != "held", one.title, one.id)):
        cited = record.citation
        yield {
            "id": record.id,
            "status": record.status.value,
            "title": record.title,
            "digest": record.digest,
            "size": record.size,
            "kind": record.kind,
            "kind_by_name": record.kind_by_name,
            "parent": record.parent,
            "suggested": record.suggested,
            "names": [one.name_as_given for one in record.provenances],
            "said_by": cited.said_by if cited else "",
            "description": cited.description if cited else "",
            "availability": cited.availability.value if cited else "",
            "held_by": cited.held_by if cited else "",
            "terms": cited.terms if cited else "",
        }


def when_of(when: When | None) -> Answer | None:
    """A date as faces show it: words, bounds, EDTF, what it was read against."""
    if when is None:
        return None
    return {
        "words": when.words,
        "earliest": when.earliest,
        "latest": when.latest,
        "edtf": when.edtf,
        "against": when.against,
        "basis": when.basis,
        "alternatives": [
            {"earliest": one.earliest, "latest": one.latest, "edtf": one.edtf} for one in when.alternatives
        ],
    }


def statements(**where: str) -> Iterator[Answer]:
    """Statements in reading order, as corrected; ``where`` narrows by act, source_type, polarity, form or scope."""
    titles = _titles()
    decided = decisions()
    mended = corrected()
    chains = {one.statement: chained(one, mended) for one in every(AttributionChain)}
    times = {one.statement: one.when for one in every(StatementTime)}
    narrow = {name: value for name, value in where.items() if name == "scope" or not mended}
    rows = models.Statement.objects.filter(**narrow).order_by("scope", "start", "ordinal")
    for row in rows.iterator():
        record = wire.from_bytes(row.record.encode())
        if isinstance(record, Statement):
            record = mended.get(record.id, record)
            if any(getattr(record, name).value != value for name, value in where.items() if name != "scope"):
                continue
            decision = decided.get(record.id)
            yield {
                "id": record.id,
                "exhibit": row.scope,
                "exhibit_title": titles.get(row.scope, ""),
                **_said(dataclasses.replace(record, said=record.said or times.get(record.id))),
                "chain": _chain(chains.get(record.id)),
                "decision": decision.verdict.value if decision else "",
            }


def _said(record: Statement) -> Answer:
    fuller, other = record.source_refers_to, record.source_may_refer_to
    return {
        "act": record.act.value,
        "act_kind": kind_of(record.act).label,
        "polarity": record.polarity.value,
        "form": record.form.value,
        "source_type": record.source_type.value,
        "source": words(record.source),
        "source_refers_to": fuller.exact if fuller else "",
        "source_may_refer_to": other.exact if other else "",
        "cue": words(record.cue),
        "content": words(record.content),
        "addressee": words(record.addressee),
        "hedges": [one.exact for one in record.hedges],
        "medium": words(record.medium),
        "when": words(record.when),
        "where": words(record.where),
        "audience": words(record.audience),
        "anonymity": words(record.anonymity),
        "fidelity": [one.value for one in record.fidelity],
        "hand": [HAND[one] for one in record.fidelity],
        "said": when_of(record.said),
        "within": record.within,
        "confidence": record.confidence,
        "reason": record.reason,
        "found_by": found_by(record),
        "sure": sure_of(record),
        "tool": f"{record.tool} {record.version}".strip(),
        "rendition": record.rendition,
        "spans": {name: [[one.start, one.end] for one in getattr(record, name)] for name in _PARTS},
    }


def _chain(chain: AttributionChain | None) -> list[Answer]:
    if chain is None:
        return []
    return [
        {"source": one.source, "source_type": one.source_type.value, "act": one.act.value, "statement": one.statement}
        for one in chain.links
    ]


def offices() -> tuple[tuple[Position, ...], tuple[Occupancy, ...]]:
    """Positions with their notes, and who holds them by the parties of the case, whatever one text took them for."""
    from quoth.resolve.bodies import noted
    from quoth.resolve.names import settle

    known = items(Party)
    bodies = (one.names[0].text for one in known if one.kind is PartyKind.ORGANISATION and one.names)
    return noted(every(Position), bodies, {}), settle(every(Occupancy), every(Mention), known)


def parties() -> Iterator[Answer]:
    """Parties by the number of their mentions, with the offices that texts give them."""
    known, occupancies = offices()
    positions = {one.id: one for one in known}
    held: dict[str, list[Answer]] = {}
    for one in occupancies:
        position = positions.get(one.position)
        held.setdefault(one.party, []).append(
            {
                "position": position.title if position else one.position,
                "organisation": position.organisation if position else "",
                "note": position.note if position else "",
                "start": when_of(one.start),
                "end": when_of(one.end),
                "as_of": when_of(one.as_of),
                "ended": one.ended,
                "reason": one.reason,
            }
        )
    for record in sorted(every(Party), key=lambda one: (-len(one.mentions), one.id)):
        yield {
            "id": record.id,
            "kind": record.kind.value,
            "names": [{"text": one.text, "role": one.role.value} for one in record.names],
            "mentions": len(record.mentions),
            "decided_by": record.decided_by,
            "reason": record.reason,
            "confidence": record.confidence,
            "offices": held.get(record.id, []),
        }


def timeline() -> Iterator[Answer]:
    """Events by their earliest bound; open and unknown dates come last."""
    titles = _titles()
    rows = models.Event.objects.order_by("earliest", "latest", "name")
    for row in sorted(rows, key=lambda one: (not (one.earliest or one.latest), one.earliest or one.latest)):
        record = wire.from_bytes(row.record.encode())
        if isinstance(record, Event):
            yield {
                "id": record.id,
                "title": record.title,
                "when": when_of(record.when),
                "exhibit": row.scope,
                "exhibit_title": titles.get(row.scope, ""),
                "statements": list(record.statements),
                "sentence": record.extract.exact,
            }


def log() -> Iterator[Answer]:
    """The custody log, oldest first; what is committed to stays closed."""
    for row in models.Entry.objects.order_by("seq").iterator():
        yield {"seq": row.seq, "action": row.action, "at": row.at, "by": row.by, "note": row.note}


def entries() -> int:
    """How many entries of the log the projection has taken in."""
    return models.Entry.objects.count()


def unread() -> Iterator[Answer]:
    """What reading left out, by reason, with titles; an archive that was looked into is not left out."""
    exhibits = {one.id: one for one in every(Exhibit)}
    opened = {one.container for record in exhibits.values() for one in record.provenances}
    left_out: dict[str, list[tuple[bool, str]]] = {}
    for finding in every(Finding):
        record = exhibits.get(finding.subject)
        if record and finding.check == "reading" and finding.outcome is Outcome.NOT_CHECKED:
            names = {f"{one.container}!{one.name_as_given}".lstrip("!") for one in record.provenances}
            for ground in finding.grounds:
                if not (ground.startswith("no reader") and names & opened):
                    left_out.setdefault(ground, []).append((bool(record.parent), record.title))
    for reason in sorted(left_out):
        yield {"reason": reason, "exhibits": [title for _part, title in sorted(left_out[reason])]}


def counts() -> Answer:
    """How much of everything there is."""
    made: Answer = {
        "held": models.Exhibit.objects.filter(status="held").count(),
        "cited": models.Exhibit.objects.filter(status="cited").count(),
        "statements": models.Statement.objects.count(),
        "parties": models.Party.objects.count(),
        "events": models.Event.objects.count(),
        "entries": models.Entry.objects.count(),
    }
    for kind in ("claim", "gap", "question", "assessment", "request", "copy-link", "call", "call-match", "finding"):
        made[kind.replace("-", "_") + "s"] = models.Item.objects.filter(kind=kind).count()
    return made


def records_json(kind: type[Record]) -> Iterator[Answer]:
    """Records of a kind as their own JSON, for faces that print everything."""
    for record in every(kind):
        value = wire.parse_json(wire.to_bytes(record))
        if isinstance(value, dict):
            yield value
