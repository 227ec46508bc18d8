"""quoth leaks: exit codes, what is printed, and pictures read for real."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "attacks" / "leaks"))

from corpus import DECOY, SECRET
from hidden import HIDDEN

from quoth.cli.main import main


@pytest.fixture
def leak_folder(tmp_path):
    (tmp_path / "secrets.txt").write_text(SECRET.secrets, encoding="utf-8")
    (tmp_path / "out").mkdir()
    return tmp_path


def leaks(folder, *more):
    return main(["leaks", str(folder / "out"), "--secrets", str(folder / "secrets.txt"), *more])


def test_clean_files_pass(leak_folder, capsys):
    (leak_folder / "out" / "a.txt").write_text("Minutes of the meeting.\n", encoding="utf-8")
    (leak_folder / "out" / "b.pdf").write_bytes(HIDDEN[("properties", "PDF")](DECOY))
    assert leaks(leak_folder, "--no-ocr") == 0
    said = capsys.readouterr().out
    assert "nothing found" in said
    assert "NOT read (--no-ocr)" in said


def test_a_hit_is_one_line_without_the_secret(leak_folder, capsys):
    (leak_folder / "out" / "Ilse Marwick.pdf").write_bytes(HIDDEN[("annotation", "PDF")](SECRET))
    assert leaks(leak_folder, "--no-ocr") == 1
    said = capsys.readouterr()
    assert f"line 3 (name ••• {'•' * 12})" in said.out
    for word in ("Ilse", "Marwick", "Brankovi"):
        assert word not in said.out + said.err
    assert leaks(leak_folder, "--no-ocr", "--show") == 1
    assert "Zoë Brankovičová" in capsys.readouterr().out


def test_what_cannot_be_looked_into_is_exit_3_and_a_hit_wins(leak_folder, capsys):
    (leak_folder / "out" / "closed.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(range(256)))
    assert leaks(leak_folder, "--no-ocr") == 3
    assert "could not look into" in capsys.readouterr().err
    (leak_folder / "out" / "a.txt").write_text("by I. Marwick", encoding="utf-8")
    assert leaks(leak_folder, "--no-ocr", "--json") == 1
    report = json.loads(capsys.readouterr().out)
    assert report["outcome"] == "found"
    assert report["ocr"] == "off"
    assert [bool(one["hits"]) for one in report["files"]] == [True, False]
    assert [bool(one["blind"]) for one in report["files"]] == [False, True]


def test_pictures_and_pages_are_read(leak_folder, capsys):
    (leak_folder / "out" / "a.png").write_bytes(HIDDEN[("letters in the picture", "PNG")](SECRET))
    (leak_folder / "out" / "b.pdf").write_bytes(HIDDEN[("scanned page", "PDF")](SECRET))
    (leak_folder / "out" / "c.jpg").write_bytes(HIDDEN[("thumbnail", "JPEG")](SECRET))
    (leak_folder / "out" / "d.png").write_bytes(HIDDEN[("letters in the picture", "PNG")](DECOY))
    assert leaks(leak_folder, "--json") == 1
    report = json.loads(capsys.readouterr().out)
    assert [bool(one["hits"]) for one in report["files"]] == [True, True, True, False]


def test_used_wrongly_is_exit_2_and_names_no_secret(leak_folder, capsys):
    (leak_folder / "secrets.txt").write_text("Bob\n", encoding="utf-8")
    (leak_folder / "out" / "a.txt").write_text("x", encoding="utf-8")
    assert leaks(leak_folder) == 2
    said = capsys.readouterr().err
    assert "line 1" in said
    assert "Bob" not in said
    assert main(["leaks", str(leak_folder / "out")]) == 2


def test_files_that_are_missing_or_no_files_are_exit_3(leak_folder, tmp_path):
    (leak_folder / "out" / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert leaks(leak_folder, "--no-ocr") == 3
    assert main(["leaks", str(tmp_path / "none"), "--secrets", str(leak_folder / "secrets.txt")]) == 3
