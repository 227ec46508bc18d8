"""The far side of the fence: one forked child a document.

- The warm process imports what a reader needs and forks; only the child sees the document.
- The child gives up the network, its parent's files and its environment, and lowers its limits
  before it reads the first byte; it has a temporary folder of its own.
- When the parent goes away, so does everything here.

Started by :mod:`quoth.case.fence` as ``python -m quoth.case.fence_child FD``.
"""

import ctypes
import errno
import io
import json
import os
import resource
import select
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from typing import NoReturn

from quoth.case.fence_frames import NO_CUT, NO_MEMORY, Job, Limits, framed, job_of
from quoth.case.fence_network import cut_off
from quoth.read import readers
from quoth.read.readout import Readout, unread

__all__ = ["enclose", "kill_all", "main", "serve_one"]

_SET_DEATH_SIGNAL, _SET_DUMPABLE, _SET_NO_NEW_PRIVILEGES = 1, 4, 38
_SPARE = 2**20


def main() -> None:
    """Serve jobs from the control socket until it closes."""
    control = socket.socket(fileno=int(sys.argv[1]))
    control.sendall(b"ready")
    while True:
        message, files, _, _ = socket.recv_fds(control, _SPARE, 2)
        if not message:
            return
        _serve(control, job_of(message), files)


def _serve(control: socket.socket, job: Job, files: list[int]) -> None:
    reader = readers.reader_for(job.request.kind, job.request.name)
    if reader is not None:
        readers.warm(reader)
    serve_one(control, files, job.limits, lambda folder, parent: _read_and_leave(job, files, folder, parent))


def serve_one(control: socket.socket, files: list[int], limits: Limits, run: Callable[[str, int], NoReturn]) -> None:
    """Fork a child that does ``run(folder, parent)``, wait for it within its time, and say how it ended."""
    folder = tempfile.mkdtemp(prefix="quoth-fenced-")
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        control.close()
        run(folder, parent)
    for file in files:
        os.close(file)
    handle = os.pidfd_open(child)
    watched = select.poll()
    watched.register(handle, select.POLLIN)
    watched.register(control, select.POLLIN | select.POLLHUP)
    ready = dict(watched.poll(limits.wall_s * 1000))
    reason = "ended" if handle in ready else "stopped" if ready else "time"
    kill_all(child)
    os.close(handle)
    _, status, used = os.wait4(child, 0)
    shutil.rmtree(folder, ignore_errors=True)
    if reason == "stopped" and control.recv(16) != b"stop":
        sys.exit(0)
    ended = {"reason": reason, "status": os.waitstatus_to_exitcode(status), "peak_kib": used.ru_maxrss}
    control.sendall(json.dumps(ended).encode())


def kill_all(child: int) -> None:
    """Kill the child and all that it started; it is not reaped yet, so that its number is still its own."""
    for kill in (os.killpg, os.kill):
        try:
            kill(child, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _read_and_leave(job: Job, files: list[int], folder: str, parent: int) -> NoReturn:
    """In the child: go behind the limits, read, write the result, leave without clean-up."""
    source, result = files
    code = 1
    try:
        enclose(job, (source, result), folder, parent)
        with os.fdopen(source, "rb") as stream:
            pieces = framed(_read(stream, job))
        if sum(map(len, pieces)) > job.limits.output:
            pieces = framed(_stopped(job, f"gave more than {job.limits.output} bytes"))
        with os.fdopen(result, "wb") as target:
            for piece in pieces:
                target.write(piece)
        code = 0
    except MemoryError:
        code = NO_MEMORY
    finally:
        os._exit(code)


def enclose(job: Job, keep: tuple[int, int], folder: str, parent: int) -> None:
    """Everything that the child gives up before it reads."""
    os.setsid()
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
    library.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    library.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    low = 3
    for file in sorted(keep):
        os.closerange(low, file)
        low = file + 1
    os.closerange(low, resource.getrlimit(resource.RLIMIT_NOFILE)[0] if low < 4096 else low + 1)
    os.chdir(folder)
    tempfile.tempdir = folder
    os.environ["TMPDIR"] = folder
    limits = job.limits
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file, limits.file))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_s, limits.cpu_s + 2))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    if not cut_off():
        os._exit(NO_CUT)


def _read(stream: io.BufferedReader, job: Job) -> Readout:
    """The readout, or a finding that says why there is none."""
    try:
        return readers.read(stream, job.request)
    except MemoryError:
        return _stopped(job, f"used more than {job.limits.memory // 2**20} MiB of memory")
    except RecursionError:
        return _stopped(job, "the document is nested too deeply")
    except OSError as err:
        if err.errno == errno.EFBIG:
            return _stopped(job, f"wrote a temporary file larger than {job.limits.file // 2**20} MiB")
        return _stopped(job, f"{type(err).__name__}: {err}")
    except Exception as err:  # noqa: BLE001 (the one fence: a foreign parser may raise anything)
        return _stopped(job, f"{type(err).__name__}: {err}")


def _stopped(job: Job, why: str) -> Readout:
    reader = readers.reader_for(job.request.kind, job.request.name)
    ground = f"reading stopped: {' '.join(why.split())[:300]}"
    return Readout(records=(unread(job.request, ground, reader=reader),))


if __name__ == "__main__":
    main()
