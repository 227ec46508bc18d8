"""The tagger that ships: what it finds, that it finds it again, and what it makes of bad input."""

import json
import pathlib
import resource
import shutil

import pytest

from quoth.attribute.engine import attribute_text, ruled
from quoth.attribute.pieces import paragraphs_of
from quoth.attribute.tagged import FEATURES, TaggerFinder, shipped
from quoth.attribute.tagger import WEIGHTS, load
from quoth.errors import AttributeRoomError
from quoth.record.statement import Act, Polarity, SourceType

STORY = (
    "A source close to the board told The Harbour Ledger on Monday that Dana Orrin, the port's manager, had warned the council "
    "that the crane was unsafe.\n"
    "“Nobody listened to us,” Orrin said in an interview. “Nobody ever does.”\n"
    "The council denied that it had been warned. A spokesman, Paul Vale, declined to comment on the report.\n"
    "The company plans to reopen the quay in May, according to a notice on the gate."
)


@pytest.fixture(scope="module", name="finder")
def finder_that_ships():
    finder = shipped()
    assert finder is not None, "the weights are part of the package"
    return finder


def words(parts):
    return " … ".join(part.exact for part in parts)


def test_a_story_is_read(finder):
    found = attribute_text(STORY, by=finder).statements
    by_cue = {words(one.cue): one for one in found}
    told = by_cue["told"]
    assert told.source_type is SourceType.UNNAMED
    assert words(told.addressee) == "The Harbour Ledger"
    warned = by_cue["had warned"]
    assert warned.within == told.id
    assert warned.act is Act.WARN
    assert words(by_cue["said"].content) == "“Nobody listened to us,” … “Nobody ever does.”"
    assert by_cue["denied"].polarity is Polarity.NEGATIVE
    assert any(one.act is Act.DECLINE and "Paul Vale" in words(one.source) for one in found)
    assert "a notice on the gate" in words(by_cue["according to"].source)
    assert all(0 < one.confidence < 1000 for one in found)
    assert all("rules" in one.reason for one in found if one.tool == finder.tool)


def test_the_same_text_gives_the_same_statements(finder):
    again = TaggerFinder(tagger=load())
    assert attribute_text(STORY, by=finder) == attribute_text(STORY, by=again)


def test_every_span_is_of_the_text(finder):
    for one in attribute_text(STORY, by=finder).statements:
        for part in (*one.source, *one.cue, *one.content, *one.addressee, *one.medium, *one.when, *one.where):
            assert STORY[part.start : part.end] == part.exact


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n\t\n",
        "he said she said they said no stop",
        STORY.upper(),
        STORY.replace(".", "").replace(",", "").replace("“", "").replace("”", ""),
        "T he c0uncil d e n i e d tbat it liad heen wamed. “ N 0 body, ” 0rrin sa1d ,",
        "“" * 10_000,
        "“He said " * 3_000,
        "<p>The mayor <b>said</b> &ldquo;no&rdquo;</p>{{cite|said}}[[File:said]]",
        "Orrin 说 that \u200fقال‎ the 门 was “закрыта”, сказал он. 他说：“不。”",
        "\u200b\u200e\ufeff\x00\x07" * 200,
        "a" * 30_000,
        "said. " * 6_000,
    ],
    ids=["empty", "blank", "bare", "capitals", "unpunctuated", "scan", "unclosed", "unclosed-said", "markup", "scripts", "controls", "one-word", "said"],
)  # fmt: skip
def test_bad_input_gives_spans_of_the_text_or_nothing(finder, text):
    for one in attribute_text(text, by=finder).statements:
        for part in (*one.source, *one.cue, *one.content):
            assert text[part.start : part.end] == part.exact
            assert part.exact


def test_one_huge_paragraph_costs_bounded_memory(finder):
    text = "The mayor of the old town said on Friday that the road along the river was shut. " * 2_500
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = attribute_text(text, by=finder).statements
    assert len(found) > 2_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000


def test_capitals_and_broken_scans_lower_the_confidence(finder):
    plain = attribute_text(STORY, by=finder).statements
    broken = attribute_text(
        "T he c0uncil d e n i e d tbat it liad heen wamed . 0rrin sa1d  n0thing", by=finder
    ).statements
    assert max((one.confidence for one in broken), default=0) < max(one.confidence for one in plain)


@pytest.mark.parametrize("name", ["encoder.onnx", "vocab.txt", "settings.json"])
def test_weights_that_are_not_whole_are_named(tmp_path, name):
    shutil.copytree(WEIGHTS, tmp_path / "weights")
    (tmp_path / "weights" / name).unlink()
    with pytest.raises(AttributeRoomError, match=name):
        load(tmp_path / "weights")


def test_weights_that_are_damaged_are_refused(tmp_path):
    shutil.copytree(WEIGHTS, tmp_path / "weights")
    path = tmp_path / "weights" / "pairs.onnx"
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(AttributeRoomError, match="cannot be read"):
        load(tmp_path / "weights")


def test_the_settings_fit_the_code(finder):
    assert len(finder.tagger.calibration) == FEATURES + 1
    settings = json.loads((WEIGHTS / "settings.json").read_text(encoding="utf-8"))
    assert len(settings["corpus"]) == 64
    assert sum(path.stat().st_size for path in pathlib.Path(WEIGHTS).iterdir()) < 40_000_000


def test_the_tagger_works_without_hints(finder):
    with_hints = finder.find(STORY, paragraphs_of(STORY), ruled(STORY))
    without = finder.find(STORY, paragraphs_of(STORY), [])
    assert with_hints
    assert without
