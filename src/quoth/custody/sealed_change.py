"""Changes of what is sealed or erased: whole or not at all.

- New files are prepared in a folder of their own and forced, then a plan beside them, then one entry is written:
  that entry is the change. Only then new files take their place and old ones are overwritten and removed.
- After a crash, whoever opens the case next goes on from the plan where the entry stands in the log, and throws the
  folder away where it does not: the state before or the state after, never a third.
- Going on needs no key and no room on the disk. What was received again meanwhile is not removed.

Example::

    with Change(store) as change:
        change.remove.append("objects/ab/cdef…")
        change.commit(EntryDraft(action=Action.ERASED, objects=refs), by="Ada", at=at)
"""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from quoth.custody import folder, forcing
from quoth.custody.faults import not_written
from quoth.custody.openings import commitment_in
from quoth.custody.sealed_store import PENDING
from quoth.custody.store import EntryDraft, NotSigned, Store
from quoth.custody.vault import place_of
from quoth.errors import CustodyError, RecordError
from quoth.record import wire
from quoth.record.custody import CustodyEntry
from quoth.terms.digest import Digest, digest_of

__all__ = ["Change", "finish_changes", "shred", "unfinished"]

_PLAN = "plan"
_ZEROS = bytes(1 << 20)
_SWEPT = (folder.CACHE, "draft")


class Change:
    """One change, as a context: what was not committed at its end is thrown away. The caller is the only writer."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._root = store.root
        self._name = os.urandom(16).hex()
        self._folder = self._root / PENDING / self._name
        self._held = -1
        self.place: list[tuple[str, str]] = []
        """Files made with :meth:`new_file`, and the places that they take (relative to the case)."""
        self.remove: list[str] = []
        """Files to be overwritten and removed (relative to the case)."""
        self.sweep = False
        """Whether everything goes that can be made again or was left behind: cache, draft, temporary files."""
        self._openings: list[tuple[str, str]] = []
        self._made: list[str] = []

    def __enter__(self) -> Self:
        try:
            for path in (folder.SEALED, f"{folder.SEALED}/objects", f"{folder.SEALED}/keys", PENDING):
                (self._root / path).mkdir(mode=0o700, exist_ok=True)
            self._folder.mkdir(mode=0o700)
            self._held = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            fcntl.flock(self._held, fcntl.LOCK_EX)
            for path in (".", folder.SEALED):
                forcing.force_folder(str(self._root / path))
        except OSError as err:
            raise not_written(err, "preparing a change of what is sealed") from err
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._held >= 0:
            os.close(self._held)
        if not (self._folder / _PLAN).exists():
            shutil.rmtree(self._folder, ignore_errors=True)

    @contextlib.contextmanager
    def new_file(self, name: str) -> Iterator[BinaryIO]:
        """A new file of the change, forced before the entry is written; raises :class:`CustodyError`."""
        try:
            descriptor = os.open(self._folder / name, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "w+b") as out:  # buffered: a raw write may be short
                yield out
            self._made.append(name)
        except OSError as err:
            raise not_written(err, "writing what is to be sealed") from err

    def rename(self, name: str, to: str) -> None:
        """Give a file of the change another name."""
        (self._folder / name).rename(self._folder / to)
        self._made[self._made.index(name)] = to

    def drop(self, name: str) -> None:
        """Give up a file of the change."""
        (self._folder / name).unlink()
        self._made.remove(name)

    def take_openings(self, commitments: Collection[Digest]) -> tuple[str, ...]:
        """Prepare that these openings go; gives their lines, without newlines."""
        taken: list[str] = []
        wanted = {str(one) for one in commitments}
        if not wanted:
            return ()
        for path in sorted((self._root / folder.OPENINGS).glob("*.jsonl")):
            lines = path.read_bytes().splitlines(keepends=True)
            gone = [line for line in lines if commitment_in(line) in wanted]
            if not gone:
                continue
            taken += [line.decode().rstrip("\n") for line in gone]
            kept = b"".join(line for line in lines if line not in gone)
            new = f"openings-{len(self._openings)}" if kept else ""
            if kept:
                with self.new_file(new) as out:
                    out.write(kept)
            self._openings.append((path.name, new))
        return tuple(taken)

    def commit(self, draft: EntryDraft, *, by: str, at: str) -> CustodyEntry:
        """Write the plan and the entry, then do what the plan says; gives the entry.

        Raises :class:`CustodyError`: then nothing was changed, or (it says so) the rest is done when the case is
        opened next.
        """
        key = digest_of(self._name.encode())
        try:
            with self.new_file(f"{_PLAN}.new") as out:
                out.write(self._plan(key))
            self._force()
            (self._folder / f"{_PLAN}.new").rename(self._folder / _PLAN)
            forcing.force_folder(str(self._folder))
        except OSError as err:
            raise not_written(err, "preparing a change of what is sealed") from err
        draft = EntryDraft(
            action=draft.action, objects=draft.objects, secret=draft.secret, key=key, note=draft.note, needs=draft.needs
        )
        self._store.stage(draft)
        trouble: CustodyError | None = None
        try:
            self._store.commit(by=by, at=at)
        except CustodyError as err:
            trouble = err
            if not isinstance(err, NotSigned):
                self._store.adopt()
        made = self._store.keys().get(key)
        if made is None:
            (self._folder / _PLAN).unlink(missing_ok=True)
            raise trouble or CustodyError("the entry was not written", hint="nothing was changed; try again")
        _go_on(self._store, self._folder)
        if trouble is not None:
            raise trouble
        return made

    def _force(self) -> None:
        if len(self._made) >= forcing.MANY and forcing.can_force_all():
            forcing.force_all(self._held)
        else:
            for name in self._made:
                forcing.force_file(name, folder=self._held)
            forcing.force_folder(".", folder=self._held)

    def _plan(self, key: Digest) -> bytes:
        return wire.canonical(
            {
                "key": key,
                "openings": [[old, new] for old, new in self._openings],
                "place": [[name, target] for name, target in self.place],
                "remove": [*self.remove],
                "sweep": self.sweep,
            }
        )


def unfinished(root: Path) -> tuple[str, ...]:
    """Changes that are under way or were broken off."""
    try:
        return tuple(sorted(one.name for one in (root / PENDING).iterdir()))
    except OSError:
        return ()


def finish_changes(store: Store) -> int:
    """Finish what a crash broke off; gives how many changes. Does nothing where the case cannot be written now."""
    done = 0
    for name in unfinished(store.root):
        path = store.root / PENDING / name
        try:
            held = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError:
            continue
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with store.only_writer():
                _finish(store, path)
            done += 1
        except (OSError, CustodyError):
            continue  # somebody is at work, or nothing can be written: the audit says what is left
        finally:
            os.close(held)
    return done


def _finish(store: Store, path: Path) -> None:
    if not (path / _PLAN).exists():
        shutil.rmtree(path)
        return
    store.adopt()
    known = store.keys()
    if _read_plan(path)["key"] in known:
        _go_on(store, path)
    else:
        shutil.rmtree(path)


def _read_plan(path: Path) -> dict[str, wire.Json]:
    try:
        value = wire.parse_json((path / _PLAN).read_bytes())
    except RecordError as err:
        raise CustodyError(f"{PENDING}/{path.name}/{_PLAN} is damaged", hint="run: quoth audit CASE") from err
    if not isinstance(value, dict):
        raise CustodyError(f"{PENDING}/{path.name}/{_PLAN} is damaged", hint="run: quoth audit CASE")
    return value


def _pairs(value: wire.Json) -> list[tuple[str, str]]:
    return [(str(one[0]), str(one[1])) for one in value if isinstance(one, list)] if isinstance(value, list) else []


def _go_on(store: Store, path: Path) -> None:
    """Do what the plan says, from wherever it was broken off."""
    plan = _read_plan(path)
    root = store.root
    try:
        for name, target in _pairs(plan["place"]):
            _take_place(path, name, root / target)
        for below in (f"{folder.SEALED}/objects", f"{folder.SEALED}/keys", folder.SEALED):
            forcing.force_folder(str(root / below))
        still = {place_of(one) for one in store.gone()}
        for place in plan["remove"] if isinstance(plan["remove"], list) else ():
            if not str(place).startswith(f"{folder.OBJECTS}/") or place in still:
                shred(root / str(place))
        for old, new in _pairs(plan["openings"]):
            _swap_openings(root / folder.OPENINGS / old, path, new)
        forcing.force_folder(str(root / folder.OPENINGS))
        if plan["sweep"]:
            _sweep(root)
        for one in sorted(path.iterdir()):
            if one.name != _PLAN:
                shred(one)
        shutil.rmtree(path)
        forcing.force_folder(str(root / PENDING))
    except OSError as err:
        raise CustodyError(
            f"the entry stands in the log, but what it says could not be done to its end: {err.strerror}",
            hint="put the cause right, then open the case with any quoth command: it goes on",
        ) from err


def _take_place(pending: Path, name: str, target: Path) -> None:
    """Rename a file of the change to its place; the one that stood there is overwritten later."""
    if not (pending / name).exists():
        return
    if target.exists() and not (pending / f"{name}.old").exists():
        with contextlib.suppress(OSError):  # a file system without links: its blocks are freed as they are
            os.link(target, pending / f"{name}.old")
    (pending / name).rename(target)


def _swap_openings(old: Path, pending: Path, new: str) -> None:
    """Put the lines that stay in the place of a file, then overwrite that file; or only overwrite it."""
    if not new:
        shred(old)
        return
    aside = pending / f"{new}.old"
    if (pending / new).exists():
        if not aside.exists():
            try:
                os.link(old, aside)
            except OSError:  # a file system without links: for a moment the file is not there
                old.rename(aside)
        (pending / new).rename(old)
        forcing.force_folder(str(old.parent))
    shred(aside)


def _sweep(root: Path) -> None:
    for name in _SWEPT:
        top = root / name
        for one in sorted(top.rglob("*"), reverse=True):
            if one.is_dir() and not one.is_symlink():
                one.rmdir()
            else:
                shred(one)
    if (root / "draft").is_dir():
        (root / "draft").rmdir()
    for one in sorted((root / folder.TEMPORARY).rglob("*")):
        if one.is_file():  # of dead writers: we are the only one
            shred(one)


def shred(path: Path) -> None:
    """Overwrite a file with zeros, force them, and remove it; one that is gone is done. Raises :class:`OSError`.

    Nothing more is promised than the disk does: see docs/sealing.md for disks that write elsewhere.
    """
    try:
        if not path.is_symlink():
            path.chmod(0o600)
            with path.open("r+b", buffering=0) as out:
                left = os.fstat(out.fileno()).st_size
                while left > 0:
                    left -= out.write(_ZEROS[: min(left, len(_ZEROS))])
                os.fsync(out.fileno())
        path.unlink()
    except FileNotFoundError:
        return
