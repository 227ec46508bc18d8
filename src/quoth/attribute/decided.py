"""What people decided about suggestions, as a marked text.

- Accepted and corrected statements are marks; rejected ones are absent, and listed in the header.
- The unit is the paragraph: it goes out when every suggestion in it was decided, else not at all.
- Paragraphs that share a statement go out together; what nobody looked at is no lesson that nothing is said there.
- Offsets do not move within a paragraph: strange spaces become plain ones, braces become parentheses.

Example::

    lesson_from(text, paragraphs, judged, {"writer": "desk"}).marked
"""

import dataclasses
import enum
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from quoth.attribute.drafts import Span
from quoth.attribute.marked import MarkedStatement, MarkedText, Spans, read_marked, write_marked
from quoth.attribute.measure import Said
from quoth.errors import AttributeRoomError
from quoth.record.statement import Polarity, SourceType, Statement

__all__ = ["Judged", "Judgement", "Lesson", "lesson_from", "rejected_in"]


class Judgement(enum.Enum):
    """What a person made of a suggestion; open ones were not decided, or were put off."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    OPEN = "open"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A suggestion, and the statement ``instead`` of it where it was corrected."""

    statement: Statement
    judgement: Judgement
    instead: Statement | None = None

    @property
    def stands(self) -> Statement:
        """The statement as it should be."""
        return self.instead or self.statement


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """The marked text (none where nothing could go out), and how many decisions went out, by their kind."""

    marked: MarkedText | None
    paragraphs: int
    out: Mapping[Judgement, int]
    open_beside: int
    """Decided statements that stayed because an undecided one stands in the same paragraphs."""
    unfit: int
    """Decided statements that stayed because the format cannot hold theirs or a neighbour's marks."""


_CORE = (("source", "source"), ("cue", "cue"), ("content", "content"))
_REST = (
    ("addressee", "addressee"),
    ("medium", "medium"),
    ("when", "when"),
    ("place", "where"),
    ("hedges", "hedges"),
    ("anonymity", "anonymity"),
)
"""Fields of a marked statement and of the record."""
_STRANGE = str.maketrans({"{": "(", "}": ")"})


@dataclasses.dataclass(frozen=True, slots=True)
class _Page:
    """Paragraphs put together to a new text, and where they stood."""

    text: str
    held: tuple[tuple[Span, int], ...]
    """Span in the old text, and where it begins in the new one."""

    def spans(self, parts: Iterable[Span]) -> Spans:
        """Old spans in the new text, cut at the paragraphs' ends and without outer spaces."""
        made = []
        for start, end in parts:
            for (low, high), at in self.held:
                first, last = max(start, low) - low + at, min(end, high) - low + at
                while first < last and self.text[first].isspace():
                    first += 1
                while first < last and self.text[last - 1].isspace():
                    last -= 1
                if first < last:
                    made.append((first, last))
        return tuple(sorted(made))


def _page(text: str, paragraphs: Iterable[Span]) -> _Page:
    pieces: list[str] = []
    held = []
    at = 0
    for start, end in paragraphs:
        words = re.sub(r"\s", " ", text[start:end]).translate(_STRANGE)
        words = "＃" + words[1:] if words.startswith("#") else words
        held.append(((start, end), at))
        pieces.append(words)
        at += len(words) + 1
    return _Page("\n".join(pieces), tuple(held))


def _spans(statement: Statement, name: str) -> list[Span]:
    return [(one.start, one.end) for one in getattr(statement, name)]


def lesson_from(text: str, paragraphs: Sequence[Span], judged: Sequence[Judged], head: Mapping[str, str]) -> Lesson:
    """The lesson that decisions about one text make; ``paragraphs`` are spans of ``text``, ``judged`` all suggestions.

    ``head`` begins the header of the marked text.
    """
    whole = _trimmed(text, paragraphs)
    chosen: set[int] = set()
    taken: list[Judged] = []
    bare: set[str] = set()
    open_beside = unfit = 0
    for places, group in _groups(whole, judged):
        decided = [one for one in group if one.judgement is not Judgement.OPEN]
        page = _page(text, [whole[place] for place in sorted(places)])
        if len(decided) < len(group):
            open_beside += len(decided)
        elif not places or (plain := _fitting(page, decided)) is None:
            unfit += len(decided)
        else:
            chosen |= places
            taken += decided
            bare |= plain
    out: dict[Judgement, int] = dict.fromkeys(Judgement, 0)
    for one in taken:
        out[one.judgement] += 1
    marked = None
    if chosen:
        page = _page(text, [whole[place] for place in sorted(chosen)])
        marked = _marked(page, taken, head, plain=bare)
    return Lesson(marked=marked, paragraphs=len(chosen), out=out, open_beside=open_beside, unfit=unfit)


def _trimmed(text: str, paragraphs: Iterable[Span]) -> list[Span]:
    """The paragraphs in order, without outer spaces, none over another."""
    made: list[Span] = []
    for low, end in sorted(set(paragraphs)):
        start = max(low, made[-1][1]) if made else low
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        if words.strip():
            made.append((start, start + len(words.strip())))
    return made


def _groups(paragraphs: Sequence[Span], judged: Sequence[Judged]) -> list[tuple[set[int], list[Judged]]]:
    """Suggestions that share paragraphs, with those paragraphs' numbers, in the order of the text."""
    groups: list[tuple[set[int], list[Judged]]] = []
    for one in judged:
        spans = [span for said in {one.statement, one.stands} for name, _ in _CORE for span in _spans(said, name)]
        places = {
            number
            for number, (start, end) in enumerate(paragraphs)
            if any(first < end and start < last for first, last in spans)
        }
        members = [one]
        apart = []
        for group in groups:
            if group[0] & places:
                places |= group[0]
                members = group[1] + members
            else:
                apart.append(group)
        groups = [*apart, (places, members)]
    return sorted(groups, key=lambda group: min(group[0], default=-1))


def _fitting(page: _Page, judged: Sequence[Judged]) -> frozenset[str] | None:
    """Ids of statements that must do without their lesser parts; ``None`` where even the main parts do not fit."""
    plain: set[str] = set()
    for without in (False, True):
        if without:
            plain = {one.statement.id for one in judged}
        try:
            made = _marked(page, judged, {}, plain=plain)
        except AttributeRoomError:
            continue
        standing = [one for one in judged if one.judgement is not Judgement.REJECTED]
        if len(made.statements) == len(standing):
            return frozenset(plain)
    return None


def _marked(page: _Page, judged: Sequence[Judged], head: Mapping[str, str], *, plain: Iterable[str]) -> MarkedText:
    """The marked text, read back from what will be written, so that it is what a reader gets."""
    kept = sorted(
        (one for one in judged if one.judgement is not Judgement.REJECTED),
        key=lambda one: min(start for name, _ in _CORE for start, _ in [*_spans(one.stands, name), (1 << 60, 0)]),
    )
    bare = frozenset(plain)
    rejected = [
        {"act": one.statement.act.value}
        | {name: [list(span) for span in page.spans(_spans(one.statement, name))] for name, _ in _CORE}
        for one in judged
        if one.judgement is Judgement.REJECTED
    ]
    marked = MarkedText(
        head=dict(head) | ({"rejected": json.dumps(rejected)} if rejected else {}),
        text=page.text,
        statements=tuple(
            _mark(page, one.stands, number, bare=one.statement.id in bare) for number, one in enumerate(kept, start=1)
        ),
    )
    return read_marked(write_marked(marked))


def _mark(page: _Page, statement: Statement, number: int, *, bare: bool) -> MarkedStatement:
    fields: dict[str, Any] = {
        mark: page.spans(_spans(statement, name)) for mark, name in (_CORE if bare else _CORE + _REST)
    }
    kind = statement.source_type
    return MarkedStatement(
        number=number,
        **fields,
        act=statement.act.value if fields["cue"] else "",
        type=kind.value if fields["source"] and kind is not SourceType.NONE else "",
        negative=statement.polarity is Polarity.NEGATIVE and bool(fields["cue"]),
    )


def rejected_in(marked: MarkedText) -> tuple[Said, ...]:
    """The rejected suggestions that the header lists; none where it lists none.

    Raises :class:`AttributeRoomError` for a list that cannot be read.
    """

    def spans(value: object) -> Spans:
        if not isinstance(value, list):
            raise TypeError("not a list of spans")
        return tuple((int(start), int(end)) for start, end in value)

    try:
        listed = json.loads(marked.head.get("rejected", "[]"))
        return tuple(
            Said(content=spans(one["content"]), cue=spans(one["cue"]), source=spans(one["source"])) for one in listed
        )
    except (ValueError, KeyError, TypeError) as err:
        raise AttributeRoomError(
            f"the header's list of rejected suggestions cannot be read: {err}", hint="export the texts anew"
        ) from err
