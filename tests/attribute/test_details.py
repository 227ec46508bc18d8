"""Anonymity phrases, audiences, marks of a hand in the wording, words that judge."""

import pytest

from quoth.attribute.engine import attribute_text
from quoth.record.statement import Fidelity


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        (
            "An aide said the vote was lost, speaking on condition of anonymity because he feared for his job.",
            "speaking on condition of anonymity because he feared for his job",
        ),
        ("“We knew,” said one official, who asked not to be named.", "who asked not to be named"),
        ("A clerk, who was not authorized to speak publicly, said the safe was empty.", "not authorized to speak"),
        ("A nurse said the ward was full.", ""),
        ("A nurse said the ward was full. A porter spoke anonymously.", ""),
    ],
)
def test_the_anonymity_phrase_is_kept_as_it_stands(text, phrase):
    statement = attribute_text(text).statements[0]
    kept = " ".join(part.exact for part in statement.anonymity)
    assert phrase in kept if phrase else not kept


def test_the_audience_is_kept():
    statement = attribute_text("Orrin said to a crowd of supporters that the gate was shut.").statements[0]
    assert [part.exact for part in (*statement.audience, *statement.addressee)] == ["a crowd of supporters"]


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        ("“They [the guards] ran,” she said.", {Fidelity.BRACKETS}),
        ("“They ran … and fell,” she said.", {Fidelity.ELLIPSIS}),
        ("“They runned [sic] away,” she said.", {Fidelity.SIC}),
        ("“They ran away,” she said.", set()),
        ("“He [Orrin] ... left [sic],” she said.", {Fidelity.BRACKETS, Fidelity.ELLIPSIS, Fidelity.SIC}),
    ],
)
def test_a_hand_in_the_wording_is_marked(words, marks):
    assert set(attribute_text(words).statements[0].fidelity) == marks


def test_only_the_outlets_own_words_that_judge_are_flagged():
    found = attribute_text("The disastrous reform began on Monday. Orrin said the reform was shameful.")
    assert [part.exact for part in found.voice.evaluative] == ["disastrous"]
