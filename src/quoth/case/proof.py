"""Every anchor proved again against the bytes.

1. the target of the anchor is an object of the case, and UTF-8 text;
2. its characters from start to end are the words that the anchor carries;
3. prefix and suffix stand where they are said to stand.

Example::

    for finding in prove_anchors(book): print(finding.outcome)
"""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

from quoth.case.casebook import Casebook
from quoth.errors import QuothError
from quoth.record import wire
from quoth.record.finding import Finding, Outcome
from quoth.record.kinds import Record
from quoth.terms.anchor import Anchor, Extract
from quoth.terms.digest import Digest
from quoth.terms.ident import ident

__all__ = ["TOOL", "prove_anchors"]

TOOL = "quoth.case.proof"
VERSION = "1"


def _extracts(value: Any) -> Iterator[Extract | Anchor]:
    if isinstance(value, Extract | Anchor):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _extracts(one)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _extracts(getattr(value, field.name))


class _Texts:
    """The texts that anchors point into, the last one kept at hand."""

    def __init__(self, read: Callable[[Digest], bytes]) -> None:
        self._read = read
        self._last: tuple[Digest, str | None] | None = None

    def of(self, digest: Digest) -> str | None:
        if self._last is None or self._last[0] != digest:
            try:
                self._last = (digest, self._read(digest).decode())
            except (QuothError, OSError, UnicodeDecodeError):
                self._last = (digest, None)
        return self._last[1]


def _fault(text: str | None, found: Extract, prefix: str = "", suffix: str = "") -> str:
    if text is None:
        return "its target is missing or is not text"
    if text[found.start : found.end] != found.exact:
        return f"characters {found.start} to {found.end} are not the words it carries"
    if not text[: found.start].endswith(prefix) or not text[found.end :].startswith(suffix):
        return "prefix or suffix stand elsewhere"
    return ""


def _faults(record: Record, texts: _Texts) -> Iterator[str]:
    home = getattr(record, "rendition", None)
    for found in _extracts(record):
        if isinstance(found, Anchor):
            if found.extract is not None:
                yield _fault(texts.of(found.target), found.extract, found.prefix, found.suffix)
        elif home:
            yield _fault(texts.of(home), found)
        else:
            yield "the record does not say which text it points into"


def prove_anchors(
    book: Casebook, *, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> Iterator[Finding]:
    """A finding for every anchor that fails, and one with the count when all hold."""
    texts = _Texts(book.store.read_object)
    proved = failed = 0
    try:
        outputs = sorted(book.outputs().items())
    except QuothError as err:
        yield _not_checked(f"the log does not say what the steps gave: {err}")
        return
    for count, ((step, scope), output) in enumerate(outputs, start=1):
        progress(count, len(outputs))
        try:
            records = list(wire.from_lines(book.store.read_object(output.records)))
        except (QuothError, OSError) as err:
            failed += 1
            yield _finding(f"{step} {scope}", f"records cannot be read: {err}")
            continue
        for record in records:
            for fault in _faults(record, texts):
                proved += not fault
                if fault:
                    failed += 1
                    yield _finding(f"{step} {scope} {getattr(record, 'id', '')}", fault)
    if not failed:
        yield Finding(
            id=ident("f", TOOL, "all", proved),
            check="anchors",
            subject="case",
            outcome=Outcome.HOLDS,
            grounds=(f"{proved} of {proved} anchors stand where they say",),
            limits=("says nothing about whether a text was read rightly out of its original",),
            tool=TOOL,
            version=VERSION,
        )


def _not_checked(ground: str) -> Finding:
    return Finding(
        id=ident("f", TOOL, "case", ground),
        check="anchors",
        subject="case",
        outcome=Outcome.NOT_CHECKED,
        grounds=(ground,),
        limits=("no anchor was looked at",),
        tool=TOOL,
        version=VERSION,
    )


def _finding(subject: str, ground: str) -> Finding:
    return Finding(
        id=ident("f", TOOL, subject, ground),
        check="anchors",
        subject=subject,
        outcome=Outcome.FAILS,
        grounds=(ground,),
        limits=("says nothing about the original's own truth",),
        tool=TOOL,
        version=VERSION,
    )
