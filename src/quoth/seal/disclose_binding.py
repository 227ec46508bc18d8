"""Key binding: made for one recipient, who cannot pass it on.

- A key binding (RFC 9901, section 4.3) is signed by the key that the commitment names, and covers what is shown,
  the recipient's name and the recipient's nonce.
- A copy still reads as made for the first recipient: whoever expects their own name or nonce refuses it.

Example::

    text = bind(b"eyJ…~WyJ…~", Binding(audience="The Gazette", nonce="7f…", at=1935565200), sign=key.sign)
"""

import dataclasses
import hashlib
from collections.abc import Mapping
from typing import Any

from quoth.seal.disclose_jose import Jws, NotVerified, Signer, b64, sign_jws, unb64
from quoth.seal.disclose_terms import BINDING_TYP

__all__ = ["LEEWAY", "Binding", "bind", "bound_to", "check_hash", "check_times", "seconds_in"]

LEEWAY = 300
"""Seconds by which two honest clocks may differ."""

_LATEST = 253_402_300_800
"""The first second of the year 10000."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """For whom a presentation is: ``at`` and ``until`` in seconds since 1970 (``until`` 0: no end)."""

    audience: str
    nonce: str
    at: int
    until: int = 0


def bind(bound: bytes, binding: Binding, *, sign: Signer) -> str:
    """The key binding over ``bound``, as a compact JWS."""
    payload: dict[str, Any] = {
        "aud": binding.audience,
        "iat": binding.at,
        "nonce": binding.nonce,
        "sd_hash": b64(hashlib.sha256(bound).digest()),
    }
    return sign_jws({**payload, "exp": binding.until} if binding.until else payload, typ=BINDING_TYP, sign=sign)


def seconds_in(claims: Mapping[str, Any], name: str) -> float | None:
    """An instant in a claim (RFC 7519, section 2); raises :class:`NotVerified` where it is none."""
    if name not in claims:
        return None
    value = claims[name]
    if type(value) not in (int, float) or not 0 <= value < _LATEST:
        raise NotVerified(f"the claim {name} is no instant")
    return float(value)


def check_times(claims: Mapping[str, Any], now: int, *, what: str) -> None:
    """That ``now`` lies within what ``iat``, ``nbf`` and ``exp`` say; raises :class:`NotVerified`."""
    made, begins, ends = (seconds_in(claims, name) for name in ("iat", "nbf", "exp"))
    if made is not None and made > now + LEEWAY:
        raise NotVerified(f"{what} is dated in the future")
    if begins is not None and begins > now + LEEWAY:
        raise NotVerified(f"{what} does not hold yet")
    if ends is not None and ends <= now:
        raise NotVerified(f"{what} has expired")


def bound_to(jws: Jws) -> Binding:
    """What a key binding says; raises :class:`NotVerified` where a claim is missing or not of its kind."""
    made, until = seconds_in(jws.payload, "iat"), seconds_in(jws.payload, "exp")
    audience, nonce = jws.payload.get("aud"), jws.payload.get("nonce")
    if made is None:
        raise NotVerified("the key binding does not say when it was made")
    if not isinstance(audience, str) or not isinstance(nonce, str) or not audience or not nonce:
        raise NotVerified("the key binding does not name one recipient and one nonce")
    return Binding(audience=audience, nonce=nonce, at=int(made), until=int(until or 0))


def check_hash(jws: Jws, bound: bytes) -> None:
    """That the key binding covers exactly ``bound``; raises :class:`NotVerified`."""
    if unb64(jws.payload.get("sd_hash")) != hashlib.sha256(bound).digest():
        raise NotVerified("the key binding covers other bytes: something was added, taken away or put elsewhere")
