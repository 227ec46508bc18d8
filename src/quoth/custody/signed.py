"""Signed checkpoints under ``log/signed/``: who vouches for which entries.

- After a commit by somebody whose key is in force, two files take their place there:
  ``<size>-<key>.note``, a signed note over the checkpoint and the line ``from <first entry>``, and
  ``.note.sig``, an SSH signature over the bytes of that note.
- They are written after the entries are in the log, so that nobody ever signs what is then not there. A
  crash between the two leaves entries unsigned: the audit says so, ``quoth keys sign`` puts it right.
- A signed checkpoint covers the whole log before it; only the entries from ``first`` on are the signer's own.

Example::

    write_signed(staging, SignedText(checkpoint=checkpoint, first=41), key)
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from quoth.custody import folder
from quoth.custody.checkpoint import SignedText
from quoth.custody.note import note_name, sign_note
from quoth.custody.signing import SigningKey
from quoth.custody.sshsig import ssh_sign
from quoth.custody.staging import Staging

__all__ = ["SIG", "newest", "note_place", "size_in", "write_signed"]

SIG = ".sig"
"""What the name of the SSH signature has more than that of its note."""

_NAME = re.compile(r"([0-9]{12})-[0-9a-f]{16}\.note\Z")


def note_place(size: int, short: str) -> str:
    """Where the note over ``size`` entries stands, signed by the key whose fingerprint begins with ``short``."""
    return f"{folder.SIGNED}/{size:012d}-{short}.note"


def size_in(name: str) -> int | None:
    """The size that a file name under ``log/signed/`` begins with, or ``None`` for a name of another form."""
    match = _NAME.match(name)
    return int(match[1]) if match else None


def write_signed(staging: Staging, text: SignedText, key: SigningKey) -> None:
    """Sign and put both files in their place, forced; raises :class:`OSError`."""
    note = sign_note(text.to_text(), note_name(key.public), key)
    place = note_place(text.checkpoint.size, key.public.short)
    for target, data in ((place + SIG, ssh_sign(note, key)), (place, note)):
        descriptor, name = staging.new_file(0o444)
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
        staging.place_later(name, target)
    staging.place()


def newest(root: Path, *, from_size: int = 0) -> Iterator[tuple[int, Path]]:
    """Sizes and files of the signed notes, the longest log first, down to ``from_size``."""
    try:
        names = sorted((one.name for one in (root / folder.SIGNED).iterdir()), reverse=True)
    except FileNotFoundError:
        return
    for name in names:
        size = size_in(name)
        if size is not None and size >= from_size:
            yield size, root / folder.SIGNED / name
