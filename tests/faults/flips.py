"""Single flipped bits over a whole small case: each must be found by the audit, and its file or entry named.

Usage: ``python tests/faults/flips.py [--flips 100000] [--quick] [--jobs N]``. Every byte of every file that counts, all eight bits of it
(``--flips N``: about N of them, spread evenly). Each flip gets a full audit of custody in which two pure functions remember what
they gave for equal bytes: parsing a record, verifying an Ed25519 signature. Every 2,500th is asked of ``quoth audit --json`` in a process
of its own, which remembers nothing.

What may change without an alarm, and why: ``cache/`` (made again from the log), ``tmp/`` (never acknowledged), ``log/torn-*.bin`` (cut
off from the log by a crash; never evidence), ``log/scrub`` (when objects were last read again). Nothing else.
"""

import argparse
import collections
import concurrent.futures
import functools
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from quoth.case.casebook import Casebook
from quoth.case.flow import Flow
from quoth.case.intake import take_in
from quoth.case.keys import bring_in, make_key, rotate
from quoth.case.projection.connect import close_database, open_database
from quoth.case.spoken import note_of
from quoth.case.work import perform
from quoth.custody.audit import audit
from quoth.custody.signing import PublicKey
from quoth.custody.store import Store
from quoth.record import wire
from quoth.record.custody import Verdict
from quoth.record.finding import Outcome

SCRATCH = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else Path(tempfile.gettempdir())
WITHOUT_ALARM = ("cache/", "tmp/", "log/torn-", "log/scrub")
SAMPLE = 2_500


class Here:
    """An engine that does the work in this process."""

    def run(self, _worker: str, root: str, tasks: list) -> Iterator[tuple]:
        for task in tasks:
            yield task, perform(root, task)


def make_case(folder: Path) -> Path:
    """A case with received, derived and decided entries, keys that change, signatures, and a torn line set aside."""
    os.environ["QUOTH_KEYS"] = str(folder / "keys")
    root, given = folder / "case", folder / "given"
    given.mkdir(parents=True)
    (given / "letter.txt").write_text("The clerk said that the crews had sailed.\n\n“Nobody was forced,” said Varga.\n")
    (given / "table.csv").write_text("hour,metres\n" + "".join(f"{hour},{hour / 7:.1f}\n" for hour in range(40)))
    (given / "bytes.bin").write_bytes(bytes(range(256)) + bytes(700))
    (given / "empty.txt").write_bytes(b"")
    make_key("Ada", folder / "keys")
    make_key("Bea", folder / "keys")
    make_key("Ada again", folder / "new")
    with Casebook.create(root, note_of("The three crews"), by="desk") as book:
        take_in(book, [given], by="desk")
        bring_in(book.store, "Ada", file=None, by="Ada")
        with (root / "log/entries.jsonl").open("ab") as log:
            log.write(b'{"action":"received","at":"2031-0')
        bring_in(book.store, "Bea", file=folder / "keys" / "Bea.pub", by="Ada")
        open_database(root)
        Flow(book, Here(), by="Ada").build("attribute")
        close_database()
        book.decide(["s-00000000"], Verdict.REJECT, by="Bea", reason="heard twice")
        rotate(book.store, "Ada", file=next(one for one in (folder / "new").iterdir() if not one.suffix))
        os.environ["QUOTH_KEYS"] = str(folder / "new")
        book.decide(["s-00000001"], Verdict.ACCEPT, by="Ada")
    return root


def remember() -> None:
    """Let pure functions of the audit remember: equal bytes give equal answers."""
    wire.from_bytes = functools.lru_cache(8192)(wire.from_bytes)
    PublicKey.fault_of = functools.lru_cache(8192)(PublicKey.fault_of)


def alarms(root: Path) -> set[str]:
    """What the audit names in alarms, in this process."""
    found = list(audit(Store.open_to_audit(root)))
    return {one.subject for one in found if one.outcome in (Outcome.FAILS, Outcome.NOT_CHECKED)}


def alarms_by_command(root: Path) -> set[str]:
    """The same from the command, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "quoth.cli.main", "audit", root, "--json"], capture_output=True, text=True, check=False
    )
    if done.returncode not in {1, 3}:
        return set()
    said = json.loads(done.stdout)
    rows = said if isinstance(said, list) else []
    return {one["subject"] for one in rows if one["outcome"] in {"fails", "not-checked"}}


def named_by(place: str, data: bytes, at: int) -> set[str]:
    """The subjects of which one must be named when the byte ``at`` of a file is changed."""
    lines = {"log/entries.jsonl": "entry", **({place: "line"} if place.startswith("openings/") else {})}
    if place not in lines:
        return {place}
    number = data.count(b"\n", 0, at) + (place != "log/entries.jsonl")
    made = {f"{place} {lines[place]} {number}"}
    if data[at : at + 1] == b"\n":  # the end of a line belongs to two, or to the end of the file
        made |= {f"{place} {lines[place]} {number + 1}", place}
    return made


def part(root: Path, plan: list[tuple[str, int, int]]) -> tuple[collections.Counter, list[str], int]:
    """Flip, audit, put back; gives flips by kind of file, what was missed or misnamed, and how many the command saw."""
    remember()
    counts: collections.Counter[str] = collections.Counter()
    bad, by_command = [], 0
    for number, (place, at, bit) in enumerate(plan):
        path = root / place
        sound = path.read_bytes()
        wrong = bytearray(sound)
        wrong[at] ^= 1 << bit
        with path.open("r+b") as out:
            out.seek(at)
            out.write(wrong[at : at + 1])
        wanted, found = named_by(place, sound, at), alarms(root)
        if not found & wanted:
            bad.append(f"{place} byte {at} bit {bit}: {'misnamed ' + str(sorted(found)) if found else 'not found'}")
        if number % SAMPLE == SAMPLE // 2:
            by_command += 1
            said = alarms_by_command(root)
            if not said & wanted or not found <= said:
                bad.append(f"{place} byte {at} bit {bit}: the command names {sorted(said)}")
        with path.open("r+b") as out:
            out.seek(at)
            out.write(sound[at : at + 1])
        counts["log/signed" if "signed" in place else place.split("/")[0] if place[:3] != "log" else place] += 1
    if alarms(root):
        bad.append("put right again, the case still alarms")
    return counts, bad, by_command


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--flips", type=int, default=0, help="about so many, spread evenly (left out: all)")
    parser.add_argument("--quick", action="store_true", help="about 700 flips")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    chosen = parser.parse_args()
    top = Path(tempfile.mkdtemp(prefix="quoth-flips-", dir=SCRATCH))
    try:
        root = make_case(top)
        if alarms(root):
            raise SystemExit(f"the case alarms before anything is flipped: {alarms(root)}")
        files = sorted(one.relative_to(root).as_posix() for one in root.rglob("*") if one.is_file())
        counted = [one for one in files if not one.startswith(WITHOUT_ALARM)]
        every = [(one, at, bit) for one in counted for at in range((root / one).stat().st_size) for bit in range(8)]
        wanted = 700 if chosen.quick else chosen.flips or len(every)
        plan = every[:: max(len(every) // wanted, 1)] if wanted < len(every) else every
        for path in root.rglob("*"):
            if path.is_file():
                path.chmod(0o644)
        places = [top / f"job-{one}" for one in range(chosen.jobs)]
        for place in places:
            shutil.copytree(root, place)
        fork = multiprocessing.get_context("fork")
        with concurrent.futures.ProcessPoolExecutor(chosen.jobs, mp_context=fork) as pool:
            plans = [plan[one :: chosen.jobs] for one in range(chosen.jobs)]
            done = list(pool.map(part, places, plans))
    finally:
        shutil.rmtree(top)
    counts = sum((one[0] for one in done), collections.Counter())
    bad = [line for one in done for line in one[1]]
    print(
        f"the case: {len(counted)} files, {len(every) // 8} bytes that count; {len(files) - len(counted)} files that do not"
    )
    print(", ".join(f"{place}: {count}" for place, count in sorted(counts.items())))
    for line in bad[:20]:
        print(f"  {line}")
    print(f"flipped bits: {sum(counts.values())}, {len(bad)} bad (not found, or another file or entry named)")
    print(f"  ({sum(one[2] for one in done)} of them also asked of the command in a process of its own)")
    return 1 if bad or not counts else 0


if __name__ == "__main__":
    sys.exit(main())
