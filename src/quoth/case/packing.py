"""What goes into a bundle, and what stays.

- Only exhibits whose plain bytes the case holds; what is sealed or erased stays, and asking for it is an error.
- An opening tells all of its record. By default only those go that tell of no giver, no way of obtaining, no
  folder's name; a file keeps its own name only where its opening goes with it.
- The log goes as far as its checkpoint covers it, with the signed checkpoints, stamps and forks beside it.

Example::

    pack = packed(book, Choice(exhibits=("x-3f0c…",)), at=now())
"""

import dataclasses
import enum
import functools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from quoth.case.casebook import Casebook
from quoth.case.describing import entries_in
from quoth.collect.signatures import NAMES
from quoth.custody import bundle_layout as layout
from quoth.custody import folder
from quoth.custody.bundle_check import signers_of, verify_lines, vkeys_of
from quoth.custody.bundle_layout import BundleIndex, PackedExhibit, safe_name, stamp_place
from quoth.custody.bundle_write import Content
from quoth.custody.checkpoint import Checkpoint
from quoth.custody.forks import read_foreign
from quoth.custody.ledger import left
from quoth.custody.openings import value_of
from quoth.custody.proofs import inclusion_text, newest_note, tree_of_log
from quoth.custody.signed import SIG, size_in
from quoth.custody.stamp import stamps_in
from quoth.errors import CaseError, CustodyError
from quoth.record import wire
from quoth.record.custody import Action, CustodyEntry, Opening
from quoth.record.exhibit import Exhibit, ExhibitStatus
from quoth.terms.digest import Digest, hex_of

__all__ = ["Choice", "Opened", "Pack", "packed", "tells_of_a_giver"]

File = tuple[str, Content]


class Opened(enum.Enum):
    """Which commitments a bundle opens beside those named: none, those that tell of no giver, or all."""

    NONE = "none"
    PLAIN = "plain"
    ALL = "all"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What to hand over: exhibits by id, or ``everything`` held.

    ``named`` are exhibits whose openings go whatever they tell; ``travel`` takes every plain object of the
    case, derived ones as well, and with :attr:`Opened.ALL` every opening.
    """

    exhibits: tuple[str, ...] = ()
    everything: bool = False
    travel: bool = False
    opened: Opened = Opened.PLAIN
    named: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A bundle before it is written: contents, entries, files; what is opened, and who must not be found in it."""

    index: BundleIndex
    entries: tuple[CustodyEntry, ...]
    files: tuple[File, ...]
    opened: int
    closed: tuple[str, ...]
    """Exhibits of the bundle whose openings stay."""
    givers: frozenset[str]
    """Names in openings that stay."""


def packed(book: Casebook, choice: Choice, *, at: str) -> Pack:
    """What ``choice`` gives at the instant ``at``; raises :class:`CaseError` for what cannot be chosen."""
    log = _Log(book)
    chosen = _chosen(book, choice, log)
    openings = _Openings(book, choice, log, chosen)
    exhibits = tuple(_exhibit(one, number, log, openings) for number, one in enumerate(chosen, 1))
    index = BundleIndex(
        case=book.store.case_file.case,
        size=log.checkpoint.size,
        made_at=at,
        exhibits=exhibits,
        whole=choice.travel,
    )
    files = [(layout.VERIFY, verify_lines()), (layout.INDEX, index.to_bytes()), *log.files()]
    files += openings.files()
    files += [(one.file, functools.partial(book.store.open_object, one.digest)) for one in exhibits]
    files += _objects(book, log, {one.digest for one in exhibits}, whole=choice.travel)
    files += _proofs(book, log, exhibits)
    files += _stamps(book, log, {one.digest: one.file for one in exhibits})
    return Pack(
        index=index,
        entries=log.entries,
        files=tuple(files),
        opened=len(openings.going),
        closed=tuple(one.id for one in chosen if one.id not in openings.titled),
        givers=frozenset(openings.givers),
    )


def tells_of_a_giver(exhibit: Exhibit) -> bool:
    """Whether the record says who gave it, how or when it was obtained, anything by hand, or a folder's name."""
    return any(
        one.given_by or one.obtained_how or one.obtained_on or one.note or one.container or "/" in one.name_as_given
        for one in exhibit.provenances
    )


class _Log:
    """The log as far as its checkpoint covers it, and what it says of every object."""

    def __init__(self, book: Casebook) -> None:
        self._root = book.root
        self._store = book.store
        self.checkpoint: Checkpoint = book.store.checkpoint()
        lines = (book.root / folder.ENTRIES).read_bytes().split(b"\n")[: self.checkpoint.size]
        self.data = b"".join(line + b"\n" for line in lines)
        self.entries = entries_in(self.data)
        self.received: dict[Digest, CustodyEntry] = {}
        self.gone: dict[Digest, str] = {}
        self.named: set[Digest] = set()
        for entry in self.entries:
            for digest in (ref.digest for ref in entry.objects if ref.digest is not None):
                self._take(entry, digest)

    def _take(self, entry: CustodyEntry, digest: Digest) -> None:
        self.named.add(digest)
        if digest in left(entry):
            self.gone[digest] = entry.action.value
            self.received.pop(digest, None)
            return
        self.gone.pop(digest, None)
        if entry.action is Action.RECEIVED:
            self.received.setdefault(digest, entry)

    def files(self) -> Iterator[File]:
        """The log and what stands beside it, the case file, the keys."""
        yield layout.CASE_FILE, (self._root / folder.CASE_FILE).read_bytes()
        yield f"data/{folder.ENTRIES}", self.data
        yield f"data/{folder.CHECKPOINT}", self.checkpoint.to_text()
        for name in layout.LOG_FILES:
            yield from ((f"data/log/{name}/{one.name}", one.read_bytes()) for one in self._beside(name))
        members = self._store.members()
        if members.periods:
            yield layout.SIGNERS, signers_of(members)
            yield layout.VKEYS, vkeys_of(members)

    def _beside(self, name: str) -> Iterator[Path]:
        place = self._root / folder.LOG / name
        held = sorted(one for one in place.iterdir() if one.is_file()) if place.is_dir() else []
        names = {one.name for one in held}
        for one in held:
            note = one.name.removesuffix(SIG)
            size = size_in(note)
            pair = {note, note + SIG} <= names  # half of one is what a crash left
            if name != "signed" or (pair and size is not None and size <= self.checkpoint.size):
                yield one


class _Openings:
    """The openings that go, and the names in those that stay."""

    def __init__(self, book: Casebook, choice: Choice, log: _Log, chosen: Iterable[Exhibit]) -> None:
        ids = {one.id for one in chosen}
        everything = choice.travel and choice.opened is Opened.ALL
        self.going: list[Opening] = []
        self.titled: dict[str, str] = {}
        """Titles that may be told, by the id of the exhibit."""
        self.givers: set[str] = set()
        told: set[str] = set()
        for entry in log.entries:
            opening = book.store.opening(entry.commitment) if entry.commitment else None
            if opening is None:
                continue
            value = value_of(opening)
            exhibit = value if isinstance(value, Exhibit) else None
            names = {one.given_by for one in exhibit.provenances} - {""} if exhibit else set()
            if everything or (exhibit and exhibit.id in ids and _goes(exhibit, choice)):
                self.going.append(opening)
                told |= names
                if exhibit:
                    self.titled.setdefault(exhibit.id, exhibit.title)
            else:
                self.givers |= names
        self.givers -= told

    def files(self) -> Iterator[File]:
        """The openings, one a line."""
        if self.going:
            yield layout.OPENED, b"".join(wire.to_bytes(one) + b"\n" for one in self.going)


def _goes(exhibit: Exhibit, choice: Choice) -> bool:
    if exhibit.id in choice.named or choice.opened is Opened.ALL:
        return True
    return choice.opened is Opened.PLAIN and not tells_of_a_giver(exhibit)


def _chosen(book: Casebook, choice: Choice, log: _Log) -> tuple[Exhibit, ...]:
    held = {one.id: one for one in book.spoken().exhibits.values() if one.status is ExhibitStatus.HELD and one.digest}
    if not (choice.exhibits or choice.everything or choice.travel):
        raise CaseError("nothing is chosen", hint="name exhibits with --exhibit x-…, or take --all or --travel")
    for name in (*choice.exhibits, *choice.named):
        if name not in held:
            raise CaseError(f"the case holds no exhibit {name}", hint="see them with: quoth exhibits CASE")
    wanted = list(held) if choice.everything or choice.travel else list(dict.fromkeys(choice.exhibits))
    made = []
    for exhibit in (held[name] for name in wanted):
        why = log.gone.get(exhibit.digest, "") if exhibit.digest else "sealed"
        if why and exhibit.id in choice.exhibits:
            raise CaseError(f"{exhibit.id} is {why}, and stays", hint="nothing was written; leave it out")
        if not why:
            made.append(exhibit)
    going = {exhibit.id for exhibit in made}
    for name in choice.named:
        if name not in going:
            raise CaseError(f"{name} is to be opened, and is not in the bundle", hint=f"add: --exhibit {name}")
    return tuple(made)


def _exhibit(exhibit: Exhibit, number: int, log: _Log, openings: _Openings) -> PackedExhibit:
    entry = log.received.get(exhibit.digest) if exhibit.digest else None
    if entry is None or exhibit.digest is None:
        raise CaseError(f"no entry of the log received {exhibit.id}", hint="run: quoth audit CASE")
    ending = next((suffix for suffix, kind in NAMES.items() if kind == exhibit.kind), "bin")
    name = safe_name(openings.titled.get(exhibit.id, f"exhibit.{ending}"), number=number)
    return PackedExhibit(
        id=exhibit.id,
        digest=exhibit.digest,
        size=exhibit.size,
        entry=entry.seq,
        file=f"{layout.EXHIBITS}/{name}",
        kind=exhibit.kind,
    )


def _objects(book: Casebook, log: _Log, here: set[Digest], *, whole: bool) -> Iterator[File]:
    """Objects beside the exhibits: those that key changes name, or all that are plain."""
    changes = (entry for entry in log.entries if entry.action is Action.KEY_CHANGED)
    wanted = log.named if whole else {ref.digest for entry in changes for ref in entry.objects if ref.digest}
    case_file = log.entries[0].objects[0].digest
    for digest in sorted(wanted - here - log.gone.keys() - {case_file}):
        if not book.store.has(digest):
            raise CaseError(f"the case has lost the object {digest}", hint="run: quoth audit CASE")
        name = hex_of(digest)
        yield f"{layout.OBJECTS}/{name[:2]}/{name[2:]}", functools.partial(book.store.open_object, digest)


def _proofs(book: Casebook, log: _Log, exhibits: Iterable[PackedExhibit]) -> Iterator[File]:
    lines = log.data.split(b"\n")
    tree, _ = tree_of_log(book.root, log.checkpoint.size)
    for number in sorted({one.entry for one in exhibits}):
        note = newest_note(book.root, log.checkpoint, covering=number)
        size = int(note.split(b"\n")[1])
        path = tree.inclusion(number, size)
        yield layout.proof_place(number), inclusion_text(lines[number], index=number, path=path, checkpoint=note)


def _stamps(book: Casebook, log: _Log, files: Mapping[Digest, str]) -> Iterator[File]:
    """The time stamps over checkpoints, and over exhibits that go."""
    stamps = stamps_in(log.entries)
    for one in (*stamps.answered, *stamps.proofs):
        digest = one.subject.digest
        if digest is None or log.gone.keys() & {digest, one.answer, one.request, one.certificates}:
            continue
        file = files.get(digest, "")
        subject = b"" if file else book.store.read_object(digest)
        if not file and not _is_checkpoint(subject, book.store.case_file.origin):
            continue  # an item that stays
        if not file:
            file = stamp_place(one.seq, "checkpoint")
            yield file, subject
        yield stamp_place(one.seq, "sha256"), f"{hex_of(digest)}  {file}\n".encode()
        parts = {"tsq": one.request, "pem": one.certificates, "tsr": one.answer}
        for ending, part in ({"ots": one.answer} if one.request is None else parts).items():
            if part is not None:
                yield stamp_place(one.seq, ending), book.store.read_object(part)


def _is_checkpoint(data: bytes, origin: str) -> bool:
    try:
        return read_foreign(data).origin == origin
    except CustodyError:
        return False
