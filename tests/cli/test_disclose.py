"""quoth disclose and quoth verify FILE: from a company's table in a case to a stranger's verdict."""

import io
import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from quoth.case import keys
from quoth.case.casebook import Casebook
from quoth.case.disclosed_table import held_table
from quoth.case.projection.connect import close_database
from quoth.cli.main import main
from quoth.record.custody import Action

ROWS = [
    ("2031-05-02 10:00:05", "+44 7700 900123", "01632 960001", "61", "CS-4"),
    ("2031-05-02 10:00:40", "+44 7700 900124", "01632 960001", "61", "CS-4"),
    ("2031-05-02 11:30:00", "+44 7700 900125", "01632 960002", "9", "CS-5"),
    ("2031-05-03 08:10:11", "+44 7700 900126", "01632 960003", "122", "CS-4"),
]
TITLES = "Start,Caller number,Called number,Duration,Cell ID"


@pytest.fixture(autouse=True)
def disclose_projection_shut():
    yield
    close_database()


def written(path: Path, rows=ROWS, titles=TITLES) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in (titles, *(",".join(row) for row in rows))))
    return path


@pytest.fixture(name="phone_case_made", scope="module")
def _phone_case_made(tmp_path_factory) -> Path:
    """A folder with a case of a company's table and a letter, and the keys of Ada (who signs in it) and Bea."""
    made = tmp_path_factory.mktemp("phone")
    written(made / "in" / "calls.csv")
    (made / "in" / "letter.txt").write_text("Olen Varga said that the crews had sailed.\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUOTH_KEYS", str(made / "keys"))
        for words in (["init", "case", "--title", "T"], ["add", "case", "in"], ["read", "case"]):
            assert main([str(made / one) if one in ("case", "in") else one for one in words]) == 0
        keys.make_key("Ada", made / "keys")
        keys.make_key("Bea", made / "other")
        with Casebook.open(made / "case") as book:
            keys.bring_in(book.store, "Ada", file=None, by="Ada")
    close_database()
    return made


@pytest.fixture(name="phone_case")
def _phone_case(phone_case_made, tmp_path, monkeypatch, capsys) -> Path:
    shutil.copytree(phone_case_made, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("QUOTH_KEYS", str(tmp_path / "keys"))
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()
    return tmp_path / "case"


def disclose(case, *more, by="Ada", of="calls.csv"):
    return main(["disclose", str(case), "--of", of, "--by", by, *more])


def chosen(out, *more, rows="2-3", cells="callee,start"):
    return ("--rows", rows, "--cells", cells, "--to", "The Gazette", "--out", str(out), *more)


def entries(case):
    with Casebook.open(case) as book:
        return [one for one in book.store.entries() if one.action is Action.DISCLOSED]


def test_committing_shows_nothing_and_is_done_once(phone_case, capsys):
    assert disclose(phone_case) == 0
    assert "Committed: 4 rows of 6 cells" in capsys.readouterr().out
    assert disclose(phone_case, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["new"], said["rows"], said["assurance"]) == (False, 4, "researcher-held-copy")
    assert disclose(phone_case) == 0
    assert "Committed to already" in capsys.readouterr().out
    (entry,) = entries(phone_case)
    assert entry.note == "commitment to a table"
    log = (phone_case / "log" / "entries.jsonl").read_text()
    with Casebook.open(phone_case) as book:
        committed = book.store.read_object(entry.objects[0].digest)
        secret = book.store.opening(entry.commitment).value
    assert json.loads(json.loads(secret)["value"])["kind"] == "commitment to a table"
    for held in (log, committed.decode()):
        assert "7700" not in held
        assert json.loads(secret)["salt"] not in held
    assert disclose(phone_case, "--again", "--decoys", "3", "--assurance", "notarised-copy", "--json") == 0
    assert json.loads(capsys.readouterr().out)["rows"] == 7
    assert disclose(phone_case, "--assurance", "issuer-signed") == 3
    assert "another assurance" in capsys.readouterr().err
    assert main(["audit", str(phone_case)]) == 0


def test_chosen_cells_reach_a_stranger_who_verifies_them(phone_case, tmp_path, capsys):
    proof, public = tmp_path / "proof", str(tmp_path / "keys" / "Ada.pub")
    assert disclose(phone_case, *chosen(proof, "--nonce", "8c1f", "--yes", "--json")) == 0
    said = capsys.readouterr()
    assert "callee and minute: 2 of 4 rows share it" in said.err
    assert {"row": 2, "what": "callee and minute", "sharing": 2, "of": 4} in json.loads(said.out)["risks"]
    known = ("--key", public, "--to", "The Gazette", "--nonce", "8c1f")
    assert main(["verify", str(proof), *known]) == 0
    assert capsys.readouterr().out.strip() == (tmp_path / "proof.txt").read_text().strip().replace(
        "(the name expected)", "(the name expected and your nonce)"
    )
    assert main(["verify", str(proof), *known, "--json"]) == 0
    verdict = json.loads(capsys.readouterr().out)
    assert [step["outcome"] for step in verdict["steps"]] == ["holds"] * 18
    assert sorted(row["cells"]["Start"] for row in verdict["shown"]["cells"]) == [ROWS[0][0], ROWS[1][0]]
    assert all(set(row["cells"]) == {"Start", "Called number"} for row in verdict["shown"]["cells"])
    assert "7700" not in proof.read_text() + (tmp_path / "proof.txt").read_text()
    assert oct(proof.stat().st_mode & 0o777) == "0o600"
    assert [one.note for one in entries(phone_case)] == ["commitment to a table", "cells of a table shown"]
    with Casebook.open(phone_case) as book:
        assert list(keys.unsigned(book.store, "Ada")) == []


def test_what_a_stranger_does_not_know_or_expect(phone_case, tmp_path, capsys):
    proof = tmp_path / "proof"
    assert disclose(phone_case, *chosen(proof, "--yes", "--days", "2")) == 0
    line = (tmp_path / "keys" / "Ada.pub").read_text().strip()
    (tmp_path / "with-newline").write_bytes(proof.read_bytes() + b"\n")
    assert main(["verify", str(tmp_path / "with-newline"), "--key", line]) == 0
    assert main(["verify", str(proof), "--key", line, "--days", "1"]) == 0
    assert main(["verify", str(proof)]) == 3
    assert "cannot tell" in capsys.readouterr().out
    for wrong in (("--key", str(tmp_path / "other" / "Bea.pub")), ("--to", "The Courier"), ("--nonce", "0")):
        assert main(["verify", str(proof), *wrong]) == 1
        assert "REFUSED" in capsys.readouterr().out
    proof.write_bytes(proof.read_bytes()[:-9])
    assert main(["verify", str(proof), "--json"]) == 1
    verdict = json.loads(capsys.readouterr().out)
    assert verdict["outcome"] == "refused"
    assert "shown" not in verdict
    assert main(["verify", str(proof), "--key", str(tmp_path / "absent.pub")]) == 3
    assert main(["verify", str(phone_case), "--key", "x"]) == 2


def test_nothing_leaves_without_a_yes(phone_case, tmp_path, capsys, monkeypatch):
    proof = tmp_path / "proof"
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert disclose(phone_case, *chosen(proof)) == 2
    assert "somebody could be found" in capsys.readouterr().err
    for answer, code in (("no\n", 3), ("show\nyes\n", 0)):
        assert on_a_terminal(phone_case, proof, answer, tmp_path) == code
        assert proof.exists() == (code == 0)


def on_a_terminal(case, proof, answer, tmp_path) -> int:
    ours, theirs = pty.openpty()
    words = [
        sys.executable,
        "-m",
        "quoth.cli.main",
        "disclose",
        str(case),
        "--of",
        "calls.csv",
        "--by",
        "Ada",
        *chosen(proof),
    ]
    with subprocess.Popen(words, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as run:
        os.write(ours, answer.encode())
        run.communicate()
    os.close(ours)
    os.close(theirs)
    return run.returncode


def test_what_many_rows_share_needs_no_yes(phone_case, tmp_path, capsys, monkeypatch):
    rows = [
        (f"2031-05-{place + 1:02} 10:00:00", f"+44 7700 900{place:03}", "01632 960001", "61", "CS-4")
        for place in range(24)
    ]
    written(tmp_path / "more" / "many.csv", rows)
    assert main(["add", str(phone_case), str(tmp_path / "more")]) == 0
    assert main(["read", str(phone_case)]) == 0
    close_database()
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    proof = tmp_path / "proof"
    assert disclose(phone_case, *chosen(proof, rows="2", cells="callee,duration"), of="many.csv") == 0
    assert disclose(phone_case, *chosen(tmp_path / "all", "--yes", rows="all", cells="duration"), of="many.csv") == 0
    assert "at least ten rows" in capsys.readouterr().err
    assert disclose(phone_case, *chosen(tmp_path / "then", rows="2", cells="start"), of="many.csv") == 2
    assert "with what was shown before" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        (("--rows", "2"), 2, "belong together"),
        (("--rows", "99", "--cells", "start", "--to", "x", "--out", "p"), 3, "no such rows"),
        (("--rows", "two", "--cells", "start", "--to", "x", "--out", "p"), 3, "no such rows"),
        (("--rows", "3-2", "--cells", "start", "--to", "x", "--out", "p"), 3, "no such rows"),
        (("--rows", "2", "--cells", "colour", "--to", "x", "--out", "p"), 3, "no such cells"),
        (("--rows", "2", "--cells", "start,,", "--to", "x", "--out", "p"), 3, "no such cells"),
        (("--rows", "2", "--cells", "start", "--to", "x", "--out", "p", "--days", "-1"), 2, "days"),
        (("--rows", "2", "--cells", "start", "--to", "x", "--out", "in/letter.txt", "--yes"), 3, "there already"),
        (
            ("--rows", "2", "--cells", "row,cell-site,Duration", "--to", "x", "--out", "no/where", "--yes"),
            3,
            "cannot be written",
        ),
        (("--key", "other/Bea", "--again"), 0, ""),
        (("--key", "in/letter.txt"), 3, "letter.txt"),
        (("--by", "desk"), 3, "has no key"),
        (("--of", "letter.txt"), 3, "no table was read"),
        (("--of", "x-0000"), 3, "no exhibit"),
        (("--of", "x-"), 3, "no exhibit"),
    ],
)
def test_what_is_asked_wrongly_is_one_clear_line(phone_case, capsys, more, code, words):
    before = len(entries(phone_case))
    assert disclose(phone_case, *more) == code
    assert words in capsys.readouterr().err
    assert len(entries(phone_case)) - before <= 2


def test_another_key_does_not_fit_the_commitment(phone_case, tmp_path, capsys):
    assert disclose(phone_case) == 0
    assert disclose(phone_case, *chosen(tmp_path / "p", "--yes", "--key", str(tmp_path / "other" / "Bea"))) == 3
    assert "another key" in capsys.readouterr().err


def test_what_is_only_cited_cannot_be_shown(phone_case, capsys):
    assert main(["cite", str(phone_case), "call ledger", "--said-by", "B. C."]) == 0
    assert disclose(phone_case, of="call ledger") == 3
    assert "only said to exist" in capsys.readouterr().err


def test_a_commitment_stands_on_the_reading_that_it_was_made_of(phone_case, tmp_path, capsys, monkeypatch):
    """A later reading gives other rows; the cells committed to are those of the earlier one."""
    assert disclose(phone_case) == 0
    from quoth.case import disclosure

    latest = disclosure.held_table

    def newer(book, exhibit, *, rendition=None, sheet=None):
        found = latest(book, exhibit, rendition=rendition, sheet=sheet)
        import dataclasses

        return found if rendition else dataclasses.replace(found, rendition="sha256:" + "0" * 64)

    monkeypatch.setattr(disclosure, "held_table", newer)
    assert disclose(phone_case, *chosen(tmp_path / "proof", "--yes")) == 0
    assert main(["verify", str(tmp_path / "proof"), "--key", str(tmp_path / "keys" / "Ada.pub")]) == 0


def test_plain_tables_and_sheets(phone_case, tmp_path, capsys):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Harbour dues"])
    book.active.append(["1", "2"])
    second = book.create_sheet("calls")
    for row in (TITLES.split(","), *ROWS, TITLES.split(",")):
        second.append(list(row))
    (tmp_path / "more").mkdir()
    book.save(tmp_path / "more" / "book.xlsx")
    written(tmp_path / "more" / "dues.csv", [("a", "1"), ("b", "2", "3")], "Ship,Dues")
    assert main(["add", str(phone_case), str(tmp_path / "more")]) == 0
    assert main(["read", str(phone_case)]) == 0
    with Casebook.open(phone_case) as opened:
        by_title = {one.title: name for name, one in opened.spoken().exhibits.items()}
        sheet = held_table(opened, by_title["book.xlsx"])
        dues = held_table(opened, by_title["dues.csv"])
    assert (sheet.sheet, len(sheet.table.rows), sheet.complete) == ("calls", 4, True)
    assert dues.table.names == ("Ship", "Dues", "column 3")
    assert [row.cells for row in dues.table.rows] == [("a", "1"), ("b", "2", "3")]
    assert not dues.meanings.minutes
    capsys.readouterr()


def test_a_commitment_whose_secret_was_erased_shows_nothing_any_more(phone_case, tmp_path, capsys):
    assert disclose(phone_case, *chosen(tmp_path / "proof", "--yes")) == 0
    for entry in entries(phone_case):
        for path in (phone_case / "openings").iterdir():
            if entry.commitment in path.read_text():
                path.unlink()
    capsys.readouterr()
    assert disclose(phone_case, "--json") == 0
    assert json.loads(capsys.readouterr().out)["new"] is True
    assert main(["verify", str(tmp_path / "proof"), "--key", str(tmp_path / "keys" / "Ada.pub")]) == 0


def test_a_file_that_cannot_be_looked_at(tmp_path, monkeypatch):
    from quoth.case import disclosure
    from quoth.errors import CaseError

    with pytest.raises(CaseError, match="cannot be read"):
        disclosure.verify_file(tmp_path / "absent")
    monkeypatch.setattr(disclosure, "LARGEST", 3)
    (tmp_path / "large").write_bytes(b"1234")
    with pytest.raises(CaseError, match="larger than any disclosure"):
        disclosure.verify_file(tmp_path / "large")


def test_what_does_not_verify_never_leaves(phone_case, tmp_path, capsys, monkeypatch):
    from quoth.case import disclosure

    monkeypatch.setattr(disclosure, "judge", lambda *_: "the signature does not fit")
    assert disclose(phone_case, *chosen(tmp_path / "proof", "--yes")) == 3
    assert "does not verify" in capsys.readouterr().err
    assert not (tmp_path / "proof").exists()
    assert [one.note for one in entries(phone_case)] == ["commitment to a table"]
