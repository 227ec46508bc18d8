"""From probabilities to spans: one reading for each anchor.

- Pieces are averaged to words; a Viterbi path pays for each change of role, less at punctuation.
- A quotation that is mostly content is content whole; loose marks at the edges are trimmed.
- Two readings may nest, and never cross: the surer one keeps the words that both want.

Example::

    decode(text, window, quotes, Scores(...))  ->  [Found(source=(0, 3), cue=(4, 8), content=((9, 20),), …)]
"""

import dataclasses

import numpy as np
from numpy.typing import NDArray

from quoth.attribute.pieces import Window
from quoth.attribute.roles import ROLES

__all__ = ["Found", "Knobs", "Scores", "decode"]

Span = tuple[int, int]
_LIKELY_INSIDE = 0.12
"""Least probability of a source within what another says, when the likeliest one stands outside."""
_NONE, _CUE, _CONTENT, _SOURCE = 0, 1, 2, 3
_Floats = NDArray[np.float32]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Knobs:
    """What decoding costs; chosen on the development split."""

    content_change: float = 2.0
    other_change: float = 0.35
    loose_change: float = 0.7
    """Added to a change of content that is not at punctuation, a cue or a source."""
    whole_quote: float = 0.6
    least: float = 0.35
    """Mean probability below which a piece of content is dropped."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scores:
    """What the network says of the anchors of one window: probabilities, all as arrays over anchors first."""

    places: NDArray[np.int64]
    anchors: _Floats
    roles: _Floats
    acts: _Floats
    types: _Floats
    negatives: _Floats


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One reading: spans of characters, and what the network made of them."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    addressee: Span | None
    medium: Span | None
    when: Span | None
    place: Span | None
    act: int
    act_sure: float
    type: int
    negative: float
    anchor: float
    sure: tuple[float, ...]
    """Mean probability of content, source and cue, least probability at the content's edges, its words."""


@dataclasses.dataclass(slots=True)
class _Words:
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    first: NDArray[np.int64]
    bare: NDArray[np.bool_]
    """Punctuation alone."""


def decode(
    text: str,
    window: Window,
    quotes: list[Span],
    scores: Scores,
    knobs: Knobs = Knobs(),
) -> list[Found]:
    """The readings of one window, in the order of their anchors; ``quotes`` are outermost quotations."""
    if not len(scores.places):
        return []
    words = _words(text, window)
    roles = _averaged(scores.roles, window, words)
    paths = _paths(roles, words, knobs)
    spans = [(int(np.searchsorted(words.starts, a)), int(np.searchsorted(words.starts, b))) for a, b in quotes]
    rows = []
    for index, place in enumerate(scores.places):
        at = int(window.words[place])
        rows.append(_row(paths[index], roles[index], at, spans, words, knobs))
    order = np.argsort(-scores.anchors, kind="stable")
    _uncross(rows, [int(i) for i in order])
    _own_sources(rows, roles, words)
    found = []
    for index, row in enumerate(rows):
        one = _found(row, roles[index], words, scores, index)
        if one is not None:
            found.append(one)
    return found


def _words(text: str, window: Window) -> _Words:
    real = np.flatnonzero(window.words >= 0)
    numbers = window.words[real]
    first = np.flatnonzero(np.diff(numbers, prepend=-1))
    starts, ends = window.starts[real][first], window.ends[real][np.append(first[1:], len(real)) - 1]
    bare = np.array([not any(c.isalnum() for c in text[s:e]) for s, e in zip(starts, ends, strict=True)], dtype=bool)
    return _Words(starts, ends, first, bare)


def _averaged(roles: _Floats, window: Window, words: _Words) -> _Floats:
    real = np.flatnonzero(window.words >= 0)
    sums = np.add.reduceat(roles[:, real], words.first, axis=1)
    counts = np.diff(np.append(words.first, len(real)))
    means: _Floats = (sums / counts[None, :, None]).astype(np.float32)
    return means


def _paths(roles: _Floats, words: _Words, knobs: Knobs) -> NDArray[np.int64]:
    """The best role for each word [A, W], change by change.

    Only the scores are found word by word; whether a path stays, and whence it comes, is read from them at once.
    """
    emit: _Floats = np.log(roles + 1e-4).astype(np.float32).transpose(1, 0, 2).copy()
    length, count, classes = emit.shape
    price = _prices(words, knobs, classes)
    scores = np.empty_like(emit)
    scores[0] = emit[0]
    leaving, best = np.empty_like(emit[0]), np.empty((count, 1), dtype=np.float32)
    for before, now, cost, here in zip(scores, scores[1:], price[1:], emit[1:], strict=False):
        np.subtract(before, cost, out=leaving)
        np.maximum.reduce(leaving, axis=1, out=best, keepdims=True)
        np.subtract(best, cost, out=leaving)
        np.maximum(before, leaving, out=now)
        np.add(now, here, out=now)
    left = scores[:-1] - price[1:, None]
    jump = left.argmax(2)[..., None]
    stay = scores[:-1] >= left.max(2)[..., None] - price[1:, None]
    every = np.arange(count) * classes
    whence = (np.where(stay, np.arange(classes), jump) + every[None, :, None]).reshape(length - 1, count * classes)
    path = np.empty((length, count), dtype=np.int64)
    path[-1] = state = scores[-1].argmax(axis=1) + every
    for at in range(length - 2, -1, -1):
        path[at] = state = whence[at][state]
    found: NDArray[np.int64] = (path - every).T.copy()
    return found


def _prices(words: _Words, knobs: Knobs, classes: int) -> _Floats:
    """What a change to or from each role costs at each word [W, roles]."""
    cost = np.full(classes, knobs.other_change, dtype=np.float32)
    cost[_CONTENT] = knobs.content_change
    cost[_NONE] = 0.0
    loose = cost.copy()
    loose[_CONTENT] += knobs.loose_change
    free = words.bare.copy()
    free[1:] |= words.bare[:-1]
    price: _Floats = np.where(free[:, None], cost, loose)
    return price


def _runs(path: NDArray[np.int64]) -> list[list[tuple[int, int]]]:
    """For each role the runs of words that have it, in order."""
    found: list[list[tuple[int, int]]] = [[] for _ in ROLES]
    edges = [0, *(np.flatnonzero(path[1:] != path[:-1]) + 1).tolist(), len(path)]
    for start, end, role in zip(edges, edges[1:], path[edges[:-1]].tolist(), strict=False):
        found[role].append((start, end))
    return found


def _row(
    path: NDArray[np.int64], roles: _Floats, at: int, quotes: list[tuple[int, int]], words: _Words, knobs: Knobs
) -> NDArray[np.int64]:
    """One clean path: one cue at the anchor, one run of each role but content."""
    path = path.copy()
    own = _CUE if roles[at, _CUE] >= roles[at, _SOURCE] else _SOURCE
    path[at] = own
    _one_run_each(path, roles, at, own, knobs)
    for start, end in quotes:
        if end - start < 3 or start <= at < end:
            continue
        inside = path[start:end]
        said = inside == _CONTENT
        if not said.any() and knobs.whole_quote > 0:
            continue
        real = ~words.bare[start:end]
        if real.any() and said[real].mean() >= knobs.whole_quote and not (inside == _CUE).any():
            path[start:end] = _CONTENT
    return path


def _one_run_each(path: NDArray[np.int64], roles: _Floats, at: int, own: int, knobs: Knobs) -> None:
    """Leaves one run of each role but content, and of content what is likely enough."""
    for role, runs in enumerate(_runs(path)):
        if role == _NONE:
            continue
        if role == _CONTENT:
            for start, end in runs:
                if roles[start:end, _CONTENT].mean() < knobs.least:
                    path[start:end] = _NONE
        elif len(runs) > 1:
            keep = next((run for run in runs if run[0] <= at < run[1]), None) if role == own else None
            best = keep or max(runs, key=lambda run: roles[run[0] : run[1], role].sum())
            for run in runs:
                if run != best:
                    path[run[0] : run[1]] = _NONE


def _uncross(rows: list[NDArray[np.int64]], order: list[int]) -> None:
    """Takes shared words from the less sure of two readings that cross."""
    taken: list[int] = []
    contents = [row == _CONTENT for row in rows]
    for index in order:
        row = rows[index]
        mine = contents[index]
        for other in taken:
            theirs = contents[other]
            shared = mine & theirs
            if not shared.any():
                continue
            inner = bool(theirs[row == _CUE].all()) and bool((row == _CUE).any())
            outer = bool(mine[rows[other] == _CUE].all()) and bool((rows[other] == _CUE).any())
            if inner:
                row[mine & ~theirs] = _NONE
            elif not outer:
                row[shared] = _NONE
            mine = contents[index] = row == _CONTENT
        taken.append(index)


def _own_sources(rows: list[NDArray[np.int64]], roles: _Floats, words: _Words) -> None:
    """Whoever speaks inside what another says stands there too, where there is a likely one: not the one outside."""
    contents = np.stack(rows) == _CONTENT
    for index, row in enumerate(rows):
        cue = np.flatnonzero(row == _CUE)
        if not len(cue):
            continue
        holding = contents[:, cue].all(axis=1)
        holding[index] = False
        holders = np.flatnonzero(holding)
        source = row == _SOURCE
        if not len(holders):
            continue
        around = contents[holders[contents[holders].sum(axis=1).argmin()]]
        if (around & source).any():
            continue
        likely = (roles[index, :, _SOURCE] >= _LIKELY_INSIDE) & around & ~words.bare
        likely[cue[0] :] = False
        runs = _runs(likely.astype(np.int64))[1]
        if runs:
            start, end = max(runs, key=lambda run: float(roles[index, run[0] : run[1], _SOURCE].sum()))
            row[source] = _NONE
            row[start:end] = _SOURCE
            contents[index] = row == _CONTENT


def _span(run: tuple[int, int] | None, words: _Words) -> Span | None:
    if run is None:
        return None
    start, end = run
    while start < end and words.bare[start]:
        start += 1
    while end > start and words.bare[end - 1]:
        end -= 1
    if start == end:
        start, end = run
    return int(words.starts[start]), int(words.ends[end - 1])


def _found(row: NDArray[np.int64], roles: _Floats, words: _Words, scores: Scores, index: int) -> Found | None:
    runs = _runs(row)
    content = [run for run in runs[_CONTENT] if not words.bare[run[0] : run[1]].all()]
    if not content:
        return None
    parts = {name: next(iter(runs[role]), None) for role, name in enumerate(ROLES) if role not in (_NONE, _CONTENT)}

    def mean(run: tuple[int, int] | None, role: int) -> float:
        return float(roles[run[0] : run[1], role].mean()) if run else 0.0

    held = np.concatenate([roles[a:b, _CONTENT] for a, b in content])
    edges = min(min(float(roles[a, _CONTENT]), float(roles[b - 1, _CONTENT])) for a, b in content)
    outside = max(
        max(float(roles[a - 1, _CONTENT]) if a else 0.0, float(roles[b, _CONTENT]) if b < len(row) else 0.0)
        for a, b in content
    )
    return Found(
        source=_span(parts["source"], words),
        cue=_span(parts["cue"], words),
        content=tuple(span for run in content if (span := _span(run, words)) is not None),
        addressee=_span(parts["addressee"], words),
        medium=_span(parts["medium"], words),
        when=_span(parts["when"], words),
        place=_span(parts["place"], words),
        act=int(scores.acts[index].argmax()),
        act_sure=float(scores.acts[index].max()),
        type=int(scores.types[index].argmax()),
        negative=float(scores.negatives[index]),
        anchor=float(scores.anchors[index]),
        sure=(
            float(held.mean()),
            mean(parts["source"], _SOURCE),
            mean(parts["cue"], _CUE),
            edges,
            outside,
            float(len(held)),
        ),
    )
