"""Hypotheses, questions and gaps: what stays open.

- Competing explanations stand side by side with what fits and what strains them.
- A gap is the difference between what was announced and what is held or described.

Example::

    Gap(id="g-…", what="phone calls", announced=6, described=3, held=0, announced_by="s-…")
"""

import dataclasses

from quoth.terms.anchor import Extract
from quoth.terms.digest import Digest

__all__ = ["Gap", "Hypothesis", "Question"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """An explanation, by whom put, and what fits or strains it in plain words."""

    id: str
    text: str
    put_by: str = ""
    fits: tuple[str, ...] = ()
    strains: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something not known yet; ``extract`` is where a text leaves it open, if one does."""

    id: str
    text: str
    rendition: Digest | None = None
    extract: Extract | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A set announced as ``announced`` items; -1 where a count is not known."""

    id: str
    what: str
    announced: int
    described: int = -1
    held: int = -1
    rendition: Digest | None = None
    extract: Extract | None = None
    grounds: tuple[str, ...] = ()
