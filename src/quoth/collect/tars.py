"""TAR archives, plain or packed: members in order, in one pass.

- POSIX.1-2001 pax and older forms; ``tarfile`` reads the headers, nothing is extracted by name.
- The stream only goes forward, so that a packed archive is unpacked once.
- An archive that ends early, breaks off in a damaged header or goes on after its end says so.

Example::

    for member in tar_members(stream, packing="gz", container="letters.tar.gz", budget=budget):
        ...
"""

import bz2
import functools
import gzip
import tarfile
import typing
from collections.abc import Iterator
from typing import BinaryIO

from quoth.collect.furniture import Furniture
from quoth.collect.incoming import FOREIGN, Budget, Refused, reason_of
from quoth.collect.kinds import is_tar_header
from quoth.collect.member import Member, noted, shown_member, too_many
from quoth.collect.onward import Counted, Onward, Unxz
from quoth.errors import CollectError

__all__ = ["tar_members"]

_BLOCK = 512
_KEPT = "the archive itself is kept whole; ask whoever gave it for an undamaged copy"


def tar_members(stream: BinaryIO, *, packing: str, container: str, budget: Budget) -> Iterator[Member | Refused]:
    """The members of the TAR archive in ``stream``, packed by ``gz``, ``bz2``, ``xz`` or nothing.

    None where a packed stream holds something else than a TAR archive.
    """
    stream.seek(0)
    packed = Counted(stream, step=8192 if packing else 1 << 20)
    onward = Onward(_unpacked(packed, packing), packed=packed, budget=budget)
    try:
        block = onward.read(_BLOCK)
        if not is_tar_header(block):
            return
        onward.seek(0)
        archive = tarfile.TarFile(
            fileobj=typing.cast("typing.IO[bytes]", onward), mode="r", encoding="utf-8", errors="surrogateescape"
        )
    except CollectError as err:
        yield Refused(name=container, reason=str(err), hint=err.hint)
        return
    except FOREIGN as err:
        yield Refused(name=container, reason=f"damaged: {reason_of(err)}", hint=_KEPT)
        return
    yield from _listed(archive, onward, container, budget)


def _unpacked(packed: Counted, packing: str) -> BinaryIO:
    source = typing.cast("typing.IO[bytes]", packed)
    if packing == "gz":
        return typing.cast("BinaryIO", gzip.GzipFile(fileobj=source, mode="rb"))
    if packing == "bz2":
        return typing.cast("BinaryIO", bz2.BZ2File(source, mode="rb"))
    if packing == "xz":
        return typing.cast("BinaryIO", Unxz(packed))
    return typing.cast("BinaryIO", packed)


def _listed(archive: tarfile.TarFile, onward: Onward, container: str, budget: Budget) -> Iterator[Member | Refused]:
    furniture = Furniture(container=container)
    seen: set[bytes] = set()
    while True:
        try:
            info = archive.next()
            over = None if info is None else too_many(budget, container)
        except CollectError as err:
            over = Refused(name=container, reason=f"{err}: the rest was not taken", hint=err.hint)
        except FOREIGN as err:
            reason = f"damaged: {reason_of(err)}; the members after this were not taken"
            over = Refused(name=container, reason=reason, hint=_KEPT)
        if over is not None:
            yield over
            break
        if info is None:
            yield from _ending(onward, container)
            break
        name = info.name.encode("utf-8", "surrogateescape")
        if info.isdir() or furniture.takes(name):
            continue
        reason = _not_taken(info)
        if reason:
            hint = "what it points to is taken if it is in the archive" if info.islnk() or info.issym() else ""
            yield Refused(name=shown_member(name), container=container, reason=reason, hint=hint)
            continue
        yield Member(
            name=shown_member(name),
            size=info.size,
            remarks=noted(name, seen),
            open=functools.partial(_opened, archive, info),
            watch=_watch(info, onward, budget),
        )
    yield from furniture.counted()


def _opened(archive: tarfile.TarFile, info: tarfile.TarInfo) -> BinaryIO:
    source = archive.extractfile(info)
    if source is None:
        raise CollectError("not a file", hint=_KEPT)
    return typing.cast("BinaryIO", source)


def _watch(info: tarfile.TarInfo, onward: Onward, budget: Budget) -> typing.Callable[[int], None]:
    start = onward.packed.count
    before = 0

    def watch(produced: int) -> None:
        nonlocal before
        if produced < 0:
            return
        budget.check_ratio(produced, onward.packed.count - start)
        if info.issparse():
            # The holes of a sparse member are made here and never pass through the archive's stream.
            budget.spend(max(0, produced - before))
        before = max(before, produced)

    return watch


def _not_taken(info: tarfile.TarInfo) -> str:
    if info.issym() or info.islnk():
        target = shown_member(info.linkname.encode("utf-8", "surrogateescape"))
        return f"a link to {target} inside an archive, not followed"
    if not info.isfile():
        return "a device or pipe inside an archive, not a file"
    return ""


def _ending(onward: Onward, container: str) -> Iterator[Refused]:
    """Lines on how the archive ends, where it does not end as it should (POSIX: two blocks of zeros)."""
    try:
        if onward.short:
            reason = "ends without its end mark: members may be missing"
        elif any(onward.last(_BLOCK)):
            reason = "a damaged header: what follows in the archive was not taken"
        elif onward.goes_on():
            reason = "more bytes follow after the archive's end mark; they were not looked into"
        else:
            return
    except CollectError as err:
        reason = str(err)
    except FOREIGN as err:
        reason = f"damaged at its end: {reason_of(err)}"
    yield Refused(name=container, reason=reason, hint=_KEPT)
