"""Private keys that open seals, found and opened when they are needed.

- A key is looked for where the caller says, else in ``$QUOTH_IDENTITY``, else among this user's keys.
- Only keys of recipients are opened; a passphrase is asked for those alone.
- A key file that others may read is refused. Nothing of a key stands in an error.

Example::

    identities = find_identities(recipients, given=[Path("ada.key")])
"""

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from quoth.case.keys import Ask, ask_at_the_terminal, key_folder
from quoth.custody.key_files import public_keys
from quoth.errors import CustodyError, SealError
from quoth.seal.sealed_recipients import Identity, Recipients, needs_passphrase, read_identity

__all__ = ["find_identities", "identities_in"]

_LONGEST = 1 << 20


def identities_in(path: Path, *, ask: Ask = ask_at_the_terminal) -> tuple[Identity, ...]:
    """The private keys in a file; raises :class:`SealError`."""
    try:
        with path.open("rb") as source:
            mode = os.fstat(source.fileno()).st_mode
            data = source.read(_LONGEST)
    except OSError as err:
        raise SealError(f"{path} cannot be read: {err.strerror}", hint="give the file of a private key") from err
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SealError(f"{path} can be read by other users of this machine", hint=f"run: chmod 600 {path}")
    try:
        return read_identity(data, ask(path) if needs_passphrase(data) else "")
    except SealError as err:
        raise SealError(f"{path}: {err}", hint=err.hint) from err


def find_identities(
    recipients: Recipients, *, given: Sequence[Path] = (), ask: Ask = ask_at_the_terminal
) -> tuple[Identity, ...]:
    """Private keys of recipients that are at hand; raises :class:`SealError` where there is none."""
    named = [Path(one) for one in os.environ.get("QUOTH_IDENTITY", "").split(os.pathsep) if one]
    places = list(given) or named or _in_folder(key_folder(), recipients)
    found = [one for path in places for one in identities_in(path, ask=ask) if recipients.named(one.public)]
    if not found:
        whose = "no key of a recipient is in the files given" if places else "no key of a recipient is at hand"
        raise SealError(
            whose, hint=f"give one with --identity FILE, set QUOTH_IDENTITY, or put one into {key_folder()}"
        )
    return tuple(found)


def _in_folder(folder: Path, recipients: Recipients) -> list[Path]:
    """Signing keys whose public part is a recipient, and age's own key files."""
    try:
        ours = [file for key, file in public_keys(folder) if recipients.named(key.line) and file.exists()]
        return ours + sorted(folder.glob("*.age-key"))
    except (OSError, CustodyError):
        return []
