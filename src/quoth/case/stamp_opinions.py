"""What OpenSSL and rfc3161-client say of a time stamp.

- Each runs in a process of its own.
- OpenSSL is the reference: ``openssl ts -verify`` with request, answer and the authority's certificates, at
  the token's own time; no certificate of this machine's store counts.
- Both have a time limit. A tool that is missing, crashes or does not end has no opinion.

Example::

    opinions = both(evidence)
    report = check_stamp(evidence, openssl=opinions[0], library=opinions[1])
"""

import base64
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from quoth.custody.stamp_answer import parse_answer
from quoth.custody.stamp_check import Opinion, StampEvidence, certificates_in
from quoth.custody.stamp_request import parse_request
from quoth.errors import CustodyError
from quoth.terms.digest import hex_of

__all__ = ["ask_library", "ask_openssl", "both"]

SECONDS = 60.0
_OPENSSL = "openssl"
_LIBRARY = "rfc3161-client"
_LONGEST = 300


def both(evidence: StampEvidence) -> tuple[Opinion, Opinion]:
    """The opinions of OpenSSL and of the library."""
    return ask_openssl(evidence), ask_library(evidence)


def ask_openssl(evidence: StampEvidence, *, seconds: float = SECONDS) -> Opinion:
    """What ``openssl ts -verify`` says of the answer to the request."""
    try:
        held = certificates_in(evidence.certificates)
    except CustodyError as err:
        return Opinion(tool="OpenSSL", accepts=None, words=str(err))
    with tempfile.TemporaryDirectory(prefix="quoth-stamp-") as name:
        folder = Path(name)
        (folder / "request.tsq").write_bytes(evidence.request)
        (folder / "answer.tsr").write_bytes(evidence.answer)
        (folder / "roots.pem").write_bytes(_pem(one for one in held if one.subject == one.issuer))
        (folder / "between.pem").write_bytes(_pem(one for one in held if one.subject != one.issuer))
        command = [_OPENSSL, "ts", "-verify", "-queryfile", "request.tsq", "-in", "answer.tsr", "-CAfile", "roots.pem"]
        if any(one.subject != one.issuer for one in held):
            command += ["-untrusted", "between.pem"]
        command += ["-attime", str(at)] if (at := _time_of(evidence.answer)) is not None else []
        ended = _run(command, folder, b"", seconds)
    if isinstance(ended, str):
        return Opinion(tool="OpenSSL", accepts=None, words=ended)
    code, out, said = ended
    if code == 0 and b"Verification: OK" in out:
        return Opinion(tool="OpenSSL", accepts=True)
    if b"Verification: FAILED" in out:
        return Opinion(tool="OpenSSL", accepts=False, words=_reasons(said))
    return Opinion(tool="OpenSSL", accepts=None, words=f"it ended with {code}: {_reasons(said)}")


def ask_library(evidence: StampEvidence, *, seconds: float = SECONDS) -> Opinion:
    """What rfc3161-client says of the answer to the request."""
    try:
        nonce = parse_request(evidence.request).nonce
    except CustodyError as err:
        return Opinion(tool=_LIBRARY, accepts=None, words=str(err))
    asked = {
        "answer": base64.b64encode(evidence.answer).decode(),
        "certificates": base64.b64encode(evidence.certificates).decode(),
        "imprint": base64.b64encode(bytes.fromhex(hex_of(evidence.subject))).decode(),
        "nonce": str(nonce),
    }
    command = [sys.executable, "-W", "ignore", "-m", "quoth.custody.stamp_second"]
    with tempfile.TemporaryDirectory(prefix="quoth-stamp-") as name:
        ended = _run(command, Path(name), json.dumps(asked).encode(), seconds)
    if isinstance(ended, str):
        return Opinion(tool=_LIBRARY, accepts=None, words=ended)
    code, out, _ = ended
    try:
        told = json.loads(out)
    except ValueError:
        return Opinion(tool=_LIBRARY, accepts=None, words=f"it broke off with {code}")
    return Opinion(
        tool=_LIBRARY, accepts=bool(told["accepts"]), words=str(told["words"]), could_read=bool(told["could_read"])
    )


def _run(command: list[str], folder: Path, given: bytes, seconds: float) -> tuple[int, bytes, bytes] | str:
    """Exit code, output and errors; or why there are none."""
    kept = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV")
    around = {name: os.environ[name] for name in kept if name in os.environ}
    around |= {"LC_ALL": "C", "OPENSSL_CONF": os.devnull}
    try:
        done = subprocess.run(
            command, cwd=folder, input=given, env=around, capture_output=True, timeout=seconds, check=False
        )
    except FileNotFoundError:
        return f"{command[0]} is not on this machine; apt install {command[0]}"
    except subprocess.TimeoutExpired:
        return f"it did not end within {seconds:g} seconds"
    except OSError as err:
        return f"it could not be run: {err.strerror}"
    return done.returncode, done.stdout, done.stderr


def _time_of(answer: bytes) -> int | None:
    """The token's time in seconds since 1970, where it can be read."""
    try:
        token = parse_answer(answer).token
    except CustodyError:
        return None
    return int(token.instant.timestamp()) if token is not None else None


def _reasons(err: bytes) -> str:
    """OpenSSL's reasons without places in its source: ``…:error:code:library:function:reason:file:line:more``."""
    made: list[str] = []
    for line in err.decode("utf-8", "replace").splitlines():
        parts = line.split(":")
        if len(parts) > 7 and parts[1] == "error":
            more = ":".join(parts[8:]).removeprefix("Verify error:").strip()
            made.append(f"{parts[5]}, {more}" if more else parts[5])
    words = "; ".join(made) or "it gave no reason"
    return "".join(one for one in words if one.isprintable())[:_LONGEST]


def _pem(certificates: Iterable[x509.Certificate]) -> bytes:
    return b"".join(one.public_bytes(Encoding.PEM) for one in certificates)
