"""The walk through a file, down to its bottom.

- Each part is searched as it stands, then every encoding in it is turned back and searched, then it is opened.
- The same bytes are walked through once.
- Whatever stops the walk (a limit, damage, a kind that is not known) is told, never passed over.

Example::

    for one in Walk(finder, limits).through(Part(label="", data=data)): ...
"""

import dataclasses
import hashlib
import io
from collections.abc import Iterator

from quoth.errors import SealError
from quoth.seal.leak_kinds import Kind, kind_of
from quoth.seal.leak_packed import hidden_parts, stream_parts, tar_parts, zip_parts
from quoth.seal.leak_parts import Gap, Limits, Part, ReadPicture
from quoth.seal.leak_pdf import pdf_parts
from quoth.seal.leak_pictures import frames, picture_parts
from quoth.seal.leak_search import Finder, Found
from quoth.seal.leak_stores import ole_parts, sound_parts, sqlite_parts
from quoth.seal.leak_turns import is_text, is_utf8, strings_of, turns, wide_turns

__all__ = ["Place", "Seen", "Unseen", "Walk"]

_WHOLE = frozenset({"base64", "hexadecimal", "base32", "uuencode", "ascii85"})
"""Encodings that give back the very bytes: a file in them that cannot be opened is a gap."""
_SMALL_FILE = 64
"""Bytes up to which a part of unknown kind is no gap: there is no room to pack a secret in."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something lies: containers from the outside in, then encodings in the order they were turned back."""

    parts: tuple[str, ...] = ()
    encodings: tuple[str, ...] = ()

    def inside(self, label: str) -> "Place":
        """A part of what lies here."""
        turned = (f"in {', '.join(self.encodings)}",) if self.encodings else ()
        return Place(parts=(*self.parts, *turned, *((label,) if label else ())))

    def turned(self, name: str) -> "Place":
        """The same with one more encoding turned back."""
        return Place(parts=self.parts, encodings=(*self.encodings, name)) if name else self


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A secret found."""

    place: Place
    found: Found


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """Something that could not be looked into."""

    place: Place
    reason: str


class Walk:
    """One walk through one file; ``read`` reads pictures, without it they are not read."""

    def __init__(self, finder: Finder, limits: Limits, *, read: ReadPicture | None = None) -> None:
        self._finder, self._limits, self._read = finder, limits, read
        self._spent = self._pictures = 0
        self._done: set[bytes] = set()
        self._told: set[str] = set()

    def through(self, part: Part, place: Place = Place(), *, depth: int = 0) -> Iterator[Seen | Unseen]:
        """Everything in ``part``."""
        here = place.inside(part.label)
        if part.picture:
            yield from self._picture(part, here)
            return
        self._spent += len(part.data)
        if self._spent > self._limits.total:
            yield from self._once(here, f"the file unpacks to more than {self._limits.total} bytes")
            return
        if not self._is_new(part.data, f"{part.loose}"):
            return
        yield from self._searched(part.data, here, turned=0, loose=part.loose)
        kind = kind_of(part.data)
        if depth >= self._limits.depth and kind not in (Kind.TEXT, Kind.PLAIN, Kind.EMPTY):
            yield Unseen(place=here, reason=f"more than {self._limits.depth} containers lie within each other")
            return
        for one in self._opened(part, kind):
            if isinstance(one, Gap):
                yield Unseen(place=here.inside(one.label), reason=one.reason)
            else:
                yield from self.through(one, here, depth=depth + 1)
        if kind is Kind.CLOSED or (kind is Kind.UNKNOWN and not part.known and len(part.data) > _SMALL_FILE):
            yield Unseen(place=here, reason=f"{_why(kind)}; it was searched as it stands")

    def _opened(self, part: Part, kind: Kind) -> Iterator[Part | Gap]:
        data, limits = part.data, self._limits
        if kind is Kind.ZIP:
            yield from zip_parts(io.BytesIO(data), limits)
        elif kind is Kind.STREAM:
            yield from stream_parts(io.BytesIO(data), limits)
        elif kind is Kind.TAR:
            yield from tar_parts(io.BytesIO(data), limits)
        elif kind is Kind.PDF:
            yield from pdf_parts(data, limits, draw=self._read is not None)
        elif kind is Kind.PICTURE:
            yield from picture_parts(data)
            yield Part(label="", data=data, picture=True, known=part.known)
        elif kind is Kind.SQLITE:
            yield from sqlite_parts(data, limits)
        elif kind is Kind.OLE:
            yield from ole_parts(data, limits)
        elif kind is Kind.SOUND:
            yield from sound_parts(data)
        if kind not in (Kind.ZIP, Kind.EMPTY, Kind.TAR) and not is_utf8(data):
            yield from hidden_parts(data, limits, first=1 if kind is Kind.STREAM else 0, pictures=kind is not Kind.PDF)

    def _searched(self, data: bytes, here: Place, *, turned: int, loose: bool) -> Iterator[Seen | Unseen]:
        """Search the bytes, and what is left when each encoding is turned back."""
        for found in self._finder.search(data, loose=loose):
            yield Seen(place=here, found=found)
        if turned >= self._limits.turns:
            return
        text = is_text(data)
        for turn in turns(data) if text else (*wide_turns(data), *strings_of(data)):
            if not self._is_new(turn.data, f"{loose}"):
                continue
            self._spent += len(turn.data)
            if self._spent > self._limits.total:
                yield from self._once(here, f"the file unpacks to more than {self._limits.total} bytes")
                return
            there = here.turned(turn.name)
            yield from self._searched(turn.data, there, turned=turned + 1, loose=loose)
            kind = kind_of(turn.data)
            if turn.name and not is_utf8(turn.data) and (kind is not Kind.PDF or kind_of(data) is not Kind.PDF):
                yield from self._packed(turn.data, there, turned)

    def _packed(self, data: bytes, here: Place, turned: int) -> Iterator[Seen | Unseen]:
        """A file that was written in letters: opened like any other."""
        kind = kind_of(data)
        part = Part(label="", data=data, known=True)
        for one in self._opened(part, Kind.UNKNOWN if kind is Kind.EMPTY else kind):
            if isinstance(one, Part):
                yield from self.through(one, here, depth=turned + 1)
            elif kind is not Kind.UNKNOWN and set(here.encodings) <= _WHOLE:
                yield Unseen(place=here.inside(one.label), reason=one.reason)
        if kind is Kind.CLOSED:
            yield Unseen(place=here, reason=f"{_why(kind)}; it was searched as it stands")

    def _picture(self, part: Part, here: Place) -> Iterator[Seen | Unseen]:
        if self._read is None or not self._is_new(part.data, "picture"):
            return
        for frame in frames(part.data, part.label, self._limits):
            if isinstance(frame, Gap):
                if not part.known:
                    yield Unseen(place=here, reason=frame.reason)
                continue
            if not self._is_new(frame.data, "frame"):
                continue
            self._pictures += 1
            if self._pictures > self._limits.pictures:
                yield from self._once(
                    here, f"more than {self._limits.pictures} pictures and pages: the rest was not read"
                )
                return
            try:
                words = self._read(frame.data)
            except SealError as err:
                yield Unseen(place=here, reason=str(err))
                continue
            for found in self._finder.search_read(words):
                yield Seen(place=here.turned("letters read in the picture"), found=found)

    def _is_new(self, data: bytes, how: str) -> bool:
        key = hashlib.blake2b(data, digest_size=16, person=how.encode()[:16]).digest()
        if key in self._done:
            return False
        self._done.add(key)
        return True

    def _once(self, here: Place, reason: str) -> Iterator[Unseen]:
        if reason not in self._told:
            self._told.add(reason)
            yield Unseen(place=here, reason=reason)


def _why(kind: Kind) -> str:
    if kind is Kind.CLOSED:
        return "a packed or encrypted format that cannot be opened here"
    return "neither text nor of a known format"
