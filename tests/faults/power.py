"""Power-loss states of a recorded intake: materialised, recovered and audited, one by one.

Usage: ``python tests/faults/power.py [--states 12000] [--seed N] [--quick]``. A real intake (a case made, a key brought in, files
taken in few and many, one that is here already, a torn line set aside, a decision) runs under strace. From the record come the states
that a power cut may leave: every prefix of its calls, and for each the subsets of effects that nothing had forced yet, torn
writes among them. Each is put on a tmpfs and asked: is everything acknowledged there, byte for byte; has the audit no
alarm; is the log at the end of a batch; does the next commit go through, and is all of that so again after it?

Controls: the same record without its forcing calls must give bad states, one kind of call at a time.
"""

import argparse
import concurrent.futures
import hashlib
import json
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from disk_model import Disk
from judge import alarms_of, names_of, read_plainly, recover
from recording import Op, record

from quoth.case.casebook import Casebook
from quoth.case.intake import take_in
from quoth.case.keys import bring_in, make_key
from quoth.case.spoken import note_of
from quoth.custody.store import Store
from quoth.errors import CaseError
from quoth.record.custody import Verdict

FORCING = ("fsync", "fdatasync", "syncfs")
CONTROLS = {
    "no forcing at all": FORCING,
    "no fsync of files and folders": ("fsync",),
    "no fdatasync of the log": ("fdatasync",),
    "no syncfs of a large batch": ("syncfs",),
    "no fsync of folders": ("folders",),
    "no fsync of files": ("files",),
}
SCRATCH = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else Path(tempfile.gettempdir())


def intake(scratch: Path, mark: Callable[[str], None]) -> None:
    """The work that is recorded; it says after each commit how many entries were acknowledged."""
    root = scratch / "top" / "case"
    (scratch / "few").mkdir()
    (scratch / "many").mkdir()
    for number in range(3):
        (scratch / "few" / f"letter {number}.txt").write_text(f"Letter {number}: the crews had sailed.\n" * 9)
    for number in range(26):
        (scratch / "many" / f"{number}.txt").write_text(f"Page {number} of the order book.\n" * 3)
    (scratch / "many" / "copy.txt").write_bytes((scratch / "few" / "letter 1.txt").read_bytes())
    os.environ["QUOTH_KEYS"] = str(scratch / "keys")
    real = Store.commit

    def told(self, **words):
        made = real(self, **words)
        if made:
            mark(json.dumps([made[-1].seq + 1, bool(self.signer(made[-1].by))]) + "\n")
        return made

    Store.commit = told
    with Casebook.create(root, note_of("The three crews"), by="desk") as book:
        take_in(book, [scratch / "few"], by="desk")
        make_key("Ada", scratch / "keys")
        bring_in(book.store, "Ada", file=None, by="Ada")
        take_in(book, [scratch / "many"], by="Ada")
    with (root / "log/entries.jsonl").open("ab") as log:  # as a killed writer leaves it
        log.write(b'{"action":"received","at":"2031-05-0')
    with Casebook.open(root) as book:
        book.decide(["s-00000000"], Verdict.REJECT, by="Ada", reason="heard twice")
        take_in(book, [scratch / "few"], by="desk")
        book.decide(["s-00000001"], Verdict.ACCEPT, by="desk")


def without(ops: Sequence[Op], calls: Sequence[str], folders: frozenset[str]) -> list[Op]:
    """The record with forcing calls left out."""

    def stays(one: Op) -> bool:
        kind = "folders" if one.path in folders else "files"
        return one.call not in calls and not (one.call == "fsync" and kind in calls)

    return [one for one in ops if stays(one)]


def name_of(state: dict[str, bytes | None], acked: int) -> bytes:
    """Equal for equal states in which as many entries were acknowledged."""
    return hashlib.sha256(repr((acked, sorted(state.items()))).encode()).digest()[:12]


def different_states(disk: Disk, most: int, seed: int) -> int:
    """How many different states there are at ``most`` a crash point."""
    seen = set()
    for after in range(len(disk.ops)):
        acked = len(disk.said(after))
        seen |= {name_of(state, acked) for state in disk.crash(after, random.Random(f"{seed} {after}"), most)}
    return len(seen)


class Judge:
    """Judges states against the log as the whole run left it."""

    def __init__(self, final: list[bytes], boundaries: set[int], names: list[str]) -> None:
        self._final, self._boundaries, self._names = final, boundaries, names
        self.taken_over_in_part = 0

    def faults(self, place: Path, state: dict[str, bytes | None], acked: int, signed: int) -> list[str]:
        """What is wrong with a state, of which ``acked`` entries were acknowledged, ``signed`` with a signature."""
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        for name, data in state.items():
            if data is None:
                (place / name).mkdir()
            else:
                (place / name).write_bytes(data)
        root = place / "case"
        try:
            Store.open(root)
        except CaseError as err:
            return [f"cannot be opened: {err}"] if acked or "no case" not in str(err) else []
        made = self._look(root, acked, signed, "as it lies", exact=True)
        try:
            recover(root)
        except Exception as err:  # noqa: BLE001 - whatever it is, it is bad
            return [*made, f"the next commit: {type(err).__name__}: {err}"]
        made += self._look(root, acked, signed, "after the next commit", exact=False)
        if any((root / "tmp").iterdir()):
            made.append("temporary files stayed")
        return made

    def _look(self, root: Path, acked: int, signed: int, when: str, *, exact: bool) -> list[str]:
        try:
            lines, faults = read_plainly(root)
            faults += alarms_of(root, signed_below=signed)
        except Exception as err:  # noqa: BLE001 - whatever it is, it is bad
            return [f"{when}: {type(err).__name__}: {err}"]
        kept = len(lines) if exact else len(lines) - 1
        if lines[:acked] != self._final[:acked]:
            faults.append(f"{acked} entries were acknowledged, and they are not there")
        if not exact:
            here = names_of(lines[:kept], root)
            if here != self._names[:kept]:
                faults.append("a third state: entries that nobody wrote in this order")
            self.taken_over_in_part += kept not in self._boundaries
        elif kept not in self._boundaries:
            faults.append(f"a third state: {kept} entries")
        return [f"{when}: {one}" for one in faults]


def part(ops: Sequence[Op], top: str, plan: tuple[int, ...], judge: Judge) -> tuple[int, set[bytes], list, int]:
    """Judge every ``parts``-th crash point; gives states, digests of different ones, the bad ones, taken over in part."""
    number, parts, most, seed, enough = plan
    disk, seen, bad, count = Disk(ops, top), set(), [], 0
    place = SCRATCH / f"quoth-power-{os.getpid()}"
    try:
        for after in range(number, len(disk.ops), parts):
            told = [json.loads(line) for text in disk.said(after) for line in text.splitlines()]
            acked = told[-1][0] if told else 0
            signed = max((size for size, with_key in told if with_key), default=0)
            rng = random.Random(f"{seed} {after}")
            for state in disk.crash(after, rng, most):
                name = name_of(state, acked)
                if name in seen:
                    continue
                seen.add(name)
                count += 1
                faults = judge.faults(place, state, acked, signed)
                if faults:
                    bad.append((after, faults[:3]))
            if enough and len(bad) >= enough:
                break
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return count, seen, bad, judge.taken_over_in_part


def judged(
    ops: Sequence[Op], top: str, judge: Judge, *, most: int, seed: int, jobs: int, enough: int = 0
) -> tuple[int, int, list, int]:
    """States judged, how many of them differ, the bad ones, and how often a killed batch was taken over in part."""
    fork = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(jobs, mp_context=fork) as pool:
        made = [pool.submit(part, ops, top, (one, jobs, most, seed, enough), judge) for one in range(jobs)]
        done = [one.result() for one in made]
    return (
        sum(one[0] for one in done),
        len(set().union(*(one[1] for one in done))),
        sorted(fault for one in done for fault in one[2]),
        sum(one[3] for one in done),
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--states", type=int, default=12_000, help="states to judge at least")
    parser.add_argument("--seed", type=int, default=20310502)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--quick", action="store_true", help="a few hundred states")
    chosen = parser.parse_args()
    wanted = 300 if chosen.quick else chosen.states
    scratch = Path(tempfile.mkdtemp(prefix="quoth-power-", dir=SCRATCH))
    try:
        (scratch / "top").mkdir()
        ops = record(lambda mark: intake(scratch, mark), scratch)
        top = str(scratch / "top")
        root = scratch / "top" / "case"
        final, faults = read_plainly(root)
        if faults:
            raise SystemExit(f"the recorded run itself is bad: {faults}")
        names = names_of(final, root)
    finally:
        shutil.rmtree(scratch)
    whole = Disk(ops, top)
    sizes = [json.loads(line)[0] for text in whole.said(len(ops)) for line in text.splitlines()]
    judge = Judge(final, {1, *sizes}, names)
    most = 1  # the more states a crash point gives, the more are drawn
    while most < 1 << 14 and different_states(whole, most, chosen.seed) < wanted:
        most = most * 5 // 4 + 1
    _, different, bad, partly = judged(ops, top, judge, most=most, seed=chosen.seed, jobs=chosen.jobs)
    print(f"recorded: {len(ops)} calls that change the disk, {len(final)} entries, {len(sizes)} commits")
    print(f"power-loss states: {different} different ones judged, {len(bad)} bad", flush=True)
    print(
        f"  (in {partly} of them the next commit took over some of the entries of a batch that was never acknowledged)"
    )
    for after, said in bad[:10]:
        print(f"  after call {after} ({ops[after].call} {ops[after].path.removeprefix(top)}): {said}")
    blind = []
    folders = frozenset(
        {str(Path(one.path).parent) for one in ops if one.path} | {one.path for one in ops if one.call == "mkdir"}
    )
    for label, calls in CONTROLS.items():
        fewer = without(ops, calls, folders)
        states, _, found, _ = judged(
            fewer, top, judge, most=8, seed=chosen.seed, jobs=chosen.jobs, enough=5 if chosen.quick else 50
        )
        print(f"control, {label}: {len(found)} bad of {states} (ends when there are enough)", flush=True)
        if not found:
            blind.append(label)
    if blind:
        print(f"the check is blind to: {', '.join(blind)}")
    return 1 if bad or blind or different < wanted else 0


if __name__ == "__main__":
    sys.exit(main())
