"""Ledger, vault and checkpoint where things go wrong: every way out that other tests reach in other processes only."""

import errno
import io
import os

import pytest

from custody.forge import AT, BODIES, KEY, alarms, edited, log_lines, rechained, small_case, write_log
from custody.people import signed_case
from quoth.custody.audit import audit
from quoth.custody.checkpoint import SignedText, parse_checkpoint, parse_foreign, parse_signed
from quoth.custody.ledger import Posting
from quoth.custody.store import EntryDraft, Store
from quoth.errors import CustodyError, RecordError
from quoth.record import wire
from quoth.record.custody import Action, CaseNote, ObjectRef
from quoth.terms.digest import digest_of
from quoth.terms.merkle import TreeHead


@pytest.fixture(name="frail_case")
def _frail_case(tmp_path) -> Store:
    return small_case(tmp_path / "case")


def failing(monkeypatch, name: str, *, at: int = 1) -> None:
    """Let the ``at``-th call of ``os.name`` from now on fail as a full disk does."""
    real, seen = getattr(os, name), []

    def struck(*args, **kwargs):
        seen.append(1)
        if len(seen) == at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*args, **kwargs)

    monkeypatch.setattr(os, name, struck)


LINES = {
    "cannot be read": lambda lines: [*lines[:3], b"{", *lines[4:]],
    "is not a custody entry": lambda lines: [*lines[:3], wire.to_bytes(CaseNote(title="x")), *lines[4:]],
    "calls itself entry 7": lambda lines: [*lines[:3], edited(lines[3], seq=7), *lines[4:]],
    "does not name the line before it": lambda lines: [
        *lines[:3],
        edited(lines[3], prev="sha256:" + "0" * 64),
        *lines[4:],
    ],
}


@pytest.mark.parametrize("told", LINES)
def test_a_line_that_does_not_fit_is_named_with_what_is_wrong(frail_case, told) -> None:
    write_log(frail_case.root, LINES[told](log_lines(frail_case.root)))
    with pytest.raises(CustodyError, match=f"entry 3 {told}"):
        Store.open(frail_case.root).head()


def test_a_log_that_is_short_other_or_gone_is_not_written_to(frail_case) -> None:
    lines = log_lines(frail_case.root)
    write_log(frail_case.root, lines[:4], checkpoint=False)
    with pytest.raises(CustodyError, match="ends after 4 of the 6 entries"):
        Store.open(frail_case.root).head()
    write_log(frail_case.root, rechained([*lines[:5], edited(lines[5], by="x")]), checkpoint=False)
    with pytest.raises(CustodyError, match="are not those of log/checkpoint"):
        Store.open(frail_case.root).head()
    (frail_case.root / "log/entries.jsonl").unlink()
    with pytest.raises(CustodyError, match=r"entries.jsonl cannot be read"):
        Store.open(frail_case.root).head()


def test_a_checkpoint_that_is_gone_or_another_s_is_named(frail_case) -> None:
    path = frail_case.root / "log/checkpoint"
    path.write_text(path.read_text().replace(frail_case.case_file.case, "0" * 32))
    with pytest.raises(CustodyError, match="is of another case"):
        Store.open(frail_case.root).head()
    path.unlink()
    with pytest.raises(CustodyError, match="log/checkpoint cannot be read"):
        Store.open(frail_case.root).head()


@pytest.mark.parametrize("call", ["fdatasync", "pwrite", "fsync"])
def test_a_failed_append_leaves_the_log_as_it_was(frail_case, monkeypatch, call) -> None:
    before = (frail_case.root / "log/entries.jsonl").read_bytes()
    with monkeypatch.context() as patched:
        failing(patched, call, at=2 if call == "pwrite" else 1)
        with pytest.raises(OSError, match="No space"):
            frail_case._ledger.append([Posting(action=Action.DECIDED)], by="desk", at=AT)
    frail_case.rollback()
    assert (frail_case.root / "log/entries.jsonl").read_bytes() == before
    assert alarms(list(audit(frail_case))) == []


def test_a_torn_end_is_set_aside_by_the_next_commit(frail_case) -> None:
    for number in (1, 2):
        with (frail_case.root / "log/entries.jsonl").open("ab") as out:
            out.write(b'{"action":"rec')
        store = Store.open(frail_case.root)
        store.stage(EntryDraft(action=Action.DECIDED))
        store.commit(by="desk", at=AT)
        assert (frail_case.root / f"log/torn-{number}.bin").read_bytes() == b'{"action":"rec'


def test_a_whole_line_that_does_not_fit_is_set_aside_as_well(frail_case) -> None:
    with (frail_case.root / "log/entries.jsonl").open("ab") as out:
        out.write(log_lines(frail_case.root)[2] + b"\n")
    store = Store.open(frail_case.root)
    store.stage(EntryDraft(action=Action.DECIDED))
    assert store.commit(by="desk", at=AT)[0].seq == 6
    assert (frail_case.root / "log/torn-1.bin").exists()


def test_what_is_signed_is_the_checkpoint_and_reads_back(tmp_path) -> None:
    store = signed_case(tmp_path / "case")
    made = SignedText(checkpoint=store.checkpoint(), first=11)
    assert parse_signed(made.to_text()) == made
    for none in (b"from 12\n", b"from x\n"):
        with pytest.raises(CustodyError, match="does not say which entries"):
            parse_signed(made.checkpoint.to_text() + none)
    assert parse_foreign(made.to_text()) == (store.case_file.origin, TreeHead(size=12, root=made.checkpoint.root))
    again = Store.open(store.root)
    assert again.members().at("Ada").since == 10
    assert again._ledger.checkpoint_read() == made.checkpoint


def test_a_step_done_is_not_written_again_and_an_append_of_nothing_writes_nothing(frail_case) -> None:
    ledger, before = frail_case._ledger, frail_case.checkpoint()
    assert ledger.append([Posting(action=Action.DERIVED, key=KEY)], by="desk", at=AT) == ()
    new = digest_of(b"a new step")
    made = ledger.append(
        [Posting(action=Action.DERIVED, key=new), Posting(action=Action.DERIVED, key=new)], by="desk", at=AT
    )
    assert len(made) == 1
    assert frail_case.checkpoint().size == before.size + 1


def test_what_was_erased_is_gone_until_it_is_received_again(frail_case) -> None:
    digest = digest_of(BODIES[2])
    ref = ObjectRef(digest=digest, size=len(BODIES[2]))
    other = ObjectRef(digest=digest_of(BODIES[3]), size=len(BODIES[3]))
    frail_case.stage(EntryDraft(action=Action.ERASED, objects=(ref, other)))
    frail_case.commit(by="desk", at=AT)
    assert dict(frail_case._ledger.gone()) == {digest: 6, other.digest: 6}
    frail_case.stage(EntryDraft(action=Action.RECEIVED, objects=(ref, ObjectRef(sealed="x"))))
    frail_case.commit(by="desk", at=AT)
    assert dict(frail_case._ledger.gone()) == {other.digest: 6}


def test_words_that_are_no_unicode_are_not_written(frail_case) -> None:
    frail_case.stage(EntryDraft(action=Action.DECIDED, note="\ud800"))
    with pytest.raises(RecordError, match="cannot be written"):
        frail_case.commit(by="desk", at=AT)
    assert frail_case.head()[0] == 6


def test_an_object_that_cannot_be_opened_or_written(frail_case, monkeypatch) -> None:
    path = frail_case.object_path(digest_of(BODIES[3]))
    path.unlink()
    path.symlink_to(path)
    with pytest.raises(CustodyError, match="cannot be read"):
        frail_case.open_object(digest_of(BODIES[3]))
    for source in (b"new", io.BytesIO(b"x" * 3_000_000)):
        with monkeypatch.context() as patched:
            failing(patched, "write")
            with pytest.raises(CustodyError, match="storing an object failed"):
                frail_case.put(source)
    monkeypatch.setattr(os, "access", lambda *_: True)  # gone between the look and the opening
    assert frail_case.put(b"another").size == 7


def test_a_file_among_the_fans_is_foreign(frail_case) -> None:
    (frail_case.root / "objects/zz").write_bytes(b"")
    assert [one.subject for one in alarms(list(audit(frail_case)))] == ["objects/zz"]


@pytest.mark.parametrize("text", [b"a b\n", b"\xff", b"o\n1\n=\nlast =\n", b"o\n1\nAAAA\nlast AAAA\n"])
def test_other_bytes_are_no_checkpoint_of_any_kind(text) -> None:
    for read in (parse_checkpoint, parse_signed, parse_foreign):
        with pytest.raises(CustodyError):
            read(text)
