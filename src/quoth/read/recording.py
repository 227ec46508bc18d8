"""A recording and its transcripts put together as one call.

- The layer in the spoken language is the transcript; layers in other languages are translations.
- Nothing is aligned, corrected or merged: each layer keeps its own lines, times and digest.

Example::

    call_of("x-…", readout.records, [("call-1.en.vtt", transcript.records)], spoken="en")
"""

import dataclasses
from collections.abc import Iterable, Sequence

from quoth.record.call import Call, CallParty, LayerKind, TranscriptLayer, TranscriptLine
from quoth.record.kinds import Record
from quoth.record.passage import Passage
from quoth.record.rendition import Rendition, RenditionKind
from quoth.terms.anchor import TimeSpan
from quoth.terms.ident import ident
from quoth.terms.tongue import UNKNOWN, Tongue
from quoth.terms.when import When

__all__ = ["Background", "call_of"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What people say of a call: who took part, when it is said to have been made, the pretext.

    ``spoken`` is the language spoken; empty where nobody says.
    """

    spoken: str = ""
    parties: tuple[CallParty, ...] = ()
    claimed: When | None = None
    pretext: str = ""


def call_of(
    exhibit: str,
    audio: Iterable[Record],
    *,
    transcripts: Sequence[tuple[str, Iterable[Record]]] = (),
    background: Background = Background(),
) -> Call | None:
    """The call in exhibit ``exhibit``; ``None`` where its sound could not be read.

    ``transcripts`` are (who made it or its file name, the records of its readout).
    """
    sound = next((one for one in audio if isinstance(one, Rendition) and one.duration_ms > 0), None)
    if sound is None:
        return None
    layers = tuple(layer for made_by, records in transcripts for layer in _layers(made_by, tuple(records)))
    spoken = background.spoken or _spoken(layers)
    return Call(
        id=ident("k", exhibit),
        exhibit=exhibit,
        recording=sound.of,
        duration_ms=sound.duration_ms,
        parties=background.parties,
        claimed=background.claimed,
        pretext=background.pretext,
        layers=tuple(_named(layer, spoken) for layer in layers),
    )


def _layers(made_by: str, records: Sequence[Record]) -> Iterable[TranscriptLayer]:
    """One layer for each transcript rendition among the records."""
    for rendition in records:
        if isinstance(rendition, Rendition) and rendition.kind is RenditionKind.TRANSCRIPT:
            passages = [one for one in records if isinstance(one, Passage) and one.anchor.target == rendition.content]
            yield TranscriptLayer(
                kind=LayerKind.TRANSCRIPT,
                language=rendition.language,
                content=rendition.content,
                made_by=made_by,
                lines=tuple(_line(passage) for passage in sorted(passages, key=lambda one: one.ordinal)),
            )


def _line(passage: Passage) -> TranscriptLine:
    time = passage.anchor.time or TimeSpan(start_ms=0, end_ms=0)
    return TranscriptLine(time=time, text=passage.text, speaker=passage.speaker)


def _base(tongue: str) -> str:
    return tongue.partition("-")[0].lower()


def _spoken(layers: Sequence[TranscriptLayer]) -> Tongue:
    """The language of the only layer, where there is one language; else nobody can tell."""
    tongues = {_base(layer.language) for layer in layers if layer.language != UNKNOWN}
    return Tongue(tongues.pop()) if len(tongues) == 1 else UNKNOWN


def _named(layer: TranscriptLayer, spoken: str) -> TranscriptLayer:
    """The layer as transcript or translation; a transcript where the spoken language is not known."""
    known = spoken and UNKNOWN not in (spoken, layer.language)
    translated = known and _base(layer.language) != _base(spoken)
    return dataclasses.replace(layer, kind=LayerKind.TRANSLATION if translated else LayerKind.TRANSCRIPT)
