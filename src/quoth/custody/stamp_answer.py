"""Answers of time-stamping authorities taken apart (RFC 3161, section 2.4.2).

- Taken apart is not verified: the signature is OpenSSL's matter, see :mod:`quoth.custody.stamp_check`.
- An answer is read to its last byte; half an answer, or one with bytes after it, is refused.
- Certificates are kept in the order of the answer, whatever that is.

Example::

    answer = parse_answer(Path("checkpoint.tsr").read_bytes())
    answer.token.instant
"""

import dataclasses
import datetime
import hashlib

from quoth.custody.stamp_der import BITS, BOOLEAN, INTEGER, OCTETS, OID, SEQUENCE, SET, Der, read_der
from quoth.errors import CustodyError

__all__ = ["LARGEST", "StampAnswer", "StampToken", "parse_answer"]

LARGEST = 262_144
"""Bytes of the largest answer that is looked at; real ones have two to eight thousand."""

_SIGNED_DATA = "1.2.840.113549.1.7.2"
_TST_INFO = "1.2.840.113549.1.9.16.1.4"
_MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
_SIGNING_CERTIFICATE = {"1.2.840.113549.1.9.16.2.12": "sha1", "1.2.840.113549.1.9.16.2.47": "sha256"}
_DIGESTS = {
    "1.3.14.3.2.26": "sha1",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_REFUSALS = {
    0: "it does not know the digest's algorithm",
    2: "it does not allow the request",
    5: "it found the request malformed",
    14: "it has no clock to go by",
    15: "it does not know the policy asked for",
    16: "it does not know an extension",
    17: "it cannot give what was asked for in addition",
    25: "it has a fault of its own",
}
"""PKIFailureInfo by bit (RFC 3161, section 2.4.2)."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StampToken:
    """What a token says: a digest stood before the authority at ``instant`` (its own clock, UTC).

    ``accuracy`` is in microseconds (``None``: not said); ``serial`` and ``policy`` are the authority's;
    ``certificates`` are those embedded, as DER; ``signer`` are digest name and digest by which the signature
    names its certificate; ``is_bound`` says whether the signed attributes name the digest of these words.
    """

    policy: str
    algorithm: str
    imprint: bytes
    serial: int
    instant: datetime.datetime
    accuracy: int | None
    nonce: int | None
    certificates: tuple[bytes, ...]
    signer: tuple[str, bytes]
    is_bound: bool
    raw: bytes

    def signer_certificate(self, beside: tuple[bytes, ...] = ()) -> bytes | None:
        """The certificate that the signature names, of those embedded and those kept ``beside``; DER."""
        name, digest = self.signer
        fitting = (one for one in (*self.certificates, *beside) if hashlib.new(name, one).digest() == digest)
        return next(fitting, None)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StampAnswer:
    """The whole answer: granted (status 0 or 1) with a token, or refused with ``words``."""

    status: int
    words: str
    token: StampToken | None

    @property
    def refusal(self) -> str:
        """Why there is no token, in words; empty where there is one."""
        if self.token is not None and self.status in (0, 1):
            return ""
        return f"the authority refused (status {self.status})" + (f": {self.words}" if self.words else "")


def parse_answer(data: bytes) -> StampAnswer:
    """An answer (``.tsr``) taken apart; raises :class:`CustodyError` where it cannot be read to its end."""
    if not data:
        raise CustodyError("the answer is empty", hint="ask the authority again")
    if len(data) > LARGEST:
        raise CustodyError(
            f"the answer has {len(data)} bytes; no time stamp is that long", hint="ask another authority"
        )
    try:
        parts = read_der(data).of(SEQUENCE).parts()
        status, words = _status(parts[0])
        token = _token(parts[1]) if len(parts) > 1 else None
    except (IndexError, ValueError) as err:
        raise CustodyError("the answer is no time stamp: a part is missing", hint="ask the authority again") from err
    except CustodyError as err:
        raise CustodyError(f"the answer is no time stamp: {err}", hint="ask the authority again") from err
    if len(parts) > 2:
        raise CustodyError("the answer is no time stamp: it has more than two parts", hint="ask the authority again")
    return StampAnswer(status=status, words=words, token=token)


def _status(value: Der) -> tuple[int, str]:
    first, *rest = value.of(SEQUENCE).parts()
    words: list[str] = []
    for part in rest:
        if part.tag == BITS:
            flags = part.body[1:]
            set_bits = [n for n in range(8 * len(flags)) if flags[n // 8] & 0x80 >> n % 8]
            words += [_REFUSALS.get(bit, f"failure {bit}") for bit in set_bits]
        else:
            words += [text.text() for text in part.of(SEQUENCE).parts()]
    return first.integer(), "; ".join(words)


def _token(value: Der) -> StampToken:
    kind, content = value.of(SEQUENCE).parts()[:2]
    if kind.oid() != _SIGNED_DATA:
        raise CustodyError("its token is not signed data")
    _version, _digests, inside, *rest = content.of(0xA0).parts()[0].of(SEQUENCE).parts()
    what, wrapped = inside.of(SEQUENCE).parts()[:2]
    if what.oid() != _TST_INFO:
        raise CustodyError("its token is about something else than time")
    said = wrapped.of(0xA0).parts()[0].of(OCTETS).body
    certificates = tuple(one.raw for part in rest if part.tag == 0xA0 for one in part.parts() if one.tag == SEQUENCE)
    signers = rest[-1].of(SET).parts()
    if len(signers) != 1:
        raise CustodyError(f"its token has {len(signers)} signatures, not one")
    attributes = _attributes(signers[0])
    return _said(
        said,
        certificates=certificates,
        signer=_signer(attributes),
        is_bound=_is_bound(attributes, signers[0], said),
        raw=value.raw,
    )


def _said(
    said: bytes, *, certificates: tuple[bytes, ...], signer: tuple[str, bytes], is_bound: bool, raw: bytes
) -> StampToken:
    version, policy, imprint, serial, instant, *rest = read_der(said).of(SEQUENCE).parts()
    if version.integer() != 1:
        raise CustodyError(f"its token has version {version.integer()}")
    algorithm, digest = imprint.of(SEQUENCE).parts()
    accuracy = nonce = None
    for part in rest:
        if part.tag == SEQUENCE:
            accuracy = _accuracy(part)
        elif part.tag == INTEGER:
            nonce = part.integer()
        elif part.tag == BOOLEAN:
            part.boolean()
        elif part.tag not in (0xA0, 0xA1):
            raise CustodyError(f"its token holds a part with tag {part.tag:#04x}")
    return StampToken(
        policy=policy.oid(),
        algorithm=algorithm.of(SEQUENCE).parts()[0].oid(),
        imprint=digest.of(OCTETS).body,
        serial=serial.integer(),
        instant=instant.instant(),
        accuracy=accuracy,
        nonce=nonce,
        certificates=certificates,
        signer=signer,
        is_bound=is_bound,
        raw=raw,
    )


def _accuracy(value: Der) -> int:
    total = 0
    for part in value.parts():
        unit = {INTEGER: 1_000_000, 0x80: 1_000, 0x81: 1}.get(part.tag)
        number = part.implicit()
        if unit is None or number < 0 or number > 31_536_000:
            raise CustodyError("its token's accuracy cannot be read")
        total += unit * number
    return total


def _attributes(signer: Der) -> dict[str, Der]:
    signed = [part for part in signer.of(SEQUENCE).parts() if part.tag == 0xA0]
    made: dict[str, Der] = {}
    for attribute in signed[-1].parts() if signed else ():
        name, values = attribute.of(SEQUENCE).parts()
        if name.of(OID).oid() in made:
            raise CustodyError("its signature names an attribute twice")
        made[name.oid()] = values.of(SET).parts()[0]
    return made


def _signer(attributes: dict[str, Der]) -> tuple[str, bytes]:
    for name in reversed(_SIGNING_CERTIFICATE):  # the newer attribute first (RFC 5816)
        if name in attributes:
            first = attributes[name].of(SEQUENCE).parts()[0].of(SEQUENCE).parts()[0].of(SEQUENCE).parts()
            digest = _SIGNING_CERTIFICATE[name]
            if first[0].tag == SEQUENCE:
                digest = _DIGESTS.get(first[0].parts()[0].oid(), "")
                first = first[1:]
            if digest:
                return digest, first[0].of(OCTETS).body
    raise CustodyError("its signature does not name the certificate that it was made with")


def _is_bound(attributes: dict[str, Der], signer: Der, said: bytes) -> bool:
    named = attributes.get(_MESSAGE_DIGEST)
    algorithm = _DIGESTS.get(signer.parts()[2].of(SEQUENCE).parts()[0].oid(), "")
    if named is None or not algorithm:
        return False
    return named.of(OCTETS).body == hashlib.new(algorithm, said).digest()
