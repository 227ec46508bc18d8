"""The log checked line by line, naming the entry that was touched.

- Where two neighbours disagree, the one that its own successor (or the checkpoint) still vouches for
  is intact, so the other one is named.
- Bytes after the last acknowledged entry: the torn line of a crash is noted, anything else fails.

Example::

    check = LogCheck(root, origin)
    findings = list(check.run())
    check.objects  # what the entries name
"""

import enum
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from quoth import __version__
from quoth.custody import folder
from quoth.custody.checkpoint import Checkpoint, Tree, parse_checkpoint
from quoth.custody.ledger import left
from quoth.custody.usual import usual_entry
from quoth.errors import CustodyError, RecordError
from quoth.record import wire
from quoth.record.custody import GENESIS, Action, CustodyEntry
from quoth.record.finding import Finding, Outcome
from quoth.terms.digest import Digest, digest_of, hex_of
from quoth.terms.ident import ident
from quoth.terms.merkle import TreeHead

__all__ = ["AuditStep", "LogCheck", "closed_by", "found"]

_ENTRY_BEGINS = b'{"action":"'
_LOG_NAMES = re.compile(r"(entries\.jsonl|checkpoint|scrub|torn-[0-9]+\.bin)\Z")
_LOG_FOLDERS = frozenset({"signed", "forks"})
_PLAIN = json.JSONDecoder()


class AuditStep(enum.Enum):
    """The numbered steps of an audit, as findings name them."""

    CASE_FILE = "custody.01-case-file"
    CASE_NAMED = "custody.02-case-file-named-by-entry-0"
    ENTRY = "custody.03-entry-as-written"
    ORDER = "custody.04-entries-in-order"
    CHAIN = "custody.05-chain"
    TAIL = "custody.06-nothing-after-the-last-entry"
    CHECKPOINT = "custody.07-checkpoint"
    FOREIGN = "custody.08-no-foreign-file"
    BYTES = "custody.09-object-bytes"
    PRESENT = "custody.10-object-present"
    SIZE = "custody.11-object-size"
    OPENING = "custody.12-opening-fits"
    KEY = "custody.13-step-done-once"
    NOTED = "custody.14-left-over-or-erased"
    SIGNED_FORM = "custody.15-signed-checkpoint-as-written"
    SIGNATURE = "custody.16-signature"
    SIGNED_LOG = "custody.17-signed-checkpoint-of-this-log"
    KEY_IN_FORCE = "custody.18-key-in-force"
    OWN_ENTRIES = "custody.19-own-entries"
    KEY_CHANGE = "custody.20-key-change"
    FORK = "custody.21-no-fork"
    UNSIGNED = "custody.22-signed-by-whom-it-says"
    ERASED = "custody.23-erased-is-gone"
    SUMMARY = "custody.audit"


def found(step: AuditStep, subject: str, outcome: Outcome, *grounds: str) -> Finding:
    """A finding of one step about one file or entry."""
    return Finding(
        id=ident("f", step.value, subject, *grounds),
        check=step.value,
        subject=subject,
        outcome=outcome,
        grounds=grounds,
        tool="quoth.custody.audit",
        version=__version__,
    )


def closed_by(entry: CustodyEntry) -> tuple[int, ...]:
    """The entries whose openings an *erased* or *sealed* entry took away: its note ends in ``openings 4 9``."""
    words = entry.note.partition("openings ")[2].split()
    return tuple(int(one) for one in words if one.isdecimal() and one.isascii())


class LogCheck:
    """One pass over the log of the case at ``root``; what the entries name is kept for the other steps."""

    def __init__(self, root: Path, origin: str) -> None:
        self._root = root
        self._origin = origin
        self._tree = Tree()
        self._root_covered = b""
        self._last_covered = GENESIS
        self._claimed = GENESIS
        self._claimed_at = (0, b"")
        """The line that the checkpoint calls its last: how many stand up to it, and their root."""
        self._keys: dict[Digest, int] = {}
        self._chain_broken = False
        self.size = 0
        self.wanted: set[int] = set()
        """Sizes at which the log's head is to be remembered; set before :meth:`run`."""
        self.heads: dict[int, tuple[TreeHead, Digest]] = {}
        self.authors: list[tuple[str, int]] = []
        self.key_changes: list[CustodyEntry] = []
        self.erased: dict[Digest, int] = {}
        self.sealed: set[Digest] = set()
        self.closed: dict[int, int] = {}
        """Entries whose opening was erased or sealed, with the number of the entry that says so."""
        self.first: CustodyEntry | None = None
        self.objects: dict[tuple[Digest, int], int] = {}
        self.commitments: dict[Digest, int] = {}

    def run(self) -> Iterator[Finding]:
        """Steps 3 to 7, 13, and the log's part of 8 and 14."""
        checkpoint, trouble = self._read_checkpoint()
        covered = checkpoint.size if checkpoint is not None else 0
        self._claimed = GENESIS if checkpoint is None else Digest(f"sha256:{checkpoint.last.hex()}")
        try:
            with (self._root / folder.ENTRIES).open("rb") as source:
                yield from self._lines(source, covered)
        except OSError as err:
            yield found(AuditStep.ENTRY, folder.ENTRIES, Outcome.FAILS, f"cannot be read: {err.strerror}")
        yield from trouble
        if checkpoint is not None:
            yield from self._against(checkpoint)
        yield from self._files_beside()

    def head(self) -> TreeHead:
        """Size and root of all whole lines."""
        return TreeHead(size=self.size, root=self._tree.root())

    @property
    def root_text(self) -> str:
        """The Merkle root of all whole lines, in hexadecimal."""
        return self._tree.root().hex()

    def _read_checkpoint(self) -> tuple[Checkpoint | None, tuple[Finding, ...]]:
        try:
            return parse_checkpoint((self._root / folder.CHECKPOINT).read_bytes()), ()
        except (CustodyError, OSError) as err:
            reason = err.strerror or "" if isinstance(err, OSError) else str(err)
            return None, (found(AuditStep.CHECKPOINT, folder.CHECKPOINT, Outcome.FAILS, reason),)

    def _lines(self, source: BinaryIO, covered: int) -> Iterator[Finding]:
        head, mismatch, last_seq = GENESIS, False, -1
        for raw in source:
            line = raw.removesuffix(b"\n")
            entry, reason = _entry_in(line)
            if not raw.endswith(b"\n") or (entry is None and self.size >= covered):
                yield _tail(raw + source.read(), self.size)
                break
            # 3. the line is one custody entry in canonical JSON
            if entry is None:
                yield found(AuditStep.ENTRY, _named(self.size), Outcome.FAILS, reason)
            # 4. entries are numbered without a gap
            elif entry.seq != last_seq + 1:
                ground = f"calls itself entry {entry.seq}, after entry {last_seq}"
                yield found(AuditStep.ORDER, _named(self.size), Outcome.FAILS, ground)
            # 5. the entry names the line before it
            if mismatch:
                vouched = entry is not None and entry.prev == head
                yield self._chain(self.size - 2 if vouched and self.size > 1 else self.size - 1)
            mismatch = entry is not None and entry.prev != head
            head = digest_of(line)
            last_seq = last_seq + 1 if entry is None else entry.seq
            yield from self._take(line, entry, covered, head)
        if mismatch:
            vouched = self._last_covered == head and self.size == covered
            yield self._chain(self.size - 2 if vouched and self.size > 1 else self.size - 1)

    def _chain(self, number: int) -> Finding:
        self._chain_broken = True
        return found(AuditStep.CHAIN, _named(number), Outcome.FAILS, "the lines around it do not agree with its bytes")

    def _take(self, line: bytes, entry: CustodyEntry | None, covered: int, head: Digest) -> Iterator[Finding]:
        number = self.size
        self._tree.add(line)
        self.size += 1
        if self.size == covered:
            self._root_covered, self._last_covered = self._tree.root(), head
        if head == self._claimed:
            self._claimed_at = (self.size, self._tree.root())
        if self.size in self.wanted:
            self.heads[self.size] = (TreeHead(size=self.size, root=self._tree.root()), head)
        if entry is None:
            return
        self._keep(entry, number)
        if entry.commitment is not None:
            self.commitments.setdefault(entry.commitment, number)
        # 13. a step done is written once
        if entry.key is not None and self._keys.setdefault(entry.key, number) != number:
            ground = f"names the same step as entry {self._keys[entry.key]}"
            yield found(AuditStep.KEY, _named(number), Outcome.FAILS, ground)

    def _keep(self, entry: CustodyEntry, number: int) -> None:
        """Keep what the other steps need of an entry; an object is here from now on, or erased."""
        if number == 0:
            self.first = entry
        if not self.authors or self.authors[-1][0] != entry.by:
            self.authors.append((entry.by, number))
        if entry.action is Action.KEY_CHANGED:
            self.key_changes.append(entry)
        gone = left(entry)
        self.erased.update(dict.fromkeys(gone, number))
        if entry.action in (Action.ERASED, Action.SEALED):
            self.sealed = self.sealed | set(gone) if entry.action is Action.SEALED else self.sealed - set(gone)
            self.closed.update(dict.fromkeys(closed_by(entry), number))
        for ref in entry.objects:
            if ref.digest is not None and ref.digest not in gone:
                self.objects.setdefault((ref.digest, ref.size), number)
                self.erased.pop(ref.digest, None)

    def _against(self, checkpoint: Checkpoint) -> Iterator[Finding]:
        # 7. the log is at least as long as its checkpoint says, with the same root, and of this case
        if checkpoint.origin != self._origin:
            ground = f"is of another case: {checkpoint.origin}"
            yield found(AuditStep.CHECKPOINT, folder.CHECKPOINT, Outcome.FAILS, ground)
        size, root = self._claimed_at
        if root == checkpoint.root and size != checkpoint.size:
            ground = f"says {checkpoint.size} entries; its two hashes are those of the first {size}"
            yield found(AuditStep.CHECKPOINT, folder.CHECKPOINT, Outcome.FAILS, ground)
            return
        if checkpoint.size > self.size:
            ground = f"ends after {self.size} of {checkpoint.size} acknowledged entries"
            yield found(AuditStep.CHECKPOINT, folder.ENTRIES, Outcome.FAILS, ground)
            return
        if checkpoint.size == 0:
            yield found(AuditStep.CHECKPOINT, folder.CHECKPOINT, Outcome.FAILS, "covers no entry")
            return
        same_root = self._root_covered == checkpoint.root
        same_last = bytes.fromhex(hex_of(self._last_covered)) == checkpoint.last
        if same_root and same_last:
            return
        if not same_root and not same_last:
            ground = "is not the line that the checkpoint covers"
            yield found(AuditStep.CHECKPOINT, _named(checkpoint.size - 1), Outcome.FAILS, ground)
        elif not same_root and self._chain_broken:
            ground = f"the first {checkpoint.size} entries have another Merkle root than the checkpoint says"
            yield found(AuditStep.CHECKPOINT, folder.ENTRIES, Outcome.FAILS, ground)
        else:
            ground = "its two hashes do not belong to one log"
            yield found(AuditStep.CHECKPOINT, folder.CHECKPOINT, Outcome.FAILS, ground)

    def _files_beside(self) -> Iterator[Finding]:
        try:
            beside = sorted((self._root / folder.LOG).iterdir())
        except OSError as err:
            yield found(AuditStep.ENTRY, folder.LOG, Outcome.FAILS, f"cannot be read: {err.strerror}")
            return
        for one in beside:
            place = f"{folder.LOG}/{one.name}"
            if one.name in _LOG_FOLDERS and one.is_dir() and not one.is_symlink():
                continue
            if not (_LOG_NAMES.match(one.name) and one.is_file() and not one.is_symlink()):
                yield found(AuditStep.FOREIGN, place, Outcome.FAILS, "no file of the case has this name")
            elif one.name.startswith("torn-"):
                ground = "bytes of a write that was never acknowledged, set aside"
                yield found(AuditStep.NOTED, place, Outcome.CANNOT_TELL, ground)


def _entry_in(line: bytes) -> tuple[CustodyEntry | None, str]:
    """The entry, or ``None`` and the reason."""
    usual = usual_entry(line)
    if usual is not None:
        return usual, ""
    try:
        record = wire.from_bytes(line)
    except RecordError as err:
        return None, str(err)
    if not isinstance(record, CustodyEntry):
        return None, f"holds a {wire.kind_of(type(record))}, not a custody entry"
    if wire.canonical(_PLAIN.decode(line.decode())) != line:
        return None, "is not canonical JSON (RFC 8785)"
    return record, ""


def _tail(data: bytes, number: int) -> Finding:
    # 6. after the last whole entry stands nothing, or the torn line of a crash
    begins = all(one in (0, other) for one, other in zip(data, _ENTRY_BEGINS, strict=False))
    if begins and (b"\n" not in data or b"\x00" in data):  # what a power cut kept from the disk reads as zeros
        ground = f"{len(data)} bytes of a write that was never acknowledged; the next commit sets them aside"
        return found(AuditStep.NOTED, folder.ENTRIES, Outcome.CANNOT_TELL, ground)
    ground = f"{len(data)} foreign bytes where entry {number} would stand"
    return found(AuditStep.TAIL, folder.ENTRIES, Outcome.FAILS, ground)


def _named(number: int) -> str:
    return f"{folder.ENTRIES} entry {number}"
