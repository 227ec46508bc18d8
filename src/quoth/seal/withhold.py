"""What readers must not see unless a person decides otherwise.

- Who gave something, how and when it was obtained, and notes about it are never released.
- A file name is reduced to its last component; metadata of files is not released.
- Tables and metadata are not quoted: a telephone company's file names people who did nothing.
- A row of such a file is released only where a comparison names it, without its cells;
  the caller's number keeps its last two digits.
- Reviewers, coders and transcribers stay unnamed.

Example::

    >>> mask(PhoneNumber.of("+44 7700 900461")).as_written
    '+•• •••• ••••61'
"""

import dataclasses
import re
from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

from quoth.record.call import Call, CallRole, ResponseCode
from quoth.record.call_record import CallMatch, CallRecord
from quoth.record.claim import Claim
from quoth.record.custody import Decision
from quoth.record.exhibit import Exhibit, Provenance
from quoth.record.finding import Finding
from quoth.record.party import Party
from quoth.record.release import ReleasedRecords
from quoth.record.rendition import Head, RenditionKind
from quoth.terms.anchor import Anchor
from quoth.terms.digest import Digest
from quoth.terms.phone import PhoneNumber

__all__ = [
    "REVIEWER",
    "UNQUOTED",
    "last_component",
    "mask",
    "mask_in_text",
    "masked_match",
    "numbers_to_mask",
    "unnamed_coders",
    "without_caller",
    "without_metadata",
    "without_provenance",
    "without_quotes",
    "without_reviewer",
    "without_row",
    "without_unquoted",
]

UNQUOTED = frozenset({RenditionKind.TABLE, RenditionKind.METADATA})
"""Kinds of rendition whose words a draft does not carry."""

REVIEWER = "reviewer"
"""Stands for whoever decided; the name stays in the log."""

_MASK = "•"
_KEPT_DIGITS = 2
_NUMBER = re.compile(r"\+?\d(?:[\s().\-/]{0,2}\d){4,}")


def last_component(name: str) -> str:
    """The last component of a path, whether written with slashes or backslashes."""
    return re.split(r"[/\\]", name.rstrip("/\\"))[-1]


def without_provenance(exhibit: Exhibit, released: Collection[str]) -> Exhibit:
    """The exhibit without who gave it, how and when; ``parent`` only where that is released too."""
    names = {one.name_as_given for one in exhibit.provenances}
    title = last_component(exhibit.title) if exhibit.title in names else exhibit.title
    return dataclasses.replace(
        exhibit,
        title=title,
        parent=exhibit.parent if exhibit.parent in released else "",
        provenances=tuple(_bare(one) for one in exhibit.provenances),
    )


def _bare(one: Provenance) -> Provenance:
    """Only what a reader needs to tell one copy from another."""
    return Provenance(
        name_as_given=last_component(one.name_as_given),
        received_at=one.received_at,
        container=last_component(one.container),
        claimed_author=one.claimed_author,
        claimed_date=one.claimed_date,
        outlet=one.outlet,
    )


def without_metadata(head: Head, unquoted: Collection[Digest]) -> Head:
    """The head without the file's own properties (authors, programs, places of taking)."""
    anchors = tuple(one for one in head.anchors if one.target not in unquoted)
    return dataclasses.replace(head, properties=(), anchors=anchors)


def mask(number: PhoneNumber) -> PhoneNumber:
    """The number with all digits but the last two hidden; a masked number stays as it was written."""
    return number if number.masked else PhoneNumber(as_written=_mask_text(number.as_written), digits="", masked=True)


def _mask_text(text: str) -> str:
    left = sum(letter.isdigit() for letter in text) - _KEPT_DIGITS
    made = []
    for letter in text:
        hidden = letter.isdigit() and left > 0
        left -= letter.isdigit()
        made.append(_MASK if hidden else letter)
    return "".join(made)


def numbers_to_mask(rows: Iterable[CallRecord]) -> frozenset[str]:
    """The digits of every caller in ``rows``, without a leading plus."""
    return frozenset(row.caller.digits.lstrip("+") for row in rows if row.caller and row.caller.digits)


def mask_in_text(text: str, numbers: Collection[str]) -> str:
    """``text`` with every number of ``numbers`` masked, however it is spaced or punctuated."""

    def hide(found: re.Match[str]) -> str:
        return _mask_text(found[0]) if re.sub(r"\D", "", found[0]) in numbers else found[0]

    return _NUMBER.sub(hide, text)


def without_row(row: CallRecord) -> CallRecord:
    """The row without its cells as written, its caller masked; row and file still name the bytes."""
    return dataclasses.replace(row, cells=(), caller=mask(row.caller) if row.caller else None)


def without_caller(call: Call) -> Call:
    """The call without who transcribed it, and, where a pretext was used, without who called."""
    parties = []
    for party in call.parties:
        if party.role is CallRole.CALLER:
            said = _mask_text(party.number_as_said)
            kept = "" if call.pretext or party.described else party.party
            parties.append(dataclasses.replace(party, party=kept, number_as_said=said))
        else:
            parties.append(party)
    layers = tuple(dataclasses.replace(layer, made_by="") for layer in call.layers)
    return dataclasses.replace(call, parties=tuple(parties), layers=layers)


def without_quotes(finding: Finding, unquoted: Collection[Digest], numbers: Collection[str]) -> Finding:
    """The finding without words of unquoted renditions, callers' numbers masked in its reasons."""
    return dataclasses.replace(
        finding,
        grounds=tuple(mask_in_text(one, numbers) for one in finding.grounds),
        limits=tuple(mask_in_text(one, numbers) for one in finding.limits),
        anchors=tuple(_wordless(one) if one.target in unquoted else one for one in finding.anchors),
    )


def _wordless(anchor: Anchor) -> Anchor:
    return dataclasses.replace(anchor, extract=None, prefix="", suffix="")


def masked_match(match: CallMatch, numbers: Collection[str]) -> CallMatch:
    """The comparison with callers' numbers masked in its reasons."""
    return dataclasses.replace(
        match,
        reasons=tuple(mask_in_text(one, numbers) for one in match.reasons),
        would_settle=mask_in_text(match.would_settle, numbers),
    )


def without_reviewer(decision: Decision) -> Decision:
    """The decision without who took it and in which words; a corrected statement is released as itself, or not."""
    return dataclasses.replace(decision, by=REVIEWER, reason="", instead=None)


def unnamed_coders(codes: Iterable[ResponseCode]) -> Callable[[ResponseCode], ResponseCode]:
    """A function that names coders ``coder 1``, ``coder 2`` in the order of their first code."""
    numbered: dict[str, int] = {}
    for code in codes:
        numbered.setdefault(code.coded_by, len(numbered) + 1)
    return lambda code: dataclasses.replace(code, coded_by=f"coder {numbered[code.coded_by]}")


_T = TypeVar("_T")


def without_unquoted(records: ReleasedRecords, unquoted: Collection[Digest]) -> ReleasedRecords:
    """The records without what quotes an unquoted rendition, nor what was known from it alone.

    A person named only in a telephone company's file, and a claim made only there, leave with it.
    """

    def elsewhere(ones: tuple[_T, ...], target: Callable[[_T], Digest | None]) -> tuple[_T, ...]:
        return tuple(one for one in ones if target(one) not in unquoted)

    statements = elsewhere(records.statements, lambda one: one.rendition)
    mentions = elsewhere(records.mentions, lambda one: one.rendition)
    gone = {one.id for one in records.statements} - {one.id for one in statements}
    lost = {one.id for one in records.mentions} - {one.id for one in mentions}
    parties = tuple(_party(one, lost) for one in records.parties if not one.mentions or set(one.mentions) - lost)
    absent = {one.id for one in records.parties} - {one.id for one in parties}
    occupancies = elsewhere(records.occupancies, lambda one: one.rendition)
    claims = (_claim(one, gone) for one in records.claims)
    return dataclasses.replace(
        records,
        exhibits=tuple(one for one in records.exhibits if not (one.citation and one.citation.statement in gone)),
        passages=elsewhere(records.passages, lambda one: one.anchor.target),
        statements=statements,
        chains=tuple(one for one in records.chains if one.statement not in gone),
        voices=elsewhere(records.voices, lambda one: one.rendition),
        mentions=mentions,
        parties=parties,
        occupancies=tuple(one for one in occupancies if one.party not in absent),
        datings=elsewhere(records.datings, lambda one: one.rendition),
        events=elsewhere(records.events, lambda one: one.rendition),
        claims=tuple(one for one in claims if one.stances),
        assessments=tuple(one for one in records.assessments if one.statement not in gone),
        requests=tuple(one for one in records.requests if one.statement not in gone),
        questions=elsewhere(records.questions, lambda one: one.rendition),
        gaps=elsewhere(records.gaps, lambda one: one.rendition),
    )


def _party(party: Party, lost: Collection[str]) -> Party:
    left = tuple(name for name in party.mentions if name not in lost)
    return dataclasses.replace(party, mentions=left, decided_by=REVIEWER if party.decided_by else "")


def _claim(claim: Claim, gone: Collection[str]) -> Claim:
    """The claim with what is left of its statements; an origin or route with none of them goes."""

    def left(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if name not in gone)

    origins = (dataclasses.replace(one, statements=left(one.statements)) for one in claim.origins)
    routes = (dataclasses.replace(one, statements=left(one.statements)) for one in claim.routes)
    return dataclasses.replace(
        claim,
        stances=tuple(one for one in claim.stances if one.statement not in gone),
        origins=tuple(
            new for old, new in zip(claim.origins, origins, strict=True) if new.statements or not old.statements
        ),
        routes=tuple(
            new for old, new in zip(claim.routes, routes, strict=True) if new.statements or not old.statements
        ),
        decided_by=REVIEWER if claim.decided_by else "",
    )
