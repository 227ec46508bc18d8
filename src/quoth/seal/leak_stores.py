"""Databases, old Office files and sound opened for their words.

- SQLite: every value of every table, joined as the program would read it; free pages are found in the raw bytes.
- OLE files (old Office, mail of Outlook): every stream put together from its sectors, and the names of all.
- Ogg: packets put together from pages; ID3: bytes that were put in for old players taken out.

Example::

    for part in sqlite_parts(data, Limits()): ...
"""

import re
import sqlite3
import struct
from collections.abc import Iterator

from quoth.seal.leak_parts import Gap, Limits, Part

__all__ = ["ole_parts", "sound_parts", "sqlite_parts"]

_ROWS = 5_000_000
_GATHERED = 2**20
_FREE_SECTOR = 0xFFFFFFFA
_OGG_HEAD = 27


def sqlite_parts(data: bytes, limits: Limits) -> Iterator[Part | Gap]:
    """The values of all tables; text together, each blob for itself."""
    image = bytearray(data)
    if len(image) > 20:
        image[18:20] = b"\x01\x01"
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(bytes(image))
        connection.text_factory = bytes
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for number, table in enumerate(tables[: limits.members], 1):
            name = table.decode("utf-8", "replace").replace('"', '""')
            yield from _table(connection, name, f"table {number}")
    except (sqlite3.Error, OverflowError, MemoryError):
        yield Gap(label="database", reason="it is damaged, encrypted or of a kind that is not known")
    finally:
        connection.close()


def _table(connection: sqlite3.Connection, name: str, label: str) -> Iterator[Part | Gap]:
    held = bytearray()
    for count, row in enumerate(connection.execute(f'SELECT * FROM "{name}"')):  # noqa: S608 (quoted; no names of ours)
        if count >= _ROWS:
            yield Gap(label=label, reason=f"it has more than {_ROWS} rows")
            break
        for value in row:
            if isinstance(value, bytes) and len(value) > 256:
                yield Part(label=f"{label}, row {count + 1}", data=value, known=True)
            else:
                held += (value if isinstance(value, bytes) else str(value).encode()) + b"\x1f\t"
        held += b"\n"
        if len(held) > _GATHERED:
            yield Part(label=label, data=bytes(held), known=True)
            del held[:-4096]
    yield Part(label=label, data=bytes(held), known=True)


def ole_parts(data: bytes, limits: Limits) -> Iterator[Part | Gap]:
    """The streams of a compound file (MS-CFB); what its programs pack inside them stays a gap."""
    try:
        yield from _Compound(data, limits).parts()
    except (struct.error, IndexError, ValueError):
        yield Gap(label="compound file", reason="it is damaged")
    yield Gap(label="compound file", reason="an old Office format: its streams were searched as they stand")


class _Compound:
    """A compound file: sectors, chains of sectors, a directory."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data, self._limits = data, limits
        self._sector = 1 << struct.unpack_from("<H", data, 30)[0]
        if self._sector not in (512, 4096):
            raise ValueError("no compound file")
        first_list, lists = struct.unpack_from("<II", data, 68)
        tables = list(struct.unpack_from("<109I", data, 76))
        while lists and first_list < _FREE_SECTOR and len(tables) < 100_000:
            more = struct.unpack(f"<{self._sector // 4}I", self._at(first_list))
            tables += more[:-1]
            first_list, lists = more[-1], lists - 1
        self._next: list[int] = []
        for one in tables:
            if one < _FREE_SECTOR:
                self._next += struct.unpack(f"<{self._sector // 4}I", self._at(one))

    def _at(self, number: int) -> bytes:
        found = self._data[(number + 1) * self._sector : (number + 2) * self._sector]
        return found.ljust(self._sector, b"\0")

    def _chain(self, first: int) -> bytes:
        made, seen = bytearray(), 0
        while first < len(self._next) and len(made) <= self._limits.whole and seen <= len(self._next):
            made += self._at(first)
            first = self._next[first]
            seen += 1
        return bytes(made)

    def parts(self) -> Iterator[Part | Gap]:
        """Each stream with its name."""
        directory = self._chain(struct.unpack_from("<I", self._data, 48)[0])
        small_next = self._chain(struct.unpack_from("<I", self._data, 60)[0])
        links = struct.unpack(f"<{len(small_next) // 4}I", small_next)
        entries = [directory[place : place + 128] for place in range(0, len(directory), 128)]
        least = struct.unpack_from("<I", self._data, 56)[0]
        small = self._chain(struct.unpack_from("<I", entries[0], 116)[0]) if entries else b""
        for number, entry in enumerate(entries[: self._limits.members]):
            size = struct.unpack_from("<H", entry, 64)[0]
            name = entry[: max(0, size - 2)]
            yield Part(label=f"name of stream {number}", data=name, known=True)
            if entry[66] != 2:
                continue
            first, length = struct.unpack_from("<II", entry, 116)
            whole = self._chain(first) if length >= least else _small(small, links, first, length)
            label = f"stream {number}: {name.decode('utf-16-le', 'replace')}"
            yield Part(label=label, data=whole[:length], known=True)


def _small(store: bytes, links: tuple[int, ...], first: int, length: int) -> bytes:
    made = bytearray()
    while first < len(links) and len(made) < length:
        made += store[first * 64 : first * 64 + 64]
        first = links[first]
    return bytes(made)


def sound_parts(data: bytes) -> Iterator[Part | Gap]:
    """Fields that pages or put-in bytes divide."""
    if data.startswith(b"OggS"):
        made, place = bytearray(), 0
        while data[place : place + 4] == b"OggS" and place + _OGG_HEAD <= len(data) and len(made) < 2**22:
            table = data[place + _OGG_HEAD : place + _OGG_HEAD + data[place + 26]]
            start = place + _OGG_HEAD + len(table)
            place = start + sum(table)
            made += data[start:place]
        yield Part(label="packets together", data=bytes(made), known=True)
    elif data.startswith(b"ID3") and data[5] & 0x80:
        head = data[: 2**24]
        yield Part(label="ID3 tag", data=re.sub(rb"\xff\x00", b"\xff", head), known=True)
