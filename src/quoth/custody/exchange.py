"""Two copies of a case: a log that goes on from ours.

- Only a log that begins with every byte of ours is taken over; its lines are appended as they are, so that what
  was signed over them stays signed.
- Order: objects, openings, then under the log's lock its lines and its checkpoint, then signed checkpoints; each
  forced. After a crash the same import goes on where it ended.
- Nothing of ours is written over.

Example::

    relation(ours, theirs)                     # Relation.THEIRS_GOES_ON
    take_over(root, Coming(lines=theirs, checkpoint=checkpoint, openings=openings, signed=signed))
"""

import contextlib
import dataclasses
import enum
import fcntl
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from quoth.custody import folder, forcing
from quoth.custody.checkpoint import Checkpoint
from quoth.custody.openings import Openings
from quoth.custody.staging import Staging
from quoth.errors import CustodyError
from quoth.record.custody import Opening

__all__ = ["Coming", "Relation", "common", "place_signed", "relation", "take_over"]


class Relation(enum.Enum):
    """How two logs of one case stand to each other."""

    EQUAL = "equal"
    OURS_GOES_ON = "ours goes on"
    THEIRS_GOES_ON = "theirs goes on"
    PARTED = "parted"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A log that comes in whole: its lines' bytes, its checkpoint, openings of its new entries, signed checkpoints."""

    data: bytes
    checkpoint: Checkpoint
    openings: Sequence[Opening]
    signed: Mapping[str, bytes]
    """Place below the case, and bytes."""


def relation(ours: bytes, theirs: bytes) -> Relation:
    """How two logs (whole lines) stand to each other."""
    if ours == theirs:
        return Relation.EQUAL
    if ours.startswith(theirs):
        return Relation.OURS_GOES_ON
    return Relation.THEIRS_GOES_ON if theirs.startswith(ours) else Relation.PARTED


def common(ours: bytes, theirs: bytes) -> int:
    """How many entries both begin with."""
    count = 0
    for one, other in zip(ours.split(b"\n"), theirs.split(b"\n"), strict=False):
        if one != other or not one:
            break
        count += 1
    return count


def take_over(root: Path, coming: Coming) -> int:
    """Append what ``coming`` has more than our log; gives how many entries that were.

    The objects that they name must be in their places. Raises :class:`CustodyError`; the log is then as it was.
    """
    staging = Staging(str(root))
    try:
        with (root / folder.ENTRIES).open("r+b") as log:
            fcntl.flock(log, fcntl.LOCK_EX)
            held = log.read()
            if relation(held, coming.data) is not Relation.THEIRS_GOES_ON:
                raise CustodyError("the log was written to meanwhile", hint="nothing was taken over; import again")
            before = held.count(b"\n")
            Openings(str(root)).stage(coming.openings, staging, at_entry=before)
            staging.place()
            _append(log.fileno(), coming, staging, len(held))
            forcing.force_folder(str(root / folder.LOG))
            _place_new(root, coming.signed, staging)
            return coming.checkpoint.size - before
    except OSError as err:
        raise CustodyError(
            f"the log could not be taken over: {err.strerror or err}; it is as it was",
            hint="put the cause right, then import again",
        ) from err
    finally:
        with contextlib.suppress(OSError):
            staging.discard()


def place_signed(root: Path, signed: Mapping[str, bytes]) -> None:
    """Put signed checkpoints that are not here into their places; raises :class:`CustodyError`."""
    staging = Staging(str(root))
    try:
        _place_new(root, signed, staging)
    except OSError as err:
        raise CustodyError(f"signed checkpoints could not be kept: {err.strerror}", hint="import again") from err
    finally:
        with contextlib.suppress(OSError):
            staging.discard()


def _place_new(root: Path, files: Mapping[str, bytes], staging: Staging) -> None:
    for place, data in files.items():
        if not (root / place).exists():
            descriptor, name = staging.new_file(0o444)
            with os.fdopen(descriptor, "wb") as out:
                out.write(data)
            staging.place_later(name, place)
    staging.place()


def _append(log: int, coming: Coming, staging: Staging, start: int) -> None:
    descriptor, name = staging.new_file(0o644)
    with os.fdopen(descriptor, "wb") as out:
        out.write(coming.checkpoint.to_text())
        out.flush()
        os.fsync(out.fileno())
    try:
        rest = memoryview(coming.data)[start:]
        while rest:
            count = os.pwrite(log, rest, len(coming.data) - len(rest))
            rest = rest[count:]
        os.fdatasync(log)
        staging.swap_in(name, folder.CHECKPOINT)
    except OSError:
        with contextlib.suppress(OSError):  # what cannot be cut back is a torn tail, set aside by the next append
            os.ftruncate(log, start)
            os.fdatasync(log)
        raise
