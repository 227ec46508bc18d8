"""Every numbered step of the custody audit has an attack that fails that step and no other."""

import hashlib
import io
import json
import os
import random
import shutil
from pathlib import Path

import pytest

from attacks.test_signed_audit import ATTACKS as SIGNED_ATTACKS
from custody.forge import AT, BODIES, KEY, alarms, edited, log_lines, rechained, small_case, write_log
from quoth.custody.audit import AuditStep, audit
from quoth.custody.store import EntryDraft, Store
from quoth.custody.vault import place_of
from quoth.errors import QuothError
from quoth.record.custody import Action
from quoth.record.finding import Outcome
from quoth.terms.digest import digest_of


@pytest.fixture(name="custody_victim")
def _custody_victim(tmp_path: Path) -> Store:
    return small_case(tmp_path / "case")


def object_of(store: Store, number: int) -> Path:
    return store.object_path(digest_of(BODIES[number]))


def overwrite(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


def put_entry_0_right(root: Path, data: bytes) -> None:
    """Make entry 0 and an object fit a case file of other bytes."""
    digest = digest_of(data)
    place = root / place_of(digest)
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(data)
    lines = log_lines(root)
    lines[0] = edited(lines[0], objects=[{"digest": digest, "size": len(data)}])
    write_log(root, rechained(lines))


def case_file_of_another_format(store: Store) -> str:
    data = (store.root / "quoth-case.json").read_bytes().replace(b'"format":1', b'"format":2')
    overwrite(store.root / "quoth-case.json", data)
    put_entry_0_right(store.root, data)
    return "quoth-case.json"


def case_file_with_room(store: Store) -> str:
    data = (store.root / "quoth-case.json").read_bytes().replace(b":1", b": 1")
    overwrite(store.root / "quoth-case.json", data)
    put_entry_0_right(store.root, data)
    return "quoth-case.json"


def case_file_of_another_case(store: Store) -> str:
    data = json.loads((store.root / "quoth-case.json").read_bytes())
    data["case"] = "0" * 32
    overwrite(store.root / "quoth-case.json", json.dumps(data, sort_keys=True, separators=(",", ":")).encode())
    return "quoth-case.json"


def entry_with_room(store: Store) -> str:
    lines = log_lines(store.root)
    lines[2] = lines[2].replace(b'"action":', b'"action": ')
    write_log(store.root, rechained(lines, 3))
    return "log/entries.jsonl entry 2"


def entry_with_unknown_key(store: Store) -> str:
    lines = log_lines(store.root)
    lines[5] = edited(lines[5], verdict="authentic")
    write_log(store.root, lines)
    return "log/entries.jsonl entry 5"


def entry_dropped_and_rechained(store: Store) -> str:
    lines = log_lines(store.root)
    object_of(store, 1).unlink()  # so that the forger leaves nothing without an entry
    write_log(store.root, rechained(lines[:2] + lines[3:]))
    return "log/entries.jsonl entry 2"


def entry_changed_in_the_middle(store: Store) -> str:
    lines = log_lines(store.root)
    lines[3] = edited(lines[3], by="somebody else")
    write_log(store.root, lines)
    return "log/entries.jsonl entry 3"


def rubbish_at_the_end(store: Store) -> str:
    with (store.root / "log/entries.jsonl").open("ab") as out:
        out.write(b"rubbish")
    return "log/entries.jsonl"


def rubbish_lines_at_the_end(store: Store) -> str:
    with (store.root / "log/entries.jsonl").open("ab") as out:
        out.write(b'{"action":"received"}\n')
    return "log/entries.jsonl"


def last_entry_dropped(store: Store) -> str:
    write_log(store.root, log_lines(store.root)[:-1], checkpoint=False)
    return "log/entries.jsonl"


def last_entry_changed(store: Store) -> str:
    lines = log_lines(store.root)
    lines[5] = edited(lines[5], at="2031-05-02T09:00:01Z")
    write_log(store.root, lines, checkpoint=False)
    return "log/entries.jsonl entry 5"


def checkpoint_missing(store: Store) -> str:
    (store.root / "log/checkpoint").unlink()
    return "log/checkpoint"


def checkpoint_of_another_case(store: Store) -> str:
    path = store.root / "log/checkpoint"
    path.write_text(path.read_text().replace(store.case_file.case, "0" * 32))
    return "log/checkpoint"


def checkpoint_with_a_smaller_size(store: Store) -> str:
    path = store.root / "log/checkpoint"
    origin, size, rest = path.read_bytes().split(b"\n", 2)
    overwrite(path, b"\n".join([origin, b"%d" % (int(size) - 2), rest]))
    return "log/checkpoint"


def checkpoint_with_a_greater_size(store: Store) -> str:
    path = store.root / "log/checkpoint"
    origin, size, rest = path.read_bytes().split(b"\n", 2)
    overwrite(path, b"\n".join([origin, b"%d" % (int(size) + 2), rest]))
    return "log/checkpoint"


def checkpoint_with_another_root(store: Store) -> str:
    path = store.root / "log/checkpoint"
    lines = path.read_text().split("\n")
    lines[2] = "A" * 43 + "="
    path.write_text("\n".join(lines))
    return "log/checkpoint"


def foreign_file_among_objects(store: Store) -> str:
    (object_of(store, 2).parent / "notes.txt").write_text("mine")
    return f"objects/{object_of(store, 2).parent.name}/notes.txt"


def object_behind_a_link(store: Store) -> str:
    target = store.root.parent / "elsewhere"
    path = store.root / "objects" / "ff" / ("f" * 62)
    path.parent.mkdir(exist_ok=True)
    target.write_bytes(b"elsewhere")
    path.symlink_to(target)
    return f"objects/ff/{'f' * 62}"


def foreign_file_in_the_log(store: Store) -> str:
    (store.root / "log/entries.jsonl.bak").write_bytes(b"")
    return "log/entries.jsonl.bak"


def foreign_file_among_openings(store: Store) -> str:
    (store.root / "openings/names.txt").write_text("a name")
    return "openings/names.txt"


def object_flipped(store: Store) -> str:
    path = object_of(store, 3)
    data = bytearray(path.read_bytes())
    data[100] ^= 4
    overwrite(path, bytes(data))
    return place_of(digest_of(BODIES[3]))


def object_emptied(store: Store) -> str:
    overwrite(object_of(store, 2), b"")
    return place_of(digest_of(BODIES[2]))


def object_cut_short(store: Store) -> str:
    overwrite(object_of(store, 2), BODIES[2][:-1])
    return place_of(digest_of(BODIES[2]))


def object_longer(store: Store) -> str:
    overwrite(object_of(store, 2), BODIES[2] + b"!")
    return place_of(digest_of(BODIES[2]))


def object_missing(store: Store) -> str:
    object_of(store, 3).unlink()
    return place_of(digest_of(BODIES[3]))


def size_forged(store: Store) -> str:
    lines = log_lines(store.root)
    lines[3] = edited(lines[3], objects=[{"digest": digest_of(BODIES[2]), "size": 7}])
    write_log(store.root, rechained(lines))
    return "log/entries.jsonl entry 3"


def opening_file(store: Store, number: int) -> Path:
    return sorted((store.root / "openings").iterdir())[number]


def opening_with_another_value(store: Store) -> str:
    path = opening_file(store, 0)
    path.write_text(path.read_text().replace("Item 1", "Item 9"))
    return f"openings/{path.name} line 2"


def opening_with_shouted_salt(store: Store) -> str:
    path = opening_file(store, 1)
    first, rest = path.read_text().split("\n", 1)
    value = json.loads(first)
    value["salt"] = value["salt"].upper()
    path.write_text(json.dumps(value, sort_keys=True, separators=(",", ":")) + "\n" + rest)
    return f"openings/{path.name} line 1"


def opening_file_emptied(store: Store) -> str:
    path = opening_file(store, 0)
    path.write_bytes(b"")
    return f"openings/{path.name}"


def opening_cut_short(store: Store) -> str:
    path = opening_file(store, 0)
    path.write_bytes(path.read_bytes()[:-1])
    return f"openings/{path.name} line 2"


def step_done_twice(store: Store) -> str:
    lines = log_lines(store.root)
    lines[5] = edited(lines[5], key=KEY)
    write_log(store.root, rechained(lines))
    return "log/entries.jsonl entry 5"


ATTACKS = {
    AuditStep.CASE_FILE: (case_file_of_another_format, case_file_with_room),
    AuditStep.CASE_NAMED: (case_file_of_another_case,),
    AuditStep.ENTRY: (entry_with_room, entry_with_unknown_key),
    AuditStep.ORDER: (entry_dropped_and_rechained,),
    AuditStep.CHAIN: (entry_changed_in_the_middle,),
    AuditStep.TAIL: (rubbish_at_the_end, rubbish_lines_at_the_end),
    AuditStep.CHECKPOINT: (
        last_entry_dropped,
        last_entry_changed,
        checkpoint_missing,
        checkpoint_of_another_case,
        checkpoint_with_another_root,
        checkpoint_with_a_smaller_size,
        checkpoint_with_a_greater_size,
    ),
    AuditStep.FOREIGN: (
        foreign_file_among_objects,
        object_behind_a_link,
        foreign_file_in_the_log,
        foreign_file_among_openings,
    ),
    AuditStep.BYTES: (object_flipped, object_emptied, object_cut_short, object_longer),
    AuditStep.PRESENT: (object_missing,),
    AuditStep.SIZE: (size_forged,),
    AuditStep.OPENING: (
        opening_with_another_value,
        opening_with_shouted_salt,
        opening_file_emptied,
        opening_cut_short,
    ),
    AuditStep.KEY: (step_done_twice,),
}


def test_every_step_that_can_fail_has_an_attack() -> None:
    notes = {AuditStep.NOTED, AuditStep.UNSIGNED, AuditStep.SUMMARY}
    assert set(ATTACKS) | set(SIGNED_ATTACKS) == set(AuditStep) - notes


@pytest.mark.parametrize(
    ("step", "attack"),
    [(step, attack) for step, attacks in ATTACKS.items() for attack in attacks],
    ids=lambda one: one.name if isinstance(one, AuditStep) else one.__name__,
)
def test_attack_fails_its_step_only_and_names_the_place(custody_victim, step, attack) -> None:
    assert alarms(list(audit(custody_victim))) == []
    place = attack(custody_victim)
    found = list(audit(custody_victim))
    assert {one.check for one in alarms(found)} == {step.value}
    assert [one.subject for one in alarms(found)] == [place]
    assert all(one.check != AuditStep.SUMMARY.value for one in found)


def test_swapped_objects_are_both_named_with_each_other(custody_victim) -> None:
    one, other = object_of(custody_victim, 2), object_of(custody_victim, 3)
    shutil.move(one, one.parent / "aside")
    shutil.move(other, one)
    shutil.move(one.parent / "aside", other)
    found = alarms(list(audit(custody_victim)))
    assert {item.subject for item in found} == {place_of(digest_of(BODIES[2])), place_of(digest_of(BODIES[3]))}
    assert all("swapped" in item.grounds[0] for item in found)


def test_reordered_entries_are_named(custody_victim) -> None:
    lines = log_lines(custody_victim.root)
    lines[3], lines[4] = lines[4], lines[3]
    write_log(custody_victim.root, lines, checkpoint=False)
    found = alarms(list(audit(custody_victim)))
    assert {AuditStep.ORDER.value, AuditStep.CHAIN.value} <= {one.check for one in found}
    assert {"log/entries.jsonl entry 3", "log/entries.jsonl entry 4"} <= {one.subject for one in found}


def test_an_old_version_of_the_log_is_named(custody_victim) -> None:
    before = (custody_victim.root / "log/entries.jsonl").read_bytes()
    custody_victim.stage(EntryDraft(action=Action.DECIDED))
    custody_victim.commit(by="desk", at=AT)
    (custody_victim.root / "log/entries.jsonl").write_bytes(before)
    (found,) = alarms(list(audit(custody_victim)))
    assert (found.subject, found.check) == ("log/entries.jsonl", AuditStep.CHECKPOINT.value)
    with pytest.raises(QuothError, match="ends after 6 of the 7"):
        Store.open(custody_victim.root).head()


def test_erased_and_left_over_things_are_notes_not_alarms(custody_victim) -> None:
    opening_file(custody_victim, 0).unlink()
    custody_victim.put(b"no entry will name this")
    custody_victim.commit(by="desk", at=AT)
    with (custody_victim.root / "log/entries.jsonl").open("ab") as out:
        out.write(b'{"action":"receiv')
    found = list(audit(custody_victim))
    assert alarms(found) == []
    noted = [one for one in found if one.outcome is Outcome.CANNOT_TELL]
    assert len(noted) == 4
    assert {one.check for one in noted} == {AuditStep.NOTED.value}
    assert found[-1].outcome is Outcome.HOLDS
    assert "4 notes" in found[-1].grounds


def files_of(root: Path) -> list[Path]:
    return sorted(one for one in root.rglob("*") if one.is_file() and one.stat().st_size)


def test_every_flipped_bit_is_found_and_its_file_named(custody_victim) -> None:
    root = custody_victim.root
    rng = random.Random(20310502)
    files = files_of(root)
    flips = []
    for path in files:
        bits = path.stat().st_size * 8
        flips += [(path, bit) for bit in rng.sample(range(bits), min(bits, 70))]
    assert len(flips) >= 500
    for path, bit in flips:
        sound = path.read_bytes()
        data = bytearray(sound)
        data[bit // 8] ^= 1 << bit % 8
        overwrite(path, bytes(data))
        found = alarms(list(audit(custody_victim)))
        place = path.relative_to(root).as_posix()
        assert any(one.subject.startswith(place) for one in found), (place, bit)
        if place != "log/entries.jsonl":  # a flip in an entry may also make it name an object that is not there
            assert all(one.subject.startswith(place) for one in found), (place, bit, found)
        elif bytes(data).count(b"\n") == sound.count(b"\n"):
            number = sound.count(b"\n", 0, bit // 8)
            named = {one.subject for one in found}
            assert f"log/entries.jsonl entry {number}" in named, (bit, found)
        path.write_bytes(sound)
    assert alarms(list(audit(custody_victim))) == []


def test_an_unreadable_object_is_not_checked_and_no_summary_holds(custody_victim, monkeypatch) -> None:
    bad = str(object_of(custody_victim, 3))

    def hash_file(path, buffer):
        if path == bad:
            raise OSError(5, os.strerror(5))
        return digest_of(Path(path).read_bytes()), Path(path).stat().st_size

    monkeypatch.setattr("quoth.custody.audit.hash_file", hash_file)
    found = list(audit(custody_victim))
    assert [(one.subject, one.outcome) for one in alarms(found)] == [
        (place_of(digest_of(BODIES[3])), Outcome.NOT_CHECKED)
    ]
    assert all(one.outcome is not Outcome.HOLDS for one in found)


def test_progress_counts_the_bytes_of_all_objects(custody_victim) -> None:
    seen: list[tuple[int, int]] = []
    list(audit(custody_victim, progress=lambda done, total: seen.append((done, total))))
    whole = sum(map(len, BODIES)) + (custody_victim.root / "quoth-case.json").stat().st_size
    assert seen[-1] == (whole, whole)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_audit_writes_nothing(custody_victim) -> None:
    def state() -> dict[str, str]:
        return {str(one): hashlib.sha256(one.read_bytes()).hexdigest() for one in files_of(custody_victim.root)}

    before = state()
    list(audit(custody_victim))
    assert state() == before


def test_a_damaged_log_is_not_written_to(custody_victim) -> None:
    rng_line = log_lines(custody_victim.root)
    rng_line[3] = edited(rng_line[3], by="somebody else")
    write_log(custody_victim.root, rng_line, checkpoint=False)
    store = Store.open(custody_victim.root)
    store.put(io.BytesIO(b"new"))
    store.stage(EntryDraft(action=Action.RECEIVED))
    with pytest.raises(QuothError, match="entry 4 does not name the line before it"):
        store.commit(by="desk", at=AT)
    assert log_lines(custody_victim.root) == rng_line
