"""Which statements put the same proposition, by their words.

- Nearly the same words (three quarters of all content words) put the same proposition, whoever
  says so; so does the same quotation.
- A shorter wording within a longer one (six tenths of its content words) counts only where the
  origin is the same, the texts are copies, or one statement stands within the other.
- A different number of negations, or figures that have nothing in common, keeps two apart: a
  machine must not turn "there was no list" into support for "there was a list".
- A statement and what somebody says within it are two propositions ("she said that he had told them P"
  and P): they never meet in one group, whatever else is alike. The most alike meet first.
- Requests for comment are no propositions.

Example::

    groups(sayings, lambda one, two: one.origin == two.origin)  # ((0, 3), (1,), (2,))
"""

import dataclasses
import math
from collections import Counter
from collections.abc import Callable, Sequence

from quoth.weigh.words import content_words, figures, negations

__all__ = ["NEARLY_SAME", "WITHIN", "Saying", "alike", "groups", "overlap", "saying"]

NEARLY_SAME = 0.75
"""Share of all content words that two wordings hold in common, whoever says them."""

WITHIN = 0.6
"""Share of the shorter wording's content words, where origin or text is the same."""

_LEAST = 3
_LEAST_WITHIN = 4
_CROWD = 200


@dataclasses.dataclass(frozen=True, slots=True)
class Saying:
    """The content of one statement as it is compared."""

    words: frozenset[str]
    figures: frozenset[str]
    negations: int


def saying(text: str) -> Saying:
    """``text`` as it is compared."""
    return Saying(frozenset(content_words(text)), figures(text), negations(text))


def overlap(one: Saying, two: Saying) -> tuple[float, float]:
    """Common content words as a share of all, and of the shorter wording."""
    common = len(one.words & two.words)
    least = min(len(one.words), len(two.words))
    return (common / len(one.words | two.words), common / least) if least else (0.0, 0.0)


def alike(one: Saying, two: Saying, *, related: bool) -> bool:
    """Whether two wordings put the same proposition; ``related``: same origin, copied text or nested."""
    if min(len(one.words), len(two.words)) < _LEAST or one.negations % 2 != two.negations % 2:
        return False
    if one.figures and two.figures and not one.figures & two.figures:
        return False
    of_all, of_shorter = overlap(one, two)
    if of_all >= NEARLY_SAME:
        return True
    return related and of_shorter >= WITHIN and min(len(one.words), len(two.words)) >= _LEAST_WITHIN


def groups(
    sayings: Sequence[Saying], related: Callable[[int, int], bool], *, apart: Sequence[frozenset[int]] = ()
) -> tuple[tuple[int, ...], ...]:
    """Places in ``sayings`` that put the same proposition, each place in one group, all rising.

    ``related`` is asked only about places that share words. Of a word that more than 200 hold, the
    first 200 are compared; equal wordings always meet. ``apart`` holds for each place those that it never
    shares a group with.
    """
    parent = list(range(len(sayings)))
    members = [{place} for place in parent]
    barred = [set(apart[place]) if apart else set() for place in parent]

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for left, right in _neighbours(sayings):
        low, high = sorted((root(left), root(right)))
        if low == high or barred[low] & members[high] or barred[high] & members[low]:
            continue
        if alike(sayings[left], sayings[right], related=related(left, right)):
            parent[high] = low
            members[low] |= members[high]
            barred[low] |= barred[high]
    made: dict[int, list[int]] = {}
    for place in range(len(sayings)):
        made.setdefault(root(place), []).append(place)
    return tuple(tuple(made[key]) for key in sorted(made))


def _neighbours(sayings: Sequence[Saying]) -> list[tuple[int, int]]:
    """Pairs that share two of the rarest words of one of them, as many words as a pair at :data:`WITHIN` needs.

    The most alike come first.
    """
    holders: dict[str, list[int]] = {}
    for place, one in enumerate(sayings):
        for word in one.words:
            holders.setdefault(word, []).append(place)
    pairs: set[tuple[int, int]] = set()
    firsts: dict[frozenset[str], int] = {}
    for place, one in enumerate(sayings):
        if firsts.setdefault(one.words, place) != place:
            pairs.add((firsts[one.words], place))
        ranked = sorted(one.words, key=lambda word: (len(holders[word]), word))
        needed = len(ranked) - math.ceil(WITHIN * len(ranked)) + 2
        shared = Counter(other for word in ranked[:needed] for other in holders[word][:_CROWD])
        pairs.update((min(place, other), max(place, other)) for other, n in shared.items() if n > 1 and other != place)
    return sorted(pairs, key=lambda pair: (*(-share for share in overlap(sayings[pair[0]], sayings[pair[1]])), pair))
