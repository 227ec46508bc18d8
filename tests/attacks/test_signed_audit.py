"""Every numbered step of the audit on signatures, keys and forks has an attack that fails it and no other."""

import random
from pathlib import Path

import pytest

from custody.forge import AT, BODIES, alarms, edited, log_lines, rechained, write_log
from custody.people import ADA, ADA_NEW, BEA, EVE, enter_objects, member, resign, say, signed_case
from quoth.custody.audit import AuditStep, audit
from quoth.custody.checkpoint import Checkpoint, SignedText, parse_signed
from quoth.custody.forks import keep_fork, read_foreign
from quoth.custody.members import prepare
from quoth.custody.note import note_name, parse_note, sign_note
from quoth.custody.signed import note_place
from quoth.custody.signing import SigningKey
from quoth.custody.sshsig import ssh_sign
from quoth.custody.store import EntryDraft, Store
from quoth.record.custody import Action, KeyStep, ObjectRef
from quoth.record.finding import Outcome
from quoth.terms.digest import digest_of


@pytest.fixture(name="signed_victim")
def _signed_victim(tmp_path: Path) -> Store:
    return signed_case(tmp_path / "case")


def note_of(store: Store, size: int) -> Path:
    (path,) = (store.root / "log/signed").glob(f"{size:012d}-*.note")
    return path


def put(path: Path, data: bytes) -> str:
    if path.exists():
        path.chmod(0o644)
    path.write_bytes(data)
    return f"log/{path.parent.name}/{path.name}"


def text_of(store: Store, size: int) -> SignedText:
    return parse_signed(parse_note(note_of(store, size).read_bytes()).text)


def put_note(store: Store, text: bytes, key: SigningKey, size: int) -> str:
    """A note over any text with both signatures right, under the name that belongs to size and key."""
    note = sign_note(text, note_name(key.public), key)
    path = store.root / note_place(size, key.public.short)
    put(path.with_name(path.name + ".sig"), ssh_sign(note, key))
    return put(path, note)


def note_cut_short(store: Store) -> str:
    path = note_of(store, 9)
    return put(path, path.read_bytes()[:-1])


def note_under_another_name(store: Store) -> str:
    path = note_of(store, 9)
    other = path.with_name("000000000010" + path.name[12:])
    path.rename(other)
    path.with_name(path.name + ".sig").rename(other.with_name(other.name + ".sig"))
    return f"log/signed/{other.name}"


def note_of_another_case(store: Store) -> str:
    text = text_of(store, 9).to_text().replace(store.case_file.case.encode(), b"0" * 32)
    return put_note(store, text, ADA, 9)


def note_that_signs_no_entry(store: Store) -> str:
    return put_note(store, text_of(store, 9).to_text().replace(b"from 8", b"from 9"), ADA, 9)


def foreign_file_among_the_signed(store: Store) -> str:
    return put(store.root / "log/signed" / "notes.txt", b"mine")


def note_signed_twice(store: Store) -> str:
    path = note_of(store, 9)
    other = sign_note(text_of(store, 9).to_text(), note_name(BEA.public), BEA).rpartition(b"\n\n")[2]
    return put(path, path.read_bytes() + other)


def note_changed_under_its_signature(store: Store) -> str:
    path = note_of(store, 9)
    put(path.with_name(path.name + ".sig"), ssh_sign(path.read_bytes().replace(b"from 8", b"from 7"), ADA))
    return put(path, path.read_bytes().replace(b"from 8", b"from 7"))


def ssh_signature_of_another_note(store: Store) -> str:
    path = note_of(store, 9)
    return put(path.with_name(path.name + ".sig"), ssh_sign(b"another", ADA))


def ssh_signature_for_something_else(store: Store) -> str:
    path = note_of(store, 9)
    return put(path.with_name(path.name + ".sig"), ssh_sign(path.read_bytes(), ADA, namespace="git"))


def ssh_signature_by_another_member(store: Store) -> str:
    path = note_of(store, 9)
    return put(path.with_name(path.name + ".sig"), ssh_sign(path.read_bytes(), BEA))


def folder_for_an_ssh_signature(store: Store) -> str:
    path = note_of(store, 9)
    sig = path.with_name(path.name + ".sig")
    sig.unlink()
    sig.mkdir()
    return f"log/signed/{sig.name}"


def signed_by_a_stranger(store: Store) -> str:
    return put_note(store, text_of(store, 9).to_text(), EVE, 9)


def end_of_the_log_taken_back(store: Store) -> str:
    write_log(store.root, log_lines(store.root)[:11])
    return f"log/signed/{note_of(store, 12).name}"


def history_rewritten(store: Store) -> str:
    """The last entry replaced, chain and checkpoint made to fit: the signature over it stays."""
    lines = log_lines(store.root)
    write_log(store.root, rechained([*lines[:11], edited(lines[11], by="desk")]))
    return f"log/signed/{note_of(store, 12).name}"


def signed_with_another_root(store: Store) -> str:
    made = text_of(store, 9).checkpoint
    other = Checkpoint(origin=made.origin, size=9, root=bytes(32), last=made.last)
    return put_note(store, SignedText(checkpoint=other, first=8).to_text(), ADA, 9)


def signed_with_another_last_line(store: Store) -> str:
    made = text_of(store, 9).checkpoint
    other = Checkpoint(origin=made.origin, size=9, root=made.root, last=bytes(32))
    return put_note(store, SignedText(checkpoint=other, first=8).to_text(), ADA, 9)


def old_key_used_after_its_time(store: Store) -> str:
    number = say(store, "by whoever has Ada's old key", "Ada")
    resign(store, number, ADA)
    return f"log/signed/{note_of(store, number + 1).name}"


def new_key_used_for_what_came_before(store: Store) -> str:
    return put_note(store, text_of(store, 9).to_text(), ADA_NEW, 9)


def entries_of_another_signed_as_ones_own(store: Store) -> str:
    return put_note(store, SignedText(checkpoint=text_of(store, 10).checkpoint, first=8).to_text(), BEA, 10)


def whole_log_signed_as_ones_own(store: Store) -> str:
    number = say(store, "by the desk", "desk")
    resign(store, number, BEA)
    return f"log/signed/{note_of(store, number + 1).name}"


def key_brought_in_by_a_stranger(store: Store) -> str:
    made = member(store, "Eve", EVE, KeyStep.ADDED, vouched_by="Eve")
    return f"log/entries.jsonl entry {enter_objects(store, prepare(made, (EVE,)), 'Eve', None)}"


def lost_key_succeeded_alone(store: Store) -> str:
    made = member(store, "Bea", EVE, KeyStep.SUCCEEDED, vouched_by="Bea")
    number = enter_objects(store, prepare(made, (BEA,)), "Bea", BEA)
    return f"log/entries.jsonl entry {number}"


def fork_kept(store: Store) -> str:
    made = text_of(store, 12).checkpoint
    other = Checkpoint(origin=made.origin, size=12, root=bytes(32), last=made.last).to_text()
    return keep_fork(store.root, read_foreign(sign_note(other, note_name(ADA_NEW.public), ADA_NEW)))


def fork_kept_and_cut_short(store: Store) -> str:
    place = fork_kept(store)
    return put(store.root / place, (store.root / place).read_bytes()[:-2])


def folder_among_the_forks(store: Store) -> str:
    (store.root / "log/forks/of mine").mkdir(parents=True)
    return "log/forks/of mine"


def folder_among_the_signed(store: Store) -> str:
    (store.root / "log/signed/of mine").mkdir()
    return "log/signed/of mine"


def file_for_the_folder_of_forks(store: Store) -> str:
    (store.root / "log/forks").write_bytes(b"")
    return "log/forks"


def erased_and_still_here(store: Store) -> str:
    digest = digest_of(BODIES[3])
    store.stage(EntryDraft(action=Action.ERASED, objects=(ObjectRef(digest=digest, size=len(BODIES[3])),)))
    store.commit(by="desk", at=AT)
    return str(store.object_path(digest).relative_to(store.root))


ATTACKS = {
    AuditStep.SIGNED_FORM: (
        note_cut_short,
        note_under_another_name,
        note_of_another_case,
        note_that_signs_no_entry,
        foreign_file_among_the_signed,
        note_signed_twice,
        folder_among_the_signed,
    ),
    AuditStep.SIGNATURE: (
        note_changed_under_its_signature,
        ssh_signature_of_another_note,
        ssh_signature_for_something_else,
        ssh_signature_by_another_member,
        folder_for_an_ssh_signature,
        signed_by_a_stranger,
    ),
    AuditStep.SIGNED_LOG: (
        end_of_the_log_taken_back,
        history_rewritten,
        signed_with_another_root,
        signed_with_another_last_line,
    ),
    AuditStep.KEY_IN_FORCE: (old_key_used_after_its_time, new_key_used_for_what_came_before),
    AuditStep.OWN_ENTRIES: (entries_of_another_signed_as_ones_own, whole_log_signed_as_ones_own),
    AuditStep.KEY_CHANGE: (key_brought_in_by_a_stranger, lost_key_succeeded_alone),
    AuditStep.FORK: (fork_kept, fork_kept_and_cut_short, folder_among_the_forks),
    AuditStep.FOREIGN: (file_for_the_folder_of_forks,),
    AuditStep.ERASED: (erased_and_still_here,),
}


@pytest.mark.parametrize(
    ("step", "attack"),
    [(step, attack) for step, attacks in ATTACKS.items() for attack in attacks],
    ids=lambda one: one.name if isinstance(one, AuditStep) else one.__name__,
)
def test_attack_fails_its_step_only_and_names_the_place(signed_victim, step, attack) -> None:
    assert [one.outcome for one in audit(signed_victim)] == [Outcome.HOLDS]
    place = attack(signed_victim)
    found = alarms(list(audit(signed_victim)))
    assert {one.check for one in found} == {step.value}
    assert [one.subject for one in found] == [place]


def test_an_entry_in_the_name_of_somebody_who_signs_is_told_from_a_signed_one(signed_victim) -> None:
    say(signed_victim, "not by Ada", "Ada")
    found = [one for one in audit(signed_victim) if one.outcome is not Outcome.HOLDS]
    assert [(one.check, one.outcome) for one in found] == [(AuditStep.UNSIGNED.value, Outcome.CANNOT_TELL)]
    assert found[0].subject == "log/entries.jsonl entry 12"


def test_an_entry_before_somebody_had_a_key_asks_for_none(signed_victim) -> None:
    assert all(one.check != AuditStep.UNSIGNED.value for one in audit(signed_victim))


@pytest.mark.parametrize("which", [".note", ".note.sig"])
def test_half_a_signature_is_a_note(signed_victim, which) -> None:
    path = note_of(signed_victim, 9)
    path.with_name(path.name.removesuffix(".note") + which).unlink()
    found = {(one.check, one.outcome) for one in audit(signed_victim) if one.outcome is not Outcome.HOLDS}
    unsigned = {(AuditStep.UNSIGNED.value, Outcome.CANNOT_TELL)} if which == ".note" else set()
    assert found == {(AuditStep.NOTED.value, Outcome.CANNOT_TELL)} | unsigned


def test_what_was_erased_and_is_gone_holds(signed_victim) -> None:
    erased_and_still_here(signed_victim)
    signed_victim.object_path(digest_of(BODIES[3])).unlink()
    found = [one for one in audit(signed_victim) if one.check != AuditStep.SUMMARY.value]
    assert [(one.check, one.outcome) for one in found] == [(AuditStep.ERASED.value, Outcome.HOLDS)]
    assert "erased by entry 12" in found[0].grounds[0]


def test_every_flipped_bit_of_a_signature_file_is_found_and_its_file_named(signed_victim) -> None:
    rng = random.Random(17)
    for path in sorted((signed_victim.root / "log/signed").iterdir()):
        good = path.read_bytes()
        for _ in range(8):
            bit = rng.randrange(len(good) * 8)
            data = bytearray(good)
            data[bit // 8] ^= 1 << bit % 8
            put(path, bytes(data))
            found = alarms(list(audit(signed_victim)))
            assert {one.subject for one in found} == {f"log/signed/{path.name}"}, (path, bit)
        put(path, good)
    assert [one.outcome for one in audit(signed_victim)] == [Outcome.HOLDS]
