"""Redaction: a file made anew, attacked with the hidden words, then written.

- The file is made behind the fence (:mod:`quoth.case.fence_redact`) and held in memory alone until it passed.
- The leak check looks for every hidden word in the final bytes; a hit, or a part it cannot look into, blocks.
- In a case the log says what was made from what before the file is written; the words stand nowhere in it.

Example::

    report = redact_file(Path("letter.pdf"), plan, out=Path("public.pdf"))
    report.places      # what was hidden, and where
"""

import dataclasses
import hashlib
import hmac
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from quoth.case.casebook import Casebook
from quoth.case.clock import now
from quoth.case.disclosed_table import named_exhibit
from quoth.case.fence_child import kill_all
from quoth.case.fence_frames import Limits
from quoth.case.fence_warm import child_environment, why_ended
from quoth.case.leaks import FileLeaks, _languages, check
from quoth.collect.kinds import kind_of
from quoth.custody.store import EntryDraft
from quoth.errors import CaseError, SealError
from quoth.read import ocr
from quoth.record import wire
from quoth.record.custody import Action, Opening
from quoth.seal.leaks import Finder, read_secrets, shown_name
from quoth.seal.redact_terms import Box, Place, Plan
from quoth.terms.digest import Digest, digest_of

__all__ = ["Box", "NotFound", "Place", "Plan", "Report", "box", "redact_exhibit", "redact_file"]

LARGEST = 512 * 2**20
"""Bytes of an original that is worked on."""
_LIMITS = Limits(memory=3072 * 2**20, cpu_s=1200, wall_s=1800, file=256 * 2**20, output=256 * 2**20)
_HEAD = 8192


_BOX = re.compile(r"(\d{1,6}):" + ",".join([r"(\d{1,7}(?:\.\d{1,3})?)"] * 4), re.ASCII)


def box(text: str) -> Box:
    """``2:60,700,200,40`` as a box: page 2, 60 from the left, 700 from the top; raises :class:`ValueError`."""
    found = _BOX.fullmatch(text)
    if not found:
        raise ValueError(text)
    left, top, width, height = (float(one) for one in found.groups()[1:])
    if not width or not height or not int(found[1]):
        raise ValueError(text)
    return Box(page=int(found[1]), left=left, top=top, width=width, height=height)


class NotFound(SealError):
    """Words to hide do not stand in the file: nothing was written."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The file made: its digest and size, what was hidden where, words not found (by number), the gate's word.

    ``entry`` is the number of the log's entry; -1 for a file of no case.
    """

    digest: Digest
    size: int
    places: tuple[Place, ...]
    remarks: tuple[str, ...]
    missing: tuple[int, ...]
    gate: str
    entry: int = -1


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Passed:
    data: bytes
    report: Report


def redact_file(path: Path, plan: Plan, *, out: Path, allow_missing: bool = False) -> Report:
    """Make ``out`` from a file. Raises :class:`NotFound`, or :class:`SealError` where it cannot or must not be made."""
    passed = _passed(path, plan, out, name=path.name, allow_missing=allow_missing)
    _write(out, passed.data, hint="choose another name with --out")
    return passed.report


def redact_exhibit(
    book: Casebook, exhibit: str, plan: Plan, *, out: Path, by: str, allow_missing: bool = False
) -> Report:
    """Make ``out`` from an exhibit held in the clear, and enter it in the log. Raises like :func:`redact_file`."""
    held = named_exhibit(book, exhibit)
    if held.digest is None or not book.store.has(held.digest):
        raise SealError("this exhibit is not held in the clear", hint="nothing was written; unseal it first")
    if out.resolve().is_relative_to(book.root.resolve()):
        raise SealError("the file would lie in the case", hint="give a place outside of it with --out")
    passed = _passed(
        book.store.object_path(held.digest), plan, out, name=held.title, kind=held.kind, allow_missing=allow_missing
    )
    salt = secrets.token_bytes(32)
    report = passed.report
    value: dict[str, wire.Json] = {
        "exhibit": held.id,
        "gate": report.gate,
        "hidden": len(report.places),
        "kind": "redaction",
        "made": report.digest,
        "not found": len(report.missing),
        "of": held.digest,
        "size": report.size,
    }
    asked = wire.canonical({"made": report.digest, "of": held.digest, "plan": json.dumps(dataclasses.asdict(plan))})
    key = Digest(f"sha256:{hmac.new(salt, asked, hashlib.sha256).hexdigest()}")
    opening = Opening(commitment=report.digest, salt=salt.hex(), value=wire.canonical(value).decode())
    book.store.stage(EntryDraft(action=Action.DERIVED, secret=opening, key=key, note=f"redact {held.id}"))
    (entry,) = book.store.commit(by=by, at=now())
    _write(out, passed.data, hint="the log says that it was made; run the same command again with another --out")
    return dataclasses.replace(report, entry=entry.seq)


def _passed(path: Path, plan: Plan, out: Path, *, name: str, kind: str = "", allow_missing: bool) -> _Passed:
    """The file made and passed by the gate, in memory."""
    if out.exists() or out.is_symlink():
        raise SealError(f"{out} is there already", hint="nothing was written; choose another name with --out")
    listed = "\n".join(" ".join(words.split()).lstrip("#") for words in plan.hide)
    head, data = _fenced(path, plan, name=name, kind=kind, listed=listed)
    places = tuple(Place(words=int(one["words"]), where=str(one["where"])) for one in head["places"])
    missing = tuple(sorted(set(range(1, len(plan.hide) + 1)) - {one.words for one in places}))
    if missing and not allow_missing:
        named = ", ".join(map(str, missing))
        raise NotFound(
            f"not found, so not hidden: --hide number {named}",
            hint="nothing was written; hide the place with --hide-page, or add --allow-missing",
        )
    gate = _gate(data, out, listed) if listed else "no words were given to look for"
    report = Report(
        digest=digest_of(data),
        size=len(data),
        places=places,
        remarks=tuple(map(str, head["remarks"])),
        missing=missing,
        gate=gate,
    )
    return _Passed(data=data, report=report)


def _fenced(path: Path, plan: Plan, *, name: str, kind: str, listed: str) -> tuple[dict[str, Any], bytes]:
    """What the child told and made; raises :class:`SealError` with its fault."""
    try:
        source = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as err:
        raise CaseError(f"{path} cannot be read: {err.strerror}", hint="give a file that exists") from err
    try:
        size = os.fstat(source).st_size
        if not path.is_file():
            raise CaseError(f"{path} is no file", hint="give one file")
        if not 0 < size <= LARGEST:
            said = "is empty" if size == 0 else f"is larger than {LARGEST} bytes"
            raise SealError(f"the file {said}", hint="nothing was written")
        asked = {
            "plan": dataclasses.asdict(plan),
            "kind": kind or kind_of(os.pread(source, _HEAD, 0), name),
            "name": name,
            "languages": _languages(listed) if ocr.program() else "missing",
            "limits": dataclasses.asdict(_LIMITS),
        }
        data = _from_child(source, asked)
    finally:
        os.close(source)
    line, _, made = data.partition(b"\n")
    head: dict[str, Any] = json.loads(line)
    if "fault" in head:
        raise SealError(str(head["fault"]), hint=str(head["hint"]))
    return head, made


def _from_child(source: int, asked: dict[str, Any]) -> bytes:
    """What the child wrote into a file in memory, whose size the kernel limits."""
    folder = tempfile.mkdtemp(prefix="quoth-redact-")
    result = os.memfd_create("made", os.MFD_CLOEXEC)
    command = [sys.executable, "-P", "-m", "quoth.case.fence_redact", str(source), str(result)]
    quiet = subprocess.DEVNULL
    late = False
    try:
        with subprocess.Popen(
            command,
            pass_fds=(source, result),
            stdin=subprocess.PIPE,
            stdout=quiet,
            stderr=quiet,
            env=child_environment(),
            cwd="/",
        ) as child:
            try:
                child.communicate(json.dumps({**asked, "folder": folder}).encode(), timeout=_LIMITS.wall_s)
            except subprocess.TimeoutExpired:
                late = True
            finally:
                if child.returncode is None:
                    kill_all(child.pid)
        status = child.returncode
        if late or status != 0:
            why = why_ended("time" if late else "ended", status, _LIMITS)
            raise SealError(f"making the file stopped: {why}", hint="nothing was written")
        return os.pread(result, os.fstat(result).st_size, 0)
    finally:
        os.close(result)
        shutil.rmtree(folder, ignore_errors=True)


def _gate(data: bytes, out: Path, listed: str) -> str:
    """Attack the final bytes with the hidden words; raises :class:`SealError` on a hit and on a gap."""
    if shown_name(out.name, Finder(read_secrets(listed))) != out.name:
        raise SealError("the name of the file holds hidden words", hint="nothing was written; give --out another name")
    held, words = os.memfd_create("made", os.MFD_CLOEXEC), os.memfd_create("words", os.MFD_CLOEXEC)
    try:
        for file, what in ((held, data), (words, listed.encode())):
            with os.fdopen(os.dup(file), "wb") as target:
                target.write(what)
        report = check([Path(f"/proc/self/fd/{held}")], Path(f"/proc/self/fd/{words}"))
    finally:
        os.close(held)
        os.close(words)
    _stop_at(report.files[0])
    return f"nothing found; pictures read by {report.ocr}"


def _stop_at(found: FileLeaks) -> None:
    hits = [
        f"--hide number {one.line} ({one.form}{' in ' if one.where else ''}{', '.join(one.where)})"
        for one in found.hits
    ]
    if hits:
        raise SealError(
            f"the leak check still finds {'; '.join(hits[:5])}",
            hint="nothing was written; hide the places with --hide-page as well",
        )
    if found.blind:
        where = ", ".join(found.blind[0].where)
        raise SealError(
            f"the leak check could not look into all of it: {where}{': ' if where else ''}{found.blind[0].reason}",
            hint="nothing was written",
        )


def _write(path: Path, data: bytes, *, hint: str) -> None:
    """A new file of mode 0600; what was written of it is removed when anything goes wrong."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except OSError as err:
        raise SealError(f"{path} cannot be made: {err.strerror}", hint=hint) from err
    try:
        with os.fdopen(descriptor, "wb") as target:
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
    except OSError as err:
        path.unlink(missing_ok=True)
        raise SealError(f"{path} cannot be written: {err.strerror}", hint=hint) from err
