"""Encodings that may hide a secret, each as a function from bytes to bytes.

- Those that are made of characters (entities, escapes) take text only: :func:`fits` says what fits what.
"""

import base64
import binascii
import bz2
import gzip
import io
import lzma
import urllib.parse
import zipfile
import zlib

__all__ = ["TEXT_ONLY", "WRAPS", "fits", "wrapped"]


def _charset(name):
    return lambda data: data.decode("utf-8").encode(name)


def _wrapped64(data):
    return base64.encodebytes(data)


def _zip(data):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("part"), data)
    return target.getvalue()


def _word(data):
    return b"Subject: =?utf-8?B?" + base64.b64encode(data) + b"?="


def _within(data):
    """In the middle of a packed stream of a kind that nobody knows."""
    return bytes(range(250, 256)) * 20 + zlib.compress(data) + bytes(range(7)) * 20


WRAPS = {
    "utf-16 le": _charset("utf-16-le"),
    "utf-16 be": _charset("utf-16-be"),
    "utf-16": _charset("utf-16"),
    "utf-32": _charset("utf-32-le"),
    "base64": base64.b64encode,
    "base64, shifted by 1": lambda data: base64.b64encode(b"-" + data),
    "base64, shifted by 2": lambda data: base64.b64encode(b"- " + data),
    "base64, glued": lambda data: b"key" + base64.b64encode(data),
    "base64, in lines": _wrapped64,
    "base64, for URLs": base64.urlsafe_b64encode,
    "hex": lambda data: data.hex().encode(),
    "HEX": lambda data: data.hex().upper().encode(),
    "hex, with colons": lambda data: data.hex(":").encode(),
    "hex, with spaces": lambda data: data.hex(" ").encode(),
    "hex, escaped": lambda data: b"".join(b"\\x%02x" % one for one in data),
    "percent": lambda data: b"".join(b"%%%02X" % one for one in data),
    "percent, where needed": lambda data: urllib.parse.quote_from_bytes(data).encode(),
    "quoted-printable": lambda data: binascii.b2a_qp(data, istext=False),
    "quoted-printable, all": lambda data: b"=\r\n".join(
        b"".join(b"=%02X" % one for one in data[place : place + 24]) for place in range(0, len(data), 24)
    ),
    "encoded word": _word,
    "entities": lambda data: "".join(f"&#{ord(one)};" for one in data.decode()).encode(),
    "entities, hex": lambda data: "".join(f"&#x{ord(one):x};" for one in data.decode()).encode(),
    "JSON": lambda data: "".join(f"\\u{ord(one):04x}" for one in data.decode()).encode(),
    "base32": base64.b32encode,
    "gzip": lambda data: gzip.compress(data, mtime=0),
    "zlib": zlib.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "ZIP": _zip,
    "zlib within bytes": _within,
}
"""Name to function."""
TEXT_ONLY = frozenset({"utf-16 le", "utf-16 be", "utf-16", "utf-32", "entities", "entities, hex", "JSON"})


def fits(name, data):
    """Whether the encoding can be applied to ``data``."""
    if name not in TEXT_ONLY:
        return True
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return "\0" not in text and all(ord(one) < 0x10000 for one in text)


def wrapped(data, names):
    """``data`` in these encodings, the first one innermost; those that do not fit are left out."""
    done = []
    for name in names:
        if fits(name, data):
            data = WRAPS[name](data)
            done.append(name)
    return data, tuple(done)
