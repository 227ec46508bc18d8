"""What describes a bundle for other programs: RO-Crate, PROV, CASE.

- All of it is made from the list of contents and the log alone, so that it can be made again and compared.

Example::

    for path, data in descriptions(index, entries): ...
"""

from collections.abc import Iterator, Sequence

from quoth.case.casebook import Casebook
from quoth.custody import bundle_layout as layout
from quoth.custody import folder
from quoth.custody.bundle_layout import BundleIndex
from quoth.custody.parcel import Parcel
from quoth.errors import CustodyError, RecordError
from quoth.publish.case_uco import case_uco_json
from quoth.publish.crate import CrateFile, crate_json
from quoth.publish.prov import prov_json
from quoth.record import wire
from quoth.record.custody import Action, CustodyEntry
from quoth.record.rendition import Derivation

__all__ = ["case_uco_of", "descriptions", "entries_in", "fault_of_descriptions", "prov_of"]

_ABOUT = (
    (layout.INDEX, "List of contents", "application/json"),
    (layout.CASE_FILE, "The case file that entry 0 of the log names", "application/json"),
    (f"data/{folder.ENTRIES}", "The log: who did what, each line naming the one before", "application/jsonl"),
    (f"data/{folder.CHECKPOINT}", "Size and Merkle root of the log", "text/plain"),
    (layout.PROV, "The log as W3C PROV", "application/json"),
    (layout.CASE_UCO, "The log as CASE/UCO", "application/ld+json"),
)


def descriptions(index: BundleIndex, entries: Sequence[CustodyEntry]) -> Iterator[tuple[str, bytes]]:
    """The describing files of a bundle: path and bytes."""
    yield layout.PROV, prov_json(entries, case=index.case)
    yield layout.CASE_UCO, case_uco_json(entries, case=index.case)
    files = [
        CrateFile(
            path=one.file.removeprefix("data/"),
            description=f"Exhibit {one.id}, received by entry {one.entry} of the log",
            kind=one.kind,
            size=one.size,
            digest=one.digest,
            identifier=one.digest,
        )
        for one in index.exhibits
    ]
    files += [CrateFile(path=path.removeprefix("data/"), description=what, kind=kind) for path, what, kind in _ABOUT]
    yield layout.CRATE, crate_json(files, name=f"Bundle of the case {index.case[:8]}", made_at=index.made_at)


def prov_of(book: Casebook) -> bytes:
    """PROV-JSON of the whole log, with what was derived from what as the derivations say."""
    entries = tuple(book.store.entries())
    made: dict[int, Derivation] = {}
    for entry in entries:
        first = entry.objects[0].digest if entry.action is Action.DERIVED and entry.objects else None
        if first is not None and book.store.has(first):
            record = wire.from_bytes(book.store.read_object(first))
            if isinstance(record, Derivation):
                made[entry.seq] = record
    return prov_json(entries, case=book.store.case_file.case, derivations=made)


def case_uco_of(book: Casebook) -> bytes:
    """CASE/UCO of the whole log."""
    return case_uco_json(book.store.entries(), case=book.store.case_file.case)


def entries_in(data: bytes) -> tuple[CustodyEntry, ...]:
    """The entries in the lines of a log; raises :class:`RecordError`."""
    made = tuple(wire.from_lines(data))
    return tuple(one for one in made if isinstance(one, CustodyEntry))


def fault_of_descriptions(parcel: Parcel, index: BundleIndex) -> Iterator[tuple[str, str]]:
    """What of the describing files is not what the list of contents and the log give."""
    try:
        entries = entries_in(parcel.read(f"data/{folder.ENTRIES}", most=1 << 32))
    except (CustodyError, RecordError):
        return  # the steps over the log say so
    for path, data in descriptions(index, entries):
        if path in parcel.sizes and parcel.read(path, most=1 << 32) != data:
            yield path, "says something else than the log and the list of contents"
