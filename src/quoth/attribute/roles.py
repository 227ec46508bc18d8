"""What the tagger tells apart, and how far pieces stand.

- Roles, acts and source types in a fixed order: the weights depend on it.
- Distances grow coarser with length; sentences count from the anchor's own.

Example::

    distance_buckets(np.array([4]), 10)  ->  each of 10 pieces, told from piece 4
"""

import numpy as np
from numpy.typing import NDArray

from quoth.record.statement import Act, SourceType

__all__ = ["ACTS", "DISTANCES", "ROLES", "SENTENCES", "TYPES", "distance_buckets", "sentence_buckets"]

ROLES = ("none", "cue", "content", "source", "addressee", "medium", "when", "place")
"""Classes of the pair head, in the order of its output."""
ACTS = tuple(act.value for act in Act)
TYPES = tuple(kind.value for kind in SourceType)
_EDGES = np.array([1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 26, 34, 46, 64, 90, 130, 190])
DISTANCES = 2 * (len(_EDGES) + 1)
"""How many buckets of distance there are: before the anchor, then at and after it."""
_FAR = 3
SENTENCES = 2 * _FAR + 1
"""How many buckets of sentence there are: three and more before the anchor's own up to three and more after."""


def distance_buckets(anchors: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    """Bucket [A, T] of each of ``length`` pieces, seen from each of ``anchors`` [A]."""
    away = np.arange(length)[None] - anchors[:, None]
    size = np.searchsorted(_EDGES, np.abs(away), side="right")
    buckets: NDArray[np.int64] = np.where(away < 0, len(_EDGES) - size, len(_EDGES) + 1 + size)
    return buckets


def sentence_buckets(anchors: NDArray[np.int64], sentences: NDArray[np.int64]) -> NDArray[np.int64]:
    """Bucket [A, T] of the sentence of each piece, seen from the sentence of each anchor."""
    away: NDArray[np.int64] = np.clip(sentences[None] - sentences[anchors][:, None], -_FAR, _FAR) + _FAR
    return away
