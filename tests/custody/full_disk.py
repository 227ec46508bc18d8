"""Fill a small disk with a case, then free some space and go on. Prints what was seen as JSON.

Usage: ``python full_disk.py FOLDER tmpfs|limit``. With ``tmpfs`` it mounts one of 3 MiB at FOLDER (in the
mount namespace that it was started in); with ``limit`` it sets RLIMIT_FSIZE, so that the log cannot grow.
"""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

from quoth.custody.audit import audit
from quoth.custody.store import EntryDraft, Store
from quoth.errors import CustodyError
from quoth.record.custody import Action
from quoth.record.finding import Outcome

AT = "2031-05-02T09:00:00Z"


def fill(store: Store, size: int) -> tuple[int, CustodyError | None]:
    """Commit objects of ``size`` bytes until it fails."""
    for number in range(10_000):
        try:
            for _ in range(3):
                ref = store.put(os.urandom(size))
                store.stage(EntryDraft(action=Action.RECEIVED, objects=(ref,), note="n" * 40))
            store.commit(by="desk", at=AT)
        except CustodyError as err:
            return number, err
    return 10_000, None


def main() -> None:
    folder, how = Path(sys.argv[1]), sys.argv[2]
    if how == "tmpfs":
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], check=True)
    reserve = folder / "something-else"
    reserve.write_bytes(bytes(1 << 20))
    store = Store.create(folder / "case", by="desk", at=AT)
    if how == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
    done, err = fill(store, 40_000 if how == "tmpfs" else 900)
    small, other = fill(store, 0 if how == "tmpfs" else 900)
    seen = {
        "batches": done,
        "small": small,
        "messages": [str(one) for one in (err, other) if one],
        "hints": [one.hint for one in (err, other) if one],
        "temporary": os.listdir(folder / "case" / "tmp"),  # noqa: PTH208
        "entries": sum(1 for _ in Store.open(folder / "case").entries()),
        "alarms": [str(one) for one in audit(store) if one.outcome in (Outcome.FAILS, Outcome.NOT_CHECKED)],
    }
    reserve.unlink()
    if how == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    store.stage(EntryDraft(action=Action.DECIDED))
    seen["after"] = [entry.seq for entry in store.commit(by="desk", at=AT)]
    seen["alarms_after"] = [str(one) for one in audit(store) if one.outcome in (Outcome.FAILS, Outcome.NOT_CHECKED)]
    print(json.dumps(seen))


if __name__ == "__main__":
    main()
