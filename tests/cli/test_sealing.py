"""quoth seal, unseal, lock and erase, as people type them."""

import json
import os
import signal
import subprocess
import sys

import pyrage
import pytest

from quoth.case.locking import lock_all, runtime_folder, signed_in
from quoth.case.projection.connect import close_database
from quoth.cli.main import main
from quoth.errors import CaseError

WORDS = "the ferryman Adalbert Quist saw the crates"


@pytest.fixture(autouse=True)
def own_runtime(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    monkeypatch.setenv("QUOTH_KEYS", str(tmp_path / "no-keys"))
    monkeypatch.delenv("QUOTH_IDENTITY", raising=False)
    yield
    close_database()


@pytest.fixture
def desk(tmp_path):
    """A case with recipients, a key, and a file to seal."""
    keys = {}
    for name in ("ada", "safe"):
        identity = pyrage.x25519.Identity.generate()
        keys[name] = identity.to_public()
        path = tmp_path / f"{name}.key"
        path.write_text(str(identity))
        path.chmod(0o600)
    listed = tmp_path / "recipients.txt"
    listed.write_text(f"# Ada\n{keys['ada']}\n# safe [offline]\n{keys['safe']}\n")
    (tmp_path / "letter.txt").write_text(WORDS)
    case = tmp_path / "case"
    assert main(["init", str(case), "--title", "Crates"]) == 0
    assert main(["seal", str(case), "--recipients", str(listed)]) == 0
    return tmp_path


def said(capsys, *words):
    capsys.readouterr()
    code = main([str(one) for one in words])
    out = capsys.readouterr()
    return code, out.out, out.err


def clear(case):
    return [path for path in case.rglob("*") if path.is_file() and WORDS.encode() in path.read_bytes()]


def test_a_file_is_sealed_opened_and_erased(desk, capsys):
    case, key = desk / "case", desk / "ada.key"
    code, out, _ = said(
        capsys, "seal", case, desk / "letter.txt", "--identity", key, "--given-by", "A. Quist", "--json"
    )
    assert code == 0
    (name,) = json.loads(out)["sealed"]
    assert clear(case) == []
    for word in ("letter.txt", "Quist"):
        assert word not in (case / "log" / "entries.jsonl").read_text()
    code, out, _ = said(capsys, "add", case, desk / "letter.txt", "--sealed", "--identity", key)
    assert code == 0
    assert "sealed here before: 1" in out
    code, out, _ = said(capsys, "unseal", case, name, "--reason", "read it again", "--identity", key, "--json")
    assert code == 0
    assert json.loads(out)["said"][0]["title"] == "letter.txt"
    target = desk / "out.txt"
    assert said(capsys, "unseal", case, name, "--reason", "court", "--identity", key, "--out", target)[0] == 0
    assert target.read_text() == WORDS
    code, _, err = said(capsys, "erase", case, name, "--reason", "privacy-law")
    assert code == 2
    assert "wants a yes" in err
    assert said(capsys, "erase", case, name, "--reason", "privacy-law", "--dry-run")[0] == 0
    assert said(capsys, "seal", case, "--list")[1].count("sealed:") == 1
    assert said(capsys, "erase", case, name, "--reason", "privacy-law", "--yes", "--json")[0] == 0
    code, out, _ = said(capsys, "audit", case)
    assert code == 0
    assert "erased by entry" in out
    assert said(capsys, "unseal", case, name, "--reason", "again", "--identity", key)[0] == 3


def test_an_exhibit_and_what_was_read_from_it_go_into_the_seal(desk, capsys):
    case, key = desk / "case", desk / "ada.key"
    assert said(capsys, "add", case, desk / "letter.txt", "--given-by", "Hedda Brun")[0] == 0
    assert said(capsys, "read", case)[0] == 0
    exhibit = json.loads(said(capsys, "exhibits", case, "--json")[1])[0]["id"]
    assert clear(case)
    code, out, _ = said(capsys, "seal", case, exhibit, "--field", "given_by", "--identity", key)
    assert code == 0, out
    assert not [one for one in case.rglob("*") if one.is_file() and b"Hedda Brun" in one.read_bytes()]
    assert json.loads(said(capsys, "exhibits", case, "--json")[1])[0]["title"] == "letter.txt"
    code, out, _ = said(capsys, "seal", case, exhibit, "--identity", key)
    assert code == 0
    assert "its SHA-256 and its size stand in the log since entry" in out
    assert clear(case) == []
    assert json.loads(said(capsys, "exhibits", case, "--json")[1]) == []
    assert said(capsys, "audit", case)[0] == 0
    assert said(capsys, "add", case, desk / "letter.txt")[0] == 0
    assert said(capsys, "read", case)[0] == 0
    assert said(capsys, "audit", case)[0] == 0


def test_a_drill_opens_a_test_seal_with_each_key_given(desk, capsys):
    case = desk / "case"
    code, out, _ = said(capsys, "keys", "drill", case, "--identity", desk / "safe.key", "--by", "Ada", "--json")
    assert code == 0
    assert {one["name"]: one["opened"] for one in json.loads(out)} == {"Ada": None, "safe": True}
    assert "opened the test seal" in said(capsys, "keys", "drill", case, "--identity", desk / "ada.key")[1]
    assert "drill opened by: safe" in (case / "log" / "entries.jsonl").read_text()


def test_refusals_name_no_file_and_say_what_to_do(desk, capsys):
    case = desk / "case"
    code, _, err = said(capsys, "seal", case, desk / "letter.txt")
    assert code == 3
    assert "letter.txt" not in err
    assert "--identity" in err
    (desk / "ada.key").chmod(0o644)
    code, _, err = said(capsys, "seal", case, desk / "letter.txt", "--identity", desk / "ada.key")
    assert code == 3
    assert "chmod 600" in err
    (desk / "ada.key").chmod(0o600)
    code, out, err = said(capsys, "seal", case, desk / "missing-letter.txt", "--identity", desk / "ada.key")
    assert code == 3
    assert "missing-letter" not in out + err
    code, _, err = said(capsys, "seal", case)
    assert code == 2


def test_what_signed_in_is_stopped_in_under_a_second_even_when_it_will_not(desk, capsys):
    script = (
        "import signal, sys, time\nfrom quoth.case.locking import signed_in\n"
        "if sys.argv[1] == 'deaf': signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "with signed_in('desk'):\n print('in', flush=True)\n time.sleep(60)\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", script, how], stdout=subprocess.PIPE) for how in ("listens", "deaf")
    ]
    for one in running:
        assert one.stdout.readline() == b"in\n"
    (runtime_folder() / f"desk-{os.getpid()}").write_text(str(os.getpid()))  # stale: nobody holds it
    code, out, _ = said(capsys, "lock", "--json")
    assert code == 0
    seen = json.loads(out)
    assert (seen["ended"], seen["killed"], seen["left"]) == (1, 1, 0)
    assert [one.wait() for one in running] == [-signal.SIGTERM, -signal.SIGKILL]
    assert list(runtime_folder().iterdir()) == []
    for one in running:
        one.stdout.close()


def test_nothing_runs_and_a_folder_of_others_is_refused(tmp_path):
    with signed_in("desk"):
        assert len(list(runtime_folder().iterdir())) == 1
    assert lock_all().ended == 0
    runtime_folder().chmod(0o755)
    with pytest.raises(CaseError, match="open to others"):
        runtime_folder()
