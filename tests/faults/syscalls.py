"""Faults at every system call of every command that writes: kill, disk errors, interruption, short writes.

Usage: ``python tests/faults/syscalls.py [--quick] [--only SCENE] [--jobs N]``. Each fault is a process of its own, forked warm and held
by strace before it begins (``-e inject=CALL:signal=SIGKILL|error=…:when=N``), or by ptrace for writes that the kernel cuts short.
Then is asked, before and after the next commit and after the same command run again: is everything acknowledged there, is
the log at the end of a batch as it was before or as it would be after, and has the audit no alarm?
"""

import argparse
import collections
import concurrent.futures
import contextlib
import json
import mmap
import multiprocessing
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import short_write
from judge import alarms_of, names_of, read_plainly, recover
from scenes import Scene, scenes

from quoth.custody.store import Store

SCRATCH = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else Path(tempfile.gettempdir())
ERRORS = ("error=EIO", "error=ENOSPC", "error=EINTR")
KINDS = {
    **dict.fromkeys(
        ("write", "pwrite64"), ("signal=SIGKILL", *ERRORS, "error=ENOSPC+", "short", "short, then SIGKILL")
    ),
    **dict.fromkeys(("fsync", "fdatasync", "syncfs"), ("signal=SIGKILL", *ERRORS, "error=EIO+")),
    **dict.fromkeys(
        ("rename", "renameat", "renameat2", "link", "linkat", "mkdir", "mkdirat"),
        ("signal=SIGKILL", *ERRORS, "error=ENOSPC+"),
    ),
    "flock": ("signal=SIGKILL", "error=EIO", "error=EINTR"),
    **dict.fromkeys(("ftruncate", "unlink", "unlinkat", "rmdir"), ("signal=SIGKILL", "error=EIO")),
}
_CALL = re.compile(r"(?:\d+ +)?(\w+)\(")
_TOLD = struct.Struct("qq1000s")


class Outcome:
    """What the struck process tells, through memory that it shares: no system call is needed for it."""

    def __init__(self) -> None:
        self._held = mmap.mmap(-1, _TOLD.size)

    def tell(self, acked: int, ended: int, words: str = "") -> None:
        _TOLD.pack_into(self._held, 0, acked, ended, words.encode()[:1000])

    def told(self) -> tuple[int, int, str]:
        acked, ended, words = _TOLD.unpack_from(self._held)
        return acked, ended, words.rstrip(b"\0").decode(errors="replace")


def child(scene: Scene, folder: Path, outcome: Outcome, gate: int) -> None:
    """Run the command once the gate opens; every commit that comes back is told."""
    real = Store.commit

    def told(self, **words):
        made = real(self, **words)
        if made:
            outcome.tell(made[-1].seq + 1, -1)
        return made

    Store.commit = told
    os.read(gate, 1)
    code, words = 70, ""
    try:
        code = scene.run(folder)
    except SystemExit as err:
        words = str(err)
    except BaseException as err:  # noqa: BLE001 - whatever it is, it is bad
        words = f"{type(err).__name__}: {err}"
    outcome.tell(outcome.told()[0], code, words)
    os._exit(0)


def struck(scene: Scene, folder: Path, call: str, kind: str, number: int) -> tuple[int, int, str]:
    """Run the scene with one fault (an empty ``call``: none); gives what was acknowledged, the exit code and words."""
    outcome, (gate, pipe) = Outcome(), os.pipe()
    outcome.tell(0, -2)
    pid = os.fork()
    if pid == 0:
        child(scene, folder, outcome, gate)
    os.close(gate)
    try:
        if kind.startswith("short"):
            held = short_write.Held(pid)
            os.write(pipe, b"g")
            held.run(number, kill="KILL" in kind)
            return outcome.told()
        how, more = kind.removesuffix("+"), "+" if kind.endswith("+") else ""
        faults = ["-e", f"trace={call}", "-e", f"inject={call}:{how}:when={number}{more}"] if call else []
        faults = faults or ["-e", f"trace={','.join(KINDS)}"]
        command = ["strace", "-f", "-o", folder / "strace.txt", "-p", str(pid), *faults]
        with subprocess.Popen(command, stderr=subprocess.PIPE) as tracer:
            if b"attached" not in tracer.stderr.readline():
                raise SystemExit("strace could not be started")
            os.write(pipe, b"g")
            os.waitpid(pid, 0)
        return outcome.told()
    finally:
        os.close(pipe)
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def fresh(scene: Scene, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(scene.base, folder, symlinks=True)
    return folder


class Expected:
    """How the case goes from before to after, as the command does it undisturbed."""

    def __init__(self, scene: Scene, folder: Path) -> None:
        root = fresh(scene, folder) / "case"
        self.before = len(read_plainly(root)[0])
        self.boundaries = {self.before}
        real, seen = Store.commit, self.boundaries

        def noted(self, **words):
            made = real(self, **words)
            if made:
                seen.add(made[-1].seq + 1)
            return made

        Store.commit = noted
        try:
            self.code = scene.run(folder)
        finally:
            Store.commit = real
        lines, faults = read_plainly(root)
        if serious(scene, faults) or alarms_of(root, anchors=True):
            raise SystemExit(f"{scene.name}: bad without any fault: {faults} {alarms_of(root)}")
        self.names = called(scene, lines, root)
        self.boundaries.add(len(lines))
        fresh(scene, folder)
        acked, code, words = struck(scene, folder, "", "", 0)
        if code != self.code:
            raise SystemExit(f"{scene.name}: traced, it ends with {code} {words}")
        calls = (match[1] for line in (folder / "strace.txt").read_text().splitlines() if (match := _CALL.match(line)))
        self.calls = collections.Counter(calls)
        self.acked = acked
        if self.calls.total() < 5:
            raise SystemExit(f"{scene.name}: writes nothing; it ends with {code} {words}")


def called(scene: Scene, lines: list[bytes], root: Path) -> list[str]:
    """The entries by what does not differ from run to run."""
    if not scene.loose:
        return names_of(lines, root)
    entries = map(json.loads, lines)
    return [json.dumps([one["action"], one["by"], one.get("note", "")]) for one in entries]


def serious(scene: Scene, faults: list[str]) -> list[str]:
    """What counts: damage that is the scene's own beginning, or its aim, is left to the audit."""
    let_pass = ("is not here",) if scene.damaged else ("is not here", "nothing opens it") if scene.loose else ()
    return [one for one in faults if not one.endswith(let_pass)]


def faults_of(scene: Scene, expected: Expected, folder: Path, told: tuple[int, int, str]) -> tuple[list[str], bool]:
    """What is wrong after a fault; and whether the next commit took over a part of a killed batch."""
    acked, ended, words = told
    root = folder / "case"
    bad = [f"an error that nobody catches: {words}"] if ended == 70 else []
    bad += look(scene, expected, root, acked, "as it lies", own=0)
    bad += scene.check(folder)
    partly = False
    if not scene.alone:
        try:
            recover(root)
        except Exception as err:  # noqa: BLE001 - whatever it is, it is bad
            return [*bad, f"the next commit: {type(err).__name__}: {err}"], False
        bad += look(scene, expected, root, acked, "after the next commit", own=1)
        partly = len(read_plainly(root)[0]) - 1 not in expected.boundaries
        if [one for one in (root / "tmp").iterdir() if one.name.startswith("w-")]:
            bad.append("temporary files stayed")
    if scene.again:
        try:
            code = scene.run(folder)
        except SystemExit as err:
            code = -1 if acked < len(expected.names) else expected.code
            bad += [f"run again: {err}"] if code < 0 else []
        if code not in {expected.code, 3} and acked < len(expected.names):
            bad.append(f"run again, it ends with {code}, not {expected.code}")
        lines, faults = read_plainly(root)
        bad += [f"run again: {one}" for one in (*serious(scene, faults), *alarms_of(root, anchors=True))]
        lost = set(expected.names) - set(called(scene, lines, root))
        if lost and not scene.damaged:  # a repair begun before is done in two steps, and its entries say so
            bad.append(f"run again, it is not done: {sorted(lost)[:2]}")
    return bad, partly


def look(scene: Scene, expected: Expected, root: Path, acked: int, when: str, *, own: int) -> list[str]:
    """What is wrong with the case now, of which ``own`` last entries are ours."""
    try:
        lines, faults = read_plainly(root)
        if not scene.damaged:
            alarms = alarms_of(root, signed_below=acked)
            going_on = scene.goes_on and any((root / "sealed/pending").glob("*/plan"))
            faults += [] if going_on else alarms
    except Exception as err:  # noqa: BLE001 - whatever it is, it is bad
        return [f"{when}: {type(err).__name__}: {err}"]
    faults = serious(scene, faults)
    kept = len(lines) - own
    if kept < acked:
        faults.append(f"{acked} entries were acknowledged, and there are {kept}")
    if called(scene, lines, root)[:kept] != expected.names[:kept]:
        faults.append("a third state: other entries than before or after")
    if not own and kept not in expected.boundaries:
        faults.append(f"a third state: {kept} entries, in the middle of a batch")
    return [f"{when}: {one}" for one in faults]


def planned(expected: Expected, *, stride: int) -> list[tuple[str, str, int]]:
    """Every fault of a scene: call, kind, index; of long runs of one call every ``stride``-th."""
    made = []
    for call, count in sorted(expected.calls.items()):
        for kind in KINDS.get(call, ()):
            if kind.startswith("short") and (not short_write.HERE or call != "write"):
                continue
            whole = sum(expected.calls[one] for one in ("write", "pwrite64")) if kind.startswith("short") else count
            made += [(call, kind, number) for number in range(1, whole + 1)]
    return made[::stride]


HELD: list[tuple[Scene, Expected, list[tuple[str, str, int]], Path]] = []
"""What the forked judges work on: a command cannot be sent through a pipe."""


def part(job: int) -> list[tuple]:
    """Strike once for each fault planned for this job."""
    scene, expected, plan, place = HELD[job]
    made = []
    for call, kind, number in plan:
        told = struck(scene, fresh(scene, place), call, kind, number)
        bad, partly = faults_of(scene, expected, place, told)
        made.append((f"{kind} at {call} {number}", kind, told[1], bad, partly))
    shutil.rmtree(place, ignore_errors=True)
    return made


def strike(scene: Scene, top: Path, jobs: int, stride: int) -> tuple[collections.Counter, int, list[str]]:
    """All faults of a scene: how many of each kind, how often a killed batch was taken over in part, what is bad."""
    expected = Expected(scene, top / "trial-run")
    plan = planned(expected, stride=stride)
    HELD[:] = [(scene, expected, plan[one::jobs], top / f"job-{one}") for one in range(jobs)]
    with concurrent.futures.ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as pool:
        done = [row for rows in pool.map(part, range(jobs)) for row in rows]
    kinds = collections.Counter(kind for _, kind, _, _, _ in done)
    bad = [f"{scene.name}: {where} (ended {ended}): {words[:3]}" for where, _, ended, words, _ in done if words]
    return kinds, sum(partly for *_, partly in done), bad


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="every 60th fault")
    parser.add_argument("--stride", type=int, default=1, help="every so many faults")
    parser.add_argument("--only", default="", help="scenes whose name begins so")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    chosen = parser.parse_args()
    top = Path(tempfile.mkdtemp(prefix="quoth-faults-", dir=SCRATCH))
    kinds: collections.Counter[str] = collections.Counter()
    bad, partly = [], 0
    try:
        for scene in scenes(top):
            if not scene.name.startswith(chosen.only):
                continue
            counted, some, found = strike(scene, top, chosen.jobs, 60 if chosen.quick else chosen.stride)
            print(f"{scene.name}: {sum(counted.values())} faults, {len(found)} bad", flush=True)
            for line in found[:5]:
                print(f"  {line}", flush=True)
            kinds, partly, bad = kinds + counted, partly + some, bad + found
    finally:
        shutil.rmtree(top)
    print(", ".join(f"{kind}: {count}" for kind, count in sorted(kinds.items())))
    print(f"injected faults: {sum(kinds.values())}, {len(bad)} bad")
    print(f"  (after {partly} of them the next commit took over some of the entries of a killed batch, each whole)")
    return 1 if bad or not kinds else 0


if __name__ == "__main__":
    sys.exit(main())
