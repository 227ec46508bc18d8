"""The published bundles: the good one is whole, every doctored one is refused at its step, and bagit is asked too."""

import importlib.util
import sys
from pathlib import Path

import pytest

from quoth.case.handing import told_from, verify_bundle
from quoth.custody.bag import BagStep
from quoth.custody.bundle_layout import BundleStep
from quoth.record.finding import Outcome

FOLDER = Path(__file__).parent / "vectors" / "bundles"


def script(name):
    spec = importlib.util.spec_from_file_location(f"bundle_{name}", FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", name="compared_bundles")
def _compared_bundles():
    return script("compare").compared()


def test_every_doctored_bundle_is_refused_at_its_step(compared_bundles):
    counts, wrong, _ = compared_bundles
    assert wrong == []
    assert counts["quoth", "accepted"] == 0
    assert counts["quoth", "refused"] >= 140


def test_every_step_has_an_attack_that_fails_it_alone(compared_bundles):
    numbers = {int(one.value[7:9]) for one in (*BagStep, *BundleStep)}
    # 28 compares with a digest that was told, which no vector brings along
    assert numbers - set(compared_bundles[2]) == {28}


def test_the_peers_accept_many_of_them(compared_bundles):
    counts = compared_bundles[0]
    assert counts["bagit", "accepted"] >= 90
    assert counts["sha256sum", "accepted"] >= 90


def test_the_good_bundle_is_whole_for_us_and_for_bagit():
    findings = list(verify_bundle(FOLDER / "good", told=told_from(key=str(FOLDER / "trusted.pub"))))
    assert {one.outcome for one in findings} == {Outcome.HOLDS}, findings
    assert script("compare").bagit_says(FOLDER / "good") == "accepted"


def test_a_digest_that_was_told_is_compared():
    digest = next(one.grounds[0] for one in verify_bundle(FOLDER / "good") if one.check == BundleStep.TRUSTED.value)
    told = digest.partition("the digest ")[2][:71]
    by_digest = {
        one.check: one.outcome for one in verify_bundle(FOLDER / "good", told=told_from(digest=told))
    }  # fmt: skip
    assert by_digest[BundleStep.EXPECTED.value] is Outcome.HOLDS
    other = [one.outcome for one in verify_bundle(FOLDER / "good", told=told_from(digest="0" * 64))]
    assert other.count(Outcome.FAILS) == 1


def test_the_maker_still_makes_the_same_bytes(tmp_path):
    make, apply = script("make"), script("apply")
    make.main(tmp_path)
    assert apply.files_in(tmp_path / "good") == apply.files_in(FOLDER / "good")
    assert apply.vectors(tmp_path) == apply.vectors(FOLDER)
