"""Importing: one log that goes on is taken over, two that parted are both kept, and nothing is written over."""

import gzip
import hashlib
import json
import os
import zipfile

import bagit
import pytest

from case.handing_cases import copy_of, small_case
from quoth.case.audit import audit_case
from quoth.case.handing import Choice, Opened, hand_over
from quoth.case.importing import Came, bring
from quoth.case.intake import take_in
from quoth.errors import CaseError
from quoth.record.custody import Action
from quoth.record.finding import Outcome

BAD = {Outcome.FAILS, Outcome.NOT_CHECKED}
WHOLE = Choice(travel=True, opened=Opened.ALL)


@pytest.fixture(name="two_machines")
def _two_machines(tmp_path, monkeypatch):
    monkeypatch.setenv("QUOTH_KEYS", str(tmp_path / "keys"))
    with small_case(tmp_path) as here, copy_of(here, tmp_path / "there") as there:
        yield here, there


def add(book, tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    take_in(book, [tmp_path / name], by="Ada")


def titles(book):
    return sorted(one.title for one in book.spoken().exhibits.values())


def log_of(book):
    return (book.root / "log" / "entries.jsonl").read_bytes()


def alarms(book):
    return [one for one in audit_case(book) if one.outcome in BAD]


def test_a_log_that_goes_on_is_taken_over_with_its_objects_and_signatures(two_machines, tmp_path):
    here, there = two_machines
    add(there, tmp_path, "new.txt", "A new letter.\n")
    hand_over(there, tmp_path / "b.zip", WHOLE, by="Ada")
    done = bring(here, tmp_path / "b.zip", by="Ada")
    assert (done.came, done.entries, done.objects) == (Came.TAKEN_OVER, 1, 1)
    assert log_of(there).startswith(log_of(here))
    assert "new.txt" in titles(here)
    assert alarms(here) == []
    assert bring(here, tmp_path / "b.zip", by="Ada").came is Came.NOTHING_NEW
    add(here, tmp_path, "after.txt", "Written after it.\n")
    assert alarms(here) == []


def test_half_of_the_objects_is_not_enough_to_take_a_log_over(two_machines, tmp_path):
    here, there = two_machines
    add(there, tmp_path, "new.txt", "A new letter.\n")
    first = next(iter(there.spoken().exhibits))
    hand_over(there, tmp_path / "b.zip", Choice(exhibits=(first,)), by="Ada")
    before = log_of(here)
    with pytest.raises(CaseError, match="lacks the object"):
        bring(here, tmp_path / "b.zip", by="Ada")
    assert log_of(here) == before
    assert alarms(here) == []


def test_two_histories_are_both_kept_and_every_audit_names_them(two_machines, tmp_path):
    here, there = two_machines
    add(here, tmp_path, "ours.txt", "Ours.\n")
    add(there, tmp_path, "theirs.txt", "Theirs.\n")
    add(there, tmp_path, "more.txt", "More of theirs.\n")
    hand_over(there, tmp_path / "b", WHOLE, by="Ada")
    before = log_of(here)
    done = bring(here, tmp_path / "b", by="Ada")
    assert done.came is Came.FORKED
    assert [one.outcome for one in done.findings].count(Outcome.FAILS) == 0  # the bundle itself holds
    assert any("two histories" in one for one in done.remarks)
    assert log_of(here).startswith(before)
    assert {"ours.txt", "theirs.txt", "more.txt"} <= set(titles(here))
    assert {one.check for one in alarms(here)} <= {"custody.21-no-fork"}
    kept = [one for one in here.store.entries() if one.action is Action.AUDITED]
    theirs = here.store.read_object(kept[0].objects[0].digest)
    assert log_of(there).find(theirs) > 0
    size = here.store.head()[0]
    assert bring(here, tmp_path / "b", by="Ada").came is Came.FORKED
    assert here.store.head()[0] == size  # nothing is entered twice


def test_a_history_that_no_member_signed_is_not_entered(two_machines, tmp_path, monkeypatch):
    from quoth.case import keys

    here, _ = two_machines
    stranger = tmp_path / "stranger"
    stranger.mkdir()
    # a stranger begins the same case anew, from its case file, with a key of their own
    from quoth.case.casebook import Casebook
    from quoth.custody.store import EntryDraft, Store

    by_chance, case = os.urandom, bytes.fromhex(here.store.case_file.case)
    monkeypatch.setattr("os.urandom", lambda size: case if size == 16 else by_chance(size))
    store = Store.create(stranger / "forged", by="Ada", at="2031-01-01T00:00:00Z")
    monkeypatch.undo()
    monkeypatch.setenv("QUOTH_KEYS", str(stranger / "keys"))
    keys.make_key("Ada", stranger / "keys")
    with Casebook(store, stranger / "forged") as forged:
        assert forged.store.case_file.case == here.store.case_file.case
        keys.bring_in(forged.store, "Ada", file=None, by="Ada")
        forged.store.stage(EntryDraft(action=Action.PUBLISHED))
        forged.store.commit(by="Ada", at="2031-01-01T00:00:01Z")
        add(forged, tmp_path, "forged.txt", "Forged.\n")
        hand_over(forged, stranger / "b.zip", WHOLE, by="Ada")
    before = log_of(here)
    with pytest.raises(CaseError, match="no member of yours signed"):
        bring(here, stranger / "b.zip", by="Ada")
    assert log_of(here) == before


def test_a_bundle_puts_back_objects_that_were_lost_and_none_that_was_erased(two_machines, tmp_path):
    from quoth.custody.store import EntryDraft

    here, _ = two_machines
    hand_over(here, tmp_path / "b.zip", WHOLE, by="Ada")
    lost, erased = (one for one in here.spoken().exhibits.values() if one.title in ("letter.txt", "ledger.txt"))
    here.store.object_path(lost.digest).unlink()
    here.store.stage(EntryDraft(action=Action.ERASED, objects=(here_ref(here, erased.digest),)))
    here.store.commit(by="Ada", at="2031-01-01T00:00:00Z")
    here.store.object_path(erased.digest).unlink()
    done = bring(here, tmp_path / "b.zip", by="Ada")
    assert (done.came, done.objects) == (Came.NOTHING_NEW, 1)
    assert here.store.has(lost.digest)
    assert not here.store.has(erased.digest)
    assert alarms(here) == []


def here_ref(book, digest):
    return next(ref for entry in book.store.entries() for ref in entry.objects if ref.digest == digest)


def test_a_doctored_bundle_enters_nothing(two_machines, tmp_path):
    here, there = two_machines
    add(there, tmp_path, "new.txt", "A new letter.\n")
    hand_over(there, tmp_path / "b", WHOLE, by="Ada")
    exhibit = next((tmp_path / "b" / "data" / "exhibits").iterdir())
    exhibit.write_bytes(b"something else")
    before = log_of(here)
    assert bring(here, tmp_path / "b", by="Ada").came is Came.REFUSED
    assert log_of(here) == before


def test_a_bundle_of_another_case_comes_in_as_evidence(two_machines, tmp_path):
    here, _ = two_machines
    (tmp_path / "other").mkdir()
    with small_case(tmp_path / "other") as other:
        add(other, tmp_path, "other.txt", "From another desk.\n")
        hand_over(other, tmp_path / "b.zip", Choice(everything=True), by="Ada")
    os.environ["QUOTH_KEYS"] = str(tmp_path / "keys")
    done = bring(here, tmp_path / "b.zip", by="Ada")
    assert done.came is Came.EVIDENCE
    assert any("other.txt" in one for one in titles(here))
    last = list(here.store.entries())[-1]
    assert last.action is Action.AUDITED
    assert any(b"tagmanifest" in here.store.read_object(one.digest) for one in last.objects)
    assert alarms(here) == []


def test_a_foreign_bag_is_checked_and_taken_in(two_machines, tmp_path):
    here, _ = two_machines
    bag = tmp_path / "bag"
    (bag / "sub").mkdir(parents=True)
    (bag / "a.txt").write_text("From the archive.\n", encoding="utf-8")
    (bag / "sub" / "100% b.txt").write_text("With a sign in its name.\n", encoding="utf-8")
    (bag / "provenance.toml").write_text('[case]\ntitle = "Taken over"\n', encoding="utf-8")
    bagit.make_bag(str(bag), {"Contact-Name": "A. N."}, checksums=["md5", "sha256"])
    done = bring(here, bag, by="Ada")
    assert done.came is Came.EVIDENCE
    assert done.taken.new == 3
    assert {"a.txt", "100% b.txt", "provenance.toml"} <= set(titles(here))
    assert here.spoken().note.title == "The harbour"  # what a bag holds declares nothing
    (bag / "data" / "a.txt").write_text("Changed.\n", encoding="utf-8")
    assert bring(here, bag, by="Ada").came is Came.REFUSED
    (bag / "data" / "a.txt").unlink()
    assert bring(here, bag, by="Ada").came is Came.REFUSED


def warc(address, body, *, chunked=False):
    sent = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if chunked else body
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    head += b"Transfer-Encoding: chunked\r\n" if chunked else b""
    block = head + b"\r\n" + sent
    record = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Length: {len(block)}\r\n\r\n"
    return gzip.compress(record.encode() + block + b"\r\n\r\n", mtime=0)


def wacz(path, archives, *, digest=None):
    resources = [
        {
            "name": name,
            "path": f"archive/{name}",
            "hash": digest or f"sha256:{hashlib.sha256(data).hexdigest()}",
            "bytes": len(data),
        }
        for name, data in archives.items()
    ]
    listed = json.dumps({"profile": "data-package", "wacz_version": "1.1.1", "resources": resources}).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in archives.items():
            archive.writestr(f"archive/{name}", data)
        archive.writestr("datapackage.json", listed)
        said = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(listed).hexdigest()}"}
        archive.writestr("datapackage-digest.json", json.dumps(said))


def test_a_web_archive_comes_in_whole_and_by_its_pages(two_machines, tmp_path):
    here, _ = two_machines
    page = b"<html><body><p>The crews were told to sail.</p></body></html>"
    pages = warc("https://gazette.example/harbour", page) + warc("https://gazette.example/b", page + b"b", chunked=True)
    other = b"WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nmore\r\n\r\n"
    wacz(tmp_path / "w.wacz", {"data.warc.gz": pages + gzip.compress(other)})
    done = bring(here, tmp_path / "w.wacz", by="Ada")
    assert done.came is Came.EVIDENCE
    assert done.taken.refused == []
    assert {"harbour", "b", "w.wacz"} <= set(titles(here))
    held = next(one for one in here.spoken().exhibits.values() if one.title == "harbour")
    assert here.store.read_object(held.digest) == page
    assert held.provenances[0].name_as_given == "https://gazette.example/harbour"


def test_a_web_archive_that_lies_or_breaks_off_is_said(two_machines, tmp_path):
    here, _ = two_machines
    page = warc("https://gazette.example/harbour", b"<p>x</p>")
    wacz(tmp_path / "lies.wacz", {"data.warc.gz": page}, digest="sha256:" + "0" * 64)
    assert bring(here, tmp_path / "lies.wacz", by="Ada").came is Came.REFUSED
    (tmp_path / "none.wacz").write_bytes(b"no archive")
    assert bring(here, tmp_path / "none.wacz", by="Ada").came is Came.REFUSED
    cut = gzip.compress(gzip.decompress(page)[:-20])
    wacz(tmp_path / "cut.wacz", {"data.warc.gz": cut})
    done = bring(here, tmp_path / "cut.wacz", by="Ada")
    assert [one.reason for one in done.taken.refused] == ["breaks off: the last record is cut short"]


def test_what_is_none_of_these_and_what_lies_in_the_case_is_refused(two_machines, tmp_path):
    here, _ = two_machines
    for path in (tmp_path / "found", here.root, here.root / "objects"):
        with pytest.raises(CaseError):
            bring(here, path, by="Ada")
