"""The tagger as a finder of drafts, with calibrated confidence.

- Confidence is a logistic reading of what the network was sure of, fitted on the development split.
- Where the rules found the same, or something else, at the same place, that counts too.

Example::

    TaggerFinder(load()).find(text, paragraphs, ruled)[0].sure  ->  874
"""

import bisect
import dataclasses
import functools
import math
import re
from collections.abc import Sequence

from quoth.attribute.decode import Found
from quoth.attribute.drafts import Draft, Span
from quoth.attribute.merge import LEVELS, agreement
from quoth.attribute.roles import ACTS, TYPES
from quoth.attribute.tagger import Tagger, load
from quoth.errors import AttributeRoomError
from quoth.record.statement import Act, SourceType

__all__ = ["FEATURES", "TaggerFinder", "draft_of", "features", "shipped"]

_LEAST_INSIDE = 120
"""Least confidence, in thousandths, of a draft that lies within another's content: a chain wants all its links."""
_ACT_SURE = 0.7
FEATURES = 11
"""Numbers that :func:`features` gives; a constant weight comes on top."""


def features(found: Found, level: str) -> tuple[float, ...]:
    """What the confidence is read from, each about -3 to 3; ``level`` is what the rules say of it."""
    content, source, cue, edge, outside, words = found.sure
    return (
        _logit(found.anchor),
        _logit(content),
        _logit(source) if found.source else 0.0,
        0.0 if found.source else 1.0,
        _logit(cue) if found.cue else 0.0,
        _logit(edge),
        _logit(outside),
        math.log(max(1.0, words)) - 2.5,
        *(1.0 if level == other else 0.0 for other in LEVELS[1:]),
    )


class _Held:
    """Contents of the surer drafts, to see quickly whether another lies within one."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)
        self._reach: list[int] = []
        for _, end in self._spans:
            self._reach.append(max(end, self._reach[-1] if self._reach else 0))

    def holds(self, draft: Draft) -> bool:
        """Whether the cue, or what stands for it, lies within a content that is not the draft's own."""
        start, end = draft.cue or draft.content[0]
        index = bisect.bisect_right(self._spans, (start, 1 << 60)) - 1
        return index >= 0 and self._reach[index] >= end


def _logit(share: float) -> float:
    bounded = min(0.999, max(0.001, share))
    return math.log(bounded / (1.0 - bounded))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TaggerFinder:
    """The tagger behind the door that all finders share."""

    tagger: Tagger

    @property
    def tool(self) -> str:
        """Name in the records."""
        return "quoth.attribute.tagger"

    @property
    def version(self) -> str:
        """Version of the weights."""
        return self.tagger.version

    def find(self, text: str, paragraphs: Sequence[Span], ruled: Sequence[Draft]) -> list[Draft]:
        """Drafts in the order of the text."""
        read = self.tagger.read(text, paragraphs, ruled)
        drafts = [draft_of(found) for found in read]
        levels = agreement(text, drafts, ruled)
        acts = {draft.cue: draft.act for draft in ruled if draft.cue is not None}
        drafts = [
            dataclasses.replace(
                draft,
                confidence=self._confidence(found, level),
                act=_act(
                    found,
                    acts.get(draft.cue) if draft.cue else None,
                    draft.act,
                    silent=draft.cue is not None and _SILENT.search(text, *draft.cue) is not None,
                ),
            )
            for draft, found, level in zip(drafts, read, levels, strict=True)
        ]
        held = [span for draft in drafts if draft.sure >= self.tagger.least for span in draft.content]
        inside = _Held(held)
        drafts = [
            draft
            for draft in drafts
            if draft.sure >= self.tagger.least or (draft.sure >= _LEAST_INSIDE and inside.holds(draft))
        ]
        return sorted(drafts, key=lambda draft: (draft.cue or draft.content[0], draft.content))

    def _confidence(self, found: Found, level: str) -> int:
        weights = self.tagger.calibration
        share = found.anchor * found.sure[0]
        if weights:
            odds = weights[0] + sum(w * x for w, x in zip(weights[1:], features(found, level), strict=True))
            share = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))
        return max(1, min(999, round(1000 * share)))


def _act(found: Found, ruled: Act | None, tagged: Act, *, silent: bool) -> Act:
    """The network's act, or the lexicon's where the network is unsure; not to answer is to decline, not to deny."""
    if silent and tagged is Act.DENY:
        return Act.DECLINE
    return ruled if ruled is not None and found.act_sure < _ACT_SURE else tagged


_SILENT = re.compile(
    r"\b(?:not|n['’]t|never|nor)\b.*\b(?:answer|comment|discuss|respond|reply|say|explain|tell)\b", re.IGNORECASE
)


def draft_of(found: Found) -> Draft:
    """The reading as a draft; its confidence is still to be given."""
    return Draft(
        source=found.source,
        cue=found.cue,
        content=found.content,
        act=Act(ACTS[found.act]),
        rule=f"tagger: cue {found.anchor:.2f}, content {found.sure[0]:.2f}, source {found.sure[1]:.2f}",
        addressee=found.addressee,
        medium=found.medium,
        when=found.when,
        where=found.place,
        negative=found.negative >= 0.5,
        kind=SourceType(TYPES[found.type]) if found.source else SourceType.NONE,
        confidence=500,
    )


@functools.lru_cache(maxsize=1)
def shipped() -> TaggerFinder | None:
    """The tagger that ships, or ``None`` where its weights or its libraries are not there."""
    try:
        return TaggerFinder(tagger=load())
    except AttributeRoomError:
        return None
