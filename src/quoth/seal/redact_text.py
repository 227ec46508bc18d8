r"""A text written anew from its passages, hidden words marked.

- Passages come from the reading room; what lies outside of them (scripts, comments, revisions) is not there at all.
- All passages are one text while words are looked for, so that words over a paragraph's end are found.
- The mark has one length; control characters and signs that readers do not see are left out.
- What is made is UTF-8: plain text, or HTML with headings and paragraphs alone.

Example::

    made = redacted_text((("body", "Jane Roe said no."),), Plan(ending="txt", hide=("Jane Roe",)))
    made.data      # b"[hidden] said no.\n"
"""

import html
import unicodedata
from collections.abc import Sequence

from quoth.errors import SealError
from quoth.seal.redact_find import Hidden
from quoth.seal.redact_terms import MARK, Made, Place, Plan

__all__ = ["redacted_text"]

_BETWEEN = "\n\n"
_HEADINGS = frozenset({"title", "heading"})
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})


def redacted_text(passages: Sequence[tuple[str, str]], plan: Plan) -> Made:
    """The passages (role and words, in reading order) as a new text; raises :class:`SealError` for none."""
    if not passages:
        raise SealError("no words could be read from the file", hint="nothing was written; see: quoth read")
    whole = _BETWEEN.join(words for _, words in passages)
    hidden = [False] * len(whole)
    places = []
    starts = _starts(passages)
    for start, end, number in Hidden(plan.hide).found(whole):
        hidden[start:end] = [True] * (end - start)
        passage = sum(1 for one in starts if one <= start)
        places.append(Place(words=number, where=f"passage {passage}, character {start - starts[passage - 1] + 1}"))
    texts = [_shown(whole, hidden, at, at + len(words)) for at, (_, words) in zip(starts, passages, strict=True)]
    roles = [role for role, _ in passages]
    made = _page(roles, texts) if plan.ending == "html" else _BETWEEN.join(texts) + "\n"
    return Made(data=made.encode(), places=tuple(places))


def _starts(passages: Sequence[tuple[str, str]]) -> list[int]:
    starts, length = [], 0
    for _, words in passages:
        starts.append(length)
        length += len(words) + len(_BETWEEN)
    return starts


def _shown(whole: str, hidden: Sequence[bool], start: int, end: int) -> str:
    """One passage with a mark for each run of hidden characters."""
    made: list[str] = []
    for place in range(start, end):
        if hidden[place]:
            if place == start or not hidden[place - 1]:
                made.append(MARK)
        elif whole[place] == "\n" or unicodedata.category(whole[place]) not in _UNSEEN:
            made.append(whole[place])
        elif whole[place] == "\t":
            made.append(" ")
    return "".join(made).strip()


def _page(roles: Sequence[str], texts: Sequence[str]) -> str:
    lines = ["<!doctype html>", '<meta charset="utf-8">', "<title>Redacted text</title>"]
    for role, text in zip(roles, texts, strict=True):
        name = "h2" if role in _HEADINGS else "p"
        lines.append(f"<{name}>{html.escape(text).replace(chr(10), '<br>')}</{name}>")
    return "\n".join(lines) + "\n"
