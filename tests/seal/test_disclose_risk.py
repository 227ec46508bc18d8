"""Who could be found: every combination is counted over the whole table."""

import pytest

from quoth.seal.disclose_cells import ROW, Table, TableRow
from quoth.seal.disclose_risk import FEW, Meaning, Meanings, risks

NAMES = ("Start", "Caller", "Called", "Secs", "Cell", "Note")
OF = dict(
    zip(NAMES[:5], (Meaning.START, Meaning.CALLER, Meaning.CALLEE, Meaning.DURATION, Meaning.CELL_SITE), strict=True)
)
ROWS = (
    ("2031-05-02 10:00:05", "a", "1", "60", "X", ""),
    ("2031-05-02 10:00:50", "b", "1", "60", "X", ""),
    ("2031-05-02 10:00:10", "c", "2", "61", "Y", ""),
    ("2031-05-02 11:00:00", "d", "2", "9", "Y"),
)
TABLE = Table(names=NAMES, rows=tuple(TableRow(number=place + 2, cells=cells) for place, cells in enumerate(ROWS)))
MINUTES = Meanings(of=OF, minutes={row.number: row.cells[0][:16] for row in TABLE.rows})


def counted(chosen, meanings=MINUTES, **more):
    return {(one.row, one.what): one.sharing for one in risks(TABLE, chosen, meanings, **more)}


def test_callee_and_minute_count_whatever_the_seconds():
    found = counted({2: ("Start", "Called")})
    assert found[2, "callee and minute"] == 2
    assert found[2, "minute"] == 3
    assert found[2, "what is shown together (Start, Called)"] == 1


def test_cell_site_and_minute_and_a_duration_of_its_own():
    found = counted({5: ("Start", "Cell", "Secs")})
    assert found[5, "cell site and minute"] == 1
    assert found[5, "duration"] == 1
    assert (5, "callee and minute") not in found
    assert "no other row has it" in next(one.words for one in risks(TABLE, {5: ("Secs",)}, MINUTES))


def test_without_understood_minutes_the_written_time_counts():
    found = counted({2: ("Start", "Called")}, Meanings(of=OF, minutes={}))
    assert found[2, "callee and minute"] == 1


def test_the_caller_and_the_row_number_name_outright():
    found = risks(TABLE, {3: ("Caller", ROW)}, MINUTES)
    assert [one.sharing for one in found[:2]] == [0, 0]
    assert all(one.grave for one in found[:2])
    assert "caller's number itself" in found[0].words or "caller's number itself" in found[1].words


def test_a_number_alone_has_no_combination():
    assert counted({3: (ROW,)}) == {
        (3, "its number is shown: whoever holds the company's file has the row by it, and with it the caller"): 0
    }


def test_what_was_shown_before_counts_too():
    found = counted({2: ("Called",)}, before={2: ("Start", "Called"), 4: ("Start",)})
    assert found[2, "callee and minute, with what was shown before"] == 2
    assert "callee and minute" not in {what for _, what in found}
    assert counted({2: ("Called",)})[2, "what is shown together (Called)"] == 2


def test_a_cell_that_a_row_lacks_counts_as_empty():
    assert counted({5: ("Note",)})[5, "what is shown together (Note)"] == 4


@pytest.mark.parametrize(("count", "grave"), [(FEW - 1, True), (FEW, False)])
def test_few_are_grave(count, grave):
    table = Table(names=("Called",), rows=tuple(TableRow(number=place + 1, cells=("1",)) for place in range(count)))
    (risk,) = risks(table, {1: ("Called",)}, Meanings(of={}, minutes={}))
    assert risk.grave is grave
    assert risk.words == f"row 1: what is shown together (Called): {count} of {count} rows share it"
