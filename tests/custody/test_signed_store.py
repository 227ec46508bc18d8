"""Commits that sign: what is written, what happens when it cannot be, what is signed later."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from custody.forge import AT, small_case
from custody.people import ADA, ADA_NEW, BEA, EVE, enter_change, member, say, signed_case
from quoth.custody import late
from quoth.custody.audit import AuditStep, audit
from quoth.custody.checkpoint import parse_signed
from quoth.custody.note import NoteKey, note_fault, note_name, parse_note
from quoth.custody.sshsig import sshsig_fault
from quoth.custody.store import EntryDraft, NotSigned, Store
from quoth.errors import CustodyError
from quoth.record.custody import Action, CaseNote, KeyStep
from quoth.record.finding import Outcome

SCRIPT = Path(__file__).parent / "every_later_call.py"


@pytest.fixture(name="signing_store")
def _signing_store(tmp_path: Path) -> Store:
    return signed_case(tmp_path / "case")


def signed_files(store: Store) -> list[str]:
    return sorted(path.name for path in (store.root / "log/signed").iterdir())


def others(store: Store) -> list[tuple[str, str]]:
    return [(one.check, one.subject) for one in audit(store) if one.outcome is not Outcome.HOLDS]


def test_a_commit_with_a_key_leaves_two_signatures(signing_store, go_sumdb) -> None:
    number = say(signing_store, "once more", "Bea", BEA)
    place = signing_store.root / f"log/signed/{number + 1:012d}-{BEA.public.short}.note"
    key = NoteKey(name=note_name(BEA.public), public=BEA.public)
    assert note_fault(place.read_bytes(), key) == ""
    assert sshsig_fault(place.with_name(place.name + ".sig").read_bytes(), place.read_bytes(), key=BEA.public) == ""
    text, fault = go_sumdb.ask("open", note=place.read_text(), vkeys=[key.vkey])
    assert fault == ""
    made = parse_signed(text.encode())
    assert (made.checkpoint, made.first) == (signing_store.checkpoint(), number)
    assert parse_note(place.read_bytes()).text == text.encode()


def test_the_signer_is_asked_for_whoever_commits(signing_store) -> None:
    asked = []
    signing_store.signer = lambda by: asked.append(by) or {"Bea": BEA}.get(by)
    before = signed_files(signing_store)
    say(signing_store, "by the desk", "desk")
    assert signed_files(signing_store) == before
    say(signing_store, "by Bea", "Bea")
    assert len(signed_files(signing_store)) == len(before) + 2
    assert asked == ["desk", "Bea"]
    assert others(signing_store) == []


def test_a_signer_that_refuses_stops_the_commit_before_anything_is_written(signing_store) -> None:
    def refuse(by: str) -> None:
        raise CustodyError("no key here", hint="fetch it")

    before = signing_store.head()
    signing_store.signer = refuse
    with pytest.raises(CustodyError, match="no key here"):
        say(signing_store, "by Bea", "Bea")
    signing_store.signer = None
    signing_store.rollback()
    assert signing_store.head() == before
    assert others(signing_store) == []


def test_an_empty_commit_signs_nothing(signing_store) -> None:
    before = signed_files(signing_store)
    assert signing_store.commit(by="Bea", at=AT, key=BEA) == ()
    assert signed_files(signing_store) == before


@pytest.mark.parametrize(("by", "key"), [("Ada", ADA), ("Ada", BEA), ("Eve", EVE), ("desk", BEA)])
def test_a_key_that_is_not_in_force_signs_nothing_and_says_so(signing_store, by, key) -> None:
    before, size = signed_files(signing_store), signing_store.head()[0]
    with pytest.raises(NotSigned, match="are in the log, but could not be signed") as told:
        say(signing_store, "with the wrong key", by, key)
    assert "do not enter them again" in told.value.hint
    assert signed_files(signing_store) == before
    assert signing_store.head()[0] == size + 1


def test_a_key_changed_by_another_process_meanwhile_signs_nothing(signing_store) -> None:
    other = Store.open(signing_store.root)
    new = member(other, "Bea", EVE, KeyStep.SUCCEEDED, vouched_by="Ada")
    signing_store.stage(EntryDraft(action=Action.DECIDED, secret=CaseNote(title="late")))
    enter_change(other, new, "Ada", (ADA_NEW,))
    with pytest.raises(NotSigned):
        signing_store.commit(by="Bea", at=AT, key=BEA)
    assert [check for check, _ in others(signing_store)] == [AuditStep.UNSIGNED.value]


def test_what_was_left_unsigned_is_signed_later(signing_store) -> None:
    first = say(signing_store, "one", "Bea")
    say(signing_store, "two", "Bea")
    say(signing_store, "between", "desk")
    third = say(signing_store, "three", "Bea")
    assert others(signing_store) == [
        (AuditStep.UNSIGNED.value, f"log/entries.jsonl entries {first} to {first + 1}"),
        (AuditStep.UNSIGNED.value, f"log/entries.jsonl entry {third}"),
    ]
    spans = late.unsigned_spans(signing_store, "Bea")
    assert spans == ((first, first + 2), (third, third + 1))
    late.sign_spans(signing_store, spans, BEA)
    assert others(signing_store) == []
    assert late.unsigned_spans(signing_store, "Bea") == ()


def test_entries_under_an_older_key_are_not_signed_later(signing_store) -> None:
    number = say(signing_store, "under the old key", "Bea")
    enter_change(
        signing_store, member(signing_store, "Bea", EVE, KeyStep.SUCCEEDED, vouched_by="Ada"), "Ada", (ADA_NEW,)
    )
    assert late.unsigned_spans(signing_store, "Bea") == ()
    assert others(signing_store) == [(AuditStep.UNSIGNED.value, f"log/entries.jsonl entry {number}")]


def test_nobody_signs_a_damaged_log_late(signing_store) -> None:
    say(signing_store, "one", "Bea")
    path = signing_store.root / "log/entries.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"by":"Bea"', b'"by":"bea"', 1))
    with pytest.raises(CustodyError):
        late.unsigned_spans(Store.open(signing_store.root), "Bea")


def test_somebody_without_a_key_signs_nothing_late(tmp_path) -> None:
    store = small_case(tmp_path / "case")
    with pytest.raises(CustodyError, match="has no key"):
        late.unsigned_spans(store, "desk")


@pytest.mark.parametrize(
    ("what", "how", "step"),
    [("sign", "kill", 17), ("sign", "ENOSPC", 19), ("repair", "kill", 23), ("scrub", "EIO", 13), ("fork", "kill", 7)],
)
def test_struck_at_many_calls_nothing_is_lost(tmp_path, what, how, step) -> None:
    path = os.pathsep.join([str(SCRIPT.parents[1]), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-W", "error", SCRIPT, tmp_path / "case", what, how, str(step)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": path})
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) >= 1
