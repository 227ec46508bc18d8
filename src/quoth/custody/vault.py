"""Objects named by their SHA-256, written once, never changed.

- Bytes are hashed while they are written, in one pass; memory stays at one buffer of 1 MiB.
- An object that is here already is not written again: what comes in is compared with it byte for
  byte, so that a damaged copy is found now and not in ten years.
- Files are read-only. Whole blocks of zeros become holes, so that a disk image takes no more room
  than it did.

Example::

    vault = Vault("/cases/harbour", staging)
    ref = vault.put(b"a letter")
    staging.place()
"""

# Plain strings, no Path: for each of 10,000 files it would cost more than the system calls.
# ruff: noqa: PTH113, PTH118, PTH123

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from quoth.custody import folder
from quoth.custody.staging import Staging
from quoth.errors import CustodyError
from quoth.record.custody import ObjectRef
from quoth.terms.digest import Digest, hex_of

__all__ = ["BLOCK", "READ", "NotPut", "Vault", "hash_file", "place_of"]

READ = 1 << 18
"""Bytes read at a time where nothing is written: what the processor's near cache holds, hashed an eighth cheaper."""

BLOCK = 1 << 20
"""Bytes read, hashed and written at a time."""


class NotPut(CustodyError):
    """This one source was not put; the batch stands as it was, and the next source may be."""


_ZEROS = bytes(BLOCK)
_FAN = re.compile(r"[0-9a-f]{2}\Z")
_REST = re.compile(r"[0-9a-f]{62}\Z")


def place_of(digest: Digest) -> str:
    """Where an object stands, relative to the case: ``objects/ab/cdef…``."""
    name = hex_of(digest)
    return f"{folder.OBJECTS}/{name[:2]}/{name[2:]}"


class Vault:
    """The objects of the case at ``root``; new ones go through ``staging`` until the batch is placed."""

    def __init__(self, root: str, staging: Staging) -> None:
        self._root = root
        self._staging = staging
        self._staged: dict[Digest, int] = {}
        self._buffer = memoryview(bytearray(0))

    @property
    def staged(self) -> int:
        """How many objects wait for their place."""
        return len(self._staged)

    def put(self, source: BinaryIO | bytes) -> ObjectRef:
        """Stage bytes and name them.

        Raises :class:`CustodyError` when the source cannot be read or an equal object is here but
        damaged, and :class:`OSError` when the case cannot be written.
        """
        if isinstance(source, bytes):
            return self._put_whole(memoryview(source))
        if not self._buffer:
            self._buffer = memoryview(bytearray(BLOCK))
        filled = _fill(source, self._buffer)
        if filled < BLOCK:
            return self._put_whole(self._buffer[:filled])
        return self._put_stream(source)

    def has(self, digest: Digest) -> bool:
        """Whether the object has its place."""
        return os.path.isfile(self.path(digest))

    def path(self, digest: Digest) -> str:
        """The full path of an object, there or not."""
        return os.path.join(self._root, place_of(digest))

    def open(self, digest: Digest) -> BinaryIO:
        """The object's bytes as a stream, as they are on the disk; raises :class:`CustodyError`."""
        try:
            return open(self.path(digest), "rb")
        except FileNotFoundError as err:
            raise CustodyError(f"the case holds no object {digest}", hint="run: quoth audit CASE") from err
        except OSError as err:
            raise CustodyError(f"{place_of(digest)} cannot be read: {err.strerror}", hint="check the disk") from err

    def forget(self) -> None:
        """The batch is placed or given up: nothing is staged any more."""
        self._staged.clear()

    def listing(self) -> Iterator[tuple[str, Digest | None, int]]:
        """Every file below ``objects/``, sorted: place, digest by its name (``None``: foreign), size."""
        top = os.path.join(self._root, folder.OBJECTS)
        for fan in _sorted_entries(top):
            below = f"{folder.OBJECTS}/{fan.name}"
            if not (fan.is_dir(follow_symlinks=False) and _FAN.match(fan.name)):
                yield below, None, 0
                continue
            for entry in _sorted_entries(fan.path):
                plain = entry.is_file(follow_symlinks=False) and _REST.match(entry.name)
                digest = Digest(f"sha256:{fan.name}{entry.name}") if plain else None
                yield f"{below}/{entry.name}", digest, entry.stat(follow_symlinks=False).st_size if plain else 0

    def _put_whole(self, data: memoryview) -> ObjectRef:
        digest = Digest("sha256:" + hashlib.sha256(data).hexdigest())
        ref = ObjectRef(digest=digest, size=len(data))
        if digest in self._staged:
            return ref
        target = place_of(digest)
        held = self._open_held(target)
        if held >= 0:
            with os.fdopen(held, "rb", buffering=0) as there:
                if there.read(len(data) + 1) != data:
                    raise _damaged(target)
            self._staging.force_again(target)
            return ref
        descriptor, name = self._staging.new_file(0o444)
        try:
            _write(descriptor, data)
        except OSError:
            self._staging.drop(name)
            raise
        finally:
            os.close(descriptor)
        self._staging.place_later(name, target)
        self._staged[digest] = ref.size
        return ref

    def _put_stream(self, source: BinaryIO) -> ObjectRef:
        """The rest of a source whose first whole block is in the buffer."""
        hasher = hashlib.sha256()
        descriptor, name = self._staging.new_file(0o444)
        kept = False
        try:
            size = self._copy(source, descriptor, hasher.update)
            digest = Digest("sha256:" + hasher.hexdigest())
            kept = self._keep_stream(digest, size, name)
        finally:
            os.close(descriptor)
            if not kept:
                self._staging.drop(name)
        return ObjectRef(digest=digest, size=size)

    def _copy(self, source: BinaryIO, descriptor: int, update: Callable[[memoryview], object]) -> int:
        size, filled = 0, BLOCK
        while filled:
            block = self._buffer[:filled]
            update(block)
            if filled == BLOCK and not block[0] and not block[-1] and block == _ZEROS:
                os.lseek(descriptor, BLOCK, os.SEEK_CUR)
            else:
                _write(descriptor, block)
            size += filled
            filled = _fill(source, self._buffer)
        os.ftruncate(descriptor, size)
        return size

    def _keep_stream(self, digest: Digest, size: int, name: str) -> bool:
        """Whether the temporary file becomes the object; if one is here already, they are compared."""
        if digest in self._staged:
            return False
        target = place_of(digest)
        held = self._open_held(target)
        if held >= 0:
            with os.fdopen(held, "rb", buffering=0) as there:
                new = os.fdopen(self._staging.open_temporary(name), "rb", buffering=0)
                with new:
                    if not _same(there, new):
                        raise _damaged(target)
            self._staging.force_again(target)
            return False
        self._staging.place_later(name, target)
        self._staged[digest] = size
        return True

    def _open_held(self, target: str) -> int:
        path = f"{self._root}/{target}"
        if not os.access(path, os.F_OK):  # the usual case, and cheaper than a caught exception
            return -1
        try:
            return os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return -1


def hash_file(path: str, buffer: memoryview) -> tuple[Digest, int]:
    """Digest and size of a file, read through ``buffer``; raises :class:`OSError`."""
    hasher, size = hashlib.sha256(), 0
    with open(path, "rb", buffering=0) as source:
        while count := source.readinto(buffer):
            hasher.update(buffer[:count])
            size += count
    return Digest("sha256:" + hasher.hexdigest()), size


def _fill(source: BinaryIO, buffer: memoryview) -> int:
    """Read until ``buffer`` is full or the source ends; gives the bytes read."""
    filled = 0
    read_into = getattr(source, "readinto", None)
    try:
        while filled < len(buffer):
            if read_into is not None:
                count = read_into(buffer[filled:])
            else:
                piece = source.read(len(buffer) - filled)
                count = len(piece)
                buffer[filled : filled + count] = piece
            if not count:
                break
            filled += count
    except OSError as err:
        raise NotPut(
            f"the source cannot be read: {err.strerror or err}",
            hint="nothing of it was kept; what is staged beside it stays staged",
        ) from err
    return filled


def _write(descriptor: int, data: memoryview) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _same(left: BinaryIO, right: BinaryIO) -> bool:
    while True:
        one, other = left.read(BLOCK), right.read(BLOCK)
        if one != other:
            return False
        if not one:
            return True


def _damaged(target: str) -> CustodyError:
    return NotPut(
        f"{target} does not hold the bytes that its name says; the source beside it does",
        hint="keep the source, run: quoth audit CASE, and put the damaged file aside before adding it again",
    )


def _sorted_entries(path: str) -> list[os.DirEntry[str]]:
    with os.scandir(path) as entries:
        return sorted(entries, key=lambda entry: entry.name)
