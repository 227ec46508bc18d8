"""Known secrets searched in bytes, whatever stands between their letters.

- Each block is looked at as ASCII (NUL bytes do not count, so UTF-16 and UTF-32 too), as Windows-1252 and
  as UTF-8; letters are folded, everything else is taken out, and what is left is searched.
- A find counts only where it begins and ends as a word does and where what was taken out could stand there.
- Other character sets, base64 and raw digests are searched as they stand.

Example::

    finder = Finder(read_secrets("Jane Roe"))
    [hit.form for hit in finder.search(b"ROE, Jane")]      # ["surname first"]
"""

import codecs
import dataclasses
import itertools
import re
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from quoth.seal.leak_fold import (
    CASE,
    KEPT_ASCII,
    KEPT_WESTERN,
    NOT_ASCII,
    NOT_LETTERS,
    NOT_WESTERN,
    SOFT,
    WESTERN,
    Fold,
)
from quoth.seal.leak_forms import Exact, Shape, forms_of
from quoth.seal.leak_grams import Grams
from quoth.seal.leak_secrets import Secret

__all__ = ["Finder", "Found"]

_BLOCK = 2**21
_OVERLAP = 2**13
_LEAST_ALIKE = 8
_IN_WORD, _AT_JOINT, _IN_NUMBER = 6, 12, 4
_SOFT = SOFT.encode()[0]
_INVISIBLE = bytes([0, _SOFT])
_SPACES = b" \t\r\n\v\f"
_SENTENCE = re.compile(rb"[.!?]\s")
_PRINTED = frozenset(range(0x20, 0x7F)) | frozenset(_SPACES)
_TEXT_RUN = re.compile("[^\x00-\x08\x0b\x0c\x0e-\x1f\ufffd]{6,}")
_ALIKE = bytes.maketrans(b"olisbzgqrOLISBZGQR", b"011582997011582997")
"""Signs that reading by machine takes for each other."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One secret found: its place among the secrets, and its spelling."""

    secret: int
    form: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """A block made ready: the bytes that neighbours are judged by, which of them count, the skeleton."""

    data: bytes
    kept: bytes
    letters: bytes


class Finder:
    """All spellings of all secrets, ready to be searched for in any number of blocks."""

    def __init__(self, secrets: Sequence[Secret]) -> None:
        self.secrets = tuple(secrets)
        shapes: list[Shape] = []
        exacts: list[Exact] = []
        for index, secret in enumerate(self.secrets):
            more, raw = forms_of(secret, index)
            shapes += more
            exacts += raw
        self._shapes = tuple(shapes)
        self._exacts = tuple(exacts)
        self._grams = Grams([shape.letters for shape in shapes])
        self._raw = Grams([exact.data for exact in exacts])
        self._alike = tuple(shape for shape in shapes if len(shape.letters) >= _LEAST_ALIKE and shape.edged)
        self._alike_grams = Grams([shape.letters.translate(_ALIKE) for shape in self._alike])
        self._fold = Fold()
        self._ascii = all(shape.letters.isascii() for shape in shapes)

    def search(self, data: bytes, *, loose: bool = False) -> list[Found]:
        """Every secret in ``data``, each spelling once; ``loose`` lets spaces stand within words."""
        found: dict[Found, None] = {}
        for start in range(0, max(1, len(data)), _BLOCK):
            block = data[max(0, start - _OVERLAP) : start + _BLOCK]
            for number, _ in self._raw.find(block):
                found[Found(secret=self._exacts[number].secret, form=self._exacts[number].form)] = None
            for view in self._views(block):
                found |= dict.fromkeys(self._in_view(view, self._grams, self._shapes, loose=loose))
        return list(found)

    def search_text(self, text: str, *, loose: bool = False) -> list[Found]:
        """Every secret in ``text``."""
        return self.search(text.encode("utf-8", "replace"), loose=loose)

    def search_read(self, text: str) -> list[Found]:
        """Every secret in a text read by machine, where O and 0, l and 1 … may stand for each other."""
        found = dict.fromkeys(self.search_text(text, loose=True))
        view = _view(text.translate(self._fold).encode("utf-8", "replace"))
        alike = dataclasses.replace(view, letters=view.letters.translate(_ALIKE))
        found |= dict.fromkeys(self._in_view(alike, self._alike_grams, self._alike, loose=True))
        return list(found)

    def _views(self, block: bytes) -> Iterator[_View]:
        yield _View(data=block, kept=KEPT_ASCII, letters=block.translate(CASE, NOT_ASCII))
        if block.isascii():
            return
        yield _View(data=block, kept=KEPT_WESTERN, letters=block.translate(WESTERN, NOT_WESTERN))
        try:
            text = codecs.getincrementaldecoder("utf-8")().decode(_without_rest(block))
        except UnicodeDecodeError:
            runs = _TEXT_RUN.findall(block.decode("utf-8", "replace"))
            text = "\x01".join(run for run in runs if not run.isascii())
        if text:
            yield _view(text.translate(self._fold).encode("utf-8", "replace"))

    def _in_view(self, view: _View, grams: Grams, shapes: Sequence[Shape], *, loose: bool) -> Iterator[Found]:
        places: npt.NDArray[np.intp] | None = None
        done: set[tuple[int, str]] = set()
        for number, at in grams.find(view.letters):
            shape = shapes[number]
            if (shape.secret, shape.form) in done:
                continue
            if places is None:
                table = np.frombuffer(view.kept, dtype=np.bool_)
                places = np.flatnonzero(table[np.frombuffer(view.data, dtype=np.uint8)])
            if _stands(view, places[at : at + len(shape.letters)].tolist(), shape, loose=loose):
                done.add((shape.secret, shape.form))
                yield Found(secret=shape.secret, form=shape.form)


def _without_rest(block: bytes) -> bytes:
    """A block without the rest of a character that began before it."""
    for skip in range(min(3, len(block))):
        if not 0x80 <= block[skip] < 0xC0:
            return block[skip:]
    return block[3:]


_KEPT_FOLDED = bytes(one >= 0x80 or chr(one).isalnum() for one in range(256))


def _view(folded: bytes) -> _View:
    return _View(data=folded, kept=_KEPT_FOLDED, letters=folded.translate(CASE, NOT_LETTERS))


def _stands(view: _View, at: list[int], shape: Shape, *, loose: bool) -> bool:
    """Whether the letters at the places ``at`` are the shape's words and no part of other ones."""
    data = view.data
    step = _step(data, at)
    if shape.edged and not (_begins(view, at[0], step, shape) and _ends(view, at[-1], step)):
        return False
    within: list[bytes] = []
    for place, (left, right) in enumerate(itertools.pairwise(at), 1):
        if right == left + 1:
            if place in shape.joints and not shape.joined:
                return False
            continue
        gap = data[left + 1 : right]
        seen = gap.translate(None, _INVISIBLE)
        if place in shape.joints:
            if not _may_join(seen, gap, shape, data[left]):
                return False
        elif not _may_split(seen, gap, data[left]):
            return False
        elif seen and not _is_digit(data[left]):
            within.append(seen)
    return loose or not shape.edged or _is_split_on_purpose(within, shape)


def _step(data: bytes, at: list[int]) -> int:
    """How many NUL bytes stand between neighbours: 1 in UTF-16, 3 in UTF-32, else 0."""
    gap = data[at[0] + 1 : at[1]]
    return len(gap) if gap in (b"\0", b"\0\0\0") else 0


def _may_join(seen: bytes, gap: bytes, shape: Shape, before: int) -> bool:
    """Whether two words may be this far from each other."""
    if not all(one in _PRINTED for one in seen):
        return False
    if shape.initials:
        return not seen.strip(b" ._-,\xa0" if shape.form.startswith("surname") else b" ._-") and len(seen) <= 3
    if not shape.joined and not seen and _SOFT not in gap:
        return False
    if _is_digit(before):
        return len(_seen(seen, gap)) <= _AT_JOINT
    return len(_seen(seen, gap)) <= _AT_JOINT and not (_SENTENCE.match(seen) and shape.joints[0] > 1)


def _may_split(seen: bytes, gap: bytes, before: int) -> bool:
    """Whether two letters of one word, or two digits, may be this far from each other."""
    most = _IN_NUMBER if _is_digit(before) else _IN_WORD
    return len(_seen(seen, gap)) <= most and all(one in _PRINTED for one in seen)


def _seen(seen: bytes, gap: bytes) -> bytes:
    """What counts of a gap: beside a tag, white space is the layout of the file."""
    return seen.translate(None, _SPACES) if _SOFT in gap else seen


def _is_split_on_purpose(within: list[bytes], shape: Shape) -> bool:
    """Whether gaps in words are hyphens, breaks or letters spaced out, and no spaces between other words."""
    spaces = [gap for gap in within if not gap.strip(b" \t")]
    if not spaces or shape.letters.isdigit():
        return True
    words = len(shape.letters) - 1 - len(shape.joints)
    return len(within) >= words


def _begins(view: _View, at: int, step: int, shape: Shape) -> bool:
    before = _neighbour(view, at, -1, step)
    if before is None or not view.kept[view.data[before]]:
        return True
    one, first = view.data[before], view.data[at]
    if _is_digit(first):
        return not _is_digit(one) or (shape.after_plus and _has_plus(view, before, step))
    if _is_digit(one) or _other_script(view, one, first):
        return True
    return 65 <= first <= 90 and (_is_lower(one) or _is_lower(view.data[at + step + 1]))


def _has_plus(view: _View, at: int, step: int) -> bool:
    """Whether at most four digits up to ``at`` follow a plus sign or two noughts: the code of a country."""
    run = view.data[max(0, at - 7 * (step + 1)) : at + 1].translate(None, _INVISIBLE)
    return re.search(rb"(?:\+|(?<!\d)00)\d{1,4}$", run) is not None


def _ends(view: _View, at: int, step: int) -> bool:
    after = _neighbour(view, at, 1, step)
    if after is None or not view.kept[view.data[after]]:
        return True
    one, last = view.data[after], view.data[at]
    if _is_digit(last) or _is_digit(one):
        return _is_digit(last) != _is_digit(one)
    return _other_script(view, last, one) or (_is_lower(last) and 65 <= one <= 90)


def _other_script(view: _View, left: int, right: int) -> bool:
    """Whether only one is a Latin letter: in folded text accents are gone, so the rest is another script."""
    return view.kept is _KEPT_FOLDED and (left >= 0x80) != (right >= 0x80)


def _neighbour(view: _View, at: int, way: int, step: int) -> int | None:
    """The place of the next sign that is seen; nothing where other than the usual number of NULs comes first."""
    data, place, nothing = view.data, at + way, 0
    while 0 <= place < len(data) and data[place] in _INVISIBLE:
        if data[place] == _SOFT and view.kept is not _KEPT_FOLDED:
            return None
        nothing += data[place] == 0
        place += way
    if not 0 <= place < len(data) or nothing != step:
        return None
    return place


def _is_digit(one: int) -> bool:
    return 48 <= one <= 57


def _is_lower(one: int) -> bool:
    return 97 <= one <= 122
