"""Signed JSON in its one writing: base64url, JSON, compact JWS.

- A text has one writing only: padding, other letters, doubled keys, fractions that are no number and half
  characters are refused, so that nothing can be hidden in the way a thing is written.
- One algorithm, Ed25519, named ``EdDSA`` (RFC 8037) or ``Ed25519`` (RFC 9864). ``none`` and every other name are
  refused before any key is looked at.
- Signing and judging signatures are handed in: this room holds no key.

Example::

    >>> unb64(b64(b"salt"))
    b'salt'
"""

import base64
import binascii
import dataclasses
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from quoth.errors import RecordError, SealError
from quoth.record import wire

__all__ = [
    "DEEPEST",
    "ISSUED",
    "Judge",
    "Jws",
    "NotVerified",
    "Signer",
    "b64",
    "header_fault",
    "jwk_of",
    "key_in_jwk",
    "key_in_line",
    "key_line",
    "read_json",
    "read_jws",
    "sha256_text",
    "sign_jws",
    "unb64",
]

Signer = Callable[[bytes], bytes]
"""Gives 64 bytes of Ed25519 signature over a message (RFC 8032)."""

Judge = Callable[[bytes, bytes, bytes], str]
"""Public key (32 bytes), signature, message: words that say what is wrong, none where the signature holds."""

ISSUED = "EdDSA"
"""The name of the algorithm in what we sign: the one that today's libraries know."""

DEEPEST = 32
"""Levels that JSON may be nested here."""

_ALGORITHMS = frozenset({"EdDSA", "Ed25519"})
_HEADER = frozenset({"alg", "typ", "kid"})
_LETTERS = re.compile(r"[A-Za-z0-9_-]*\Z", re.ASCII)
_SSH_HEAD = b"\x00\x00\x00\x0bssh-ed25519\x00\x00\x00\x20"
_SSH_KIND = "ssh-ed25519 "


class NotVerified(SealError):
    """A part of a presentation is not as its maker wrote it; the message says which and why."""


def b64(data: bytes) -> str:
    """Base64url without padding (RFC 7515, section 2)."""
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def unb64(text: object) -> bytes:
    """The bytes of a base64url text; raises :class:`NotVerified` for any but its one writing."""
    if not isinstance(text, str) or not _LETTERS.match(text):
        raise NotVerified("is not base64url without padding")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as err:
        raise NotVerified("is not base64url without padding") from err
    if b64(data) != text:
        raise NotVerified("is base64url in a second writing of the same bytes")
    return data


def sha256_text(text: str) -> str:
    """The SHA-256 of an ASCII text in base64url: 43 letters."""
    return b64(hashlib.sha256(text.encode("ascii")).digest())


def read_json(data: bytes) -> Any:
    """JSON values, read strictly; raises :class:`NotVerified`.

    Refused: bytes that are not UTF-8, a key twice in one object, numbers beyond all bounds, half characters
    (lone surrogates), and more than :data:`DEEPEST` levels.
    """
    try:
        value = _READER.decode(data.decode())
        _look_down(value, 0)
        wire.canonical(value)  # refuses what cannot be written again
    except (ValueError, RecursionError) as err:  # RecordError and UnicodeDecodeError are kinds of it
        raise NotVerified("is not JSON in a writing that leaves no doubt") from err
    return value


def _pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(items)
    if len(made) != len(items):
        raise RecordError("a key stands twice in one object")
    return made


def _no_number(text: str) -> NoReturn:
    raise RecordError(f"no number: {text}")


_READER = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_no_number)


def _look_down(value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise RecordError("nested too deeply")
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _look_down(one, depth + 1)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Jws:
    """A compact JWS taken apart (RFC 7515, section 7.1): nothing of it is verified yet."""

    header: Mapping[str, Any]
    payload: Mapping[str, Any]
    signed: bytes
    signature: bytes


def read_jws(text: str) -> Jws:
    """A compact JWS taken apart; raises :class:`NotVerified` where it is not three parts in their one writing."""
    parts = text.split(".")
    if len(parts) != 3:
        raise NotVerified("has not the three parts of a signed text")
    header, payload = read_json(unb64(parts[0])), read_json(unb64(parts[1]))
    if not isinstance(header, dict) or not isinstance(payload, dict):
        raise NotVerified("holds something else than two JSON objects")
    signature = unb64(parts[2])
    return Jws(header=header, payload=payload, signed=f"{parts[0]}.{parts[1]}".encode("ascii"), signature=signature)


def header_fault(header: Mapping[str, Any], typ: str) -> str:
    """What is wrong with a JWS header for a text of the type ``typ``; empty where nothing is."""
    if header.get("alg") not in _ALGORITHMS:
        return f"names the algorithm {str(header.get('alg'))[:40]!r}; only Ed25519 is accepted"
    if header.get("typ") != typ:
        return f"is of the type {str(header.get('typ'))[:40]!r}, not {typ!r}"
    strange = sorted(set(header) - _HEADER)
    return f"has a header that nobody here knows: {strange[0][:40]!r}" if strange else ""


def sign_jws(payload: Mapping[str, Any], *, typ: str, sign: Signer) -> str:
    """A compact JWS over the canonical JSON of ``payload``."""
    head = b64(wire.canonical({"alg": ISSUED, "typ": typ}))
    signed = f"{head}.{b64(wire.canonical(dict(payload)))}"
    return f"{signed}.{b64(sign(signed.encode('ascii')))}"


def key_line(raw: bytes) -> str:
    """A public key of 32 bytes as a ``.pub`` file has it, without a comment (RFC 8709, section 4)."""
    return _SSH_KIND + base64.b64encode(_SSH_HEAD + raw).decode("ascii")


def key_in_line(line: object) -> bytes:
    """The 32 bytes of the key in ``ssh-ed25519 AAAA…``; raises :class:`NotVerified`."""
    try:
        blob = base64.b64decode(str(line).removeprefix(_SSH_KIND), validate=True)
    except (binascii.Error, ValueError) as err:
        raise NotVerified("does not name an Ed25519 key") from err
    raw = blob[len(_SSH_HEAD) :]
    if len(raw) != 32 or key_line(raw) != line:
        raise NotVerified("does not name an Ed25519 key")
    return raw


def jwk_of(raw: bytes) -> dict[str, Any]:
    """A public key as a JWK (RFC 8037, section 2)."""
    return {"crv": "Ed25519", "kty": "OKP", "x": b64(raw)}


def key_in_jwk(jwk: object) -> bytes:
    """The 32 bytes of the key in a JWK; raises :class:`NotVerified`, also where the private half stands in it."""
    if not isinstance(jwk, dict) or (jwk.get("kty"), jwk.get("crv")) != ("OKP", "Ed25519") or "d" in jwk:
        raise NotVerified("does not hold a public Ed25519 key")
    raw = unb64(jwk.get("x"))
    if len(raw) != 32:
        raise NotVerified("does not hold a public Ed25519 key")
    return raw
