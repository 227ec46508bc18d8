"""Web archives in one file (WACZ): digests checked, pages taken out.

- WACZ 1.1.1: ``datapackage.json`` lists files with SHA-256 and size; ``datapackage-digest.json``, where it is there,
  holds the digest of that list. Its signature is not looked at.
- Responses of WARC 1.0 and 1.1 (ISO 28500) become items, named by their address; their bytes are those that a
  browser got: chunks joined, gzip undone. The file itself stays whole beside them.
- Records above 64 MiB and damaged ones are one line each, and the rest goes on.

Example::

    for item in wacz_items(Path("harbour.wacz")): ...
"""

import functools
import gzip
import hashlib
import io
import json
import typing
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from quoth.collect.incoming import FOREIGN, Incoming, Refused, reason_of
from quoth.collect.names import from_text, remarks_on

__all__ = ["wacz_faults", "wacz_items"]

_LARGEST = 64 << 20
_LIST = 64 << 20
_TOTAL = 50 << 30
_HEADERS = 64 << 10
_HINT = "the WACZ file itself is kept whole"


def wacz_faults(path: Path) -> Iterator[tuple[str, str]]:
    """What in the file is not as its own list says: a name and why."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _faults(archive)
    except FOREIGN as err:
        yield path.name, f"is no whole WACZ file: {reason_of(err)}"


def wacz_items(path: Path) -> Iterator[Incoming | Refused]:
    """The responses in the file's archives, in order."""
    produced = 0
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if not info.filename.startswith("archive/") or not info.filename.endswith((".warc", ".warc.gz")):
                continue
            container = f"{path.name}!{from_text(info.filename)}"
            try:
                with archive.open(info) as packed:
                    stream = gzip.GzipFile(fileobj=packed) if info.filename.endswith(".gz") else packed
                    for item in _records(typing.cast("BinaryIO", stream), container):
                        produced += max(item.size, 0) if isinstance(item, Incoming) else 0
                        if produced > _TOTAL:
                            raise ValueError(f"unpacks to more than {_TOTAL} bytes")
                        yield item
            except FOREIGN as err:
                yield Refused(name=container, reason=f"breaks off: {reason_of(err)}", hint=_HINT)


def _faults(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    names = [one.filename for one in archive.infolist()]
    if "datapackage.json" not in names:
        yield "datapackage.json", "is missing: no WACZ file"
        return
    if len(set(names)) != len(names):
        yield "members", "a name stands twice"
    data = _member(archive, "datapackage.json")
    listed = json.loads(data)
    resources = listed.get("resources") if isinstance(listed, dict) else None
    if not isinstance(resources, list) or not all(isinstance(one, dict) for one in resources):
        yield "datapackage.json", "lists no files"
        return
    if "datapackage-digest.json" in names:
        said = json.loads(_member(archive, "datapackage-digest.json"))
        if not isinstance(said, dict) or said.get("hash") != f"sha256:{hashlib.sha256(data).hexdigest()}":
            yield "datapackage.json", "has another digest than datapackage-digest.json says"
    for one in resources:
        name = str(one.get("path", ""))
        if name not in names:
            yield from_text(name), "is listed, and missing"
        elif f"sha256:{_digest(archive, name)}" != one.get("hash"):
            yield from_text(name), "has another digest than the list says"
    known = {str(one.get("path", "")) for one in resources} | {"datapackage.json", "datapackage-digest.json"}
    yield from ((from_text(name), "is not in the list") for name in names if name not in known and name[-1:] != "/")


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as source:
        data = source.read(_LIST + 1)
    if len(data) > _LIST:
        raise ValueError(f"{name} is too large")
    return data


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    hasher = hashlib.sha256()
    with archive.open(name) as source:
        while piece := source.read(1 << 18):
            hasher.update(piece)
    return hasher.hexdigest()


def _records(stream: BinaryIO, container: str) -> Iterator[Incoming | Refused]:
    while first := stream.readline(_HEADERS):
        if first in (b"\r\n", b"\n"):
            continue
        if not first.startswith(b"WARC/1."):
            raise ValueError("a record does not begin as one")
        head = dict(_headers(stream))
        length = int(head.get("content-length", "-1"))
        if length < 0:
            raise ValueError("a record has no length")
        address = from_text(head.get("warc-target-uri", "").strip("<>")) or "(no address)"
        if head.get("warc-type") != "response" or not address.startswith("http"):
            _skip(stream, length)
        elif length > _LARGEST:
            _skip(stream, length)
            yield Refused(name=address, container=container, reason=f"larger than {_LARGEST} bytes", hint=_HINT)
        else:
            block = stream.read(length)
            if len(block) < length:
                raise ValueError("the last record is cut short")
            yield _response(block, address, container)


def _headers(stream: BinaryIO) -> Iterator[tuple[str, str]]:
    while (line := stream.readline(_HEADERS)) not in (b"\r\n", b"\n"):
        if not line:
            raise ValueError("a record ends within its head")
        name, _, value = line.decode("utf-8", "replace").partition(":")
        yield name.strip().lower(), value.strip()


def _skip(stream: BinaryIO, length: int) -> None:
    while length > 0:
        piece = stream.read(min(length, 1 << 20))
        if not piece:
            raise ValueError("a record is cut short")
        length -= len(piece)


def _response(block: bytes, address: str, container: str) -> Incoming | Refused:
    source = io.BytesIO(block)
    try:
        source.readline(_HEADERS)  # the status line
        head = dict(_headers(source))
        body = source.read()
        if head.get("transfer-encoding", "").lower() == "chunked":
            body = _joined(body)
        if head.get("content-encoding", "").lower() in ("gzip", "x-gzip"):
            body = _ungzipped(body)
    except (ValueError, zlib.error, EOFError, OSError) as err:
        return Refused(name=address, container=container, reason=f"damaged: {reason_of(err)}", hint=_HINT)
    return Incoming(
        name=address,
        container=container,
        size=len(body),
        open=functools.partial(io.BytesIO, body),
        remarks=tuple(one for one in remarks_on(address.encode()) if "direction" in one or "override" in one),
    )


def _joined(body: bytes) -> bytes:
    """Chunks joined (RFC 9112, section 7.1)."""
    source, made = io.BytesIO(body), []
    while size := int(source.readline(_HEADERS).split(b";")[0], 16):
        made.append(source.read(size))
        if len(made[-1]) != size:
            raise ValueError("a chunk is cut short")
        source.readline(_HEADERS)
    return b"".join(made)


def _ungzipped(body: bytes) -> bytes:
    unpacker = zlib.decompressobj(31)
    made = unpacker.decompress(body, _LARGEST)
    if unpacker.unconsumed_tail or not unpacker.eof:
        raise ValueError("unpacks to too much, or ends too early")
    return made
