"""Telephone numbers compared as far as their digits can be seen.

- A masked digit fits any digit; a number masked to fewer than three digits tells nothing.
- Country code and trunk zero may be missing on one side: numbers are laid together from the right.
- An extension and a full number cannot be compared, and count as not known.

Example::

    >>> compare(PhoneNumber.of("07700 900461"), PhoneNumber.of("+44 7700 900XXX")).value
    'agrees'
"""

import enum
import re

from quoth.terms.phone import PhoneNumber

__all__ = ["Compared", "compare"]

_NOT_SHOWN = re.compile(r"[Xx*#•]")
_NEITHER = re.compile(r"[^\d?]")
_LEAST_VISIBLE = 3
_FULL = 7


class Compared(enum.Enum):
    """What two numbers are to each other."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "not known"


def compare(one: PhoneNumber | None, two: PhoneNumber | None) -> Compared:
    """Whether two numbers, as written, can be the same line."""
    if one is None or two is None:
        return Compared.UNKNOWN
    left, right = _shape(one), _shape(two)
    length = min(len(left), len(right))
    if length == 0 or (length < _FULL and len(left) != len(right)):
        return Compared.UNKNOWN
    both = [(a, b) for a, b in zip(left[-length:], right[-length:], strict=True) if a != "?" and b != "?"]
    if len(both) < _LEAST_VISIBLE:
        return Compared.UNKNOWN
    return Compared.AGREES if all(a == b for a, b in both) else Compared.DIFFERS


def _shape(number: PhoneNumber) -> str:
    """Digits, and ``?`` for each masked one, without prefix zeros."""
    text = _NEITHER.sub("", _NOT_SHOWN.sub("?", number.as_written.replace("?", "")))
    return text.removeprefix("00") if text.startswith("00") else text.removeprefix("0")
