"""Language tags and the writing direction that follows.

- Tags are BCP 47 (RFC 5646): ``en``, ``zh-Hans``; ``und`` when unknown.

Example::

    >>> direction("fa")
    'rtl'
"""

import re
from typing import NewType

from quoth.errors import TermsError

__all__ = ["UNKNOWN", "InvalidTongue", "Tongue", "direction", "parse_tongue"]

Tongue = NewType("Tongue", str)
"""Text that has passed :func:`parse_tongue`."""

UNKNOWN = Tongue("und")
_FORM = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z")
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})


class InvalidTongue(TermsError):
    """The text is not a language tag."""


def parse_tongue(text: str) -> Tongue:
    """``text`` as a language tag; raises :class:`InvalidTongue`."""
    if not _FORM.match(text):
        raise InvalidTongue(f"not a language tag: {text[:40]!r}", hint="for example en, zh-Hans, und")
    return Tongue(text)


def direction(tongue: str) -> str:
    """``rtl`` or ``ltr``, for the ``dir`` attribute."""
    return "rtl" if tongue.split("-", maxsplit=1)[0].lower() in _RIGHT_TO_LEFT else "ltr"
