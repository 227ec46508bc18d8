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
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from quoth.case.fence_frames import NO_CUT, NO_MEMORY, Job, Limits, parsed
from quoth.errors import RecordError
from quoth.read.readers import Readout, ReadRequest, reader_for
from quoth.read.readout import unread

__all__ = ["Fence", "Limits", "fenced_read"]

_GRACE_S = 20
"""Seconds beyond the limit that the warm process has to start, to stop a child, and to say so."""
_KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "TESSDATA_PREFIX", "TMPDIR")
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
_CHUNK = 2**18


class _Gone(Exception):
    """The warm process is not there any more."""


class Fence:
    """A warm process that reads documents one after another; safe to share between threads.

    In a forked process it starts a warm process of its own.
    """

    def __init__(self, *, limits: Limits = Limits()) -> None:  # noqa: B008 (frozen)
        self._limits = limits
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the warm process go, and wait for it."""
        with self._lock:
            self._drop()

    def read(self, path: Path, request: ReadRequest) -> Readout:
        """Read one document; every failure is a finding in the readout."""
        with self._lock:
            try:
                source = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            except OSError as err:
                return _stopped(request, f"the file could not be opened: {err.strerror}")
            try:
                return self._through(source, request)
            except _Gone:
                self._drop()
                return _stopped(request, "reading stopped: the reading process went away")
            except OSError as err:
                self._drop()
                return _stopped(request, f"reading stopped: the reading process could not be used: {err}")
            finally:
                os.close(source)

    def _through(self, source: int, request: ReadRequest) -> Readout:
        control = self._ready()
        result, given = os.pipe2(os.O_CLOEXEC)
        try:
            try:
                socket.send_fds(control, [Job(request=request, limits=self._limits).to_bytes()], [source, given])
            finally:
                os.close(given)
            data, ended = _collect(control, result, self._limits)
        finally:
            os.close(result)
        return _understood(data, ended, request, limits=self._limits)

    def _ready(self) -> socket.socket:
        """The control socket of a warm process that belongs to this process."""
        if self._owner != os.getpid():
            self._forget()
        if self._control is not None and self._process is not None and self._process.poll() is None:
            return self._control
        self._drop()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | _ONE_THREAD
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "quoth.case.fence_child", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment,
                cwd="/",
                start_new_session=True,
            )
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        self._control, self._owner = ours, os.getpid()
        if not select.select([ours], [], [], 60)[0] or ours.recv(16) != b"ready":
            raise _Gone
        return ours

    def _forget(self) -> None:
        """In a forked copy: leave the other process's warm process alone."""
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.returncode = 0
        self._control = self._process = None

    def _drop(self) -> None:
        if self._owner != os.getpid():
            self._forget()
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.send_signal(signal.SIGKILL)
                self._process.wait()
        self._control = self._process = None


def _collect(control: socket.socket, result: int, limits: Limits) -> tuple[bytes, dict[str, int | str]]:
    """All that the child wrote, and how it ended."""
    data = bytearray()
    until = time.monotonic() + limits.wall_s + _GRACE_S
    ended: dict[str, int | str] = {}
    flowing, too_much = True, False
    watched = select.poll()
    watched.register(control, select.POLLIN)
    watched.register(result, select.POLLIN)
    while flowing or not ended:
        ready = dict(watched.poll(max(0, until - time.monotonic()) * 1000))
        if not ready:
            raise _Gone
        if result in ready:
            piece = os.read(result, _CHUNK)
            if not piece:
                flowing = False
                watched.unregister(result)
            elif len(data) <= limits.output:
                data += piece
            elif not too_much:
                too_much = True
                control.sendall(b"stop")
        if control.fileno() in ready:
            message = control.recv(4096)
            if not message:
                raise _Gone
            ended = json.loads(message)
    if too_much:
        ended["reason"] = "output"
    return bytes(data), ended


def _understood(data: bytes, ended: dict[str, int | str], request: ReadRequest, *, limits: Limits) -> Readout:
    """The readout, or why there is none."""
    status = int(ended.get("status", 1))
    if ended.get("reason") == "ended" and status == 0:
        try:
            return parsed(data, request)
        except RecordError as err:
            return _stopped(request, f"reading stopped: {err}")
    return _stopped(request, f"reading stopped: {_why(str(ended.get('reason')), status, limits)}")


def _why(reason: str, status: int, limits: Limits) -> str:
    if reason == "time":
        return f"took longer than {limits.wall_s} seconds"
    if reason == "output":
        return f"gave more than {limits.output} bytes"
    if status == -signal.SIGXCPU:
        return f"used more than {limits.cpu_s} seconds of computing"
    if status == NO_MEMORY:
        return f"used more than {limits.memory // 2**20} MiB of memory"
    if status == NO_CUT:
        return "this system lets no process give up the network; see docs/read.md"
    if status < 0:
        return f"the reader crashed ({signal.Signals(-status).name})"
    return f"the reader left without a result (exit {status})"


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
