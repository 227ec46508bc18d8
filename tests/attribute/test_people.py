"""Who is unnamed, and whom he and she may mean."""

import pytest

from quoth.attribute.engine import attribute_text
from quoth.attribute.people import head_noun, is_human, sex_of
from quoth.record.statement import SourceType


def kind(source):
    *_, statement = attribute_text(f"{source} said the safe was empty.").statements
    assert statement.source[0].exact == source.rstrip(",")
    return statement.source_type


@pytest.mark.parametrize(
    "source",
    [
        "A former clerk", "A person briefed on the sale", "Two people who saw it", "An employee", "A relative",
        "One of the nurses, who asked that her name be withheld,", "Officials who spoke on condition of anonymity",
        "A friend of the clerk", "A cousin of Ivo Marlen", "Three former guards", "Another passenger", "A second witness",
        "A woman who works in the laundry", "A retired signalman", "Some of the dockers", "A mother of two",
        "Somebody in the yard", "Someone close to the family", "A Western diplomat", "A clerk who would not be named",
    ],
)  # fmt: skip
def test_a_human_being_without_a_name_is_unnamed(source):
    assert kind(source) is SourceType.UNNAMED


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("A clerk, Ana Prell,", SourceType.NAMED), ("A clerk named Ana Prell", SourceType.NAMED),
        ("Former clerk Ana Prell", SourceType.NAMED), ("A spokesman for the mill", SourceType.ROLE),
        ("A judge", SourceType.ROLE), ("A court", SourceType.ROLE), ("A company", SourceType.ROLE),
        ("A leaked memo", SourceType.DOCUMENT), ("A study", SourceType.DOCUMENT), ("A newspaper", SourceType.OUTLET),
        ("The former clerk", SourceType.ROLE), ("Neighbours", SourceType.GROUP),
    ],
)  # fmt: skip
def test_documents_organisations_offices_and_the_named_are_not(source, expected):
    assert kind(source) is expected


def last_of(text):
    return attribute_text(text).statements[-1]


def test_the_same_description_again_is_the_same_unnamed_person():
    last = last_of("A junior accountant said the books were kept twice. The accountant said the copies were gone.")
    assert last.source_refers_to.exact == "A junior accountant"
    assert last.source_type is SourceType.UNNAMED


@pytest.mark.parametrize(
    "organisation", ["The company", "The Port Authority", "The ministry", "The court", "The report"]
)
def test_he_is_never_an_organisation(organisation):
    assert last_of(f"{organisation} said it was closed. He said it would open.").source_refers_to is None


@pytest.mark.parametrize("pronoun", ["It", "They", "We"])
def test_they_and_it_are_never_linked(pronoun):
    assert last_of(f"Ana Prell said the road was shut. {pronoun} said the road was open.").source_refers_to is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Mr Orlo said it was closed. Ms Prell said it was open. He said she was wrong.", "Mr Orlo"),
        ("Ms Ana Prell said it was closed. Mr Ivo Orlo said it was open. She said he was wrong.", "Ana Prell"),
        ("A widow said it was closed. A policeman said it was open. She said he was wrong.", "A widow"),
        (
            "The officer said it was closed. He said he was tired. Ana Prell said so. He said it was late.",
            "The officer",
        ),
        (
            "The officer said it was closed. He said he was tired. Ana Prell said it was. She said it was late.",
            "Ana Prell",
        ),
    ],
)
def test_nobody_is_both_he_and_she(text, meant):
    assert last_of(text).source_refers_to.exact == meant


def test_a_bare_pronoun_lowers_the_confidence():
    named, pronoun = attribute_text("Ana Prell said the road was shut. She said the road was open.").statements
    assert named.reason == pronoun.reason
    assert named.confidence - pronoun.confidence == 100


def test_heads_and_sexes():
    assert head_noun("A former clerk of the mill") == "clerk"
    assert head_noun("Two women at the gate") == "woman"
    assert is_human("The officer")
    assert not is_human("The company")
    assert not is_human("Officials")
    assert (sex_of("A widow"), sex_of("Mr Orlo"), sex_of("A clerk")) == ("she", "he", "")
