"""The answer key of the texts: statements, chains, dates, paragraphs.

A span is given by its block, its characters there, its words, and its count among
equal words in all blocks of the document joined by spaces.
"""

import calendar
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from quoth.demo.marks import SOURCE_TYPES, MarkError, Page, Role
from quoth.demo.pages import OUTLETS, furniture, outlet_name

__all__ = ["ACTS", "bounds", "dates", "document_text", "open_questions", "paragraphs", "statements"]

_ACT_WORDS = (
    "say tell ask answer deny decline no_response offer promise allege believe reveal imply rumour announce "
    "confirm write report request warn accuse admit know want plan fear hope show agree claim estimate order other"
)
ACTS = frozenset(_ACT_WORDS.split())
_NEGATION = re.compile(r"\b(?:not|never|no|nor)\b|n[’']t\b", re.IGNORECASE)
_QUOTED = re.compile(r"“[^“”]*”?|‘[^‘]*’")
_NEGATIVE_SOURCE = re.compile(r"^(?:nobody|no one|none|not one|neither|no)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The marked parts of one statement."""

    source: list[Role]
    cue: list[Role]
    content: list[Role]
    addressee: list[Role]


def document_text(page: Page) -> str:
    """All blocks of a page as one text, joined by single spaces."""
    return " ".join(block.text for block in page.blocks)


def _span(page: Page, role: Role) -> dict[str, Any]:
    quote = page.blocks[role.block].text[role.start : role.end]
    before = sum(len(block.text) + 1 for block in page.blocks[: role.block]) + role.start
    text = document_text(page)
    count = 0
    place = text.find(quote)
    while 0 <= place < before:
        count += 1
        place = text.find(quote, place + 1)
    return {
        "block": role.block,
        "start": role.start,
        "end": role.end,
        "quote": quote,
        "occurrence": count,
    }


def _gather(page: Page) -> dict[int, _Parts]:
    parts: dict[int, _Parts] = defaultdict(lambda: _Parts([], [], [], []))
    for role in page.roles():
        entry = parts[role.number]
        {"s": entry.source, "c": entry.cue, "t": entry.content, "a": entry.addressee}[role.part].append(role)
    for number, entry in parts.items():
        if len(entry.cue) != 1:
            raise MarkError(f"{page.name}: statement {number} has {len(entry.cue)} cues")
        if not entry.cue[0].words or entry.cue[0].words[0] not in ACTS:
            raise MarkError(f"{page.name}: statement {number} has no known act")
        if any(role.start == role.end for role in entry.source + entry.content):
            raise MarkError(f"{page.name}: statement {number} has an empty part")
    return dict(sorted(parts.items()))


def _inside(inner: Role, outer: Role) -> bool:
    return inner.block == outer.block and outer.start <= inner.start and inner.end <= outer.end


def _within(number: int, parts: dict[int, _Parts]) -> int | None:
    """The innermost statement whose content holds this one's cue."""
    cue = parts[number].cue[0]
    holders = [
        (piece.end - piece.start, other)
        for other, entry in parts.items()
        if other != number
        for piece in entry.content
        if _inside(cue, piece)
    ]
    return min(holders)[1] if holders else None


def _form(page: Page, content: Iterable[Role]) -> str:
    pieces = [page.blocks[role.block].text[role.start : role.end] for role in content]
    if not any("“" in piece or "‘" in piece for piece in pieces):
        return "indirect"
    whole = all(_QUOTED.fullmatch(piece) for piece in pieces)
    return "direct" if whole else "mixed"


def _source(page: Page, entry: _Parts) -> dict[str, Any]:
    if not entry.source:
        return {"party": None, "source": None, "type": "none"}
    role = entry.source[0]
    kind, *names = role.words
    return {
        "party": names[0] if len(names) == 1 else (names or None),
        "source": page.blocks[role.block].text[role.start : role.end],
        "type": SOURCE_TYPES[kind],
    }


def _chain(page: Page, number: int, parts: dict[int, _Parts]) -> list[dict[str, Any]]:
    """From the outlet inward to this statement's own source."""
    links = [_source(page, parts[number])]
    holder = _within(number, parts)
    while holder is not None:
        links.append(_source(page, parts[holder]))
        holder = _within(holder, parts)
    return [_teller(page), *reversed(links)]


def _teller(page: Page) -> dict[str, Any]:
    """Who tells the whole: the outlet, or the writer of a letter."""
    front = page.front
    if front["outlet"] not in OUTLETS:
        return {"party": front["outlet"], "source": front["author"], "type": "named"}
    return {"party": front["outlet"], "source": outlet_name(page), "type": "outlet"}


def _negative(page: Page, entry: _Parts) -> bool:
    cue = entry.cue[0]
    words = page.blocks[cue.block].text[cue.start : cue.end]
    source = _source(page, entry)["source"] or ""
    return bool(_NEGATION.search(words) or _NEGATIVE_SOURCE.match(source))


def statements(page: Page) -> dict[str, Any]:
    """The key of one document: every statement with spans, act, form and chain."""
    parts = _gather(page)
    found = []
    for number, entry in parts.items():
        source = _source(page, entry)
        found.append(
            {
                "id": number,
                "source": [_span(page, role) for role in entry.source],
                "cue": [_span(page, role) for role in entry.cue],
                "content": [_span(page, role) for role in entry.content],
                "addressee": [_span(page, role) for role in entry.addressee],
                "act": entry.cue[0].words[0],
                "polarity": "negative" if _negative(page, entry) else "positive",
                "form": _form(page, entry.content),
                "source_type": source["type"],
                "source_party": source["party"],
                "within": _within(number, parts),
                "chain": _chain(page, number, parts),
            }
        )
    return {
        "doc_id": page.name,
        "file": page.front["out"],
        "outlet": page.front["outlet"],
        "published": page.date,
        "copy_of": page.front.get("copy_of"),
        "statements": found,
    }


def _bound(text: str, *, last: bool) -> str | None:
    if text in ("", ".."):
        return None
    digits = text.replace("X", "9" if last else "0")
    numbers = [int(part) for part in digits.split("-")]
    if len(numbers) == 1:
        return f"{numbers[0]}-12-31" if last else f"{numbers[0]}-01-01"
    if len(numbers) == 2:
        day = calendar.monthrange(numbers[0], numbers[1])[1] if last else 1
        return date(numbers[0], numbers[1], day).isoformat()
    return date(*numbers).isoformat()


def bounds(edtf: str) -> tuple[str | None, str | None]:
    """First and last day of an EDTF date or interval; None where it is open.

    >>> bounds("2024-02")
    ('2024-02-01', '2024-02-29')
    """
    first, _, second = edtf.partition("/")
    return _bound(first, last=False), _bound(second or first, last=True)


def dates(page: Page) -> list[dict[str, Any]]:
    """Every marked date with its anchor and bounds."""
    found = []
    for block in page.blocks:
        for mark in block.marks:
            if not mark.label.startswith("D "):
                continue
            edtf, _, anchor = mark.label[2:].partition("@")
            earliest, latest = bounds(edtf)
            role = Role(number=0, part="d", words=(), block=mark.block, start=mark.start, end=mark.end)
            span = _span(page, role)
            found.append(
                {
                    "doc_id": page.name,
                    "file": page.front["out"],
                    "expression": span["quote"],
                    "block": span["block"],
                    "start": span["start"],
                    "occurrence": span["occurrence"],
                    "anchor": anchor or page.date,
                    "earliest": earliest,
                    "latest": latest,
                    "edtf": edtf,
                }
            )
    return found


def open_questions(page: Page) -> list[dict[str, Any]]:
    """Passages in which the text leaves a question open."""
    return [
        {"doc_id": page.name, "quote": block.text[mark.start : mark.end]}
        for block in page.blocks
        for mark in block.marks
        if mark.label == "Q"
    ]


def paragraphs(page: Page) -> dict[str, Any]:
    """Blocks that a reader should find, and for web pages what it should leave out."""
    return {
        "file": page.front["out"],
        "published": page.front["published"],
        "modified": page.front.get("modified"),
        "author": page.front["author"],
        "outlet": page.front["outlet"],
        "title": page.front["title"],
        "blocks": [{"kind": block.kind, "text": block.text} for block in page.blocks],
        "furniture": furniture(page) if page.front["out"].endswith(".html") else [],
    }
