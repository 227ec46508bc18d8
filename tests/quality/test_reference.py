"""Floors of the links of short sources: they go up, never silently down.

The texts are fictional and plainly written, so the figures flatter; ``docs/attribute.md`` has the outside figures.
"""

import pathlib

import pytest

from quality import reference_scoring

FOLDER = pathlib.Path(__file__).parent / "reference"
FLOORS = {
    "dev": {"all": 95.0, "pronoun": 96.0, "surname": 97.0, "description": 92.0, "one surname": 87.0, "first person": 85.0},
    "blind": {"all": 86.0, "pronoun": 89.0, "surname": 95.0, "description": 72.0, "one surname": 95.0},
}  # fmt: skip
WRONG = {"dev": 2.0, "blind": 3.6}
"""Per cent of wrong links at most: a wrong link is worse than none."""
SIZES = {"dev": (14, 170), "blind": (6, 65)}


@pytest.fixture(scope="module", params=["dev", "blind"])
def judged_references(request):
    return request.param, reference_scoring.judge_folder(FOLDER / request.param)


def test_reference_floors(judged_references):
    part, judged = judged_references
    found = reference_scoring.figures(judged)
    assert {kind: found[kind].accuracy for kind, floor in FLOORS[part].items() if found[kind].accuracy < floor} == {}
    assert found["all"].wrong_rate <= WRONG[part]


def test_the_runner_up_is_the_other(judged_references):
    _, judged = judged_references
    _, _, right, marked = reference_scoring.runners_up(judged)
    assert marked
    assert right / marked >= 0.85


def test_the_reference_sets_are_as_large_as_they_were(judged_references):
    part, judged = judged_references
    texts, sources = SIZES[part]
    assert len({one.text for one in judged}) >= texts
    assert len(judged) >= sources


def test_the_reference_scorer_can_fail():
    wrong = reference_scoring.judge("x", "Dana Orrin left. [p|She|Vera Kell] said that it was late.")
    right = reference_scoring.judge("x", "Dana Orrin left. [p|She|Dana Orrin] said that it was late.")
    nobody = reference_scoring.judge("x", "Dana Orrin left. [p|She|-] said that it was late.")
    assert [one[0].outcome for one in (wrong, right, nobody)] == ["wrong", "right", "wrong"]
    assert not reference_scoring.same("Dana Orrin's lawyer", "Dana Orrin")
    assert reference_scoring.same("Minister Dana Orrin", "Dana Orrin")
