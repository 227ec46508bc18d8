"""Erase a thing with all that belongs to it; a tombstone stays.

- No key is needed: whoever must erase in a hurry can.
- An exhibit in the clear goes with its parts, openings, decisions, every derived object in every version, and what
  can be made again (projection, draft, temporary files). A sealed thing goes with its data key and salts.
- Old proofs hold: the log keeps digests and commitments, and nothing that opens them.

Example::

    report = erase(book, "x-…", Reason.SOURCE_IN_DANGER, by="Ada")
"""

import dataclasses

from quoth.case.casebook import Casebook
from quoth.case.clock import now
from quoth.case.reaching import belongings
from quoth.custody.sealed_change import Change
from quoth.custody.sealed_store import Sealed, key_place, object_place
from quoth.custody.store import EntryDraft
from quoth.errors import CaseError
from quoth.record.custody import Action, ObjectRef
from quoth.seal.erase import Reason
from quoth.terms.digest import Digest

__all__ = ["EraseReport", "Reason", "erase", "planned"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EraseReport:
    """What went: exhibits, objects, openings, sealed things; what stays, in lines; the tombstone's number."""

    exhibits: tuple[str, ...] = ()
    objects: int = 0
    openings: int = 0
    sealed: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    entry: int = -1


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    refs: tuple[ObjectRef, ...]
    remove: tuple[str, ...]
    openings: dict[int, Digest]
    report: EraseReport


def planned(book: Casebook, what: str) -> EraseReport:
    """What :func:`erase` would do; nothing is changed. Raises :class:`CaseError` where there is no such thing."""
    return _plan(book, what).report


def erase(book: Casebook, what: str, reason: Reason, *, by: str) -> EraseReport:
    """Erase an exhibit (``x-…``) or a sealed thing (its name, or the beginning of it).

    Raises :class:`CustodyError`: then nothing was changed, or it says that the rest is done at the next opening.
    """
    store = book.store
    with book.alone(), store.only_writer():
        plan = _plan(book, what)
        with Change(store) as change:
            change.take_openings(list(plan.openings.values()))
            change.remove += plan.remove
            change.sweep = True
            said = " ".join(("openings", *map(str, sorted(plan.openings)))) if plan.openings else ""
            note = f"{reason.value}; {said}" if said else reason.value
            made = change.commit(EntryDraft(action=Action.ERASED, objects=plan.refs, note=note), by=by, at=now())
    return dataclasses.replace(plan.report, entry=made.seq)


def _plan(book: Casebook, what: str) -> _Plan:
    sealed = Sealed.read(book.store)
    if not what.startswith("x-"):
        name = sealed.named(what)
        return _sealed_plan(sealed, (name,), report=EraseReport(sealed=(name,), stays=_LOGGED))
    held = belongings(book, what)
    names = tuple(one for one in held.sealed if one in sealed.files)
    rest = _sealed_plan(sealed, names, report=EraseReport())
    stays = [f"its SHA-256 and its size stand in the log since entry {held.first}: they prove what was held"]
    if held.stay:
        stays.append(f"{held.stay} derived objects stay: something else gave the same bytes")
    exhibits = book.spoken().exhibits
    inside = {exhibits[key].parent for key in held.exhibits if key in exhibits} - set(held.exhibits) - {""}
    stays += [f"it lies in exhibit {one} too: erase that as well" for one in sorted(inside)]
    return _Plan(
        refs=(*held.objects, *rest.refs),
        remove=(*held.places(book), *rest.remove),
        openings=held.openings,
        report=EraseReport(
            exhibits=tuple(sorted(held.exhibits)),
            objects=len(held.objects),
            openings=len(held.openings),
            sealed=names,
            stays=(*stays, *_LOGGED),
        ),
    )


_LOGGED = (
    "who acted and when stand in the log, and what was bundled, published or copied elsewhere is out of reach",
    "a disk that writes elsewhere than it is told (SSD, copy-on-write, snapshots, backups) may keep old blocks",
)


def _sealed_plan(sealed: Sealed, names: tuple[str, ...], *, report: EraseReport) -> _Plan:
    for name in names:
        if name not in sealed.files:
            raise CaseError("nothing sealed has this name", hint="see: quoth seal CASE --list")
    return _Plan(
        refs=tuple(ObjectRef(sealed=name, size=sealed.files[name].size) for name in names),
        remove=tuple(place for name in names for place in (key_place(name), object_place(name))),
        openings={},
        report=report,
    )
