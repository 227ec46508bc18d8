"""ZIP archives: members in the order of their bytes.

- APPNOTE.TXT 6.3: the central directory is the list; each member's local header must agree with it.
- Members that share bytes with an earlier one, or with the directory, are refused: a known bomb.
- A name without the UTF-8 flag is read as UTF-8 where it is that, else its bytes are shown escaped.

Example::

    for member in zip_members(stream, container="letters.zip", budget=budget):
        ...
"""

import functools
import stat
import typing
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from quoth.collect.furniture import Furniture
from quoth.collect.incoming import FOREIGN, Budget, Refused, reason_of
from quoth.collect.kinds import package_of
from quoth.collect.member import STEP, Member, noted, shown_member, too_many
from quoth.errors import CollectError

__all__ = ["zip_members"]

_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_UTF8 = 0x800
_SMALL_STEP = 4096
_KEPT = "the archive itself is kept whole; ask whoever gave it for an undamaged copy"


class _Guarded:
    """A seekable stream that refuses to be read in larger pieces than a member list may be."""

    def __init__(self, stream: BinaryIO, largest: int) -> None:
        self._stream = stream
        self._largest = largest
        self.seek = stream.seek
        self.tell = stream.tell
        self.seekable = stream.seekable

    def read(self, size: int = -1) -> bytes:
        asked = self._largest + 1 if size < 0 else size
        if asked > self._largest and (size >= 0 or self._left() > self._largest):
            raise CollectError(
                f"its member list is larger than {self._largest} bytes", hint="unpack it yourself and add the folder"
            )
        return self._stream.read(asked)

    def close(self) -> None:
        """Nothing: the stream belongs to whoever opened it."""

    def _left(self) -> int:
        here = self.tell()
        end = self.seek(0, 2)
        self.seek(here)
        return end - here


def zip_members(stream: BinaryIO, *, container: str, budget: Budget) -> Iterator[Member | Refused]:
    """The members of the ZIP archive ``stream``; none where it is a document in ZIP's clothing."""
    guarded = typing.cast("typing.IO[bytes]", _Guarded(stream, budget.limits.directory_bytes))
    try:
        archive = zipfile.ZipFile(guarded)
    except CollectError as err:
        yield Refused(name=container, reason=str(err), hint=err.hint)
        return
    except FOREIGN as err:
        reason = f"a damaged ZIP archive, its members cannot be listed: {reason_of(err)}"
        yield Refused(name=container, reason=reason, hint=_KEPT)
        return
    with archive:
        infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
        package = package_of(info.filename for info in infos)
        if package:
            reason = f"a document in the form of a ZIP archive ({package}), kept whole"
            hint = "if it holds other files beside the document, unpack it yourself and add the folder"
            yield Refused(name=container, reason=reason, hint=hint, routine=True)
            return
        yield from _listed(archive, infos, container, budget)


def _listed(
    archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], container: str, budget: Budget
) -> Iterator[Member | Refused]:
    furniture = Furniture(container=container)
    seen: set[bytes] = set()
    reached = 0
    for info in infos:
        name = _name_bytes(info)
        over = too_many(budget, container)
        if over is not None:
            yield over
            break
        end = info.header_offset + _LOCAL_HEADER + info.compress_size
        shared = info.header_offset < reached or end > archive.start_dir
        reached = max(reached, min(end, archive.start_dir))
        if (name.endswith(b"/") and not info.file_size) or furniture.takes(name):
            continue
        why = _not_taken(info, shared=shared)
        if why is not None:
            yield Refused(name=shown_member(name), container=container, reason=why[0], hint=why[1])
            continue
        yield Member(
            name=shown_member(name),
            size=info.file_size,
            remarks=noted(name, seen),
            open=functools.partial(_opened, archive, info),
            watch=_watch(info, budget),
            step=STEP if info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) else _SMALL_STEP,
        )
    yield from furniture.counted()


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    return typing.cast("BinaryIO", archive.open(info))


def _watch(info: zipfile.ZipInfo, budget: Budget) -> typing.Callable[[int], None]:
    before = 0

    def watch(produced: int) -> None:
        nonlocal before
        if produced < 0:
            if before != info.file_size:
                raise CollectError(
                    f"ends after {before} bytes, though its archive declares {info.file_size}", hint=_KEPT
                )
            return
        budget.check_ratio(produced, info.compress_size)
        budget.spend(max(0, produced - before))
        before = max(before, produced)

    return watch


def _not_taken(info: zipfile.ZipInfo, *, shared: bool) -> tuple[str, str] | None:
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        return "a link inside an archive, not followed", "what it points to is taken if it is in the archive"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "a device or pipe inside an archive, not a file", "everything else was taken as usual"
    if info.flag_bits & _ENCRYPTED:
        return "encrypted", "ask whoever gave it for the password, unpack it yourself and add the folder"
    if shared:
        return "shares its bytes with another part of the archive: looks like a zip bomb", _KEPT
    return None


def _name_bytes(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437", "surrogateescape")
