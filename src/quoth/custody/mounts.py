r"""Network file systems are refused: their locks and forcing cannot be trusted.

- The log rests on ``flock`` and on forced writes. Over a network both are promises of another
  machine, often kept late or not at all; two writers could then fork the log unseen.
- The kind of file system is read from ``/proc/self/mountinfo`` (proc(5)); where there is none
  (not Linux), nothing can be told and nothing is refused.

Example::

    >>> kind_of_mount("36 35 0:44 / /mnt rw - nfs4 server:/x rw\n", "/mnt/case")
    'nfs4'
"""

import re
from pathlib import Path

from quoth.errors import CustodyError

__all__ = ["kind_of_mount", "refuse_network"]

_MOUNTINFO = Path("/proc/self/mountinfo")
_ESCAPE = re.compile(r"\\([0-7]{3})")
_OVER_A_NETWORK = frozenset(
    {"9p", "afs", "ceph", "cifs", "coda", "davfs", "fuse.ceph", "fuse.davfs", "fuse.davfs2", "fuse.gcsfuse"}
    | {"fuse.glusterfs", "fuse.goofys", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "glusterfs", "lustre", "ncpfs"}
    | {"nfs", "nfs4", "orangefs", "smb3", "smbfs"}
)


def kind_of_mount(mountinfo: str, path: str) -> str:
    """The file system type that holds the absolute ``path``, by the text of ``mountinfo``; empty if none does."""
    best, kind = -1, ""
    for line in mountinfo.splitlines():
        left, dash, right = line.partition(" - ")
        fields = left.split(" ")
        if not dash or len(fields) < 5:
            continue
        point = _ESCAPE.sub(lambda match: chr(int(match[1], 8)), fields[4])
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= best:
            best, kind = len(point), right.split(" ", maxsplit=1)[0]
    return kind


def refuse_network(path: Path, *, mountinfo: str | None = None) -> None:
    """Raises :class:`CustodyError` when ``path`` lies on a network file system.

    ``mountinfo`` is the text to judge by; left out, the kernel is asked.
    """
    if mountinfo is None:
        if not _MOUNTINFO.exists():
            return
        mountinfo = _MOUNTINFO.read_text(errors="surrogateescape")
    kind = kind_of_mount(mountinfo, str(path.resolve()))
    if kind in _OVER_A_NETWORK:
        raise CustodyError(
            f"{path} lies on a network file system ({kind}), where locks and forced writes cannot be relied on",
            hint="keep the case on a local disk; hand copies over with: quoth bundle",
        )
