"""Seal bytes under a data key each, named by a keyed hash.

- Every sealed object has an age identity of its own (X25519): its data key. Whoever has that key alone opens it,
  with Debian's ``age -d`` as well as with us.
- Its name is HMAC-SHA256 under the case's secret: whoever seizes the disk cannot confirm that it holds a file
  known to them. No plain digest of the bytes is made.
- Its size is padded (Padmé, at most 12 % more), so that it does not tell which file it is.
- Errors of a source or a target come out as they were: age's library swallows them, so they are kept here.

Example::

    made = seal_stream(source, target, secret=secret)
    unsealed_stream(sealed, out, key=made.key, secret=secret)
"""

import hashlib
import hmac
import os
from typing import Protocol

import pyrage  # type: ignore[import-untyped]

from quoth.errors import QuothError, SealError

__all__ = [
    "KINDS",
    "PREFIX",
    "DataKey",
    "Source",
    "Target",
    "new_secret",
    "padded_size",
    "seal_stream",
    "unsealed_stream",
]

PREFIX = "sealed:"
"""What the name of a sealed thing begins with; 64 hexadecimal digits follow."""

KINDS = ("object", "opening")
"""What can be sealed: the bytes of an exhibit, or what people said of one."""

_SMALLEST = 512
_ZEROS = bytes(1 << 16)
_HINT = "wrong key, or the file is damaged; run: quoth audit CASE"


class Source(Protocol):
    """What bytes are read from."""

    def read(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes; none at the end."""
        ...


class Target(Protocol):
    """Where bytes are written to."""

    def write(self, data: bytes, /) -> int:
        """Write, and say how many bytes were."""
        ...


class DataKey:
    """The key of one sealed thing, with its name, kind and size in bytes; it shows none of its secret."""

    __slots__ = ("_text", "kind", "name", "size")

    def __init__(self, text: str, *, name: str, kind: str, size: int) -> None:
        self._text = text
        self.name = name
        self.kind = kind
        self.size = size

    def __repr__(self) -> str:
        return f"DataKey({self.name[:15]}…)"

    def __reduce__(self) -> str:
        raise SealError("a data key is not to be copied", hint="hand on the sealed file and the key file")

    def unsealed_text(self) -> str:
        """The age identity, for the key file alone."""
        return self._text


def new_secret() -> bytes:
    """32 random bytes under which a case names what it seals."""
    return os.urandom(32)


def padded_size(size: int) -> int:
    """``size`` in bytes as Padmé rounds it up (Nikitin and others, PURBs, 2019); at least 512."""
    if size <= _SMALLEST:
        return _SMALLEST
    exponent = size.bit_length() - 1
    low = exponent - exponent.bit_length()
    mask = (1 << low) - 1
    return (size + mask) & ~mask


def seal_stream(source: Source, target: Target, *, secret: bytes, kind: str = "object") -> DataKey:
    """Encrypt what ``source`` gives into ``target`` as an age file to a fresh key; gives that key, named.

    Raises whatever the source or the target raised.
    """
    identity = pyrage.x25519.Identity.generate()
    reader, writer = _Padded(source, _named(secret, kind)), _Checked(target)
    try:
        pyrage.encrypt_io(reader, writer, [identity.to_public()])
    except (pyrage.EncryptError, OSError) as err:
        _raise_kept(reader, writer, through=False)
        raise SealError("it could not be encrypted", hint="nothing was sealed; try again") from err
    _raise_kept(reader, writer)
    return DataKey(str(identity), name=PREFIX + reader.mac.hexdigest(), kind=kind, size=reader.size)


def unsealed_stream(sealed: Source, target: Target, *, key: DataKey, secret: bytes) -> None:
    """Decrypt ``sealed`` into ``target`` without padding; :class:`SealError` where it is other than what was sealed.

    What was written until then is to be thrown away by the caller.
    """
    reader, writer = _Checked(sealed), _Cut(target, key.size, _named(secret, key.kind))
    # 1. the bytes open with the data key, and none was changed
    try:
        pyrage.decrypt_io(reader, writer, [pyrage.x25519.Identity.from_str(key.unsealed_text())])
    except (pyrage.DecryptError, pyrage.IdentityError, OSError) as err:  # of the library where no stream kept one
        _raise_kept(reader, writer, through=False)
        raise SealError(f"{key.name} cannot be opened with its data key", hint=_HINT) from err
    _raise_kept(reader, writer)
    # 2. there are as many as were sealed
    if writer.left:
        raise SealError(f"{key.name} is shorter than what was sealed", hint=_HINT)
    # 3. they are those of this name
    if not hmac.compare_digest(PREFIX + writer.mac.hexdigest(), key.name):
        raise SealError(f"{key.name} holds what belongs to another name", hint=_HINT)


def _named(secret: bytes, kind: str) -> hmac.HMAC:
    if kind not in KINDS:
        raise SealError("an unknown kind of sealed thing", hint="was it made by a newer version?")
    return hmac.new(secret, f"quoth-sealed-{kind}\n".encode(), hashlib.sha256)


class _Padded:
    """A source that is named while it is read, with zeros after its end."""

    def __init__(self, source: Source, mac: hmac.HMAC) -> None:
        self._source = source
        self._zeros = -1
        self.mac = mac
        self.size = 0
        self.kept: BaseException | None = None
        self.through = False

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        wanted = len(_ZEROS) if size < 0 else size
        if self._zeros < 0:
            try:
                data = self._source.read(wanted)
            except (OSError, QuothError) as err:
                self.kept = err
                raise
            if data:
                self.mac.update(data)
                self.size += len(data)
                return data
            self._zeros = padded_size(self.size) - self.size
        piece = _ZEROS[: min(wanted, self._zeros)]
        self._zeros -= len(piece)
        self.through = not self._zeros
        return piece


class _Checked:
    """A source or a target whose error is kept."""

    def __init__(self, inner: Source | Target) -> None:
        self._inner = inner
        self.kept: BaseException | None = None
        self.through = True

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        self.through = False
        try:
            data = self._inner.read(size)  # type: ignore[union-attr]  # a source
        except (OSError, QuothError) as err:
            self.kept = err
            raise
        self.through = True
        return data

    def write(self, data: bytes) -> int:
        """Write all of ``data``."""
        self.through = False
        try:
            _write_all(self._inner, data)  # type: ignore[arg-type]  # a target
        except (OSError, QuothError) as err:
            self.kept = err
            raise
        self.through = True
        return len(data)

    def flush(self) -> None:
        """The caller forces what it wants on the disk."""


class _Cut(_Checked):
    """A target that gets the first ``size`` bytes, named on the way; the rest is padding."""

    def __init__(self, inner: Target, size: int, mac: hmac.HMAC) -> None:
        super().__init__(inner)
        self.left = size
        self.mac = mac

    def write(self, data: bytes) -> int:
        """Write what is not padding."""
        piece = bytes(data[: self.left])
        self.left -= len(piece)
        self.mac.update(piece)
        super().write(piece)
        return len(data)


def _write_all(target: Target, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[target.write(bytes(rest)) :]


def _raise_kept(*streams: _Padded | _Checked, through: bool = True) -> None:
    for one in streams:
        if one.kept is not None:
            raise one.kept
    if through and not all(one.through for one in streams):
        raise SealError("reading or writing broke off", hint="nothing of it is kept; try again")
