"""Many writers at once on one case, killed at random and started again; nothing acknowledged is lost, the log only grows.

Usage: ``python tests/faults/writers.py [--writers 64] [--items 100] [--seed N] [--quick]``. Each writer is a process that takes in its items, a
few a commit, and tells what was acknowledged. Writers are killed at random moments (SIGKILL) and started again; they go on after
what they were told, so that items whose acknowledgement died with them are offered twice and must stand once. Meanwhile the
checkpoint is read again and again. At the end: every acknowledged entry is present with its object and opening, every item
stands exactly once, a proof of consistency joins all checkpoints that were seen, each acknowledged entry has a proof of
inclusion, and the audit has no alarm.
"""

import argparse
import contextlib
import json
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from judge import AT, alarms_of, read_plainly

from quoth.custody.checkpoint import Checkpoint, parse_checkpoint
from quoth.custody.store import EntryDraft, Store
from quoth.record.custody import Action, CaseNote
from quoth.terms.digest import digest_of
from quoth.terms.merkle import TiledTree, TreeHead, consistency_fault, inclusion_fault, leaf_hash

SCRATCH = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else Path(tempfile.gettempdir())


def write(root: Path, writer: int, items: list[int], seed: str, pipe: int) -> None:
    """One life of a writer: its items in commits of one to nine, each told once it is acknowledged."""
    rng = random.Random(seed)
    store = Store.open(root)
    while items:
        batch, items = items[: (size := rng.randint(1, 9))], items[size:]
        for item in batch:
            body = f"writer {writer}, item {item}\n".encode() * rng.choice((1, 40, 400))
            draft = EntryDraft(
                action=Action.RECEIVED,
                objects=(store.put(body),),
                secret=CaseNote(title=f"{writer}.{item}"),
                key=digest_of(f"{writer}.{item}".encode()),
            )
            store.stage(draft)
        made = store.commit(by=f"writer {writer}", at=AT)
        lines = [f"{entry.seq} {entry.key} {entry.objects[0].digest}\n" for entry in made]
        os.write(pipe, "".join([*lines, f"done {batch[-1]}\n"]).encode())


class Writer:
    """A writer through its lives: what it was told, and what is left to do."""

    def __init__(self, root: Path, number: int, items: int) -> None:
        self._root, self.number, self._left = root, number, list(range(items))
        self.lives, self.told, self._heard = 0, [], b""
        self.pid = self.pipe = -1

    def start(self, seed: int) -> None:
        self.pipe, into = os.pipe()
        self.lives += 1
        self.pid = os.fork()
        if self.pid == 0:
            code = 1
            try:
                write(self._root, self.number, self._left, f"{seed} {self.number} {self.lives}", into)
                code = 0
            finally:
                os._exit(code)
        os.close(into)

    def hear(self) -> bool:
        """Take what it says; false when it is gone. A line cut off by its death was told to nobody."""
        data = os.read(self.pipe, 1 << 16)
        self._heard += data
        *lines, self._heard = self._heard.split(b"\n")
        for line in lines:
            first, _, rest = line.decode().partition(" ")
            if first == "done":
                self._left = [one for one in self._left if one > int(rest)]
            else:
                self.told.append((int(first), *rest.split(" ")))
        return bool(data)

    def end(self) -> bool:
        """Bury it; true when all its items are acknowledged."""
        os.close(self.pipe)
        self._heard, ended = b"", os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        if ended not in {0, -signal.SIGKILL}:
            raise SystemExit(f"writer {self.number} ended with {ended}")
        return not self._left


def contest(root: Path, chosen: argparse.Namespace) -> tuple[list[Writer], dict[tuple[int, bytes], Checkpoint], int]:
    """All writers at once until everything is acknowledged; gives them, the checkpoints seen, and the kills."""
    rng = random.Random(chosen.seed)
    writers = [Writer(root, number, chosen.items) for number in range(chosen.writers)]
    seen: dict[tuple[int, bytes], Checkpoint] = {}
    for one in writers:
        one.start(chosen.seed)
    running, kills = {one.pipe: one for one in writers}, 0
    next_kill = time.monotonic()
    while running:
        ready, _, _ = select.select(list(running), [], [], 0.01)
        for pipe in ready:
            one = running[pipe]
            if not one.hear():
                del running[pipe]
                if not one.end():
                    one.start(chosen.seed)
                    running[one.pipe] = one
        made = parse_checkpoint((root / "log/checkpoint").read_bytes())
        seen[made.size, made.root] = made
        if running and kills < chosen.kills and time.monotonic() >= next_kill:
            with contextlib.suppress(ProcessLookupError):
                os.kill(rng.choice(list(running.values())).pid, signal.SIGKILL)
                kills += 1
            next_kill = time.monotonic() + rng.random() * 0.1
    return writers, seen, kills


def faults_of(root: Path, writers: list[Writer], seen: dict[tuple[int, bytes], Checkpoint], items: int) -> list[str]:
    """What is wrong at the end."""
    lines, bad = read_plainly(root)
    bad += alarms_of(root)
    entries = [json.loads(line) for line in lines]
    for one in writers:
        for seq, key, digest in one.told:
            here = entries[seq] if seq < len(entries) else {}
            if (here.get("key"), here.get("objects", [{}])[0].get("digest")) != (key, digest):
                bad.append(f"entry {seq} was acknowledged to writer {one.number}, and it is not there")
    stood = [entry["key"] for entry in entries if entry["action"] == "received"]
    if len(stood) != len(set(stood)):
        bad.append("an item stands twice")
    missing = {digest_of(f"{one.number}.{item}".encode()) for one in writers for item in range(items)} - set(stood)
    bad += [f"{len(missing)} items are missing"] if missing else []
    tree = TiledTree([leaf_hash(line) for line in lines])
    heads = [TreeHead(size=size, root=root_hash) for size, root_hash in sorted(seen)]
    for older, newer in zip(heads, [*heads[1:], tree.head()], strict=True):
        fault = consistency_fault(tree.consistency(older.size, newer.size), older, new=newer)
        bad += [f"checkpoints of {older.size} and {newer.size} entries: {fault}"] if fault else []
    for seq in {seq for one in writers for seq, _, _ in one.told}:
        fault = inclusion_fault(tree.inclusion(seq), leaf_hash(lines[seq]), index=seq, head=tree.head())
        bad += [f"entry {seq}: {fault}"] if fault else []
    return bad


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--writers", type=int, default=64)
    parser.add_argument("--items", type=int, default=100)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20310502)
    parser.add_argument("--quick", action="store_true", help="12 writers of 20 items, 20 kills")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.writers, chosen.items, chosen.kills = 12, 20, 20
    top = Path(tempfile.mkdtemp(prefix="quoth-writers-", dir=SCRATCH))
    try:
        root = top / "case"
        Store.create(root, by="desk", at=AT)
        writers, seen, kills = contest(root, chosen)
        told = sum(len(one.told) for one in writers)
        bad = faults_of(root, writers, seen, chosen.items)
    finally:
        shutil.rmtree(top)
    print(
        f"{chosen.writers} writers of {chosen.items} items at once, {kills} kills, {sum(one.lives for one in writers)} lives"
    )
    for line in bad[:10]:
        print(f"  {line}")
    print(f"acknowledged entries: {told}, checkpoints seen: {len(seen)}, {len(bad)} bad")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
