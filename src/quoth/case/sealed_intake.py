"""Files sealed while they are taken in, never in the clear.

- Files and folders are walked as usual; archives are sealed whole and not looked into.
- What is refused is named by its place in the list, never by its name.

Example::

    report = seal_files(book, [Path("letter.pdf")], identities, by="Ada")
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from quoth.case.casebook import Casebook
from quoth.case.clock import now
from quoth.case.intake import read_when
from quoth.case.sealing import SealReport, Seals, Spoken
from quoth.collect.exhibits import provenance_of
from quoth.collect.files import Incoming, walk
from quoth.collect.kinds import kind_by_name, kind_of
from quoth.collect.provenance import Declared, gather, is_provenance, merge
from quoth.errors import CaseError, CollectError
from quoth.record.exhibit import Exhibit, ExhibitStatus
from quoth.seal.sealed_recipients import Identity

__all__ = ["seal_files"]

BATCH = 128
"""Files that share one entry and one forcing of the disk."""

HEAD = 8192


class _Headed:
    """A stream whose first bytes were looked at."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        if not self._head:
            return self._rest.read(size)
        size = len(self._head) if size < 0 else size
        piece, self._head = self._head[:size], self._head[size:]
        return piece


def seal_files(
    book: Casebook,
    paths: Iterable[Path],
    identities: Sequence[Identity],
    *,
    by: str,
    declared: Declared | None = None,
    progress: Callable[[str, int], None] = lambda _step, _count: None,
) -> SealReport:
    """Seal every file below ``paths``, a batch an entry; what was refused is in the report."""
    seals, whole = Seals(book, identities), SealReport()
    waiting: list[tuple[int, Incoming, Declared]] = []
    for number, one in enumerate(_found(book, paths, declared or Declared(), whole), start=1):
        waiting.append((number, *one))
        if len(waiting) >= BATCH:
            _seal(seals, waiting, whole, by=by)
            progress("sealing", number)
    _seal(seals, waiting, whole, by=by)
    return whole


def _found(
    book: Casebook, paths: Iterable[Path], said: Declared, whole: SealReport
) -> Iterator[tuple[Incoming, Declared]]:
    for place, path in enumerate(paths, start=1):
        if path.resolve().is_relative_to(book.root.resolve()):
            raise CaseError(f"the {_nth(place)} path lies in the case", hint="nothing was sealed from there")
        try:
            beside = gather(path, read_date=read_when)
            items = list(walk(path))
        except CollectError:
            whole.refused.append(f"the {_nth(place)} path cannot be read")
            continue
        for item in items:
            if not isinstance(item, Incoming):
                whole.refused += [] if item.routine else [f"a file below the {_nth(place)} path: {item.reason}"]
            elif not item.container and not is_provenance(item.name):
                yield item, merge(beside.declared_for(item.name, item.container), said)


def _nth(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in {11, 12, 13} else "th"
    return f"{number}{ending}"


def _seal(seals: Seals, waiting: list[tuple[int, Incoming, Declared]], whole: SealReport, *, by: str) -> None:
    if waiting:
        report = seals.take_in(_opened(waiting, whole), by=by)
        whole.names += report.names
        whole.known += report.known
        waiting.clear()


def _opened(waiting: Sequence[tuple[int, Incoming, Declared]], whole: SealReport) -> Iterator[tuple[_Headed, Spoken]]:
    for number, item, said in waiting:
        with contextlib.ExitStack() as stack:
            try:
                stream = stack.enter_context(item.open())
                head = stream.read(HEAD)
            except (CollectError, OSError):
                whole.refused.append(f"the {_nth(number)} file cannot be read")
                continue
            yield _Headed(head, stream), _record(item, said, head)


def _record(item: Incoming, said: Declared, head: bytes) -> Spoken:
    def record(name: str, size: int) -> Exhibit:
        return Exhibit(
            id=name,
            status=ExhibitStatus.HELD,
            title=item.name.rstrip("/").rsplit("/", 1)[-1] or item.name,
            size=size,
            kind=kind_of(head, item.name),
            kind_by_name=kind_by_name(item.name),
            provenances=(provenance_of(item, said, received_at=now()),),
        )

    return record
