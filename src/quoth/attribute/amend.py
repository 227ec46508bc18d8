"""A statement as a person corrects it: parts by their words.

- A part is given by its words, which must stand once in the statement's paragraphs, or by ``START-END``.
- What follows from the parts (form, kind of source, slips in the wording) is worked out again.
- The id stays: the corrected statement stands in the place of the one suggested.

Example::

    amended(statement, text, (120, 410), {"source": ["the harbour master"], "act": ["warn"]})
"""

import dataclasses
import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from quoth.attribute.details import fidelity_of
from quoth.attribute.drafts import Span
from quoth.attribute.quotes import pair_quotes
from quoth.attribute.sources import type_of
from quoth.errors import AttributeRoomError
from quoth.record.statement import Act, Form, Polarity, SourceType, Statement
from quoth.terms.anchor import Extract, extract

__all__ = ["CHOICES", "PARTS", "REASON", "amended"]

PARTS = ("source", "cue", "content", "addressee")
"""Parts that can be corrected by their words; only content and addressee may stand in several pieces."""
CHOICES: dict[str, tuple[str, ...]] = {
    "act": tuple(one.value for one in Act),
    "polarity": tuple(one.value for one in Polarity),
    "source_type": tuple(one.value for one in SourceType),
}
"""What else can be corrected, with its values."""
_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")
REASON = "corrected by a person"
"""What a corrected statement gives as its reason."""


def amended(statement: Statement, text: str, inside: Span, changes: Mapping[str, Sequence[str]]) -> Statement:
    """``statement`` with ``changes``: for each of :data:`PARTS` and :data:`CHOICES` that changes, its new words.

    An empty part is gone. ``inside`` are the characters of ``text`` in which words are looked for.
    Raises :class:`AttributeRoomError` for words that are not there, or there twice, and for what is no statement.
    """
    fields: dict[str, Any] = {
        name: _found(text, inside, name, changes[name]) for name in PARTS if changes.get(name) is not None
    }
    for name, kind in (("act", Act), ("polarity", Polarity), ("source_type", SourceType)):
        for word in changes.get(name) or ():
            if word not in CHOICES[name]:
                raise AttributeRoomError(f"{word!r} is no {name}", hint=f"one of: {', '.join(CHOICES[name])}")
            fields[name] = kind(word)
    if "source" in fields:
        fields |= {"source_refers_to": None, "source_may_refer_to": None}
        words = fields["source"][0].exact if fields["source"] else ""
        fields.setdefault("source_type", type_of(words, "") if words else SourceType.NONE)
    made = dataclasses.replace(statement, **fields, confidence=1000, reason=REASON, tool="", version="")
    _sound(made)
    return dataclasses.replace(
        made,
        form=_form(text, inside, made.content) if "content" in fields else made.form,
        fidelity=fidelity_of(" ".join(one.exact for one in made.content)),
    )


def _found(text: str, inside: Span, name: str, given: Sequence[str]) -> tuple[Extract, ...]:
    spans = sorted(_span(text, inside, name, words.strip()) for words in given if words.strip())
    if name in ("source", "cue") and len(spans) > 1:
        raise AttributeRoomError(f"a statement has one {name}", hint="give the one that says most")
    if any(one[1] > other[0] for one, other in itertools.pairwise(spans)):
        raise AttributeRoomError(f"two pieces of the {name} overlap", hint="give each piece once")
    return tuple(extract(text, *span) for span in spans)


def _span(text: str, inside: Span, name: str, words: str) -> Span:
    low, high = inside
    if place := _PLACE.fullmatch(words):
        start, end = int(place[1]), int(place[2])
        if not low <= start < end <= high:
            raise AttributeRoomError(
                f"the {name} {words} lies outside the statement's paragraphs", hint=f"they are {low}-{high}"
            )
        return start, end
    loose = r"\s+".join(map(re.escape, words.split()))
    places = [match.span() for match in re.finditer(loose, text[low:high])]
    if not places:
        raise AttributeRoomError(
            f"the {name} {words!r} does not stand there", hint="give the words as the text has them"
        )
    if len(places) > 1:
        known = ", ".join(f"{low + start}-{low + end}" for start, end in places)
        raise AttributeRoomError(f"the {name} {words!r} stands there {len(places)} times", hint=f"give one of: {known}")
    return low + places[0][0], low + places[0][1]


def _sound(statement: Statement) -> None:
    """What the corpus and the reader both ask of a statement."""
    if not statement.content or not (statement.cue or statement.source):
        raise AttributeRoomError(
            "a statement needs content, and a cue or a source", hint="reject the suggestion if it is none"
        )
    for cue in statement.cue:
        if any(cue.start < piece.end and piece.start < cue.end for piece in statement.content):
            raise AttributeRoomError("the cue lies in the content", hint="give the content in pieces around the cue")


def _form(text: str, inside: Span, content: tuple[Extract, ...]) -> Form:
    quoted: set[int] = set()
    for match in re.finditer(r"[^\n]+", text[inside[0] : inside[1]]):
        start, end = inside[0] + match.start(), inside[0] + match.end()
        for quote in pair_quotes(text, start, end):
            if quote.level == 0:
                quoted.update(range(quote.start, quote.end))
    total = sum(one.end - one.start for one in content)
    share = sum(place in quoted for one in content for place in range(one.start, one.end))
    if share == 0:
        return Form.INDIRECT
    return Form.DIRECT if share * 10 >= total * 9 else Form.MIXED
