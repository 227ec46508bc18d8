"""Events: sentences that say what happened, and when.

- A sentence with a date and a verb of happening is one event; its title is the sentence, cut short.
- A statement that carries it is named; who says so stays the statement's matter.
- What has no date stays out, and so does what the text only dates itself by.

Example::

    events_of(document, statements, datings, parties)   # (Event(title="…", when=When(…), …),)
"""

import bisect
import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence

from quoth.record.document import Document
from quoth.record.event import Dating, Event, Participant
from quoth.record.passage import PassageRole
from quoth.record.statement import Statement
from quoth.terms.anchor import extract
from quoth.terms.ident import ident

__all__ = ["events_of", "is_bounded", "sentences"]

_TITLE = 120
_OPEN_WORDS = (
    "since ",
    "until ",
    "till ",
    "by ",
    "before ",
    "after ",
    "up to ",
    "prior to ",
    "自",
    "截至",
    "从",
    "直到",
)
_DATELINE = re.compile(
    r"[A-Z][A-Z .'’-]{1,40}(?:, [A-Za-z .]{1,30})?,? [^–—\n]{0,40}[–—]\s*|[A-Z][A-Z .'’-]{1,40}, [^-\n]{0,40} - "
)
_ROLES = frozenset({PassageRole.BODY, PassageRole.CAPTION})
_END = re.compile(r"[.!?][”\"’')\]]*(?=\s+[“\"‘'(]?[A-Z\d])|[。！？][”」』]?|\n\s*\n")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|Gen|Col|Lt|Sgt|Capt|Gov|Sen|Rep|Hon|Rev|vs|Inc|Ltd|Co|Corp|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|U\.S|U\.K|U\.N)|\b[A-Z])\Z"
)
_EVENT_VERB = re.compile(
    r"\b(?:was|were|had|did|went|came|met|held|made|wrote|took|gave|found|left|began|sent|saw|spoke|fled|died|killed|"
    r"broke|fell|rose|won|lost|built|put|set|shot|sold|stood|struck|became|got|ran|hit|said|told|brought|kept|led|paid|"
    r"read|rang|sailed|ended|will|\w{3,}ed)\b|[了过]|发生|发布|举行|宣布|逮捕|签署|死亡|会见|访问|公布|成立|抵达|离开|失踪|发表"
)


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences between ``start`` and ``end``; abbreviations and initials end none."""
    first = start
    for found in _END.finditer(text, start, end):
        if found.group()[0] == "." and _SHORT.search(text[max(first, found.start() - 6) : found.start()]):
            continue
        if text[max(first, found.start() - 3) : found.start()] in (" No", "(No") and text[found.end() + 1].isdigit():
            continue
        yield from _trimmed(text, first, found.end())
        first = found.end()
    yield from _trimmed(text, first, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left, right = len(piece) - len(piece.lstrip()), len(piece.rstrip())
    if left < right:
        yield start + left, start + right


def events_of(
    document: Document,
    statements: Sequence[Statement],
    datings: Sequence[Dating],
    parties: Mapping[tuple[int, int], str],
) -> tuple[Event, ...]:
    """Events of one document; ``parties`` are party ids by the span of their mention."""
    made: dict[str, Event] = {}
    ordered = sorted(datings, key=lambda one: one.extract.start)
    starts = [one.extract.start for one in ordered]
    spans = sorted(parties)
    told = _told(statements, ordered, starts)
    for passage in document.passages:
        held = passage.anchor.extract
        if passage.role not in _ROLES or held is None:
            continue
        if bisect.bisect_left(starts, held.start) == bisect.bisect_left(starts, held.end):
            continue
        for start, end in sentences(document.text, held.start, held.end):
            inside = ordered[bisect.bisect_left(starts, start) : bisect.bisect_left(starts, end)]
            event = _event(document, told, inside, (start, end))
            if event is None:
                continue
            near = spans[bisect.bisect_left(spans, (start, 0)) : bisect.bisect_left(spans, (end, 0))]
            participants = tuple(Participant(party=one) for one in dict.fromkeys(parties[span] for span in near))
            made.setdefault(event.id, dataclasses.replace(event, participants=participants))
    return tuple(made.values())


def _told(
    statements: Sequence[Statement], ordered: Sequence[Dating], starts: Sequence[int]
) -> Mapping[str, Sequence[str]]:
    """The statements that carry each dating in their content, by the dating's id."""
    made: dict[str, list[str]] = {}
    for statement in statements:
        for part in statement.content:
            for one in ordered[bisect.bisect_left(starts, part.start) : bisect.bisect_left(starts, part.end)]:
                if one.extract.end <= part.end and statement.id not in made.setdefault(one.id, []):
                    made[one.id].append(statement.id)
    return made


def _event(
    document: Document, told: Mapping[str, Sequence[str]], datings: Sequence[Dating], span: tuple[int, int]
) -> Event | None:
    start, end = span
    line = _DATELINE.match(document.text, start, end)
    start = line.end() if line else start
    inside = [one for one in datings if start <= one.extract.start and one.extract.end <= end and is_bounded(one)]
    words = document.text[start:end]
    if not inside or not _EVENT_VERB.search(words):
        return None
    main = min([one for one in inside if one.id in told] or inside, key=lambda one: (_length(one), one.extract.start))
    return Event(
        id=ident("v", document.content, start, end),
        title=_title(words),
        when=main.when,
        rendition=document.content,
        extract=extract(document.text, start, end),
        statements=tuple(told.get(main.id, ())),
    )


def is_bounded(dating: Dating) -> bool:
    """Whether the date is bounded on both sides and names a time; "recently" and "since Monday" make no event."""
    if dating.extract.exact.lower().startswith(_OPEN_WORDS):
        return False
    return dating.when.earliest is not None and dating.when.latest is not None


def _length(dating: Dating) -> int:
    return int((dating.when.latest or "9").replace("-", "")) - int((dating.when.earliest or "0").replace("-", ""))


def _title(words: str) -> str:
    """The sentence on one line, cut at a word or comma to 120 characters."""
    line = " ".join(words.split())
    if len(line) <= _TITLE:
        return line
    cut = line[: _TITLE - 1]
    blank = cut.rfind(" ")
    return (cut[:blank] if blank > _TITLE // 2 else cut).rstrip(",;:– ") + "…"
