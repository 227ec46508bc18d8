"""Evidence said to exist that is not held: offered, handed over, withheld.

- Each is a suggestion for a person to accept; it never looks like an exhibit in hand.
- Who says so is the source of the smallest statement around it, or the outlet.
- Handing over documents inside a statement is itself an act of telling by the giver.

Example::

    "W gave officials documents"  ->  description "documents", held by "officials", handed-over
"""

import bisect

from quoth.attribute.drafts import Draft, Span
from quoth.attribute.reading import Reading
from quoth.attribute.transfers import Transfer, find_transfers
from quoth.record.document import Document
from quoth.record.exhibit import Availability, Citation, Exhibit, ExhibitStatus
from quoth.record.statement import Act, Statement
from quoth.terms.ident import ident

__all__ = ["find_cited", "offers_and_handovers"]


def offers_and_handovers(reading: Reading) -> list[Draft]:
    """The drafts of ``reading`` in text order, with offers of evidence and handovers inside statements."""
    drafts = list(reading.drafts)
    contents = sorted(span for draft in drafts for span in draft.content)
    reach = _reaches(contents)
    cues = sorted(draft.cue for draft in drafts if draft.cue)
    cue_reach = _reaches(cues)
    for region in reading.regions:
        for sentence in region.parsed:
            for item in find_transfers(sentence):
                if item.who is None or not item.tells or _touches(item.cue, cues, cue_reach):
                    continue
                if item.availability is Availability.OFFERED and item.evidence:
                    drafts.append(_told(item, Act.OFFER, "offer of evidence"))
                elif item.availability is Availability.HANDED_OVER and _inside(item.cue, contents, reach):
                    drafts.append(_told(item, Act.REVEAL, "handing over inside a statement"))
    return sorted(drafts, key=lambda draft: (draft.cue or draft.content[0], draft.content))


def _touches(cue: Span, spans: list[Span], reach: list[int]) -> bool:
    """Whether ``cue`` overlaps one of ``spans`` (sorted, with their running furthest end)."""
    index = bisect.bisect_left(spans, (cue[1], 0)) - 1
    return index >= 0 and reach[index] > cue[0]


def _reaches(spans: list[Span]) -> list[int]:
    reach: list[int] = []
    for _, end in spans:
        reach.append(max(end, reach[-1] if reach else 0))
    return reach


def _inside(cue: Span, spans: list[Span], reach: list[int]) -> bool:
    index = bisect.bisect_right(spans, (cue[0], 1 << 60)) - 1
    return index >= 0 and reach[index] >= cue[1]


def _told(item: Transfer, act: Act, rule: str) -> Draft:
    return Draft(source=item.who, cue=item.cue, content=(item.what,), act=act, rule=rule, addressee=item.to)


def find_cited(document: Document, reading: Reading, statements: list[Statement]) -> tuple[Exhibit, ...]:
    """Suggested exhibits for evidence that the text says exists; ``statements`` in the order of their cues."""
    items = [
        item
        for region in reading.regions
        for sentence in region.parsed
        for item in find_transfers(sentence)
        if item.evidence
    ]
    items.sort(key=lambda item: item.cue)
    holders = _holders(items, statements)
    own = {part.start: statement for statement in reversed(statements) for part in statement.cue}
    found: dict[str, Exhibit] = {}
    for item, holder in zip(items, holders, strict=True):
        exhibit = _exhibit(document, item, holder, own.get(item.cue[0]))
        found.setdefault(exhibit.id, exhibit)
    return tuple(found.values())


def _holders(items: list[Transfer], statements: list[Statement]) -> list[Statement | None]:
    """For each item (sorted by cue) the statement with the shortest content span around its cue."""
    spans = sorted((part.start, part.end, index) for index, one in enumerate(statements) for part in one.content)
    holders: list[Statement | None] = []
    opened: list[tuple[int, int, int]] = []
    at = 0
    for item in items:
        while at < len(spans) and spans[at][0] <= item.cue[0]:
            opened.append(spans[at])
            at += 1
        opened = [span for span in opened if span[1] > item.cue[0]]
        around = [(end - start, index) for start, end, index in opened if end >= item.cue[1]]
        holders.append(statements[min(around)[1]] if around else None)
    return holders


def _exhibit(document: Document, item: Transfer, holder: Statement | None, own: Statement | None) -> Exhibit:
    text = document.text
    said_by = holder.source[0].exact if holder and holder.source else document.outlet or "this document"
    words = text[item.what[0] : item.what[1]]
    linked = own or holder
    offered = item.availability is Availability.OFFERED
    citation = Citation(
        said_by=said_by,
        description=words,
        availability=item.availability,
        held_by=_holder(text, item),
        terms=text[item.terms[0] : item.terms[1]] if item.terms and offered else "",
        statement=linked.id if linked else "",
    )
    return Exhibit(
        id=ident("c", document.content, *item.cue, *item.what),
        status=ExhibitStatus.CITED,
        title=words,
        citation=citation,
        suggested=True,
    )


def _holder(text: str, item: Transfer) -> str:
    span = item.to if item.availability is Availability.HANDED_OVER and item.to else item.who
    return text[span[0] : span[1]] if span else ""
