"""A bag written beside its place, forced, then put there at once.

- Until :meth:`Written.place` nothing stands at the target; what fails leaves nothing behind.
- Each file passes once: written and hashed with SHA-256 and SHA-512 in the same pass.
- A ZIP has its files in order of writing, one top folder, no times of this machine and no remarks.

Example::

    with writing(Path("hand-over.zip"), files, info=info, sign=None) as written:
        written.digest           # of the first tag manifest
        written.place()
"""

import contextlib
import dataclasses
import errno
import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from quoth.custody import forcing
from quoth.custody.bag import DECLARATION, OURS, bag_info, manifest_text, oxum_of
from quoth.custody.bundle_layout import SIGNATURE, TAGGED
from quoth.errors import CustodyError
from quoth.terms.digest import Digest, digest_of

__all__ = ["Content", "Written", "writing"]

Content = bytes | Callable[[], BinaryIO]
"""A file's bytes, or what opens them as a stream."""

_PIECE = 1 << 20
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644


class _Sink(Protocol):
    """Where the files of a bag go."""

    def add(self, path: str, pieces: Iterable[bytes]) -> None:
        """Write one file."""

    def close(self) -> None:
        """Force everything."""


class _FolderSink:
    """Plain files below a new folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folders = {root}
        root.mkdir(mode=0o755)

    def add(self, path: str, pieces: Iterable[bytes]) -> None:
        target = self._root / path
        if target.parent not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.update({target.parent, *(one for one in target.parents if one.is_relative_to(self._root))})
        with target.open("xb") as out:
            for piece in pieces:
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())

    def close(self) -> None:
        for one in sorted(self._folders, reverse=True):
            forcing.force_folder(str(one))


class _ZipSink:
    """Members of a new ZIP below one top folder."""

    def __init__(self, path: Path, top: str) -> None:
        self._out = path.open("xb")
        self._archive = zipfile.ZipFile(self._out, "w", zipfile.ZIP_DEFLATED)
        self._top = top

    def add(self, path: str, pieces: Iterable[bytes]) -> None:
        info = zipfile.ZipInfo(f"{self._top}/{path}", _FIRST_DAY)
        info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, _PLAIN_FILE << 16, 3
        with self._archive.open(info, "w", force_zip64=True) as out:
            for piece in pieces:
                out.write(piece)

    def close(self) -> None:
        self._archive.close()
        self._out.flush()
        os.fsync(self._out.fileno())
        self._out.close()


@dataclasses.dataclass(kw_only=True)
class Written:
    """A whole bag that waits beside its place."""

    path: Path
    target: Path
    digest: Digest
    tagged: bytes
    """The bytes of the tag manifest that ``digest`` names."""
    size: int
    placed: bool = False

    def place(self) -> None:
        """Put it into its place; raises :class:`CustodyError` where something stands there meanwhile."""
        if self.target.exists():
            raise CustodyError(f"{self.target} came into being meanwhile", hint="choose another name; nothing was lost")
        try:
            self.path.rename(self.target)
            forcing.force_folder(str(self.target.absolute().parent))
        except OSError as err:
            raise _not_written(self.target, err) from err
        self.placed = True


@contextlib.contextmanager
def writing(
    target: Path,
    files: Iterable[tuple[str, Content]],
    *,
    info: Iterable[tuple[str, str]],
    sign: Callable[[bytes], bytes] | None,
) -> Iterator[Written]:
    """Write a bag beside ``target`` (a ZIP where it ends so); removed at the end where it was not placed.

    ``files`` are paths in the bag; ``sign`` makes the signature over the first tag manifest. Raises
    :class:`CustodyError`.
    """
    if target.exists() or target.is_symlink():
        raise CustodyError(f"{target} is there already", hint="nothing was written; choose a name that is free")
    beside = target.with_name(f".{target.name}.{os.urandom(4).hex()}.part")
    try:
        try:
            yield _write(beside, target, files, info=info, sign=sign)
        except OSError as err:
            raise _not_written(target, err) from err
    finally:
        with contextlib.suppress(OSError):
            shutil.rmtree(beside) if beside.is_dir() else beside.unlink(missing_ok=True)


def _write(
    beside: Path,
    target: Path,
    files: Iterable[tuple[str, Content]],
    *,
    info: Iterable[tuple[str, str]],
    sign: Callable[[bytes], bytes] | None,
) -> Written:
    is_zip = target.suffix.lower() == ".zip"
    sink: _Sink = _ZipSink(beside, target.stem) if is_zip else _FolderSink(beside)
    digests: dict[str, dict[str, str]] = {one: {} for one in OURS}
    sizes: dict[str, int] = {}

    def add(path: str, content: Content) -> None:
        hashers = {one: hashlib.new(one) for one in OURS}
        sizes[path] = 0

        def watched() -> Iterator[bytes]:
            for piece in _pieces(content):
                sizes[path] += len(piece)
                for hasher in hashers.values():
                    hasher.update(piece)
                yield piece

        sink.add(path, watched())
        for name, hasher in hashers.items():
            digests[name][path] = hasher.hexdigest()

    add("bagit.txt", DECLARATION)
    for path, content in files:
        add(path, content)
    oxum = oxum_of(size for path, size in sizes.items() if path.startswith("data/"))
    add("bag-info.txt", bag_info([*info, ("Payload-Oxum", oxum)]))
    manifests = {one: _of(digests[one], payload=True) for one in OURS}
    for one, text in manifests.items():
        add(f"manifest-{one}.txt", text)
    tagged = {one: _of(digests[one], payload=False) for one in OURS}
    for one, text in tagged.items():
        sink.add(f"tagmanifest-{one}.txt", [text])
    first = tagged[TAGGED.removeprefix("tagmanifest-").removesuffix(".txt")]
    if sign is not None:
        sink.add(SIGNATURE, [sign(first)])
    sink.close()
    return Written(path=beside, target=target, digest=digest_of(first), tagged=first, size=sum(sizes.values()))


def _of(digests: dict[str, str], *, payload: bool) -> bytes:
    return manifest_text({path: one for path, one in digests.items() if path.startswith("data/") == payload})


def _pieces(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content() as source:
        while piece := source.read(_PIECE):
            yield piece


def _not_written(target: Path, err: OSError) -> CustodyError:
    hints = {
        errno.ENOSPC: "free some space on that disk, or choose another",
        errno.EACCES: "you may not write there: choose another folder",
        errno.EROFS: "that file system is read-only: choose another folder",
        errno.ENOENT: "make the folder first, or choose another",
    }
    return CustodyError(
        f"{target} could not be written: {err.strerror or err}; nothing was handed over",
        hint=hints.get(err.errno or 0, "put the cause right, then hand over again"),
    )
