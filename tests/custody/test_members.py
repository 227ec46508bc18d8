"""Members: who may sign, and every way not to become one."""

from pathlib import Path

import pytest

from custody.forge import small_case
from custody.people import ADA, ADA_NEW, BEA, BEA_NEW, EVE, enter_change, enter_objects, member, signed_case
from quoth.custody.audit import AuditStep, audit
from quoth.custody.members import is_plain_name, prepare
from quoth.custody.signing import PublicKey
from quoth.custody.sshsig import ssh_sign
from quoth.custody.store import Store
from quoth.record import wire
from quoth.record.custody import CaseNote, KeyStep
from quoth.record.finding import Outcome


@pytest.fixture(name="two_members")
def _two_members(tmp_path: Path) -> Store:
    store = small_case(tmp_path / "case")
    enter_change(store, member(store, "Ada", ADA, KeyStep.FIRST), "Ada", (ADA,))
    enter_change(store, member(store, "Bea", BEA, KeyStep.ADDED, vouched_by="Ada"), "Ada", (ADA,))
    return store


def faults(store: Store) -> list[tuple[str, str]]:
    return [(one.check, one.subject) for one in audit(store) if one.outcome is Outcome.FAILS]


def test_a_case_in_which_people_sign_is_whole(tmp_path) -> None:
    store = signed_case(tmp_path / "case")
    found = list(audit(store))
    assert [one.outcome for one in found] == [Outcome.HOLDS]
    assert "6 signed checkpoints by 3 keys of members" in found[0].grounds
    periods = store.members().periods
    assert [(one.member.name, one.since, one.until) for one in periods] == [
        ("Ada", 6, 10),
        ("Bea", 7, None),
        ("Ada", 10, None),
    ]


def test_a_lost_key_is_succeeded_with_a_second_member(two_members) -> None:
    made = member(two_members, "Bea", BEA_NEW, KeyStep.SUCCEEDED, vouched_by="Ada")
    number = enter_change(two_members, made, "Ada", (ADA,))
    assert two_members.members().at("Bea").key == BEA_NEW.public
    assert two_members.members().at("Bea", number - 1).key == BEA.public
    assert faults(two_members) == []


def refused(store: Store, number: int) -> None:
    """The change is named by the audit, and changes nothing."""
    before = [(one.member.name, one.key) for one in store.members().periods]
    assert before == [("Ada", ADA.public), ("Bea", BEA.public)]
    assert faults(store) == [(AuditStep.KEY_CHANGE.value, f"log/entries.jsonl entry {number}")]


FORGED = {
    "a second first key": lambda s: (member(s, "Eve", EVE, KeyStep.FIRST), "Eve", (EVE,)),
    "a first key for another": lambda s: (member(s, "Eve", EVE, KeyStep.FIRST, vouched_by="Ada"), "Ada", (EVE,)),
    "added by nobody": lambda s: (member(s, "Eve", EVE, KeyStep.ADDED), "Eve", (EVE,)),
    "added by herself": lambda s: (member(s, "Eve", EVE, KeyStep.ADDED, vouched_by="Eve"), "Eve", (EVE,)),
    "added, signed by herself": lambda s: (member(s, "Eve", EVE, KeyStep.ADDED, vouched_by="Ada"), "Ada", (EVE,)),
    "added, vouched by one, entered by another": lambda s: (
        member(s, "Eve", EVE, KeyStep.ADDED, vouched_by="Ada"), "Bea", (ADA,)),
    "added with one signature too many": lambda s: (
        member(s, "Eve", EVE, KeyStep.ADDED, vouched_by="Ada"), "Ada", (ADA, EVE)),
    "added where a key stands": lambda s: (member(s, "Bea", EVE, KeyStep.ADDED, vouched_by="Ada"), "Ada", (ADA,)),
    "added with the key of another": lambda s: (member(s, "Eve", BEA, KeyStep.ADDED, vouched_by="Ada"), "Ada", (ADA,)),
    "rotated without the old key": lambda s: (member(s, "Ada", EVE, KeyStep.ROTATED), "Ada", (EVE,)),
    "rotated without the new key": lambda s: (member(s, "Ada", EVE, KeyStep.ROTATED), "Ada", (ADA,)),
    "rotated by another": lambda s: (member(s, "Ada", EVE, KeyStep.ROTATED), "Bea", (EVE, ADA)),
    "rotated with a vouching too many": lambda s: (
        member(s, "Ada", EVE, KeyStep.ROTATED, vouched_by="Bea"), "Ada", (EVE, ADA)),
    "rotated from a key that is not in force": lambda s: (
        member(s, "Ada", EVE, KeyStep.ROTATED, before=BEA.public.line), "Ada", (EVE, BEA)),
    "rotated for nobody": lambda s: (
        member(s, "Eve", EVE, KeyStep.ROTATED, before=ADA.public.line), "Eve", (EVE, ADA)),
    "succeeded alone": lambda s: (member(s, "Bea", EVE, KeyStep.SUCCEEDED, vouched_by="Bea"), "Bea", (BEA,)),
    "succeeded by nobody": lambda s: (member(s, "Bea", EVE, KeyStep.SUCCEEDED, vouched_by="Eve"), "Eve", (EVE,)),
    "succeeded without the second signature": lambda s: (
        member(s, "Bea", EVE, KeyStep.SUCCEEDED, vouched_by="Ada"), "Ada", (EVE,)),
    "succeeded who was never there": lambda s: (
        member(s, "Eve", EVE, KeyStep.SUCCEEDED, vouched_by="Ada"), "Ada", (ADA,)),
    "of another case": lambda s: (
        member(s, "Eve", EVE, KeyStep.ADDED, vouched_by="Ada", case="0" * 32), "Ada", (ADA,)),
    "of another moment": lambda s: (
        member(s, "Eve", EVE, KeyStep.ADDED, vouched_by="Ada", at="2030-01-01T00:00:00Z"), "Ada", (ADA,)),
    "under a name that is a pattern": lambda s: (member(s, "*", EVE, KeyStep.ADDED, vouched_by="Ada"), "Ada", (ADA,)),
    "with a key that fits any signature": lambda s: (
        member(s, "Eve", EVE, KeyStep.ADDED, vouched_by="Ada", line=PublicKey(raw=b"\x01" + bytes(31)).line), "Ada", (ADA,)),
    "with a comment in its key": lambda s: (
        member(s, "Eve", EVE, KeyStep.ADDED, vouched_by="Ada", line=EVE.public.line + " eve"), "Ada", (ADA,)),
}  # fmt: skip


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_change_changes_nothing(two_members, how) -> None:
    made, by, keys = FORGED[how](two_members)
    number = enter_objects(two_members, prepare(made, keys), by, None)
    # what is entered in a member's name and not signed is a note, not an alarm
    refused(two_members, number)


def test_a_change_back_to_an_old_key_is_refused(two_members) -> None:
    enter_change(two_members, member(two_members, "Ada", ADA_NEW, KeyStep.ROTATED), "Ada", (ADA_NEW, ADA))
    back = member(two_members, "Ada", ADA, KeyStep.ROTATED)
    number = enter_objects(two_members, prepare(back, (ADA, ADA_NEW)), "Ada", None)
    assert two_members.members().at("Ada").key == ADA_NEW.public
    assert faults(two_members) == [(AuditStep.KEY_CHANGE.value, f"log/entries.jsonl entry {number}")]


@pytest.mark.parametrize(
    "parts",
    [
        lambda data, good: (data,),
        lambda data, good: (good, data),
        lambda data, good: (data, b"no signature"),
        lambda data, good: (data, ssh_sign(data + b"x", ADA)),
        lambda data, good: (data, ssh_sign(data, ADA, namespace="git")),
        lambda data, good: (data.replace(b'"at"', b' "at"'), ssh_sign(data.replace(b'"at"', b' "at"'), ADA)),
        lambda data, good: (wire.to_bytes(CaseNote(title="x")), ssh_sign(wire.to_bytes(CaseNote(title="x")), ADA)),
        lambda data, good: (b"no record", ssh_sign(b"no record", ADA)),
        lambda data, good: (data.replace(b'"id":"m-', b'"id":"m-0'), ssh_sign(data, ADA)),
    ],
)
def test_objects_that_are_no_change_change_nothing(two_members, parts) -> None:
    data, good = prepare(member(two_members, "Eve", EVE, KeyStep.ADDED, vouched_by="Ada"), (ADA,))
    refused(two_members, enter_objects(two_members, parts(data, good), "Ada", None))


def test_a_record_that_is_gone_is_named_as_gone_and_as_a_change_that_cannot_be_read(two_members) -> None:
    made = member(two_members, "Eve", EVE, KeyStep.ADDED, vouched_by="Ada")
    parts = prepare(made, (ADA,))
    number = enter_objects(two_members, parts, "Ada", None)
    entry = list(two_members.entries())[number]
    two_members.object_path(entry.objects[0].digest).unlink()
    checks = {one.check for one in audit(two_members) if one.outcome is Outcome.FAILS}
    assert checks == {AuditStep.KEY_CHANGE.value, AuditStep.PRESENT.value}
    assert two_members.members().at("Eve") is None


@pytest.mark.parametrize("name", ["Ada", "Ada of the harbour", "witness 7", "\u674e\u660e", "M\u00fcller-\u00d6z"])
def test_plain_names(name) -> None:
    assert is_plain_name(name)


@pytest.mark.parametrize(
    "name",
    ["", " Ada", "Ada ", "Ada  B", "A*", "A?", "!A", "A,B", "A+B", 'A"', "A\\", "A\nB", "A\u00a0B", "A\u202eB", "A" * 65,
     "Mu\u0308ller"],
)  # fmt: skip
def test_names_that_nothing_could_carry(name) -> None:
    assert not is_plain_name(name)
