"""What bytes are, by their first ones.

- The name of a file says nothing here.
- A kind without an opener is *unknown*: it is searched as it stands and said to be not looked into.

Example::

    kind_of(b"%PDF-1.7 …")      # Kind.PDF
"""

import enum

from quoth.seal.leak_turns import is_text

__all__ = ["Kind", "kind_of"]


class Kind(enum.Enum):
    """What is opened in which way."""

    TEXT = "text"
    ZIP = "ZIP archive"
    STREAM = "compressed stream"
    TAR = "tar archive"
    PDF = "PDF"
    PICTURE = "picture"
    SOUND = "sound or video"
    SQLITE = "SQLite database"
    OLE = "old Office file"
    PLAIN = "file without packed parts"
    CLOSED = "packed file that cannot be opened here"
    EMPTY = "empty"
    UNKNOWN = "unknown"


_HEADS: tuple[tuple[bytes, Kind], ...] = (
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"\x1f\x8b\x08", Kind.STREAM),
    (b"BZh", Kind.STREAM),
    (b"\xfd7zXZ\x00", Kind.STREAM),
    (b"\x89PNG\r\n\x1a\n", Kind.PICTURE),
    (b"\xff\xd8\xff", Kind.PICTURE),
    (b"GIF87a", Kind.PICTURE),
    (b"GIF89a", Kind.PICTURE),
    (b"II*\x00", Kind.PICTURE),
    (b"MM\x00*", Kind.PICTURE),
    (b"BM", Kind.PICTURE),
    (b"SQLite format 3\x00", Kind.SQLITE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLE),
    (b"OggS", Kind.SOUND),
    (b"ID3", Kind.SOUND),
    (b"fLaC", Kind.SOUND),
    (b"\x1aE\xdf\xa3", Kind.SOUND),
    (b"FORM", Kind.SOUND),
    (b"\x00\x01\x00\x00\x00", Kind.PLAIN),
    (b"OTTO\x00", Kind.PLAIN),
    (b"wOFF", Kind.PLAIN),
    (b"7z\xbc\xaf\x27\x1c", Kind.CLOSED),
    (b"Rar!\x1a\x07", Kind.CLOSED),
    (b"\x28\xb5\x2f\xfd", Kind.CLOSED),
    (b"\x04\x22\x4d\x18", Kind.CLOSED),
    (b"age-encryption.org/", Kind.CLOSED),
    (b"-----BEGIN AGE ENCRYPTED", Kind.CLOSED),
    (b"-----BEGIN PGP MESSAGE", Kind.CLOSED),
    (b"Salted__", Kind.CLOSED),
)


def kind_of(data: bytes) -> Kind:
    """The kind of ``data``, from its beginning and, for text, all of it."""
    if not data:
        return Kind.EMPTY
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    for head, kind in _HEADS:
        if data.startswith(head) and (kind is not Kind.PICTURE or head != b"BM" or data[6:10] == b"\0\0\0\0"):
            return kind
    if data[257:262] == b"ustar":
        return Kind.TAR
    if data[:4] in (b"RIFF", b"RF64"):
        return Kind.PICTURE if data[8:12] == b"WEBP" else Kind.SOUND
    if data[4:8] in (b"ftyp", b"moov", b"mdat"):
        return Kind.CLOSED if data[8:12] in (b"avif", b"heic", b"heix", b"mif1") else Kind.SOUND
    if data[0] == 0x78 and len(data) > 2 and (data[0] * 256 + data[1]) % 31 == 0 and data[1] in b"\x01\x5e\x9c\xda":
        return Kind.STREAM
    if data[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9"):
        return Kind.SOUND
    return Kind.TEXT if is_text(data) else Kind.UNKNOWN
