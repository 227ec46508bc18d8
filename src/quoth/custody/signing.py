"""Ed25519 keys of people: OpenSSH files, fingerprints, signing, verifying.

- A private key stays in a :class:`SigningKey`; neither ``repr`` nor any error shows it.
- A key file is OpenSSH's own format (``openssh-key-v1``); under a passphrase that same file is wrapped by
  age (scrypt), so that ``age -d`` opens it. Both are made closed to other users.
- Public keys of small order are refused: under such a key one signature fits very many texts.

Example::

    >>> key = SigningKey.from_seed(bytes(32))
    >>> key.public.fault_of(key.sign(b"text"), b"text")
    ''
"""

import base64
import binascii
import dataclasses
import hashlib
import struct
from typing import Self

import pyrage  # type: ignore[import-untyped]
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from quoth.errors import CustodyError

__all__ = ["KEY_KIND", "PublicKey", "SigningKey", "packed", "read_key"]

KEY_KIND = "ssh-ed25519"
"""The one kind of key (RFC 8709)."""

_AGE = b"age-encryption.org/v1\n"
_SIGN_BIT = (1 << 255) - 1
_PRIME = (1 << 255) - 19
# The y of every point whose order divides 8, in its one reduced form (RFC 8032, section 5.1; cofactor 8).
_SMALL = frozenset(
    int.from_bytes(bytes.fromhex(one), "little")
    for one in (
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    )
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """An Ed25519 public key: 32 bytes (RFC 8032, section 5.1.5)."""

    raw: bytes

    @classmethod
    def of(cls, raw: bytes) -> Self:
        """The key of these bytes; raises :class:`CustodyError` for a key that no person's can be."""
        y = int.from_bytes(raw, "little") & _SIGN_BIT
        if len(raw) != 32 or y >= _PRIME or y in _SMALL:
            raise CustodyError("not an Ed25519 key that can be relied on", hint="make one with: quoth keys new NAME")
        return cls(raw=raw)

    @classmethod
    def from_line(cls, line: str) -> Self:
        """The key in ``ssh-ed25519 AAAA…``, a comment after it let pass; raises :class:`CustodyError`."""
        kind, _, rest = line.strip().partition(" ")
        text = rest.partition(" ")[0]
        try:
            made = cls.from_blob(base64.b64decode(text, validate=True))
        except (binascii.Error, ValueError) as err:
            raise _no_key() from err
        if kind != KEY_KIND or made.line != f"{kind} {text}":
            raise _no_key()
        return made

    @classmethod
    def from_blob(cls, blob: bytes) -> Self:
        """The key in OpenSSH's wire form (RFC 8709, section 4); raises :class:`CustodyError`."""
        head = packed(KEY_KIND.encode())
        if len(blob) != len(head) + 36 or blob[: len(head)] != head or blob[len(head) : len(head) + 4] != b"\0\0\0 ":
            raise _no_key()
        return cls.of(blob[len(head) + 4 :])

    @property
    def blob(self) -> bytes:
        """OpenSSH's wire form (RFC 8709, section 4)."""
        return packed(KEY_KIND.encode()) + packed(self.raw)

    @property
    def line(self) -> str:
        """``ssh-ed25519 AAAA…`` without a comment."""
        return f"{KEY_KIND} {base64.b64encode(self.blob).decode()}"

    @property
    def fingerprint(self) -> str:
        """``SHA256:…`` as ``ssh-keygen -l`` prints it."""
        return "SHA256:" + base64.b64encode(hashlib.sha256(self.blob).digest()).decode().rstrip("=")

    @property
    def short(self) -> str:
        """The first 16 hexadecimal digits of the fingerprint, for the names of files and notes."""
        return hashlib.sha256(self.blob).hexdigest()[:16]

    def fault_of(self, signature: bytes, message: bytes) -> str:
        """Why ``signature`` is none of ``message`` by this key (RFC 8032, section 5.1.7); empty where it is one."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except InvalidSignature:
            return "the signature does not fit the text and the key"
        return ""


class SigningKey:
    """A private Ed25519 key in memory; it shows its fingerprint and nothing else."""

    __slots__ = ("_private", "public")

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = PublicKey.of(private.public_key().public_bytes_raw())

    @classmethod
    def new(cls) -> Self:
        """A fresh key from the operating system's randomness."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        """The key of 32 bytes that must be secret (RFC 8032, section 5.1.5); for vectors and tests."""
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    def __repr__(self) -> str:
        return f"SigningKey({self.public.fingerprint})"

    def __reduce__(self) -> str:
        raise CustodyError("a signing key is not to be copied", hint="hand on the path of its file")

    def sign(self, message: bytes) -> bytes:
        """64 bytes of signature (RFC 8032, section 5.1.6)."""
        return self._private.sign(message)

    def unsealed_file(self) -> bytes:
        """The private key as OpenSSH keeps it, without a passphrase: for a file of mode 0600."""
        return self._private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
        )

    def wrapped_file(self, passphrase: str) -> bytes:
        """The same under a passphrase, wrapped by age (scrypt): ``age -d`` opens it."""
        if not passphrase:
            raise CustodyError("a passphrase has no letters", hint="give one, or make a key without")
        wrapped: bytes = pyrage.passphrase.encrypt(self.unsealed_file(), passphrase)
        return wrapped


def read_key(data: bytes, passphrase: str = "") -> SigningKey:
    """The key in a key file; raises :class:`CustodyError`, with nothing of the file or the passphrase in it."""
    secret: str | None = passphrase
    if data.startswith(_AGE):
        if not passphrase:
            raise CustodyError("the key file asks for its passphrase", hint="give it when asked, on the terminal")
        try:
            data, secret = pyrage.passphrase.decrypt(data, passphrase), None
        except pyrage.DecryptError as err:
            raise CustodyError("the key file cannot be opened with this passphrase", hint="try it again") from err
    try:
        private = serialization.load_ssh_private_key(data, secret.encode() if secret else None)
    except (UnsupportedAlgorithm, TypeError) as err:
        raise CustodyError(
            "the key file is under OpenSSH's own passphrase, which is not read here",
            hint="take it off with ssh-keygen -p on a copy, or make a key with: quoth keys new NAME",
        ) from err
    except ValueError as err:
        raise CustodyError("not a private key in OpenSSH's format", hint="make one with: quoth keys new NAME") from err
    if not isinstance(private, Ed25519PrivateKey):
        raise CustodyError("not an Ed25519 key", hint="make one with: quoth keys new NAME")
    return SigningKey(private)


def packed(data: bytes) -> bytes:
    """A string as SSH writes it: four bytes of length, then the bytes (RFC 4251, section 5)."""
    return struct.pack(">I", len(data)) + data


def _no_key() -> CustodyError:
    return CustodyError(f"not a public key: expected {KEY_KIND} AAAA…", hint="give the .pub file of an Ed25519 key")
