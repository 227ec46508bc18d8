r"""OpenTimestamps proofs read strictly: which digest, attested by whom.

- Read is the published format of ``.ots`` files, version 1, to the last byte; another version is refused.
- Operations are carried out, so that for a block's height the value is known that its header would hold.
- Nothing is verified against Bitcoin: that needs a node. A proof is kept and carried as evidence.

Example::

    proof = parse_ots(Path("checkpoint.ots").read_bytes())
    proof.digest, [one.told() for one in proof.attestations]
"""

import dataclasses
import enum
import hashlib
import re

from quoth.errors import CustodyError

__all__ = ["Attestation", "AttestationKind", "OtsProof", "parse_ots"]

MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
LARGEST = 1_000_000
_MOST_MESSAGE = 4096
_MOST_OPERAND = 4096
_MOST_PAYLOAD = 8192
_MOST_URI = 1000
_DEEPEST = 256
_MOST_STEPS = 20_000
_URI = re.compile(r"[A-Za-z0-9\-._/:]+\Z")
_HASHES = {0x02: ("sha1", 20), 0x03: ("ripemd160", 20), 0x08: ("sha256", 32), 0x67: ("keccak256", 32)}
_APPEND, _PREPEND, _REVERSE, _HEXLIFY = 0xF0, 0xF1, 0xF2, 0xF3
_FORK, _ATTESTATION = 0xFF, 0x00


class AttestationKind(enum.Enum):
    """Who vouches: a calendar that promises, or the header of a block."""

    CALENDAR = "83dfe30d2ef90c8e"
    BITCOIN = "0588960d73d71901"
    LITECOIN = "06869a0d73d71b45"
    ETHEREUM = "30fe8087b5c7ead7"
    UNKNOWN = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """One leaf of the proof: who vouches, a calendar's address or a block's ``height``, over which bytes.

    ``message`` is ``None`` where an operation on the way is one that we cannot carry out.
    """

    kind: AttestationKind
    calendar: str = ""
    height: int = -1
    message: bytes | None = None
    tag: str = ""

    def told(self) -> str:
        """The leaf in words, without saying that it was verified."""
        if self.kind is AttestationKind.CALENDAR:
            return f"the calendar {self.calendar} promises an attestation; it is not in this proof yet"
        if self.kind is AttestationKind.UNKNOWN:
            return f"an attestation of a kind that is not known ({self.tag})"
        chain = self.kind.name.capitalize()
        if self.message is None:
            return f"{chain} block {self.height} (a step on the way to it cannot be carried out here)"
        return f"{chain} block {self.height}, whose header would hold the Merkle root {self.message[::-1].hex()}"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OtsProof:
    """A proof taken apart: the digest it is about, by which algorithm, and its leaves. Nothing is verified."""

    algorithm: str
    digest: bytes
    attestations: tuple[Attestation, ...]


def parse_ots(data: bytes) -> OtsProof:
    """A detached proof (``.ots``), to its last byte; raises :class:`CustodyError`."""
    if len(data) > LARGEST:
        raise _wrong(f"has {len(data)} bytes, more than any proof has")
    if not data.startswith(MAGIC):
        raise _wrong("does not begin as one")
    reader = _Reader(data, len(MAGIC))
    version = reader.number()
    if version != 1:
        raise _wrong(f"has version {version}; we read version 1")
    algorithm, size = _HASHES.get(reader.byte(), ("", 0))
    if not algorithm:
        raise _wrong("is about a digest of an unknown kind")
    digest = reader.take(size)
    reader.branch(digest, 0)
    if reader.place != len(data):
        raise _wrong(f"has {len(data) - reader.place} bytes after its end")
    return OtsProof(algorithm=algorithm, digest=digest, attestations=tuple(reader.attestations))


class _Reader:
    """The bytes of a proof, a place in them, and the leaves found."""

    def __init__(self, data: bytes, place: int) -> None:
        self._data = data
        self._steps = 0
        self.place = place
        self.attestations: list[Attestation] = []

    def take(self, count: int) -> bytes:
        """The next bytes."""
        if self.place + count > len(self._data):
            raise _wrong("ends too early")
        self.place += count
        return self._data[self.place - count : self.place]

    def byte(self) -> int:
        """The next byte."""
        return self.take(1)[0]

    def number(self) -> int:
        """The next number: seven bits a byte, the lowest first, in its shortest form."""
        value, shift = 0, 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
            shift += 7
            if shift > 56:
                raise _wrong("holds a number that is too large")
        if byte == 0 and shift:
            raise _wrong("holds a number that is not in its shortest form")
        return value

    def block(self, most: int, *, least: int = 0) -> bytes:
        """The next bytes with their count before them."""
        count = self.number()
        if not least <= count <= most:
            raise _wrong(f"holds a part of {count} bytes where {least} to {most} may stand")
        return self.take(count)

    def branch(self, message: bytes | None, depth: int) -> None:
        """Everything below a message: forks, then a last step or leaf."""
        while True:
            self._steps += 1
            if depth > _DEEPEST or self._steps > _MOST_STEPS:
                raise _wrong("is nested too deeply or has too many steps")
            tag = self.byte()
            if tag != _FORK:
                if tag == _ATTESTATION:
                    self._leaf(message)
                    return
                message, depth = self._done(tag, message), depth + 1
                continue
            tag = self.byte()
            if tag == _ATTESTATION:
                self._leaf(message)
            else:
                self.branch(self._done(tag, message), depth + 1)

    def _done(self, tag: int, message: bytes | None) -> bytes | None:
        """What the operation makes of the message; ``None`` stays ``None``."""
        if tag in (_APPEND, _PREPEND):
            operand = self.block(_MOST_OPERAND, least=1)
            made = None if message is None else message + operand if tag == _APPEND else operand + message
        elif tag in (_REVERSE, _HEXLIFY):
            made = None if message is None else message[::-1] if tag == _REVERSE else message.hex().encode()
        elif tag in _HASHES:
            made = _hashed(_HASHES[tag][0], message)
        else:
            raise _wrong(f"holds an operation that is not known ({tag:#04x})")
        if made is not None and len(made) > _MOST_MESSAGE:
            raise _wrong("makes a message that is too long")
        return made

    def _leaf(self, message: bytes | None) -> None:
        tag = self.take(8).hex()
        payload = _Reader(self.block(_MOST_PAYLOAD), 0)
        known = {one.value: one for one in AttestationKind if one.value}
        kind = known.get(tag, AttestationKind.UNKNOWN)
        calendar, height = "", -1
        if kind is AttestationKind.CALENDAR:
            calendar = payload.block(_MOST_URI, least=1).decode("ascii", "replace")
            if not _URI.match(calendar):
                raise _wrong("names a calendar by what is no address")
        elif kind is not AttestationKind.UNKNOWN:
            height = payload.number()
        if kind is not AttestationKind.UNKNOWN and payload.rest():
            raise _wrong("holds an attestation with bytes after its end")
        self.attestations.append(Attestation(kind=kind, calendar=calendar, height=height, message=message, tag=tag))

    def rest(self) -> int:
        """How many bytes are left."""
        return len(self._data) - self.place


def _hashed(name: str, message: bytes | None) -> bytes | None:
    if message is None or name not in ("sha1", "sha256"):
        return None  # ripemd160 and keccak256 are not in every Python
    return hashlib.new(name, message, usedforsecurity=False).digest()


def _wrong(reason: str) -> CustodyError:
    return CustodyError(f"not an OpenTimestamps proof: it {reason}", hint="get the .ots file again; nothing was kept")
