"""Where something stands, bound to the digest of its target.

- Selectors follow the W3C Web Annotation Data Model (section 4.2): quote, text position,
  and media fragments for pages, times and cells.
- Character offsets are Unicode code points into the target's UTF-8 text, end exclusive.
- Every anchor into text carries the words themselves, so that anyone can prove it again.

Example::

    >>> extract("She said no.", 4, 8)
    Extract(start=4, end=8, exact='said')
"""

import dataclasses

from quoth.errors import TermsError
from quoth.terms.digest import Digest

__all__ = ["Anchor", "CellRef", "Extract", "InvalidAnchor", "PageBox", "TimeSpan", "anchor_at", "extract"]

CONTEXT = 32
"""Characters of prefix and suffix kept beside a quote."""


class InvalidAnchor(TermsError):
    """The anchor does not fit its target, or contradicts itself."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """Characters ``start`` to ``end`` (exclusive) of a text, and the words that stand there."""

    start: int
    end: int
    exact: str

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end or self.end - self.start != len(self.exact):
            raise InvalidAnchor(f"extract {self.start}..{self.end} does not fit its {len(self.exact)} characters")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PageBox:
    """Page (from 1) and a box on it in thousandths of a point, origin at the upper left."""

    page: int
    left: int
    top: int
    right: int
    bottom: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TimeSpan:
    """From ``start_ms`` to ``end_ms`` of a sound, in milliseconds."""

    start_ms: int
    end_ms: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CellRef:
    """Sheet, row (from 1, as in the file) and column (from 1; 0 = the whole row) of a table."""

    sheet: str
    row: int
    column: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where something stands in the object named ``target``.

    ``extract`` with ``prefix`` and ``suffix`` for text; ``page``, ``time`` or ``cell`` beside it
    where the target was made from pages, sound or a table.
    """

    target: Digest
    extract: Extract | None = None
    prefix: str = ""
    suffix: str = ""
    page: PageBox | None = None
    time: TimeSpan | None = None
    cell: CellRef | None = None


def extract(text: str, start: int, end: int) -> Extract:
    """Characters ``start`` to ``end`` of ``text``; raises :class:`InvalidAnchor` outside of it."""
    if not 0 <= start <= end <= len(text):
        raise InvalidAnchor(f"extract {start}..{end} lies outside a text of {len(text)} characters")
    return Extract(start=start, end=end, exact=text[start:end])


def anchor_at(target: Digest, text: str, start: int, end: int) -> Anchor:
    """An anchor with its words, 32 characters before and 32 after them."""
    return Anchor(
        target=target,
        extract=extract(text, start, end),
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )
