"""Releases: a cleared, numbered edition of what may be published.

- Only ``seal.clear`` makes one; ``publish`` takes nothing else.
- It carries everything that the pages may show, and nothing besides.

Example::

    release = clear_draft(note, records, texts, media, made_at="2031-05-02T09:00:00Z")
"""

import dataclasses
import enum

from quoth.record.assessment import Assessment
from quoth.record.call import Call, ResponseCode
from quoth.record.call_record import CallMatch, CallRecord
from quoth.record.claim import Claim
from quoth.record.custody import CaseNote, Decision
from quoth.record.event import Dating, Event
from quoth.record.exhibit import Exhibit
from quoth.record.finding import CopyLink, Finding
from quoth.record.hypothesis import Gap, Hypothesis, Question
from quoth.record.party import Mention, Party
from quoth.record.passage import Passage
from quoth.record.position import Occupancy, Position
from quoth.record.rendition import Head, Rendition
from quoth.record.request import Request
from quoth.record.statement import AttributionChain, EditorialVoice, Statement
from quoth.terms.digest import Digest

__all__ = ["Release", "ReleaseKind", "ReleasedMedia", "ReleasedRecords", "ReleasedText"]


class ReleaseKind(enum.Enum):
    """A draft shows machine suggestions, not reviewed; an edition is cleared by a person."""

    DRAFT = "draft"
    EDITION = "edition"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedText:
    """The text of a rendition that the pages may quote, by its digest."""

    content: Digest
    text: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedMedia:
    """A file that the dossier may carry: a sound, a picture, a waveform; bytes in base64."""

    content: Digest
    name: str
    media_type: str
    base64: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedRecords:
    """The records that the pages may show, by kind."""

    exhibits: tuple[Exhibit, ...] = ()
    heads: tuple[Head, ...] = ()
    renditions: tuple[Rendition, ...] = ()
    passages: tuple[Passage, ...] = ()
    statements: tuple[Statement, ...] = ()
    chains: tuple[AttributionChain, ...] = ()
    voices: tuple[EditorialVoice, ...] = ()
    mentions: tuple[Mention, ...] = ()
    parties: tuple[Party, ...] = ()
    positions: tuple[Position, ...] = ()
    occupancies: tuple[Occupancy, ...] = ()
    datings: tuple[Dating, ...] = ()
    events: tuple[Event, ...] = ()
    calls: tuple[Call, ...] = ()
    call_records: tuple[CallRecord, ...] = ()
    call_matches: tuple[CallMatch, ...] = ()
    response_codes: tuple[ResponseCode, ...] = ()
    claims: tuple[Claim, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    findings: tuple[Finding, ...] = ()
    copies: tuple[CopyLink, ...] = ()
    requests: tuple[Request, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    questions: tuple[Question, ...] = ()
    gaps: tuple[Gap, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One edition: its number (0 for a draft), the log entry it stands on, and its content."""

    kind: ReleaseKind
    number: int
    made_at: str
    case: CaseNote
    log_size: int
    log_head: Digest
    records: ReleasedRecords
    texts: tuple[ReleasedText, ...] = ()
    media: tuple[ReleasedMedia, ...] = ()
    corrections: tuple[str, ...] = ()
