"""Handing over: what goes, what stays, who can check it; and no half bundle is ever left behind."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import bagit
import pytest

from case.handing_cases import GIVER, small_case
from quoth.case.audit import audit_case
from quoth.case.handing import Choice, Opened, hand_over, is_bundle, told_from, verify_bundle
from quoth.case.spoken import secret_of
from quoth.custody.bundle_layout import safe_name
from quoth.custody.bundle_write import writing
from quoth.errors import CaseError, CustodyError, SealError
from quoth.record.custody import Action
from quoth.record.finding import Outcome
from quoth.terms.digest import digest_of

BAD = {Outcome.FAILS, Outcome.NOT_CHECKED}


@pytest.fixture(name="harbour_case")
def _harbour_case(tmp_path, monkeypatch):
    monkeypatch.setenv("QUOTH_KEYS", str(tmp_path / "keys"))
    with small_case(tmp_path) as book:
        yield book


def exhibit_named(book, title):
    return next(one for one in book.spoken().exhibits.values() if one.title == title)


def files_of(bundle: Path) -> dict[str, bytes]:
    return {one.relative_to(bundle).as_posix(): one.read_bytes() for one in bundle.rglob("*") if one.is_file()}


def test_a_bundle_is_whole_for_us_for_bagit_and_for_its_own_lines(harbour_case, tmp_path):
    out = tmp_path / "hand over"
    handed = hand_over(harbour_case, out, Choice(everything=True), by="Ada", to="The court")
    told = told_from(key=str(tmp_path / "keys" / "Ada.pub"), digest=handed.digest)
    assert {one.outcome for one in verify_bundle(out, told=told)} == {Outcome.HOLDS}
    bagit.Bag(str(out)).validate()
    assert digest_of((out / "tagmanifest-sha256.txt").read_bytes()) == handed.digest
    # VERIFY.txt, verbatim, in a place without quoth: only Debian's tools are on the path
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(out, elsewhere)
    plain = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C", "GOCACHE": str(tmp_path / "go")}
    gone = subprocess.run(
        ["/usr/bin/python3", "-c", "import quoth"], cwd=elsewhere, env=plain, capture_output=True, check=False
    )
    assert gone.returncode != 0
    done = subprocess.run(["sh", "VERIFY.txt"], cwd=elsewhere, env=plain, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("whole\n")
    assert handed.digest.removeprefix("sha256:") in done.stdout
    assert "not checked" not in done.stdout
    for path in ("data/exhibits/0001-ledger.txt", "data/more.txt"):
        shutil.copytree(out, elsewhere, dirs_exist_ok=True)
        with (elsewhere / path).open("ab") as file:
            file.write(b"x")
        done = subprocess.run(
            ["sh", "VERIFY.txt"], cwd=elsewhere, env=plain, capture_output=True, text=True, check=False
        )
        assert done.returncode != 0
        assert not done.stdout.endswith("whole\n")


def test_what_tells_of_a_giver_stays_closed_and_loses_its_name(harbour_case, tmp_path):
    handed = hand_over(harbour_case, tmp_path / "out", Choice(everything=True), by="Ada")
    closed = exhibit_named(harbour_case, "statement.txt")
    assert handed.closed == (closed.id,)
    assert handed.opened == 2
    held = files_of(tmp_path / "out")
    assert "data/exhibits/0003-exhibit.txt" in held
    everything = b"".join(held.values()) + " ".join(held).encode()
    assert GIVER.encode() not in everything
    assert b"statement" not in everything.replace(b"statement of", b"")
    named = hand_over(
        harbour_case, tmp_path / "named", Choice(exhibits=(closed.id,), named=(closed.id,)), by="Ada"
    )  # fmt: skip
    assert named.closed == ()
    assert GIVER.encode() in (tmp_path / "named" / "data" / "openings" / "opened.jsonl").read_bytes()
    assert (tmp_path / "named" / "data" / "exhibits" / "0001-statement.txt").exists()
    none = hand_over(harbour_case, tmp_path / "none", Choice(everything=True, opened=Opened.NONE), by="Ada")
    assert none.opened == 0
    assert not (tmp_path / "none" / "data" / "openings").exists()


def test_the_log_names_the_bundle_and_not_to_whom(harbour_case, tmp_path):
    handed = hand_over(harbour_case, tmp_path / "out", Choice(everything=True), by="Ada", to="Judge Merrow")
    entry = list(harbour_case.store.entries())[-1]
    assert entry.action is Action.HANDED_OVER
    assert [one.digest for one in entry.objects] == [handed.digest]
    assert b"Merrow" not in (harbour_case.root / "log" / "entries.jsonl").read_bytes()
    finding = secret_of(harbour_case.store, entry)
    assert "handed to: Judge Merrow" in finding.grounds
    assert b"Merrow" not in b"".join(files_of(tmp_path / "out").values())
    assert not [one for one in audit_case(harbour_case) if one.outcome in BAD]


def test_a_giver_s_name_within_an_exhibit_stops_it_and_leaves_nothing(harbour_case, tmp_path):
    from quoth.case.intake import take_in

    (tmp_path / "leak.txt").write_text(f"It came from {GIVER}.\n", encoding="utf-8")
    take_in(harbour_case, [tmp_path / "leak.txt"], by="Ada")
    before = harbour_case.store.head()
    for target in (tmp_path / "out", tmp_path / "out.zip"):
        with pytest.raises(SealError, match="must stay closed") as caught:
            hand_over(harbour_case, target, Choice(everything=True), by="Ada")
        assert GIVER not in caught.value.diagnostics()
        assert not target.exists()
    assert not list(tmp_path.glob(".*part"))
    assert harbour_case.store.head() == before
    (tmp_path / "secrets.txt").write_text("Petrel\n", encoding="utf-8")
    ledger = exhibit_named(harbour_case, "ledger.txt")
    with pytest.raises(SealError):
        hand_over(
            harbour_case, tmp_path / "o", Choice(exhibits=(ledger.id,)), by="Ada", secrets=tmp_path / "secrets.txt"
        )  # fmt: skip


def test_what_cannot_be_chosen_is_said(harbour_case, tmp_path):
    one = exhibit_named(harbour_case, "letter.txt")
    for choice, words in (
        (Choice(), "nothing is chosen"),
        (Choice(exhibits=("x-0000000000000000",)), "holds no exhibit"),
        (Choice(exhibits=(one.id,), named=("x-1",)), "holds no exhibit"),
        (Choice(exhibits=(one.id,), named=(exhibit_named(harbour_case, "ledger.txt").id,)), "is not in the bundle"),
    ):
        with pytest.raises(CaseError, match=words):
            hand_over(harbour_case, tmp_path / "out", choice, by="Ada")
    with pytest.raises(CaseError, match="lies in the case"):
        hand_over(harbour_case, harbour_case.root / "out", Choice(everything=True), by="Ada")
    with pytest.raises(CaseError, match="people sign in this case"):
        hand_over(harbour_case, tmp_path / "out", Choice(everything=True), by="Bea")
    (tmp_path / "there").mkdir()
    with pytest.raises(CustodyError, match="is there already"):
        hand_over(harbour_case, tmp_path / "there", Choice(everything=True), by="Ada")
    assert not (tmp_path / "out").exists()


def test_an_exhibit_whose_bytes_are_damaged_is_not_handed_over(harbour_case, tmp_path):
    one = exhibit_named(harbour_case, "letter.txt")
    path = harbour_case.store.object_path(one.digest)
    path.chmod(0o644)
    path.write_bytes(b"The crews were told to stay!")
    with pytest.raises(CaseError, match="would not hold"):
        hand_over(harbour_case, tmp_path / "out", Choice(everything=True), by="Ada")
    assert not (tmp_path / "out").exists()


def test_a_case_in_which_nobody_signs_is_handed_over_by_its_digest(tmp_path, monkeypatch):
    monkeypatch.setenv("QUOTH_KEYS", str(tmp_path / "keys"))
    with small_case(tmp_path, signed=False) as book:
        handed = hand_over(book, tmp_path / "out.zip", Choice(everything=True), by="Ada")
    outcomes = [one.outcome for one in verify_bundle(tmp_path / "out.zip")]
    assert outcomes.count(Outcome.CANNOT_TELL) == 1
    assert not BAD & set(outcomes)
    by_digest = list(verify_bundle(tmp_path / "out.zip", told=told_from(digest=handed.digest)))
    assert {one.outcome for one in by_digest} == {Outcome.HOLDS}
    by_key = verify_bundle(tmp_path / "out.zip", told=told_from(key=f"ssh-ed25519 {KEY}"))
    assert Outcome.FAILS in {one.outcome for one in by_key}


KEY = "AAAAC3NzaC1lZDI1NTE5AAAAIIqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"


def test_the_same_content_as_a_folder_and_as_a_zip_has_one_digest(tmp_path):
    content = [("data/a.txt", b"a"), ("data/b/c.txt", b"c"), ("VERIFY.txt", b"v")]
    digests = []
    for name in ("one", "two.zip"):
        with writing(tmp_path / name, content, info=[("Bagging-Date", "2031-05-02")], sign=None) as written:
            digests.append(written.digest)
            written.place()
    assert digests[0] == digests[1]
    assert zipfile.ZipFile(tmp_path / "two.zip").namelist()[0] == "two/bagit.txt"
    bagit.Bag(str(tmp_path / "one")).validate()


def test_a_full_disk_is_one_line_and_leaves_nothing(harbour_case, tmp_path):
    script = (
        "import resource,sys;from pathlib import Path;from quoth.case.casebook import Casebook;"
        "from quoth.case.handing import Choice,hand_over;from quoth.errors import QuothError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE,(4000,4000))\n"
        "import signal;signal.signal(signal.SIGXFSZ,signal.SIG_IGN)\n"
        "try:\n hand_over(Casebook.open(Path(sys.argv[1])),Path(sys.argv[2]),Choice(everything=True),by='Ada')\n"
        "except QuothError as err:\n print(err)\n"
    )
    for name in ("out", "out.zip"):
        done = subprocess.run(
            [sys.executable, "-c", script, harbour_case.root, tmp_path / name],
            capture_output=True,
            text=True,
            check=False,
        )
        assert "could not be written" in done.stdout, done.stderr
        assert not (tmp_path / name).exists()
        assert not list(tmp_path.glob(f".{name}*"))


def test_prov_and_case_say_what_the_log_says(harbour_case, tmp_path):
    hand_over(harbour_case, tmp_path / "out", Choice(everything=True), by="Ada")
    held = files_of(tmp_path / "out")
    entries = [json.loads(line) for line in held["data/log/entries.jsonl"].splitlines()]
    prov = json.loads(held["data/provenance/prov.json"])
    assert len(prov["activity"]) == len(entries) == len(prov["wasAssociatedWith"])
    digests = {ref["digest"] for entry in entries for ref in entry.get("objects", ())}
    assert set(prov["entity"]) == digests
    assert {one["prov:label"] for one in prov["agent"].values()} == {"Ada"}
    uco = json.loads(held["data/provenance/case-uco.jsonld"])
    kinds = [one["@type"] for one in uco["@graph"]]
    assert kinds.count("case-investigation:InvestigativeAction") == len(entries)
    ids = {one["@id"] for one in uco["@graph"]}
    named = set(
        re.findall(
            r'"@id":"(kb:(?:identity|investigative-action|observable-object)-[^"]+)"',
            json.dumps(uco, separators=(",", ":")),
        )
    )
    assert named <= ids
    crate = {one["@id"]: one for one in json.loads(held["data/ro-crate-metadata.json"])["@graph"]}
    for part in crate["./"]["hasPart"]:
        assert f"data/{part['@id']}" in held
        assert part["@id"] in crate


@pytest.mark.parametrize(
    "title", ["../../etc/passwd", "con.txt", "a" * 400 + ".pdf", "\u202etxt.exe", "", "...", "x\n.txt", "文件.pdf"]
)
def test_a_name_in_a_bundle_means_the_same_everywhere(title):
    assert re.fullmatch(r"[0-9]{4}-[A-Za-z0-9][A-Za-z0-9._-]{0,90}", safe_name(title, number=7))


def test_what_is_for_this_check_is_told_by_its_place(harbour_case, tmp_path):
    hand_over(harbour_case, tmp_path / "out.zip", Choice(everything=True), by="Ada")
    assert is_bundle(tmp_path / "out.zip")
    assert not is_bundle(harbour_case.root)
    assert not is_bundle(tmp_path / "given")
    whole = (tmp_path / "out.zip").read_bytes()
    (tmp_path / "half.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(CustodyError, match=r"no whole \.zip"):
        list(verify_bundle(tmp_path / "half.zip"))
    for told in ({"key": str(tmp_path / "nobody.pub")}, {"digest": "12"}, {"key": str(tmp_path / "out.zip")}):
        with pytest.raises(CaseError):
            told_from(**told)
