"""A text as windows of word pieces, ready for the tagger.

- Whole paragraphs are packed into windows of at most 256 pieces, a separator between them.
- Each piece knows its letter case, its depth in quotation marks, its sentence and its paragraph.
- A paragraph that is longer than a window is cut at a sentence's end, or hard where there is none.

Example::

    [window.ids.shape for window in windows(text, paragraphs, vocabulary)]  ->  [(254,), (120,)]
"""

import bisect
import dataclasses
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quoth.attribute.quotes import pair_quotes
from quoth.attribute.wordpiece import Vocabulary

__all__ = ["LONGEST", "Window", "paragraphs_of", "windows"]

LONGEST = 256
"""Pieces of a window, with its first and last mark."""
_CLS, _SEP = 101, 102
_END = re.compile(r"[.!?…]+[\"”’')\]»]*(?=\s)|\n")
_GLANCE = 60_000
"""Characters tokenised at once, so that a huge paragraph costs no huge memory."""
_Ints = NDArray[np.int64]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Window:
    """Pieces of some neighbouring paragraphs; all arrays have one entry a piece.

    ``starts`` and ``ends`` are characters of the text (-1 for marks of the tokenizer's own), ``words`` numbers
    the words from 0, ``case`` is 0 lower, 1 Capitalised, 2 CAPITALS, 3 other; ``quoted`` is 0 outside, 1 in a
    quotation, 2 in one within one.
    """

    ids: _Ints
    starts: _Ints
    ends: _Ints
    words: _Ints
    case: _Ints
    quoted: _Ints
    sentences: _Ints
    paragraphs: _Ints


class _Piece(NamedTuple):
    id: int
    start: int
    end: int
    word: int
    case: int
    quoted: int
    sentence: int
    paragraph: int


def paragraphs_of(text: str) -> list[tuple[int, int]]:
    """Spans of the lines of ``text`` that hold anything, without their outer spaces."""
    found = []
    for match in re.finditer(r"[^\n]+", text):
        words = match[0].strip()
        if words:
            start = match.start() + match[0].index(words[0])
            found.append((start, start + len(words)))
    return found


def windows(text: str, paragraphs: Iterable[tuple[int, int]], vocabulary: Vocabulary) -> Iterator[Window]:
    """The windows of ``text``; ``paragraphs`` are spans of characters in order."""
    held: list[_Piece] = []
    for number, (start, end) in enumerate(paragraphs):
        pieces = _pieces(text, start, end, number, vocabulary)
        for part in _parts(pieces):
            if held and len(held) + len(part) + 1 > LONGEST - 1:
                yield _window(held)
                held = []
            held = [*held, *part, _Piece(_SEP, -1, -1, -1, 0, 0, part[-1].sentence, number)] if part else held
    if held:
        yield _window(held)


def _parts(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """Cuts a long paragraph at its sentences, else hard."""
    room = LONGEST - 2
    at = 0
    while len(pieces) - at > room:
        cut = at + room
        while cut > at + room // 3 and pieces[cut].sentence == pieces[cut - 1].sentence:
            cut -= 1
        if cut <= at + room // 3:
            cut = at + room
            while cut > at + room // 2 and pieces[cut].word == pieces[cut - 1].word:
                cut -= 1
        yield pieces[at:cut]
        at = cut
    if at < len(pieces):
        yield pieces[at:]


def _pieces(text: str, start: int, end: int, paragraph: int, vocabulary: Vocabulary) -> list[_Piece]:
    quotes = [(q.start, q.end, q.level) for q in pair_quotes(text, start, end)]
    depth = _Depth(quotes)
    breaks = [match.end() for match in _END.finditer(text, start, end)]
    found: list[_Piece] = []
    word = 0
    at = start
    while at < end:
        stop = min(end, at + _GLANCE)
        if stop < end:
            space = text.rfind(" ", at + 1, stop)
            stop = space if space > at else stop
        last = -1
        for piece, first, after, of_word in vocabulary.pieces(text[at:stop]):
            if of_word != last:
                last, word = of_word, word + 1
            begin = at + first
            found.append(
                _Piece(
                    piece,
                    begin,
                    at + after,
                    word - 1,
                    _case(text[begin : at + after]),
                    depth.at(begin),
                    bisect.bisect_right(breaks, begin),
                    paragraph,
                )
            )
        at = stop
    return found


class _Depth:
    """How deep in quotation marks a place is, for places that are asked in order."""

    def __init__(self, quotes: list[tuple[int, int, int]]) -> None:
        self._quotes = quotes
        self._next = 0
        self._open: list[int] = []

    def at(self, place: int) -> int:
        while self._next < len(self._quotes) and self._quotes[self._next][0] <= place:
            self._open.append(self._quotes[self._next][1])
            self._next += 1
        if self._open:
            self._open = [end for end in self._open if end > place]
        return min(2, len(self._open))


def _case(word: str) -> int:
    if word.islower():
        return 0
    if word.isupper() and len(word) > 1:
        return 2
    return 1 if word[:1].isupper() else 3


def _window(pieces: list[_Piece]) -> Window:
    first = pieces[0]
    rows = [_Piece(_CLS, -1, -1, -1, 0, 0, first.sentence, first.paragraph), *pieces]
    ids, starts, ends, word, case, quoted, sentence, paragraph = np.array(rows, dtype=np.int64).T.copy()
    words = np.full(len(rows), -1, dtype=np.int64)
    real = starts >= 0
    words[real] = np.cumsum(_changed(paragraph[real], word[real])) - 1
    return Window(
        ids=ids,
        starts=starts,
        ends=ends,
        words=words,
        case=case,
        quoted=quoted,
        sentences=np.cumsum(_changed(paragraph, sentence)) - 1,
        paragraphs=paragraph,
    )


def _changed(*columns: _Ints) -> NDArray[np.bool_]:
    """Where any of the columns is not what it was before; the first always is new."""
    changed = np.ones(len(columns[0]), dtype=np.bool_)
    changed[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return changed
