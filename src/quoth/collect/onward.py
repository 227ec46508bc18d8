"""Counted streams that only go forward, for archives packed whole.

- What was produced is charged to the archive's budget, skipped bytes too.
- A few kilobytes back can be read again; further back is an error, never a second unpacking.

Example::

    onward = Onward(gzip.GzipFile(fileobj=packed), packed=packed, budget=budget)
"""

import lzma
from typing import BinaryIO, Protocol

from quoth.collect.incoming import Budget
from quoth.errors import CollectError

__all__ = ["Counted", "Onward", "Unxz"]

_BACK = 4096
_CHUNK = 1 << 18
_XZ_MEMORY = 256 << 20


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Counted:
    """Reads ``stream`` in pieces of at most ``step`` bytes; ``count`` is how many were read."""

    def __init__(self, stream: BinaryIO, *, step: int) -> None:
        self._stream = stream
        self._step = step
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        """At most ``step`` bytes."""
        data = self._stream.read(self._step if size < 0 else min(size, self._step))
        self.count += len(data)
        return data


class Unxz:
    """The bytes in an .xz stream (or several, one after the other), with a limit on memory."""

    def __init__(self, packed: Counted) -> None:
        self._packed = packed
        self._unpacker = _unpacker()

    def read(self, size: int) -> bytes:
        """At most ``size`` bytes; raises :class:`lzma.LZMAError` or :class:`EOFError` where damaged."""
        while True:
            if self._unpacker.eof:
                rest = self._unpacker.unused_data or self._packed.read(_CHUNK)
                if not rest.strip(b"\0"):
                    return b""
                self._unpacker = _unpacker()
            elif self._unpacker.needs_input:
                rest = self._packed.read(_CHUNK)
                if not rest:
                    raise EOFError("the packed stream ends before its end mark")
            else:
                rest = b""
            data = self._unpacker.decompress(rest, size)
            if data:
                return data


def _unpacker() -> lzma.LZMADecompressor:
    return lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)


class Onward:
    """``source`` as a seekable stream as far as going forward is enough.

    ``packed`` is what ``source`` reads from; ``short`` tells that a read met the end.
    """

    def __init__(self, source: _Readable, *, packed: Counted, budget: Budget) -> None:
        self._source = source
        self._budget = budget
        self._back = b""
        self._behind = 0
        self._end = 0
        self.packed = packed
        self.short = False

    def tell(self) -> int:
        """The place of the next byte read."""
        return self._end - self._behind

    def seek(self, place: int) -> int:
        """Go to ``place``; raises :class:`CollectError` where that is too far back."""
        if place < self._end - len(self._back):
            raise CollectError(
                "a member was asked for after the walk had gone on", hint="read each member before the next one"
            )
        if place <= self._end:
            self._behind = self._end - place
            return place
        self._behind = 0
        while self._end < place and self._fetch(min(_CHUNK, place - self._end)):
            pass
        return self._end

    def read(self, size: int) -> bytes:
        """``size`` bytes, fewer only at the end; a size that no header has is refused."""
        largest = self._budget.limits.directory_bytes
        if size > largest:
            raise CollectError(f"a member header larger than {largest} bytes", hint="it looks made to do harm")
        start = len(self._back) - self._behind
        pieces = [self._back[start : start + size]] if self._behind else []
        self._behind -= len(pieces[0]) if pieces else 0
        left = size - sum(map(len, pieces))
        while left > 0:
            data = self._fetch(min(_CHUNK, left))
            if not data:
                self.short = True
                break
            pieces.append(data)
            left -= len(data)
        return b"".join(pieces)

    def last(self, size: int) -> bytes:
        """The last ``size`` bytes that were read."""
        return self._back[-size:]

    def goes_on(self) -> bool:
        """Read to the end; whether anything but zeros was left there."""
        found = False
        while data := self._fetch(_CHUNK):
            found = found or data.count(0) != len(data)
        return found

    def _fetch(self, size: int) -> bytes:
        data = self._source.read(size)
        self._end += len(data)
        self._back = (self._back + data)[-_BACK:] if len(data) < _BACK else data[-_BACK:]
        self._budget.spend(len(data))
        return data
