"""Django set up once in a process, before any model is loaded.

- SQLite with a write-ahead log, immediate transactions and foreign keys.
- The desk adds what it needs to the settings; nothing else reads the environment.

Example::

    configure()
"""

import django
from django.conf import settings

__all__ = ["configure"]

_SETTINGS = {
    "ENGINE": "django.db.backends.sqlite3",
    "OPTIONS": {
        "timeout": 30,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    },
}


def configure() -> None:
    """Set Django up, unless it is set up already."""
    if settings.configured:
        return
    settings.configure(
        DATABASES={"default": {**_SETTINGS, "NAME": ":memory:"}},
        INSTALLED_APPS=["quoth.case.projection"],
        USE_TZ=True,
        TIME_ZONE="UTC",
    )
    django.setup()
