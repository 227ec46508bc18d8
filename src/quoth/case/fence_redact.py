"""The far side of redaction: one fenced child makes one file.

- The child gets the original as an open file and the plan through a pipe; what it makes goes out through another.
- It has the limits of a reader, no network, and a temporary folder of its own.
- The words to hide stand in no argument, file or environment.

Started by :mod:`quoth.case.redacting` as ``python -m quoth.case.fence_redact SOURCE RESULT``.
"""

import dataclasses
import io
import json
import os
import subprocess
import sys
from typing import Any, NoReturn

from quoth.case.fence_child import enclose
from quoth.case.fence_frames import NO_MEMORY, Job, Limits
from quoth.errors import SealError
from quoth.read import readers
from quoth.read.readers import ReadRequest, reader_for
from quoth.record.finding import Finding
from quoth.record.passage import Passage
from quoth.record.rendition import Part
from quoth.seal.redact import redacted, redacted_words
from quoth.seal.redact_terms import Box, Made, Plan, Word
from quoth.seal.redact_words import read_table
from quoth.terms.digest import Digest

__all__ = ["main"]

_OCR_SECONDS = 120
_WORDED = frozenset({"text", "html", "office", "mail"})
"""The readers whose passages are the whole of what a file says."""
_NOWHERE = Digest("sha256:" + "0" * 64)


def main() -> None:
    """Make one file and leave without clean-up."""
    source, result = int(sys.argv[1]), int(sys.argv[2])
    asked: dict[str, Any] = json.load(sys.stdin)
    _warm(asked["kind"])
    _make_and_leave(asked, source, result)


def _warm(kind: str) -> None:
    """Import what will be needed, before the first byte is read."""
    if kind.startswith("image/"):
        import PIL.Image

        PIL.Image.init()
    found = reader_for(kind)
    if found is not None:
        readers.warm(found)


def _make_and_leave(asked: dict[str, Any], source: int, result: int) -> NoReturn:
    code = 1
    try:
        limits = Limits(**asked["limits"])
        request = ReadRequest(exhibit="", digest=_NOWHERE, size=0, kind="")
        job = Job(request=request, limits=limits)
        enclose(job, (source, result), asked["folder"], os.getppid())
        with os.fdopen(source, "rb") as stream:
            data = stream.read()
        head, made = _made(data, asked)
        with os.fdopen(result, "wb") as target:
            target.write(json.dumps(head).encode() + b"\n")
            target.write(made)
        code = 0
    except MemoryError:
        code = NO_MEMORY
    finally:
        os._exit(code)


def _made(data: bytes, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """What to tell and the bytes made; every fault is told in one line."""
    reader, plan, kind = _Reader(asked["languages"]), _plan(asked["plan"]), asked["kind"]
    try:
        if kind == "application/pdf" or kind.startswith("image/"):
            made = redacted(data, plan, kind=kind, read=reader)
        else:
            made = _from_words(data, plan, kind=kind, name=asked["name"])
    except SealError as err:
        return {"fault": str(err), "hint": err.hint}, b""
    except MemoryError:
        raise
    except Exception as err:  # noqa: BLE001 (the one fence: a foreign parser may raise anything)
        return {"fault": f"making the file stopped: {type(err).__name__}", "hint": "nothing was written"}, b""
    told = {"places": [dataclasses.asdict(one) for one in made.places], "remarks": list(made.remarks)}
    return told, made.data


def _from_words(data: bytes, plan: Plan, *, kind: str, name: str) -> Made:
    """A text made anew from the passages that the reading room gives; what it could not read refuses the file."""
    found = reader_for(kind, name)
    if found is None or found.name not in _WORDED:
        raise SealError(f"files of the kind {kind} cannot be made anew here", hint="nothing was written")
    request = ReadRequest(exhibit="", digest=_NOWHERE, size=len(data), kind=kind, name=name)
    readout = readers.read(io.BytesIO(data), request)
    unread = [one.grounds[0] for one in readout.records if isinstance(one, Finding)]
    if unread and not any(isinstance(one, Passage) for one in readout.records):
        raise SealError(f"the file could not be read: {unread[0]}", hint="nothing was written")
    passages = [(one.role.value, one.text) for one in readout.records if isinstance(one, Passage)]
    made = redacted_words(passages, plan)
    left = sum(isinstance(one, Part) for one in readout.records)
    remarks = (*(f"not in it: {one}" for one in unread), *((f"{left} files within it were left out",) if left else ()))
    return dataclasses.replace(made, remarks=remarks)


def _plan(asked: dict[str, Any]) -> Plan:
    parts = {
        "hide": tuple(asked["hide"]),
        "boxes": tuple(Box(**one) for one in asked["boxes"]),
    }
    return Plan(**{**asked, **parts})


class _Reader:
    """Reads the words of a picture with tesseract, and where they stand; the picture goes through a pipe."""

    def __init__(self, languages: str) -> None:
        self._languages = languages

    def __call__(self, png: bytes) -> tuple[Word, ...]:
        if self._languages == "missing":
            raise SealError(
                "tesseract is not installed: words in pictures cannot be found",
                hint="nothing was written; install it, or hide places with --hide-page alone",
            )
        return (*self._run(png, "3"), *self._run(png, "11"))

    def _run(self, png: bytes, mode: str) -> tuple[Word, ...]:
        command = ["tesseract", "stdin", "stdout", "-l", self._languages, "--psm", mode, "tsv"]
        hint = "nothing was written"
        try:
            said = subprocess.run(command, input=png, capture_output=True, timeout=_OCR_SECONDS, check=False)
        except subprocess.TimeoutExpired as err:
            raise SealError(f"tesseract took longer than {_OCR_SECONDS} seconds", hint=hint) from err
        except OSError as err:
            raise SealError("tesseract could not be started: the picture was not read", hint=hint) from err
        if said.returncode != 0:
            raise SealError(f"tesseract stopped with {said.returncode}: the picture was not read", hint=hint)
        return read_table(said.stdout.decode(errors="replace"))


if __name__ == "__main__":
    main()
