"""How fast entries are appended to a log, signed and proved; in CPU time of one run.

- Appending: batches of 1,000 entries through the ledger, lines made, hashed, chained, written, forced.
- Proving: a tree of 1,000,000 leaves, inclusion and consistency proofs at random places.
- pymerkle, a library for such trees, grows a smaller one beside it.

Example::

    python bench/log.py            # about a minute
    python bench/log.py --small    # a tenth of it
"""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

import pymerkle

from quoth.custody.ledger import Ledger, Posting
from quoth.custody.note import note_name, sign_note
from quoth.custody.signing import SigningKey
from quoth.custody.sshsig import ssh_sign
from quoth.custody.staging import Staging
from quoth.custody.store import Store
from quoth.record.custody import Action, ObjectRef
from quoth.terms.digest import digest_of
from quoth.terms.merkle import TiledTree, consistency_fault, inclusion_fault, leaf_hash

AT = "2031-05-02T09:00:00Z"
APPENDS = 50_000
PROOF_MS = 1.0


def appended(count: int) -> float:
    """Entries a CPU second, in batches of 1,000."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "case"
        store = Store.create(root, by="desk", at=AT)
        ledger = Ledger(str(root), store.case_file.origin, Staging(str(root)))
        digests = [digest_of(b"%d" % number) for number in range(count)]
        postings = [
            Posting(action=Action.RECEIVED, objects=(ObjectRef(digest=one, size=1042),), commitment=one)
            for one in digests
        ]
        ledger.head()
        start = time.process_time()
        for at in range(0, count, 1000):
            ledger.append(postings[at : at + 1000], by="desk", at=AT)
        return count / (time.process_time() - start)


def proved(count: int) -> tuple[float, float, float]:
    """Leaves a CPU second, milliseconds an inclusion proof and a consistency proof."""
    leaves = [leaf_hash(b"%d" % number) for number in range(count)]
    tree, rng = TiledTree(), random.Random(9162)
    start = time.process_time()
    for at in range(0, count, 1000):
        tree.extend(leaves[at : at + 1000])
    rate = count / (time.process_time() - start)
    places, head = [rng.randrange(1, count) for _ in range(300)], tree.head()
    start = time.process_time()
    paths = [tree.inclusion(place) for place in places]
    inclusion = (time.process_time() - start) * 1000 / len(places)
    start = time.process_time()
    grown = [tree.consistency(place) for place in places]
    consistency = (time.process_time() - start) * 1000 / len(places)
    for place, path, more in zip(places, paths, grown, strict=True):
        fault = inclusion_fault(path, leaves[place], index=place, head=head)
        fault = fault or consistency_fault(more, tree.head(place), new=head)
        if fault:
            raise SystemExit(f"a proof is wrong: {fault}")
    return rate, inclusion, consistency


def peer(count: int) -> float:
    """Leaves a CPU second with pymerkle."""
    tree, rows = pymerkle.InmemoryTree(algorithm="sha256"), [b"%d" % number for number in range(count)]
    start = time.process_time()
    tree.append_entries(rows)
    return count / (time.process_time() - start)


def signed() -> float:
    """Signed checkpoints (note and SSH signature) a CPU second."""
    key = SigningKey.from_seed(bytes(32))
    start = time.process_time()
    for number in range(500):
        note = sign_note(b"quoth-case/00\n%d\n" % number, note_name(key.public), key)
        ssh_sign(note, key)
    return 500 / (time.process_time() - start)


def main() -> int:
    """Run and print; gives 0 when both bars are met, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--small", action="store_true", help="a tenth of it")
    share = 10 if parser.parse_args().small else 1
    rate = max(appended(100_000 // share) for _ in range(2))
    tree_rate, inclusion, consistency = proved(1_000_000 // share)
    print(f"appended to the log:   {rate:9,.0f} entries a CPU second (bar {APPENDS:,})")
    print(f"added to the tree:     {tree_rate:9,.0f} leaves a CPU second; pymerkle {peer(100_000 // share):,.0f}")
    times = f"inclusion {inclusion:.3f} ms, consistency {consistency:.3f} ms"
    print(f"proved at {1_000_000 // share:,}:  {times} (bar {PROOF_MS})")
    print(f"signed checkpoints:    {signed():9,.0f} a CPU second")
    return 0 if rate >= APPENDS and max(inclusion, consistency) <= PROOF_MS else 1


if __name__ == "__main__":
    sys.exit(main())
