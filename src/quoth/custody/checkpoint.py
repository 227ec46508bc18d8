"""Checkpoints: the log's size and Merkle root in one small text.

- Leaves are the log's lines without their newline; hashing is RFC 9162, section 2.1.1
  (``0x00`` before a leaf, ``0x01`` before a node).
- The text is the body of C2SP tlog-checkpoint: origin, size, root in base64, then one extension
  line ``last`` with the SHA-256 of the last line, so that one changed byte can be told from another.
- Part 1 signs nothing: a checkpoint shows loss and accident, and is worth the place where a copy is kept.

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

__all__ = ["Checkpoint", "Tree", "parse_checkpoint"]

_TEXT = re.compile(r"(?P<origin>[^\n ]+)\n(?P<size>0|[1-9][0-9]*)\n(?P<root>[^\n]+)\nlast (?P<last>[^\n]+)\n\Z")


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
