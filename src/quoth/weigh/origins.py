"""Where a statement comes from in the end.

- The origin is the last link of the attribution chain; the outlet only where nobody else is named.
- Whoever speaks within the words of an unnamed source is heard of through that source only: the
  origin reads "Orloft, according to A friend", is anonymous, and rests on the unnamed source. The
  same holds for an unnamed speaker within anybody's words.
- What somebody orders, wants, knows or believes within another's words is the other one's account.
- An unnamed source is a source of its own in its text, and in every copy of that text.
- A report that names no outlet (a letter, a transcript, a recording) is itself the origin: held.
- An outlet that names another outlet has its origin there: see ``routes``.

Example::

    Origins(ground, chains, exhibits).of(statement).kind  # OriginKind.ANONYMOUS
"""

import dataclasses
import re
from collections.abc import Iterable

from quoth.record.claim import OriginKind
from quoth.record.document import Document
from quoth.record.exhibit import Exhibit, ExhibitStatus
from quoth.record.statement import Act, AttributionChain, SourceType, Statement
from quoth.weigh.ground import Ground, Speaker, bare
from quoth.weigh.words import NUMBER, content_words

__all__ = ["Found", "Origins", "speaks"]

_PRONOUN_WORDS = "i he she it they we you who which that this these those nobody none himself herself"
_PRONOUNS = frozenset(["", *_PRONOUN_WORDS.split()])
_WISHES = frozenset({Act.ORDER, Act.WANT, Act.PLAN, Act.HOPE, Act.FEAR})
_ACCOUNTS = _WISHES | {Act.KNOW, Act.BELIEVE}
_SOME = re.compile(rf"(?:an?|one|another|some|several|many|most|few|a few|both|{NUMBER})\b(?! of the )", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An origin before it is counted.

    ``scope`` is the exhibit within which its name holds (an unnamed source), else empty;
    ``outlet`` is set where another outlet is named as the source; ``via`` are the speakers between
    the text and the origin, outermost first; ``rests`` is set where the origin is only heard of: on
    whose words that rests.
    """

    key: str
    label: str
    kind: OriginKind
    scope: str = ""
    outlet: str = ""
    via: tuple[str, ...] = ()
    rests: "Found | None" = None


def speaks(statement: Statement) -> bool:
    """Whether somebody who is named or described says something, rather than is said to want or know it."""
    return bool(statement.source) and statement.source_type is not SourceType.NONE and statement.act not in _ACCOUNTS


class Origins:
    """The origin of each statement of a ground."""

    def __init__(self, ground: Ground, chains: Iterable[AttributionChain], exhibits: Iterable[Exhibit]) -> None:
        """Chains and held exhibits are looked up by statement and by title."""
        self._ground = ground
        self._chains = {chain.statement: chain for chain in sorted(chains, key=lambda one: one.statement)}
        self._held = {one.id: one for one in exhibits if one.status is ExhibitStatus.HELD}
        self._titles = {
            frozenset(content_words(one.title)): one for one in sorted(self._held.values(), key=lambda one: one.id)
        }

    def depth(self, statement: Statement) -> int:
        """How many speakers the chain of a statement has, the outlet included where it is named."""
        chain = self._chains.get(statement.id)
        return len(chain.links) if chain is not None else len(self.ancestors(statement))

    def of(self, statement: Statement) -> Found:
        """The origin of a statement; a chain's last link where there is one."""
        last = self._last(statement)
        found = self._found(statement, last)
        tellers = [
            (self._ground.speaker(one).label, told)
            for one in reversed(self.ancestors(last)[1:])
            if one.source and one.source_type is not SourceType.NONE and one.act not in _WISHES
            for told in (self._found(one, one),)
            if told.kind is not OriginKind.EDITORIAL and told.key != found.key
        ]
        unnamed = [told for _, told in tellers if told.kind is OriginKind.ANONYMOUS]
        heard = found.kind is OriginKind.ANONYMOUS
        rests = unnamed[0] if unnamed else tellers[-1][1] if tellers and heard else None
        via = tuple(label for label, told in tellers if told is not rests and bare(label) not in _PRONOUNS)
        kind = OriginKind.ANONYMOUS if rests is not None else found.kind
        return dataclasses.replace(found, via=via, kind=kind, rests=rests)

    def _found(self, statement: Statement, last: Statement) -> Found:
        document = self._ground.document(statement.rendition)
        speaker = self._ground.in_full(last)
        if last.source_type is SourceType.NONE or not speaker.key:
            return self._nobody(last, document)
        if last.source_type is SourceType.OUTLET:
            return self._outlet(speaker, document)
        if last.source_type is SourceType.UNNAMED or bare(speaker.label) in _PRONOUNS:
            return _within(document, "unnamed", speaker, OriginKind.ANONYMOUS)
        if last.source_type is SourceType.DOCUMENT:
            return self._paper(speaker, document)
        if not speaker.party and _indefinite(last, document.text):
            return _within(document, "group", speaker, OriginKind.ANONYMOUS)
        return Found(key=f"named:{speaker.key}", label=speaker.label, kind=OriginKind.NAMED)

    def _last(self, statement: Statement) -> Statement:
        """The chain's last statement; where nobody is named in it, the nearest around it that names somebody."""
        last = statement
        chain = self._chains.get(statement.id)
        for link in reversed(chain.links if chain is not None else ()):
            if link.statement in self._ground.by_id:
                last = self._ground.by_id[link.statement]
                break
        named = [one for one in self.ancestors(last) if one.source and one.source_type is not SourceType.NONE]
        first = next((one for one in named if speaks(one)), named[0] if named else last)
        return last if last.act is Act.RUMOUR else first

    def ancestors(self, statement: Statement) -> list[Statement]:
        """The statement and those that it stands within, innermost first; a circle ends it."""
        held = [statement]
        seen = {statement.id}
        while held[-1].within in self._ground.by_id and held[-1].within not in seen:
            held.append(self._ground.by_id[held[-1].within])
            seen.add(held[-1].id)
        return held

    def _nobody(self, statement: Statement, document: Document) -> Found:
        if statement.act is Act.RUMOUR:
            label = f"rumour (in {_where(document)})"
            return Found(key="rumour", label=label, kind=OriginKind.ANONYMOUS, scope=document.exhibit)
        return self._editorial(document)

    def _editorial(self, document: Document) -> Found:
        if document.outlet:
            return Found(key=f"outlet:{bare(document.outlet)}", label=document.outlet, kind=OriginKind.EDITORIAL)
        held = self._held.get(document.exhibit)
        return Found(
            key="held",
            label=held.title if held is not None and held.title else document.exhibit,
            kind=OriginKind.HELD,
            scope=document.exhibit,
        )

    def _outlet(self, speaker: Speaker, document: Document) -> Found:
        named, own = bare(speaker.label), bare(document.outlet)
        if own and (named == own or frozenset(content_words(named)) == frozenset(content_words(own))):
            return self._editorial(document)
        return Found(key=f"outlet:{named}", label=speaker.label, kind=OriginKind.NAMED, outlet=named)

    def _paper(self, speaker: Speaker, document: Document) -> Found:
        words = frozenset(content_words(speaker.label))
        for title, exhibit in self._titles.items():
            if len(words) >= 2 and words <= title and exhibit.id != document.exhibit:
                return Found(key="held", label=exhibit.title, kind=OriginKind.HELD, scope=exhibit.id)
        return _within(document, "paper", speaker, OriginKind.CITED)


def _within(document: Document, what: str, speaker: Speaker, kind: OriginKind) -> Found:
    """An origin whose name holds only within one text."""
    label = f"{speaker.label} (in {_where(document)})"
    return Found(key=f"{what}:{bare(speaker.label)}", label=label, kind=kind, scope=document.exhibit)


def _indefinite(statement: Statement, text: str) -> bool:
    """Whether it is somebody, but nobody in particular: "a spokesman", "two officials", "residents".

    A capital at the start of a sentence or headline is no name where the text also has the word without.
    """
    words = " ".join(spot.exact for spot in statement.source).strip()
    if statement.source_type not in (SourceType.GROUP, SourceType.ROLE) or not words:
        return False
    if _SOME.match(words):
        return True
    if statement.source_type is not SourceType.GROUP or words.lower().startswith("the "):
        return False
    return words[0].islower() or re.search(rf"(?<!\w){re.escape(words.lower())}(?!\w)", text) is not None


def _where(document: Document) -> str:
    title = document.head.title if document.head is not None else ""
    return title or document.outlet or document.exhibit
