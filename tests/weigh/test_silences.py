"""Requests for comment and their dated silence."""

from quoth.record.request import Request
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
