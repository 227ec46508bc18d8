"""Statements: acts of saying found in a text, with every span.

- Spans are extracts of the rendition's text; a part may be split, so each is a tuple.
- ``within`` links to the statement that this one stands in; the chain leads to the origin.
- Silence, refusal and rumour are acts too; a statement is never a claim that it is so.
- What no statement covers is editorial voice: the outlet's own assertion.

Example::

    Statement(id="s-…", rendition=digest, source=(extract(text, 0, 7),), cue=(extract(text, 8, 12),),
              content=(…,), act=Act.TELL, source_type=SourceType.UNNAMED, form=Form.INDIRECT, …)
"""

import dataclasses
import enum

from quoth.terms.anchor import Extract
from quoth.terms.digest import Digest
from quoth.terms.when import When

__all__ = [
    "Act",
    "AttributionChain",
    "ChainLink",
    "EditorialVoice",
    "Fidelity",
    "Form",
    "Polarity",
    "SourceType",
    "Statement",
]


class Act(enum.Enum):
    """What kind of saying (or thinking, wanting, keeping silent) it is."""

    SAY = "say"
    TELL = "tell"
    ASK = "ask"
    ANSWER = "answer"
    DENY = "deny"
    DECLINE = "decline"
    NO_RESPONSE = "no_response"
    OFFER = "offer"
    PROMISE = "promise"
    ALLEGE = "allege"
    BELIEVE = "believe"
    REVEAL = "reveal"
    IMPLY = "imply"
    RUMOUR = "rumour"
    ANNOUNCE = "announce"
    CONFIRM = "confirm"
    WRITE = "write"
    REPORT = "report"
    REQUEST = "request"
    WARN = "warn"
    ACCUSE = "accuse"
    ADMIT = "admit"
    KNOW = "know"
    WANT = "want"
    PLAN = "plan"
    FEAR = "fear"
    HOPE = "hope"
    SHOW = "show"
    AGREE = "agree"
    CLAIM = "claim"
    ESTIMATE = "estimate"
    ORDER = "order"
    OTHER = "other"


class Polarity(enum.Enum):
    """Whether the act is done or refused: "denied", "did not say" are negative."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Form(enum.Enum):
    """Direct speech, reported speech, or both in one."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class SourceType(enum.Enum):
    """How the text names whoever says so."""

    NAMED = "named"
    ROLE = "role"
    GROUP = "group"
    DOCUMENT = "document"
    UNNAMED = "unnamed"
    OUTLET = "outlet"
    NONE = "none"


class Fidelity(enum.Enum):
    """What the text itself shows of a hand in the wording: "[sic]", words in brackets, words left out."""

    SIC = "sic"
    BRACKETS = "brackets"
    ELLIPSIS = "ellipsis"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One act of saying. ``confidence`` in thousandths; ``reason`` names the rule or model.

    ``source_refers_to`` is the fuller name that a pronoun or bare surname stands for in the same
    document, with the runner-up in ``source_may_refer_to``. ``when`` and ``where`` are the words that date
    and place the saying; ``audience`` are those before whom it was said; ``anonymity`` is the phrase that
    says why the source has no name.
    """

    id: str
    rendition: Digest
    passage: str
    source: tuple[Extract, ...]
    cue: tuple[Extract, ...]
    content: tuple[Extract, ...]
    addressee: tuple[Extract, ...] = ()
    act: Act
    polarity: Polarity = Polarity.POSITIVE
    form: Form
    source_type: SourceType
    hedges: tuple[Extract, ...] = ()
    medium: tuple[Extract, ...] = ()
    when: tuple[Extract, ...] = ()
    where: tuple[Extract, ...] = ()
    audience: tuple[Extract, ...] = ()
    anonymity: tuple[Extract, ...] = ()
    fidelity: tuple[Fidelity, ...] = ()
    said: When | None = None
    place: str = ""
    within: str = ""
    source_refers_to: Extract | None = None
    source_may_refer_to: Extract | None = None
    confidence: int
    reason: str
    tool: str = ""
    version: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EditorialVoice:
    """What a text asserts itself, attributed to nobody, as extracts of one rendition.

    ``evaluative`` are the words in them that judge.
    """

    rendition: Digest
    extracts: tuple[Extract, ...]
    evaluative: tuple[Extract, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ChainLink:
    """One speaker of a chain: who, how named, by which act, in which statement (empty: the outlet)."""

    source: str
    source_type: SourceType
    act: Act
    statement: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AttributionChain:
    """The speakers from the exhibit inward to the origin; the last link is the origin."""

    statement: str
    links: tuple[ChainLink, ...]
