"""Assessments: a named person's opinion on an exhibit, source or claim.

Two experts on the same tapes are two assessments of one origin.

Example::

    Assessment(id="a-…", by="Ines Halvard", on="six recordings", basis="listened to the calls", statement="s-…")
"""

import dataclasses

from quoth.terms.when import When

__all__ = ["Assessment"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Who judges what, on what basis, when, and how they stand to the subject."""

    id: str
    by: str
    on: str
    opinion: str
    basis: str = ""
    when: When | None = None
    relation: str = ""
    statement: str = ""
