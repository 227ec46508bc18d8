"""Damaged and missing objects put right from a second copy.

- A copy counts only when its bytes have the digest that the log names; where it comes from does not matter:
  another case, a bag, any folder.
- The damaged bytes are kept under ``damaged/``, never thrown away; then the good copy takes the place at once.
- What was erased is never brought back. An entry says what was put right.

Example::

    repaired = repair(store, damaged, Path("/backup/harbour"))
"""

import dataclasses
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from quoth.custody import folder, forcing
from quoth.custody.log_check import AuditStep
from quoth.custody.staging import Staging
from quoth.custody.store import EntryDraft, Store
from quoth.custody.vault import READ, hash_file, place_of
from quoth.errors import CustodyError
from quoth.record.custody import Action, ObjectRef
from quoth.record.finding import Finding
from quoth.terms.digest import Digest, hex_of

__all__ = ["Repaired", "damaged_in", "enter_repair", "repair"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """An object put right: its digest and size, and where the damaged bytes are kept (empty: there were none)."""

    digest: Digest
    size: int
    aside: str


def repair(store: Store, damaged: Mapping[Digest, int], source: Path) -> Iterator[Repaired]:
    """Put right what copies below ``source`` allow; ``damaged`` are digests with the sizes that the log names.

    Raises :class:`CustodyError` when ``source`` is no folder or the case cannot be written.
    """
    if not source.is_dir():
        raise CustodyError(f"{source} is no folder", hint="give the folder of another copy: a case, a bag, a backup")
    waiting = dict(damaged)
    staging = Staging(str(store.root))
    buffer = memoryview(bytearray(READ))
    try:
        for path in _candidates(source, damaged):
            digest = _digest_of_file(path, buffer)
            if digest is None or digest not in waiting:
                continue
            aside = _put_right(store, staging, path, digest)
            if aside is not None:
                yield Repaired(digest=digest, size=waiting.pop(digest), aside=aside)
            if not waiting:
                return
    except OSError as err:
        raise CustodyError(
            f"repairing failed: {err.strerror}; what was put right before is kept, no damaged bytes were lost",
            hint="put the cause right, then run the same command again",
        ) from err
    finally:
        staging.discard()


def damaged_in(store: Store, findings: Iterable[Finding]) -> dict[Digest, int]:
    """The objects that findings of an audit call damaged or missing and that the log names, with their sizes."""
    checks = (AuditStep.BYTES.value, AuditStep.PRESENT.value)
    places = {one.subject for one in findings if one.check in checks}
    made: dict[Digest, int] = {}
    for entry in store.entries():
        for ref in entry.objects:
            if ref.digest is None or place_of(ref.digest) not in places:
                continue
            if entry.action is Action.ERASED:
                made.pop(ref.digest, None)
            else:
                made.setdefault(ref.digest, ref.size)
    return made


def enter_repair(store: Store, repaired: Iterable[Repaired], *, by: str, at: str) -> None:
    """One entry about everything that was put right."""
    refs = tuple(ObjectRef(digest=one.digest, size=one.size) for one in repaired)
    if refs:
        store.stage(EntryDraft(action=Action.AUDITED, objects=refs, note=f"repaired {len(refs)} from a second copy"))
        store.commit(by=by, at=at)


def _candidates(source: Path, damaged: Mapping[Digest, int]) -> Iterator[Path]:
    """Files that may hold one of the objects: where another case or a bag has it, then any of a fitting size."""
    places = [(place_of(one), f"data/{place_of(one)}", hex_of(one), place_of(one).partition("/")[2]) for one in damaged]
    likely = [source / place for one in places for place in one if (source / place).is_file()]
    yield from likely
    sizes, seen = set(damaged.values()), set(likely)
    for top, folders, names in os.walk(source):
        folders.sort()
        for name in sorted(names):
            path = Path(top, name)
            if path not in seen and path.is_file() and not path.is_symlink() and path.stat().st_size in sizes:
                yield path


def _digest_of_file(path: Path, buffer: memoryview) -> Digest | None:
    try:
        return hash_file(str(path), buffer)[0]
    except OSError:
        return None  # a damaged second copy: the next candidate may be whole


def _put_right(store: Store, staging: Staging, source: Path, digest: Digest) -> str | None:
    """Copy, keep the damaged bytes, take the place; gives where they are kept, ``None`` if the copy was not good."""
    descriptor, name = staging.new_file(0o444)
    hasher, buffer = hashlib.sha256(), memoryview(bytearray(READ))
    with os.fdopen(descriptor, "wb") as out, source.open("rb", buffering=0) as good:
        while count := good.readinto(buffer):
            hasher.update(buffer[:count])
            out.write(buffer[:count])
    if hasher.hexdigest() != hex_of(digest):
        staging.drop(name)
        return None
    aside = _keep_aside(store.root, digest)
    staging.place_later(name, place_of(digest))
    staging.place()
    return aside


def _keep_aside(root: Path, digest: Digest) -> str:
    """A second name, forced, for the damaged bytes before their first one is taken; empty where there are none."""
    target, kept = root / place_of(digest), root / folder.DAMAGED
    if not target.exists():
        return ""
    kept.mkdir(mode=0o700, exist_ok=True)
    number = 1
    while (kept / f"{hex_of(digest)}-{number}").exists():
        number += 1
    aside = kept / f"{hex_of(digest)}-{number}"
    try:
        aside.hardlink_to(target)
    except OSError:  # a file system without links: for a moment the object is missing instead of damaged
        target.rename(aside)
    forcing.force_folder(str(kept))
    forcing.force_folder(str(root))
    return f"{folder.DAMAGED}/{aside.name}"
