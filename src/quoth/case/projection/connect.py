"""The projection's database: where it is, and how it is opened.

- SQLite in the case's cache folder: write-ahead log, immediate transactions, foreign keys.
- One database at a time in a process; opening another closes the one before.
- A database that is damaged, or was made by another version, is deleted and made again: it is a cache.
- What SQLite says is mapped here, once, to a :class:`CaseError`.

Example::

    open_database(Path("harbour"))
"""

import contextlib
import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import Error, connections

import quoth
from quoth.case.projection import models
from quoth.errors import CaseError

__all__ = ["FAULTS", "close_database", "database_path", "delete_database", "mapped", "open_database"]

FAULTS = (Error,)
"""What the database raises, for faces that read it row by row."""

_FORMS = (quoth.__version__, *(Path(one).read_bytes().hex() for one in (models.__file__,)))
SHAPE = int.from_bytes(hashlib.sha256("\n".join(_FORMS).encode()).digest()[:4], "big") >> 1
"""What this version writes; it stands in SQLite's ``user_version``."""


def database_path(case: Path) -> Path:
    """Where the projection of ``case`` is kept."""
    return case / "cache" / "projection.sqlite3"


def open_database(case: Path) -> None:
    """Open (and make, when missing) the projection of ``case``; raises :class:`CaseError`."""
    path = database_path(case)
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
    except OSError as err:
        raise CaseError(
            f"the projection cannot be written: {path.parent}: {err.strerror}",
            hint="objects and log are untouched; make the folder cache/ writable",
        ) from err
    close_database()
    connections["default"].settings_dict["NAME"] = str(path)
    with mapped(), _alone(path.parent):
        if not _fits(path):
            delete_database(case)
        if not path.exists() or not path.stat().st_size:
            call_command("migrate", verbosity=0, interactive=False)
            with connections["default"].cursor() as cursor:
                cursor.execute(f"PRAGMA user_version={SHAPE}")


@contextlib.contextmanager
def mapped() -> Iterator[None]:
    """Errors of the database, inside, as :class:`CaseError` that says what to do."""
    try:
        yield
    except Error as err:
        if "locked" in str(err):
            raise CaseError(
                "the case is busy: another quoth writes its projection", hint="wait until it is through, then try again"
            ) from err
        raise CaseError(
            f"the projection cannot be used: {err}",
            hint="objects and log are untouched; make cache/ writable, or run: quoth rebuild CASE",
        ) from err


@contextlib.contextmanager
def _alone(cache: Path) -> Iterator[None]:
    """One process at a time looks at the database's shape and makes it."""
    descriptor = os.open(cache, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _fits(path: Path) -> bool:
    """Whether the database is one of this version's, and whole as far as SQLite sees at once; true when missing."""
    if not path.exists() or not path.stat().st_size:
        return True
    held = sqlite3.connect(path, timeout=30)
    try:
        (shape,) = held.execute("PRAGMA user_version").fetchone()
        held.execute("SELECT count(*) FROM projection_mark").fetchone()
    except sqlite3.DatabaseError as err:
        if isinstance(err, sqlite3.OperationalError) and "no such table" not in str(err):
            raise Error(str(err)) from err  # locked, or not to be opened: no sign of damage
        return False
    finally:
        held.close()
    return bool(shape == SHAPE)


def close_database() -> None:
    """Close the connection of this thread."""
    if settings.configured:
        connections["default"].close()


def delete_database(case: Path) -> None:
    """Delete the projection; the case loses nothing."""
    close_database()
    path = database_path(case)
    try:
        for one in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
            one.unlink(missing_ok=True)
    except OSError as err:
        raise CaseError(
            f"the projection cannot be deleted: {path}: {err.strerror}",
            hint="objects and log are untouched; make the folder cache/ writable",
        ) from err
