"""The door of the scales: claims, gaps, questions, opinions, silences.

- Pure: what is weighed is handed in; the same view gives the same answer in any order.
- Everything given back is a suggestion with its reason; nobody decides a claim here.
- Origins count, outlets do not: a copy adds no origin.

Example::

    weighed = weigh(WeighView(exhibits=exhibits, documents=documents, statements=statements, chains=chains))
    weighed.claims[0].reason  # '3 reports, 1 origin: …'
"""

import dataclasses

from quoth.record.assessment import Assessment
from quoth.record.call import Call
from quoth.record.claim import Claim
from quoth.record.document import Document
from quoth.record.event import Dating
from quoth.record.exhibit import Exhibit
from quoth.record.finding import CopyLink
from quoth.record.hypothesis import Gap, Question
from quoth.record.party import Mention, Party
from quoth.record.request import Request
from quoth.record.statement import AttributionChain, Statement
from quoth.weigh.assessments import opinions
from quoth.weigh.gaps import coverage
from quoth.weigh.ground import Ground
from quoth.weigh.questions import open_questions
from quoth.weigh.routes import claims_of
from quoth.weigh.silences import silences

__all__ = ["TOOL", "VERSION", "WeighView", "Weighed", "weigh"]

TOOL = "quoth.weigh"
"""The name under which the scales sign."""

VERSION = "1"
"""Goes up whenever an answer may change."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WeighView:
    """What is weighed: everything of one case. ``gaps`` and ``requests`` are those that people entered."""

    exhibits: tuple[Exhibit, ...] = ()
    documents: tuple[Document, ...] = ()
    statements: tuple[Statement, ...] = ()
    chains: tuple[AttributionChain, ...] = ()
    mentions: tuple[Mention, ...] = ()
    parties: tuple[Party, ...] = ()
    copies: tuple[CopyLink, ...] = ()
    calls: tuple[Call, ...] = ()
    gaps: tuple[Gap, ...] = ()
    requests: tuple[Request, ...] = ()
    datings: tuple[Dating, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What came of it, each part sorted by its identifier.

    ``gaps`` holds people's gaps too, their counts filled in; ``requests`` only suggested ones.
    """

    claims: tuple[Claim, ...] = ()
    gaps: tuple[Gap, ...] = ()
    questions: tuple[Question, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    requests: tuple[Request, ...] = ()


def weigh(view: WeighView) -> Weighed:
    """Everything that can be weighed in one case, as suggestions."""
    ground = Ground.of(
        view.documents, view.statements, mentions=view.mentions, parties=view.parties, datings=view.datings
    )
    return Weighed(
        claims=claims_of(ground, view.chains, exhibits=view.exhibits, copies=view.copies),
        gaps=coverage(ground, calls=view.calls, announced=view.gaps),
        questions=open_questions(ground, copies=view.copies),
        assessments=opinions(ground, copies=view.copies),
        requests=silences(ground, known=view.requests, copies=view.copies),
    )
