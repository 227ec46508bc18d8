"""Which words of an exhibit stand on which page.

- A page carries about 36 KB of text and marks; what is longer goes on to a second page.
- A passage is cut only where it alone is longer than a page.
- Every statement has one place, and that place is known before any page is written.

Example::

    spread = Spreads.of(lookup)
    spread.place_of["s-1905b2b918f40978"]  # 'exhibits/x-….html#s-1905b2b918f40978'
"""

import dataclasses
from collections.abc import Iterator, Mapping

from quoth.publish.calls import Row, rows
from quoth.publish.lookup import Lookup, reach
from quoth.publish.marks import Stretch
from quoth.record.call import Call
from quoth.record.passage import Passage
from quoth.record.rendition import Rendition
from quoth.record.statement import Statement
from quoth.terms.digest import Digest

__all__ = ["BUDGET", "Block", "Spread", "Spreads"]

BUDGET = 36_000
"""Estimated bytes of words and marks on one page; the frame and the apparatus come on top."""

_MARK = 330
_JUDGED = 30
_BLOCK = 140
_LONGEST = 8_000
_NOWHERE = Stretch(start=0, end=0)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A passage (or a part of one) of a rendition, or a row of a call."""

    rendition: Rendition | None = None
    passage: Passage | None = None
    stretch: Stretch = _NOWHERE
    reaching: tuple[Statement, ...] = ()
    call: Call | None = None
    row: Row | None = None
    weight: int = 0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """One page of an exhibit: its path and its blocks, in reading order."""

    path: str
    blocks: tuple[Block, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Spreads:
    """The pages of every exhibit, and where each statement stands."""

    of_exhibit: Mapping[str, tuple[Spread, ...]]
    place_of: Mapping[str, str]

    @classmethod
    def of(cls, lookup: Lookup) -> "Spreads":
        """Lay out all exhibits of a release."""
        laid: dict[str, tuple[Spread, ...]] = {}
        place: dict[str, str] = {}
        for exhibit in lookup.exhibits:
            laid[exhibit] = tuple(_pages(exhibit, _blocks(lookup, exhibit)))
            for spread in laid[exhibit]:
                for block in spread.blocks:
                    place.update({said: f"{spread.path}#{said}" for said in block.stretch.anchored})
        for said, statement in lookup.statements.items():
            place.setdefault(said, f"exhibits/{lookup.exhibit_of[statement.rendition]}.html")
        return cls(of_exhibit=laid, place_of=place)


def _pages(exhibit: str, blocks: Iterator[Block]) -> Iterator[Spread]:
    held: list[Block] = []
    weight = number = 0
    for block in blocks:
        if held and weight + block.weight > BUDGET:
            number += 1
            yield Spread(path=_path(exhibit, number), blocks=tuple(held))
            held, weight = [], 0
        held.append(block)
        weight += block.weight
    yield Spread(path=_path(exhibit, number + 1), blocks=tuple(held))


def _path(exhibit: str, number: int) -> str:
    return f"exhibits/{exhibit}.html" if number == 1 else f"exhibits/{exhibit}-{number}.html"


def _blocks(lookup: Lookup, exhibit: str) -> Iterator[Block]:
    for call in lookup.calls_of.get(exhibit, ()):
        for row in rows(call):
            words = sum(len(line.text.encode()) for _, line in row.lines)
            yield Block(call=call, row=row, weight=words + 320 * len(row.lines))
    for rendition in lookup.renditions.get(exhibit, ()):
        if rendition.content in lookup.texts:
            yield from _text_blocks(lookup, rendition)


def _text_blocks(lookup: Lookup, rendition: Rendition) -> Iterator[Block]:
    """The text's stretches, each with the statements that reach into it (both in reading order)."""
    text = lookup.texts[rendition.content]
    marks = [(span, one) for one in lookup.statements_in.get(rendition.content, ()) if (span := reach(one))]
    judged = lookup.judging.get(rendition.content, ())
    coming = 0
    under: list[tuple[tuple[int, int], Statement]] = []
    for start, end, passage in _stretches(lookup, rendition.content, len(text)):
        first = coming
        while coming < len(marks) and marks[coming][0][0] < end:
            coming += 1
        new = [one for one in marks[first:coming] if one[0][1] > start]
        under = [one for one in under if one[0][1] > start] + new
        judging = tuple(one for one in judged if one.start < end and one.end > start)
        stretch = Stretch(start=start, end=end, anchored=frozenset(one.id for _, one in new), judging=judging)
        weight = len(text[start:end].encode("utf-8", "replace")) + _BLOCK + _MARK * len(under) + _JUDGED * len(judging)
        here = tuple(one for _, one in under)
        yield Block(rendition=rendition, passage=passage, stretch=stretch, reaching=here, weight=weight)


def _stretches(lookup: Lookup, content: Digest, length: int) -> Iterator[tuple[int, int, Passage | None]]:
    """Passages in order, each once; without any, the whole text."""
    held = lookup.passages_in.get(content, ())
    if not held:
        yield from ((start, end, None) for start, end in _cut(lookup.texts[content], 0, length))
    for one in held:
        if one.anchor.extract:
            for start, end in _cut(lookup.texts[content], one.anchor.extract.start, one.anchor.extract.end):
                yield start, end, one


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts of at most 8,000 characters, cut after white space where there is any."""
    while end - start > _LONGEST:
        space = max(text.rfind(" ", start + 1, start + _LONGEST), text.rfind("\n", start + 1, start + _LONGEST))
        cut = space + 1 if space > start else start + _LONGEST
        yield start, cut
        start = cut
    if end > start:
        yield start, end
