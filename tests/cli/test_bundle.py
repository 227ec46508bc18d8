"""quoth bundle, verify, import and log --prov from the command line: words, JSON and exit codes."""

import json

import pyrage
import pytest

from case.handing_cases import small_case
from quoth.cli.main import main


@pytest.fixture(name="handed_case")
def _handed_case(tmp_path, monkeypatch):
    monkeypatch.setenv("QUOTH_KEYS", str(tmp_path / "keys"))
    with small_case(tmp_path) as book:
        return book.root


def test_a_bundle_is_made_verified_and_refused(handed_case, tmp_path, capsys):
    out, key = tmp_path / "out.zip", str(tmp_path / "keys" / "Ada.pub")
    assert main(["bundle", str(handed_case), "--out", str(out), "--all", "--by", "Ada", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["exhibits"], made["openings"], len(made["closed"])) == (3, 2, 1)
    assert main(["verify", str(out)]) == 3
    said = capsys.readouterr().out
    assert "not vouched for" in said
    assert not any(line.startswith("28 ") for line in said.splitlines()), "nobody told a digest: nothing to compare"
    assert main(["verify", str(out), "--key", key]) == 0
    assert main(["verify", str(out), "--digest", made["digest"], "--json"]) == 0
    told = json.loads(capsys.readouterr().out.partition("you were told.\n")[2])
    assert told["outcome"] == "holds"
    assert [one["step"] for one in told["steps"]] == sorted(one["step"] for one in told["steps"])
    assert main(["verify", str(out), "--digest", "0" * 64]) == 1
    assert "REFUSED" in capsys.readouterr().out
    out.write_bytes(out.read_bytes()[:-100])
    assert main(["verify", str(out), "--key", key]) == 3
    assert "no whole .zip" in capsys.readouterr().err


def test_an_import_says_what_came_of_it(handed_case, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["bundle", str(handed_case), "--out", str(out), "--travel", "--by", "Ada"]) == 0
    assert main(["import", str(out), "--case", str(handed_case), "--by", "Ada"]) == 0
    assert "nothing new" in capsys.readouterr().out
    (out / "data" / "exhibits" / "0001-ledger.txt").write_bytes(b"")
    assert main(["import", str(out), "--case", str(handed_case), "--by", "Ada"]) == 1
    assert "Refused: nothing was entered." in capsys.readouterr().out
    assert main(["import", str(tmp_path / "given"), "--case", str(handed_case)]) == 3


def test_the_log_is_printed_as_prov_and_case(handed_case, capsys):
    assert main(["log", str(handed_case), "--prov"]) == 0
    assert "wasAssociatedWith" in json.loads(capsys.readouterr().out)
    assert main(["log", str(handed_case), "--case-uco"]) == 0
    assert "@graph" in json.loads(capsys.readouterr().out)


def test_nothing_sealed_travels(handed_case, tmp_path, capsys):
    keys = [pyrage.x25519.Identity.generate() for _ in range(2)]
    lines = [f"# {name}\n{key.to_public()}\n" for name, key in zip(("Ada", "safe [offline]"), keys, strict=True)]
    (tmp_path / "to.txt").write_text("".join(lines), encoding="utf-8")
    (tmp_path / "key.txt").write_text(f"{keys[0]}\n", encoding="utf-8")
    (tmp_path / "key.txt").chmod(0o600)
    (tmp_path / "canary.txt").write_text("The zebra canary sings.\n", encoding="utf-8")
    case, by = str(handed_case), ["--by", "Ada"]
    assert main(["add", case, str(tmp_path / "canary.txt"), *by]) == 0
    capsys.readouterr()
    assert main(["exhibits", case, "--json"]) == 0
    name = next(one["id"] for one in json.loads(capsys.readouterr().out) if one["title"] == "canary.txt")
    assert main(["seal", case, "--recipients", str(tmp_path / "to.txt"), *by]) == 0
    assert main(["seal", case, name, "--identity", str(tmp_path / "key.txt"), *by]) == 0
    assert main(["bundle", case, "--out", str(tmp_path / "out"), "--travel", "--openings", "all", *by]) == 0
    held = b"".join(one.read_bytes() + one.name.encode() for one in (tmp_path / "out").rglob("*") if one.is_file())
    assert b"canary" not in held
    assert main(["bundle", case, "--out", str(tmp_path / "one"), "--exhibit", name, *by]) == 3
    assert main(["verify", str(tmp_path / "out"), "--key", str(tmp_path / "keys" / "Ada.pub")]) == 0
