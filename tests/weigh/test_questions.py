"""What a text leaves open, in its own words."""

import pytest

from quoth.weigh.balance import weigh
from weigh.factory import Case


def questions(text):
    case = Case()
    document = case.add("x-1", text)
    found = weigh(case.view()).questions
    for one in found:
        assert document.text[one.extract.start : one.extract.end] == one.extract.exact
    return [one.text for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The calls do not answer the question of whether it was done on an order, or whether each station did so alone.",
            "Whether it was done on an order, or whether each station did so alone",
        ),
        ("It is not known how many ships sailed that winter.", "How many ships sailed that winter"),
        ("It remains unclear who signed the papers; the book is lost.", "Who signed the papers"),
        ("Whether the register was altered for money remains open.", "Whether the register was altered for money"),
        ("The question of who burnt the list is still unanswered.", "Who burnt the list"),
        ("The recordings do not settle whether the forty were struck out.", "Whether the forty were struck out"),
        ("Nobody knows where the ferry went that night.", "Where the ferry went that night"),
    ],
)
def test_open_questions(text, expected):
    assert questions(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "She asked whether the ship had sailed.",
        "“It is not known who signed,” said the clerk.",
        "The book answers who signed the papers.",
        "Everybody knows where the ferry went.",
    ],
)
def test_what_is_asked_or_quoted_is_not_left_open_by_the_text(text):
    assert questions(text) == []


def test_a_refusal_leaves_its_question_open_once():
    text = (
        "{1s named:Teodra Wynnick} {1c decline -:would not say} {1t:how the group had come by the numbers}, "
        "nor give the name of the caller."
    )
    assert questions(text) == ["How the group had come by the numbers"]


def test_one_text_in_two_exhibits_asks_once():
    case = Case()
    for exhibit in ("x-1", "x-2"):
        case.add(exhibit, "It is not known how many ships sailed that winter.")
    assert len(weigh(case.view()).questions) == 1
