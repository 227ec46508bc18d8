"""What a picture's file says in EXIF, IPTC and XMP.

- Values are text as they stand; a name tells where each one came from.
- The date is the one on which the picture is said to have been made: a claim, not a finding.

Example::

    says(picture).lines      # (("exif-datetimeoriginal", "2031:05:02 10:31:00"), …)
"""

import dataclasses
import datetime
import re
import warnings
from collections.abc import Iterator
from typing import Any

from quoth.read.encoding import decode
from quoth.terms.when import When, day

__all__ = ["ImageSays", "says"]

_IPTC = {
    (2, 5): "iptc-title", (2, 55): "iptc-date-created", (2, 60): "iptc-time-created", (2, 80): "iptc-creator",
    (2, 90): "iptc-city", (2, 101): "iptc-country", (2, 105): "iptc-headline", (2, 110): "iptc-credit",
    (2, 115): "iptc-source", (2, 116): "iptc-copyright", (2, 120): "iptc-caption",
}  # fmt: skip
_EXIF = (
    "ImageDescription", "Artist", "Copyright", "DateTimeOriginal", "DateTimeDigitized", "DateTime",
    "OffsetTimeOriginal", "Make", "Model", "Software", "UserComment", "XPTitle", "XPComment", "XPAuthor",
)  # fmt: skip
_XMP = {
    "title": "xmp-title", "headline": "xmp-headline", "description": "xmp-caption", "creator": "xmp-creator",
    "credit": "xmp-credit", "source": "xmp-source", "rights": "xmp-copyright", "datecreated": "xmp-date-created",
    "createdate": "xmp-create-date", "city": "xmp-city", "country": "xmp-country",
}  # fmt: skip
_CAPTIONS = ("iptc-caption", "xmp-caption", "exif-imagedescription", "png-description", "exif-usercomment")
_CREDITS = ("iptc-credit", "xmp-credit", "iptc-creator", "xmp-creator", "exif-artist", "iptc-copyright", "png-author")
_TITLES = ("iptc-headline", "xmp-headline", "xmp-title", "iptc-title", "png-title", "exif-xptitle")
_DATES = ("exif-datetimeoriginal", "xmp-date-created", "iptc-date-created", "exif-datetimedigitized")
_CREATORS = ("iptc-creator", "xmp-creator", "exif-artist", "png-author")
_LONGEST = 4_000
_DAY = re.compile(r"(\d{4})[:-]?(\d{2})[:-]?(\d{2})")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ImageSays:
    """Names and values as they stand, and what they add up to."""

    lines: tuple[tuple[str, str], ...] = ()
    title: str = ""
    creator: str = ""
    credit: str = ""
    taken: When | None = None

    @property
    def captions(self) -> tuple[str, ...]:
        """Names of lines that are captions."""
        return _CAPTIONS

    @property
    def credits(self) -> tuple[str, ...]:
        """Names of lines that are credits."""
        return _CREDITS


def says(picture: Any) -> ImageSays:
    """All that the file of an open Pillow picture says of it."""
    lines = tuple(
        (name, value) for name, value in [*_exif(picture), *_iptc(picture), *_xmp(picture), *_png(picture)] if value
    )
    held = dict(reversed(lines))
    return ImageSays(
        lines=lines,
        title=_first(held, _TITLES),
        creator=_first(held, _CREATORS),
        credit=_first(held, ("iptc-credit", "xmp-credit")),
        taken=_taken(held),
    )


def _first(held: dict[str, str], names: tuple[str, ...]) -> str:
    return next((held[name] for name in names if name in held), "")


def _taken(held: dict[str, str]) -> When | None:
    for name in _DATES:
        match = _DAY.match(held.get(name, ""))
        if match:
            try:
                iso = datetime.date(int(match[1]), int(match[2]), int(match[3])).isoformat()
            except ValueError:
                continue
            return day(held[name], iso, basis=f"the file's own {name}: a claim of whoever wrote it")
    return None


def _plain(value: object) -> str:
    """A value as one line of text."""
    if isinstance(value, bytes):
        for mark, name in ((b"ASCII\0\0\0", ""), (b"UNICODE\0", "utf-16-le")):
            if value.startswith(mark):
                return _plain(value[8:].decode(name) if name and len(value) % 2 == 0 else value[8:])
        value = decode(value).text
    if isinstance(value, tuple | list):
        value = ", ".join(_plain(one) for one in value)
    return " ".join(str(value).replace("\0", " ").split())[:_LONGEST]


def _exif(picture: Any) -> Iterator[tuple[str, str]]:
    from PIL import ExifTags

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exif = picture.getexif()
            values = dict(exif) | dict(exif.get_ifd(ExifTags.IFD.Exif))
            place = dict(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, EOFError):
        return
    for number, value in values.items():
        name = ExifTags.TAGS.get(number, "")
        if name.startswith("XP") and isinstance(value, bytes):
            value = value.decode("utf-16-le", errors="replace")  # noqa: PLW2901 (Windows keeps these as UTF-16)
        if name in _EXIF:
            yield f"exif-{name.lower()}", _plain(value)
    for number, value in place.items():
        name = ExifTags.GPSTAGS.get(number, "")
        if name in ("GPSLatitude", "GPSLatitudeRef", "GPSLongitude", "GPSLongitudeRef", "GPSDateStamp", "GPSTimeStamp"):
            yield f"exif-{name.lower()}", _plain(value)


def _iptc(picture: Any) -> Iterator[tuple[str, str]]:
    from PIL import IptcImagePlugin

    try:
        found = IptcImagePlugin.getiptcinfo(picture) or {}
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError):
        return
    for key, name in _IPTC.items():
        if key in found:
            yield name, _plain(found[key])


def _xmp(picture: Any) -> Iterator[tuple[str, str]]:
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp")
    if not packet:
        return
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    data = packet if isinstance(packet, bytes) else str(packet).encode()
    try:
        tree = fromstring(data.strip(b"\0 \r\n"))
    except (ParseError, DefusedXmlException, ValueError):
        return
    for element in tree.iter():
        for tag, value in [*element.attrib.items(), (element.tag, None)]:
            name = _XMP.get(str(tag).rpartition("}")[2].lower())
            if name:
                yield name, _plain(value if value is not None else " ".join("; ".join(_texts(element)).split()))


def _texts(element: Any) -> Iterator[str]:
    for words in element.itertext():
        if words.strip():
            yield words.strip()


def _png(picture: Any) -> Iterator[tuple[str, str]]:
    for key in ("Title", "Author", "Description", "Copyright", "Creation Time", "comment", "Comment"):
        value = picture.info.get(key)
        if isinstance(value, str | bytes) and value:
            yield f"png-{key.lower().replace(' ', '-')}", _plain(value)
