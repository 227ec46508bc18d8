"""Findings: outcomes of checks, with grounds and limits.

- Four outcomes: holds, fails, cannot tell, not checked. None of them is a truth value.
- ``limits`` says what the check does not show.

Example::

    Finding(id="f-…", check="copies", subject="x-…", outcome=Outcome.HOLDS, grounds=("812 of 900 words shared",))
"""

import dataclasses
import enum
from typing import NoReturn

from quoth.terms.anchor import Anchor

__all__ = ["CopyLink", "Finding", "Outcome"]


class Outcome(enum.Enum):
    """What a check came to."""

    HOLDS = "holds"
    FAILS = "fails"
    CANNOT_TELL = "cannot-tell"
    NOT_CHECKED = "not-checked"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The outcome of one check on one subject (an exhibit's id, a digest, a path, an entry)."""

    id: str
    check: str
    subject: str
    outcome: Outcome
    grounds: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    tool: str = ""
    version: str = ""

    def __bool__(self) -> NoReturn:
        """Refused: look at ``outcome``; a finding is not a truth value."""
        raise TypeError("a Finding has no truth value; compare its outcome")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CopyLink:
    """Two texts that share most of their words; ``shared`` in thousandths of the shorter one.

    ``earlier`` is the exhibit published first, as far as their dates tell, else empty.
    """

    id: str
    left: str
    right: str
    shared: int
    earlier: str = ""
    grounds: tuple[str, ...] = ()
