"""Marked texts: what is written is read back the same, and what cannot be is refused."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.attribute.marked import MarkedStatement, MarkedText, read_marked, write_marked
from quoth.errors import AttributeRoomError
from quoth.record.statement import Act, SourceType

WORD = st.sampled_from(["gate", "Varga", "„shut“", "3 a.m.", "the|bar", "naïve", "水门", "#7", "o’clock,"])
ACT = st.sampled_from([one.value for one in Act])
TYPE = st.sampled_from([one.value for one in SourceType if one is not SourceType.NONE])
PARTS = ("source", "cue", "content", "addressee", "medium", "when", "place", "hedges", "anonymity")


@st.composite
def nested(draw, depth=2):
    """A statement as pieces of text and of marks: (words, statements in it)."""
    parts = draw(st.permutations(["source", "cue", "content", draw(st.sampled_from(PARTS[3:]))]))
    made = []
    for part in parts:
        inner = draw(nested(depth=depth - 1)) if part == "content" and depth and draw(st.booleans()) else None
        made.append((part, inner or draw(st.lists(WORD, min_size=1, max_size=3).map(" ".join))))
    return {"parts": made, "act": draw(ACT), "type": draw(TYPE), "negative": draw(st.booleans())}


def laid(one, text, statements):
    """Lay a statement into ``text``; its numbers follow its place."""
    number = len(statements) + 1
    statements.append(None)
    spans = {}
    for part, words in one["parts"]:
        text += " " if text and not text.endswith(("\n", " ")) else ""
        start = len(text)
        text = laid(words, text, statements) if isinstance(words, dict) else text + words
        spans.setdefault(part, []).append((start, len(text)))
    statements[number - 1] = MarkedStatement(
        number=number,
        **{part: tuple(held) for part, held in spans.items()},
        act=one["act"],
        type=one["type"],
        negative=one["negative"],
    )
    return text


@st.composite
def marked_texts(draw):
    text, statements = draw(st.sampled_from(["Report.\n", "", "Nobody\nspoke. "])), []
    for one in draw(st.lists(nested(), max_size=4)):
        text = laid(one, text, statements) + draw(st.sampled_from([".", ".\n", " and\n"]))
    text = text.strip("\n").replace(" \n", "\n")
    lines = text.split("\n")
    if any(line.startswith("#") or line != line.strip() for line in lines):
        text, statements = "Silence.", []
    return MarkedText(head={"writer": "x", "title": "A: b {c}"}, text=text, statements=tuple(statements))


def bare(marked):
    return dataclasses.replace(
        marked, statements=tuple(dataclasses.replace(one, within=None) for one in marked.statements)
    )


@settings(max_examples=50, deadline=None)
@given(marked_texts())
def test_what_is_written_is_read_back_the_same(marked):
    again = read_marked(write_marked(marked))
    assert bare(again) == marked
    assert read_marked(write_marked(again)) == again


def test_two_statements_that_share_a_source_share_its_mark():
    text = "{s1,2 named|She} {c1 say|said} {t1|no} and {c2 promise|promised} {t2|to go}.\n"
    assert write_marked(read_marked(text)) == text


def test_nested_statements_know_what_they_stand_in():
    marked = read_marked("{s1 named|A} {c1 say|said} {t1|{s2 named|B} {c2 say|said} {t2|no}}.")
    assert [one.within for one in marked.statements] == [None, 1]


SAID = MarkedStatement(number=1, source=((0, 2),), cue=((3, 7),), content=((8, 10),), act="say", type="named")


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "He said {no"},
        {"text": "He said no}"},
        {"text": "#e said no"},
        {"text": " e said no"},
        {"text": "He said no\n"},
        {"text": "He said no\r\nx"},
        {"head": {"a:b": "c"}},
        {"head": {"a": "b\nc"}},
        {"statements": (dataclasses.replace(SAID, content=((8, 8),)),)},
        {"statements": (dataclasses.replace(SAID, content=((7, 10),)),)},
        {"statements": (dataclasses.replace(SAID, content=((8, 11),)),)},
        {"statements": (dataclasses.replace(SAID, cue=((1, 7),)),)},
    ],
)
def test_what_could_not_be_read_back_is_not_written(changes):
    sound = MarkedText(head={}, text="He said no", statements=(SAID,))
    assert read_marked(write_marked(sound)) == sound
    with pytest.raises(AttributeRoomError):
        write_marked(dataclasses.replace(sound, **changes))


@pytest.mark.parametrize("marked", ["{s1|He} said", "{t1|no", "no}", "{x1|no}", "{s1|He} {c1 shout|said} {t1|no}"])
def test_what_is_not_sound_is_refused_with_its_place(marked):
    with pytest.raises(AttributeRoomError, match="near"):
        read_marked(marked)
