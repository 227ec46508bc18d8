"""Marked texts as lessons for the tagger, window by window.

- A statement belongs to the window that holds its anchor: the first piece of its cue, else of its source.
- Of parts that overlap, the smaller wins: the cue before the source, all before the content.

Example::

    lessons(read_marked(text), vocabulary, ())  ->  a Lesson for each window
"""

import dataclasses
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from quoth.attribute.drafts import Draft
from quoth.attribute.hints import Hints, Spread
from quoth.attribute.marked import MarkedStatement, MarkedText
from quoth.attribute.pieces import Window, paragraphs_of, windows
from quoth.attribute.roles import ACTS, ROLES, TYPES
from quoth.attribute.wordpiece import Vocabulary

__all__ = ["Lesson", "lessons"]

_LAYERS = ("content", "place", "when", "medium", "addressee", "source", "cue")
"""Painted in this order, so that the last wins."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lesson:
    """One window and its answers: anchors [A], roles [A, T], acts, types, negatives [A], plain tags [T, 3].

    Acts and types are -1 where the text does not mark them.
    """

    window: Window
    hints: Hints
    anchors: NDArray[np.int64]
    roles: NDArray[np.int64]
    acts: NDArray[np.int64]
    types: NDArray[np.int64]
    negatives: NDArray[np.int64]
    tags: NDArray[np.float32]


def lessons(marked: MarkedText, vocabulary: Vocabulary, ruled: Sequence[Draft]) -> list[Lesson]:
    """One lesson for each window of the text; ``ruled`` are the rules' drafts, as hints."""
    spread = Spread(ruled)
    return [
        _lesson(window, marked.statements, spread.hints(window))
        for window in windows(marked.text, paragraphs_of(marked.text), vocabulary)
    ]


def _covered(window: Window, spans: tuple[tuple[int, int], ...]) -> NDArray[np.bool_]:
    held = np.zeros(len(window.ids), dtype=bool)
    for start, end in spans:
        held |= (window.starts < end) & (window.ends > start) & (window.starts >= 0)
    return held


def _lesson(window: Window, statements: tuple[MarkedStatement, ...], hints: Hints) -> Lesson:
    length = len(window.ids)
    tags = np.zeros((length, 3), dtype=np.float32)
    anchors, roles, acts, types, negatives = [], [], [], [], []
    for statement in statements:
        anchor = _covered(window, (statement.cue or statement.source)[:1])
        first = (statement.cue or statement.source)[0][0]
        place = int(np.argmax(anchor))
        if not anchor.any() or window.starts[place] > first:
            continue
        row = np.zeros(length, dtype=np.int64)
        for name in _LAYERS:
            row[_covered(window, getattr(statement, name))] = ROLES.index(name)
        anchors.append(place)
        roles.append(row)
        acts.append(ACTS.index(statement.act) if statement.act else -1)
        kind = statement.type or ("" if statement.source else "none")
        types.append(TYPES.index(kind) if kind else -1)
        negatives.append(int(statement.negative))
        if statement.within is None:
            for column, name in enumerate(("cue", "source", "content")):
                tags[row == ROLES.index(name), column] = 1
    return Lesson(
        window=window,
        hints=hints,
        anchors=np.array(anchors, dtype=np.int64),
        roles=np.array(roles, dtype=np.int64).reshape(-1, length),
        acts=np.array(acts, dtype=np.int64),
        types=np.array(types, dtype=np.int64),
        negatives=np.array(negatives, dtype=np.int64),
        tags=tags,
    )
