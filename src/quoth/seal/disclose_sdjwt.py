"""SD-JWT (RFC 9901): tables of up to 1,000 rows, cell by cell.

- Each row is an element of one array, hidden as a digest; a shown row is an object whose cells are hidden again.
  So a row withheld costs one digest and tells nothing, not even how many cells it has.
- Unpacking follows RFC 9901, section 7.1, step 3 to 5, to the letter, in separate passes, so that each fault has
  its one step.

Example::

    text = issue(table, salts, terms, sign=key.sign)
    chosen = chosen_disclosures(table, salts, {17: ("Callee", "Start")})
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from quoth.seal.disclose_cells import HiddenCell, Revealed, Salts, Table, TableRow, disclosure_of, hidden_cells, places
from quoth.seal.disclose_jose import DEEPEST, NotVerified, Signer, sign_jws, unb64
from quoth.seal.disclose_terms import TABLE_TYP, Terms

__all__ = ["Digests", "chosen_disclosures", "digests_in", "issue", "reached", "row_digests", "unpacked"]

_DIGEST_SIZE = 32


def _hidden_row(table: Table, row: TableRow, salts: Salts) -> tuple[HiddenCell, dict[str, HiddenCell]]:
    """A row as an element of the array, and its cells by name."""
    cells = hidden_cells(table, row, salts)
    inside = {"_sd": sorted(cell.digest for cell in cells.values())}
    return disclosure_of(salts.of("row", row.number), inside), cells


def row_digests(table: Table, salts: Salts, decoys: int) -> list[str]:
    """The digest at every place of the commitment."""
    made = []
    for place in places(table, salts, decoys):
        if place.row is None:
            made.append(disclosure_of(salts.of("decoy", place.decoy), None).digest)
        else:
            made.append(_hidden_row(table, place.row, salts)[0].digest)
    return made


def issue(table: Table, salts: Salts, terms: Terms, *, decoys: int, sign: Signer) -> str:
    """The issuer-signed JWT, alone: what is committed to, with nothing shown."""
    rows = [{"...": digest} for digest in row_digests(table, salts, decoys)]
    return sign_jws({**terms.payload(), "rows": rows}, typ=TABLE_TYP, sign=sign)


def chosen_disclosures(table: Table, salts: Salts, chosen: Mapping[int, Sequence[str]]) -> list[str]:
    """The disclosures of the chosen cells, in the order of the commitment, each row before its cells."""
    made: list[str] = []
    for place in places(table, salts, 0):
        if place.row is not None and place.row.number in chosen:
            row, cells = _hidden_row(table, place.row, salts)
            made += [row.disclosure, *(cells[name].disclosure for name in chosen[place.row.number])]
    return made


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """Digests embedded in a value: in the arrays ``_sd`` of objects, and as elements ``...`` of arrays."""

    claims: tuple[str, ...]
    elements: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Both."""
        return self.claims + self.elements


def digests_in(value: Any, *, top: bool = False) -> Digests:
    """The digests embedded in ``value``, not those behind them; :class:`NotVerified` for one out of its place."""
    claims: list[str] = []
    elements: list[str] = []
    for kind, digest in _embedded(value, top=top):
        if not isinstance(digest, str) or len(unb64(digest)) != _DIGEST_SIZE:
            raise NotVerified("an embedded digest is not 32 bytes in base64url")
        (claims if kind == "_sd" else elements).append(digest)
    return Digests(claims=tuple(claims), elements=tuple(elements))


def _embedded(value: Any, *, top: bool = False) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        for one in value:
            if isinstance(one, dict) and "..." in one:
                if len(one) != 1:
                    raise NotVerified("a hidden element of an array has other keys beside its digest")
                yield "...", one["..."]
            else:
                yield from _embedded(one)
    elif isinstance(value, dict):
        if "..." in value or ("_sd_alg" in value and not top):
            raise NotVerified("a word of SD-JWT stands where it has no meaning")
        hidden = value.get("_sd", [])
        if not isinstance(hidden, list):
            raise NotVerified("the claim _sd is not a list of digests")
        yield from (("_sd", one) for one in hidden)
        for name, one in value.items():
            if name != "_sd":
                yield from _embedded(one)


def unpacked(payload: Mapping[str, Any], shown: Mapping[str, Revealed]) -> dict[str, Any]:
    """The payload with what is shown in its place and everything hidden left out (RFC 9901, section 7.1, 3c to 3f).

    ``shown`` are disclosures by digest. Raises :class:`NotVerified` for one of the wrong form for its place, and for
    a name that stands there already.
    """
    made: dict[str, Any] = _opened({name: one for name, one in payload.items() if name != "_sd_alg"}, shown, 0)
    return made


def _opened(value: Any, shown: Mapping[str, Revealed], depth: int) -> Any:
    if depth > DEEPEST:
        raise NotVerified("disclosures lead to disclosures too many times")
    if isinstance(value, list):
        return list(_elements(value, shown, depth))
    if not isinstance(value, dict):
        return value
    made = {name: _opened(one, shown, depth + 1) for name, one in value.items() if name != "_sd"}
    for digest in value.get("_sd", []):
        one = shown.get(digest)
        if one is None:
            continue
        if one.name is None:
            raise NotVerified("a disclosure without a name stands in the place of a claim")
        if one.name in made:
            raise NotVerified("a disclosure has the name of a claim that stands there already")
        made[one.name] = _opened(one.value, shown, depth + 1)
    return made


def _elements(values: list[Any], shown: Mapping[str, Revealed], depth: int) -> Iterator[Any]:
    for one in values:
        if not (isinstance(one, dict) and "..." in one):
            yield _opened(one, shown, depth + 1)
        elif (found := shown.get(one["..."])) is not None:
            if found.name is not None:
                raise NotVerified("a disclosure with a name stands in the place of an element")
            yield _opened(found.value, shown, depth + 1)


def reached(payload: Digests, inside: Callable[[str], Digests | None]) -> set[str]:
    """Every digest that the payload leads to, through disclosures; ``inside`` gives the digests behind one."""
    seen: set[str] = set()
    waiting = list(payload.all)
    while waiting:
        digest = waiting.pop()
        if digest not in seen:
            seen.add(digest)
            behind = inside(digest)
            waiting += behind.all if behind else ()
    return seen
