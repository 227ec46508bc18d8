"""The store: what goes in comes out, once, and only when it was acknowledged."""

import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custody.forge import AT, alarms, small_case
from quoth.custody import vault
from quoth.custody.audit import audit
from quoth.custody.openings import value_of
from quoth.custody.store import EntryDraft, Store
from quoth.errors import CaseError, CustodyError
from quoth.record.custody import GENESIS, Action, CaseNote
from quoth.terms.digest import digest_of, hex_of

KEY = digest_of(b"step")


@pytest.fixture(name="fresh_store")
def _fresh_store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "case", by="desk", at=AT)


class Trickle(io.RawIOBase):
    """A stream that gives its bytes in odd pieces, as pipes and decompressors do."""

    def __init__(self, data: bytes, step: int) -> None:
        super().__init__()
        self._rest, self._step = data, step

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        piece = self._rest[: min(self._step, len(buffer))]
        buffer[: len(piece)] = piece
        self._rest = self._rest[len(piece) :]
        return len(piece)


class OnlyRead:
    """A source with nothing but ``read``."""

    def __init__(self, data: bytes) -> None:
        self._stream = io.BytesIO(data)

    def read(self, size: int) -> bytes:
        return self._stream.read(size)


def leftovers(store: Store) -> list[str]:
    return sorted(one.name for one in (store.root / "tmp").iterdir())


def test_create_writes_a_case_that_opens(fresh_store) -> None:
    again = Store.open(fresh_store.root)
    (entry,) = again.entries()
    assert (entry.seq, entry.prev, entry.action, entry.by, entry.at) == (0, GENESIS, Action.OPENED, "desk", AT)
    case_file = (again.root / "quoth-case.json").read_bytes()
    assert entry.objects[0].digest == digest_of(case_file)
    assert again.head()[0] == 1
    assert alarms(list(audit(again))) == []
    assert leftovers(again) == []


def test_create_refuses_a_case_and_a_folder_with_anything_in_it(fresh_store, tmp_path) -> None:
    with pytest.raises(CaseError, match="holds a case already"):
        Store.create(fresh_store.root, by="desk", at=AT)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes").write_text("mine")
    with pytest.raises(CaseError, match="is not empty"):
        Store.create(tmp_path / "full", by="desk", at=AT)
    assert [one.name for one in (tmp_path / "full").iterdir()] == ["notes"]


def test_open_says_what_is_wrong(fresh_store, tmp_path) -> None:
    with pytest.raises(CaseError, match="no case at") as caught:
        Store.open(tmp_path / "nowhere")
    assert "quoth init" in caught.value.hint
    path = fresh_store.root / "quoth-case.json"
    path.chmod(0o644)
    text = path.read_text()
    path.write_text(text.replace('"format":1', '"format":2'))
    with pytest.raises(CaseError, match=r"format 2; this version of quoth reads up to format 1") as caught:
        Store.open(fresh_store.root)
    assert "newer quoth" in caught.value.hint
    for broken in ("", "[]", "{}", text[:-1], text.replace('"format":1', '"format":"1"'), text + "\n"):
        path.write_text(broken)
        with pytest.raises(CaseError):
            Store.open(fresh_store.root)


@settings(max_examples=25, deadline=None)
@given(
    items=st.lists(st.binary(max_size=3000), min_size=1, max_size=6),
    step=st.integers(1, 4096),
    kinds=st.lists(st.sampled_from(["bytes", "stream", "trickle", "read"]), min_size=6, max_size=6),
)
def test_what_goes_in_comes_out_and_is_held_once(tmp_path_factory, items, step, kinds) -> None:
    store = Store.create(tmp_path_factory.mktemp("round") / "case", by="desk", at=AT)
    for _ in range(2):  # the second time nothing new is written
        refs = []
        for item, kind in zip(items, kinds, strict=False):
            source = {
                "bytes": item,
                "stream": io.BytesIO(item),
                "trickle": io.BufferedReader(Trickle(item, step)),
                "read": OnlyRead(item),
            }[kind]
            refs.append(store.put(source))
        store.stage(EntryDraft(action=Action.RECEIVED, objects=tuple(refs)))
        store.commit(by="desk", at=AT)
        assert [ref.digest for ref in refs] == [digest_of(item) for item in items]
        assert [ref.size for ref in refs] == [len(item) for item in items]
        assert [store.read_object(ref.digest) for ref in refs] == items
        held = [one for one in (store.root / "objects").rglob("*") if one.is_file()]
        assert len(held) == len(set(items)) + 1
    assert alarms(list(audit(store))) == []


@pytest.mark.parametrize("extra", [-1, 0, 1])
@pytest.mark.parametrize("blocks", [1, 2])
def test_streams_around_whole_blocks(fresh_store, blocks, extra) -> None:
    data = os.urandom(1000) * 2200
    data = data[: blocks * vault.BLOCK + extra]
    for step in (vault.BLOCK, 70_001):
        ref = fresh_store.put(io.BufferedReader(Trickle(data, step)))
        assert (ref.digest, ref.size) == (digest_of(data), len(data))
    assert fresh_store.staged_count == 1
    fresh_store.commit(by="desk", at=AT)
    assert fresh_store.read_object(ref.digest) == data
    assert fresh_store.put(io.BytesIO(data)) == ref
    assert fresh_store.staged_count == 0


def test_blocks_of_zeros_become_holes_and_read_back(fresh_store) -> None:
    data = b"head" + bytes(5 * vault.BLOCK) + b"tail" + bytes(2 * vault.BLOCK)
    ref = fresh_store.put(io.BytesIO(data))
    fresh_store.commit(by="desk", at=AT)
    assert fresh_store.read_object(ref.digest) == data
    assert fresh_store.object_path(ref.digest).stat().st_blocks * 512 < len(data) // 2


def test_nothing_is_seen_before_commit_and_nothing_stays_after_rollback(fresh_store) -> None:
    ref = fresh_store.put(b"not yet")
    fresh_store.stage(EntryDraft(action=Action.RECEIVED, objects=(ref,)))
    assert (fresh_store.staged_count, fresh_store.has(ref.digest), len(leftovers(fresh_store))) == (1, False, 1)
    fresh_store.rollback()
    assert (fresh_store.staged_count, leftovers(fresh_store)) == (0, [])
    assert fresh_store.commit(by="desk", at=AT) == ()
    with fresh_store:
        fresh_store.put(b"nor this")
    assert leftovers(fresh_store) == []
    assert fresh_store.head()[0] == 1


@pytest.mark.parametrize("count", [3, 60])
def test_a_batch_is_acknowledged_with_its_objects_and_openings(fresh_store, count) -> None:
    for number in range(count):
        ref = fresh_store.put(b"item %d" % number)
        fresh_store.stage(EntryDraft(action=Action.RECEIVED, objects=(ref,), secret=CaseNote(title=f"T{number}")))
    made = fresh_store.commit(by="desk", at=AT)
    assert [entry.seq for entry in made] == list(range(1, count + 1))
    other = Store.open(fresh_store.root)
    assert tuple(other.entries(1)) == made
    for number, entry in enumerate(made):
        assert other.read_object(entry.objects[0].digest) == b"item %d" % number
        assert value_of(other.opening(entry.commitment)) == CaseNote(title=f"T{number}")
    assert len(list(other.openings())) == count
    assert other.opening(digest_of(b"no such")) is None
    mode = (other.root / "objects" / hex_of(made[0].objects[0].digest)[:2]).stat()
    assert mode.st_mode & 0o200
    assert other.object_path(made[0].objects[0].digest).stat().st_mode & 0o222 == 0
    assert next((other.root / "openings").iterdir()).stat().st_mode & 0o077 == 0
    assert alarms(list(audit(other))) == []


def test_a_step_is_written_once_whoever_was_first(fresh_store) -> None:
    other = Store.open(fresh_store.root)
    draft = EntryDraft(action=Action.DERIVED, key=KEY, secret=CaseNote(title="result"))
    fresh_store.stage(draft)
    fresh_store.stage(draft)
    other.stage(draft)
    other.stage(EntryDraft(action=Action.DECIDED))
    assert len(fresh_store.commit(by="one", at=AT)) == 1
    (left,) = other.commit(by="two", at=AT)
    assert left.action is Action.DECIDED
    assert other.keys()[KEY].by == "one"
    assert Store.open(fresh_store.root).keys() == fresh_store.keys()
    assert len(list(fresh_store.openings())) == 1


def test_keys_is_a_view_that_grows_and_cannot_be_written(fresh_store) -> None:
    keys = fresh_store.keys()
    fresh_store.stage(EntryDraft(action=Action.DERIVED, key=KEY))
    fresh_store.commit(by="desk", at=AT)
    assert list(keys) == [KEY]
    with pytest.raises(TypeError):
        keys[KEY] = None


def test_entries_can_start_anywhere(fresh_store) -> None:
    for batch in range(3):
        for number in range(800):
            fresh_store.stage(EntryDraft(action=Action.VIEWED, note=f"{batch}.{number}"))
        fresh_store.commit(by="desk", at=AT)
    other = Store.open(fresh_store.root)
    whole = list(other.entries())
    assert [entry.seq for entry in whole] == list(range(2401))
    for start in (0, 1, 1023, 1024, 2048, 2400, 2401, 9999):
        assert list(other.entries(start)) == whole[start:]
    assert other.head() == fresh_store.head()


@pytest.mark.parametrize("size", [10, vault.BLOCK + 5])
def test_adding_bytes_again_finds_a_damaged_object(fresh_store, size) -> None:
    data = b"z" * size
    ref = fresh_store.put(data)
    fresh_store.commit(by="desk", at=AT)
    path = fresh_store.object_path(ref.digest)
    path.chmod(0o644)
    path.write_bytes(b"y" + data[1:])
    with pytest.raises(CustodyError, match="does not hold the bytes that its name says"):
        fresh_store.put(io.BytesIO(data))
    with pytest.raises(CustodyError, match="is damaged"):
        fresh_store.read_object(ref.digest)
    fresh_store.rollback()
    assert leftovers(fresh_store) == []


def test_a_source_that_breaks_leaves_the_batch_as_it_was(fresh_store) -> None:
    class Broken(io.RawIOBase):
        def readinto(self, buffer) -> int:
            raise OSError(5, "Input/output error")

    kept = fresh_store.put(b"before")
    with pytest.raises(CustodyError, match="the source cannot be read: Input/output error"):
        fresh_store.put(Broken())
    fresh_store.stage(EntryDraft(action=Action.RECEIVED, objects=(kept,)))
    assert len(fresh_store.commit(by="desk", at=AT)) == 1
    assert fresh_store.has(kept.digest)


def test_a_missing_object_is_named(fresh_store) -> None:
    with pytest.raises(CustodyError, match="holds no object sha256:"):
        fresh_store.open_object(digest_of(b"nothing"))


@pytest.mark.parametrize("at", ["", "2031-05-02", "2031-05-02T09:00:00+00:00", "2031-05-02T09:00:00Z\n", "yesterday"])
def test_an_instant_is_utc_and_ends_in_z(fresh_store, at) -> None:
    fresh_store.stage(EntryDraft(action=Action.DECIDED))
    with pytest.raises(CustodyError, match="not an instant in UTC"):
        fresh_store.commit(by="desk", at=at)


def test_a_store_does_not_cross_a_fork(fresh_store) -> None:
    fresh_store._process += 1
    with pytest.raises(CustodyError, match="does not cross a fork"):
        fresh_store.put(b"x")


def test_left_behind_files_of_the_dead_go_and_those_of_the_living_stay(tmp_path) -> None:
    store = small_case(tmp_path / "case")
    dead = store.root / "tmp" / "w-dead"
    dead.mkdir()
    (dead / "1").write_bytes(b"half")
    living = Store.open(store.root)
    ref = living.put(b"still writing")
    store.stage(EntryDraft(action=Action.DECIDED))
    store.commit(by="desk", at=AT)
    assert not dead.exists()
    assert len(leftovers(store)) == 1
    living.stage(EntryDraft(action=Action.RECEIVED, objects=(ref,)))
    living.commit(by="desk", at=AT)
    assert store.read_object(ref.digest) == b"still writing"
    assert leftovers(store) == []
