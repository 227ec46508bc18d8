"""Calls: a recording, its parties and its transcript layers.

- Spoken, transcript, translation and as printed are four layers, never one text.
- A party may be known, described ("covert caller") or not known.

Example::

    Call(id="k-…", exhibit="x-…", recording=digest, duration_ms=31840,
         parties=(CallParty(role=CallRole.CALLER, described="covert caller"),))
"""

import dataclasses
import enum

from quoth.terms.anchor import TimeSpan
from quoth.terms.digest import Digest
from quoth.terms.tongue import UNKNOWN, Tongue
from quoth.terms.when import When

__all__ = [
    "Call",
    "CallParty",
    "CallRole",
    "LayerKind",
    "ReplyForm",
    "ResponseCode",
    "ResponseStance",
    "TranscriptLayer",
    "TranscriptLine",
]


class CallRole(enum.Enum):
    """Which end of the line."""

    CALLER = "caller"
    CALLEE = "callee"
    OTHER = "other"


class LayerKind(enum.Enum):
    """What a layer of text is to the sound."""

    SPOKEN = "spoken"
    TRANSCRIPT = "transcript"
    TRANSLATION = "translation"
    PRINTED = "printed"


class ReplyForm(enum.Enum):
    """The form of a reply to a put proposition."""

    ANSWER = "answer"
    COUNTER_QUESTION = "counter-question"
    REFERRAL = "referral"
    REFUSAL = "refusal"
    SILENCE = "silence"
    HANG_UP = "hang-up"


class ResponseStance(enum.Enum):
    """What a reply does with the proposition: never a verdict on it."""

    AFFIRMS = "affirms"
    DENIES = "denies"
    NEITHER = "neither"
    IMPLIES = "implies"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CallParty:
    """One end of a call: a party's id, or a description, and the number as said."""

    role: CallRole
    party: str = ""
    described: str = ""
    number_as_said: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptLine:
    """A line of a layer with its time, speaker and words."""

    time: TimeSpan
    text: str
    speaker: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptLayer:
    """One version of what was said: ``content`` is the digest of the file it came from."""

    kind: LayerKind
    language: Tongue = UNKNOWN
    content: Digest
    made_by: str = ""
    lines: tuple[TranscriptLine, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A held recording: how long it is, when it is said to have been made, who speaks."""

    id: str
    exhibit: str
    recording: Digest
    duration_ms: int
    parties: tuple[CallParty, ...] = ()
    claimed: When | None = None
    pretext: str = ""
    layers: tuple[TranscriptLayer, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ResponseCode:
    """How someone answered a put proposition, as coded by a named person."""

    id: str
    call: str
    proposition: str
    reply_form: ReplyForm
    stance: ResponseStance
    admitted: str = ""
    flags: tuple[str, ...] = ()
    coded_by: str
