"""Time stamps checked step by step; two foreign tools have the word.

- Steps 1 to 7, 10 and 11 are ours; 8 is OpenSSL's verdict on signature and chain, 9 that of rfc3161-client.
  Both are handed in as :class:`Opinion`, since running a tool is not this room's matter.
- Steps stop at the first that fails, so that it names what is wrong; what the two tools say is told anyway.
- Where the two disagree, OpenSSL is the reference, and the disagreement is told.
- Certificates must have been valid at the token's time, not today: an old stamp stays checkable.

Example::

    report = check_stamp(evidence, openssl=opinion, library=second)
    report.outcome, report.steps[-1].ground
"""

import dataclasses
import datetime
import enum
from collections.abc import Iterator, Sequence

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from quoth.custody.stamp_answer import StampToken, parse_answer
from quoth.custody.stamp_request import DIGEST_SIZES, SHA256, StampRequest, parse_request
from quoth.errors import CustodyError
from quoth.record.finding import Outcome
from quoth.terms.digest import Digest, hex_of

__all__ = [
    "LIMITS",
    "CheckedStep",
    "Earlier",
    "Opinion",
    "StampEvidence",
    "StampReport",
    "StampStep",
    "certificates_in",
    "check_stamp",
]

LIMITS = (
    "says that these bytes existed not later than that, by that authority's clock",
    "does not say how much earlier they existed, nor who made them",
    "says nothing about whether what the bytes say is so",
    "rests on the authority's honesty, and on its key not having been stolen; revocation is not looked up",
)

_SLACK = datetime.timedelta(minutes=5)
"""How far this machine's clock and an authority's may differ unremarked."""
_LONGEST_CHAIN = 10
_TIME_STAMPING = ExtendedKeyUsageOID.TIME_STAMPING


class StampStep(enum.Enum):
    """The numbered steps of checking a stamp, as findings name them."""

    ANSWER = "custody.stamp-01-answer"
    IMPRINT = "custody.stamp-02-imprint"
    NONCE = "custody.stamp-03-nonce"
    POLICY = "custody.stamp-04-policy"
    SIGNER = "custody.stamp-05-signer"
    VALIDITY = "custody.stamp-06-certificates-at-that-time"
    USE = "custody.stamp-07-use"
    REFERENCE = "custody.stamp-08-openssl"
    SECOND = "custody.stamp-09-second-opinion"
    ORDER = "custody.stamp-10-order"
    LOG = "custody.stamp-11-this-log"
    PROOF = "custody.stamp-12-opentimestamps"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What a foreign tool says: ``accepts`` (``None``: it was not heard), why, and whether it could read at all."""

    tool: str
    accepts: bool | None
    words: str = ""
    could_read: bool = True

    def told(self) -> str:
        """The opinion as a clause."""
        verb = {True: "accepts it", False: "refuses it", None: "was not heard"}[self.accepts]
        return f"{self.tool} {verb}" + (f" ({self.words})" if self.words else "")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A stamp that the bytes of a later one cover: its entry, its time, accuracy, and its signer's certificate."""

    seq: int
    instant: datetime.datetime
    accuracy: int | None
    signer: bytes | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StampEvidence:
    """What is checked: the digest stamped, raw request and answer, the authority's certificates (PEM).

    ``asked_at`` and ``kept_at`` are instants claimed by this machine (RFC 3339); ``earlier`` are stamps
    that the stamped bytes cover; ``about`` says in words what was stamped, ``log_fault`` why it is not of this log.
    """

    subject: Digest
    request: bytes
    answer: bytes
    certificates: bytes
    asked_at: str = ""
    kept_at: str = ""
    earlier: tuple[Earlier, ...] = ()
    about: str = ""
    log_fault: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CheckedStep:
    """One step's outcome, and its ground in words."""

    step: StampStep
    outcome: Outcome
    ground: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StampReport:
    """All steps made; the token, where there is one; its signer's certificate (DER)."""

    steps: tuple[CheckedStep, ...]
    token: StampToken | None = None
    signer: bytes | None = None

    @property
    def worst(self) -> CheckedStep:
        """The step that counts: one that fails, else one not checked, else one that cannot tell, else the last."""
        for outcome in (Outcome.FAILS, Outcome.NOT_CHECKED, Outcome.CANNOT_TELL):
            for one in self.steps:
                if one.outcome is outcome:
                    return one
        return self.steps[-1]

    @property
    def outcome(self) -> Outcome:
        """The outcome of :attr:`worst`."""
        return self.worst.outcome


def certificates_in(pem: bytes) -> tuple[x509.Certificate, ...]:
    """The certificates of a PEM file, at least one; raises :class:`CustodyError`."""
    try:
        return tuple(map(_readable, x509.load_pem_x509_certificates(pem)))
    except ValueError as err:
        raise CustodyError(
            "the authority's certificates cannot be read", hint="expected PEM: -----BEGIN CERTIFICATE-----"
        ) from err


def check_stamp(evidence: StampEvidence, *, openssl: Opinion, library: Opinion) -> StampReport:
    """Every step up to the first that fails."""
    made: list[CheckedStep] = []
    token: StampToken | None = None
    signer: bytes | None = None
    at = StampStep.ANSWER
    try:
        request, token = _read(evidence)
        made.append(_step(at, "", "granted, read to its last byte"))
        at = StampStep.SIGNER
        pool = _pool(token, evidence.certificates)
        signer = token.signer_certificate(tuple(pool))
        for one in _steps(evidence, request, token, pool):
            made.append(one)
            if one.outcome is Outcome.FAILS:
                break
    except CustodyError as err:
        made.append(_step(at, str(err), ""))
    if made[-1].outcome is not Outcome.FAILS and token is not None:
        # 8. OpenSSL accepts imprint, nonce, signature and chain at the token's time
        made.append(_reference(openssl))
    if made[-1].outcome is Outcome.FAILS or token is None:
        ours = made[-1].step is not StampStep.REFERENCE
        told = "; ".join((made[-1].ground, *((openssl.told(),) if ours else ()), library.told()))
        made[-1] = dataclasses.replace(made[-1], ground=told)
    else:
        made += (_second(openssl, library), _order(evidence, token, signer))
        # 11. what was stamped is of this log
        made.append(_step(StampStep.LOG, evidence.log_fault, evidence.about))
    return StampReport(steps=tuple(made), token=token, signer=signer)


def _read(evidence: StampEvidence) -> tuple[StampRequest, StampToken]:
    # 1. request and answer can be read to their last byte, and the authority granted a token
    request = parse_request(evidence.request)
    answer = parse_answer(evidence.answer)
    if answer.token is None or answer.refusal:
        raise CustodyError(answer.refusal or "the answer holds no token")
    return request, answer.token


def _steps(
    evidence: StampEvidence, request: StampRequest, token: StampToken, pool: dict[bytes, x509.Certificate]
) -> Iterator[CheckedStep]:
    # 2. request and token name the digest of these bytes, by SHA-256
    yield _imprint(evidence, request, token)
    # 3. the token carries the nonce of the request: it was made after the request, and for it
    fault = "" if token.nonce == request.nonce else f"the token's nonce is {_number(token.nonce)}, not the request's"
    yield _step(StampStep.NONCE, fault, f"{request.nonce:#x}")
    # 4. the policy is shown; where one was asked for, it is that one
    wanted = request.policy
    fault = f"{token.policy} instead of {wanted}" if wanted and wanted != token.policy else ""
    yield _step(StampStep.POLICY, fault, f"{token.policy}; what it means stands in that authority's own papers")
    # 5. the signature is over these words and names a certificate that is here
    named = token.signer_certificate(tuple(pool))
    signer = pool.get(named) if named is not None else None
    if not token.is_bound or signer is None:
        reason = "the certificate that the signature names is not here" if token.is_bound else "signs other words"
        yield _step(StampStep.SIGNER, reason, "")
        return
    yield _step(StampStep.SIGNER, "", f"{signer.subject.rfc4514_string()}, serial {signer.serial_number:x}")
    # 6. it and those above it were valid at the token's time
    chain = _chain(signer, tuple(pool.values()))
    faults = [words for one in chain if (words := _not_valid(one, token.instant))]
    until = min(one.not_valid_after_utc for one in chain)
    yield _step(
        StampStep.VALIDITY, "; ".join(faults), f"{len(chain)} certificates, valid until {_day(until)} or longer"
    )
    # 7. the signer's certificate is for time stamps and for nothing else
    yield _step(StampStep.USE, _use(signer), "for time stamps alone")


def _imprint(evidence: StampEvidence, request: StampRequest, token: StampToken) -> CheckedStep:
    digest = bytes.fromhex(hex_of(evidence.subject))
    fault = ""
    if request.algorithm != SHA256 or request.imprint != digest:
        fault = "the request kept is about other bytes"
    elif token.algorithm != SHA256:
        name = DIGEST_SIZES.get(token.algorithm, (token.algorithm, 0))[0]
        fault = f"the token is over {name}, not over the SHA-256 that was asked for"
    elif token.imprint != digest:
        fault = f"the token is about other bytes: {token.imprint.hex()}"
    return _step(StampStep.IMPRINT, fault, f"SHA-256 {digest.hex()}")


def _reference(openssl: Opinion) -> CheckedStep:
    if openssl.accepts is None:
        return CheckedStep(step=StampStep.REFERENCE, outcome=Outcome.NOT_CHECKED, ground=openssl.told())
    return _step(StampStep.REFERENCE, "" if openssl.accepts else openssl.told(), openssl.told())


def _second(openssl: Opinion, library: Opinion) -> CheckedStep:
    # 9. rfc3161-client says the same; where it cannot even read what OpenSSL accepts, OpenSSL has the word
    outcome, ground = Outcome.HOLDS, library.told()
    if library.accepts is None:
        outcome = Outcome.NOT_CHECKED
    elif library.accepts != openssl.accepts and openssl.accepts is not None:
        ground = f"they disagree: {openssl.told()}, {library.told()}; OpenSSL is the reference"
        readable = library.accepts or library.could_read
        outcome = Outcome.CANNOT_TELL if readable else Outcome.HOLDS
    elif not library.accepts:
        outcome = Outcome.CANNOT_TELL
    return CheckedStep(step=StampStep.SECOND, outcome=outcome, ground=ground)


def _order(evidence: StampEvidence, token: StampToken, signer: bytes | None) -> CheckedStep:
    # 10. it is not earlier than stamps that its bytes cover, nor far from this machine's clock
    own = _accuracy(token.accuracy)
    outcome, grounds = Outcome.HOLDS, []
    for one in evidence.earlier:
        if token.instant + own < one.instant - _accuracy(one.accuracy):
            same = signer is not None and signer == one.signer
            whose = "this authority's clock was set back" if same else "one of the two authorities' clocks is wrong"
            grounds.append(f"earlier than the stamp of entry {one.seq}, which its bytes cover: {whose}")
            outcome = Outcome.FAILS if same or outcome is Outcome.FAILS else Outcome.CANNOT_TELL
    for claimed, sign, when in (
        (evidence.asked_at, -1, "before it was asked for"),
        (evidence.kept_at, 1, "after it came"),
    ):
        if claimed and sign * (token.instant - _instant(claimed)) > own + _SLACK:
            far = abs(token.instant - _instant(claimed))
            grounds.append(f"{_span(far)} {when}, by this machine's clock: one of the two clocks is wrong")
            outcome = Outcome.CANNOT_TELL if outcome is Outcome.HOLDS else outcome
    ground = "; ".join(grounds) or f"after the {len(evidence.earlier)} stamps that its bytes cover"
    return CheckedStep(step=StampStep.ORDER, outcome=outcome, ground=ground)


def _pool(token: StampToken, pem: bytes) -> dict[bytes, x509.Certificate]:
    """Certificates by their DER, the embedded ones first."""
    made: dict[bytes, x509.Certificate] = {}
    for data in token.certificates:
        try:
            made[data] = _readable(x509.load_der_x509_certificate(data))
        except ValueError as err:
            raise CustodyError("a certificate in the token cannot be read") from err
    for one in certificates_in(pem):
        made.setdefault(one.public_bytes(Encoding.DER), one)
    return made


def _readable(certificate: x509.Certificate) -> x509.Certificate:
    """The same; raises :class:`ValueError` where names or dates in it cannot be read."""
    _ = certificate.subject.rfc4514_string(), certificate.issuer, certificate.not_valid_before_utc
    _ = certificate.not_valid_after_utc
    return certificate


def _chain(signer: x509.Certificate, pool: Sequence[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """The signer and those whose name stands as the issuer of the one before, as far as they are here."""
    made = [signer]
    while len(made) < _LONGEST_CHAIN and made[-1].issuer != made[-1].subject:
        above = [one for one in pool if one.subject == made[-1].issuer and one not in made]
        if not above:
            break
        made.append(above[0])
    return tuple(made)


def _not_valid(certificate: x509.Certificate, at: datetime.datetime) -> str:
    name = certificate.subject.rfc4514_string()
    if at < certificate.not_valid_before_utc:
        return f"{name} was not valid yet on {_day(at)}: it begins on {_day(certificate.not_valid_before_utc)}"
    if at > certificate.not_valid_after_utc:
        return f"{name} had expired by {_day(at)}: it ended on {_day(certificate.not_valid_after_utc)}"
    return ""


def _use(signer: x509.Certificate) -> str:
    try:
        found = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return "the signer's certificate does not say that it is for time stamps"
    if not found.critical or list(found.value) != [_TIME_STAMPING]:
        return "the signer's certificate is not for time stamps alone, marked critical (RFC 3161, section 2.3)"
    return ""


def _step(step: StampStep, fault: str, ground: str) -> CheckedStep:
    return CheckedStep(step=step, outcome=Outcome.FAILS if fault else Outcome.HOLDS, ground=fault or ground)


def _accuracy(micro: int | None) -> datetime.timedelta:
    return datetime.timedelta(seconds=1) if micro is None else datetime.timedelta(microseconds=micro)


def _instant(claimed: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(claimed)


def _day(at: datetime.datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S UTC")


def _span(far: datetime.timedelta) -> str:
    return f"{far.days} days" if far.days else f"{far.seconds // 60} minutes"


def _number(value: int | None) -> str:
    return "missing" if value is None else f"{value:#x}"
