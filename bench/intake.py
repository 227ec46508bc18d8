"""Custody intake against `cp` then `sha256sum`, and against `git add`.

- One data set, one run, interleaved: 10,000 small files (about 20 kB) and 5 of 200 MiB, random bytes.
- What counts is CPU seconds (user and system) of the whole process tree; walls are printed beside them.
- Quoth's side is the full promise: objects hashed and forced, one log entry and one salted opening a file.

Example::

    python bench/intake.py            # the full set; needs about 5 GB in $TMPDIR for some minutes
    python bench/intake.py --small    # a fiftieth of it, for a quick look
"""

import argparse
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from quoth.custody.store import EntryDraft, Store
from quoth.record.custody import Action
from quoth.record.exhibit import Exhibit, ExhibitStatus, Provenance
from quoth.terms.digest import short_of

AT = "2031-05-02T09:00:00Z"
BATCH = 300
BARS = {"cp + sha256sum": 0.95, "git add": 0.25}


def make_data(root: Path, *, small: bool) -> tuple[int, int]:
    """Write the set; gives the number of files and of bytes."""
    rng = random.Random(20310502)
    count, large, size = (200, 1, 20 << 20) if small else (10_000, 5, 200 << 20)
    total = 0
    for number in range(count):
        path = root / f"d{number % 100:02d}" / f"item-{number:05d}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = rng.randbytes(rng.randrange(1_000, 39_000))
        path.write_bytes(data)
        total += len(data)
    for number in range(large):
        with (root / f"large-{number}.bin").open("wb") as out:
            for _ in range(size >> 20):
                out.write(rng.randbytes(1 << 20))
        total += size
    return count + large, total


def intake(source: Path, root: Path) -> None:
    """What the child does: take every file of `source` into a new case."""
    store = Store.create(root, by="bench", at=AT)
    for folder, folders, names in os.walk(source):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)  # noqa: PTH118 - the peers do not build objects either
            with open(path, "rb", buffering=0) as stream:  # noqa: PTH123
                ref = store.put(stream)
            exhibit = Exhibit(
                id=f"x-{short_of(ref.digest)}",
                status=ExhibitStatus.HELD,
                title=name,
                digest=ref.digest,
                size=ref.size,
                kind="application/octet-stream",
                provenances=(Provenance(name_as_given=path, received_at=AT),),
            )
            store.stage(EntryDraft(action=Action.RECEIVED, objects=(ref,), secret=exhibit))
            if store.staged_count >= BATCH:
                store.commit(by="bench", at=AT)
    store.commit(by="bench", at=AT)


def measured(*commands: str) -> tuple[float, float]:
    """CPU and wall seconds of shell commands, run one after the other."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    for command in commands:
        subprocess.run(["/bin/sh", "-c", command], check=True, stdout=subprocess.DEVNULL)
    after, end = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, end - start


def peers(source: Path, work: Path) -> dict[str, tuple[str, ...]]:
    """The shell commands of each side; a peer that is missing is said so and left out."""
    me = f"{sys.executable} {Path(__file__).resolve()}"
    made = {"quoth": (f"{me} --child {source} {work}/case",)}
    if shutil.which("sha256sum") and shutil.which("cp"):
        hash_all = f"find {work}/copy -type f -print0 | xargs -0 sha256sum"
        made["cp + sha256sum"] = (f"cp -r {source} {work}/copy", hash_all)
    if shutil.which("git"):
        git = f"git --git-dir={work}/git --work-tree={source}"
        made["git add"] = (
            f"git init -q --bare {work}/git && git --git-dir={work}/git config core.bare false",
            f"{git} add -A",
        )
    for name in BARS:
        if name not in made:
            print(f"missing peer: {name}")
    return made


def main() -> int:
    """Run and print; gives 0 when every bar that could be measured is met, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--small", action="store_true", help="a fiftieth of the set")
    parser.add_argument("--rounds", type=int, default=2, help="rounds of quoth and cp (git add runs once)")
    parser.add_argument("--child", nargs=2, type=Path, metavar=("SOURCE", "CASE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        intake(*options.child)
        return 0
    spent: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory(prefix="quoth-bench-") as name:
        top = Path(name)
        (top / "source").mkdir()
        count, total = make_data(top / "source", small=options.small)
        print(f"{count} files, {total / 1e6:.0f} MB, {os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}")
        for number in range(options.rounds):
            for peer, commands in peers(top / "source", top / "work").items():
                if peer == "git add" and number:
                    continue
                (top / "work").mkdir()
                spent.setdefault(peer, []).append(measured(*commands))
                print(
                    f"  round {number + 1}  {peer:16} cpu {spent[peer][-1][0]:7.2f} s  wall {spent[peer][-1][1]:7.2f} s"
                )
                shutil.rmtree(top / "work")
    return report(spent)


def report(spent: dict[str, list[tuple[float, float]]]) -> int:
    """Print the ratios of one run: best CPU seconds of each side."""
    best = {peer: min(cpu for cpu, _ in times) for peer, times in spent.items()}
    missed = 0
    for peer, bar in BARS.items():
        if peer in best:
            ratio = best["quoth"] / best[peer]
            missed += ratio > bar
            print(f"quoth / {peer}: {ratio:.2f} of its CPU seconds (bar: at most {bar})")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
