"""Questions that a text leaves open, in its own words.

- "do not answer whether …", "it is not known how …", "whether … remains open": the open part is
  the question.
- What somebody would not say is a question too: it is open because it was refused.
- Each text is read once, however many exhibits hold it; words inside a quotation are left to
  whoever said them.

Example::

    open_questions(ground)[0].text  # 'Whether the list was drawn up on an order, or by the station itself'
"""

import re
from collections.abc import Iterable, Iterator

from quoth.record.document import Document
from quoth.record.finding import CopyLink
from quoth.record.hypothesis import Question
from quoth.record.passage import PassageRole
from quoth.record.statement import Act, Polarity, Statement
from quoth.terms.anchor import extract
from quoth.terms.ident import ident
from quoth.weigh.ground import Ground, Sentence, joined
from quoth.weigh.kinship import Kinship
from quoth.weigh.words import slug

__all__ = ["open_questions"]

_BODY = frozenset({PassageRole.BODY})
_ASKING = r"(?:whether|if|how|who|whom|why|what|where|when|which)\b"
_NOT = r"(?:do|does|did|could|can|would|will|has|have|had)(?: not|n['’]t)|cannot|never|nor (?:do|does|did)"
_VERBS = (
    r"(?:answer(?:ed)?|settled?|resolved?|explain(?:ed)?|clarif(?:y|ied)|establish(?:ed)?|determined?|show(?:n)?|say|said"
    r"|tell|told|make clear|made clear|disclosed?|revealed?|address(?:ed)?)"
)
_STATES = (
    r"(?:not (?:yet )?(?:known|clear|certain|established|settled|decided)|unknown|unclear|uncertain|open|unanswered"
    r"|unresolved|unsettled|disputed|in dispute|a mystery)"
)
_LEADS = (
    re.compile(
        rf"\b(?:{_NOT}) (?:\w+ )?{_VERBS}(?: \w+)?(?: (?:on|of))? (?:the question (?:of |as to )?)?(?P<open>{_ASKING})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:is|was|are|were|remains?|remained|stays?) (?:still |yet |so far )?{_STATES}(?: to \w+)?,?"
        rf" (?P<open>{_ASKING})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:nobody|no one|none(?: of \w+ \w+)?) (?:knows|knew|can say|could say|would say|has said)"
        rf" (?P<open>{_ASKING})",
        re.IGNORECASE,
    ),
)
_FRAMES = (
    re.compile(
        rf"\bquestions? (?:of |as to |over |about )?(?P<open>{_ASKING}[^.;]*?)(?=,? (?:remains?|is|stays?|are)"
        rf" (?:still )?{_STATES})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^(?P<open>{_ASKING}[^.;“”\"]{{8,}}?)(?=,? (?:remains?|remained|is|was|stays?) (?:still |yet )?{_STATES})",
        re.IGNORECASE,
    ),
)
"""A lead stands before its question; a frame stands around it."""

_LEAST = 12
_QUESTION_WORD = re.compile(rf"(?:to say |to disclose |to explain |say |disclose )?(?P<open>{_ASKING})", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?|«[^»]*»?")


def open_questions(ground: Ground, *, copies: Iterable[CopyLink] = ()) -> tuple[Question, ...]:
    """Every question left open, sorted by name; once for each text, copies and equal texts left out."""
    kin = Kinship.of(copies, ground.documents)
    found = sorted(_all_open(ground), key=lambda pair: (kin.order(pair[0].exhibit), pair[1].id))
    made: dict[tuple[str, str], Question] = {}
    for document, question in found:
        made.setdefault((kin.first(document.exhibit), slug(question.text)), question)
    return tuple(sorted(made.values(), key=lambda question: question.id))


def _all_open(ground: Ground) -> Iterator[tuple[Document, Question]]:
    refused = {(one.rendition, span[0]): span for one in ground.statements if (span := _refused(one)) is not None}
    for (rendition, _), span in sorted(refused.items()):
        document = ground.document(rendition)
        yield document, _question(document, *span)
    for document in ground.unique():
        for start, end in _open_spans(ground, document):
            if (document.content, start) not in refused:
                yield document, _question(document, start, end)


def _open_spans(ground: Ground, document: Document) -> Iterator[tuple[int, int]]:
    for sentence in ground.sentences(document, _BODY):
        span = _open_in(sentence)
        if span is not None:
            yield span


def _open_in(sentence: Sentence) -> tuple[int, int] | None:
    """The first open question of a sentence, as characters of the document."""
    quoted = [hit.span() for hit in _QUOTED.finditer(sentence.text)]
    for form in (*_LEADS, *_FRAMES):
        hit = form.search(sentence.text)
        if hit is None or any(low <= hit.start() < high for low, high in quoted):
            continue
        start, end = hit.span("open")
        if form in _LEADS:
            end = _clause_end(sentence.text, start)
        if end - start >= _LEAST:
            return sentence.start + start, sentence.start + end
    return None


def _clause_end(text: str, start: int) -> int:
    """Where the open clause ends: at a semicolon, or with the sentence, its full stop left out."""
    stop = text.find(";", start)
    end = stop if stop >= 0 else len(text)
    return start + len(text[start:end].rstrip(" .!?…\n"))


def _refused(statement: Statement) -> tuple[int, int] | None:
    """What somebody would not say, where it has the form of a question."""
    unsaid = statement.act is Act.DECLINE or (statement.act is Act.SAY and statement.polarity is Polarity.NEGATIVE)
    if not unsaid or not statement.content:
        return None
    spot = statement.content[0]
    hit = _QUESTION_WORD.match(spot.exact)
    if hit is None or len(joined(statement.content).split()) < 4:
        return None
    start = spot.start + hit.start("open")
    return start, spot.start + len(spot.exact.rstrip(" .,;:"))


def _question(document: Document, start: int, end: int) -> Question:
    spot = extract(document.text, start, end)
    words = " ".join(spot.exact.split())
    return Question(
        id=ident("u", document.content, start, end),
        text=words[:1].upper() + words[1:],
        rendition=document.content,
        extract=spot,
    )
