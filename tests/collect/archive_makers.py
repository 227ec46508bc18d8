"""Archives for the tests, made in memory with fixed times, and what a walk finds in them."""

import io
import stat
import struct
import tarfile
import zipfile
import zlib

from quoth.collect.archives import members
from quoth.collect.incoming import Limits, Refused
from quoth.errors import CollectError

WHEN = (2031, 5, 2, 9, 0, 0)


def made_zip(*entries, packing=zipfile.ZIP_DEFLATED):
    """A ZIP archive of (name, bytes) or (ZipInfo, bytes)."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", packing) as archive:
        for name, data in entries:
            info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name, WHEN)
            archive.writestr(info, data, compress_type=packing)
    return held.getvalue()


def made_tar(*entries, packing="", form=tarfile.PAX_FORMAT):
    """A TAR archive of (name, bytes) or (TarInfo, bytes)."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=f"w:{packing}", format=form) as archive:
        for name, data in entries:
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            if info.isreg():
                info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return held.getvalue()


def tar_special(name, kind, target=""):
    """A TAR member that is a link or a device."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def zip_special(name, mode):
    """A ZIP member whose Unix mode says that it is no plain file."""
    info = zipfile.ZipInfo(name, WHEN)
    info.create_system = 3
    info.external_attr = (mode | 0o644) << 16
    return info


def encrypted(data):
    """The ZIP archive ``data`` (one member) with the flag set that says it is encrypted."""
    held = bytearray(data)
    held[6] |= 1
    held[held.index(b"PK\x01\x02") + 8] |= 1
    return bytes(held)


def overlapping_zip(members):
    """A ZIP whose directory lists one stretch of bytes ``members`` times under other names."""
    data = b"the same bytes"
    head = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 0, 0, 0, zlib.crc32(data), len(data), len(data), 1, 0) + b"a"
    listed = b"".join(
        struct.pack(
            "<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 0, 0, 0, zlib.crc32(data), len(data), len(data), 1, 0, 0, 0, 0, 0, 0
        )
        + b"a"
        for _ in range(members)
    )
    start = len(head) + len(data)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, members, members, len(listed), start, 0)
    return head + data + listed + end


LINK_MODE = stat.S_IFLNK
PIPE_MODE = stat.S_IFIFO


def seen(data, *, container="x", limits=None):
    """Each item with its bytes, or the words of its refusal."""
    made = []
    for item in members(io.BytesIO(data), head=data[:8192], container=container, limits=limits or Limits()):
        if isinstance(item, Refused):
            made.append((item.label, item.reason))
            continue
        try:
            with item.open() as stream:
                made.append((item.label, stream.read()))
        except CollectError as err:
            made.append((item.label, f"broke off: {err}"))
    return made
