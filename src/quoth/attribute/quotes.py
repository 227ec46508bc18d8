"""Quotation marks, paired within a paragraph before sentences are split.

- Marks of all styles: “ ” " ‘ ’ ' « » „ ‹ › 「 」 『 』; an apostrophe is told from a single mark.
- A mark that never closes is bounded by its paragraph, and known as unclosed.
- One pass, one small stack: linear time, whatever the text does.

Example::

    >>> [(q.start, q.end) for q in pair_quotes("“Go,” he said.", 0, 14)]
    [(0, 5)]
"""

import dataclasses
import re

__all__ = ["Quote", "pair_quotes"]

_MARK = re.compile("[\"“”„‟«»‘’‚'‹›「」『』＂]")
_DEPTH = 6
_CLOSERS = {
    "“": '”"',
    "„": '“”"',
    "‟": '”"',
    "«": "»",
    "»": "«",
    "‘": "’'",
    "‚": "‘’'",
    "‹": "›",
    "›": "‹",
    "「": "」",
    "『": "』",
    '"': '"”',
    "＂": "＂",
    "'": "'’",
    "”": "”",
}
_ALWAYS_OPEN = frozenset("“„‟‚「『")
_SINGLE = frozenset("'’‘")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Characters ``start`` to ``end`` with the marks; ``level`` 0 is outermost.

    ``closed`` is false where the closing mark is missing: ``end`` is then the paragraph's end.
    """

    start: int
    end: int
    level: int
    closed: bool = True

    @property
    def inner(self) -> tuple[int, int]:
        """The span between the marks."""
        return self.start + 1, max(self.start + 1, self.end - 1 if self.closed else self.end)


def _before(text: str, at: int, low: int) -> str:
    return text[at - 1] if at > low else " "


def _after(text: str, at: int, high: int) -> str:
    return text[at + 1] if at + 1 < high else " "


def _opens(mark: str, before: str, after: str) -> bool:
    free = before.isspace() or before in "([{—–-:,/" or before in "\"“‘„«'"
    if mark == "“":
        return True
    if mark in _ALWAYS_OPEN:
        return True
    if mark in '«‹»›”＂"':
        return free and not after.isspace()
    if mark == "‘":
        return free or after.isalnum()
    if mark in "'’":
        return free and not after.isspace() and mark == "'" and not after.isdigit()
    return False


def _is_apostrophe(mark: str, before: str, after: str, *, single_open: bool) -> bool:
    if mark not in "'’":
        return False
    if before.isalnum() and after.isalnum():
        return True
    return not single_open and (mark == "’" or before.isalnum())


def _close(stack: list[tuple[str, int]], mark: str) -> int | None:
    """Index in ``stack`` of the mark that ``mark`` closes, innermost first."""
    for index in range(len(stack) - 1, -1, -1):
        if mark in _CLOSERS[stack[index][0]]:
            return index
    return None


def _last_strong_closer(text: str, start: int, end: int) -> int:
    """Where the last single mark stands that follows a full stop or comma: an earlier "s’ " is a possessive."""
    ends = [text.rfind(stop + mark, start, end) for stop in ".,?!" for mark in "'’"]
    return max(ends)


def pair_quotes(text: str, start: int, end: int) -> tuple[Quote, ...]:
    """The quotations in ``text[start:end]`` (one paragraph), in order of their start.

    An unclosed outer mark gives an unclosed quotation up to ``end``; an unclosed inner one is dropped.
    """
    found: list[Quote] = []
    stack: list[tuple[str, int]] = []
    strong = _last_strong_closer(text, start, end)
    for match in _MARK.finditer(text, start, end):
        mark, at = match.group(), match.start()
        before, after = _before(text, at, start), _after(text, at, end)
        if _is_apostrophe(mark, before, after, single_open=any(m in "‘'‚" for m, _ in stack)):
            continue
        if mark in "'’" and at < strong and before == "s" and after == " " and text[at + 2 : at + 3].islower():
            continue
        closes = None if before.isspace() and mark not in "”»」』" else _close(stack, mark)
        if closes is not None:
            found.append(Quote(start=stack[closes][1], end=at + 1, level=closes))
            del stack[closes:]
        elif _opens(mark, before, after):
            stack = [entry for entry in stack if entry[0] != mark]
            if len(stack) < _DEPTH:
                stack.append((mark, at))
    if stack:
        mark, at = stack[0]
        if mark not in _SINGLE:
            found.append(Quote(start=at, end=end, level=0, closed=False))
    return _levels(found)


def _levels(found: list[Quote]) -> tuple[Quote, ...]:
    """In order, with the level counted from containment."""
    levelled: list[Quote] = []
    ends: list[int] = []
    for quote in sorted(found, key=lambda item: (item.start, -item.end)):
        while ends and ends[-1] <= quote.start:
            ends.pop()
        if ends and quote.end > ends[-1]:
            continue
        levelled.append(dataclasses.replace(quote, level=len(ends)))
        ends.append(quote.end)
    return tuple(levelled)
