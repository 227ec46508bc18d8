"""Dates in their sentences: the development table, and what must never be read."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.errors import ResolveError
from quoth.resolve.dates import find_dates, order_of, read_date

TABLE = Path(__file__).with_name("dates.tsv")


def _rows():
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def _in_context(row):
    language, anchor, sentence = row[:3]
    before, rest = sentence.split("[", 1)
    words, after = rest.split("]", 1)
    against = None if anchor == "-" else anchor
    order = order_of(before + words + after)
    return read_date(words, against=against, language=language, before=before, after=after, order=order)


def test_the_table_is_large_enough():
    assert len(list(_rows())) >= 150


@pytest.mark.parametrize("row", list(_rows()), ids=lambda row: f"{row[0]} {row[2]}")
def test_development_table(row):
    when = _in_context(row)
    earliest, latest = row[3:5]
    if earliest == "none":
        assert when is None
        return
    assert when is not None
    assert when.earliest == (None if earliest == ".." else earliest)
    assert when.latest == (None if latest == ".." else latest)
    if len(row) > 5 and row[5] != "-":
        assert when.edtf == row[5]
    if len(row) > 6:
        kept = {f"{one.earliest}/{one.latest}" for one in when.alternatives}
        assert set(row[6].split(";")) <= kept


MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@settings(max_examples=50, deadline=None)
@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2100, 12, 31)))
def test_an_explicit_day_is_inside_the_bounds(day):
    forms = (
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
        day.isoformat(),
        f"{day.month}/{day.day}/{day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.year}年{day.month}月{day.day}日",
    )
    for words in forms:
        (found,) = find_dates(f"It was on {words} there.", against="2031-06-20")
        assert found[2].earliest <= day.isoformat() <= found[2].latest
        assert found[2].words == words


COARSE = {
    "{month} {year}": "month",
    "{month}": "month",
    "{year}": "year",
    "spring {year}": "season",
    "early {year}": "part",
    "mid-{month} {year}": "part",
    "last month": "month",
    "last year": "year",
    "two months ago": "month",
    "three years ago": "year",
    "last week": "week",
    "Q2 {year}": "quarter",
    "the {decade}s": "decade",
}


@settings(max_examples=50, deadline=None)
@given(
    st.sampled_from(sorted(COARSE)),
    st.sampled_from(MONTHS),
    st.integers(1950, 2060),
    st.dates(min_value=datetime.date(1950, 1, 1), max_value=datetime.date(2060, 12, 31)),
)
def test_no_reading_is_finer_than_its_words(form, month, year, anchor):
    words = form.format(month=month, year=year, decade=year // 10 * 10)
    when = read_date(words, against=anchor.isoformat())
    assert when is not None
    for one in (when, *when.alternatives):
        days = (datetime.date.fromisoformat(one.latest) - datetime.date.fromisoformat(one.earliest)).days + 1
        assert days >= {"part": 8, "week": 7, "month": 28, "season": 89, "quarter": 90}.get(COARSE[form], 365)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "in",
                "on",
                "May",
                "March",
                "5",
                "2012",
                "between",
                "and",
                "from",
                "to",
                "the",
                "of",
                "last",
                "next",
                "month",
                "week",
                "ago",
                "two",
                "early",
                "mid",
                "-",
                "/",
                ".",
                ",",
                "3/4/2011",
                "Monday",
                "after",
                "before",
                "since",
                "Q1",
                "1990s",
                "century",
                "去年",
                "5月",
                "上周五",
                "三天前",
                "年",
                "月",
                "日",
                "以来",
                "(",
                ")",
                "\n\n",
            ]
        ),
        max_size=40,
    )
)
def test_extracts_are_the_text_and_stand_in_order(words):
    text = " ".join(words)
    reached = 0
    for start, end, when in find_dates(text, against="2031-06-20"):
        assert when.words == text[start:end] != ""
        assert start >= reached
        reached = end
        assert when.basis


def test_both_orders_are_kept_without_a_hint():
    when = read_date("03/04/2011", against=None)
    assert (when.earliest, when.latest, when.edtf) == ("2011-03-04", "2011-04-03", "")
    assert {one.edtf for one in when.alternatives} == {"2011-03-04", "2011-04-03"}
    assert read_date("03/04/2011", against=None, order="dmy").edtf == "2011-04-03"
    assert read_date("03/04/2011", against=None, order="mdy").edtf == "2011-03-04"


def test_the_order_is_taken_only_from_dates_that_agree():
    assert order_of("25/12/2030 and 03/04/2031") == "dmy"
    assert order_of("12/25/2030 and 03/04/2031") == "mdy"
    assert order_of("12/25/2030 and 25/12/2030") == ""


def test_the_anchor_is_kept_only_where_it_was_needed():
    assert read_date("last month", against="2031-06-20").against == "2031-06-20"
    assert read_date("May 2030", against="2031-06-20").against is None


def test_a_wrong_anchor_is_refused_with_help():
    with pytest.raises(ResolveError) as caught:
        read_date("last month", against="June")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2012-05", "2012-05-01", "2012-05-31"),
        ("2012-05-01", "2012-05-01", "2012-05-01"),
        ("2012/2013", "2012-01-01", "2013-12-31"),
        ("../2012", None, "2012-12-31"),
        ("2012-05-06/..", "2012-05-06", None),
        ("2012-21", "2012-03-01", "2012-05-31"),
        ("2012?", "2012-01-01", "2012-12-31"),
        ("2012-05-06~", "2012-05-04", "2012-05-08"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2012-02-30", None, None),
        ("2012-00", None, None),
    ],
)
def test_edtf_strings(edtf, earliest, latest):
    when = read_date(edtf, against=None)
    if earliest is None and latest is None:
        assert when is None
    else:
        assert (when.earliest, when.latest, when.edtf) == (earliest, latest, edtf)


def test_words_of_doubt_are_kept_as_a_qualifier():
    (found,) = find_dates("He left, perhaps in 2012, by ship.", against=None)
    assert (found[2].edtf, found[2].earliest, found[2].latest) == ("2012?", "2012-01-01", "2012-12-31")


@pytest.mark.parametrize(
    "piece", ["5 May ", "between ", "the early ", "(2012) ", "1/2/", "去年", "三十", "a few ", "from 5 to "]
)
def test_long_hostile_text_is_read_in_one_pass(piece):
    text = piece * 1_000
    found = find_dates(text, against="2031-06-20")
    assert all(text[start:end] == when.words for start, end, when in found)


@pytest.mark.parametrize(
    ("text", "words", "bounds"),
    [
        ("He came on 4 May 2031. She had left the previous Thursday.", "the previous Thursday", "2031-05-01"),
        ("He came on 4 May 2031. The same day she left.", "The same day", "2031-05-04"),
        ("He came on 4 May 2031. The day before, she had left.", "The day before", "2031-05-03"),
        ("He came on 4 May 2031; she left a week later.", "a week later", "2031-05-05/2031-05-11"),
        (
            "He said on Wednesday that he had read the report of last month. It had come the previous Friday.",
            "the previous Friday",
            "2031-06-13",
        ),
        ("He came in May 2031. A week later she left.", "A week later", "2031-05-05/2031-06-08"),
        ("He came in May 2031. A month later she left.", "A month later", "2031-06-01/2031-06-30"),
        ("He came in May 2031. The previous Thursday she left.", "The previous Thursday", None),
        ("She left the previous Thursday.", "the previous Thursday", None),
        ("She left the same day.", "the same day", None),
    ],
)
def test_dates_that_count_from_an_earlier_one(text, words, bounds):
    (when,) = [when for start, end, when in find_dates(text, against="2031-06-20") if text[start:end] == words]
    first, _, last = (bounds or "").partition("/")
    assert (when.earliest, when.latest) == ((first, last or first) if bounds else (None, None))


def test_a_coarser_time_between_leaves_the_other_reading_open():
    text = "He said on Wednesday that he had read last month’s report. It had come the previous Friday."
    *_, (_, _, when) = find_dates(text, against="2031-06-21")
    assert when.earliest == "2031-06-13"
    assert "a coarser time stands between" in when.basis
    assert [one.earliest for one in when.alternatives] == ["2031-06-20"]
