"""The case file, and what each folder of a case is called.

- ``quoth-case.json`` is canonical JSON, made once and never changed; entry 0 of the log names its digest.
- Format 1 holds two keys: ``format`` (1) and ``case`` (32 hexadecimal digits, random, the case's name in
  checkpoints). A newer format is refused with a hint, never guessed at.

Example::

    >>> read_case_text(make_case_text("00" * 16)).case
    '00000000000000000000000000000000'
"""

import dataclasses
import hashlib
import re
from pathlib import Path

from quoth.errors import CaseError, RecordError
from quoth.record import wire

__all__ = [
    "CACHE",
    "CASE_FILE",
    "CHECKPOINT",
    "DAMAGED",
    "ENTRIES",
    "FORKS",
    "FORMAT",
    "LOG",
    "OBJECTS",
    "OPENINGS",
    "SCRUB",
    "SEALED",
    "SIGNED",
    "TEMPORARY",
    "CaseFile",
    "is_newer",
    "make_case_text",
    "read_case_text",
]

FORMAT = 1
"""The format that this version writes, and the newest that it reads."""

CASE_FILE = "quoth-case.json"
OBJECTS = "objects"
LOG = "log"
ENTRIES = "log/entries.jsonl"
CHECKPOINT = "log/checkpoint"
SIGNED = "log/signed"
FORKS = "log/forks"
SCRUB = "log/scrub"
OPENINGS = "openings"
SEALED = "sealed"
DAMAGED = "damaged"
CACHE = "cache"
TEMPORARY = "tmp"

_NAME = re.compile(r"[0-9a-f]{32}\Z")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """What the case file says: the format, and the case's random name."""

    format: int
    case: str

    @property
    def origin(self) -> str:
        """The case's name in checkpoints."""
        return f"quoth-case/{self.case}"


def make_case_text(case: str) -> bytes:
    """The bytes of a case file for the case named ``case`` (32 hexadecimal digits)."""
    return wire.canonical({"case": case, "format": FORMAT})


def is_newer(path: Path) -> bool:
    """Whether the case file at ``path`` is of a format after ours.

    Its bytes are an object of the case as well; where they are not, they were never written so, and are damage.
    """
    try:
        data = path.read_bytes()
        value = wire.parse_json(data)
    except (OSError, RecordError):
        return False
    found = value.get("format") if isinstance(value, dict) else None
    name = hashlib.sha256(data).hexdigest()
    kept = (path.parent / OBJECTS / name[:2] / name[2:]).is_file()
    return type(found) is int and found > FORMAT and kept


def read_case_text(data: bytes) -> CaseFile:
    """What the case file says; raises :class:`CaseError` for another format, or when it is damaged."""
    try:
        value = wire.parse_json(data)
    except RecordError as err:
        raise CaseError(f"{CASE_FILE} cannot be read: {err}", hint="run: quoth audit CASE") from err
    found = value.get("format") if isinstance(value, dict) else None
    if not isinstance(value, dict) or type(found) is not int or found < 1:
        raise CaseError(f"{CASE_FILE} names no format", hint="is this the folder of a case? run: quoth audit CASE")
    if found > FORMAT:
        raise CaseError(
            f"the case has format {found}; this version of quoth reads up to format {FORMAT}",
            hint="open it with a newer quoth; nothing was changed",
        )
    name = value.get("case")
    if not isinstance(name, str) or not _NAME.match(name) or wire.canonical(value) != data or len(value) != 2:
        raise CaseError(f"{CASE_FILE} is not as it was written", hint="run: quoth audit CASE")
    return CaseFile(format=found, case=name)
