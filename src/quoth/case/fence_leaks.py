"""The far side of the leak check: one fenced child a file.

- The warm process knows the secrets and no file; each child sees one file, behind the same limits as a reader.
- What is found goes out line by line, so that a crash later in the file takes nothing back.
- Secrets come through a pipe: never in an argument, a file or the environment.

Started by :mod:`quoth.case.leaks` as ``python -m quoth.case.fence_leaks FD``.
"""

import dataclasses
import io
import json
import os
import socket
import subprocess
import sys
from typing import Any, NoReturn

from quoth.case.fence_child import enclose, serve_one
from quoth.case.fence_frames import NO_MEMORY, Job, Limits
from quoth.errors import SealError
from quoth.read.readers import ReadRequest
from quoth.seal import leaks
from quoth.terms.digest import Digest

__all__ = ["main"]

_SPARE = 2**18
_OCR_SECONDS = 120
_NOWHERE = Digest("sha256:" + "0" * 64)


def main() -> None:
    """Serve files from the control socket until it closes."""
    control = socket.socket(fileno=int(sys.argv[1]))
    asked: dict[str, Any] = json.load(sys.stdin)
    finder = leaks.Finder(leaks.read_secrets(asked["secrets"]))
    _warm()
    control.sendall(b"ready")
    while True:
        message, files, _, _ = socket.recv_fds(control, _SPARE, 2)
        if not message:
            return
        _serve(control, {**asked, **json.loads(message)}, files, finder)


def _warm() -> None:
    """Import what a child would need, before there is a file."""
    import pikepdf
    import PIL.Image
    import pypdfium2

    PIL.Image.init()
    del pikepdf, pypdfium2


def _serve(control: socket.socket, asked: dict[str, Any], files: list[int], finder: leaks.Finder) -> None:
    limits, pair = Limits(**asked["limits"]), (files[0], files[1])
    serve_one(
        control,
        files,
        limits,
        lambda folder, parent: _look_and_leave(asked, limits, pair, folder, parent, finder),
    )


def _look_and_leave(
    asked: dict[str, Any], limits: Limits, files: tuple[int, int], folder: str, parent: int, finder: leaks.Finder
) -> NoReturn:
    """In the child: go behind the limits, look, write what is found, leave without clean-up."""
    source, result = files
    code = 1
    try:
        request = ReadRequest(exhibit="", digest=_NOWHERE, size=0, kind="")
        enclose(Job(request=request, limits=limits), files, folder, parent)
        with os.fdopen(source, "rb") as stream, os.fdopen(result, "wb") as target:
            _look(asked, stream, target, finder)
        code = 0
    except MemoryError:
        code = NO_MEMORY
    finally:
        os._exit(code)


def _look(asked: dict[str, Any], stream: io.BufferedReader, target: io.BufferedWriter, finder: leaks.Finder) -> None:
    read = _Reader(asked["ocr"]) if asked["ocr"] else None

    def say(kind: str, value: object) -> None:
        target.write(json.dumps({kind: value}).encode() + b"\n")
        target.flush()

    try:
        for one in leaks.attack(stream, finder, name=asked["name"], read=read, show=asked["show"]):
            say("hit" if isinstance(one, leaks.Hit) else "blind", dataclasses.asdict(one))
    except MemoryError:
        raise
    except Exception as err:  # noqa: BLE001 (the one fence: a foreign parser may raise anything)
        say("blind", {"where": (), "reason": f"looking stopped: {type(err).__name__}"})
    say("done", True)  # noqa: FBT003


class _Reader:
    """Reads the words of a picture with tesseract; the picture goes through a pipe."""

    def __init__(self, languages: str) -> None:
        self._languages = languages

    def __call__(self, png: bytes) -> str:
        if self._languages == "missing":
            raise SealError("tesseract is not installed: the picture was not read")
        words = self._run(png, "3")
        if len(words.split()) < 3:
            words += "\n" + self._run(png, "11")
        return words

    def _run(self, png: bytes, mode: str) -> str:
        command = ["tesseract", "stdin", "stdout", "-l", self._languages, "--psm", mode]
        try:
            said = subprocess.run(command, input=png, capture_output=True, timeout=_OCR_SECONDS, check=False)
        except subprocess.TimeoutExpired as err:
            raise SealError(f"tesseract took longer than {_OCR_SECONDS} seconds") from err
        except OSError as err:
            raise SealError("tesseract could not be started: the picture was not read") from err
        if said.returncode != 0:
            raise SealError(f"tesseract stopped with {said.returncode}: the picture was not read")
        return said.stdout.decode(errors="replace")


if __name__ == "__main__":
    main()
