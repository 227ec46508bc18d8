"""The one door to reading: which reader takes what.

- Readers are declarations, found as entry points of the group ``quoth.readers``; the library a
  reader needs is imported only when the reader is used.
- Nothing here opens a path, asks the clock or touches the network.
- No reader for a kind, or a missing library, is a finding *not checked*, not an error.

Example::

    with path.open("rb") as source:
        readout = read(source, ReadRequest(exhibit="x-…", digest=digest, size=size, kind="text/html"))
"""

import functools
import importlib
import importlib.metadata
import importlib.util
from collections.abc import Callable
from typing import BinaryIO

from quoth.errors import ReadError
from quoth.read import language
from quoth.read.declared import BUILT_IN
from quoth.read.readout import Blob, Reader, Readout, ReadRequest, unread

__all__ = ["Blob", "ReadRequest", "Reader", "Readout", "loaded", "read", "reader_for", "readers", "warm"]

GROUP = "quoth.readers"
_PLAIN = frozenset({"", "text/plain", "application/octet-stream"})
_BY_ENDING = {
    "srt": "application/x-subrip",
    "vtt": "text/vtt",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "eml": "message/rfc822",
    "mbox": "application/mbox",
    "json": "application/json",
    "html": "text/html",
    "htm": "text/html",
}
"""What a name may add where the bytes alone say only that they are text."""


@functools.cache
def readers() -> tuple[Reader, ...]:
    """All readers, declared by this and other packages; the built-in ones also without an installation."""
    found: dict[str, Reader] = {}
    for point in importlib.metadata.entry_points(group=GROUP):
        declared = point.load()
        if not isinstance(declared, Reader):
            raise ReadError(f"the entry point {point.name} ({point.value}) of {GROUP} is not a Reader")
        found.setdefault(declared.name, declared)
    for reader in BUILT_IN:
        found.setdefault(reader.name, reader)
    return tuple(found.values())


def _kind_of(kind: str, name: str) -> str:
    plain = kind.partition(";")[0].strip().lower()
    if plain in _PLAIN:
        return _BY_ENDING.get(name.rpartition(".")[2].lower(), plain)
    return plain


def reader_for(kind: str, name: str = "") -> Reader | None:
    """The reader of a media type; ``name`` tells apart what is only known to be text."""
    plain = _kind_of(kind, name)
    wild = plain.partition("/")[0] + "/*"
    for wanted in (plain, wild):
        for reader in readers():
            if wanted in reader.kinds:
                return reader
    return None


def loaded(reader: Reader) -> Callable[..., Readout]:
    """The reader's function; raises :class:`ReadError` naming what is not installed."""
    missing = [need for need in reader.needs if importlib.util.find_spec(need) is None]
    if missing:
        raise ReadError(
            f"the reader {reader.name} needs {', '.join(missing)}", hint="install it with pip, then read again"
        )
    path, _, function = reader.module.partition(":")
    try:
        made: Callable[..., Readout] = getattr(importlib.import_module(path), function)
    except (ImportError, AttributeError) as err:
        raise ReadError(f"the reader {reader.name} cannot be loaded: {err}") from err
    return made


def warm(reader: Reader) -> None:
    """Import what a reader needs ahead of use; nothing happens where something is missing."""
    language.warm()
    try:
        module = importlib.import_module(loaded(reader).__module__)
    except ReadError:
        return
    prepare = getattr(module, "warm", None)
    if prepare is not None:
        prepare()


def read(source: BinaryIO, request: ReadRequest) -> Readout:
    """Everything that the reader of ``request.kind`` finds in ``source``."""
    reader = reader_for(request.kind, request.name)
    if request.size == 0:
        return Readout(records=(unread(request, "the file is empty", reader=reader),))
    if reader is None:
        return Readout(records=(unread(request, f"no reader for {request.kind or 'unknown bytes'}"),))
    try:
        function = loaded(reader)
    except ReadError as err:
        return Readout(records=(unread(request, err.diagnostics(), reader=reader),))
    return function(source, request, reader=reader)
