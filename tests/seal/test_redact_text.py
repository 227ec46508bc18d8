"""Redaction of texts: rebuilt from passages, with marks of one length."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.errors import SealError
from quoth.seal.redact import redacted_words
from quoth.seal.redact_check import check_made
from quoth.seal.redact_terms import MARK, Box, Plan

PLAN = Plan(ending="txt", hide=("Jane Roe",))


def test_words_are_marked_within_and_over_passages_and_told_with_their_place() -> None:
    passages = (("title", "On jane  ROE"), ("body", "It was Ja-\nne Roe, or Jane"), ("body", "Roe. Roe, Jane!"))
    made = redacted_words(passages, PLAN)
    assert made.data.decode() == f"On {MARK}\n\nIt was {MARK}, or {MARK}\n\n{MARK}. {MARK}!\n"
    assert [one.where for one in made.places][:2] == ["passage 1, character 4", "passage 2, character 8"]
    assert made == redacted_words(passages, PLAN)


def test_html_holds_paragraphs_and_headings_alone() -> None:
    passages = (("heading", "<b>Jane Roe</b>"), ("body", "a & b\nc\u200b\x07"))
    made = redacted_words(passages, Plan(ending="html", hide=("Jane Roe",))).data.decode()
    assert f"<h2>&lt;b&gt;{MARK}&lt;/b&gt;</h2>" in made
    assert "<p>a &amp; b<br>c</p>" in made


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=4), st.sampled_from(["txt", "html"]))
def test_whatever_the_words_are_the_text_is_plain(texts: list[str], ending: str) -> None:
    passages = [("body", f"{one} Jane Roe") for one in texts]
    made = redacted_words(passages, Plan(ending=ending, hide=("Jane Roe",))).data
    assert b"Jane" not in made
    check_made(made, ending)


@pytest.mark.parametrize(
    ("data", "ending"),
    [(b"\xff", "txt"), ("a\u200bb".encode(), "txt"), (b"<p>x</p>", "html"), (b"a\0b", "html")],
)
def test_the_second_look_refuses_what_is_not_plain(data: bytes, ending: str) -> None:
    with pytest.raises(SealError, match="more than it should"):
        check_made(data, ending)


def test_a_file_without_words_and_a_wrong_ending_are_refused() -> None:
    with pytest.raises(SealError, match="no words"):
        redacted_words((), PLAN)
    with pytest.raises(SealError, match="not made"):
        redacted_words((("body", "x"),), Plan(ending="docx"))
    box = Box(page=1, left=0, top=0, width=1, height=1)
    with pytest.raises(SealError, match="no pages"):
        redacted_words((("body", "x"),), Plan(ending="txt", boxes=(box,)))
