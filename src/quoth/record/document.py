"""A document: one text with its passages, as the rooms see it.

It is put together from records and never written: the rooms after reading take it as input.

Example::

    Document(exhibit="x-…", rendition=rendition, head=head, text=text, passages=passages)
"""

import dataclasses

from quoth.record.passage import Passage
from quoth.record.rendition import Head, Rendition
from quoth.terms.digest import Digest

__all__ = ["Document"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text rendition of one exhibit. All extracts count characters of ``text``.

    ``published`` is the ISO day that relative dates are read against, or empty; ``outlet`` who
    speaks where nobody is named.
    """

    exhibit: str
    rendition: Rendition
    head: Head | None
    text: str
    passages: tuple[Passage, ...]
    published: str = ""
    outlet: str = ""

    @property
    def content(self) -> Digest:
        """The digest of the text that all extracts point into."""
        return self.rendition.content
