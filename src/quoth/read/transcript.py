r"""Transcripts: SubRip, WebVTT and Whisper JSON, every line with its time.

- The rendition is the lines' words, one a line; each passage carries its time and speaker.
- A speaker is taken from ``<v Name>`` (WebVTT, section 4.2.2), a ``speaker`` key, or ``Name:``.
- The language comes from the name (``call-3.zh.vtt``), the file's own word, or the words.

Example::

    read(io.BytesIO(b"WEBVTT\n\n00:01.000 --> 00:02.500\n<v Ann>No."), request, reader=TRANSCRIPT)
"""

import dataclasses
import html
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from quoth.read.encoding import Decoded, decode
from quoth.read.language import tongue_or_unknown
from quoth.read.readout import Reader, Readout, ReadRequest, unread
from quoth.read.rendering import Pieces, Span, TextDraft
from quoth.read.text import shortfalls
from quoth.record.passage import PassageRole
from quoth.record.rendition import Head, RenditionKind, Setting
from quoth.terms.anchor import TimeSpan
from quoth.terms.tongue import UNKNOWN

__all__ = ["Cue", "cues_of", "language_in_name", "read"]

JSON = "whisper-json"
MOST_BYTES = 64 * 2**20
_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_CUE = re.compile(rf"^[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}(?P<rest>[^\n]*)$", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z0-9][^>\n]*>|\{\\[^}]*\}")
_SPEAKER = re.compile(
    r"\s*(?:-\s*)?(?:\[)?([A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,3}|[\u4e00-\u9fff]{1,8})(?:\])?[:：](?!//)\s*"
)
_LANGUAGE = re.compile(r"^Language:\s*(\S+)", re.MULTILINE | re.IGNORECASE)
_IN_NAME = re.compile(r"(?:^|[._-])([A-Za-z]{2,3}(?:-[A-Za-z]{2,8})?)\.[A-Za-z0-9]{2,5}$")
_NOT_LANGUAGES = frozenset({"srt", "vtt", "json", "txt", "raw", "new", "old", "one", "two", "v", "tar"})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One timed line: its words on one line, its times in milliseconds, its speaker if named."""

    start_ms: int
    end_ms: int
    words: str
    speaker: str = ""


def language_in_name(name: str) -> str:
    """The language tag in ``call-3.zh.vtt``, or nothing."""
    match = _IN_NAME.search(name)
    if not match or match[1].lower() in _NOT_LANGUAGES:
        return ""
    return match[1]


def read(source: BinaryIO, request: ReadRequest, *, reader: Reader) -> Readout:
    """The transcript's lines; a finding where the file holds none."""
    data = source.read(MOST_BYTES + 1)
    decoded = decode(data[:MOST_BYTES])
    cues, told, form = cues_of(decoded.text)
    troubles = list(shortfalls(request, decoded, reader=reader))
    if len(data) > MOST_BYTES:
        troubles.append(unread(request, f"only the first {MOST_BYTES} bytes were read", reader=reader))
    if not cues:
        ground = "no timed lines were found: expected SubRip, WebVTT or Whisper JSON"
        return Readout(records=(unread(request, ground, reader=reader), *troubles))
    backwards = sum(cue.end_ms < cue.start_ms for cue in cues)
    if backwards:
        troubles.append(unread(request, f"{backwards} lines end before they start; their times stand as written"))
    return _readout(request, cues, (decoded, told, form), reader=reader) + Readout(records=tuple(troubles))


def _readout(request: ReadRequest, cues: list[Cue], source: tuple[Decoded, str, str], *, reader: Reader) -> Readout:
    decoded, told, form = source
    pieces = Pieces(between="\n")
    spans: list[Span] = []
    for cue in cues:
        span = pieces.add(cue.words, PassageRole.LINE)
        if span:
            time = TimeSpan(start_ms=cue.start_ms, end_ms=cue.end_ms)
            spans.append(dataclasses.replace(span, time=time, speaker=cue.speaker))
    named = language_in_name(request.name) or request.language
    draft = TextDraft(
        text=pieces.text,
        spans=tuple(spans),
        kind=RenditionKind.TRANSCRIPT,
        settings=(*decoded.settings, Setting(name="format", value=form)),
        language=named or told,
        duration_ms=max(0, *(cue.end_ms for cue in cues)),
    )
    rendered = draft.finish(request, reader)
    tag = tongue_or_unknown(named)
    if tag != UNKNOWN:
        rendition = dataclasses.replace(rendered.rendition, language=tag)
        passages = tuple(dataclasses.replace(passage, language=tag) for passage in rendered.passages)
        rendered = dataclasses.replace(rendered, rendition=rendition, passages=passages)
    return rendered.readout(Head(of=request.digest, language=rendered.rendition.language))


def cues_of(words: str) -> tuple[list[Cue], str, str]:
    """The cues of a transcript, the language its file states, and the name of its format."""
    start = words.lstrip("\ufeff \t\r\n")[:1]
    if start in ("{", "["):
        cues, language = _whisper(words)
        return cues, language, JSON
    plain = words.replace("\r\n", "\n").replace("\r", "\n")
    stated = _LANGUAGE.search(plain[:400])
    form = "webvtt" if plain.lstrip("\ufeff").startswith("WEBVTT") else "subrip"
    return list(_timed(plain, form)), stated[1] if stated else "", form


def _ms(hours: str | None, minutes: str, seconds: str, part: str | None) -> int:
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((part or "0").ljust(3, "0"))


def _timed(words: str, form: str) -> Iterator[Cue]:
    matches = list(_CUE.finditer(words))
    for place, match in enumerate(matches):
        stop = matches[place + 1].start() if place + 1 < len(matches) else len(words)
        body = words[match.end() : stop].lstrip("\n")
        lines = body.split("\n\n", 1)[0] if form == "webvtt" else _without_number(body, last=stop == len(words))
        groups = match.groups()
        yield from _voices(lines, _ms(*groups[0:4]), _ms(*groups[4:8]))


def _without_number(body: str, *, last: bool) -> str:
    """A SubRip cue's lines without the next cue's number."""
    return body if last else re.sub(r"\n\s*\d+\s*\Z", "", "\n" + body.rstrip()).strip("\n")


def _voices(lines: str, start_ms: int, end_ms: int) -> Iterator[Cue]:
    """One cue a voice: a WebVTT cue may hold several."""
    marks = list(_VOICE.finditer(lines))
    edges = [(0, marks[0].start() if marks else len(lines), "")]
    for place, mark in enumerate(marks):
        end = marks[place + 1].start() if place + 1 < len(marks) else len(lines)
        edges.append((mark.end(), end, mark[1].strip()))
    for left, right, speaker in edges:
        words = " ".join(html.unescape(_TAG.sub("", lines[left:right])).split())
        named, spoken = (speaker, words) if speaker else _prefixed(words)
        if spoken:
            yield Cue(start_ms=start_ms, end_ms=end_ms, words=spoken, speaker=named)


def _prefixed(words: str) -> tuple[str, str]:
    match = _SPEAKER.match(words)
    return (match[1], words[match.end() :]) if match and words[match.end() :] else ("", words)


def _whisper(data: str) -> tuple[list[Cue], str]:
    """Cues of Whisper, faster-whisper and WhisperX JSON: ``segments`` with seconds and text."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return [], ""
    segments = value.get("segments") if isinstance(value, dict) else value
    if not isinstance(segments, list):
        return [], ""
    cues = [cue for one in segments if isinstance(one, dict) and (cue := _segment(one))]
    language = value.get("language") if isinstance(value, dict) else ""
    return cues, language if isinstance(language, str) else ""


def _segment(one: dict[str, Any]) -> Cue | None:
    start, end, words = one.get("start"), one.get("end"), one.get("text")
    if not isinstance(words, str) and isinstance(one.get("words"), list):
        words = "".join(str(word.get("word", "")) for word in one["words"] if isinstance(word, dict))
    if not (isinstance(start, int | float) and isinstance(end, int | float) and isinstance(words, str)):
        return None
    if not (0 <= start < 10**8 and 0 <= end < 10**8):
        return None
    words = " ".join(words.split())
    speaker = one.get("speaker") if isinstance(one.get("speaker"), str) else ""
    if words and not speaker:
        speaker, words = _prefixed(words)
    return (
        Cue(start_ms=round(start * 1000), end_ms=round(end * 1000), words=words, speaker=speaker or "")
        if words
        else None
    )
