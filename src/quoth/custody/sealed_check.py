"""What the log says is sealed, checked without a key.

- Every cipher text and key file has the digest that the list in the log names: damage is found, and named.
- That a key opens a file is not checked here: ``quoth keys drill`` does, and unsealing does.
- Numbers in the comments are the numbers in :class:`SealStep`; each has its attack in ``tests/seal``.

Example::

    alarms = [one for one in check_sealed(store) if one.outcome is Outcome.FAILS]
"""

import enum
from collections.abc import Iterator

from quoth import __version__
from quoth.custody import folder
from quoth.custody.sealed_change import unfinished
from quoth.custody.sealed_store import PENDING, SECRET, Sealed, key_place, object_place
from quoth.custody.store import Store
from quoth.custody.vault import READ, hash_file
from quoth.errors import CustodyError
from quoth.record.custody import Action
from quoth.record.finding import Finding, Outcome
from quoth.terms.digest import Digest
from quoth.terms.ident import ident

__all__ = ["SealStep", "check_sealed"]


class SealStep(enum.Enum):
    """The numbered steps, as findings name them."""

    LIST = "sealed.01-list"
    CIPHER = "sealed.02-cipher-text"
    KEY_FILE = "sealed.03-key-file"
    NAMING = "sealed.04-file-of-the-secret"
    FOREIGN = "sealed.05-no-foreign-file"
    UNFINISHED = "sealed.06-no-unfinished-change"
    ERASED = "sealed.07-erased"
    SUMMARY = "sealed.check"


_LIMITS = ("that the keys open these files is not checked here: run quoth keys drill, or unseal one",)


def check_sealed(store: Store) -> Iterator[Finding]:
    """Findings about everything sealed; one that *holds* when nothing fails. Nothing where nothing was ever sealed.

    A log that cannot be read gives one finding *not checked*.
    """
    try:
        yield from _checked(store)
    except (CustodyError, OSError) as err:
        ground = f"what is sealed was not looked at: {err}"
        yield _found(SealStep.LIST, folder.ENTRIES, Outcome.NOT_CHECKED, ground)


def _checked(store: Store) -> Iterator[Finding]:
    sealed, alarms, seen = Sealed(), 0, False
    for entry in store.entries():
        # 1. the list that a sealed entry names is here and as written
        try:
            sealed.take(entry, store)
        except CustodyError as err:
            alarms += 1
            yield _found(SealStep.LIST, f"{folder.ENTRIES} entry {entry.seq}", Outcome.FAILS, str(err))
        seen = seen or entry.action is Action.SEALED
    if not seen and not (store.root / folder.SEALED).exists():
        return
    for finding in (*_files(store, sealed), *_beside(store, sealed)):
        alarms += finding.outcome is Outcome.FAILS
        yield finding
    for name, number in sealed.erased.items():
        # 7. what was erased is gone (were it here, step 5 would say so)
        yield _found(SealStep.ERASED, object_place(name), Outcome.HOLDS, f"gone: erased by entry {number} of the log")
    if not alarms:
        ground = f"{len(sealed.files)} sealed things and their key files are those that the log names"
        yield _found(SealStep.SUMMARY, folder.SEALED, Outcome.HOLDS, ground, limits=_LIMITS)


def _files(store: Store, sealed: Sealed) -> Iterator[Finding]:
    for name, one in sorted(sealed.files.items()):
        # 2. the cipher text is the one that was sealed
        yield from _compare(store, SealStep.CIPHER, object_place(name), one.cipher)
        # 3. the key file is the one that was written last
        yield from _compare(store, SealStep.KEY_FILE, key_place(name), one.key_file)
    # 4. the file of the case's secret is the one that the log names
    if sealed.secret is not None:
        yield from _compare(store, SealStep.NAMING, SECRET, sealed.secret)


def _compare(store: Store, step: SealStep, place: str, digest: Digest) -> Iterator[Finding]:
    try:
        actual, size = hash_file(str(store.root / place), memoryview(bytearray(READ)))
    except FileNotFoundError:
        yield _found(step, place, Outcome.FAILS, "missing; the log says that it is sealed, and not that it was erased")
        return
    except OSError as err:
        yield _found(step, place, Outcome.NOT_CHECKED, f"cannot be read: {err.strerror}")
        return
    if actual != digest:
        yield _found(step, place, Outcome.FAILS, "empty" if not size else "changed: not the bytes that the log names")


def _beside(store: Store, sealed: Sealed) -> Iterator[Finding]:
    top = store.root / folder.SEALED
    ours = {object_place(name) for name in sealed.files} | {key_place(name) for name in sealed.files}
    pending = store.root / PENDING
    for path in sorted(top.rglob("*")):
        place = path.relative_to(store.root).as_posix()
        if path.is_relative_to(pending) or place in (f"{folder.SEALED}/objects", f"{folder.SEALED}/keys"):
            continue
        # 5. nothing else lies there: neither what was erased, nor a file of somebody else
        if (place not in ours and not (place == SECRET and sealed.secret)) or path.is_symlink():
            yield _found(SealStep.FOREIGN, place, Outcome.FAILS, "nothing in the log says that this is sealed here")
    # 6. no change was broken off
    for name in unfinished(store.root):
        ground = "a change that is under way or was broken off: the next quoth command that can write finishes it"
        yield _found(SealStep.UNFINISHED, f"{PENDING}/{name}", Outcome.FAILS, ground)


def _found(step: SealStep, subject: str, outcome: Outcome, *grounds: str, limits: tuple[str, ...] = ()) -> Finding:
    return Finding(
        id=ident("f", step.value, subject, *grounds),
        check=step.value,
        subject=subject,
        outcome=outcome,
        grounds=grounds,
        limits=limits,
        tool="quoth.custody.sealed_check",
        version=__version__,
    )
