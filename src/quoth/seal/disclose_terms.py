"""What a commitment says, and the steps that judge a presentation.

- Steps are numbered once for both forms; each has doctored presentations in
  ``tests/attacks/vectors/disclose`` that fail at that step.
- The assurance is what the discloser says of the file. No signature of theirs can show it.

Example::

    Terms(issuer=key, at=1935565200, assurance=Assurance.RESEARCHER_HELD).payload(rows=412, width=9)
"""

import dataclasses
import enum
from typing import Any

from quoth.seal.disclose_jose import NotVerified, jwk_of, key_line

__all__ = ["BINDING_TYP", "MOST_IN_JWT", "ROOT_TYP", "TABLE_TYP", "Assurance", "DisclosureStep", "Terms", "read_terms"]

TABLE_TYP = "quoth-table+sd-jwt"
"""The type of a commitment to a table of up to :data:`MOST_IN_JWT` rows (RFC 9901, section 9.11)."""

ROOT_TYP = "quoth-table-root+jwt"
"""The type of a commitment to a larger table: the root of a Merkle tree."""

BINDING_TYP = "kb+jwt"
"""The type of a key binding (RFC 9901, section 4.3)."""

MOST_IN_JWT = 1000
"""Rows, decoys included, above which a table is committed to as a Merkle tree."""

_TOP = {"_sd_alg", "cnf", "iat", "iss", "table"}
_TABLE = {"assurance", "complete", "decoys", "rows", "width"}


class Assurance(enum.Enum):
    """How near the file in hand is to the company that is said to have made it."""

    ISSUER_SIGNED = "issuer-signed"
    NOTARISED_COPY = "notarised-copy"
    RESEARCHER_HELD = "researcher-held-copy"
    CLAIMED_NOT_HELD = "claimed-not-held"


class DisclosureStep(enum.IntEnum):
    """The steps of verification (RFC 9901, sections 7.1 and 7.3, and what a table adds)."""

    PARTS = 1
    ALGORITHM = 2
    ISSUER = 3
    SIGNATURE = 4
    HASH = 5
    DISCLOSURES = 6
    PLACES = 7
    REPEATED = 8
    REFERENCED = 9
    FIT = 10
    TIME = 11
    TABLE = 12
    BOUND = 13
    BINDING_TYPE = 14
    BINDING_SIGNATURE = 15
    BINDING_TIME = 16
    RECIPIENT = 17
    BINDING_HASH = 18


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a commitment says besides its digests.

    ``issuer`` is the discloser's public key (32 bytes), ``at`` when it was made (seconds since 1970, UTC);
    ``rows`` counts decoys too where ``decoys`` is true; ``complete`` is false where the file was too long to be
    read whole. ``until`` is when it stops to hold, or 0.
    """

    issuer: bytes
    at: int
    assurance: Assurance
    complete: bool = True
    decoys: bool = False
    rows: int = 0
    width: int = 0
    until: int = 0

    def payload(self) -> dict[str, Any]:
        """The claims, without digests."""
        made: dict[str, Any] = {
            "_sd_alg": "sha-256",
            "cnf": {"jwk": jwk_of(self.issuer)},
            "iat": self.at,
            "iss": key_line(self.issuer),
            "table": {
                "assurance": self.assurance.value,
                "complete": self.complete,
                "decoys": self.decoys,
                "rows": self.rows,
                "width": self.width,
            },
        }
        return {**made, "exp": self.until} if self.until else made


def read_terms(payload: dict[str, Any], *, issuer: bytes, beside: set[str], within: set[str]) -> Terms:
    """The terms in a payload; ``beside`` and ``within`` are the keys that its form adds to it and to its table.

    Raises :class:`NotVerified` where a key is missing or too many, or a value is not of its kind.
    """
    table = payload.get("table")
    if set(payload) - {"exp", "nbf"} != _TOP | beside or not isinstance(table, dict) or set(table) != _TABLE | within:
        raise NotVerified("the commitment has other claims than those of a table")
    plain = (table["complete"], table["decoys"])
    counts = (table["rows"], table["width"])
    if any(type(one) is not bool for one in plain) or any(type(one) is not int or one < 1 for one in counts):
        raise NotVerified("the commitment counts its rows in a way that is not known here")
    known = {one.value: one for one in Assurance}
    if not isinstance(table["assurance"], str) or table["assurance"] not in known:
        raise NotVerified("the commitment names no assurance that is known here")
    return Terms(
        issuer=issuer,
        at=int(payload["iat"]),
        assurance=known[table["assurance"]],
        complete=table["complete"],
        decoys=table["decoys"],
        rows=table["rows"],
        width=table["width"],
        until=int(payload.get("exp", 0)),
    )
