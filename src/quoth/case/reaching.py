"""What belongs to an exhibit: parts, derived objects, what people said.

- A part that came in through the exhibit alone goes with it; one that came another way too stays.
- Nothing is changed here; ``sealing`` and ``erasing`` use what is found.

Example::

    held = belongings(book, "x-…")
    held.objects, held.openings
"""

import dataclasses

from quoth.case import spoken
from quoth.case.casebook import Casebook
from quoth.custody import folder
from quoth.custody.vault import place_of
from quoth.errors import CaseError, CustodyError, RecordError
from quoth.record import wire
from quoth.record.custody import Action, CustodyEntry, ObjectRef
from quoth.record.exhibit import Exhibit
from quoth.record.rendition import Derivation
from quoth.seal.erase import CASE, Reach, Step, names_any, reach
from quoth.terms.digest import Digest, hex_of
from quoth.terms.ident import ident

__all__ = ["Belongings", "belongings", "on_the_case"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """What goes with exhibits: their ids and bytes, all objects, openings by entry number, sealed words of theirs.

    ``first`` is the entry that first named the bytes: their digest stands in the log since then.
    ``stay`` counts objects that are kept because something else names them too.
    """

    exhibits: dict[str, Digest]
    objects: tuple[ObjectRef, ...]
    openings: dict[int, Digest]
    sealed: tuple[str, ...]
    first: int
    stay: int

    def places(self, book: Casebook) -> list[str]:
        """The files of the objects, and of damaged copies that were kept, relative to the case."""
        made: list[str] = []
        for one in self.objects:
            if one.digest is not None:
                made.append(place_of(one.digest))
                aside = (book.root / folder.DAMAGED).glob(f"{hex_of(one.digest)}-*")
                made += [f"{folder.DAMAGED}/{path.name}" for path in sorted(aside)]
        return made

    @property
    def said(self) -> str:
        """The end of an entry's note: which openings went."""
        return " ".join(("openings", *map(str, sorted(self.openings)))) if self.openings else ""


def belongings(book: Casebook, exhibit: str) -> Belongings:
    """Everything that belongs to a held exhibit; raises :class:`CaseError` where there is none of this id."""
    held = book.spoken().exhibits.get(exhibit)
    if held is None or held.digest is None:
        raise CaseError(f"no exhibit {exhibit} is held in the clear", hint="see: quoth exhibits CASE")
    entries = list(book.store.entries())
    received = [(entry, _said(book, entry)) for entry in entries if entry.action in (Action.RECEIVED, Action.DECIDED)]
    family = {exhibit: held.digest}
    family |= _parts(received, exhibit)
    steps = [_step(book, entry) for entry in entries if entry.action is Action.DERIVED]
    gone = reach(steps, start=set(family.values()), scopes=set(family))
    ids = set(family) | _found_in(book, steps, gone, set(family))
    openings, sealed = _openings(book, entries, ids=ids, family=set(family))
    objects, stay = _objects(entries, gone, family=family, parts=_through(received, set(family)))
    first = next(one.seq for one in entries if any(ref.digest == held.digest for ref in one.objects))
    return Belongings(exhibits=family, objects=objects, openings=openings, sealed=sealed, first=first, stay=stay)


def on_the_case(book: Casebook) -> tuple[ObjectRef, ...]:
    """Every object that steps on the whole case gave and no other entry names."""
    entries = list(book.store.entries())
    steps = [_step(book, entry) for entry in entries if entry.action is Action.DERIVED]
    gone = reach(steps, start=set(), scopes={CASE})
    return _objects(entries, gone, family={}, parts=frozenset())[0]


def _said(book: Casebook, entry: CustodyEntry) -> Exhibit | None:
    record = spoken.secret_of(book.store, entry)
    return record if isinstance(record, Exhibit) else None


def _parts(received: list[tuple[CustodyEntry, Exhibit | None]], exhibit: str) -> dict[str, Digest]:
    """Exhibits that came in through ``exhibit`` alone, at any depth."""
    parents: dict[str, set[str]] = {}
    digests: dict[str, Digest] = {}
    for entry, said in received:
        if entry.action is Action.RECEIVED and said is not None and said.digest is not None:
            parents.setdefault(said.id, set()).add(said.parent)
            digests[said.id] = said.digest
    family = {exhibit}
    while grown := {one for one, through in parents.items() if through <= family and one not in family}:
        family |= grown
    return {one: digests[one] for one in family - {exhibit}}


def _through(received: list[tuple[CustodyEntry, Exhibit | None]], family: set[str]) -> frozenset[int]:
    """Entries by which something came in through the family."""
    return frozenset(entry.seq for entry, said in received if said is not None and said.parent in family)


def _step(book: Casebook, entry: CustodyEntry) -> Step:
    digests = [ref.digest for ref in entry.objects if ref.digest is not None]
    inputs: frozenset[Digest] | None = None
    try:
        record = wire.from_bytes(book.store.read_object(digests[0])) if digests else None
        if isinstance(record, Derivation):
            inputs = frozenset(record.inputs)
    except (CustodyError, RecordError):
        inputs = None  # lost, or gone before: its scope decides
    return Step(number=entry.seq, scope=entry.note.partition(" ")[2], inputs=inputs, objects=frozenset(digests))


def _found_in(book: Casebook, steps: list[Step], gone: Reach, family: set[str]) -> set[str]:
    """The ids of records that steps on the family gave."""
    made: set[str] = set()
    for step in steps:
        if step.number not in gone.entries or step.scope not in family:
            continue
        for digest in step.objects:
            try:
                records = list(wire.from_lines(book.store.read_object(digest)))
            except (CustodyError, RecordError):
                continue  # a text or a picture, or gone before
            made |= {str(getattr(one, "id", "")) for one in records if not isinstance(one, Exhibit)}
    return made - {""}


def _openings(
    book: Casebook, entries: list[CustodyEntry], *, ids: set[str], family: set[str]
) -> tuple[dict[int, Digest], tuple[str, ...]]:
    """Openings that name one of ``ids``, and sealed words of the family."""
    found: dict[int, Digest] = {}
    sealed: list[str] = []
    for entry in entries:
        opening = book.store.opening(entry.commitment) if entry.commitment else None
        if opening is None or entry.commitment is None:
            continue
        if names_any(opening.value, ids):
            found[entry.seq] = entry.commitment
            record = spoken.secret_of(book.store, entry)
            if entry.action is Action.SEALED and isinstance(record, Exhibit) and record.id in family:
                sealed += [ref.sealed for ref in entry.objects if ref.sealed]
    return found, tuple(sealed)


def _objects(
    entries: list[CustodyEntry], gone: Reach, *, family: dict[str, Digest], parts: frozenset[int]
) -> tuple[tuple[ObjectRef, ...], int]:
    """The objects that go, in the log's order, and how many stay because another entry names them."""
    elsewhere: set[Digest] = set()
    named: dict[Digest, ObjectRef] = {}
    own = set(family.values())
    for entry in entries:
        ours = entry.seq in gone.entries or entry.seq in parts or entry.action in (Action.ERASED, Action.SEALED)
        for ref in entry.objects:
            if ref.digest is None:
                continue
            if ref.digest in gone.objects:
                named.setdefault(ref.digest, ref)
            if not ours and not (entry.action is Action.RECEIVED and ident("x", ref.digest) in family):
                elsewhere.add(ref.digest)
    going = tuple(ref for digest, ref in named.items() if digest in own or digest not in elsewhere)
    return going, len(named) - len(going)
