"""One walk through a text: mentions, and whom each source means.

- Names, descriptions, pronouns and sources come in the order of the text; each leaves a mark on whom it means.
- "The clerk" is looked up among those called so; "he" among the last twelve mentioned.
- Nobody speaks of himself as "he" inside his own quotation.

Example::

    walk = Walk(text, said, layout)
    walk.run()
    walk.link(0)  ->  Link(first=(0, 10))
"""

import bisect
import re
from collections.abc import Callable, Sequence

from quoth.attribute.drafts import Span
from quoth.attribute.people import is_human, is_unnamed, sex_of, singular
from quoth.attribute.reference_names import BODIES, Kind, Name
from quoth.attribute.reference_offices import DOCUMENTS, described
from quoth.attribute.reference_places import Layout, Link, Said
from quoth.attribute.reference_ranking import BAR, Spot, ranked, share
from quoth.attribute.reference_roster import Entity, EntityKind, Roster
from quoth.attribute.reference_short import by_description, by_name, namesake
from quoth.record.statement import SourceType

__all__ = ["Walk", "Watch"]

_HUMAN = frozenset({"he", "she"})
"""Pronouns that mean one human being."""
_RECENT = 12
_FAR = 3000
"""Characters behind which nobody is meant by a pronoun."""
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
_TITLE_BEFORE = re.compile(
    r"(?:,\s*|\b[a-z][\w’'-]*(?:er|or|ist|man|woman|ian|ant|chief|head|ent|ive|ary|al|or|eon|ess)\s+)(?:[A-Z][\w.]*\s+)*\Z"
)
_OWNED = re.compile(r"(?:his|her|their|its|our|my|whose)\s|[^,]*?[\w][’']s?\s", re.IGNORECASE)
_DEFINITE = re.compile(r"(?:the|this|that|these|those)\s+", re.IGNORECASE)
_OBLIQUE = re.compile(
    r"\b(?:of|in|for|from|at|by|with|to|about|against|near|on|under|between)\s+(?:[\w’'-]+\s+){0,2}\Z"
)
_AGENT = re.compile(r"(?:er|or|ist|ian|ant|eon|ess|ee)\Z")
_PLURAL_HEADS = frozenset(["people", "police", "men", "women", "children"])
_FRONT = re.compile(r",|\s(?:of|in|for|from|at|by|with|to|on|who|which|that|whose|close|familiar)\s")

Watch = Callable[[Span, Spot, Sequence[Entity], Sequence[tuple[int, Entity]]], None]
"""Sees a pronoun, where it stands, those mentioned last, and their order."""


class Walk:
    """One walk through a text, from the first name to the last."""

    def __init__(self, text: str, said: Sequence[Said], layout: Layout, *, watch: Watch | None = None) -> None:
        self.text, self.said, self.layout, self.watch = text, said, layout, watch
        self.roster = Roster(text, layout.paragraphs)
        self.starts = [name.begin for name in self.roster.names]
        self.recent: list[Entity] = []
        self.who: dict[Span, Entity] = {}
        self.links: dict[Span, Link] = {}
        self.spoke_last: Entity | None = None
        self.before: tuple[Span, SourceType, int] | None = None
        self.by_source: dict[Span, int] = {}
        for index, one in enumerate(said):
            if one.source is not None:
                self.by_source.setdefault(one.source, index)

    def run(self) -> None:
        """Names, descriptions, pronouns and sources, in the order of the text."""
        events: list[tuple[int, int, Span | Name]] = [(name.begin, 1, name) for name in self.roster.names]
        known = {name.start for name in self.roster.names}
        events += [(at, 1, entity.forms[0]) for at, entity in self.roster.at.items() if at not in known]
        sources = sorted(self.by_source)
        events += [(span[0], 0, span) for span in sources]
        taken = {span[0] for span in sources}
        for start, end in self.layout.paragraphs:
            events += [
                (match.start(), 1, match.span())
                for match in _PRONOUN.finditer(self.text, start, end)
                if match.start() not in taken and not self.quoted(match.start())
            ]
        events.sort(key=_order)
        for at, rank, what in events:
            if isinstance(what, Name):
                self._name(what)
            elif rank == 0:
                self._source(what)
            elif at in self.roster.at:
                self.touch(self.roster.at[at], what)
            else:
                self._pronoun(what, -1)

    def link(self, index: int) -> Link:
        """What the walk found for the source of statement ``index``."""
        source = self.said[index].source
        return self.links.get(source, Link()) if source is not None else Link()

    def quoted(self, at: int) -> bool:
        """Whether character ``at`` stands in a quotation."""
        return self.layout.quote(at) >= 0

    def touch(self, entity: Entity, span: Span, *, spoke: bool = False, by_pronoun: bool = False) -> None:
        """Notes that ``entity`` is mentioned at ``span``."""
        at = span[0]
        sentence = self.layout.sentence(at)
        if entity.spoke and entity.sentence == sentence and not spoke and entity.last <= at < entity.last + 200:
            return
        entity.sentence, entity.paragraph = sentence, self.layout.paragraph(at)
        entity.last, entity.spoke, entity.by_pronoun = at, spoke, by_pronoun
        first = self.layout.sentences[sentence][0] if sentence >= 0 else 0
        entity.subject = spoke or (at - first < 60 and self.text.count(" ", first, at) <= 2)
        low = max(0, at - 40)
        owner = self.text[span[1] : span[1] + 2] in ("'s", "’s")
        entity.oblique = not spoke and (owner or _OBLIQUE.search(self.text, low, at) is not None)
        entity.quoted = self.quoted(at)
        entity.count += 1
        if entity in self.recent:
            self.recent.remove(entity)
        self.recent.insert(0, entity)
        del self.recent[_RECENT:]

    def _name(self, name: Name) -> None:
        if name.kind in (Kind.NAME, Kind.BODY):
            entity = self.roster.at.get(name.start)
        else:
            entity, _ = by_name(self.roster, name, self.layout.paragraph(name.start))
        if entity is not None:
            self.touch(entity, name.span)

    def _source(self, span: Span) -> None:
        index = self.by_source[span]
        words = self.text[span[0] : span[1]]
        low = words.lower()
        inside = self.quoted(span[0])
        if low in _HUMAN:
            entity = self._pronoun(span, index)
        elif low in ("it", "they"):
            entity = self._thing(span, index, low)
        elif low in ("i", "we", "you", "me", "us", "who", "this", "that", "which"):
            return
        else:
            entity = self._called(span, self.said[index].kind)
        if entity is not None:
            self.who[span] = entity
            if low not in ("it", "they") and low not in _HUMAN:
                self.touch(entity, span, spoke=True)
            elif entity.human:
                entity.spoke = True
        if not inside and self.said[index].holder < 0:
            self.spoke_last = entity
            self.before = (span, self.said[index].kind, self.layout.paragraph(span[0]))

    def _called(self, span: Span, kind: SourceType) -> Entity | None:
        """A source that is a name, short or full, or a description."""
        first = bisect.bisect_left(self.starts, span[0])
        names: list[Name] = []
        while first < len(self.starts) and self.starts[first] < span[1] and len(names) < 8:
            names.append(self.roster.names[first])
            first += 1
        article = _DEFINITE.match(self.text, *span)
        lead = article.end() if article else span[0]
        if names and names[0].begin == lead and self.text[names[0].end : names[0].end + 2] not in ("'s", "’s"):
            return self._by_own_name(span, names[0])
        for name in names:
            titled = (
                bool(name.titles) and name.begin > span[0] and self.text[name.begin - 2 : name.begin] in ("s ", "’ ")
            )
            if name.kind is Kind.NAME and (titled or _TITLE_BEFORE.search(self.text, span[0], name.begin)):
                return self.roster.at.get(name.start)
        for name in names:
            if name.kind is Kind.BODY and self.text[span[0] : name.begin].rstrip().endswith(","):
                return self.roster.at.get(name.start)
        return self._described(span, kind, definite=article is not None)

    def _by_own_name(self, span: Span, name: Name) -> Entity | None:
        after = self.text[name.end : span[1]].lstrip("’'s")
        if after.strip() and not after.lstrip().startswith((",", "(")):
            return None
        entity = self.roster.at.get(name.start)
        if entity is not None and name.kind in (Kind.NAME, Kind.BODY):
            return entity
        entity, other = by_name(self.roster, name, self.layout.paragraph(name.start))
        if entity is None:
            return None
        form = entity.form(span[0])
        again = self.text[form[0] : form[1]] in self.text[span[0] : span[1]]
        if again or (form[0] < span[1] and span[0] < form[1]):
            return entity
        self.links[span] = Link(first=form, second=other.form(span[0]) if other else None)
        return entity

    def _described(self, span: Span, kind: SourceType, *, definite: bool) -> Entity | None:
        words = self.text[span[0] : span[1]]
        what = described(_DEFINITE.sub("", words, count=1) if definite else words)
        if what is None:
            return None
        own = self.roster.at.get(span[0])
        if definite:
            entity, other = by_description(
                self.roster, what, span[0], paragraph=self.layout.paragraph(span[0]), sex=sex_of(words)
            )
            if entity is not None and entity is not own:
                self.links[span] = Link(first=entity.form(span[0]), second=other.form(span[0]) if other else None)
                return entity
        cut = span[0] + len(re.split(r",|\s\(", words, maxsplit=1)[0])
        if own is not None and own.kind != EntityKind.PERSON:
            own.forms[0] = max(own.forms[0], (span[0], cut), key=_end) if own.forms[0][0] == span[0] else own.forms[0]
            self._also(own, span)
            return own
        if kind not in (SourceType.ROLE, SourceType.UNNAMED, SourceType.NAMED) or not self._human(words, what.head):
            return None
        entity = self.roster.human((span[0], cut), what)
        entity.told = entity.told or sex_of(words)
        return entity

    def _also(self, entity: Entity, span: Span) -> None:
        """A description in apposition to another: "A second source, a retired archivist"."""
        second = re.match(r"[^,]*,\s*(an?\s[^,]+)", self.text[span[0] : span[1]])
        what = described(second.group(1)) if second else None
        if what is not None:
            self.roster.describe(entity, what, span[1])
        words = self.text[span[0] : span[1]]
        entity.told = entity.told or (sex_of(words) if entity.human else "")

    def _human(self, words: str, head: str) -> bool:
        if singular(head) in BODIES or head in DOCUMENTS or self._many_words(words):
            return False
        return is_human(words) or is_unnamed(words) or _AGENT.search(head) is not None

    def _leader(self, index: int) -> Entity | None:
        holder = self.said[index].holder if index >= 0 else -1
        source = self.said[holder].source if holder >= 0 else None
        if source is None:
            return None
        return self.who.get(source) or self._ahead(source)

    def _ahead(self, source: Span) -> Entity | None:
        """Whose name a source is that the walk has not come to: "“He lied,” Varga said"."""
        first = bisect.bisect_left(self.starts, source[0])
        if first == len(self.starts) or self.starts[first] >= source[1]:
            return None
        name = self.roster.names[first]
        if name.kind in (Kind.NAME, Kind.BODY):
            return self.roster.at.get(name.start)
        return by_name(self.roster, name, self.layout.paragraph(name.start))[0]

    def _pronoun(self, span: Span, index: int) -> Entity | None:
        pronoun = self.text[span[0] : span[1]].lower()
        leader, inside = self._leader(index), self.quoted(span[0])
        spot = Spot(
            pronoun=pronoun,
            sentence=self.layout.sentence(span[0]),
            paragraph=self.layout.paragraph(span[0]),
            leader=None if inside else leader,
            spoke_last=self.spoke_last,
            excluded=leader if inside else None,
        )
        recent = [entity for entity in self.recent if span[0] - entity.last <= _FAR]
        ranking = ranked(recent, spot)
        if self.watch is not None:
            self.watch(span, spot, recent, ranking)
        sure = share(ranking)
        entity = ranking[0][1] if ranking else None
        if entity is None or sure < BAR or self._bare(entity):
            return None
        entity.told = entity.told or pronoun
        other = namesake(self.roster, entity) or (ranking[1][1] if len(ranking) > 1 else None)
        if index >= 0:
            self.links[span] = Link(first=entity.form(span[0]), second=other.form(span[0]) if other else None)
        self.touch(entity, span, spoke=index >= 0, by_pronoun=True)
        return entity

    def _bare(self, entity: Entity) -> bool:
        """Whether nothing says that a name is a human being: no title, no cue, not even the front of a sentence."""
        acts = entity.spoke or (entity.subject and not entity.oblique)
        return entity.kind == EntityKind.PERSON and not entity.signs and not acts

    def _thing(self, span: Span, index: int, low: str) -> Entity | None:
        """It and they: whoever spoke right before, where that is a body, a document, or more than one."""
        entity = None if self.quoted(span[0]) else self._leader(index)
        if entity is not None and entity.human:
            return None
        if entity is None and self.before is not None and self.layout.paragraph(span[0]) - self.before[2] <= 1:
            source, kind, _ = self.before
            entity = self.who.get(source)
            if low == "they" and entity is None and self._many(source, kind):
                words = self.text[source[0] : source[1]]
                self.links[span] = Link(first=(source[0], source[0] + len(words.split(",")[0])))
                self.who[span] = Entity(kind=EntityKind.GROUP, words=(), forms=[self.links[span].first or source])
                return self.who[span]
        if entity is None or entity.human or (low == "it" and entity.kind == EntityKind.GROUP):
            return None
        self.links[span] = Link(first=entity.form(span[0]))
        return entity

    def _many(self, source: Span, kind: SourceType) -> bool:
        plural = self._many_words(self.text[source[0] : source[1]])
        return plural and kind in (SourceType.GROUP, SourceType.UNNAMED, SourceType.ROLE)

    def _many_words(self, words: str) -> bool:
        """Whether the head of a description is a plural."""
        if words.lower().startswith(("one of ", "another of ")):
            return False
        front = _FRONT.split(f"{words} ", maxsplit=1)[0].split()
        head = front[-1].lower() if front else ""
        return head in _PLURAL_HEADS or (head.endswith("s") and not head.endswith(("ss", "’s", "'s")))


def _order(event: tuple[int, int, Span | Name]) -> tuple[int, int]:
    return event[0], event[1]


def _end(span: Span) -> int:
    return span[1]
