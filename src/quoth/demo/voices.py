"""Spoken lines through the espeak-ng library, with exact word times.

The library is asked for samples and word events; nothing is played. The result
is deterministic for one version of the library and one set of voices.
"""

import ctypes
import re
from dataclasses import dataclass

__all__ = ["NoVoice", "Speaker", "Spoken", "Voice"]

_LIBRARY = "libespeak-ng.so.1"
_RETRIEVE = 1
_SYNCHRONOUS = 2
_UTF8 = 1
_RATE, _PITCH = 1, 3
_WORD_EVENT = 1
_TOKEN = re.compile(r"[\u4e00-\u9fff]|[A-Za-z0-9]+(?:['’-][A-Za-z]+)*")


class _Name(ctypes.Union):
    _fields_ = [
        ("number", ctypes.c_int),
        ("name", ctypes.c_char_p),
        ("string", ctypes.c_char * 8),
    ]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Name),
    ]


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class NoVoice(RuntimeError):
    """The espeak-ng library or one of its voices is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """An espeak-ng voice with its pitch (0 to 99) and rate (words a minute)."""

    name: str
    pitch: int
    rate: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """16-bit little-endian mono samples, and (word, start, end) in samples."""

    samples: bytes
    words: tuple[tuple[str, int, int], ...]


class Speaker:
    """One open espeak-ng library; `rate` is its sampling rate in hertz."""

    def __init__(self) -> None:
        try:
            self._library = ctypes.CDLL(_LIBRARY)
        except OSError as error:
            raise NoVoice("espeak-ng is missing: apt-get install espeak-ng") from error
        self._pieces: list[bytes] = []
        self._places: list[tuple[int, int, int]] = []
        self._callback = _Callback(self._receive)
        self._library.espeak_Info.restype = ctypes.c_char_p
        self._library.espeak_Info.argtypes = [ctypes.POINTER(ctypes.c_char_p)]
        self.rate: int = self._library.espeak_Initialize(_SYNCHRONOUS, 0, None, 0)
        if self.rate <= 0:
            raise NoVoice("espeak-ng does not start: are its data files installed?")
        self._library.espeak_SetSynthCallback(self._callback)

    @property
    def version(self) -> str:
        """The version of the library, as it names itself."""
        text: bytes = self._library.espeak_Info(None)
        return text.decode()

    def _receive(self, samples: object, count: int, events: object) -> int:
        if samples and count > 0:
            self._pieces.append(ctypes.string_at(samples, count * 2))  # type: ignore[arg-type]
        place = 0
        while events[place].type:  # type: ignore[index]
            event = events[place]  # type: ignore[index]
            if event.type == _WORD_EVENT:
                self._places.append((event.text_position, event.length, event.sample))
            place += 1
        return 0

    def say(self, text: str, voice: Voice) -> Spoken:
        """Speak one line; raises `NoVoice` where the voice is not installed."""
        self._pieces.clear()
        self._places.clear()
        if self._library.espeak_SetVoiceByName(voice.name.encode()) != 0:
            raise NoVoice(f"espeak-ng has no voice {voice.name!r}")
        self._library.espeak_SetParameter(_RATE, voice.rate, 0)
        self._library.espeak_SetParameter(_PITCH, voice.pitch, 0)
        encoded = text.encode()
        self._library.espeak_Synth(encoded, len(encoded) + 1, 0, 1, 0, _UTF8, None, None)
        self._library.espeak_Synchronize()
        samples = _sounding(b"".join(self._pieces))
        return Spoken(samples=samples, words=_words(text, self._places, len(samples) // 2))


def _sounding(samples: bytes) -> bytes:
    """The samples without the silence at their end."""
    whole = len(samples.rstrip(b"\0"))
    return samples[: whole + whole % 2]


def _tokens(text: str) -> list[tuple[str, int]]:
    """Words and where they start; each Chinese character is a word."""
    return [(hit[0], hit.start()) for hit in _TOKEN.finditer(text)]


def _words(text: str, places: list[tuple[int, int, int]], end: int) -> tuple[tuple[str, int, int], ...]:
    """Word events to words: a word starts at the first event inside it.

    The library speaks pairs like "on the" as one word; such a time is shared
    out by the number of letters.
    """
    tokens = _tokens(text)
    starts: list[int | None] = []
    for word, begin in tokens:
        inside = [at for position, _, at in places if begin <= position - 1 < begin + len(word)]
        starts.append(min(inside) if inside else None)
    words: list[tuple[str, int, int]] = []
    place = 0
    while place < len(tokens):
        stop = place + 1
        while stop < len(tokens) and starts[stop] is None:
            stop += 1
        begin = starts[place] or 0
        until = (starts[stop] or 0) if stop < len(tokens) else end
        letters = sum(len(word) for word, _ in tokens[place:stop])
        done = 0
        for word, _ in tokens[place:stop]:
            first = begin + (until - begin) * done // letters
            done += len(word)
            words.append((word, first, begin + (until - begin) * done // letters))
        place = stop
    return tuple(words)
