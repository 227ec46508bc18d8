"""The statement engine holds its figures on the corpus and the probe sets; floors only go up."""

import dataclasses

import pytest

from quality import figures as measure
from quality import probes

pytestmark = pytest.mark.timeout(1200)

FLOORS = {
    ("dev", "written"): {"who+what": 76.2, "content": 78.6, "source": 96.0, "surest": 95.0},
    ("dev", "found"): {"who+what": 60.2, "content": 63.3, "source": 94.2, "surest": 92.0},
    ("test", "written"): {"who+what": 74.2, "content": 77.8, "source": 94.4, "surest": 94.0},
    ("test", "found"): {"who+what": 48.9, "content": 55.6, "source": 87.2, "surest": 61.0},
}
"""Percent, about a point below what was measured when the line was last raised; ``surest`` at a quarter of all."""

CALIBRATION = {("dev", "found"): 0.09, ("test", "found"): 0.175}
"""Most calibration error where it is more than a twentieth: weblogs, which the confidence was hardly fitted on."""

PROBES: dict[str, float] = {
    "chains_whole": 38.0,
    "chains_but_one": 78.0,
    "levels_found": 72.8,
    "negatives_right": 91.5,
    "positives_right": 94.0,
    "not_found": 14.5,
    "unnamed_recall": 92.8,
    "unnamed_precision": 95.0,
    "unnamed_not_found": 8.2,
    "anonymity_found": 61.0,
    "voice_precision": 95.9,
    "voice_recall": 96.0,
    "evaluative_recall": 20.5,
}
"""Percent; ``…not_found`` are ceilings."""


@pytest.fixture(scope="module", params=list(FLOORS), ids=" ".join)
def part(request):
    split, kind = request.param
    texts = {k: m for k, m in measure.read_split(split).items() if measure.is_real(k) == (kind == "found")}
    result = measure.figures(texts, measure.engine)
    print(f"\n{split}, {kind}:\n{measure.table(result, parts=False)}")
    return request.param, result


def test_the_figures_hold(part):
    name, result = part
    floors = FLOORS[name]
    assert result.f1("who+what") >= floors["who+what"]
    assert result.f1("content") >= floors["content"]
    assert result.share("source") >= floors["source"]


def test_confidence_means_what_it_says(part):
    name, result = part
    assert result.error() <= CALIBRATION.get(name, 0.05)
    precision, recall, _ = result.tier()
    assert recall >= 25.0
    assert precision >= FLOORS[name]["surest"]


@pytest.fixture(scope="module")
def probed():
    return probes.of_engine()


@pytest.mark.parametrize("name", list(PROBES))
def test_probe(probed, name):
    figure = getattr(probed, name)
    print(name, figure)
    assert figure <= PROBES[name] if name.endswith("not_found") else figure >= PROBES[name]


def test_every_probe_is_held(probed):
    assert set(PROBES) == {field.name for field in dataclasses.fields(probed)}
