"""Who could be found: rows that share what is shown.

- Cryptography hides the cells withheld. It does not hide a caller from somebody who has the company's file and looks
  for the row that fits what is shown: this module counts how many rows fit.
- What was shown of a row before counts too: recipients may put their copies together.
- Minutes count, not seconds: a recording, a witness or another company's clock tells a minute.

Example::

    for risk in risks(table, {17: ("Callee", "Start")}, meanings): print(risk.words)
"""

import collections
import dataclasses
import enum
from collections.abc import Iterator, Mapping, Sequence

from quoth.seal.disclose_cells import ROW, Table, TableRow

__all__ = ["FEW", "Meaning", "Meanings", "Risk", "risks"]

FEW = 10
"""Below so many rows that share a combination, a row counts as found."""


class Meaning(enum.Enum):
    """What a column holds, as far as its title says."""

    START = "start"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    CALLER = "caller"
    CALLEE = "callee"
    CELL_SITE = "cell site"
    OTHER = "other"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Meanings:
    """The meaning of each column by its name, and the minute of each row by its number where it was understood."""

    of: Mapping[str, Meaning]
    minutes: Mapping[int, str]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A combination that is shown of a row, and how many rows of the table share it (the row itself among them).

    ``sharing`` 0 says that the row is named outright: by the caller, or by its number.
    """

    row: int
    what: str
    sharing: int
    whole: int

    @property
    def grave(self) -> bool:
        """Whether somebody with the company's file finds the caller by it."""
        return self.sharing < FEW

    @property
    def words(self) -> str:
        """The risk in a sentence."""
        if not self.sharing:
            return f"row {self.row}: {self.what}"
        if self.sharing == 1:
            found = "no other row has it: whoever holds the company's file finds this row by it, and with it the caller"
        else:
            found = f"{self.sharing} of {self.whole} rows share it"
        return f"row {self.row}: {self.what}: {found}"


_WHEN = (Meaning.START, Meaning.DATE, Meaning.TIME)
_PAIRS = (
    ("callee and minute", (Meaning.CALLEE,), True),
    ("cell site and minute", (Meaning.CELL_SITE,), True),
    ("minute", (), True),
    ("duration", (Meaning.DURATION,), False),
    ("callee and duration", (Meaning.CALLEE, Meaning.DURATION), False),
)


def risks(
    table: Table,
    chosen: Mapping[int, Sequence[str]],
    meanings: Meanings,
    *,
    before: Mapping[int, Sequence[str]] | None = None,
) -> tuple[Risk, ...]:
    """Every combination that counts, by row; ``before`` are cells of the same rows that were shown earlier."""
    earlier = before or {}
    rows = {row.number: row for row in table.rows}
    shown = {number: tuple(dict.fromkeys((*names, *earlier.get(number, ())))) for number, names in chosen.items()}
    found: list[Risk] = []
    for number, names in sorted(shown.items()):
        found += _outright(number, names, meanings, whole=len(rows))
    for names in sorted(set(shown.values())):
        numbers = [number for number, one in shown.items() if one == names]
        for what, count in _combinations(table, names, meanings):
            for number in numbers:
                more = ", with what was shown before" if set(names) - set(chosen[number]) else ""
                found.append(Risk(row=number, what=what + more, sharing=count[number], whole=len(rows)))
    return tuple(sorted(found, key=lambda one: (one.row, one.sharing, one.what)))


def _outright(number: int, names: Sequence[str], meanings: Meanings, *, whole: int) -> Iterator[Risk]:
    """What names the caller without any counting."""
    told = {meanings.of.get(name, Meaning.OTHER) for name in names}
    if Meaning.CALLER in told:
        yield Risk(row=number, what="the caller's number itself is shown", sharing=0, whole=whole)
    if ROW in names:
        what = "its number is shown: whoever holds the company's file has the row by it, and with it the caller"
        yield Risk(row=number, what=what, sharing=0, whole=whole)


def _combinations(table: Table, names: Sequence[str], meanings: Meanings) -> Iterator[tuple[str, Mapping[int, int]]]:
    """Each combination in words, with the number of rows that share it, by row number."""
    columns = [name for name in names if name != ROW]
    places = {name: table.names.index(name) for name in columns}
    if columns:
        yield f"what is shown together ({', '.join(columns)})", _shared(table, [places[one] for one in columns], {})
    of = {meanings.of.get(name, Meaning.OTHER): places[name] for name in columns}
    timed = any(one in of for one in _WHEN)
    for what, needed, with_minute in _PAIRS:
        if all(one in of for one in needed) and (timed or not with_minute):
            when = [] if meanings.minutes else [of[one] for one in _WHEN if one in of]
            inside = [of[one] for one in needed] + (when if with_minute else [])
            yield what, _shared(table, inside, meanings.minutes if with_minute else {})


def _shared(table: Table, places: Sequence[int], minutes: Mapping[int, str]) -> Mapping[int, int]:
    """For each row, how many rows have the same cells at ``places`` (and the same minute, where they are given)."""

    def key(row: TableRow) -> tuple[str, ...]:
        cells = tuple(" ".join(row.cells[place].split()) if place < len(row.cells) else "" for place in places)
        return (*cells, minutes.get(row.number, "")) if minutes else cells

    keys = {row.number: key(row) for row in table.rows}
    counted = collections.Counter(keys.values())
    return {number: counted[one] for number, one in keys.items()}
