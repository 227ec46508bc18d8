"""Recipients of a seal, and the private keys that open it.

- A list of recipients is an age recipients file (``age -R`` reads it); the remark before a key says whose it is
  and, in brackets, ``offline`` for a recovery key kept elsewhere and ``second`` for the second group.
- A group has at least two recipients, one of them offline, or nothing is sealed: one lost laptop must not lose
  the evidence.
- Private keys show nothing of themselves, and no error holds a word of a key file.

Example::

    recipients = read_recipients(Path("recipients.txt").read_text())
    identity = read_identity(data)
"""

import dataclasses
import re
from collections.abc import Sequence
from typing import Any

import pyrage  # type: ignore[import-untyped]
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization

from quoth.errors import SealError

__all__ = ["Identity", "Recipient", "Recipients", "needs_passphrase", "read_identity", "read_recipients"]

_TAGS = re.compile(r"\s*\[([a-z ]*)\]\s*\Z")
_AGE = b"age-encryption.org/"
_SSH = ("ssh-ed25519", "ssh-rsa")
_KNOWN = frozenset({"offline", "second"})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody who can open seals: a name as the log shows it, and a public key of age or OpenSSH."""

    name: str
    key: str
    offline: bool = False
    second: bool = False

    def age(self) -> Any:
        """The key as age's library takes it; raises :class:`SealError`."""
        kind = pyrage.ssh.Recipient if self.key.startswith("ssh-") else pyrage.x25519.Recipient
        try:
            return kind.from_str(self.key)
        except pyrage.RecipientError as err:
            raise SealError(f"the key of {self.name} is not one that age knows", hint=_FORM) from err


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """Everybody who can open the seals of a case."""

    all: tuple[Recipient, ...]

    @property
    def groups(self) -> tuple[tuple[Recipient, ...], ...]:
        """One group, or two of which each must take part."""
        first = tuple(one for one in self.all if not one.second)
        second = tuple(one for one in self.all if one.second)
        return (first, second) if second else (first,)

    def to_text(self) -> str:
        """The same as an age recipients file."""
        lines = []
        for one in self.all:
            tags = " ".join(tag for tag, set_ in (("offline", one.offline), ("second", one.second)) if set_)
            lines += [f"# {one.name}{f' [{tags}]' if tags else ''}", one.key]
        return "\n".join((*lines, ""))

    def named(self, public: str) -> Recipient | None:
        """The recipient of this public key."""
        return next((one for one in self.all if one.key == public), None)


_FORM = "a list holds, for each, a line '# NAME', or '# NAME [offline]', and a line with an age1… or ssh-ed25519 key"


def read_recipients(text: str) -> Recipients:
    """The recipients in an age recipients file; raises :class:`SealError` where the rules are not kept."""
    made: list[Recipient] = []
    remark = ""
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.strip()  # noqa: PLW2901 - the same line
        if line.startswith("#"):
            remark = line.lstrip("# ")
        elif line:
            made.append(_recipient(remark, line, number))
            remark = ""
    _check(made)
    return Recipients(all=tuple(made))


def _recipient(remark: str, line: str, number: int) -> Recipient:
    if line.upper().startswith("AGE-SECRET-KEY") or line.startswith("-----"):
        raise SealError(f"line {number} is a private key", hint="a list of recipients holds public keys only")
    found = _TAGS.search(remark)
    tags = frozenset(found[1].split()) if found else frozenset()
    name = remark[: found.start()].strip() if found else remark
    if not name or not name.isprintable() or tags - _KNOWN:
        raise SealError(f"line {number}: the remark before it does not say whose key this is", hint=_FORM)
    words = line.split()
    key = " ".join(words[:2]) if words[0] in _SSH else words[0]
    one = Recipient(name=name, key=key, offline="offline" in tags, second="second" in tags)
    one.age()
    return one


def _check(made: Sequence[Recipient]) -> None:
    if len({one.key for one in made}) != len(made):
        raise SealError("one key stands twice in the list", hint="each recipient has a key of their own")
    groups = Recipients(all=tuple(made)).groups
    for group in groups:
        whose = " of each group" if len(groups) > 1 else ""
        if len(group) < 2:
            raise SealError(
                f"at least two recipients{whose} are needed, and there {'is one' if group else 'is none'}",
                hint="add a recovery key that is kept elsewhere: age-keygen -o recovery.key, marked [offline]",
            )
        if not any(one.offline for one in group):
            raise SealError(
                f"no recipient{whose} is marked [offline]",
                hint="one key must be kept away from these machines; make one with age-keygen -o recovery.key",
            )
        if all(one.offline for one in group):
            raise SealError(
                f"every recipient{whose} is marked [offline]", hint="one must be at hand to open what is sealed"
            )


class Identity:
    """A private key that opens seals, known by its public part; it shows nothing else."""

    __slots__ = ("age", "public")

    def __init__(self, age: Any, public: str) -> None:
        self.age = age
        self.public = public

    def __repr__(self) -> str:
        return f"Identity({self.public})"

    def __reduce__(self) -> str:
        raise SealError("a private key is not to be copied", hint="hand on the path of its file")


def needs_passphrase(data: bytes) -> bool:
    """Whether a key file is wrapped by age under a passphrase."""
    return data.startswith(_AGE)


def read_identity(data: bytes, passphrase: str = "") -> tuple[Identity, ...]:
    """The private keys in a file: age's own, or one of OpenSSH; raises :class:`SealError` with nothing of the file."""
    if needs_passphrase(data):
        try:
            data = pyrage.passphrase.decrypt(data, passphrase)
        except pyrage.DecryptError as err:
            raise SealError("the key file cannot be opened with this passphrase", hint="try it again") from err
    if data.startswith(b"-----BEGIN"):
        return (_ssh(data),)
    try:
        lines = [one.strip() for one in data.decode("ascii").split("\n")]
        keys = [pyrage.x25519.Identity.from_str(one) for one in lines if one and not one.startswith("#")]
    except (UnicodeDecodeError, pyrage.IdentityError):
        raise _no_key() from None  # the cause may quote the file
    if not keys:
        raise _no_key()
    return tuple(Identity(one, str(one.to_public())) for one in keys)


def _ssh(data: bytes) -> Identity:
    try:
        private = serialization.load_ssh_private_key(data, None)
        public = private.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
        return Identity(pyrage.ssh.Identity.from_buffer(data), public.decode())
    except (ValueError, TypeError, UnsupportedAlgorithm, pyrage.IdentityError):
        raise SealError(
            "not a private key that can be used here, or one under OpenSSH's own passphrase",
            hint="take the passphrase off a copy with ssh-keygen -p, or wrap the file with: age -p",
        ) from None


def _no_key() -> SealError:
    return SealError("no private key is in this file", hint="make one with: age-keygen -o FILE")
