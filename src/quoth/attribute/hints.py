"""What the rules read, as hints to the tagger.

- Each piece knows which part it is of any draft of the rules; each anchor knows the draft whose cue it stands in.
- Hints are left out for some lessons, so that the tagger can also do without.

Example::

    Hints.of(window, drafts).rows(np.array([4]))  ->  what the rules make of each piece, for the anchor at piece 4
"""

import bisect
import dataclasses
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from quoth.attribute.drafts import Draft
from quoth.attribute.pieces import Window

__all__ = ["HINTS", "Hints", "Spread"]

HINTS = 5
"""Values of a hint: 0 nothing, 1 cue, 2 content, 3 source; for an anchor 4 where the rules have no draft."""
_CUE, _CONTENT, _SOURCE, _NO_DRAFT = 1, 2, 3, 4


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hints:
    """Hints for one window: ``pieces`` [T], ``owners`` [T] (which draft's cue, or -1), ``drafts`` [D + 1, T]."""

    pieces: NDArray[np.int64]
    owners: NDArray[np.int64]
    drafts: NDArray[np.int64]

    @classmethod
    def none(cls, length: int) -> "Hints":
        """No hints at all."""
        return cls(
            pieces=np.zeros(length, dtype=np.int64),
            owners=np.full(length, -1, dtype=np.int64),
            drafts=np.zeros((1, length), dtype=np.int64),
        )

    @classmethod
    def of(cls, window: Window, drafts: Sequence[Draft]) -> "Hints":
        """The hints that ``drafts`` (in the order of the text) give for ``window``."""
        length = len(window.ids)
        real = window.starts >= 0
        low, high = int(window.starts[real].min()), int(window.ends.max())
        near = [draft for draft in drafts if _within(draft, low, high)]
        near.sort(key=lambda draft: -sum(end - start for start, end in draft.content))
        rows = np.zeros((len(near) + 1, length), dtype=np.int64)
        rows[-1] = _NO_DRAFT
        pieces = np.zeros(length, dtype=np.int64)
        owners = np.full(length, -1, dtype=np.int64)
        for index, draft in enumerate(near):
            for spans, value in ((draft.content, _CONTENT), ((draft.source,), _SOURCE), ((draft.cue,), _CUE)):
                for span in spans:
                    if span is None:
                        continue
                    held = (window.starts < span[1]) & (window.ends > span[0]) & real
                    rows[index, held] = value
                    pieces[held] = value
                    if value == _CUE or (draft.cue is None and value == _SOURCE):
                        owners[held] = index
        return cls(pieces=pieces, owners=owners, drafts=rows)

    def rows(self, anchors: NDArray[np.int64]) -> NDArray[np.int64]:
        """Hints [A, T] for the anchors at these pieces."""
        return self.drafts[self.owners[anchors]]


class Spread:
    """Drafts by place, so that each window looks only at its own."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._drafts = sorted(drafts, key=_place)
        self._starts = [_place(draft) for draft in self._drafts]

    def hints(self, window: Window) -> Hints:
        """The hints for one window."""
        real = window.starts >= 0
        low, high = int(window.starts[real].min()), int(window.ends.max())
        first = max(0, bisect.bisect_left(self._starts, low) - 1)
        return Hints.of(window, self._drafts[first : bisect.bisect_left(self._starts, high)])


def _place(draft: Draft) -> int:
    return (draft.cue or draft.source or draft.content[0])[0]


def _within(draft: Draft, low: int, high: int) -> bool:
    place = draft.cue or draft.source or draft.content[0]
    return place[0] < high and place[1] > low
