"""A bundle checked in numbered steps, without the case.

- Step by step: the bag, the log with its signatures, then what was chosen and proved from it.
- The log of a bundle passes the same audit as a case's own; its findings take the numbers of this check.
- A bundle vouches for itself only as far as its keys are trusted: without a key or a digest that came on another
  way, the last step cannot tell.
- Numbers in the comments are those of :class:`BundleStep`; each has attacks in ``tests/attacks/vectors/bundles``.

Example::

    with open_parcel(Path("hand-over.zip")) as parcel:
        check = BundleCheck(parcel, told=Told(trusted=(ada,)))
        findings = list(check.run())
"""

import contextlib
import dataclasses
import enum
import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path

from quoth.custody import bundle_layout as layout
from quoth.custody import folder
from quoth.custody.bag import BagCheck, found_in
from quoth.custody.bundle_layout import BundleIndex, BundleStep, is_plain_path, proof_place
from quoth.custody.bundle_packed import PackedCheck
from quoth.custody.log_check import AuditStep, LogCheck
from quoth.custody.members import KeyPeriod, Members
from quoth.custody.note import NoteKey, note_name
from quoth.custody.parcel import Parcel, shown
from quoth.custody.proofs import parse_inclusion_text
from quoth.custody.signed_check import SignedCheck
from quoth.custody.signing import PublicKey
from quoth.custody.sshsig import allowed_signers, parse_sshsig, sshsig_fault
from quoth.errors import CaseError, CustodyError
from quoth.record.finding import Finding, Outcome
from quoth.terms.digest import Digest, digest_of, hex_of

__all__ = ["BundleCheck", "Told", "signers_of", "verify_lines", "vkeys_of"]

_KNOWN_LINES: frozenset[str] = frozenset()
"""SHA-256 of the VERIFY.txt of every earlier version; the present one is read from the package."""

_STEP_OF: dict[str, BundleStep] = {
    AuditStep.ENTRY.value: BundleStep.ENTRY,
    AuditStep.ORDER.value: BundleStep.ORDER,
    AuditStep.KEY.value: BundleStep.ORDER,
    AuditStep.CHAIN.value: BundleStep.CHAIN,
    AuditStep.TAIL.value: BundleStep.LOG,
    AuditStep.CHECKPOINT.value: BundleStep.LOG,
    AuditStep.NOTED.value: BundleStep.LOG,
    AuditStep.FOREIGN.value: BundleStep.ACCOUNTED,
    AuditStep.KEY_CHANGE.value: BundleStep.KEY_CHANGE,
    AuditStep.FORK.value: BundleStep.FORK,
}
_ALWAYS = (
    layout.INDEX,
    layout.CASE_FILE,
    layout.CRATE,
    layout.PROV,
    layout.CASE_UCO,
    f"data/{folder.ENTRIES}",
    f"data/{folder.CHECKPOINT}",
    "bagit.txt",
    "bag-info.txt",
    layout.VERIFY,
    *(f"{kind}manifest-{one}.txt" for kind in ("", "tag") for one in ("sha256", "sha512")),
)
_SOMETIMES = (layout.OPENED, layout.SIGNERS, layout.VKEYS, layout.SIGNATURE)
_LIMITS = (
    "that a key belongs to the person named beside it",
    "that the claimed times are right, where no time stamp holds them",
    "that what an exhibit says is so",
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came on another way than the bundle: keys, its digest, checkpoints of the same log by name."""

    trusted: tuple[PublicKey, ...] = ()
    digest: Digest | None = None
    against: Mapping[str, bytes] = dataclasses.field(default_factory=dict)


def verify_lines() -> bytes:
    """The shell lines that every bundle carries; no bundle's differ from another's."""
    return resources.files("quoth.custody").joinpath(layout.VERIFY).read_bytes()


def signers_of(members: Members) -> bytes:
    """The allowed-signers file of a bundle."""
    return allowed_signers((one.member.name, one.key) for one in members.periods)


def vkeys_of(members: Members) -> bytes:
    """The keys of the same people for Go's ``note.NewVerifier``, one a line."""
    return "".join(f"{_note_key(one).vkey}\n" for one in members.periods).encode()


def _note_key(period: KeyPeriod) -> NoteKey:
    return NoteKey(name=note_name(period.key), public=period.key)


class BundleCheck:
    """One check of a bundle; what it learns is kept for whoever imports it."""

    def __init__(self, parcel: Parcel, *, told: Told | None = None) -> None:
        self._parcel = parcel
        self._told = told or Told()
        self._bag = BagCheck(parcel, strict=True)
        self._by_digest: dict[str, str] = {}
        self.index: BundleIndex | None = None
        """The list of contents, once it could be read."""
        self.members = Members("")
        self.digest: Digest | None = None
        """What the log of the case calls this bundle: the digest of its first tag manifest."""
        self.log: LogCheck | None = None

    def run(self) -> Iterator[Finding]:
        """All steps, each with what is wrong or with the one finding that it holds."""
        yield from self._bag.run()
        if self._bag.broken:
            return
        self._by_digest = {digest: path for path, digest in self._bag.payload.items()}
        # 8. the list of contents is of a format that we know
        try:
            self.digest = digest_of(self._parcel.read(layout.TAGGED))
            self.index = layout.read_index(self._parcel.read(layout.INDEX))
        except layout.Newer as err:
            yield found_in(BundleStep.INDEX, layout.INDEX, Outcome.NOT_CHECKED, str(err), err.hint)
            return
        except CustodyError as err:
            yield found_in(BundleStep.INDEX, layout.INDEX, Outcome.FAILS, str(err))
            return
        yield found_in(BundleStep.INDEX, layout.INDEX, Outcome.HOLDS, f"names {len(self.index.exhibits)} exhibits")
        yield from self._rest(self.index)

    def object(self, digest: Digest) -> bytes:
        """A payload file by its digest; raises :class:`CustodyError`."""
        return self._parcel.read(self.place(digest))

    def place(self, digest: Digest) -> str:
        """Where the payload file of this digest stands; raises :class:`CustodyError`."""
        found = self._by_digest.get(hex_of(digest))
        if found is None:
            raise CustodyError(f"the bundle holds no {digest}")
        return found

    def _rest(self, index: BundleIndex) -> Iterator[Finding]:
        yield from _told_of(BundleStep.ACCOUNTED, self._accounted(index), "every file has its place in a bundle")
        log_findings: list[Finding] = []
        with self._log_root() as root:
            log = LogCheck(root, index.origin)
            signed = SignedCheck(root, index.origin, read=self.object, against=self._told.against)
            log.wanted |= signed.sizes() | self._proof_sizes(index)
            log_findings += log.run()
            if log.authors:  # else no entry could be read, and nothing can be signed
                log_findings += signed.run(log)
        self.log, self.members = log, signed.members
        faults: dict[BundleStep, list[tuple[str, str]]] = {}
        for one in log_findings:
            step = _STEP_OF.get(one.check, BundleStep.SIGNED)
            if one.outcome in (Outcome.CANNOT_TELL, Outcome.NOT_CHECKED) and one.check != AuditStep.NOTED.value:
                yield found_in(step, one.subject, one.outcome, *one.grounds)
            elif one.outcome is not Outcome.HOLDS:
                half = one.subject.startswith(folder.SIGNED)
                faults.setdefault(BundleStep.SIGNED if half else step, []).append((one.subject, "; ".join(one.grounds)))
        yield from self._of_the_log(index, log, faults)
        packed = PackedCheck(self._parcel, index, log=log, keys=[_note_key(one) for one in self.members.periods])
        for step, work, words in packed.steps(self._bag.payload):
            yield from _told_of(step, work, words)
        yield from _told_of(BundleStep.LINES, self._lines(), "VERIFY.txt holds the lines of this version of quoth")
        if BundleStep.FORK not in faults:
            yield found_in(BundleStep.FORK, index.origin, Outcome.HOLDS, "no other history of this log is known here")
        yield from self._vouched(index)

    def _of_the_log(
        self, index: BundleIndex, log: LogCheck, faults: dict[BundleStep, list[tuple[str, str]]]
    ) -> Iterator[Finding]:
        members = self.members.periods
        sizes = f"the log has {log.size} entries, the list of contents says {index.size}"
        for step, more, words in (
            (BundleStep.CASE, self._case(index, log), "entry 0 of the log names the case file"),
            (BundleStep.ENTRY, (), f"{log.size} entries, each as it was written"),
            (BundleStep.ORDER, (), "entries are numbered without a gap"),
            (BundleStep.CHAIN, (), "every entry names the line before it"),
            (
                BundleStep.LOG,
                () if log.size == index.size else ((folder.ENTRIES, sizes),),
                f"the checkpoint has the log's Merkle root {log.root_text}",
            ),
            (BundleStep.KEY_CHANGE, (), f"{len(log.key_changes)} changes of keys keep the rules"),
            (BundleStep.SIGNED, (), "every signed checkpoint is one of this log, by a key in force"),
            (BundleStep.SIGNERS, self._signers(), f"the key files hold the {len(members)} keys of the log"),
        ):
            yield from _told_of(step, (*faults.get(step, ()), *more), words)
        yield from (found_in(BundleStep.FORK, *_failed(one)) for one in faults.get(BundleStep.FORK, ()))
        yield from (found_in(BundleStep.ACCOUNTED, *_failed(one)) for one in faults.get(BundleStep.ACCOUNTED, ()))
        yield from self._handed()

    def _accounted(self, index: BundleIndex) -> Iterator[tuple[str, str]]:
        # 9. every file is one that a bundle has, and those that every bundle has are there
        proofs = {proof_place(one.entry) for one in index.exhibits}
        expected = {*_ALWAYS, *proofs, *(one.file for one in index.exhibits)}
        yield from ((one, "is missing") for one in sorted(expected - self._parcel.sizes.keys()))
        for path in self._parcel.sizes:
            if path in expected or path in _SOMETIMES:
                continue
            parts = path.split("/")
            is_log = len(parts) == 4 and parts[:2] == ["data", "log"] and parts[2] in layout.LOG_FILES
            digits = "".join(parts[2:])
            is_log = is_log or layout.stamp_entry(path) is not None
            is_object = path == f"{layout.OBJECTS}/{digits[:2]}/{digits[2:]}"
            if not ((is_log and is_plain_path(path)) or (is_object and self._bag.payload.get(path) == digits)):
                yield shown(path), "is no file of a bundle, or not under its own name"

    def _case(self, index: BundleIndex, log: LogCheck) -> Iterator[tuple[str, str]]:
        # 10. the case file is one, of the case in the list of contents, and the one that entry 0 names
        try:
            data = self._parcel.read(layout.CASE_FILE)
            case_file = folder.read_case_text(data)
        except (CustodyError, CaseError) as err:
            yield layout.CASE_FILE, str(err)
            return
        if case_file.case != index.case:
            yield layout.CASE_FILE, "is of another case than the list of contents says"
        if log.first is None or tuple(ref.digest for ref in log.first.objects) != (digest_of(data),):
            yield layout.CASE_FILE, "is not the one that entry 0 of the log names"

    def _signers(self) -> Iterator[tuple[str, str]]:
        # 17. the key files name the members of the log and nobody else
        for path, expected in ((layout.SIGNERS, signers_of(self.members)), (layout.VKEYS, vkeys_of(self.members))):
            held = self._parcel.read(path) if path in self._parcel.sizes else b""
            if held != expected:
                yield path, "names other keys than the key changes of the log brought into force"

    def _handed(self) -> Iterator[Finding]:
        # 18. where people sign, the bundle is signed by a member whose key is in force at its end
        signed = layout.SIGNATURE in self._parcel.sizes
        if not self.members.periods:
            if signed:
                yield found_in(BundleStep.HANDED, layout.SIGNATURE, *_only("signed, in a case where nobody signs"))
            return
        if not signed:
            yield found_in(
                BundleStep.HANDED, "bundle", *_only("people sign in this case, and nobody signed the bundle")
            )
            return
        try:
            armor = self._parcel.read(layout.SIGNATURE, most=1 << 16)
            public = parse_sshsig(armor).public
            fault = sshsig_fault(armor, self._parcel.read(layout.TAGGED), key=public)
        except CustodyError as err:
            yield found_in(BundleStep.HANDED, layout.SIGNATURE, Outcome.FAILS, str(err))
            return
        period = self.members.of(public)
        if period is None or period.until is not None:
            fault = fault or f"the key {public.fingerprint} is not in force for anybody at the end of the log"
        if fault or period is None:
            yield found_in(BundleStep.HANDED, layout.SIGNATURE, Outcome.FAILS, fault)
            return
        words = f"signed by {period.member.name}, {public.fingerprint}"
        yield found_in(BundleStep.HANDED, layout.SIGNATURE, Outcome.HOLDS, words)

    def _lines(self) -> Iterator[tuple[str, str]]:
        # 25. VERIFY.txt is one that a version of quoth wrote: nobody is led to run other lines
        held = self._parcel.read(layout.VERIFY) if layout.VERIFY in self._parcel.sizes else b""
        if held != verify_lines() and hashlib.sha256(held).hexdigest() not in _KNOWN_LINES:
            yield layout.VERIFY, "holds other lines than quoth writes: do not run it"

    def _vouched(self, index: BundleIndex) -> Iterator[Finding]:
        told, subject = self._told, index.origin
        signer = self.signer()
        # 27. it is signed by a key that came on another way
        if told.trusted:
            trusted = signer is not None and signer in told.trusted
            words = "signed by a key that you trust" if trusted else "signed by no key that you trust"
            yield found_in(
                BundleStep.TRUSTED, subject, Outcome.HOLDS if trusted else Outcome.FAILS, words, limits=_LIMITS
            )
        # 28. its digest is the one that came on another way
        if told.digest is not None:
            same = told.digest == self.digest
            words = (
                "has the digest that you were told" if same else f"has another digest than you were told: {self.digest}"
            )
            yield found_in(
                BundleStep.EXPECTED, subject, Outcome.HOLDS if same else Outcome.FAILS, words, limits=_LIMITS
            )
        if not told.trusted and told.digest is None:
            key = f"the key {signer.fingerprint}" if signer else "no key"
            words = f"by {key}, with the digest {self.digest}: compare with what you were told on another way"
            yield found_in(BundleStep.TRUSTED, subject, Outcome.CANNOT_TELL, words, limits=_LIMITS)

    def signer(self) -> PublicKey | None:
        """The key that the signature over the bundle names; not verified here."""
        with contextlib.suppress(CustodyError):
            return parse_sshsig(self._parcel.read(layout.SIGNATURE, most=1 << 16)).public
        return None

    def _proof_sizes(self, index: BundleIndex) -> set[int]:
        made: set[int] = set()
        for one in index.exhibits:
            with contextlib.suppress(CustodyError):
                made.add(parse_inclusion_text(self._parcel.read(proof_place(one.entry))).head.size)
        return made

    @contextlib.contextmanager
    def _log_root(self) -> Iterator[Path]:
        """A folder in which the log lies as in a case: the bundle's own, or a closed temporary one."""
        if self._parcel.folder is not None:
            yield self._parcel.folder / layout.ROOT
            return
        with tempfile.TemporaryDirectory(prefix="quoth-") as made:
            for path in self._parcel.sizes:
                if path.startswith("data/log/") and is_plain_path(path):
                    target = Path(made) / path.removeprefix("data/")
                    target.parent.mkdir(parents=True, exist_ok=True)
                    with target.open("wb") as out:
                        out.writelines(self._parcel.pieces(path))
            yield Path(made)


def _told_of(step: enum.Enum, faults: Iterable[tuple[str, str]], words: str) -> Iterator[Finding]:
    """What is wrong at a step, or the one finding that it holds."""
    held = list(faults)
    yield from (found_in(step, *_failed(one)) for one in held)
    if not held:
        yield found_in(step, "bundle", Outcome.HOLDS, words)


def _failed(fault: tuple[str, str]) -> tuple[str, Outcome, str]:
    return fault[0], Outcome.FAILS, fault[1]


def _only(words: str) -> tuple[Outcome, str]:
    return Outcome.FAILS, words
