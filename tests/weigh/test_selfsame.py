"""One unnamed source of one text is one origin."""

import pytest

from quoth.weigh.balance import weigh
from weigh.factory import Case

LIST = "the winter list was burnt behind the harbour office"


def origins(*lines, reprint="{9s named:Ines Halvard} {9c say:said} {9t:" + LIST + "}. Other paper."):
    case = Case()
    case.add("x-1", "\n".join(lines), outlet="Tern Wire", title="Smoke")
    case.add("x-2", reprint, outlet="Skerry Post")
    (claim,) = weigh(case.view()).claims
    return [one.label for one in claim.origins if one.label != "Ines Halvard"]


def said(number, source, kind="unnamed"):
    return f"{{{number}s {kind}:{source}}} {{{number}c say:said}} {{{number}t:that {LIST}}}."


def test_a_headline_and_its_own_sentence_are_one_origin():
    title = "# {1s unnamed:Source}{1c say::} {1t:The winter list was burnt behind the harbour office}"
    assert origins(title, said(2, "A source")) == ["A source (in Smoke)"]


def test_the_unnamed_source_of_a_headline_is_whom_the_body_names():
    title = "# {1s group:Officials}{1c say::} {1t:The winter list was burnt behind the harbour office}"
    assert origins(title, said(2, "Odile Karst, one of the officials", "named")) == [
        "Odile Karst, one of the officials"
    ]


def test_a_headline_that_denies_is_not_the_bodys_voice():
    title = "# {1s group:Officials} {1c deny -:deny} {1t:the winter list was burnt behind the harbour office}"
    assert len(origins(title, said(2, "A pilot"))) == 2


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("A well-placed source", "The source", ["A well-placed source (in Smoke)"]),
        ("A well-placed source", "Sources", ["A well-placed source (in Smoke)"]),
        ("A source", "Another source", ["A source (in Smoke)", "Another source (in Smoke)"]),
        ("A clerk", "A pilot", ["A clerk (in Smoke)", "A pilot (in Smoke)"]),
        ("They", "A source", ["A source (in Smoke)", "They (in Smoke)"]),
    ],
)
def test_a_source_named_twice_in_one_text(first, second, expected):
    assert origins(said(1, first), said(2, second)) == expected


def test_sources_of_two_texts_stay_apart():
    labels = origins(said(1, "A source"), reprint=said(2, "A source") + " Other paper.")
    assert labels == ["A source (in Skerry Post)", "A source (in Smoke)"]
