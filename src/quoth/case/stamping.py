"""Time stamps of a case: asked for, queued, carried, taken in.

- What leaves is a digest with a random number; it is shown first, with the address, and goes nowhere else.
- The log says *disclosed* before the first byte goes; request and bytes stamped are objects by then.
- Whatever an authority answers is kept: as a stamp when no step of its check fails, else as *refused*.
- A request waits until a stamp has come; ``send`` asks again for all that wait.

Example::

    plan = planned(book, items=(), authorities=chosen_authorities(("hours",)))
    for came in send(book, plan, by="desk"): print(came.told())
"""

import dataclasses
import secrets
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from quoth.case.carrier import STAMPS, Carrier
from quoth.case.casebook import Casebook
from quoth.case.clock import now
from quoth.case.finding import is_sealed
from quoth.case.stamp_authorities import Authority, by_hand
from quoth.case.stamp_look import look_at_answer
from quoth.custody.proofs import newest_note
from quoth.custody.stamp import BY_HAND, KeptStamp, StampKind, note_of_stamp, stamps_in
from quoth.custody.stamp_answer import LARGEST, parse_answer
from quoth.custody.stamp_check import StampReport
from quoth.custody.stamp_ots import OtsProof, parse_ots
from quoth.custody.stamp_request import NONCE_BITS, StampRequest, make_request, parse_request
from quoth.custody.stamp_subject import LONGEST, checkpoint_with, head_in
from quoth.custody.store import EntryDraft
from quoth.errors import AttributeRoomError, CaseError, CustodyError, SealError
from quoth.record.custody import ObjectRef
from quoth.record.exhibit import ExhibitStatus
from quoth.record.finding import Outcome
from quoth.terms.digest import Digest, digest_of, hex_of

__all__ = [
    "Came",
    "Parcel",
    "Plan",
    "Subject",
    "carry_out",
    "code_of",
    "planned",
    "queue",
    "send",
    "subject_of",
    "take_answer",
    "take_proof",
    "waiting",
    "write_subject",
]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is stamped: its name for people, its object, and (for a checkpoint) its bytes, to be kept."""

    named: str
    ref: ObjectRef
    data: bytes | None = None

    @property
    def digest(self) -> Digest:
        """The digest that is stamped."""
        if self.ref.digest is None:
            raise SealError("a sealed thing has no digest that may leave", hint="stamp the checkpoint: it covers it")
        return self.ref.digest


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One request to one authority."""

    subject: Subject
    authority: Authority
    request: bytes


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that would leave."""

    parcels: tuple[Parcel, ...]

    def lines(self) -> Iterator[str]:
        """What people see before they answer."""
        for one in self.parcels:
            where = one.authority.address
            way = "encrypted" if where.encrypted else "NOT encrypted: whoever is on the way can read it"
            way = "this machine itself" if where.here else way
            yield f"To {where.named} ({way}) would go the digest of {one.subject.named}:"
            yield f"  SHA-256 {hex_of(one.subject.digest)}, with a random number"
            if one.subject.data is None:
                yield "  Whoever has the same file can see from the digest that you have it too."
        if self.parcels:
            yield "  Nothing else of the case goes along. That this machine asks, and when, can be seen."


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What became of one request: the entry that keeps the answer (-1: none came), its check, or why nothing came."""

    authority: str
    subject: Digest
    entry: int = -1
    report: StampReport | None = None
    words: str = ""

    @property
    def code(self) -> int:
        """0 stamped, 1 the answer failed a step, 3 nothing came or the check could not be made whole."""
        if self.report is None:
            return 3
        return {Outcome.HOLDS: 0, Outcome.FAILS: 1}.get(self.report.outcome, 3)

    def told(self) -> str:
        """One line."""
        if self.report is None:
            return f"no answer: {self.words}; the request waits in the case: quoth stamp CASE --send-queued"
        token, worst = self.report.token, self.report.worst
        if worst.outcome is Outcome.FAILS:
            return f"refused: {worst.step.value}: {worst.ground}; kept as entry {self.entry}, and the request waits"
        at = token.instant.strftime("%Y-%m-%d %H:%M:%S UTC") if token is not None else ""
        rest = "" if worst.outcome is Outcome.HOLDS else f"; {worst.outcome.value}: {worst.step.value}: {worst.ground}"
        second = [one.ground for one in self.report.steps if "they disagree" in one.ground and one is not worst]
        return f"stamped: not later than {at}, by the clock of {self.authority}; entry {self.entry}" + "".join(
            (rest, *(f"; {one}" for one in second))
        )


def code_of(came: Iterable[Came]) -> int:
    """The exit code of all: 1 where an answer failed a step, else 3 where one is wanting, else 0."""
    codes = {one.code for one in came}
    return 1 if 1 in codes else max(codes, default=0)


def subject_of(book: Casebook, item: str = "") -> Subject:
    """The latest checkpoint (signed where it is), or the item with this id or digest; raises :class:`CaseError`."""
    if not item:
        checkpoint = book.store.checkpoint()
        data = newest_note(book.root, checkpoint, covering=checkpoint.size - 1)
        ref = ObjectRef(digest=digest_of(data), size=len(data))
        signed = "signed checkpoint" if b"\n\n" in data else "checkpoint"
        return Subject(named=f"the {signed} of {checkpoint.size} entries", ref=ref, data=data)
    exhibits = book.spoken().exhibits.values()
    found = [one for one in exhibits if item in (one.id, one.digest, str(one.digest).removeprefix("sha256:"))]
    if not found:
        raise CaseError(f"no item {item}", hint="quoth exhibits CASE shows their ids")
    one = found[0]
    if one.status is not ExhibitStatus.HELD or is_sealed(one) or one.digest is None:
        why = "sealed: its digest does not leave" if is_sealed(one) else "only cited: there are no bytes to stamp"
        raise SealError(f"{item} is {why}", hint="stamp the checkpoint of the log: it covers every entry")
    if not book.store.has(one.digest):
        raise CaseError(f"the bytes of {item} are not here", hint="run: quoth audit CASE")
    size = book.store.object_path(one.digest).stat().st_size
    return Subject(named=f"the item {one.id}", ref=ObjectRef(digest=one.digest, size=size))


def planned(book: Casebook, *, items: Sequence[str], authorities: Sequence[Authority]) -> Plan:
    """A request for each item (none: the latest checkpoint) to each authority; nothing is written or sent."""
    subjects = [subject_of(book, one) for one in items] or [subject_of(book)]
    parcels = [
        Parcel(subject=one, authority=authority, request=_request(one, authority))
        for one in subjects
        for authority in authorities
    ]
    return Plan(parcels=tuple(parcels))


def waiting(book: Casebook) -> Plan:
    """The requests that wait for a stamp and have an address to go to."""
    made: list[Parcel] = []
    for kept in stamps_in(book.store.entries()).waiting:
        if kept.authority == BY_HAND or kept.request is None or kept.certificates is None:
            continue
        pem, request = book.store.read_object(kept.certificates), book.store.read_object(kept.request)
        authority = Authority(name=kept.authority, url=kept.authority, certificates=pem)
        subject = Subject(named=f"what entry {kept.seq} asks to be stamped", ref=kept.subject)
        if kept.subject.digest is not None and kept.subject.size <= LONGEST and book.store.has(kept.subject.digest):
            data = book.store.read_object(kept.subject.digest)
            if head_in(data, book.store.case_file.origin) is not None:
                subject = dataclasses.replace(subject, data=data)
        made.append(Parcel(subject=subject, authority=authority, request=request))
    return Plan(parcels=tuple(made))


def queue(book: Casebook, plan: Plan, *, by: str) -> tuple[int, ...]:
    """Keep the requests until somebody sends them; gives their entries. Nothing leaves."""
    return _enter(book, plan.parcels, StampKind.QUEUED, by=by)


def send(book: Casebook, plan: Plan, *, by: str) -> Iterator[Came]:
    """Enter that the requests leave, send them one after the other, keep what comes."""
    _enter(book, plan.parcels, StampKind.ASKED, by=by)
    for one in plan.parcels:
        carrier = Carrier(
            address=one.authority.address,
            allowed=frozenset({digest_of(one.request)}),
            seconds=one.authority.seconds,
            largest=LARGEST,
            cargo=STAMPS,
        )
        try:
            answer = carrier(one.request)
        except AttributeRoomError as err:
            yield Came(authority=one.authority.url, subject=one.subject.digest, words=str(err))
            continue
        yield _kept(book, digest_of(one.request), answer, one.authority.certificates, by=by)


def carry_out(book: Casebook, plan: Plan, path: Path, *, by: str) -> int:
    """Write the plan's one request to a new file, to be carried by hand; gives its entry."""
    if len(plan.parcels) != 1:
        raise CaseError("one file holds one request", hint="name one item and at most one authority")
    if path.exists():
        raise _is_there(path)
    (seq,) = _enter(book, plan.parcels, StampKind.CARRIED, by=by)
    _new_file(path, plan.parcels[0].request)
    return seq


def take_answer(book: Casebook, path: Path, *, by: str, roots: bytes = b"") -> Came:
    """Keep the answer in a file: the request it belongs to is found by digest and nonce.

    ``roots`` (PEM) stand in for the certificates kept with the request. Raises :class:`CaseError`.
    """
    answer = _file(path, LARGEST)
    said = parse_answer(answer)
    log = stamps_in(book.store.entries())
    if any(one.answer == digest_of(answer) for one in log.answered):
        raise CaseError(f"{path} is kept already", hint="see: quoth stamp CASE --check")
    if said.token is None:
        raise CaseError(f"{path}: {said.refusal}", hint="nothing was entered; ask again, or another authority")
    asked = [(one, _asked(book, one)) for one in log.waiting]
    fitting = [one for one, request in asked if request.nonce == said.token.nonce]
    fitting += [one for one, request in asked if request.imprint == said.token.imprint]
    if not fitting:
        words = f"{path} answers none of the {len(asked)} requests that wait"
        raise CaseError(words, hint="nothing was entered; was it asked by another case?")
    request, pem = fitting[0].request, fitting[0].certificates
    if request is None or pem is None:
        raise CaseError(f"entry {fitting[0].seq} does not name its request", hint="run: quoth audit CASE")
    kept = by_hand(roots).certificates if roots else book.store.read_object(pem)
    return _kept(book, request, answer, kept, by=by)


def take_proof(book: Casebook, path: Path, *, by: str) -> tuple[OtsProof, int]:
    """Keep an OpenTimestamps proof about bytes of this case; gives it and its entry. Raises :class:`CaseError`."""
    data = _file(path, 1_000_000)
    proof = parse_ots(data)
    subject = _with_digest(book, proof)
    parts = (_put(book, subject), book.store.put(data))
    return proof, _commit(book, [(StampKind.PROOF, "opentimestamps", parts)], by=by)[0]


def write_subject(subject: Subject, path: Path) -> None:
    """Write the bytes of a checkpoint to a new file, for tools that want them."""
    if subject.data is None:
        raise CaseError("only a checkpoint is written out", hint="an item is the file that you took in")
    _new_file(path, subject.data)


def _request(subject: Subject, authority: Authority) -> bytes:
    imprint = bytes.fromhex(hex_of(subject.digest))
    return make_request(imprint, nonce=secrets.randbits(NONCE_BITS), policy=authority.policy)


def _enter(book: Casebook, parcels: Sequence[Parcel], kind: StampKind, *, by: str) -> tuple[int, ...]:
    drafts = []
    for one in parcels:
        parts = (_put(book, one.subject), book.store.put(one.request), book.store.put(one.authority.certificates))
        drafts.append((kind, one.authority.url, parts))
    return _commit(book, drafts, by=by)


def _asked(book: Casebook, kept: KeptStamp) -> StampRequest:
    if kept.request is None:
        raise CaseError(f"entry {kept.seq} does not name its request", hint="run: quoth audit CASE")
    return parse_request(book.store.read_object(kept.request))


def _put(book: Casebook, subject: Subject) -> ObjectRef:
    return book.store.put(subject.data) if subject.data else subject.ref


def _commit(
    book: Casebook, drafts: Sequence[tuple[StampKind, str, tuple[ObjectRef, ...]]], *, by: str
) -> tuple[int, ...]:
    for kind, where, parts in drafts:
        book.store.stage(EntryDraft(action=kind.action, objects=parts, note=note_of_stamp(kind, where)))
    return tuple(entry.seq for entry in book.store.commit(by=by, at=now()))


def _kept(book: Casebook, request: Digest, answer: bytes, pem: bytes, *, by: str) -> Came:
    """Check an answer and keep it: as a stamp when no step fails."""
    log = stamps_in(book.store.entries())
    asked = next((one for one in log.waiting if one.request == request), None)
    if asked is None:
        raise CaseError("this request was answered meanwhile", hint="see: quoth stamp CASE --check")
    came = Came(authority=asked.authority, subject=asked.subject.digest or request)
    if not answer:
        return dataclasses.replace(came, words=f"{asked.authority} gave an empty answer")
    report = look_at_answer(book, asked, answer=answer, certificates=pem, kept_at=now())
    kind = StampKind.REFUSED if report.outcome is Outcome.FAILS else StampKind.ANSWERED
    request_size = book.store.object_path(request).stat().st_size
    parts = (asked.subject, ObjectRef(digest=request, size=request_size), book.store.put(pem), book.store.put(answer))
    (seq,) = _commit(book, [(kind, asked.authority, parts)], by=by)
    return dataclasses.replace(came, entry=seq, report=report)


def _with_digest(book: Casebook, proof: OtsProof) -> Subject:
    if proof.algorithm != "sha256":
        raise CaseError(f"the proof is about a {proof.algorithm} digest", hint="stamp the SHA-256 of the bytes")
    latest = subject_of(book)
    digest = Digest("sha256:" + proof.digest.hex())
    data = latest.data if latest.digest == digest else None
    data = data or checkpoint_with(book.root, book.store.case_file.origin, digest)
    if data is not None:
        return Subject(named=str(digest), ref=ObjectRef(digest=digest, size=len(data)), data=data)
    if not book.store.has(digest):
        raise CaseError(
            f"the proof is about {digest}, which is not in this case",
            hint="nothing was entered; it must be about an item, or a checkpoint written with --subject-out",
        )
    size = book.store.object_path(digest).stat().st_size
    return Subject(named=str(digest), ref=ObjectRef(digest=digest, size=size))


def _file(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as source:
            data = source.read(most + 1)
    except OSError as err:
        raise CaseError(f"{path} cannot be read: {err.strerror}", hint="nothing was entered") from err
    if not data or len(data) > most:
        raise CustodyError(f"{path} is {'too long' if data else 'empty'}", hint="nothing was entered; get it again")
    return data


def _new_file(path: Path, data: bytes) -> None:
    try:
        with path.open("xb") as out:
            out.write(data)
    except FileExistsError as err:
        raise _is_there(path) from err
    except OSError as err:
        raise CaseError(
            f"{path} cannot be written: {err.strerror}", hint="a request entered waits in the case"
        ) from err


def _is_there(path: Path) -> CaseError:
    return CaseError(f"{path} is there already", hint="nothing was written; give another name")
