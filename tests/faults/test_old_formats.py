"""A case of format 1, made by the code of before, opens, audits, answers, rebuilds and can be worked on.

``tests/fixtures/format-1/case.tar`` was written on 22 November 2026 by the version that knew neither keys nor seals; the JSON files
beside it are what its commands printed then.
"""

import json
import tarfile
from pathlib import Path

import pytest

from quoth.case.projection.connect import close_database
from quoth.cli.main import main
from quoth.custody.store import Store

OLD = Path(__file__).parents[1] / "fixtures" / "format-1"


@pytest.fixture(name="old_case")
def _old_case(tmp_path):
    with tarfile.open(OLD / "case.tar") as packed:
        packed.extractall(tmp_path, filter="data")
    yield tmp_path / "case"
    close_database()


def printed(capsys, *words):
    code = main([*map(str, words), "--json"])
    return code, json.loads(capsys.readouterr().out)


def contains(new, old) -> bool:
    """Whether everything that was printed then is printed now; fields may have been added."""
    if isinstance(old, dict):
        return isinstance(new, dict) and all(key in new and contains(new[key], one) for key, one in old.items())
    if isinstance(old, list):
        return isinstance(new, list) and len(new) == len(old) and all(map(contains, new, old))
    return new == old


def test_it_opens_and_every_promise_holds(old_case, capsys) -> None:
    before = {path: path.read_bytes() for path in old_case.rglob("*") if path.is_file()}
    code, findings = printed(capsys, "audit", old_case)
    assert code == 0
    assert [one["outcome"] for one in findings] == ["holds", "holds"]
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("verb", ["exhibits", "statements", "parties", "timeline", "log"])
def test_it_says_what_it_said_then(old_case, capsys, verb) -> None:
    then = json.loads((OLD / f"{verb}.json").read_text(encoding="utf-8"))
    assert then
    code, now = printed(capsys, verb, old_case)
    assert code == 0
    assert contains(now, then)


def test_its_projection_is_made_again_with_the_same_answers(old_case, capsys) -> None:
    first = printed(capsys, "statements", old_case)
    assert main(["rebuild", str(old_case)]) == 0
    capsys.readouterr()
    assert printed(capsys, "statements", old_case) == first


def test_it_can_be_worked_on_and_stays_format_1(old_case, capsys, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("QUOTH_KEYS", str(tmp_path / "keys"))
    old_lines = (old_case / "log/entries.jsonl").read_bytes()
    case_file = (old_case / "quoth-case.json").read_bytes()
    letter = tmp_path / "letter.txt"
    letter.write_text("A letter that came later.\n", encoding="utf-8")
    assert main(["add", str(old_case), str(letter)]) == 0
    assert main(["keys", "new", "Ada"]) == 0
    assert main(["keys", "add", str(old_case), "Ada"]) == 0
    assert main(["add", str(old_case), str(tmp_path / "keys" / "Ada.pub"), "--by", "Ada"]) == 0
    capsys.readouterr()
    code, findings = printed(capsys, "audit", old_case)
    # entries in Ada's name from before she had a key stay as they are: whoever signs is held to it from then on
    assert code == 0
    assert {one["outcome"] for one in findings} == {"holds"}
    assert (old_case / "log/entries.jsonl").read_bytes().startswith(old_lines)
    assert (old_case / "quoth-case.json").read_bytes() == case_file
    assert Store.open(old_case).head()[0] == old_lines.count(b"\n") + 3
