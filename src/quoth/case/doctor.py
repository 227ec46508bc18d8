"""What the machine has of the tools that steps can use.

- Nothing here is needed to start; each missing thing is named with what works without it.

Example::

    [want.name for want in examine() if not want.found]
"""

import dataclasses
import os
import shutil
from pathlib import Path

__all__ = ["Want", "examine"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """A tool: where it was found (empty: missing), what uses it, what works without it."""

    name: str
    found: str
    used_for: str
    without: str
    get: str


_TOOLS = (
    (
        "tesseract",
        "text in scans and photographs",
        "scans are kept and shown as pictures; their words are not read",
        "apt install tesseract-ocr tesseract-ocr-chi-sim",
    ),
    (
        "ffmpeg",
        "checking and converting recordings by hand",
        "recordings are read all the same, through the PyAV library",
        "apt install ffmpeg",
    ),
    (
        "dot",
        "the picture of who speaks of whom (Graphviz); no page of this version draws it yet",
        "everything: the same content is shown as tables",
        "apt install graphviz",
    ),
    (
        "espeak-ng",
        "making the demo's recordings anew",
        "the shipped recordings are used as they are",
        "apt install espeak-ng",
    ),
    (
        "openssl",
        "checking time stamps with a foreign tool",
        "objects and log are checked by quoth audit and by sha256sum",
        "apt install openssl",
    ),
)


def examine() -> tuple[Want, ...]:
    """Every tool, found or not, and the speech model."""
    wants = [
        Want(name=name, found=shutil.which(name) or "", used_for=used_for, without=without, get=get)
        for name, used_for, without, get in _TOOLS
    ]
    model = os.environ.get("QUOTH_SPEECH_MODEL", "")
    wants.append(
        Want(
            name="speech model",
            found=model if model and Path(model).is_dir() else "",
            used_for="transcripts of recordings that have none",
            without="transcripts beside a recording (SRT, VTT, Whisper JSON) are read and aligned",
            get="export QUOTH_SPEECH_MODEL=/path/to/model  # a folder that you got yourself; nothing is fetched",
        )
    )
    return tuple(wants)
