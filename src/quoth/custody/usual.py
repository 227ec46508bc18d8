"""Usual lines recognised whole, without parsing: most of a log.

- A line that matches is canonical JSON of the record by its very shape; the record is the same that
  ``record.wire`` reads from it, and a test compares the two.
- Whatever does not match is nothing bad: it is parsed in full by whoever asked.

Example::

    usual_entry(line) or wire.from_bytes(line)
"""

import re

from quoth.record.custody import Action, CustodyEntry, ObjectRef, Opening
from quoth.terms.digest import Digest

__all__ = ["usual_entry", "usual_opening"]

_DIGEST = rb"(sha256:[0-9a-f]{64})"
_PLAIN = rb"([ !#-\[\]-~]*)"
_ENTRY = re.compile(
    rb'\{"action":"received","at":"' + _PLAIN + rb'","by":"' + _PLAIN + rb'","commitment":"' + _DIGEST
    + rb'","objects":\[\{"digest":"' + _DIGEST + rb'","size":([1-9][0-9]{0,14})\}\],"prev":"' + _DIGEST
    + rb'","seq":(0|[1-9][0-9]{0,14}),"type":"custody-entry"\}\Z'
)  # fmt: skip
_OPENING = re.compile(
    rb'\{"commitment":"' + _DIGEST + rb'","salt":"([0-9a-f]{64})","type":"opening","value":"'
    + rb'((?:[^"\\\x00-\x1f]|\\["\\])*)"\}\n\Z'
)  # fmt: skip
_ESCAPED = re.compile(r'\\(["\\])')


def usual_entry(line: bytes) -> CustodyEntry | None:
    """The entry *received* of one object that ``line`` is, without a line end; ``None`` for any other line."""
    match = _ENTRY.match(line)
    if match is None:
        return None
    at, by, commitment, digest, size, prev, seq = (part.decode("ascii") for part in match.groups())
    return CustodyEntry(
        seq=int(seq),
        prev=Digest(prev),
        action=Action.RECEIVED,
        at=at,
        by=by,
        objects=(ObjectRef(digest=Digest(digest), size=int(size)),),
        commitment=Digest(commitment),
    )


def usual_opening(line: bytes) -> Opening | None:
    """The opening that ``line`` is, its line end included; ``None`` for any other line."""
    match = _OPENING.match(line)
    if match is None:
        return None
    try:
        value = match[3].decode()
    except UnicodeDecodeError:
        return None
    return Opening(commitment=Digest(match[1].decode()), salt=match[2].decode(), value=_ESCAPED.sub(r"\1", value))
