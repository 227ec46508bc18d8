"""What of a statement stays behind, and whose words it may carry.

- Where a text keeps its source unnamed, no guess at who that is leaves the case: not in the statement, nor
  in a chain, an origin, a request, an assessment or a party that was made from it.
- A source that speaks under its printed name is not kept unnamed, whatever phrase stands near.
- Every part of a statement must stand in a text of the release, at its place.
- Names of tools and reasons lose all but the last component of a path.

Example::

    records = without_guesses(records)
    check_words(records, texts)
"""

import dataclasses
import functools
import re
import typing
from collections.abc import Collection, Iterable, Iterator, Mapping

from quoth.errors import SealError
from quoth.record.assessment import Assessment
from quoth.record.claim import Claim, Origin, OriginKind, Route
from quoth.record.party import Mention, Name, NameRole, Party, PartyKind
from quoth.record.release import ReleasedRecords, ReleasedText
from quoth.record.request import Request
from quoth.record.statement import AttributionChain, ChainLink, EditorialVoice, SourceType, Statement
from quoth.terms.anchor import Extract
from quoth.terms.ident import ident

__all__ = ["NOT_NAMED", "check_words", "without_guesses", "without_paths"]

NOT_NAMED = "a source not named"
"""Stands where a text kept its source unnamed and has no words for it."""

_PATH = re.compile(r"[^\s:;,]*[/\\][^\s:;,]*")


def without_paths(statement: Statement) -> Statement:
    """The statement with every path in its reason, tool and version reduced to the last component."""
    return dataclasses.replace(
        statement, reason=_bare(statement.reason), tool=_bare(statement.tool), version=_bare(statement.version)
    )


def _bare(words: str) -> str:
    return _PATH.sub(lambda found: re.split(r"[/\\]", found[0].rstrip("/\\"))[-1], words)


def without_guesses(records: ReleasedRecords) -> ReleasedRecords:
    """The records without who a source may be that its own text keeps unnamed."""
    kept = {one.id: one for one in records.statements if one.anonymity and not _names_itself(one)}
    if not kept:
        return records
    guard = _Guard.of(records, kept)
    return dataclasses.replace(
        records,
        statements=tuple(_unguessed(one) if one.id in kept else one for one in records.statements),
        chains=tuple(guard.chain(one) for one in records.chains),
        parties=tuple(guard.party(one) for one in records.parties),
        claims=tuple(guard.claim(one) for one in records.claims),
        requests=tuple(guard.request(one) for one in records.requests),
        assessments=tuple(guard.assessment(one) for one in records.assessments),
    )


def _names_itself(statement: Statement) -> bool:
    """Whether the words where it speaks are a name: then the phrase is about somebody else."""
    fuller = statement.source_refers_to or statement.source_may_refer_to
    return statement.source_type is SourceType.NAMED and (fuller is None or _within(statement, fuller))


def _within(statement: Statement, fuller: Extract) -> bool:
    own = {word for one in statement.source for word in one.exact.casefold().split()}
    return bool(own) and own <= set(fuller.exact.casefold().split())


def _unguessed(statement: Statement) -> Statement:
    """Without whom it may be from; a kind of source that came with the guess goes with it."""
    fuller = statement.source_refers_to
    kind = statement.source_type if fuller is None or _within(statement, fuller) else SourceType.UNNAMED
    return dataclasses.replace(statement, source_type=kind, source_refers_to=None, source_may_refer_to=None)


def _printed(statement: Statement) -> str:
    return " … ".join(one.exact for one in statement.source) or NOT_NAMED


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Guard:
    """Statements whose text keeps the source unnamed, what came through them, and what was guessed."""

    kept: Mapping[str, Statement]
    statements: Mapping[str, Statement]
    through: frozenset[str]
    mentions: Mapping[str, Mention]
    guesses: frozenset[str]

    @classmethod
    def of(cls, records: ReleasedRecords, kept: Mapping[str, Statement]) -> "_Guard":
        mentions = {one.id: one for one in records.mentions}
        through = {one.statement for one in records.chains if any(link.statement in kept for link in one.links)}
        return cls(
            kept=kept,
            statements={one.id: one for one in records.statements},
            through=frozenset(through | set(kept)),
            mentions=mentions,
            guesses=frozenset(_guessed(kept.values(), records.parties, mentions)),
        )

    def chain(self, one: AttributionChain) -> AttributionChain:
        return dataclasses.replace(one, links=tuple(self._link(link) for link in one.links))

    def _link(self, link: ChainLink) -> ChainLink:
        held = self.kept.get(link.statement)
        if held is None:
            return link
        return dataclasses.replace(link, source=_printed(held), source_type=_unguessed(held).source_type)

    def party(self, one: Party) -> Party:
        """An unnamed source's party goes by the words that stand where it speaks."""
        if one.kind is not PartyKind.UNNAMED or not any(self._speaks_unnamed(name) for name in one.mentions):
            return one
        own = [self.mentions[name].extract.exact for name in one.mentions if name in self.mentions]
        written = {word.casefold() for word in own}
        names = tuple(name for name in one.names if name.text.casefold() in written)
        return dataclasses.replace(one, names=names or (Name(text=own[0], role=NameRole.DESCRIPTION),), reason="")

    def _speaks_unnamed(self, mention: str) -> bool:
        held = self.mentions.get(mention)
        return held is not None and any(
            one.rendition == held.rendition and _touch(part, held.extract)
            for one in self.kept.values()
            for part in one.source
        )

    def claim(self, one: Claim) -> Claim:
        if not any(stance.statement in self.through for stance in one.stances) and not any(
            set(origin.statements) & self.through for origin in one.origins
        ):
            return one
        renamed: dict[str, str] = {}
        origins = tuple(self._origin(origin, renamed) for origin in one.origins)
        routes = tuple(self._route(route, renamed) for route in one.routes)
        return dataclasses.replace(one, origins=origins, routes=routes)

    def _origin(self, one: Origin, renamed: dict[str, str]) -> Origin:
        """Its unnamed statements go from an origin that has others; one that has no others loses name and id."""
        rest = tuple(name for name in one.statements if name not in self.kept)
        if rest or not one.statements:
            label = self._printed_of(rest) if self._tells(one.label) and set(rest) & self.through else one.label
            return dataclasses.replace(one, statements=rest, label=label)
        renamed[one.id] = ident("g", "unnamed", *one.statements)
        label = self._printed_of(one.statements)
        return dataclasses.replace(one, id=renamed[one.id], label=label, kind=OriginKind.ANONYMOUS)

    def _route(self, one: Route, renamed: Mapping[str, str]) -> Route:
        new = renamed.get(one.origin)
        left = one.statements if new else tuple(name for name in one.statements if name not in self.kept)
        reason = "" if set(one.statements) & self.through and self._tells(one.reason) else one.reason
        return dataclasses.replace(one, origin=new or one.origin, statements=left, reason=reason)

    def _printed_of(self, names: Collection[str]) -> str:
        return next((_printed(self.statements[name]) for name in names if name in self.statements), NOT_NAMED)

    def _tells(self, words: str) -> bool:
        folded = words.casefold()
        return any(guess in folded for guess in self.guesses)

    def request(self, one: Request) -> Request:
        held = self.kept.get(one.statement)
        return dataclasses.replace(one, to=_printed(held)) if held else one

    def assessment(self, one: Assessment) -> Assessment:
        held = self.kept.get(one.statement)
        return dataclasses.replace(one, by=_printed(held)) if held else one


def _guessed(kept: Iterable[Statement], parties: Iterable[Party], mentions: Mapping[str, Mention]) -> Iterator[str]:
    """The folded words of every guess, and every name of a party that a guess names."""
    held = [(one, guess) for one in kept for guess in (one.source_refers_to, one.source_may_refer_to) if guess]
    for _, guess in held:
        yield guess.exact.casefold()
    places = {(one.rendition, guess) for one, guess in held}
    for party in parties:
        spots = [mentions[name] for name in party.mentions if name in mentions]
        if any(spot.rendition == text and _touch(spot.extract, guess) for spot in spots for text, guess in places):
            yield from (name.text.casefold() for name in party.names)


def _touch(one: Extract, other: Extract) -> bool:
    return one.start < other.end and other.start < one.end


def check_words(records: ReleasedRecords, texts: Iterable[ReleasedText]) -> None:
    """Raise :class:`SealError` where a part of a statement, or of a text's own voice, stands in no released text."""
    held = {one.content: one.text for one in texts}
    for path, record in _speaking(records):
        text = held.get(record.rendition)
        for field, part in _parts(record):
            if text is None:
                raise SealError(
                    f"{path}.{field}: its text {record.rendition} is not part of this release",
                    hint="release the text as well, or leave the record out",
                )
            if text[part.start : part.end] != part.exact:
                raise SealError(
                    f"{path}.{field}: characters {part.start} to {part.end} of its text read otherwise",
                    hint="nothing was released; read that text again, or leave the record out",
                )


def _speaking(records: ReleasedRecords) -> Iterator[tuple[str, Statement | EditorialVoice]]:
    yield from ((f"records.statements[{place}]", one) for place, one in enumerate(records.statements))
    yield from ((f"records.voices[{place}]", one) for place, one in enumerate(records.voices))


def _parts(record: Statement | EditorialVoice) -> Iterator[tuple[str, Extract]]:
    """Every extract in the fields of a record that are made to hold one, those of later versions too."""
    for name in _extract_fields(typing.cast("typing.Hashable", type(record))):
        value = getattr(record, name)
        yield from ((name, one) for one in (value if isinstance(value, tuple) else (value,)) if one is not None)


@functools.cache
def _extract_fields(cls: typing.Any) -> tuple[str, ...]:
    hints = typing.get_type_hints(cls)
    return tuple(name for name, hint in hints.items() if Extract in (hint, *typing.get_args(hint)))
