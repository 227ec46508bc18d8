"""Recordings compared with a telephone company's rows.

- One call of a file serves one recording; "none of these" and "cannot tell" are answers.
- A row shorter than the sound is out: a recording cannot outlast its call. A row that is longer
  stays in: the recording may be an excerpt.
- *Matched* needs a probability of 950 thousandths, a runner-up far behind, and two agreements
  out of numbers, length to the second and minute. A date alone never matches.
- The comparison is always with another call of the same two people near by, not with chance:
  how often a file holds such a neighbour is counted in the file itself.
- The reasons say term by term what was compared; ``would_settle`` what is missing.

Example::

    match_calls((call,), records)[0].outcome  # MatchOutcome.CANNOT_TELL where only the month is known
"""

import dataclasses
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from quoth.record.call import Call
from quoth.record.call_record import CallMatch, CallRecord, MatchOutcome
from quoth.terms.ident import ident
from quoth.verify.ledger import Rows, rows_of
from quoth.verify.likelihood import Agreement, Terms, terms_of

__all__ = ["MATCHED_FROM", "match_calls"]

MATCHED_FROM = 950
"""Thousandths of probability from which a row is called matched."""

MARGIN = 10.0
"""How many times likelier than the runner-up a matched row must be."""

_NONE_AT_FIRST = 0.5
"""Chance that a recording has no row, before anything was compared."""

_ROUNDS = 4

_Floats = NDArray[np.float64]


@dataclasses.dataclass(frozen=True, slots=True)
class _Weighed:
    """One recording: the chance of each candidate row, and of none."""

    call: Call
    terms: Terms
    rows: _Floats
    none: float


def match_calls(calls: Iterable[Call], records: Iterable[CallRecord]) -> tuple[CallMatch, ...]:
    """One match for each call, in the order of their identifiers; chances in thousandths."""
    ordered = sorted(calls, key=lambda call: call.id)
    rows = rows_of(records)
    if not len(rows):
        return tuple(_no_rows(call) for call in ordered)
    return tuple(_decided(one, rows) for one in _weigh([terms_of(call, rows) for call in ordered], ordered))


def _weigh(all_terms: Sequence[Terms], calls: Sequence[Call]) -> list[_Weighed]:
    """Chances under one rate of "none of these" for the set, learned in a few rounds.

    A row that another recording claims counts less for this one, by the other's chance of it.
    """
    none_rate = _NONE_AT_FIRST
    found = [_posterior(terms, call, none_rate, None) for terms, call in zip(all_terms, calls, strict=True)]
    for _ in range(_ROUNDS):
        none_rate = (1.0 + sum(one.none for one in found)) / (2.0 + len(found))
        free = _free(found)
        found = [_posterior(t, c, none_rate, f) for t, c, f in zip(all_terms, calls, free, strict=True)]
    return found


def _posterior(terms: Terms, call: Call, none_rate: float, free: _Floats | None) -> _Weighed:
    """Bayes' rule over the candidate rows and "none of these"; see :class:`Terms` for the parts."""
    rows = (1.0 - none_rate) * terms.prior * terms.numbers * terms.length * terms.clock
    if free is not None:
        rows = rows * free
    none = none_rate * ((1.0 - terms.neighbours) + terms.neighbours * terms.background())
    total = float(rows.sum()) + none
    return _Weighed(call=call, terms=terms, rows=rows / total, none=none / total)


def _free(found: Sequence[_Weighed]) -> list[_Floats]:
    """For each recording the chance, row by row, that no other recording holds the row."""
    if not found:
        return []
    taken: dict[int, list[tuple[int, float]]] = {}
    for place, one in enumerate(found):
        for at in np.flatnonzero(one.rows > 0.01):
            taken.setdefault(int(at), []).append((place, float(one.rows[at])))
    free = [np.ones_like(one.rows) for one in found]
    for row, holders in taken.items():
        for place, _ in holders:
            for other, chance in holders:
                if other != place:
                    free[place][row] *= max(1.0 - chance, 1e-6)
    return free


def _no_rows(call: Call) -> CallMatch:
    return CallMatch(
        id=ident("h", call.id),
        call=call.id,
        outcome=MatchOutcome.CANNOT_TELL,
        reasons=("no call records are held",),
        would_settle="a telephone company's record of the call",
    )


def _decided(one: _Weighed, rows: Rows) -> CallMatch:
    terms = one.terms
    best, second = _two_best(one.rows)
    head = f"{len(rows)} calls in {rows.lines} rows; {terms.out_by_length} shorter than the recording"
    if not terms.survivors:
        return CallMatch(
            id=ident("h", one.call.id),
            call=one.call.id,
            outcome=MatchOutcome.NONE_FITS,
            reasons=(head, *terms.why_none),
            would_settle=_settle(terms, "records of the line for the time of the call"),
        )
    chance = float(one.rows[best])
    agreed = terms.agreements(best)
    clear = second is None or chance >= MARGIN * float(one.rows[second])
    matched = chance * 1000 >= MATCHED_FROM and clear and len(agreed) >= 2 and not terms.contradicted(best)
    return CallMatch(
        id=ident("h", one.call.id),
        call=one.call.id,
        outcome=MatchOutcome.MATCHED if matched else MatchOutcome.CANNOT_TELL,
        record=rows.ids[best],
        runner_up=rows.ids[second] if second is not None else "",
        probability=min(999, round(chance * 1000)),
        reasons=(head, *terms.reasons(best), *_why_open(one, agreed, clear=clear), *_twins(rows, best)),
        would_settle="" if matched else _settle(terms, "a second export of the same records"),
    )


def _two_best(chances: _Floats) -> tuple[int, int | None]:
    """Places of the likeliest row and of the runner-up; the earlier row wins a tie."""
    if not len(chances):
        return 0, None
    order = np.argsort(-chances, kind="stable")
    return int(order[0]), int(order[1]) if len(order) > 1 and chances[order[1]] > 0 else None


def _why_open(one: _Weighed, agreed: tuple[Agreement, ...], *, clear: bool) -> tuple[str, ...]:
    named = ", ".join(agreement.value for agreement in agreed) or "nothing but the date"
    return (
        f"agreements: {named}",
        f"chance that none of these rows is the call: {round(one.none * 1000)} thousandths",
        *(() if clear else ("another row fits nearly as well",)),
    )


def _twins(rows: Rows, at: int) -> tuple[str, ...]:
    count = int(rows.copies[at])
    return (f"{count} rows say the same and count once",) if count > 1 else ()


def _settle(terms: Terms, otherwise: str) -> str:
    return "; ".join(terms.missing) or otherwise
