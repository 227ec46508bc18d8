"""A finder's drafts and the rules' drafts, made one set.

- The finder leads; the rules fill places where it saw nothing: by the surer rules, and within what is said by all.
- Every draft keeps a reason a person can read: who found it, and whether the rules saw the same.

Example::

    merged(text, tagged, ruled)  ->  drafts in the order of the text, none twice
"""

import bisect
import dataclasses
import re
from collections.abc import Sequence

from quoth.attribute.drafts import Draft, Span
from quoth.record.statement import Act

__all__ = ["LEVELS", "agreement", "merged"]

LEVELS = ("alone", "near", "content", "whole")
"""What the rules say of a draft: they saw nothing, something else, the same content, the same whole."""
_FILLS = frozenset(
    [
        "silence",
        "refusal",
        "details withheld, nobody named",
        "question beside its answer",
        "quotation, then a name after a dash",
        "quotation after a sentence that leads to it",
        "quotation after a speaker and a colon",
        "offer of evidence",
        "handing over inside a statement",
        "Chinese cue with what is said",
        "Chinese quotation with its cue",
        "Chinese source in a frame",
        "Chinese silence or refusal",
        "Chinese passive",
        "Chinese noun cue",
        "Chinese report or rumour",
        "Chinese speaker and a colon",
        "quotation + inverted cue",
        "quotation + cue after it",
        "turn of a transcript",
    ]
)
"""Rules that may add a draft where the finder saw none."""
_PASSIVE = frozenset(["passive cue with its agent", "passive cue with an addressee"])
_WORD = re.compile(r"\w+")
_SAME = 0.8


def merged(text: str, found: Sequence[Draft], ruled: Sequence[Draft]) -> list[Draft]:
    """The drafts of both, in the order of their cues."""
    near = _Near(text, ruled)
    passive = {draft.cue[0]: draft for draft in ruled if draft.cue and draft.rule in _PASSIVE}
    found = [_turned(draft, passive.get(draft.cue[0])) if draft.cue else draft for draft in found]
    drafts = [dataclasses.replace(draft, rule=_why(draft, near.agrees(draft))) for draft in found]
    seen = _Near(text, found)
    drafts += [
        draft
        for draft in ruled
        if (draft.rule in _FILLS or draft.act is Act.RUMOUR or seen.holds(draft)) and seen.free(draft)
    ]
    return sorted(drafts, key=lambda draft: (draft.cue or draft.content[0], draft.content))


def _turned(draft: Draft, passive: Draft | None) -> Draft:
    """In "X was asked by Y" the rules know who asks and who is asked; the finder's other parts stay."""
    if passive is None or draft.act is not Act.ASK:
        return draft
    return dataclasses.replace(
        draft, source=passive.source, addressee=passive.addressee, content=passive.content, kind=None
    )


def agreement(text: str, found: Sequence[Draft], ruled: Sequence[Draft]) -> list[str]:
    """For each of ``found`` what the rules say of it: one of :data:`LEVELS`."""
    near = _Near(text, ruled)
    return [near.agrees(draft) for draft in found]


def _why(draft: Draft, level: str) -> str:
    said = {
        "alone": "the rules saw nothing here",
        "near": "the rules read it otherwise",
        "content": "the rules found the same content",
        "whole": "the rules found the same",
    }
    return f"{draft.rule}; {said[level]}"


class _Near:
    """Drafts by place, so that those that touch one are found without looking at all."""

    def __init__(self, text: str, drafts: Sequence[Draft]) -> None:
        self._text = text
        self._drafts = sorted(drafts, key=_start)
        self._starts = [_start(draft) for draft in self._drafts]
        self._reach: list[int] = []
        for draft in self._drafts:
            self._reach.append(max(_end(draft), self._reach[-1] if self._reach else 0))
        self._words: dict[tuple[Span, ...], frozenset[int]] = {}

    def _touching(self, draft: Draft) -> list[Draft]:
        low, high = _start(draft), _end(draft)
        index = bisect.bisect_left(self._starts, high) - 1
        found = []
        for _ in range(64):
            if index < 0 or self._reach[index] <= low:
                break
            if _end(self._drafts[index]) > low:
                found.append(self._drafts[index])
            index -= 1
        return found

    def _said(self, draft: Draft) -> frozenset[int]:
        """The words of the draft's content; each draft is asked about often."""
        if draft.content not in self._words:
            self._words[draft.content] = _words(self._text, draft.content)
        return self._words[draft.content]

    def agrees(self, draft: Draft) -> str:
        """The best level of agreement with any draft here."""
        best = "alone"
        words = self._said(draft)
        for other in self._touching(draft):
            theirs = self._said(other)
            if not words & theirs:
                continue
            if 2 * len(words & theirs) < _SAME * (len(words) + len(theirs)):
                best = "near" if best == "alone" else best
            elif _source(self._text, draft) & _source(self._text, other) or draft.source == other.source:
                return "whole"
            else:
                best = "content"
        return best

    def holds(self, draft: Draft) -> bool:
        """Whether this draft lies whole within the content of one here: what is said inside what is said."""
        low, high = _start(draft), _end(draft)
        return any(
            other.cue is not None and any(start <= low and high <= end for start, end in other.content)
            for other in self._touching(draft)
        )

    def free(self, draft: Draft) -> bool:
        """Whether no draft here has its cue in this one's, or shares its content by half."""
        words = self._said(draft)
        for other in self._touching(draft):
            if draft.cue and other.cue and draft.cue[0] < other.cue[1] and other.cue[0] < draft.cue[1]:
                return False
            theirs = self._said(other)
            inner = other.cue and any(s <= other.cue[0] and other.cue[1] <= e for s, e in draft.content)
            outer = draft.cue and any(s <= draft.cue[0] and draft.cue[1] <= e for s, e in other.content)
            if words & theirs and not inner and not outer:
                return False
        return True


def _start(draft: Draft) -> int:
    return min(span[0] for span in (draft.cue, draft.source, *draft.content) if span)


def _end(draft: Draft) -> int:
    return max(span[1] for span in (draft.cue, draft.source, *draft.content) if span)


def _words(text: str, spans: Sequence[Span]) -> frozenset[int]:
    return frozenset(match.start() for start, end in spans for match in _WORD.finditer(text, start, end))


def _source(text: str, draft: Draft) -> frozenset[int]:
    return _words(text, [draft.source] if draft.source else [])
