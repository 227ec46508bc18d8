"""A writing process for the crash tests: it takes items in and prints what was acknowledged.

Usage: ``python writer.py CASE SEED COUNT BATCH``; a line ``<seq> <hex digest>`` follows each commit,
written at once; COUNT 0 goes on for ever.
"""

import os
import random
import sys
from pathlib import Path

from quoth.custody.store import EntryDraft, Store
from quoth.record.custody import Action, CaseNote
from quoth.terms.digest import hex_of


def main() -> None:
    root, seed, count, batch = Path(sys.argv[1]), *(int(one) for one in sys.argv[2:5])
    rng = random.Random(seed)
    store = Store.open(root)
    done = 0
    while not count or done < count:
        size = batch or rng.choice([1, 1, 3, 40])
        for _ in range(min(size, count - done) if count else size):
            ref = store.put(rng.randbytes(rng.choice([0, 10, 5_000, 60_000])) + os.urandom(4))
            store.stage(EntryDraft(action=Action.RECEIVED, objects=(ref,), secret=CaseNote(title=f"{seed}.{done}")))
            done += 1
        made = store.commit(by=f"writer {seed}", at="2031-05-02T09:00:00Z")
        lines = "".join(f"{entry.seq} {hex_of(entry.objects[0].digest)}\n" for entry in made)
        os.write(1, lines.encode())


if __name__ == "__main__":
    main()
