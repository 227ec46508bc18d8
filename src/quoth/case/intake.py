"""Taking in: files and folders become exhibits of the case.

- Bytes are written, hashed and forced before anything is acknowledged, a batch at a time.
- The same bytes from two places are one exhibit with both provenances.
- What could not be taken is said in one line each; the rest goes on.

Example::

    taken = take_in(book, [Path("letters")], declared=Declared(given_by="A. N."), by="desk")
"""

import dataclasses
import io
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from quoth.case.casebook import Casebook
from quoth.case.clock import now
from quoth.collect.exhibits import held_exhibit, provenance_of
from quoth.collect.files import Incoming, Refused, walk
from quoth.collect.kinds import kind_by_name, kind_of
from quoth.collect.names import shown
from quoth.collect.provenance import Declared, Provenances, gather, is_provenance, merge
from quoth.custody.store import EntryDraft
from quoth.custody.vault import NotPut
from quoth.errors import CaseError, CollectError
from quoth.record.custody import Action
from quoth.record.exhibit import Exhibit, Provenance
from quoth.record.kinds import Record
from quoth.resolve.dates import read_date
from quoth.terms.when import When

__all__ = ["Taken", "take_in"]

BATCH = 256
"""Files that share one forcing of the disk."""

HEAD = 8192
"""Bytes of a file that tell its type."""


@dataclasses.dataclass(kw_only=True)
class Taken:
    """What came of taking in: counts, and one line for everything refused."""

    new: int = 0
    again: int = 0
    known: int = 0
    size: int = 0
    refused: list[Refused] = dataclasses.field(default_factory=list)
    routine: list[Refused] = dataclasses.field(default_factory=list)
    remarks: list[str] = dataclasses.field(default_factory=list)
    entered: int = 0


class _Headed(io.RawIOBase):
    """A stream whose first bytes were looked at already."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stub's buffer is wider
        if self._head:
            size = min(len(buffer), len(self._head))
            buffer[:size] = self._head[:size]
            self._head = self._head[size:]
            return size
        data = self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def read_when(words: str) -> When:
    """A date that a person declared, read without an anchor; the words alone where it can't be."""
    return read_date(words, against=None) or When(words=words)


def take_in(
    book: Casebook,
    paths: Iterable[Path],
    *,
    by: str,
    declared: Declared | None = None,
    besides: Iterable[Path] = (),
    progress: Callable[[str, int], None] = lambda _name, _count: None,
) -> Taken:
    """Take in every file below ``paths``; what cannot be taken is in ``refused``, never lost silently.

    The case itself and the folders ``besides`` (a dossier) are left out where they lie below a path.
    Raises :class:`CaseError` for a path inside one of them.
    """
    said = declared or Declared()
    places = [(path, _own(path, (book.root, *besides)), gather(path, read_date=read_when)) for path in paths]
    with book.alone():  # or two that take in the same folder would enter each file twice
        return _take_places(book, places, by=by, said=said, progress=progress)


def _take_places(
    book: Casebook,
    places: Sequence[tuple[Path, tuple[str, ...], Provenances]],
    *,
    by: str,
    said: Declared,
    progress: Callable[[str, int], None],
) -> Taken:
    taken = Taken(entered=_enter(book, [beside for _, _, beside in places], by=by))
    known = dict(book.spoken().exhibits)
    count = 0
    for path, own, beside in places:
        for item in walk(path):
            if _below(item, own):
                continue
            if isinstance(item, Refused):
                (taken.routine if item.routine else taken.refused).append(item)
                continue
            if not item.container and is_provenance(item.name):
                continue
            _take_one(book, item, merge(beside.declared_for(item.name, item.container), said), known=known, taken=taken)
            count += 1
            progress(item.name, count)
            if book.store.staged_count >= BATCH:
                book.store.commit(by=by, at=now())
    book.store.commit(by=by, at=now())
    return taken


def _own(path: Path, ours: Iterable[Path]) -> tuple[str, ...]:
    """The names, below ``path``, of folders that are our own."""
    place = path.resolve()
    made = []
    for one in ours:
        own = one.resolve()
        if place.is_relative_to(own):
            raise CaseError(
                f"{path} lies in {one}, which quoth itself writes",
                hint="nothing was taken in; name the file or folder that the evidence came in",
            )
        if own.is_relative_to(place):
            made.append(shown(os.fsencode(own.relative_to(place))))
    return tuple(made)


def _below(item: Incoming | Refused, own: tuple[str, ...]) -> bool:
    name = f"{item.container or item.name}/"
    return any(name.startswith(f"{one}/") for one in own)


def _enter(book: Casebook, given: Iterable[Provenances], *, by: str) -> int:
    """Enter what people say of the case; of two records that cannot both stand, the last. Gives the new entries."""
    records: dict[tuple[str, str], Record] = {}
    for one in given:
        for record in (*((one.case,) if one.case else ()), *one.records):
            records[type(record).__name__, getattr(record, "id", "")] = record
    return len(book.enter(records.values(), by=by)) if records else 0


def _take_one(book: Casebook, item: Incoming, said: Declared, *, known: dict[str, Exhibit], taken: Taken) -> None:
    try:
        with item.open() as stream:
            head = stream.read(HEAD)
            ref = book.store.put(io.BufferedReader(_Headed(head, stream), 1 << 20))
    except CollectError as err:
        reason = str(err).removeprefix(f"{item.label}: ")
        taken.refused.append(Refused(name=item.name, container=item.container, reason=reason, hint=err.hint))
        return
    except NotPut as err:
        taken.refused.append(Refused(name=item.name, container=item.container, reason=str(err), hint=err.hint))
        return
    except OSError as err:
        reason = f"cannot be read: {err.strerror}"
        taken.refused.append(Refused(name=item.name, container=item.container, reason=reason))
        return
    taken.remarks += [f"{item.label}: {remark}" for remark in item.remarks]
    exhibit = held_exhibit(
        ref,
        provenance_of(item, said, received_at=now()),
        kind=kind_of(head, item.name),
        kind_by_name=kind_by_name(item.name),
    )
    if exhibit.kind_by_name and exhibit.kind_by_name != exhibit.kind:
        taken.remarks.append(
            f"{item.label}: the name says {exhibit.kind_by_name}, the content is {exhibit.kind}; both are recorded"
        )
    before = known.get(exhibit.id)
    if before and _same_provenance(before, exhibit.provenances[0]):
        taken.known += 1
        return
    taken.again += 1 if before else 0
    taken.new += 0 if before else 1
    taken.size += ref.size
    known[exhibit.id] = (
        dataclasses.replace(before, provenances=(*before.provenances, *exhibit.provenances)) if before else exhibit
    )
    book.store.stage(EntryDraft(action=Action.RECEIVED, objects=(ref,), secret=exhibit))


def _same_provenance(exhibit: Exhibit, provenance: Provenance) -> bool:
    """Whether this way of coming in is recorded already, whatever the clock says."""
    return any(
        dataclasses.replace(one, received_at=provenance.received_at) == provenance for one in exhibit.provenances
    )
