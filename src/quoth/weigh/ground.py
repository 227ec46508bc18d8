"""The case laid out for weighing: texts, sentences, names by place.

- One text held in two exhibits is one text; the exhibits are both named.
- A source is resolved to the first name within its words, people before bodies; where no mention
  stands there, to the only party of that name.
- Everything is sorted, so that the order of what is handed in never shows.

Example::

    ground = Ground.of(documents, statements, mentions=mentions, parties=parties)
    ground.speaker(statement).label  # 'Ines Halvard'
"""

import bisect
import dataclasses
from collections.abc import Iterable, Iterator

from quoth.record.document import Document
from quoth.record.event import Dating
from quoth.record.party import Mention, NameRole, Party, PartyKind
from quoth.record.passage import PassageRole
from quoth.record.statement import SourceType, Statement
from quoth.terms.anchor import Extract
from quoth.terms.digest import Digest
from quoth.weigh.words import content_words, sentence_spans, slug

__all__ = ["Ground", "Sentence", "Speaker", "bare", "joined", "primary_name"]

_DEFINITE = ("the ", "its ", "their ", "this ", "that ")
_ARTICLES = ("the ", "a ", "an ", "one ", "this ", "that ", "these ", "those ")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of one passage; ``start`` and ``end`` count characters of the document's text."""

    start: int
    end: int
    text: str
    passage: int
    role: PassageRole


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who a statement is from: a label for people, a key for comparing, a party's id or empty."""

    label: str
    key: str
    party: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A case's texts and statements, with lookups by place; made by :meth:`of`."""

    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]
    texts: dict[Digest, tuple[Document, ...]]
    by_id: dict[str, Statement]
    mentions: dict[Digest, tuple[Mention, ...]]
    parties: dict[str, Party]
    names: dict[str, Party | None]
    datings: dict[Digest, tuple[Dating, ...]]
    bodies: dict[Digest, tuple[tuple[Party, tuple[frozenset[str], ...]], ...]]

    @classmethod
    def of(
        cls,
        documents: Iterable[Document],
        statements: Iterable[Statement],
        *,
        mentions: Iterable[Mention] = (),
        parties: Iterable[Party] = (),
        datings: Iterable[Dating] = (),
    ) -> "Ground":
        """The ground of one case; ``parties`` are found by the mentions that they group."""
        ordered = sorted(documents, key=lambda one: (one.published or "9999", one.exhibit, one.content))
        texts: dict[Digest, tuple[Document, ...]] = {}
        for document in ordered:
            texts[document.content] = (*texts.get(document.content, ()), document)
        said = sorted({one.id: one for one in statements if one.rendition in texts}.values(), key=lambda one: one.id)
        named: dict[Digest, list[Mention]] = {}
        for mention in sorted(mentions, key=lambda one: (one.extract.start, -one.extract.end, one.id)):
            named.setdefault(mention.rendition, []).append(mention)
        grouped = sorted(parties, key=lambda one: one.id)
        dated: dict[Digest, list[Dating]] = {}
        for dating in sorted(datings, key=lambda one: (one.extract.start, one.id)):
            dated.setdefault(dating.rendition, []).append(dating)
        by_mention = {name: party for party in grouped for name in party.mentions}
        return cls(
            documents=tuple(ordered),
            statements=tuple(said),
            texts=texts,
            by_id={one.id: one for one in said},
            mentions={key: tuple(value) for key, value in named.items()},
            parties=by_mention,
            names=_names(grouped),
            datings={key: tuple(value) for key, value in dated.items()},
            bodies={key: _bodies(value, by_mention) for key, value in named.items()},
        )

    def document(self, rendition: Digest) -> Document:
        """The document that holds this text, the one published first where several do."""
        return self.texts[rendition][0]

    def exhibits(self, rendition: Digest) -> tuple[str, ...]:
        """The exhibits that hold this text, first published first."""
        return tuple(dict.fromkeys(document.exhibit for document in self.texts[rendition]))

    def unique(self) -> Iterator[Document]:
        """Every text once."""
        for held in self.texts.values():
            yield held[0]

    def sentences(self, document: Document, roles: frozenset[PassageRole]) -> Iterator[Sentence]:
        """Sentences of the passages with these roles, in the order of the text."""
        for passage in sorted(document.passages, key=lambda one: (one.ordinal, one.id)):
            spot = passage.anchor.extract
            if spot is None or passage.role not in roles:
                continue
            for start, end in sentence_spans(spot.exact):
                yield Sentence(
                    start=spot.start + start,
                    end=spot.start + end,
                    text=spot.exact[start:end],
                    passage=passage.ordinal,
                    role=passage.role,
                )

    def named_in(self, rendition: Digest, start: int, end: int) -> tuple[Mention, ...]:
        """Mentions that lie within these characters, first and longest first."""
        held = self.mentions.get(rendition, ())
        first = bisect.bisect_left(held, start, key=lambda one: one.extract.start)
        last = bisect.bisect_left(held, end, key=lambda one: one.extract.start)
        return tuple(one for one in held[first:last] if one.extract.end <= end)

    def dates_in(self, rendition: Digest, start: int, end: int) -> tuple[Dating, ...]:
        """Date expressions within these characters."""
        return tuple(one for one in self.datings.get(rendition, ()) if start <= one.extract.start < end)

    def speaker(self, statement: Statement) -> Speaker:
        """Who the statement is from: the party where one is resolved, else the words of the text."""
        fuller, own = statement.source_refers_to, statement.source[0] if statement.source else None
        shown = fuller or own
        words = _plain(shown.exact) if shown is not None else ""
        party = self._party(statement, fuller, whole=False) if fuller is not None else None
        if party is None and own is not None:
            party = self._party(statement, own, whole=statement.source_type is not SourceType.NAMED)
        if party is None and statement.source_type in (SourceType.NAMED, SourceType.GROUP):
            party = self.names.get(bare(words))
        if party is None:
            return Speaker(label=words, key=bare(words), party="")
        return Speaker(label=primary_name(party) or words, key=party.id, party=party.id)

    def in_full(self, statement: Statement) -> Speaker:
        """The speaker; "the ministry" stands for the only body that the text names in so many words and more."""
        speaker = self.speaker(statement)
        words = frozenset(content_words(speaker.label))
        if speaker.party or not words or not speaker.label.casefold().startswith(_DEFINITE):
            return speaker
        held = self.bodies.get(statement.rendition, ())
        longer = [party for party, names in held if any(words < name for name in names)]
        if len(longer) != 1 or longer[0].kind is PartyKind.PERSON:
            return speaker
        return Speaker(label=primary_name(longer[0]) or speaker.label, key=longer[0].id, party=longer[0].id)

    def _party(self, statement: Statement, spot: Extract, *, whole: bool) -> Party | None:
        """The party that a phrase names: people before bodies; ``whole``: the name must head the phrase."""
        named = [one for one in self.named_in(statement.rendition, spot.start, spot.end) if one.id in self.parties]
        if whole:
            named = [one for one in named if _heads(one.extract, spot)]
        people = [one for one in named if self.parties[one.id].kind is PartyKind.PERSON]
        chosen = (people or named)[:1]
        return self.parties[chosen[0].id] if chosen else None


def _bodies(
    mentions: Iterable[Mention], parties: dict[str, Party]
) -> tuple[tuple[Party, tuple[frozenset[str], ...]], ...]:
    """The parties that a text mentions, once each, with the folded words of their names."""
    held = {parties[one.id].id: parties[one.id] for one in mentions if one.id in parties}
    return tuple(
        (held[key], tuple(frozenset(content_words(name.text)) for name in held[key].names)) for key in sorted(held)
    )


def _names(parties: Iterable[Party]) -> dict[str, Party | None]:
    """Parties by each of their folded names; ``None`` where two parties share a name."""
    made: dict[str, Party | None] = {}
    for party in sorted(parties, key=lambda one: one.id):
        for name in {bare(name.text) for name in party.names}:
            made[name] = None if made.get(name, party) is not party else party
    return made


def bare(text: str) -> str:
    """``text`` folded for comparison, without its article."""
    made = slug(text)
    for article in _ARTICLES:
        made = made.removeprefix(article)
    return made


def joined(extracts: Iterable[Extract]) -> str:
    """The words of several extracts with one space between them."""
    return " ".join(" ".join(spot.exact.split()) for spot in extracts)


def _heads(name: Extract, phrase: Extract) -> bool:
    """Whether a name opens a phrase (an article apart) and no further noun follows it."""
    after = phrase.exact[name.end - phrase.start :].lstrip()
    return name.start - phrase.start <= len("the ") and not after[:1].isalpha()


def primary_name(party: Party) -> str:
    """The name that a party goes by; its longest where none is marked; empty where it has none."""
    ranked = sorted(party.names, key=lambda name: (name.role is not NameRole.PRIMARY, -len(name.text), name.text))
    return ranked[0].text if ranked else ""


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" ,;:–—")
