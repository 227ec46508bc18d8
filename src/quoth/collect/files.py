"""Walk files, folders and archives, in one fixed order.

- The path that a person names may be a link; below it no link is followed, and none is opened.
- Names are sorted by their bytes, so that every machine gives the same order.
- What cannot be taken is one :class:`Refused` line, and the rest goes on.
- Archives are exhibits themselves; their members follow as streams, never unpacked to disk.
- The operating system's own files are left out and counted; other dotfiles are taken.

Example::

    for item in walk(Path("evidence")):
        if isinstance(item, Incoming):
            with item.open() as stream:
                digest = store(stream)
"""

# Names are bytes here, and pathlib only knows text:
# ruff: noqa: PTH115, PTH116, PTH118, PTH119, PTH123, PTH208

import errno
import functools
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from quoth.collect.archives import members
from quoth.collect.furniture import Furniture
from quoth.collect.incoming import HEAD, Incoming, Limits, Refused, metered, reason_of
from quoth.collect.names import remarks_on, shown
from quoth.errors import CollectError

__all__ = ["Incoming", "Limits", "Refused", "walk"]

_DEFAULTS = Limits()
_SPECIAL = (
    (stat.S_ISFIFO, "a pipe, not a file"),
    (stat.S_ISSOCK, "a socket, not a file"),
    (stat.S_ISCHR, "a device, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
)
_SAME = "everything else was taken in as usual"


def walk(path: Path, *, limits: Limits = _DEFAULTS) -> Iterator[Incoming | Refused]:
    """What stands at ``path``, a file or a folder with all below it, archives looked into.

    Streams of archive members must be read before the next item is asked for. Raises
    :class:`CollectError` where nothing at all stands at ``path``.
    """
    try:
        # The strict resolution also tells a loop of links apart from a missing file.
        place = os.fsencode(path.resolve(strict=True))
        status = os.stat(place)
    except (OSError, RuntimeError, ValueError) as err:
        raise CollectError(
            f"{shown(os.fsencode(path))}: nothing can be taken in ({reason_of(err)})",
            hint="name a file or a folder that exists and that you may read",
        ) from err
    if stat.S_ISDIR(status.st_mode):
        return _folder(place, limits)
    return _file(place, os.path.basename(os.fsencode(path.absolute())) or place, limits)


def _folder(top: bytes, limits: Limits) -> Iterator[Incoming | Refused]:
    furniture = Furniture(container="")
    pending = [(top, b"")]
    while pending:
        place, name = pending.pop()
        if name and furniture.takes(name):
            continue
        try:
            status = os.lstat(place)
            if stat.S_ISDIR(status.st_mode):
                below = sorted(os.listdir(place), reverse=True)
                pending += [(os.path.join(place, one), name + b"/" + one if name else one) for one in below]
                continue
        except OSError as err:
            yield _unreadable(name, err)
            continue
        yield from _file(place, name, limits)
    yield from furniture.counted()


def _file(place: bytes, name: bytes, limits: Limits) -> Iterator[Incoming | Refused]:
    try:
        status = os.lstat(place)
        refused = _not_a_file(place, name, status)
        if refused is not None:
            yield refused
            return
        stream = _opened(place)
    except OSError as err:
        yield _unreadable(name, err)
        return
    label = shown(name)

    with stream:
        try:
            head = stream.read(HEAD)
            seen = os.fstat(stream.fileno())
        except OSError as err:
            yield _unreadable(name, err)
            return
        opened = functools.partial(_again, place, label, seen)
        yield Incoming(name=label, size=seen.st_size, open=opened, remarks=remarks_on(name))
        yield from members(stream, head=head, container=label, limits=limits)


def _again(place: bytes, label: str, seen: os.stat_result) -> BinaryIO:
    """The file that was seen by the walk, opened afresh; raises :class:`CollectError` where it is gone."""
    try:
        stream = _opened(place)
    except OSError as err:
        raise CollectError(f"{label}: {reason_of(err)}", hint="it was there a moment ago; " + _SAME) from err
    now = os.fstat(stream.fileno())
    if (now.st_dev, now.st_ino) != (seen.st_dev, seen.st_ino):
        stream.close()
        raise CollectError(f"{label}: another file took its place meanwhile", hint="take the folder in once more")
    return metered(stream, label=label, watch=lambda _: None)


def _opened(place: bytes) -> BinaryIO:
    """A regular file, never through a link and never waiting for a pipe's other end."""
    handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "no longer a plain file")
    return open(handle, "rb")


def _not_a_file(place: bytes, name: bytes, status: os.stat_result) -> Refused | None:
    if stat.S_ISLNK(status.st_mode):
        return Refused(
            name=shown(name),
            reason=f"a link to {shown(os.readlink(place))}, not followed",
            hint="add the file that it points to by its own path, if it is evidence",
        )
    for is_special, reason in _SPECIAL:
        if is_special(status.st_mode):
            return Refused(name=shown(name), reason=reason, hint=_SAME)
    return None


def _unreadable(name: bytes, err: OSError) -> Refused:
    hints = {
        errno.EACCES: "ask its owner for the right to read it; " + _SAME,
        errno.EPERM: "ask its owner for the right to read it; " + _SAME,
        errno.ENOENT: "it went away while the folder was read; " + _SAME,
    }
    number = err.errno if err.errno is not None else 0
    return Refused(name=shown(name) or ".", reason=reason_of(err), hint=hints.get(number, _SAME))
