"""The table of a held exhibit, as it is committed to.

- Rows are those that reading gave, every cell as written, under the numbers that they have in the file.
- The header is the telephone company's where one was recognised, else the first row with words; what stands above
  it is not committed to.
- One sheet: the first one with call records, else the first one with rows.

Example::

    table = held_table(book, "x-…")
    names_in("callee,start", table)
"""

import dataclasses
import json
import re
from collections.abc import Iterator, Sequence

from quoth.case.casebook import Casebook
from quoth.errors import CaseError, SealError
from quoth.read.call_log import CallLog, columns_of, understood
from quoth.read.table import LINES_TYPE, Row
from quoth.record import wire
from quoth.record.exhibit import Exhibit, ExhibitStatus
from quoth.record.finding import Finding, Outcome
from quoth.record.rendition import Rendition, RenditionKind
from quoth.seal.disclose_cells import ROW, Table, TableRow, claim_names
from quoth.seal.disclose_risk import Meaning, Meanings
from quoth.terms.digest import Digest

__all__ = ["HeldTable", "held_table", "named_exhibit", "names_in", "numbers_in"]

_SITE = frozenset({"cell", "site", "tower", "lac", "cgi", "ecgi", "bts", "基站", "小区"})
_WORDS = re.compile(r"[a-z0-9\u4e00-\u9fff]+")
_RANGE = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?\Z", re.ASCII)
_STARTS = (Meaning.START, Meaning.DATE, Meaning.TIME)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HeldTable:
    """A table of the case: ``rendition`` is the object that its rows come from; ``complete`` unless cut at a limit."""

    table: Table
    rendition: Digest
    sheet: str
    meanings: Meanings
    complete: bool


def named_exhibit(book: Casebook, name: str) -> Exhibit:
    """The exhibit of this id, beginning of an id, or title; raises :class:`CaseError` for none or several."""
    exhibits = book.spoken().exhibits
    fitting = [one for one in exhibits.values() if name in (one.id, one.title)]
    fitting = fitting or [one for one in exhibits.values() if len(name) > 2 and one.id.startswith(name)]
    if len(fitting) != 1:
        found = "several exhibits" if fitting else "no exhibit"
        raise CaseError(f"{found} of the name {name}", hint="quoth exhibits CASE lists their ids")
    return fitting[0]


def held_table(book: Casebook, exhibit: str, *, rendition: Digest | None = None, sheet: str | None = None) -> HeldTable:
    """The table of an exhibit, from its latest reading or from ``rendition`` (then of ``sheet``).

    Raises :class:`SealError` where nothing is held, :class:`CaseError` where no table was read.
    """
    known = book.spoken().exhibits.get(exhibit)
    if known is None or known.status is not ExhibitStatus.HELD:
        raise SealError(
            "of evidence that is only said to exist, nothing can be shown",
            hint="nothing was written; what is claimed and not held stays a claim",
        )
    output = book.outputs().get(("read", exhibit))
    records = tuple(wire.from_lines(book.store.read_object(output.records))) if output else ()
    tables = [
        one.content
        for one in records
        if isinstance(one, Rendition) and one.kind is RenditionKind.TABLE and one.media_type == LINES_TYPE
    ]
    if rendition is None and not tables:
        raise CaseError("no table was read from this exhibit", hint="run: quoth read CASE; look at: quoth exhibits")
    source = rendition or tables[0]
    rows = list(_rows(book.store.read_object(source)))
    cut = any(isinstance(one, Finding) and _is_cut(one) for one in records)
    chosen, log = _sheet_of(rows, sheet)
    return _made(chosen, log, source, complete=not cut)


def _is_cut(finding: Finding) -> bool:
    """Whether reading stopped before the table's end."""
    return finding.outcome is Outcome.NOT_CHECKED and any(one.startswith("only the first") for one in finding.grounds)


def _rows(data: bytes) -> Iterator[Row]:
    for line in data.splitlines():
        held = json.loads(line)
        yield Row(sheet=held["sheet"], number=held["row"], cells=tuple(held["cells"]))


def _sheet_of(rows: Sequence[Row], sheet: str | None) -> tuple[list[Row], CallLog | None]:
    """The rows of one sheet, and how they were understood."""
    sheets: dict[str, list[Row]] = {}
    for row in rows:
        sheets.setdefault(row.sheet, []).append(row)
    wanted = {name: held for name, held in sheets.items() if sheet in (None, name)}
    for held in wanted.values():
        log = understood(held)
        if log is not None:
            return held, log
    return next((held for held in wanted.values() if any(_has_words(row) for row in held)), []), None


def _has_words(row: Row) -> bool:
    return any(cell.strip() for cell in row.cells)


def _made(rows: Sequence[Row], log: CallLog | None, rendition: Digest, *, complete: bool) -> HeldTable:
    inside = [row for row in rows if _has_words(row)]
    header = log.header if log else inside[0].cells if inside else ()
    top = next((place for place, row in enumerate(inside) if _stripped(row) == _plain(header)), 0)
    body = [row for row in inside[top + 1 :] if _stripped(row) != _plain(header)]
    names = claim_names(header, max((len(row.cells) for row in body), default=0))
    table = Table(names=names, rows=tuple(TableRow(number=row.number, cells=row.cells) for row in body))
    starts = zip(log.rows, log.starts, strict=True) if log else ()
    minutes = {row.number: start[:16] for row, start in starts if start}
    return HeldTable(
        table=table,
        rendition=rendition,
        sheet=rows[0].sheet if rows else "",
        meanings=Meanings(of=_meanings(header, names), minutes=minutes),
        complete=complete,
    )


def _plain(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in cells)


def _stripped(row: Row) -> tuple[str, ...]:
    return _plain(row.cells)


def _meanings(header: Sequence[str], names: Sequence[str]) -> dict[str, Meaning]:
    columns = columns_of(header)
    made = {names[place]: meaning for meaning in Meaning if (place := getattr(columns, meaning.value, -1)) >= 0}
    for name, title in zip(names, header, strict=False):
        if name not in made and _SITE & set(_WORDS.findall(title.lower())):
            made[name] = Meaning.CELL_SITE
    return made


def names_in(words: str, table: HeldTable) -> tuple[str, ...]:
    """The cells that ``words`` name (``callee,start,Cell ID``): by meaning, by title, or ``row`` for its number.

    Raises :class:`SealError` for a word that names none.
    """
    made: list[str] = []
    for word in (one.strip() for one in words.split(",")):
        found = list(_named(word, table))
        if not found:
            raise SealError(
                f"no such cells in this table: {word or '(nothing)'}",
                hint=f"nothing was shown; there are: {', '.join((ROW, *table.table.names))}",
            )
        made += [name for name in found if name not in made]
    return tuple(made)


def _named(word: str, table: HeldTable) -> Iterator[str]:
    low = word.lower()
    if low == ROW:
        yield ROW
        return
    titled = [name for name in table.table.names if name.lower() == low]
    if titled:
        yield titled[0]
        return
    meant = _STARTS if low == "start" else tuple(one for one in Meaning if one.value in (low, low.replace("-", " ")))
    for name in table.table.names:
        if table.meanings.of.get(name) in meant:
            yield name


def numbers_in(words: str, table: HeldTable) -> tuple[int, ...]:
    """The rows that ``words`` name (``3,17-19``, or ``all``), by their numbers in the file.

    Raises :class:`SealError` for a row that is not there.
    """
    there = {row.number for row in table.table.rows}
    if words.strip().lower() == "all":
        return tuple(sorted(there))
    made: set[int] = set()
    for word in (one.strip() for one in words.split(",")):
        match = _RANGE.match(word)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        wanted = {number for number in there if first <= number <= last}
        if len(wanted) != last - first + 1 or not wanted:
            raise SealError(
                f"no such rows in this table: {word or '(nothing)'}",
                hint=f"nothing was shown; its {len(there)} rows have numbers from {min(there)} to {max(there)}"
                if there
                else "nothing was shown; the table has no rows",
            )
        made |= wanted
    return tuple(sorted(made))
