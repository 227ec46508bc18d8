"""Time stamps as the log of a case keeps them.

- A stamp is about the bytes of one object: a checkpoint of the log, or an item.
- What was asked and what came back are objects, raw; an entry names them in this order: the bytes
  stamped, the request, the authority's certificates (PEM), the answer.
- The entry's note says which kind it is and where it went: ``stamp asked http://tsa.example/``.
- A request waits until an answer to it is kept.

Example::

    for one in stamps_in(store.entries()).answered: print(one.seq, one.authority, one.answer)
"""

import dataclasses
import enum
import re
from collections.abc import Iterable

from quoth.errors import CustodyError
from quoth.record.custody import Action, CustodyEntry, ObjectRef
from quoth.terms.digest import Digest

__all__ = ["BY_HAND", "KeptStamp", "StampKind", "StampLog", "note_of_stamp", "stamps_in"]

BY_HAND = "by-hand"
"""Stands for the authority where a request is carried by a person."""

_NOTE = re.compile(r"stamp (queued|asked|carried|answered|refused|proof) ([!-~]{1,2000})\Z")


class StampKind(enum.Enum):
    """What an entry about a stamp records."""

    QUEUED = "queued"
    ASKED = "asked"
    CARRIED = "carried"
    ANSWERED = "answered"
    REFUSED = "refused"
    PROOF = "proof"

    @property
    def action(self) -> Action:
        """What the log calls it: a request that leaves is *disclosed*."""
        return Action.DISCLOSED if self in (StampKind.ASKED, StampKind.CARRIED) else Action.STAMPED


_PARTS = {
    StampKind.QUEUED: 3,
    StampKind.ASKED: 3,
    StampKind.CARRIED: 3,
    StampKind.ANSWERED: 4,
    StampKind.REFUSED: 4,
    StampKind.PROOF: 2,
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class KeptStamp:
    """One entry about a stamp: its number and instant claimed, and what it names.

    ``authority`` is where the request went, or :data:`BY_HAND`, or what an OpenTimestamps proof is called;
    ``request`` and ``certificates`` are ``None`` for such a proof, ``answer`` for a request. ``asked_at`` is
    the instant that the request's first entry claims.
    """

    kind: StampKind
    authority: str
    seq: int
    at: str
    subject: ObjectRef
    request: Digest | None = None
    certificates: Digest | None = None
    answer: Digest | None = None
    asked_at: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StampLog:
    """All stamps of a log in its order; of a request that waits, its newest entry."""

    answered: tuple[KeptStamp, ...] = ()
    refused: tuple[KeptStamp, ...] = ()
    proofs: tuple[KeptStamp, ...] = ()
    waiting: tuple[KeptStamp, ...] = ()


def note_of_stamp(kind: StampKind, authority: str) -> str:
    """The note of an entry; raises :class:`CustodyError` for an authority that cannot stand in it."""
    note = f"stamp {kind.value} {authority}"
    if not _NOTE.match(note):
        raise CustodyError("the authority's address holds a character that no address has", hint="nothing was entered")
    return note


def stamps_in(entries: Iterable[CustodyEntry]) -> StampLog:
    """What a log says about stamps; entries of another form are left alone."""
    answered: list[KeptStamp] = []
    refused: list[KeptStamp] = []
    proofs: list[KeptStamp] = []
    waiting: dict[Digest, KeptStamp] = {}
    asked: dict[Digest, str] = {}
    for entry in entries:
        one = _read(entry)
        if one is None:
            continue
        request = one.request
        if request is None:
            proofs.append(one)
            continue
        one = dataclasses.replace(one, asked_at=asked.setdefault(request, one.at))
        if one.kind is StampKind.ANSWERED:
            answered.append(one)
            waiting.pop(request, None)
        elif one.kind is StampKind.REFUSED:
            refused.append(one)
        else:
            waiting[request] = one
    return StampLog(
        answered=tuple(answered), refused=tuple(refused), proofs=tuple(proofs), waiting=tuple(waiting.values())
    )


def _read(entry: CustodyEntry) -> KeptStamp | None:
    if entry.action not in (Action.STAMPED, Action.DISCLOSED):
        return None
    match = _NOTE.match(entry.note)
    kind = StampKind(match[1]) if match else None
    digests = [ref.digest for ref in entry.objects]
    if match is None or kind is None or len(digests) != _PARTS[kind] or None in digests or entry.action != kind.action:
        return None
    first, *rest = entry.objects
    is_proof = kind is StampKind.PROOF
    return KeptStamp(
        kind=kind,
        authority=match[2],
        seq=entry.seq,
        at=entry.at,
        subject=first,
        request=None if is_proof else rest[0].digest,
        certificates=None if is_proof else rest[1].digest,
        answer=rest[-1].digest if len(rest) != 2 else None,
        asked_at=entry.at,
    )
