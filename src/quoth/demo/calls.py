"""The recorded calls: script to telephone line to Opus and transcripts.

Lines are spoken one by one, laid on a quiet line of fixed length, kept between
300 and 3400 hertz at 8 kHz, and written as Opus. All filtering is in whole numbers,
so that one version of espeak-ng gives one set of samples anywhere.
"""

import io
import json
import math
import random
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from quoth.demo.voices import Speaker, Voice

__all__ = ["Line", "Recording", "read_script", "record", "sound_key", "transcripts"]

_RATE = 8000
_TAPS = 301
_PAUSES_MS = (620, 380, 540, 450, 700, 410)
_NOISE = 14
_BIT_RATE = 11_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One spoken line; times in seconds from the start of the file."""

    who: str
    name: str
    text: str
    english: str
    start: float
    end: float
    words: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One held call: its script entry, its lines in time and its Opus bytes."""

    script: dict[str, Any]
    lines: tuple[Line, ...]
    opus: bytes

    @property
    def stem(self) -> str:
        """The file name without its ending."""
        return f"call-{self.script['number']}"


def read_script(path: Path) -> list[dict[str, Any]]:
    """The announced calls, held or not, as in calls.toml."""
    calls: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))["call"]
    return calls


def _band_filter(rate: int) -> NDArray[np.int64]:
    """Windowed sinc, 300 to 3400 hertz, scaled by 2**15."""
    half = _TAPS // 2
    taps: list[int] = []
    for place in range(-half, half + 1):
        window = 0.54 + 0.46 * math.cos(math.pi * place / half)
        if place == 0:
            ideal = 2 * (3300 - 320) / rate
        else:
            high = math.sin(2 * math.pi * 3300 * place / rate)
            low = math.sin(2 * math.pi * 320 * place / rate)
            ideal = (high - low) / (math.pi * place)
        taps.append(round(ideal * window * 32768))
    return np.array(taps, dtype=np.int64)


def _on_the_line(samples: NDArray[np.int64], rate: int) -> NDArray[np.int64]:
    """Band-limit and bring to 8 kHz by whole-number interpolation."""
    banded = np.convolve(samples, _band_filter(rate), mode="same") >> 15
    count = len(banded) * _RATE // rate
    places = np.arange(count, dtype=np.int64) * rate
    left = places // _RATE
    part = places % _RATE
    right = np.minimum(left + 1, len(banded) - 1)
    mixed: NDArray[np.int64] = (banded[left] * (_RATE - part) + banded[right] * part) // _RATE
    return mixed


def _noise(count: int, seed: int) -> NDArray[np.int64]:
    raw = random.Random(seed).randbytes(count)  # noqa: S311  a fixed seed is wanted
    flat = np.frombuffer(raw, dtype=np.uint8).astype(np.int64) - 128
    return flat * _NOISE // 32


def _opus(samples: NDArray[np.int64]) -> bytes:
    target = io.BytesIO()
    pcm = np.clip(samples, -32768, 32767).astype("<i2")
    with av.open(target, "w", format="ogg", options={"fflags": "+bitexact"}) as box:
        stream = box.add_stream("libopus", rate=_RATE)
        stream.bit_rate = _BIT_RATE
        stream.layout = "mono"
        stream.options = {"application": "voip", "flags": "+bitexact"}
        for place in range(0, len(pcm), 160):
            piece = pcm[place : place + 160]
            frame = av.AudioFrame.from_ndarray(piece.reshape(1, -1), format="s16", layout="mono")
            frame.sample_rate = _RATE
            frame.pts = place
            box.mux(stream.encode(frame))
        box.mux(stream.encode(None))
    return target.getvalue()


def record(script: dict[str, Any], speaker: Speaker) -> Recording:
    """Speak one call; raises `ValueError` where its lines outlast its length."""
    voices = {who: Voice(name=name, pitch=pitch, rate=rate) for who, (name, pitch, rate) in script["voices"].items()}
    total = script["seconds"] * _RATE
    tape = _noise(total, seed=script["number"])
    place = _RATE // 2
    lines: list[Line] = []
    for number, entry in enumerate(script["lines"]):
        who, text = entry[0], entry[1]
        spoken = speaker.say(text, voices[who])
        raw = np.frombuffer(spoken.samples, dtype="<i2").astype(np.int64)
        sound = _on_the_line(raw, speaker.rate)
        if place + len(sound) > total:
            raise ValueError(f"call {script['number']} outlasts {script['seconds']} seconds")
        gain = 26 if who == "caller" else 20
        tape[place : place + len(sound)] += sound * gain // 32
        at = place / _RATE
        lines.append(
            Line(
                who=who,
                name=script["names"][who],
                text=text,
                english=entry[2] if len(entry) > 2 else text,
                start=round(at, 3),
                end=round(at + len(sound) / _RATE, 3),
                words=tuple(
                    (word, round(at + start / speaker.rate, 3), round(at + end / speaker.rate, 3))
                    for word, start, end in spoken.words
                ),
            )
        )
        place += len(sound) + _PAUSES_MS[number % len(_PAUSES_MS)] * _RATE // 1000
    return Recording(script=script, lines=tuple(lines), opus=_opus(tape))


def _stamp(seconds: float, point: str) -> str:
    whole = round(seconds * 1000)
    hours, rest = divmod(whole, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}{point}{rest % 1000:03d}"


def _srt(recording: Recording) -> str:
    cues = [
        f"{number}\n{_stamp(line.start, ',')} --> {_stamp(line.end, ',')}\n{line.name.upper()}: {line.text}\n"
        for number, line in enumerate(recording.lines, 1)
    ]
    return "\n".join(cues)


def _vtt(recording: Recording, language: str, note: str) -> str:
    english = language == "en"
    cues = [f"WEBVTT\nKind: captions\nLanguage: {language}\n\nNOTE\n{note}\n"]
    for line in recording.lines:
        name = {"来电者": "Caller", "沈远麓": "Shen"}.get(line.name, line.name)
        who = name if english else line.name
        text = line.english if english else line.text
        cues.append(f"{_stamp(line.start, '.')} --> {_stamp(line.end, '.')}\n<v {who}>{text}</v>\n")
    return "\n".join(cues)


def _whisper(recording: Recording) -> str:
    segments = []
    for number, line in enumerate(recording.lines):
        text = line.text.replace("forty-one", "41")
        segments.append(
            {
                "id": number,
                "seek": 0,
                "start": round(line.start, 2),
                "end": round(line.end, 2),
                "text": " " + text,
                "temperature": 0.0,
                "avg_logprob": -0.21 - number / 100,
                "compression_ratio": 1.31,
                "no_speech_prob": 0.02,
                "words": [
                    {
                        "word": " " + word,
                        "start": round(start, 2),
                        "end": round(end, 2),
                        "probability": 0.43 if word == "number" else 0.94,
                    }
                    for word, start, end in line.words
                ],
            }
        )
    text = "".join(str(segment["text"]) for segment in segments)
    body = {"text": text, "segments": segments, "language": "en"}
    return json.dumps(body, indent=1, ensure_ascii=False) + "\n"


def transcripts(recording: Recording) -> dict[str, str]:
    """File name to text of each transcript layer of a recording."""
    kind = recording.script["transcript"]
    stem = recording.stem
    if recording.script["language"] == "zh":
        return {
            f"{stem}.zh.vtt": _vtt(recording, "zh", "Transcript by a volunteer of KAR, 2024-04-20."),
            f"{stem}.en.vtt": _vtt(recording, "en", "Translation by KAR from call-3.zh.vtt, 2024-04-24."),
        }
    if kind == "srt":
        return {f"{stem}.srt": _srt(recording)}
    if kind == "json":
        return {f"{stem}.json": _whisper(recording)}
    return {f"{stem}.vtt": _vtt(recording, "en", "Transcript by KAR, checked twice, 2024-04-19.")}


def sound_key(recordings: list[Recording]) -> list[dict[str, Any]]:
    """Exact line and word times of every recording, as plain data."""
    return [
        {
            "file": f"calls/{recording.stem}.opus",
            "language": recording.script["language"],
            "seconds": recording.script["seconds"],
            "bytes": len(recording.opus),
            "lines": [
                {
                    "who": line.who,
                    "name": line.name,
                    "text": line.text,
                    "english": line.english,
                    "start": line.start,
                    "end": line.end,
                    "words": [list(word) for word in line.words],
                }
                for line in recording.lines
            ],
        }
        for recording in recordings
    ]
