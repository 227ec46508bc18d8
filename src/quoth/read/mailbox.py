"""Mailboxes (mbox): every message an exhibit to be, its bytes untouched.

- Messages are divided at ``From `` lines after a blank line (RFC 4155); the file is read as a
  stream, one message at a time.
- At most 1,000 messages and 200 MiB are taken; a finding names how many there were.

Example::

    read(open("archive.mbox", "rb"), request, reader=MAILBOX)
"""

import email.parser
import email.policy
from collections.abc import Iterator
from typing import BinaryIO

from quoth.read.mail import MOST_PARTS, header_words
from quoth.read.readout import Blob, Reader, Readout, ReadRequest, unread
from quoth.read.rendering import Pieces, TextDraft
from quoth.record.passage import PassageRole
from quoth.record.rendition import Head, Part, RenditionKind

__all__ = ["messages_in", "read"]

MOST_BYTES = 200 * 2**20
MOST_COUNTED = 2 * 2**30
_CHUNK = 2**20


def messages_in(source: BinaryIO) -> Iterator[bytes]:
    """The messages of a mailbox without their ``From `` lines, as they stand."""
    lines: list[bytes] = []
    blank, started = True, False
    for line in iter(lambda: source.readline(_CHUNK), b""):
        if blank and line.startswith(b"From "):
            if started:
                yield _whole(lines)
            lines, started, blank = [], True, False
            continue
        blank = line in (b"\n", b"\r\n")
        if started:
            lines.append(line)
    if started:
        yield _whole(lines)


def _whole(lines: list[bytes]) -> bytes:
    """A message without the blank line that belongs to the mailbox."""
    if lines and lines[-1] in (b"\n", b"\r\n") and len(lines) > 1:
        lines = lines[:-1]
    return b"".join(lines)


def read(source: BinaryIO, request: ReadRequest, *, reader: Reader) -> Readout:
    """Every message as a part, and a list of them."""
    parts: list[Part] = []
    blobs: dict[str, Blob] = {}
    pieces = Pieces(between="\n")
    count = size = seen = 0
    for message in messages_in(source):
        count += 1
        seen += len(message)
        if seen > MOST_COUNTED:
            break
        if len(parts) >= MOST_PARTS or size + len(message) > MOST_BYTES:
            continue
        size += len(message)
        blob = Blob.of(message)
        blobs.setdefault(blob.digest, blob)
        parts.append(_part(request, blob, count))
        pieces.add(_line(message, count), PassageRole.MAIL_HEADER)
    if not parts:
        return Readout(records=(unread(request, "no message was found in the mailbox", reader=reader),))
    findings = []
    if count > len(parts):
        least = "at least " if seen > MOST_COUNTED else ""
        findings.append(unread(request, f"{least}{count} messages: {len(parts)} taken", reader=reader))
    draft = TextDraft(text=pieces.text, spans=pieces.spans, kind=RenditionKind.METADATA)
    return draft.finish(request, reader).readout(Head(of=request.digest)) + Readout(
        records=(*parts, *findings), blobs=tuple(blobs.values())
    )


def _part(request: ReadRequest, blob: Blob, ordinal: int) -> Part:
    return Part(
        of=request.digest,
        content=blob.digest,
        name=f"message-{ordinal:04d}.eml",
        media_type="message/rfc822",
        size=len(blob.data),
        ordinal=ordinal,
    )


def _line(message: bytes, ordinal: int) -> str:
    """One line of the list: number, date, sender, subject."""
    header = email.parser.BytesHeaderParser(policy=email.policy.compat32).parsebytes(message[:65536])
    words = [header_words(header[name] or "") for name in ("Date", "From", "Subject")]
    return "\t".join([str(ordinal), *words])
