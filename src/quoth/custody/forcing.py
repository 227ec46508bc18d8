"""Forcing: what was written is on the disk, not only in memory.

- Few files: ``fsync`` each one, then each folder whose names changed.
- Many files on Linux: ``syncfs`` forces the whole file system once before the files take their
  names, once after. It reports write errors since Linux 5.8; older kernels get ``fsync`` each.
- Nothing here promises more than the disk does: a disk that lies about its cache is beyond us.

Example::

    force_folder("/cases/harbour/objects")
"""

import ctypes
import functools
import os
import re
import sys

__all__ = ["MANY", "can_force_all", "force_all", "force_file", "force_folder"]

MANY = 24
"""From so many files on, forcing the whole file system costs less than forcing each."""


@functools.cache
def can_force_all() -> bool:
    """Whether ``syncfs`` is there and reports errors (Linux 5.8 or newer)."""
    release = re.match(r"(\d+)\.(\d+)", os.uname().release)
    if sys.platform != "linux" or release is None or (int(release[1]), int(release[2])) < (5, 8):
        return False
    return hasattr(ctypes.CDLL(None), "syncfs")


def force_all(descriptor: int) -> None:
    """Force everything on the file system of an open file (syncfs(2)); raises :class:`OSError`."""
    library = ctypes.CDLL(None, use_errno=True)
    if library.syncfs(ctypes.c_int(descriptor)) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def force_file(path: str, *, folder: int | None = None) -> None:
    """Force the bytes of a file, ``path`` relative to the open ``folder`` if given."""
    _force(path, os.O_RDONLY, folder)


def force_folder(path: str, *, folder: int | None = None) -> None:
    """Force the names in a folder (fsync(2): the file alone does not force its name)."""
    _force(path, os.O_RDONLY | os.O_DIRECTORY, folder)


def _force(path: str, flags: int, folder: int | None) -> None:
    descriptor = os.open(path, flags | os.O_CLOEXEC, dir_fd=folder)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
