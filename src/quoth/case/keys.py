"""Keys of the people of a case: made, brought in, changed.

- Private keys lie outside of every case: in ``$QUOTH_KEYS``, else in ``quoth/keys`` of the user's
  configuration folder (``$XDG_CONFIG_HOME``, else ``~/.config``).
- Whoever has a key in a case signs there: without it at hand, nothing is entered in their name.
- Every change is judged by the rules of the log before it is written.

Example::

    make_key("Ada", key_folder())
    bring_in(book.store, "Ada", file=None, by="Ada")
"""

import getpass
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from quoth.case.clock import now
from quoth.custody import key_files
from quoth.custody.late import sign_spans, unsigned_spans
from quoth.custody.members import Members, is_plain_name, member_id, prepare
from quoth.custody.signing import PublicKey, SigningKey
from quoth.custody.sshsig import allowed_signers
from quoth.custody.store import EntryDraft, Store
from quoth.errors import CustodyError
from quoth.record.custody import GENESIS, Action, CustodyEntry, KeyStep, Member, ObjectRef
from quoth.terms.digest import Digest, digest_of

__all__ = [
    "Ask",
    "ask_at_the_terminal",
    "bring_in",
    "key_folder",
    "listed",
    "make_key",
    "public_of",
    "rotate",
    "sign_late",
    "signer_for",
    "signers_file",
    "succeed",
    "unsigned",
]

Ask = Callable[[Path], str]
"""Asks a person for the passphrase of a key file."""

_NOT_A_FILE_NAME = re.compile(r"[^\w.-]+")


def key_folder() -> Path:
    """Where this user's private keys lie."""
    if chosen := os.environ.get("QUOTH_KEYS"):
        return Path(chosen)
    base = os.environ.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "quoth" / "keys"


def make_key(name: str, folder: Path, *, passphrase: str = "") -> tuple[Path, str]:
    """Make a key pair; gives the private file's path and the fingerprint. Raises :class:`CustodyError`."""
    _check_name(name)
    key = SigningKey.new()
    file = _file_of(name)
    if (folder / file).exists():
        file = f"{file}-{key.public.short[:8]}"
    return key_files.write_key(folder, file, key, passphrase=passphrase), key.public.fingerprint


def public_of(path: Path) -> PublicKey:
    """The public key of a file: a ``.pub`` file, or a private one with its ``.pub`` beside it."""
    return key_files.read_public_file(path if path.suffix == ".pub" else path.with_name(path.name + ".pub"))


def ask_at_the_terminal(path: Path) -> str:
    """The passphrase as typed, unseen; raises :class:`CustodyError` where there is no terminal."""
    try:
        return getpass.getpass(f"Passphrase of {path}: ")
    except (EOFError, OSError) as err:
        raise CustodyError(f"{path} asks for its passphrase, and there is no terminal", hint="use a terminal") from err


def private_of(public: PublicKey, *, beside: Path | None = None, ask: Ask = ask_at_the_terminal) -> SigningKey | None:
    """The private key of ``public``, from this user's :func:`key_folder` or the folder of the file ``beside``."""
    folders = [key_folder(), *([beside.parent] if beside else [])]
    for file in (file for one in folders for key, file in key_files.public_keys(one) if key == public):
        if file.exists():
            key = key_files.read_key_file(file, ask(file) if key_files.is_wrapped(file) else "")
            if key.public != public:
                raise CustodyError(f"{file} and its .pub file are two different keys", hint="put the right one there")
            return key
    return None


def signer_for(store: Store, *, ask: Ask = ask_at_the_terminal) -> Callable[[str], SigningKey | None]:
    """What gives the key of whoever commits to ``store``; a key is opened once."""
    opened: dict[PublicKey, SigningKey] = {}

    def signer(by: str) -> SigningKey | None:
        period = store.members().at(by)
        if period is None:
            return None
        key = opened.get(period.key) or private_of(period.key, ask=ask)
        if key is None:
            raise CustodyError(
                f"{by} signs in this case, and that key ({period.key.fingerprint}) is not on this machine",
                hint=f"nothing was entered; put the key into {key_folder()}, set QUOTH_KEYS, or act as somebody else",
            )
        opened[period.key] = key
        return key

    return signer


def bring_in(store: Store, name: str, *, file: Path | None, by: str, ask: Ask = ask_at_the_terminal) -> Member:
    """The case's first key (``by`` is ``name``), or another person's, vouched for by the member ``by``.

    ``file`` left out is looked for in :func:`key_folder`, by the name.
    """
    key = public_of(file or key_folder() / _file_of(name))
    if not store.members().periods:
        member = _drafted(store, name, key, KeyStep.FIRST)
        return _enter(store, member, by=by or name, keys=(_held(key, ask, beside=file),))
    return _enter(store, _drafted(store, name, key, KeyStep.ADDED, voucher=by), by=by, keys=(_of(store, by, ask),))


def rotate(store: Store, name: str, *, file: Path, ask: Ask = ask_at_the_terminal) -> Member:
    """A new key in the place of one's own, signed by both; both private keys must be on this machine."""
    public = public_of(file)
    member = _drafted(store, name, public, KeyStep.ROTATED)
    return _enter(store, member, by=name, keys=(_held(public, ask, beside=file), _of(store, name, ask)))


def succeed(
    store: Store, name: str, *, file: Path, by: str, reason: str = "", ask: Ask = ask_at_the_terminal
) -> Member:
    """A new key for ``name`` in the place of a lost one, vouched for by the second member ``by``."""
    member = _drafted(store, name, public_of(file), KeyStep.SUCCEEDED, voucher=by, reason=reason)
    return _enter(store, member, by=by, keys=(_of(store, by, ask),))


def unsigned(store: Store, by: str) -> Iterator[CustodyEntry]:
    """The entries that ``by`` may still sign."""
    for first, size in unsigned_spans(store, by):
        for entry in store.entries(first):
            if entry.seq >= size:
                break
            yield entry


def sign_late(store: Store, by: str, *, ask: Ask = ask_at_the_terminal) -> int:
    """Sign what :func:`unsigned` shows; gives how many entries that were."""
    spans = unsigned_spans(store, by)
    sign_spans(store, spans, _of(store, by, ask))
    return sum(size - first for first, size in spans)


def listed(store: Store) -> list[dict[str, Any]]:
    """Every key that was ever in force, with what stands about it in the log, for the screen."""
    here = {key for key, file in key_files.public_keys(key_folder()) if file.exists()}
    return [
        {
            "name": one.member.name,
            "fingerprint": one.key.fingerprint,
            "key": one.member.key,
            "how": one.member.step.value,
            "vouched_by": one.member.vouched_by,
            "since": one.since,
            "until": one.until,
            "here": one.key in here,
        }
        for one in store.members().periods
    ]


def signers_file(store: Store) -> bytes:
    """An allowed-signers file with every key that was ever in force (ssh-keygen(1))."""
    return allowed_signers((one.member.name, one.key) for one in store.members().periods)


def _drafted(store: Store, name: str, key: PublicKey, step: KeyStep, *, voucher: str = "", reason: str = "") -> Member:
    _check_name(name)
    standing, case = store.members().at(name), store.case_file.case
    return Member(
        id=member_id(case, name, key.line),
        case=case,
        name=name,
        key=key.line,
        step=step,
        at=now(),
        before=standing.member.key if standing and step is not KeyStep.ADDED else "",
        vouched_by=voucher,
        reason=reason,
    )


def _enter(store: Store, member: Member, *, by: str, keys: tuple[SigningKey, ...]) -> Member:
    """Judge the change by the rules, then write it, signed by the first of ``keys``."""
    parts = {digest_of(data): data for data in prepare(member, keys)}
    _judge(store.members(), member, by, parts, store.head()[0])
    refs = tuple(store.put(data) for data in parts.values())
    store.stage(EntryDraft(action=Action.KEY_CHANGED, objects=refs, note=member.step.value))
    store.commit(by=by, at=member.at, key=keys[0])
    return member


def _judge(members: Members, member: Member, by: str, parts: dict[Digest, bytes], place: int) -> None:
    refs = tuple(ObjectRef(digest=digest, size=len(data)) for digest, data in parts.items())
    entry = CustodyEntry(seq=place, prev=GENESIS, action=Action.KEY_CHANGED, at=member.at, by=by, objects=refs)
    fault = members.take(entry, parts.__getitem__)
    if fault:
        raise CustodyError(
            f"this change of keys breaks a rule: {fault}", hint="nothing was entered; see docs/custody.md"
        )


def _of(store: Store, name: str, ask: Ask) -> SigningKey:
    """The private key in force for ``name``."""
    period = store.members().at(name)
    if period is None:
        raise CustodyError(
            f"{name or 'nobody'} has no key in this case, and cannot vouch for another", hint="say who acts: --by NAME"
        )
    return _held(period.key, ask)


def _held(public: PublicKey, ask: Ask, *, beside: Path | None = None) -> SigningKey:
    key = private_of(public, beside=beside, ask=ask)
    if key is None:
        raise CustodyError(
            f"the private key {public.fingerprint} is not on this machine",
            hint=f"nothing was entered; put it into {key_folder()}, or set QUOTH_KEYS",
        )
    return key


def _file_of(name: str) -> str:
    """The name of the key file for a person's name."""
    return _NOT_A_FILE_NAME.sub("-", name).strip(".-") or "key"


def _check_name(name: str) -> None:
    if not is_plain_name(name):
        raise CustodyError(
            "not a name that the log can carry", hint='letters, digits and single spaces, without * ? ! , + " or \\'
        )
