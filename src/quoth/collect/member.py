"""A member of an archive, before anybody has looked into it.

- ``open`` gives its bytes as the archive's library does; ``watch`` holds the limits over them.
- ``step`` is the largest read that is safe: some packings swell a small read without bound.

Example::

    source = member.open()
    head = source.read(min(8192, member.step))
"""

import dataclasses
from collections.abc import Callable
from typing import BinaryIO

from quoth.collect.incoming import Budget, Refused
from quoth.collect.names import remarks_on, shown

__all__ = ["STEP", "Member", "noted", "shown_member", "too_many"]

STEP = 1 << 20
"""The largest single read of a member, in bytes."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """``name`` shown, ``size`` as declared (bytes); ``watch`` takes the bytes produced so far, -1 at the end."""

    name: str
    size: int
    remarks: tuple[str, ...]
    open: Callable[[], BinaryIO]
    watch: Callable[[int], None]
    step: int = STEP


def noted(name: bytes, seen: set[bytes]) -> tuple[str, ...]:
    """Remarks on a member's name, a second use of it among them; ``seen`` grows by ``name``."""
    twice = ("another member of the archive has the same name",) if name in seen else ()
    seen.add(name)
    return (*remarks_on(name), *twice)


def too_many(budget: Budget, container: str) -> Refused | None:
    """Count one more member; the line that ends the archive where it is one too many, or too much."""
    budget.members += 1
    limits = budget.limits
    if budget.spent:
        reason = f"{budget.spent}; the rest of its members was not taken"
    elif budget.members > limits.members:
        reason = f"holds more than {limits.members} members: the rest of them was not taken"
    else:
        return None
    hint = "the archive itself is kept whole; unpack it yourself and add what you need"
    return Refused(name=container, reason=reason, hint=hint)


def shown_member(name: bytes) -> str:
    """A member's name as shown text; an empty one is called so."""
    return shown(name) or "(no name)"
