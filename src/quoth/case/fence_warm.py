"""A warm process behind the fence, and what comes back of it.

- It is started once and forks a child for each job; it is started again when it went away.
- A job is a message and two open files: what to look at, and where the answer goes. Limits hold for each.
- In a forked copy of this process it starts one of its own.

Example::

    warm = Warm("quoth.case.fence_child")
    data, ended = warm.run(message, source, limits)
"""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time

from quoth.case.fence_frames import NO_CUT, NO_MEMORY, Limits

__all__ = ["Gone", "Warm", "child_environment", "why_ended"]

_GRACE_S = 20
"""Seconds beyond the limit that the warm process has to start, to stop a child, and to say so."""
_READY_S = 120
_KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "TESSDATA_PREFIX", "TMPDIR")
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
_CHUNK = 2**18


class Gone(Exception):
    """The warm process is not there any more."""


def child_environment() -> dict[str, str]:
    """What a process behind the fence keeps of the environment; its libraries compute on one thread."""
    return {name: os.environ[name] for name in _KEPT if name in os.environ} | _ONE_THREAD


class Warm:
    """The warm process of ``module``, started when it is needed; ``given`` goes to it through a pipe at its start."""

    def __init__(self, module: str, *, given: bytes = b"") -> None:
        self._module = module
        self._given = given
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = 0

    def run(self, message: bytes, source: int, limits: Limits) -> tuple[bytes, dict[str, int | str]]:
        """All that the child of this job wrote, and how it ended; raises :class:`Gone` or :class:`OSError`."""
        control = self._ready()
        result, given = os.pipe2(os.O_CLOEXEC)
        try:
            try:
                socket.send_fds(control, [message], [source, given])
            finally:
                os.close(given)
            return _collect(control, result, limits)
        finally:
            os.close(result)

    def drop(self) -> None:
        """Let the warm process go, and wait for it."""
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

    def _ready(self) -> socket.socket:
        """The control socket of a warm process that belongs to this process."""
        if self._owner != os.getpid():
            self._forget()
        if self._control is not None and self._process is not None and self._process.poll() is None:
            return self._control
        self.drop()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", self._module, str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=child_environment(),
                cwd="/",
                start_new_session=True,
            )
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        self._control, self._owner = ours, os.getpid()
        if self._process.stdin is not None:
            with self._process.stdin as pipe:
                pipe.write(self._given)
        if not select.select([ours], [], [], _READY_S)[0] or ours.recv(16) != b"ready":
            raise Gone
        return ours

    def _forget(self) -> None:
        """In a forked copy: leave the other process's warm process alone."""
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.returncode = 0
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
            raise Gone
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
                raise Gone
            ended = json.loads(message)
    if too_much:
        ended["reason"] = "output"
    return bytes(data), ended


def why_ended(reason: str, status: int, limits: Limits) -> str:
    """How a child ended, as words after "it" or "reading stopped:"."""
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
