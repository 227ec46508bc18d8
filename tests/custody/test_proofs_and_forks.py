"""Proofs for strangers, and checkpoints from elsewhere."""

import base64
import random
import shutil

import pytest

from custody.foreign import ssh_verify
from custody.people import ADA, ADA_NEW, BEA, EVE, say, signed_case
from quoth.case import log_proofs
from quoth.custody.audit import AuditStep, audit
from quoth.custody.checkpoint import Checkpoint, parse_foreign, parse_signed
from quoth.custody.forks import OwnLog, judge, keep_fork, read_foreign
from quoth.custody.note import NoteKey, note_name, parse_note, sign_note
from quoth.custody.proofs import inclusion_text_fault, parse_inclusion_text, tree_of_log
from quoth.custody.sshsig import allowed_signers
from quoth.custody.store import Store
from quoth.errors import CliError, CustodyError
from quoth.record.finding import Outcome
from quoth.terms.merkle import TreeHead, leaf_hash

KEYS = [NoteKey(name=note_name(one.public), public=one.public) for one in (ADA, ADA_NEW, BEA)]


@pytest.fixture(name="proving_store")
def _proving_store(tmp_path) -> Store:
    return signed_case(tmp_path / "case")


def go_says(go, text: bytes) -> str:
    """What Go's tlog and note complain about; empty when the proof is one."""
    above, _, note = text.decode().partition("\n\n")
    _, extra, index, *path = above.split("\n")
    opened, fault = go.ask("open", note=note, vkeys=[one.vkey for one in KEYS])
    if fault:
        return fault
    _, head = parse_foreign(opened.encode())
    line = base64.b64decode(extra.split(" ")[1])
    parts = {
        "path": [base64.b64decode(one) for one in path],
        "leaf": leaf_hash(line),
        "index": int(index.split(" ")[1]),
    }
    return go.ask("record", size=head.size, root=head.root, **parts)[1]


def test_every_entry_is_proved_to_go(proving_store, go_sumdb) -> None:
    origin = proving_store.case_file.origin
    lines = (proving_store.root / "log/entries.jsonl").read_bytes().splitlines()
    for number, line in enumerate(lines):
        text = log_proofs.prove_entry(proving_store, number)
        assert inclusion_text_fault(text, origin=origin, keys=KEYS) == ""
        assert parse_inclusion_text(text).line == line
        assert go_says(go_sumdb, text) == ""
        assert inclusion_text_fault(text, origin=origin, keys=[NoteKey(name="x", public=EVE.public)]) != ""
    wrong = text.replace(b"index 11", b"index 10")
    assert go_says(go_sumdb, wrong) != ""


def test_growth_is_proved_to_go(proving_store, go_sumdb) -> None:
    tree, _ = tree_of_log(proving_store.root, 12)
    for old in range(1, 13):
        foreign = read_foreign(log_proofs.prove_consistency(proving_store, old))
        assert foreign.old == old
        was = tree.head(old).root
        assert go_sumdb.ask("tree", path=foreign.path, size=12, root=foreign.head.root, old=old, was=was)[1] == ""
        assert go_sumdb.ask("tree", path=foreign.path, size=12, root=foreign.head.root, old=old, was=bytes(32))[1] != ""


def test_tiles_are_those_that_go_makes(go_sumdb) -> None:
    from quoth.terms.merkle import TiledTree, tile_path

    rows = [b"line %d" % number for number in range(700)]
    tree = TiledTree(map(leaf_hash, rows))
    theirs, fault = go_sumdb.ask("tiles", rows=rows)
    assert fault == ""
    for line in theirs.splitlines():
        path, data = line.split(" ")  # tile/8/0/000 there, tile/0/000 in C2SP tlog-tiles
        level, number = path.removeprefix("tile/8/").split("/", 1)
        number, _, width = number.partition(".p/")
        size = int(width or 256)
        assert tree.tile(int(level), int(number), size).hex() == data
        assert tile_path(int(level), int(number), size) == path.replace("tile/8/", "tile/")


def test_a_proof_after_the_last_signature_stands_on_the_unsigned_checkpoint(proving_store) -> None:
    number = say(proving_store, "by the desk", "desk")
    text = log_proofs.prove_entry(proving_store, number)
    assert inclusion_text_fault(text, origin=proving_store.case_file.origin, keys=KEYS) != ""
    assert parse_inclusion_text(text).checkpoint == proving_store.checkpoint().to_text()
    assert parse_inclusion_text(log_proofs.prove_entry(proving_store, number - 1)).head.size == number


def test_what_the_log_does_not_have_is_not_proved(proving_store) -> None:
    for number in (-1, 12):
        with pytest.raises(CliError):
            log_proofs.prove_entry(proving_store, number)
    for old in (-1, 13):
        with pytest.raises(CliError):
            log_proofs.prove_consistency(proving_store, old)


def test_no_proof_is_handed_out_under_a_checkpoint_of_another_log(proving_store) -> None:
    note = proving_store.root / f"log/signed/{12:012d}-{ADA_NEW.public.short}.note"
    made = parse_signed(parse_note(note.read_bytes()).text).checkpoint
    other = Checkpoint(origin=made.origin, size=12, root=bytes(32), last=made.last)
    note.chmod(0o644)
    note.write_bytes(sign_note(other.to_text() + b"from 11\n", note_name(ADA_NEW.public), ADA_NEW))
    with pytest.raises(CustodyError, match="do not agree"):
        log_proofs.prove_entry(proving_store, 3)


def test_who_signed_can_be_told_by_ssh_keygen(proving_store, tmp_path) -> None:
    signers = allowed_signers((one.member.name, one.key) for one in proving_store.members().periods)
    for path in (proving_store.root / "log/signed").glob("*.note"):
        name = "Bea" if BEA.public.short in path.name else "Ada"
        sig = path.with_name(path.name + ".sig").read_bytes()
        assert ssh_verify(tmp_path, path.read_bytes(), sig, signers, name=name) == ""
        assert ssh_verify(tmp_path, path.read_bytes(), sig, signers, name="Bea" if name == "Ada" else "Ada") != ""
    for entry in proving_store.entries(6):
        if entry.action.value == "key-changed":
            record, *signatures = (proving_store.read_object(ref.digest) for ref in entry.objects)
            assert all(ssh_verify(tmp_path, record, one, signers, name="Ada") == "" for one in signatures)


def two_histories(store: Store) -> tuple[Store, Store]:
    """The case and a copy of it, each grown by one entry of its own."""
    shutil.copytree(store.root, store.root.parent / "other")
    other = Store.open(store.root.parent / "other")
    say(store, "here", "Bea", BEA)
    say(other, "there", "Bea", BEA)
    return store, other


def judged(store: Store, data: bytes) -> tuple[Outcome, str]:
    (finding,) = [one for one in audit(store, against={"given": data}) if one.check == AuditStep.FORK.value]
    assert finding.subject == "given"
    return finding.outcome, " ".join(finding.grounds)


def test_a_fork_is_shown_with_who_signed_both_sides_and_kept(proving_store) -> None:
    here, there = two_histories(proving_store)
    data = log_proofs.newest_checkpoint(there)
    outcome, words = judged(here, data)
    assert outcome is Outcome.FAILS
    assert "two histories: 13 entries" in words
    assert "signed by Bea" in words
    place = keep_fork(here.root, read_foreign(data))
    assert (here.root / place).read_bytes() == data
    assert keep_fork(here.root, read_foreign(data)) == place
    failing = [(one.check, one.subject) for one in audit(here) if one.outcome is Outcome.FAILS]
    assert failing == [(AuditStep.FORK.value, place)]


def test_an_unsigned_fork_says_what_it_is_worth(proving_store) -> None:
    here, there = two_histories(proving_store)
    for data in (there.checkpoint().to_text(), sign_note(there.checkpoint().to_text(), "quoth/eve", EVE)):
        outcome, words = judged(here, data)
        assert outcome is Outcome.FAILS
        assert "signed by no member of this case" in words


def test_an_older_checkpoint_and_a_proof_are_compared(proving_store) -> None:
    kept = proving_store.checkpoint().to_text()
    say(proving_store, "more", "Bea", BEA)
    assert judged(proving_store, kept)[0] is Outcome.HOLDS
    assert judged(proving_store, log_proofs.prove_entry(proving_store, 2))[0] is Outcome.HOLDS
    assert judged(proving_store, log_proofs.prove_consistency(proving_store, 4))[0] is Outcome.HOLDS


def test_a_longer_one_needs_a_proof_that_it_grew_from_ours(proving_store) -> None:
    shutil.copytree(proving_store.root, proving_store.root.parent / "other")
    longer = Store.open(proving_store.root.parent / "other")
    say(longer, "one", "Bea", BEA)
    say(longer, "two", "Bea", BEA)
    outcome, words = judged(proving_store, log_proofs.newest_checkpoint(longer))
    assert outcome is Outcome.CANNOT_TELL
    assert "quoth log CASE --consistency 12" in words
    assert judged(proving_store, log_proofs.prove_consistency(longer, 11))[0] is Outcome.CANNOT_TELL
    proof = log_proofs.prove_consistency(longer, 12)
    assert judged(proving_store, proof)[0] is Outcome.HOLDS
    say(proving_store, "another way", "desk")
    say(longer, "three", "Bea", BEA)
    outcome, words = judged(proving_store, log_proofs.prove_consistency(longer, 13))
    assert outcome is Outcome.FAILS
    assert "nothing shows that its 15 entries grew from ours" in words


@pytest.mark.parametrize(
    "data",
    [b"", b"no checkpoint", b"\xff", b"old x\n\nquoth\n1\nAAAA\n", b"old 1\nAAAA\n\nquoth\n1\nAAAA\n", b"a\n1\nAAAA\n",
     b"old 1\n\n" + b"a\n01\n" + base64.b64encode(bytes(32)) + b"\n", b"c2sp.org/tlog-proof@v1\nindex 0\n\n"],
)  # fmt: skip
def test_what_is_no_checkpoint_is_not_checked(proving_store, data) -> None:
    assert judged(proving_store, data)[0] is Outcome.NOT_CHECKED


def test_another_log_is_not_compared(proving_store) -> None:
    other = proving_store.checkpoint().to_text().replace(proving_store.case_file.case.encode(), b"0" * 32)
    assert judged(proving_store, other) == (Outcome.NOT_CHECKED, f"is of another log: quoth-case/{'0' * 32}")


def test_nothing_is_the_start_of_every_log(proving_store) -> None:
    empty = Checkpoint(origin=proving_store.case_file.origin, size=0, root=leaf_hash(b""), last=bytes(32))
    assert judged(proving_store, empty.to_text())[0] is Outcome.FAILS


def test_a_head_that_we_cannot_make_is_not_compared(proving_store) -> None:
    own = OwnLog(origin=proving_store.case_file.origin, size=12, head_at=lambda _: None)
    outcome, _ = judge(read_foreign(proving_store.checkpoint().to_text()), own, members=proving_store.members())
    assert outcome is Outcome.NOT_CHECKED


def test_random_bits_of_a_proof_text_are_refused(proving_store) -> None:
    text = log_proofs.prove_entry(proving_store, 7)
    rng = random.Random(5)
    for _ in range(300):
        data = bytearray(text)
        bit = rng.randrange(len(data) * 8)
        data[bit // 8] ^= 1 << bit % 8
        assert inclusion_text_fault(bytes(data), origin=proving_store.case_file.origin, keys=KEYS) != "", bit


def test_heads_compare_by_value() -> None:
    assert TreeHead(size=1, root=bytes(32)) == TreeHead(size=1, root=bytes(32))
