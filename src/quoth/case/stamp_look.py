"""Stamps of a case looked at again, step by step.

- Both foreign tools are asked each time; nothing is remembered from when the stamp came.
- A stamp that was refused when it came is listed, and is no alarm.

Example::

    for finding in audit_stamps(book): print(finding.outcome, finding.grounds)
"""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from cryptography.hazmat.primitives.serialization import Encoding

from quoth import __version__
from quoth.case.casebook import Casebook
from quoth.case.stamp_opinions import both
from quoth.custody import folder
from quoth.custody.proofs import tree_of_log
from quoth.custody.stamp import KeptStamp, StampKind, StampLog, stamps_in
from quoth.custody.stamp_answer import parse_answer
from quoth.custody.stamp_check import (
    LIMITS,
    CheckedStep,
    Earlier,
    StampEvidence,
    StampReport,
    StampStep,
    certificates_in,
    check_stamp,
)
from quoth.custody.stamp_ots import parse_ots
from quoth.custody.stamp_subject import LONGEST, head_in, subject_fault
from quoth.custody.vault import READ, hash_file
from quoth.errors import CustodyError
from quoth.record.finding import Finding, Outcome
from quoth.terms.digest import Digest
from quoth.terms.ident import ident
from quoth.terms.merkle import TiledTree

__all__ = [
    "LIMITS",
    "LookedAt",
    "StampKind",
    "audit_stamps",
    "code_of",
    "finding_of",
    "look",
    "look_at_all",
    "look_at_answer",
]

_PROOF_LIMITS = (
    "not verified against Bitcoin: for that, give the .ots file and the bytes stamped to an OpenTimestamps client",
    "a calendar's promise is no attestation yet",
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """One stamp or proof, and every step of its check."""

    kept: KeptStamp
    report: StampReport

    def lines(self) -> Iterator[str]:
        """The steps in words, numbered."""
        yield f"Entry {self.kept.seq}: {self.kept.kind.value} {self.kept.authority}"
        for one in self.report.steps:
            yield f"  {one.outcome.value:<12}{one.step.value.removeprefix('custody.stamp-')}: {one.ground}"

    def to_json(self) -> dict[str, object]:
        """The same for machines."""
        steps = [
            {"step": one.step.value, "outcome": one.outcome.value, "ground": one.ground} for one in self.report.steps
        ]
        return {"entry": self.kept.seq, "kind": self.kept.kind.value, "authority": self.kept.authority, "steps": steps}


def code_of(looked: Iterable[LookedAt]) -> int:
    """The exit code: 1 where a stamp fails, 3 where one cannot be checked or told; what was refused does not count."""
    outcomes = {one.report.outcome for one in looked if one.kept.kind is not StampKind.REFUSED}
    if Outcome.FAILS in outcomes:
        return 1
    return 3 if outcomes - {Outcome.HOLDS} else 0


def look(evidence: StampEvidence) -> StampReport:
    """Every step, with the opinions of both foreign tools."""
    openssl, library = both(evidence)
    return check_stamp(evidence, openssl=openssl, library=library)


def look_at_answer(
    book: Casebook, asked: KeptStamp, *, answer: bytes, certificates: bytes, kept_at: str
) -> StampReport:
    """The check of an answer that has just come to the request ``asked``."""
    shelf = _Shelf(book, stamps_in(book.store.entries()), is_hashed=True)
    kept = dataclasses.replace(asked, at=kept_at)
    return look(shelf.evidence(kept, answer=answer, certificates=certificates))


def look_at_all(book: Casebook, *, is_hashed: bool = False) -> Iterator[LookedAt]:
    """Every stamp, refused answer and proof, in the log's order; ``is_hashed``: objects were hashed just before."""
    log = stamps_in(book.store.entries())
    shelf = _Shelf(book, log, is_hashed=is_hashed)
    for kept in sorted((*log.answered, *log.refused, *log.proofs), key=lambda one: one.seq):
        yield LookedAt(kept=kept, report=shelf.report(kept))


def audit_stamps(book: Casebook) -> Iterator[Finding]:
    """One finding a stamp or proof: *holds*, or the first step that does not; refused answers are left out.

    To be called after the objects were hashed. A log that cannot be read gives one finding *not checked*.
    """
    try:
        for one in look_at_all(book, is_hashed=True):
            if one.kept.kind is not StampKind.REFUSED:
                yield finding_of(one)
    except (CustodyError, OSError) as err:
        check, subject = "custody.stamp", folder.ENTRIES
        yield Finding(
            id=ident("f", check, subject, _words(err)),
            check=check,
            subject=subject,
            outcome=Outcome.NOT_CHECKED,
            grounds=(f"the stamps were not looked at: {_words(err)}",),
            tool="quoth.custody.stamp",
            version=__version__,
        )


def finding_of(one: LookedAt) -> Finding:
    """What a check came to, as a finding about the entry that keeps the stamp."""
    worst, token = one.report.worst, one.report.token
    grounds = [worst.ground] if worst.outcome is not Outcome.HOLDS else []
    if token is not None and worst.outcome is not Outcome.FAILS:
        spread = "" if token.accuracy is None else f" ± {token.accuracy / 1_000_000:g} s"
        at = token.instant.strftime("%Y-%m-%d %H:%M:%S UTC")
        grounds.append(f"not later than {at}{spread}, by the clock of {one.kept.authority}")
    if worst.outcome is Outcome.HOLDS:
        grounds += [f"{step.step.value.partition('-')[2]}: {step.ground}" for step in one.report.steps[1:]]
    is_proof = one.kept.request is None
    subject = f"{folder.ENTRIES} entry {one.kept.seq}"
    check = StampStep.PROOF.value if is_proof else "custody.stamp"
    check = worst.step.value if worst.outcome is not Outcome.HOLDS else check
    return Finding(
        id=ident("f", check, subject, *grounds),
        check=check,
        subject=subject,
        outcome=worst.outcome,
        grounds=tuple(grounds),
        limits=_PROOF_LIMITS if is_proof else LIMITS,
        tool="quoth.custody.stamp",
        version=__version__,
    )


def _words(err: CustodyError | OSError) -> str:
    return (err.strerror or str(err)) if isinstance(err, OSError) else str(err)


class _Shelf:
    """What the check of several stamps needs of one case."""

    def __init__(self, book: Casebook, log: StampLog, *, is_hashed: bool) -> None:
        self._store = book.store
        self._log = log
        self._origin = book.store.case_file.origin
        self._size = book.store.checkpoint().size
        self._root = book.root
        self._tree: TiledTree | None = None
        self._is_hashed = is_hashed

    def report(self, kept: KeptStamp) -> StampReport:
        """Every step; an object that cannot be read fails the step that needs it."""
        try:
            if kept.request is None:
                return self._proof(kept)
            answer, pem = self._object(kept.answer), self._object(kept.certificates)
            evidence = self.evidence(kept, answer=answer, certificates=pem)
        except (CustodyError, OSError) as err:
            step = StampStep.PROOF if kept.request is None else StampStep.ANSWER
            return StampReport(steps=(CheckedStep(step=step, outcome=Outcome.FAILS, ground=_words(err)),))
        return look(evidence)

    def evidence(self, kept: KeptStamp, *, answer: bytes, certificates: bytes) -> StampEvidence:
        """What is checked of a stamp; raises :class:`CustodyError` where an object cannot be read."""
        about, fault, covers = self._subject(kept)
        return StampEvidence(
            subject=self._digest(kept),
            request=self._object(kept.request),
            answer=answer,
            certificates=certificates,
            asked_at=kept.asked_at,
            kept_at=kept.at,
            earlier=tuple(self._earlier(self._log.answered, kept.seq, covers)),
            about=about,
            log_fault=fault,
        )

    def _subject(self, kept: KeptStamp) -> tuple[str, str, int]:
        """What was stamped in words, why it is not of this log, and how many entries it covers."""
        digest = self._digest(kept)
        if not self._store.has(digest):
            return f"{digest}, whose bytes are not here: erased or lost", "", 0
        if kept.subject.size > LONGEST:
            self._hash(digest)
            return f"the object {digest}", "", 0
        data = self._store.read_object(digest)
        head = head_in(data, self._origin)
        if head is None:
            return f"the object {digest}", "", 0
        fault = subject_fault(data, origin=self._origin, size=self._size, root_at=self._root_at)
        return f"the first {head.size} entries of this log", fault, head.size

    def _root_at(self, size: int) -> bytes:
        if self._tree is None:
            self._tree = tree_of_log(self._root, self._size)[0]
        return self._tree.head(size).root

    def _hash(self, digest: Digest) -> None:
        if self._is_hashed:
            return
        found, _ = hash_file(str(self._store.object_path(digest)), memoryview(bytearray(READ)))
        if found != digest:
            raise CustodyError(f"the object {digest} is damaged", hint="run: quoth audit CASE")

    def _earlier(self, answered: Sequence[KeptStamp], seq: int, covers: int) -> Iterator[Earlier]:
        for one in answered:
            if one.seq >= covers or one.seq == seq:
                continue
            token = parse_answer(self._object(one.answer)).token
            pem = certificates_in(self._object(one.certificates))
            if token is not None:
                beside = tuple(each.public_bytes(Encoding.DER) for each in pem)
                signer = token.signer_certificate(beside)
                yield Earlier(seq=one.seq, instant=token.instant, accuracy=token.accuracy, signer=signer)

    def _proof(self, kept: KeptStamp) -> StampReport:
        # 12. an OpenTimestamps proof can be read to its end and is about these bytes; Bitcoin is not asked
        proof = parse_ots(self._object(kept.answer))
        about, fault, _ = self._subject(kept)
        told = "; ".join(dict.fromkeys(one.told() for one in proof.attestations))
        if f"sha256:{proof.digest.hex()}" != kept.subject.digest:
            fault = f"it is about other bytes: {proof.algorithm} {proof.digest.hex()}"
        ground = fault or f"about {about}; it names {told}; NOT verified against Bitcoin"
        outcome = Outcome.FAILS if fault else Outcome.HOLDS
        return StampReport(steps=(CheckedStep(step=StampStep.PROOF, outcome=outcome, ground=ground),))

    def _object(self, digest: Digest | None) -> bytes:
        if digest is None:
            raise CustodyError("the entry does not name all parts of the stamp", hint="run: quoth audit CASE")
        return self._store.read_object(digest)

    def _digest(self, kept: KeptStamp) -> Digest:
        if kept.subject.digest is None:
            raise CustodyError("the entry does not name what was stamped", hint="run: quoth audit CASE")
        return kept.subject.digest
