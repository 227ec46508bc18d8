"""How long a WAV file says it plays, by its own header.

- Decoders take what is there; only the header tells that something is missing at the end.
- A header that leaves the length open (streams do) promises nothing.

Example::

    promised_ms(open("call.wav", "rb"))     # 31840, or 0
"""

import struct
from typing import BinaryIO

__all__ = ["promised_ms"]

_MOST_CHUNKS = 64
_OPEN = (0, 0xFFFFFFFF, 0x7FFFFFFF)


def promised_ms(source: BinaryIO) -> int:
    """Milliseconds that the ``fmt`` and ``data`` chunks promise; 0 for other files. Rewinds ``source``."""
    try:
        return _promised(source)
    finally:
        source.seek(0)


def _promised(source: BinaryIO) -> int:
    start = source.read(12)
    if start[:4] != b"RIFF" or start[8:] != b"WAVE":
        return 0
    rate = 0
    for _ in range(_MOST_CHUNKS):
        head = source.read(8)
        if len(head) < 8:
            return 0
        name, size = struct.unpack("<4sI", head)
        if name == b"data":
            return round(size * 1000 / rate) if rate and size not in _OPEN else 0
        if name == b"fmt " and size >= 16:
            body = source.read(16)
            if len(body) < 16:
                return 0
            rate = struct.unpack("<I", body[8:12])[0]
            source.seek(size - 16 + size % 2, 1)
        else:
            source.seek(size + size % 2, 1)
    return 0
