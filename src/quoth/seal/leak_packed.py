"""Compressed streams and archives opened, hidden ones too.

- Streams: gzip, zlib, bzip2, xz. Archives: ZIP and everything that is one, tar.
- Names, comments and extra fields of members are parts of their own; members that the list of a ZIP does not
  name are found by their own headers.
- What is encrypted, damaged, unknown or larger than the limits is a gap; whatever came out before is searched.

Example::

    for part in zip_parts(io.BytesIO(data), Limits()): ...
"""

import bz2
import io
import lzma
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from quoth.seal.leak_parts import Gap, Limits, Part

__all__ = ["hidden_parts", "stream_parts", "tar_parts", "zip_parts"]

_STEP = 2**20
_FREE = 16 * 2**20
_PIECE_OVERLAP = 2**16
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_HEADS = re.compile(
    rb"\x1f\x8b\x08|BZh[1-9]1AY&SY|\xfd7zXZ\x00|\x78[\x01\x5e\x9c\xda]|PK\x03\x04|\xff\xd8\xff|\x89PNG\r\n\x1a\n|%PDF-\d"
)
_PROBE = 4096
_LARGEST_PICTURE = 16 * 2**20
_XZ_MEMORY = 256 * 2**20
_DAMAGED = (zlib.error, OSError, EOFError, lzma.LZMAError, ValueError)


def _make(head: bytes) -> tuple[str, Callable[[], Any]]:
    if head.startswith(b"\x1f\x8b"):
        return "gzip", lambda: zlib.decompressobj(31)
    if head.startswith(b"BZh"):
        return "bzip2", bz2.BZ2Decompressor
    if head.startswith(b"\xfd7zXZ"):
        return "xz", lambda: lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
    return "zlib", zlib.decompressobj


def stream_parts(source: BinaryIO, limits: Limits, *, label: str = "", known: bool = False) -> Iterator[Part | Gap]:
    """What a compressed stream holds, whole where it is small enough and else in pieces."""
    head = source.read(8)
    kind, make = _make(head)
    label = label or kind
    held, out, pieces = bytearray(), 0, 0
    try:
        for made, taken in _steps(source, head, make):
            held += made
            out += len(made)
            if out > _FREE and out > limits.ratio * taken:
                yield Gap(label=label, reason=f"it unpacks to more than {limits.ratio} times its size")
                break
            if len(held) > limits.whole:
                pieces += 1
                yield Part(label=f"{label}, piece {pieces}", data=bytes(held), known=True)
                held = held[-_PIECE_OVERLAP:]
    except _DAMAGED:
        yield Gap(label=label, reason=f"the {kind} stream is damaged or cut short")
    if pieces:
        yield Gap(label=label, reason=f"it unpacks to more than {limits.whole} bytes: searched in pieces only")
    if held:
        yield Part(label=f"{label}, piece {pieces + 1}" if pieces else label, data=bytes(held), known=known)


def _steps(source: BinaryIO, head: bytes, make: Callable[[], Any]) -> Iterator[tuple[bytes, int]]:
    """Output step by step, and how much input it took so far; streams that follow each other are one."""
    unpacker, pending, taken = make(), head, len(head)
    while True:
        made, pending, done = _some(unpacker, pending)
        yield made, taken
        if done:
            pending += source.read(max(0, 8 - len(pending)))
            if not pending.startswith(head[:2]):
                return
            unpacker = make()
        elif not pending and not made:
            pending = source.read(_STEP)
            taken += len(pending)
            if not pending:
                raise EOFError


def _some(unpacker: Any, pending: bytes) -> tuple[bytes, bytes, bool]:
    """At most one step of output, the input left over, and whether the stream has ended."""
    if isinstance(unpacker, bz2.BZ2Decompressor | lzma.LZMADecompressor):
        made = unpacker.decompress(b"" if not unpacker.needs_input else pending, _STEP)
        left = pending if not unpacker.needs_input and not made and not unpacker.eof else b""
        return made, unpacker.unused_data if unpacker.eof else left, unpacker.eof
    made = unpacker.decompress(pending, _STEP)
    return made, unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail, unpacker.eof


def hidden_parts(data: bytes, limits: Limits, *, first: int = 0, pictures: bool = True) -> Iterator[Part | Gap]:
    """Streams, pictures and members of archives that begin anywhere in ``data`` from ``first`` on.

    Pictures and documents are not given twice: of those that begin at 0 the caller knows.
    """
    place = first
    count = 0
    while found := _HEADS.search(data, place):
        at, head = found.start(), found[0]
        place = at + 1
        label = f"at byte {at}"
        if count >= limits.members:
            yield Gap(label=label, reason=f"more than {limits.members} streams hide in it")
            return
        if head.startswith(b"PK"):
            for part in _member_at(data, at, limits):
                count += 1
                yield part
        elif head.startswith(b"%PDF"):
            if at > 0:
                count += 1
                yield Part(label=f"PDF {label}", data=data[at:], known=True)
        elif head.startswith((b"\xff\xd8", b"\x89PNG")):
            if at > 0 and pictures:
                count += 1
                name = "JPEG" if head[0] == 0xFF else "PNG"
                yield Part(label=f"{name} {label}", data=data[at : at + _LARGEST_PICTURE], picture=True, known=True)
        elif used := _opens(data, at):
            count += 1
            packed = io.BytesIO(data[at : at + used])
            yield from stream_parts(packed, limits, label=f"{_make(head)[0]} stream {label}", known=True)
            place = at + used


def _opens(data: bytes, at: int) -> int:
    """How many bytes a stream at this place takes, as far as it can be read; 0 where there is none."""
    kind, make = _make(data[at : at + 8])
    unpacker = make()
    try:
        if kind in ("bzip2", "xz"):
            unpacker.decompress(data[at : at + 2**20], _PROBE)
            return len(data) - at
        made = unpacker.decompress(data[at : at + 2**14], _PROBE)
    except _DAMAGED:
        return 0
    if not made or (not unpacker.eof and len(made) < 16):
        return 0
    if unpacker.eof:
        return min(len(data) - at, 2**14) - len(unpacker.unused_data)
    return _length(data, at, make)


def _length(data: bytes, at: int, make: Callable[[], Any]) -> int:
    """Bytes up to the end of the stream, found by reading it once in steps that keep memory small."""
    unpacker, place, pending = make(), at, b""
    try:
        while not unpacker.eof:
            if not pending:
                pending = data[place : place + 2**16]
                place += len(pending)
                if not pending:
                    break
            unpacker.decompress(pending, _STEP)
            pending = unpacker.unconsumed_tail
    except _DAMAGED:
        return place - at
    return place - at - len(unpacker.unused_data)


def _member_at(data: bytes, at: int, limits: Limits) -> Iterator[Part | Gap]:
    """A member of a ZIP by its own header alone."""
    if at + _LOCAL.size > len(data):
        return
    _, _, flags, method, _, _, _, packed, _, names, extra = _LOCAL.unpack_from(data, at)
    start = at + _LOCAL.size + names + extra
    label = f"archive member at byte {at}"
    if start > len(data) or names > 1024:
        return
    yield Part(label=f"name of the {label}", data=data[at + _LOCAL.size : start], known=True)
    if flags & 1:
        yield Gap(label=label, reason="it is encrypted")
    elif method == zipfile.ZIP_STORED:
        yield Part(label=label, data=data[start : start + packed])
    elif method == zipfile.ZIP_DEFLATED:
        made = bytearray()
        unpacker = zlib.decompressobj(-15)
        try:
            made += unpacker.decompress(data[start:], limits.whole)
        except zlib.error:
            yield Gap(label=label, reason="it is damaged")
        if made:
            yield Part(label=label, data=bytes(made))
        if unpacker.unconsumed_tail:
            yield Gap(label=label, reason=f"it unpacks to more than {limits.whole} bytes")
    else:
        yield Gap(label=label, reason=f"it is packed by method {method}")


def zip_parts(source: BinaryIO, limits: Limits) -> Iterator[Part | Gap]:
    """Names, comments, extra fields and contents of all members; members that the list leaves out too."""
    try:
        archive = zipfile.ZipFile(source)
        infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
        yield Gap(label="archive", reason="its list of members cannot be read")
        source.seek(0)
        yield from _unlisted(source, [], limits)
        return
    with archive:
        if archive.comment:
            yield Part(label="comment of the archive", data=archive.comment, known=True)
        for number, info in enumerate(infos[: limits.members], 1):
            yield from _member(archive, info, number, limits)
        if len(infos) > limits.members:
            yield Gap(label="archive", reason=f"it has {len(infos)} members, at most {limits.members} are opened")
        yield from _unlisted(source, infos, limits)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, number: int, limits: Limits) -> Iterator[Part | Gap]:
    label = f"member {number}: {info.filename}"
    named = f"member {number}"
    name = info.orig_filename.encode("utf-8", "surrogateescape")
    yield Part(label=f"name of {named}", data=name, known=True)
    if not info.flag_bits & 0x800 and not name.isascii():
        yield Part(label=f"name of {named}", data=info.orig_filename.encode("cp437", "replace"), known=True)
    if info.comment:
        yield Part(label=f"comment of {named}", data=info.comment, known=True)
    if info.extra:
        yield Part(label=f"extra field of {named}", data=info.extra, known=True)
    if info.is_dir() and not info.file_size:
        return
    if info.flag_bits & 1:
        yield Gap(label=label, reason="it is encrypted")
        return
    if info.file_size > _FREE and info.file_size > limits.ratio * max(1, info.compress_size):
        yield Gap(label=label, reason=f"it unpacks to more than {limits.ratio} times its size")
        return
    data = b""
    try:
        with archive.open(info) as stream:
            while len(data) <= limits.whole and (more := stream.read(_STEP if not data else limits.whole)):
                data += more
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, struct.error, *_DAMAGED):
        yield Gap(label=label, reason="it is damaged or packed in an unknown way")
    if len(data) > limits.whole:
        yield Gap(label=label, reason=f"it unpacks to more than {limits.whole} bytes: its beginning was searched only")
        data = data[: limits.whole]
    yield Part(label=label, data=data)


def _unlisted(source: BinaryIO, infos: list[zipfile.ZipInfo], limits: Limits) -> Iterator[Part | Gap]:
    """Members between those that the list names, and what is hidden before and after them."""
    size = source.seek(0, io.SEEK_END)
    edge = 0
    for info in [*(one for one in infos if one.header_offset >= 0), None]:
        start = info.header_offset if info else size
        if start - edge > limits.whole:
            yield Gap(label=f"bytes {edge} to {start}", reason="too much stands between the members")
        elif start > edge:
            source.seek(edge)
            yield from hidden_parts(source.read(start - edge), limits)
        if info:
            source.seek(info.header_offset)
            head = source.read(_LOCAL.size)
            known = len(head) == _LOCAL.size and head[:4] == b"PK\x03\x04"
            names, extra = _LOCAL.unpack(head)[9:] if known else (0, 0)
            if known:
                yield Part(label="head of a member", data=source.read(names + extra), known=True)
            edge = max(edge, info.header_offset + _LOCAL.size + names + extra + info.compress_size)


def tar_parts(source: BinaryIO, limits: Limits) -> Iterator[Part | Gap]:
    """Names, links, owners, extended headers and contents of all members."""
    try:
        with tarfile.open(fileobj=source, mode="r:") as archive:
            for number, info in enumerate(archive, 1):
                if number > limits.members:
                    yield Gap(label="archive", reason=f"it has more than {limits.members} members")
                    return
                told = (info.name, info.linkname, info.uname, info.gname, *info.pax_headers.values())
                words = "\n".join(map(str, told)).encode("utf-8", "surrogateescape")
                yield Part(label=f"head of member {number}", data=words, known=True)
                label = f"member {number}: {info.name}"
                if not info.isreg():
                    continue
                if info.size > limits.whole:
                    yield Gap(label=label, reason=f"it is larger than {limits.whole} bytes")
                    continue
                stream = archive.extractfile(info)
                yield Part(label=label, data=stream.read() if stream else b"")
    except (tarfile.TarError, *_DAMAGED):
        yield Gap(label="archive", reason="it is damaged or cut short")
