"""The file made, looked at again: nothing may be in it but content.

1. PNG: chunks IHDR, IDAT and IEND alone, no byte after the end.
2. JPEG: a JFIF head without thumbnail, tables and one scan; no comment, no application data, no byte after the end.

Example::

    check_made(data, "png")      # raises SealError where anything else is in it
"""

import struct

from quoth.errors import SealError

__all__ = ["check_made"]

_TABLES = frozenset({0xDB, 0xC0, 0xC4})
_JFIF = b"JFIF\0"


def check_made(data: bytes, ending: str) -> None:
    """Raise :class:`SealError` where a file of this ending holds more than it should."""
    looks = {"png": _png, "jpg": _jpeg}
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
