"""The command on damaged cases: findings or one clear line, never a trace."""

import hashlib
import json
import shutil
import sqlite3

import pytest

from quoth.case.projection.connect import close_database, database_path
from quoth.cli.main import main


@pytest.fixture(autouse=True)
def projection_closed():
    yield
    close_database()


@pytest.fixture
def small(tmp_path, capsys):
    """A case with two exhibits and a decision, its projection made."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("The clerk said that the crews had sailed.\n", encoding="utf-8")
    (folder / "b.txt").write_text("Olen Varga denied it.\n", encoding="utf-8")
    case = tmp_path / "case"
    assert main(["init", str(case), "--title", "Crews"]) == 0
    assert main(["add", str(case), str(folder)]) == 0
    assert main(["cite", str(case), "order book", "--said-by", "a clerk"]) == 0
    assert main(["exhibits", str(case)]) == 0
    close_database()
    capsys.readouterr()
    return case


def answer(capsys, *words):
    """Exit code, what was printed as JSON, and what was said beside it."""
    code = main([*map(str, words), "--json"])
    said = capsys.readouterr()
    return code, json.loads(said.out), said.err


def cut(case):
    log = case / "log" / "entries.jsonl"
    log.write_bytes(log.read_bytes()[:-200])


def garble_case_file(case):
    (case / "quoth-case.json").chmod(0o644)
    (case / "quoth-case.json").write_bytes(b"x")


DAMAGES = {
    "log cut": (cut, "custody.07-checkpoint"),
    "log gone": (lambda case: shutil.rmtree(case / "log"), "custody.03-entry-as-written"),
    "openings gone": (lambda case: shutil.rmtree(case / "openings"), "custody.12-opening-fits"),
    "objects gone": (lambda case: shutil.rmtree(case / "objects"), "custody.10-object-present"),
    "case file garbled": (garble_case_file, "custody.01-case-file"),
    "case file gone": (lambda case: (case / "quoth-case.json").unlink(), "custody.01-case-file"),
    "checkpoint gone": (lambda case: (case / "log" / "checkpoint").unlink(), "custody.07-checkpoint"),
}


@pytest.mark.parametrize("damage", sorted(DAMAGES))
def test_an_audit_of_a_damaged_case_gives_findings_and_1(damage, small, capsys):
    harm, check = DAMAGES[damage]
    harm(small)
    code, found, _ = answer(capsys, "audit", small)
    assert code == 1
    assert check in {one["check"] for one in found if one["outcome"] == "fails"}
    assert not [one for one in found if one["check"] == "custody.audit"], "it also says that all holds"


@pytest.mark.parametrize("verb", ["exhibits", "statements", "log", "read", "rebuild", "publish"])
def test_other_verbs_say_in_json_what_is_wrong_with_the_log(verb, small, capsys):
    cut(small)
    code, found, said = answer(capsys, verb, small)
    assert code == 3
    assert "acknowledged" in found["error"]
    assert "quoth audit" in found["hint"]
    assert "Traceback" not in said


def test_a_wrong_use_is_json_too(capsys, tmp_path):
    file = tmp_path / "file"
    file.touch()
    for words in (["statements"], ["nonsense"], ["build", str(file), "--case", str(file)], ["add", "x", "y"]):
        code, found, _ = answer(capsys, *words)
        assert code == 2, words
        assert set(found) == {"error", "hint"}


def test_a_garbled_projection_is_made_again(small, capsys):
    _, before, _ = answer(capsys, "exhibits", small)
    close_database()
    for one in (small / "cache").iterdir():
        one.unlink()
    database_path(small).write_bytes(b"\xff" * 5000)
    code, after, _ = answer(capsys, "exhibits", small)
    assert (code, after) == (0, before)


def test_a_projection_of_another_version_is_made_again(small, capsys):
    _, before, _ = answer(capsys, "exhibits", small)
    close_database()
    held = sqlite3.connect(database_path(small))
    held.execute("PRAGMA user_version=77")
    held.execute("ALTER TABLE projection_exhibit DROP COLUMN suggested")
    held.commit()
    held.close()
    code, after, _ = answer(capsys, "exhibits", small)
    assert (code, after) == (0, before)


def test_a_projection_broken_inside_is_one_line_that_says_rebuild(small, capsys):
    close_database()
    held = sqlite3.connect(database_path(small))
    held.execute("DROP TABLE projection_exhibit")
    held.commit()
    held.close()
    code, found, said = answer(capsys, "exhibits", small)
    assert code == 3
    assert "quoth rebuild" in found["hint"]
    assert "Traceback" not in said
    assert answer(capsys, "rebuild", small)[0] == 0


def test_a_projection_of_another_history_is_made_again(small, tmp_path, capsys):
    copy = tmp_path / "copy"
    close_database()
    shutil.copytree(small, copy)
    assert main(["cite", str(small), "ledger", "--said-by", "a clerk"]) == 0
    assert main(["exhibits", str(small)]) == 0
    close_database()
    for title in ("photographs", "letters"):
        assert main(["cite", str(copy), title, "--said-by", "a sailor"]) == 0
    shutil.rmtree(copy / "cache")
    shutil.copytree(small / "cache", copy / "cache")
    capsys.readouterr()
    _, found, _ = answer(capsys, "exhibits", copy)
    titles = {one["title"] for one in found}
    assert {"photographs", "letters"} <= titles
    assert "ledger" not in titles


def test_a_cache_that_is_a_file_is_one_line(small, capsys):
    close_database()
    shutil.rmtree(small / "cache")
    (small / "cache").touch()
    for verb in ("exhibits", "rebuild"):
        code, found, _ = answer(capsys, verb, small)
        assert code == 3
        assert "untouched" in found["hint"]


def test_a_case_made_in_a_folder_open_to_others_is_closed_to_them(tmp_path):
    tmp_path.joinpath("case").mkdir(mode=0o755)
    assert main(["init", str(tmp_path / "case")]) == 0
    for one in (tmp_path / "case", *(tmp_path / "case").iterdir()):
        if one.is_dir():
            assert one.stat().st_mode & 0o077 == 0, one


def test_a_flipped_bit_in_the_format_is_damage_and_no_newer_case(small, capsys):
    path = small / "quoth-case.json"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b'"format":1', b'"format":9'))
    code, found, _ = answer(capsys, "audit", small)
    assert code == 1
    assert {one["check"] for one in found if one["subject"] == "quoth-case.json"} >= {
        "custody.02-case-file-named-by-entry-0"
    }


def test_a_case_of_a_newer_format_is_refused_and_not_called_damaged(small, capsys):
    path = small / "quoth-case.json"
    newer = path.read_bytes().replace(b'"format":1', b'"format":9')
    path.chmod(0o644)
    path.write_bytes(newer)
    digest = hashlib.sha256(newer).hexdigest()
    (small / "objects" / digest[:2]).mkdir(exist_ok=True)
    (small / "objects" / digest[:2] / digest[2:]).write_bytes(newer)
    code, found, _ = answer(capsys, "audit", small)
    assert code == 3
    assert "format 9" in str(found)
