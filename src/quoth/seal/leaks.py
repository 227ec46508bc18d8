"""Final bytes attacked: known secrets looked for in them.

- Pure: the bytes of one file and the secrets in, hits and gaps out. No path, no clock, no process.
- A hit names the file, where inside, which secret by its line, and in what form; words only where asked for.
- A gap is something that could not be looked into. Neither is ever dropped for the other.
- A clean answer means: not found in the forms that ``docs/leaks.md`` lists. Other words for the same thing,
  spoken words and moving pictures are beyond it.

Example::

    finder = Finder(read_secrets("Jane Roe"))
    for one in attack(io.BytesIO(data), finder, name="letter.pdf"): print(one)
"""

import dataclasses
import io
from collections.abc import Iterator
from typing import BinaryIO

from quoth.seal.leak_inside import Place, Seen, Unseen, Walk
from quoth.seal.leak_kinds import Kind, kind_of
from quoth.seal.leak_packed import stream_parts, tar_parts, zip_parts
from quoth.seal.leak_parts import Gap, Limits, Part, ReadPicture
from quoth.seal.leak_search import Finder
from quoth.seal.leak_secrets import masked, read_secrets

__all__ = ["Blind", "Finder", "Hit", "Limits", "attack", "read_secrets", "shown_name"]

_PIECE = 16 * 2**20
_OVERLAP = 2**16
_SILENT = frozenset({"between tags", "escapes", "", "quoted-printable"})
"""Encodings that every reader undoes: a secret found without them is not told again with them."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A secret in a file: ``line`` of the list, its shape, where inside, and how it is written there."""

    line: int
    kind: str
    masked: str
    where: tuple[str, ...]
    form: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Blind:
    """Something in a file that could not be looked into, and why."""

    where: tuple[str, ...]
    reason: str


def attack(
    source: BinaryIO,
    finder: Finder,
    *,
    name: str = "",
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    read: ReadPicture | None = None,
    show: bool = False,
) -> Iterator[Hit | Blind]:
    """Every secret in a file and in its ``name``, each place and encoding once; ``source`` can seek."""
    told: set[tuple[object, ...]] = set()
    for one in _walked(source, finder, name=name, limits=limits, read=read):
        if isinstance(one, Unseen):
            where = _shown(one.place, finder, show=show)
            reason = one.reason if show or not finder.search_text(one.reason) else "it could not be read"
            key: tuple[object, ...] = (where, reason)
            made: Hit | Blind = Blind(where=where, reason=reason)
        else:
            secret = finder.secrets[one.found.secret]
            loud = tuple(name for name in one.place.encodings if name not in _SILENT)
            key = (secret.line, one.place.parts, loud)
            made = Hit(
                line=secret.line,
                kind=secret.kind.value,
                masked=secret.words if show else secret.masked,
                where=_shown(one.place, finder, show=show),
                form=", ".join((one.found.form, *(f"in {name}" for name in one.place.encodings))),
            )
        if key not in told:
            told.add(key)
            yield made


def _walked(
    source: BinaryIO, finder: Finder, *, name: str, limits: Limits, read: ReadPicture | None
) -> Iterator[Seen | Unseen]:
    walk = Walk(finder, limits, read=read)
    if name:
        named = Part(label="name of the file", data=name.encode("utf-8", "surrogateescape"), known=True)
        yield from walk.through(named)
    size = source.seek(0, io.SEEK_END)
    source.seek(0)
    if size <= limits.whole:
        yield from walk.through(Part(label="", data=source.read()))
        return
    yield from _large(source, walk, size=size, limits=limits)


def _large(source: BinaryIO, walk: Walk, *, size: int, limits: Limits) -> Iterator[Seen | Unseen]:
    """A file that is not held in memory: archives by their members, everything in pieces."""
    kind = kind_of(source.read(2**16))
    if kind in (Kind.UNKNOWN, Kind.CLOSED, Kind.PICTURE, Kind.PDF, Kind.SQLITE, Kind.OLE):
        yield Unseen(place=Place(), reason=f"larger than {limits.whole} bytes ({kind.value}): searched as it stands")
    openers = {Kind.ZIP: zip_parts, Kind.STREAM: stream_parts, Kind.TAR: tar_parts}
    if kind in openers:
        source.seek(0)
        for part in openers[kind](source, limits):
            if isinstance(part, Gap):
                yield Unseen(place=Place(parts=(part.label,)), reason=part.reason)
            else:
                yield from walk.through(part, depth=1)
    for start in range(0, size, _PIECE):
        begin = max(0, start - _OVERLAP)
        source.seek(begin)
        piece = source.read(start + _PIECE - begin)
        yield from walk.through(Part(label=f"bytes from {begin}", data=piece, known=True), depth=1)


def shown_name(name: str, finder: Finder) -> str:
    """A file's name as it may be printed: its stem masked where a secret stands in it."""
    if not finder.search_text(name):
        return name
    folders, slash, last = name.rpartition("/")
    stem, dot, ending = last.rpartition(".")
    return f"{masked(folders)}{slash}{masked(stem or last)}{dot if stem else ''}{ending if stem else ''}"


def _shown(place: Place, finder: Finder, *, show: bool) -> tuple[str, ...]:
    """Where it lies, without a secret that stands in a member's name."""
    if show:
        return place.parts
    return tuple(part.partition(":")[0] if finder.search_text(part) else part for part in place.parts)
