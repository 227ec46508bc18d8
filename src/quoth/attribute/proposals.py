"""What an outside engine proposes, held against the text word by word.

- A proposal is words of one paragraph, with a place or without; without one they must stand there once.
- What does not stand verbatim, or contradicts itself or another, is refused with its reason: never mended.
- Words count as whole words: "he" does not stand in "the".

Example::

    verified("Holt said no.", [(0, 13)], proposal)  ->  a Draft, or a Refused with its reason
"""

import dataclasses
import itertools
from collections.abc import Iterable, Sequence
from typing import Protocol, runtime_checkable

from quoth.attribute.drafts import Draft, Span
from quoth.record.statement import Act

__all__ = ["UNMEASURED", "Checked", "Letter", "Outside", "Proposal", "Refused", "Sender", "Words", "verified"]

UNMEASURED = 500
"""Thousandths for every draft of an outside engine: how often it is right was not measured here."""
_SILENT = frozenset([Act.NO_RESPONSE, Act.DECLINE])
"""Acts that need no content: "did not respond"."""
_NEIGHBOURS = 64
"""How many accepted drafts of the paragraph a new one is compared with."""
_UNSPACED = "\u2e80"
"""From here on scripts write no spaces between words."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words of the text; ``at`` is their place in the paragraph in characters, where the engine gives one."""

    words: str
    at: int | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One statement as an outside engine gives it; ``paragraph`` counts those that were searched, from 0.

    ``sentence`` are words around the parts that stand once in the paragraph: parts without a place are
    looked for there first. ``rule`` says in plain words who proposes it and why.
    """

    paragraph: int
    content: tuple[Words, ...]
    act: Act
    rule: str
    source: Words | None = None
    cue: Words | None = None
    addressee: Words | None = None
    medium: Words | None = None
    sentence: str = ""
    negative: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A proposal that was not taken: its words as the engine gave them, and why."""

    words: str
    reason: str


class Outside(Protocol):
    """An engine that is not ours: it proposes, and is not believed."""

    @property
    def tool(self) -> str:
        """Name of the tool."""
        ...

    @property
    def version(self) -> str:
        """Version of the tool with its model."""
        ...

    def propose(self, text: str, paragraphs: Sequence[Span]) -> Iterable[Proposal | Refused]:
        """What it finds; ``paragraphs`` are spans of ``text``. Raises ``AttributeRoomError`` when it cannot work."""
        ...


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One request of an engine elsewhere: its body as it would leave, and which paragraphs it holds.

    ``paragraphs`` are pairs of number (from 0) and span of characters.
    """

    body: bytes
    paragraphs: tuple[tuple[int, Span], ...]


@runtime_checkable
class Sender(Outside, Protocol):
    """An outside engine that is not on this machine: it can show what it would send."""

    def letters(self, text: str, paragraphs: Sequence[Span]) -> tuple[Letter, ...]:
        """What would leave for ``text``: the same bytes every time, as only what was shown may go."""
        ...


class _RefusedError(Exception):
    """Ends the look at one proposal with the reason."""


class Checked:
    """An outside engine as a finder: only what stands in the text gets through.

    What was refused is held until :meth:`told` takes it, document by document.
    """

    def __init__(self, outside: Outside) -> None:
        self.outside = outside
        self._refused: list[Refused] = []
        self._taken = 0

    @property
    def tool(self) -> str:
        """Name of the engine in the records."""
        return self.outside.tool

    @property
    def version(self) -> str:
        """Version of the engine with its model."""
        return self.outside.version

    def find(self, text: str, paragraphs: Sequence[Span], ruled: Sequence[Draft]) -> list[Draft]:  # noqa: ARG002 - outside engines see no rules
        """The proposals that hold, in the order of the text; the others are kept for :meth:`told`."""
        found: dict[int, list[tuple[Draft, str]]] = {}
        refused: list[Refused] = []
        for one in self.outside.propose(text, paragraphs):
            made = one if isinstance(one, Refused) else verified(text, paragraphs, one)
            if isinstance(made, Refused):
                refused.append(made)
            elif isinstance(one, Proposal):
                found.setdefault(one.paragraph, []).append((made, _said(one)))
        drafts = [draft for place in sorted(found) for draft in _agreeing(found[place], refused)]
        self._taken += len(drafts)
        self._refused += refused
        return drafts

    def told(self) -> tuple[int, tuple[Refused, ...]]:
        """How many proposals were taken and which were refused since the last call."""
        counted = self._taken, tuple(self._refused)
        self._taken, self._refused = 0, []
        return counted


def _agreeing(proposed: Sequence[tuple[Draft, str]], refused: list[Refused]) -> list[Draft]:
    """The drafts of one paragraph that contradict none before them; the others go to ``refused``."""
    kept: list[Draft] = []
    for draft, words in sorted(proposed, key=lambda pair: _place(pair[0])):
        against = next((why for other in kept[-_NEIGHBOURS:] if (why := _contradiction(draft, other))), "")
        if against:
            refused.append(Refused(words=words, reason=against))
        else:
            kept.append(draft)
    return kept


def verified(text: str, paragraphs: Sequence[Span], proposal: Proposal) -> Draft | Refused:
    """``proposal`` as a draft with spans of ``text``, or the reason why it is refused.

    1. The paragraph is one of those searched. 2. It says somebody and something. 3. Every part stands
    verbatim in that paragraph, at its place or once. 4. No part overlaps another. 5. The parts of the
    content stand in the order of the text.
    """
    try:
        return _draft(text, paragraphs, proposal)
    except _RefusedError as err:
        return Refused(words=_said(proposal), reason=str(err))


def _draft(text: str, paragraphs: Sequence[Span], proposal: Proposal) -> Draft:
    # 1. The paragraph is one of those searched.
    if not 0 <= proposal.paragraph < len(paragraphs):
        raise _RefusedError("it names a paragraph that was not given")
    # 2. It says somebody and something.
    if proposal.cue is None and proposal.source is None:
        raise _RefusedError("it has neither a source nor a cue")
    if not proposal.content and not (proposal.cue and proposal.act in _SILENT):
        raise _RefusedError("it has no content")
    # 3. Every part stands verbatim in that paragraph.
    place = paragraphs[proposal.paragraph]
    near = _find(text, place, Words(words=proposal.sentence), name="sentence") if proposal.sentence else None

    def part(words: Words | None, name: str) -> Span | None:
        return None if words is None else _find(text, place, words, name=name, near=near)

    source, cue = part(proposal.source, "source"), part(proposal.cue, "cue")
    addressee, medium = part(proposal.addressee, "addressee"), part(proposal.medium, "medium")
    content = tuple(_find(text, place, words, name="content", near=near) for words in proposal.content)
    # 4. No part overlaps another.
    named = {"source": source, "cue": cue, "addressee": addressee, "medium": medium}
    parts = [(name, span) for name, span in named.items() if span] + [("content", span) for span in content]
    for (name, span), (other, taken) in itertools.combinations(parts, 2):
        if span[0] < taken[1] and taken[0] < span[1]:
            raise _RefusedError(f"its {name} and its {other} overlap")
    # 5. The parts of the content stand in the order of the text.
    if list(content) != sorted(content):
        raise _RefusedError("the parts of its content are not in the order of the text")
    return Draft(
        source=source,
        cue=cue,
        content=content,
        act=proposal.act,
        rule=proposal.rule,
        addressee=addressee,
        medium=medium,
        negative=proposal.negative,
        confidence=UNMEASURED,
    )


def _find(text: str, place: Span, words: Words, *, name: str, near: Span | None = None) -> Span:
    """Where ``words`` stand within ``place``; in ``near`` first, where they have no place of their own."""
    plain = words.words
    if not plain or plain != plain.strip():
        raise _RefusedError(f"its {name} is empty" if not plain.strip() else f"its {name} begins or ends with a space")
    if words.at is not None:
        start = place[0] + words.at
        whole = words.at >= 0 and start + len(plain) <= place[1] and _whole(text, start, start + len(plain))
        if not whole or text[start : start + len(plain)] != plain:
            raise _RefusedError(f"its {name} does not stand at the place given")
        return start, start + len(plain)
    for scope in (near, place):
        found = _occurrences(text, scope, plain) if scope else []
        if len(found) > 1:
            raise _RefusedError(f"its {name} stands there more than once: which is meant cannot be told")
        if found:
            return found[0], found[0] + len(plain)
    raise _RefusedError(f"its {name} does not stand in the paragraph")


def _occurrences(text: str, scope: Span, words: str) -> list[int]:
    """Where ``words`` stand as whole words; two places are enough to know that it is not one."""
    found: list[int] = []
    at = text.find(words, *scope)
    while at >= 0 and len(found) < 2:
        if _whole(text, at, at + len(words)):
            found.append(at)
        at = text.find(words, at + 1, scope[1])
    return found


def _whole(text: str, start: int, end: int) -> bool:
    return not (_joined(text[start - 1 : start], text[start]) or _joined(text[end - 1], text[end : end + 1]))


def _joined(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum() and left < _UNSPACED and right < _UNSPACED


def _place(draft: Draft) -> tuple[Span, tuple[Span, ...]]:
    return draft.cue or draft.content[0], draft.content


def _contradiction(draft: Draft, other: Draft) -> str:
    """Why the two cannot both stand, or empty."""
    if draft.cue and other.cue and draft.cue[0] < other.cue[1] and other.cue[0] < draft.cue[1]:
        same = draft.cue == other.cue and draft.content == other.content and draft.source == other.source
        return "it was proposed twice" if same else "its cue is taken by another proposal"
    if not draft.cue and draft.content == other.content and draft.source == other.source:
        return "it was proposed twice"
    for a, b in itertools.product(draft.content, other.content):
        if a[0] < b[0] < a[1] < b[1] or b[0] < a[0] < b[1] < a[1]:
            return "its content crosses that of another proposal"
    return ""


def _said(proposal: Proposal) -> str:
    parts = (proposal.source, proposal.cue, *proposal.content)
    return " | ".join(part.words for part in parts if part is not None)
