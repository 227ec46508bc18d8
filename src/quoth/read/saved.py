"""The head and furniture of an article saved as plain text.

- Title, a repeated title, dates with "Updated:", by-line, caption and credit, markup left in,
  and the page's own furniture at the end are told apart; nothing is taken out of the text.
- A line is furniture only on plain grounds (markup, a repeat, a call to subscribe or click).

Example::

    marked = mark(text)          # spans with roles, and what the head says
"""

import dataclasses
import itertools
import re

from quoth.read.dates import DateWords, dates_in
from quoth.read.paragraphs import Stretch, blocks, lines_of, paragraphs
from quoth.read.rendering import Span
from quoth.record.passage import PassageRole
from quoth.terms.when import When

__all__ = ["Marked", "caption_and_credit", "dateline", "is_furniture", "mark", "only_dates"]

_LABEL = (
    r"first\s+published|published|posted|created|last\s+updated|updated|last\s+modified|modified|"
    r"date|print|email|更新|發布|发布"
)
LONGEST_DATES = 300
"""Characters beyond which a line is no line of dates."""
_LABELS = re.compile(rf"\b(?:{_LABEL})\b", re.IGNORECASE)
_UPDATED = re.compile(r"updated|modified|更新", re.IGNORECASE)
_AROUND_DATES = re.compile(
    rf"(?:{_LABEL}|on|at|mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun|day|[ap]\.?m\.?|[a-z]{{2,4}}t|utc|gmt|"
    rf"\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})?|[+-]\d{{4}}|[\s|,;:·•/()–—-])*",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"\s*<(?:a|img|p|div|span|figure|iframe|script|br|hr)\b[^>]*>", re.IGNORECASE)
_CREDIT_END = re.compile(r"\s*[(（](?P<credit>[^()（）]{2,80})[)）]\s*$")
_CREDIT_WORDS = re.compile(
    r"/|\b(?:images?|getty|photos?|photograph|courtesy|credit|reuters|afp|ap|epa|press|agency|wikimedia|screenshot|"
    r"handout|archive|times|post|ledger|news|wire|stock)\b|供图|摄|圖|图",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"by\s+[A-Z][^.!?]{2,80}$", re.IGNORECASE)
_END_MARK = re.compile(r"[.!?。！？…][\"”’)»]*$")
_FURNITURE = re.compile(
    r"^(?:click\b|read (?:more|also|the full|[A-Z].*:$)|subscribe\b|follow us\b|share (?:this|on)\b|related\b.*:?$|"
    r"sign up\b|get (?:the|our) (?:rss|new)\b|copyright\b|©|all rights reserved|advertisement$|see also\b|"
    r"\[email(?:\s|\xa0)protected\]$|back to top$|print$|comments?$)"
    r"|subscribe to (?:our|the)\b.*newsletter|\bget the rss feed\b|\bpublishes in \d+ countries\b|"
    r"\bfollow (?:us|him|her|them) on (?:twitter|facebook|x)\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"(?P<place>[A-Z][A-Z’'. -]{2,40}(?:, (?![A-Z][a-z]{2,8}\.? \d)[A-Z][\w. ]{1,30}?)?)"
    r"(?P<day>,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?)?"
    r"(?P<agency> \((?P<outlet>[^()]{2,40})\))?\s+?(?:–|—|--|-)\s+"
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """Spans in reading order and what the head says; ``dated`` are the places of the two dates."""

    spans: tuple[Span, ...]
    title: str = ""
    byline: str = ""
    place: str = ""
    published: When | None = None
    updated: When | None = None
    heads: tuple[Stretch, ...] = ()


def is_furniture(words: str) -> bool:
    """Whether a paragraph plainly belongs to the page and not to the report."""
    return bool(_MARKUP.match(words)) or bool(_FURNITURE.search(words))


def caption_and_credit(words: str, start: int = 0) -> tuple[Stretch, Stretch] | None:
    """Where caption and credit stand in ``Caption text. (Somebody/Agency)``, shifted by ``start``."""
    match = _CREDIT_END.search(words)
    if not match or match.start() == 0:
        return None
    credit = match["credit"]
    named = all(word[:1].isupper() or word.lower() in {"of", "the", "for", "by", "via"} for word in credit.split())
    if not (_CREDIT_WORDS.search(credit) or named):
        return None
    caption = Stretch(start, start + len(words[: match.start()].rstrip()))
    return caption, Stretch(start + match.start("credit"), start + match.end("credit"))


def dateline(words: str) -> re.Match[str] | None:
    """The place and day that open a report (``KELSUND, June 22 (Wire) –``), if they do."""
    match = _DATELINE.match(words)
    return match if match and (match["day"] or match["agency"]) else None


def only_dates(words: str) -> bool:
    """Whether a line holds nothing but dates and their labels."""
    if len(words) > LONGEST_DATES:
        return False
    rest = words
    for found in reversed(dates_in(words)):
        rest = rest[: found.start] + " " + rest[found.end :]
    return (rest != words or bool(_LABELS.search(words))) and bool(_AROUND_DATES.fullmatch(rest))


class _Head:
    """Marks the lines of a saved article's head one by one."""

    def __init__(self, text: str, title: Stretch) -> None:
        self.text = text
        self.title = text[title.start : title.end]
        self.spans = [Span(start=title.start, end=title.end, role=PassageRole.TITLE)]
        self.byline: Stretch | None = None

    def line(self, line: Stretch, *, before_caption: bool, after_markup: bool) -> None:
        """Mark one line of the head."""
        words = self.text[line.start : line.end]
        pair = caption_and_credit(words, line.start)
        if words == self.title or is_furniture(words):
            self._add(line, PassageRole.FURNITURE)
        elif only_dates(words):
            self._add(line, PassageRole.DATELINE)
        elif _BYLINE.match(words) and self.byline is None:
            self.byline = line
            self._add(line, PassageRole.BYLINE)
        elif pair:
            self._add(pair[0], PassageRole.CAPTION)
            self._add(pair[1], PassageRole.CREDIT)
        elif (before_caption or after_markup) and not _END_MARK.search(words) and len(words) < 160:
            self._add(line, PassageRole.CAPTION)
        else:
            self._add(line, PassageRole.BODY)

    def _add(self, line: Stretch, role: PassageRole) -> None:
        self.spans.append(Span(start=line.start, end=line.end, role=role))


def mark(text: str) -> Marked:
    """The whole text in spans with roles; a text without a saved head has only its title told apart."""
    pieces = list(blocks(text))
    if not pieces:
        return Marked(spans=())
    first = list(lines_of(text, pieces[0]))
    head_lines = first[1:] + (list(lines_of(text, pieces[1])) if len(pieces) > 1 else [])
    if _is_head(text, text[first[0].start : first[0].end], head_lines):
        second = 2 if head_lines and len(pieces) > 1 else 1
        return _with_head(text, first[0], head_lines, second)
    spans = list(_body(text, 0))
    title = ""
    if len(pieces) > 1 and len(first) == 1 and _title_like(text[first[0].start : first[0].end]):
        title = text[first[0].start : first[0].end]
        spans[0] = dataclasses.replace(spans[0], role=PassageRole.TITLE)
    return Marked(spans=tuple(spans), title=title, place=_place(text, spans))


def _title_like(words: str) -> bool:
    return len(words) <= 200 and not words.endswith((".", ",", ";", "。", "，"))


def _is_head(text: str, title: str, lines: list[Stretch]) -> bool:
    """Whether the first blocks are a saved head: a line of dates, a repeated title or a credit."""
    if not _title_like(title):
        return False
    for line in lines[:20]:
        words = text[line.start : line.end]
        if words == title or only_dates(words):
            return True
    return False


def _with_head(text: str, title: Stretch, lines: list[Stretch], second: int) -> Marked:
    head = _Head(text, title)
    for place, line in enumerate(lines):
        after = lines[place + 1] if place + 1 < len(lines) else None
        before = lines[place - 1] if place else None
        head.line(
            line,
            before_caption=after is not None
            and caption_and_credit(text[after.start : after.end]) is not None
            and not _same(text, line, after, title),
            after_markup=before is not None and bool(_MARKUP.match(text, before.start)),
        )
    body_from = list(blocks(text))[second].start if len(list(blocks(text))) > second else len(text)
    spans = head.spans + list(_body(text, body_from))
    published, updated = _dates(text, head.spans)
    found = [one for one in (published, updated) if one]
    heads = [title, *([head.byline] if head.byline else []), *(Stretch(one.start, one.end) for one in found)]
    return Marked(
        spans=tuple(spans),
        title=head.title,
        byline=re.sub(r"(?i)^by\s+", "", text[head.byline.start : head.byline.end]) if head.byline else "",
        place=_place(text, spans),
        published=published.when if published else None,
        updated=updated.when if updated else None,
        heads=tuple(heads),
    )


def _same(text: str, line: Stretch, after: Stretch, title: Stretch) -> bool:
    """Whether a line only repeats the title above a caption."""
    del after
    return text[line.start : line.end] == text[title.start : title.end]


def _dates(text: str, spans: list[Span]) -> tuple[DateWords | None, DateWords | None]:
    """Published and updated, from the head's lines of dates read as one."""
    lines = [span for span in spans if span.role is PassageRole.DATELINE]
    if not lines:
        return None, None
    start, end = lines[0].start, lines[-1].end
    joined = list(text[start:end])
    for left, right in itertools.pairwise(lines):
        for place in range(left.end - start, right.start - start):
            joined[place] = "\n"
    stretch = "".join(joined)
    published = updated = None
    last = 0
    for found in dates_in(stretch):
        moved = DateWords(start=found.start + start, end=found.end + start, when=found.when)
        if _UPDATED.search(stretch, last, found.start):
            updated = updated or moved
        else:
            published = published or moved
        last = found.end
    return published, updated


def _body(text: str, start: int) -> list[Span]:
    """The paragraphs from ``start`` on, with captions, furniture and datelines told apart."""
    spans: list[Span] = []
    markup = False
    for piece in paragraphs(text[start:]):
        left, right = piece.start + start, piece.end + start
        words = text[left:right]
        opening = dateline(words) if not any(one.role is PassageRole.DATELINE for one in spans) else None
        pair = caption_and_credit(words, left) if len(words) < 400 else None
        if is_furniture(words):
            spans.append(Span(start=left, end=right, role=PassageRole.FURNITURE))
        elif markup and not _END_MARK.search(words) and len(words) < 160:
            spans.append(Span(start=left, end=right, role=PassageRole.CAPTION))
        elif pair and (markup or "/" in text[pair[1].start : pair[1].end]):
            spans.append(Span(start=pair[0].start, end=pair[0].end, role=PassageRole.CAPTION))
            spans.append(Span(start=pair[1].start, end=pair[1].end, role=PassageRole.CREDIT))
        elif opening:
            opened = left + len(opening.group().rstrip())
            spans.append(Span(start=left, end=opened, role=PassageRole.DATELINE))
            spans.append(Span(start=left + opening.end(), end=right))
        else:
            spans.append(Span(start=left, end=right))
        markup = bool(_MARKUP.match(words))
    return spans


def _place(text: str, spans: list[Span]) -> str:
    for span in spans:
        if span.role is PassageRole.DATELINE:
            opening = dateline(text[span.start : span.end] + " ")
            if opening:
                return opening["place"].strip(" ,")
    return ""
