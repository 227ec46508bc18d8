"""Every doctored disclosure is refused, at its own step, and the vectors are as their maker makes them."""

import json

import pytest

from attacks import count_disclosures as counting
from attacks.vectors.disclose import make
from quoth.record.finding import Outcome
from quoth.seal.disclose_terms import DisclosureStep
from quoth.seal.disclose_verify import STEP_WORDS

DOCTORED, VALID = counting.read("doctored"), counting.read("valid")


def test_the_maker_still_makes_these_bytes():
    valid, doctored = make.vectors()
    assert make.lines(valid) == (make.HERE / "valid.jsonl").read_text("utf-8")
    assert make.lines(doctored) == (make.HERE / "doctored.jsonl").read_text("utf-8")


def test_there_are_enough_and_each_is_another():
    assert len(DOCTORED) >= 200
    assert len({one["text"] for one in DOCTORED}) == len(DOCTORED)
    assert not {one["text"] for one in DOCTORED} & {one["text"] for one in VALID}


@pytest.mark.parametrize("vector", VALID, ids=lambda one: one["name"])
def test_what_is_whole_is_accepted(vector):
    assert counting.ours(vector) == 0


@pytest.mark.parametrize("form", ["sd-jwt", "proof"])
def test_every_step_has_an_attack_that_fails_it(form):
    assert {one["step"] for one in DOCTORED if one["form"] == form} == {int(step) for step in DisclosureStep}
    assert set(STEP_WORDS) == set(DisclosureStep)


@pytest.mark.parametrize("vector", DOCTORED, ids=lambda one: f"{one['form']}-{one['step']}-{one['name']}")
def test_what_is_doctored_is_refused_at_its_step(vector):
    assert counting.ours(vector) == vector["step"]


def test_the_reference_library_accepts_what_is_valid_and_much_that_is_not(capsys):
    assert counting.main() == 0
    said = capsys.readouterr().out
    assert f"refused at the right step: {len(DOCTORED)} of {len(DOCTORED)}" in said
    table = counting.count()
    assert table["valid_accepted_by_reference"] == sum(one["form"] == "sd-jwt" for one in VALID)
    accepted = {one["step"]: one["accepted_by_reference"] for one in table["rows"] if one["form"] == "sd-jwt"}
    assert accepted[DisclosureStep.REFERENCED] > 0  # a forged caller rides along, and the library says nothing
    assert json.dumps(table)


def test_nothing_is_shown_of_what_is_refused():
    from quoth.case.disclosure import judge
    from quoth.seal.disclose_jose import key_in_line
    from quoth.seal.disclose_verify import Expected, verify

    for vector in DOCTORED[::10]:
        verdict = verify(
            vector["text"].encode(),
            Expected(
                judge=judge,
                at=vector["at"],
                key=key_in_line(vector["key"]),
                audience=vector["audience"],
                nonce=vector["nonce"],
            ),
        )
        assert verdict.shown is None
        assert verdict.failed == vector["step"]
        outcomes = [one.outcome for one in verdict.findings]
        assert outcomes.count(Outcome.FAILS) == 1
        assert set(outcomes[: vector["step"] - 1]) <= {Outcome.HOLDS}
        assert set(outcomes[vector["step"] :]) <= {Outcome.NOT_CHECKED}
