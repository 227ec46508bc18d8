"""Import: a bundle of the same case merged, others as evidence.

- Nothing is entered from a bundle or bag that fails a step of its check.
- Where the other log goes on from ours, it is taken over as it is, with objects, openings and signatures.
- Where both went on, both stay: ours as it is, theirs as objects beside a finding, its checkpoint under
  ``log/forks/``, so that every audit names the two histories. Exhibits and decisions that it opens are entered anew.
- Nothing that is here is written over, and what our log erased does not come back.

Example::

    done = bring(book, Path("from-bea.zip"), by="Ada")
"""

import dataclasses
import enum
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from quoth import __version__
from quoth.case.casebook import Casebook
from quoth.case.clock import now
from quoth.case.describing import entries_in
from quoth.case.handing import verify_bundle
from quoth.case.intake import BATCH, Taken, _take_one
from quoth.collect.incoming import Incoming, Refused
from quoth.collect.names import remarks_on
from quoth.collect.provenance import Declared
from quoth.collect.wacz import wacz_faults, wacz_items
from quoth.custody import bundle_layout as layout
from quoth.custody import folder
from quoth.custody.bag import BagCheck
from quoth.custody.bundle_check import BundleCheck, Told
from quoth.custody.bundle_layout import BundleStep
from quoth.custody.bundle_packed import opened_in
from quoth.custody.checkpoint import parse_checkpoint
from quoth.custody.exchange import Coming, Relation, common, place_signed, relation, take_over
from quoth.custody.forks import keep_fork, read_foreign
from quoth.custody.ledger import left
from quoth.custody.openings import value_of
from quoth.custody.parcel import Parcel, open_parcel
from quoth.custody.signed import SIG, size_in
from quoth.custody.store import EntryDraft
from quoth.errors import CaseError, CustodyError
from quoth.record.custody import Action, CaseNote, CustodyEntry, ObjectRef
from quoth.record.exhibit import Exhibit, ExhibitStatus
from quoth.record.finding import Finding, Outcome
from quoth.record.kinds import Record
from quoth.terms.digest import Digest, digest_of
from quoth.terms.ident import ident

__all__ = ["Brought", "Came", "bring"]

_FORGIVEN = frozenset({BundleStep.FORK.value})


class Came(enum.Enum):
    """What came of an import."""

    REFUSED = "refused"
    NOTHING_NEW = "nothing new"
    TAKEN_OVER = "their log taken over"
    FORKED = "two histories kept"
    EVIDENCE = "entered as evidence"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What came of an import: findings of its check, new entries and objects, and what was taken in as evidence."""

    came: Came
    findings: tuple[Finding, ...]
    entries: int = 0
    objects: int = 0
    taken: Taken | None = None
    remarks: tuple[str, ...] = ()


def bring(book: Casebook, path: Path, *, by: str, told: Told | None = None) -> Brought:
    """Import what stands at ``path``: a bundle, a bag (folder, .zip, .tar) or a WACZ file.

    Raises :class:`CaseError` for what is none of these or cannot be merged, :class:`CustodyError` where the
    case cannot be written.
    """
    if path.resolve().is_relative_to(book.root.resolve()):
        raise CaseError(f"{path} lies in the case", hint="nothing was imported")
    if path.suffix.lower() == ".wacz":
        return _wacz(book, path, by=by)
    with open_parcel(path) as parcel:
        if layout.INDEX in parcel.sizes:
            return _bundle(book, path, parcel, by=by, told=told)
        if "bagit.txt" in parcel.sizes or "manifest-sha256.txt" in parcel.sizes:
            return _bag(book, path, parcel, by=by)
    raise CaseError(f"{path} is no bundle, no bag and no WACZ file", hint="take files in with: quoth add CASE PATH")


def _bundle(book: Casebook, path: Path, parcel: Parcel, *, by: str, told: Told | None) -> Brought:
    findings = tuple(verify_bundle(path, told=told))
    bad = [one for one in findings if one.outcome in (Outcome.FAILS, Outcome.NOT_CHECKED)]
    if any(one.check not in _FORGIVEN for one in bad):
        return Brought(came=Came.REFUSED, findings=findings)
    check = BundleCheck(parcel, told=told)
    list(check.run())  # keeps what it learns: where each digest stands
    if check.index is None or check.index.case != book.store.case_file.case:
        keep = {path: data for path, data in _small(parcel) if not path.startswith(f"{layout.EXHIBITS}/")}
        wanted = [one.file for one in check.index.exhibits] if check.index else []
        taken = _take(book, _items(parcel, wanted, container=path.name), by=by)
        _note(book, keep, _told("a bundle of another case", path.name, findings), by=by)
        return Brought(came=Came.EVIDENCE, findings=findings, taken=taken)
    merge = _Merge(book, parcel, check)
    return dataclasses.replace(merge.run(path.name, by=by), findings=findings)


class _Merge:
    """One bundle of the same case, merged."""

    def __init__(self, book: Casebook, parcel: Parcel, check: BundleCheck) -> None:
        self._book, self._parcel, self._check = book, parcel, check
        self._theirs = parcel.read(f"data/{folder.ENTRIES}", most=1 << 32)
        self._entries = entries_in(self._theirs)
        covered = book.store.checkpoint().size
        lines = (book.root / folder.ENTRIES).read_bytes().split(b"\n")[:covered]
        self._ours = b"".join(line + b"\n" for line in lines)
        self._placed = 0

    def run(self, name: str, *, by: str) -> Brought:
        """Merge, whichever way the two logs stand to each other."""
        with self._book.alone():
            how = relation(self._ours, self._theirs)
            if how is Relation.PARTED:
                self._refuse_stranger()
                return self._parted(name, by=by)
            if how is Relation.THEIRS_GOES_ON:
                return self._goes_on()
            ours = entries_in(self._ours)
            self._place(sorted(_named(ours) - _gone(ours)), required=False)
            place_signed(self._book.root, self._signed(len(ours)))
            return Brought(came=Came.NOTHING_NEW, findings=(), objects=self._placed)

    def _goes_on(self) -> Brought:
        before = self._ours.count(b"\n")
        gone = _gone(self._entries)
        self._place(sorted(_named(self._entries) - gone), required=True)
        new = {entry.commitment for entry in self._entries[before:]}
        openings = [one for _, one in opened_in(self._parcel) if one.commitment in new]
        coming = Coming(
            data=self._theirs,
            checkpoint=parse_checkpoint(self._parcel.read(f"data/{folder.CHECKPOINT}")),
            openings=openings,
            signed=self._signed(len(self._entries)),
        )
        added = take_over(self._book.root, coming)
        left = [digest for digest in sorted(gone) if self._book.store.has(digest)]
        remarks = [f"{one} was erased or sealed by their log, and is still here" for one in left]
        return Brought(came=Came.TAKEN_OVER, findings=(), entries=added, objects=self._placed, remarks=tuple(remarks))

    def _parted(self, name: str, *, by: str) -> Brought:
        shared = common(self._ours, self._theirs)
        rest = b"".join(line + b"\n" for line in self._theirs.split(b"\n")[shared:-1])
        tops = [self._parcel.read(one) for one in self._tops()]
        for top in tops:
            keep_fork(self._book.root, read_foreign(top))
        words = (
            f"two histories: both logs have the same first {shared} entries, then they part",
            f"theirs has {len(self._entries)} entries, ours {len(entries_in(self._ours))}; both are kept",
        )
        finding = _finding("import.two-histories", name, Outcome.FAILS, *words)
        store, gone = self._book.store, _gone(entries_in(self._ours)) | _gone(self._entries)
        exhibits, records = self._new(shared)
        for exhibit in exhibits:
            if exhibit.digest is not None and exhibit.digest not in gone:
                with self._parcel.open(self._check.place(exhibit.digest)) as source:
                    ref = store.put(source)
                store.stage(EntryDraft(action=Action.RECEIVED, objects=(ref,), secret=exhibit))
                self._placed += 1
        refs = tuple(store.put(one) for one in (rest, *tops, self._parcel.read(layout.TAGGED)))
        note = f"two histories from entry {shared}"
        key = digest_of(b"two histories\n" + rest)
        store.stage(EntryDraft(action=Action.AUDITED, objects=refs, secret=finding, key=key, note=note))
        entries = len(store.commit(by=by, at=now()))
        entries += len(self._book.enter(records, by=by)) if records else 0
        return Brought(came=Came.FORKED, findings=(finding,), entries=entries, objects=self._placed, remarks=words)

    def _refuse_stranger(self) -> None:
        """Another history is entered only from a member of ours: anybody can write one from entry 0 on."""
        members, signer = self._book.store.members(), self._check.signer()
        if members.periods and (signer is None or members.of(signer) is None):
            raise CaseError(
                "the bundle tells another history of this case, and no member of yours signed it",
                hint="nothing was entered; keep the file, and ask whoever gave it",
            )

    def _new(self, shared: int) -> tuple[list[Exhibit], list[Record]]:
        """Exhibits and other records that their part opens and ours does not hold."""
        standing = self._book.spoken()
        new = {entry.commitment: entry for entry in self._entries[shared:]}
        exhibits: list[Exhibit] = []
        records: list[Record] = []
        for _, opening in opened_in(self._parcel):
            entry = new.get(opening.commitment)
            if entry is None or entry.action not in (Action.RECEIVED, Action.DECIDED):
                continue
            value = value_of(opening)
            if isinstance(value, Exhibit) and value.status is ExhibitStatus.HELD:
                held = standing.exhibits.get(value.id)
                if held is None or not set(value.provenances) <= set(held.provenances):
                    exhibits.append(value)
            elif not isinstance(value, CaseNote):
                records.append(value)
        return exhibits, records

    def _place(self, digests: list[Digest], *, required: bool) -> None:
        """Put objects that are not here into their places; a missing one is an error where it is required."""
        for digest in digests:
            if self._book.store.has(digest):
                continue
            try:
                place = self._check.place(digest)
            except CustodyError as err:
                if not required:
                    continue
                raise CaseError(
                    f"the bundle goes on from our log, and lacks the object {digest}; nothing was taken over",
                    hint="ask for a whole one: quoth bundle CASE --travel --openings all",
                ) from err
            with self._parcel.open(place) as source:
                self._book.store.put(source)
            self._placed += 1
        self._book.store.commit(by="import", at=now())  # objects alone: no entry is made

    def _signed(self, size: int) -> dict[str, bytes]:
        """Their signed checkpoints of the first ``size`` entries, by their places in a case."""
        made = {}
        for path in self._parcel.sizes:
            number = size_in(path.rpartition("/")[2].removesuffix(SIG))
            if path.startswith(f"data/{folder.SIGNED}/") and number is not None and number <= size:
                made[path.removeprefix("data/")] = self._parcel.read(path)
        return made

    def _tops(self) -> Iterator[str]:
        """The newest signed checkpoint and the unsigned one."""
        notes = [one for one in self._parcel.sizes if one.startswith(f"data/{folder.SIGNED}/") and one.endswith("note")]
        yield from notes[-1:]
        yield f"data/{folder.CHECKPOINT}"


def _bag(book: Casebook, path: Path, parcel: Parcel, *, by: str) -> Brought:
    check = BagCheck(parcel, strict=False)
    findings = tuple(check.run())
    if any(one.outcome is Outcome.FAILS for one in findings):
        return Brought(came=Came.REFUSED, findings=findings)
    taken = _take(book, _items(parcel, check.payload, container=path.name), by=by)
    tags = {name: parcel.read(name) for name in parcel.sizes if "/" not in name and parcel.sizes[name] < 1 << 26}
    _note(book, tags, _told("a bag", path.name, findings), by=by)
    return Brought(came=Came.EVIDENCE, findings=findings, taken=taken)


def _wacz(book: Casebook, path: Path, *, by: str) -> Brought:
    faults = list(wacz_faults(path))
    if faults:
        findings = tuple(_finding("import.wacz", subject, Outcome.FAILS, words) for subject, words in faults)
        return Brought(came=Came.REFUSED, findings=findings)
    finding = _finding("import.wacz", path.name, Outcome.HOLDS, "every file has the digest that its list says")
    whole = Incoming(name=path.name, size=path.stat().st_size, open=functools.partial(_opened, path))
    taken = _take(book, (one for part in ((whole,), wacz_items(path)) for one in part), by=by)
    return Brought(came=Came.EVIDENCE, findings=(finding,), taken=taken)


def _items(parcel: Parcel, names: Iterator[str] | list[str] | dict[str, str], *, container: str) -> Iterator[Incoming]:
    for name in names:
        yield Incoming(
            name=name.removeprefix("data/"),
            container=container,
            size=parcel.sizes[name],
            open=functools.partial(parcel.open, name),
            remarks=remarks_on(name.encode()),
        )


def _take(book: Casebook, items: Iterator[Incoming] | Iterator[Incoming | Refused], *, by: str) -> Taken:
    """Take items in as exhibits; a provenance.toml among them is content, and declares nothing."""
    taken = Taken()
    with book.alone():
        known = dict(book.spoken().exhibits)
        for item in items:
            if isinstance(item, Refused):
                taken.refused.append(item)
                continue
            _take_one(book, item, Declared(), known=known, taken=taken)
            if book.store.staged_count >= BATCH:
                book.store.commit(by=by, at=now())
        book.store.commit(by=by, at=now())
    return taken


def _note(book: Casebook, files: dict[str, bytes], finding: Finding, *, by: str) -> None:
    """Keep what vouches for what came in, as objects of one entry with the finding."""
    refs: dict[Digest, ObjectRef] = {digest_of(data): book.store.put(data) for data in files.values()}
    key = digest_of(b"imported\n" + "\n".join(refs).encode())
    draft = EntryDraft(action=Action.AUDITED, objects=tuple(refs.values()), secret=finding, key=key, note="imported")
    book.store.stage(draft)
    book.store.commit(by=by, at=now())


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")


def _small(parcel: Parcel) -> Iterator[tuple[str, bytes]]:
    for name, size in parcel.sizes.items():
        if size < 1 << 28:
            yield name, parcel.read(name)


def _told(what: str, name: str, findings: tuple[Finding, ...]) -> Finding:
    return _finding("import.checked", name, Outcome.HOLDS, f"{what}: {len(findings)} steps, none of them fails")


def _finding(check: str, subject: str, outcome: Outcome, *grounds: str) -> Finding:
    return Finding(
        id=ident("f", check, subject, *grounds),
        check=check,
        subject=subject,
        outcome=outcome,
        grounds=grounds,
        tool="quoth.case.importing",
        version=__version__,
    )


def _named(entries: tuple[CustodyEntry, ...]) -> set[Digest]:
    return {ref.digest for entry in entries for ref in entry.objects if ref.digest is not None}


def _gone(entries: tuple[CustodyEntry, ...]) -> set[Digest]:
    """What was erased or sealed, and not named again since."""
    made: set[Digest] = set()
    for entry in entries:
        made -= {ref.digest for ref in entry.objects if ref.digest is not None}
        made |= set(left(entry))
    return made
