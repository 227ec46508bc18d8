"""The far side of redaction: one fenced child makes one file.

- The child gets the original as an open file and the plan through a pipe; what it makes goes out through another.
- It has the limits of a reader, no network, and a temporary folder of its own.
- The words to hide stand in no argument, file or environment.

Started by :mod:`quoth.case.redacting` as ``python -m quoth.case.fence_redact SOURCE RESULT``.
"""

import dataclasses
import json
import os
import subprocess
import sys
from typing import Any, NoReturn

from quoth.case.fence_child import _enclose
from quoth.case.fence_frames import NO_MEMORY, Job, Limits
from quoth.errors import SealError
from quoth.read.readers import ReadRequest
from quoth.seal.redact import redacted
from quoth.seal.redact_terms import Box, Made, Plan, Span, Word
from quoth.seal.redact_words import read_table
from quoth.terms.digest import Digest

__all__ = ["main"]

_OCR_SECONDS = 120
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


def _make_and_leave(asked: dict[str, Any], source: int, result: int) -> NoReturn:
    code = 1
    try:
        limits = Limits(**asked["limits"])
        request = ReadRequest(exhibit="", digest=_NOWHERE, size=0, kind="")
        job = Job(request=request, limits=limits)
        _enclose(job, (source, result), asked["folder"], os.getppid())
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
    reader = _Reader(asked["languages"])
    try:
        made: Made = redacted(data, _plan(asked["plan"]), kind=asked["kind"], read=reader)
    except SealError as err:
        return {"fault": str(err), "hint": err.hint}, b""
    except MemoryError:
        raise
    except Exception as err:  # noqa: BLE001 (the one fence: a foreign parser may raise anything)
        return {"fault": f"making the file stopped: {type(err).__name__}", "hint": "nothing was written"}, b""
    told = {"places": [dataclasses.asdict(one) for one in made.places], "remarks": list(made.remarks)}
    return told, made.data


def _plan(asked: dict[str, Any]) -> Plan:
    parts = {
        "hide": tuple(asked["hide"]),
        "columns": tuple(asked["columns"]),
        "boxes": tuple(Box(**one) for one in asked["boxes"]),
        "spans": tuple(Span(**one) for one in asked["spans"]),
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
