"""What the desk works on: suggestions in order, and decisions about them.

- A decision is an entry of the log first; the projection follows in the same call.
- Undo withdraws the last decision that still stands, by a new entry.

Example::

    board.decide("s-…", Verdict.ACCEPT, by="desk")
"""

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from quoth.case import answers
from quoth.case.amending import settle
from quoth.case.casebook import Casebook
from quoth.case.projection.connect import close_database, open_database
from quoth.case.projection.load import follow
from quoth.errors import CaseError
from quoth.record.custody import CaseNote, Decision, Verdict
from quoth.record.passage import Passage
from quoth.record.statement import Statement

__all__ = ["Board"]

_WORDS = ("source", "cue", "content", "addressee")


class Board:
    """One case on the desk; its methods may be called from the desk's one working thread."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.RLock()
        self._queue: list[answers.Answer] | None = None
        self._at = 0

    @property
    def root(self) -> Path:
        """The case's folder, as commands name it from anywhere."""
        return self._root.resolve()

    def open(self) -> None:
        """Open the projection in this thread and bring it up to the log."""
        with Casebook.open(self._root) as book:
            open_database(self._root)
            follow(book.store)

    def close(self) -> None:
        """Close the projection of this thread."""
        close_database()

    def note(self) -> CaseNote:
        """What people call the case."""
        return next(answers.every(CaseNote), CaseNote(title=self._root.name))

    def queue(self) -> list[answers.Answer]:
        """Every statement by exhibit and in reading order, with the standing decision about it.

        What another command decided meanwhile is in it.
        """
        with self._lock:
            reached = answers.entries()
            if self._queue is None or self._at != reached:
                self._at = reached
                self._queue = sorted(answers.statements(), key=lambda row: row["exhibit_title"])
            return self._queue

    def by_exhibit(self, queue: Sequence[answers.Answer]) -> list[tuple[str, str, int, int]]:
        """For each exhibit: title, first open statement (or the first), open ones, all."""
        made: dict[str, list[answers.Answer]] = {}
        for row in queue:
            made.setdefault(row["exhibit"], []).append(row)
        return [
            (
                rows[0]["exhibit_title"] or exhibit,
                next((row["id"] for row in rows if not row["decision"]), rows[0]["id"]),
                sum(1 for row in rows if not row["decision"]),
                len(rows),
            )
            for exhibit, rows in made.items()
        ]

    def around(self, row: answers.Answer, neighbours: int) -> list[Passage]:
        """The passages around the statement, in reading order."""
        inside = sorted(
            (one for one in answers.every(Passage) if one.anchor.target == row["rendition"]),
            key=lambda one: one.ordinal,
        )
        starts = [start for name in _WORDS for start, _ in row["spans"][name]]
        place = next(
            (
                place
                for place, one in enumerate(inside)
                if one.anchor.extract and starts and one.anchor.extract.end > min(starts)
            ),
            0,
        )
        return inside[max(0, place - neighbours) : place + neighbours + 1]

    def decide(
        self, about: str, verdict: Verdict, *, by: str, reason: str = "", instead: Statement | None = None
    ) -> Decision:
        """Enter a decision about one statement; refuses one that is not on the desk.

        ``instead`` is the statement as corrected.
        """
        if all(row["id"] != about for row in self.queue()):
            raise CaseError(f"no such suggestion: {about}", hint="it may have gone with a newer reading; reload")
        with self._lock, Casebook.open(self._root) as book:
            made = book.decide([about], verdict, by=by, reason=reason, instead=instead)
            follow(book.store)
            self._queue = None
        return made

    def standing(self, about: str) -> Statement | None:
        """The statement as it stands: as corrected, else as suggested; ``None`` when it is not on the desk."""
        mended = answers.corrected().get(about)
        return mended or next((one for one in answers.every(Statement) if one.id == about), None)

    def correct(self, about: str, changes: Mapping[str, Sequence[str]], *, by: str, reason: str = "") -> Decision:
        """Enter a correction of one statement; ``changes`` as in :func:`quoth.case.amending.settle`."""
        with self._lock, Casebook.open(self._root) as book:
            made = settle(book, about, Verdict.CORRECT, by=by, reason=reason, changes=changes)
            self._queue = None
        return made

    def last_decision(self) -> Decision | None:
        """The latest decision that still stands."""
        gone = {one.withdraws for one in answers.every(Decision) if one.withdraws}
        standing = [
            one for one in answers.every(Decision) if one.verdict is not Verdict.WITHDRAW and one.id not in gone
        ]
        return standing[-1] if standing else None

    def undo(self, *, by: str) -> Decision | None:
        """Withdraw the latest standing decision; ``None`` when there is none."""
        last = self.last_decision()
        if last is None:
            return None
        with self._lock, Casebook.open(self._root) as book:
            made = book.undo(last, by=by)
            follow(book.store)
            self._queue = None
        return made
