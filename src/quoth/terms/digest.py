"""Digests: SHA-256 with the algorithm in the name.

- A digest is text, ``sha256:`` and 64 lowercase hexadecimal digits; the algorithm never gets lost.
- An unknown algorithm is refused, never guessed.

Example::

    >>> digest_of(b"")[:18]
    'sha256:e3b0c44298f'
"""

import hashlib
import re
from typing import NewType

from quoth.errors import TermsError

__all__ = ["Digest", "InvalidDigest", "digest_of", "hex_of", "parse_digest", "short_of"]

Digest = NewType("Digest", str)
"""Text that has passed :func:`parse_digest`."""

_FORM = re.compile(r"sha256:[0-9a-f]{64}\Z")


class InvalidDigest(TermsError):
    """The text is not a digest that we know."""


def digest_of(data: bytes) -> Digest:
    """The SHA-256 digest of ``data`` (FIPS 180-4)."""
    return Digest("sha256:" + hashlib.sha256(data).hexdigest())


def parse_digest(text: str) -> Digest:
    """``text`` as a digest; raises :class:`InvalidDigest` for any other form."""
    if not _FORM.match(text):
        raise InvalidDigest(f"not a digest: {text[:80]!r}", hint="expected sha256: and 64 hex digits")
    return Digest(text)


def hex_of(digest: Digest) -> str:
    """The 64 hexadecimal digits, as ``sha256sum`` prints them."""
    return digest.removeprefix("sha256:")


def short_of(digest: Digest) -> str:
    """The first 16 hexadecimal digits, for names that people read."""
    return hex_of(digest)[:16]
