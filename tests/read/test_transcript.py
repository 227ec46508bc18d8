"""Transcripts: times, speakers and languages as the file has them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.read.transcript import language_in_name
from quoth.record.passage import Passage
from quoth.record.rendition import Rendition, RenditionKind
from read.reading import grounds_of, of_kind, reading, text_of, words_of

SRT = """1
00:00:01,000 --> 00:00:02,500
Caller: Is the list still there?
Please answer.

2
00:00:03,250 --> 00:01:04,000
<i>Who told you that?</i>

3
01:00:05,000 --> 01:00:06,000
12
"""
VTT = """WEBVTT - six calls
Language: zh

NOTE a comment --> not a cue

STYLE
::cue { color: red }

first
00:01.000 --> 00:02.500 align:start
<v Sella Morvane>名单还在吗？</v>

00:03.000 --> 00:04.000
<v.loud Caller>Who &amp; when?</v><v Sella Morvane>No.</v>
"""


def lines(readout):
    return [
        (one.anchor.time.start_ms, one.anchor.time.end_ms, one.speaker, one.text) for one in of_kind(readout, Passage)
    ]


def test_subrip_lines_have_times_and_speakers():
    readout = reading(SRT.encode(), "application/x-subrip")
    assert lines(readout) == [
        (1000, 2500, "Caller", "Is the list still there? Please answer."),
        (3250, 64000, "", "Who told you that?"),
        (3605000, 3606000, "", "12"),
    ]
    rendition = of_kind(readout, Rendition)[0]
    assert rendition.kind is RenditionKind.TRANSCRIPT
    assert rendition.duration_ms == 3606000
    assert text_of(readout).split("\n") == words_of(readout, "line")


def test_webvtt_voices_become_lines_of_their_own():
    readout = reading(VTT.encode(), "text/vtt", name="call-1.zh.vtt")
    assert lines(readout) == [
        (1000, 2500, "Sella Morvane", "名单还在吗？"),
        (3000, 4000, "Caller", "Who & when?"),
        (3000, 4000, "Sella Morvane", "No."),
    ]
    assert {one.language for one in of_kind(readout, Passage)} == {"zh"}


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_every_newline_is_a_newline(newline):
    for text in (SRT, VTT):
        data = text.replace("\n", newline).encode()
        assert lines(reading(data, "text/vtt")) == lines(reading(text.encode(), "text/vtt"))


def test_whisper_json_gives_segments():
    value = {
        "language": "en",
        "text": "…",
        "segments": [
            {"start": 0.52, "end": 1.25, "text": " Is the list there?", "speaker": "SPEAKER_00"},
            {"start": 1.5, "end": 2.0, "words": [{"word": " Who"}, {"word": " asks?"}]},
            {"start": "x", "end": 3, "text": "left out"},
            {"start": 3, "end": 4, "text": "  "},
            None,
        ],
    }
    readout = reading(json.dumps(value).encode(), "application/json")
    assert lines(readout) == [(520, 1250, "SPEAKER_00", "Is the list there?"), (1500, 2000, "", "Who asks?")]
    assert of_kind(readout, Rendition)[0].language == "en"


def test_a_name_tells_the_language_before_anything_else():
    assert language_in_name("call-3.zh.vtt") == "zh"
    assert language_in_name("call-3_zh-Hant.srt") == "zh-Hant"
    assert language_in_name("zh.vtt") == "zh"
    assert [language_in_name(name) for name in ("call-3.vtt", "call.new.vtt", "vtt", "", ".vtt")] == [""] * 5
    english = b"1\n00:00:01,000 --> 00:00:02,000\nThe clerk said that the list had been read out in the office.\n"
    assert of_kind(reading(english, "text/plain", name="a.fr.srt"), Rendition)[0].language == "fr"
    assert of_kind(reading(english, "text/plain", name="a.srt"), Rendition)[0].language == "en"


def test_times_that_run_backwards_are_told_and_kept():
    readout = reading(b"WEBVTT\n\n00:05.000 --> 00:03.000\nNo.\n", "text/vtt")
    assert lines(readout) == [(5000, 3000, "", "No.")]
    assert "end before they start" in grounds_of(readout)[0]


@pytest.mark.parametrize("data", [b"WEBVTT\n", b"{}", b"[1, 2]", b'{"segments": 3}', b"{" * 50_000, b"no times here"])
def test_files_without_lines_are_findings(data):
    assert "no timed lines" in grounds_of(reading(data, "text/vtt"))[0]


@given(st.text(alphabet=st.sampled_from("0123:,.-> \nv<>/Aa名：\ud800\0"), max_size=200))
def test_any_cue_text_is_read_with_proved_anchors(words):
    data = f"WEBVTT\n\n00:01.000 --> 00:02.000\n{words}\n\n00:03.000 --> 00:04.000\nend".encode(
        "utf-8", "surrogatepass"
    )
    reading(data, "text/vtt")
