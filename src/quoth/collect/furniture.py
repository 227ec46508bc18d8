"""The operating system's own files: left out, and counted.

- Only names that a system writes by itself are furniture; no other dotfile is.
- What was left out is told in one line for each folder or archive walked.

Example::

    furniture = Furniture(container="letters.zip")
    if furniture.takes(b"a/.DS_Store"):
        ...
"""

import re
from collections.abc import Iterator

from quoth.collect.incoming import Refused
from quoth.collect.names import shown

__all__ = ["Furniture"]

_FOLDERS = frozenset({b"__MACOSX", b".Spotlight-V100", b".Trashes", b".fseventsd", b".TemporaryItems", b"$RECYCLE.BIN"})
_FILES = re.compile(
    rb"(\.DS_Store|\._.+|Thumbs\.db|ehthumbs\.db|desktop\.ini|\.localized|\.directory)\Z", re.IGNORECASE
)


class Furniture:
    """Counts the furniture of one folder or archive."""

    def __init__(self, *, container: str) -> None:
        self._container = container
        self._count = 0
        self._first = b""

    def takes(self, name: bytes) -> bool:
        """Whether ``name`` (parts split by ``/``) is furniture; if so it is counted."""
        parts = name.split(b"/")
        if not (any(part in _FOLDERS for part in parts) or _FILES.match(parts[-1])):
            return False
        self._count += 1
        self._first = self._first or name
        return True

    def counted(self) -> Iterator[Refused]:
        """One line for all that was left out; none where nothing was."""
        if self._count:
            yield Refused(
                name=shown(self._first),
                container=self._container,
                reason=f"{self._count} of the operating system's own files left out (.DS_Store and the like)",
                hint="if one of them is evidence, add it under another name",
                count=self._count,
                routine=True,
            )
