"""Network file systems are refused by the kernel's own list of mounts."""

from pathlib import Path

import pytest

from quoth.custody.mounts import kind_of_mount, refuse_network
from quoth.custody.store import Store
from quoth.errors import CustodyError

TABLE = r"""22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
40 22 0:35 / /mnt/team rw - nfs4 server:/team rw
41 22 0:36 / /mnt/my\040share rw - cifs //server/x rw
42 40 0:37 / /mnt/team/local rw - tmpfs tmpfs rw
43 22 0:38 / /mnt/ann/far rw - fuse.sshfs ann@far: rw
44 22 0:39 / /mnt/ann/crypt rw - fuse.gocryptfs /x rw
45 22 0:40 / /vm rw - 9p share rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "ext4"),
        ("/mnt/teamwork/case", "ext4"),
        ("/mnt/team", "nfs4"),
        ("/mnt/team/a/b", "nfs4"),
        ("/mnt/team/local/case", "tmpfs"),
        ("/mnt/my share/case", "cifs"),
        ("/vm/x", "9p"),
    ],
)
def test_the_innermost_mount_decides(path, kind) -> None:
    assert kind_of_mount(TABLE, path) == kind


@pytest.mark.parametrize("path", ["/mnt/team/case", "/mnt/my share/case", "/mnt/ann/far/case", "/vm/case"])
def test_network_mounts_are_refused_with_the_reason(path) -> None:
    with pytest.raises(CustodyError, match="network file system") as caught:
        refuse_network(Path(path), mountinfo=TABLE)
    assert "local disk" in caught.value.hint


@pytest.mark.parametrize("path", ["/case", "/mnt/team/local/case", "/mnt/ann/crypt/case"])
def test_local_and_encrypted_mounts_are_taken(path) -> None:
    refuse_network(Path(path), mountinfo=TABLE)


def test_this_machine_is_asked(tmp_path, monkeypatch) -> None:
    refuse_network(tmp_path)
    fake = tmp_path / "mountinfo"
    fake.write_text(f"1 1 0:1 / {tmp_path.resolve()} rw - nfs server:/x rw\n")
    monkeypatch.setattr("quoth.custody.mounts._MOUNTINFO", fake)
    with pytest.raises(CustodyError, match=r"network file system \(nfs\)"):
        Store.create(tmp_path / "case", by="desk", at="2031-05-02T09:00:00Z")
    assert not (tmp_path / "case").exists()
