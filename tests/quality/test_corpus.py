"""The statement engine holds its figures on the corpus and the probe sets; floors only go up."""

import dataclasses

import pytest

from quality import figures as measure
from quality import probes

pytestmark = pytest.mark.timeout(1200)

FLOORS = {
    ("dev", "written"): {"who+what": 78.5, "content": 81.4, "source": 96.0, "surest": 95.9},
    ("dev", "found"): {"who+what": 65.3, "content": 68.3, "source": 94.7, "surest": 93.7},
    ("test", "written"): {"who+what": 77.9, "content": 80.7, "source": 95.6, "surest": 96.1},
    ("test", "found"): {"who+what": 51.2, "content": 56.6, "source": 89.7, "surest": 68.2},
}
"""Percent, about a point below what was measured when the line was last raised; ``surest`` at a quarter of all."""

CALIBRATION = {("test", "found"): 0.19}
"""Most calibration error where it is more than a twentieth: weblogs, which the confidence was hardly fitted on."""

PROBES: dict[str, float] = {
    "chains_whole": 64.0,
    "chains_but_one": 88.5,
    "levels_found": 84.8,
    "negatives_right": 91.5,
    "positives_right": 94.0,
    "not_found": 8.5,
    "unnamed_recall": 92.8,
    "unnamed_precision": 98.2,
    "unnamed_not_found": 6.0,
    "anonymity_found": 62.0,
    "voice_precision": 97.0,
    "voice_recall": 94.6,
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
