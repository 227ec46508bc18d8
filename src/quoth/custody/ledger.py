"""The log: canonical JSON lines, each naming the one before.

- ``prev`` is the SHA-256 of the previous line's bytes without its newline; the first has GENESIS.
- Only appending takes the lock (``flock`` on the log). Reading never waits.
- What the checkpoint covers was acknowledged and must be there, whole. What stands after it and does
  not fit was never acknowledged: the next append moves it to ``log/torn-<n>.bin``, never away.
- On a failed append the log is cut back to where it was, so that a batch is there whole or not at all.

Example::

    ledger = Ledger("/cases/harbour", "quoth-case/…", staging)
    ledger.append([Posting(action=Action.DECIDED)], by="desk", at="2031-05-02T09:00:00Z")
"""

import contextlib
import dataclasses
import fcntl
import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from json.encoder import encode_basestring as _quoted
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from quoth.custody import folder, forcing
from quoth.custody.checkpoint import Checkpoint, Tree, parse_checkpoint
from quoth.custody.staging import Staging
from quoth.errors import CustodyError, RecordError
from quoth.record import wire
from quoth.record.custody import GENESIS, Action, CustodyEntry, ObjectRef
from quoth.terms.digest import Digest, hex_of

__all__ = ["Ledger", "Posting", "left", "read_entry"]

_KIND = wire.kind_of(CustodyEntry)
_MARK_EVERY = 1024
_TORN = re.compile(r"torn-([0-9]+)\.bin\Z")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """An entry before it has its place in the log."""

    action: Action
    objects: tuple[ObjectRef, ...] = ()
    commitment: Digest | None = None
    key: Digest | None = None
    note: str = ""


class _Place(NamedTuple):
    """A place between two lines: how many stand before it, at which byte, after which digest."""

    number: int
    offset: int
    head: Digest

    def after(self, line: bytes) -> "_Place":
        """The place after ``line`` (without its newline) stands here."""
        head = Digest("sha256:" + hashlib.sha256(line).hexdigest())
        return _Place(self.number + 1, self.offset + len(line) + 1, head)


_START = _Place(0, 0, GENESIS)


def read_entry(line: bytes, place: _Place) -> CustodyEntry:
    """The entry in a line that must stand at ``place``; raises :class:`CustodyError` naming the entry."""
    where = f"{folder.ENTRIES} entry {place.number}"
    try:
        entry = wire.from_bytes(line)
    except RecordError as err:
        raise CustodyError(f"{where} cannot be read: {err}", hint="run: quoth audit CASE") from err
    if not isinstance(entry, CustodyEntry):
        raise CustodyError(f"{where} is not a custody entry", hint="run: quoth audit CASE")
    if entry.seq != place.number:
        raise CustodyError(f"{where} calls itself entry {entry.seq}", hint="run: quoth audit CASE")
    if entry.prev != place.head:
        raise CustodyError(f"{where} does not name the line before it", hint="run: quoth audit CASE")
    return entry


def left(entry: CustodyEntry) -> tuple[Digest, ...]:
    """The objects that this entry took away: erased, or sealed (there the first digest is the seal's list)."""
    if entry.action not in (Action.ERASED, Action.SEALED):
        return ()
    named = tuple(ref.digest for ref in entry.objects if ref.digest is not None)
    return named if entry.action is Action.ERASED else named[1:]


class Ledger:
    """The log of the case at ``root``. It remembers how far it has read and reads on from there."""

    def __init__(self, root: str, origin: str, staging: Staging) -> None:
        self._path = Path(root, folder.ENTRIES)
        self._checkpoint_path = Path(root, folder.CHECKPOINT)
        self._log_folder = Path(root, folder.LOG)
        self._origin = origin
        self._staging = staging
        self._read_to = _START
        self._marks = [_START]
        self._tree = Tree()
        self._keys: dict[Digest, CustodyEntry] = {}
        self._key_changes: list[CustodyEntry] = []
        self._gone: dict[Digest, int] = {}

    def head(self) -> tuple[int, Digest]:
        """How many entries there are, and the digest of the last line (GENESIS when there is none)."""
        self.refresh()
        return self._read_to.number, self._read_to.head

    def keys(self) -> Mapping[Digest, CustodyEntry]:
        """The entry of every step done, by its key: a view that grows with the log."""
        self.refresh()
        return MappingProxyType(self._keys)

    def key_changes(self) -> tuple[CustodyEntry, ...]:
        """The entries *key-changed* read so far, in order."""
        return tuple(self._key_changes)

    def gone(self) -> Mapping[Digest, int]:
        """What was erased or sealed and not received again since, with the number of the entry that says so."""
        self.refresh()
        return MappingProxyType(self._gone)

    def checkpoint(self) -> Checkpoint:
        """The stored checkpoint; raises :class:`CustodyError` when missing, damaged or another case's."""
        try:
            made = parse_checkpoint(self._checkpoint_path.read_bytes())
        except OSError as err:
            raise _unreadable(folder.CHECKPOINT, err) from err
        if made.origin != self._origin:
            raise CustodyError(f"{folder.CHECKPOINT} is of another case ({made.origin})", hint="run: quoth audit CASE")
        return made

    def checkpoint_read(self) -> Checkpoint:
        """A checkpoint of the entries read or written so far; right after an append, of what it wrote."""
        place = self._read_to
        last = bytes.fromhex(hex_of(place.head))
        return Checkpoint(origin=self._origin, size=place.number, root=self._tree.root(), last=last)

    def refresh(self) -> None:
        """Read what was appended since; raises :class:`CustodyError` where the log does not fit."""
        self._read_on(beyond=False)

    def entries(self, start: int = 0) -> Iterator[CustodyEntry]:
        """Entries from ``start`` on, the chain checked; raises :class:`CustodyError` naming the entry."""
        if start >= _MARK_EVERY:
            self.refresh()
        mark = self._marks[min(start // _MARK_EVERY, len(self._marks) - 1)]
        for _, entry, _ in self._walk(mark, self.checkpoint(), beyond=False):
            if entry.seq >= start:
                yield entry

    def append(self, postings: Sequence[Posting], *, by: str, at: str) -> tuple[CustodyEntry, ...]:
        """Append under the lock, force, renew the checkpoint; gives the entries written.

        A posting whose key stands in the log already is left out. Raises :class:`OSError` when the
        log cannot be written (it is then as it was) and :class:`CustodyError` when it does not fit.
        """
        descriptor = os.open(self._path, os.O_RDWR | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            covered = self._read_on(beyond=True)
            self._set_torn_aside(descriptor)
            lines = self._placed(postings, by, at)
            if lines or self._read_to.number > covered.size:
                head = lines[-1][2].head if lines else self._read_to.head
                self._tree = self._write(descriptor, [line for line, _, _ in lines], head)
            for _, entry, after in lines:
                self._note(entry, after)
            with contextlib.suppress(OSError):  # tidying may wait
                self._staging.clear_left_behind()
        finally:
            os.close(descriptor)
        return tuple(entry for _, entry, _ in lines)

    def create(self, posting: Posting, *, by: str, at: str) -> None:
        """Make the log with its first entry."""
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        descriptor = os.open(self._path, flags, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            ((line, _, after),) = self._placed([posting], by, at)
            self._write(descriptor, [line], after.head)
        finally:
            os.close(descriptor)

    def _read_on(self, *, beyond: bool) -> Checkpoint:
        """Read what is new, up to the checkpoint or (under the lock) whatever fits ``beyond`` it."""
        covered = self.checkpoint()
        if covered.size == self._read_to.number:
            self._compare(covered)
        for line, entry, after in self._walk(self._read_to, covered, beyond=beyond):
            self._take(line, entry, after)
            if after.number == covered.size:
                self._compare(covered)
        return covered

    def _walk(
        self, place: _Place, covered: Checkpoint, *, beyond: bool
    ) -> Iterator[tuple[bytes, CustodyEntry, _Place]]:
        """Line, entry and the place after it; ends before what was never acknowledged."""
        try:
            source = self._path.open("rb")
        except OSError as err:
            raise _unreadable(folder.ENTRIES, err) from err
        with source:
            source.seek(place.offset)
            while place.number < covered.size or beyond:
                raw = source.readline()
                if not raw.endswith(b"\n"):
                    break
                line = raw[:-1]
                try:
                    entry = read_entry(line, place)
                except CustodyError:
                    if place.number >= covered.size:
                        break
                    raise
                place = place.after(line)
                yield line, entry, place
        if place.number < covered.size:
            raise CustodyError(
                f"{folder.ENTRIES} ends after {place.number} of the {covered.size} entries that were acknowledged",
                hint="do not write to this case; run: quoth audit CASE, and look for another copy of the log",
            )

    def _take(self, line: bytes, entry: CustodyEntry, after: _Place) -> None:
        self._tree.add(line)
        self._note(entry, after)

    def _note(self, entry: CustodyEntry, after: _Place) -> None:
        self._read_to = after
        if entry.key is not None:
            self._keys.setdefault(entry.key, entry)
        if entry.action is Action.KEY_CHANGED:
            self._key_changes.append(entry)
        if entry.action in (Action.ERASED, Action.SEALED):
            self._gone.update(dict.fromkeys(left(entry), entry.seq))
        elif self._gone:
            for ref in entry.objects:
                if ref.digest is not None:
                    self._gone.pop(ref.digest, None)
        if after.number == len(self._marks) * _MARK_EVERY:
            self._marks.append(after)

    def _compare(self, covered: Checkpoint) -> None:
        if self._tree.root() != covered.root:
            raise CustodyError(
                f"the first {covered.size} entries are not those of {folder.CHECKPOINT}",
                hint="do not write to this case; run: quoth audit CASE",
            )

    def _placed(self, postings: Sequence[Posting], by: str, at: str) -> list[tuple[bytes, CustodyEntry, _Place]]:
        """Line, entry and the place after it of each posting, without the steps that are done already."""
        made: list[tuple[bytes, CustodyEntry, _Place]] = []
        new: set[Digest] = set()
        place = self._read_to
        for one in postings:
            if one.key is not None:
                if one.key in self._keys or one.key in new:
                    continue
                new.add(one.key)
            entry = CustodyEntry(
                seq=place.number,
                prev=place.head,
                action=one.action,
                at=at,
                by=by,
                objects=one.objects,
                commitment=one.commitment,
                key=one.key,
                note=one.note,
            )
            line = _line_of(entry)
            place = place.after(line)
            made.append((line, entry, place))
        return made

    def _write(self, descriptor: int, lines: list[bytes], head: Digest) -> Tree:
        """Append forced lines and swap in a checkpoint made before, under the lock; gives the tree grown.

        ``head`` is the digest of the log's last line as it will be.
        """
        tree = self._tree.copy()
        tree.add_all(lines)
        name = self._next_checkpoint(tree, head)
        start = self._read_to.offset
        try:
            _write_at(descriptor, b"".join(line + b"\n" for line in lines), start)
            os.fdatasync(descriptor)
            self._staging.swap_in(name, folder.CHECKPOINT)
        except OSError:
            self._staging.drop(name)
            with contextlib.suppress(OSError):  # what cannot be cut back is a torn tail, set aside by the next append
                os.ftruncate(descriptor, start)
                os.fdatasync(descriptor)
            raise
        forcing.force_folder(str(self._log_folder))
        return tree

    def _next_checkpoint(self, tree: Tree, head: Digest) -> str:
        """A forced temporary file with the checkpoint of the log as it will be; gives its name."""
        made = Checkpoint(origin=self._origin, size=tree.size, root=tree.root(), last=bytes.fromhex(hex_of(head)))
        descriptor, name = self._staging.new_file(0o644)
        try:
            _write_at(descriptor, made.to_text(), 0)
            os.fsync(descriptor)
        except OSError:
            self._staging.drop(name)
            raise
        finally:
            os.close(descriptor)
        return name

    def _set_torn_aside(self, descriptor: int) -> None:
        """Move what stands after the last whole entry to a file of its own; under the lock."""
        end, size = self._read_to.offset, os.fstat(descriptor).st_size
        if size <= end:
            return
        numbers = [int(match[1]) for one in self._log_folder.iterdir() if (match := _TORN.match(one.name))]
        target = self._log_folder / f"torn-{max(numbers, default=0) + 1}.bin"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        aside = os.open(target, flags, 0o600)
        try:
            _write_at(aside, os.pread(descriptor, size - end, end), 0)
            os.fsync(aside)
        finally:
            os.close(aside)
        forcing.force_folder(str(self._log_folder))
        os.ftruncate(descriptor, end)


def _line_of(entry: CustodyEntry) -> bytes:
    """What ``wire.to_bytes`` gives, at a fifth of its cost: there is one for each file taken in."""
    commitment = f'"commitment":{_quoted(entry.commitment)},' if entry.commitment is not None else ""
    key = f'"key":{_quoted(entry.key)},' if entry.key is not None else ""
    note = f'"note":{_quoted(entry.note)},' if entry.note else ""
    objects = f'"objects":[{",".join([_plain_ref(ref) for ref in entry.objects])}],' if entry.objects else ""
    text = (
        f'{{"action":"{entry.action.value}","at":{_quoted(entry.at)},"by":{_quoted(entry.by)},{commitment}{key}{note}'
        f'{objects}"prev":{_quoted(entry.prev)},"seq":{entry.seq},"type":"{_KIND}"}}'
    )
    try:
        return text.encode()
    except UnicodeEncodeError as err:
        raise RecordError(f"cannot be written as canonical JSON: {err}") from err


def _plain_ref(ref: ObjectRef) -> str:
    digest = f'"digest":{_quoted(ref.digest)}' if ref.digest else ""
    sealed = f'"sealed":{_quoted(ref.sealed)}' if ref.sealed else ""
    size = f'"size":{ref.size:d}' if ref.size else ""
    return "{" + ",".join([part for part in (digest, sealed, size) if part]) + "}"


def _write_at(descriptor: int, data: bytes, offset: int) -> None:
    rest = memoryview(data)
    while rest:
        count = os.pwrite(descriptor, rest, offset)
        rest, offset = rest[count:], offset + count


def _unreadable(name: str, err: OSError) -> CustodyError:
    return CustodyError(f"{name} cannot be read: {err.strerror}", hint="run: quoth audit CASE")
