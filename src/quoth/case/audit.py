"""The audit of a whole case: custody first, then every anchor.

Example::

    for finding in audit_case(book): print(finding.outcome, finding.subject)
"""

from collections.abc import Callable, Iterator

from quoth.case.casebook import Casebook
from quoth.case.proof import prove_anchors
from quoth.custody.audit import audit
from quoth.record.finding import Finding

__all__ = ["audit_case"]


def audit_case(
    book: Casebook, *, progress: Callable[[str, int, int], None] = lambda _step, _done, _all: None
) -> Iterator[Finding]:
    """Findings on objects, log and openings, then on anchors."""
    yield from audit(book.store, progress=lambda done, whole: progress("objects", done, whole))
    yield from prove_anchors(book, progress=lambda done, whole: progress("anchors", done, whole))
