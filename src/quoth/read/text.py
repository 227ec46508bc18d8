r"""Plain text, and the head of a saved article.

- The rendition is the input itself, decoded; newlines and markup left in stay where they were.
- The encoding taken, and why, is kept in the rendition's settings.

Example::

    read(io.BytesIO(b"Title\n\nBody."), request, reader=TEXT)
"""

from typing import BinaryIO

from quoth.read.encoding import Decoded, decode
from quoth.read.readout import Reader, Readout, ReadRequest, unread
from quoth.read.rendering import MOST_PASSAGES, TextDraft, storable
from quoth.read.saved import Marked, mark
from quoth.record.finding import Finding
from quoth.record.rendition import Head
from quoth.terms.anchor import anchor_at

__all__ = ["MOST_BYTES", "read", "shortfalls"]

MOST_BYTES = 64 * 2**20
"""Bytes of text that are read; a finding says when there are more."""


def read(source: BinaryIO, request: ReadRequest, *, reader: Reader) -> Readout:
    """The text, its head and its paragraphs."""
    data = source.read(MOST_BYTES + 1)
    decoded = decode(data[:MOST_BYTES])
    text = storable(decoded.text)
    if not text.strip():
        return Readout(records=(unread(request, "the file holds no text", reader=reader),))
    marked = mark(text)
    rendered = TextDraft(text=text, spans=marked.spans, settings=decoded.settings).finish(request, reader)
    target = rendered.blob.digest
    head = Head(
        of=request.digest,
        title=marked.title,
        byline=marked.byline,
        place=marked.place,
        language=rendered.rendition.language,
        published=marked.published,
        updated=marked.updated,
        anchors=tuple(anchor_at(target, text, one.start, one.end) for one in marked.heads),
    )
    more = list(shortfalls(request, decoded, reader=reader))
    if len(data) > MOST_BYTES:
        more.append(unread(request, f"only the first {MOST_BYTES} of {request.size} bytes were read", reader=reader))
    if _undivided(marked):
        more.append(unread(request, f"only the first {MOST_PASSAGES} paragraphs became passages", reader=reader))
    return rendered.readout(head, *more)


def _undivided(marked: Marked) -> bool:
    return len(marked.spans) > MOST_PASSAGES


def shortfalls(request: ReadRequest, decoded: Decoded, *, reader: Reader) -> tuple[Finding, ...]:
    """Findings on characters that were lost in decoding, or that no store can hold."""
    made = []
    if decoded.lost:
        made.append(
            unread(
                request,
                f"{decoded.lost} stretches of bytes could not be decoded as {decoded.encoding} and stand as �",
                reader=reader,
            )
        )
    zeros = decoded.text.count("\0")
    if zeros:
        made.append(unread(request, f"{zeros} NUL characters stand as � in the text", reader=reader))
    return tuple(made)
