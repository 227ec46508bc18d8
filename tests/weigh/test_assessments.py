"""Opinions on evidence: by whom, on what, on which basis."""

import pytest

from quoth.weigh.balance import weigh
from weigh.factory import Case


def opinions(text, **more):
    case = Case()
    case.add("x-1", text, **more)
    return weigh(case.view()).assessments


def test_experts_who_listened_believe_something_of_the_calls():
    (one,) = opinions("{1s group:Experts who have listened to the calls} {1c believe:believe} {1t:they are genuine}.")
    assert (one.by, one.on, one.opinion) == ("Experts", "the calls", "they are genuine")
    assert one.basis == "who have listened to the calls"
    assert one.when is not None
    assert one.when.earliest == "2031-05-01"


def test_an_expert_speaks_of_the_evidence_named_before():
    text = (
        "The group published six recordings of calls.\n"
        "The rain has not stopped.\n"
        "{1t:“Nobody denies anything,”} {1c say:said} {1s named:{N y-v person:Dora Verrick}, an international lawyer who "
        "co-wrote a report on the station}."
    )
    (one,) = opinions(text)
    assert one.by == "Dora Verrick"
    assert "calls" in one.on or "recordings" in one.on
    assert one.relation == "an international lawyer who co-wrote a report on the station"
    assert one.basis == ""


def test_two_experts_on_the_same_tapes_are_two_assessments():
    text = (
        "{1s named:Ewa Drostin, who teaches phonetics and has listened to four of the recordings,} {1c believe:believes} "
        "{1t:they have not been put together from parts}. {2t:“These calls were not read out,”} {2c say:says} "
        "{2s named:Tom Aldane, an investigative journalist}."
    )
    assert sorted(one.by for one in opinions(text)) == ["Ewa Drostin", "Tom Aldane"]


@pytest.mark.parametrize(
    "text",
    [
        "{1s named:Teodra Wynnick, a researcher and spokeswoman for the group,} {1c say:said} {1t:the calls are real}.",
        "{1s named:Ilka Senwarth, the harbour doctor,} {1c say:said} {1t:that she had signed nothing}.",
        "{1s group:The families} {1c believe:believe} {1t:that it was an order}.",
        "{1s document:The report} {1c show:shows} {1t:that the calls were made}.",
        "The calls were long. {1s named:Ines Halvard} {1c say:said} {1t:the calls are real}.",
    ],
)
def test_spokespeople_bystanders_and_papers_give_no_assessment(text):
    assert opinions(text) == ()
