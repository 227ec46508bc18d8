"""Cells of a table, each hidden under a salt of its own.

- Every cell, every row and every decoy has its own 256-bit salt. All of them are made from one secret of
  32 bytes by HMAC-SHA256, so that a shown salt says nothing about another, and erasing the secret erases all.
- A cell is hidden in the manner of RFC 9901, section 4.2: base64url of ``[salt, name, value]``, then SHA-256.
- Rows stand in an order that the secret gives, not in that of the file: a place tells nothing about a time.
- The number of a row in its file is a cell like any other, named ``row``.

Example::

    salts = Salts(os.urandom(32))
    cells = hidden_cells(table, table.rows[0], salts)
    cells["Caller"].digest
"""

import dataclasses
import hashlib
import hmac
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

from quoth.errors import SealError
from quoth.record import wire
from quoth.seal.disclose_jose import NotVerified, b64, read_json, sha256_text, unb64

__all__ = [
    "ROW",
    "HiddenCell",
    "Place",
    "Revealed",
    "Salts",
    "Table",
    "TableRow",
    "claim_names",
    "disclosure_of",
    "hidden_cells",
    "places",
    "revealed",
]

ROW = "row"
"""The name of the cell that holds a row's number in its file, from 1."""

SALT_SIZE = 32
"""Bytes of a salt, and of the secret that salts are made from."""

RESERVED = frozenset({"_sd", "...", ROW, ""})
"""Names that a column of a file cannot keep (RFC 9901, section 4.1)."""


class Salts:
    """All salts of one commitment, from its secret of 32 bytes; it never shows the secret."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) != SALT_SIZE:
            raise SealError("the secret of a commitment is not 32 bytes", hint="commit to the table anew")
        self._secret = secret

    def __repr__(self) -> str:
        return "Salts(…)"

    def __reduce__(self) -> NoReturn:
        raise SealError("the secret of a commitment is not to be copied", hint="keep it in the case")

    def of(self, kind: str, *numbers: int) -> bytes:
        """The 32 bytes for one thing: ``kind`` and numbers that name it."""
        message = kind.encode() + b"".join(number.to_bytes(8, "big") for number in numbers)
        return hmac.digest(self._secret, message, "sha256")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row as written: its ``number`` in the file (from 1) and its cells, at most as many as the columns."""

    number: int
    cells: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table to be committed to: ``names`` as :func:`claim_names` gives them; rows with different numbers."""

    names: tuple[str, ...]
    rows: tuple[TableRow, ...]

    @property
    def width(self) -> int:
        """Cells that each row is hidden as: its number and the columns."""
        return len(self.names) + 1


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HiddenCell:
    """A cell as it can be shown (``disclosure``) and as it is hidden (``digest``, 43 letters)."""

    disclosure: str
    digest: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What stands at one place of a commitment: a row, or a decoy by its number."""

    row: TableRow | None
    decoy: int = -1


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Revealed:
    """A disclosure taken apart: ``name`` is ``None`` for an element of an array; ``digest`` has 43 letters."""

    salt: str
    name: str | None
    value: Any
    digest: str


def claim_names(header: Sequence[str], width: int = 0) -> tuple[str, ...]:
    """One name for each column, as its title is written; doubled, empty and reserved titles get a number."""
    made: list[str] = []
    for place in range(max(len(header), width)):
        title = " ".join(header[place].split()) if place < len(header) else ""
        name, again = title if title not in RESERVED else f"column {place + 1}", 2
        while name in made:
            name, again = f"{title or 'column'} ({again})", again + 1
        made.append(name)
    return tuple(made)


def disclosure_of(salt: bytes, *rest: Any) -> HiddenCell:
    """A disclosure (RFC 9901, section 4.2) and its digest (section 4.2.3)."""
    text = b64(wire.canonical([b64(salt), *rest]))
    return HiddenCell(disclosure=text, digest=sha256_text(text))


def hidden_cells(table: Table, row: TableRow, salts: Salts) -> dict[str, HiddenCell]:
    """Every cell of a row by its name, its number first; a cell that the row lacks is hidden as null."""
    made = {ROW: disclosure_of(salts.of("cell", row.number, 0), ROW, row.number)}
    for place, name in enumerate(table.names):
        value = row.cells[place] if place < len(row.cells) else None
        made[name] = disclosure_of(salts.of("cell", row.number, place + 1), name, value)
    return made


def places(table: Table, salts: Salts, decoys: int) -> tuple[Place, ...]:
    """Rows and decoys in the order of the commitment, which the secret alone tells."""
    keyed = [(salts.of("order", 0, row.number), Place(row=row)) for row in table.rows]
    keyed += [(salts.of("order", 1, number), Place(row=None, decoy=number)) for number in range(decoys)]
    return tuple(place for _, place in sorted(keyed, key=lambda one: one[0]))


def decoy_digests(salts: Salts, decoy: int, count: int) -> Iterator[str]:
    """Digests of nothing, which look like any other (RFC 9901, section 4.2.5)."""
    for number in range(count):
        yield b64(hashlib.sha256(salts.of("decoy", decoy, number)).digest())


def revealed(text: str) -> Revealed:
    """A disclosure taken apart; raises :class:`NotVerified` unless it is an array of two or three as RFC 9901 has it.

    The salt must be text, a name neither ``_sd`` nor ``...``; both forms are told apart by their length alone.
    """
    value = read_json(unb64(text))
    if not isinstance(value, list) or len(value) not in (2, 3):
        raise NotVerified("is not an array of salt, name and value")
    if not isinstance(value[0], str):
        raise NotVerified("has a salt that is not text")
    name = value[1] if len(value) == 3 else None
    if len(value) == 3 and (not isinstance(name, str) or name in ("_sd", "...")):
        raise NotVerified("has a name that no claim may have")
    return Revealed(salt=value[0], name=name, value=value[-1], digest=sha256_text(text))
