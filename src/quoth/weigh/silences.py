"""Requests for comment that a text tells of, with their silence.

- Silence is dated: nobody replied up to the day of the text, as far as the text says.
- A refusal is a reply, in the words of the text.
- A copy tells of no second request; nor does a text that tells twice that one addressee was asked.
- Where a person entered the request of the same outlet to the same addressee, nothing is suggested,
  unless the text is older than the request, or tells of silence after the reply.
- An addressee is one party, or one name; "the legation" is the only legation that the text names.
- "The letter" that somebody has not answered may be another's: who asked is then left open.
- Two outlets that ask one addressee have made two requests.

Example::

    silences(ground)[0].to  # 'the Harbour Ministry'
"""

import dataclasses
import re
from collections.abc import Iterable

from quoth.record.document import Document
from quoth.record.finding import CopyLink
from quoth.record.request import Request
from quoth.record.statement import Act, SourceType, Statement
from quoth.terms.ident import ident
from quoth.terms.when import When, day
from quoth.weigh.ground import Ground, Speaker, bare, joined
from quoth.weigh.kinship import Kinship
from quoth.weigh.words import sentence_spans

__all__ = ["silences"]

_ASKED = re.compile(
    r"\b(?:request|comment|question|inquir|enquir|interview|message|e-?mail|letter|call|respon|repl|answer)",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"\b(?:comment|interview|respon|repl|request|discuss|speak|talk)", re.IGNORECASE)
_MEANS = re.compile(
    r"\b(telephone|phone|e-?mail(?:ed)?|fax|letter|in writing|written|text message|in person|messaging app)s?\b",
    re.IGNORECASE,
)
_ANOTHERS = re.compile(r"(?:the|his|her|their|an?) (?:[a-z]+ )?letters?\b", re.IGNORECASE)
_NEITHER = re.compile(r"neither (.+) nor (.+)", re.IGNORECASE)
_SPELLED = {"phone": "telephone", "email": "e-mail", "e-mailed": "e-mail", "emailed": "e-mail", "written": "in writing"}


def silences(ground: Ground, *, known: Iterable[Request] = (), copies: Iterable[CopyLink] = ()) -> tuple[Request, ...]:
    """Suggested requests, sorted by name; none for what people have entered already."""
    entered = tuple(sorted(known, key=lambda one: one.id))
    told = {request.statement for request in entered if request.statement}
    kin = Kinship.of(copies, ground.documents)
    made: dict[tuple[str, str], Request] = {}
    tellings = sorted(ground.statements, key=lambda one: (kin.order(ground.exhibits(one.rendition)[0]), one.id))
    for statement in tellings:
        if not _is_request(statement):
            continue
        document = ground.document(statement.rendition)
        who = ground.in_full(statement)
        request = _request(ground, statement, document)
        if statement.id in told or any(_entered(one, request, who, ground) for one in entered):
            continue
        key = (kin.first(document.exhibit), who.key)
        made[key] = _merged(made[key], request) if key in made else request
    return tuple(sorted(made.values(), key=lambda request: request.id))


def _entered(known: Request, told: Request, who: Speaker, ground: Ground) -> bool:
    """Whether a text tells of a request that a person has entered: same addressee, same outlet, no later one."""
    if not told.asked_by or not (bare(known.asked_by) == bare(told.asked_by) or _by_outlet(known.how, told.asked_by)):
        return False
    party = ground.names.get(bare(known.to))
    if bare(known.to) not in (bare(told.to), who.key) and (party is None or party.id != who.key):
        return False
    day = told.as_of.latest if told.as_of is not None else None
    if not day:
        return True
    sent = known.sent.earliest if known.sent is not None else None
    replied = known.replied.latest if known.replied is not None else None
    return not (sent and day < sent) and not (known.reply and not told.reply and replied and day > replied)


def _by_outlet(how: str, outlet: str) -> bool:
    """Whether "e-mail, by The Kelsund Ledger" names this outlet; "by post" is no newspaper."""
    name = outlet.removeprefix("The ").removeprefix("the ")
    return re.search(rf"\bby (?:[Tt]he )?{re.escape(name)}(?!\w)", how) is not None


def _merged(one: Request, two: Request) -> Request:
    """Two tellings of one request: a reply outweighs silence, and every way of asking is kept."""
    chosen = two if two.reply and not one.reply else one
    other = one if chosen is two else two
    ways = dict.fromkeys((*chosen.how.split(" and "), *other.how.split(" and ")))
    return dataclasses.replace(chosen, how=" and ".join(way for way in ways if way))


def _is_request(statement: Statement) -> bool:
    words = " ".join((joined(statement.cue), joined(statement.content), joined(statement.medium)))
    if statement.source_type in (SourceType.DOCUMENT, SourceType.NONE, SourceType.OUTLET):
        return False  # calls that leave a question open were not asked for comment
    if statement.act is Act.NO_RESPONSE:
        return bool(_ASKED.search(words))
    return (
        statement.act is Act.DECLINE and bool(_REFUSED.search(words)) and len(joined(statement.content).split()) <= 12
    )


def _request(ground: Ground, statement: Statement, document: Document) -> Request:
    speaker = ground.in_full(statement)
    sentence = _sentence(document, statement)
    refused = statement.act is Act.DECLINE
    said = " ".join(part for part in (joined(statement.cue), joined(statement.content)) if part)
    as_of = day(document.published, document.published, basis="day of publication") if document.published else None
    return Request(
        id=ident("e", "told", statement.id),
        to=_NEITHER.sub(r"\1 and \2", speaker.label) or "not named",
        how=_how(joined(statement.medium) or sentence),
        put=_put(statement),
        reply=said if refused else "",
        replied=_by(document) if refused else None,
        as_of=as_of,
        statement=statement.id,
        asked_by="" if _ANOTHERS.match(_put(statement)) else document.outlet,
    )


def _by(document: Document) -> When | None:
    """A refusal was known by the day of publication; when it was given is not said."""
    if not document.published:
        return None
    words = f"by {document.published}"
    return When(words=words, latest=document.published, edtf=f"../{document.published}", basis="day of publication")


def _put(statement: Statement) -> str:
    return joined(statement.content).strip(" .,;").removeprefix("to ").removeprefix("for ")


def _how(words: str) -> str:
    found = dict.fromkeys(_SPELLED.get(hit.lower(), hit.lower()) for hit in _MEANS.findall(words))
    return " and ".join(found)


def _sentence(document: Document, statement: Statement) -> str:
    """The sentence in which the silence is told."""
    spots = statement.cue or statement.content or statement.source
    if not spots:
        return ""
    for passage in document.passages:
        held = passage.anchor.extract
        if held is not None and held.start <= spots[0].start < held.end:
            for start, end in sentence_spans(held.exact):
                if start <= spots[0].start - held.start < end:
                    return held.exact[start:end]
    return ""
