"""Fits the confidence of the tagger, and its knobs, on the dev split.

    python training/calibrate.py WEIGHTS        prints what is fitted, and how well it holds across halves

- Right means: content at word Dice 0.8 and the right source, outermost statements only, as the figures count.
- Found texts weigh three times as much as written ones: the reader's texts are found.
"""

import dataclasses
import pathlib
import re
import sys

import numpy as np
from corpora import is_real, read_split

from quoth.attribute import measure
from quoth.attribute.decode import Knobs, Scores, decode
from quoth.attribute.drafts import Draft
from quoth.attribute.engine import ruled
from quoth.attribute.hints import Spread
from quoth.attribute.marked import MarkedText
from quoth.attribute.merge import agreement
from quoth.attribute.pieces import Window, paragraphs_of, windows
from quoth.attribute.quotes import pair_quotes
from quoth.attribute.tagged import draft_of, features
from quoth.attribute.tagger import load

__all__ = ["fitted"]

_REAL = 3.0
_LIKELY = 0.1
_SLOWER = 0.2
"""What a lower threshold must gain in F1: every anchor that is followed up costs time."""
_WORD = re.compile(r"\w+")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One statement found: its features, whether it is right, its weight, and its text."""

    features: tuple[float, ...]
    right: bool
    weight: float
    text: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Read:
    """One text with all that the network says of it, so that knobs can be tried without asking again."""

    marked: MarkedText
    hints: list[Draft]
    windows: list[tuple[Window, list[tuple[int, int]], Scores]]


def read_all(folder: pathlib.Path, texts: dict[str, MarkedText]) -> dict[str, Read]:
    """Every text read once, with every anchor that is likely at all."""
    tagger = dataclasses.replace(load(folder), threshold=_LIKELY)
    found = {}
    for name, marked in texts.items():
        hints = ruled(marked.text)
        spans = paragraphs_of(marked.text)
        quotes = [(q.start, q.end) for s, e in spans for q in pair_quotes(marked.text, s, e) if q.level == 0]
        spread = Spread(hints)
        parts = []
        for window in windows(marked.text, spans, tagger.vocabulary):
            low, high = int(window.starts[window.starts >= 0].min()), int(window.ends.max())
            inside = [quote for quote in quotes if quote[0] >= low and quote[1] <= high]
            parts.append((window, inside, tagger._scores(window, spread.hints(window))))
        found[name] = Read(marked=marked, hints=hints, windows=parts)
    return found


def samples(reads: dict[str, Read], *, knobs: Knobs, threshold: float) -> tuple[list[Sample], dict]:
    """What comes out with these knobs, each held against the marks; and the gold counts by text."""
    found, gold = [], {}
    for name, one in reads.items():
        text = one.marked.text
        read = []
        for window, quotes, scores in one.windows:
            kept = scores.anchors >= threshold
            some = Scores(**{part: getattr(scores, part)[kept] for part in Scores.__slots__})
            read += decode(text, window, quotes, some, knobs)
        drafts = [draft_of(each) for each in read]
        levels = agreement(text, drafts, one.hints)
        sets = [sets_of(text, (d.content, [d.cue] if d.cue else [], [d.source] if d.source else [])) for d in drafts]
        outer = measure.outside(sets)
        mine = [sets[index] for index in outer]
        theirs = [
            sets_of(text, (each.content, each.cue, each.source))
            for each in one.marked.statements
            if each.within is None and each.content
        ]
        right = {
            i
            for i, j in measure.paired(mine, theirs)
            if measure.same_what(mine[i], theirs[j]) and measure.same_who(mine[i], theirs[j])
        }
        gold[name] = len(theirs)
        for place, index in enumerate(outer):
            found.append(
                Sample(
                    features=features(read[index], levels[index]),
                    right=place in right,
                    weight=_REAL if is_real(name) else 1.0,
                    text=name,
                )
            )
    return found, gold


def sets_of(text: str, parts) -> measure.Sets:
    """Content, cue and source of a draft or a marked statement, as places of words."""
    return tuple(frozenset(m.start() for s, e in spans for m in _WORD.finditer(text, s, e)) for spans in parts)


def logistic(x: np.ndarray, y: np.ndarray, w: np.ndarray, *, ridge: float = 3.0) -> np.ndarray:
    """Weights with a constant first, by Newton's steps."""
    x = np.column_stack([np.ones(len(x)), x])
    b = np.zeros(x.shape[1])
    keep = np.full(len(b), ridge)
    keep[0] = 0.0
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ b))
        gradient = x.T @ (w * (y - p)) - keep * b
        curve = (x * (w * p * (1 - p))[:, None]).T @ x + np.diag(keep + 1e-9)
        step = np.linalg.solve(curve, gradient)
        b = b + step
        if np.abs(step).max() < 1e-6:
            break
    return b


def share(b: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Probabilities that go with weights ``b``."""
    return 1 / (1 + np.exp(-(b[0] + x @ b[1:])))


def error(p: np.ndarray, y: np.ndarray, *, bins: int = 10) -> float:
    """Expected calibration error over equal bins of probability."""
    which = np.minimum(bins - 1, (p * bins).astype(int))
    return float(
        sum(
            abs(p[which == k].mean() - y[which == k].mean()) * (which == k).mean()
            for k in range(bins)
            if (which == k).any()
        )
    )


def best_least(p: np.ndarray, y: np.ndarray, w: np.ndarray, gold: float) -> tuple[float, float]:
    """The least confidence with the best who+what F1, and that F1 in percent."""
    options = []
    for least in np.arange(0.0, 0.6, 0.02):
        kept = p >= least
        options.append((200 * (w * y)[kept].sum() / (w[kept].sum() + gold), float(least)))
    f1, least = max(options)
    return least, f1


def fitted(folder: pathlib.Path, texts: dict[str, MarkedText]) -> dict:
    """Settings for the weights in ``folder``: knobs, threshold, calibration, least confidence."""
    reads = read_all(folder, texts)
    best: tuple = ()
    for threshold in (0.2, 0.1):
        for content in (1.0, 2.0, 3.0):
            for loose in (0.3, 1.0):
                knobs = Knobs(content_change=content, loose_change=loose)
                found, gold = samples(reads, knobs=knobs, threshold=threshold)
                score = _held(found, gold)
                if not best or score[0] > best[0] + (_SLOWER if threshold < best[2] else 0.0):
                    best = (score[0], knobs, threshold, found, gold, score)
                print(
                    f"threshold {threshold}, content {content}, loose {loose}: F1 {score[0]:.1f}, error {score[1]:.3f}",
                    flush=True,
                )
    _, knobs, threshold, found, gold, score = best
    x, y, w = _arrays(found)
    b = logistic(x, y, w)
    least, _ = best_least(share(b, x), y, w, _gold(gold))
    print(
        f"kept: threshold {threshold}, {knobs}, least {least:.2f}; across halves F1 {score[0]:.1f}, error {score[1]:.3f}"
    )
    return {
        "threshold": threshold,
        "knobs": {name: getattr(knobs, name) for name in Knobs.__slots__},
        "calibration": [round(float(one), 5) for one in b],
        "least": round(1000 * least),
    }


def _gold(gold: dict) -> float:
    return sum(count * (_REAL if is_real(name) else 1.0) for name, count in gold.items())


def _arrays(found: list[Sample]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return (
        np.array([one.features for one in found]),
        np.array([one.right for one in found], dtype=float),
        np.array([one.weight for one in found]),
    )


def _held(found: list[Sample], gold: dict) -> tuple[float, float]:
    """F1 and calibration error when each half of the texts is judged by what the other half taught."""
    names = sorted(gold)
    halves = (set(names[::2]), set(names[1::2]))
    x, y, w = _arrays(found)
    text = [one.text for one in found]
    p = np.zeros(len(y))
    kept = np.zeros(len(y), dtype=bool)
    for mine, theirs in (halves, halves[::-1]):
        fit = np.array([name in theirs for name in text])
        judge = np.array([name in mine for name in text])
        b = logistic(x[fit], y[fit], w[fit])
        least, _ = best_least(share(b, x[fit]), y[fit], w[fit], _gold({n: gold[n] for n in theirs}))
        p[judge] = share(b, x[judge])
        kept[judge] = p[judge] >= least
    return 200 * (w * y)[kept].sum() / (w[kept].sum() + _gold(gold)), error(p[kept], y[kept])


if __name__ == "__main__":
    fitted(pathlib.Path(sys.argv[1]), read_split("dev"))
