r"""Letters and digits folded, so that one spelling finds all others.

- Case, accents, marks, ligatures, wide and mathematical letters fall away; digits of every script become 0 to 9.
- What is invisible or only modifies becomes one *soft* sign (U+001F), every other sign a space; ASCII stays.
- A *skeleton* is the folded text without anything but letters and digits, in lower case.

Example::

    skeleton("Zoë O\u2019Hara")     # b"zoeohara"
"""

import unicodedata

__all__ = [
    "CASE",
    "KEPT_ASCII",
    "KEPT_WESTERN",
    "NOT_ASCII",
    "NOT_LETTERS",
    "NOT_WESTERN",
    "SOFT",
    "WESTERN",
    "Fold",
    "skeleton",
]

SOFT = "\x1f"
"""Stands where something was that readers do not see: a mark, a zero-width sign, a tag."""
_PLAIN = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "ħ": "h", "ŋ": "n", "ŧ": "t",
    "ĸ": "k", "ə": "e", "ʼ": "", "ʿ": "", "ʾ": "",
}  # fmt: skip
_UNSEEN = frozenset({"Mn", "Me", "Mc", "Cf", "Lm", "Sk"})
_QUOTES = frozenset("'’‘ʹ`´·")


class Fold(dict[int, str]):
    """A table for :meth:`str.translate` that learns each character when it first meets it."""

    def __missing__(self, point: int) -> str:
        """The folded form of one character; never empty."""
        sign = chr(point)
        found = sign if point < 0x80 else "".join(map(_folded, unicodedata.normalize("NFKD", sign))) or SOFT
        self[point] = found
        return found


def _folded(sign: str) -> str:
    if sign < "\x80":
        return sign
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    kind = unicodedata.category(sign)
    if kind in _UNSEEN or sign in _QUOTES:
        return SOFT
    if not kind.startswith("L"):
        return " "
    lower = sign.casefold()
    return "".join(_PLAIN.get(one, one) for one in lower)


_ALNUM = frozenset(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
CASE = bytes(one + 32 if 65 <= one <= 90 else one for one in range(256))
"""ASCII in lower case, every other byte as it is."""
NOT_LETTERS = bytes(one for one in range(0x80) if one not in _ALNUM)
"""Of folded UTF-8: every byte that is no letter and no digit."""
NOT_ASCII = bytes(one for one in range(256) if one not in _ALNUM)
"""Of any bytes: all but ASCII letters and digits."""


def _western() -> bytes:
    """Windows-1252 (and so Latin-1) to folded ASCII, a byte a byte; 0 where there is no such letter."""
    fold, made = Fold(), bytearray(256)
    for one in range(256):
        text = bytes([one]).decode("cp1252", errors="replace").translate(fold).replace(SOFT, "").lower()
        made[one] = ord(text) if len(text) == 1 and text.isascii() and text.isalnum() else 0
    return bytes(made)


WESTERN = _western()
NOT_WESTERN = bytes(one for one in range(256) if not WESTERN[one])
KEPT_ASCII = bytes(one in _ALNUM for one in range(256))
KEPT_WESTERN = bytes(bool(one) for one in WESTERN)


def skeleton(text: str) -> bytes:
    """Letters and digits of ``text``, folded, as UTF-8."""
    return text.translate(Fold()).encode("utf-8", "replace").translate(CASE, NOT_LETTERS)
