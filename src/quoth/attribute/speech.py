"""Quotations that are speech, and those without a cue.

- Speech is told from scare quotes, titles and quoted words by its shape and its neighbours.
- A quotation right after an attributed one continues the same statement.
- One without a cue goes to the last speaker of the paragraphs before it, with low confidence.

Example::

    >>> text = "He liked “The Long Road” a lot."
    >>> speech_quotes(text, 0, len(text), pair_quotes(text, 0, len(text)))
    ()
"""

import bisect
import dataclasses
import re

from quoth.attribute.drafts import Draft, Span
from quoth.attribute.quotes import Quote
from quoth.record.statement import Act

__all__ = ["Loose", "continue_speech", "speech_quotes"]

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_TITLE_BEFORE = re.compile(
    r"\b(book|film|song|album|novel|play|series|report|article|essay|called|titled|entitled|named|nicknamed|"
    r"dubbed|documentary|project|paper|term|word|phrase|headline|poem|painting|show)\s*,?\s*\Z",
    re.IGNORECASE,
)
_CUE_BEFORE = re.compile(r"(?:[,:]|[—–-]{1,2})\s*\Z")
_ENDS = ".!?…,。！？，-—"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """A quotation of speech with no cue; ``sentence_before`` is the subject of the sentence before it, if any.

    ``adjacent`` when nothing but space lies between it and the end of an attributed piece.
    """

    span: Span
    paragraph: int
    continued: bool
    subject_before: Span | None


def speech_quotes(text: str, start: int, end: int, quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """The outermost quotations of a paragraph that are speech rather than quoted words."""
    return tuple(quote for quote in quotes if quote.level == 0 and _is_speech(text, start, end, quote))


def _is_speech(text: str, start: int, end: int, quote: Quote) -> bool:
    first, last = quote.inner
    head = text[first : min(last, first + 400)]
    words = _WORD.findall(head)
    if not words:
        return False
    before = text[max(start, quote.start - 40) : quote.start]
    after = text[quote.end : min(end, quote.end + 2)]
    inner_end = text[last - 1 : last]
    led = bool(_CUE_BEFORE.search(before)) or not before.strip()
    capital = words[0][0].isupper() or not words[0][0].isalpha()
    stopped = inner_end in tuple(_ENDS) or text[max(first, last - 2) : last].rstrip("'’\"”")[-1:] in tuple(_ENDS)
    titled = all(word[0].isupper() for word in words if len(word) > 3) and len(words) < 9
    if titled and _TITLE_BEFORE.search(before):
        return False
    if led:
        return (capital and (stopped or len(words) > 1)) or stopped or len(words) > 3 or before.rstrip()[-1:] == ":"
    if capital and len(words) > 3 and not titled:
        return True
    return stopped and after.strip()[:1] not in tuple(".,;") and capital and (not titled or text[last - 1] in "?!,")


def continue_speech(drafts: list[Draft], loose: list[Loose], starts: tuple[int, ...]) -> list[Draft]:
    """``drafts`` with cue-less quotations joined to, or spoken by, the speaker before them.

    ``starts`` are the first characters of the paragraphs that ``Loose.paragraph`` counts.
    """
    found = list(drafts)
    pending = iter(sorted(loose, key=lambda item: item.span))
    quoted = sorted(
        (end, index)
        for index, draft in enumerate(drafts)
        if draft.rule.startswith("quotation")
        for _, end in draft.content[-1:]
    )
    longer: dict[int, list[Span]] = {}
    cursor, last = 0, -1
    paragraph = -9
    for item in pending:
        while cursor < len(quoted) and quoted[cursor][0] <= item.span[0]:
            last = quoted[cursor][1]
            paragraph = bisect.bisect_right(starts, quoted[cursor][0]) - 1
            cursor += 1
        if item.subject_before is not None and not item.continued:
            found.append(_spoken(item, item.subject_before, "quotation with no cue, speaker of the sentence before"))
            continue
        if last < 0:
            continue
        if item.continued:
            longer.setdefault(last, []).append(item.span)
        elif found[last].source is not None and item.paragraph - paragraph <= 1:
            found.append(_spoken(item, found[last].source, "quotation with no cue, last speaker"))
            paragraph = item.paragraph
    for index, spans in longer.items():
        found[index] = dataclasses.replace(found[index], content=(*found[index].content, *spans))
    return found


def _spoken(item: Loose, source: Span | None, rule: str) -> Draft:
    return Draft(source=source, cue=None, content=(item.span,), act=Act.SAY, rule=rule)
