"""Everybody a text names or describes, before anyone is linked to anyone.

- A person is first and last name together: two people of one surname stay two.
- A body is its whole name; "Long Name (ABC)" gives it a short one.
- A place is no person: a name that only ever stands after "in" or "at" is nobody's surname.

Example::

    Roster(text, regions).by_last["orrin"]  ->  [Dana Orrin, Paul Orrin]
"""

import bisect
import dataclasses
import re
from collections import defaultdict
from collections.abc import Sequence

from quoth.attribute.cues import FORMS, load_table
from quoth.attribute.drafts import Span
from quoth.attribute.people import human_at, singular
from quoth.attribute.reference_names import BODIES, COMPANY, PAPERS, Kind, Name, first_name_sex, names_in, title_sex
from quoth.attribute.reference_offices import DOCUMENTS, Description, Office, indefinite_in, line_of, offices_of

__all__ = ["Entity", "EntityKind", "Roster"]

_TABLE = load_table("reference.toml")["bodies"]
_GENERIC = {key: frozenset(_TABLE[key].split()) for key in ("company", "association", "paper")}
_ENDINGS = {"company": COMPANY, "association": frozenset(_TABLE["association_words"].split()), "paper": PAPERS}
_SMALL = frozenset(["of", "for", "and", "the", "&", "de", "la"])
_AT_PLACE = re.compile(r"\b(?:in|at|near|from|outside|around|across|of)[ \t]+(?:the[ \t]+)?\Z")
_PERSONAL = re.compile(
    r",\s*(?:aged\s+)?\d{1,3}\b|,?\s+who\b|[’']s\s+(?:wife|husband|mother|father|lawyer|brother|sister)\b"
)
_BRACKET = re.compile(
    r"\s*\(\s*(?:the\s+)?[“\"']?\Z|,\s+(?:better\s+)?known\s+as\s+(?:the\s+)?\Z|,\s+or\s+(?:the\s+)?\Z"
)
_MADE_BY = re.compile(
    r"\s(?:(?:led|written|published|issued|signed|drawn up|commissioned)\s)?(?:by|from|of|for)\s(?:the\s)?"
)
_WORD = re.compile(r"[A-Za-z]+")


class EntityKind:
    """What an entity is, as plain words."""

    PERSON = "person"
    BODY = "body"
    HUMAN = "human"
    DOCUMENT = "document"
    GROUP = "group"


@dataclasses.dataclass(slots=True, kw_only=True, eq=False)
class Entity:
    """One person, body or description; ``forms`` are its full mentions in the order of the text.

    ``told`` is its sex where title, noun or an earlier pronoun tells it; ``hint`` what the first name suggests.
    The fields from ``last`` on are where the walk stands: last mention and what it was.
    """

    kind: str
    words: tuple[str, ...]
    forms: list[Span]
    offices: list[Office] = dataclasses.field(default_factory=list)
    told: str = ""
    hint: str = ""
    signs: int = 0
    places: int = 0
    last: int = -1
    sentence: int = -1
    paragraph: int = -1
    spoke: bool = False
    subject: bool = False
    oblique: bool = False
    quoted: bool = False
    by_pronoun: bool = False
    count: int = 0

    @property
    def human(self) -> bool:
        """Whether "he" or "she" may mean it."""
        return self.kind in (EntityKind.PERSON, EntityKind.HUMAN)

    @property
    def nobody(self) -> bool:
        """Whether it looks like a place: always after "in" or "at", and no sign of a human being."""
        return self.kind == EntityKind.PERSON and self.places > 0 and self.signs == 0

    def form(self, at: int) -> Span:
        """The first of the longest full mentions before ``at``; the first after it where there is none."""
        earlier = [span for span in self.forms if span[1] <= at]
        return max(earlier, key=_length) if earlier else self.forms[0]


def _length(span: Span) -> int:
    return span[1] - span[0]


class Roster:
    """The people, bodies and descriptions of one text, with the ways in which each may be called."""

    def __init__(self, text: str, regions: Sequence[Span]) -> None:
        self.text = text
        self.names: list[Name] = []
        self.by_last: dict[str, list[Entity]] = defaultdict(list)
        self.by_first: dict[str, list[Entity]] = defaultdict(list)
        self.by_head: dict[str, list[tuple[int, Entity, Description]]] = defaultdict(list)
        self.by_letters: dict[str, Entity] = {}
        self.at: dict[int, Entity] = {}
        """Where a full mention begins → whose it is."""
        self._whole: dict[tuple[str, ...], Entity] = {}
        self._phrases: list[Span] = []
        for start, end in regions:
            self._read(start, end)
        self._letters()
        self._singles()
        for entries in self.by_head.values():
            entries.sort(key=_place)

    def _read(self, start: int, end: int) -> None:
        names = names_in(self.text, start, end)
        self._phrases = []
        for name in names:
            if name.kind is Kind.BODY:
                self._body(name)
            elif name.kind is Kind.NAME:
                self._person(name, start, end)
        self.names.extend(names)
        begins = [name.begin for name in names]
        phrases = sorted(self._phrases)
        for span, what, new in indefinite_in(self.text, start, end):
            index = bisect.bisect_right(phrases, (span[0], end)) - 1
            if index < 0 or phrases[index][1] <= span[0]:
                following = bisect.bisect_left(begins, span[1])
                near = names[following] if following < len(names) else None
                self._described(self._widened(span, what, near), what, new=new)

    def _widened(self, span: Span, what: Description, near: Name | None) -> Span:
        """A document with whoever made it: "a report by the Institute of Hydrology"."""
        if what.head in DOCUMENTS and near is not None and _MADE_BY.fullmatch(self.text, span[1], near.begin):
            return span[0], near.end
        return span

    def _add(self, entity: Entity, name: Name) -> None:
        if len(entity.forms) < 40:
            entity.forms.append(name.span)
        self.at[name.start] = entity

    def _body(self, name: Name) -> None:
        lows = tuple(re.sub(r"[’']s?\Z", "", word.lower()) for word in name.words)
        entity = self._whole.get(lows)
        if entity is None:
            entity = self._whole[lows] = Entity(kind=EntityKind.BODY, words=lows, forms=[])
            heads = {singular(word) if singular(word) in BODIES else word for word in lows} & BODIES
            for key, endings in _ENDINGS.items():
                if lows[-1] in endings:
                    heads |= _GENERIC[key]
            for head in sorted(heads):
                self.describe(entity, Description(head=head, more=frozenset(lows)), name.start)
            self.by_first[lows[0]].append(entity)
        self._add(entity, name)

    def _person(self, name: Name, start: int, end: int) -> None:
        lows = [word.lower() for word in name.words]
        last = lows[-2] if lows[-1] in ("jr", "sr", "ii", "iii") and len(lows) > 2 else lows[-1]
        key = (lows[0], last)
        entity = self._whole.get(key)
        if entity is None:
            entity = Entity(kind=EntityKind.PERSON, words=key, forms=[], hint=first_name_sex(lows[0]))
            self._whole[key] = entity
            self.by_last[last].append(entity)
            self.by_first[lows[0]].append(entity)
        self._add(entity, name)
        self._signs(entity, name, start, end)

    def _signs(self, entity: Entity, name: Name, start: int, end: int) -> None:
        text = self.text
        entity.told = entity.told or title_sex(name.titles)
        if len(entity.offices) < 24:
            for office in offices_of(text, name, start, end):
                entity.offices.append(office)
                self._phrases.append(office.phrase)
                entity.told = entity.told or office.sex
                self.describe(entity, office.what, office.at)
                entity.signs += 1
        entity.signs += bool(name.titles) + bool(entity.hint) + bool(_PERSONAL.match(text, name.end, end))
        following = _WORD.search(text, name.end, min(end, name.end + 24))
        entity.signs += following is not None and following.group().lower() in FORMS
        entity.places += bool(_AT_PLACE.search(text, max(start, name.begin - 16), name.begin))

    def describe(self, entity: Entity, what: Description, at: int) -> None:
        """Keeps that ``entity`` may from ``at`` on be called ``what``."""
        self.by_head[line_of(what.head)].append((at, entity, what))

    def _described(self, span: Span, what: Description, *, new: bool) -> None:
        """A document or body that the text introduces by a description alone."""
        head = singular(what.head) if singular(what.head) in BODIES else what.head
        what = dataclasses.replace(what, head=head)
        if human_at(head) and head not in BODIES:
            if new:
                self.describe(self.human(span, what), what, span[1])
            return
        if new or what.more:
            kind = EntityKind.DOCUMENT if head in DOCUMENTS else EntityKind.BODY
            entity = Entity(kind=kind, words=tuple(sorted({*what.more, head})), forms=[span])
            known = self._whole.setdefault((kind, *entity.words), entity)
            self.at.setdefault(span[0], known)
            if known is entity:
                self.describe(entity, what, span[1])

    def human(self, span: Span, what: Description) -> Entity:
        """A human being known by a description alone, who begins at ``span``."""
        entity = Entity(kind=EntityKind.HUMAN, words=(what.head,), forms=[span])
        return self.at.setdefault(span[0], entity)

    def _letters(self) -> None:
        """Short names: first those that stand in brackets after the long one, then by initials where only one fits."""
        initials: dict[str, list[Entity]] = defaultdict(list)
        for entity in self._whole.values():
            if entity.kind == EntityKind.BODY and entity.forms and entity.forms[0][0] in self.at:
                words = [word for word in entity.words if word not in _SMALL]
                initials["".join(word[0] for word in words).upper()].append(entity)
        before: Name | None = None
        for name in self.names:
            letters = name.words[0].rstrip("’'s").upper() if name.kind is Kind.ACRONYM else ""
            if letters and before is not None and _BRACKET.fullmatch(self.text, before.end, name.begin):
                owner = self.at.get(before.start)
                if owner is not None and letters[0] == owner.words[0][:1].upper():
                    self.by_letters.setdefault(letters, owner)
            before = name
        for letters, owners in initials.items():
            if len(letters) > 2 and len(owners) == 1:
                self.by_letters.setdefault(letters, owners[0])

    def _singles(self) -> None:
        """A title with a surname that no full name bears is somebody; a surname alone is a sign of one."""
        for name in self.names:
            if name.kind is not Kind.SINGLE:
                continue
            low = name.words[0].lower()
            if not name.titles:
                following = _WORD.search(self.text, name.end, name.end + 24)
                if following is not None and following.group().lower() in FORMS:
                    for entity in self.by_last.get(low, ())[:4]:
                        entity.signs += not entity.places
                    if low not in self.by_last and low not in self.by_first and self._acts(name):
                        self._alone(name, low)
            elif low not in self.by_last:
                entity = self._alone(name, low)
                entity.told = title_sex(name.titles)
                for office in offices_of(self.text, name, max(0, name.begin - 200), name.end + 200):
                    self.describe(entity, office.what, office.at)

    def _acts(self, name: Name) -> bool:
        """Whether a single word that no full name bears does what people do: it says, and stands after no "in"."""
        return not _AT_PLACE.search(self.text, max(0, name.begin - 16), name.begin)

    def _alone(self, name: Name, low: str) -> Entity:
        entity = Entity(kind=EntityKind.PERSON, words=("", low), forms=[(name.begin, name.end)], signs=2)
        self.by_last[low].append(entity)
        self.at[name.start] = entity
        return entity


def _place(entry: tuple[int, Entity, Description]) -> int:
    return entry[0]
