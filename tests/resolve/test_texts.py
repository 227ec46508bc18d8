"""One document resolved: dates in place, events, times of saying."""

import pytest

from quoth.record.passage import PassageRole
from quoth.record.wire import from_bytes, to_bytes
from quoth.resolve.events import sentences
from quoth.resolve.texts import TOOL, VERSION, resolve, statement_times

TEXT = (
    "In February the clerk fled to the legation, Ines Halvard, a lawyer, said.\n\n"
    "The group published six recordings on April 30. They were made between 2028 and mid-April 2031. "
    "The harbour is wide, and has been since 2019.\n\n"
    "Ines Halvard said last month that the ward was shut in May 2029."
)


def test_every_dating_is_the_text(resolve_document):
    document = resolve_document(TEXT)
    resolved = resolve(document, ())
    assert [one.when.words for one in resolved.datings] == [
        "February",
        "April 30",
        "between 2028 and mid-April 2031",
        "since 2019",
        "last month",
        "May 2029",
    ]
    for one in resolved.datings:
        assert document.text[one.extract.start : one.extract.end] == one.extract.exact == one.when.words


def test_the_same_input_gives_the_same_records_and_they_travel(resolve_document):
    document = resolve_document(TEXT)
    first, second = resolve(document, ()), resolve(document, ())
    assert first == second
    for kind in (first.mentions, first.datings, first.events, first.positions, first.occupancies):
        for record in kind:
            assert from_bytes(to_bytes(record)) == record
    assert TOOL.startswith("quoth.")
    assert VERSION


def test_events_have_a_date_a_verb_and_a_short_title(resolve_document):
    resolved = resolve(resolve_document(TEXT + "\n\n" + "On 5 May 2031 the ship sailed " + "and sailed on " * 20), ())
    assert [one.when.edtf for one in resolved.events[:3]] == ["2031-02", "2031-04-30", "2028/2031-04-20"]
    assert all(len(one.title) <= 120 for one in resolved.events)
    assert resolved.events[-1].title.endswith("…")
    assert all("since 2019" not in one.title for one in resolved.events)
    assert len({one.id for one in resolved.events}) == len(resolved.events)


def test_an_event_names_its_people_and_statements(resolve_document, resolve_statement):
    document = resolve_document(TEXT)
    said = resolve_statement(document, "Ines Halvard", "said last", "that the ward was shut in May 2029")
    event = next(one for one in resolve(document, (said,)).events if "ward" in one.title)
    assert event.statements == (said.id,)
    assert len(event.participants) == 1


def test_the_dateline_is_no_event(resolve_document):
    text = "KELSUND, June 18 (Northwater) – The clerk was arrested in March, the ministry said."
    (event,) = resolve(resolve_document(text), ()).events
    assert event.when.edtf == "2031-03"
    assert event.title.startswith("The clerk")


def test_the_time_of_saying_is_not_the_time_told(resolve_document, resolve_statement):
    document = resolve_document(TEXT)
    said = resolve_statement(document, "Ines Halvard", "said last", "that the ward was shut in May 2029")
    fled = resolve_statement(document, "Ines Halvard, a lawyer,", "said.", "In February the clerk fled to the legation")
    times = statement_times(document, (said, fled), resolve(document, (said, fled)).datings)
    assert {one: when.words for one, when in times.items()} == {said.id: "last month"}


def test_furniture_and_heads_are_not_dated(resolve_document):
    text = "Updated 5 May 2031\n\nThe ship sailed on 6 May 2031."
    document = resolve_document(text, roles={0: PassageRole.FURNITURE})
    assert [one.when.words for one in resolve(document, ()).datings] == ["6 May 2031"]


def test_a_date_counts_from_the_passage_before(resolve_document):
    text = "The ship sailed on 3 March 2031.\n\nIt was back the following Tuesday."
    assert [one.when.edtf for one in resolve(resolve_document(text), ()).datings] == ["2031-03-03", "2031-03-04"]


def test_without_a_publication_day_nothing_is_guessed(resolve_document):
    (dating,) = resolve(resolve_document("It was shut last month.", published=""), ()).datings
    assert (dating.when.earliest, dating.when.latest, dating.when.edtf) == (None, None, "")
    assert dating.when.words == "last month"


def test_an_empty_document(resolve_document):
    resolved = resolve(resolve_document(""), ())
    assert resolved.datings == resolved.mentions == resolved.events == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dr. Berg left on Feb. 6. He was ill.", 2),
        ("“No.” She left. J. K. Berg stayed.", 3),
        ("他走了。她留下了。", 2),
        ("One line\n\nAnother", 2),
    ],
)
def test_sentences_end_where_they_end(text, count):
    pieces = [text[a:b] for a, b in sentences(text, 0, len(text))]
    assert len(pieces) == count
