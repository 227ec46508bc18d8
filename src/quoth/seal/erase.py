"""What must go with a thing that is sealed or erased.

- Whatever was made from it goes: every step that took it, or took what such a step gave, in any version.
- An object that something else names as well stays: the same bytes came another way too.
- What people said goes where it names what goes: records of the exhibit, decisions about what was found in it.
- Only the class of the reason is kept; the reason itself may tell who is in danger.

Example::

    gone = reach(steps, start={exhibit.digest}, scopes={exhibit.id})
    objects = gone.objects - named_elsewhere
"""

import dataclasses
import enum
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from quoth.terms.digest import Digest

__all__ = ["CASE", "Reach", "Reason", "Step", "names_any", "reach"]

CASE = "case"
"""The scope of steps on the whole case."""


class Reason(enum.Enum):
    """Why something is erased: a class, and nothing more."""

    SOURCE_IN_DANGER = "source-in-danger"
    PRIVACY_LAW = "privacy-law"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    COURT_ORDER = "court-order"
    TAKEN_IN_BY_MISTAKE = "taken-in-by-mistake"
    NOT_NEEDED = "not-needed"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step done: its scope, what it took (``None``: not known any more), every object that its entry names."""

    number: int
    scope: str
    inputs: frozenset[Digest] | None
    objects: frozenset[Digest]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What goes: objects, the numbers of the entries that named them, and those of the entries that stay."""

    objects: frozenset[Digest]
    entries: frozenset[int]


def reach(steps: Iterable[Step], *, start: AbstractSet[Digest], scopes: AbstractSet[str]) -> Reach:
    """Everything derived from ``start`` or on one of ``scopes``, ``start`` included; ``steps`` in the log's order.

    A step whose inputs are not known goes when it was on a scope that goes, or on the whole case.
    """
    objects, entries = set(start), set()
    rest = list(steps)
    grown = True
    while grown:  # a step may take what a later entry names, where it was done again
        grown = False
        for step in rest:
            if step.number in entries:
                continue
            unknown = step.inputs is None and step.scope == CASE
            if step.scope in scopes or unknown or (step.inputs is not None and not step.inputs.isdisjoint(objects)):
                objects |= step.objects
                entries.add(step.number)
                grown = True
    return Reach(objects=frozenset(objects), entries=frozenset(entries))


def names_any(text: str, ids: AbstractSet[str]) -> bool:
    """Whether a record's canonical JSON names one of ``ids`` as a whole value."""
    return any(f'"{one}"' in text for one in ids)
