"""The outlet's own voice: what a text asserts, attributed to nobody.

- It is counted in words above the text, and listed with links, cut where the list grows long.
- A paragraph that is wholly editorial carries a rule at its side; one that is so in part carries none.
- Words in it that judge stand in a box in the text, and are counted here: found by a list of words, no verdict.
- Programs tell the two apart by what they found; what they missed counts as the outlet's own.

Example::

    own_voice(lookup, exhibit, pages, "exhibits/x-1.html")
"""

from collections.abc import Iterable

from quoth.publish.layout.html import Child, Html, tag
from quoth.publish.layout.pieces import count, cut, to, tongue_of
from quoth.publish.lookup import Lookup
from quoth.publish.spread import Block, Spread
from quoth.record.exhibit import Exhibit
from quoth.record.passage import PassageRole
from quoth.terms.anchor import Extract
from quoth.terms.digest import Digest

__all__ = ["is_own_voice", "legend", "own_voice"]

BUDGET = 5_000
"""Bytes of the list on an exhibit's first page; what is beyond is marked in the text alone."""

_LONGEST = 110
_MOST = 30
_NO_VERDICT = "Found by a list of words; whether they fit is for the reader."
_WHOLE = 80
"""Percent of a paragraph's letters that are editorial where all of it counts as such."""


def is_own_voice(lookup: Lookup, block: Block) -> bool:
    """Whether a paragraph holds nothing but what its text asserts itself."""
    if block.rendition is None or block.reaching or not block.passage or block.passage.role is not PassageRole.BODY:
        return False
    start, end = block.stretch.start, block.stretch.end
    text = lookup.texts[block.rendition.content]
    covered = sum(
        len("".join(text[max(one.start, start) : min(one.end, end)].split()))
        for one in _within(lookup.voices.get(block.rendition.content, ()), start, end)
    )
    return covered > 0 and covered * 100 >= _WHOLE * len("".join(text[start:end].split()))


def own_voice(lookup: Lookup, exhibit: Exhibit, pages: tuple[Spread, ...], here: str) -> Html | None:
    """How much of an exhibit is attributed to nobody, and where; ``None`` where nothing is."""
    contents = [one.content for one in lookup.renditions.get(exhibit.id, ())]
    number = sum(len(lookup.voices.get(one, ())) for one in contents)
    if not number:
        return None
    whose = _whose(lookup, exhibit)
    items = _items(lookup, pages, here)
    more = number - len(items)
    return tag(
        "details",
        tag(
            "summary",
            f"{count(number, 'sentence or part of one', 'sentences or parts of them')} ",
            "is" if number == 1 else "are",
            " attributed to nobody: ",
            whose,
        ),
        tag("p", "As far as programs can tell. Paragraphs of nothing else carry a rule at their side.", class_="limit"),
        tag("ul", items, class_="plain") if items else None,
        tag("p", f"and {more} more, without a mark in the text", class_="how") if more else None,
        _judging(lookup, contents, whose),
        class_="own",
    )


def _whose(lookup: Lookup, exhibit: Exhibit) -> str:
    head = lookup.heads.get(exhibit.id)
    outlet = (head.outlet if head else "") or any(one.outlet for one in exhibit.provenances)
    return "the outlet’s own voice" if outlet else "the text’s own voice"


def _judging(lookup: Lookup, contents: Iterable[Digest], whose: str) -> Html | None:
    """The words that judge, each once with its count, for those who see no box."""
    held: dict[str, int] = {}
    language = ""
    for content in contents:
        for one in lookup.judging.get(content, ()):
            word = " ".join(one.exact.split())
            language = language or lookup.language(content)
            key = next((known for known in held if known.casefold() == word.casefold()), word)
            held[key] = held.get(key, 0) + 1
    if not held:
        return None
    shown: list[Child] = []
    for word, number in list(held.items())[:_MOST]:
        again = f" ({number} times)" if number > 1 else None
        shown += [", " if shown else None, tag("bdi", cut(word, _LONGEST), class_="said", **tongue_of(language)), again]
    more = f" and {len(held) - _MOST} more" if len(held) > _MOST else None
    return tag("p", tag("b", f"Words that judge, in {whose}: "), shown, more, ". ", _NO_VERDICT, class_="how")


def legend(lookup: Lookup, content: Digest, blocks: Iterable[Block]) -> Html | None:
    """What the box and the rule in this text mean, where it has any."""
    held = tuple(blocks)
    exhibit = lookup.exhibits.get(lookup.exhibit_of.get(content, ""))
    judged = any(one.stretch.judging for one in held)
    ruled = any(is_own_voice(lookup, one) for one in held)
    if exhibit is None or not (judged or ruled):
        return None
    whose = _whose(lookup, exhibit)
    rule = tag("li", tag("span", "Rule at the side", class_="own"), f": a paragraph of nothing but {whose}.")
    box = tag("li", tag("span", "In a box", class_="jdg"), f": words that judge, in {whose}. ", _NO_VERDICT)
    return tag("ul", rule if ruled else None, box if judged else None, class_="key how", aria_label="Legend")


def _items(lookup: Lookup, pages: tuple[Spread, ...], here: str) -> list[Html]:
    """The pieces in reading order, each leading to its paragraph, within the budget."""
    items: list[Html] = []
    weight = 0
    seen: set[tuple[Digest, int]] = set()
    for spread in pages:
        for block in spread.blocks:
            if block.rendition is None:
                continue
            content = block.rendition.content
            stretch = block.stretch
            for one in _within(lookup.voices.get(content, ()), stretch.start, stretch.end):
                if (content, one.start) in seen:
                    continue
                seen.add((content, one.start))
                item = _item(lookup, block, spread.path, one, here)
                weight += len(item.encode())
                if weight > BUDGET:
                    return items
                items.append(item)
    return items


def _item(lookup: Lookup, block: Block, path: str, one: Extract, here: str) -> Html:
    passage = block.passage
    language = lookup.language(block.rendition.content, passage.id if passage else "") if block.rendition else ""
    words = tag("bdi", cut(" ".join(one.exact.split()), _LONGEST), class_="said", **tongue_of(language))
    extract = passage.anchor.extract if passage else None
    anchor = f"#{passage.id}" if passage and extract and extract.start == block.stretch.start else ""
    same = path == here
    return tag("li", tag("a", words, href=anchor if same and anchor else to(here, path) + anchor))


def _within(parts: tuple[Extract, ...], start: int, end: int) -> list[Extract]:
    return [one for one in parts if one.start < end and one.end > start]
