"""The panic lock: what holds keys or shows a case is stopped.

- A desk, or whatever holds keys for longer than a command, signs in: a file in this user's runtime folder, held by
  a lock that dies with its process. A file that nobody holds is stale, so no other process is ever struck.
- Locking asks each to end (SIGTERM), and after 300 ms ends it (SIGKILL): keys in its memory are gone with it.
- The file holds a process number and nothing of the case.

Example::

    with signed_in("desk"):
        serve(...)
    lock_all()
"""

import contextlib
import dataclasses
import fcntl
import os
import signal
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from quoth.errors import CaseError

__all__ = ["Locked", "lock_all", "runtime_folder", "signed_in"]

GRACE_S = 0.3
"""Seconds between asking and ending."""

_LIMIT_S = 0.9


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """What was stopped: how many ended when asked, how many were ended, how many did not end; milliseconds in all."""

    ended: int
    killed: int
    left: int
    milliseconds: int


def runtime_folder() -> Path:
    """This user's folder for what runs now, made if need be; :class:`CaseError` for one of somebody else."""
    base = os.environ.get("XDG_RUNTIME_DIR")
    path = Path(base) / "quoth" if base else Path(tempfile.gettempdir()) / f"quoth-{os.getuid()}"
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = path.lstat()
    except OSError as err:
        raise CaseError(
            f"{path} cannot be made: {err.strerror}", hint="set XDG_RUNTIME_DIR to a folder of yours"
        ) from err
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise CaseError(f"{path} is open to others", hint="remove it, or set XDG_RUNTIME_DIR to a folder of yours")
    return path


@contextlib.contextmanager
def signed_in(kind: str) -> Iterator[None]:
    """Be found by :func:`lock_all` until the block ends."""
    path = runtime_folder() / f"{kind}-{os.getpid()}"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def lock_all() -> Locked:
    """Stop every process of this user that signed in."""
    began = time.monotonic()
    running = _running()
    for process in running:
        _strike(process, signal.SIGTERM)
    asked = _wait(running, until=began + GRACE_S)
    for process in asked:
        _strike(process, signal.SIGKILL)
    left = _wait(asked, until=began + _LIMIT_S)
    _clear()
    return Locked(
        ended=len(running) - len(asked),
        killed=len(asked) - len(left),
        left=len(left),
        milliseconds=int((time.monotonic() - began) * 1000),
    )


def _held(path: Path) -> int:
    """The process that holds a file; 0 where nobody does."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return 0
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        text = os.read(descriptor, 20)
        return int(text) if text.isdigit() else 0
    finally:
        os.close(descriptor)
    return 0


def _running() -> dict[int, Path]:
    return {process: path for path in sorted(runtime_folder().iterdir()) if (process := _held(path))}


def _strike(process: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, number)


def _wait(running: dict[int, Path], *, until: float) -> dict[int, Path]:
    """Those that still hold their file at the time ``until``, or before when none does."""
    left = running
    while left := {process: path for process, path in left.items() if _held(path) == process}:
        if time.monotonic() >= until:
            break
        time.sleep(0.01)
    return left


def _clear() -> None:
    for path in runtime_folder().iterdir():
        if not _held(path):
            path.unlink(missing_ok=True)
