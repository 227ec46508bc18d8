"""Drafts: statements as character spans, before they become records.

- Frames, quotations and silence all give drafts; ``engine`` turns them into records.
- ``rule`` says in plain words why; its confidence was measured, see ``CONFIDENCE``.

Example::

    Draft(source=(0, 3), cue=(4, 8), content=((9, 20),), act=Act.SAY, rule="cue with a that-clause")
"""

import dataclasses
from collections.abc import Sequence
from typing import Protocol

from quoth.record.statement import Act, SourceType

__all__ = ["CONFIDENCE", "Draft", "Finder", "Span"]

Span = tuple[int, int]
"""Characters of the whole text, end exclusive."""

CONFIDENCE = {
    "quotation + inverted cue": 850,
    "quotation + cue after it": 750,
    "quotation after its cue": 650,
    "quotation after a speaker and a colon": 650,
    "quotation with no cue, speaker of the sentence before": 250,
    "quotation with no cue, last speaker": 200,
    "cue with a that-clause": 750,
    "cue with a clause": 600,
    "cue with a question clause": 720,
    "cue with an infinitive": 500,
    "cue with an -ing phrase": 450,
    "cue with a noun phrase": 400,
    "cue with a preposition": 400,
    "cue after its content": 600,
    "cue inside its content": 600,
    "according to": 600,
    "noun cue with a that-clause": 300,
    "adjective cue with a clause": 450,
    "passive cue, no source": 400,
    "passive cue with its agent": 400,
    "passive cue with an addressee": 400,
    "silence": 800,
    "refusal": 700,
    "details withheld, nobody named": 600,
    "question beside its answer": 600,
    "quotation, then a name after a dash": 600,
    "quotation after a sentence that leads to it": 600,
    "turn of a transcript": 850,
    "offer of evidence": 550,
    "handing over inside a statement": 400,
    "Chinese cue with what is said": 500,
    "Chinese quotation with its cue": 700,
    "Chinese source in a frame": 600,
    "Chinese silence or refusal": 600,
    "Chinese passive": 450,
    "Chinese noun cue": 450,
    "Chinese report or rumour": 550,
    "Chinese speaker and a colon": 700,
}
"""Rule → thousandths; see docs/attribute.md for how each was measured."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One statement found: spans of characters; ``source`` is ``None`` where nobody is named."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    act: Act
    rule: str
    addressee: Span | None = None
    medium: Span | None = None
    when: Span | None = None
    where: Span | None = None
    negative: bool = False
    passive: bool = False
    kind: SourceType | None = None
    """The type of the source as the finder sees it; decided from its words where there is none."""
    confidence: int | None = None
    """Thousandths; the rule's own where there is none."""

    @property
    def sure(self) -> int:
        """The confidence in thousandths, whoever found the draft."""
        return CONFIDENCE[self.rule] if self.confidence is None else self.confidence


class Finder(Protocol):
    """Whoever finds statements in a text: the tagger, a spaCy pipeline, a model behind an address.

    ``tool`` and ``version`` name it in the records; a new version repeats the work.
    """

    @property
    def tool(self) -> str:
        """Name of the tool, such as ``quoth.attribute.tagger``."""
        ...

    @property
    def version(self) -> str:
        """Version of the tool with its weights."""
        ...

    def find(self, text: str, paragraphs: Sequence[Span], ruled: Sequence[Draft]) -> list[Draft]:
        """Drafts found in ``text``, in the order of their cues; ``paragraphs`` are spans in order.

        ``ruled`` is what the rules found: a finder may lean on it, or not.
        Every draft has a ``confidence`` and says in ``rule`` why. Raises ``AttributeRoomError`` when it cannot work.
        """
        ...
