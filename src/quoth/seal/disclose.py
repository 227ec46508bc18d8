"""Disclosure: commit to a table now, show chosen cells later.

- A commitment shows nothing but how many rows and cells there are. It is made once, signed by the discloser, and
  goes into the log; the secret that opens it stays apart.
- A presentation shows chosen cells of chosen rows to one recipient. It is made only where the table is, byte for
  byte, the one committed to.
- Up to 1,000 rows it is an SD-JWT (RFC 9901); above, a root over salted leaves (RFC 9162 hashing).

Example::

    text = commit(table, salts, terms, sign=key.sign)
    file = present(text, table, salts, {17: ("Callee", "Start")}, to=Present(binding=binding, sign=key.sign))
"""

import dataclasses
from collections.abc import Mapping, Sequence

from quoth.errors import SealError
from quoth.seal import disclose_merkle, disclose_sdjwt
from quoth.seal.disclose_binding import Binding, bind
from quoth.seal.disclose_cells import ROW, Salts, Table
from quoth.seal.disclose_jose import Signer, b64, read_jws
from quoth.seal.disclose_terms import MOST_IN_JWT, TABLE_TYP, Terms

__all__ = ["MOST_DECOYS", "Present", "commit", "present"]

MOST_DECOYS = 1_000_000
"""Decoys that a commitment may hold."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """To whom a presentation goes, how many decoys its commitment holds, and what signs."""

    binding: Binding
    sign: Signer
    decoys: int = 0


def commit(table: Table, salts: Salts, terms: Terms, *, sign: Signer, decoys: int = 0) -> str:
    """The signed commitment to ``table``, a compact JWS; ``rows`` and ``width`` of the terms are filled in.

    Raises :class:`SealError` where there is nothing to commit to.
    """
    if not table.rows or not table.names:
        raise SealError("the table holds no rows to commit to", hint="nothing was written; look at: quoth exhibits")
    if len({row.number for row in table.rows}) != len(table.rows):
        raise SealError("two rows have one number", hint="nothing was written; commit to one sheet at a time")
    if not 0 <= decoys <= MOST_DECOYS:
        raise SealError(f"not a number of decoys: {decoys}", hint=f"up to {MOST_DECOYS}")
    whole = dataclasses.replace(terms, rows=len(table.rows) + decoys, width=table.width, decoys=decoys > 0)
    issue = disclose_sdjwt.issue if whole.rows <= MOST_IN_JWT else disclose_merkle.issue
    return issue(table, salts, whole, decoys=decoys, sign=sign)


def present(commitment: str, table: Table, salts: Salts, chosen: Mapping[int, Sequence[str]], *, to: Present) -> bytes:
    """The file that shows ``chosen``: names of cells by the row's number in its file.

    Raises :class:`SealError` for a row or name that is not there, and for a table other than the one committed to.
    """
    _check_chosen(table, chosen)
    jws = read_jws(commitment)
    if jws.header.get("typ") == TABLE_TYP:
        digests = [{"...": one} for one in disclose_sdjwt.row_digests(table, salts, to.decoys)]
        if jws.payload.get("rows") != digests:
            raise _another_table()
        disclosures = disclose_sdjwt.chosen_disclosures(table, salts, chosen)
        bound = "~".join([commitment, *disclosures, ""]).encode("ascii")
        return bound + bind(bound, to.binding, sign=to.sign).encode("ascii")
    root, rows = disclose_merkle.proved_rows(table, salts, to.decoys, chosen=chosen)
    if jws.payload["table"].get("root") != b64(root):
        raise _another_table()
    proof = disclose_merkle.Proof(commitment=commitment, rows=rows)
    return dataclasses.replace(proof, binding=bind(proof.bound(), to.binding, sign=to.sign)).to_bytes()


def _check_chosen(table: Table, chosen: Mapping[int, Sequence[str]]) -> None:
    absent = sorted(set(chosen) - {row.number for row in table.rows})
    if absent:
        raise SealError(f"the table has no row {absent[0]}", hint="rows have the numbers that they have in the file")
    for names in chosen.values():
        strange = [name for name in names if name not in (ROW, *table.names)]
        if strange or not names or len(set(names)) != len(names):
            raise SealError(
                f"no such cells in a row: {', '.join(names) or 'none'}", hint=f"there are: {', '.join(table.names)}"
            )
    if not chosen:
        raise SealError("no row was chosen", hint="choose rows by their numbers in the file")


def _another_table() -> SealError:
    return SealError(
        "the table is not the one that was committed to, or its secret is another's",
        hint="nothing was shown; the exhibit may have been read anew since: look at quoth log",
    )
