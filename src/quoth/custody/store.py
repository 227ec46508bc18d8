"""The one door to a case on disk: put, stage, commit, read.

- What ``commit`` gives back is acknowledged: objects, openings, log and checkpoint are forced, in
  that order, and a power cut the moment after loses nothing of it.
- What ``commit`` did not give back may be gone; no entry is ever there without its objects and opening.
- Everything fits a stream: a file of any size passes through 1 MiB of memory.
- Where ``signer`` has a key for whoever commits, the entries are signed before ``commit`` returns.
- One store belongs to one thread of one process; many stores may work on one case at once.

Example::

    store = Store.create(Path("/cases/harbour"), by="desk", at="2031-05-02T09:00:00Z")
    ref = store.put(b"a letter")
    store.stage(EntryDraft(action=Action.RECEIVED, objects=(ref,), secret=exhibit))
    (entry,) = store.commit(by="desk", at="2031-05-02T09:00:01Z")
"""

import contextlib
import dataclasses
import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Self

from quoth.custody import folder, forcing
from quoth.custody.checkpoint import Checkpoint, SignedText, parse_checkpoint
from quoth.custody.faults import not_written
from quoth.custody.folder import CaseFile
from quoth.custody.ledger import Ledger, Posting
from quoth.custody.members import Members
from quoth.custody.mounts import refuse_network
from quoth.custody.openings import Openings, commit_to
from quoth.custody.signed import write_signed
from quoth.custody.signing import SigningKey
from quoth.custody.staging import Staging
from quoth.custody.vault import Vault
from quoth.errors import CaseError, CustodyError
from quoth.record.custody import Action, CustodyEntry, ObjectRef, Opening
from quoth.record.kinds import Record
from quoth.terms.digest import Digest, digest_of

__all__ = ["EntryDraft", "NotSigned", "Store"]

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z\Z", re.ASCII)


class NotSigned(CustodyError):
    """The entries are acknowledged and kept; only their signature is missing."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EntryDraft:
    """An entry to be written: ``secret`` goes to the openings, only its salted commitment to the log.

    ``key`` names a step done; a draft whose key stands in the log already is dropped. ``note`` is
    read by whoever reads the log: no name, no number belongs there.
    """

    action: Action
    objects: tuple[ObjectRef, ...] = ()
    secret: Record | None = None
    key: Digest | None = None
    note: str = ""
    needs: tuple[Digest, ...] = ()
    """Objects that the entry stands on: where one of them was erased or sealed meanwhile, the batch is given up."""


class Store:
    """A case on disk, open. Make one with :meth:`create` or :meth:`open`."""

    def __init__(self, root: Path, case_file: CaseFile) -> None:
        self._root = os.path.abspath(root)  # noqa: PTH100 - a string for the hot path
        self._case_file = case_file
        self._staging = Staging(self._root)
        self._vault = Vault(self._root, self._staging)
        self._ledger = Ledger(self._root, case_file.origin, self._staging)
        self._openings = Openings(self._root)
        self._drafts: list[EntryDraft] = []
        self._process = os.getpid()
        self.signer: Callable[[str], SigningKey | None] | None = None
        """Gives the key of whoever commits (their name in ``by``), or ``None`` for somebody who does not sign."""

    @classmethod
    def create(cls, root: Path, *, by: str, at: str) -> Self:
        """Make a case in a new or empty folder and write its first entry, *opened*.

        The case file comes last: a folder without it is no case. Raises :class:`CaseError` when the
        folder holds anything, :class:`CustodyError` on a network file system or when writing fails.
        """
        _check_instant(at)
        refuse_network(root)
        text = folder.make_case_text(os.urandom(16).hex())
        try:
            _make_folders(root)
            made = cls(root, folder.read_case_text(text))
            made._begin(text, by, at)
        except OSError as err:
            raise not_written(err, "making the case") from err
        return made

    @classmethod
    def open(cls, root: Path) -> Self:
        """Open the case at ``root``; nothing is written until something is put.

        Raises :class:`CaseError` when there is none or its format is newer, and
        :class:`CustodyError` on a network file system.
        """
        try:
            data = (root / folder.CASE_FILE).read_bytes()
        except (FileNotFoundError, NotADirectoryError) as err:
            raise CaseError(f"no case at {root}", hint=f"make one with: quoth init {root}") from err
        except OSError as err:
            raise CaseError(f"the case at {root} cannot be read: {err.strerror}", hint="check its permissions") from err
        case_file = folder.read_case_text(data)
        refuse_network(root)
        return cls(root, case_file)

    @classmethod
    def open_to_audit(cls, root: Path) -> Self:
        """For the audit alone: also a case whose case file is damaged or gone, as its checkpoint names it.

        Raises :class:`CaseError` where nothing says that there is a case, or it is of a newer format.
        """
        try:
            return cls.open(root)
        except CaseError:
            if folder.is_newer(root / folder.CASE_FILE):
                raise
            try:
                origin = parse_checkpoint((root / folder.CHECKPOINT).read_bytes()).origin
            except (OSError, CustodyError):
                origin = ""
            if not (root / folder.OBJECTS).is_dir() and not origin:
                raise
        return cls(root, CaseFile(format=folder.FORMAT, case=origin.removeprefix("quoth-case/")))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.rollback()

    @property
    def root(self) -> Path:
        """The folder of the case."""
        return Path(self._root)

    @property
    def case_file(self) -> CaseFile:
        """What the case file says."""
        return self._case_file

    @property
    def staged_count(self) -> int:
        """How many objects or entries (whichever are more) wait for :meth:`commit`; a few hundred is a good batch."""
        return max(self._vault.staged, len(self._drafts))

    def put(self, source: BinaryIO | bytes) -> ObjectRef:
        """Stage bytes: hashed while they are written; what the case holds already is only compared.

        A source that cannot be read leaves the batch as it was. When the case cannot be written the
        whole batch is given up. Both raise :class:`CustodyError`.
        """
        self._check_process()
        try:
            self._staging.join()
            return self._vault.put(source)
        except OSError as err:
            self.rollback()
            raise not_written(err, "storing an object") from err

    def stage(self, draft: EntryDraft) -> None:
        """Note an entry for the next commit."""
        self._check_process()
        self._drafts.append(draft)

    def commit(self, *, by: str, at: str, key: SigningKey | None = None) -> tuple[CustodyEntry, ...]:
        """Force and place everything staged, append the entries; gives those acknowledged.

        ``at`` is an RFC 3339 instant in UTC ending in ``Z``. A draft whose ``key`` stands in the log,
        also if another process wrote it meanwhile, is dropped. ``key`` signs (left out: the one that
        ``signer`` gives for ``by``). Raises :class:`CustodyError`; then nothing of the batch is
        acknowledged, everything before it is kept, and nothing is staged; :class:`NotSigned`, a kind of
        it, says that the entries are kept and only their signature is missing.
        """
        self._check_process()
        _check_instant(at)
        if not self._drafts and not self._vault.staged:
            return ()
        with_key = self.signer(by) if key is None and self.signer is not None and self._drafts else key
        try:
            entries = self._append(by, at)
            if with_key is not None and entries:
                self._sign(entries, by, with_key)
            return entries
        finally:
            self.rollback()

    def rollback(self) -> None:
        """Give up what is staged and remove its temporary files; a rolled back store can go on."""
        self._drafts.clear()
        self._vault.forget()
        if self._process == os.getpid():
            with contextlib.suppress(OSError):  # left behind files are cleared by the next writer
                self._staging.discard()

    def open_object(self, digest: Digest) -> BinaryIO:
        """The object as a stream, not checked while it is read; raises :class:`CustodyError` when missing."""
        return self._vault.open(digest)

    def read_object(self, digest: Digest) -> bytes:
        """The object's bytes, checked against their digest; raises :class:`CustodyError` otherwise."""
        with self._vault.open(digest) as source:
            data = source.read()
        if digest_of(data) != digest:
            raise CustodyError(
                f"the object {digest} is damaged: its bytes have another digest",
                hint="run: quoth audit CASE, and look for another copy of these bytes",
            )
        return data

    def has(self, digest: Digest) -> bool:
        """Whether the object has its place (its bytes are not looked at)."""
        return self._vault.has(digest)

    def object_path(self, digest: Digest) -> Path:
        """Where the object stands, for tools that want a path; there or not."""
        return Path(self._vault.path(digest))

    def entries(self, start: int = 0) -> Iterator[CustodyEntry]:
        """The acknowledged entries from ``start`` on; :class:`CustodyError` names the entry that does not fit."""
        return self._ledger.entries(start)

    def opening(self, commitment: Digest) -> Opening | None:
        """What opens a commitment; ``None`` when it was erased, sealed or lost."""
        return self._openings.find(commitment)

    def openings(self) -> Iterator[Opening]:
        """Every opening, checked; raises :class:`CustodyError` naming the file and line that does not fit."""
        return self._openings.all()

    def head(self) -> tuple[int, Digest]:
        """How many entries were acknowledged, and the digest of the last line."""
        return self._ledger.head()

    def keys(self) -> Mapping[Digest, CustodyEntry]:
        """The entry of every step done, by its key: a view that grows with the log."""
        return self._ledger.keys()

    def gone(self) -> Mapping[Digest, int]:
        """What was erased or sealed and not received again since, with the number of the entry that says so."""
        return self._ledger.gone()

    @contextlib.contextmanager
    def only_writer(self) -> Iterator[None]:
        """Let no other writer begin or end a batch; raises :class:`CustodyError` where one is at work."""
        self._check_process()
        self.rollback()
        try:
            with self._staging.alone():
                yield
        except BlockingIOError as err:
            raise CustodyError(
                "another quoth writes to this case",
                hint="nothing was changed; wait until it is through, then try again",
            ) from err

    def adopt(self) -> None:
        """Take over whole entries that a killed writer left behind the checkpoint; raises :class:`CustodyError`."""
        self._check_process()
        try:
            self._ledger.append((), by="", at="")
        except OSError as err:
            raise not_written(err, "reading on in the log") from err
        finally:
            self.rollback()

    def checkpoint(self) -> Checkpoint:
        """The stored checkpoint of the log."""
        return self._ledger.checkpoint()

    def members(self) -> Members:
        """Who may sign, as the key changes in the log brought them into force; those that break a rule are left out."""
        self._ledger.refresh()
        made = Members(self._case_file.case)
        for entry in self._ledger.key_changes():
            made.take(entry, self.read_object)
        return made

    def sign_as_written(self, text: SignedText, key: SigningKey) -> None:
        """Put a signed checkpoint of earlier entries in its place; raises :class:`NotSigned`."""
        self._check_process()
        try:
            write_signed(self._staging, text, key)
        except OSError as err:
            raise _not_signed(text, err.strerror or str(err)) from err
        finally:
            self.rollback()

    def _append(self, by: str, at: str) -> tuple[CustodyEntry, ...]:
        try:
            self._staging.join()
            self._check_needs()
            postings = self._stage_openings()
            self._staging.place()
            return self._ledger.append(postings, by=by, at=at) if postings else ()
        except OSError as err:
            raise not_written(err, "writing a batch") from err

    def _check_needs(self) -> None:
        needed = {one for draft in self._drafts for one in draft.needs}
        if needed and not needed.isdisjoint(self._ledger.gone()):
            raise CustodyError(
                "something that this batch stands on was erased or sealed meanwhile; nothing of the batch is kept",
                hint="run the same command again: it goes on without it",
            )

    def _sign(self, entries: tuple[CustodyEntry, ...], by: str, key: SigningKey) -> None:
        text = SignedText(checkpoint=self._ledger.checkpoint_read(), first=entries[0].seq)
        period = self.members().at(by, entries[0].seq)
        if period is None or period.key != key.public:
            raise _not_signed(text, f"this key is not in force for {by}")
        self.sign_as_written(text, key)

    def _begin(self, text: bytes, by: str, at: str) -> None:
        """Write case file and first entry; the entry names the digest of the case file, an object too."""
        try:
            ref = self._vault.put(text)
            self._staging.place()
            self._ledger.create(Posting(action=Action.OPENED, objects=(ref,)), by=by, at=at)
            descriptor, name = self._staging.new_file(0o444)
            with os.fdopen(descriptor, "wb") as out:
                out.write(text)
            self._staging.place_later(name, folder.CASE_FILE)
            self._staging.place()
        finally:
            self.rollback()

    def _stage_openings(self) -> list[Posting]:
        """The drafts as postings, the openings of their secrets staged."""
        known = self._ledger.keys() if any(draft.key is not None for draft in self._drafts) else {}
        drafts: list[EntryDraft] = []
        new: set[Digest] = set()
        for draft in self._drafts:
            if draft.key is None or (draft.key not in known and draft.key not in new):
                drafts.append(draft)
            if draft.key is not None:
                new.add(draft.key)
        openings = [None if draft.secret is None else commit_to(draft.secret) for draft in drafts]
        held = [opening for opening in openings if opening is not None]
        self._openings.stage(held, self._staging, at_entry=self._ledger.head()[0] if held else 0)
        return [
            Posting(
                action=draft.action,
                objects=draft.objects,
                commitment=None if opening is None else opening.commitment,
                key=draft.key,
                note=draft.note,
            )
            for draft, opening in zip(drafts, openings, strict=True)
        ]

    def _check_process(self) -> None:
        if os.getpid() != self._process:
            raise CustodyError("a store does not cross a fork", hint="open the case anew in the child process")


def _make_folders(root: Path) -> None:
    if root.exists() and not root.is_dir():
        raise CaseError(f"{root} is a file", hint="choose a new or an empty folder")
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (root / folder.CASE_FILE).exists():
        raise CaseError(f"{root} holds a case already", hint="open it, or choose another folder")
    if any(root.iterdir()):
        raise CaseError(f"{root} is not empty", hint="choose a new or an empty folder")
    root.chmod(0o700)  # an empty folder made before may be open to others
    for name in (folder.OBJECTS, folder.LOG, folder.OPENINGS, folder.CACHE, folder.TEMPORARY):
        (root / name).mkdir(mode=0o700)
    forcing.force_folder(str(root))
    forcing.force_folder(str(root.absolute().parent))


def _check_instant(at: str) -> None:
    if not _INSTANT.match(at):
        raise CustodyError(f"not an instant in UTC: {at!r}", hint="for example 2031-05-02T09:00:00Z (RFC 3339)")


def _not_signed(text: SignedText, reason: str) -> NotSigned:
    last = text.checkpoint.size - 1
    return NotSigned(
        f"entries {text.first} to {last} are in the log, but could not be signed: {reason}",
        hint="do not enter them again; sign them with: quoth keys sign CASE --by NAME",
    )
