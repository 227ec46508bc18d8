"""Tables and call logs: every cell as written, nothing read into what is not clear."""

import datetime
import io
import json
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.read.call_log import columns_of
from quoth.read.call_times import duration_of, durations_in, starts_in
from quoth.record.call_record import CallRecord
from quoth.record.passage import Passage
from quoth.record.rendition import Rendition
from read.reading import grounds_of, of_kind, reading, text_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LOG = """Kelsund Telephone Company
Calls of the line 01632 960000;;;;

Date;Time;Duration (s);Calling number;Called number
13.04.2031;10:31:05;75;+44 7700 900123;0163296XXXX
02.05.2031;09:00:00;12;+44 7700 900124;01632 960001
Date;Time;Duration (s);Calling number;Called number
03.05.2031;23:59:59;;07700 900125;anonymous
Total;;87;;
"""


def table_of(readout):
    blob = readout.blob(of_kind(readout, Rendition)[1].content)
    return [json.loads(line) for line in blob.splitlines()]


def settings_of(readout):
    return {one.name: one.value for one in of_kind(readout, Rendition)[0].settings}


def test_a_call_log_under_a_preamble_is_found():
    readout = reading(LOG.encode(), "text/csv")
    records = of_kind(readout, CallRecord)
    assert [one.row for one in records] == [5, 6, 8]
    assert [one.start for one in records] == ["2031-04-13T10:31:05", "2031-05-02T09:00:00", "2031-05-03T23:59:59"]
    assert [one.duration_s for one in records] == [75, 12, -1]
    assert [one.caller.digits for one in records] == ["+447700900123", "+447700900124", "07700900125"]
    assert (records[0].callee.masked, records[0].callee.digits) == (True, "")
    assert records[0].callee.as_written == "0163296XXXX"
    assert (records[0].cells[0].column, records[0].cells[0].as_written) == ("Date", "13.04.2031")
    assert settings_of(readout)["call-date-order"] == "day-month-year"
    assert settings_of(readout)["delimiter"] == ";"


def test_every_row_stands_in_the_text_and_every_cell_in_the_lines():
    readout = reading(LOG.encode(), "text/csv")
    rows = table_of(readout)
    assert rows[4] == {
        "sheet": "",
        "row": 5,
        "cells": ["13.04.2031", "10:31:05", "75", "+44 7700 900123", "0163296XXXX"],
    }
    assert text_of(readout).split("\n")[4] == "\t".join(rows[4]["cells"])
    passages = of_kind(readout, Passage)
    assert [one.anchor.cell.row for one in passages] == [1, 2, 4, 5, 6, 7, 8, 9]
    assert {one.role.value for one in passages} == {"row"}


def test_a_cell_keeps_its_tabs_and_newlines_in_the_lines():
    data = b'a,b\n"first\nsecond","x\ty"\n'
    readout = reading(data, "text/csv")
    assert table_of(readout)[1]["cells"] == ["first\nsecond", "x\ty"]
    assert text_of(readout).split("\n")[1] == "first second\tx y"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found(delimiter):
    data = delimiter.join(["Name", "Day", "Note"]) + "\n" + delimiter.join(["Holt", "2031-05-02", "x"]) + "\n"
    assert table_of(reading(data.encode(), "text/csv"))[1]["cells"] == ["Holt", "2031-05-02", "x"]


def test_a_quotation_mark_that_never_closes_swallows_nothing():
    data = 'a,b\n"open,1\n' + "x,2\n" * 400
    readout = reading(data.encode(), "text/csv")
    assert len(table_of(readout)) == 402
    assert "never closes" in grounds_of(readout)[0]


def test_rows_beyond_five_thousand_are_counted_and_kept():
    data = "n,word\n" + "".join(f"{number},word\n" for number in range(6000))
    readout = reading(data.encode(), "text/csv")
    assert len(of_kind(readout, Passage)) == 5000
    assert len(table_of(readout)) == 6001
    assert grounds_of(readout) == ["6001 rows: the first 5000 became passages, all are in the table's JSON lines"]


def test_call_records_stop_at_their_limit_and_say_so(monkeypatch):
    monkeypatch.setattr("quoth.read.call_log.MOST_RECORDS", 2)
    readout = reading(LOG.encode(), "text/csv")
    assert len(of_kind(readout, CallRecord)) == 2
    assert "3 call rows: the first 2 became call records" in grounds_of(readout)


def test_sheets_are_read_as_stored():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Calls"
    sheet.append(["Start", "Duration", "Caller", "Callee"])
    sheet.append(
        [
            datetime.datetime.fromisoformat("2031-04-13T10:31:05"),
            datetime.time(0, 1, 15),
            "01632 960001",
            "01632 960002",
        ]
    )
    sheet.append([])
    sheet.append(
        [datetime.datetime.fromisoformat("2031-04-14T09:00:00"), datetime.timedelta(seconds=12), 7700900123, "=1+1"]
    )
    other = book.create_sheet("Notes")
    other.append(["A note", 1.5, True, datetime.date(2031, 4, 1), 3.0])
    target = io.BytesIO()
    book.save(target)
    readout = reading(target.getvalue(), XLSX)
    assert table_of(readout)[0] == {"sheet": "Calls", "row": 1, "cells": ["Start", "Duration", "Caller", "Callee"]}
    assert table_of(readout)[-1] == {"sheet": "Notes", "row": 1, "cells": ["A note", "1.5", "TRUE", "2031-04-01", "3"]}
    records = of_kind(readout, CallRecord)
    assert [(one.row, one.start, one.duration_s) for one in records] == [
        (2, "2031-04-13T10:31:05", 75),
        (4, "2031-04-14T09:00:00", 12),
    ]
    assert {one.anchor.cell.sheet for one in of_kind(readout, Passage)} == {"Calls", "Notes"}


def package(parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return target.getvalue()


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (
            {
                "xl/workbook.xml": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'
            },
            "declares a document type",
        ),
        (
            {"xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'.encode("utf-16")},
            "declares a document type",
        ),
        ({"xl/workbook.xml": "<x"}, "damaged"),
        ({"other": "x"}, "damaged"),
    ],
)
def test_hostile_packages_are_not_opened(parts, said):
    assert said in grounds_of(reading(package(parts), XLSX))[0]


def test_a_package_that_would_fill_the_memory_is_not_unpacked(monkeypatch):
    monkeypatch.setattr("quoth.read.package.MOST_UNPACKED", 2**20)
    data = package({"xl/sheet.bin": b"\0" * 2**21})
    assert "would unpack to 2097152 bytes" in grounds_of(reading(data, XLSX))[0]


def test_a_cut_package_is_a_finding():
    book = openpyxl.Workbook()
    book.active.append(["a"])
    target = io.BytesIO()
    book.save(target)
    assert "damaged" in grounds_of(reading(target.getvalue()[:-400], XLSX))[0]


@pytest.mark.parametrize(
    ("cells", "starts", "order"),
    [
        (["13/04/2031 10:31", "02/05/2031 09:00:01"], ["2031-04-13T10:31:00", "2031-05-02T09:00:01"], "day-month-year"),
        (
            ["04/13/2031 10:31 PM", "05/02/2031 12:00 am"],
            ["2031-04-13T22:31:00", "2031-05-02T00:00:00"],
            "month-day-year",
        ),
        (
            ["2031-04-13T10:31:05Z", "2031-04-14 10:31:05"],
            ["2031-04-13T10:31:05", "2031-04-14T10:31:05"],
            "year-month-day",
        ),
        (["03/04/2031 10:31", "02/05/2031 09:00"], ["", ""], ""),
        (["03/03/31 10:31"], [""], ""),
        (["13/04/2031 10:31", "04/13/2031 10:31"], ["", ""], ""),
        (["13/04/2031", "13/04/2031 25:00"], ["", ""], "day-month-year"),
        (["soon", ""], ["", ""], ""),
    ],
)
def test_starts_are_read_only_where_the_whole_column_is_clear(cells, starts, order):
    found = starts_in(cells)
    assert (list(found.local), found.order) == (starts, order)


def test_zones_stay_as_written():
    assert starts_in(["2031-04-13T10:31:05Z", "2031-04-13 10:31:05 +02:00"]).zones == ("Z", "+02:00")
    data = "Start (UTC),Caller,Called\n2031-04-13 10:31:05,01632 960001,01632 960002\n"
    assert of_kind(reading(data.encode(), "text/csv"), CallRecord)[0].zone == "UTC"


def test_a_zone_above_the_table_is_taken_as_stated():
    above = "Times;switch clock, UTC+2 all year;;;\n"
    assert {one.zone for one in of_kind(reading((above + LOG).encode(), "text/csv"), CallRecord)} == {"UTC+2"}
    assert {one.zone for one in of_kind(reading(LOG.encode(), "text/csv"), CallRecord)} == {""}


@pytest.mark.parametrize(
    ("title", "cell", "seconds"),
    [
        ("Duration", "75", 75),
        ("Duration (min)", "2", 120),
        ("Duration", "00:01:15", 75),
        ("Duration", "1:15", 75),
        ("Duration", "1 min 15 sec", 75),
        ("Duration", "1h 2m", 3720),
        ("Duration", "long", -1),
        ("Duration", "", -1),
        ("Duration", "1:75", -1),
    ],
)
def test_durations(title, cell, seconds):
    assert duration_of(cell, durations_in(title, [cell])) == seconds


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (["Start", "Duration", "Caller", "Callee"], True),
        (["Date", "Time", "A-number", "B-number"], True),
        (["start_stamp", "billsec", "src", "dst"], True),
        (["通话时间", "通话时长", "主叫号码", "被叫号码"], True),
        (["Date", "Amount", "From account"], False),
        (["Name", "Day", "Note"], False),
        (["End time", "Duration", "Cell", "Name"], False),
    ],
)
def test_headers_of_call_logs(header, found):
    assert columns_of(header).enough is found


def test_sheets_with_the_same_row_numbers_give_different_records():
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("Other")):
        sheet.append(["Start", "Caller", "Called"])
        sheet.append(["2031-04-13 10:31:05", "01632 960001", "01632 960002"])
    target = io.BytesIO()
    book.save(target)
    records = of_kind(reading(target.getvalue(), XLSX), CallRecord)
    assert len({one.id for one in records}) == len(records) == 2


@given(st.binary(max_size=300))
def test_any_bytes_read_as_a_table(data):
    if data:
        reading(data, "text/csv")


@given(st.text(alphabet=st.sampled_from('ab,;"\n\t 01X:/-'), max_size=200))
def test_any_table_after_a_call_header_keeps_its_cells(text):
    readout = reading(f"Start,Duration,Caller,Called\n{text}".encode(), "text/csv")
    for record in of_kind(readout, CallRecord):
        assert record.caller is None or record.caller.as_written
