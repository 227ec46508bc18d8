r"""Plain text divided into paragraphs and lines, in characters.

- Blank lines divide; inside a block each line stands alone unless the block was wrapped
  to a width by hand (as in mail and typescripts).
- Spans leave out the white space around them; newlines stay as they were.

Example::

    >>> [(b.start, b.end) for b in blocks("One.\n\nTwo.")]
    [(0, 4), (6, 10)]
"""

import dataclasses
import re
from collections.abc import Iterator

__all__ = ["Stretch", "blocks", "joined", "lines_of", "paragraphs"]

_BREAK = re.compile(r"\r\n|[\n\r\f\x85\u2028\u2029]")
_BULLET = re.compile(r"\s*(?:[-*•–·]|\d{1,3}[.)]|\([a-z0-9]{1,3}\))\s")
NARROW, WIDE = 45, 100


@dataclasses.dataclass(frozen=True, slots=True)
class Stretch:
    """Characters ``start`` to ``end`` (exclusive), white space around them left out."""

    start: int
    end: int


def blocks(text: str) -> Iterator[Stretch]:
    """What stands between blank lines."""
    start = end = -1
    for line in lines_of(text, Stretch(0, len(text)), empty=True):
        if line.start == line.end:
            if start >= 0:
                yield Stretch(start, end)
            start = -1
        else:
            start = line.start if start < 0 else start
            end = line.end
    if start >= 0:
        yield Stretch(start, end)


def lines_of(text: str, within: Stretch, *, empty: bool = False) -> Iterator[Stretch]:
    """The lines of a stretch, trimmed; blank ones only when ``empty`` is asked for."""
    place = within.start
    while place <= within.end:
        mark = _BREAK.search(text, place, within.end)
        stop = mark.start() if mark else within.end
        line = text[place:stop]
        left = place + len(line) - len(line.lstrip())
        right = place + len(line.rstrip())
        if left < right:
            yield Stretch(left, right)
        elif empty:
            yield Stretch(place, place)
        place = mark.end() if mark else within.end + 1


def _wrapped(text: str, lines: list[Stretch]) -> bool:
    """Whether a block was wrapped to a width: all lines but the last nearly as long as the longest."""
    longest = max(line.end - line.start for line in lines)
    if not NARROW <= longest <= WIDE:
        return False
    if any(_BULLET.match(text, line.start) for line in lines[1:]):
        return False
    return all(line.end - line.start > 0.6 * longest for line in lines[:-1])


def paragraphs(text: str) -> Iterator[Stretch]:
    """Paragraphs of plain text, in order."""
    for block in blocks(text):
        lines = list(lines_of(text, block))
        if len(lines) == 1 or _wrapped(text, lines):
            yield block
        else:
            yield from lines


def _han(char: str) -> bool:
    return "\u2e80" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" or "\u3000" <= char <= "\u303f"


def joined(left: str, right: str) -> str:
    """Two pieces of one paragraph: a space between words, none between Han characters."""
    if not left or not right or (_han(left[-1]) and _han(right[0])):
        return left + right
    return f"{left} {right}"
