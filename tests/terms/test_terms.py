"""Terms: values that are what their type promises."""

import datetime
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.errors import TermsError
from quoth.terms.anchor import Extract, InvalidAnchor, anchor_at, extract
from quoth.terms.digest import InvalidDigest, digest_of, hex_of, parse_digest, short_of
from quoth.terms.ident import ident
from quoth.terms.phone import PhoneNumber
from quoth.terms.tongue import InvalidTongue, direction, parse_tongue
from quoth.terms.when import InvalidWhen, Reading, When, day


@given(st.binary(max_size=200))
def test_a_digest_is_sha256_with_its_name(data):
    digest = digest_of(data)
    assert hex_of(digest) == hashlib.sha256(data).hexdigest()
    assert parse_digest(digest) == digest
    assert short_of(digest) == hashlib.sha256(data).hexdigest()[:16]


@pytest.mark.parametrize(
    "text", ["", "sha256:", "sha256:" + "0" * 63, "sha256:" + "A" * 64, "sha1:" + "0" * 64, "0" * 64]
)
def test_no_other_form_is_a_digest(text):
    with pytest.raises(InvalidDigest):
        parse_digest(text)


@settings(deadline=None)
@given(st.text(max_size=80), st.data())
def test_an_anchor_carries_the_words_that_stand_there(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    anchor = anchor_at(digest_of(text.encode("utf-8", "surrogatepass")), text, start, end)
    assert anchor.extract.exact == text[start:end]
    assert text[:start].endswith(anchor.prefix)
    assert text[end:].startswith(anchor.suffix)
    assert len(anchor.prefix) <= 32


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 1), (0, 6)])
def test_an_extract_outside_its_text_is_refused(start, end):
    with pytest.raises(InvalidAnchor):
        extract("words", start, end)


def test_an_extract_must_fit_its_words():
    with pytest.raises(InvalidAnchor):
        Extract(start=0, end=4, exact="abc")


@pytest.mark.parametrize(
    ("earliest", "latest"),
    [("2031-02-30", None), ("2031-5-1", None), ("2031-05-02", "2031-05-01"), ("May", None), ("20310501", None)],
)
def test_bounds_are_days_in_order(earliest, latest):
    with pytest.raises(InvalidWhen):
        When(words="x", earliest=earliest, latest=latest)
    with pytest.raises(InvalidWhen):
        Reading(earliest=earliest, latest=latest)


@pytest.mark.parametrize(
    ("when", "grain"),
    [
        (day("1 May 2031", "2031-05-01"), "day"),
        (When(words="May", earliest="2031-05-01", latest="2031-05-31", edtf="2031-05"), "month"),
        (When(words="2031", earliest="2031-01-01", latest="2031-12-31", edtf="2031"), "year"),
        (When(words="mid-May", earliest="2031-05-11", latest="2031-05-20", edtf=""), "range"),
        (When(words="since May", earliest="2031-05-01"), "open"),
        (When(words="once"), "unknown"),
    ],
)
def test_the_grain_is_no_finer_than_the_bounds(when, grain):
    assert when.grain == grain


@given(st.dates(datetime.date(1000, 1, 1)))
def test_a_day_is_its_own_bounds(value):
    when = day("that day", value.isoformat())
    assert (when.earliest, when.latest, when.grain) == (value.isoformat(), value.isoformat(), "day")


@pytest.mark.parametrize("text", ["+1 555 01XX", "044*7700", "1632 960###", "77009••••"])
def test_a_masked_number_never_becomes_digits(text):
    number = PhoneNumber.of(text)
    assert number.masked
    assert number.digits == ""
    assert number.as_written == text


@pytest.mark.parametrize(
    ("text", "digits"), [("+44 (0)1632 960-101", "+4401632960101"), ("01632/960101", "01632960101"), ("", "")]
)
def test_a_number_keeps_its_spelling_beside_its_digits(text, digits):
    assert PhoneNumber.of(text) == PhoneNumber(as_written=text, digits=digits, masked=False)


@pytest.mark.parametrize(
    ("tag", "way"), [("fa", "rtl"), ("ar-EG", "rtl"), ("en", "ltr"), ("zh-Hans", "ltr"), ("und", "ltr")]
)
def test_the_direction_follows_the_language(tag, way):
    assert direction(parse_tongue(tag)) == way


@pytest.mark.parametrize("tag", ["", "e", "english", "en_GB", "en--GB"])
def test_what_is_not_a_language_tag_is_refused(tag):
    with pytest.raises(InvalidTongue):
        parse_tongue(tag)


@given(st.lists(st.text(max_size=6), min_size=1, max_size=4), st.lists(st.text(max_size=6), min_size=1, max_size=4))
def test_names_are_equal_only_for_equal_parts(left, right):
    assert (ident("s", *left) == ident("s", *right)) == (left == right)


def test_every_terms_error_is_a_value_error():
    assert issubclass(TermsError, ValueError)
