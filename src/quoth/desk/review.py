"""What the review page shows: queue, marked text, card.

- Only what the projection holds is shown; a decision changes the log, then the projection.

Example::

    page_of(board, "s-…", by="Ada")
"""

import dataclasses
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quoth.case import answers
from quoth.case.amending import CHOICES, PARTS
from quoth.case.board import Board
from quoth.record.passage import Passage
from quoth.record.statement import Statement
from quoth.terms.anchor import Extract

__all__ = ["Piece", "changes_in", "correction", "fields_of", "page_of", "pieces"]

NEIGHBOURS = 2
"""Passages shown before and after the one that is looked at."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text and the part of the statement that it is, if any."""

    text: str
    part: str = ""


def pieces(text: str, start: int, parts: dict[str, list[list[int]]]) -> list[Piece]:
    """``text``, which stands at ``start`` of its rendition, cut at the parts of a statement.

    Inner parts win over the content that holds them; what is told beside the words is ``beside``.
    """
    order = {"content": 0, "addressee": 2, "source": 3, "cue": 4}
    worn = [""] * len(text)
    for name in sorted(parts, key=lambda one: order.get(one, 1)):
        for begin, end in parts[name]:
            for place in range(max(0, begin - start), min(len(text), end - start)):
                worn[place] = name if name in order else "beside"
    cut: list[Piece] = []
    begin = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or worn[place] != worn[begin]:
            cut.append(Piece(text=text[begin:place], part=worn[begin]))
            begin = place
    return cut


def _extract(passage: Passage) -> Extract:
    return passage.anchor.extract or Extract(start=0, end=0, exact="")


def correction(root: Path, row: answers.Answer, by: str) -> str:
    """The command that corrects a statement, ready for a shell: it runs as it stands."""
    words = ["quoth", "decide", str(root), row["id"], "correct"]
    words += ["--act", row["act"], "--polarity", row["polarity"], "--source-type", row["source_type"], "--by", by]
    return shlex.join(words)


def fields_of(statement: Statement) -> dict[str, str]:
    """What the form of corrections shows: the words of each part, a piece a line, and the chosen values."""
    parts = {name: "\n".join(" ".join(one.exact.split()) for one in getattr(statement, name)) for name in PARTS}
    return parts | {name: getattr(statement, name).value for name in CHOICES}


def changes_in(shown: Mapping[str, str], given: Mapping[str, str]) -> dict[str, list[str]]:
    """What the form changes: parts as lists of pieces (an emptied part as one empty piece), values as lists of one."""
    changes = {}
    for name in (*PARTS, *CHOICES):
        pieces_given = [" ".join(line.split()) for line in given.get(name, shown[name]).splitlines() if line.strip()]
        if pieces_given != shown[name].splitlines():
            changes[name] = pieces_given or [""]
    return changes


def page_of(board: Board, chosen: str, *, by: str, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Everything that the review page needs for the statement ``chosen`` (empty: the next open one).

    ``typed`` is what stands in the form of corrections instead of the statement's own words.
    """
    queue = board.queue()
    current = next((row for row in queue if row["id"] == chosen), None) or next(
        (row for row in queue if not row["decision"]), None
    )
    decided = sum(1 for row in queue if row["decision"])
    page: dict[str, Any] = {
        "title": board.note().title,
        "exhibits": board.by_exhibit(queue),
        "decided": decided,
        "whole": len(queue),
        "current": current,
        "last": board.last_decision(),
        "passages": [],
    }
    if current:
        page["correction"] = correction(board.root, current, by)
        standing = board.standing(current["id"])
        shown = fields_of(standing) | dict(typed or {}) if standing else {}
        page["parts"] = [(name, shown[name], shown[name].count("\n") + 1) for name in PARTS if shown]
        page["choices"] = [
            (name, name.replace("_", " "), shown[name], values) for name, values in CHOICES.items() if shown
        ]
        page["passages"] = [
            (passage, pieces(passage.text, _extract(passage).start, current["spans"]))
            for passage in board.around(current, NEIGHBOURS)
        ]
    return page


def chain_words(row: answers.Answer) -> str:
    """The chain as a line that reads aloud."""
    return " ← ".join(link["source"] or "(nobody named)" for link in row["chain"])
