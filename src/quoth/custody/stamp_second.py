"""The second opinion on a time stamp, in its own process.

- The library is rfc3161-client.
- It reads one case as JSON from standard input and writes its verdict as JSON; it opens no file and no socket.
- A token from outside that makes the library crash takes this process along, and nothing else.

Started as ``python -m quoth.custody.stamp_second``; the words are those of :class:`Opinion`.
"""

import base64
import json
import sys

from cryptography import x509
from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

from quoth.custody.stamp_check import certificates_in
from quoth.errors import CustodyError

__all__ = ["LIBRARY", "judged", "main"]

LIBRARY = "rfc3161-client"
_LONGEST = 200


def judged(answer: bytes, certificates: bytes, *, nonce: int, imprint: bytes) -> dict[str, object]:
    """What the library says of an answer, given the authority's certificates (PEM), the nonce and the digest."""
    try:
        held = certificates_in(certificates)
        response = decode_timestamp_response(answer)
        said = response.tst_info, response.signed_data
        del said
    except (ValueError, CustodyError) as err:
        return {"accepts": False, "could_read": False, "words": _plain(err)}
    builder = VerifierBuilder(
        roots=[one for one in held if _is_root(one)],
        intermediates=[one for one in held if not _is_root(one)],
        nonce=nonce,
    )
    try:
        builder.build().verify(response, imprint)
    except (ValueError, VerificationError) as err:
        return {"accepts": False, "could_read": True, "words": _plain(err)}
    return {"accepts": True, "could_read": True, "words": ""}


def main() -> None:
    """Judge what standard input holds."""
    asked = json.load(sys.stdin)
    answer, certificates, imprint = (base64.b64decode(asked[name]) for name in ("answer", "certificates", "imprint"))
    json.dump(judged(answer, certificates, nonce=int(asked["nonce"]), imprint=imprint), sys.stdout)


def _is_root(certificate: x509.Certificate) -> bool:
    return certificate.subject == certificate.issuer


def _plain(err: Exception) -> str:
    words = " ".join(str(err).split())
    return "".join(one for one in words if one.isprintable())[:_LONGEST]


if __name__ == "__main__":
    main()
