"""Salted Merkle leaves: tables above 1,000 rows under one root.

- A leaf is a row: the digests of its cells (32 bytes each, sorted), one after another. Each cell has a salt of its own,
  so that a leaf tells nothing. Hashing is RFC 9162, section 2.1.1 (:mod:`quoth.terms.merkle`).
- A presentation is canonical JSON; of a shown row it holds all digests, the path to the root, and the
  disclosures of the chosen cells in the form of RFC 9901.

Example::

    root = TiledTree(leaf_hashes(table, salts, 0)).head().root
"""

import base64
import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quoth.record import wire
from quoth.seal.disclose_cells import Salts, Table, TableRow, decoy_digests, hidden_cells, places
from quoth.seal.disclose_jose import NotVerified, Signer, b64, read_json, sign_jws, unb64
from quoth.seal.disclose_terms import ROOT_TYP, Terms
from quoth.terms.merkle import TiledTree, leaf_hash

__all__ = ["KIND", "Proof", "ProvedRow", "issue", "leaf_hashes", "leaf_of", "proved_rows", "read_proof"]

KIND = "quoth-table-proof"
"""What the file calls itself."""

_KEYS = {"binding", "commitment", "rows", "type", "v"}
_ROW_KEYS = {"digests", "disclosures", "path", "position"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ProvedRow:
    """One row of a presentation: its place among the leaves, the digests of all its cells, the path, what is shown."""

    position: int
    digests: tuple[str, ...]
    path: tuple[str, ...]
    disclosures: tuple[str, ...]

    def json(self) -> wire.Json:
        """The row as it stands in the file."""
        return {
            "digests": list(self.digests),
            "disclosures": list(self.disclosures),
            "path": list(self.path),
            "position": self.position,
        }


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A presentation taken apart: ``commitment`` and ``binding`` are compact JWS."""

    commitment: str
    rows: tuple[ProvedRow, ...]
    binding: str = ""

    def bound(self) -> bytes:
        """The bytes that a key binding is over: the canonical JSON without the binding."""
        rows = [row.json() for row in self.rows]
        return wire.canonical({"commitment": self.commitment, "rows": rows, "type": KIND, "v": 1})

    def to_bytes(self) -> bytes:
        """The file: canonical JSON (RFC 8785)."""
        rows = [row.json() for row in self.rows]
        return wire.canonical(
            {"binding": self.binding, "commitment": self.commitment, "rows": rows, "type": KIND, "v": 1}
        )


def leaf_of(digests: Sequence[str]) -> bytes:
    """The bytes of a leaf: the digests of a row's cells."""
    return b"".join(base64.urlsafe_b64decode(one + "=") for one in digests)


def _row_digests(table: Table, row: TableRow, salts: Salts) -> tuple[str, ...]:
    return tuple(sorted(cell.digest for cell in hidden_cells(table, row, salts).values()))


def leaf_hashes(table: Table, salts: Salts, decoys: int) -> Iterator[bytes]:
    """The leaf hash at every place of the commitment."""
    for place in places(table, salts, decoys):
        if place.row is None:
            yield leaf_hash(leaf_of(sorted(decoy_digests(salts, place.decoy, table.width))))
        else:
            yield leaf_hash(leaf_of(_row_digests(table, place.row, salts)))


def issue(table: Table, salts: Salts, terms: Terms, *, decoys: int, sign: Signer) -> str:
    """The signed root."""
    payload = terms.payload()
    payload["table"]["root"] = b64(TiledTree(leaf_hashes(table, salts, decoys)).head().root)
    return sign_jws(payload, typ=ROOT_TYP, sign=sign)


def proved_rows(
    table: Table, salts: Salts, decoys: int, *, chosen: Mapping[int, Sequence[str]]
) -> tuple[bytes, tuple[ProvedRow, ...]]:
    """The root of the tree, made again, and the chosen cells with their paths."""
    tree = TiledTree(leaf_hashes(table, salts, decoys))
    made = []
    for position, place in enumerate(places(table, salts, decoys)):
        if place.row is not None and place.row.number in chosen:
            cells = hidden_cells(table, place.row, salts)
            made.append(
                ProvedRow(
                    position=position,
                    digests=tuple(sorted(cell.digest for cell in cells.values())),
                    path=tuple(b64(one) for one in tree.inclusion(position)),
                    disclosures=tuple(cells[name].disclosure for name in chosen[place.row.number]),
                )
            )
    return tree.head().root, tuple(made)


def read_proof(data: bytes) -> Proof:
    """A presentation taken apart; raises :class:`NotVerified` for any other bytes than those it is written in."""
    value = read_json(data)
    if not isinstance(value, dict) or set(value) != _KEYS or (value["type"], value["v"]) != (KIND, 1):
        raise NotVerified("the file has other parts than a proof of version 1")
    if type(value["v"]) is not int or not isinstance(value["rows"], list) or not value["rows"]:
        raise NotVerified("the file shows no rows")
    if not isinstance(value["commitment"], str) or not isinstance(value["binding"], str):
        raise NotVerified("the file has no commitment, or a binding that is not text")
    rows = tuple(_row_in(one) for one in value["rows"])
    proof = Proof(commitment=value["commitment"], rows=rows, binding=value["binding"])
    if proof.to_bytes() != data:
        raise NotVerified("the file is not canonical JSON")
    return proof


def _row_in(value: Any) -> ProvedRow:
    if not isinstance(value, dict) or set(value) != _ROW_KEYS or type(value["position"]) is not int:
        raise NotVerified("a row has other parts than place, digests, path and disclosures")
    lists = {}
    for name in ("digests", "disclosures", "path"):
        held = value[name]
        if not isinstance(held, list) or not all(isinstance(one, str) for one in held):
            raise NotVerified(f"the {name} of a row are not a list of texts")
        lists[name] = tuple(held)
    return ProvedRow(position=value["position"], **lists)


def hash_of(text: object) -> bytes:
    """The 32 bytes of a hash; raises :class:`NotVerified`."""
    data = unb64(text)
    if len(data) != 32:
        raise NotVerified("a hash is not 32 bytes")
    return data
