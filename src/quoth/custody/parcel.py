"""A folder, ZIP or TAR read as files, nothing unpacked.

- Members are streams. No member's name ever touches the disk.
- Whatever a package can hold beside plain files with plain names is a fault: links, devices, doubled names,
  names that differ by case alone, names that lead elsewhere, bytes between the members of a ZIP.
- Where everything lies in one top folder, names are those below it (RFC 8493, section 4.2).

Example::

    with open_parcel(Path("hand-over.zip")) as parcel:
        parcel.faults            # nothing, or pairs of what and why
        parcel.open("bagit.txt").read()
"""

import os
import re
import stat
import struct
import tarfile
import types
import typing
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Self

from quoth.errors import CustodyError

__all__ = ["Parcel", "is_package", "name_fault", "open_parcel"]

_DRIVE = re.compile(r"[A-Za-z]:")
_HINT = "get the package again from whoever gave it"
_MOST_FILES = 1_000_000
_MOST_TIMES = 200
_ANY_TIMES_BELOW = 1 << 30
_LOCAL = struct.Struct("<4s22xHH")
_END = 22
"""Bytes of the record that a ZIP ends with where it has no remark (APPNOTE.TXT 6.3, section 4.3.16)."""
_STREAMED = 0x8
_ENCRYPTED = 0x1
_BROKEN = (OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error, struct.error)

Fault = tuple[str, str]
"""What is wrong, in words: a name as shown, and why."""


class Parcel:
    """Files by name, in order of name; ``sizes`` in bytes as declared. Use it as a context manager."""

    def __init__(
        self,
        sizes: Iterable[tuple[str, int]],
        opener: Callable[[str], BinaryIO],
        *,
        faults: Iterable[Fault] = (),
        close: Callable[[], None] = lambda: None,
        folder: Path | None = None,
    ) -> None:
        held = list(sizes)
        self.faults: tuple[Fault, ...] = (*faults, *_name_faults(name for name, _ in held))
        self.sizes = dict(sorted(held))
        self.folder = folder
        """Where the files lie as plain files, or ``None`` for an archive."""
        self._opener = opener
        self._close = close

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: types.TracebackType | None
    ) -> None:
        self._close()

    def open(self, name: str) -> BinaryIO:
        """The file as a stream; raises :class:`CustodyError` where it is not there or cannot be read."""
        if name not in self.sizes:
            raise CustodyError(f"{name} is missing", hint=_HINT)
        try:
            return self._opener(name)
        except (*_BROKEN, zipfile.BadZipFile, tarfile.TarError) as err:
            raise CustodyError(f"{name} cannot be read: {_words(err)}", hint=_HINT) from err

    def read(self, name: str, *, most: int = 1 << 28) -> bytes:
        """The whole file, at most ``most`` bytes; raises :class:`CustodyError`."""
        if self.sizes.get(name, 0) > most:
            raise CustodyError(f"{name} is larger than {most} bytes", hint=_HINT)
        return b"".join(self.pieces(name))

    def pieces(self, name: str, *, size: int = 1 << 18) -> Iterator[bytes]:
        """The file in pieces of at most ``size`` bytes; raises :class:`CustodyError` where it breaks off."""
        try:
            with self.open(name) as source:
                while piece := source.read(size):
                    yield piece
        except (*_BROKEN, zipfile.BadZipFile, tarfile.TarError) as err:
            raise CustodyError(f"{name} cannot be read to its end: {_words(err)}", hint=_HINT) from err


def is_package(path: Path) -> bool:
    """Whether something stands at ``path`` that :func:`open_parcel` may open: a folder, a .zip or a .tar."""
    return path.is_dir() or path.suffix.lower() in (".zip", ".tar")


def open_parcel(path: Path) -> Parcel:
    """The package at ``path``; raises :class:`CustodyError` where none can be read."""
    try:
        if path.is_dir():
            return _folder(path)
        if zipfile.is_zipfile(path):
            return _zip(path)
        if tarfile.is_tarfile(path):
            return _tar(path)
    except (*_BROKEN, zipfile.BadZipFile, tarfile.TarError) as err:
        raise CustodyError(f"{path} cannot be read: {_words(err)}", hint=_HINT) from err
    raise CustodyError(f"{path} is no folder, no whole .zip and no .tar", hint="half of it may be missing: " + _HINT)


def name_fault(name: str) -> str:
    """Why a file of a package may not be called so; empty where it may."""
    parts = name.split("/")
    if any("\ud800" <= one <= "\udfff" for one in name):
        return "its name is not UTF-8"
    if any(unicodedata.category(one) in ("Cc", "Cf", "Zl", "Zp") for one in name):
        return "its name holds characters that cannot be seen"
    if "\\" in name or _DRIVE.match(name) or "" in parts or "." in parts or ".." in parts:
        return "its name leads out of the package, or to no file"
    return ""


def _name_faults(names: Iterable[str]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name in names:
        fault = name_fault(name)
        folded = unicodedata.normalize("NFC", name).casefold()
        if fault:
            yield shown(name), fault
        elif folded in seen:
            same = "is there twice" if seen[folded] == name else f"differs from {shown(seen[folded])} by case alone"
            yield shown(name), same
        seen.setdefault(folded, name)


def shown(name: str) -> str:
    """A name from a package as text that can be printed."""
    return name.encode("unicode_escape").decode()[:200]


def _folder(path: Path) -> Parcel:
    sizes: list[tuple[str, int]] = []
    faults: list[Fault] = []

    def stop(err: OSError) -> None:
        faults.append((shown(str(err.filename)), f"cannot be read: {err.strerror}"))

    for folder, below, names in os.walk(path, onerror=stop):
        below.sort()
        for name in (*names, *(one for one in below if (Path(folder) / one).is_symlink())):
            place = Path(folder) / name
            relative, status = place.relative_to(path).as_posix(), place.lstat()
            if stat.S_ISREG(status.st_mode):
                sizes.append((relative, status.st_size))
            else:
                faults.append((shown(relative), "is no plain file"))
    return Parcel(sizes, lambda name: _opened(path / name), faults=faults, folder=path)


def _opened(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb")


def _zip(path: Path) -> Parcel:
    archive = zipfile.ZipFile(path)
    infos = [one for one in archive.infolist() if not (one.filename.endswith("/") and not one.file_size)]
    faults = [(shown(one.orig_filename), fault) for one in infos if (fault := _zip_fault(one))]
    faults += _hidden(path, archive)
    faults += _too_much(sum(one.file_size for one in infos), path.stat().st_size, len(infos))
    top = _top([one.filename for one in infos])
    by_name = {one.filename.removeprefix(top): one for one in infos}
    return Parcel(
        ((one.filename.removeprefix(top), one.file_size) for one in infos),
        lambda name: typing.cast("BinaryIO", archive.open(by_name[name])),
        faults=faults,
        close=archive.close,
    )


def _zip_fault(info: zipfile.ZipInfo) -> str:
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "is no plain file"
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted"
    return "its name has a part that is cut off" if "\0" in info.orig_filename else ""


def _hidden(path: Path, archive: zipfile.ZipFile) -> Iterator[Fault]:
    """Bytes of a ZIP that belong to no member: before, between, after them, or shared by two."""
    end = 0
    with path.open("rb") as source:
        for info in sorted(archive.infolist(), key=lambda one: one.header_offset):
            source.seek(info.header_offset)
            head = source.read(_LOCAL.size)
            if len(head) < _LOCAL.size or info.header_offset < end:
                yield shown(info.filename), "shares its bytes with another member"
                return
            if info.header_offset > end:
                yield shown(info.filename), "before it stand bytes that belong to no file"
                return
            _, name, extra = _LOCAL.unpack(head)
            end = info.header_offset + _LOCAL.size + name + extra + info.compress_size
            if info.flag_bits & _STREAMED:  # a descriptor of unknown length follows
                end = archive.start_dir if info is archive.infolist()[-1] else _next(archive, info)
        source.seek(-min(_END, source.seek(0, os.SEEK_END)), os.SEEK_END)
        last = source.read()
    if archive.start_dir != end or not last.startswith(b"PK\x05\x06"):
        yield path.name, "holds bytes that belong to no file"


def _next(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> int:
    later = [one.header_offset for one in archive.infolist() if one.header_offset > info.header_offset]
    return min(later, default=archive.start_dir)


def _tar(path: Path) -> Parcel:
    archive = tarfile.open(path, "r:", encoding="utf-8", errors="surrogateescape")  # noqa: SIM115 - closed by the parcel
    members = [one for one in archive.getmembers() if not one.isdir()]
    faults = [(shown(one.name), "is no plain file") for one in members if not one.isreg() or one.issparse()]
    faults += _too_much(sum(one.size for one in members), path.stat().st_size, len(members))
    top = _top([one.name for one in members])
    by_name = {one.name.removeprefix(top): one for one in members}

    def opened(name: str) -> BinaryIO:
        made = archive.extractfile(by_name[name]) if by_name[name].isreg() else None
        if made is None:
            raise OSError("it is no plain file")
        return typing.cast("BinaryIO", made)

    sizes = ((one.name.removeprefix(top), one.size) for one in members)
    return Parcel(sizes, opened, faults=faults, close=archive.close)


def _top(names: list[str]) -> str:
    """The one top folder that holds ``bagit.txt`` and everything else, with its slash; else empty."""
    tops = {name.partition("/")[0] + "/" for name in names}
    if len(tops) == 1 and (top := next(iter(tops))) + "bagit.txt" in names:
        return top
    return ""


def _too_much(size: int, packed: int, count: int) -> Iterator[Fault]:
    if size > max(_ANY_TIMES_BELOW, _MOST_TIMES * packed):
        yield "the package", f"would unpack to {size} bytes, more than {_MOST_TIMES} times its own: a bomb"
    if count > _MOST_FILES:
        yield "the package", f"holds more than {_MOST_FILES} files"


def _words(err: BaseException) -> str:
    return (err.strerror if isinstance(err, OSError) else "") or str(err) or type(err).__name__
