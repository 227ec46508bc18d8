r"""Signed notes: a text with signatures below it (C2SP signed-note).

- Text, blank line, then lines ``— name base64(key id and signature)``; Go's ``sumdb/note`` reads and writes
  the same. Only Ed25519 (type ``0x01``).
- Reading is strict: UTF-8, no control character but the line feed, base64 in its one form, no signature
  twice; another writing of the same note is refused.
- A note is worth nothing until a key that one trusts has been tried: :func:`note_fault`.

Example::

    >>> from quoth.custody.signing import SigningKey
    >>> key = SigningKey.from_seed(bytes(32))
    >>> note_fault(sign_note(b"text\n", "example/ada", key), NoteKey(name="example/ada", public=key.public))
    ''
"""

import base64
import binascii
import dataclasses
import hashlib
import re
from typing import Self

from quoth.custody.signing import PublicKey, SigningKey
from quoth.errors import CustodyError

__all__ = ["Note", "NoteKey", "NoteSignature", "note_fault", "note_name", "parse_note", "sign_note"]

_ED25519 = b"\x01"
_DASH = "\u2014 "
_NAME = re.compile(r"[^\s+]+\Z")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_MOST_BYTES = 1_000_000
_MOST_SIGNATURES = 64
_VKEY = re.compile(r"(?P<name>[^\s+]+)\+(?P<id>[0-9a-f]{8})\+(?P<key>[A-Za-z0-9+/]+=*)\Z")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NoteKey:
    """A key that may have signed notes under a name."""

    name: str
    public: PublicKey

    @classmethod
    def from_vkey(cls, text: str) -> Self:
        """The key in ``name+id+base64``, as Go's ``note.NewVerifier`` takes it; raises :class:`CustodyError`."""
        match = _VKEY.match(text)
        try:
            raw = base64.b64decode(match["key"], validate=True) if match else b""
        except binascii.Error:
            raw = b""
        if match is None or raw[:1] != _ED25519:
            raise CustodyError("not a verifier key of a signed note", hint="expected name+8 digits+base64")
        made = cls(name=match["name"], public=PublicKey.of(raw[1:]))
        if made.vkey != text:
            raise CustodyError("the verifier key does not fit its own id", hint="get it again from whoever gave it")
        return made

    @property
    def id(self) -> bytes:
        """The four bytes that say which key it is."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public.raw).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as text, for verifiers."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(_ED25519 + self.public.raw).decode()}"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NoteSignature:
    """One signature line: the key's name, its id of four bytes, and the signature."""

    name: str
    id: bytes
    signature: bytes


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note taken apart; ``text`` ends in a line feed. Nothing in it has been verified."""

    text: bytes
    signatures: tuple[NoteSignature, ...]


def note_name(key: PublicKey) -> str:
    """The name under which a person's key signs notes: it tells the key and not the person."""
    return f"quoth/{key.short}"


def sign_note(text: bytes, name: str, key: SigningKey) -> bytes:
    """``text`` (ending in a line feed) as a note signed by ``key``; raises :class:`CustodyError`."""
    signer = NoteKey(name=name, public=key.public)
    line = base64.b64encode(signer.id + key.sign(text)).decode()
    data = text + f"\n{_DASH}{name} {line}\n".encode()
    parse_note(data)
    return data


def parse_note(data: bytes) -> Note:
    """A note taken apart, unverified; raises :class:`CustodyError` for anything that is not its one writing."""
    # 1. UTF-8 of a bounded size, with no control character but the line feed
    try:
        whole = data.decode()
    except UnicodeDecodeError as err:
        raise _not_a_note("is not UTF-8") from err
    if len(data) > _MOST_BYTES or _CONTROL.search(whole):
        raise _not_a_note("is too long or holds a control character")
    # 2. text that ends in a line feed, then the last blank line, then one signature line or more
    text, blank, below = whole.rpartition("\n\n")
    if not blank or not text.strip("\n") or not below.endswith("\n"):
        raise _not_a_note("has no text, no blank line or no end")
    lines = below[:-1].split("\n")
    if len(lines) > _MOST_SIGNATURES:
        raise _not_a_note("has too many signatures")
    signatures = tuple(_signature(line) for line in lines)
    # 3. no key signs twice
    if len({(one.name, one.id) for one in signatures}) != len(signatures):
        raise _not_a_note("is signed twice by one key")
    return Note(text=(text + "\n").encode(), signatures=signatures)


def note_fault(data: bytes, key: NoteKey) -> str:
    """Why this is no note signed by ``key``; empty where it is one."""
    try:
        note = parse_note(data)
    except CustodyError as err:
        return str(err)
    # 4. a line of this name and this id is there
    for one in note.signatures:
        if (one.name, one.id) == (key.name, key.id):
            # 5. its signature is one of the text by the key
            return key.public.fault_of(one.signature, note.text)
    return f"holds no signature of {key.name}"


def _signature(line: str) -> NoteSignature:
    name, _, text = line.removeprefix(_DASH).partition(" ")
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as err:
        raise _not_a_note("has a signature that is not base64") from err
    if not line.startswith(_DASH) or not _NAME.match(name) or base64.b64encode(raw).decode() != text or len(raw) < 5:
        raise _not_a_note("has a line among its signatures that is none")
    return NoteSignature(name=name, id=raw[:4], signature=raw[4:])


def _not_a_note(reason: str) -> CustodyError:
    return CustodyError(f"not a signed note: it {reason}", hint="get it again from whoever gave it")
