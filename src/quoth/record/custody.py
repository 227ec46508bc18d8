"""Custody: entries of the append-only log, and decisions.

- An entry commits to sensitive values by salted commitments, never by bare hashes.
- The opening (salt and value) stands apart from the log, so that it can be sealed or erased.
- Decisions are entries: signed, dated, reversible by a later one, never deleted.

Example::

    CustodyEntry(seq=0, prev=GENESIS, action=Action.RECEIVED, at="2031-05-02T09:00:00Z", by="desk",
                 objects=(ObjectRef(digest=…, size=1042),), commitment=…)
"""

import dataclasses
import enum

from quoth.record.statement import Statement
from quoth.terms.digest import Digest

__all__ = [
    "GENESIS",
    "Action",
    "CaseNote",
    "CustodyEntry",
    "Decision",
    "KeyStep",
    "Member",
    "ObjectRef",
    "Opening",
    "Verdict",
]

GENESIS = Digest("sha256:" + "0" * 64)
"""What the first entry names as the one before it."""


class Action(enum.Enum):
    """Who did what; the later parts of custody use the ones that part 1 does not write."""

    OPENED = "opened"
    RECEIVED = "received"
    DERIVED = "derived"
    DECIDED = "decided"
    PUBLISHED = "published"
    AUDITED = "audited"
    VIEWED = "viewed"
    SEALED = "sealed"
    UNSEALED = "unsealed"
    DISCLOSED = "disclosed"
    CORRECTED = "corrected"
    ERASED = "erased"
    HANDED_OVER = "handed-over"
    MOVED = "moved"
    KEY_CHANGED = "key-changed"
    STAMPED = "stamped"


class Verdict(enum.Enum):
    """What a person decided about a machine's suggestion; it says nothing about the world."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    LATER = "later"
    SAME = "same"
    DIFFERENT = "different"
    NOT_YET = "not-yet"
    WITHDRAW = "withdraw"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ObjectRef:
    """An object that an entry is about. ``sealed`` names one by a keyed hash (format 2)."""

    digest: Digest | None = None
    size: int = 0
    sealed: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CustodyEntry:
    """One line of the log: format ``v``, place ``seq``, digest of the line before.

    ``at`` is the instant claimed (RFC 3339, UTC); ``by`` who acted; ``commitment`` is the SHA-256 of
    a 32-byte salt and the canonical JSON of the committed value; ``key`` names the step done.
    """

    v: int = 1
    seq: int
    prev: Digest
    action: Action
    at: str
    by: str
    objects: tuple[ObjectRef, ...] = ()
    commitment: Digest | None = None
    key: Digest | None = None
    note: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What opens a commitment: 32 bytes of salt in hexadecimal, and the value's canonical JSON."""

    commitment: Digest
    salt: str
    value: str


class KeyStep(enum.Enum):
    """How a key came into force: the case's first, another person's, in an old one's place, in a lost one's."""

    FIRST = "first"
    ADDED = "added"
    ROTATED = "rotated"
    SUCCEEDED = "succeeded"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person who signs in a case: the name or pseudonym that entries carry in ``by``, and a public key.

    ``case`` names the case (32 hexadecimal digits), ``key`` is ``ssh-ed25519 AAAA…``, ``before`` the key
    whose place it takes, ``vouched_by`` the member whose signature brings it into force where that is
    another one. The record stands in the log as an object, with the signatures over its bytes beside it.
    """

    id: str
    case: str
    name: str
    key: str
    step: KeyStep
    at: str
    before: str = ""
    vouched_by: str = ""
    reason: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's decision about records (by id); a later one can withdraw it.

    ``instead`` is the statement as the person corrected it; it keeps the id of the one suggested.
    """

    id: str
    about: tuple[str, ...]
    verdict: Verdict
    by: str
    at: str
    reason: str = ""
    withdraws: str = ""
    instead: Statement | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CaseNote:
    """What people call the case: its title, the question it asks, the dossier's language."""

    title: str
    question: str = ""
    language: str = "en"
