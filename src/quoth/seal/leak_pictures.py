"""A picture's hidden fields, and its pixels made ready for reading.

- Pieces of EXIF, XMP, IPTC and colour profiles that a JPEG divides among segments are put together.
- Every frame is given to be read, turned as its EXIF asks; small ones are enlarged, those of one colour left out.
- A picture that cannot be decoded is a gap.

Example::

    for part in picture_parts(jpeg, Limits()): ...
"""

import io
import struct
import warnings
from collections.abc import Iterator

from quoth.seal.leak_parts import Gap, Limits, Part

__all__ = ["frames", "picture_parts"]

_SMALL, _LARGE = 900, 3000
_LEAST = 12
_EXTENDED = b"http://ns.adobe.com/xmp/extension/\0"


def picture_parts(data: bytes) -> Iterator[Part | Gap]:
    """Fields of the file that may be divided or packed; the pixels come from :func:`frames`."""
    if data.startswith(b"\xff\xd8"):
        yield from _segments(data)
    elif data.startswith(b"\x89PNG"):
        yield from _chunks(data)


def _segments(data: bytes) -> Iterator[Part | Gap]:
    joined: dict[int, bytearray] = {}
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] != 0xDA:
        mark = data[place + 1]
        if mark in (0xFF, 0x01) or 0xD0 <= mark <= 0xD8:
            place += 1 if mark == 0xFF else 2
            continue
        (length,) = struct.unpack_from(">H", data, place + 2)
        if _is_told(mark):
            body = data[place + 4 : place + 2 + length]
            head = 75 if body.startswith(_EXTENDED) else 14 if body.startswith(b"ICC_PROFILE\0") else 0
            joined.setdefault(mark, bytearray()).extend(body[head:])
        place += 2 + length
    for mark, held in joined.items():
        yield Part(label=f"segments FF{mark:02X} together", data=bytes(held), known=True)


def _is_told(mark: int) -> bool:
    return 0xE0 <= mark <= 0xEF or mark == 0xFE


def _chunks(data: bytes) -> Iterator[Part | Gap]:
    place = 8
    while place + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        if kind not in (b"IDAT", b"fdAT", b"PLTE", b"IHDR", b"IEND"):
            body = data[place + 8 : place + 8 + length]
            yield Part(label=f"chunk {kind.decode('ascii', 'replace')}", data=body, known=True)
        place += 12 + length
        if kind == b"IEND":
            break
    if place < len(data):
        yield Part(label="bytes after the end", data=data[place:])


def frames(data: bytes, label: str, limits: Limits) -> Iterator[Part | Gap]:
    """Every frame as a PNG of a size that is read well."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(data))
            count = getattr(picture, "n_frames", 1)
            for number in range(min(count, limits.pictures)):
                picture.seek(number)
                frame = ImageOps.exif_transpose(picture)
                png = _ready(frame)
                if png:
                    yield Part(label=f"{label}, frame {number + 1}" if count > 1 else label, data=png, picture=True)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, struct.error):
        yield Gap(label=label, reason="the picture cannot be decoded")
    except Image.DecompressionBombError:
        yield Gap(label=label, reason="the picture has too many pixels")


def _ready(frame: object) -> bytes:
    """A PNG in grey, on white where it was clear; empty for a picture of one colour or too small for letters."""
    from PIL import Image

    if not isinstance(frame, Image.Image) or min(frame.size) < _LEAST:
        return b""
    shown = frame.convert("RGBA")
    ground = Image.new("RGBA", shown.size, "white")
    grey = Image.alpha_composite(ground, shown).convert("L")
    extremes = grey.getextrema()
    if extremes[0] == extremes[1]:
        return b""
    longest = max(grey.size)
    if longest < _SMALL:
        factor = min(4.0, _SMALL / longest)
        grey = grey.resize((round(grey.width * factor), round(grey.height * factor)), Image.Resampling.LANCZOS)
    elif longest > _LARGE:
        factor = _LARGE / longest
        grey = grey.resize((max(1, round(grey.width * factor)), max(1, round(grey.height * factor))))
    target = io.BytesIO()
    grey.save(target, "PNG", compress_level=1)
    return target.getvalue()
