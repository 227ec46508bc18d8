"""Openings: nobody finds a name or a number in the log by guessing."""

import hashlib
import json

import pytest

from custody.forge import AT, small_case
from quoth.custody.openings import commit_to, commitment_of, read_opening, value_of
from quoth.custody.store import EntryDraft, Store
from quoth.errors import CustodyError
from quoth.record import wire
from quoth.record.custody import Action, CaseNote, Opening

NUMBERS = [f"+44 7700 900{number:03d}" for number in range(1000)]


def test_the_same_value_never_has_the_same_commitment() -> None:
    note = CaseNote(title="A")
    made = [commit_to(note) for _ in range(50)]
    assert len({one.commitment for one in made}) == len({one.salt for one in made}) == 50
    for one in made:
        assert value_of(one) == note
        assert read_opening(wire.to_bytes(one) + b"\n") == one
        salted = bytes.fromhex(one.salt) + wire.to_bytes(note)
        assert one.commitment == "sha256:" + hashlib.sha256(salted).hexdigest()


def test_a_dictionary_attack_on_the_log_finds_nothing(tmp_path) -> None:
    store = Store.create(tmp_path / "case", by="desk", at=AT)
    secret = NUMBERS[577]
    store.stage(EntryDraft(action=Action.RECEIVED, secret=CaseNote(title=secret)))
    (entry,) = store.commit(by="desk", at=AT)
    log = (store.root / "log/entries.jsonl").read_bytes() + (store.root / "log/checkpoint").read_bytes()
    hits = []
    for number in NUMBERS:
        digits = "".join(one for one in number if one.isdigit())
        for guess in (number, digits, "+" + digits, json.dumps(number)):
            assert guess.encode() not in log
            for text in (guess.encode(), wire.to_bytes(CaseNote(title=guess))):
                for salt in (b"", bytes(32), entry.prev.encode(), str(entry.seq).encode()):
                    found = hashlib.sha256(salt + text).hexdigest().encode()
                    hits += [guess] * (found in log)
    assert hits == []
    # the attack itself works: with the salt, the right guess is found at once
    opening = store.opening(entry.commitment)
    right = [
        number
        for number in NUMBERS
        if hashlib.sha256(bytes.fromhex(opening.salt) + wire.to_bytes(CaseNote(title=number))).hexdigest().encode()
        in log
    ]
    assert right == [secret]


@pytest.mark.parametrize("salt", ["", "AB" * 32, " " + "ab" * 32, "ab" * 31, "zz" * 32])
def test_a_salt_has_one_writing(salt) -> None:
    with pytest.raises(CustodyError, match="64 lowercase hexadecimal digits"):
        commitment_of(Opening(commitment=commit_to(CaseNote(title="A")).commitment, salt=salt, value="{}"))


def test_damage_is_named_by_file_and_line(tmp_path) -> None:
    store = small_case(tmp_path / "case")
    path = sorted((store.root / "openings").iterdir())[1]
    path.write_text(path.read_text().replace("Item 3", "Item 8"))
    with pytest.raises(CustodyError, match=rf"openings/{path.name} line 2: the opening does not fit its commitment"):
        list(store.openings())
    commitments = [entry.commitment for entry in store.entries() if entry.commitment]
    with pytest.raises(CustodyError, match=rf"openings/{path.name} at byte \d+"):
        store.opening(commitments[3])
    path.unlink()
    assert store.opening(commitments[4]) is None
