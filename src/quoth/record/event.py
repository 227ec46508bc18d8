"""Events and dated expressions: what is said to have happened, when.

- A date is never more precise than the words; the words stay beside it.
- Two accounts of one event are linked, not merged.

Example::

    Dating(id="d-…", rendition=digest, extract=extract(text, 10, 20), when=When(words="last month", …))
"""

import dataclasses

from quoth.terms.anchor import Extract
from quoth.terms.digest import Digest
from quoth.terms.when import When

__all__ = ["Dating", "Event", "Participant", "StatementTime"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """A date expression where it stands in a text, and how it was read."""

    id: str
    rendition: Digest
    extract: Extract
    when: When


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StatementTime:
    """When a statement was made, where the words around its cue tell."""

    statement: str
    rendition: Digest
    when: When


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A party's part in an event."""

    party: str
    role: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something said to have happened; ``extract`` is the sentence that carries it."""

    id: str
    title: str
    when: When
    rendition: Digest
    extract: Extract
    place: str = ""
    participants: tuple[Participant, ...] = ()
    statements: tuple[str, ...] = ()
