"""What was stamped: a checkpoint of this log, or other bytes.

- A stamped checkpoint must be one of this log: same size, same root. Another root is another history.
- Every checkpoint that ever stood in ``log/checkpoint`` can be made again from the log, and so be found by digest.

Example::

    fault = subject_fault(subject, origin=origin, roots=lambda size: tree.head(size).root)
"""

from collections.abc import Callable
from pathlib import Path

from quoth.custody import folder
from quoth.custody.checkpoint import Checkpoint, Tree, parse_foreign
from quoth.custody.note import parse_note
from quoth.custody.signed import newest
from quoth.errors import CustodyError
from quoth.terms.digest import Digest, digest_of, hex_of
from quoth.terms.merkle import TreeHead

__all__ = ["checkpoint_with", "head_in", "subject_fault"]

LONGEST = 65_536
"""Bytes of the longest checkpoint that is looked at."""


def head_in(subject: bytes, origin: str) -> TreeHead | None:
    """Size and root in the bytes; ``None`` where they are no checkpoint of the log ``origin``."""
    try:
        found, head = parse_foreign(parse_note(subject).text if b"\n\n" in subject else subject)
    except CustodyError:
        return None
    return head if found == origin else None


def subject_fault(subject: bytes, *, origin: str, size: int, root_at: Callable[[int], bytes]) -> str:
    """Why stamped bytes do not belong to the log ``origin`` of ``size`` entries; empty where they do.

    Bytes that are no checkpoint of it, as those of an item, belong to it by the entry that names them.
    """
    head = head_in(subject, origin)
    if head is None:
        return ""
    if head.size > size:
        return f"it is about {head.size} entries of this log, which has {size}: entries are missing"
    if root_at(head.size) != head.root:
        return f"it is about another history of this log: its first {head.size} entries have another root"
    return ""


def checkpoint_with(root: Path, origin: str, digest: Digest) -> bytes | None:
    """The checkpoint or signed note of the case at ``root`` with this digest, of whatever size; else ``None``."""
    for _, path in newest(root):
        data = path.read_bytes()
        if digest_of(data) == digest:
            return data
    tree = Tree()
    with (root / folder.ENTRIES).open("rb") as source:
        for line in source:
            tree.add(line.removesuffix(b"\n"))
            last = bytes.fromhex(hex_of(digest_of(line.removesuffix(b"\n"))))
            data = Checkpoint(origin=origin, size=tree.size, root=tree.root(), last=last).to_text()
            if digest_of(data) == digest:
                return data
    return None
