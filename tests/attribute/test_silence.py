"""Silence and refusal in many wordings, and what only looks like it."""

import pytest

from quoth.attribute.engine import attribute_text
from quoth.record.statement import Act, Polarity


def words(parts):
    return " … ".join(part.exact for part in parts)


def silent(text):
    return [
        (words(item.source), words(item.cue), words(item.content), item.act.value)
        for item in attribute_text(text).statements
        if item.act in (Act.DECLINE, Act.NO_RESPONSE)
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The harbour office wouldn't say.", "The harbour office", "wouldn't say", ""),
        ("Who paid for the crane, the harbour office would not say.", "the harbour office", "would not say", "Who paid for the crane"),
        ("How many were held, the warden won’t say.", "the warden", "won’t say", "How many were held"),
        ("Asked for the list, Pell would not say where it was.", "Pell", "would not say", "where it was"),
        ("The bank does not comment on its clients.", "The bank", "does not comment", "on its clients"),
        ("Orlo is not commenting on the sale.", "Orlo", "is not commenting", "on the sale"),
        ("The mill will not disclose its accounts.", "The mill", "will not disclose", "its accounts"),
        ("The board will not name the buyer.", "The board", "will not name", "the buyer"),
        ("The owners had no comment.", "The owners", "had no comment", ""),
        ("The mill gave no explanation for the closure.", "The mill", "gave no explanation", "for the closure"),
        ("Pell refused an interview.", "Pell", "refused", "an interview"),
        ("The agency declined repeatedly to say who signed it.", "The agency", "declined repeatedly to say", "who signed it"),
    ],
)  # fmt: skip
def test_refusals(text, source, cue, content):
    assert silent(text) == [(source, cue, content, "decline")]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The insurer did not answer questions about the fire.", "The insurer", "did not answer", "questions about the fire"),
        ("Dr Olm did not answer.", "Dr Olm", "did not answer", ""),
        ("The prefect has not replied.", "The prefect", "has not replied", ""),
        ("The prefect has not replied to three letters.", "The prefect", "has not replied", "to three letters"),
        ("Ms Vane has yet to respond to a list of questions.", "Ms Vane", "has yet to respond", "to a list of questions"),
        ("The captain could not be contacted for comment.", "The captain", "could not be contacted", "for comment"),
        ("No one at the depot was available for comment.", "No one at the depot", "was available", "for comment"),
        ("Nobody at the depot was available to speak.", "Nobody at the depot", "was available", "to speak"),
        ("There was no reply from the depot.", "the depot", "There was no reply", ""),
        ("There has been no response from the railway.", "the railway", "There has been no response", ""),
        ("The Gazette received no reply from the owners.", "the owners", "received no reply", ""),
        ("The deputy remained silent.", "The deputy", "remained silent", ""),
        ("The deputy stayed silent about the payments.", "The deputy", "stayed silent", "about the payments"),
        ("The owners ignored requests for an interview.", "The owners", "ignored", "requests for an interview"),
        ("The abbey left four letters unanswered.", "The abbey", "left", "four letters"),
        ("Letters to the governor brought no reply.", "", "brought no reply", "Letters to the governor"),
    ],
)  # fmt: skip
def test_silences(text, source, cue, content):
    assert silent(text) == [(source, cue, content, "no_response")]


@pytest.mark.parametrize(
    ("text", "addressee", "content"),
    [
        ("Relatives were not shown the register.", "Relatives", "the register"),
        ("Reporters were not given access to the ward.", "Reporters", "access to the ward"),
        ("The families were not given a reason.", "The families", "a reason"),
    ],
)
def test_those_who_were_not_told_are_spoken_to(text, addressee, content):
    (item,) = attribute_text(text).statements
    assert (words(item.source), words(item.addressee), words(item.content)) == ("", addressee, content)
    assert (item.act, item.polarity) == (Act.DECLINE, Polarity.NEGATIVE)


@pytest.mark.parametrize(
    "text",
    [
        "The engine did not respond.",
        "The patient did not respond to treatment.",
        "The report does not answer the question.",
        "The street remained silent.",
        "The room was available.",
        "There was no answer in the book.",
        "She had no reason to worry.",
        "A clerk who would not be named said the safe was empty.",
    ],
)
def test_what_only_looks_like_silence(text):
    assert silent(text) == []
