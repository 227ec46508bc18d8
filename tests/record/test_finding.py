"""A finding is never a truth value; records never change."""

import dataclasses

import pytest

from quoth.record.finding import Finding, Outcome


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_finding_has_no_truth_value(outcome):
    finding = Finding(id="f-1", check="copies", subject="x", outcome=outcome)
    with pytest.raises(TypeError, match="no truth value"):
        bool(finding)


def test_a_record_cannot_be_changed():
    finding = Finding(id="f-1", check="copies", subject="x", outcome=Outcome.HOLDS)
    with pytest.raises(dataclasses.FrozenInstanceError):
        finding.outcome = Outcome.FAILS
