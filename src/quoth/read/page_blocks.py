"""A web page as blocks of words in reading order.

- A block is what stands between block-level tags; white space is folded as a browser does.
- Scripts, styles, forms, navigation and embedded pages give no blocks.
- The walk keeps its own stack: no page is too deeply nested for it.

Example::

    [block.words for block in blocks_of(tree) if block.tag == "p"]
"""

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

__all__ = ["Image", "PageBlock", "blocks_of", "folded", "images_of", "key_of"]

_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "form", "button"}
    | {"select", "textarea", "nav", "aside", "menu", "dialog", "audio", "video", "map", "head"}
)
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins"}
    | {"kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u"}
    | {"var", "wbr", "ruby", "rb", "rt", "rp"}
)
_CREDIT = re.compile(r"credit|copyright|photographer|attribution|source", re.IGNORECASE)
_BYLINE = re.compile(r"\b(?:byline|author|by-line)\b", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NOT_IN_KEYS = re.compile(r"[\W_]+")
_SPACES = re.compile(r"[ \t\r\n\f]+")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PageBlock:
    """Words of one block, the tag that holds them, its element, and where it stands.

    ``linked`` is the number of characters inside links; ``credit`` marks words of a credit
    element, ``byline`` those of a by-line.
    """

    words: str
    tag: str
    element: Any
    caption: bool = False
    credit: bool = False
    byline: bool = False
    footer: bool = False
    linked: int = 0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image named in the page: its address as written and its alternative text."""

    source: str
    alt: str
    element: Any


def folded(text: str) -> str:
    """White space folded to single spaces, as a browser shows it."""
    return _SPACES.sub(" ", text).strip()


def key_of(text: str) -> str:
    """Letters and digits only, case folded: what two renderings of one block share."""
    return _NOT_IN_KEYS.sub("", text.casefold())


def images_of(tree: Any) -> Iterator[Image]:
    """Images with an address, in order."""
    for element in tree.iter("img"):
        source = element.get("src") or element.get("data-src") or ""
        if source and not source.startswith("data:"):
            yield Image(source=source, alt=folded(element.get("alt") or ""), element=element)


class _Collector:
    """Gathers words until a block-level tag begins or ends."""

    def __init__(self) -> None:
        self.stack: list[Any] = []
        self.parts: list[str] = []
        self.linked = 0
        self.links = 0
        self.credits = 0
        self.bylines = 0
        self.captions = 0
        self.footers = 0
        self.credit_words = 0
        self.byline_words = 0

    def take(self, words: str | None) -> None:
        if not words:
            return
        self.parts.append(words)
        size = len(words.strip())
        self.linked += size if self.links else 0
        self.credit_words += size if self.credits else 0
        self.byline_words += size if self.bylines else 0

    def flush(self) -> Iterator[PageBlock]:
        words = folded("".join(self.parts).replace("\v", "\n"))
        size = max(len(words), 1)
        if words and self.stack:
            holder = next((one for one in reversed(self.stack) if one.tag not in _INLINE), self.stack[-1])
            yield PageBlock(
                words=words,
                tag=str(holder.tag),
                element=holder,
                caption=self.captions > 0,
                credit=self.credit_words > 0.8 * size,
                byline=self.byline_words > 0.5 * size,
                footer=self.footers > 0,
                linked=self.linked,
            )
        self.parts = []
        self.linked = self.credit_words = self.byline_words = 0

    def divides(self, element: Any) -> bool:
        """Whether an element begins and ends a block: block-level tags, and credits inside a caption."""
        tag = element.tag
        if tag not in _INLINE:
            return bool(tag != "br")
        marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        return self.captions > 0 and (tag in {"cite", "small"} or bool(_CREDIT.search(marks)))

    def shift(self, element: Any, step: int) -> None:
        """Count an element in (+1) or out (-1)."""
        tag = element.tag
        marks = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('rel') or ''}"
        self.links += step * (tag == "a")
        self.captions += step * (tag == "figcaption" or "caption" in marks.lower())
        self.credits += step * bool(_CREDIT.search(marks) or (tag in {"cite", "small"} and self.captions > 0))
        self.bylines += step * bool(_BYLINE.search(marks))
        self.footers += step * (tag == "footer")


def blocks_of(tree: Any) -> Iterator[PageBlock]:
    """All blocks of an lxml tree, in document order."""
    from lxml import etree

    held = _Collector()
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in _SKIPPED:
                walk.skip_subtree()
                continue
            if held.divides(element):
                yield from held.flush()
            held.stack.append(element)
            held.shift(element, 1)
            held.take("\n" if tag == "br" else element.text)
            continue
        if event == "end" and tag not in _SKIPPED:
            if held.divides(element):
                yield from held.flush()
            held.shift(element, -1)
            held.stack.pop()
        held.take(element.tail)


def heading(tag: str) -> bool:
    """Whether a tag is a heading."""
    return tag in _HEADINGS
