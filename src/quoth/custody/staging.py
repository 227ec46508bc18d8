"""Temporary files of one writer, and the moment they take their place.

- Every writer has a folder of its own under ``tmp/``, held by an ``flock`` on that folder: a live
  writer's files are never cleared, a dead one's are (the kernel drops the lock with the process).
- ``place`` keeps the order that power loss cannot break: force the bytes, rename, force the names.
- Renaming is idempotent: a file of the same digest holds the same bytes.

Example::

    staging = Staging("/cases/harbour")
    descriptor, name = staging.new_file(0o444)
    ...
    staging.place_later(name, "objects/ab/cd…")
    staging.place()
"""

# Calls relative to an open folder, and one for each file: plain strings, no Path.
# ruff: noqa: PTH102, PTH103, PTH106, PTH116, PTH118, PTH120, PTH208

import contextlib
import fcntl
import os
from collections.abc import Iterator

from quoth.custody import folder, forcing

__all__ = ["Staging"]

_PREFIX = "w-"


class Staging:
    """The temporary folder of one writer in the case at ``root``; made when first needed."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._name = ""
        self._held = -1
        self._root_fd = -1
        self._count = 0
        self._moves: list[tuple[str, str]] = []
        self._again: set[str] = set()
        self._quiet = -1
        self._alone = False

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only writer: no batch of another one begins or ends meanwhile; raises :class:`BlockingIOError`."""
        self._join(fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._alone = True
        try:
            yield
        finally:
            self._alone = False
            self._leave()

    def _join(self, how: int) -> None:
        """Hold the lock that writers share, on ``objects/``, until the batch is placed or given up."""
        path = os.path.join(self._root, folder.OBJECTS)
        held = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(held, how)
        except OSError:
            os.close(held)
            raise
        self._quiet = held

    def join(self) -> None:
        """Begin a batch: whoever erases or seals waits until :meth:`discard`."""
        if self._quiet < 0:
            self._join(fcntl.LOCK_SH)

    def _leave(self) -> None:
        if self._quiet >= 0 and not self._alone:
            os.close(self._quiet)
            self._quiet = -1

    def new_file(self, mode: int) -> tuple[int, str]:
        """A new temporary file open for writing (and closed by the caller), and its name."""
        if self._held < 0:
            self._take_folder()
        self._count += 1
        name = str(self._count)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        return os.open(name, flags, mode, dir_fd=self._held), name

    def drop(self, name: str) -> None:
        """Remove a temporary file."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name, dir_fd=self._held)

    def open_temporary(self, name: str) -> int:
        """A temporary file open for reading; the caller closes it."""
        return os.open(name, os.O_RDONLY | os.O_CLOEXEC, dir_fd=self._held)

    def place_later(self, name: str, target: str) -> None:
        """Note that ``name`` will become ``target`` (relative to the case)."""
        self._moves.append((name, target))

    def force_again(self, target: str) -> None:
        """Note that ``target``, placed by another writer, must be forced before we rely on it."""
        self._again.add(target)

    def place(self) -> None:
        """Force the staged files, rename them into place, force the names; raises :class:`OSError`."""
        if not self._moves and not self._again:
            return
        many = len(self._moves) + len(self._again) >= forcing.MANY and forcing.can_force_all()
        root = self._open_root()
        if many:
            forcing.force_all(root)
        else:
            for name, _ in self._moves:
                forcing.force_file(name, folder=self._held)
        changed = self._rename(root)
        if many:
            forcing.force_all(root)
        else:
            for target in self._again:
                forcing.force_file(target, folder=root)
                changed.add(os.path.dirname(target))
            for parent in sorted(changed):
                forcing.force_folder(parent, folder=root)
        self._moves.clear()
        self._again.clear()

    def swap_in(self, name: str, target: str) -> None:
        """Put one forced temporary file in the place of ``target`` at once (the caller forces the folder)."""
        os.rename(name, target, src_dir_fd=self._held, dst_dir_fd=self._open_root())

    def discard(self) -> None:
        """Remove every temporary file and give the folder back; nothing placed is touched."""
        self._moves.clear()
        self._again.clear()
        self._leave()
        if self._root_fd >= 0:
            os.close(self._root_fd)
            self._root_fd = -1
        if self._held < 0:
            return
        _clear(self._held)
        with contextlib.suppress(OSError):
            os.rmdir(self._path(self._name))
        os.close(self._held)
        self._held = -1

    def clear_left_behind(self) -> None:
        """Remove the folders of writers that are no longer alive."""
        for name in os.listdir(self._path("")):
            if not name.startswith(_PREFIX) or name == self._name:
                continue
            held = _lock_folder(self._path(name), wait=False)
            if held is None:
                continue
            _clear(held)
            with contextlib.suppress(OSError):
                os.rmdir(self._path(name))
            os.close(held)

    def _path(self, name: str) -> str:
        return os.path.join(self._root, folder.TEMPORARY, name)

    def _open_root(self) -> int:
        if self._root_fd < 0:
            self._root_fd = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        return self._root_fd

    def _take_folder(self) -> None:
        while True:
            self._name = _PREFIX + os.urandom(8).hex()
            os.makedirs(self._path(""), exist_ok=True)
            os.mkdir(self._path(self._name), 0o700)
            try:
                held = _lock_folder(self._path(self._name), wait=True)
            except OSError:
                os.rmdir(self._path(self._name))
                raise
            if held is not None:  # else another writer took the new-born folder for a dead one's
                self._held = held
                return

    def _rename(self, root: int) -> set[str]:
        """Rename the staged files; gives the folders whose names changed."""
        changed: set[str] = set()
        for name, target in self._moves:
            parent = target.rpartition("/")[0]
            try:
                os.rename(name, target, src_dir_fd=self._held, dst_dir_fd=root)
            except FileNotFoundError:
                with contextlib.suppress(FileExistsError):
                    os.mkdir(parent, dir_fd=root)
                os.rename(name, target, src_dir_fd=self._held, dst_dir_fd=root)
            changed.add(parent or ".")
        return changed | {os.path.dirname(parent) or parent for parent in changed}


def _lock_folder(path: str, *, wait: bool) -> int | None:
    """The folder, open and locked; ``None`` when it is gone or (not waiting) another one holds it."""
    try:
        held = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(held, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.stat(path), os.fstat(held)):
            return held
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(held)
    return None


def _clear(held: int) -> None:
    for name in os.listdir(held):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name, dir_fd=held)
