"""The file made, looked at again: nothing in it but content.

1. PNG: chunks IHDR, IDAT and IEND alone, no byte after the end.
2. JPEG: a JFIF head without thumbnail, tables and one scan; no comment, no application data, no byte after the end.
3. PDF: the objects of pictures alone, no text, no attachment, one end.
4. Text: UTF-8 without control characters or signs that readers do not see.
5. HTML: the same, with the tags of headings and paragraphs alone.

Example::

    check_made(data, "png")      # raises SealError where anything else is in it
"""

import re
import struct
import unicodedata

from quoth.errors import SealError

__all__ = ["check_made"]

_TABLES = frozenset({0xDB, 0xC0, 0xC4})
_NAMES = frozenset(
    b"Type Catalog Pages Count Kids Producer Page Parent MediaBox Contents Resources XObject P Length Subtype Image"
    b" Width Height ColorSpace DeviceRGB BitsPerComponent Filter DCTDecode Size Root Info".split()
)
_NAME = re.compile(rb"/([A-Za-z0-9#_.]+)")
_STREAM = re.compile(rb"\nstream\n.*?\nendstream", re.DOTALL)
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})
_HEAD = '<!doctype html>\n<meta charset="utf-8">\n<title>Redacted text</title>\n'
_TAG = re.compile(r"<(?!/?(?:p|h2)>|br>)")
_JFIF = b"JFIF\0"


def check_made(data: bytes, ending: str) -> None:
    """Raise :class:`SealError` where a file of this ending holds more than it should."""
    looks = {"png": _png, "jpg": _jpeg, "pdf": _pdf, "txt": _text, "html": _page}
    fault = looks[ending](data)
    if fault:
        raise SealError(f"what was made holds more than it should: {fault}", hint="nothing was written; report this")


def _png(data: bytes) -> str:
    """Step 1."""
    place, kinds = 8, []
    while place + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        kinds.append(kind)
        place += 12 + length
    plain = kinds[:1] == [b"IHDR"] and kinds[-1:] == [b"IEND"] and set(kinds[1:-1]) == {b"IDAT"}
    if not data.startswith(b"\x89PNG\r\n\x1a\n") or not plain:
        return "chunks beside the pixels"
    return "" if place == len(data) else "bytes after the end"


def _jpeg(data: bytes) -> str:
    """Step 2."""
    if not data.startswith(b"\xff\xd8"):
        return "bytes before the picture"
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] != 0xDA:
        mark = data[place + 1]
        (length,) = struct.unpack_from(">H", data, place + 2)
        body = data[place + 4 : place + 2 + length]
        jfif = mark == 0xE0 and body.startswith(_JFIF) and length == 16 and body[-2:] == b"\0\0"
        if not jfif and mark not in _TABLES:
            return f"a segment FF{mark:02X}"
        place += 2 + length
    end = data.find(b"\xff\xd9", place)
    return "" if end == len(data) - 2 else "bytes after the end, or no end"


def _pdf(data: bytes) -> str:
    """Step 3."""
    frame = _STREAM.sub(b"", data)
    if not set(_NAME.findall(frame)) <= _NAMES:
        return "names beside those of pictures"
    if data.count(b"%%EOF") != 1 or not data.endswith(b"%%EOF\n") or frame.count(b"startxref") != 1:
        return "bytes after the end, or more than one end"
    pictures = [one for one in _STREAM.findall(data) if one.startswith(b"\nstream\n\xff\xd8")]
    if frame.count(b"/DCTDecode") != len(pictures) or any(_jpeg(one[8:-10]) for one in pictures):
        return "a stream that is no plain picture"
    return _layer_of(data)


def _layer_of(data: bytes) -> str:
    """What a reader of PDF finds beside pictures; an answer of its own, apart from the names above."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            if page.get_textpage().count_chars():
                return "a text layer"
        told = {key: value for key, value in document.get_metadata_dict().items() if value}
        return "metadata" if set(told) != {"Producer"} or document.count_attachments() else ""
    finally:
        document.close()


def _text(data: bytes) -> str:
    """Step 4."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return "bytes that are no UTF-8"
    unseen = any(one != "\n" and unicodedata.category(one) in _UNSEEN for one in text)
    return "signs that readers do not see" if unseen else ""


def _page(data: bytes) -> str:
    """Step 5."""
    fault = _text(data)
    if fault:
        return fault
    text = data.decode()
    body = text.removeprefix(_HEAD)
    return "tags beside headings and paragraphs" if body == text or _TAG.search(body) else ""
