"""Killed at any moment, nothing acknowledged is lost."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from custody.forge import AT, alarms, log_lines
from quoth.custody.audit import audit
from quoth.custody.store import EntryDraft, Store
from quoth.record.custody import Action
from quoth.record.finding import Outcome
from quoth.terms.digest import Digest

HERE = Path(__file__).parent
KILLS = 24


def acknowledged(text: bytes) -> dict[int, str]:
    """Sequence number to digest, of whole lines (a torn line was not told to anybody)."""
    lines = text[: text.rfind(b"\n") + 1].decode().split("\n")[:-1]
    return {int(line.split()[0]): line.split()[1] for line in lines}


def test_killed_at_random_moments(tmp_path) -> None:
    root = tmp_path / "case"
    Store.create(root, by="desk", at=AT)
    rng = random.Random(20310502)
    told: dict[int, str] = {}
    for seed in range(KILLS):
        command = [sys.executable, HERE / "writer.py", root, str(seed), "0", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            first = writer.stdout.readline()
            time.sleep(rng.random() * 0.08)
            writer.kill()
            told |= acknowledged(first + writer.stdout.read())
    assert len(told) >= KILLS
    store = Store.open(root)
    entries = {entry.seq: entry for entry in store.entries()}
    for seq, name in told.items():
        assert entries[seq].objects[0].digest == f"sha256:{name}"
        store.read_object(Digest(f"sha256:{name}"))
        assert store.opening(entries[seq].commitment) is not None
    assert alarms(list(audit(store))) == []
    store.stage(EntryDraft(action=Action.DECIDED))
    store.commit(by="desk", at=AT)
    assert list((root / "tmp").iterdir()) == []


@pytest.mark.parametrize(
    ("how", "size", "step"), [("kill", 2, 1), ("kill", 30, 5), ("ENOSPC", 2, 1), ("ENOSPC", 30, 5), ("EIO", 2, 1)]
)
def test_struck_at_every_system_call(tmp_path, how, size, step) -> None:
    command = [sys.executable, "-W", "error", HERE / "every_call.py", tmp_path / "case", how, str(size), str(step)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    struck = int(done.stdout.split()[0])
    assert struck >= 20
    store = Store.open(tmp_path / "case")
    assert alarms(list(audit(store))) == []


def test_a_torn_line_is_set_aside_and_mentioned(tmp_path) -> None:
    store = Store.create(tmp_path / "case", by="desk", at=AT)
    log = store.root / "log/entries.jsonl"
    torn = [b'{"action":"recei', b'{"ac', b"\x00" * 4096]
    for number, tail in enumerate(torn, start=1):
        with log.open("ab") as out:
            out.write(tail)
        found = list(audit(store))
        assert alarms(found) == []
        assert any(str(len(tail)) in one.grounds[0] and one.subject == "log/entries.jsonl" for one in found)
        assert len(list(store.entries())) == number
        store.stage(EntryDraft(action=Action.DECIDED))
        store.commit(by="desk", at=AT)
        assert (store.root / f"log/torn-{number}.bin").read_bytes() == tail
    found = list(audit(Store.open(store.root)))
    assert alarms(found) == []
    noted = [one.subject for one in found if one.outcome is Outcome.CANNOT_TELL]
    assert noted == ["log/torn-1.bin", "log/torn-2.bin", "log/torn-3.bin"]
    assert found[-1].outcome is Outcome.HOLDS


def test_whole_lines_that_were_not_acknowledged_are_taken_over(tmp_path) -> None:
    store = Store.create(tmp_path / "case", by="desk", at=AT)
    old = (store.root / "log/checkpoint").read_bytes()
    store.stage(EntryDraft(action=Action.VIEWED, note="killed before the checkpoint took its place"))
    store.commit(by="desk", at=AT)
    (store.root / "log/checkpoint").write_bytes(old)
    other = Store.open(store.root)
    assert other.head()[0] == 1
    other.stage(EntryDraft(action=Action.DECIDED))
    (made,) = other.commit(by="desk", at=AT)
    assert made.seq == 2
    assert [entry.action for entry in Store.open(store.root).entries()] == [
        Action.OPENED,
        Action.VIEWED,
        Action.DECIDED,
    ]
    assert len(log_lines(store.root)) == 3
    assert alarms(list(audit(store))) == []
