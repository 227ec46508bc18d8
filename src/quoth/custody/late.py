"""Signing later what a crash or a missing key left unsigned.

- Only entries that name the signer, written while the key was in force, and only as they stand.
- Whoever signs late must look first: a forger's entry in their name is unsigned as well.

Example::

    spans = unsigned_spans(store, "Ada")
    sign_spans(store, spans, key)
"""

from collections.abc import Sequence

from quoth.custody.checkpoint import Checkpoint, SignedText
from quoth.custody.log_check import LogCheck
from quoth.custody.signed_check import SignedCheck
from quoth.custody.signing import SigningKey
from quoth.custody.store import Store
from quoth.errors import CustodyError
from quoth.terms.digest import hex_of

__all__ = ["sign_spans", "unsigned_spans"]


def unsigned_spans(store: Store, by: str) -> tuple[tuple[int, int], ...]:
    """First entry and one after the last, of all that ``by`` may still sign; raises :class:`CustodyError`."""
    period = store.members().at(by)
    if period is None:
        raise CustodyError(f"{by} has no key in this case", hint="bring one in with: quoth keys add CASE NAME")
    check, log = _checked(store, set())
    spans = [(max(first, period.since), size) for name, first, size in check.left_unsigned(log) if name == by]
    return tuple((first, size) for first, size in spans if first < size)


def sign_spans(store: Store, spans: Sequence[tuple[int, int]], key: SigningKey) -> None:
    """Sign each span as it stands in the log; raises :class:`CustodyError`."""
    _, log = _checked(store, {size for _, size in spans})
    origin, covered = store.case_file.origin, store.checkpoint().size
    for first, size in spans:
        if size > covered:
            raise CustodyError(f"entry {size - 1} was never acknowledged", hint="run: quoth audit CASE")
        head, last = log.heads[size]
        made = Checkpoint(origin=origin, size=size, root=head.root, last=bytes.fromhex(hex_of(last)))
        store.sign_as_written(SignedText(checkpoint=made, first=first), key)


def _checked(store: Store, sizes: set[int]) -> tuple[SignedCheck, LogCheck]:
    """The log read through; raises :class:`CustodyError` where it fails a step: nobody signs a damaged log."""
    check = SignedCheck(store.root, store.case_file.origin, read=store.read_object)
    log = LogCheck(store.root, store.case_file.origin)
    log.wanted |= sizes | check.sizes()
    for finding in (*log.run(), *check.run(log)):
        if finding.outcome.value in ("fails", "not-checked"):
            raise CustodyError(
                f"the log is not whole ({finding.subject}), and nothing was signed", hint="run: quoth audit CASE"
            )
    return check, log
