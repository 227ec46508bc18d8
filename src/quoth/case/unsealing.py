"""Unseal: who and why are logged before a byte is given.

- Looking at what was said of a sealed thing is an entry *viewed*; getting its bytes is an entry *unsealed*.
- A reason that holds words of the sealed record is refused: the log is read by many.
- A drill opens a test seal with each key that is given, and says on which day it did.

Example::

    unseal(book, "3fa9", identities, reason="to answer the court", by="Ada", out=Path("letter.pdf"))
"""

import contextlib
import dataclasses
import io
import os
from collections.abc import Sequence
from pathlib import Path

from quoth.case.casebook import Casebook
from quoth.case.clock import now
from quoth.case.sealing import data_key, recipients_of
from quoth.custody.openings import read_opening, value_of
from quoth.custody.sealed_change import shred
from quoth.custody.sealed_store import Sealed, object_place
from quoth.custody.store import EntryDraft
from quoth.errors import SealError
from quoth.record.custody import Action, ObjectRef
from quoth.record.exhibit import Exhibit
from quoth.record.kinds import Record
from quoth.seal.sealed import DataKey, Target, new_secret, seal_stream, unsealed_stream
from quoth.seal.sealed_keys import key_text, read_key_text, unwrap, wrap
from quoth.seal.sealed_recipients import Identity

__all__ = ["Drilled", "Unsealed", "drill", "unseal"]

_LONGEST = 300
_WORD = 4


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Unsealed:
    """A sealed thing opened: its name, kind and size in bytes, what was said of it, and the entry's number."""

    name: str
    kind: str
    size: int
    said: tuple[Record, ...]
    entry: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Drilled:
    """Whether a recipient's key opened a test seal; ``None`` where no key was given for them."""

    name: str
    offline: bool
    opened: bool | None


def unseal(
    book: Casebook,
    word: str,
    identities: Sequence[Identity],
    *,
    reason: str,
    by: str,
    out: Path | Target | None = None,
) -> Unsealed:
    """Open a sealed thing: its record alone (*viewed*), or its bytes into ``out`` (*unsealed*).

    ``out`` as a path is a new file of mode 0600 outside of the case. Raises :class:`SealError`; no entry is written
    for keys that do not open it.
    """
    _check_reason(reason)
    if isinstance(out, Path):
        _check_place(book, out)
    sealed = Sealed.read(book.store)
    name = sealed.named(word)
    key, openings, secret = data_key(book, name, identities)
    said = tuple(value_of(read_opening(one.encode() + b"\n")) for one in openings)
    _check_words(reason, said)
    ref = ObjectRef(sealed=name, size=sealed.files[name].size)
    action = Action.VIEWED if out is None else Action.UNSEALED
    book.store.stage(EntryDraft(action=action, objects=(ref,), note=reason))
    (entry,) = book.store.commit(by=by, at=now())
    if isinstance(out, Path):
        _write(book, key, secret, out)
    elif out is not None:
        _give(book, key, secret, out)
    return Unsealed(name=name, kind=key.kind, size=key.size, said=said, entry=entry.seq)


def _give(book: Casebook, key: DataKey, secret: bytes, out: Target) -> None:
    try:
        source = (book.root / object_place(key.name)).open("rb")
    except OSError as err:
        place = object_place(key.name)
        raise SealError(f"{place} cannot be read: {err.strerror}", hint="run: quoth audit CASE") from err
    with source:
        unsealed_stream(source, out, key=key, secret=secret)


def _write(book: Casebook, key: DataKey, secret: bytes, out: Path) -> None:
    """A new file; what was written of it is overwritten and removed when anything goes wrong."""
    try:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except OSError as err:
        raise SealError(f"the file cannot be made: {err.strerror}", hint="give another one with --out") from err
    whole = False
    try:
        with os.fdopen(descriptor, "wb", buffering=0) as target:
            _give(book, key, secret, target)
            os.fsync(target.fileno())
        whole = True
    except OSError as err:
        raise SealError(f"the file cannot be written: {err.strerror}", hint="nothing of it is kept") from err
    finally:
        if not whole:
            with contextlib.suppress(OSError):
                shred(out)


def _check_reason(reason: str) -> None:
    if not reason.strip() or not reason.isprintable() or len(reason) > _LONGEST:
        raise SealError(
            "a reason is needed, of one line", hint=f"--reason TEXT, up to {_LONGEST} characters; it stands in the log"
        )


def _check_words(reason: str, said: Sequence[Record]) -> None:
    """Raise where the reason holds a name or a number of the sealed record: the log is not sealed."""
    if any(word.strip(".,;:!?\"'()").lower() in _names(said) for word in reason.split()):
        raise SealError(
            "the reason holds words of what is sealed, and the log is read by others",
            hint="nothing was opened; say it in other words",
        )


def _names(said: Sequence[Record]) -> set[str]:
    """Words of people's names and titles in sealed records, in lower case."""
    exhibits = [one for one in said if isinstance(one, Exhibit)]
    texts = [text for one in exhibits for text in _told(one)]
    return {word.lower() for text in texts for word in text.split() if len(word) >= _WORD}


def _told(exhibit: Exhibit) -> list[str]:
    return [
        exhibit.title,
        *(text for one in exhibit.provenances for text in (one.given_by, one.claimed_author, one.line_called)),
    ]


def _check_place(book: Casebook, out: Path) -> None:
    if out.resolve().is_relative_to(book.root.resolve()):
        raise SealError("the file would lie in the case, in the clear", hint="give a place outside of it with --out")


def drill(book: Casebook, identities: Sequence[Identity], *, by: str) -> tuple[Drilled, ...]:
    """Open a test seal with each key given, and enter on which day each recipient's key worked.

    Raises :class:`SealError` where nobody is named yet.
    """
    recipients = recipients_of(book)
    sample, secret = new_secret(), new_secret()
    cipher = io.BytesIO()
    key = seal_stream(io.BytesIO(sample), cipher, secret=secret)
    made: list[Drilled] = []
    for one in recipients.all:
        mine = [held for held in identities if held.public == one.key]
        alone = dataclasses.replace(recipients, all=tuple(dataclasses.replace(r, second=False) for r in recipients.all))
        opened = _opens(wrap(key_text(key), alone), mine, cipher.getvalue(), secret, sample) if mine else None
        made.append(Drilled(name=one.name, offline=one.offline, opened=opened))
    worked = ", ".join(one.name for one in made if one.opened)
    failed = ", ".join(one.name for one in made if one.opened is False)
    note = "; ".join(part for part in (worked and f"drill opened by: {worked}", failed and f"failed: {failed}") if part)
    if note:
        book.store.stage(EntryDraft(action=Action.AUDITED, note=note))
        book.store.commit(by=by, at=now())
    return tuple(made)


def _opens(data: bytes, identities: Sequence[Identity], cipher: bytes, secret: bytes, sample: bytes) -> bool:
    found = io.BytesIO()
    try:
        key, _ = read_key_text(unwrap(data, identities))
        unsealed_stream(io.BytesIO(cipher), found, key=key, secret=secret)
    except SealError:
        return False
    return found.getvalue() == sample
