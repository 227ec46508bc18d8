"""Many processes write at once; every entry is there and the chain is whole."""

import subprocess
import sys
from pathlib import Path

from custody.forge import AT, alarms
from quoth.custody.audit import audit
from quoth.custody.store import Store
from quoth.terms.digest import Digest

WRITER = Path(__file__).parent / "writer.py"


def test_eight_writers_of_fifty_items(tmp_path) -> None:
    root = tmp_path / "case"
    Store.create(root, by="desk", at=AT)
    commands = [[sys.executable, WRITER, root, str(seed), "50", str(1 + seed % 4)] for seed in range(8)]
    writers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for command in commands]
    told = [writer.communicate()[0].split("\n")[:-1] for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 8
    assert [len(lines) for lines in told] == [50] * 8
    store = Store.open(root)
    entries = {entry.seq: entry for entry in store.entries()}
    assert sorted(entries) == list(range(401))
    for seed, lines in enumerate(told):
        for line in lines:
            seq, name = line.split()
            assert entries[int(seq)].by == f"writer {seed}"
            assert entries[int(seq)].objects[0].digest == f"sha256:{name}"
            store.read_object(Digest(f"sha256:{name}"))
    assert len(list(store.openings())) == 400
    found = list(audit(store))
    assert alarms(found) == []
    assert [one.outcome.value for one in found] == ["holds"]
    assert list((root / "tmp").iterdir()) == []
