"""Statements and links as far as "who is he" goes.

- A source is a span; who says the statement around it is a number in the same list.
- Paragraphs, sentences and quotations are spans in the order of the text.
- A link that says nothing is a link too: nobody is named where nothing speaks for anyone.

Example::

    Said(source=(17, 20), kind=SourceType.NAMED, holder=-1, cue=21)
"""

import bisect
import dataclasses
from collections.abc import Sequence

from quoth.attribute.drafts import Span
from quoth.record.statement import SourceType

__all__ = ["Layout", "Link", "Said"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement as far as it matters here: its source, its kind, and the statement that it stands within.

    ``holder`` is an index into the same list, or -1; ``cue`` begins at this character.
    """

    source: Span | None
    kind: SourceType
    holder: int
    cue: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Whom a source stands for, and who else it may be; ``None`` where nothing speaks for anyone."""

    first: Span | None = None
    second: Span | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where paragraphs, sentences and outermost quotations stand; each in the order of the text."""

    paragraphs: Sequence[Span]
    sentences: Sequence[Span]
    quoted: Sequence[Span]

    def paragraph(self, at: int) -> int:
        """The number of the paragraph that holds character ``at``."""
        return _at(self.paragraphs, at)

    def sentence(self, at: int) -> int:
        """The number of the sentence that holds character ``at``."""
        return _at(self.sentences, at)

    def quote(self, at: int) -> int:
        """The number of the quotation in which character ``at`` stands, or -1."""
        index = _at(self.quoted, at)
        return index if index >= 0 and at < self.quoted[index][1] else -1


def _at(spans: Sequence[Span], at: int) -> int:
    return bisect.bisect_right(spans, at, key=_start) - 1


def _start(span: Span) -> int:
    return span[0]
