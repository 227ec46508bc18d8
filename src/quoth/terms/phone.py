"""Telephone numbers as written, masks recognised before digits.

- What was written is kept; a number is never made out of a masked one.
- A mask is any run of ``X``, ``x``, ``*``, ``#`` or ``•`` in the place of digits.

Example::

    >>> PhoneNumber.of("+1 555 01XX").masked
    True
"""

import dataclasses
import re

__all__ = ["PhoneNumber"]

_MASK = re.compile(r"[Xx*#•]")
_PAUSE = re.compile(r"[^\d+]")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PhoneNumber:
    """A number ``as_written``; ``digits`` (with a leading ``+`` if written) is empty when masked."""

    as_written: str
    digits: str
    masked: bool

    @classmethod
    def of(cls, text: str) -> "PhoneNumber":
        """The number in ``text``, whose spelling is kept."""
        if _MASK.search(text):
            return cls(as_written=text, digits="", masked=True)
        plain = _PAUSE.sub("", text)
        return cls(as_written=text, digits=plain[:1] + plain[1:].replace("+", ""), masked=False)
