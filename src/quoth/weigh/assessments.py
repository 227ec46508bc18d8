"""What people who know about it hold of the evidence.

- Suggested where somebody *believes* something of a piece of evidence, or where somebody whom the
  text calls an expert says something of it.
- "They" and "this" stand for the last evidence named before, in the same passage or up to five
  passages up.
- The basis is what the text says they did ("who have listened to the calls"); the relation is how
  the text describes them. Neither is checked here.
- A spokesperson is no expert: whoever brings the evidence does not assess it.

Example::

    opinions(ground)[0]  # Assessment(by='Experts', on='the calls', opinion='they are genuine', …)
"""

import re
from collections.abc import Iterable

from quoth.record.assessment import Assessment
from quoth.record.document import Document
from quoth.record.finding import CopyLink
from quoth.record.passage import PassageRole
from quoth.record.statement import Act, Polarity, SourceType, Statement
from quoth.terms.ident import ident
from quoth.terms.when import day
from quoth.weigh.ground import Ground, bare, joined
from quoth.weigh.kinship import Kinship
from quoth.weigh.words import slug

__all__ = ["opinions"]

_EVIDENCE = re.compile(
    r"(?:\b(?i:the|these|those|their|his|her|its|all|both|six|three|four|five|several|audio|telephone"
    r"|phone|leaked|secret)\s+(?:(?!(?:of|and|is|are|was|were|has|have|holds?)\b)[a-z][a-z’'-]*\s+){0,2}?"
    r"|\b[a-z]+ of the\s+)?"
    r"\b(?i:calls?|recordings?|tapes?|documents?|files?|records|letters?"
    r"|photographs?|photos?|transcripts?|footage|videos?|evidence|testimon(?:y|ies)|manuscripts?|signatures?"
    r"|minutes)\b"
)
_HOLDING = frozenset({Act.BELIEVE, Act.ESTIMATE, Act.KNOW})
_SPEAKING = frozenset(
    {Act.SAY, Act.TELL, Act.BELIEVE, Act.WRITE, Act.CLAIM, Act.AGREE, Act.KNOW, Act.ESTIMATE, Act.CONFIRM, Act.DENY}
    | {Act.ANSWER, Act.SHOW, Act.OTHER, Act.WARN}
)
_EXPERT = re.compile(
    r"\b(?:lawyers?|barristers?|jurists?|investigators?|investigative|journalists?|reporters?|experts?|analysts?"
    r"|professors?|engineers?|phonetic(?:s|ians?)|linguists?|researchers?|scientists?|specialists?|historians?"
    r"|examiners?|scholars?|forensics?|archivists?|authors?|academics?|teaches|doctors?|physicians?|surgeons?"
    r"|pathologists?|translators?|technicians?)\b",
    re.IGNORECASE,
)
_PARTISAN = re.compile(r"\bspokes(?:man|woman|person|people)\b", re.IGNORECASE)
_EXAMINED = re.compile(
    r"\b(?:who|which|that|and)\s+(?:(?:has|have|had)\s+)?(?:also\s+|since\s+)?(?:listened|heard|examined|read|stud(?:y|ied)"
    r"|seen|saw|review(?:s|ed)|analy[sz]ed|tested|compared|inspected|translated|verified|checked)\b[^,;.”]*"
    r"|\b(?:having|after)\s+(?:listen(?:ed|ing)|heard|hearing|examin(?:ed|ing)|read(?:ing)?|stud(?:ied|ying)|seen|seeing"
    r"|review(?:ed|ing)|analy[sz](?:ed|ing)|test(?:ed|ing)|compar(?:ed|ing)|inspect(?:ed|ing))\b[^,;.”]*",
    re.IGNORECASE,
)
_ASKED = re.compile(r"(?:whether|how|who|why|what|where|when|which)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:I|we|you|he|she|it|they|this|that|these|those|nobody|none|which|who)$", re.IGNORECASE)
_BACK = 5
_TEXTUAL = frozenset({PassageRole.BODY, PassageRole.TITLE, PassageRole.CAPTION})


def opinions(ground: Ground, *, copies: Iterable[CopyLink] = ()) -> tuple[Assessment, ...]:
    """Suggested assessments, sorted by name; the statement is named in each. A copy adds none."""
    kin = Kinship.of(copies, ground.documents)
    made: dict[tuple[str, str, str], Assessment] = {}
    described: dict[tuple[str, str], str] = {}
    tellings = sorted(ground.statements, key=lambda one: (kin.order(ground.exhibits(one.rendition)[0]), _place(one)))
    for statement in tellings:
        asked = _ASKED.match(joined(statement.content))
        refused = statement.polarity is Polarity.NEGATIVE and statement.act not in _HOLDING
        if statement.act not in _SPEAKING or not statement.content or refused or asked:
            continue
        speaker = ground.speaker(statement)
        who = (statement.rendition, speaker.key)
        phrase = joined(statement.source)
        if _EXPERT.search(phrase) or who not in described:
            described[who] = phrase if _EXPERT.search(phrase) or who not in described else described[who]
        phrase = described[who]
        on = _evidence(ground, statement, phrase)
        if not on or not _assesses(statement, phrase):
            continue
        assessment = _assessment(ground, statement, phrase, on)
        if _PRONOUN.match(assessment.by):
            continue
        key = (kin.first(ground.exhibits(statement.rendition)[0]), bare(assessment.by), slug(assessment.opinion))
        made.setdefault(key, assessment)
    return tuple(sorted(made.values(), key=lambda assessment: assessment.id))


def _place(statement: Statement) -> tuple[str, int, str]:
    spots = (*statement.cue, *statement.content, *statement.source)
    return statement.rendition, min((spot.start for spot in spots), default=0), statement.id


def _assesses(statement: Statement, phrase: str) -> bool:
    if statement.source_type in (SourceType.NONE, SourceType.OUTLET, SourceType.DOCUMENT) or _PARTISAN.search(phrase):
        return False
    if statement.act in (Act.ANNOUNCE, Act.SHOW):
        return False  # to publish or sum up a report is not to judge a piece of evidence
    if _EXPERT.search(phrase):
        return True
    examined = _EXAMINED.search(phrase)
    near = _EVIDENCE.search(joined(statement.content))
    return statement.act in _HOLDING and bool(examined or near)


def _assessment(ground: Ground, statement: Statement, phrase: str, on: str) -> Assessment:
    document = ground.document(statement.rendition)
    speaker = ground.speaker(statement)
    examined = _EXAMINED.search(phrase)
    basis = " ".join(examined[0].split()).removeprefix("and ") if examined else ""
    by = speaker.label if speaker.party else _name_in(phrase, basis)
    when = day(document.published, document.published, basis="day of publication") if document.published else None
    return Assessment(
        id=ident("a", statement.id),
        by=by,
        on=on,
        opinion=joined(statement.content).strip(" ,"),
        basis=basis,
        when=statement.said or when,
        relation=_relation(phrase, by, basis),
        statement=statement.id,
    )


def _name_in(phrase: str, basis: str) -> str:
    """The phrase up to its first apposition or clause."""
    head = phrase.replace(basis, "") if basis else phrase
    return re.split(r",|;|\s+(?:who|which|that)\s", head, maxsplit=1)[0].strip(" ,;")


def _relation(phrase: str, by: str, basis: str) -> str:
    """How the text describes whoever judges, apart from the name and the basis."""
    rest = " ".join(phrase.split())
    for piece in (basis, by):
        rest = rest.replace(piece, " ") if piece else rest
    rest = re.sub(r"\s+", " ", rest).strip(" ,;–—")
    return re.sub(r"^(?:and|who and)\s+|\s+and$", "", rest)


def _evidence(ground: Ground, statement: Statement, phrase: str) -> str:
    """The evidence that a statement is about: named in it, in its source, or last before it."""
    for text in (joined(statement.content), phrase):
        hit = _EVIDENCE.search(text)
        if hit is not None:
            return _tidy(hit[0])
    return _last_before(ground.document(statement.rendition), statement)


def _last_before(document: Document, statement: Statement) -> str:
    """The evidence named last in the passage before the statement, or up to five passages up."""
    start = _place(statement)[1]
    held = [p for p in document.passages if p.anchor.extract is not None and p.role in _TEXTUAL]
    texts = [
        document.text[spot.start : min(spot.end, start)]
        for spot in (p.anchor.extract for p in sorted(held, key=lambda one: one.ordinal))
        if spot is not None and spot.start < start
    ]
    for text in reversed(texts[-_BACK - 1 :]):
        last = [hit[0] for hit in _EVIDENCE.finditer(text)]
        if last:
            return _tidy(last[-1])
    return ""


def _tidy(words: str) -> str:
    return re.sub(r"^of\s+", "", " ".join(words.split()), flags=re.IGNORECASE)
