"""A case opened: take in, cite, decide, and look at it.

- Everything acknowledged is in the log before a method returns.
- The projection follows the log; it can be thrown away at any time.
- Whoever has a key in the case signs what they enter (:mod:`quoth.case.keys`).

Example::

    with Casebook.create(Path("harbour"), CaseNote(title="Harbour"), by="desk") as book:
        book.enter(cited, by="desk")
"""

import contextlib
import dataclasses
import fcntl
import os
import types
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self

from quoth.case import spoken
from quoth.case.clock import now
from quoth.case.keys import signer_for
from quoth.custody.sealed_change import finish_changes
from quoth.custody.store import EntryDraft, Store
from quoth.record.custody import Action, CaseNote, CustodyEntry, Decision, Verdict
from quoth.record.kinds import Record
from quoth.record.statement import Statement
from quoth.record.wire import digest_of_record
from quoth.terms.digest import Digest
from quoth.terms.ident import ident

__all__ = ["Casebook", "StepOutput"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StepOutput:
    """The latest output of a step on a scope: its key, log entry and records object."""

    key: Digest
    seq: int
    derivation: Digest
    records: Digest


class Casebook:
    """One case; use it as a context manager, or call :meth:`close`."""

    def __init__(self, store: Store, root: Path) -> None:
        self.store = store
        self.root = root
        store.signer = signer_for(store)

    @classmethod
    def create(cls, root: Path, note: CaseNote, *, by: str) -> Self:
        """Make a new case folder; refuses one that exists already."""
        store = Store.create(root, by=by, at=now())
        book = cls(store, root)
        book.enter([note], by=by)
        return book

    @classmethod
    def open(cls, root: Path) -> Self:
        """Open a case folder and finish what a crash broke off; raises an error with a hint where there is none."""
        store = Store.open(root)
        finish_changes(store)
        return cls(store, root)

    @classmethod
    def open_to_audit(cls, root: Path) -> Self:
        """The same for the audit alone, which also looks at a case that is too damaged to work on."""
        return cls(Store.open_to_audit(root), root)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        err: BaseException | None,
        trace: types.TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Drop what was staged and not acknowledged."""
        self.store.rollback()

    def enter(self, records: Iterable[Record], *, by: str) -> tuple[CustodyEntry, ...]:
        """Enter what a person says or decides; a record that stands already is not entered twice."""
        standing = {digest_of_record(one) for one in self._standing()}
        for record in records:
            if digest_of_record(record) not in standing:
                self.store.stage(EntryDraft(action=Action.DECIDED, secret=record))
        return self.store.commit(by=by, at=now())

    def _standing(self) -> Iterator[Record]:
        said = spoken.replay(self.store)
        yield from said.exhibits.values()
        yield from said.records
        yield said.note

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only one that takes in, until the block ends; another process waits. Not to be nested."""
        descriptor = os.open(self.store.root / "log", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def decide(
        self, about: Sequence[str], verdict: Verdict, *, by: str, reason: str = "", instead: Statement | None = None
    ) -> Decision:
        """Enter a decision about records, by their ids; ``instead`` is the statement as corrected."""
        at = now()
        place = self.store.head()[0]
        made = Decision(
            id=ident("n", by, at, place, *about),
            about=tuple(about),
            verdict=verdict,
            by=by,
            at=at,
            reason=reason,
            instead=instead,
        )
        self.enter([made], by=by)
        return made

    def undo(self, decision: Decision, *, by: str) -> Decision:
        """Withdraw a decision by a new entry; nothing is deleted."""
        at = now()
        made = Decision(
            id=ident("n", by, at, self.store.head()[0], decision.id),
            about=decision.about,
            verdict=Verdict.WITHDRAW,
            by=by,
            at=at,
            withdraws=decision.id,
        )
        self.enter([made], by=by)
        return made

    def spoken(self) -> spoken.Spoken:
        """What people entered, as it stands now."""
        return spoken.replay(self.store)

    def outputs(self) -> dict[tuple[str, str], StepOutput]:
        """The latest output of every step on every scope, as the log has it."""
        made: dict[tuple[str, str], StepOutput] = {}
        gone = self.store.gone()
        for entry in self.store.entries():
            if entry.action is Action.DERIVED and entry.key and len(entry.objects) >= 2:
                step, _, scope = entry.note.partition(" ")
                derivation, records = entry.objects[0].digest, entry.objects[1].digest
                if derivation and records and records not in gone:
                    made[step, scope] = StepOutput(key=entry.key, seq=entry.seq, derivation=derivation, records=records)
        return made
