"""Requests for comment that a text tells of, with their silence.

- Silence is dated: nobody replied up to the day of the text, as far as the text says.
- A refusal is a reply, in the words of the text.
- A copy tells of no second request.

Example::

    silences(ground)[0].to  # 'the Harbour Ministry'
"""

import re
from collections.abc import Iterable

from quoth.record.document import Document
from quoth.record.finding import CopyLink
from quoth.record.request import Request
from quoth.record.statement import Act, SourceType, Statement
from quoth.terms.ident import ident
from quoth.terms.when import When, day
from quoth.weigh.ground import Ground, bare, joined
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
_SPELLED = {"phone": "telephone", "email": "e-mail", "e-mailed": "e-mail", "emailed": "e-mail", "written": "in writing"}


def silences(ground: Ground, *, known: Iterable[Request] = (), copies: Iterable[CopyLink] = ()) -> tuple[Request, ...]:
    """Suggested requests, sorted by name; none for a statement that people have entered already."""
    entered = {request.statement for request in known if request.statement}
    kin = Kinship.of(copies, ground.documents)
    made: dict[tuple[str, str, str], Request] = {}
    tellings = sorted(ground.statements, key=lambda one: (kin.order(ground.exhibits(one.rendition)[0]), one.id))
    for statement in tellings:
        if statement.id in entered or not _is_request(statement):
            continue
        document = ground.document(statement.rendition)
        request = _request(ground, statement, document)
        made.setdefault((kin.first(document.exhibit), bare(request.to), request.reply), request)
    return tuple(sorted(made.values(), key=lambda request: request.id))


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
    speaker = ground.speaker(statement)
    sentence = _sentence(document, statement)
    refused = statement.act is Act.DECLINE
    said = " ".join(part for part in (joined(statement.cue), joined(statement.content)) if part)
    as_of = day(document.published, document.published, basis="day of publication") if document.published else None
    return Request(
        id=ident("e", "told", statement.id),
        to=speaker.label or "not named",
        how=_how(joined(statement.medium) or sentence),
        put=_put(statement),
        reply=said if refused else "",
        replied=_by(document) if refused else None,
        as_of=as_of,
        statement=statement.id,
        asked_by=document.outlet,
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
