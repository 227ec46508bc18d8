"""The place of a dossier: only ours is replaced, in one move.

- A folder that holds a file which no dossier of ours names is never touched.
- Nothing is written into the case but its own ``draft``.

Example::

    refuse_foreign(book.root, Path("dossier"))
"""

import fcntl
import json
import os
import shutil
from pathlib import Path

from quoth.errors import PublishError

__all__ = ["refuse_foreign", "take_place"]

_ALWAYS = frozenset({"manifest.json", "SHA256SUMS"})
_HINT = "nothing was changed; choose another folder with --out"


def refuse_foreign(root: Path, target: Path) -> None:
    """Raise :class:`PublishError` unless a dossier of the case at ``root`` may stand at ``target``."""
    place, case = target.resolve(), root.resolve()
    if place.is_relative_to(case) and place != case / "draft":
        raise PublishError(f"{target} lies in the case, where only the draft may stand", hint=_HINT)
    if not target.exists():
        return
    if not target.is_dir():
        raise PublishError(f"{target} is a file", hint=_HINT)
    try:
        strange = _strange(target)
    except OSError as err:
        raise PublishError(f"{target} cannot be looked at: {err.strerror}", hint=_HINT) from err
    if strange:
        raise PublishError(
            f"{target} is not one of our dossiers and is not empty: it holds {strange}",
            hint=_HINT,
        )


def _strange(target: Path) -> str:
    """A file that no manifest of ours names; empty when there is none."""
    named: set[str] = set()
    try:
        value = json.loads((target / "manifest.json").read_bytes())
        if {"log_size", "log_head", "made_at"} <= set(value):
            named = {*_ALWAYS, *(str(one["path"]) for one in value["files"])}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        named = set()
    for one in target.rglob("*"):
        name = one.relative_to(target).as_posix()
        if name not in named and (one.is_symlink() or not one.is_dir()):
            return name
    return ""


def take_place(root: Path, beside: Path, target: Path) -> None:
    """Put the folder ``beside`` in the place of ``target``; one publisher at a time for a case.

    Raises :class:`OSError`; then the one before stands where it stood.
    """
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if not target.exists():
            beside.rename(target)
            return
        old = beside.with_name(f"{beside.name}-old")
        target.rename(old)
        try:
            beside.rename(target)
        except OSError:
            old.rename(target)
            raise
        shutil.rmtree(old)
    finally:
        os.close(descriptor)
