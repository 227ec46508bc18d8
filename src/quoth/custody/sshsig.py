"""Detached signatures as OpenSSH makes them (PROTOCOL.sshsig).

- ``ssh-keygen -Y verify`` accepts what :func:`ssh_sign` writes, and :func:`sshsig_fault` what
  ``ssh-keygen -Y sign`` writes with an Ed25519 key.
- The namespace is ``quoth``: a signature for mail or for git is never one of ours.
- The key inside a signature is not trusted: the caller says which key is expected.

Example::

    >>> from quoth.custody.signing import SigningKey
    >>> key = SigningKey.from_seed(bytes(32))
    >>> sshsig_fault(ssh_sign(b"text", key), b"text", key=key.public)
    ''
"""

import base64
import binascii
import dataclasses
import hashlib
import re
import struct
from collections.abc import Iterable

from quoth.custody.signing import KEY_KIND, PublicKey, SigningKey, packed
from quoth.errors import CustodyError

__all__ = ["NAMESPACE", "SshSignature", "allowed_signers", "parse_sshsig", "ssh_sign", "sshsig_fault"]

NAMESPACE = "quoth"
"""What our signatures are for."""

_MAGIC = b"SSHSIG"
_VERSION = struct.pack(">I", 1)
_HASHES = {b"sha256": hashlib.sha256, b"sha512": hashlib.sha512}
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_WIDTH = 70
_NOT_PLAIN = re.compile(r'[\x00-\x1f\x7f"*?!,\\]')


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SshSignature:
    """A signature taken apart: the key it names, what it is for, its hash (``sha256`` or ``sha512``), 64 bytes."""

    public: PublicKey
    namespace: str
    hash_name: str
    signature: bytes

    def signed_bytes(self, message: bytes) -> bytes:
        """What was signed in the place of ``message`` (PROTOCOL.sshsig, section 3)."""
        name = self.hash_name.encode()
        parts = (self.namespace.encode(), b"", name, _HASHES[name](message).digest())
        return _MAGIC + b"".join(packed(one) for one in parts)

    def to_armor(self) -> bytes:
        """The text of a ``.sig`` file."""
        blob = _MAGIC + _VERSION + packed(self.public.blob) + packed(self.namespace.encode()) + packed(b"")
        blob += packed(self.hash_name.encode()) + packed(packed(KEY_KIND.encode()) + packed(self.signature))
        text = base64.b64encode(blob).decode()
        lines = [text[at : at + _WIDTH] for at in range(0, len(text), _WIDTH)]
        return "\n".join([_BEGIN, *lines, _END, ""]).encode()


def ssh_sign(message: bytes, key: SigningKey, *, namespace: str = NAMESPACE) -> bytes:
    """The text of a ``.sig`` file over ``message``, hashed with SHA-512 as OpenSSH does."""
    empty = SshSignature(public=key.public, namespace=namespace, hash_name="sha512", signature=b"")
    return dataclasses.replace(empty, signature=key.sign(empty.signed_bytes(message))).to_armor()


def parse_sshsig(data: bytes) -> SshSignature:
    """A ``.sig`` file taken apart, unverified; raises :class:`CustodyError` for any but its one writing."""
    try:
        lines = data.decode("ascii").split("\n")
        blob = base64.b64decode("".join(lines[1:-2]), validate=True)
    except (UnicodeDecodeError, binascii.Error, ValueError) as err:
        raise _not_one("is not armoured as OpenSSH does it") from err
    # 1. magic words and version
    if blob[:10] != _MAGIC + _VERSION:
        raise _not_one("is of another version or kind")
    # 2. five strings and nothing else: key, namespace, reserved, hash, signature
    fields = _strings(blob[10:])
    if len(fields) != 5:
        raise _not_one("has other parts than a signature")
    key, namespace, reserved, hash_name, signature = fields
    # 3. nothing reserved, a hash that is known, a signature of Ed25519
    inner = _strings(signature)
    if reserved or hash_name not in _HASHES or len(inner) != 2 or inner[0] != KEY_KIND.encode() or len(inner[1]) != 64:
        raise _not_one("uses what is not known here")
    try:
        made = SshSignature(
            public=PublicKey.from_blob(key),
            namespace=namespace.decode("ascii"),
            hash_name=hash_name.decode(),
            signature=inner[1],
        )
    except UnicodeDecodeError as err:
        raise _not_one("is for something unreadable") from err
    # 4. its text is the one that OpenSSH writes
    if made.to_armor() != data:
        raise _not_one("is not as it was written")
    return made


def sshsig_fault(data: bytes, message: bytes, *, key: PublicKey, namespace: str = NAMESPACE) -> str:
    """Why ``data`` is no signature of ``message`` by ``key``; empty where it is one."""
    try:
        made = parse_sshsig(data)
    except CustodyError as err:
        return str(err)
    # 5. it is for us
    if made.namespace != namespace:
        return f"the signature is for {made.namespace[:40]!r}, not for {namespace!r}"
    # 6. it names the key that is expected
    if made.public != key:
        return f"the signature is by another key ({made.public.fingerprint})"
    # 7. it is one of the message by that key
    return key.fault_of(made.signature, made.signed_bytes(message))


def allowed_signers(signers: Iterable[tuple[str, PublicKey]], *, namespace: str = NAMESPACE) -> bytes:
    """An allowed-signers file of names and keys (ssh-keygen(1)).

    Raises :class:`CustodyError` for a name that such a file cannot hold.
    """
    lines = []
    for name, key in signers:
        if not name or _NOT_PLAIN.search(name):
            raise CustodyError("a name holds a character that an allowed-signers file cannot", hint="choose another")
        lines.append(f'"{name}" namespaces="{namespace}" {key.line}\n')
    return "".join(lines).encode()


def _strings(data: bytes) -> list[bytes]:
    """The strings that stand side by side in ``data`` (RFC 4251, section 5)."""
    made = []
    while data:
        size = int.from_bytes(data[:4], "big")
        if len(data) < 4 + size:
            raise _not_one("is cut short")
        made.append(data[4 : 4 + size])
        data = data[4 + size :]
    return made


def _not_one(reason: str) -> CustodyError:
    return CustodyError(f"not an SSH signature: it {reason}", hint="make it again with: ssh-keygen -Y sign -n quoth")
