r"""The demo's markup: text and its answers in one go.

A page is a front matter of `name: value` lines, an empty line, and blocks parted
by empty lines. Inside a block `{label:text}` marks text; marks nest.

======================  ====================================================
label                   meaning
======================  ====================================================
``1s n wynnick``        source of statement 1: type, then party (optional)
``1c say``              cue of statement 1 and its act (``0``: nobody is named)
``1t``                  content of statement 1; several pieces are allowed
``1a``                  addressee of statement 1
``D 2024-04``           a date and its EDTF reading; ``@day`` sets the anchor
``Q``                   a question that the text leaves open
======================  ====================================================

>>> parse_block("{1s n:Wynnick} {1c say:said} {1t:no}.", 0).text
'Wynnick said no.'
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path

__all__ = ["SOURCE_TYPES", "Block", "Mark", "MarkError", "Page", "Role", "parse_block", "parse_page", "read_pages"]

SOURCE_TYPES = {
    "n": "named",
    "r": "role",
    "g": "group",
    "d": "document",
    "u": "unnamed",
    "o": "outlet",
    "0": "none",
}
_ROLE = re.compile(r"(\d+)([scta])$")


class MarkError(ValueError):
    """The markup of a demo text is broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One marked piece of a block: characters `start` to `end` of its text."""

    label: str
    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One part of one statement: `part` is s, c, t or a."""

    number: int
    part: str
    words: tuple[str, ...]
    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, paragraph, list item, caption or table, without its marks."""

    kind: str
    text: str
    marks: tuple[Mark, ...] = ()
    extra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One text of the demo: front matter, blocks and their marks."""

    name: str
    front: dict[str, str]
    blocks: tuple[Block, ...]

    @property
    def date(self) -> str:
        """The day of publication, YYYY-MM-DD: the anchor of its dates."""
        return self.front["published"][:10]

    @property
    def keyed(self) -> bool:
        """Whether all statements of this page are marked."""
        return self.front.get("keyed") == "yes"

    def roles(self) -> list[Role]:
        """Every part of every statement, in the order of the text."""
        found: list[Role] = []
        for block in self.blocks:
            for mark in block.marks:
                found.extend(_roles(mark))
        return found


def _roles(mark: Mark) -> list[Role]:
    roles: list[Role] = []
    for word in mark.label.split():
        hit = _ROLE.match(word)
        if hit:
            roles.append(
                Role(
                    number=int(hit[1]),
                    part=hit[2],
                    words=(),
                    block=mark.block,
                    start=mark.start,
                    end=mark.end,
                )
            )
        elif roles:
            roles[-1] = replace(roles[-1], words=(*roles[-1].words, word))
    return roles


def parse_block(source: str, number: int, kind: str = "p", extra: tuple[str, ...] = ()) -> Block:
    """Take the marks out of one block; raises `MarkError` where braces do not pair."""
    text: list[str] = []
    length = 0
    open_marks: list[tuple[str, int]] = []
    marks: list[Mark] = []
    place = 0
    while place < len(source):
        char = source[place]
        if char == "{":
            colon = source.index(":", place)
            open_marks.append((source[place + 1 : colon], length))
            place = colon + 1
            continue
        if char == "}":
            if not open_marks:
                raise MarkError(f"a brace closes nothing: {source[: place + 1]!r}")
            label, start = open_marks.pop()
            marks.append(Mark(label=label, block=number, start=start, end=length))
        else:
            text.append(char)
            length += 1
        place += 1
    if open_marks:
        raise MarkError(f"a brace is left open: {source!r}")
    marks.sort(key=lambda mark: (mark.start, -mark.end))
    return Block(kind=kind, text="".join(text), marks=tuple(marks), extra=extra)


def _body_blocks(raw: str, number: int) -> list[Block]:
    joined = " ".join(line.strip() for line in raw.splitlines())
    if joined.startswith("# "):
        return [parse_block(joined[2:], number, "h2")]
    if joined.startswith("!fig "):
        file, caption, credit, alt = (part.strip() for part in joined[5:].split("|"))
        return [parse_block(caption, number, "figure", (file, credit, alt))]
    if joined.startswith("!update "):
        return [parse_block("Updated " + joined[8:], number, "update")]
    if joined.startswith("!table "):
        lines = raw.splitlines()
        return [parse_block(lines[0][7:], number, "table", tuple(lines[1:]))]
    if joined.startswith("!quote "):
        return [parse_block(joined[9:], number, "quote", (joined[7],))]
    if joined.startswith("* "):
        return [parse_block(line.strip()[2:], number + place, "li") for place, line in enumerate(raw.splitlines())]
    return [parse_block(joined, number)]


def parse_page(name: str, source: str) -> Page:
    """Read one page from its markup."""
    head, *raws = source.strip().split("\n\n")
    front: dict[str, str] = {}
    for line in head.splitlines():
        key, _, value = line.partition(": ")
        front[key] = value
    blocks: list[Block] = []
    for kind, key in (("title", "title"), ("deck", "deck"), ("deck", "intro")):
        if key in front:
            block = parse_block(front[key], len(blocks), kind)
            front[key] = block.text
            blocks.append(block)
    for raw in raws:
        blocks.extend(_body_blocks(raw.strip(), len(blocks)))
    return Page(name=name, front=front, blocks=tuple(blocks))


def _copied(page: Page, original: Page) -> Page:
    """A near-verbatim copy: own headline and intro, the original's paragraphs."""
    head = [replace(block) for block in page.blocks if block.kind in ("title", "deck")]
    tail: list[Block] = []
    for block in original.blocks:
        if block.kind == "p":
            shift = len(head) + len(tail)
            marks = tuple(replace(mark, block=shift) for mark in block.marks)
            tail.append(replace(block, marks=marks))
    front = dict(page.front)
    cut = front.get("cut", "")
    if cut and tail[0].text.startswith(cut):
        tail[0] = _shortened(tail[0], len(cut))
    tail = [_swapped(block, front.get("swap", "")) for block in tail]
    if "credit" in front:
        tail.append(Block(kind="p", text=front["credit"]))
    return Page(name=page.name, front=front, blocks=tuple(head + tail))


def _swapped(block: Block, swaps: str) -> Block:
    """Put other words for some, as a desk does with wire copy: `old => new; old => new`."""
    for swap in filter(None, swaps.split("; ")):
        old, new = swap.split(" => ")
        place = block.text.find(old)
        if place < 0:
            continue
        more = len(new) - len(old)
        marks = tuple(
            replace(
                mark,
                start=mark.start + more * (mark.start >= place + len(old)),
                end=mark.end + more * (mark.end >= place + len(old)),
            )
            for mark in block.marks
        )
        text = block.text[:place] + new + block.text[place + len(old) :]
        block = replace(block, text=text, marks=marks)
    return block


def _shortened(block: Block, count: int) -> Block:
    marks = tuple(
        replace(mark, start=mark.start - count, end=mark.end - count) for mark in block.marks if mark.start >= count
    )
    return replace(block, text=block.text[count:], marks=marks)


def read_pages(folder: Path) -> list[Page]:
    """All pages of a folder of markup, by name; copies are filled from their originals."""
    pages = {path.stem: parse_page(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob("*.txt"))}
    for name, page in pages.items():
        if "copy_of" in page.front:
            pages[name] = _copied(page, pages[page.front["copy_of"]])
    return [pages[name] for name in sorted(pages)]
