"""Tokens of RFC 3161 written by hand, so that an authority can be wrong in any one thing.

Honest tokens in the tests are OpenSSL's own; these are for what OpenSSL refuses to make, and for
fixtures that must have the same bytes at every run. Nothing of the product's code is used.
"""

import hashlib
import itertools

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from simulators.chain import Held

POLICY = "1.3.6.1.4.1.55555.1.1"
SHA256 = "2.16.840.1.101.3.4.2.1"


def der(tag: int, *bodies: bytes) -> bytes:
    body = b"".join(bodies)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + body


def number(value: int) -> bytes:
    return der(2, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def oid(dotted: str) -> bytes:
    first, second, *rest = (int(one) for one in dotted.split("."))
    body = b""
    for one in (first * 40 + second, *rest):
        groups = [one & 127]
        while one := one >> 7:
            groups.append(one & 127 | 128)
        body += bytes(reversed(groups))
    return der(6, body)


def algorithm(dotted: str) -> bytes:
    return der(0x30, oid(dotted), b"\x05\x00")


def info(imprint: bytes, *, at: str, nonce: int | None, serial=7, policy=POLICY, hashed=SHA256, accuracy=1) -> bytes:
    """TSTInfo; ``at`` is written YYYYMMDDhhmmssZ."""
    return der(
        0x30,
        number(1),
        oid(policy),
        der(0x30, algorithm(hashed), der(4, imprint)),
        number(serial),
        der(0x18, at.encode()),
        der(0x30, number(accuracy)) if accuracy is not None else b"",
        number(nonce) if nonce is not None else b"",
    )


def token(said: bytes, signer: Held, *, beside: tuple[Held, ...] = (), order=None, signed_words=None) -> bytes:
    """The signed token over ``said``; ``order`` sorts the certificates, ``signed_words`` are signed in its place."""
    attributes = [
        der(0x30, oid("1.2.840.113549.1.9.3"), der(0x31, oid("1.2.840.113549.1.9.16.1.4"))),
        der(0x30, oid("1.2.840.113549.1.9.4"), der(0x31, der(4, hashlib.sha256(signed_words or said).digest()))),
        der(
            0x30,
            oid("1.2.840.113549.1.9.16.2.47"),
            der(0x31, der(0x30, der(0x30, der(0x30, der(4, hashlib.sha256(signer.der).digest()))))),
        ),
    ]
    attributes.sort()
    signature = signer.key.sign(der(0x31, *attributes), ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    certificate = signer.certificate
    signed = der(
        0x30,
        number(1),
        der(0x30, certificate.issuer.public_bytes(), number(certificate.serial_number)),
        algorithm(SHA256),
        der(0xA0, *attributes),
        der(0x30, oid("1.2.840.10045.4.3.2")),
        der(4, signature),
    )
    certificates = sorted((one.der for one in (signer, *beside)), key=order)
    content = der(
        0x30,
        number(3),
        der(0x31, algorithm(SHA256)),
        der(0x30, oid("1.2.840.113549.1.9.16.1.4"), der(0xA0, der(4, said))),
        der(0xA0, *certificates),
        der(0x31, signed),
    )
    return der(0x30, oid("1.2.840.113549.1.7.2"), der(0xA0, content))


def response(made: bytes, *, status: int = 0) -> bytes:
    return der(0x30, der(0x30, number(status)), made)


def refusal(words: str, bit: int) -> bytes:
    """An answer without a token: rejection, words, and one PKIFailureInfo bit."""
    flags = bytearray(bit // 8 + 1)
    flags[-1] |= 0x80 >> bit % 8
    return der(
        0x30, der(0x30, number(2), der(0x30, der(0x0C, words.encode())), der(3, bytes([7 - bit % 8]) + bytes(flags)))
    )


def unsorted(certificates: tuple[Held, ...]):
    """An order of a SET that is not the one of DER, as a sort key."""
    right = sorted(one.der for one in certificates)
    for order in itertools.permutations(right):
        if list(order) != right:
            return {data: place for place, data in enumerate(order)}.__getitem__
    raise AssertionError("one certificate has one order")
