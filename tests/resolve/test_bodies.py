"""Bodies whose name means two things: both are named, none is chosen."""

import itertools

import pytest

from quoth.record.position import Position
from quoth.resolve.bodies import longer_forms, meaning_note, noted, said_meanings
from quoth.resolve.mentions import mentions_of
from quoth.resolve.names import group
from quoth.resolve.texts import resolve

TWO = (
    "Osk Berg, clerk of the Roads Committee, said no. The Standing Roads Committee met on Monday. "
    "The Istmere Roads Committee did not meet, Ada Lind, a lawyer, said."
)


def test_two_longer_names_make_a_note(resolve_document):
    (position,) = resolve(resolve_document(TWO), ()).positions
    assert position.organisation == "Roads Committee"
    assert "may be the Istmere Roads Committee or the Standing Roads Committee" in position.note


def test_the_party_says_it_too(resolve_document):
    document = resolve_document(TWO)
    parties = group((document,), mentions_of(document, ()), ())
    (short,) = [one for one in parties if [name.text for name in one.names] == ["Roads Committee"]]
    assert "may be the Istmere Roads Committee or the Standing Roads Committee" in short.reason
    assert short.confidence <= 500


def test_one_longer_name_or_a_name_inside_of_it_makes_no_note():
    longer = longer_forms(["House Committee on Roads", "Committee on Roads", "Committee on Roads"])
    assert meaning_note("Committee on Roads", longer, {}) == ""
    assert meaning_note("Committee", longer, {}) == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "The Standing Committee in this instance would refer to the Istmere Province Standing Committee.",
        "Here the Standing Committee means the Istmere Province Standing Committee.",
        "By the Standing Committee he meant the Istmere Province Standing Committee, the paper wrote.",
        "The Standing Committee here refers to the Istmere Province Standing Committee.",
    ],
)
def test_what_the_text_says_is_quoted(resolve_document, sentence):
    text = f"Osk Berg, deputy clerk of the Standing Committee, said no.\n\n{sentence}"
    (position,) = resolve(resolve_document(text), ()).positions
    assert "the text says: “" in position.note
    assert "Istmere Province Standing Committee" in position.note


@pytest.mark.parametrize("sentence", ["The Roads Committee refers cases to the court.", "The Committee meant well."])
def test_other_uses_of_the_verbs_say_nothing(sentence):
    assert said_meanings(sentence) == {}


def test_positions_of_a_case_keep_the_notes_of_each_document():
    first = Position(id="q-1", title="clerk", organisation="Roads Committee", note="the text says: “x”")
    second = Position(id="q-1", title="clerk", organisation="Roads Committee")
    names = ["Standing Roads Committee", "Istmere Roads Committee"]
    for order in itertools.permutations((first, second)):
        (one,) = noted(order, names, {})
        assert "the text says: “x”" in one.note
        assert "may be the Istmere Roads Committee or the Standing Roads Committee" in one.note
