"""Exhibits: items of evidence, held or only said to exist.

- *Held*: the original bytes are preserved and named by their SHA-256 digest.
- *Cited*: someone says that it exists; nothing is held. The two never look alike.
- Both types are recorded where name and content differ.

Example::

    Exhibit(id="x-3f0c…", status=ExhibitStatus.HELD, title="letter.pdf", digest=…, size=1042,
            kind="application/pdf", kind_by_name="application/pdf", provenances=(…,))
"""

import dataclasses
import enum

from quoth.terms.digest import Digest
from quoth.terms.when import When

__all__ = [
    "Availability",
    "Citation",
    "Exhibit",
    "ExhibitStatus",
    "Provenance",
    "RequestOutcome",
]


class ExhibitStatus(enum.Enum):
    """Whether the bytes are here, or someone says that they exist."""

    HELD = "held"
    CITED = "cited"


class Availability(enum.Enum):
    """What is said of the evidence that we do not hold."""

    OFFERED = "offered"
    WITHHELD = "withheld"
    HANDED_OVER = "handed-over"
    UNKNOWN = "unknown"


class RequestOutcome(enum.Enum):
    """What became of our asking for it."""

    NOT_ASKED = "not-asked"
    ASKED = "asked"
    RECEIVED = "received"
    REFUSED = "refused"
    NO_REPLY = "no-reply"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """How one copy of an exhibit came in: said by people, kept as they said it.

    ``received_at`` is an RFC 3339 instant; ``container`` names the archive or message that
    held it; ``line_called`` and ``spoken`` are the number and the language that someone says a
    recorded call has; everything is empty when nobody said.
    """

    name_as_given: str
    received_at: str
    container: str = ""
    given_by: str = ""
    obtained_how: str = ""
    obtained_on: When | None = None
    claimed_author: str = ""
    claimed_date: When | None = None
    outlet: str = ""
    line_called: str = ""
    spoken: str = ""
    note: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Who says that evidence exists which we do not hold, and on what terms."""

    said_by: str
    description: str
    availability: Availability = Availability.UNKNOWN
    held_by: str = ""
    terms: str = ""
    asked_on: When | None = None
    outcome: RequestOutcome = RequestOutcome.NOT_ASKED
    statement: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One item of evidence. ``parent`` is the exhibit that it came out of (a mail, an archive).

    ``suggested`` is true where a machine found it cited in a text and nobody accepted it yet.
    """

    id: str
    status: ExhibitStatus
    title: str
    digest: Digest | None = None
    size: int = 0
    kind: str = ""
    kind_by_name: str = ""
    provenances: tuple[Provenance, ...] = ()
    parent: str = ""
    citation: Citation | None = None
    suggested: bool = False
