"""Proofs of what stands in the log, as texts to hand out.

- The newest signed checkpoint is used where there is one, else the unsigned one.
- A proof is checked by its own verification before it is handed out.

Example::

    print(prove_entry(book.store, 41).decode())
"""

from quoth.custody import folder
from quoth.custody.checkpoint import parse_foreign
from quoth.custody.forks import read_foreign
from quoth.custody.proofs import consistency_text, inclusion_text, newest_note, tree_of_log
from quoth.custody.store import Store
from quoth.errors import CliError, CustodyError
from quoth.terms.merkle import TiledTree, TreeHead, consistency_fault, inclusion_fault, leaf_hash

__all__ = ["newest_checkpoint", "prove_consistency", "prove_entry"]


def newest_checkpoint(store: Store, *, covering: int = 0) -> bytes:
    """The newest signed checkpoint that covers an entry, as a note; where nobody signed, the unsigned one."""
    return newest_note(store.root, store.checkpoint(), covering=covering)


def prove_entry(store: Store, number: int) -> bytes:
    """The ``.tlog-proof`` of one entry; raises :class:`CliError` for an entry that is not there."""
    size = store.head()[0]
    if not 0 <= number < size:
        raise CliError(f"the log has no entry {number}", hint=f"entries are counted from 0 to {size - 1}")
    note, head, tree, starts = _tree(store, covering=number)
    with (store.root / folder.ENTRIES).open("rb") as source:
        source.seek(starts[number])
        line = source.readline().removesuffix(b"\n")
    path = tree.inclusion(number, head.size)
    _refuse(inclusion_fault(path, leaf_hash(line), index=number, head=head))
    return inclusion_text(line, index=number, path=path, checkpoint=note)


def prove_consistency(store: Store, old: int) -> bytes:
    """The proof that the newest checkpoint grew from the first ``old`` entries; raises :class:`CliError`."""
    size = store.head()[0]
    if not 0 <= old <= size:
        raise CliError(f"the log has {size} entries, not {old}", hint="give the size of the other one's checkpoint")
    note, head, tree, _ = _tree(store, covering=max(old - 1, 0))
    path = tree.consistency(old, head.size)
    _refuse(consistency_fault(path, tree.head(old), new=head))
    return consistency_text(old, path, note)


def _tree(store: Store, *, covering: int) -> tuple[bytes, TreeHead, TiledTree, list[int]]:
    note = newest_checkpoint(store, covering=covering)
    head = read_foreign(note).head if b"\n\n" in note else parse_foreign(note)[1]
    tree, starts = tree_of_log(store.root, head.size)
    return note, head, tree, starts


def _refuse(fault: str) -> None:
    if fault:
        raise CustodyError(f"the log and its checkpoint do not agree: the proof {fault}", hint="run: quoth audit CASE")
