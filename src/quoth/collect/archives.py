"""Look into archives: members as streams, nothing unpacked to disk.

- ZIP and TAR (plain, gzip, bzip2, xz), archives within archives down to the limit.
- Documents that happen to be ZIP files (DOCX, ODT, EPUB, WACZ, JAR …) are left whole.
- RAR, 7-Zip and the like are exhibits, and a line says that their members were not taken.
- An archive inside an archive is held in memory while it is looked into, up to a limit.

Example::

    for item in members(stream, head=head, container="letters.zip", limits=Limits()):
        ...
"""

import functools
import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import BinaryIO

from quoth.collect.incoming import FOREIGN, HEAD, Budget, Incoming, Limits, Refused, metered, reason_of
from quoth.collect.kinds import kind_by_content, kind_by_name
from quoth.collect.member import Member
from quoth.collect.tars import tar_members
from quoth.collect.zips import zip_members
from quoth.errors import CollectError

__all__ = ["members"]

_ZIP = "application/zip"
_TARS = {"application/x-tar": "", "application/gzip": "gz", "application/x-bzip2": "bz2", "application/x-xz": "xz"}
_OPENED = frozenset({_ZIP, *_TARS})
_NOT_OPENED = {
    "application/vnd.rar": "a RAR archive",
    "application/x-7z-compressed": "a 7-Zip archive",
    "application/vnd.ms-cab-compressed": "a CAB archive",
    "application/zstd": "a Zstandard file",
}
_WHOLE = "kept whole, not looked into"
_UNPACK = "the archive itself is kept; unpack it yourself and add the folder"


def members(stream: BinaryIO, *, head: bytes, container: str, limits: Limits) -> Iterator[Incoming | Refused]:
    """What is in the archive ``stream`` (seekable), if it is one; ``head`` is how it begins.

    ``container`` is the archive's own label. Never raises for what is in the archive.
    """
    budget = Budget(limits, packed=stream.seek(0, io.SEEK_END))
    return _inside(stream, head, container, budget, depth=1)


def _inside(
    stream: BinaryIO, head: bytes, container: str, budget: Budget, *, depth: int
) -> Iterator[Incoming | Refused]:
    kind = kind_by_content(head)
    if not head and kind_by_name(container) in (_OPENED | _NOT_OPENED.keys()):
        reason = "named as an archive, but empty: nothing to look into"
        yield Refused(name=container, reason=reason, hint="the empty file itself is kept")
    elif kind in _NOT_OPENED:
        yield Refused(name=container, reason=f"{_NOT_OPENED[kind]}, {_WHOLE}", hint=_UNPACK)
    elif kind in _OPENED and depth > budget.limits.depth:
        yield Refused(name=container, reason=f"an archive {depth} levels deep, {_WHOLE}", hint=_UNPACK)
    elif kind in _OPENED:
        for member in _members(stream, kind, container, budget):
            if isinstance(member, Refused):
                yield member
            else:
                yield from _taken(member, container, budget, depth=depth)


def _members(stream: BinaryIO, kind: str, container: str, budget: Budget) -> Iterator[Member | Refused]:
    if kind == _ZIP:
        return zip_members(stream, container=container, budget=budget)
    return tar_members(stream, packing=_TARS[kind], container=container, budget=budget)


def _taken(member: Member, container: str, budget: Budget, *, depth: int) -> Iterator[Incoming | Refused]:
    """One member, and what is in it where it is an archive itself."""
    label = f"{container}!{member.name}"
    largest = budget.limits.nested_bytes
    data = b""
    try:
        source = member.open()
        head = source.read(min(HEAD, member.step))
        member.watch(len(head))
        stream = metered(source, label=label, head=head, watch=member.watch, step=member.step)
        nested = kind_by_content(head) in _OPENED and depth < budget.limits.depth
        if nested:
            data = stream.read(largest + 1)
    except CollectError as err:
        reason = str(err).removeprefix(f"{label}: ")
        yield Refused(name=member.name, container=container, reason=reason, hint=err.hint)
        return
    except FOREIGN as err:
        yield Refused(name=member.name, container=container, reason=f"damaged: {reason_of(err)}", hint=_UNPACK)
        return
    held = nested and len(data) <= largest
    if nested and not held:
        stream = metered(stream, label=label, head=data, watch=_unwatched)
    yield Incoming(
        name=member.name,
        container=container,
        size=len(data) if held else member.size,
        open=functools.partial(io.BytesIO, data) if held else _once(stream, label),
        remarks=member.remarks,
    )
    if nested and not held:
        reason = f"an archive of more than {largest} bytes inside an archive, {_WHOLE}"
        yield Refused(name=label, reason=reason, hint=_UNPACK)
    else:
        yield from _inside(io.BytesIO(data), head, label, budget, depth=depth + 1)


def _unwatched(_: int) -> None:
    """Nothing: the stream below is watched already."""


def _once(stream: BinaryIO, label: str) -> Callable[[], AbstractContextManager[BinaryIO]]:
    """An opener that gives ``stream`` the first time, and refuses any other."""
    left = [stream]

    def opened() -> BinaryIO:
        if not left:
            raise CollectError(f"{label}: was read already", hint="walk the archive again to read it once more")
        return left.pop()

    return opened
