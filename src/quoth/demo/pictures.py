"""Drawn photographs with captions, credits and dates inside the files.

EXIF carries caption, author, copyright and time; IPTC (IIM 4) carries caption,
by-line, credit, place and date, as picture desks write them.
"""

import io
import random
import struct
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter

__all__ = ["Caption", "as_jpeg", "coat", "gate", "landing_stage"]

_EXIF_IFD, _ORIGINAL = 0x8769, 0x9003
_DESCRIPTION, _ARTIST, _COPYRIGHT, _TIME, _SOFTWARE = 0x010E, 0x013B, 0x8298, 0x0132, 0x0131


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """What a picture desk writes into a file; `taken` is YYYY-MM-DDThh:mm:ss."""

    headline: str
    text: str
    author: str
    credit: str
    taken: str


def _sky(size: tuple[int, int], top: tuple[int, int, int], low: tuple[int, int, int]) -> Image.Image:
    width, height = size
    strip = Image.new("RGB", (1, height))
    for y in range(height):
        mixed = [a + (b - a) * y // height for a, b in zip(top, low, strict=True)]
        strip.putpixel((0, y), (mixed[0], mixed[1], mixed[2]))
    return strip.resize((width, height))


def _grain(image: Image.Image, seed: int) -> Image.Image:
    """A little sensor noise, the same for the same seed."""
    small = (image.width // 2, image.height // 2)
    raw = random.Random(seed).randbytes(small[0] * small[1])  # noqa: S311  a fixed seed is wanted
    noise = Image.frombytes("L", small, raw).resize(image.size).convert("RGB")
    return Image.blend(image.filter(ImageFilter.GaussianBlur(1)), noise, 0.035)


def landing_stage(size: tuple[int, int]) -> Image.Image:
    """A low island with a long house and a landing stage, from the sea."""
    width, height = size
    image = _sky(size, (116, 128, 140), (196, 196, 188))
    draw = ImageDraw.Draw(image)
    line = height * 62 // 100
    draw.rectangle((0, line, width, height), fill=(86, 102, 110))
    for wave in range(26):
        y = line + 6 + wave * (height - line) // 26
        x = (wave * 137) % width
        draw.line((x - 60, y, x + 70, y), fill=(112, 128, 134), width=2)
    draw.polygon(
        [
            (width * 14 // 100, line),
            (width * 26 // 100, line - height // 9),
            (width * 70 // 100, line - height // 8),
            (width * 92 // 100, line),
        ],
        fill=(72, 78, 66),
    )
    left, roof = width * 30 // 100, line - height // 5
    draw.rectangle((left, roof, left + width * 34 // 100, line - height // 10), fill=(176, 168, 150))
    draw.polygon(
        [
            (left - 8, roof),
            (left + 24, roof - height // 14),
            (left + width * 34 // 100 - 24, roof - height // 14),
            (left + width * 34 // 100 + 8, roof),
        ],
        fill=(98, 62, 52),
    )
    for window in range(9):
        x = left + 10 + window * width * 36 // 1000
        draw.rectangle((x, roof + 10, x + 8, roof + 22), fill=(52, 56, 60))
    stage = width * 22 // 100
    draw.rectangle((stage, line - 6, stage + width * 17 // 100, line), fill=(60, 48, 40))
    for post in range(7):
        x = stage + post * width * 27 // 1000
        draw.rectangle((x, line, x + 4, line + height // 12), fill=(48, 40, 36))
    return _grain(image, 1)


def gate(size: tuple[int, int]) -> Image.Image:
    """A wrought gate between two lamps in a grey wall."""
    width, height = size
    image = _sky(size, (70, 76, 88), (120, 122, 124))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height * 30 // 100, width, height * 84 // 100), fill=(136, 130, 120))
    for row in range(9):
        y = height * 30 // 100 + row * height * 6 // 100
        draw.line((0, y, width, y), fill=(112, 106, 98), width=2)
    left, right = width * 38 // 100, width * 62 // 100
    draw.rectangle((left, height * 34 // 100, right, height * 84 // 100), fill=(40, 44, 48))
    for bar in range(11):
        x = left + bar * (right - left) // 10
        draw.line((x, height * 34 // 100, x, height * 84 // 100), fill=(16, 18, 20), width=4)
    draw.line((left, height * 56 // 100, right, height * 56 // 100), fill=(16, 18, 20), width=6)
    for x in (left - 40, right + 40):
        draw.rectangle((x - 5, height * 44 // 100, x + 5, height * 84 // 100), fill=(30, 30, 30))
        draw.ellipse((x - 16, height * 37 // 100, x + 16, height * 46 // 100), fill=(238, 216, 150))
    draw.rectangle((0, height * 84 // 100, width, height), fill=(84, 84, 82))
    return _grain(image, 2)


def coat(size: tuple[int, int]) -> Image.Image:
    """A stairway with a coat on a hook."""
    width, height = size
    image = _sky(size, (186, 178, 160), (150, 140, 122))
    draw = ImageDraw.Draw(image)
    for step in range(9):
        top = height - step * height // 10
        draw.rectangle(
            (width * (34 + step * 7) // 100, top - height // 10, width, top),
            fill=(112 - step * 4, 92 - step * 3, 74 - step * 3),
        )
    x, y = width * 20 // 100, height * 22 // 100
    draw.line((x, y - 14, x, y), fill=(40, 36, 32), width=6)
    draw.polygon(
        [
            (x - 46, y + 14),
            (x, y),
            (x + 46, y + 14),
            (x + 62, y + height * 52 // 100),
            (x - 62, y + height * 52 // 100),
        ],
        fill=(44, 54, 66),
    )
    draw.line((x, y + 6, x, y + height * 52 // 100), fill=(28, 36, 44), width=3)
    for button in range(4):
        at = y + 50 + button * 34
        draw.ellipse((x + 8, at, x + 16, at + 8), fill=(150, 140, 110))
    return _grain(image, 3)


def _dataset(record: int, number: int, value: bytes) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value


def _iptc(caption: Caption) -> bytes:
    """An APP13 segment: Photoshop resource 0x0404 with IIM datasets."""
    day = caption.taken[:10].replace("-", "")
    body = _dataset(1, 90, b"\x1b%G") + _dataset(2, 0, b"\x00\x04")
    for number, text in (
        (5, caption.headline),
        (55, day),
        (80, caption.author),
        (90, "Kelsund"),
        (101, "Orvane"),
        (110, caption.credit),
        (116, f"© {caption.credit}"),
        (120, caption.text),
    ):
        body += _dataset(2, number, text.encode())
    resource = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(body)) + body
    resource += b"\x00" * (len(body) % 2)
    payload = b"Photoshop 3.0\x00" + resource
    return b"\xff\xed" + struct.pack(">H", len(payload) + 2) + payload


def as_jpeg(image: Image.Image, caption: Caption | None = None, quality: int = 68) -> bytes:
    """JPEG bytes, with EXIF and IPTC where a caption is given."""
    target = io.BytesIO()
    if caption is None:
        image.save(target, "JPEG", quality=quality, optimize=False)
        return target.getvalue()
    exif = Image.Exif()
    exif[_DESCRIPTION] = caption.text
    exif[_ARTIST] = caption.author
    exif[_COPYRIGHT] = caption.credit
    exif[_SOFTWARE] = "Halyard Raw 3"
    moment = caption.taken.replace("-", ":").replace("T", " ")
    exif[_TIME] = moment
    exif.get_ifd(_EXIF_IFD)[_ORIGINAL] = moment
    image.save(target, "JPEG", quality=quality, optimize=False, exif=exif.tobytes())
    data = target.getvalue()
    first = 2
    while data[first : first + 2] in (b"\xff\xe0", b"\xff\xe1"):
        first += 2 + int.from_bytes(data[first + 2 : first + 4], "big")
    return data[:first] + _iptc(caption) + data[first:]
