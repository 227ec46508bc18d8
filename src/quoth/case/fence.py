"""One fence around foreign parsers: a process with limits, and no network.

- Each document is read by a child of its own, forked from a warm process: a crash, a hang or a
  greedy parser costs that document, never the case.
- Whatever goes wrong becomes one finding *not checked* with one clear line; nothing is raised.
- What comes back is data, parsed by the wire and checked; nothing is ever unpickled.
- Limits of this fence: the child may still read files that the user may read; it has no way to
  send them anywhere but into its result.

Example::

    with Fence() as fence:
        readout = fence.read(path, request)
"""

import atexit
import functools
import os
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from quoth.case.fence_frames import Job, Limits, parsed
from quoth.case.fence_warm import Gone, Warm, why_ended
from quoth.errors import RecordError
from quoth.read.readers import Readout, ReadRequest, reader_for
from quoth.read.readout import unread

__all__ = ["Fence", "Limits", "fenced_read"]


class Fence:
    """A warm process that reads documents one after another; safe to share between threads.

    In a forked process it starts a warm process of its own.
    """

    def __init__(self, *, limits: Limits = Limits()) -> None:  # noqa: B008 (frozen)
        self._limits = limits
        self._lock = threading.Lock()
        self._warm = Warm("quoth.case.fence_child")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the warm process go, and wait for it."""
        with self._lock:
            self._warm.drop()

    def read(self, path: Path, request: ReadRequest) -> Readout:
        """Read one document; every failure is a finding in the readout."""
        with self._lock:
            try:
                source = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            except OSError as err:
                return _stopped(request, f"the file could not be opened: {err.strerror}")
            try:
                data, ended = self._warm.run(Job(request=request, limits=self._limits).to_bytes(), source, self._limits)
            except Gone:
                self._warm.drop()
                return _stopped(request, "reading stopped: the reading process went away")
            except OSError as err:
                self._warm.drop()
                return _stopped(request, f"reading stopped: the reading process could not be used: {err}")
            finally:
                os.close(source)
            return _understood(data, ended, request, limits=self._limits)


def _understood(data: bytes, ended: dict[str, int | str], request: ReadRequest, *, limits: Limits) -> Readout:
    """The readout, or why there is none."""
    status = int(ended.get("status", 1))
    if ended.get("reason") == "ended" and status == 0:
        try:
            return parsed(data, request)
        except RecordError as err:
            return _stopped(request, f"reading stopped: {err}")
    return _stopped(request, f"reading stopped: {why_ended(str(ended.get('reason')), status, limits)}")


def _stopped(request: ReadRequest, ground: str) -> Readout:
    return Readout(records=(unread(request, ground, reader=reader_for(request.kind, request.name)),))


@functools.lru_cache(maxsize=4)
def _fence(process: int, limits: Limits) -> Fence:
    """The warm process of process number ``process``; let go when that ends."""
    del process
    fence = Fence(limits=limits)
    atexit.register(fence.close)
    return fence


def fenced_read(path: Path, request: ReadRequest, *, limits: Limits = Limits()) -> Readout:  # noqa: B008 (frozen)
    """Read one document behind the fence; this process keeps one warm process for all its documents."""
    return _fence(os.getpid(), limits).read(path, request)
