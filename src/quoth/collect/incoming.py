"""What comes in: a stream with its name, or a clear refusal.

- A stream is opened by whoever takes it in; members of an archive once, in order, before the walk
  goes on.
- Limits hold for the bytes that are really produced, not for the size that was declared.
- Any fault of a foreign format or of the disk reaches the reader as ``CollectError``, once mapped here.

Example::

    with incoming.open() as stream:
        head = stream.read(8192)
"""

import dataclasses
import io
import lzma
import struct
import tarfile
import typing
import zipfile
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import BinaryIO

from quoth.errors import CollectError

__all__ = ["FOREIGN", "HEAD", "Budget", "Incoming", "Limits", "Refused", "metered", "reason_of"]

HEAD = 8192
"""Bytes from which the kind of a file is told."""

FOREIGN = (
    OSError,
    EOFError,
    ValueError,
    IndexError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    MemoryError,
    struct.error,
    zlib.error,
    lzma.LZMAError,
    tarfile.TarError,
    zipfile.BadZipFile,
)
"""What the standard library raises over damaged, encrypted or hostile archives and failing disks."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """Something to take in: ``name`` as shown text with ``/``, ``size`` in bytes (-1 unknown).

    ``container`` is ``letters.zip`` or ``outer.zip!inner.tar`` for members of archives;
    ``remarks`` say in plain words what is odd about the name. Neither is ever a path to open.
    """

    name: str
    container: str = ""
    size: int
    open: Callable[[], AbstractContextManager[BinaryIO]]
    remarks: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Container and name in one: ``letters.zip!a/b.txt``."""
        return f"{self.container}!{self.name}" if self.container else self.name


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Something that was not taken: why, and what to do. ``count`` items in one line.

    ``routine`` marks what nobody misses (the operating system's own files).
    """

    name: str
    container: str = ""
    reason: str
    hint: str = ""
    count: int = 1
    routine: bool = False

    @property
    def label(self) -> str:
        """Container and name in one: ``letters.zip!a/b.txt``."""
        return f"{self.container}!{self.name}" if self.container else self.name


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far an archive is followed. Sizes in bytes, each for one archive with all it contains.

    ``ratio`` is produced to packed bytes, of one member above ``ratio_from`` and of the whole
    archive above ``total_ratio_from``;
    ``nested_bytes`` is the largest archive inside an archive that is opened (it is held in memory);
    ``directory_bytes`` the largest member list or member header.
    """

    members: int = 100_000
    total_bytes: int = 50 * 2**30
    ratio: int = 200
    ratio_from: int = 10 * 2**20
    total_ratio_from: int = 2**30
    depth: int = 3
    nested_bytes: int = 256 * 2**20
    directory_bytes: int = 24 * 2**20


class Budget:
    """What one archive of ``packed`` bytes, with everything inside it, has used of its limits so far."""

    def __init__(self, limits: Limits, *, packed: int) -> None:
        self.limits = limits
        self.members = 0
        self._packed = packed
        self._produced = 0

    def spend(self, count: int) -> None:
        """Add ``count`` produced bytes; raises :class:`CollectError` above the total."""
        self._produced += count
        if self.spent:
            raise CollectError(
                f"the archive {self.spent}",
                hint="the archive itself is kept whole; unpack it yourself and add what you need",
            )

    @property
    def spent(self) -> str:
        """Why nothing more of the archive is unpacked, in words; empty while it may go on."""
        limits = self.limits
        if self._produced > limits.total_bytes:
            return f"unpacks to more than {limits.total_bytes} bytes"
        if self._produced > limits.total_ratio_from and self._produced > limits.ratio * max(self._packed, 1):
            return f"unpacks to more than {limits.ratio} times its packed size: looks like a zip bomb"
        return ""

    def check_ratio(self, produced: int, packed: int) -> None:
        """Raise :class:`CollectError` where ``produced`` bytes came from too few ``packed`` ones."""
        if produced > self.limits.ratio_from and produced > self.limits.ratio * max(packed, 1):
            raise CollectError(
                f"unpacks to more than {self.limits.ratio} times its packed size: looks like a zip bomb",
                hint="the archive itself is kept whole; this member is not read further",
            )


class _Metered(io.RawIOBase):
    """``head``, then ``source``; each new count of bytes is shown to ``watch``; faults are mapped."""

    def __init__(self, source: BinaryIO, *, label: str, head: bytes, watch: Callable[[int], None], step: int) -> None:
        super().__init__()
        self._step = step
        self._source = source
        self._label = label
        self._head = head
        self._watch = watch
        self._produced = 0
        self._fault: CollectError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: typing.Any) -> int:
        if self._fault is not None:
            raise self._fault
        view = memoryview(buffer).cast("B")[: self._step]
        try:
            data = self._head[: len(view)] or self._source.read(len(view))
            self._head = self._head[len(view) :]
            self._produced += len(data)
            self._watch(self._produced if data else -1)
        except CollectError as err:
            self._fault = CollectError(f"{self._label}: {err}", hint=err.hint)
            raise self._fault from err
        except FOREIGN as err:
            self._fault = CollectError(
                f"{self._label}: could not be read to its end ({reason_of(err)})",
                hint="what was read is incomplete; ask for an undamaged copy",
            )
            raise self._fault from err
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._source.close()
        super().close()


def metered(
    source: BinaryIO, *, label: str, head: bytes = b"", watch: Callable[[int], None], step: int = 1 << 20
) -> BinaryIO:
    """A stream over ``source`` that gives ``head`` first and raises only :class:`CollectError`.

    ``watch`` is called with the count of bytes produced so far, and with -1 at the end; what it
    raises ends the stream. ``source`` is never asked for more than ``step`` bytes at once.
    """
    return io.BufferedReader(_Metered(source, label=label, head=head, watch=watch, step=step))


def reason_of(err: BaseException) -> str:
    """What a foreign error says, in a few words and without paths."""
    if isinstance(err, OSError) and err.strerror:
        return err.strerror.lower()
    return str(err) or type(err).__name__
