"""Parties: persons and organisations, in the names texts give them.

- A mention is never lost; a party groups mentions, as a suggestion until a person decides.
- An unnamed source is a party of its own in its document.

Example::

    Party(id="y-…", kind=PartyKind.PERSON, names=(Name(text="Ines Halvard", role=NameRole.PRIMARY),), mentions=("m-…",))
"""

import dataclasses
import enum

from quoth.terms.anchor import Extract
from quoth.terms.digest import Digest
from quoth.terms.tongue import UNKNOWN, Tongue

__all__ = ["Mention", "Name", "NameRole", "Party", "PartyKind"]


class PartyKind(enum.Enum):
    """What kind of party it is, as far as the texts tell."""

    PERSON = "person"
    ORGANISATION = "organisation"
    UNNAMED = "unnamed"
    UNKNOWN = "unknown"


class NameRole(enum.Enum):
    """What a name is to its party."""

    PRIMARY = "primary"
    ALIAS = "alias"
    SURNAME = "surname"
    ACRONYM = "acronym"
    TRANSLITERATION = "transliteration"
    DESCRIPTION = "description"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One name of a party, in whatever script it was written."""

    text: str
    role: NameRole = NameRole.ALIAS
    language: Tongue = UNKNOWN


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name where it stands in a text."""

    id: str
    rendition: Digest
    extract: Extract
    kind: PartyKind = PartyKind.UNKNOWN


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Mentions that are held to be one party, and on what grounds.

    ``decided_by`` is empty while it is a machine's suggestion; ``reason`` says why;
    ``confidence`` in thousandths.
    """

    id: str
    kind: PartyKind
    names: tuple[Name, ...]
    mentions: tuple[str, ...]
    decided_by: str = ""
    reason: str = ""
    confidence: int = 0
