"""What pages look up in one release, gathered once.

- Names of records become paths, so a name of another form is refused.
- A name that stands for two different records is an error, never the later one.
- What refers to something that is not released is shown without the link; an exhibit, rendition
  or text that words were taken from must be there.

Example::

    lookup = Lookup.of(release)
    lookup.statements_in[rendition.content]
"""

import bisect
import dataclasses
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from quoth.errors import PublishError
from quoth.publish.layout.pieces import file_name
from quoth.record.call import Call
from quoth.record.claim import Claim
from quoth.record.custody import Verdict
from quoth.record.exhibit import Exhibit
from quoth.record.finding import CopyLink, Finding
from quoth.record.party import Mention, NameRole, Party, PartyKind
from quoth.record.passage import Passage
from quoth.record.release import Release, ReleasedMedia
from quoth.record.rendition import Head, Rendition
from quoth.record.statement import AttributionChain, EditorialVoice, SourceType, Statement
from quoth.terms.anchor import Extract
from quoth.terms.digest import Digest
from quoth.terms.tongue import UNKNOWN

__all__ = ["Lookup", "party_name", "reach", "spans"]

_LONGEST = 300
_BEFORE = re.compile(r"\b(?:about|at|by|close to|from|in|near|of|on|to|with|within) (?:the |an? )?\Z", re.IGNORECASE)
_AFTER = re.compile(r"['\u2019]s?\s+\w")
_T = TypeVar("_T")
_K = TypeVar("_K")


def spans(statement: Statement) -> tuple[Extract, ...]:
    """Everything that a statement marks in its text."""
    return statement.source + statement.cue + statement.content + statement.addressee + statement.hedges


def _told(statement: Statement) -> tuple[Extract, ...]:
    """Everything of a statement that stands in its text, what is said beside it too."""
    readings = (one for one in (statement.source_refers_to, statement.source_may_refer_to) if one)
    beside = statement.medium + statement.when + statement.where + statement.audience + statement.anonymity
    return spans(statement) + beside + tuple(readings)


def reach(statement: Statement) -> tuple[int, int] | None:
    """From the first to the last character that a statement marks, or ``None`` if it marks nothing."""
    found = [one for one in spans(statement) if one.exact]
    return (min(one.start for one in found), max(one.end for one in found)) if found else None


def party_name(party: Party) -> tuple[str, str]:
    """The name that a party goes by, and its language."""
    first = sorted(party.names, key=lambda one: one.role is not NameRole.PRIMARY)
    return (first[0].text, first[0].language) if first else ("name not known", UNKNOWN)


def _named(records: Iterable[_T], what: str) -> dict[str, _T]:
    made: dict[str, _T] = {}
    for one in records:
        key = file_name(one.id)  # type: ignore[attr-defined]
        if made.setdefault(key, one) != one:
            raise PublishError(f"two different records are named {what} {key}")
    return made


def _grouped(records: Iterable[_T], key: Callable[[_T], _K]) -> Mapping[_K, tuple[_T, ...]]:
    made: dict[_K, list[_T]] = defaultdict(list)
    for one in records:
        made[key(one)].append(one)
    return {name: tuple(held) for name, held in made.items()}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """One release by every name that a page asks for."""

    release: Release
    exhibits: Mapping[str, Exhibit]
    exhibit_of: Mapping[Digest, str]
    heads: Mapping[str, Head]
    renditions: Mapping[str, tuple[Rendition, ...]]
    texts: Mapping[Digest, str]
    media: Mapping[Digest, ReleasedMedia]
    passages: Mapping[str, Passage]
    passages_in: Mapping[Digest, tuple[Passage, ...]]
    statements: Mapping[str, Statement]
    statements_in: Mapping[Digest, tuple[Statement, ...]]
    numbers: Mapping[str, int]
    chains: Mapping[str, AttributionChain]
    within: Mapping[str, tuple[Statement, ...]]
    parties: Mapping[str, Party]
    mentions: Mapping[Digest, tuple[tuple[int, int, str], ...]]
    calls_of: Mapping[str, tuple[Call, ...]]
    findings_on: Mapping[str, tuple[Finding, ...]]
    copies_of: Mapping[str, tuple[CopyLink, ...]]
    claims_with: Mapping[str, tuple[Claim, ...]]
    claim_order: Mapping[str, int]
    accepted: frozenset[str]
    voices: Mapping[Digest, tuple[Extract, ...]]
    judging: Mapping[Digest, tuple[Extract, ...]]
    officials: frozenset[str]

    @classmethod
    def of(cls, release: Release) -> "Lookup":
        """Everything that pages of ``release`` look up; raises :class:`PublishError` for a broken link."""
        records = release.records
        exhibits = _named(records.exhibits, "exhibit")
        exhibit_of = _owners(exhibits.values(), records.renditions)
        texts = {one.content: one.text for one in release.texts}
        statements = _named(records.statements, "statement")
        statements_in = {
            content: tuple(sorted(ones, key=_place))
            for content, ones in _by_rendition(statements.values(), texts).items()
        }
        parties = _named(records.parties, "party")
        copies = [(side, one) for one in records.copies for side in dict.fromkeys((one.left, one.right))]
        claims = [(stance.statement, one) for one in records.claims for stance in one.stances]
        return cls(
            release=release,
            exhibits=exhibits,
            exhibit_of=exhibit_of,
            heads={exhibit_of[one.of]: one for one in records.heads if one.of in exhibit_of},
            renditions=_grouped(records.renditions, lambda one: exhibit_of.get(one.content, "")),
            texts=texts,
            media={one.content: one for one in release.media},
            passages=_named(records.passages, "passage"),
            passages_in=_passages(records.passages),
            statements=statements,
            statements_in=statements_in,
            numbers=_numbered(exhibits, exhibit_of, statements_in),
            chains={one.statement: one for one in records.chains},
            within=_grouped((one for one in statements.values() if one.within), lambda one: one.within),
            parties=parties,
            mentions=_speakers(records.mentions, parties.values()),
            calls_of=_grouped(records.calls, lambda one: one.exhibit),
            findings_on=_grouped(records.findings, lambda one: one.subject),
            copies_of={side: tuple(one for _, one in held) for side, held in _grouped(copies, _first).items()},
            claims_with={
                said: tuple(dict.fromkeys(c for _, c in held)) for said, held in _grouped(claims, _first).items()
            },
            claim_order=_claim_order(_named(records.claims, "claim")),
            accepted=_accepted(release),
            voices=_voices(records.voices, texts, "extracts"),
            judging=_voices(records.voices, texts, "evaluative"),
            officials=frozenset(one.party for one in records.occupancies),
        )

    def exhibit_with(self, statement: Statement) -> Exhibit:
        """The exhibit that a statement was found in."""
        return self.exhibits[self.exhibit_of[statement.rendition]]

    def speakers(self, statement: Statement) -> tuple[Party, ...]:
        """The parties named where the statement names its source, in the order of their names there.

        A name within a longer one says nothing, nor does one that only tells whose or where somebody is:
        "an official at the Port Authority" is not the Authority, "Karst's office" is not Karst. A source that its
        text keeps unnamed is nobody that the text names.
        """
        named = statement.source or ((statement.source_refers_to,) if statement.source_refers_to else ())
        if statement.source_refers_to and statement.source_refers_to not in named:
            named = (*named, statement.source_refers_to)
        held = self.mentions.get(statement.rendition, ())
        found: dict[str, Party] = {}
        for part in named:
            first = bisect.bisect_left(held, (part.start, 0, ""))
            last = bisect.bisect_left(held, (part.end, 0, ""))
            inside = [one for one in held[first:last] if one[1] <= part.end]
            for start, end, party in inside:
                within = any(one[0] <= start and end <= one[1] and one[:2] != (start, end) for one in inside)
                if not within and not self._is_aside(statement.rendition, part, start, end):
                    found.setdefault(party, self.parties[party])
        if statement.anonymity and statement.source_type is not SourceType.NAMED:
            return tuple(one for one in found.values() if one.kind is PartyKind.UNNAMED)
        return tuple(found.values())

    def _is_aside(self, content: Digest, part: Extract, start: int, end: int) -> bool:
        """Whether a name in a source's words tells only whose, or where, the speaker is (English alone)."""
        words = self.texts.get(content, "")
        return bool(_BEFORE.search(words[part.start : start]) or _AFTER.match(words[end : part.end]))

    def language(self, content: Digest, passage: str = "") -> str:
        """The language of a passage, or of the text it stands in."""
        held = self.passages.get(passage)
        if held and held.language != UNKNOWN:
            return held.language
        owner = self.exhibit_of.get(content, "")
        for rendition in self.renditions.get(owner, ()):
            if rendition.content == content and rendition.language != UNKNOWN:
                return rendition.language
        head = self.heads.get(owner)
        return head.language if head else UNKNOWN

    def title(self, exhibit: str) -> tuple[str, str]:
        """What an exhibit calls itself, else what it is called here, cut where it is long; with its language."""
        head = self.heads.get(exhibit)
        words, language = self.exhibits[exhibit].title or exhibit, UNKNOWN
        if head and head.title:
            words, language = head.title, head.language
        return (words if len(words) <= _LONGEST else words[:_LONGEST].rstrip() + " …"), language


def _first(pair: tuple[str, Any]) -> str:
    return pair[0]


def _place(statement: Statement) -> tuple[int, int, str]:
    start, end = reach(statement) or (1 << 62, 0)
    return start, -end, statement.id


def _owners(exhibits: Iterable[Exhibit], renditions: Iterable[Rendition]) -> dict[Digest, str]:
    owners = {one.digest: one.id for one in exhibits if one.digest}
    waiting = list(renditions)
    while reached := [one for one in waiting if one.of in owners]:
        for one in reached:
            owners.setdefault(one.content, owners[one.of])
        waiting = [one for one in waiting if one.of not in owners]
    if waiting:
        raise PublishError(f"the rendition {waiting[0].content} comes from no exhibit of this release")
    return owners


def _by_rendition(
    statements: Iterable[Statement], texts: Mapping[Digest, str]
) -> Mapping[Digest, tuple[Statement, ...]]:
    """Statements by the text they stand in, each proved to stand there."""
    made = _grouped(statements, lambda one: one.rendition)
    for content, ones in made.items():
        if content not in texts:
            raise PublishError(f"statement {ones[0].id}: its text {content} is not part of this release")
        for one in ones:
            for part in _told(one):
                if texts[content][part.start : part.end] != part.exact:
                    raise PublishError(f"statement {one.id}: characters {part.start} to {part.end} read otherwise")
    return made


def _voices(
    voices: Iterable[EditorialVoice], texts: Mapping[Digest, str], part: str
) -> dict[Digest, tuple[Extract, ...]]:
    """What texts assert themselves, or words in it that judge, in reading order, each proved to stand there."""
    made: dict[Digest, tuple[Extract, ...]] = {}
    for one in voices:
        held: tuple[Extract, ...] = getattr(one, part) if one.rendition in texts else ()
        for piece in held:
            if texts[one.rendition][piece.start : piece.end] != piece.exact:
                raise PublishError(f"editorial voice: characters {piece.start} to {piece.end} read otherwise")
        if held:
            made[one.rendition] = tuple(sorted(held, key=lambda piece: piece.start))
    return made


def _passages(passages: Iterable[Passage]) -> dict[Digest, tuple[Passage, ...]]:
    standing = [one for one in passages if one.anchor.extract and one.anchor.extract.exact]
    made = _grouped(standing, lambda one: one.anchor.target)

    def place(one: Passage) -> tuple[int, int, str]:
        return (one.anchor.extract.start, one.ordinal, one.id) if one.anchor.extract else (0, one.ordinal, one.id)

    return {content: tuple(sorted(ones, key=place)) for content, ones in made.items()}


def _numbered(
    exhibits: Mapping[str, Exhibit],
    exhibit_of: Mapping[Digest, str],
    statements_in: Mapping[Digest, tuple[Statement, ...]],
) -> dict[str, int]:
    """Statements counted from 1 through each exhibit, in reading order."""
    made: dict[str, int] = {}
    last = dict.fromkeys(exhibits, 0)
    for content, ones in statements_in.items():
        for one in ones:
            last[exhibit_of[content]] += 1
            made[one.id] = last[exhibit_of[content]]
    return made


def _speakers(mentions: Iterable[Mention], parties: Iterable[Party]) -> dict[Digest, tuple[tuple[int, int, str], ...]]:
    owner = {mention: party.id for party in parties for mention in party.mentions}
    made: dict[Digest, list[tuple[int, int, str]]] = defaultdict(list)
    for one in mentions:
        if one.id in owner:
            made[one.rendition].append((one.extract.start, one.extract.end, owner[one.id]))
    return {content: tuple(sorted(ones)) for content, ones in made.items()}


def _claim_order(claims: Mapping[str, Claim]) -> dict[str, int]:
    """Claims with most origins first, then those with most statements."""
    ordered = sorted(claims.values(), key=lambda one: (-len(one.origins), -len(one.stances), one.id))
    return {one.id: place for place, one in enumerate(ordered)}


_REVIEWED = (Verdict.ACCEPT, Verdict.CORRECT, Verdict.SAME)


def _accepted(release: Release) -> frozenset[str]:
    """Names of records whose latest decision that stands is to accept or correct them."""
    withdrawn = {one.withdraws for one in release.records.decisions if one.withdraws}
    standing: dict[str, Verdict] = {}
    for one in sorted(release.records.decisions, key=lambda one: (one.at, one.id)):
        if one.id not in withdrawn and one.verdict is not Verdict.WITHDRAW:
            standing.update(dict.fromkeys(one.about, one.verdict))
    return frozenset(name for name, verdict in standing.items() if verdict in _REVIEWED)
