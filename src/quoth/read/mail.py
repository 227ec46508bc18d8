"""Mail messages (EML): header lines, body, and parts.

- Header lines are decoded and kept one passage each; quoted text of earlier mail is evidence
  and becomes passages of its own.
- Attachments are given as parts with their bytes; they are read as exhibits of their own.
- At most 1,000 parts are taken; a finding names how many there were.

Example::

    read(open("letter.eml", "rb"), request, reader=MAIL)
"""

import contextlib
import dataclasses
import email
import email.errors
import email.header
import email.policy
import email.utils
import re
from collections.abc import Iterator
from email.message import Message
from typing import BinaryIO

from quoth.read.encoding import decode
from quoth.read.html import page_of
from quoth.read.paragraphs import Stretch, joined, lines_of, paragraphs
from quoth.read.readout import Blob, Reader, Readout, ReadRequest, unread
from quoth.read.rendering import Pieces, TextDraft, storable
from quoth.record.passage import PassageRole
from quoth.record.rendition import Head, Part, Setting
from quoth.terms.when import When, day

__all__ = ["MOST_PARTS", "header_words", "read"]

MOST_PARTS = 1_000
MOST_BYTES = 200 * 2**20
_HEADERS = ("From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date", "Subject", "Message-ID", "In-Reply-To")
_QUOTED = re.compile(r"(?:\s?>)+")
_PREFERRED = ("text/plain", "text/html")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Sorted:
    """The parts of a message: the one read as its body, unread twins of it, and the rest."""

    body: Message | None
    twins: tuple[Message, ...]
    others: tuple[Message, ...]


def read(source: BinaryIO, request: ReadRequest, *, reader: Reader) -> Readout:
    """The message's text, what its header says, and its parts."""
    data = source.read(MOST_BYTES + 1)
    message = email.message_from_bytes(data[:MOST_BYTES], policy=email.policy.compat32)
    grounds = [f"only the first {MOST_BYTES} bytes were read"] if len(data) > MOST_BYTES else []
    if not message.keys():
        ground = "no mail header was found"
        return Readout(records=(unread(request, ground, reader=reader),))
    found = _sorted(message)
    pieces = Pieces()
    for name in _HEADERS:
        for value in message.get_all(name, []):
            pieces.add(f"{name}: {header_words(value)}", PassageRole.MAIL_HEADER)
    lost = _add_body(pieces, found.body) if found.body is not None else 0
    if lost:
        grounds.append(f"{lost} stretches of bytes of the body could not be decoded and stand as �")
    parts, blobs, more = _parts(request, found.others)
    grounds += more
    rendered = TextDraft(text=pieces.text, spans=pieces.spans).finish(request, reader)
    head = _head(message, request, found.twins)
    findings = tuple(unread(request, ground, reader=reader) for ground in grounds)
    return rendered.readout(head) + Readout(records=(*parts, *findings), blobs=blobs)


def header_words(value: object) -> str:
    """A header's value decoded (RFC 2047) and on one line; undecodable words as they stand."""
    text = str(value)
    with contextlib.suppress(LookupError, ValueError, email.errors.HeaderParseError):
        text = str(email.header.make_header(email.header.decode_header(text)))
    return " ".join(storable(text).split())


def _sorted(message: Message) -> _Sorted:
    """Which leaf is the body: the first plain text, else the first HTML, that is no attachment."""
    leaves = list(_leaves(message))
    candidates = [leaf for leaf in leaves if leaf.get_content_type() in _PREFERRED and not _attached(leaf)]
    plain = [leaf for leaf in candidates if leaf.get_content_type() == "text/plain" and _bytes(leaf).strip()]
    body = next(iter(plain or candidates), None)
    twins = tuple(leaf for leaf in candidates if leaf is not body and _is_twin(message, leaf, body))
    others = tuple(leaf for leaf in leaves if leaf is not body and leaf not in twins)
    return _Sorted(body=body, twins=twins, others=others)


def _is_twin(message: Message, leaf: Message, body: Message | None) -> bool:
    """Whether ``leaf`` is the same message in another form (multipart/alternative, RFC 2046, 5.1.4)."""
    for one in message.walk():
        if one.get_content_type() == "multipart/alternative" and body is not None:
            inside = list(_leaves(one))
            if any(part is body for part in inside) and any(part is leaf for part in inside):
                return True
    return False


def _leaves(message: Message) -> Iterator[Message]:
    """Leaf parts in order; an attached message counts as one leaf."""
    waiting = [message]
    while waiting:
        one = waiting.pop()
        if one.is_multipart() and one.get_content_maintype() == "multipart":
            waiting.extend(reversed([part for part in one.get_payload() if isinstance(part, Message)]))
        else:
            yield one


def _attached(leaf: Message) -> bool:
    return leaf.get_content_disposition() == "attachment" or bool(leaf.get_filename())


def _bytes(leaf: Message) -> bytes:
    """A leaf's decoded bytes; an attached message as it stands."""
    if leaf.get_content_type() == "message/rfc822" and leaf.is_multipart():
        inner = leaf.get_payload(0)
        return inner.as_bytes() if isinstance(inner, Message) else b""
    payload = leaf.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _add_body(pieces: Pieces, body: Message) -> int:
    """Append the body; gives how many stretches of bytes were lost."""
    decoded = decode(_bytes(body), declared=str(body.get_content_charset() or ""))
    if body.get_content_type() == "text/html":
        page = page_of(decoded.text)
        for span in page.pieces.spans:
            pieces.add(page.pieces.text[span.start : span.end], span.role)
        return decoded.lost
    for words in _paragraphs(decoded.text):
        pieces.add(words)
    return decoded.lost


def _paragraphs(text: str) -> Iterator[str]:
    """Paragraphs with their lines joined; those of quoted mail begin with their marks (``>``), once."""
    depth, held = 0, ""
    for line in lines_of(text, Stretch(0, len(text)), empty=True):
        words = text[line.start : line.end]
        marks = _QUOTED.match(words)
        deep = marks.group().count(">") if marks else 0
        if deep != depth or not words[marks.end() if marks else 0 :].strip():
            yield from _unwrapped(held, depth)
            depth, held = deep, ""
        held += words[marks.end() if marks else 0 :].strip() + "\n"
    yield from _unwrapped(held, depth)


def _unwrapped(block: str, depth: int) -> Iterator[str]:
    """The paragraphs of one block: a block wrapped by hand is one, else every line is."""
    for stretch in paragraphs(block):
        words = ""
        for line in lines_of(block, stretch):
            words = joined(words, block[line.start : line.end])
        if words:
            yield f"{'>' * depth} {words}" if depth else words


def _parts(request: ReadRequest, leaves: tuple[Message, ...]) -> tuple[tuple[Part, ...], tuple[Blob, ...], list[str]]:
    parts: list[Part] = []
    blobs: dict[str, Blob] = {}
    for ordinal, leaf in enumerate(leaves[:MOST_PARTS], start=1):
        blob = Blob.of(_bytes(leaf))
        name = header_words(leaf.get_filename() or "") or f"part-{ordinal}"
        parts.append(
            Part(
                of=request.digest,
                content=blob.digest,
                name=name.replace("/", "_").replace("\\", "_")[:255],
                media_type=leaf.get_content_type(),
                size=len(blob.data),
                ordinal=ordinal,
            )
        )
        blobs.setdefault(blob.digest, blob)
    grounds = [f"{len(leaves)} parts: {MOST_PARTS} taken"] if len(leaves) > MOST_PARTS else []
    return tuple(parts), tuple(blobs.values()), grounds


def _head(message: Message, request: ReadRequest, twins: tuple[Message, ...]) -> Head:
    properties = [
        Setting(name=f"mail-{name.lower()}", value=header_words(message[name])[:1000])
        for name in ("To", "Cc", "Message-ID", "In-Reply-To", "List-ID", "User-Agent", "X-Mailer")
        if message[name]
    ]
    properties += [
        Setting(name="mail-other-form", value=f"{twin.get_content_type()}, {len(_bytes(twin))} bytes, not read")
        for twin in twins
    ]
    return Head(
        of=request.digest,
        title=header_words(message["Subject"] or ""),
        byline=header_words(message["From"] or ""),
        published=_date(header_words(message["Date"] or "")),
        properties=tuple(properties),
    )


def _date(words: str) -> When | None:
    """The day of a Date header, in the sender's own time zone; the words keep the offset."""
    try:
        moment = email.utils.parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return day(words, moment.date().isoformat(), basis="the message's Date header, in its own time zone")
