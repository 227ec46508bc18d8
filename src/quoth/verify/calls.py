"""Recordings compared with a telephone company's rows.

- One call of a file serves one recording; "none of these" and "cannot tell" are answers.
- A row shorter than the sound is out: a recording cannot outlast its call. A row that is longer
  stays in: the recording may be an excerpt.
- *Matched* needs a probability of 950 thousandths, a runner-up far behind, and two agreements
  out of numbers, length and minute (each rare in the file). A date alone never matches.
- The comparison is always with another call of the same two people near by, not with chance:
  how often a file holds such a neighbour is counted in the file itself.
- The reasons say term by term what was compared; ``would_settle`` what is missing.

Example::

    match_calls((call,), records)[0].outcome  # MatchOutcome.CANNOT_TELL where only the month is known
"""

import dataclasses
from collections import Counter
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

_ROUNDS = 60
_SLIGHT = 1e-4

_Floats = NDArray[np.float64]
_Ints = NDArray[np.int64]


@dataclasses.dataclass(frozen=True, slots=True)
class _Weights:
    """One recording's weights: the rows that count, what the others add up to, and "none of these"."""

    call: Call
    places: _Ints
    rows: _Floats
    rest: float
    none: float


@dataclasses.dataclass(frozen=True, slots=True)
class _Weighed:
    """One recording's chances: of each row that counts, and of none."""

    places: _Ints
    rows: _Floats
    none: float


def match_calls(calls: Iterable[Call], records: Iterable[CallRecord]) -> tuple[CallMatch, ...]:
    """One match for each call, in the order of their identifiers; chances in thousandths."""
    ordered = sorted(calls, key=lambda call: call.id)
    rows = rows_of(records)
    if not len(rows):
        return tuple(_no_rows(call) for call in ordered)
    weights = [_weights(call, rows) for call in ordered]
    made = [_decided(one.call, found, rows) for one, found in zip(weights, _settled(weights, len(rows)), strict=True)]
    taken = Counter(match.record for match in made if match.outcome is MatchOutcome.MATCHED)
    return tuple(_contested(match) if taken[match.record] > 1 else match for match in made)


def _weights(call: Call, rows: Rows) -> _Weights:
    """Bayes' terms of one recording; see :mod:`quoth.verify.likelihood` for the parts."""
    terms = terms_of(call, rows)
    every = terms.prior * terms.numbers * terms.length * terms.clock
    none = (1.0 - terms.neighbours) + terms.neighbours * terms.background()
    counts = every > _SLIGHT * (float(every.sum()) + none)
    counts[np.argsort(-every, kind="stable")[:2]] = True
    places = np.flatnonzero(counts & (every > 0))
    return _Weights(call, places, every[places], float(every.sum() - every[places].sum()), none)


def _settled(weights: Sequence[_Weights], rows: int) -> list[_Weighed]:
    """Chances under one rate of "none of these" for the whole set, each row given away at most once.

    In every round a row that several recordings claim together by more than 1 is scaled down for all
    of them; the rate is the mean chance of none, with one recording of each sort added.
    """
    none_rate = _NONE_AT_FIRST
    scale = np.ones(rows, dtype=np.float64)
    found: list[_Weighed] = []
    for _ in range(_ROUNDS):
        found = [_posterior(one, none_rate, scale) for one in weights]
        claimed = np.zeros(rows, dtype=np.float64)
        for one in found:
            claimed[one.places] += one.rows
        scale /= np.maximum(claimed, 1.0)
        none_rate = (1.0 + sum(one.none for one in found)) / (2.0 + len(found))
    return found


def _posterior(one: _Weights, none_rate: float, scale: _Floats) -> _Weighed:
    rows = (1.0 - none_rate) * one.rows * scale[one.places]
    none = none_rate * one.none
    total = float(rows.sum()) + (1.0 - none_rate) * one.rest + none
    return _Weighed(one.places, rows / total, none / total)


def _contested(match: CallMatch) -> CallMatch:
    """Two recordings of one row: neither is decided."""
    return dataclasses.replace(
        match,
        outcome=MatchOutcome.CANNOT_TELL,
        reasons=(*match.reasons, "another recording fits the same row as well"),
        would_settle="which of the recordings is of this call",
    )


def _no_rows(call: Call) -> CallMatch:
    return CallMatch(
        id=ident("h", call.id),
        call=call.id,
        outcome=MatchOutcome.CANNOT_TELL,
        reasons=("no call records are held",),
        would_settle="a telephone company's record of the call",
    )


def _decided(call: Call, found: _Weighed, rows: Rows) -> CallMatch:
    terms = terms_of(call, rows)
    head = f"{len(rows)} calls in {rows.lines} rows; {terms.out_by_length} shorter than the recording"
    if not terms.survivors or not len(found.places):
        return CallMatch(
            id=ident("h", call.id),
            call=call.id,
            outcome=MatchOutcome.NONE_FITS,
            reasons=(head, *terms.why_none),
            would_settle=_settle(terms, "records of the line for the time of the call"),
        )
    order = np.argsort(-found.rows, kind="stable")[:2]
    best, second = int(found.places[order[0]]), int(found.places[order[-1]]) if len(order) > 1 else -1
    chance, next_chance = float(found.rows[order[0]]), float(found.rows[order[-1]]) if len(order) > 1 else 0.0
    agreed = terms.agreements(best)
    clear = chance >= MARGIN * next_chance
    matched = chance * 1000 >= MATCHED_FROM and clear and len(agreed) >= 2 and not terms.contradicted(best)
    return CallMatch(
        id=ident("h", call.id),
        call=call.id,
        outcome=MatchOutcome.MATCHED if matched else MatchOutcome.CANNOT_TELL,
        record=rows.ids[best],
        runner_up=rows.ids[second] if second >= 0 else "",
        probability=min(999, round(chance * 1000)),
        reasons=(head, *terms.reasons(best), *_why_open(agreed, found.none, clear=clear), *_twins(rows, best)),
        would_settle="" if matched else _settle(terms, "a second export of the same records"),
    )


def _why_open(agreed: tuple[Agreement, ...], none: float, *, clear: bool) -> tuple[str, ...]:
    named = ", ".join(agreement.value for agreement in agreed) or "nothing but the date"
    return (
        f"agreements: {named}",
        f"chance that none of these rows is the call: {round(none * 1000)} of 1000",
        *(() if clear else ("another row fits nearly as well",)),
    )


def _twins(rows: Rows, at: int) -> tuple[str, ...]:
    count = int(rows.copies[at])
    return (f"{count} rows say the same and count once",) if count > 1 else ()


def _settle(terms: Terms, otherwise: str) -> str:
    return "; ".join(terms.missing) or otherwise
