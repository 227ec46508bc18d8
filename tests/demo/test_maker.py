"""The maker still makes the shipped demo, byte for byte."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image, ImageChops, ImageStat

from quoth.demo import demo_files, demo_key

_LIMIT = 2_500_000
_SOUND_LIMIT = 1_000_000
_LETTER_LIMIT = 250_000
_SOUND_ENDINGS = (".opus", ".srt", ".vtt")
_TOLERANCE = 0.02


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh make, in a process of its own: the speech library keeps state."""
    out = tmp_path_factory.mktemp("demo")
    done = subprocess.run(
        [sys.executable, "-m", "quoth.demo.make", str(out)], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return out


def _names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _load(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text("utf-8"))


def _is_sound(name: str) -> bool:
    return name.endswith(_SOUND_ENDINGS) or name == "calls/call-2.json"


def _seconds(data: bytes) -> float:
    with av.open(io.BytesIO(data), "r") as box:
        lengths = [frame.samples / frame.sample_rate for frame in box.decode(audio=0)]
    assert lengths
    return float(sum(lengths))


def test_same_file_names(made: Path) -> None:
    assert _names(made / "files") == _names(demo_files())
    assert _names(made / "key") == _names(demo_key())


def test_text_files_are_the_same_bytes(made: Path) -> None:
    for name in _names(demo_files()):
        if not _is_sound(name) and not name.endswith((".jpg", ".pdf")):
            assert (made / "files" / name).read_bytes() == (demo_files() / name).read_bytes(), name


def test_key_is_the_same_bytes(made: Path) -> None:
    for name in _names(demo_key()) - {"sound.json", "tools.json"}:
        assert (made / "key" / name).read_bytes() == (demo_key() / name).read_bytes(), name


def test_pictures_and_paper(made: Path) -> None:
    same = _load(made / "key", "tools.json") == _load(demo_key(), "tools.json")
    for name in _names(demo_files()):
        new, old = (folder / name for folder in (made / "files", demo_files()))
        if name.endswith(".pdf"):
            assert new.read_bytes().startswith(b"%PDF")
            if same:
                assert new.read_bytes() == old.read_bytes(), name
        if name.endswith(".jpg"):
            if same:
                assert new.read_bytes() == old.read_bytes(), name
            with Image.open(new) as one, Image.open(old) as two:
                assert one.size == two.size
                difference = ImageChops.difference(one.convert("L"), two.convert("L"))
                assert ImageStat.Stat(difference).mean[0] < 3, name


def test_sound(made: Path) -> None:
    new, old = _load(made / "key", "sound.json"), _load(demo_key(), "sound.json")
    same = new["tools"] == old["tools"]
    assert len(new["recordings"]) == len(old["recordings"]) == 4
    for ours, shipped in zip(new["recordings"], old["recordings"], strict=True):
        assert ours["file"] == shipped["file"]
        fresh = (made / "files" / ours["file"]).read_bytes()
        kept = (demo_files() / ours["file"]).read_bytes()
        assert _seconds(fresh) == pytest.approx(_seconds(kept), rel=_TOLERANCE)
        assert _seconds(kept) == pytest.approx(shipped["seconds"], rel=_TOLERANCE)
        if same:
            assert fresh == kept, ours["file"]
    if same:
        assert new == old
        for name in filter(_is_sound, _names(demo_files())):
            assert (made / "files" / name).read_bytes() == (demo_files() / name).read_bytes(), name


def test_sizes() -> None:
    sizes = {name: (demo_files() / name).stat().st_size for name in _names(demo_files())}
    key = sum((demo_key() / name).stat().st_size for name in _names(demo_key()))
    assert sum(sizes.values()) + key < _LIMIT
    assert sum(size for name, size in sizes.items() if name.endswith(".opus")) < _SOUND_LIMIT
    assert sizes["letters/antrobar-to-tallende.jpg"] < _LETTER_LIMIT


def test_the_package_itself_needs_only_the_standard_library() -> None:
    code = "import sys, quoth.demo; print(sorted(set(sys.modules) & {'av', 'PIL', 'numpy'}))"
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
