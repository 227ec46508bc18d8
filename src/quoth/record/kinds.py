"""The list of all record types that stand alone.

One list, so that wire, glossary, schemas and tests can be compared with it.
"""

from quoth.record.assessment import Assessment
from quoth.record.call import Call, ResponseCode
from quoth.record.call_record import CallMatch, CallRecord
from quoth.record.claim import Claim
from quoth.record.custody import CaseNote, CustodyEntry, Decision, Member, Opening
from quoth.record.event import Dating, Event, StatementTime
from quoth.record.exhibit import Exhibit, Provenance
from quoth.record.finding import CopyLink, Finding
from quoth.record.hypothesis import Gap, Hypothesis, Question
from quoth.record.party import Mention, Party
from quoth.record.passage import Passage
from quoth.record.position import Occupancy, Position
from quoth.record.release import Release
from quoth.record.rendition import Derivation, Head, Part, Rendition
from quoth.record.request import Request
from quoth.record.statement import AttributionChain, EditorialVoice, Statement

__all__ = ["Record"]

Record = (
    Assessment
    | AttributionChain
    | Call
    | CallMatch
    | CallRecord
    | CaseNote
    | Claim
    | CopyLink
    | CustodyEntry
    | Dating
    | Decision
    | Derivation
    | EditorialVoice
    | Event
    | Exhibit
    | Finding
    | Gap
    | Head
    | Hypothesis
    | Member
    | Mention
    | Occupancy
    | Opening
    | Part
    | Party
    | Passage
    | Position
    | Provenance
    | Question
    | Release
    | Rendition
    | Request
    | ResponseCode
    | Statement
    | StatementTime
)
"""Any record that stands alone on the wire."""
