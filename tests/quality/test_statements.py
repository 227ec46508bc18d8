"""Floors of the statement engine: they go up, never silently down.

The texts are fictional and plainly written, so the figures flatter: they guard against loss,
they do not tell how the engine does on the news. ``docs/attribute.md`` has the outside figures.
"""

import pathlib

import pytest

from quality import scoring
from quoth.attribute.engine import attribute_text

FOLDER = pathlib.Path(__file__).parent / "statements"


@pytest.fixture(scope="module", params=["dev", "blind"])
def statement_scores(request):
    texts = scoring.read_folder(FOLDER / request.param)
    found = {name: scoring.marked_of(attribute_text(item.text).statements) for name, item in texts.items()}
    return request.param, scoring.score(texts, found)


FLOORS = {
    "dev": {"who_what": 95.0, "content": 96.0, "cue": 94.0, "source_given_content": 98.0, "direct": 92.0, "indirect": 92.0,
            "addressee": 97.0, "negative": 96.0, "act": 97.0, "type": 90.0},
    "blind": {"who_what": 91.0, "content": 93.0, "cue": 95.0, "source_given_content": 97.0, "direct": 95.0, "indirect": 89.0,
              "addressee": 93.0, "negative": 90.0, "act": 96.0, "type": 74.0},
}  # fmt: skip


def test_floors(statement_scores):
    part, score = statement_scores
    below = {
        name: round(getattr(score, name).f1, 1)
        for name, floor in FLOORS[part].items()
        if getattr(score, name).f1 < floor
    }
    assert not below


def test_the_sets_are_as_large_as_they_were():
    sizes = {part: len(scoring.read_folder(FOLDER / part)) for part in FLOORS}
    assert sizes["dev"] >= 12
    assert sizes["blind"] >= 6


MARKED = "<s1 unnamed>One man</s1> <c1 deny ->denied</c1> <t1>it <s2>she</s2> <c2>wrote</c2> <t2>that</t2></t1>."


def test_marked_texts_are_read():
    text = scoring.read_marked("# a remark\n" + MARKED)
    assert text.text == "One man denied it she wrote that."
    first, second = text.statements
    assert (first.act, first.negative, first.type) == ("deny", True, "unnamed")
    assert [text.text[start:end] for start, end in first.content] == ["it she wrote that"]
    assert [text.text[start:end] for start, end in second.source] == ["she"]


@pytest.mark.parametrize("bad", ["<s1>He", "He</s1>", "<s1>a<s1>b</s1></s1>", "<s1>He</s1> left.", "<q1>He</q1> said."])
def test_contradictory_marks_are_refused(bad):
    with pytest.raises(scoring.MarkupError):
        scoring.read_marked(bad)


def test_the_scorer_can_fail_and_can_succeed():
    marked = scoring.read_marked(MARKED)
    perfect = scoring.score({"a": marked}, {"a": marked.statements})
    assert perfect.who_what.f1 == 100.0
    assert scoring.score({"a": marked}, {}).who_what.f1 == 0.0
    wrong = tuple(scoring.Marked(content=item.content, source=((0, 3),)) for item in marked.statements)
    assert scoring.score({"a": marked}, {"a": wrong}).who_what.hits < 2
