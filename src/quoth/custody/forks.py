"""Two histories of one log: foreign checkpoints compared, forks kept as evidence.

- Read are: a bare checkpoint, a signed note, a consistency proof as C2SP tlog-witness sends it (``old N``,
  hashes, blank line, checkpoint) and the checkpoint in a ``.tlog-proof``.
- Equal size and another root is a fork, whoever wrote it; who signed it says what it is worth.
- A fork is never merged and never thrown away: it stays under ``log/forks/`` and every audit names it.

Example::

    foreign = read_foreign(Path("from-bea.note").read_bytes())
    outcome, grounds = judge(foreign, case, members=members)
"""

import base64
import binascii
import dataclasses
import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path

from quoth.custody import folder
from quoth.custody.checkpoint import parse_foreign
from quoth.custody.members import Members
from quoth.custody.note import NoteKey, note_fault, note_name, parse_note
from quoth.custody.staging import Staging
from quoth.errors import CustodyError
from quoth.record.finding import Outcome
from quoth.terms.merkle import HASH_SIZE, TreeHead, consistency_fault

__all__ = ["Foreign", "OwnLog", "judge", "keep_fork", "read_foreign"]

_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})\Z")
_PROOF = "c2sp.org/tlog-proof@v1"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """A checkpoint that came from elsewhere: its bytes, what it says, and a proof that it grew from ``old`` entries."""

    data: bytes
    origin: str
    head: TreeHead
    is_note: bool
    old: int | None = None
    path: tuple[bytes, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OwnLog:
    """Our side: the log's origin, its size, and its head at any size up to that (``None``: not known)."""

    origin: str
    size: int
    head_at: Callable[[int], TreeHead | None]


def read_foreign(data: bytes) -> Foreign:
    """What came from elsewhere, taken apart; raises :class:`CustodyError` when it is no checkpoint."""
    try:
        text = data.decode()
    except UnicodeDecodeError as err:
        raise CustodyError("not a checkpoint: it is not UTF-8", hint="get it again from whoever gave it") from err
    old: int | None = None
    path: tuple[bytes, ...] = ()
    if text.startswith((_PROOF, "old ")):
        above, _, text = text.partition("\n\n")
        first, *lines = above.split("\n")
        match = _OLD.match(first)
        if match:
            old, path = int(match[1]), tuple(_hash(line) for line in lines)
        elif first != _PROOF:
            raise CustodyError("not a checkpoint: its first line is not understood", hint="get it again")
    body = text.encode()
    is_note = "\n\n" in text
    origin, head = parse_foreign(parse_note(body).text if is_note else body)
    return Foreign(data=body, origin=origin, head=head, is_note=is_note, old=old, path=path)


def judge(foreign: Foreign, own: OwnLog, *, members: Members) -> tuple[Outcome, tuple[str, ...]]:
    """Whether both can be checkpoints of one growing log, and why."""
    if foreign.origin != own.origin:
        return Outcome.NOT_CHECKED, (f"is of another log: {foreign.origin}",)
    who = _signers(foreign, members)
    size = foreign.head.size
    if size <= own.size:
        ours = own.head_at(size)
        if ours is None:
            return Outcome.NOT_CHECKED, (f"our log cannot be read up to entry {size}", who)
        if ours.root == foreign.head.root:
            return Outcome.HOLDS, (f"our first {size} entries have the same root", who)
        return Outcome.FAILS, (f"two histories: {size} entries, and another root than ours", who)
    ours = own.head_at(own.size)
    if foreign.old != own.size or ours is None:
        how = f"its holder can show that it grew from ours with: quoth log CASE --consistency {own.size}"
        return Outcome.CANNOT_TELL, (f"covers {size} entries, and we have {own.size}; {how}", who)
    fault = consistency_fault(foreign.path, ours, new=foreign.head)
    if fault:
        return Outcome.FAILS, (f"two histories: nothing shows that its {size} entries grew from ours: {fault}", who)
    return Outcome.HOLDS, (f"its {size} entries begin with our {own.size}", who)


def keep_fork(root: Path, foreign: Foreign) -> str:
    """Keep the evidence under ``log/forks/`` of the case at ``root``, forced; gives its place."""
    name = f"{foreign.head.size:012d}-{hashlib.sha256(foreign.data).hexdigest()[:16]}.note"
    place = f"{folder.FORKS}/{name}"
    if (root / place).exists():
        return place
    staging = Staging(str(root))
    try:
        descriptor, temporary = staging.new_file(0o444)
        with os.fdopen(descriptor, "wb") as out:
            out.write(foreign.data)
        staging.place_later(temporary, place)
        staging.place()
    except OSError as err:
        raise CustodyError(
            f"the other history could not be kept: {err.strerror}", hint="keep the file that shows it yourself"
        ) from err
    finally:
        staging.discard()
    return place


def _signers(foreign: Foreign, members: Members) -> str:
    keys = [(one.member.name, NoteKey(name=note_name(one.key), public=one.key)) for one in members.periods]
    names = [name for name, key in keys if foreign.is_note and note_fault(foreign.data, key) == ""]
    if names:
        return f"signed by {', '.join(names)}"
    return "signed by no member of this case: it is worth what the way is worth on which it came"


def _hash(line: str) -> bytes:
    try:
        made = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        made = b""
    if len(made) != HASH_SIZE or base64.b64encode(made).decode() != line:
        raise CustodyError("not a consistency proof: a hash is not 32 bytes in base64", hint="get it again")
    return made
