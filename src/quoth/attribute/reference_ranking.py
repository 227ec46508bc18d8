"""Whom "he" or "she" may mean: candidates, their features, their order.

- Nobody whom the text calls by the other word is a candidate; a first name only weighs.
- Weights are whole numbers in ``reference.toml``, fitted by ``training/train_reference.py``.
- The share of the first among all candidates says how sure it is; below a bar nobody is named.

Example::

    ranked([orrin, wells], spot)  ->  [(1840, orrin), (-310, wells)]
"""

import dataclasses
import math
from collections.abc import Sequence

from quoth.attribute.cues import load_table
from quoth.attribute.reference_roster import Entity, EntityKind

__all__ = ["BAR", "FEATURES", "Spot", "features", "ranked", "share"]

_TABLE = load_table("reference.toml")
WEIGHTS: dict[str, int] = dict(_TABLE["weights"])
FEATURES = tuple(WEIGHTS)
"""Names of the features, in the order of :func:`features`."""
BAR = int(_TABLE["bar"]["pronoun"])
"""Thousandths of the whole that the first must have."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a pronoun stands: ``leader`` is who says the clause that it opens, ``spoke_last`` who spoke before."""

    pronoun: str
    sentence: int
    paragraph: int
    leader: Entity | None
    spoke_last: Entity | None
    excluded: Entity | None = None


def features(entity: Entity, spot: Spot, *, nearest: bool) -> tuple[int, ...]:
    """One whole number for each of :data:`FEATURES`; most are 0 or 1."""
    gap = spot.sentence - entity.sentence
    paragraphs = spot.paragraph - entity.paragraph
    return (
        int(entity.told == spot.pronoun),
        int(not entity.told and entity.hint == spot.pronoun),
        int(not entity.told and entity.hint not in ("", spot.pronoun)),
        int(gap <= 0),
        int(gap == 1),
        int(gap == 2),
        int(gap >= 4),
        int(paragraphs <= 0),
        int(paragraphs >= 2),
        int(entity.spoke),
        int(entity is spot.spoke_last),
        int(entity.subject),
        int(entity.oblique),
        int(nearest),
        min(5, entity.count.bit_length()),
        int(entity.kind == EntityKind.HUMAN),
        int(entity.quoted),
        int(entity is spot.leader),
        int(entity.by_pronoun),
        int(entity.kind == EntityKind.PERSON and entity.signs == 0),
    )


def ranked(recent: Sequence[Entity], spot: Spot) -> list[tuple[int, Entity]]:
    """Candidates among ``recent`` (latest first) with their scores in thousandths, best first."""
    other = {"he": "she", "she": "he"}[spot.pronoun]
    found = [
        entity
        for entity in recent
        if entity.human and entity.told != other and entity is not spot.excluded and not entity.nobody
    ]
    scored = []
    for place, entity in enumerate(found):
        values = features(entity, spot, nearest=place == 0)
        scored.append(
            (sum(value * WEIGHTS[name] for name, value in zip(FEATURES, values, strict=True)), -place, entity)
        )
    scored.sort(key=_score, reverse=True)
    return [(score, entity) for score, _, entity in scored]


def _score(entry: tuple[int, int, Entity]) -> tuple[int, int]:
    return entry[0], entry[1]


def share(ranking: Sequence[tuple[int, Entity]]) -> int:
    """What the first has of the whole, in thousandths; 0 where there is nobody."""
    if not ranking:
        return 0
    top = ranking[0][0]
    whole = sum(math.exp(max(-40.0, (score - top) / 1000)) for score, _ in ranking)
    return int(1000 / whole)
