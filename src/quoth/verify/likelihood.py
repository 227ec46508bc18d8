"""The terms of a match: date, numbers, length, minute.

Each term is a ratio: how much better a row explains what is known of the recording if it is the
call, than if it is any call of the file. Shares leave out the row itself.

- **Date** (``prior``): 0.95 spread over the rows within the claimed days, 0.03 over those within
  15.5 hours of them (a zone that nobody gave), 0.02 over the rest (the claim is wrong).
- **Numbers**: a true pair agrees in 0.97 of cases; its worth is the rarity of rows that agree in
  the same way, counted over both columns together.
- **Length**: 0.6 the whole call to the second, 0.1 up to 2 seconds short, 0.3 an excerpt of a
  longer call; twenty calls of common lengths stand beside the file's own, so that a short file
  does not make every length rare.
- **Minute**, where the claim's words hold one: 0.7 within 20 minutes, 0.25 whole hours off.
- **Neighbours**: the share of calls with another one of the same numbers within the claimed days.
  Such a call agrees in date and numbers by its nature; only length and minute tell it apart.
"""

import dataclasses
import datetime
import enum
import math

import numpy as np
from numpy.typing import NDArray

from quoth.record.call import Call, CallRole
from quoth.terms.phone import PhoneNumber
from quoth.terms.when import When
from quoth.verify.clocks import clock_times
from quoth.verify.ledger import DAY_S, UNKNOWN_START, Rows
from quoth.verify.numbers import Compared, compare

__all__ = ["TOLERANCE_S", "Agreement", "Terms", "terms_of"]

TOLERANCE_S = 2
"""Seconds by which a recording may be longer than its row, beside the row's rounding unit."""

_ZONE_S = 55_800
_RIGHT = 0.97
_WHOLE, _SHORT, _EXCERPT = 0.6, 0.1, 0.3
_NEAR_S = 1200
_COMMON_ROWS = 20.0
_COMMON_MEDIAN_S, _COMMON_SPREAD = 60.0, 1.2
_LEAST_NEIGHBOURS = 0.2
_RARE = 5.0

_Floats = NDArray[np.float64]
_Marks = NDArray[np.bool_]
_Ints = NDArray[np.int64]


class Agreement(enum.Enum):
    """Something that a row and a recording agree in, beside the date."""

    NUMBERS = "numbers"
    LENGTH = "length"
    MINUTE = "minute"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """One recording's terms for each row; a row too short for the sound has a length ratio of 0.

    All arrays have the shape (rows,); ``date``, ``size``, ``caller``, ``callee`` and ``near``
    are the classes behind the ratios. ``survivors`` counts rows that nothing speaks against.
    """

    call: Call
    prior: _Floats
    numbers: _Floats
    length: _Floats
    clock: _Floats
    neighbours: float
    date: _Ints
    size: _Ints
    caller: _Ints
    callee: _Ints
    near: _Ints
    starts: _Ints
    durations: _Ints
    units: _Ints
    out_by_length: int
    survivors: int
    missing: tuple[str, ...]
    why_none: tuple[str, ...]

    def background(self) -> float:
        """How well a neighbour call, not the one sought, would explain date and numbers."""
        return float(np.sum(self.prior * self.numbers * (0.5 + 0.5 * self.clock)))

    def agreements(self, at: int) -> tuple[Agreement, ...]:
        """What row ``at`` agrees in, each only where few other rows agree as well."""
        sides = (int(self.caller[at]), int(self.callee[at]))
        return tuple(
            agreement
            for agreement, holds in (
                (Agreement.NUMBERS, 1 in sides and -1 not in sides and self.numbers[at] >= _RARE),
                (Agreement.LENGTH, self.size[at] == 1 and self.length[at] >= _RARE),
                (Agreement.MINUTE, self.near[at] == 1),
            )
            if holds
        )

    def contradicted(self, at: int) -> bool:
        """Whether something known speaks against row ``at``: a number, or a date beyond any zone."""
        return bool(self.caller[at] < 0 or self.callee[at] < 0 or self.date[at] == 0)

    def reasons(self, at: int) -> tuple[str, ...]:
        """What was compared, term by term; numbers are never spelled out."""
        words = self.call.claimed.words if self.call.claimed else ""
        said = {1: "agrees", 0: "cannot be compared", -1: "differs"}
        return (
            f"length: recording {self.call.duration_ms / 1000:.1f} s, {_length_words(self, at)}",
            f"date: row starts {_written(int(self.starts[at]))}, claimed “{words}”: {_DATE_WORDS[int(self.date[at])]}",
            f"calling number {said[int(self.caller[at])]}, called number {said[int(self.callee[at])]}",
            *((f"minute: {_CLOCK_WORDS[int(self.near[at])]}",) if self.near[at] >= 0 else ()),
            f"{round(1000 * self.neighbours)} of 1000 calls are taken to have another of the same numbers near by",
        )


_DATE_WORDS = {
    3: "no date was claimed or the row has none",
    2: "within the claimed days",
    1: "within 15.5 hours of them, which an unknown zone allows",
    0: "outside of them",
}
_SIZE_WORDS = {
    3: "longer, so that the recording would be an excerpt",
    2: "up to two seconds too short",
    1: "as long",
    0: "not known",
    -1: "too short for the sound",
}
_CLOCK_WORDS = {1: "within 20 minutes of the claimed one", 2: "whole hours away from the claimed one", 0: "not near"}


def terms_of(call: Call, rows: Rows) -> Terms:
    """The terms of one recording against all rows."""
    seconds = call.duration_ms / 1000
    date = _date_classes(call.claimed, rows)
    size = _size_classes(seconds, rows)
    caller, callee = (_sides(call, rows, role) for role in (CallRole.CALLER, CallRole.CALLEE))
    near = _clock_classes(call.claimed, rows)
    fits = (size >= 0) & (date > 0) & (caller >= 0) & (callee >= 0)
    length = np.where(size == -1, 0.0, _length_ratios(seconds, size, rows))
    return Terms(
        call=call,
        prior=_prior(date),
        numbers=_number_ratios(caller, callee),
        length=length,
        clock=_ratios(near, {1: 0.7, 2: 0.25, 0: 0.05}),
        neighbours=_neighbours(call, rows, caller, callee),
        date=date,
        size=size,
        caller=caller,
        callee=callee,
        near=near,
        starts=rows.start,
        durations=rows.duration,
        units=rows.unit,
        out_by_length=int(np.sum(size == -1)),
        survivors=int(fits.sum()),
        missing=_missing(call, rows, caller, callee),
        why_none=_why_none(date, size, caller, callee),
    )


def _date_classes(claimed: When | None, rows: Rows) -> _Ints:
    """3 not known, 2 within the claimed days, 1 within a zone of them, 0 outside."""
    made = np.full(len(rows), 3, dtype=np.int64)
    if claimed is None or (claimed.earliest is None and claimed.latest is None):
        return made
    known = rows.start != UNKNOWN_START
    low, high = _bounds(claimed)
    inside = (rows.start >= low) & (rows.start < high)
    around = (rows.start >= low - _ZONE_S) & (rows.start < high + _ZONE_S)
    made[known] = np.where(inside, 2, np.where(around, 1, 0))[known]
    return made


def _bounds(claimed: When) -> tuple[int, int]:
    """First second within and first one after the claimed days; far away where a bound is open."""
    low = _day_number(claimed.earliest) * DAY_S if claimed.earliest else 0
    high = (_day_number(claimed.latest) + 1) * DAY_S if claimed.latest else 4_000_000 * DAY_S
    return low, high


def _day_number(iso: str) -> int:
    return datetime.date.fromisoformat(iso).toordinal() - 1


def _prior(date: _Ints) -> _Floats:
    weights = {2: 0.95, 1: 0.03, 0: 0.02, 3: 1.0}
    made = np.zeros(len(date), dtype=np.float64)
    for kind, weight in weights.items():
        here = date == kind
        if here.any():
            made[here] = weight / (len(date) if kind == 3 else int(here.sum()))
    return made


def _size_classes(seconds: float, rows: Rows) -> _Ints:
    """-1 too short for the sound, 1 as long, 2 up to two seconds short, 3 longer, 0 not known."""
    slack = rows.unit - 1
    over = rows.duration - seconds
    made = np.where(
        over < -(TOLERANCE_S + slack), -1, np.where(over < -(1 + slack), 2, np.where(over <= 1 + slack, 1, 3))
    )
    return np.where(rows.duration < 0, 0, made).astype(np.int64)


def _length_ratios(seconds: float, size: _Ints, rows: Rows) -> _Floats:
    made = np.ones(len(size), dtype=np.float64)
    known = int(np.sum(size != 0))
    for unit in np.unique(rows.unit):
        slack = int(unit) - 1
        edges = {2: (-TOLERANCE_S - slack, -1 - slack), 1: (-1 - slack, 1 + slack), 3: (1 + slack, math.inf)}
        for kind, expected in ((1, _WHOLE), (2, _SHORT), (3, _EXCERPT)):
            here = (size == kind) & (rows.unit == unit)
            if here.any():
                low, high = edges[kind]
                common = _COMMON_ROWS * (_common(seconds + high) - _common(seconds + low))
                share = (int(np.sum(size == kind)) - 1 + common) / (known - 1 + _COMMON_ROWS)
                made[here] = expected / max(share, 1e-4)
    return made


def _common(seconds: float) -> float:
    """Share of calls shorter than ``seconds`` in a log-normal picture of common call lengths."""
    if seconds <= 0:
        return 0.0
    if math.isinf(seconds):
        return 1.0
    return 0.5 * (1 + math.erf(math.log(seconds / _COMMON_MEDIAN_S) / (_COMMON_SPREAD * math.sqrt(2))))


def _said(call: Call, role: CallRole) -> PhoneNumber | None:
    written = sorted(party.number_as_said for party in call.parties if party.role is role and party.number_as_said)
    return PhoneNumber.of(written[0]) if written else None


def _sides(call: Call, rows: Rows, role: CallRole) -> _Ints:
    """1 agrees, -1 differs, 0 not known, for each row's number on this side."""
    said = _said(call, role)
    column = rows.caller if role is CallRole.CALLER else rows.callee
    if said is None:
        return np.zeros(len(rows), dtype=np.int64)
    values = {Compared.AGREES: 1, Compared.DIFFERS: -1, Compared.UNKNOWN: 0}
    table = np.array([values[compare(said, number)] for number in rows.numbers], dtype=np.int64)
    return table[column]


def _number_ratios(caller: _Ints, callee: _Ints) -> _Floats:
    """Expected share of a pattern of agreement over its share among the rows with the same cells known."""
    codes = (caller + 1) * 3 + callee + 1
    known = (caller != 0) * 2 + (callee != 0)
    made = np.ones(len(codes), dtype=np.float64)
    weight = {1: _RIGHT, -1: 1 - _RIGHT, 0: 1.0}
    for code in np.unique(codes):
        here = codes == code
        one, two = int(code) // 3 - 1, int(code) % 3 - 1
        if one or two:
            like = int(np.sum(known == known[here][0]))
            made[here] = weight[one] * weight[two] * (like + 1) / (int(here.sum()) - 1 + 0.5)
    return made


def _clock_classes(claimed: When | None, rows: Rows) -> _Ints:
    """-1 nothing to compare, 1 within 20 minutes, 2 whole hours off, 0 neither."""
    times = clock_times(claimed.words) if claimed else ()
    if not times:
        return np.full(len(rows), -1, dtype=np.int64)
    apart = [np.abs((rows.start - second + DAY_S // 2) % DAY_S - DAY_S // 2) for second in times]
    away = np.min(np.stack(apart), axis=0)
    hours = np.abs((away + 1800) % 3600 - 1800)
    made = np.where(away <= _NEAR_S, 1, np.where(hours <= _NEAR_S, 2, 0))
    return np.where(rows.start == UNKNOWN_START, -1, made).astype(np.int64)


def _ratios(classes: _Ints, expected: dict[int, float]) -> _Floats:
    made = np.ones(len(classes), dtype=np.float64)
    known = int(np.sum(classes >= 0))
    for kind, share in expected.items():
        here = classes == kind
        if here.any():
            made[here] = share * (known + 1) / (int(here.sum()) - 1 + 1)
    return made


def _neighbours(call: Call, rows: Rows, caller: _Ints, callee: _Ints) -> float:
    """Share of calls that have another one of the same numbers within the claimed stretch of time."""
    ones = rows.caller if caller.any() or not callee.any() else np.zeros_like(rows.caller)
    twos = rows.callee if callee.any() or not caller.any() else np.zeros_like(rows.callee)
    reach = _ZONE_S + DAY_S
    if call.claimed is not None and call.claimed.earliest and call.claimed.latest:
        low, high = _bounds(call.claimed)
        reach = max(reach, high - low)
    order = np.lexsort((rows.start, twos, ones))
    same = (np.diff(ones[order]) == 0) & (np.diff(twos[order]) == 0) & (np.diff(rows.start[order]) <= reach)
    beside = np.zeros(len(rows), dtype=np.bool_)
    beside[1:] |= same
    beside[:-1] |= same
    return max((float(beside.sum()) + 1) / (len(rows) + 2), _LEAST_NEIGHBOURS)


def _missing(call: Call, rows: Rows, caller: _Ints, callee: _Ints) -> tuple[str, ...]:
    """What is not known and would tell the rows apart."""
    asked: list[str] = []
    for role, side, name in ((CallRole.CALLEE, callee, "called"), (CallRole.CALLER, caller, "calling")):
        if _said(call, role) is None:
            asked.append(f"the {name} number, from whoever made the recording")
        elif not side.any():
            asked.append(f"the {name} numbers in the records, which are masked or missing")
    if call.claimed is None or call.claimed.grain != "day":
        asked.append("the day of the call")
    if call.claimed is None or not clock_times(call.claimed.words):
        asked.append("the minute at which it began")
    if len(rows) and int(rows.unit.max()) > 1:
        asked.append("the lengths to the second, which these records round")
    return tuple(asked)


def _why_none(date: _Ints, size: _Ints, caller: _Ints, callee: _Ints) -> tuple[str, ...]:
    return (
        f"{int(np.sum(date == 0))} rows lie outside the claimed days, zones allowed for",
        f"{int(np.sum((caller < 0) | (callee < 0)))} rows have another number",
        f"{int(np.sum((date > 0) & (caller >= 0) & (callee >= 0)))} rows fit date and numbers; each is too short",
        f"{int(np.sum(size == 0))} rows have no length",
    )


def _length_words(terms: Terms, at: int) -> str:
    row, unit = int(terms.durations[at]), int(terms.units[at])
    rounded = f", rounded to {unit} s" if unit > 1 else ""
    return f"row {row} s{rounded}: {_SIZE_WORDS[int(terms.size[at])]}" if row >= 0 else "row without a length"


def _written(start: int) -> str:
    if start == UNKNOWN_START:
        return "at a time not given"
    day, second = divmod(start, DAY_S)
    clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
    return f"{datetime.date.fromordinal(day + 1).isoformat()} {clock} (as the file writes it)"
