"""The two forms of a presentation, as the verifier takes them apart.

- Each method is one step of :class:`quoth.seal.disclose_terms.DisclosureStep`; it raises ``NotVerified`` with words
  that say what is wrong, and shows nothing of a value.
- A step may rely on the steps before it and on nothing else.

Example::

    parts = SdJwtParts(text)
    parts.disclosures()
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from quoth.seal.disclose_cells import ROW, Revealed, revealed
from quoth.seal.disclose_jose import NotVerified, unb64
from quoth.seal.disclose_merkle import Proof, ProvedRow, hash_of, leaf_of, read_proof
from quoth.seal.disclose_sdjwt import Digests, digests_in, reached, unpacked
from quoth.seal.disclose_terms import ROOT_TYP, TABLE_TYP, Terms, read_terms
from quoth.terms.merkle import TreeHead, inclusion_fault, leaf_hash

__all__ = ["Parts", "ProofParts", "SdJwtParts", "ShownRow", "parts_of"]

_SALT_LETTERS = 43
"""Letters of a salt of 32 bytes in base64url."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A row as shown: names and values of its cells; ``number`` is its number in the file, 0 where withheld."""

    number: int
    cells: tuple[tuple[str, str | None], ...]


class Parts(Protocol):
    """A presentation taken apart: step 1 is making it."""

    typ: str
    commitment: str
    binding: str
    bound: bytes

    def disclosures(self) -> int:
        """Step 6: each is well formed; gives how many there are."""

    def places(self, payload: Mapping[str, Any]) -> None:
        """Step 7: every digest stands where one may stand."""

    def repeated(self) -> None:
        """Step 8: nothing stands twice."""

    def referenced(self) -> None:
        """Step 9: every disclosure is one that the commitment leads to."""

    def fit(self) -> None:
        """Step 10: what is shown fits the place where it stands."""

    def claims(self) -> Mapping[str, Any]:
        """What the commitment says, with what is shown in its place."""

    def table(self, issuer: bytes) -> tuple[Terms, tuple[ShownRow, ...]]:
        """Step 12: it is a table, and says no more than a table does."""


class SdJwtParts:
    """``JWT~disclosure~…~binding`` (RFC 9901, section 4)."""

    typ = TABLE_TYP

    def __init__(self, data: bytes) -> None:
        if not data.isascii() or data.count(b"~") < 1:
            raise NotVerified("the file is not a signed text and disclosures, each ended by ~")
        self.commitment, *self._texts, self.binding = data.decode("ascii").split("~")
        if not all(self._texts):
            raise NotVerified("there is nothing between two ~")
        self.bound = data[: len(data) - len(self.binding)]
        self._shown: tuple[Revealed, ...] = ()
        self._inside: dict[str, Digests] = {}
        self._payload: Mapping[str, Any] = {}
        self._top = Digests(claims=(), elements=())

    def disclosures(self) -> int:
        """Step 6."""
        self._shown = _revealed(self._texts)
        return len(self._shown)

    def places(self, payload: Mapping[str, Any]) -> None:
        """Step 7."""
        self._payload = payload
        self._top = digests_in(payload, top=True)
        self._inside = {one.digest: digests_in(one.value) for one in self._shown}

    def repeated(self) -> None:
        """Step 8."""
        _no_doubles((one.digest for one in self._shown), "a disclosure stands twice")
        every = [*self._top.all, *(digest for one in self._inside.values() for digest in one.all)]
        _no_doubles(every, "a digest stands twice")

    def referenced(self) -> None:
        """Step 9."""
        if {one.digest for one in self._shown} - reached(self._top, self._inside.get):
            raise NotVerified("a disclosure is none that the commitment leads to")

    def fit(self) -> None:
        """Step 10."""
        self.claims()

    def claims(self) -> dict[str, Any]:
        """What is shown, in its place."""
        return unpacked(self._payload, {one.digest: one for one in self._shown})

    def table(self, issuer: bytes) -> tuple[Terms, tuple[ShownRow, ...]]:
        """Step 12."""
        terms = read_terms(dict(self._payload), issuer=issuer, beside={"rows"}, within=set())
        rows = self._payload["rows"]
        if not isinstance(rows, list) or len(rows) != terms.rows or len(self._top.elements) != terms.rows:
            raise NotVerified("the commitment holds another number of rows than it says")
        if self._top.claims:
            raise NotVerified("the commitment hides claims beside its rows")
        shown = {one.digest: one for one in self._shown}
        made = []
        for digest in self._top.elements:
            if digest in shown:
                hidden = shown[digest].value
                if not isinstance(hidden, dict) or set(hidden) != {"_sd"} or len(hidden["_sd"]) != terms.width:
                    raise NotVerified("a shown row has other cells than every row has")
                made.append(_shown_row([shown[one] for one in hidden["_sd"] if one in shown]))
        _check_rows(made, self._shown)
        return terms, tuple(made)


class ProofParts:
    """A root, rows and their paths (docs/formats/disclosure.md)."""

    typ = ROOT_TYP

    def __init__(self, data: bytes) -> None:
        proof: Proof = read_proof(data)
        self.commitment, self.binding, self.bound = proof.commitment, proof.binding, proof.bound()
        self._rows = proof.rows
        self._shown: tuple[tuple[Revealed, ...], ...] = ()
        self._payload: Mapping[str, Any] = {}
        self._head = TreeHead(size=0, root=b"")

    def disclosures(self) -> int:
        """Step 6."""
        self._shown = tuple(_revealed(row.disclosures) for row in self._rows)
        if any(one.name is None for row in self._shown for one in row):
            raise NotVerified("a disclosure is not an array of salt, name and value")
        return sum(len(row) for row in self._shown)

    def places(self, payload: Mapping[str, Any]) -> None:
        """Step 7."""
        self._payload = payload
        table = payload.get("table")
        if not isinstance(table, dict) or type(table.get("rows")) is not int:
            raise NotVerified("the commitment does not say how many rows it holds")
        self._head = TreeHead(size=table["rows"], root=hash_of(table.get("root")))
        for row in self._rows:
            if not 0 <= row.position < self._head.size:
                raise NotVerified("a row stands at a place that the commitment does not have")
            for text in (*row.digests, *row.path):
                hash_of(text)
            if list(row.digests) != sorted(row.digests):
                raise NotVerified("the digests of a row are not in their order")
        if [row.position for row in self._rows] != sorted(row.position for row in self._rows):
            raise NotVerified("the rows are not in their order")

    def repeated(self) -> None:
        """Step 8."""
        _no_doubles((row.position for row in self._rows), "a row stands twice")
        _no_doubles((one.digest for row in self._shown for one in row), "a disclosure stands twice")
        _no_doubles((one for row in self._rows for one in row.digests), "a digest stands twice")

    def referenced(self) -> None:
        """Step 9."""
        for row, shown in zip(self._rows, self._shown, strict=True):
            if {one.digest for one in shown} - set(row.digests):
                raise NotVerified("a disclosure is none that its row leads to")

    def fit(self) -> None:
        """Step 10."""
        for row in self._rows:
            fault = _path_fault(row, self._head)
            if fault:
                raise NotVerified(f"the path of the row at place {row.position} {fault}")

    def claims(self) -> Mapping[str, Any]:
        """What the commitment says; rows are shown by :meth:`table`."""
        return self._payload

    def table(self, issuer: bytes) -> tuple[Terms, tuple[ShownRow, ...]]:
        """Step 12."""
        terms = read_terms(dict(self._payload), issuer=issuer, beside=set(), within={"root"})
        if any(len(row.digests) != terms.width for row in self._rows):
            raise NotVerified("a shown row has other cells than every row has")
        made = [_shown_row(shown) for shown in self._shown]
        _check_rows(made, [one for row in self._shown for one in row])
        return terms, tuple(made)


def parts_of(data: bytes) -> Parts:
    """Step 1: the presentation in ``data``, taken apart by its form; raises :class:`NotVerified`."""
    return ProofParts(data) if data.startswith(b"{") else SdJwtParts(data)


def _path_fault(row: ProvedRow, head: TreeHead) -> str:
    path = tuple(unb64(one) for one in row.path)
    return inclusion_fault(path, leaf_hash(leaf_of(row.digests)), index=row.position, head=head)


def _revealed(texts: Sequence[str]) -> tuple[Revealed, ...]:
    made = []
    for number, text in enumerate(texts, start=1):
        try:
            made.append(revealed(text))
        except NotVerified as err:
            raise NotVerified(f"disclosure {number} {err}") from err
    return tuple(made)


def _no_doubles(ones: Iterable[object], words: str) -> None:
    held = list(ones)
    if len(set(held)) != len(held):
        raise NotVerified(words)


def _shown_row(cells: Sequence[Revealed]) -> ShownRow:
    """A row of text cells, its number among them or not; raises :class:`NotVerified`."""
    number = 0
    made: list[tuple[str, str | None]] = []
    for one in cells:
        if one.name == ROW:
            if type(one.value) is not int or one.value < 1:
                raise NotVerified("the number of a row is none")
            number = one.value
        elif one.name is None or not (one.value is None or isinstance(one.value, str)):
            raise NotVerified("a cell is not text")
        else:
            made.append((one.name, one.value))
    _no_doubles((name for name, _ in made), "a row has two cells of one name")
    if not number and not made:
        raise NotVerified("a row is shown without a cell")
    return ShownRow(number=number, cells=tuple(sorted(made)))


def _check_rows(rows: Sequence[ShownRow], shown: Sequence[Revealed]) -> None:
    """That something is shown, no row's number twice, and every salt is of full length and stands once."""
    if not rows:
        raise NotVerified("nothing is shown")
    _no_doubles((row.number for row in rows if row.number), "two rows have one number")
    if any(len(one.salt) != _SALT_LETTERS or len(unb64(one.salt)) != 32 for one in shown):
        raise NotVerified("a salt is not 32 bytes, so that what is withheld could be guessed")
    _no_doubles((one.salt for one in shown), "two things share a salt")
