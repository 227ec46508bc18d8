"""Sealed things on the disk: cipher texts, key files, the case's secret.

- ``sealed/objects/NAME`` and ``sealed/keys/NAME`` are age files; NAME is 64 hexadecimal digits of a keyed hash.
- ``sealed/case`` is the secret of that hash, an age file to all recipients. Nothing here can be read without a key.
- A list (canonical JSON, an object of the case) stands in the log with each change: the digests of the files, which
  are digests of cipher text, and the recipients. What it says is checked by ``sealed_check``.

Example::

    held = Sealed.read(store)
    held.files["sealed:…"].key_file
"""

import dataclasses
import re
from collections.abc import Mapping
from pathlib import Path

from quoth.custody import folder
from quoth.custody.store import Store
from quoth.errors import CustodyError, RecordError
from quoth.record import wire
from quoth.record.custody import Action, CustodyEntry, ObjectRef
from quoth.terms.digest import Digest, InvalidDigest, parse_digest

__all__ = ["SECRET", "Files", "SealList", "Sealed", "key_place", "object_place", "read_list", "stays_home"]

SECRET = f"{folder.SEALED}/case"
"""The case's secret, for the recipients."""

PENDING = f"{folder.SEALED}/pending"
"""Changes that are not through; see ``sealed_change``."""

PREFIX = "sealed:"
_NAME = re.compile(r"sealed:[0-9a-f]{64}\Z")


def object_place(name: str) -> str:
    """Where the cipher text of a name stands, relative to the case."""
    return f"{folder.SEALED}/objects/{_plain(name)}"


def key_place(name: str) -> str:
    """Where its key file stands."""
    return f"{folder.SEALED}/keys/{_plain(name)}"


def _plain(name: str) -> str:
    if not _NAME.match(name):
        raise CustodyError("not the name of a sealed thing", hint="see: quoth seal CASE --list")
    return name.removeprefix(PREFIX)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The two files of a sealed thing: their digests, and the cipher text's size in bytes.

    ``commitment`` is the salted commitment to what people said of it, whose opening lies in the key file.
    """

    cipher: Digest
    size: int
    key_file: Digest
    commitment: Digest | None = None

    def to_json(self) -> wire.Json:
        """For the list."""
        said: dict[str, wire.Json] = {"cipher": self.cipher, "key": self.key_file, "size": self.size}
        return said | ({"commitment": self.commitment} if self.commitment else {})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SealList:
    """What a *sealed* entry says: files by name, and (when they changed) the recipients and the secret's file."""

    files: Mapping[str, Files]
    recipients: str = ""
    secret: Digest | None = None

    def to_bytes(self) -> bytes:
        """Canonical JSON."""
        named: dict[str, wire.Json] = {name: one.to_json() for name, one in self.files.items()}
        value: dict[str, wire.Json] = {"files": named}
        if self.secret is not None:
            value |= {"recipients": self.recipients, "secret": self.secret}
        return wire.canonical(value)

    def refs(self, listed: ObjectRef) -> tuple[ObjectRef, ...]:
        """What the entry names: the list first, then each sealed thing."""
        return (listed, *(ObjectRef(sealed=name, size=one.size) for name, one in sorted(self.files.items())))


def read_list(data: bytes) -> SealList:
    """The list in canonical JSON; raises :class:`CustodyError`."""
    try:
        value = wire.parse_json(data)
        if not isinstance(value, dict) or not isinstance(value["files"], dict) or wire.canonical(value) != data:
            raise _no_list()
        files = {name: _files(name, one) for name, one in value["files"].items()}
        secret, recipients = value.get("secret"), value.get("recipients", "")
        return SealList(
            files=files,
            recipients=recipients if isinstance(recipients, str) else "",
            secret=parse_digest(secret) if isinstance(secret, str) else None,
        )
    except (RecordError, InvalidDigest, KeyError) as err:
        raise _no_list() from err


def _files(name: str, value: wire.Json) -> Files:
    _plain(name)
    if not isinstance(value, dict) or not isinstance(value["size"], int):
        raise _no_list()
    commitment = value.get("commitment")
    return Files(
        cipher=parse_digest(str(value["cipher"])),
        size=value["size"],
        key_file=parse_digest(str(value["key"])),
        commitment=None if commitment is None else parse_digest(str(commitment)),
    )


def _no_list() -> CustodyError:
    return CustodyError("an entry 'sealed' names a list that is none", hint="run: quoth audit CASE")


@dataclasses.dataclass(slots=True, kw_only=True)
class Sealed:
    """What is sealed now, as the log has it: ``since`` is the number of the entry that sealed a name."""

    files: dict[str, Files] = dataclasses.field(default_factory=dict)
    since: dict[str, int] = dataclasses.field(default_factory=dict)
    erased: dict[str, int] = dataclasses.field(default_factory=dict)
    recipients: str = ""
    secret: Digest | None = None

    @classmethod
    def read(cls, store: Store) -> "Sealed":
        """From the log of an open case; raises :class:`CustodyError` where a list is missing or damaged."""
        made = cls()
        for entry in store.entries():
            made.take(entry, store)
        return made

    def take(self, entry: CustodyEntry, store: Store) -> None:
        """Take one entry; those of other actions are passed over."""
        if entry.action is Action.ERASED:
            for ref in entry.objects:
                if ref.sealed and self.files.pop(ref.sealed, None) is not None:
                    self.erased[ref.sealed] = entry.seq
        if entry.action is not Action.SEALED or not entry.objects or entry.objects[0].digest is None:
            return
        listed = read_list(store.read_object(entry.objects[0].digest))
        for ref in entry.objects:
            if ref.sealed:
                self.since.setdefault(ref.sealed, entry.seq)
                self.erased.pop(ref.sealed, None)
        self.files.update(listed.files)
        if listed.secret is not None:
            self.recipients, self.secret = listed.recipients, listed.secret

    def named(self, word: str) -> str:
        """The full name that begins so; raises :class:`CustodyError` where it is none, several, or erased."""
        begin = PREFIX + word.removeprefix(PREFIX).strip().lower()
        found = [name for name in self.files if name.startswith(begin)]
        if len(found) == 1 and len(begin) >= len(PREFIX) + 4:
            return found[0]
        gone = [number for name, number in self.erased.items() if name.startswith(begin)]
        if gone and not found:
            raise CustodyError(f"it was erased by entry {gone[0]} of the log", hint="nothing can open it any more")
        what = "several sealed things begin so" if found else "nothing sealed has this name"
        raise CustodyError(what, hint="give four or more digits; see: quoth seal CASE --list")


def read_file(store: Store, place: str) -> bytes:
    """A small file below ``sealed/``; raises :class:`CustodyError`."""
    try:
        return (store.root / place).read_bytes()
    except OSError as err:
        raise CustodyError(f"{place} cannot be read: {err.strerror}", hint="run: quoth audit CASE") from err


def stays_home(root: Path) -> tuple[str, ...]:
    """What must not travel: places relative to the case, folders with all that is below them.

    A travel export leaves them out: sealed things, their keys, and what can be made again or was set aside.
    """
    names = (folder.SEALED, folder.CACHE, folder.TEMPORARY, folder.DAMAGED, "draft")
    return tuple(name for name in names if (root / name).exists())
