"""Editorial voice: what a text asserts itself, attributed to nobody.

- What remains of the body once contents, cues and sources are taken out, cut by sentence.
- A remainder of fewer than three words is no assertion.

Example::

    remaining(text, [(0, 40)], [(10, 20)])  ->  [(0, 10), (20, 40)]
"""

import re

__all__ = ["remaining"]

_EDGE = re.compile(r"[\s,;:.\-—–)\]\"“”‘’'«»]+")
_TAIL = re.compile(r"[\s,;:\-—–(\[\"“‘«]+\Z")
_WORD = re.compile(r"\w+")
_FEWEST = 3


def remaining(text: str, units: list[tuple[int, int]], taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts of ``units`` (sentences, in order) outside all spans of ``taken``, trimmed of loose marks."""
    spans = sorted(taken)
    left: list[tuple[int, int]] = []
    index = 0
    for start, end in units:
        while index < len(spans) and spans[index][1] <= start:
            index += 1
        at, look = start, index
        while look < len(spans) and spans[look][0] < end:
            if spans[look][0] > at:
                left.append((at, spans[look][0]))
            at = max(at, spans[look][1])
            look += 1
        if at < end:
            left.append((at, end))
    return [span for piece in left if (span := _trimmed(text, *piece)) is not None]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    edge = _EDGE.match(text, start, end)
    start = edge.end() if edge else start
    tail = _TAIL.search(text[start:end])
    end = start + tail.start() if tail else end
    enough = sum(1 for _, _ in zip(range(_FEWEST), _WORD.finditer(text, start, end), strict=False)) == _FEWEST
    return (start, end) if enough else None
