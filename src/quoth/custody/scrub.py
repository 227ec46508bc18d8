"""Old bytes read again from the disk, the oldest checked first.

- The cursor is the name at which the last scrub stopped: going round the names in order, what comes next was
  always checked longest ago (a new object was checked when it was written).
- Bytes are dropped from memory before they are read, so that the disk is asked and not the cache.
- ``log/scrub`` is no evidence: without it the round begins anew.

Example::

    scrub = Scrub(store)
    findings = list(scrub.run(share=5))
    scrub.save(at="2031-05-02T09:00:00Z")
"""

import contextlib
import dataclasses
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from quoth.custody import folder
from quoth.custody.log_check import AuditStep, found
from quoth.custody.staging import Staging
from quoth.custody.store import Store
from quoth.custody.vault import READ, Vault, hash_file, place_of
from quoth.errors import CustodyError, RecordError
from quoth.record import wire
from quoth.record.finding import Finding, Outcome
from quoth.terms.digest import Digest, hex_of

__all__ = ["Scrub", "ScrubState"]

_CURSOR = re.compile(r"(|[0-9a-f]{64})\Z")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ScrubState:
    """Where the round stands: the last object checked (64 hexadecimal digits, empty at the start), rounds done."""

    cursor: str = ""
    rounds: int = 0
    at: str = ""
    round_began: str = ""


class Scrub:
    """One share of a round over the objects of ``store``."""

    def __init__(self, store: Store) -> None:
        self._root = store.root
        self._vault = Vault(str(store.root), Staging(str(store.root)))
        self.before = read_state(store.root)
        self.after = self.before
        self.checked = 0
        self.checked_bytes = 0
        self.left_bytes = 0
        self.alarms = 0

    @property
    def ends_a_round(self) -> bool:
        """Whether this share reached the last object."""
        return self.after.rounds > self.before.rounds

    def run(self, *, share: int = 100, is_over: Callable[[], bool] = lambda: False) -> Iterator[Finding]:
        """Findings about damaged objects, until ``share`` percent of all bytes are read or ``is_over`` says so.

        At least one object is read; a round that ends is not begun again in the same run.
        """
        listing = [(place, digest, size) for place, digest, size in self._vault.listing() if digest is not None]
        total = sum(size for _, _, size in listing)
        budget = -(-total * share // 100)
        waiting = [one for one in listing if hex_of(one[1]) > self.before.cursor]
        self.left_bytes = sum(size for _, _, size in waiting)
        buffer = memoryview(bytearray(READ))
        for place, digest, size in waiting:
            if self.checked and (self.checked_bytes >= budget or is_over()):
                return
            yield from self._look(place, digest, buffer)
            self.checked += 1
            self.checked_bytes += size
            self.left_bytes -= size
            self.after = dataclasses.replace(self.after, cursor=hex_of(digest))
        self.after = ScrubState(rounds=self.before.rounds + 1)

    def save(self, *, at: str) -> None:
        """Put the cursor in its place, forced; raises :class:`CustodyError`."""
        began = "" if self.ends_a_round else self.before.round_began or at
        self.after = dataclasses.replace(self.after, at=at, round_began=began)
        staging = Staging(str(self._root))
        try:
            descriptor, name = staging.new_file(0o644)
            with os.fdopen(descriptor, "wb") as out:
                out.write(_state_text(self.after))
            staging.place_later(name, folder.SCRUB)
            staging.place()
        except OSError as err:
            raise CustodyError(
                f"the place of the scrub could not be kept: {err.strerror}",
                hint="what was checked is checked; run it again",
            ) from err
        finally:
            staging.discard()

    def _look(self, place: str, digest: Digest, buffer: memoryview) -> Iterator[Finding]:
        path = self._vault.path(digest)
        try:
            _forget_cached(path)
            actual, read = hash_file(path, buffer)
        except OSError as err:
            self.alarms += 1
            yield found(AuditStep.BYTES, place, Outcome.NOT_CHECKED, f"cannot be read: {err.strerror}")
            return
        # 9. the object's bytes have the digest that is its name (the full audit's step, with its full diagnosis)
        if actual != digest:
            self.alarms += 1
            ground = "empty" if read == 0 else "the bytes have another digest than the name"
            yield found(AuditStep.BYTES, place_of(digest), Outcome.FAILS, ground)


def read_state(root: Path) -> ScrubState:
    """The cursor as it was kept; a missing or damaged one begins anew."""
    try:
        value = wire.parse_json((root / folder.SCRUB).read_bytes())
    except (OSError, RecordError):
        return ScrubState()
    if not isinstance(value, dict):
        return ScrubState()
    cursor, rounds, at, began = (value.get(name) for name in ("cursor", "rounds", "at", "round_began"))
    fits = isinstance(cursor, str) and _CURSOR.match(cursor) and type(rounds) is int and rounds >= 0
    if not fits or not isinstance(at, str) or not isinstance(began, str):
        return ScrubState()
    return ScrubState(cursor=str(cursor), rounds=int(str(rounds)), at=at, round_began=began)


def _state_text(state: ScrubState) -> bytes:
    return wire.canonical(
        {"at": state.at, "cursor": state.cursor, "round_began": state.round_began, "rounds": state.rounds}
    )


def _forget_cached(path: str) -> None:
    """Let the kernel drop what it holds of a file in memory, where it can (posix_fadvise(2))."""
    if hasattr(os, "posix_fadvise"):
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            with contextlib.suppress(OSError):
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)
