"""The door of the checks: copies, calls, contradictions.

- Pure: what is checked is handed in; the same view gives the same answer in any order.
- Every outcome is a record with its grounds; nothing here says that anything is true.

Example::

    verified = verify(VerifyView(exhibits=exhibits, documents=documents, calls=(), call_records=()))
    verified.copies  # links between texts that share their words
"""

import dataclasses

from quoth.record.call import Call
from quoth.record.call_record import CallMatch, CallRecord
from quoth.record.document import Document
from quoth.record.exhibit import Exhibit
from quoth.record.finding import CopyLink, Finding
from quoth.verify.calls import match_calls
from quoth.verify.consistency import contradictions
from quoth.verify.copies import find_copies

__all__ = ["TOOL", "VERSION", "Verified", "VerifyView", "verify"]

TOOL = "quoth.verify"
"""The name under which the checks sign their findings."""

VERSION = "1"
"""Goes up whenever an answer may change."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class VerifyView:
    """What the checks look at: everything of one case."""

    exhibits: tuple[Exhibit, ...] = ()
    documents: tuple[Document, ...] = ()
    calls: tuple[Call, ...] = ()
    call_records: tuple[CallRecord, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What the checks came to, each part sorted by its identifier."""

    copies: tuple[CopyLink, ...] = ()
    matches: tuple[CallMatch, ...] = ()
    findings: tuple[Finding, ...] = ()


def verify(view: VerifyView) -> Verified:
    """All checks over one case: one match for each call, one link for each pair of copies."""
    findings = contradictions(view.exhibits, view.documents, view.calls)
    signed = (dataclasses.replace(finding, tool=TOOL, version=VERSION) for finding in findings)
    return Verified(
        copies=tuple(sorted(find_copies(view.documents), key=lambda link: link.id)),
        matches=tuple(sorted(match_calls(view.calls, view.call_records), key=lambda match: match.id)),
        findings=tuple(sorted(signed, key=lambda finding: finding.id)),
    )
