"""Certificates of invented time-stamping authorities: the same bytes at every run.

Keys come from words, signatures are deterministic (RFC 6979), dates and serial numbers are fixed.
"""

import dataclasses
import datetime
import hashlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LONG_AGO = datetime.datetime(2015, 1, 1, tzinfo=datetime.UTC)
FAR_OFF = datetime.datetime(2095, 1, 1, tzinfo=datetime.UTC)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Held:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )


@dataclasses.dataclass(frozen=True, kw_only=True)
class Chain:
    """Root, the one between, and the signer."""

    root: Held
    between: Held
    signer: Held

    @property
    def pem(self) -> bytes:
        """What a person would give with ``--roots``."""
        return self.root.pem + self.between.pem


def key_of(words: str) -> ec.EllipticCurvePrivateKey:
    """The key that a word stands for."""
    return ec.derive_private_key(int.from_bytes(hashlib.sha256(words.encode()).digest()) >> 1, ec.SECP256R1())


def _name(words: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Example Hours"), x509.NameAttribute(NameOID.COMMON_NAME, words)]
    )


def certify(
    words: str,
    by: Held | None,
    *,
    begins=LONG_AGO,
    ends=FAR_OFF,
    uses=(ExtendedKeyUsageOID.TIME_STAMPING,),
    critical=True,
    is_authority=False,
) -> Held:
    """A certificate under this name, signed ``by`` (or by itself)."""
    key = key_of(words)
    issuer = by or Held(certificate=None, key=key)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(words))
        .issuer_name(by.certificate.subject if by else _name(words))
        .public_key(key.public_key())
        .serial_number(int.from_bytes(hashlib.sha256(f"serial {words}".encode()).digest()[:8]) >> 1)
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False)
    )
    if is_authority:
        usage = dict.fromkeys(
            (
                "content_commitment",
                "data_encipherment",
                "decipher_only",
                "encipher_only",
                "key_agreement",
                "key_encipherment",
                "digital_signature",
            ),
            False,
        )
        builder = builder.add_extension(x509.KeyUsage(key_cert_sign=True, crl_sign=True, **usage), critical=True)
    elif uses:
        builder = builder.add_extension(x509.ExtendedKeyUsage(uses), critical=critical)
    return Held(certificate=builder.sign(issuer.key, hashes.SHA256(), ecdsa_deterministic=True), key=key)


def make_chain(name: str = "Harbour", *, called="Time", **signer) -> Chain:
    """Root, the one between, and the signer, whose name, dates and uses may be given."""
    root = certify(f"{name} Time Root", None, is_authority=True)
    between = certify(f"{name} Time Authority", root, is_authority=True)
    return Chain(root=root, between=between, signer=certify(f"{name} {called}", between, **signer))
