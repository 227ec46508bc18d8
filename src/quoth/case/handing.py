"""Hand over: chosen exhibits, the log and proofs become one bundle.

- What is opened is chosen: by default only what tells nothing of who gave an exhibit, how, or when; a file keeps
  its own name only where its opening goes with it. Nothing sealed or erased ever goes.
- The bundle is checked by our own steps, and its final bytes are attacked for the names of those who gave what
  stays closed, before it takes its place. What is found stops it.
- An entry *handed-over* names the digest of the bundle; to whom is said in its opening, not in the log.

Example::

    handed = hand_over(book, Path("out.zip"), Choice(exhibits=("x-3f0c…",)), by="Ada", to="The court")
"""

import contextlib
import dataclasses
import functools
import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from quoth import __version__
from quoth.case import leaks
from quoth.case.casebook import Casebook
from quoth.case.clock import now
from quoth.case.describing import descriptions, fault_of_descriptions
from quoth.case.packing import Choice, Opened, Pack, packed
from quoth.custody.bundle_check import BundleCheck, Told
from quoth.custody.bundle_layout import TAGGED, BundleIndex, BundleStep
from quoth.custody.bundle_write import Written, writing
from quoth.custody.folder import CASE_FILE
from quoth.custody.parcel import Parcel, is_package, open_parcel
from quoth.custody.signing import KEY_KIND, PublicKey, SigningKey
from quoth.custody.sshsig import ssh_sign
from quoth.custody.store import EntryDraft
from quoth.errors import CaseError, CustodyError, SealError
from quoth.record.custody import Action
from quoth.record.finding import Finding, Outcome
from quoth.seal.leaks import read_secrets
from quoth.terms.digest import Digest, InvalidDigest, parse_digest
from quoth.terms.ident import ident

__all__ = ["Choice", "Handed", "Opened", "hand_over", "is_bundle", "told_from", "verify_bundle"]

TOOL = "quoth.case.handing"
_KEY = re.compile(rf"{KEY_KIND} [A-Za-z0-9+/]+=*")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What was handed over: where it lies, its digest, what is in it, whose openings stayed closed."""

    path: Path
    digest: Digest
    size: int
    exhibits: int
    opened: int
    closed: tuple[str, ...]
    unchecked: int
    """Names of givers too short to be looked for."""


def hand_over(
    book: Casebook, target: Path, choice: Choice, *, by: str, to: str = "", secrets: Path | None = None
) -> Handed:
    """Write the bundle to ``target`` (a folder, or a ``.zip``) and enter it in the log.

    ``secrets`` is a list of words that must not be in it. Raises :class:`CaseError` for what cannot be
    chosen, :class:`SealError` for what may not go, :class:`CustodyError` where it cannot be written.
    """
    _refuse_place(book, target)
    key = _key(book, by)
    made = packed(book, choice, at=now())
    info = (
        ("Bag-Software-Agent", f"quoth {__version__}"),
        ("Bagging-Date", made.index.made_at[:10]),
        ("External-Identifier", made.index.origin),
    )
    sign = None if key is None else functools.partial(ssh_sign, key=key)
    files = [*made.files, *descriptions(made.index, made.entries)]
    with writing(target, files, info=info, sign=sign) as written:
        _check(written.path)
        unchecked = _attack(written.path, made, secrets)
        _enter(book, written, made, by=by, to=to)
        written.place()
    return Handed(
        path=target,
        digest=written.digest,
        size=written.size,
        exhibits=len(made.index.exhibits),
        opened=made.opened,
        closed=made.closed,
        unchecked=unchecked,
    )


def verify_bundle(path: Path, *, told: Told | None = None) -> Iterator[Finding]:
    """Every step over the bundle at ``path``; raises :class:`CustodyError` where there is none to be read."""
    with open_parcel(path) as parcel:
        check = BundleCheck(parcel, told=told)
        findings = list(check.run())
        if check.index is not None:
            findings += _described(parcel, check.index)
    yield from sorted(findings, key=lambda one: one.check)


def is_bundle(path: Path) -> bool:
    """Whether what stands at ``path`` is for :func:`verify_bundle`: a bag's folder, a .zip or a .tar."""
    if path.is_dir():
        is_case = (path / CASE_FILE).exists()
        return not is_case and any((path / name).exists() for name in ("bagit.txt", "manifest-sha256.txt", TAGGED))
    return is_package(path)


def told_from(*, key: str = "", digest: str = "", against: Sequence[Path] = ()) -> Told:
    """What came on another way: ``key`` is a key, or a file with keys (``.pub``, allowed signers).

    Raises :class:`CaseError` for what cannot be used.
    """
    try:
        text = key if key.startswith(f"{KEY_KIND} ") or not key else Path(key).read_text(encoding="utf-8")
        keys = tuple(PublicKey.from_line(one) for one in _KEY.findall(text))
        told = parse_digest(digest if digest.startswith("sha256:") else f"sha256:{digest}") if digest else None
        others = {str(one): one.read_bytes() for one in against}
    except (OSError, UnicodeDecodeError, InvalidDigest, CustodyError) as err:
        raise CaseError(
            f"what you were told cannot be used: {err}", hint="give a key or a digest as it was told"
        ) from err
    if key and not keys:
        raise CaseError(f"{key} holds no key ({KEY_KIND} …)", hint="give the .pub file of whoever handed it over")
    return Told(trusted=keys, digest=told, against=others)


def _described(parcel: Parcel, index: BundleIndex) -> Iterator[Finding]:
    # 24. what describes the bundle for other programs says what the log says, and no more
    faults = list(fault_of_descriptions(parcel, index))
    for subject, words in faults:
        yield _found(BundleStep.DERIVED, subject, Outcome.FAILS, words)
    if not faults:
        yield _found(BundleStep.DERIVED, "bundle", Outcome.HOLDS, "the crate, PROV and CASE say what the log says")


def _refuse_place(book: Casebook, target: Path) -> None:
    if target.resolve().is_relative_to(book.root.resolve()):
        raise CaseError(f"{target} lies in the case", hint="nothing was written; choose a place outside of it")


def _key(book: Casebook, by: str) -> SigningKey | None:
    signer = book.store.signer
    key = signer(by) if signer is not None else None
    if key is None and book.store.members().periods:
        raise CaseError(
            f"people sign in this case, and {by} does not", hint="say which member hands it over: --by NAME"
        )
    return key


def _check(path: Path) -> None:
    """Our own steps over what was written; another history of the log is shown, and does not stop it."""
    for one in verify_bundle(path):
        if one.outcome in (Outcome.FAILS, Outcome.NOT_CHECKED) and one.check != BundleStep.FORK.value:
            raise CaseError(
                f"the bundle would not hold: {one.check}: {one.subject}: {'; '.join(one.grounds)}",
                hint="nothing was handed over; run: quoth audit CASE",
            )


def _attack(path: Path, made: Pack, secrets: Path | None) -> int:
    """Look for names that stay closed in the final bytes; raises :class:`SealError`. Gives how many are too short."""
    lines, short = [], 0
    for name in sorted(made.givers):
        with contextlib.suppress(SealError):
            read_secrets(name)
            lines.append(" ".join(name.split()))
            continue
        short += 1
    for listed in _lists(lines, secrets):
        with listed() as place:
            report = leaks.check([path], place)
        if report.code:
            where = sorted({_place(path, one.file) for one in report.files if one.hits or one.blind})
            what = "holds a name that must stay closed" if report.hits else "could not be looked into wholly"
            raise SealError(
                f"the bundle {what}: {', '.join(where[:5])}; nothing was handed over",
                hint="leave that exhibit out, or name the giver on purpose with --open x-…",
            )
    return short


def _lists(lines: list[str], secrets: Path | None) -> Iterator[Callable[[], contextlib.AbstractContextManager[Path]]]:
    if lines:
        yield functools.partial(_unwritten, "\n".join(lines).encode())
    if secrets is not None:
        yield lambda: contextlib.nullcontext(secrets)


@contextlib.contextmanager
def _unwritten(data: bytes) -> Iterator[Path]:
    """A list that lies in memory alone: the names of givers never touch a disk."""
    descriptor = os.memfd_create("list", os.MFD_CLOEXEC)
    try:
        with open(descriptor, "wb", closefd=False) as out:
            out.write(data)
        yield Path(f"/proc/self/fd/{descriptor}")
    finally:
        os.close(descriptor)


def _place(path: Path, file: str) -> str:
    return file.removeprefix(str(path)).lstrip("/") or "the bundle"


def _enter(book: Casebook, written: Written, made: Pack, *, by: str, to: str) -> None:
    """The entry: its object is the tag manifest, whose digest is the bundle's; to whom is in the opening."""
    grounds = (
        f"handed to: {to or 'not said'}",
        f"exhibits: {', '.join(one.id for one in made.index.exhibits) or 'none'}",
        f"openings: {made.opened}",
        f"over {made.index.size} entries of the log",
        "checked by all steps of quoth verify before it was put in its place",
    )
    finding = _found(BundleStep.EXPECTED, written.digest, Outcome.HOLDS, *grounds)
    finding = dataclasses.replace(finding, id=ident("f", "handed-over", written.digest, now()), check="handed-over")
    ref = book.store.put(written.tagged)
    note = "travel bundle" if made.index.whole else "bundle"
    book.store.stage(EntryDraft(action=Action.HANDED_OVER, objects=(ref,), secret=finding, note=note))
    book.store.commit(by=by, at=now())


def _found(step: BundleStep, subject: str, outcome: Outcome, *grounds: str) -> Finding:
    return Finding(
        id=ident("f", step.value, subject, *grounds),
        check=step.value,
        subject=subject,
        outcome=outcome,
        grounds=grounds,
        tool=TOOL,
        version=__version__,
    )
