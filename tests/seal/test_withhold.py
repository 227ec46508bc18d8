"""Masks: numbers lose all but their last two digits, however they are written."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.seal.withhold import last_component, mask, mask_in_text
from quoth.terms.phone import PhoneNumber


@pytest.mark.parametrize(
    ("written", "masked"),
    [
        ("+44 7700 900461", "+•• •••• ••••61"),
        ("(01632) 960 114", "(•••••) ••• •14"),
        ("12", "12"),
        ("", ""),
    ],
)
def test_a_number_keeps_its_shape_and_two_digits(written, masked):
    made = mask(PhoneNumber.of(written))
    assert (made.as_written, made.digits, made.masked) == (masked, "", True)


def test_a_number_masked_by_its_source_stays_as_written():
    number = PhoneNumber.of("+44 7700 9XXX61")
    assert mask(number) == number


@pytest.mark.parametrize(
    "written", ["+447700900461", "+44 7700 900461", "44-7700-900-461", "+44 (7700) 900.461", "447700900461"]
)
def test_a_number_in_a_sentence_is_found_in_every_spelling(written):
    made = mask_in_text(f"row 12, from {written} at 10:31:00 on 2031-03-03", {"447700900461"})
    assert len(re.findall(r"\d", made.split(" at ")[0].removeprefix("row 12"))) == 2
    assert made.endswith("at 10:31:00 on 2031-03-03")


def test_other_numbers_stay():
    text = "to +44 1632 960114, 8000 Hz, 2031-03-03"
    assert mask_in_text(text, {"447700900461"}) == text


@pytest.mark.parametrize(
    ("name", "last"),
    [("a/b/c.txt", "c.txt"), ("C:\\Users\\jane\\c.txt", "c.txt"), ("c.txt", "c.txt"), ("a/", "a"), ("", "")],
)
def test_a_path_is_reduced_to_its_last_component(name, last):
    assert last_component(name) == last


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="0123456789 +-()", max_size=24))
def test_at_most_two_digits_are_left(written):
    made = mask(PhoneNumber.of(written)).as_written
    assert sum(letter.isdigit() for letter in made) <= 2
    assert len(made) == len(written)
