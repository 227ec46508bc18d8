"""Claims, their origins, and the routes on which they reach us.

- A claim is a proposition that statements support, deny or leave open; nobody decides it here.
- Origins count, outlets do not: ten reports of one spokesman are one origin.

Example::

    Claim(id="l-…", proposition="The ledger was handed over",
          stances=(StatementStance(statement="s-…", stance=Stance.ASSERTS),))
"""

import dataclasses
import enum

__all__ = ["Claim", "Origin", "OriginKind", "Route", "Stance", "StatementStance"]


class Stance(enum.Enum):
    """What a statement does with a proposition."""

    ASSERTS = "asserts"
    DENIES = "denies"
    DOUBTS = "doubts"
    ASKS = "asks"
    REPORTS = "reports"
    WOULD_NOT_SAY = "would-not-say"


class OriginKind(enum.Enum):
    """What an origin is to us."""

    HELD = "held"
    CITED = "cited"
    NAMED = "named"
    ANONYMOUS = "anonymous"
    EDITORIAL = "editorial"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StatementStance:
    """One statement and its stance towards the claim."""

    statement: str
    stance: Stance


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where support comes from in the end: one speaker, document or recording."""

    id: str
    label: str
    kind: OriginKind
    statements: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One way from an origin to us: the exhibits passed, outermost first, and why they are one."""

    origin: str
    through: tuple[str, ...]
    statements: tuple[str, ...]
    reason: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A proposition, the statements about it, its origins and routes."""

    id: str
    proposition: str
    stances: tuple[StatementStance, ...]
    origins: tuple[Origin, ...] = ()
    routes: tuple[Route, ...] = ()
    decided_by: str = ""
    reason: str = ""
