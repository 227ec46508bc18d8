r"""Kinds of text, told by how they begin.

- Text is what decodes, or what has the byte pattern of an older encoding; control characters speak
  against it.
- A mail, a mailbox, subtitles, JSON and tables show themselves; the rest is plain text.

Example::

    >>> text_kind("WEBVTT\n\n00:00.000 --> 00:02.000\nGood morning.")
    'text/vtt'
"""

import codecs
import re

__all__ = ["text_kind", "text_of"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(sorted({*range(32), 127} - {*b"\t\n\r\f\x1b"}))
_MAIL_HEADER = re.compile(
    r"(?:return-path|received|delivered-to|x-[\w-]+|from|to|cc|bcc|subject|date|message-id|mime-version|reply-to"
    r"|content-[\w-]+|dkim-signature|arc-[\w-]+|authentication-results|references|in-reply-to|sender|list-[\w-]+|thread-[\w-]+"
    r"|user-agent|importance)[ \t]*:",
    re.IGNORECASE,
)
_FIELD = re.compile(r"[!-9;-~]+[ \t]*:|[ \t]+\S")
_KEY_HEADERS = re.compile(r"^(from|to|subject|date|message-id|received)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_MBOX = re.compile(r"From \S+.*\b\d{4}\b.*\r?\n(?:>?From .*\r?\n)*[!-9;-~]+:", re.IGNORECASE)
_SRT = re.compile(r"\s*\d+[ \t]*\r?\n\s*\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}\s*-->\s*\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|article|section|main)\b",
    re.IGNORECASE | re.DOTALL,
)
_MHTML = re.compile(r"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_XML = re.compile(r"\s*<\?xml\b")
_SVG = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE\s+svg[^>]*>\s*)?<svg\b", re.DOTALL)
_JSON = re.compile(r'\s*(?:\{\s*(?:"|\}\s*\Z)|\[\s*(?:[\[{"\d\-\]]|true\b|false\b|null\b))')
_OPENINGS = (
    (re.compile(r"WEBVTT(?:[ \t\r\n]|\Z)"), "text/vtt"),
    (_SRT, "application/x-subrip"),
    (_MBOX, "application/mbox"),
    (re.compile(r"BEGIN:VCARD\b"), "text/vcard"),
    (re.compile(r"BEGIN:VCALENDAR\b"), "text/calendar"),
    (_SVG, "image/svg+xml"),
    (_HTML, "text/html"),
    (_XML, "application/xml"),
    (_JSON, "application/json"),
)
"""How a kind of text opens; the first that fits counts."""
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


def text_of(head: bytes) -> str | None:
    """``head`` as text (Latin-1 for older encodings, only to be looked at); ``None`` for other bytes."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            text = head[len(mark) :].decode(encoding, "replace")
            return text if text.count("\ufffd") <= 1 and "\0" not in text else None
    if b"\0" in head:
        return _bare_utf16(head)
    controls = len(head) - len(head.translate(None, _CONTROLS))
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return head.decode("latin-1") if _looks_written(head, controls) else None
    return text if controls * 100 <= len(head) else None


def _bare_utf16(head: bytes) -> str | None:
    """UTF-16 without its mark: nearly every second byte of European text is zero."""
    even, odd = head[0::2], head[1::2]
    for zeros, encoding in ((odd, "utf-16-le"), (even, "utf-16-be")):
        other = even if zeros is odd else odd
        if len(zeros) >= 8 and zeros.count(0) > 0.8 * len(zeros) and other.count(0) == 0:
            text = head[: len(head) // 2 * 2].decode(encoding, "replace")
            if sum(not (one.isprintable() or one.isspace()) for one in text) * 100 <= len(text):
                return text
    return None


def _looks_written(head: bytes, controls: int) -> bool:
    """Whether bytes that are not UTF-8 can be an older encoding: no controls, words or lines."""
    if controls or len(head) < 4:
        return False
    low = len(head.translate(None, bytes(range(0x80, 0x100))))
    spaces = sum(head.count(one) for one in b" \n\r\t")
    # GB 18030, Big5 and Shift JIS have few spaces, but then nearly every byte is high and some are line ends.
    return spaces * 40 >= len(head) or (low * 2 <= len(head) and head.count(b"\xff") * 50 <= len(head))


def text_kind(text: str) -> str:
    """The media type of a text by how it begins; ``text/plain`` where it shows nothing."""
    text = text.lstrip("\ufeff")
    for pattern, kind in _OPENINGS:
        if pattern.match(text):
            return kind
    if _is_mail(text):
        return "multipart/related" if text.startswith("From: <Saved by") and _MHTML.search(text) else "message/rfc822"
    return _table_kind(text) or "text/plain"


def _is_mail(text: str) -> bool:
    """Whether ``text`` opens with a header block of RFC 5322: known fields, then an empty line or the cut."""
    if not _MAIL_HEADER.match(text):
        return False
    block, _, rest = text.replace("\r\n", "\n").partition("\n\n")
    lines = block.split("\n")
    if not rest:
        lines = lines[:-1] or lines
    if not all(_FIELD.match(line) for line in lines):
        return False
    found = {match.group(1).lower() for match in _KEY_HEADERS.finditer(block)}
    return len(found) >= 2 and bool(found & {"from", "received", "message-id"})


def _table_kind(text: str) -> str:
    """The kind of a table: lines that all have the same number of separators outside of quotes.

    Five lines with two separators, or three with three. Commas that a space follows are prose.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    lines = [_QUOTED.sub("", line) for line in (lines[:-1] if len(text) > 4000 else lines)[:30] if line.strip()]
    for separator in "\t;,|":
        counts = {line.count(separator) for line in lines}
        width = max(counts, default=0)
        if len(counts) != 1 or width < 2 or len(lines) < (5 if width == 2 else 3):
            continue
        spaced = sum(line.count(separator + " ") for line in lines)
        if sum(map(len, lines)) < 40 * len(lines) * (width + 1) and spaced * 2 < width * len(lines):
            return "text/tab-separated-values" if separator == "\t" else "text/csv"
    return ""
