"""Requests for time stamps: a digest and a nonce.

- The form is that of RFC 3161, section 2.4.1.
- Always SHA-256, always with a nonce of 64 bits, always asking for the authority's certificate.
- Nothing else goes along: no name, no size, no path.

Example::

    >>> made = make_request(bytes(32), nonce=5)
    >>> parse_request(made).nonce
    5
"""

import dataclasses

from quoth.custody.stamp_der import (
    BOOLEAN,
    INTEGER,
    OCTETS,
    OID,
    SEQUENCE,
    Der,
    read_der,
    write_der,
    write_integer,
    write_oid,
)
from quoth.errors import CustodyError

__all__ = ["DIGEST_SIZES", "NONCE_BITS", "SHA256", "StampRequest", "make_request", "parse_request"]

SHA256 = "2.16.840.1.101.3.4.2.1"
NONCE_BITS = 64
DIGEST_SIZES = {
    SHA256: ("SHA-256", 32),
    "2.16.840.1.101.3.4.2.2": ("SHA-384", 48),
    "2.16.840.1.101.3.4.2.3": ("SHA-512", 64),
    "1.3.14.3.2.26": ("SHA-1", 20),
    "1.2.840.113549.2.5": ("MD5", 16),
}
"""Names and sizes in bytes of digests, by object identifier."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StampRequest:
    """What was asked: the digest's algorithm and bytes, the nonce, the policy wanted (or empty)."""

    algorithm: str
    imprint: bytes
    nonce: int
    policy: str = ""


def make_request(imprint: bytes, *, nonce: int, policy: str = "") -> bytes:
    """The request (``.tsq``) for a SHA-256 digest of 32 bytes."""
    algorithm = write_der(SEQUENCE, write_oid(SHA256), b"\x05\x00")
    return write_der(
        SEQUENCE,
        write_integer(1),
        write_der(SEQUENCE, algorithm, write_der(OCTETS, imprint)),
        write_oid(policy) if policy else b"",
        write_integer(nonce),
        write_der(BOOLEAN, b"\xff"),
    )


def parse_request(data: bytes) -> StampRequest:
    """A request as :func:`make_request` writes it; raises :class:`CustodyError` for any other bytes."""
    parts = list(read_der(data).of(SEQUENCE).parts())
    if len(parts) not in (4, 5) or parts[0].integer() != 1:
        raise _not_ours()
    algorithm, digest = _two(parts[1].of(SEQUENCE).parts())
    policy = parts.pop(2).of(OID).oid() if len(parts) == 5 else ""
    made = StampRequest(
        algorithm=algorithm.of(SEQUENCE).parts()[0].oid(),
        imprint=digest.of(OCTETS).body,
        nonce=parts[2].of(INTEGER).integer(),
        policy=policy,
    )
    if made.nonce < 0 or make_request(made.imprint, nonce=made.nonce, policy=made.policy) != data:
        raise _not_ours()
    return made


def _two(parts: tuple[Der, ...]) -> tuple[Der, Der]:
    if len(parts) != 2:
        raise _not_ours()
    return parts[0], parts[1]


def _not_ours() -> CustodyError:
    return CustodyError("not a request for a time stamp as we write it", hint="look for the request in the case's log")
