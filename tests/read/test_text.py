"""Plain text: encodings, paragraphs, and the head of a saved article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.read.dates import dates_in
from quoth.record.passage import Passage
from quoth.record.rendition import Rendition
from read.reading import grounds_of, head_of, of_kind, reading, roles_of, text_of, words_of

SAVED = """Clerk: Harbour Council Knew of the List

A clerk told this newspaper that the harbour council had the list in its hands this winter.
Clerk: Harbour Council Knew of the List
Sella Morvane, then head of the harbour council, in March 2031. (Anna Holt/Northwater Images)
6/20/2031
Updated:
10/1/2034
<a><img class="wide" src="https://ledger.example/quay.jpg" alt="Quay" width="350"/></a>
The quay at dusk

The council met in February, and what it said there remained mostly private. \n
Two people in the room told the Ledger that a clerk had read out forty-one names.

The ministry did not respond to requests for comment.

Click www.ledger.example/list to read about the most recent developments. Get the RSS feed.

[email\xa0protected]

The Ledger publishes in 12 countries. Subscribe to our e-newsletter."""

SECOND = """Telephone Lists Reveal What the Council Knew

May 1, 2031 Updated: September 22, 2034
A spokeswoman showing recordings
Teodra Wynnick, who speaks for the register, at a public meeting. (The Kelsund Ledger)

The officials who picked up the telephone knew that they should not have been speaking.

Click\xa0to read about the most recent developments. Get the RSS feed. Who are the players?

“Nobody denies anything,” said a lawyer.

Read the Ledger’s conversation with the lawyer:"""


def test_the_text_of_a_saved_article_is_the_file_itself():
    readout = reading(SAVED.encode(), "text/plain")
    assert text_of(readout) == SAVED


def test_a_saved_article_has_its_parts_told_apart():
    readout = reading(SAVED.encode(), "text/plain")
    roles = roles_of(readout)
    assert roles[0] == ("title", "Clerk: Harbour Council Knew of the List")
    assert roles[1][0] == "body"
    assert roles[2] == ("furniture", "Clerk: Harbour Council Knew of the List")
    assert words_of(readout, "caption") == [
        "Sella Morvane, then head of the harbour council, in March 2031.",
        "The quay at dusk",
    ]
    assert words_of(readout, "credit") == ["Anna Holt/Northwater Images"]
    assert words_of(readout, "dateline") == ["6/20/2031", "Updated:", "10/1/2034"]
    furniture = words_of(readout, "furniture")
    assert [words[:6] for words in furniture] == ["Clerk:", "<a><im", "Click ", "[email", "The Le"]
    assert len(words_of(readout, "body")) == 4


def test_a_saved_article_says_when_it_was_published_and_updated():
    head = head_of(reading(SAVED.encode(), "text/plain"))
    assert (head.published.earliest, head.published.words) == ("2031-06-20", "6/20/2031")
    assert (head.updated.earliest, head.updated.words) == ("2034-10-01", "10/1/2034")
    assert [anchor.extract.exact for anchor in head.anchors] == [head.title, "6/20/2031", "10/1/2034"]


def test_both_dates_may_stand_on_one_line():
    readout = reading(SECOND.encode(), "text/plain")
    head = head_of(readout)
    assert (head.published.earliest, head.updated.earliest) == ("2031-05-01", "2034-09-22")
    assert words_of(readout, "caption") == [
        "A spokeswoman showing recordings",
        "Teodra Wynnick, who speaks for the register, at a public meeting.",
    ]
    assert words_of(readout, "credit") == ["The Kelsund Ledger"]
    assert len(words_of(readout, "furniture")) == 2
    assert len(words_of(readout, "body")) == 2


def test_a_date_that_does_not_tell_its_order_keeps_both_readings():
    text = SAVED.replace("6/20/2031", "5/1/2031").replace("10/1/2034", "6/2/2034")
    when = head_of(reading(text.encode(), "text/plain")).published
    assert [one.earliest for one in when.alternatives] == ["2031-01-05", "2031-05-01"]
    assert (when.earliest, when.latest) == ("2031-01-05", "2031-05-01")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("June 20, 2031", "2031-06-20"),
        ("20 June 2031", "2031-06-20"),
        ("20.6.2031", "2031-06-20"),
        ("2031-06-20", "2031-06-20"),
        ("20 de junio de 2031", "2031-06-20"),
        ("2031年6月20日", "2031-06-20"),
        ("20/6/2031", "2031-06-20"),
        ("6/6/2031", "2031-06-06"),
    ],
)
def test_head_dates_in_many_forms(words, day):
    found = dates_in(f"Published {words} by nobody")
    assert [one.when.earliest for one in found] == [day]
    assert f"Published {words} by"[found[0].start : found[0].end] == words


@pytest.mark.parametrize("words", ["31/31/2031", "2031-02-30", "February 30, 2031", "1/2/31", "12345/6/2031"])
def test_no_date_is_made_of_what_is_none(words):
    assert dates_in(words) == ()


def test_an_ordinary_note_keeps_its_first_lines_as_text():
    readout = reading(b"I saw the list.\n\nIt had forty-one names on it.\n", "text/plain")
    assert roles_of(readout) == [("body", "I saw the list."), ("body", "It had forty-one names on it.")]
    assert head_of(readout).title == ""


def test_a_hand_wrapped_paragraph_stays_one_passage():
    lines = "The council met on the first day of the month, and those who were\nthere say that the list was read out by a clerk who had not been\nasked to do so.\r\n\r\nAfter that\nshort lines\nstand alone."
    readout = reading(lines.encode(), "text/plain")
    assert words_of(readout)[0].count("\n") == 2
    assert words_of(readout)[1:] == ["After that", "short lines", "stand alone."]


def test_the_place_line_of_a_report_is_told_apart():
    readout = reading(b"Ministry Speaks\n\nKELSUND, June 22 (Northwater) - The ministry spoke.\n", "text/plain")
    assert roles_of(readout)[1:] == [("dateline", "KELSUND, June 22 (Northwater) -"), ("body", "The ministry spoke.")]
    assert head_of(readout).place == "KELSUND"


@pytest.mark.parametrize(
    ("data", "encoding", "words"),
    [
        ("café – quay".encode(), "utf-8", "café – quay"),
        ("\ufeffcafé".encode(), "utf-8", "café"),
        ("café list".encode("utf-16"), "utf-16-le", "café list"),
        ("café list of the quay".encode("utf-16-be"), "utf-16-be", "café list of the quay"),
        ("café – “quay”".encode("cp1252"), "cp1252", "café – “quay”"),
        (
            "他说他不知道这份名单，委员会也不知道。".encode("gb18030"),
            "gb18030",
            "他说他不知道这份名单，委员会也不知道。",
        ),
    ],
)
def test_encodings_are_decided_and_recorded(data, encoding, words):
    readout = reading(data, "text/plain")
    assert text_of(readout) == words
    settings = {one.name: one.value for one in of_kind(readout, Rendition)[0].settings}
    assert settings["encoding"] == encoding
    assert settings["encoding-basis"]
    assert grounds_of(readout) == []


def test_bytes_that_cannot_be_decoded_are_replaced_and_told():
    readout = reading("The clerk – “Holt” – said ".encode() + b"\xff\xfe no\x00.", "text/plain")
    assert "�" in text_of(readout)
    assert "\0" not in text_of(readout)
    grounds = " ".join(grounds_of(readout))
    assert "could not be decoded" in grounds
    assert "1 NUL" in grounds


def test_two_megabytes_in_one_paragraph_become_passages_of_bounded_length():
    text = "The clerk said no. " * 110_000
    readout = reading(text.encode(), "text/plain")
    passages = words_of(readout)
    assert max(map(len, passages)) <= 8_000
    assert "".join(passages).replace(" ", "") == text.replace(" ", "")
    assert all(words.endswith(".") for words in passages)


def test_a_text_without_a_single_space_is_divided_too():
    assert max(map(len, words_of(reading(b"x" * 50_000, "text/plain")))) <= 8_000


def test_blank_text_is_a_finding():
    assert grounds_of(reading(b" \n\n ", "text/plain")) == ["the file holds no text"]


def test_languages_are_told_only_where_there_are_letters_enough():
    english = "The clerk said that the list had been read out in the harbour office. " * 2
    chinese = "他说委员会在冬天已经看过这份名单，但是没有人愿意承认。"
    passages = of_kind(reading(f"{english}\n\n{chinese}\n\nNo.".encode(), "text/plain"), Passage)
    assert [one.language for one in passages] == ["en", "zh", "en"]
    assert [one.language for one in of_kind(reading(b"No.", "text/plain"), Passage)] == ["und"]
    assert [one.language for one in of_kind(reading(b"No.", "text/plain", language="fr"), Passage)] == ["fr"]


@given(st.binary(max_size=400))
def test_any_bytes_read_with_proved_anchors(data):
    if data:
        reading(data, "text/plain")


@given(st.text(alphabet=st.sampled_from("aB. \n\r\t\f“”(),/<>0123Updated:年"), max_size=300))
def test_any_lines_read_with_proved_anchors(text):
    if text:
        reading(text.encode(), "text/plain")
