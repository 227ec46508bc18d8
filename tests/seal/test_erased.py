"""Sealing and erasing in a case: nothing stays in the clear, whatever strikes; the audit tells what went."""

import json
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest

from faults import seal_calls
from faults.seal_case import CANARY, GIVER, OPERATIONS, alarms, hits, letter, make, seals
from quoth.case.casebook import Casebook
from quoth.case.erasing import Reason, erase, planned
from quoth.case.intake import take_in
from quoth.case.sealing import set_recipients
from quoth.case.unsealing import drill, unseal
from quoth.custody.audit import AuditStep, audit
from quoth.custody.sealed_change import Change, finish_changes, unfinished
from quoth.custody.sealed_check import SealStep, check_sealed
from quoth.custody.sealed_store import Sealed, key_place, object_place, read_list, stays_home
from quoth.custody.store import EntryDraft
from quoth.errors import CaseError, CustodyError, SealError
from quoth.record.custody import Action, CaseNote
from quoth.record.finding import Outcome
from quoth.seal.erase import Step, names_any, reach
from quoth.seal.sealed_recipients import read_identity
from quoth.terms.digest import digest_of


@pytest.fixture
def case(tmp_path):
    (tmp_path / "made").mkdir()
    return make(tmp_path / "made")


def keys(case):
    return read_identity((case.parent / "keys").read_bytes())


def only_name(book):
    (name,) = Sealed.read(book.store).files
    return name


@pytest.mark.parametrize("operation", ["move-in", "erase"])
def test_nothing_stays_in_any_file_in_any_form(case, operation):
    assert hits(case, CANARY, GIVER)
    with Casebook.open(case) as book:
        (case / "draft").mkdir()
        (case / "draft" / "page.html").write_text(CANARY)
        (case / "cache" / "deep").mkdir()
        (case / "cache" / "deep" / "thumbnail").write_bytes(CANARY.encode("utf-16-be"))
        (case / "tmp" / "w-dead").mkdir()
        (case / "tmp" / "w-dead" / "1").write_text(CANARY)
        (case / "damaged").mkdir()
        digest = book.spoken().exhibits[letter(book)].digest
        (case / "damaged" / f"{digest[7:]}-1").write_text(CANARY)
        OPERATIONS[operation](book)
        assert not hits(case, CANARY, GIVER)
        assert not alarms(book)
        noted = [one for one in audit(book.store) if one.check == AuditStep.ERASED.value]
        assert {one.outcome for one in noted} == {Outcome.HOLDS}
        said = " ".join(ground for one in noted for ground in one.grounds)
        assert ("sealed by entry" if operation == "move-in" else "erased by entry") in said
        assert "missing" not in said


def test_a_raw_image_of_the_disk_holds_nothing_after_an_erase(tmp_path):
    image = tmp_path / "image"
    with image.open("wb") as out:
        out.truncate(24 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-b", "1024", image], check=True)
    disk = tmp_path / "disk"
    disk.mkdir()
    script = (
        f"mount -o loop {image} {disk} && {sys.executable} {Path(__file__).parent / 'erase_on_disk.py'} {disk} {image}; "
        f"code=$?; umount {disk}; exit $code"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["before"] > 0
    assert seen["after"] == 0
    assert not [form for form in seen["forms"] if form.encode("latin-1") in image.read_bytes()]


def test_sealing_at_intake_leaves_no_trace_and_unsealing_says_who_and_why_first(case, tmp_path):
    with Casebook.open(case) as book:
        before = set(hits(case, GIVER))
        report = OPERATIONS["take-in"](book)
        assert not [one for one in hits(case, CANARY) if not one.startswith("objects/")]
        assert set(hits(case, GIVER)) == before
        assert "night.txt" not in (case / "log" / "entries.jsonl").read_text()
        assert OPERATIONS["take-in"](book).known == report.names
        out = tmp_path / "out.txt"
        made = unseal(book, report.names[0][7:20], keys(case), reason="asked by the court", by="Ada", out=out)
        assert out.read_bytes() == CANARY.encode() * 30
        assert out.stat().st_mode & 0o777 == 0o600
        entry = list(book.store.entries())[made.entry]
        assert (entry.action, entry.by, entry.note) == (Action.UNSEALED, "Ada", "asked by the court")
        looked = unseal(book, report.names[0], keys(case), reason="which one is it", by="Bea")
        assert list(book.store.entries())[looked.entry].action is Action.VIEWED
        assert looked.said[0].provenances[0].given_by == GIVER
        assert not alarms(book)


REFUSED = {
    "no reason": {"reason": " "},
    "a reason of two lines": {"reason": "one\ntwo"},
    "a name in the reason": {"reason": "asked Sollander himself"},
    "no such name": {"word": "0000000"},
    "too short a name": {"word": ""},
    "a foreign key": {"identities": ()},
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_is_refused_leaves_no_entry_and_no_file(case, tmp_path, why):
    with Casebook.open(case) as book:
        words = {"word": only_name(book), "identities": keys(case), "reason": "the court asked", **REFUSED[why]}
        size = book.store.head()[0]
        with pytest.raises((SealError, CustodyError)) as err:
            unseal(book, words["word"], words["identities"], reason=words["reason"], by="Ada", out=tmp_path / "out.txt")
        assert err.value.hint
        assert GIVER.split()[1] not in f"{err.value}{err.value.hint}"
        assert book.store.head()[0] == size
    assert not (tmp_path / "out.txt").exists()


def test_bytes_do_not_go_into_the_case_nor_over_a_file(case, tmp_path):
    with Casebook.open(case) as book:
        with pytest.raises(SealError, match="in the case"):
            unseal(book, only_name(book), keys(case), reason="x", by="Ada", out=case / "plain.txt")
        there = tmp_path / "there"
        there.write_text("mine")
        with pytest.raises(SealError, match="cannot be made"):
            unseal(book, only_name(book), keys(case), reason="x", by="Ada", out=there)
    assert there.read_text() == "mine"


def flipped(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


DAMAGES = {
    SealStep.CIPHER: lambda case, name: flipped(case / object_place(name)),
    SealStep.KEY_FILE: lambda case, name: (case / key_place(name)).unlink(),
    SealStep.NAMING: lambda case, _: (case / "sealed" / "case").write_bytes(b""),
    SealStep.FOREIGN: lambda case, _: (case / "sealed" / "keys" / "mine").write_text("x"),
    SealStep.UNFINISHED: lambda case, _: (case / "sealed" / "pending" / "broken").mkdir(),
}


@pytest.mark.parametrize("step", DAMAGES)
def test_each_damage_of_what_is_sealed_is_named_by_its_step_alone(case, step):
    with Casebook.open(case) as book:
        DAMAGES[step](case, only_name(book))
        found = [one.check for one in check_sealed(book.store) if one.outcome is Outcome.FAILS]
        assert found == [step.value]


def test_a_damaged_list_is_named(case):
    with Casebook.open(case) as book:
        entry = next(one for one in book.store.entries() if one.action is Action.SEALED)
        path = book.store.object_path(entry.objects[0].digest)
        path.chmod(0o600)
        flipped(path)
        found = [one.check for one in check_sealed(book.store) if one.outcome is Outcome.FAILS]
    assert SealStep.LIST.value in found


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"files":{"x":{}}}', b'{"files":[]}', b'{ "files":{}}'])
def test_a_list_of_another_form_is_refused(data):
    with pytest.raises(CustodyError):
        read_list(data)


def test_swapped_sealed_things_are_not_given_out(case, tmp_path):
    with Casebook.open(case) as book:
        OPERATIONS["take-in"](book)
        one, other = sorted(Sealed.read(book.store).files)
        for place in (object_place, key_place):
            a, b = case / place(one), case / place(other)
            first = a.read_bytes()
            a.write_bytes(b.read_bytes())
            b.write_bytes(first)
        with pytest.raises(SealError, match="not the file that the log names"):
            unseal(book, one, keys(case), reason="x", by="Ada", out=tmp_path / "out")
        assert len(alarms(book)) == 4


def test_new_recipients_open_everything_and_those_left_out_nothing(case):
    with Casebook.open(case) as book:
        OPERATIONS["rewrap"](book)
        kept = (case.parent / "recipients").read_text()
        ada = kept.splitlines()[1]
        left = kept.replace(ada, "").replace("# Ada\n", "") + "".join(
            Sealed.read(book.store).recipients.partition("# Third")[1:]
        )
        set_recipients(book, left, by="Ada", identities=keys(case))
        mine = [one for one in keys(case) if one.public == ada]
        with pytest.raises(SealError, match="opens this seal"):
            unseal(book, only_name(book), mine, reason="x", by="Ada")
        assert unseal(book, only_name(book), keys(case), reason="x", by="Ada").size == 117
        drilled = {one.name: one.opened for one in drill(book, keys(case), by="Ada")}
        assert drilled == {"safe": True, "Third": None}
        assert list(book.store.entries())[-1].note == "drill opened by: safe"
        assert not alarms(book)


def test_without_recipients_or_with_a_lost_key_nothing_is_sealed(case, tmp_path):
    with Casebook.open(case) as book:
        with pytest.raises(SealError, match="opens this seal"):
            set_recipients(book, (case.parent / "recipients").read_text(), by="Ada", identities=())
        assert not unfinished(case)
        assert not alarms(book)
    with Casebook.create(tmp_path / "new", CaseNote(title="x"), by="desk") as book:
        (tmp_path / "keys").write_bytes((case.parent / "keys").read_bytes())
        with pytest.raises(SealError, match="nobody is named"):
            seals(book)
        assert list(check_sealed(book.store)) == []


def test_a_sealed_thing_erased_can_be_opened_by_nobody(case):
    with Casebook.open(case) as book:
        name = only_name(book)
        assert planned(book, name).entry == -1
        report = erase(book, name[7:15], Reason.PRIVACY_LAW, by="Ada")
        assert not (case / key_place(name)).exists()
        assert not (case / object_place(name)).exists()
        with pytest.raises(CustodyError, match=f"erased by entry {report.entry}"):
            unseal(book, name, keys(case), reason="x", by="Ada")
        with pytest.raises(CaseError):
            erase(book, "x-0000000000000000", Reason.PRIVACY_LAW, by="Ada")
        assert not alarms(book)


def test_another_writer_is_waited_for_and_a_batch_that_stands_on_what_went_is_given_up(case):
    with Casebook.open(case) as book, Casebook.open(case) as other:
        what = letter(book)
        digest = book.spoken().exhibits[what].digest
        other.store.put(b"half a batch")
        with pytest.raises(CustodyError, match="another quoth writes"):
            erase(book, what, Reason.PRIVACY_LAW, by="Ada")
        other.store.rollback()
        erase(book, what, Reason.PRIVACY_LAW, by="Ada")
        other.store.put(b"made from it")
        other.store.stage(EntryDraft(action=Action.DERIVED, note="read x", needs=(digest,)))
        with pytest.raises(CustodyError, match="erased or sealed meanwhile"):
            other.store.commit(by="desk", at="2031-05-02T09:00:00Z")
        assert not other.store.has(digest_of(b"made from it"))
        assert not alarms(book)


def adding(case, folder, times):
    for _ in range(times):
        with Casebook.open(Path(case)) as book:
            take_in(book, [Path(folder)], by="adder")


def test_two_that_erase_and_add_the_same_bytes_leave_a_whole_case(case, tmp_path):
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "letter.txt").write_text(f"{CANARY}.\n" * 40, encoding="utf-8")
    started = multiprocessing.get_context("spawn").Process(target=adding, args=(str(case), str(tmp_path / "again"), 6))
    started.start()
    erased = 0
    while started.is_alive() or not erased:
        with Casebook.open(case) as book:
            try:
                erase(book, letter(book), Reason.PRIVACY_LAW, by="Ada")
                erased += 1
            except (StopIteration, CustodyError):
                continue
    started.join()
    assert started.exitcode == 0
    with Casebook.open(case) as book:
        assert not alarms(book)
        there = any(one.title == "letter.txt" for one in book.spoken().exhibits.values())
        assert bool(hits(case, CANARY)) == there


def test_a_change_that_was_given_up_leaves_nothing(case):
    with Casebook.open(case) as book:
        size = book.store.head()[0]
        with Change(book.store) as change, change.new_file("a") as out:
            out.write(b"x")
        assert unfinished(case) == ()
        assert finish_changes(book.store) == 0
        assert book.store.head()[0] == size


@pytest.mark.parametrize("operation", ["move-in", "erase"])
def test_killed_at_some_system_calls_the_case_is_before_or_after(operation, capsys):
    seal_calls.main(["--quick", operation])
    assert "struck" in capsys.readouterr().out


def test_what_must_stay_at_home_is_listed(case):
    assert set(stays_home(case)) == {"sealed", "cache", "tmp"}


def test_reach_follows_every_version_and_every_step():
    one, two, three, four = (digest_of(bytes([n])) for n in range(4))
    steps = (
        Step(number=1, scope="x-1", inputs=frozenset({one}), objects=frozenset({two})),
        Step(number=2, scope="case", inputs=frozenset({two}), objects=frozenset({three})),
        Step(number=3, scope="x-2", inputs=frozenset({four}), objects=frozenset()),
        Step(number=4, scope="case", inputs=None, objects=frozenset({four})),
    )
    found = reach(steps, start={one}, scopes={"x-1"})
    assert found.entries == {1, 2, 3, 4}
    assert found.objects == {one, two, three, four}
    assert reach(steps[:3], start={one}, scopes=set()).entries == {1, 2}
    assert names_any('{"about":["s-1"]}', {"s-1"})
    assert not names_any('{"about":["s-11"]}', {"s-1"})
