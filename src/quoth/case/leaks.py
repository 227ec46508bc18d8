"""The leak check over files: paths and processes around ``seal.leaks``.

- Every file is opened by a fenced child of its own; a crash there is a gap that names the file.
- Folders are walked; links are followed only where they are named themselves.
- No file is written.

Example::

    report = check([Path("dossier")], Path("secrets.txt"))
    report.code      # 0 nothing found, 1 a hit, 3 something could not be looked into
"""

import dataclasses
import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from quoth.case.fence_frames import Limits
from quoth.case.fence_warm import Gone, Warm, why_ended
from quoth.errors import CaseError
from quoth.read import ocr
from quoth.seal.leaks import Blind, Finder, Hit, read_secrets, shown_name

__all__ = ["FileLeaks", "LeakReport", "check", "walked"]

_MIB = 2**20
_LEAST_SPEED = _MIB // 4
"""Bytes a second that even a slow file must reach before it is stopped."""
_LARGEST_LIST = 4 * _MIB


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FileLeaks:
    """What was found in one file, and what could not be looked into."""

    file: str
    size: int
    hits: tuple[Hit, ...] = ()
    blind: tuple[Blind, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LeakReport:
    """All files, how many secrets were looked for, and by what pictures were read (empty: they were not)."""

    files: tuple[FileLeaks, ...]
    secrets: int
    ocr: str

    @property
    def hits(self) -> int:
        """Hits in all files."""
        return sum(len(one.hits) for one in self.files)

    @property
    def blind(self) -> int:
        """Gaps in all files."""
        return sum(len(one.blind) for one in self.files)

    @property
    def code(self) -> int:
        """1 with a hit, else 3 with a gap, else 0."""
        return 1 if self.hits else 3 if self.blind else 0

    def to_json(self) -> dict[str, Any]:
        """The report for machines and for the log."""
        return {
            "outcome": {0: "nothing found", 1: "found", 3: "not checked"}[self.code],
            "secrets": self.secrets,
            "ocr": self.ocr or "off",
            "files": [dataclasses.asdict(one) for one in self.files],
        }


def walked(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and all files below the folders named; raises :class:`CaseError` for what is not there."""
    for path in paths:
        if path.is_dir():
            for folder, below, names in os.walk(path):
                below.sort()
                yield from (Path(folder) / name for name in sorted(names))
        elif path.exists():
            yield path
        else:
            raise CaseError(f"{path} is not there", hint="nothing was checked; give files or folders that exist")


def check(
    paths: Iterable[Path],
    secrets: Path,
    *,
    with_ocr: bool = True,
    show: bool = False,
    told: Callable[[FileLeaks], None] = lambda _: None,
) -> LeakReport:
    """Look into every file for every secret in the file ``secrets``; ``told`` hears of each file when it is done.

    Raises :class:`SealError` for a list that cannot be used and :class:`CaseError` for paths.
    """
    text = _list_of(secrets)
    finder = Finder(read_secrets(text))
    files = list(walked(paths))
    if not files:
        raise CaseError("no file to look into", hint="the folder is empty")
    languages = (_languages(text) if ocr.program() else "missing") if with_ocr else ""
    asked = {"secrets": text, "show": show, "ocr": languages}
    found = []
    with _Looking(asked) as looking:
        for path in files:
            name = str(path) if show else shown_name(str(path), finder)
            one = dataclasses.replace(looking.look(path), file=name)
            found.append(one)
            told(one)
    by = "" if not with_ocr else ocr.program() or "tesseract is missing"
    return LeakReport(files=tuple(found), secrets=len(finder.secrets), ocr=by)


def _list_of(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST_LIST + 1)
    except OSError as err:
        raise CaseError(
            f"the list of secrets cannot be read: {err.strerror}", hint="give --secrets a text file"
        ) from err
    if len(data) > _LARGEST_LIST:
        raise CaseError(f"the list of secrets is larger than {_LARGEST_LIST} bytes", hint="divide it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CaseError("the list of secrets is not UTF-8", hint="save it as UTF-8, one secret a line") from None


def _languages(text: str) -> str:
    """English, and Chinese where a secret has Chinese characters."""
    chinese = any("\u3400" <= one <= "\u9fff" for one in text)
    found = ocr.languages_for("en") or "eng"
    return "+".join(dict.fromkeys((found, *((ocr.languages_for("zh"),) if chinese else ()))))


class _Looking:
    """The warm process that knows the secrets."""

    def __init__(self, asked: dict[str, Any]) -> None:
        self._warm = Warm("quoth.case.fence_leaks", given=json.dumps(asked).encode())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._warm.drop()

    def look(self, path: Path) -> FileLeaks:
        """Look into one file; whatever fails is a gap."""
        try:
            source = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        except OSError as err:
            return _blind(path, 0, f"it could not be opened: {err.strerror}")
        try:
            size = os.fstat(source).st_size
            if not path.is_file():
                return _blind(path, size, "it is no file")
            return self._job(source, path, size)
        except (Gone, OSError):
            self._warm.drop()
            return _blind(path, size, "looking stopped: the looking process went away")
        finally:
            os.close(source)

    def _job(self, source: int, path: Path, size: int) -> FileLeaks:
        seconds = 300 + size // _LEAST_SPEED
        limits = Limits(cpu_s=seconds, wall_s=seconds * 2, memory=3072 * _MIB)
        job = {"name": path.name, "limits": dataclasses.asdict(limits)}
        data, ended = self._warm.run(json.dumps(job).encode(), source, limits)
        return _understood(data, ended, path, size=size, limits=limits)


def _blind(path: Path, size: int, reason: str) -> FileLeaks:
    return FileLeaks(file=str(path), size=size, blind=(Blind(where=(), reason=reason),))


def _understood(data: bytes, ended: dict[str, int | str], path: Path, *, size: int, limits: Limits) -> FileLeaks:
    """What the child told; without its last word the file counts as not looked into."""
    hits: list[Hit] = []
    blind: list[Blind] = []
    whole = False
    for line in data.splitlines():
        try:
            told = json.loads(line)
            hits += [_hit(told["hit"])] if "hit" in told else []
            blind += (
                [Blind(where=_where(told["blind"]), reason=str(told["blind"]["reason"]))] if "blind" in told else []
            )
            whole = whole or told.get("done") is True
        except (ValueError, KeyError, TypeError, AttributeError):
            break
    if not whole or ended.get("reason") != "ended" or ended.get("status") != 0:
        why = why_ended(str(ended.get("reason")), int(ended.get("status", 1)), limits)
        blind.append(
            Blind(where=(), reason=f"looking stopped: it {why}" if why[0] in "tug" else f"looking stopped: {why}")
        )
    return FileLeaks(file=str(path), size=size, hits=tuple(hits), blind=tuple(blind))


def _where(told: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(part) for part in told["where"])


def _hit(told: dict[str, Any]) -> Hit:
    return Hit(
        line=int(told["line"]),
        kind=str(told["kind"]),
        masked=str(told["masked"]),
        where=_where(told),
        form=str(told["form"]),
    )
