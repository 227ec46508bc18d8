"""Decisions become lessons: whole paragraphs, corrected parts, rejected ones listed, silence kept out."""

import dataclasses
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.attribute.amend import amended
from quoth.attribute.decided import Judged, Judgement, lesson_from, rejected_in
from quoth.attribute.engine import attribute_text
from quoth.attribute.marked import read_marked, write_marked
from quoth.errors import AttributeRoomError
from quoth.record.statement import Act, Form, Polarity, SourceType

TEXT = (
    "Olen Varga said the gate was shut. The union denied that it had been told.\n"
    "Nobody looked at this paragraph, Runa Teld said.\n"
    "“The book will show it,” said Teld."
)
PARAGRAPHS = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", TEXT)]
FOUND = attribute_text(TEXT).statements


def said(words):
    (one,) = [one for one in FOUND if words in one.content[0].exact]
    return one


SHUT, TOLD, LOOKED, BOOK = (said(words) for words in ("gate", "been told", "Nobody", "book"))


def lesson(**decided):
    names = {"shut": SHUT, "told": TOLD, "looked": LOOKED, "book": BOOK}
    judged = [Judged(statement=one, judgement=decided.get(name, Judgement.OPEN)) for name, one in names.items()]
    return lesson_from(TEXT, PARAGRAPHS, judged, {"writer": "desk"})


def test_a_paragraph_goes_out_when_all_its_suggestions_were_decided():
    made = lesson(shut=Judgement.ACCEPTED, told=Judgement.REJECTED, book=Judgement.ACCEPTED)
    assert made.marked.text == TEXT.replace("Nobody looked at this paragraph, Runa Teld said.\n", "")
    assert [made.marked.text[slice(*one.cue[0])] for one in made.marked.statements] == ["said", "said"]
    assert (made.paragraphs, made.open_beside, made.unfit) == (2, 0, 0)
    assert made.out[Judgement.ACCEPTED] == 2
    assert made.out[Judgement.REJECTED] == 1
    assert read_marked(write_marked(made.marked)) == made.marked


def test_rejected_ones_are_listed_by_their_place_in_the_new_text():
    made = lesson(book=Judgement.REJECTED)
    assert made.marked.statements == ()
    (one,) = rejected_in(read_marked(write_marked(made.marked)))
    assert [made.marked.text[slice(*span)] for span in one.cue] == ["said"]
    assert "book" in made.marked.text[slice(*one.content[0])]


def test_an_open_suggestion_keeps_its_neighbours_back():
    made = lesson(shut=Judgement.ACCEPTED)
    assert made.marked is None
    assert made.open_beside == 1


def test_a_corrected_statement_goes_out_as_corrected():
    changes = {"act": ["claim"], "polarity": ["positive"], "content": ["it had been told"], "source_type": ["group"]}
    better = amended(TOLD, TEXT, PARAGRAPHS[0], changes)
    judged = [
        Judged(statement=SHUT, judgement=Judgement.REJECTED),
        Judged(statement=TOLD, judgement=Judgement.CORRECTED, instead=better),
    ]
    marked = lesson_from(TEXT, PARAGRAPHS, judged, {}).marked
    (one,) = marked.statements
    assert (one.act, one.negative, one.type) == ("claim", False, "group")
    assert marked.text[slice(*one.content[0])] == "it had been told"


def test_what_cannot_be_marked_keeps_its_paragraph_back():
    text = "Olen Varga said the gate was shut."
    (one,) = attribute_text(text).statements
    crossed = dataclasses.replace(one, cue=one.content)
    made = lesson_from(text, [(0, len(text))], [Judged(statement=crossed, judgement=Judgement.ACCEPTED)], {})
    assert made.marked is None
    assert made.unfit == 1


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from([*Judgement]), min_size=4, max_size=4),
    st.lists(st.sampled_from(["{", "}", "|", "\t", "\u2028", "#", " "]), max_size=4),
)
def test_no_text_breaks_the_format_and_no_decision_is_lost(kinds, strange):
    text = "\n".join(
        f"{'#' * (n % 2)}“I {one}saw it,” said Teld {n}, who {one} was there." for n, one in enumerate([*strange, ""])
    )
    paragraphs = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    judged = [Judged(statement=one, judgement=kinds[n % 4]) for n, one in enumerate(attribute_text(text).statements)]
    made = lesson_from(text, paragraphs, judged, {"writer": "desk"})
    decided = sum(one.judgement is not Judgement.OPEN for one in judged)
    assert sum(made.out.values()) + made.open_beside + made.unfit == decided
    if made.marked is None:
        return
    assert read_marked(write_marked(made.marked)) == made.marked
    assert len(made.marked.statements) == made.out[Judgement.ACCEPTED] + made.out[Judgement.CORRECTED]
    assert len(made.marked.text.split("\n")) == made.paragraphs


def test_a_correction_works_out_what_follows_from_it():
    gone = amended(SHUT, TEXT, PARAGRAPHS[0], {"source": [""]})
    assert gone.source == ()
    assert gone.source_type is SourceType.NONE
    quoted = amended(BOOK, TEXT, PARAGRAPHS[2], {"content": ["“The book", "will show it,”"], "act": ["warn"]})
    assert (quoted.form, quoted.act, quoted.polarity) == (Form.DIRECT, Act.WARN, Polarity.POSITIVE)
    assert (quoted.id, quoted.confidence) == (BOOK.id, 1000)
    place = amended(SHUT, TEXT, PARAGRAPHS[0], {"source": ["0-4"]})
    assert place.source[0].exact == "Olen"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"source": ["Anybody"]}, "does not stand there"),
        ({"cue": ["e"]}, "times"),
        ({"source": ["900-910"]}, "outside"),
        ({"content": [""]}, "needs content"),
        ({"source": [""], "cue": [""]}, "needs content"),
        ({"cue": ["gate"]}, "lies in the content"),
        ({"cue": ["said", "denied"]}, "one cue"),
        ({"content": ["the gate", "gate was"]}, "overlap"),
        ({"act": ["shout"]}, "is no act"),
    ],
)
def test_a_correction_that_is_no_statement_is_refused(changes, words):
    with pytest.raises(AttributeRoomError, match=words):
        amended(SHUT, TEXT, PARAGRAPHS[0], changes)


def test_a_list_of_rejected_ones_that_was_tampered_with_is_refused():
    for value in ("[", "7", '[{"content": 7}]', "[[]]"):
        marked = dataclasses.replace(read_marked("No."), head={"rejected": value})
        with pytest.raises(AttributeRoomError, match="cannot be read"):
            rejected_in(marked)
