"""Fictional documents for the resolve room's tests."""

import re

import pytest

from quoth.record.document import Document
from quoth.record.passage import Passage, PassageRole
from quoth.record.rendition import Rendition, RenditionKind
from quoth.terms.anchor import anchor_at
from quoth.terms.digest import digest_of, short_of
from quoth.terms.ident import ident
from quoth.terms.tongue import parse_tongue


def _make(text, *, published="2031-06-20", outlet="", language="en", roles=None):
    content = digest_of(text.encode())
    passages = []
    for place, found in enumerate(re.finditer(r"[^\n]+(?:\n[^\n]+)*", text)):
        passages.append(
            Passage(
                id=ident("p", content, place),
                anchor=anchor_at(content, text, found.start(), found.end()),
                role=(roles or {}).get(place, PassageRole.BODY),
                ordinal=place,
            )
        )
    rendition = Rendition(
        of=content,
        kind=RenditionKind.TEXT,
        content=content,
        media_type="text/plain;charset=utf-8",
        tool="test",
        version="1",
        language=parse_tongue(language),
    )
    return Document(
        exhibit=f"x-{short_of(content)}",
        rendition=rendition,
        head=None,
        text=text,
        passages=tuple(passages),
        published=published,
        outlet=outlet,
    )


@pytest.fixture(scope="session")
def resolve_document_plain():
    """The same maker, for property tests."""
    return _make


@pytest.fixture
def resolve_document():
    """A maker of documents: paragraphs are parted by blank lines, each a passage of its own."""

    return _make


@pytest.fixture
def resolve_statement():
    """A maker of statements from words that stand in a document."""
    from quoth.record.statement import Act, Form, SourceType, Statement
    from quoth.terms.anchor import extract

    def make(document, source, cue, content, *, source_type=SourceType.NAMED):
        def span(words):
            if not words:
                return ()
            at = document.text.index(words)
            return (extract(document.text, at, at + len(words)),)

        at = document.text.index(cue)
        passage = next(one for one in document.passages if one.anchor.extract.start <= at < one.anchor.extract.end)
        return Statement(
            id=ident("s", document.content, source, cue, content),
            rendition=document.content,
            passage=passage.id,
            source=span(source),
            cue=span(cue),
            content=span(content),
            act=Act.SAY,
            form=Form.INDIRECT,
            source_type=source_type,
            confidence=900,
            reason="test",
        )

    return make
