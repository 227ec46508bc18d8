"""What a power cut leaves after the last acknowledged entry is a note, whatever part of it arrived."""

import random

import pytest

from quoth.custody.audit import audit
from quoth.custody.store import EntryDraft, Store
from quoth.record.custody import Action
from quoth.record.finding import Outcome

AT = "2031-05-02T09:00:00Z"


@pytest.fixture(name="lines_of_a_killed_batch")
def _lines_of_a_killed_batch(tmp_path):
    store = Store.create(tmp_path / "case", by="desk", at=AT)
    log, checkpoint = store.root / "log/entries.jsonl", store.root / "log/checkpoint"
    whole, covered = log.read_bytes(), checkpoint.read_bytes()
    for number in range(6):
        store.stage(EntryDraft(action=Action.DECIDED, note=f"step {number}"))
    store.commit(by="desk", at=AT)
    batch = log.read_bytes()[len(whole) :]
    checkpoint.write_bytes(covered)
    return store.root, whole, batch


def test_a_torn_batch_is_no_alarm_and_the_next_commit_goes_through(lines_of_a_killed_batch) -> None:
    root, whole, batch = lines_of_a_killed_batch
    log, checkpoint = root / "log/entries.jsonl", root / "log/checkpoint"
    covered, rng = checkpoint.read_bytes(), random.Random(20310502)
    tails = [batch[:3] + bytes(33), bytes(40), batch[:700] + bytes(len(batch) - 700)]
    for _ in range(60):  # sectors that never arrived
        torn = bytearray(batch)
        for start in range(-len(whole) % 512 - 512, len(batch), 512):
            if rng.random() < 0.5:
                low, high = max(start, 0), max(start + 512, 0)
                torn[low:high] = bytes(len(torn[low:high]))
        tails.append(bytes(torn))
    for tail in tails:
        log.write_bytes(whole + tail)
        checkpoint.write_bytes(covered)
        store = Store.open(root)
        assert [one for one in audit(store) if one.outcome in (Outcome.FAILS, Outcome.NOT_CHECKED)] == []
        store.stage(EntryDraft(action=Action.VIEWED, note="the next commit"))
        store.commit(by="desk", at=AT)
        found = list(audit(Store.open(root)))
        assert [one for one in found if one.outcome in (Outcome.FAILS, Outcome.NOT_CHECKED)] == []


def test_foreign_text_at_the_end_is_still_an_alarm(lines_of_a_killed_batch) -> None:
    root, whole, _ = lines_of_a_killed_batch
    for tail in (b"rubbish", b"rubbish\n", b'{"action":"\n', b'{"action":"x"}\nrubbish\n', b"\x00rubbish\n"):
        (root / "log/entries.jsonl").write_bytes(whole + tail)
        found = [one for one in audit(Store.open(root)) if one.outcome is Outcome.FAILS]
        assert [one.check for one in found] == ["custody.06-nothing-after-the-last-entry"], tail
