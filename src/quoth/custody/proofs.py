"""Proofs as texts that a stranger can check without the log.

- ``.tlog-proof`` (C2SP tlog-proof v1): the entry's line in ``extra``, its number, the path, the checkpoint.
- A consistency proof (the body that C2SP tlog-witness takes): ``old N``, the path, the checkpoint.
- A proof is worth its checkpoint: the caller says which keys it trusts, and no key means that nobody vouches.

Example::

    text = inclusion_text(line, index=41, path=path, checkpoint=note)
    inclusion_text_fault(text, origin="quoth-case/…", keys=[ada])
"""

import base64
import binascii
import dataclasses
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from quoth.custody import folder
from quoth.custody.checkpoint import Checkpoint, parse_foreign
from quoth.custody.note import NoteKey, note_fault, parse_note
from quoth.custody.signed import newest
from quoth.errors import CustodyError
from quoth.terms.merkle import HASH_SIZE, TiledTree, TreeHead, inclusion_fault, leaf_hash

__all__ = ["EntryProof", "consistency_text", "inclusion_text", "inclusion_text_fault", "newest_note", "tree_of_log"]

_FIRST = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})\Z")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EntryProof:
    """A proof taken apart: the line it is about, its number, the path, the checkpoint's bytes and its head."""

    line: bytes
    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes
    origin: str
    head: TreeHead


def inclusion_text(line: bytes, *, index: int, path: Sequence[bytes], checkpoint: bytes) -> bytes:
    """The ``.tlog-proof`` of a line of the log under a checkpoint, signed or not."""
    hashes = "".join(base64.b64encode(one).decode() + "\n" for one in path)
    return f"{_FIRST}\nextra {base64.b64encode(line).decode()}\nindex {index}\n{hashes}\n".encode() + checkpoint


def consistency_text(old: int, path: Sequence[bytes], checkpoint: bytes) -> bytes:
    """The proof that the checkpoint grew from the first ``old`` entries."""
    hashes = "".join(base64.b64encode(one).decode() + "\n" for one in path)
    return f"old {old}\n{hashes}\n".encode() + checkpoint


def parse_inclusion_text(data: bytes) -> EntryProof:
    """A ``.tlog-proof`` taken apart, unverified; raises :class:`CustodyError` for any but its one writing."""
    try:
        above, blank, below = data.decode().partition("\n\n")
    except UnicodeDecodeError as err:
        raise _no_proof("is not UTF-8") from err
    lines = above.split("\n")
    match = _INDEX.match(lines[2]) if len(lines) > 2 else None
    if not blank or lines[0] != _FIRST or match is None or not lines[1].startswith("extra "):
        raise _no_proof("does not begin as one")
    checkpoint = below.encode()
    origin, head = parse_foreign(parse_note(checkpoint).text if "\n\n" in below else checkpoint)
    path = tuple(_decoded(one) for one in lines[3:])
    if any(len(one) != HASH_SIZE for one in path):
        raise _no_proof("has a hash that is not 32 bytes")
    return EntryProof(
        line=_decoded(lines[1].removeprefix("extra ")),
        index=int(match[1]),
        path=path,
        checkpoint=checkpoint,
        origin=origin,
        head=head,
    )


def inclusion_text_fault(data: bytes, *, origin: str, keys: Iterable[NoteKey]) -> str:
    """Why this proves no entry of the log ``origin`` under a checkpoint signed by one of ``keys``; empty if it does."""
    # 1. it is a proof, as it was written
    try:
        proof = parse_inclusion_text(data)
    except CustodyError as err:
        return str(err)
    # 2. of this log
    if proof.origin != origin:
        return f"the proof is of another log: {proof.origin}"
    # 3. the checkpoint is signed by somebody trusted
    faults = [note_fault(proof.checkpoint, key) for key in keys]
    if "" not in faults:
        return f"the checkpoint: {faults[0]}" if faults else "the checkpoint is signed by nobody trusted"
    # 4. the line stands at its number under that checkpoint
    return inclusion_fault(proof.path, leaf_hash(proof.line), index=proof.index, head=proof.head)


def newest_note(root: Path, checkpoint: Checkpoint, *, covering: int) -> bytes:
    """The newest signed note that covers entry ``covering``; where there is none, the unsigned checkpoint."""
    for size, path in newest(root):
        if covering < size <= checkpoint.size:
            return path.read_bytes()
    return checkpoint.to_text()


def tree_of_log(root: Path, size: int) -> tuple[TiledTree, list[int]]:
    """The tree of the first ``size`` lines of the log, and where each line begins; raises :class:`CustodyError`."""
    hashes: list[bytes] = []
    starts, offset = [0], 0
    try:
        with (root / folder.ENTRIES).open("rb") as source:
            for line in source:
                if len(hashes) == size or not line.endswith(b"\n"):
                    break
                hashes.append(leaf_hash(line[:-1]))
                offset += len(line)
                starts.append(offset)
    except OSError as err:
        raise CustodyError(f"{folder.ENTRIES} cannot be read: {err.strerror}", hint="run: quoth audit CASE") from err
    if len(hashes) < size:
        raise CustodyError(f"{folder.ENTRIES} has no {size} entries", hint="run: quoth audit CASE")
    return TiledTree(hashes), starts


def _decoded(text: str) -> bytes:
    try:
        made = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as err:
        raise _no_proof("has a line that is not base64") from err
    if base64.b64encode(made).decode() != text:
        raise _no_proof("has base64 in another than its one form")
    return made


def _no_proof(reason: str) -> CustodyError:
    return CustodyError(f"not a proof of an entry: it {reason}", hint="make it with: quoth log CASE --prove N")
