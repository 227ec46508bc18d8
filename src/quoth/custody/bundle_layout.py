"""What stands where in a bundle, and its list of contents.

- A bundle is a BagIt bag; below ``data/`` the log lies as in a case, so that one audit reads both.
- ``data/bundle.json`` is canonical JSON of format 1. A newer format is refused with a hint, never guessed at.
- Every name in a bundle is of plain ASCII letters, digits, ``.``, ``_`` and ``-``: it means the same on
  every disk.

Example::

    >>> safe_name("Statement of T. Anker?.pdf", number=3)
    '0003-Statement-of-T.Anker.pdf'
"""

import dataclasses
import enum
import re
import unicodedata

from quoth.errors import CustodyError, RecordError
from quoth.record import wire
from quoth.terms.digest import Digest, InvalidDigest, parse_digest

__all__ = [
    "CASE_FILE",
    "CASE_UCO",
    "CRATE",
    "EXHIBITS",
    "FORMAT",
    "INDEX",
    "LOG_FILES",
    "OBJECTS",
    "OPENED",
    "PROOFS",
    "PROV",
    "ROOT",
    "SIGNATURE",
    "SIGNERS",
    "STAMPS",
    "TAGGED",
    "VERIFY",
    "VKEYS",
    "BundleIndex",
    "BundleStep",
    "Newer",
    "PackedExhibit",
    "is_plain_path",
    "proof_place",
    "read_index",
    "safe_name",
    "stamp_entry",
    "stamp_place",
]

FORMAT = 1
ROOT = "data"
INDEX = "data/bundle.json"
CASE_FILE = "data/quoth-case.json"
EXHIBITS = "data/exhibits"
OBJECTS = "data/objects"
STAMPS = "data/stamps"
OPENED = "data/openings/opened.jsonl"
PROOFS = "data/proofs"
SIGNERS = "data/keys/allowed_signers"
VKEYS = "data/keys/verifier-keys.txt"
PROV = "data/provenance/prov.json"
CASE_UCO = "data/provenance/case-uco.jsonld"
CRATE = "data/ro-crate-metadata.json"
VERIFY = "VERIFY.txt"
TAGGED = "tagmanifest-sha256.txt"
SIGNATURE = "tagmanifest-sha256.txt.sig"

LOG_FILES = ("signed", "forks")
"""What is carried of the folders of a case's log."""

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")
_STAMP = re.compile(r"data/stamps/entry-([0-9]{12})\.(checkpoint|sha256|tsq|pem|tsr|ots)\Z")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|\Z)", re.IGNORECASE)
_LONGEST = 80
_ID = re.compile(r"x-[0-9a-f]{16}\Z")
_KEYS = {"case", "exhibits", "format", "made_at", "size", "whole"}
_EXHIBIT_KEYS = {"digest", "entry", "file", "id", "kind", "size"}


class BundleStep(enum.Enum):
    """The numbered steps of a bundle's check after those of its bag, as findings name them."""

    INDEX = "bundle.08-contents"
    ACCOUNTED = "bundle.09-every-file-accounted-for"
    CASE = "bundle.10-case-named-by-entry-0"
    ENTRY = "bundle.11-entries-as-written"
    ORDER = "bundle.12-entries-in-order"
    CHAIN = "bundle.13-chain"
    LOG = "bundle.14-log-of-the-checkpoint"
    KEY_CHANGE = "bundle.15-key-changes"
    SIGNED = "bundle.16-signed-checkpoints"
    SIGNERS = "bundle.17-signers-are-the-members"
    HANDED = "bundle.18-signed-by-who-packed-it"
    EXHIBITS = "bundle.19-exhibits-named-by-the-log"
    PROOFS = "bundle.20-proofs"
    OPENINGS = "bundle.21-openings-fit"
    OBJECTS = "bundle.22-objects-named-by-the-log"
    STAMPS = "bundle.23-time-stamps"
    DERIVED = "bundle.24-descriptions-say-what-the-log-says"
    LINES = "bundle.25-verify-txt-is-ours"
    FORK = "bundle.26-one-history"
    TRUSTED = "bundle.27-trusted-key"
    EXPECTED = "bundle.28-digest-as-told"


class Newer(CustodyError):
    """The bundle is of a format after ours."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PackedExhibit:
    """A chosen exhibit: its id, digest and size, the entry that received it, its file, its kind."""

    id: str
    digest: Digest
    size: int
    entry: int
    file: str
    kind: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BundleIndex:
    """What is in a bundle: of which case, over how many entries; ``whole`` carries every plain object of the log."""

    case: str
    size: int
    made_at: str
    exhibits: tuple[PackedExhibit, ...]
    whole: bool = False

    @property
    def origin(self) -> str:
        """The case's name in checkpoints."""
        return f"quoth-case/{self.case}"

    def to_bytes(self) -> bytes:
        """Canonical JSON."""
        exhibits: list[wire.Json] = [
            {
                "digest": one.digest,
                "entry": one.entry,
                "file": one.file,
                "id": one.id,
                "kind": one.kind,
                "size": one.size,
            }
            for one in self.exhibits
        ]
        return wire.canonical(
            {
                "case": self.case,
                "exhibits": exhibits,
                "format": FORMAT,
                "made_at": self.made_at,
                "size": self.size,
                "whole": self.whole,
            }
        )


def read_index(data: bytes) -> BundleIndex:
    """The list of contents; raises :class:`Newer`, or :class:`CustodyError` for any but its one writing."""
    try:
        value = wire.parse_json(data)
    except RecordError as err:
        raise CustodyError(str(err)) from err
    if not isinstance(value, dict) or type(value.get("format")) is not int:
        raise CustodyError("names no format")
    if value["format"] != FORMAT:
        raise Newer(
            f"is of format {value['format']}; this version of quoth reads format {FORMAT}",
            hint="check it with a newer quoth; VERIFY.txt works without any",
        )
    try:
        made = BundleIndex(
            case=_text(value["case"]),
            size=_number(value["size"]),
            made_at=_text(value["made_at"]),
            exhibits=tuple(_exhibit(one) for one in _list(value["exhibits"])),
            whole=value["whole"] is True,
        )
    except (KeyError, TypeError, InvalidDigest) as err:
        raise CustodyError(f"is not as it was written: {err}") from err
    if value.keys() != _KEYS or made.to_bytes() != data or not re.match(r"[0-9a-f]{32}\Z", made.case):
        raise CustodyError("is not as it was written")
    files = [one.file for one in made.exhibits]
    if len(set(files)) != len(files) or len({one.id for one in made.exhibits}) != len(files):
        raise CustodyError("names an exhibit twice")
    return made


def is_plain_path(path: str) -> bool:
    """Whether a bundle may hold a file of this name."""
    parts = path.split("/")
    return all(_PLAIN.match(one) and not _RESERVED.match(one) and not one.endswith(".") for one in parts)


def safe_name(title: str, *, number: int) -> str:
    """A file name that keeps what it can of ``title``; the number makes it the only one."""
    text = unicodedata.normalize("NFKD", title)
    plain = _NOT_PLAIN.sub("-", "".join(one for one in text if not unicodedata.combining(one)))
    stem, dot, suffix = plain.rpartition(".")
    if not dot or len(suffix) > 10:
        stem, suffix = plain, ""
    stem = re.sub(r"-?([.])-?", r"\1", stem).strip(".-_")[:_LONGEST].strip(".-_")
    kept = re.sub(r"[^A-Za-z0-9]", "", suffix)
    return f"{number:04d}-{stem or 'exhibit'}" + (f".{kept}" if kept else "")


def proof_place(entry: int) -> str:
    """Where the proof of an entry stands."""
    return f"{PROOFS}/entry-{entry:012d}.tlog-proof"


def stamp_place(entry: int, ending: str) -> str:
    """Where a part of the stamp stands that an entry keeps: ``tsq`` asked, ``tsr`` answered, ``sha256`` of what."""
    return f"{STAMPS}/entry-{entry:012d}.{ending}"


def stamp_entry(path: str) -> int | None:
    """The entry of the stamp that a file is a part of, or ``None``."""
    match = _STAMP.match(path)
    return int(match[1]) if match else None


def _exhibit(value: wire.Json) -> PackedExhibit:
    if not isinstance(value, dict) or value.keys() != _EXHIBIT_KEYS:
        raise TypeError("an exhibit has other keys")
    made = PackedExhibit(
        id=_text(value["id"]),
        digest=parse_digest(_text(value["digest"])),
        size=_number(value["size"]),
        entry=_number(value["entry"]),
        file=_text(value["file"]),
        kind=_text(value["kind"]),
    )
    if not made.file.startswith(f"{EXHIBITS}/") or not is_plain_path(made.file) or not _ID.match(made.id):
        raise TypeError("an exhibit has a name that none can have")
    return made


def _text(value: wire.Json) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is missing")
    return value


def _number(value: wire.Json) -> int:
    if type(value) is not int or value < 0:
        raise TypeError("a number is missing")
    return value


def _list(value: wire.Json) -> list[wire.Json]:
    if not isinstance(value, list):
        raise TypeError("a list is missing")
    return value
