"""Renditions: objects derived from an exhibit, and what made them.

- A rendition names its input digest, tool, version and settings; its content is an object too.
- ``Head`` keeps what a document says of itself: title, byline, dates, language.

Example::

    Rendition(of=exhibit.digest, kind=RenditionKind.TEXT, content=text_digest,
              media_type="text/plain;charset=utf-8", tool="quoth.read.html", version="1")
"""

import dataclasses
import enum

from quoth.terms.anchor import Anchor
from quoth.terms.digest import Digest
from quoth.terms.tongue import UNKNOWN, Tongue
from quoth.terms.when import When

__all__ = ["Derivation", "Head", "Part", "Rendition", "RenditionKind", "Setting"]


class RenditionKind(enum.Enum):
    """What kind of derived object this is."""

    TEXT = "text"
    OCR_TEXT = "ocr-text"
    TRANSCRIPT = "transcript"
    TRANSLATION = "translation"
    TABLE = "table"
    METADATA = "metadata"
    PEAKS = "peaks"
    THUMBNAIL = "thumbnail"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting of a tool, as text."""

    name: str
    value: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """A derived object: ``content`` is the digest of its bytes, ``of`` that of its input."""

    of: Digest
    kind: RenditionKind
    content: Digest
    media_type: str
    tool: str
    version: str
    settings: tuple[Setting, ...] = ()
    language: Tongue = UNKNOWN
    characters: int = 0
    pages: int = 0
    duration_ms: int = 0
    note: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a document says of itself; each part empty when it does not say.

    ``anchors`` point at the words in the rendition, where they stand there.
    """

    of: Digest
    title: str = ""
    byline: str = ""
    outlet: str = ""
    place: str = ""
    url: str = ""
    language: Tongue = UNKNOWN
    published: When | None = None
    updated: When | None = None
    anchors: tuple[Anchor, ...] = ()
    properties: tuple[Setting, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece found inside an exhibit (a mail's attachment) that becomes an exhibit itself."""

    of: Digest
    content: Digest
    name: str
    media_type: str
    size: int
    ordinal: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """One step done: which inputs, tool, version and settings gave which outputs.

    ``scope`` is the exhibit worked on, or ``case``; a later derivation of the same step and scope
    takes the place of an earlier one.
    ``outputs`` are digests of derived objects; ``records`` is the digest of the object that
    lists the records made (canonical JSON lines).
    """

    step: str
    scope: str
    tool: str
    version: str
    inputs: tuple[Digest, ...]
    settings: tuple[Setting, ...] = ()
    outputs: tuple[Digest, ...] = ()
    records: Digest
