"""Quotation marks are paired, whatever their style."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.attribute.quotes import pair_quotes


def outer(text):
    return [text[q.start : q.end] for q in pair_quotes(text, 0, len(text)) if q.level == 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Go,” he said. “Now.”", ["“Go,”", "“Now.”"]),
        ('"Go," he said. "Now."', ['"Go,"', '"Now."']),
        ("‘It’s late,’ she said. ‘Don’t wait.’", ["‘It’s late,’", "‘Don’t wait.’"]),
        ("'It's late,' she said.", ["'It's late,'"]),
        ("«Jamais», dit-il.", ["«Jamais»"]),
        ("„Nein“, sagte er.", ["„Nein“"]),
        ("他说：「不知道。」", ["「不知道。」"]),
        ("The officials’ cars and the men's coats.", []),
        ("a 6\" pipe and the dogs' bowls", []),
        (
            "‘We know the residents’ concerns and will look,’ he said.",
            ["‘We know the residents’ concerns and will look,’"],
        ),
    ],
)
def test_styles(text, expected):
    assert outer(text) == expected


def test_nested_quotation_has_a_level_of_its_own():
    text = "“He told me, ‘Run,’ and I ran,” she said."
    found = [(q.level, text[q.start : q.end]) for q in pair_quotes(text, 0, len(text))]
    assert found == [(0, "“He told me, ‘Run,’ and I ran,”"), (1, "‘Run,’")]


def test_mismatched_closing_marks_still_close():
    text = "“Nobody says: ‘What is this? I don’t know.'”"
    assert [q.level for q in pair_quotes(text, 0, len(text))] == [0, 1]


def test_an_unclosed_quotation_ends_with_its_paragraph():
    text = "He said: “We had no water"
    (quote,) = pair_quotes(text, 0, len(text))
    assert (quote.closed, quote.end) == (False, len(text))
    assert quote.inner == (quote.start + 1, len(text))


def test_ten_thousand_unclosed_marks_give_one_quotation():
    text = "“word " * 10_000
    assert len(pair_quotes(text, 0, len(text))) == 1


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="ab .,\"'“”‘’«»„「」\n", max_size=200))
def test_pairs_never_cross_and_stay_inside(text):
    quotes = pair_quotes(text, 0, len(text))
    for quote in quotes:
        assert 0 <= quote.start < quote.end <= len(text)
    for one in quotes:
        for other in quotes:
            assert (
                one.end <= other.start or other.end <= one.start or one.start <= other.start or other.start <= one.start
            )
            crossing = one.start < other.start < one.end < other.end
            assert not crossing
