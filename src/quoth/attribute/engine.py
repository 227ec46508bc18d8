"""The one door: a document in, its statements, chains and voice out.

- A finder leads (the tagger that ships, or another by its name); the rules fill and second it, or work alone.
- Furniture of a page is not reporting; only headings, body, captions and lines are searched.
- Same document, same statements, in the order of the text; nothing is asserted.

Example::

    attribute_text("A source told The Harbour Ledger that the files exist.").statements[0].act  ->  Act.TELL
"""

import dataclasses

from quoth.attribute.chain import chain_of, enclosing
from quoth.attribute.chinese import is_chinese
from quoth.attribute.cited import find_cited, offers_and_handovers
from quoth.attribute.details import anonymity_of, aside_cut, audience_of, evaluative_in, fidelity_of
from quoth.attribute.drafts import Draft, Finder, Span
from quoth.attribute.merge import merged
from quoth.attribute.people import is_unnamed
from quoth.attribute.reading import Reading, read_document
from quoth.attribute.reference import Layout, Said, references
from quoth.attribute.sources import BARE, PRONOUNS, type_of
from quoth.attribute.turns import find_turns
from quoth.attribute.voice import remaining
from quoth.record.document import Document
from quoth.record.exhibit import Exhibit
from quoth.record.passage import Passage, PassageRole
from quoth.record.rendition import Rendition, RenditionKind
from quoth.record.statement import AttributionChain, EditorialVoice, Form, Polarity, SourceType, Statement
from quoth.terms.anchor import Extract, anchor_at, extract
from quoth.terms.digest import digest_of
from quoth.terms.ident import ident

__all__ = ["TOOL", "VERSION", "Attributed", "attribute", "attribute_text", "ruled"]

TOOL = "quoth.attribute"
VERSION = "3"
_RULES = TOOL + ".rules"
_PRONOUN_COST = 100
"""Thousandths taken from the confidence of a statement by a bare pronoun."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """Statements in the order of the text, a chain for each, the remainder, and evidence said to exist."""

    statements: tuple[Statement, ...]
    chains: tuple[AttributionChain, ...]
    voice: EditorialVoice
    cited: tuple[Exhibit, ...]


def attribute(document: Document, *, by: Finder | None = None) -> Attributed:
    """Who says what via whom in ``document``, as ``by`` finds it, or the rules alone.

    Extracts count characters of the document's text.
    """
    reading = read_document(document)
    drafts = offers_and_handovers(reading)
    searched = _searched(document.text, reading)
    turns = find_turns(document.text, searched)
    if by is not None:
        drafts = merged(document.text, by.find(document.text, searched, drafts), [*drafts, *turns])
    elif turns:
        drafts = sorted(
            [*drafts, *_new(turns, drafts)], key=lambda draft: (draft.cue or draft.content[0], draft.content)
        )
    drafts = [aside_cut(document.text, draft) for draft in drafts]
    holders = enclosing(drafts)
    statements = _records(document, reading, drafts, holders)
    if by is not None:
        statements = [_named(statement, draft, by) for statement, draft in zip(statements, drafts, strict=True)]
    by_id = {statement.id: statement for statement in statements}
    return Attributed(
        statements=tuple(statements),
        chains=tuple(chain_of(statement, by_id, outlet=document.outlet) for statement in statements),
        voice=_voice(document, reading, drafts),
        cited=find_cited(document, reading, statements),
    )


def _new(turns: list[Draft], found: list[Draft]) -> list[Draft]:
    """The turns whose colon nobody found."""
    cues = {draft.cue for draft in found}
    return [turn for turn in turns if turn.cue not in cues]


def _searched(text: str, reading: Reading) -> list[Span]:
    """The paragraphs for a finder; Chinese is left to the rules."""
    spans = [(region.start, region.end) for region in reading.regions]
    return [span for span in spans if not is_chinese(text[span[0] : min(span[1], span[0] + 400)])]


def _named(statement: Statement, draft: Draft, by: Finder) -> Statement:
    """``statement`` under the name of whoever found it."""
    if draft.confidence is None:
        return statement
    return dataclasses.replace(statement, tool=by.tool, version=by.version)


def ruled(text: str) -> list[Draft]:
    """What the rules alone find in plain ``text``, one paragraph a line."""
    return offers_and_handovers(read_document(_plain(text, "")))


def attribute_text(text: str, *, doc_id: str = "", by: Finder | None = None) -> Attributed:
    """The same for plain ``text``, one paragraph a line; ``doc_id`` only names the exhibit."""
    return attribute(_plain(text, doc_id), by=by)


def _plain(text: str, doc_id: str) -> Document:
    content = digest_of(text.encode("utf-8", "surrogatepass"))
    passages: list[Passage] = []
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body:
            start = at + line.index(body[0])
            anchor = anchor_at(content, text, start, start + len(body))
            passages.append(Passage(id=ident("p", content, start), anchor=anchor, ordinal=len(passages)))
        at += len(line)
    rendition = Rendition(
        of=content,
        kind=RenditionKind.TEXT,
        content=content,
        media_type="text/plain;charset=utf-8",
        tool=TOOL,
        version=VERSION,
        characters=len(text),
    )
    exhibit = doc_id or ident("x", content)
    return Document(exhibit=exhibit, rendition=rendition, head=None, text=text, passages=tuple(passages))


def _identity(document: Document, draft: Draft) -> str:
    spans = [draft.source or (-1, -1), draft.cue or (-1, -1), *draft.content]
    return ident("s", document.content, *(number for span in spans for number in span))


def _records(document: Document, reading: Reading, drafts: list[Draft], holders: list[int]) -> list[Statement]:
    ids = [_identity(document, draft) for draft in drafts]
    plain = [_record(document, reading, draft, name) for draft, name in zip(drafts, ids, strict=True)]
    said = [
        Said(
            source=draft.source,
            kind=record.source_type,
            holder=holder,
            cue=(draft.cue or draft.content[0])[0],
        )
        for draft, record, holder in zip(drafts, plain, holders, strict=True)
    ]
    layout = Layout(
        paragraphs=[(region.start, region.end) for region in reading.regions],
        sentences=[span for region in reading.regions for span in region.sentences],
        quoted=reading.quoted,
    )
    links = references(document.text, said, layout)
    return [
        dataclasses.replace(
            record,
            within=ids[holder] if holder >= 0 else "",
            source_refers_to=extract(document.text, *link.first) if link.first else None,
            source_may_refer_to=extract(document.text, *link.second) if link.second else None,
            source_type=_meant(document, draft, link.first) or record.source_type,
        )
        for record, draft, holder, link in zip(plain, drafts, holders, links, strict=True)
    ]


def _words(document: Document, span: Span) -> str:
    return document.text[span[0] : span[1]]


def _meant(document: Document, draft: Draft, fuller: Span | None) -> SourceType | None:
    """A pronoun is the kind of source that it stands for; "the clerk" who was not named still is not."""
    if fuller is None or draft.source is None:
        return None
    meant = _words(document, fuller)
    if _words(document, draft.source).lower() in PRONOUNS | {"i", "it"}:
        return type_of(meant, document.outlet)
    return SourceType.UNNAMED if is_unnamed(meant) else None


def _confidence(draft: Draft, words: str) -> int:
    """The rule's, less where the source is a bare pronoun: the statement is as weak as the guess at who it is."""
    if draft.confidence is not None:
        return draft.confidence
    return draft.sure - (_PRONOUN_COST if words.lower() in BARE else 0)


def _record(document: Document, reading: Reading, draft: Draft, name: str) -> Statement:
    text = document.text

    def parts(*spans: Span | None) -> tuple[Extract, ...]:
        return tuple(extract(text, *span) for span in spans if span is not None)

    words = text[draft.source[0] : draft.source[1]] if draft.source else ""
    place = draft.cue or draft.content[0]
    return Statement(
        id=name,
        rendition=document.content,
        passage=reading.passage_at(place[0]),
        source=parts(draft.source),
        cue=parts(draft.cue),
        content=parts(*(reading.widened(span) for span in draft.content)),
        addressee=parts(draft.addressee),
        act=draft.act,
        polarity=Polarity.NEGATIVE if draft.negative else Polarity.POSITIVE,
        form=_form(reading, draft),
        source_type=_kind(draft, type_of(words, document.outlet)),
        hedges=parts(*reading.hedges_of(draft)),
        medium=parts(draft.medium),
        when=parts(draft.when),
        where=parts(draft.where),
        audience=parts(audience_of(text, draft)),
        anonymity=parts(anonymity_of(text, draft)),
        fidelity=fidelity_of(" ".join(text[start:end] for start, end in draft.content)),
        confidence=_confidence(draft, words),
        reason=draft.rule,
        tool=_RULES,
        version=VERSION,
    )


def _kind(draft: Draft, by_words: SourceType) -> SourceType:
    """The finder's type; but words that say outright that nobody is named are believed first."""
    if draft.kind is None or (by_words is SourceType.UNNAMED and draft.kind is not SourceType.NAMED):
        return by_words
    return draft.kind


def _form(reading: Reading, draft: Draft) -> Form:
    total = sum(end - start for start, end in draft.content)
    quoted = sum(reading.quoted_within(start, end) for start, end in draft.content)
    if total == 0 or quoted == 0:
        return Form.INDIRECT
    return Form.DIRECT if quoted * 10 >= total * 9 else Form.MIXED


def _voice(document: Document, reading: Reading, drafts: list[Draft]) -> EditorialVoice:
    units = [unit for region in reading.regions if region.role is PassageRole.BODY for unit in region.sentences]
    taken = [span for draft in drafts for span in (draft.source, draft.cue, draft.addressee, *draft.content) if span]
    left = remaining(document.text, units, taken)
    return EditorialVoice(
        rendition=document.content,
        extracts=tuple(extract(document.text, *span) for span in left),
        evaluative=tuple(extract(document.text, *span) for span in evaluative_in(document.text, left)),
    )
