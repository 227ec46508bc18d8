"""Contradictions within the case's own papers: each check holds, fails, or says nothing."""

import dataclasses

import pytest

from quoth.record.call import Call, LayerKind, TranscriptLayer, TranscriptLine
from quoth.record.exhibit import Exhibit, ExhibitStatus, Provenance
from quoth.record.finding import Outcome
from quoth.record.passage import PassageRole
from quoth.record.rendition import Head
from quoth.terms.anchor import Extract, TimeSpan
from quoth.terms.digest import digest_of
from quoth.terms.when import When, day
from quoth.verify.checks import TOOL, VerifyView, verify
from quoth.verify.consistency import contradictions
from quoth.verify.written_days import written_days
from verify.planted import document

HELD = Exhibit(id="x-1", status=ExhibitStatus.HELD, title="letter", digest=digest_of(b"1"))


def outcomes(check, exhibits=(), documents=(), calls=()):
    found = contradictions(exhibits, documents, calls)
    assert all(finding.limits and finding.grounds for finding in found)
    return [finding.outcome for finding in found if finding.check == check]


@pytest.mark.parametrize(
    ("kind", "by_name", "expected"),
    [
        ("application/pdf", "application/pdf", [Outcome.HOLDS]),
        ("text/html", "application/pdf", [Outcome.FAILS]),
        ("audio/ogg", "audio/opus", [Outcome.HOLDS]),
        ("text/plain; charset=utf-8", "text/csv", [Outcome.HOLDS]),
        ("application/pdf", "", []),
    ],
)
def test_content_against_name(kind, by_name, expected):
    assert outcomes("kind-of-name", [dataclasses.replace(HELD, kind=kind, kind_by_name=by_name)]) == expected


def test_what_is_only_cited_is_not_checked():
    cited = dataclasses.replace(HELD, status=ExhibitStatus.CITED, kind="text/html", kind_by_name="application/pdf")
    assert contradictions([cited], (), ()) == ()


@pytest.mark.parametrize(
    ("claimed", "expected"),
    [
        (day("2 May", "2031-05-02"), Outcome.HOLDS),
        (day("4 May", "2031-05-04"), Outcome.FAILS),
        (When(words="May", earliest="2031-05-01", latest="2031-05-31"), Outcome.CANNOT_TELL),
    ],
)
def test_claimed_date_against_the_day_it_came_in(claimed, expected):
    given = Provenance(name_as_given="letter.pdf", received_at="2031-05-03T09:00:00Z", claimed_date=claimed)
    assert outcomes("claimed-date", [dataclasses.replace(HELD, provenances=(given,))]) == [expected]


def test_updated_before_published():
    for updated, expected in (("2031-05-04", Outcome.HOLDS), ("2031-05-01", Outcome.FAILS)):
        head = Head(of=digest_of(b"1"), published=day("p", "2031-05-02"), updated=day("u", updated))
        assert outcomes("dates-of-head", documents=[document("Text.", exhibit="x-1", head=head)]) == [expected]


def test_a_text_dated_after_it_came_in():
    given = Provenance(name_as_given="page.html", received_at="2031-05-03T09:00:00Z")
    exhibit = dataclasses.replace(HELD, provenances=(given,))
    for published, expected in (("2031-05-03", Outcome.HOLDS), ("2031-05-09", Outcome.FAILS)):
        text = document("Text.", exhibit="x-1", published=published)
        assert outcomes("published-before-received", [exhibit], [text]) == [expected]


@pytest.mark.parametrize("text", ["The li\ufffdt is lost.", "The cafÃ© was shut.", "It was â€œsealedâ€\x9d.", "A\x00B"])
def test_damaged_text_is_pointed_at(text):
    (finding,) = [f for f in contradictions((), [document(text, exhibit="x-1")], ()) if f.check == "damaged-text"]
    assert finding.outcome is Outcome.FAILS
    spot = finding.anchors[0].extract
    assert spot is not None
    assert text[spot.start : spot.end] == spot.exact


@pytest.mark.parametrize("text", ["Der Café, naïve Ärzte, São Tomé.", "“Quoted” text — plain.", "名单"])
def test_sound_text_is_not_called_damaged(text):
    assert outcomes("damaged-text", documents=[document(text, exhibit="x-1")]) == []


def test_days_after_the_documents_own_date_are_for_a_person_to_read():
    made = document("On 12 March 2031 it sailed. On May 30, 2031 it sank.", exhibit="x-1", published="2031-05-02")
    (finding,) = [f for f in contradictions((), [made], ()) if f.check == "later-days"]
    assert finding.outcome is Outcome.CANNOT_TELL
    assert [anchor.extract.exact for anchor in finding.anchors if anchor.extract] == ["May 30, 2031"]


def test_written_days_have_one_reading_only():
    assert [
        iso for iso, _, _ in written_days("3 May 2031, 2031-05-04, 2031年5月5日, 03/04/2031, 31 February 2031")
    ] == [
        "2031-05-03",
        "2031-05-04",
        "2031-05-05",
    ]


def test_a_passage_that_does_not_stand_where_it_says():
    made = document("One line.\nTwo lines.", exhibit="x-1")
    assert outcomes("anchors", documents=[made]) == [Outcome.HOLDS]
    moved = dataclasses.replace(made.passages[0].anchor, extract=Extract(start=1, end=4, exact="One"))
    wrong = dataclasses.replace(made, passages=(dataclasses.replace(made.passages[0], anchor=moved), made.passages[1]))
    assert outcomes("anchors", documents=[wrong]) == [Outcome.FAILS]


def test_pages_without_words_are_not_checked_rather_than_empty():
    empty = document("", exhibit="x-1", pages=3, role=PassageRole.BODY)
    assert outcomes("no-words", documents=[empty]) == [Outcome.NOT_CHECKED]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(1000, 30_500, Outcome.HOLDS), (1000, 33_000, Outcome.FAILS), (20_000, 10_000, Outcome.FAILS)],
)
def test_a_transcript_longer_than_its_sound(start, end, expected):
    line = TranscriptLine(time=TimeSpan(start_ms=start, end_ms=end), text="No.")
    layer = TranscriptLayer(kind=LayerKind.TRANSCRIPT, content=digest_of(b"t"), lines=(line,))
    call = Call(id="k-1", exhibit="x-1", recording=digest_of(b"s"), duration_ms=30_000, layers=(layer,))
    assert outcomes("transcript-length", calls=[call]) == [expected]


def test_the_door_signs_every_finding_and_sorts():
    texts = tuple(document(f"Text {n}. A\ufffdB", exhibit=f"x-{n}") for n in range(4))
    verified = verify(VerifyView(documents=texts))
    assert {finding.tool for finding in verified.findings} == {TOOL}
    assert verified == verify(VerifyView(documents=texts[::-1]))
    assert [finding.id for finding in verified.findings] == sorted(finding.id for finding in verified.findings)
