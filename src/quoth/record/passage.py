"""Passages: paragraph-sized pieces of a rendition, each with its anchor.

- The anchor carries the passage's text; ``quoth audit`` proves it against the bytes.
- The role says what the piece is on its page; only some roles are reporting.

Example::

    Passage(id="p-…", anchor=anchor_at(digest, text, 0, 40), role=PassageRole.BODY, ordinal=0)
"""

import dataclasses
import enum

from quoth.terms.anchor import Anchor
from quoth.terms.tongue import UNKNOWN, Tongue

__all__ = ["Passage", "PassageRole"]


class PassageRole(enum.Enum):
    """What a passage is on its page."""

    TITLE = "title"
    BYLINE = "byline"
    DATELINE = "dateline"
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"
    CREDIT = "credit"
    FURNITURE = "furniture"
    MAIL_HEADER = "mail-header"
    LINE = "line"
    ROW = "row"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of text in reading order; ``speaker`` is set on lines of a transcript."""

    id: str
    anchor: Anchor
    role: PassageRole = PassageRole.BODY
    ordinal: int = 0
    language: Tongue = UNKNOWN
    speaker: str = ""

    @property
    def text(self) -> str:
        """The words of the passage."""
        return self.anchor.extract.exact if self.anchor.extract else ""
