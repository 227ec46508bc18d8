"""What people entered: exhibits and decisions, replayed from the log.

- Everything here comes from openings; an opening that was erased leaves its exhibit without words.
- ``as_of`` names the last entry made by a person, so that a step can depend on it without hashing
  names.

Example::

    spoken = replay(store)
    spoken.exhibits["x-…"].title
"""

import dataclasses
import functools
from collections.abc import Iterable, Mapping
from pathlib import Path

from quoth.collect.exhibits import merge_exhibits
from quoth.custody.store import Store
from quoth.record import wire
from quoth.record.custody import GENESIS, Action, CaseNote, CustodyEntry, Decision
from quoth.record.exhibit import Exhibit, ExhibitStatus
from quoth.record.kinds import Record
from quoth.terms.digest import Digest, digest_of
from quoth.terms.ident import ident

__all__ = ["Spoken", "absorb", "decisions_in", "has_left", "note_of", "replay", "replay_at", "secret_of"]


_SPOKEN = (Action.RECEIVED, Action.DECIDED, Action.SEALED)
"""What people say; an entry *sealed* may carry an exhibit's record as it stands without the words sealed."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """The human part of a case: exhibits by id, other records in order, the case's note."""

    exhibits: dict[str, Exhibit]
    records: tuple[Record, ...]
    note: CaseNote
    as_of: Digest


def has_left(entry: CustodyEntry, gone: Mapping[Digest, int]) -> bool:
    """Whether an entry is of an exhibit that was sealed or erased since."""
    return entry.action is Action.RECEIVED and bool(entry.objects) and all(one.digest in gone for one in entry.objects)


def absorb(exhibits: dict[str, Exhibit], entry: CustodyEntry, secret: Record | None) -> Record | None:
    """Take one *received* or *decided* entry into ``exhibits``; gives any other record back."""
    if entry.action is Action.RECEIVED and secret is None:
        for ref in entry.objects:
            if ref.digest is not None:
                made = Exhibit(
                    id=ident("x", ref.digest),
                    status=ExhibitStatus.HELD,
                    title="(provenance erased)",
                    digest=ref.digest,
                    size=ref.size,
                )
                exhibits.setdefault(made.id, made)
        return None
    if isinstance(secret, Exhibit):
        known = exhibits.get(secret.id)
        exhibits[secret.id] = merge_exhibits(known, secret) if known and known.provenances else secret
        return None
    return secret


def _standing(records: Iterable[Record]) -> tuple[Record, ...]:
    """Records by id, later ones in the place of earlier ones, in order of first appearance."""
    kept: dict[str, Record] = {}
    for record in records:
        kept[f"{type(record).__name__}:{getattr(record, 'id', '')}"] = record
    return tuple(kept.values())


def replay(store: Store, *, until: Digest | None = None) -> Spoken:
    """The human part of the case from its log and openings, up to the entry ``until`` (all, when it is not there)."""
    exhibits: dict[str, Exhibit] = {}
    records: list[Record] = []
    note = CaseNote(title="Untitled case")
    last: CustodyEntry | None = None
    gone = store.gone()
    for entry in store.entries():
        if entry.action not in _SPOKEN or (entry.action is Action.SEALED and entry.commitment is None):
            continue
        last = entry
        if has_left(entry, gone):
            continue
        secret = secret_of(store, entry)
        rest = absorb(exhibits, entry, secret)
        if isinstance(rest, CaseNote):
            note = rest
        elif rest is not None:
            records.append(rest)
        if until is not None and digest_of(wire.to_bytes(entry)) == until:
            break
    return Spoken(
        exhibits=exhibits,
        records=_standing(records),
        note=note,
        as_of=digest_of(wire.to_bytes(last)) if last else GENESIS,
    )


@functools.lru_cache(maxsize=2)
def replay_at(root: str, as_of: Digest) -> Spoken:
    """The same for a worker: as it stood at ``as_of``, whatever was entered since."""
    return replay(Store.open(Path(root)), until=as_of)


def secret_of(store: Store, entry: CustodyEntry) -> Record | None:
    """What the entry's commitment stands for, where its opening is still there."""
    opening = store.opening(entry.commitment) if entry.commitment else None
    return wire.from_bytes(opening.value.encode()) if opening else None


def decisions_in(records: Iterable[Record]) -> dict[str, Decision]:
    """The standing decision about each record's id; a withdrawn one no longer stands."""
    standing: dict[str, Decision] = {}
    by_id: dict[str, Decision] = {}
    for record in records:
        if not isinstance(record, Decision):
            continue
        by_id[record.id] = record
        if record.withdraws:
            gone = by_id.get(record.withdraws)
            for about in gone.about if gone else ():
                standing.pop(about, None)
            continue
        for about in record.about:
            standing[about] = record
    return standing


def note_of(title: str, *, question: str = "", language: str = "en") -> CaseNote:
    """What people call the case, as a record."""
    return CaseNote(title=title, question=question, language=language)
