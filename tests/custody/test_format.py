"""The page on the format is right: a stranger's script and shell line, run as they stand there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from custody.forge import BODIES, small_case
from quoth.terms.digest import digest_of

PAGE = Path(__file__).parents[2] / "docs" / "formats" / "case.md"


def block(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(), re.DOTALL)
    return found


def run_script(root: Path) -> tuple[int, str]:
    command = [sys.executable, "-I", "-c", block("python")]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def run_shell(root: Path) -> int:
    line = block("sh").replace("CASE", str(root))
    return subprocess.run(["sh", "-c", line], capture_output=True, check=False).returncode


@pytest.fixture(name="described_case")
def _described_case(tmp_path: Path) -> Path:
    return small_case(tmp_path / "case").root


def test_a_whole_case(described_case) -> None:
    assert run_script(described_case) == (0, "whole\n")
    assert run_shell(described_case) == 0


def test_a_changed_object(described_case) -> None:
    name = digest_of(BODIES[3]).removeprefix("sha256:")
    path = described_case / "objects" / name[:2] / name[2:]
    path.chmod(0o644)
    path.write_bytes(BODIES[3][:-1] + b"?")
    assert run_script(described_case) == (1, f"object {name}\n")
    assert run_shell(described_case) == 1


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("log/entries.jsonl", '"seq":3', '"seq":4', "log/checkpoint: another root"),
        ("log/checkpoint", "\n6\n", "\n5\n", "log/checkpoint: another root"),
        ("openings", "Item 0", "Item 7", "an opening does not fit"),
    ],
)
def test_a_changed_text(described_case, name, old, new, told) -> None:
    path = described_case / name
    if path.is_dir():
        path = min(path.iterdir())
    assert path.read_text().count(old) == 1
    path.write_text(path.read_text().replace(old, new))
    code, text = run_script(described_case)
    assert code == 1
    assert told in text


def test_the_page_names_every_file_and_folder_of_a_case(described_case) -> None:
    page = PAGE.read_text()
    for path in described_case.iterdir():
        assert f"  {path.name}" in page
    assert {one.name for one in described_case.iterdir()} == {
        "quoth-case.json", "objects", "log", "openings", "cache", "tmp",
    }  # fmt: skip
