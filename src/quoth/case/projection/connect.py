"""The projection's database: where it is, and how it is opened.

- SQLite in the case's cache folder: write-ahead log, immediate transactions, foreign keys.
- One database at a time in a process; opening another closes the one before.

Example::

    open_database(Path("harbour"))
"""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from quoth.errors import CaseError

__all__ = ["close_database", "database_path", "delete_database", "open_database"]


def database_path(case: Path) -> Path:
    """Where the projection of ``case`` is kept."""
    return case / "cache" / "projection.sqlite3"


def open_database(case: Path) -> None:
    """Open (and make, when missing) the projection of ``case``; raises :class:`CaseError`."""
    path = database_path(case)
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as err:
        raise CaseError(
            f"the projection cannot be written: {path.parent}: {err.strerror}",
            hint="objects and log are untouched; make the folder cache/ writable",
        ) from err
    close_database()
    connections["default"].settings_dict["NAME"] = str(path)
    call_command("migrate", verbosity=0, interactive=False)


def close_database() -> None:
    """Close the connection of this thread."""
    if settings.configured:
        connections["default"].close()


def delete_database(case: Path) -> None:
    """Delete the projection; the case loses nothing."""
    close_database()
    path = database_path(case)
    for one in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        one.unlink(missing_ok=True)
