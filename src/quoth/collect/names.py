r"""Names as given, shown as safe text that loses nothing.

- A name is bytes to us. What is not UTF-8 is shown as ``\xff``, a backslash as ``\\``.
- Control, format (bidirectional overrides among them), private, unassigned and odd space characters
  are shown as ``\u202e``; only the two joiners stay, between letters that are not ASCII.
- Two different names never look the same as text, and :func:`original` gives the bytes back.
- A shown name is a label. It is never used to open, make or find a file.

Example::

    >>> shown("invoice\u202efdp.exe".encode())
    'invoice\\u202efdp.exe'
"""

import re
import unicodedata

__all__ = ["from_text", "original", "remarks_on", "shown"]

_JOINERS = "\u200c\u200d"
_PLAIN_SPACES = " \u3000"
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_PLAIN_PATH = re.compile(r"(?!/)(?:(?!\.\.(?:/|\Z))[^/\\:]+(?:/|\Z))*\Z")
_ESCAPE = re.compile(r"\\(?:\\|x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))")


def shown(name: bytes) -> str:
    """``name`` as printable text: never a control character, never a lone surrogate."""
    text = name.decode("utf-8", "surrogateescape")
    if text.isascii() and text.isprintable() and "\\" not in text:
        return text
    return "".join(_shown_character(text, place) for place in range(len(text)))


def from_text(name: str) -> str:
    """A name that the operating system or an archive gave as text, shown like :func:`shown`."""
    return shown(name.encode("utf-8", "surrogateescape" if _only_escapes(name) else "surrogatepass"))


def original(text: str) -> bytes:
    """The bytes of a shown name; text that :func:`shown` never gives comes back as it can."""

    def one(match: re.Match[str]) -> str:
        byte, *points = match.groups()
        if byte is not None:
            value = int(byte, 16)
            return chr(value) if value < 0x80 else chr(0xDC00 + value)
        point = next((int(digits, 16) for digits in points if digits is not None), None)
        return "\\" if point is None else chr(min(point, 0x10FFFF))

    return _ESCAPE.sub(one, text).encode("utf-8", "surrogateescape")


def remarks_on(name: bytes) -> tuple[str, ...]:
    """What a person should know of a name before trusting how it reads, in plain words."""
    made = []
    text = name.decode("utf-8", "surrogateescape")
    if text.isascii() and text.isprintable() and _PLAIN_PATH.match(text):
        return ()
    if any("\udc80" <= character <= "\udcff" for character in text):
        made.append("the name is not UTF-8; its bytes are shown escaped")
    if "\u202e" in text:
        made.append("right-to-left override in the name")
    elif any(character in _BIDI for character in text):
        made.append("the name steers its own writing direction")
    if any(unicodedata.category(character) == "Cc" for character in text):
        made.append("control characters in the name")
    parts = text.replace("\\", "/").split("/")
    if ".." in parts:
        made.append("name leads outside the archive")
    if text.startswith(("/", "\\")):
        made.append("name is an absolute path")
    if re.match(r"[A-Za-z]:[\\/]", text):
        made.append("name carries a drive letter")
    return tuple(made)


def _only_escapes(name: str) -> bool:
    return all("\udc80" <= character <= "\udcff" for character in name if "\ud800" <= character <= "\udfff")


def _shown_character(text: str, place: int) -> str:
    character = text[place]
    if character == "\\":
        return "\\\\"
    if "\udc80" <= character <= "\udcff":
        return f"\\x{ord(character) - 0xDC00:02x}"
    if unicodedata.category(character) not in _HIDDEN or character in _PLAIN_SPACES:
        return character
    if character in _JOINERS and _between_letters(text, place):
        return character
    point = ord(character)
    return f"\\x{point:02x}" if point < 0x80 else f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"


def _between_letters(text: str, place: int) -> bool:
    around = text[place - 1 : place] + text[place + 1 : place + 2]
    return len(around) == 2 and all(one > "\x7f" and unicodedata.category(one)[0] in "LMS" for one in around)
