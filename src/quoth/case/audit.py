"""The audit of a whole case: custody first, then every anchor.

- A scrub reads a share of the objects again and keeps its place; it enters what it found, and the end of a round.
- A repair takes good copies from a second folder; damaged bytes are kept aside, and an entry says what was done.

Example::

    for finding in audit_case(book): print(finding.outcome, finding.subject)
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from quoth.case.casebook import Casebook
from quoth.case.clock import now
from quoth.case.proof import prove_anchors
from quoth.case.stamp_look import audit_stamps
from quoth.custody.audit import audit
from quoth.custody.forks import keep_fork, read_foreign
from quoth.custody.log_check import AuditStep, found
from quoth.custody.repair import Repaired, damaged_in, enter_repair, repair
from quoth.custody.scrub import Scrub
from quoth.custody.sealed_check import check_sealed
from quoth.custody.store import EntryDraft
from quoth.record.custody import Action
from quoth.record.finding import Finding, Outcome

__all__ = ["audit_case", "repair_case", "scrub_case"]


def audit_case(
    book: Casebook,
    *,
    progress: Callable[[str, int, int], None] = lambda _step, _done, _all: None,
    against: Mapping[str, bytes] | None = None,
) -> Iterator[Finding]:
    """Findings on objects, log, signatures and openings, on what is sealed, on stamps, then on anchors.

    ``against`` are checkpoints from elsewhere, by name; one that shows another history of this log is kept
    in the case as evidence.
    """
    elsewhere = dict(against or {})
    whole = audit(book.store, progress=lambda done, all_: progress("objects", done, all_), against=elsewhere)
    for finding in whole:
        yield finding
        if finding.check == AuditStep.FORK.value and finding.outcome is Outcome.FAILS and finding.subject in elsewhere:
            place = keep_fork(book.root, read_foreign(elsewhere[finding.subject]))
            yield found(AuditStep.NOTED, place, Outcome.CANNOT_TELL, f"kept as evidence: {finding.subject}")
    yield from check_sealed(book.store)
    yield from audit_stamps(book)
    yield from prove_anchors(book, progress=lambda done, all_: progress("anchors", done, all_))


def scrub_case(book: Casebook, *, by: str, share: int = 100, minutes: float | None = None) -> Iterator[Finding]:
    """Findings on some of the objects, longest unchecked first.

    ``share`` is percent of all bytes; the scrub also stops after so many ``minutes``.
    """
    ends = None if minutes is None else time.monotonic() + 60 * minutes
    scrub = Scrub(book.store)
    yield from scrub.run(share=share, is_over=lambda: ends is not None and time.monotonic() >= ends)
    at = now()
    scrub.save(at=at)
    said = f"scrub: {scrub.checked} objects, {scrub.alarms} damaged"
    if scrub.alarms or scrub.ends_a_round:
        book.store.stage(EntryDraft(action=Action.AUDITED, note=said + (", round ended" if scrub.ends_a_round else "")))
        book.store.commit(by=by, at=at)
    if not scrub.alarms:
        left = "the round is ended" if scrub.ends_a_round else f"{scrub.left_bytes} bytes of this round are left"
        grounds = (f"{scrub.checked} objects ({scrub.checked_bytes} bytes) hold the bytes that their names say", left)
        yield found(AuditStep.SUMMARY, book.store.case_file.origin, Outcome.HOLDS, *grounds)


def repair_case(book: Casebook, findings: Iterable[Finding], source: Path, *, by: str) -> tuple[Repaired, ...]:
    """Put right what ``findings`` call damaged or missing, as far as copies below ``source`` allow."""
    with book.alone():
        repaired = tuple(repair(book.store, damaged_in(book.store, findings), source))
        enter_repair(book.store, repaired, by=by, at=now())
    return repaired
