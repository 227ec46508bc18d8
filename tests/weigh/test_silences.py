"""Requests for comment and their dated silence."""

import pytest

from quoth.record.request import Request
from quoth.terms.when import day
from quoth.weigh.balance import weigh
from weigh.factory import Case

SILENT = "{1s group:{N y-m organisation:The Harbour Ministry}} {1c no_response -:did not respond} {1t:to telephone and e-mail requests for comment}."


def test_silence_is_dated_by_the_text():
    case = Case()
    case.add("x-1", SILENT, outlet="Kelsund Ledger", published="2031-05-01")
    (one,) = weigh(case.view()).requests
    assert (one.to, one.how, one.reply, one.asked_by) == (
        "The Harbour Ministry",
        "telephone and e-mail",
        "",
        "Kelsund Ledger",
    )
    assert one.put == "telephone and e-mail requests for comment"
    assert one.as_of is not None
    assert one.as_of.latest == "2031-05-01"
    assert one.statement == case.statements[0].id


def test_a_refusal_to_comment_is_a_reply_known_by_the_day_of_the_text():
    case = Case()
    case.add("x-1", "{1s group:The Legation} {1c decline -:declined to} {1t:comment by telephone}.", outlet="Ledger")
    (one,) = weigh(case.view()).requests
    assert one.reply == "declined to comment by telephone"
    assert one.how == "telephone"
    assert one.replied is not None
    assert (one.replied.earliest, one.replied.latest) == (None, "2031-05-01")


def test_a_copy_tells_of_no_second_request_and_another_text_does():
    case = Case()
    case.add("x-1", SILENT, outlet="Tern Wire", published="2031-05-01")
    case.add("x-2", SILENT + " It rains.", outlet="Skerry Post", published="2031-05-02")
    case.add("x-3", SILENT + " It is windy.", outlet="Herald", published="2031-05-03")
    case.copy("x-1", "x-2")
    found = weigh(case.view()).requests
    assert sorted(one.asked_by for one in found) == ["Herald", "Tern Wire"]


def test_what_people_entered_is_not_suggested_again():
    case = Case()
    case.add("x-1", SILENT)
    mine = Request(id="e-mine", to="Harbour Ministry", statement=case.statements[0].id)
    assert weigh(case.view(requests=(mine,))).requests == ()


def test_calls_that_leave_a_question_open_were_not_asked_for_comment():
    case = Case()
    case.add(
        "x-1", "{1s document:The calls} {1c no_response -:do not answer} {1t:the question of whether it was an order}."
    )
    case.add("x-2", "{1s named:Ines Halvard} {1c decline -:would not say} {1t:who had kept the harbour book}.")
    assert weigh(case.view()).requests == ()


LEDGER = {"outlet": "The Kelsund Ledger", "published": "2031-05-01"}
MINE = Request(id="e-mine", to="Harbour Ministry", how="e-mail, by The Kelsund Ledger", sent=day("", "2031-04-20"))


def test_one_text_that_tells_twice_of_one_addressee_tells_of_one_request():
    case = Case()
    again = "{2s role:The ministry} {2c no_response -:did not answer} {2t:questions sent by letter}."
    case.add("x-1", SILENT + "\n" + again, **LEDGER)
    (one,) = weigh(case.view()).requests
    assert one.to == "The Harbour Ministry"
    assert set(one.how.split(" and ")) == {"telephone", "e-mail", "letter"}


def test_in_one_text_a_reply_outweighs_silence():
    case = Case()
    again = "{2s group:{N y-m organisation:The Harbour Ministry}} {2c decline -:declined to} {2t:comment}."
    case.add("x-1", SILENT + "\n" + again, **LEDGER)
    (one,) = weigh(case.view()).requests
    assert one.reply == "declined to comment"


def test_two_addressees_of_one_text_are_two_requests():
    case = Case()
    other = "{2s group:{N y-p organisation:The Pilots' Guild}} {2c no_response -:did not respond} {2t:to questions}."
    case.add("x-1", SILENT + "\n" + other, **LEDGER)
    assert len(weigh(case.view()).requests) == 2


@pytest.mark.parametrize(
    ("mine", "left"),
    [
        ({}, 0),
        ({"how": "e-mail", "asked_by": "Kelsund Ledger"}, 0),
        ({"how": "e-mail", "asked_by": "Skerry Post"}, 1),
        ({"how": "e-mail"}, 1),
        ({"to": "Pilots' Guild"}, 1),
        ({"sent": day("", "2031-05-04")}, 1),
        ({"reply": "No.", "replied": day("", "2031-04-22")}, 1),
        ({"reply": "No.", "replied": day("", "2031-05-02")}, 0),
    ],
)
def test_a_request_that_a_person_entered_for_the_same_outlet_takes_the_suggestion_in(mine, left):
    case = Case()
    case.add("x-1", SILENT, **LEDGER)
    entered = Request(**{"id": "e-mine", "to": MINE.to, "how": MINE.how, "sent": MINE.sent, **mine})
    assert len(weigh(case.view(requests=(entered,))).requests) == left


def test_a_short_name_is_the_addressee_that_a_person_entered_unless_two_could_be_meant():
    text = "{1s role:The ministry} {1c no_response -:did not respond} {1t:to requests for comment}. The {N y-m organisation:"
    entered = Request(id="e-mine", to="Harbour Ministry", asked_by="The Kelsund Ledger")
    case = Case()
    case.add("x-1", text + "Harbour Ministry} is old.", **LEDGER)
    assert weigh(case.view(requests=(entered,))).requests == ()
    case = Case()
    case.add("x-1", text + "Harbour Ministry} is old. So is the {N y-q organisation:Fishery Ministry}.", **LEDGER)
    assert [one.to for one in weigh(case.view(requests=(entered,))).requests] == ["The ministry"]


def test_post_is_no_newspaper_of_that_name():
    case = Case()
    case.add("x-1", SILENT, outlet="The Post")
    mine = Request(id="e-mine", to="Harbour Ministry", how="by post, by The Kelsund Ledger")
    assert len(weigh(case.view(requests=(mine,))).requests) == 1


def test_a_letter_that_is_not_answered_may_be_anothers():
    case = Case()
    case.add("x-1", "{1s named:Ines Halvard} {1c no_response -:has not answered} {1t:the letter}.", **LEDGER)
    case.add("x-2", "Neither of them: {1s group:Neither the guild nor the office} {1c no_response -:replied} "
             "{1t:to questions from this newspaper}.", **LEDGER)  # fmt: skip
    found = {one.to: one.asked_by for one in weigh(case.view()).requests}
    assert found == {"Ines Halvard": "", "the guild and the office": "The Kelsund Ledger"}
