"""The demo case is found at least as well as before; floors only go up."""

import pytest

from quality import demo_case
from quality.demo_figures import figures

pytestmark = pytest.mark.timeout(1200)

FLOORS: dict[str, float] = {
    "statements: who and what": 78.5,
    "statements: content": 80.4,
    "statements: who and what, direct": 61.7,
    "statements: who and what, indirect": 81.6,
    "statements: who and what, mixed": 81.9,
    "statements: source, where content is found": 96.7,
    "statements: act": 78.3,
    "statements: polarity": 92.5,
    "statements: source type": 80.6,
    "statements: form": 91.2,
    "chains of three and more, whole": 46.0,
    "unnamed sources recognised": 66.0,
    "silences and refusals found": 87.0,
    "parties found by their first name": 85.0,
    "offices found with their holder": 99.0,
    "offices with the key's bounds": 69.0,
    "dates found": 98.5,
    "dates with exact bounds": 91.5,
    "dates that share a day with the key's": 95.0,
    "calls held": 100.0,
    "calls with a written layer": 100.0,
    "calls matched rightly, or rightly to no line": 100.0,
    "copies, pairs": 100.0,
    "claims found with their statements": 28.5,
    "claims with the right number of origins": 42.9,
    "gap: six announced, four held": 100.0,
    "cited, not held": 75.0,
    "requests for comment": 100.0,
    "open questions": 33.3,
    "assessments": 100.0,
    "editorial voice": 100.0,
    "audit: checks that hold": 100.0,
    "audit: anchors that stand": 100.0,
}
"""Percent, a point or two below what was measured when the line was last raised."""

FAULTS = (
    "parties wrongly merged",
    "dates more precise than the source",
    "calls matched to a wrong line",
)
"""What may not happen once."""


@pytest.fixture(scope="module")
def measured(demo):
    found = {one.name: one for one in figures(demo)}
    print("\n" + "\n".join(one.line() for one in found.values()))
    return found


def test_the_build_ends_well(demo_root, demo):
    said = demo_case.build_result(demo_root)
    assert said["rc"] == 0, said["err"]
    assert "Traceback" not in said["err"]


def test_every_figure_is_held(measured):
    assert set(measured) == {*FLOORS, *FAULTS}


@pytest.mark.parametrize("name", FLOORS)
def test_floor(name, measured):
    figure = measured[name]
    print(figure.line())
    missing = "\n  ".join(figure.missing[:20])
    assert figure.value >= FLOORS[name], f"{figure.line()}\n  held at {FLOORS[name]}; missing:\n  {missing}"


@pytest.mark.parametrize("name", FAULTS)
def test_no_fault(name, measured):
    figure = measured[name]
    assert figure.hits == 0, "\n".join([figure.line(), *figure.missing])
