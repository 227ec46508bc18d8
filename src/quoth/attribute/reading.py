"""One pass over a document: paragraphs, quotations, sentences, drafts.

- Paragraph by paragraph: quotations first, then sentences with each quotation as one word.
- What stands inside a quotation is read in its turn, as a text of its own.
- An opening mark that never closes counts only when the next paragraph goes on with one.

Example::

    read_document(document).drafts  ->  drafts in the order of the text
"""

import bisect
import dataclasses
import re

from quoth.attribute.asked import find_asked
from quoth.attribute.chinese import carry_on, find_chinese, hedges_in, is_chinese
from quoth.attribute.clauses import clause_floor, has_verb
from quoth.attribute.cues import FORMS, HEDGES
from quoth.attribute.drafts import Draft, Span
from quoth.attribute.frames import find_frames
from quoth.attribute.objects import phrase_after
from quoth.attribute.people import human_at
from quoth.attribute.phrases import clause_subject, subject_before, verb_group
from quoth.attribute.quotes import Quote, pair_quotes
from quoth.attribute.silence import find_silence
from quoth.attribute.speech import Loose, continue_speech, speech_quotes
from quoth.attribute.words import Sentence, sentences
from quoth.record.document import Document
from quoth.record.passage import Passage, PassageRole
from quoth.record.statement import Act

__all__ = ["Reading", "Region", "read_document"]

SEARCHED = frozenset(
    {PassageRole.TITLE, PassageRole.HEADING, PassageRole.BODY, PassageRole.CAPTION, PassageRole.LINE},
)
_OPENING = frozenset("“\"„«‘'「『")
_HEADLINE = frozenset(
    [
        "source",
        "sources",
        "report",
        "reports",
        "study",
        "poll",
        "police",
        "officials",
        "experts",
        "official",
        "minister",
        "ministry",
        "witness",
        "witnesses",
        "court",
        "lawyer",
        "lawyers",
        "survey",
        "president",
    ]
)
_HEDGE = re.compile(r"\b(?:" + "|".join(sorted(HEDGES)) + r")\b", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """One searched passage: its span, role, sentence spans, and all sentences.

    ``parsed`` has the outer sentences first, then those inside quotations.
    """

    start: int
    end: int
    role: PassageRole
    passage: str
    sentences: tuple[Span, ...]
    parsed: tuple[Sentence, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All regions of a document with the drafts found in them."""

    regions: tuple[Region, ...]
    drafts: tuple[Draft, ...]
    quoted: tuple[Span, ...]
    hedges: tuple[Span, ...]
    starts: tuple[int, ...]

    def passage_at(self, at: int) -> str:
        """The identifier of the passage that holds character ``at``, or empty."""
        index = bisect.bisect_right(self.starts, at) - 1
        return self.regions[index].passage if index >= 0 and at < self.regions[index].end else ""

    def quoted_within(self, start: int, end: int) -> int:
        """How many characters of ``start:end`` stand in quotation marks."""
        index = max(0, bisect.bisect_left(self.quoted, (start, start)) - 1)
        total = 0
        while index < len(self.quoted) and self.quoted[index][0] < end:
            total += max(0, min(end, self.quoted[index][1]) - max(start, self.quoted[index][0]))
            index += 1
        return total

    def widened(self, span: Span) -> Span:
        """``span`` with the marks of a quotation that begins or ends at its edge."""
        index = bisect.bisect_left(self.quoted, (span[0] - 1, 0))
        start, end = span
        while index < len(self.quoted) and self.quoted[index][0] < end:
            first, last = self.quoted[index]
            if first == start - 1 and last <= end + 3:
                start = first
            if first >= start and end < last <= end + 3:
                end = last
            index += 1
        return start, end

    def hedges_of(self, draft: Draft) -> tuple[Span, ...]:
        """The hedging words in the cue or content of ``draft``."""
        found: list[Span] = []
        for start, end in (*((draft.cue,) if draft.cue else ()), *draft.content):
            index = bisect.bisect_left(self.hedges, (start, start))
            while index < len(self.hedges) and self.hedges[index][1] <= end:
                found.append(self.hedges[index])
                index += 1
        return tuple(found)


def read_document(document: Document) -> Reading:
    """Reads every passage whose role is reporting."""
    text = document.text
    passages = [passage for passage in document.passages if passage.role in SEARCHED and passage.anchor.extract]
    passages.sort(key=_start)
    regions: list[Region] = []
    drafts: list[Draft] = []
    loose: list[Loose] = []
    quoted: list[Span] = []
    hedges: list[Span] = []
    open_before = False
    lead: Draft | None = None
    for ordinal, passage in enumerate(passages):
        following = passages[ordinal + 1] if ordinal + 1 < len(passages) else None
        goes_on = following is not None and text[_start(following) : _start(following) + 1] in _OPENING
        start, end = _start(passage), _end(passage)
        quotes = tuple(q for q in pair_quotes(text, start, end) if q.closed or _counts(text, start, q, goes_on=goes_on))
        opaque = speech_quotes(text, start, end, quotes)
        if is_chinese(text[start : min(end, start + 400)]):
            region, found = _chinese_region(text, passage, quotes)
            regions.append(region)
            if open_before and quotes and quotes[0].start == start:
                carry_on(drafts, quotes[0])
            drafts.extend(found)
            quoted.extend((quote.start, quote.end) for quote in quotes if quote.level == 0)
            hedges.extend(hedges_in(text, start, end))
            open_before, lead = goes_on and any(not quote.closed for quote in quotes), None
            continue
        region, found, free = _region(text, passage, (quotes, opaque), (ordinal, open_before))
        regions.append(region)
        if lead is not None and free and free[0].span[0] <= start + 1 and not open_before:
            found.append(dataclasses.replace(lead, content=(free.pop(0).span,)))
        lead = _lead(region, found)
        drafts.extend(found)
        loose.extend(free)
        quoted.extend((quote.start, quote.end) for quote in quotes if quote.level == 0)
        hedges.extend(match.span() for match in _HEDGE.finditer(text, start, end))
        open_before = goes_on and any(not quote.closed for quote in quotes)
    starts = tuple(region.start for region in regions)
    return Reading(
        regions=tuple(regions),
        drafts=tuple(continue_speech(drafts, loose, starts)),
        quoted=tuple(quoted),
        hedges=tuple(hedges),
        starts=starts,
    )


def _start(passage: Passage) -> int:
    return passage.anchor.extract.start if passage.anchor.extract else 0


def _end(passage: Passage) -> int:
    return passage.anchor.extract.end if passage.anchor.extract else 0


def _counts(text: str, start: int, quote: Quote, *, goes_on: bool) -> bool:
    """Whether an unclosed quotation is taken as one."""
    before = text[max(start, quote.start - 3) : quote.start].rstrip()
    return goes_on or not before or before[-1] in ",:"


def _region(
    text: str, passage: Passage, marks: tuple[tuple[Quote, ...], tuple[Quote, ...]], place: tuple[int, bool]
) -> tuple[Region, list[Draft], list[Loose]]:
    quotes, opaque = marks
    ordinal, open_before = place
    start, end = _start(passage), _end(passage)
    parsed = list(sentences(text, start, end, opaque))
    drafts: list[Draft] = []
    loose: list[Loose] = []
    previous: Sentence | None = None
    attributed = open_before
    for index, sentence in enumerate(parsed):
        found = _drafts_of(sentence)
        free = _uncued(sentence, found)
        for quote in free:
            only = set(sentence.tags) <= set("Q.,")
            continued = only and (attributed if index else open_before or not quote.closed)
            subject = None if previous is None or attributed else _subject_of(previous)
            loose.append(
                Loose(span=(quote.start, quote.end), paragraph=ordinal, continued=continued, subject_before=subject)
            )
        attributed = bool(sentence.quotes) and (
            (bool(free) and attributed) or any(_quotes(draft, sentence) for draft in found)
        )
        previous = sentence if not sentence.quotes else None
        drafts.extend(found)
    begins = [quote.start for quote in quotes]
    inner = [item for quote in opaque for item in _inside(text, quote, quotes, begins)]
    drafts.extend(draft for item in inner for draft in _drafts_of(item))
    spans = tuple((item.starts[0], item.ends[-1]) for item in parsed)
    region = Region(
        start=start, end=end, role=passage.role, passage=passage.id, sentences=spans, parsed=(*parsed, *inner)
    )
    return region, drafts, loose


def _chinese_region(text: str, passage: Passage, quotes: tuple[Quote, ...]) -> tuple[Region, list[Draft]]:
    units, drafts = find_chinese(text, _start(passage), _end(passage), quotes)
    region = Region(
        start=_start(passage),
        end=_end(passage),
        role=passage.role,
        passage=passage.id,
        sentences=tuple(units),
        parsed=(),
    )
    return region, drafts


def _quotes(draft: Draft, sentence: Sentence) -> bool:
    return any(
        start <= quote.start and quote.end <= end for start, end in draft.content for quote in sentence.quotes.values()
    )


def _subject_of(sentence: Sentence) -> Span | None:
    subject = clause_subject(sentence, len(sentence.tags), 0)
    if subject is None or sentence.lows[subject[0]] in ("it", "there", "this", "that", "these", "those", "which"):
        return None
    if sentence.lows[subject[0]] in ("i", "you", "we", "everyone", "nobody"):
        return None
    person = sentence.tags[subject[0]] in "UR" or any(tag == "U" for tag in sentence.tags[subject[0] : subject[1]])
    return sentence.span(*subject) if person else None


def _uncued(sentence: Sentence, found: list[Draft]) -> list[Quote]:
    spans = [span for draft in found for span in draft.content]
    return [
        quote
        for quote in sentence.quotes.values()
        if not any(start <= quote.start and quote.end <= end for start, end in spans)
    ]


def _drafts_of(sentence: Sentence) -> list[Draft]:
    """Silence first; a frame whose cue overlaps one of silence gives way; a speaker with a colon last."""
    silent = [*find_silence(sentence), *find_asked(sentence)]
    cues = [
        span
        for draft in silent
        for span in (draft.cue, *(draft.content if draft.act is Act.NO_RESPONSE else ()))
        if span
    ]
    frames = [
        draft
        for draft in find_frames(sentence)
        if draft.cue is None or not any(a < draft.cue[1] and draft.cue[0] < b for a, b in cues)
    ]
    found = sorted([*silent, *frames], key=lambda draft: draft.cue or draft.content[0])
    found = _dashed(sentence) + found
    return _colon(sentence) + found if ":" in sentence.tags[:9] else found


def _dashed(sentence: Sentence) -> list[Draft]:
    """A quotation set apart, then a dash and who said it, and nothing else."""
    tags = sentence.tags
    if tags[:2] != "Q-" or len(tags) > 14 or set(tags[2:]) - set("UNDMP.,C") or "U" not in tags[2:5]:
        return []
    last = phrase_after(sentence, 2)
    return [
        Draft(
            source=sentence.span(2, max(last, 3)),
            cue=sentence.span(1, 2),
            act=Act.SAY,
            content=(sentence.span(0, 1),),
            rule="quotation, then a name after a dash",
        )
    ]


def _lead(region: Region, found: list[Draft]) -> Draft | None:
    """The cue of a paragraph that ends with a colon and no quotation: the next paragraph holds what is said."""
    outer = region.parsed[len(region.sentences) - 1] if region.sentences and region.parsed else None
    if outer is None or outer.tags[-1] != ":" or "Q" in outer.tags:
        return None
    taken = {draft.cue for draft in found}
    for at in range(len(outer.tags) - 1, 0, -1):
        cue = FORMS.get(outer.lows[at])
        if outer.tags[at] != "V" or cue is None or "q" not in cue.frames:
            continue
        group = verb_group(outer, at)
        floor = clause_floor(outer, group.first)
        who = subject_before(outer, group.first, floor) or clause_subject(outer, group.first, floor)
        span = outer.span(group.first, at + 1)
        if who is None or group.passive or span in taken:
            return None
        source = outer.span(*who)
        return Draft(
            source=source, cue=span, content=(), act=cue.act, rule="quotation after a sentence that leads to it"
        )
    return None


def _colon(sentence: Sentence) -> list[Draft]:
    """SMITH: "…": a speaker, a colon and a quotation, and nothing else."""
    tags = sentence.tags
    colon = tags.find(":", 0, 9)
    who = sentence.lows[colon - 1] if colon > 0 else ""
    speaker = who in _HEADLINE or (bool(who) and human_at(who) and has_verb(sentence, colon + 1, len(tags)))
    plain = 0 < colon < 4 and set(tags[:colon]) <= set("NUE")
    if speaker and plain and tags[colon + 1 : colon + 2] not in ("Q", "") and tags[-1] != ".":
        return [
            Draft(
                source=sentence.span(0, colon),
                cue=sentence.span(colon, colon + 1),
                act=Act.SAY,
                content=(sentence.span(colon + 1, len(tags)),),
                rule="quotation after a speaker and a colon",
            )
        ]
    if colon < 1 or tags[colon + 1 : colon + 2] != "Q" or set(tags[:colon]) - set("UNDM,.P"):
        return []
    if not set(tags[:colon]) & set("U"):
        return []
    return [
        Draft(
            source=sentence.span(0, colon),
            cue=sentence.span(colon, colon + 1),
            act=Act.SAY,
            content=(sentence.span(colon + 1, colon + 2),),
            rule="quotation after a speaker and a colon",
        )
    ]


def _inside(text: str, quote: Quote, quotes: tuple[Quote, ...], begins: list[int]) -> list[Sentence]:
    """The sentences within a quotation, read as a text of its own."""
    start, end = quote.inner
    first = bisect.bisect_left(begins, start)
    inner: list[Quote] = []
    while first < len(quotes) and quotes[first].start < end:
        if quotes[first].level == 1:
            inner.append(dataclasses.replace(quotes[first], level=0))
        first += 1
    return list(sentences(text, start, end, speech_quotes(text, start, end, tuple(inner))))
