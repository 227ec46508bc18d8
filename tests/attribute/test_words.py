"""Sentences and word classes."""

from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.attribute.quotes import pair_quotes
from quoth.attribute.words import LONGEST, sentences


def parsed(text, opaque=()):
    return list(sentences(text, 0, len(text), opaque))


def test_abbreviations_and_initials_end_no_sentence():
    assert len(parsed("Dr. J. Smith of the U.S. office met Gen. Orlo at 4 p.m. today. He left.")) == 2


def test_no_sentence_ends_inside_a_quotation():
    text = "“We left. Nobody saw us,” he said. They slept."
    assert len(parsed(text, pair_quotes(text, 0, len(text)))) == 2


def test_noun_or_verb_is_decided_by_the_neighbours():
    (first,) = parsed("Officials fear that the reports show a plan.")
    assert first.tags[1] == "V"
    assert first.tags[4] == "N"
    assert first.tags[5] == "V"
    assert first.tags[7] == "N"


def test_contractions_are_two_tokens():
    (only,) = parsed("He’s sure they'll deny it.")
    assert only.lows[:2] == ["he", "'s"]
    assert only.tags[:2] == "RA"


def test_a_text_without_full_stops_is_cut():
    found = parsed("word " * 1000)
    assert all(len(item.tags) <= LONGEST for item in found)
    assert sum(len(item.tags) for item in found) == 1000


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_tokens_are_in_order_and_one_letter_each(text):
    last = 0
    for sentence in parsed(text):
        assert len(sentence.starts) == len(sentence.ends) == len(sentence.lows) == len(sentence.tags)
        for start, end in zip(sentence.starts, sentence.ends, strict=True):
            assert last <= start < end <= len(text)
            last = end
