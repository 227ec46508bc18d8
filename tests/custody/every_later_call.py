"""Break a signed commit, a scrub, a repair or the keeping of a fork at every system call, and look what is left.

Usage: ``python every_later_call.py CASE WHAT kill|ENOSPC|EIO STEP``, striking every STEP-th call. Each round
forks; the child is struck at its N-th call; the parent then checks that nothing acknowledged is gone,
that no damaged bytes are lost, and that the same work done again comes to its end. It prints how many were struck.
"""

import os
import signal
import sys
from pathlib import Path

from custody.every_call import CALLS, Striker
from custody.forge import AT, BODIES
from custody.people import ADA_NEW, signed_case
from quoth.custody import forcing
from quoth.custody.audit import AuditStep, audit
from quoth.custody.checkpoint import Checkpoint
from quoth.custody.forks import keep_fork, read_foreign
from quoth.custody.repair import damaged_in, enter_repair, repair
from quoth.custody.scrub import Scrub, read_state
from quoth.custody.store import EntryDraft, NotSigned, Store
from quoth.errors import CustodyError
from quoth.record.custody import Action, CaseNote
from quoth.record.finding import Outcome
from quoth.terms.digest import digest_of

DAMAGED = digest_of(BODIES[3])
ROTTEN = b"rotten" * 50
THROUGH = 77


def sign(root: Path) -> None:
    store = Store.open(root)
    ref = store.put(os.urandom(99))
    store.stage(EntryDraft(action=Action.RECEIVED, objects=(ref,), secret=CaseNote(title="x")))
    store.commit(by="Ada", at=AT, key=ADA_NEW)


def scrub(root: Path) -> None:
    one = Scrub(Store.open(root))
    if any("cannot be read" not in found.grounds[0] for found in one.run(share=30)):
        raise SystemExit("the scrub found damage in a whole case")
    one.save(at=AT)


def mend(root: Path) -> None:
    store = Store.open(root)
    found = damaged_in(store, audit(store))
    enter_repair(store, tuple(repair(store, found, root.parent / "copy")), by="desk", at=AT)


def keep(root: Path) -> None:
    store = Store.open(root)
    made = Checkpoint(origin=store.case_file.origin, size=3, root=bytes(32), last=bytes(32))
    keep_fork(root, read_foreign(made.to_text()))


WORK = {"sign": sign, "scrub": scrub, "repair": mend, "fork": keep}


def prepare(root: Path, what: str) -> None:
    if what == "repair":
        path = Store.open(root).object_path(DAMAGED)
        path.chmod(0o644)
        path.write_bytes(ROTTEN)


def look(root: Path, what: str, number: int, before: int) -> None:
    """Raise SystemExit unless the case is as it was or as it was to be."""
    store = Store.open(root)
    bad = [one for one in audit(store) if one.outcome in (Outcome.FAILS, Outcome.NOT_CHECKED)]
    if what == "repair":
        kept = [path.read_bytes() for path in (root / "damaged").glob("*")] if (root / "damaged").exists() else []
        there = store.object_path(DAMAGED)
        mended = there.exists() and there.read_bytes() == BODIES[3]
        if ROTTEN not in kept and (not there.exists() or there.read_bytes() != ROTTEN):
            raise SystemExit(f"call {number}: the damaged bytes are gone")
        bad = [] if mended and not bad else [one for one in bad if one.check != AuditStep.BYTES.value]
    if what == "fork":
        bad = [one for one in bad if one.check != AuditStep.FORK.value or "two histories" not in one.grounds[0]]
    if bad:
        raise SystemExit(f"call {number}: {bad}")
    if store.head()[0] < before:
        raise SystemExit(f"call {number}: entries are gone")
    read_state(root)


def child(root: Path, what: str, how: str, number: int) -> int:
    """Strike at call ``number``; THROUGH when it was never reached."""
    striker = Striker(how, number)
    for name in CALLS:
        striker.wrap(os, name)
    striker.wrap(forcing, "force_all")
    try:
        WORK[what](root)
    except NotSigned as err:
        if what != "sign" or "are in the log" not in str(err):
            raise
    except CustodyError as err:
        if not err.hint:
            raise
    return THROUGH if striker.seen < number else 0


def main() -> None:
    root, what, how, step = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
    store = signed_case(root)
    copy = root.parent / "copy"
    copy.mkdir()
    (copy / "another name").write_bytes(BODIES[3])
    number, rounds, through = 1 - step, 0, False
    while not through:
        number += step
        rounds += 1
        prepare(root, what)
        before = store.head()[0]
        pid = os.fork()
        if pid == 0:
            os._exit(child(root, what, how, number))
        ended = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if ended not in {0, THROUGH, -signal.SIGKILL}:
            raise SystemExit(f"call {number}: the writer ended with {ended}")
        look(root, what, number, before)
        through = ended == THROUGH
        if what == "repair":
            mend(root)
            look(root, what, number, before)
            if Store.open(root).read_object(DAMAGED) != BODIES[3]:
                raise SystemExit(f"call {number}: not put right")
    print(rounds - 1)


if __name__ == "__main__":
    main()
