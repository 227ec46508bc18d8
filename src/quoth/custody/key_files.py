"""Key files of people, outside of every case.

- A private key is a file of mode 0600; one that others may read is refused, as OpenSSH does.
- Beside it stands the public key, ``NAME.pub``: that one is to be handed around.
- A file that is here already is never written over.

Example::

    path = write_key(Path.home() / ".config/quoth/keys", "ada", key, passphrase="")
    read_key_file(path, "").public
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from quoth.custody.folder import CASE_FILE
from quoth.custody.signing import PublicKey, SigningKey, read_key
from quoth.errors import CustodyError

__all__ = ["is_wrapped", "public_keys", "read_key_file", "read_public_file", "write_key"]

_LONGEST = 1 << 20


def write_key(folder: Path, name: str, key: SigningKey, *, passphrase: str) -> Path:
    """Write ``name`` and ``name.pub`` into ``folder`` (made if need be); raises :class:`CustodyError`."""
    target, public = folder / name, folder / f"{name}.pub"
    if any((one / CASE_FILE).exists() for one in (folder, *folder.absolute().parents)):
        raise CustodyError("a private key does not belong into a case", hint="keep it elsewhere: --folder FOLDER")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if target.exists() or public.exists():
            raise CustodyError(f"{target} is there already", hint="nothing was written; choose another name or folder")
        for path, data, mode in (
            (target, key.wrapped_file(passphrase) if passphrase else key.unsealed_file(), 0o600),
            (public, f"{key.public.line} {name}\n".encode(), 0o644),
        ):
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
            with os.fdopen(descriptor, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
    except OSError as err:
        raise CustodyError(f"the key could not be written to {folder}: {err.strerror}", hint="choose another") from err
    return target


def read_key_file(path: Path, passphrase: str) -> SigningKey:
    """The private key in a file; raises :class:`CustodyError`, with nothing of its content."""
    data = _read(path)
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise CustodyError(f"{path} can be read by other users of this machine", hint=f"run: chmod 600 {path}")
    return read_key(data, passphrase)


def is_wrapped(path: Path) -> bool:
    """Whether the key file asks for a passphrase."""
    return _read(path).startswith(b"age-encryption.org/")


def read_public_file(path: Path) -> PublicKey:
    """The public key in a ``.pub`` file; raises :class:`CustodyError`."""
    try:
        return PublicKey.from_line(_read(path).decode())
    except UnicodeDecodeError as err:
        raise CustodyError(f"{path} is no public key", hint="give the .pub file of an Ed25519 key") from err


def public_keys(folder: Path) -> Iterator[tuple[PublicKey, Path]]:
    """Every public key in ``folder`` with the file of its private key, there or not; what is no key is passed over."""
    for path in sorted(folder.glob("*.pub")) if folder.is_dir() else ():
        try:
            yield read_public_file(path), path.with_suffix("")
        except CustodyError:
            continue


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as source:
            return source.read(_LONGEST)
    except OSError as err:
        raise CustodyError(f"{path} cannot be read: {err.strerror}", hint="give the path of a key file") from err
