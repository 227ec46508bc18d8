"""Whatever comes in: no crash, bounded work, extracts that fit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.attribute.engine import attribute_text

PIECES = ["said", "told", "that", "Bell", "Ana Prell", "the", "mayor", "“", "”", '"', "'", "’", ",", ".", "(", ")", "—", "who", "and", "but",
          "according to", "was asked", "to", "not", "claim", "in the view of", "\n", "denied", ":", ";", "gave", "documents", "it", "1997", "表示，"]  # fmt: skip


def sound(text):
    result = attribute_text(text)
    ids = [item.id for item in result.statements]
    assert len(ids) == len(set(ids))
    for item in result.statements:
        for part in (*item.source, *item.cue, *item.content, *item.addressee, *item.hedges, *item.medium):
            assert text[part.start : part.end] == part.exact
        assert item.cue or item.content
    for chain in result.chains:
        assert len(chain.links) >= 2
    return result


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n\t",
        "no punctuation here he said nothing and she told him that it was late and he denied it",
        "THE MAYOR SAID THE ROAD WAS SHUT. SHE WOULD NOT SAY WHY.",
        "Tlie rnayor sa1d the r0ad was shut . ,, he sald ,, “the",
        '<p>The mayor said <b>the road</b> was shut.</p><img alt="he said “no”">',
        "Мэр said, что «дорога закрыта». 市长说：“路封了。” The mayor said so.",
        "\x00\ud800 said \u202e the mayor said",
        "“" * 500,
        "said " * 500,
        "that who which said told “ ” , — ( ) " * 50,
    ],
)
def test_odd_texts(text):
    sound(text)


def test_all_capitals_are_read():
    statements = sound("THE MAYOR SAID THE ROAD WAS SHUT. SHE WOULD NOT SAY WHY.").statements
    assert [item.cue[0].exact for item in statements][:1] == ["SAID"]


def test_ten_thousand_unclosed_quotations():
    sound("He said “we go on " * 10_000)


def test_one_paragraph_of_two_million_characters():
    block = (
        "The mayor said that the road was shut. " + "Rain fell on the roofs of the town all through the night. " * 40
    )
    text = block * (2_000_000 // len(block))
    result = attribute_text(text)
    assert len(result.statements) == len(text) // len(block)


def test_two_million_characters_without_an_end():
    attribute_text("the mayor said the road was shut and " * (400_000 // 37))
    attribute_text("x" * 2_000_000)
    attribute_text("据" * 300_000)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_mixture_of_cues_and_marks(pieces):
    sound(" ".join(pieces))


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300))
def test_any_text(text):
    sound(text)
