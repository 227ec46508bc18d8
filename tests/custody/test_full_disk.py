"""A full disk, a file that may not grow, a case that may not be written."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from custody.forge import AT, alarms, small_case
from quoth.custody.audit import audit
from quoth.custody.store import EntryDraft, Store
from quoth.errors import CustodyError
from quoth.record.custody import Action

SCRIPT = Path(__file__).parent / "full_disk.py"
NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount"]


def can_mount() -> bool:
    command = [*NAMESPACE, "sh", "-c", "mount -t tmpfs tmpfs /mnt"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def seen(folder: Path, how: str) -> dict:
    prefix = NAMESPACE if how == "tmpfs" else []
    command = [*prefix, sys.executable, "-W", "error", SCRIPT, folder, how]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


@pytest.mark.parametrize("how", ["tmpfs", "limit"])
def test_a_full_disk_loses_nothing_acknowledged(tmp_path, how) -> None:
    if how == "tmpfs" and not can_mount():
        how = "limit"  # no mount namespace here: the same checks against a limit on file sizes
    found = seen(tmp_path, how)
    assert found["batches"] >= 5
    reason = "No space left on device" if how == "tmpfs" else "File too large"
    for message in found["messages"]:
        assert reason in message
        assert "everything acknowledged before is kept, nothing of this batch is acknowledged" in message
    assert len(found["messages"]) >= 1
    assert all("then do the last step again" in hint for hint in found["hints"])
    assert found["temporary"] == []
    assert found["entries"] == 1 + 3 * (found["batches"] + found["small"])
    assert found["alarms"] == found["alarms_after"] == []
    assert found["after"] == [found["entries"]]


DROP = """import os
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
"""


def as_nobody(root: Path, imports: str, code: str) -> str:
    """Run ``code`` as a user who may read but not write; our root may have Python where nobody may read."""
    done = subprocess.run(
        [sys.executable, "-c", imports + DROP + code, root], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_case_that_may_only_be_read_is_read_and_refuses_writing(tmp_path_factory) -> None:
    root = tmp_path_factory.mktemp("readonly") / "case"
    store = small_case(root)
    for folder, _, files in os.walk(root):
        Path(folder).chmod(0o555)
        for name in files:
            Path(folder, name).chmod(0o444)
    for parent in root.parents:
        if "pytest" in str(parent):
            parent.chmod(0o755)
    imports = """import sys
from pathlib import Path
from quoth.custody.audit import audit
from quoth.custody.store import Store, EntryDraft
from quoth.errors import CustodyError
from quoth.record.custody import Action
"""
    code = f"""
store = Store.open(Path(sys.argv[1]))
print(len(list(store.entries())), [one.outcome.value for one in audit(store)])
for step in (lambda: store.put(b"new"), lambda: (store.stage(EntryDraft(action=Action.DECIDED)), store.commit(by="x", at="{AT}"))):
    try:
        step()
    except CustodyError as err:
        print(err.diagnostics())
"""
    try:
        text = as_nobody(root, imports, code)
    finally:
        for folder, _, _ in os.walk(root):
            Path(folder).chmod(0o755)
    lines = text.splitlines()
    assert lines[0] == "6 ['holds']"
    assert [line.split(";")[0] for line in lines[1::2]] == [
        "storing an object failed: Permission denied",
        "writing a batch failed: Permission denied",
    ]
    assert all("you may not write there" in line for line in lines[2::2])
    assert alarms(list(audit(store))) == []


def test_a_file_of_five_gigabytes_in_little_memory(tmp_path) -> None:
    source = tmp_path / "sparse.img"
    with source.open("wb") as out:
        out.seek(5 * 1000**3 - 4)
        out.write(b"tail")
    code = f"""
import resource, sys
from pathlib import Path
from quoth.custody.store import Store, EntryDraft
from quoth.record.custody import Action
store = Store.create(Path(sys.argv[1]) / "case", by="desk", at="{AT}")
resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with open(Path(sys.argv[1]) / "sparse.img", "rb") as stream:
    ref = store.put(stream)
store.stage(EntryDraft(action=Action.RECEIVED, objects=(ref,)))
store.commit(by="desk", at="{AT}")
print(ref.size, ref.digest, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""
    done = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    size, digest, grown = done.stdout.split()
    assert int(size) == 5 * 1000**3
    assert int(grown) < 32  # MiB
    store = Store.open(tmp_path / "case")
    held = next(iter(list(store.entries())[1].objects))
    assert (held.digest, held.size) == (digest, 5 * 1000**3)
    path = store.object_path(held.digest)
    assert path.stat().st_size == 5 * 1000**3
    assert path.stat().st_blocks * 512 < 64 << 20
    with store.open_object(held.digest) as stream:
        stream.seek(-6, os.SEEK_END)
        assert stream.read() == b"\x00\x00tail"


def test_an_error_of_the_disk_says_what_to_do(tmp_path, monkeypatch) -> None:
    store = small_case(tmp_path / "case")

    def broken(descriptor: int) -> None:
        raise OSError(5, os.strerror(5))

    monkeypatch.setattr(os, "fdatasync", broken)
    store.stage(EntryDraft(action=Action.DECIDED))
    with pytest.raises(CustodyError, match="Input/output error; everything acknowledged before is kept") as caught:
        store.commit(by="desk", at=AT)
    assert "copy the case to another disk" in caught.value.hint
    monkeypatch.undo()
    assert store.head()[0] == 6
    assert alarms(list(audit(store))) == []
