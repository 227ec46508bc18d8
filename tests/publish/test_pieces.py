"""Small pieces: escaping, dates, counts, silences, file names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.reading import read
from quoth.errors import PublishError
from quoth.publish.calls import clock
from quoth.publish.checks import shell_word
from quoth.publish.layout.frame import Sheet
from quoth.publish.layout.html import Html, plain, tag, text
from quoth.publish.layout.paging import Listing, paged
from quoth.publish.layout.pieces import count, dated, instant, name, quote, to, when
from quoth.publish.unknowns import silence
from quoth.record.request import Request
from quoth.terms.when import Reading, When, day


def test_text_is_escaped_and_markup_is_not():
    assert tag("p", "<b>", tag("b", "&"), None, ["x", ("y",)]) == "<p>&lt;b&gt;<b>&amp;</b>xy</p>"
    assert tag("a", href='"><x', hidden=True, title=None, download=False) == '<a href="&quot;&gt;&lt;x" hidden></a>'
    assert text(Html("<i>")) == "<i>"


def test_a_void_element_holds_nothing():
    assert tag("br") == "<br>"
    with pytest.raises(PublishError):
        tag("br", "words")


@settings(max_examples=50, deadline=None)
@given(st.text())
def test_whatever_goes_in_comes_out_as_text_and_nothing_else(words):
    page = read(tag("p", words, title=words).encode())
    assert page.faults == []
    assert [one for one, _ in page.tags] == ["p"]
    kept = [letter for letter in words if letter.isprintable()]
    assert [letter for letter in kept if letter not in page.text] == []


def test_plain_is_one_line_without_direction_marks():
    assert plain("a\u202e\nb \u2066c") == "a b c"
    assert plain("x" * 200, 10) == "x" * 9 + "…"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (day("3 May 2012", "2012-05-03"), "3 May 2012"),
        (When(words="May", earliest="2012-05-01", latest="2012-05-31", edtf="2012-05"), "May 2012"),
        (When(words="2012", earliest="2012-01-01", latest="2012-12-31", edtf="2012"), "2012"),
        (When(words="mid-May", earliest="2012-05-10", latest="2012-05-20"), "between 10 May 2012 and 20 May 2012"),
        (When(words="May", earliest="2012-05-01", latest="2012-05-31"), "between 1 May 2012 and 31 May 2012"),
        (When(words="since May", earliest="2012-05-01"), "not before 1 May 2012"),
        (When(words="until May", latest="2012-05-31"), "not after 31 May 2012"),
        (When(words="once"), "not known"),
        (When(words="May", earliest="2012-05-01", latest="2012-05-31", edtf="2012-05", alternatives=(Reading(earliest="2011-05-01", latest="2011-05-31", edtf="2011-05"),)), "May 2012 or May 2011"),
    ],
)  # fmt: skip
def test_a_date_is_never_more_precise_than_its_source(value, words):
    assert dated(value) == words


def test_a_date_shows_its_words_and_what_it_was_read_against():
    shown = when(
        When(words="last month", earliest="2012-04-01", latest="2012-04-30", edtf="2012-04", against="2012-05-02")
    )
    assert read(shown.encode()).text == "April 2012 (written last month, read against 2 May 2012)"
    assert '<time datetime="2012-04">' in shown
    assert "<time" not in when(When(words="once"))
    assert read(when(None).encode()).text == "not known"


@pytest.mark.parametrize(
    ("sent", "until", "words"),
    [
        (day("", "2031-04-01"), day("", "2031-04-30"), "29 days without a reply"),
        (day("", "2031-04-01"), day("", "2031-04-02"), "1 day without a reply"),
        (When(words="April", earliest="2031-04-01", latest="2031-04-30"), day("", "2031-05-10"), "between 10 and 39 days without a reply"),
        (day("", "2031-04-01"), None, "no reply recorded; for how long is not known"),
        (None, day("", "2031-04-01"), "no reply recorded; for how long is not known"),
        (day("", "2031-04-30"), day("", "2031-04-01"), "no reply recorded; for how long is not known"),
        (When(words="once"), day("", "2031-04-01"), "no reply recorded; for how long is not known"),
    ],
)  # fmt: skip
def test_silence_is_counted_as_far_as_its_dates_tell(sent, until, words):
    assert silence(Request(id="e-1", to="x", sent=sent, as_of=until)) == words


def test_counts_and_clocks():
    assert [count(0, "origin"), count(1, "origin"), count(2, "origin"), count(1200, "reply", "replies")] == [
        "0 origins",
        "1 origin",
        "2 origins",
        "1 200 replies",
    ]
    assert [clock(0), clock(62_900), clock(3_602_000), clock(-5)] == ["0:00", "1:02", "1:00:02", "0:00"]


def test_instants_that_are_none_stay_as_they_are():
    assert read(instant("2031-05-02T09:00:00Z").encode()).text == "2 May 2031, 09:00 UTC"
    assert read(instant("some day").encode()).text == "some day"


def test_fragments_carry_their_language():
    assert name("سامر", "ar") == '<bdi lang="ar" dir="rtl">سامر</bdi>'
    assert name("x") == "<bdi>x</bdi>"
    assert quote("好", "zh-Hans") == '<q class="said" lang="zh-Hans" dir="ltr">好</q>'
    assert quote("abcdef", limit=3) == '<q class="said" dir="auto">abc …</q>'


def test_links_are_relative_to_the_page():
    assert to("index.html", "exhibits/x.html") == "exhibits/x.html"
    assert to("exhibits/x.html", "index.html") == "../index.html"


def test_a_file_name_is_one_word_of_a_shell():
    assert shell_word("a'b; rm -rf $HOME") == "'a'\\''b; rm -rf $HOME'"


def test_long_lists_are_cut_between_items_and_lose_none():
    items = tuple(tag("li", str(number) * 500) for number in range(200))
    sheets = list(paged(Listing(path="a/index.html", title="T", lead=None, items=items, budget=20_000)))
    assert [one.path for one in sheets][:2] == ["a/index.html", "a/index-2.html"]
    assert all(isinstance(one, Sheet) for one in sheets)
    assert [one.path for one in paged(Listing(path="e.html", title="T", lead=None, items=()))] == ["e.html"]
    assert (
        len(list(paged(Listing(path="e.html", title="T", lead=None, items=items[:50], per_page=20, budget=10**9)))) == 3
    )
