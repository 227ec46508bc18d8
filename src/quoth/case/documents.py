"""Documents put together from what reading gave.

- Only text renditions that carry reporting become documents; a table or a waveform does not.
- The day that relative dates are read against comes from the document's own head; what a person
  declared steps in where the head says nothing.

Example::

    documents_of("x-…", records, text_of=text_of, declared=declared_of(exhibit))
"""

import dataclasses
from collections.abc import Callable, Iterable

from quoth.record.document import Document
from quoth.record.exhibit import Exhibit
from quoth.record.kinds import Record
from quoth.record.passage import Passage
from quoth.record.rendition import Head, Rendition, RenditionKind
from quoth.terms.digest import Digest
from quoth.terms.when import When

__all__ = ["DeclaredHead", "declared_of", "documents_of"]

_TEXTS = frozenset({RenditionKind.TEXT, RenditionKind.OCR_TEXT, RenditionKind.TRANSCRIPT, RenditionKind.TRANSLATION})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredHead:
    """What a person declared of a document: outlet, and the day it is dated (ISO or empty)."""

    outlet: str = ""
    published: str = ""


def declared_of(exhibit: Exhibit) -> DeclaredHead:
    """The first outlet and the first day that the provenances of ``exhibit`` give."""
    return DeclaredHead(
        outlet=next((one.outlet for one in exhibit.provenances if one.outlet), ""),
        published=next((day for one in exhibit.provenances if (day := _as_day(one.claimed_date))), ""),
    )


def documents_of(
    exhibit: str,
    records: Iterable[Record],
    *,
    text_of: Callable[[Digest], str],
    declared: DeclaredHead,
) -> tuple[Document, ...]:
    """The documents of the exhibit with this id, in the order of its renditions."""
    renditions: list[Rendition] = []
    heads: list[Head] = []
    passages: dict[Digest, list[Passage]] = {}
    for record in records:
        if isinstance(record, Rendition) and record.kind in _TEXTS:
            renditions.append(record)
        elif isinstance(record, Head):
            heads.append(record)
        elif isinstance(record, Passage):
            passages.setdefault(record.anchor.target, []).append(record)
    head = heads[0] if heads else None
    made = []
    for rendition in renditions:
        inside = passages.get(rendition.content, [])
        if inside:
            made.append(
                Document(
                    exhibit=exhibit,
                    rendition=rendition,
                    head=head,
                    text=text_of(rendition.content),
                    passages=tuple(sorted(inside, key=lambda one: one.ordinal)),
                    published=_as_day(head.published if head else None) or declared.published,
                    outlet=declared.outlet or (head.outlet if head else ""),
                )
            )
    return tuple(made)


def _as_day(when: When | None) -> str:
    return when.earliest if when and when.earliest and when.earliest == when.latest else ""
