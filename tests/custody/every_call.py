"""Break a commit at every system call that it makes, by SIGKILL or by an error, and look what is left.

Usage: ``python every_call.py CASE kill|ENOSPC|EIO SIZE STEP``, striking every STEP-th call. Each round forks; the child counts its calls
and is struck at the N-th one; the parent checks the case: everything acknowledged is there, the
audit has no alarm, each batch is there whole or (after a kill) not acknowledged. It prints how many
calls were struck and ends when a round runs through.
"""

import errno
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from quoth.custody import forcing
from quoth.custody.audit import audit
from quoth.custody.store import EntryDraft, Store
from quoth.errors import CustodyError
from quoth.record.custody import Action, CaseNote
from quoth.record.finding import Outcome

AT = "2031-05-02T09:00:00Z"
CALLS = ("open", "write", "pwrite", "rename", "fsync", "fdatasync", "ftruncate", "mkdir", "unlink", "rmdir", "lseek")


class Striker:
    """Counts the calls that change a disk and strikes at the ``at``-th."""

    def __init__(self, how: str, at: int) -> None:
        self._how, self._at, self.seen, self.struck = how, at, 0, ""

    def wrap(self, owner: Any, name: str) -> None:
        real = getattr(owner, name)

        def struck(*args: Any, **kwargs: Any) -> Any:
            self.seen += 1
            if self.seen == self._at:
                self._strike(real, args, kwargs)
            return real(*args, **kwargs)

        setattr(owner, name, struck)

    def _strike(self, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self.struck = real.__name__
        if self._how != "kill":
            number = getattr(errno, self._how)
            raise OSError(number, os.strerror(number))
        if real.__name__ in {"write", "pwrite"} and self._at % 2:
            half = memoryview(args[1])[: len(args[1]) // 2]  # a torn write
            real(args[0], half, *args[2:], **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)


def batch(store: Store, number: int, size: int) -> tuple[int, ...]:
    for item in range(size):
        ref = store.put(f"{number}.{item}".encode() * 50)
        store.stage(EntryDraft(action=Action.RECEIVED, objects=(ref,), secret=CaseNote(title=f"{number}.{item}")))
    return tuple(entry.seq for entry in store.commit(by=str(number), at=AT))


def child(root: Path, how: str, number: int, size: int, pipe: int) -> None:
    """Strike at call ``number``; tell what was acknowledged."""
    striker = Striker(how, number)
    store = Store.open(root)
    tell = os.write
    for name in CALLS:
        striker.wrap(os, name)
    striker.wrap(forcing, "force_all")
    try:
        made = batch(store, number, size)
    except CustodyError as err:
        if "nothing of this batch is acknowledged" not in str(err) or not err.hint:
            raise
        tell(pipe, f"refused {striker.struck}".encode())
        return
    tell(pipe, f"acknowledged {made[0]} {len(made)} {int(striker.seen < number)} {striker.struck}".encode())


def look(root: Path, number: int, size: int, told: list[str], *, new_files: bool) -> None:
    """Raise SystemExit unless the case is whole."""
    store = Store.open(root)
    bad = [one for one in audit(store) if one.outcome in (Outcome.FAILS, Outcome.NOT_CHECKED)]
    if bad:
        raise SystemExit(f"call {number}: {bad}")
    here = [entry for entry in store.entries() if entry.by == str(number)]
    if told[:1] == ["acknowledged"] and [entry.seq for entry in here] != list(range(int(told[1]), int(told[1]) + size)):
        raise SystemExit(f"call {number}: acknowledged, but there are {len(here)} of {size}")
    if len(here) not in {0, size}:
        raise SystemExit(f"call {number}: a third state, {len(here)} of {size} entries")
    tidying = {"unlink", "rmdir"} & set(told)  # where removing itself was struck, the next writer removes
    if new_files and told and not tidying:
        raise SystemExit(f"call {number}: temporary files stayed ({told})")
    for entry in here:
        store.read_object(entry.objects[0].digest)
        if store.opening(entry.commitment) is None:
            raise SystemExit(f"call {number}: an opening is missing")


def main() -> None:
    root, how, size, step = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    Store.create(root, by="desk", at=AT)
    number, rounds = 1 - step, 0
    through = False
    while not through:
        number += step
        rounds += 1
        before = set((root / "tmp").iterdir())
        source, pipe = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(source)
            child(root, how, number, size, pipe)
            os._exit(0)
        os.close(pipe)
        told = os.read(source, 100).decode().split()
        os.close(source)
        _, status = os.waitpid(pid, 0)
        ended = os.waitstatus_to_exitcode(status)
        if ended not in {0, -signal.SIGKILL}:
            raise SystemExit(f"call {number}: the writer ended with {ended}")
        look(root, number, size, told, new_files=set((root / "tmp").iterdir()) > before)
        through = told[3:4] == ["1"]
    print(rounds - 1)


if __name__ == "__main__":
    main()
