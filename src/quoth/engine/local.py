"""The default engine: spawned workers on this machine.

- A worker that dies is replaced and its task given to another; after three deaths the task is
  given up with a clear line.
- The order of results is the order of finishing; nothing is lost and nothing done twice.

Example::

    for task, outcome in LocalEngine(workers=2).run("quoth.case.work:perform", root, tasks): ...
"""

import collections
import dataclasses
import importlib
import multiprocessing
import multiprocessing.connection
import multiprocessing.process
import multiprocessing.resource_tracker
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from quoth.errors import EngineError, QuothError

__all__ = ["LocalEngine", "WorkerFault"]

_FAULTS = (ValueError, TypeError, LookupError, AttributeError, OSError, RuntimeError, ArithmeticError, AssertionError)
"""What a step may raise by mistake: told in one line, and the worker goes on."""

ATTEMPTS = 3
"""Times a task may take its worker down before it is given up."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WorkerFault:
    """A task that raised in its worker, in one line."""

    reason: str


@dataclasses.dataclass(slots=True, kw_only=True, eq=False)
class _Worker:
    process: multiprocessing.process.BaseProcess
    pipe: Any
    task: int | None = None


def _resolve(dotted: str) -> Callable[[str, Any], Any]:
    module, _, name = dotted.partition(":")
    found: Callable[[str, Any], Any] = getattr(importlib.import_module(module), name)
    return found


def _serve(dotted: str, root: str, pipe: Any) -> None:
    """A worker's life: take a task, do it, send what it gave, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that asked says when to stop
    work = _resolve(dotted)
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        try:
            made: Any = work(root, task)
        except QuothError as err:
            made = WorkerFault(reason=err.diagnostics())
        except _FAULTS as err:
            made = WorkerFault(reason=" ".join(f"{type(err).__name__}: {err}".split()))
        except MemoryError:
            made = WorkerFault(reason="the worker ran out of memory")
        try:
            pipe.send(made)
        except OSError:
            return  # whoever asked is gone


class LocalEngine:
    """A pool of spawned workers; ``workers`` is their number, 1 or more (default: one a core)."""

    def __init__(self, workers: int | None = None) -> None:
        if workers is not None and workers < 1:
            raise EngineError(f"{workers} workers can do nothing", hint="give --workers 1 or more, or leave it out")
        self._size = workers or os.cpu_count() or 1
        self._context = multiprocessing.get_context("spawn")

    def run(self, worker: str, root: str, tasks: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        """Each task with what it gave, or with the reason (text) why it could not be done."""
        waiting = collections.deque(range(len(tasks)))
        deaths: collections.Counter[int] = collections.Counter()
        crew = [self._hire(worker, root) for _ in range(min(self._size, len(tasks)))]
        try:
            open_tasks = len(tasks)
            while open_tasks:
                _hand_out(crew, waiting, tasks)
                for place, outcome in self._collect(crew, waiting, deaths, hire=lambda: self._hire(worker, root)):
                    open_tasks -= 1
                    yield tasks[place], outcome
        finally:
            _dismiss(crew)

    def _hire(self, worker: str, root: str) -> _Worker:
        here, there = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(worker, root, there), daemon=False)
        # Ctrl-C reaches every process of the terminal: a worker leaves it to the one that asked.
        multiprocessing.resource_tracker.ensure_running()  # its first start would let the signal through again
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process.start()
        except OSError as err:
            raise EngineError(
                f"no worker could be started: {err.strerror}", hint="close other programs, or use --workers 1"
            ) from err
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        there.close()
        return _Worker(process=process, pipe=here)

    def _collect(
        self,
        crew: list[_Worker],
        waiting: collections.deque[int],
        deaths: collections.Counter[int],
        *,
        hire: Callable[[], _Worker],
    ) -> Iterator[tuple[int, Any]]:
        busy = {one.pipe: one for one in crew if one.task is not None}
        for pipe in multiprocessing.connection.wait(list(busy)):
            member = busy[pipe]
            place = member.task
            member.task = None
            if place is None:
                continue
            try:
                outcome = member.pipe.recv()
            except (EOFError, OSError):
                member.process.join()
                code = member.process.exitcode
                crew[crew.index(member)] = hire()
                deaths[place] += 1
                if deaths[place] < ATTEMPTS:
                    waiting.appendleft(place)
                else:
                    yield place, f"took its worker down {ATTEMPTS} times (exit code {code})"
                continue
            yield place, outcome.reason if isinstance(outcome, WorkerFault) else outcome


def _hand_out(crew: list[_Worker], waiting: collections.deque[int], tasks: Sequence[Any]) -> None:
    for member in crew:
        if member.task is None and waiting:
            place = waiting.popleft()
            member.task = place
            try:
                member.pipe.send(tasks[place])
            except OSError:
                continue  # it died while idle; collecting finds the closed pipe and replaces it


def _dismiss(crew: list[_Worker]) -> None:
    for member in crew:
        member.pipe.close()
        if member.task is not None:
            member.process.terminate()  # stopped in the middle: nobody waits for what it would give
    for member in crew:
        member.process.join(timeout=10)
        if member.process.is_alive():
            member.process.kill()
            member.process.join()
        member.process.close()
