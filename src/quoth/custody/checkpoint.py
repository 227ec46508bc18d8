"""Checkpoints: the log's size and Merkle root in one small text.

- Leaves are the log's lines without their newline; hashing is :mod:`quoth.terms.merkle` (RFC 9162).
- The text is the body of C2SP tlog-checkpoint: origin, size, root in base64, then one extension
  line ``last`` with the SHA-256 of the last line, so that one changed byte can be told from another.
- ``log/checkpoint`` is not signed: it is renewed at every commit. Under ``log/signed/`` stand the same texts
  with one line more, ``from``, signed by whoever wrote the entries from that number on.
- A checkpoint of another origin or maker (three lines and any others) is read by :func:`parse_foreign`.

Example::

    >>> tree = Tree()
    >>> tree.add(b"first line")
    >>> tree.size
    1
"""

import base64
import binascii
import dataclasses
import re

from quoth.errors import CustodyError
from quoth.terms.merkle import GrowingTree as Tree
from quoth.terms.merkle import TreeHead

__all__ = ["Checkpoint", "SignedText", "Tree", "parse_checkpoint", "parse_foreign", "parse_signed"]

_TEXT = re.compile(r"(?P<origin>[^\n ]+)\n(?P<size>0|[1-9][0-9]*)\n(?P<root>[^\n]+)\nlast (?P<last>[^\n]+)\n\Z")
_FROM = re.compile(r"from (?P<first>0|[1-9][0-9]*)\n\Z")
_FOREIGN = re.compile(r"(?P<origin>[^\n]+)\n(?P<size>0|[1-9][0-9]{0,18})\n(?P<root>[^\n]+)\n([^\n]+\n)*\Z")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """``size`` lines of the log named ``origin`` have the Merkle ``root``; ``last`` is the last line's SHA-256."""

    origin: str
    size: int
    root: bytes
    last: bytes

    def to_text(self) -> bytes:
        """The checkpoint as it stands on the disk."""
        root, last = (base64.b64encode(one).decode() for one in (self.root, self.last))
        return f"{self.origin}\n{self.size}\n{root}\nlast {last}\n".encode()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SignedText:
    """What a person signs: the log as it stood, and that the entries from ``first`` to its end are theirs."""

    checkpoint: Checkpoint
    first: int

    def to_text(self) -> bytes:
        """The text of the note, without signatures."""
        return self.checkpoint.to_text() + f"from {self.first}\n".encode()


def parse_checkpoint(data: bytes) -> Checkpoint:
    """The checkpoint in ``data``; raises :class:`CustodyError` for any other bytes than its own."""
    try:
        match = _TEXT.match(data.decode())
        if match is not None:
            root, last = (base64.b64decode(match[name], validate=True) for name in ("root", "last"))
            made = Checkpoint(origin=match["origin"], size=int(match["size"]), root=root, last=last)
            if made.to_text() == data and len(root) == len(last) == 32:
                return made
    except (UnicodeDecodeError, binascii.Error, ValueError) as err:
        raise CustodyError(f"the checkpoint cannot be read: {err}", hint="run: quoth audit CASE") from err
    raise CustodyError("the checkpoint is not as it was written", hint="run: quoth audit CASE")


def parse_signed(text: bytes) -> SignedText:
    """The text of a note under ``log/signed/``; raises :class:`CustodyError` for any other bytes."""
    head, word, rest = text.rpartition(b"from ")
    match = _FROM.match((word + rest).decode("ascii", "replace"))
    made = SignedText(checkpoint=parse_checkpoint(head), first=int(match["first"]) if match else -1)
    if not 0 <= made.first < made.checkpoint.size:
        raise CustodyError("the signed checkpoint does not say which entries it signs", hint="run: quoth audit CASE")
    return made


def parse_foreign(text: bytes) -> tuple[str, TreeHead]:
    """Origin, size and root of any log's checkpoint (C2SP tlog-checkpoint); raises :class:`CustodyError`."""
    try:
        match = _FOREIGN.match(text.decode())
        root = base64.b64decode(match["root"], validate=True) if match else b""
    except (UnicodeDecodeError, binascii.Error, ValueError) as err:
        raise CustodyError(f"not a checkpoint: {err}", hint="get it again from whoever gave it") from err
    if match is None or len(root) != 32 or base64.b64encode(root).decode() != match["root"]:
        raise CustodyError("not a checkpoint: expected origin, size and root", hint="get it again from whoever gave it")
    return match["origin"], TreeHead(size=int(match["size"]), root=root)
