"""From a text and its spans to rendition, passages and blob.

- The text becomes UTF-8 bytes; their digest is the target of every anchor.
- A span longer than 8,000 characters is divided at a sentence end, or at a space.
- Characters that no store can hold (NUL, lone surrogates) become U+FFFD, one for one.

Example::

    draft = TextDraft(text="No.", spans=(Span(start=0, end=3),))
    rendered = draft.finish(request, reader)
"""

import dataclasses
import re
from collections.abc import Iterator

from quoth.read.language import language_of, script_of
from quoth.read.readout import Blob, Reader, Readout, ReadRequest
from quoth.record.kinds import Record
from quoth.record.passage import Passage, PassageRole
from quoth.record.rendition import Rendition, RenditionKind, Setting
from quoth.terms.anchor import Anchor, CellRef, PageBox, TimeSpan, anchor_at
from quoth.terms.digest import Digest
from quoth.terms.ident import ident
from quoth.terms.tongue import UNKNOWN, Tongue

__all__ = ["LONGEST", "MOST_PASSAGES", "Pieces", "Rendered", "Span", "TextDraft", "storable"]

LONGEST = 8_000
"""Characters that one passage may have."""
MOST_PASSAGES = 50_000
"""Passages that one rendition may have; the text itself is always kept whole."""
TEXT_TYPE = "text/plain;charset=utf-8"
_UNHOLDABLE = re.compile("[\x00\ud800-\udfff]")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"”’»」』)]*(?=\s|$)|[。！？][”’」』）]*")


def storable(text: str) -> str:
    """``text`` with NUL and lone surrogates as U+FFFD; as many characters as before."""
    return _UNHOLDABLE.sub("�", text)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive), and what stands there."""

    start: int
    end: int
    role: PassageRole = PassageRole.BODY
    page: PageBox | None = None
    time: TimeSpan | None = None
    cell: CellRef | None = None
    speaker: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A rendition with its passages and the blob that holds its bytes."""

    rendition: Rendition
    passages: tuple[Passage, ...]
    blob: Blob

    def readout(self, *more: Record) -> Readout:
        """As a readout, ``more`` records between the rendition and its passages."""
        return Readout(records=(self.rendition, *more, *self.passages), blobs=(self.blob,))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TextDraft:
    """A text on its way to a rendition. ``language`` is what the document says, or empty."""

    text: str
    spans: tuple[Span, ...] = ()
    kind: RenditionKind = RenditionKind.TEXT
    media_type: str = TEXT_TYPE
    settings: tuple[Setting, ...] = ()
    language: str = ""
    pages: int = 0
    duration_ms: int = 0
    note: str = ""

    def finish(self, request: ReadRequest, reader: Reader) -> Rendered:
        """The rendition, its passages with proved anchors, and its blob."""
        blob = Blob.of(self.text.encode())
        tongue = language_of(self._sample(), default=self.language or request.language)
        rendition = Rendition(
            of=request.digest,
            kind=self.kind,
            content=blob.digest,
            media_type=self.media_type,
            tool=reader.tool,
            version=reader.version,
            settings=request.settings + self.settings,
            language=tongue,
            characters=len(self.text),
            pages=self.pages,
            duration_ms=self.duration_ms,
            note=self.note,
        )
        divided = (part for span in self.spans for part in _divided(self.text, span))
        script = script_of(self._sample())
        passages = []
        for ordinal, span in enumerate(divided):
            if ordinal == MOST_PASSAGES:
                break
            passages.append(self._passage(blob.digest, span, ordinal, (tongue, script)))
        return Rendered(rendition=rendition, passages=tuple(passages), blob=blob)

    def _sample(self) -> str:
        """Up to 6,000 characters of what people wrote, for the language."""
        parts: list[str] = []
        room = 6_000
        for span in self.spans:
            if span.role not in (PassageRole.FURNITURE, PassageRole.MAIL_HEADER):
                parts.append(self.text[span.start : min(span.end, span.start + room)])
                room -= len(parts[-1])
            if room <= 0:
                break
        if self.spans or self.kind is RenditionKind.METADATA:
            return "\n".join(parts)
        return self.text[:room]

    def _passage(self, target: Digest, span: Span, ordinal: int, usual: tuple[Tongue, str]) -> Passage:
        made = anchor_at(target, self.text, span.start, span.end)
        anchor: Anchor = dataclasses.replace(made, page=span.page, time=span.time, cell=span.cell)
        words = self.text[span.start : span.end]
        tongue, script = usual
        own = script_of(words)
        language = tongue if own in ("", script) else language_of(words, default=UNKNOWN)
        return Passage(
            id=ident("p", target, span.start, span.end),
            anchor=anchor,
            role=span.role,
            ordinal=ordinal,
            language=language,
            speaker=span.speaker,
        )


def _divided(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while span.end - start > LONGEST:
        cut = _cut(text, start)
        yield dataclasses.replace(span, start=start, end=cut)
        start = cut
        while start < span.end and text[start].isspace():
            start += 1
    if start < span.end:
        yield dataclasses.replace(span, start=start)


def _cut(text: str, start: int) -> int:
    """Where to divide a long span that begins at ``start``: after its last whole sentence."""
    half = start + LONGEST // 2
    ends = [match.end() for match in _SENTENCE_END.finditer(text, half, start + LONGEST)]
    if ends:
        return ends[-1]
    space = max(text.rfind(" ", half, start + LONGEST), text.rfind("\n", half, start + LONGEST))
    return space if space > 0 else start + LONGEST


class Pieces:
    """A text put together from pieces in reading order, a blank line between them."""

    def __init__(self, *, between: str = "\n\n") -> None:
        self._between = between
        self._texts: list[str] = []
        self._spans: list[Span] = []
        self._length = 0

    def add(self, words: str, role: PassageRole = PassageRole.BODY, *, page: PageBox | None = None) -> Span | None:
        """Append ``words`` (trimmed) as one passage; nothing when they are empty."""
        words = storable(words).strip()
        if not words:
            return None
        start = self._length + (len(self._between) if self._texts else 0)
        span = Span(start=start, end=start + len(words), role=role, page=page)
        self._texts.append(words)
        self._spans.append(span)
        self._length = span.end
        return span

    @property
    def text(self) -> str:
        """All pieces."""
        return self._between.join(self._texts)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where each piece stands in ``text``."""
        return tuple(self._spans)
