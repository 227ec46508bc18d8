"""Makes the tokens that must verify for ever: python -m simulators.make_tokens (in tests/).

All but ``openssl.tsr`` have the same bytes at every run; that one was made once by OpenSSL 3.0 and is kept.
"""

import datetime
import hashlib
from pathlib import Path

from simulators import ots, token
from simulators.chain import make_chain

FOLDER = Path(__file__).resolve().parent / "tokens"
SUBJECT = b"quoth-case/00000000000000000000000000000000\n1\nAAAA\nlast AAAA\n"
NONCE = 0x1234567890ABCDEF


def chain_of_2019():
    """A signer whose certificate ended in 2020."""
    begins, ends = (datetime.datetime(year, 1, 1, tzinfo=datetime.UTC) for year in (2018, 2020))
    return make_chain("Old Harbour", begins=begins, ends=ends)


def made() -> dict[str, bytes]:
    """File names and bytes."""
    chain = chain_of_2019()
    digest = hashlib.sha256(SUBJECT).digest()
    said = token.info(digest, at="20190402093000Z", nonce=NONCE)
    beside = (chain.between,)
    request = token.der(
        0x30,
        token.number(1),
        token.der(0x30, token.algorithm(token.SHA256), token.der(4, digest)),
        token.number(NONCE),
        b"\x01\x01\xff",
    )
    order = token.unsorted((chain.signer, chain.between))
    return {
        "subject.txt": SUBJECT,
        "request.tsq": request,
        "sorted.tsr": token.response(token.token(said, chain.signer, beside=beside)),
        "reordered.tsr": token.response(token.token(said, chain.signer, beside=beside, order=order)),
        "alone.tsr": token.response(token.token(said, chain.signer)),
        "roots.pem": chain.pem,
        "subject.ots": ots.usual(digest)[0],
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, data in made().items():
        (FOLDER / name).write_bytes(data)
