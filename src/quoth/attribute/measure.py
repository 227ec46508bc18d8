"""How well statements were found, counted on word tokens.

- A statement found is right in *what* when its content and the marked one share tokens: Dice of 0.8 or more.
- It is right in *who and what* when its source fits too: Dice of 0.5 or more, or both name nobody.
- One to one, the best pairs first; punctuation and spaces at the edges cost nothing.
- What a figure is worth is said with it: documents are drawn anew, and a small set decides nothing.

Example::

    tally(text, said_in(marked), said_by(attribute_text(text).statements)).who_what.f1  ->  0.71
"""

import bisect
import dataclasses
import enum
import re
from collections.abc import Iterable, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from quoth.attribute.marked import MarkedText, Spans
from quoth.record.statement import Statement

__all__ = [
    "Change",
    "Said",
    "Sets",
    "Share",
    "Tally",
    "Verdict",
    "compared",
    "dice",
    "interval",
    "outside",
    "paired",
    "said_by",
    "said_in",
    "same_what",
    "same_who",
    "tally",
    "total",
]

_WORD = re.compile(r"\w+")
_WHAT, _WHO = 0.8, 0.5
"""Least Dice of contents, and of sources."""
_ROUNDS = 2000
"""Draws of the bootstrap."""
_DISCORDANT = 6
"""Statements that must all change to one side before chance alone is unlikely: 2 · 0.5⁶ < 0.05 (the sign test)."""
_DOCUMENTS = 8
"""Fewer documents than these are too few to draw anew from."""
_STATEMENTS = 30
"""Fewer marked statements than these decide nothing: one of them is more than three points."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is compared of a statement: spans of characters of the text, ends exclusive."""

    content: Spans
    cue: Spans = ()
    source: Spans = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Precision, recall and their harmonic mean, 0 to 1; 0 where there is nothing to divide by."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts for one or more documents: statements found and marked, and how many are right in which way."""

    found: int = 0
    marked: int = 0
    same: int = 0
    """Contents that cover the very same words."""
    contents: int = 0
    """Contents right."""
    rights: int = 0
    """Contents and sources right."""
    wholes: int = 0
    """Contents, sources and cues right: a cue shares a word with the marked one, or both have none."""

    def __add__(self, other: Self) -> "Tally":
        """Counts of both together."""
        return Tally(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in _FIELDS})

    def _share(self, right: int) -> Share:
        return Share(
            precision=right / self.found if self.found else 0.0, recall=right / self.marked if self.marked else 0.0
        )

    @property
    def exact(self) -> Share:
        """Contents to the word."""
        return self._share(self.same)

    @property
    def what(self) -> Share:
        """Contents."""
        return self._share(self.contents)

    @property
    def who_what(self) -> Share:
        """Contents and sources: the figure that counts."""
        return self._share(self.rights)

    @property
    def whole(self) -> Share:
        """Contents, sources and cues."""
        return self._share(self.wholes)

    @property
    def source_accuracy(self) -> float:
        """Share of right contents whose source is right too."""
        return self.rights / self.contents if self.contents else 0.0


_FIELDS = dataclasses.fields(Tally)


class Verdict(enum.Enum):
    """What a comparison on held-out documents allows to say."""

    BETTER = "better"
    WORSE = "worse"
    NO_DIFFERENCE = "no difference that can be told from chance"
    TOO_SMALL = "too small to tell"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Second minus first who-and-what F1, its 95 % interval, and the least difference that is no noise; shares."""

    difference: float
    low: float
    high: float
    noise: float
    verdict: Verdict


def said_in(marked: MarkedText) -> tuple[Said, ...]:
    """The statements of a marked text."""
    return tuple(Said(content=one.content, cue=one.cue, source=one.source) for one in marked.statements)


def said_by(statements: Iterable[Statement]) -> tuple[Said, ...]:
    """The statements of records."""

    def spans(parts: Any) -> Spans:
        return tuple((part.start, part.end) for part in parts)

    return tuple(Said(content=spans(one.content), cue=spans(one.cue), source=spans(one.source)) for one in statements)


Tokens = frozenset[int]
"""Words by number, or by place."""
Sets = tuple[Tokens, Tokens, Tokens]
"""Content, cue and source as words."""


class _Words:
    def __init__(self, text: str) -> None:
        found = [match.span() for match in _WORD.finditer(text)]
        self.starts = [start for start, _ in found]
        self.ends = [end for _, end in found]

    def held(self, spans: Spans) -> Tokens:
        """Numbers of the words that the spans touch."""
        return frozenset(
            number
            for start, end in spans
            if start < end
            for number in range(bisect.bisect_right(self.ends, start), bisect.bisect_left(self.starts, end))
        )

    def sets(self, said: Iterable[Said]) -> list[Sets]:
        """Content, cue and source as words; equal ones once, those without content left out."""
        made = [(self.held(one.content), self.held(one.cue), self.held(one.source)) for one in said]
        return [one for one in dict.fromkeys(made) if one[0]]


def dice(one: Tokens, other: Tokens) -> float:
    """Dice of two sets of tokens; 1 when both are empty."""
    if not one and not other:
        return 1.0
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def tally(
    text: str, marked: Iterable[Said], found: Iterable[Said], *, outermost: bool = False, ignore: Spans = ()
) -> Tally:
    """Counts for one text; ``outermost`` drops found statements that stand whole in another's content.

    ``outermost`` is for marked texts that mark no nested statements. Statements wholly inside ``ignore`` count on
    neither side.
    """
    words = _Words(text)
    right, ours = words.sets(marked), words.sets(found)
    if outermost:
        ours = [ours[index] for index in outside(ours)]
    if left_out := words.held(ignore):
        right, ours = ([one for one in side if not one[0] <= left_out] for side in (right, ours))
    same = contents = rights = wholes = 0
    for i, j in paired(ours, right):
        mine, theirs = ours[i], right[j]
        same += mine[0] == theirs[0]
        if not same_what(mine, theirs):
            continue
        contents += 1
        if not same_who(mine, theirs):
            continue
        rights += 1
        wholes += bool(mine[1] & theirs[1]) or not (mine[1] or theirs[1])
    return Tally(found=len(ours), marked=len(right), same=same, contents=contents, rights=rights, wholes=wholes)


def outside(sets: Sequence[Sets]) -> list[int]:
    """Indices of those that do not stand whole, with their cue, in another's content."""
    return [
        index
        for index, one in enumerate(sets)
        if not any(other is not one and one[1] and (one[1] | one[0]) <= other[0] for other in sets)
    ]


def same_what(one: Sets, other: Sets) -> bool:
    """Whether the contents agree."""
    return dice(one[0], other[0]) >= _WHAT


def same_who(one: Sets, other: Sets) -> bool:
    """Whether the sources agree, or both name nobody."""
    return dice(one[2], other[2]) >= _WHO


def paired(ours: Sequence[Sets], right: Sequence[Sets]) -> list[tuple[int, int]]:
    """Indices, one to one: the most alike contents first, of equal ones the most alike sources."""
    likely = sorted(
        (-dice(mine[0], theirs[0]), -dice(mine[2], theirs[2]), i, j)
        for i, mine in enumerate(ours)
        for j, theirs in enumerate(right)
        if mine[0] & theirs[0]
    )
    taken: set[int] = set()
    given: set[int] = set()
    pairs = []
    for _, _, i, j in likely:
        if i not in taken and j not in given:
            taken.add(i)
            given.add(j)
            pairs.append((i, j))
    return pairs


def total(tallies: Iterable[Tally]) -> Tally:
    """The counts of all documents together."""
    return sum(tallies, start=Tally())


def _f1(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Who-and-what F1 for rows of (rights, found + marked)."""
    drawn: NDArray[np.float64] = 2 * counts[..., 0] / np.maximum(counts[..., 1], 1)
    return drawn


def _drawn(tallies: Sequence[Tally], seed: int) -> NDArray[np.float64]:
    """Who-and-what F1 for each draw of as many documents, with replacement."""
    counts = np.array([(one.rights, one.found + one.marked) for one in tallies], dtype=np.float64)
    share = np.full(len(tallies), 1 / len(tallies))
    times = np.random.default_rng(seed).multinomial(len(tallies), share, size=_ROUNDS)
    return _f1(times @ counts)


def interval(tallies: Sequence[Tally], *, seed: int = 7) -> tuple[float, float]:
    """The 95 % interval of who-and-what F1, one tally a document; the percentile bootstrap, documents drawn anew.

    Gives (0, 1), which says nothing, for fewer than eight documents.
    """
    if len(tallies) < _DOCUMENTS:
        return 0.0, 1.0
    low, high = np.quantile(_drawn(tallies, seed), (0.025, 0.975))
    return float(low), float(high)


def compared(before: Sequence[Tally], after: Sequence[Tally], *, seed: int = 7) -> Change:
    """What two readings of the same documents differ in, one tally a document on either side, in one order.

    Better or worse is said only where the interval leaves out zero and the difference is above the noise: half the
    interval's width, or six statements, whichever is more. Raises :class:`ValueError` for lists of unequal length.
    """
    if len(before) != len(after):
        raise ValueError("the two readings are of different documents")
    marked = total(before).marked
    difference = total(after).who_what.f1 - total(before).who_what.f1
    least = min(1.0, _DISCORDANT / max(1, marked))
    if len(before) < _DOCUMENTS or marked < _STATEMENTS:
        return Change(difference=difference, low=-1.0, high=1.0, noise=least, verdict=Verdict.TOO_SMALL)
    low, high = np.quantile(_drawn(after, seed) - _drawn(before, seed), (0.025, 0.975))
    noise = max(least, float(high - low) / 2)
    verdict = Verdict.NO_DIFFERENCE
    if abs(difference) >= noise and (low > 0 or high < 0):
        verdict = Verdict.BETTER if difference > 0 else Verdict.WORSE
    return Change(difference=difference, low=float(low), high=float(high), noise=noise, verdict=verdict)
