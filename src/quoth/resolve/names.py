"""Mentions grouped as parties: suggestions, with reasons.

- The same full name is one party across documents; two different full names never merge.
- A bare surname goes to the nearest full name before it in its document (the runner-up is named),
  else to the only one of the case; else it stays by itself.
- An acronym goes with the long name that its document defines, or the only one the case does.
- An unnamed source is a party of its own in its document; "the source" goes with the fuller words
  that its statement refers to.
- A party's id is ``ident("y", kind, name)``; an unnamed one's has its exhibit too.

Example::

    group((document,), mentions, statements)   # (Party(id="y-…", kind=PartyKind.PERSON, …),)
"""

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from quoth.record.document import Document
from quoth.record.party import Mention, Name, NameRole, Party, PartyKind
from quoth.record.position import Occupancy
from quoth.record.statement import Statement
from quoth.resolve.bodies import longer_forms, meaning_note, said_meanings
from quoth.resolve.mentions import definitions, surname_of
from quoth.resolve.name_words import ORG_HEADS, PAPER_HEADS
from quoth.terms.digest import Digest
from quoth.terms.ident import ident
from quoth.terms.tongue import UNKNOWN, Tongue

__all__ = ["canonical", "group", "party_id", "settle", "surname_target"]

_BARE_BODIES = frozenset(word.capitalize() for word in ORG_HEADS | PAPER_HEADS)


def canonical(words: str) -> str:
    """A name as it is compared and shown: one blank between words, no article, straight apostrophes."""
    name = " ".join(words.replace("’", "'").split())
    for article in ("The ", "the "):
        name = name.removeprefix(article)
    return name


def party_id(kind: PartyKind, name: str) -> str:
    """The id of the party of that kind and canonical name."""
    return ident("y", kind.value, canonical(name))


def surname_target(place: int, full: Sequence[tuple[int, str]]) -> tuple[str, str]:
    """For a surname at ``place``: the nearest full name before it (else the first after), and the runner-up.

    ``full`` are the places and names that could be meant, in reading order.
    """
    before = [name for at, name in full if at < place]
    ordered = list(dict.fromkeys([*reversed(before), *(name for _, name in full)]))
    return (ordered[0] if ordered else ""), (ordered[1] if len(ordered) > 1 else "")


@dataclasses.dataclass(slots=True)
class _Sheet:
    """What gathers under one name while grouping."""

    mentions: list[str] = dataclasses.field(default_factory=list)
    kinds: Counter[PartyKind] = dataclasses.field(default_factory=Counter)
    names: dict[str, NameRole] = dataclasses.field(default_factory=dict)
    reasons: list[str] = dataclasses.field(default_factory=list)
    confidence: int = 900
    documents: set[Digest] = dataclasses.field(default_factory=set)


def group(
    documents: Sequence[Document], mentions: Sequence[Mention], statements: Sequence[Statement]
) -> tuple[Party, ...]:
    """Parties suggested for all ``mentions``; the same whatever the order of the documents."""
    return _Grouping(documents, mentions, statements).parties()


def settle(
    occupancies: Iterable[Occupancy], mentions: Iterable[Mention], parties: Iterable[Party]
) -> tuple[Occupancy, ...]:
    """Each occupancy with the party that holds the mention in its evidence, as the case groups it.

    A person's party goes before an organisation's; where no party of the case holds a mention of the
    evidence, the occupancy stays as it was.
    """
    held = list(occupancies)
    wanted = {(one.rendition, piece.start, piece.end) for one in held for piece in one.evidence}
    places = {
        one.id: place
        for one in mentions
        if (place := (one.rendition, one.extract.start, one.extract.end)) in wanted
        and one.kind is not PartyKind.UNNAMED
    }
    owner: dict[tuple[Digest, int, int], Party] = {}
    for party in sorted(parties, key=lambda one: one.id):
        for mention in party.mentions:
            if mention in places:
                owner.setdefault(places[mention], party)
    made = []
    for one in held:
        found = [owner[place] for piece in one.evidence if (place := (one.rendition, piece.start, piece.end)) in owner]
        found.sort(key=lambda party: party.kind is PartyKind.ORGANISATION)
        made.append(dataclasses.replace(one, party=found[0].id) if found else one)
    return tuple(made)


class _Grouping:
    """One grouping of a case's mentions."""

    def __init__(
        self, documents: Sequence[Document], mentions: Sequence[Mention], statements: Sequence[Statement]
    ) -> None:
        ordered = sorted(documents, key=lambda one: (one.content, one.exhibit))
        self.documents = {one.content: one for one in ordered}
        self.mentions = sorted(mentions, key=lambda one: (one.rendition, one.extract.start, one.extract.end))
        self.fuller = {
            (one.rendition, span.start, span.end): one.source_refers_to.exact
            for one in statements
            if one.source_refers_to is not None
            for span in one.source
        }
        self.sheets: dict[str, _Sheet] = defaultdict(_Sheet)
        self.unnamed: dict[tuple[str, str], _Sheet] = defaultdict(_Sheet)
        self.acronyms = self._acronyms()
        self.full: dict[Digest, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
        self.case_full: dict[str, set[str]] = defaultdict(set)
        self.bodies: dict[Digest, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))

    def parties(self) -> tuple[Party, ...]:
        """The parties, in order of their ids."""
        named = [one for one in self.mentions if one.kind is not PartyKind.UNNAMED]
        for one in named:
            self._note_full(one)
        for one in named:
            self._place(one)
        for one in self.mentions:
            if one.kind is PartyKind.UNNAMED:
                self._place_unnamed(one)
        self._place_outlets()
        self._note_meanings()
        made = [self._party(name, sheet) for name, sheet in self.sheets.items()]
        made += [self._unnamed(key, sheet) for key, sheet in self.unnamed.items()]
        return tuple(sorted(made, key=lambda one: one.id))

    def _acronyms(self) -> dict[Digest | None, dict[str, str]]:
        """Acronym to long name, by document; under ``None`` those that all documents agree on."""
        made: dict[Digest | None, dict[str, str]] = {}
        everywhere: dict[str, set[str]] = defaultdict(set)
        for content, document in self.documents.items():
            own = {short: canonical(document.text[a:b]) for short, (a, b) in definitions(document.text).items()}
            made[content] = own
            for short, long in own.items():
                everywhere[short].add(long)
        made[None] = {short: next(iter(longs)) for short, longs in everywhere.items() if len(longs) == 1}
        return made

    def _note_full(self, mention: Mention) -> None:
        name = canonical(mention.extract.exact)
        if mention.kind is PartyKind.ORGANISATION and " " in name:
            for word in set(name.split()) & _BARE_BODIES:
                self.bodies[mention.rendition][word].append((mention.extract.start, name))
        if _is_full(name) and mention.kind is not PartyKind.ORGANISATION:
            words = {surname_of(name)} if " " in name else {name[0]}
            for word in words:
                self.full[mention.rendition][word].append((mention.extract.start, name))
                self.case_full[word].add(name)

    def _place(self, mention: Mention) -> None:
        name = canonical(mention.extract.exact)
        long = self.acronyms.get(mention.rendition, {}).get(name) or self.acronyms[None].get(name)
        if long and long != name:
            own = name in self.acronyms.get(mention.rendition, {})
            where = "its document defines it" if own else "the only long name the case gives it"
            self._add(mention, long, NameRole.ACRONYM, f"{name} is short for {long}: {where}", 950 if own else 800)
            return
        if name in _BARE_BODIES:
            target, runner_up = surname_target(mention.extract.start, self.bodies[mention.rendition][name])
            if target:
                reason = f"the {name} stands for {target}, the nearest such name in its document"
                reason += f"; it might be {runner_up}" if runner_up else ""
                self._add(mention, target, NameRole.ALIAS, reason, 500 if runner_up else 750)
                return
        if _is_full(name) or mention.kind is PartyKind.ORGANISATION:
            self._add(mention, name, NameRole.PRIMARY, "", 900)
            return
        near = self.full.get(mention.rendition, {}).get(name, [])
        target, runner_up = surname_target(mention.extract.start, near)
        if target:
            reason = f"{name} stands for {target}, the nearest full name in its document"
            if runner_up:
                reason += f"; it might be {runner_up}"
            self._add(mention, target, NameRole.SURNAME, reason, 550 if runner_up else 850)
            return
        others = sorted(self.case_full.get(name, ()))
        if len(others) == 1:
            reason = f"{name} stands for {others[0]}, the only full name of the case with it"
            self._add(mention, others[0], NameRole.SURNAME, reason, 600)
            return
        reason = f"{name} could be {' or '.join(others[:3])}: left by itself" if others else ""
        self._add(mention, name, NameRole.PRIMARY, reason, 500)

    def _add(self, mention: Mention, name: str, role: NameRole, reason: str, confidence: int) -> None:
        sheet = self.sheets[name]
        sheet.mentions.append(mention.id)
        sheet.kinds[mention.kind] += 1
        sheet.documents.add(mention.rendition)
        sheet.names.setdefault(name, NameRole.PRIMARY)
        short = canonical(mention.extract.exact)
        if role is not NameRole.PRIMARY:
            sheet.names.setdefault(short, role)
        if reason and reason not in sheet.reasons:
            sheet.reasons.append(reason)
        sheet.confidence = min(sheet.confidence, confidence)

    def _place_unnamed(self, mention: Mention) -> None:
        document = self.documents.get(mention.rendition)
        place = (mention.rendition, mention.extract.start, mention.extract.end)
        words = canonical(self.fuller.get(place, mention.extract.exact))
        key = (document.exhibit if document else mention.rendition, words.lower())
        sheet = self.unnamed[key]
        sheet.mentions.append(mention.id)
        sheet.names.setdefault(words, NameRole.DESCRIPTION)

    def _place_outlets(self) -> None:
        """An outlet that a text names keeps its name as the document gives it."""
        outlets = {canonical(one.outlet) for one in self.documents.values() if one.outlet}
        for name in outlets & self.sheets.keys():
            self.sheets[name].kinds[PartyKind.ORGANISATION] += 1000
            self.sheets[name].reasons.append("the outlet of a document of the case")

    def _note_meanings(self) -> None:
        """A body's name that may mean two things says so in its reason."""
        bodies = {name: one for name, one in self.sheets.items() if _kind_of(one.kinds) is PartyKind.ORGANISATION}
        longer = longer_forms(bodies)
        said = {content: said_meanings(one.text) for content, one in self.documents.items()}
        for name, sheet in bodies.items():
            told: dict[str, str] = {}
            for content in sorted(sheet.documents):
                told = said.get(content, {}) | told
            note = meaning_note(name, longer, told)
            if note:
                sheet.reasons.append(note)
                sheet.confidence = min(sheet.confidence, 500)

    def _party(self, name: str, sheet: _Sheet) -> Party:
        kind = _kind_of(sheet.kinds)
        texts = sorted(sheet.names.items(), key=lambda item: (item[1] is not NameRole.PRIMARY, item[0]))
        names = tuple(Name(text=text, role=role, language=_tongue(text)) for text, role in texts)
        reasons = list(sheet.reasons)
        if len(sheet.documents) > 1:
            reasons.insert(0, f"the same name in {len(sheet.documents)} documents")
        if not reasons:
            reasons.append("the same name throughout" if len(sheet.mentions) > 1 else "named once")
        return Party(
            id=party_id(kind, name),
            kind=kind,
            names=names,
            mentions=tuple(sheet.mentions),
            reason="; ".join(reasons[:12]),
            confidence=sheet.confidence if kind is not PartyKind.UNKNOWN else min(sheet.confidence, 400),
        )

    def _unnamed(self, key: tuple[str, str], sheet: _Sheet) -> Party:
        exhibit, words = key
        return Party(
            id=ident("y", PartyKind.UNNAMED.value, exhibit, words),
            kind=PartyKind.UNNAMED,
            names=tuple(Name(text=text, role=role, language=_tongue(text)) for text, role in sheet.names.items()),
            mentions=tuple(sheet.mentions),
            reason="an unnamed source: the same description in one document",
            confidence=600,
        )


def _is_full(name: str) -> bool:
    """Whether a name says more than a surname: two words, or Chinese characters."""
    return " " in name or any("\u4e00" <= char <= "\u9fff" for char in name)


def _kind_of(kinds: Counter[PartyKind]) -> PartyKind:
    person, organisation = kinds[PartyKind.PERSON], kinds[PartyKind.ORGANISATION]
    if person or organisation:
        return PartyKind.ORGANISATION if organisation > person else PartyKind.PERSON
    return PartyKind.UNKNOWN


def _tongue(text: str) -> Tongue:
    return Tongue("zh") if any("\u4e00" <= char <= "\u9fff" for char in text) else UNKNOWN
