"""Positions and who held them, with honest bounds.

- A bound is a When of its own; unknown is a value; "at the time" is kept as a note.

Example::

    Occupancy(id="o-…", position="q-…", party="y-…", as_of=When(…), words="then harbour master", mentions=("m-…",))
"""

import dataclasses

from quoth.terms.anchor import Extract
from quoth.terms.digest import Digest
from quoth.terms.when import When

__all__ = ["Occupancy", "Position"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """An office: its title, organisation and place; ``note`` where its name means two things."""

    id: str
    title: str
    organisation: str = ""
    place: str = ""
    note: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Occupancy:
    """Who held an office, as one text says: from, to, or known only at one time (``as_of``).

    ``ended`` is true where the text says that it is over ("former").
    """

    id: str
    position: str
    party: str
    rendition: Digest
    evidence: tuple[Extract, ...]
    start: When | None = None
    end: When | None = None
    as_of: When | None = None
    ended: bool = False
    confidence: int = 0
    reason: str = ""
