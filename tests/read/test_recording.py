"""A call out of its sound and transcripts: layers stay apart."""

from quoth.read.recording import Background, call_of
from quoth.record.call import CallParty, CallRole, LayerKind
from quoth.record.rendition import Rendition
from read import samples
from read.reading import of_kind, reading

ENGLISH = "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Caller>Is the list still there?\n"
CHINESE = "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Caller>名单还在吗？\n"


def transcripts():
    made = []
    for name, text in (("call-1.zh.vtt", CHINESE), ("call-1.en.vtt", ENGLISH)):
        made.append((name, reading(text.encode(), "text/vtt", name=name).records))
    return made


def test_the_spoken_language_is_the_transcript_and_others_are_translations():
    sound = reading(samples.sound(2), "audio/wav")
    party = CallParty(role=CallRole.CALLER, described="covert caller")
    call = call_of(
        "x-1",
        sound.records,
        transcripts=transcripts(),
        background=Background(spoken="zh", parties=(party,), pretext="a clerk"),
    )
    assert call.duration_ms == 2000
    assert call.recording == of_kind(sound, Rendition)[0].of
    assert [(one.kind, one.language, one.made_by) for one in call.layers] == [
        (LayerKind.TRANSCRIPT, "zh", "call-1.zh.vtt"),
        (LayerKind.TRANSLATION, "en", "call-1.en.vtt"),
    ]
    (line,) = call.layers[0].lines
    assert (line.text, line.speaker, line.time.end_ms) == ("名单还在吗？", "Caller", 1000)
    assert (call.parties, call.pretext) == ((party,), "a clerk")


def test_without_a_spoken_language_two_layers_are_two_transcripts():
    call = call_of("x-1", reading(samples.sound(1), "audio/wav").records, transcripts=transcripts())
    assert {one.kind for one in call.layers} == {LayerKind.TRANSCRIPT}


def test_without_sound_there_is_no_call():
    assert call_of("x-1", reading(b"RIFF", "audio/wav").records, transcripts=transcripts()) is None
