"""Source text with its statements marked, nested and overlapping alike.

- Every statement is one mark from its first to its last word; a statement inside another is a mark
  inside a mark. Where two cross, the one that opened later is closed and opened again.
- The number after a mark links to its statement; the mark carries the statement's name as its id.
- Words that judge, in the text's own voice, stand in a box of their own.
- The words are never changed, only marked: without its tags the text is the text.

Example::

    marked(text, Stretch(start=0, end=40), statements, numbers, here="exhibits/x-1.html")
"""

import dataclasses
import itertools
from collections.abc import Collection, Mapping, Sequence

from quoth.publish.layout.html import Html, join, tag, text
from quoth.publish.layout.pieces import to
from quoth.publish.lookup import reach
from quoth.record.statement import Statement
from quoth.terms.anchor import Extract

__all__ = ["Stretch", "marked"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Characters ``start`` to ``end`` (exclusive) of a text; ``anchored`` statements get their id here.

    ``judging`` are the words in it that judge, in the text's own voice, in reading order.
    """

    start: int
    end: int
    anchored: frozenset[str] = frozenset()
    judging: tuple[Extract, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """A mark that is open while the text is walked."""

    statement: Statement
    start: int
    end: int


def marked(
    source: str,
    stretch: Stretch,
    statements: Sequence[Statement],
    numbers: Mapping[str, int],
    *,
    here: str,
    accepted: Collection[str] = (),
) -> Html:
    """The words of ``stretch`` with the marks of ``statements`` (in reading order)."""
    waiting = _reaching(stretch, statements)
    cuts = _cuts(stretch, waiting)
    judging = [(one.start, one.end) for one in stretch.judging]
    made: list[str] = []
    stack: list[_Open] = []
    for left, right in itertools.pairwise(cuts):
        _close(made, stack, left, numbers, here)
        while waiting and max(waiting[0].start, stretch.start) <= left:
            one = waiting.pop(0)
            stack.append(one)
            made.append(_opening(one, stretch.anchored, accepted))
        judged = any(start <= left and right <= end for start, end in judging)
        made.append(_words(source[left:right], left, right, stack, judged=judged))
    _close(made, stack, stretch.end, numbers, here)
    made.extend("</mark>" for _ in stack)
    return Html("".join(made))


def _reaching(stretch: Stretch, statements: Sequence[Statement]) -> list[_Open]:
    found = []
    for one in statements:
        span = reach(one)
        if span and span[0] < stretch.end and span[1] > stretch.start:
            found.append(_Open(statement=one, start=span[0], end=span[1]))
    return sorted(found, key=lambda one: (max(one.start, stretch.start), -one.end, one.statement.id))


def _cuts(stretch: Stretch, marks: Sequence[_Open]) -> list[int]:
    places = {stretch.start, stretch.end}
    for held in stretch.judging:
        places.update((held.start, held.end))
    for one in marks:
        places.update((one.start, one.end))
        for part in one.statement.source + one.statement.cue + one.statement.hedges:
            places.update((part.start, part.end))
    return sorted(place for place in places if stretch.start <= place <= stretch.end)


def _opening(one: _Open, anchored: Collection[str], accepted: Collection[str]) -> str:
    anchor = f' id="{text(one.statement.id)}"' if one.statement.id in anchored else ""
    return f'<mark class="{"ok" if one.statement.id in accepted else "st"}"{anchor}>'


def _close(made: list[str], stack: list[_Open], place: int, numbers: Mapping[str, int], here: str) -> None:
    """Close the marks that end at ``place``; those opened after them are opened again."""
    while any(one.end <= place for one in stack):
        again: list[_Open] = []
        while stack[-1].end > place:
            again.insert(0, stack.pop())
            made.append("</mark>")
        done = stack.pop()
        made.append("</mark>")
        made.append(_number(done.statement, numbers[done.statement.id], here))
        for one in again:
            stack.append(one)
            made.append('<mark class="st">')


def _number(statement: Statement, number: int, here: str) -> Html:
    shown = str(number)
    target = to(here, f"statements/{statement.id}.html")
    return tag("a", shown, class_="ref", href=target, aria_label=f"statement {shown}")


def _words(words: str, left: int, right: int, stack: Sequence[_Open], *, judged: bool) -> Html:
    role = "jdg" if judged else ""
    for one in stack:
        for kind, parts in (("hdg", one.statement.hedges), ("src", one.statement.source), ("cue", one.statement.cue)):
            if any(part.start <= left and right <= part.end for part in parts):
                role = kind
    return tag("span", words, class_=role) if role else join(words)
