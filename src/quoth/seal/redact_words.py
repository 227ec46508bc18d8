"""Words of a page found and turned into areas to paint.

- A match that runs over lines gives an area for each line.
- Words come from the text layer or from a machine that reads the drawn page, in pixels either way.

Example::

    areas_of(words, hidden, read=True)      # [(1, (102.0, 40.0, 180.0, 62.0))]: number of the words, area
"""

import csv
import io
from collections.abc import Sequence

from quoth.seal.redact_find import Hidden
from quoth.seal.redact_paint import Area
from quoth.seal.redact_terms import Word

__all__ = ["areas_of", "read_table"]


def read_table(table: str) -> tuple[Word, ...]:
    """The words in tesseract's table (TSV), however unsure it was of them."""
    made = []
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row.get("level") != "5" or not text:
            continue
        left, top = int(row["left"]), int(row["top"])
        made.append(
            Word(
                text=text,
                left=left,
                top=top,
                right=left + int(row["width"]),
                bottom=top + int(row["height"]),
                line=(row["block_num"], row["par_num"], row["line_num"]),
            )
        )
    return tuple(made)


def areas_of(words: Sequence[Word], hidden: Hidden, *, read: bool) -> list[tuple[int, tuple[Area, ...]]]:
    """For each match the number of the words and an area a line."""
    starts, text = [], ""
    for word in words:
        starts.append(len(text))
        text += word.text + " "
    made = []
    for start, end, number in hidden.found(text, read=read):
        touched = [word for at, word in zip(starts, words, strict=True) if at < end and at + len(word.text) > start]
        made.append((number, _by_line(touched)))
    return made


def _by_line(words: Sequence[Word]) -> tuple[Area, ...]:
    lines: dict[tuple[str, ...], list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return tuple(
        (
            min(one.left for one in held),
            min(one.top for one in held),
            max(one.right for one in held),
            max(one.bottom for one in held),
        )
        for held in lines.values()
    )
