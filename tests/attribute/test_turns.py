"""Turns of transcripts and interviews."""

from quoth.attribute.engine import attribute_text
from quoth.record.statement import Act

TALK = "Q: Why did you leave?\nA: Because they said I must.\nQ: Who did?\nA: The clerk."


def of(text):
    return [
        (one.source[0].exact, one.content[0].exact, one.act)
        for one in attribute_text(text).statements
        if one.cue and one.cue[0].exact == ":"
    ]


def test_questions_and_answers_are_statements():
    assert of(TALK) == [
        ("Q", "Why did you leave?", Act.ASK),
        ("A", "Because they said I must", Act.ANSWER),
        ("Q", "Who did?", Act.ASK),
        ("A", "The clerk", Act.ANSWER),
    ]


def test_what_is_said_in_a_turn_stands_within_it():
    found = attribute_text(TALK).statements
    inner = next(one for one in found if one.cue and one.cue[0].exact == "said")
    outer = next(one for one in found if one.id == inner.within)
    assert outer.source[0].exact == "A"


def test_names_are_labels_when_they_come_again():
    text = "ORRIN: The gate was shut.\nVALE: By whom?\nORRIN: By you."
    assert [source for source, *_ in of(text)] == ["ORRIN", "VALE", "ORRIN"]


def test_a_colon_in_prose_is_no_turn():
    assert not of("Note: the gate was shut.\nThe clerk left at noon.\nHe took the keys with him.")
    assert not of("Monday: rain.\nTuesday: sun.\nWednesday: snow.")


def test_a_script_and_a_page_of_letters_are_no_talk():
    assert not of("PRESENTER: Good evening.\nHINDS: Rain fell.\nPRESENTER: Thank you.\nHINDS: Good night.")
