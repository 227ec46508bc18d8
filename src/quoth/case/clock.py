"""The clock of a case; nothing else asks for the time.

Example::

    >>> len(now())
    20
"""

import datetime

__all__ = ["now"]


def now() -> str:
    """The instant claimed by this machine, RFC 3339 in UTC, to the second."""
    return datetime.datetime.now(tz=datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
