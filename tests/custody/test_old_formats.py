"""Cases written by earlier versions are read, audited and gone on with, for ever."""

import hashlib
import shutil
from pathlib import Path

import pytest

from custody.people import ADA, ADA_NEW, say
from quoth.custody.audit import audit
from quoth.custody.store import Store
from quoth.record.finding import Outcome

FORMATS = Path(__file__).parent / "formats"
CASES = sorted(path.name for path in FORMATS.iterdir() if path.is_dir() and not path.name.startswith("_"))


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_there_is_one_of_each() -> None:
    assert CASES == ["1-signed", "1-unsigned"]


@pytest.mark.parametrize("name", CASES)
def test_it_is_whole_as_it_stands(name) -> None:
    store = Store.open(FORMATS / name)
    found = list(audit(store))
    assert [one.outcome for one in found] == [Outcome.HOLDS]
    assert f"{6 if name == '1-signed' else 0} signed checkpoints" in " ".join(found[0].grounds)
    assert len(list(store.openings())) == (8 if name == "1-signed" else 5)


@pytest.mark.parametrize("name", CASES)
def test_work_goes_on_in_it(name, tmp_path) -> None:
    shutil.copytree(FORMATS / name, tmp_path / "case")
    store = Store.open(tmp_path / "case")
    size = store.head()[0]
    assert say(store, "later", "desk") == size
    if name == "1-signed":
        assert store.members().at("Ada", 8).key == ADA.public
        say(store, "later", "Ada", ADA_NEW)
    assert [one.outcome for one in audit(Store.open(tmp_path / "case"))] == [Outcome.HOLDS]


def test_they_are_the_bytes_that_were_written_then() -> None:
    sums = dict(reversed(line.split("  ")) for line in (FORMATS / "SHA256SUMS").read_text().splitlines())
    found = {f"{name}/{path}": data for name in CASES for path, data in files(FORMATS / name).items()}
    assert {path: hashlib.sha256(data).hexdigest() for path, data in found.items()} == sums
