"""The answer key fits the files, the calendar and the rules."""

import csv
import email
import email.policy
import io
import json
import re
from datetime import date, datetime
from difflib import SequenceMatcher
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest

from quoth.demo import demo_files, demo_key
from quoth.demo.answers import ACTS
from quoth.demo.marks import SOURCE_TYPES

_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_FICTION = (re.compile(r"44 ?1632 ?960\d{3}"), re.compile(r"44 ?7700 ?900(?:\d{3}|\*{3})"))


def _load(name: str) -> Any:
    return json.loads((demo_key() / name).read_text("utf-8"))


def _statements() -> list[dict[str, Any]]:
    lines = (demo_key() / "statements.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


class _Visible(HTMLParser):
    """Text of a page as a person sees it."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style", "title")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style", "title")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(data)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _body_of(page: pypdfium2.PdfPage) -> str:
    """The text of a printed page without its running head and page number."""
    lines = page.get_textpage().get_text_range().splitlines()
    furniture = re.compile(r"Kelsund Absence Register: Forty-One Names|Page \d+")
    return " ".join(line for line in lines if not furniture.fullmatch(line.strip()))


def _visible(path: Path) -> str:
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        return _squeezed(" ".join(_body_of(page) for page in document))
    if path.suffix == ".eml":
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = message.get_body(("plain",))
        assert body is not None
        lines = [line.lstrip("> ") for line in body.get_content().splitlines()]
        return _squeezed(f"{message['Subject']} {' '.join(lines)}")
    parser = _Visible()
    parser.feed(path.read_text("utf-8"))
    return _squeezed(" ".join(parser.pieces))


def test_counts() -> None:
    documents = _statements()
    assert len(documents) >= 6
    found = [entry for document in documents for entry in document["statements"]]
    assert len(found) >= 200
    assert sum(len(entry["chain"]) >= 4 for entry in found) >= 4
    assert {"direct", "indirect", "mixed"} == {entry["form"] for entry in found}
    assert len({entry["source_type"] for entry in found}) >= 6


def test_every_quote_is_in_the_built_file() -> None:
    paragraphs = _load("paragraphs.json")
    for document in _statements():
        visible = _visible(demo_files() / document["file"])
        blocks = [block["text"] for block in paragraphs[document["doc_id"]]["blocks"]]
        whole = " ".join(blocks)
        for entry in document["statements"]:
            for part in ("source", "cue", "content", "addressee"):
                for span in entry[part]:
                    quote = span["quote"]
                    assert quote == quote.strip() != "", entry
                    assert blocks[span["block"]][span["start"] : span["end"]] == quote
                    assert _squeezed(quote) in visible, (document["file"], quote)
                    before = sum(len(text) + 1 for text in blocks[: span["block"]])
                    place = -1
                    for _ in range(span["occurrence"] + 1):
                        place = whole.find(quote, place + 1)
                    assert place == before + span["start"]


def test_paragraphs_are_in_the_built_file() -> None:
    for entry in _load("paragraphs.json").values():
        visible = _visible(demo_files() / entry["file"])
        for block in entry["blocks"]:
            assert block["text"] in visible, (entry["file"], block["text"])
        assert set(entry["furniture"]).isdisjoint(block["text"] for block in entry["blocks"])
        for text in entry["furniture"]:
            assert text in visible, (entry["file"], text)


def test_terms_and_nesting() -> None:
    parties = set(_load("parties.json")["parties"])
    for document in _statements():
        entries = {entry["id"]: entry for entry in document["statements"]}
        for entry in entries.values():
            assert entry["act"] in ACTS
            assert entry["source_type"] in SOURCE_TYPES.values()
            assert len(entry["cue"]) == 1
            named = entry["source_party"] or []
            assert {named} <= parties if isinstance(named, str) else set(named) <= parties
            depth, holder = 0, entry["within"]
            while holder is not None:
                assert holder in entries
                assert holder != entry["id"]
                holder, depth = entries[holder]["within"], depth + 1
            assert len(entry["chain"]) == depth + 2
            assert entry["chain"][0]["party"] == document["outlet"]


def test_every_name_is_in_some_file() -> None:
    texts = [_visible(path) for path in demo_files().rglob("*.html")]
    texts.append(_visible(demo_files() / "ngo/forty-one-names.pdf"))
    texts += [
        path.read_text("utf-8")
        for path in demo_files().rglob("*")
        if path.suffix in (".vtt", ".srt", ".json", ".eml", ".toml")
    ]
    texts.append((demo_key() / "letter.txt").read_text("utf-8"))
    for party in _load("parties.json")["parties"].values():
        for name in party["names"]:
            assert any(name in text for text in texts), name


def test_weekdays_are_right() -> None:
    names, months = "|".join(_WEEKDAYS), "|".join(_MONTHS)
    pattern = re.compile(rf"({names}), (\d{{1,2}}) ({months}) (\d{{4}})")
    hits = 0
    for entry in _load("paragraphs.json").values():
        for block in entry["blocks"]:
            for weekday, day, month, year in pattern.findall(block["text"]):
                there = date(int(year), _MONTHS.index(month) + 1, int(day))
                assert _WEEKDAYS[there.weekday()] == weekday, block["text"]
                hits += 1
    assert hits >= 2


def test_the_mail_opens_and_its_day_is_right() -> None:
    data = (demo_files() / "letters/harrowen-to-wynnick.eml").read_bytes()
    message = email.message_from_bytes(data, policy=email.policy.default)
    weekday, rest = str(message["Date"]).split(", ")
    sent = datetime.strptime(rest, "%d %b %Y %H:%M:%S %z")
    assert _WEEKDAYS[sent.weekday()].startswith(weekday)
    (attached,) = message.iter_attachments()
    terms = docx.Document(io.BytesIO(attached.get_content()))
    assert terms.paragraphs[0].text == "Harbour Telecom: Terms for Researchers"


def test_relative_weekdays_are_right() -> None:
    for entry in _load("dates.json"):
        for number, name in enumerate(_WEEKDAYS):
            if entry["expression"].endswith(name) and not entry["expression"].startswith("Since"):
                assert date.fromisoformat(entry["earliest"]).weekday() == number, entry
                assert entry["earliest"] == entry["latest"]


def test_dates_are_intervals_in_their_documents() -> None:
    paragraphs = _load("paragraphs.json")
    entries = _load("dates.json")
    assert len(entries) >= 50
    for entry in entries:
        block = paragraphs[entry["doc_id"]]["blocks"][entry["block"]]["text"]
        assert block[entry["start"] :].startswith(entry["expression"])
        if entry["earliest"] and entry["latest"]:
            assert entry["earliest"] <= entry["latest"], entry


def test_matches_fit_the_ledger() -> None:
    with (demo_files() / "calls/harbour-telecom.csv").open(encoding="utf-8", newline="") as file:
        rows = {row[0]: row for row in csv.reader(file, delimiter=";") if len(row) == 7}
    key = _load("matches.json")
    held = [entry for entry in key["calls"] if entry["held"]]
    assert [entry["record"] is not None for entry in held] == [True, True, True, False]
    for entry in held:
        assert (demo_files() / entry["recording"]).is_file()
        if entry["record"] is None:
            continue
        record = entry["record"]
        row = rows[record["line_no"]]
        start = datetime.strptime(f"{row[1]} {row[2]} +0200", "%d.%m.%Y %H:%M:%S %z")
        assert start == datetime.fromisoformat(record["start"])
        assert [int(row[3]), row[4], row[5]] == [
            record["seconds"],
            record["calling"],
            record["called"],
        ]
        late = datetime.fromisoformat(entry["started"]) - start
        assert late.total_seconds() == key["clock_behind_seconds"]


def test_near_misses_are_planted_and_no_row_fits_the_fourth() -> None:
    text = (demo_files() / "calls/harbour-telecom.csv").read_text("utf-8")
    key = _load("matches.json")
    for entry in key["calls"]:
        for near in entry["near_misses"]:
            at = datetime.fromisoformat(near["start"])
            wanted = f"{at:%d.%m.%Y;%H:%M:%S};{near['seconds']};"
            assert any(wanted in line and near["called"] in line for line in text.splitlines()), near
    fitting = [line for line in text.splitlines() if ";09.11.2023;15:2" in line and "+44 1632 960371" in line]
    assert fitting == []


def test_no_number_outside_the_fiction_ranges() -> None:
    for path in [*demo_files().rglob("*"), *demo_key().rglob("*")]:
        if path.suffix not in (".html", ".csv", ".eml", ".toml", ".json", ".srt", ".vtt"):
            continue
        for number in re.findall(r"\+(\d[\d *]{8,})", path.read_text("utf-8")):
            assert any(kind.match(number) for kind in _FICTION), (path.name, number)
    printed = _visible(demo_files() / "ngo/forty-one-names.pdf")
    for number in re.findall(r"\+(\d[\d ]{8,})", printed):
        assert _FICTION[0].match(number), number


@pytest.mark.parametrize("name", ["requests.json", "cited.json"])
def test_told_items(name: str) -> None:
    assert len(_load(name)) >= 2


def test_requests_have_one_silence_and_one_answer() -> None:
    answered = ["reply" in entry for entry in _load("requests.json")]
    assert True in answered
    assert False in answered


def test_gap_is_six_announced_four_held() -> None:
    (gap,) = _load("gaps.json")
    assert gap["announced"] == 6
    assert len(gap["held"]) == 4
    recordings = sorted(path.name for path in (demo_files() / "calls").glob("*.opus"))
    assert recordings == [f"call-{number}.opus" for number in gap["held"]]


def test_claims_and_offices_rest_on_the_texts() -> None:
    paragraphs = _load("paragraphs.json")
    known = {(document["doc_id"], entry["id"]) for document in _statements() for entry in document["statements"]}
    for claim in _load("origins.json"):
        for leaf in [*claim["support"], *claim.get("denied", [])]:
            assert (leaf["doc_id"], leaf["statement"]) in known, claim["id"]
    quoted = [*_load("offices.json"), *_load("responses.json")["editorial"]]
    for ambiguous in _load("parties.json")["ambiguous"]:
        quoted += ambiguous["readings"]
    for entry in quoted:
        whole = " ".join(block["text"] for block in paragraphs[entry["doc_id"]]["blocks"])
        assert entry["quote"] in whole, entry


def test_printed_layers_are_in_call_and_paper() -> None:
    sound = {recording["file"]: recording for recording in _load("sound.json")["recordings"]}
    for layer in _load("responses.json")["layers"]:
        assert layer["printed"] in _visible(demo_files() / "articles/ledger-six-calls.html")
        spoken = sound[f"calls/call-{layer['call']}.opus"]["lines"]
        assert layer["spoken"] in [line["text"] for line in spoken]
        if "translated" in layer:
            assert layer["translated"] in [line["english"] for line in spoken]


def test_word_times_go_forward_inside_their_lines() -> None:
    for recording in _load("sound.json")["recordings"]:
        last = 0.0
        for line in recording["lines"]:
            assert last <= line["start"] < line["end"] <= recording["seconds"]
            last = line["end"]
            at = line["start"]
            for _, start, end in line["words"]:
                assert at <= start <= end <= line["end"] + 0.002
                at = start


def test_copies_share_their_sentences() -> None:
    paragraphs = {entry["file"]: entry for entry in _load("paragraphs.json").values()}
    copies = _load("copies.json")
    assert len(copies) == 2
    for entry in copies:
        original, copied = (
            " ".join(block["text"] for block in paragraphs[entry[name]]["blocks"] if block["kind"] == "p").split()
            for name in ("original", "copy")
        )
        assert original != copied
        assert SequenceMatcher(None, original, copied, autojunk=False).ratio() > 0.9
        assert paragraphs[entry["copy"]]["title"] != paragraphs[entry["original"]]["title"]
