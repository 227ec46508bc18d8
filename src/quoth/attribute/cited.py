"""Evidence said to exist that is not held: offered, handed over, withheld.

- Each is a suggestion for a person to accept; it never looks like an exhibit in hand.
- Who says so is the source of the smallest statement around it, or the outlet.
- Handing over documents inside a statement is itself an act of telling by the giver.

Example::

    "W gave officials documents"  ->  description "documents", held by "officials", handed-over
"""

import bisect
import dataclasses
from collections.abc import Iterator

from quoth.attribute.clauses import clause_floor, content_end
from quoth.attribute.drafts import Draft, Span
from quoth.attribute.objects import addressee_after
from quoth.attribute.phrases import clause_subject, subject_before, verb_group
from quoth.attribute.reading import Reading
from quoth.attribute.words import DATES, Sentence
from quoth.record.document import Document
from quoth.record.exhibit import Availability, Citation, Exhibit, ExhibitStatus
from quoth.record.statement import Act, Statement
from quoth.terms.ident import ident

__all__ = ["Transfer", "find_cited", "find_transfers", "offers_and_handovers"]

_GIVING = frozenset(
    [
        "give",
        "gave",
        "given",
        "gives",
        "giving",
        "hand",
        "handed",
        "hands",
        "handing",
        "provide",
        "provided",
        "provides",
        "providing",
        "pass",
        "passed",
        "passes",
        "passing",
        "deliver",
        "delivered",
        "submit",
        "submitted",
        "turn",
        "turned",
        "send",
        "sent",
        "leak",
        "leaked",
        "leaking",
        "supply",
        "supplied",
        "show",
        "showed",
        "shown",
        "share",
        "shared",
    ]
)
_PUBLISHING = frozenset(
    ["publish", "published", "publishes", "release", "released", "releases", "releasing", "publishing"]
)
_HOLDING = frozenset(
    [
        "has",
        "have",
        "had",
        "obtained",
        "obtain",
        "holds",
        "held",
        "keeps",
        "kept",
        "possesses",
        "possess",
        "seen",
        "reviewed",
    ]
)
_EVIDENCE = frozenset(
    [
        "records",
        "record",
        "documents",
        "document",
        "files",
        "file",
        "recordings",
        "recording",
        "tapes",
        "tape",
        "evidence",
        "data",
        "logs",
        "log",
        "photographs",
        "photograph",
        "photos",
        "photo",
        "video",
        "videos",
        "footage",
        "copies",
        "copy",
        "transcripts",
        "transcript",
        "letters",
        "letter",
        "emails",
        "e-mails",
        "invoices",
        "ledger",
        "ledgers",
        "lists",
        "list",
        "samples",
        "statements",
        "bills",
        "manifest",
        "manifests",
        "notebook",
        "notebooks",
        "diary",
        "receipts",
        "drawings",
        "maps",
    ]
)
_INFORMATION = _EVIDENCE | frozenset(
    ["information", "details", "detail", "account", "testimony", "names", "identity", "location"]
)
_ABLE = frozenset(["able", "willing", "ready", "prepared"])


Pair = tuple[int, int] | None
"""Tokens, end exclusive."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """One act on evidence: who, by which words, what, to whom, on what footing."""

    who: Span | None
    cue: Span
    what: Span
    to: Span | None
    terms: Span | None
    availability: Availability
    evidence: bool


def find_transfers(sentence: Sentence) -> Iterator[Transfer]:
    """Offers, handovers, publications and refusals of evidence in one sentence."""
    for at, low in enumerate(sentence.lows):
        if low in _GIVING or low in _PUBLISHING:
            transfer = _transfer(sentence, at)
            if transfer is not None:
                yield transfer


def _availability(sentence: Sentence, at: int, first: int, *, negative: bool) -> Availability:
    words = set(sentence.lows[first:at])
    if negative or words & {"refused", "declined", "nor"}:
        return Availability.WITHHELD
    if words & _ABLE or words & {"offered", "offers", "promised", "can", "will", "would", "could"}:
        return Availability.OFFERED
    return Availability.HANDED_OVER


def _transfer(sentence: Sentence, at: int) -> Transfer | None:
    tags, lows = sentence.tags, sentence.lows
    group = verb_group(sentence, at)
    if group.passive or (tags[at] in "NU" and tags[at - 1 : at] in tuple("DNP")):
        return None
    first = at - 1 if lows[at - 1 : at] == ["nor"] else group.first
    begin = at + 1 + (lows[at + 1 : at + 2] in (["over"], ["on"]))
    after = addressee_after(sentence, begin)
    stop = content_end(sentence, begin)
    what, to, terms = _objects(sentence, begin, after, stop)
    heads = set(lows[what[0] : what[1]]) if what else set()
    if what is None or not heads & _INFORMATION:
        return None
    floor = clause_floor(sentence, first)
    nor = lows[first] == "nor"
    who = None if nor else subject_before(sentence, first, floor)
    who = _not_a_date(sentence, who, floor) or clause_subject(sentence, first, 0 if nor else floor)
    return Transfer(
        who=sentence.span(*who) if who else None,
        cue=sentence.span(first, begin),
        what=sentence.span(*what),
        to=sentence.span(*to) if to else None,
        terms=sentence.span(*terms) if terms else None,
        availability=_availability(sentence, at, first, negative=group.negative),
        evidence=bool(heads & (_EVIDENCE | {"identity", "location", "names"})),
    )


def _not_a_date(sentence: Sentence, who: Pair, floor: int) -> Pair:
    """The giver, looking past "on 3 May" that stands between it and the verb."""
    if who is None or set(sentence.tags[who[0] : who[1]]) != {"M"}:
        return who
    before = who[0] - 1 if sentence.tags[who[0] - 1 : who[0]] == "P" else who[0]
    return subject_before(sentence, before, floor)


def _objects(sentence: Sentence, begin: int, after: int, stop: int) -> tuple[Pair, Pair, Pair]:
    """(what, to whom, terms) of "gave officials files" and "gave files to officials"."""
    tags, lows = sentence.tags, sentence.lows
    split = _recipient_end(sentence, begin, after)
    if split:
        return (split, _before_time(sentence, split, stop)), (begin, split), None
    if after == begin:
        return None, None, None
    stop = _before_time(sentence, begin, stop)
    to_at = next((at for at in range(begin, stop) if lows[at] == "to" and tags[at + 1 : at + 2] in tuple("DNUO")), -1)
    if to_at < 0:
        return (begin, stop), None, None
    last = max(addressee_after(sentence, to_at + 1), to_at + 2)
    return (begin, to_at), (to_at + 1, last), (to_at, stop)


def _before_time(sentence: Sentence, first: int, stop: int) -> int:
    """``stop``, or where ", made between …" or a closing "in June" begins."""
    tags, lows = sentence.tags, sentence.lows
    for at in range(first + 1, stop):
        if tags[at] == "," and tags[at + 1 : at + 2] in tuple("EWVG"):
            return at
        if tags[at] == "P" and lows[at + 1 : at + 2] and lows[at + 1] in DATES and at + 2 >= stop:
            return at
    return stop


def _recipient_end(sentence: Sentence, begin: int, after: int) -> int:
    """The end of a recipient right after the verb ("gave | officials | files"), or 0."""
    lows, tags = sentence.lows, sentence.tags
    people = frozenset(
        [
            "officials",
            "reporters",
            "investigators",
            "police",
            "researchers",
            "journalists",
            "lawyers",
            "authorities",
            "them",
            "him",
            "us",
            "me",
            "her",
        ]
    )
    for at in range(begin, min(after + 1, len(lows))):
        if lows[at] in _INFORMATION:
            return 0
        if lows[at] in people and at + 1 < len(lows) and tags[at + 1] in "NDEUM":
            return at + 1
    if after < len(tags) and tags[after] == "D" and after > begin:
        return after
    return 0


def offers_and_handovers(reading: Reading) -> list[Draft]:
    """The drafts of ``reading`` in text order, with offers of evidence and handovers inside statements."""
    drafts = list(reading.drafts)
    contents = sorted(span for draft in drafts for span in draft.content)
    reach = _reaches(contents)
    cues = {draft.cue for draft in drafts}
    for region in reading.regions:
        for sentence in region.parsed:
            for item in find_transfers(sentence):
                if item.cue in cues or item.who is None or any(_overlap(item.cue, cue) for cue in cues if cue):
                    continue
                if item.availability is Availability.OFFERED and item.evidence:
                    drafts.append(_told(item, Act.OFFER, "offer of evidence"))
                elif item.availability is Availability.HANDED_OVER and item.to and _inside(item.cue, contents, reach):
                    drafts.append(_told(item, Act.REVEAL, "handing over inside a statement"))
    return sorted(drafts, key=lambda draft: (draft.cue or draft.content[0], draft.content))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


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
    """Suggested exhibits for evidence that the text says exists."""
    found: dict[str, Exhibit] = {}
    for region in reading.regions:
        for sentence in region.parsed:
            for item in find_transfers(sentence):
                if item.evidence:
                    exhibit = _exhibit(document, item, statements)
                    found.setdefault(exhibit.id, exhibit)
    return tuple(found.values())


def _exhibit(document: Document, item: Transfer, statements: list[Statement]) -> Exhibit:
    text = document.text
    around = [
        statement
        for statement in statements
        if any(part.start <= item.cue[0] and item.cue[1] <= part.end for part in statement.content)
    ]
    holder = min(around, key=lambda one: sum(part.end - part.start for part in one.content), default=None)
    own = next((one for one in statements if any(part.start == item.cue[0] for part in one.cue)), None)
    said_by = holder.source[0].exact if holder and holder.source else document.outlet or "this document"
    words = text[item.what[0] : item.what[1]]
    linked = own or holder
    citation = Citation(
        said_by=said_by,
        description=words,
        availability=item.availability,
        held_by=_holder(text, item),
        terms=text[item.terms[0] : item.terms[1]] if item.terms and item.availability is Availability.OFFERED else "",
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
