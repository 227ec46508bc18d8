"""Kill sealing and erasing at every system call that changes a disk, by strace, and look what is left.

Usage: ``python seal_calls.py [--quick] [OPERATION…]``. Each round copies a small case, runs one operation under
``strace -e inject=CALL:signal=SIGKILL:when=N`` (or ``error=ENOSPC``), opens the case again and looks: the state
before or the state after, nothing in the clear that was sealed or erased, no alarm of the audit.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from faults.seal_case import OPERATIONS, look, make
from quoth.case.casebook import Casebook

CALLS = (
    "write", "pwrite64", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "unlink", "unlinkat", "rmdir",
    "fsync", "fdatasync", "ftruncate", "link", "linkat", "chmod", "fchmodat", "flock", "syncfs",
)  # fmt: skip
QUICK = 2
"""Rounds of each operation in a quick run."""

_CALL = re.compile(r"^(?:\d+ +)?([a-z0-9_]+)\(")


def child(root: str, operation: str) -> None:
    """What is traced."""
    with Casebook.open(Path(root)) as book:
        OPERATIONS[operation](book)
    os._exit(0)


def traced(root: Path, operation: str, *options: str) -> subprocess.CompletedProcess[bytes]:
    words = [sys.executable, __file__, "--child", str(root), operation]
    here = os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": here, "PYTHONDONTWRITEBYTECODE": "1", "QUOTH_KEYS": str(root.parent)}
    return subprocess.run(["strace", "-f", "-qq", *options, *words], capture_output=True, env=environment, check=False)


def counted(template: Path, scratch: Path, operation: str) -> Counter[str]:
    """How often each call is made by the whole operation."""
    root = copied(template, scratch)
    log = scratch / "trace"
    done = traced(root, operation, "-e", f"trace={','.join(CALLS)}", "-o", str(log))
    if done.returncode:
        raise SystemExit(f"{operation} does not run: {done.stderr.decode()[-800:]}")
    return Counter(found[1] for line in log.read_text().splitlines() if (found := _CALL.match(line)))


def copied(template: Path, scratch: Path) -> Path:
    shutil.rmtree(scratch / "round", ignore_errors=True)
    shutil.copytree(template.parent, scratch / "round", symlinks=True)
    return scratch / "round" / "case"


def strike(template: Path, scratch: Path, operation: str, call: str, number: int, how: str) -> str:
    root = copied(template, scratch)
    with Casebook.open(root) as book:
        size = book.store.head()[0]
    done = traced(root, operation, "-e", f"trace={call}", "-e", f"inject={call}:{how}:when={number}", "-o", "/dev/null")
    try:
        state = look(root, operation, size)
    except AssertionError as err:
        raise SystemExit(f"{operation}: {call} {number} {how}: {err}") from err
    if done.returncode == 0 and state != "after":
        raise SystemExit(f"{operation}: {call} {number} {how}: done, and not there")
    return state


def main(words: list[str]) -> None:
    quick = "--quick" in words
    operations = [word for word in words if not word.startswith("-")] or list(OPERATIONS)
    seen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "template").mkdir()
        template, scratch = make(Path(place) / "template"), Path(place)
        for operation in operations:
            points = [
                (call, number, how)
                for call, count in sorted(counted(template, scratch, operation).items())
                for number in range(1, count + 1)
                for how in ("signal=SIGKILL", "error=ENOSPC")
                if how == "signal=SIGKILL" or call in {"write", "pwrite64", "fsync", "rename", "link", "mkdir"}
            ]
            chosen = points[:: max(1, len(points) // QUICK)][:QUICK] if quick else points
            for call, number, how in chosen:
                seen[strike(template, scratch, operation, call, number, how)] += 1
            print(f"{operation}: {len(chosen)} of {len(points)} points struck", flush=True)
    print(f"{sum(seen.values())} struck: {seen['before']} left the state before, {seen['after']} the state after")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], sys.argv[3])
    main(sys.argv[1:])
