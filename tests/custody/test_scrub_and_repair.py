"""Scrubbing a share at a time, and repairing from a second copy."""

import random
import shutil
from pathlib import Path

import pytest

from custody.forge import AT, BODIES, small_case
from custody.people import signed_case
from quoth.custody.audit import audit
from quoth.custody.repair import damaged_in, enter_repair, repair
from quoth.custody.scrub import Scrub, ScrubState, read_state
from quoth.custody.store import EntryDraft, Store
from quoth.custody.vault import place_of
from quoth.errors import CustodyError
from quoth.record.custody import Action, ObjectRef
from quoth.record.finding import Outcome
from quoth.terms.digest import digest_of


@pytest.fixture(name="worn_case")
def _worn_case(tmp_path: Path) -> Store:
    store = small_case(tmp_path / "case")
    for number in range(40):
        ref = store.put(b"%d" % number * (1 + 13 * number))
        store.stage(EntryDraft(action=Action.RECEIVED, objects=(ref,)))
    store.commit(by="desk", at=AT)
    return store


def names(store: Store) -> list[str]:
    return sorted(path.parent.name + path.name for path in (store.root / "objects").glob("*/*"))


def spoil(store: Store, digest, data: bytes | None = b"rotten") -> str:
    path = store.object_path(digest)
    path.chmod(0o644)
    path.unlink() if data is None else path.write_bytes(data)
    return place_of(digest)


def share(store: Store, percent: int) -> tuple[Scrub, list]:
    one = Scrub(Store.open(store.root))
    found = list(one.run(share=percent))
    one.save(at=AT)
    return one, found


def test_shares_go_round_all_objects_in_order_and_once(worn_case) -> None:
    order, seen, rounds = names(worn_case), [], 0
    while rounds == 0:
        one, found = share(worn_case, 17)
        assert found == []
        assert one.checked >= 1
        seen.append(one.checked)
        rounds = read_state(worn_case.root).rounds
    assert sum(seen) == len(order)
    assert len(seen) in (6, 7, 8, 9)
    assert read_state(worn_case.root) == ScrubState(rounds=1, at=AT)
    one, _ = share(worn_case, 1)
    assert one.after.cursor == order[one.checked - 1]


def test_the_cursor_stays_where_it_was_for_the_next_process(worn_case) -> None:
    first, _ = share(worn_case, 40)
    second, _ = share(worn_case, 100)
    assert first.checked + second.checked == len(names(worn_case))
    assert second.ends_a_round
    assert not first.ends_a_round


def test_damage_is_found_by_the_share_that_reaches_it_and_the_round_goes_on(worn_case) -> None:
    place = spoil(worn_case, digest_of(BODIES[3]))
    empty = spoil(worn_case, digest_of(BODIES[2]), b"")
    found = []
    while read_state(worn_case.root).rounds == 0:
        found += share(worn_case, 10)[1]
    assert {one.subject: one.grounds[0] for one in found} == {
        place: "the bytes have another digest than the name", empty: "empty"
    }  # fmt: skip
    assert all(one.outcome is Outcome.FAILS for one in found)


def test_time_ends_a_share(worn_case) -> None:
    ticks = iter([False, False, True])
    one = Scrub(worn_case)
    assert list(one.run(is_over=lambda: next(ticks))) == []
    assert one.checked == 3
    assert not one.ends_a_round
    assert one.left_bytes > 0


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b"\xff", b'{"at":"","cursor":"xyz","round_began":"","rounds":0}',
     b'{"at":"","cursor":"","round_began":"","rounds":-1}', b'{"at":1,"cursor":"","round_began":"","rounds":0}',
     b'{"at":"","cursor":"","round_began":2,"rounds":0}', b'{"at":"","cursor":"","round_began":"","rounds":true}'],
)  # fmt: skip
def test_a_damaged_cursor_begins_the_round_anew(worn_case, data) -> None:
    share(worn_case, 50)
    (worn_case.root / "log/scrub").write_bytes(data)
    assert read_state(worn_case.root) == ScrubState()
    assert share(worn_case, 100)[0].checked == len(names(worn_case))


def test_the_cursor_is_no_foreign_file_to_the_audit(worn_case) -> None:
    share(worn_case, 50)
    assert [one.outcome for one in audit(worn_case)] == [Outcome.HOLDS]


def test_an_object_that_cannot_be_read_is_not_checked(worn_case) -> None:
    path = worn_case.object_path(digest_of(BODIES[3]))
    path.unlink()
    path.symlink_to(path)
    one = Scrub(worn_case)
    assert list(one.run()) == []  # a link is no object; the full audit names it
    path.unlink()
    assert digest_of(BODIES[3]) in damaged_in(worn_case, audit(worn_case))


COPIES = {
    "another case": shutil.copytree,
    "a bag": lambda root, copy: shutil.copytree(root, copy / "data"),
    "objects alone": lambda root, copy: shutil.copytree(root / "objects", copy),
    "originals under any name": lambda _root, copy: [
        (copy.mkdir(exist_ok=True), (copy / f"letter {number}.txt").write_bytes(body))
        for number, body in enumerate(BODIES)
    ],
}


@pytest.mark.parametrize("how", COPIES)
def test_damaged_and_missing_objects_come_back_from(worn_case, tmp_path, how) -> None:
    COPIES[how](worn_case.root, tmp_path / "copy")
    spoil(worn_case, digest_of(BODIES[3]), b"rotten")
    spoil(worn_case, digest_of(BODIES[2]), None)
    spoil(worn_case, digest_of(BODIES[4]), b"")
    damaged = damaged_in(worn_case, audit(worn_case))
    assert damaged == {digest_of(BODIES[number]): len(BODIES[number]) for number in (2, 3, 4)}
    made = tuple(repair(worn_case, damaged, tmp_path / "copy"))
    enter_repair(worn_case, made, by="desk", at=AT)
    assert {one.digest: bool(one.aside) for one in made} == {
        digest_of(BODIES[2]): False, digest_of(BODIES[3]): True, digest_of(BODIES[4]): True
    }  # fmt: skip
    kept = sorted(path.read_bytes() for path in (worn_case.root / "damaged").iterdir())
    assert kept == [b"", b"rotten"]
    assert [one.outcome for one in audit(worn_case)] == [Outcome.HOLDS]
    *_, entry = worn_case.entries()
    assert (entry.action, entry.note) == (Action.AUDITED, "repaired 3 from a second copy")
    assert {ref.digest for ref in entry.objects} == set(damaged)


def test_a_copy_that_is_damaged_itself_is_passed_over(worn_case, tmp_path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(worn_case.root, copy)
    place = spoil(worn_case, digest_of(BODIES[3]))
    (copy / place).chmod(0o644)
    (copy / place).write_bytes(bytes(len(BODIES[3])))
    assert tuple(repair(worn_case, damaged_in(worn_case, audit(worn_case)), copy)) == ()
    assert worn_case.object_path(digest_of(BODIES[3])).read_bytes() == b"rotten"
    (copy / "zz-good").write_bytes(BODIES[3])
    assert len(tuple(repair(worn_case, damaged_in(worn_case, audit(worn_case)), copy))) == 1


def test_damaged_bytes_are_kept_each_time(worn_case, tmp_path) -> None:
    shutil.copytree(worn_case.root, tmp_path / "copy")
    for data in (b"first", b"second"):
        spoil(worn_case, digest_of(BODIES[3]), data)
        tuple(repair(worn_case, damaged_in(worn_case, audit(worn_case)), tmp_path / "copy"))
    kept = sorted(
        path.name.rsplit("-")[1] + path.read_bytes().decode() for path in (worn_case.root / "damaged").iterdir()
    )
    assert kept == ["1first", "2second"]


def test_what_was_erased_is_not_brought_back(worn_case, tmp_path) -> None:
    shutil.copytree(worn_case.root, tmp_path / "copy")
    digest = digest_of(BODIES[3])
    worn_case.stage(EntryDraft(action=Action.ERASED, objects=(ObjectRef(digest=digest, size=len(BODIES[3])),)))
    worn_case.commit(by="desk", at=AT)
    spoil(worn_case, digest, None)
    assert damaged_in(worn_case, audit(worn_case)) == {}


def test_what_no_entry_names_is_not_looked_for(worn_case) -> None:
    ref = worn_case.put(b"left over")
    worn_case.stage(EntryDraft(action=Action.RECEIVED, objects=(ref,)))
    spoil_later = worn_case.object_path(ref.digest)
    worn_case.commit(by="desk", at=AT)
    lines = (worn_case.root / "log/entries.jsonl").read_bytes().splitlines(keepends=True)
    assert len(lines) == 47
    spoil_later.chmod(0o644)
    spoil_later.write_bytes(b"x")
    assert list(damaged_in(worn_case, audit(worn_case))) == [ref.digest]


def test_a_folder_that_is_none_is_an_error(worn_case, tmp_path) -> None:
    with pytest.raises(CustodyError, match="is no folder"):
        tuple(repair(worn_case, {}, tmp_path / "nowhere"))


def test_a_signed_case_survives_random_damage_and_repair(tmp_path) -> None:
    store, rng = signed_case(tmp_path / "case"), random.Random(3)
    shutil.copytree(store.root, tmp_path / "copy")
    objects = sorted((store.root / "objects").glob("*/*"))
    for path in rng.sample(objects, 6):
        path.chmod(0o644)
        data = bytearray(path.read_bytes() or b"x")
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        path.write_bytes(bytes(data))
    damaged = damaged_in(store, audit(store))
    assert len(damaged) == 6
    enter_repair(store, tuple(repair(store, damaged, tmp_path / "copy")), by="desk", at=AT)
    assert [one.outcome for one in audit(Store.open(store.root))] == [Outcome.HOLDS]
