"""A time-stamping authority over HTTP on loopback: OpenSSL makes its tokens, and it can misbehave.

The path says how it answers: ``/honest`` is `openssl ts -reply` with its own chain; see ``MANNERS``.
Run it by hand: python -m simulators.authority FOLDER (in tests/), then ask http://127.0.0.1:PORT/honest.
"""

import datetime
import hashlib
import http.server
import subprocess
import sys
import threading
from pathlib import Path

from simulators import token
from simulators.chain import Chain, make_chain

CONFIG = """[tsa]
default_tsa = one
[one]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/signer.pem
certs = {folder}/beside.pem
signer_key = {folder}/key.pem
signer_digest = sha256
default_policy = {policy}
other_policies = {policy}.2
digests = sha1, sha256, sha384, sha512
accuracy = secs:1, millisecs:500
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


class Clockwork:
    """The authority's side without HTTP: a chain in a folder, and tokens by `openssl ts -reply`."""

    def __init__(self, folder: Path, chain: Chain | None = None) -> None:
        self.folder = folder
        self.chain = chain or make_chain()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "serial").write_text("01\n")
        (folder / "signer.pem").write_bytes(self.chain.signer.pem)
        (folder / "key.pem").write_bytes(self.chain.signer.key_pem)
        (folder / "beside.pem").write_bytes(self.chain.between.pem)
        (folder / "roots.pem").write_bytes(self.chain.pem)
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder, policy=token.POLICY))
        self._lock = threading.Lock()

    @property
    def roots(self) -> Path:
        """What a person gives with ``--roots``."""
        return self.folder / "roots.pem"

    def reply(self, request: bytes) -> bytes:
        """OpenSSL's own answer."""
        with self._lock:
            (self.folder / "asked.tsq").write_bytes(request)
            command = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "asked.tsq", "-out", "given.tsr"]
            done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=30, check=False)
            assert done.returncode == 0, done.stderr
            return (self.folder / "given.tsr").read_bytes()

    def by_hand(self, request: bytes, *, at: datetime.datetime | None = None, chain: Chain | None = None, **changed):
        """An answer written by our own hand, with the real imprint and nonce where nothing else is said."""
        chain = chain or self.chain
        asked = asked_in(request)
        at = at or datetime.datetime.now(tz=datetime.UTC)
        said = token.info(
            changed.pop("imprint", asked["imprint"]),
            at=at.strftime("%Y%m%d%H%M%SZ"),
            nonce=changed.pop("nonce", asked["nonce"]),
            hashed=changed.pop("hashed", token.SHA256),
        )
        return token.response(token.token(said, chain.signer, beside=(chain.between,), **changed))


def asked_in(request: bytes) -> dict:
    """What a request asks for, as OpenSSL reads it."""
    done = subprocess.run(
        ["openssl", "ts", "-query", "-in", "/dev/stdin", "-text"], input=request, capture_output=True, check=True
    )
    lines = done.stdout.decode().splitlines()
    at = next(place for place, line in enumerate(lines) if line.startswith("Message data"))
    imprint, place = b"", at + 1
    while lines[place].startswith("    "):
        imprint += bytes.fromhex(lines[place][11:60].replace("-", " ").strip())
        place += 1
    nonce = next(line for line in lines if line.startswith("Nonce"))
    return {"imprint": imprint, "nonce": int(nonce.split()[1], 16)}


def _query(imprint: bytes, *, digest: str = "-sha256") -> bytes:
    command = ["openssl", "ts", "-query", digest, "-digest", imprint.hex(), "-cert"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def _day(years: int) -> datetime.datetime:
    return datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(days=365 * years)


def wrong_nonce(works: Clockwork, request: bytes) -> bytes:
    return works.reply(_query(asked_in(request)["imprint"]))


def wrong_imprint(works: Clockwork, request: bytes) -> bytes:
    return works.by_hand(request, imprint=hashlib.sha256(b"other bytes").digest())


def wrong_hash(works: Clockwork, request: bytes) -> bytes:
    return works.by_hand(request, hashed="2.16.840.1.101.3.4.2.3", imprint=bytes(64))


def expired(works: Clockwork, request: bytes) -> bytes:
    return works.by_hand(request, chain=make_chain(ends=_day(-1)))


def not_yet(works: Clockwork, request: bytes) -> bytes:
    return works.by_hand(request, chain=make_chain(begins=_day(1)))


def no_use(works: Clockwork, request: bytes) -> bytes:
    return works.by_hand(request, chain=make_chain(uses=()))


def use_not_critical(works: Clockwork, request: bytes) -> bytes:
    return works.by_hand(request, chain=make_chain(critical=False))


def reordered(works: Clockwork, request: bytes) -> bytes:
    both = (works.chain.signer, works.chain.between)
    return works.by_hand(request, order=token.unsorted(both))


def openssl_reordered(works: Clockwork, request: bytes) -> bytes:
    """OpenSSL itself puts the signer first, whatever DER says: a longer name makes that the wrong order."""
    chain = make_chain(called="Time Stamps Made By The Clock On The Office Wall")
    return Clockwork(works.folder / "long", chain).reply(request)


def strange_chain(works: Clockwork, request: bytes) -> bytes:
    return works.by_hand(request, chain=make_chain("Elsewhere"))


def other_words(works: Clockwork, request: bytes) -> bytes:
    return works.by_hand(request, signed_words=b"other words")


def bad_signature(works: Clockwork, request: bytes) -> bytes:
    data = bytearray(works.by_hand(request))
    data[-1] ^= 1
    return bytes(data)


def truncated(works: Clockwork, request: bytes) -> bytes:
    whole = works.reply(request)
    return whole[: len(whole) // 2]


def trailing(works: Clockwork, request: bytes) -> bytes:
    return works.reply(request) + b"\x00"


def huge(works: Clockwork, request: bytes) -> bytes:
    return works.reply(request) + bytes(2_000_000)


def set_back(works: Clockwork, request: bytes) -> bytes:
    return works.by_hand(request, at=_day(-3))


def fast(works: Clockwork, request: bytes) -> bytes:
    return works.by_hand(request, at=_day(3))


def refuses(_works: Clockwork, _request: bytes) -> bytes:
    return token.refusal("closed for stocktaking", 14)


def not_asn1(_works: Clockwork, _request: bytes) -> bytes:
    return b"<html><body>It works!</body></html>"


def empty(_works: Clockwork, _request: bytes) -> bytes:
    return b""


MANNERS = {
    "honest": Clockwork.reply,
    **{
        one.__name__.replace("_", "-"): one
        for one in (
            wrong_nonce,
            wrong_imprint,
            wrong_hash,
            expired,
            not_yet,
            no_use,
            use_not_critical,
            reordered,
            openssl_reordered,
            strange_chain,
            other_words,
            bad_signature,
            truncated,
            trailing,
            huge,
            set_back,
            fast,
            refuses,
            not_asn1,
            empty,
        )
    },
}
"""How the authority answers, by path; besides ``/error-500``, ``/elsewhere``, ``/slow``, ``/hangs-up``."""


class Authority(http.server.ThreadingHTTPServer):
    """The server; ``asked`` keeps every request's body and headers."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, folder: Path, chain: Chain | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.works = Clockwork(folder, chain)
        self.asked: list[tuple[bytes, dict[str, str]]] = []
        self.over = threading.Event()

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_exception):
        self.over.set()
        self.shutdown()
        self.server_close()

    def url(self, manner: str = "honest") -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/{manner}"

    def handle_error(self, request, client_address):
        """A client that hangs up on purpose is no news."""


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((body, dict(self.headers)))
        manner = self.path.strip("/")
        if manner.startswith("error-"):
            self._give(b"out of order", status=int(manner[6:]))
        elif manner == "elsewhere":
            self._give(b"", status=302, where=self.server.url())
        elif manner == "slow":
            self.server.over.wait(30)
        elif manner == "hangs-up":
            self.send_response(200)
            self.send_header("Content-Length", "5000")
            self.end_headers()
            self.wfile.write(b"0" * 100)
        else:
            self._give(MANNERS[manner](self.server.works, body))

    def _give(self, data: bytes, *, status: int = 200, where: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(data)))
        if where:
            self.send_header("Location", where)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_words):
        """No log beside the tests' own."""


if __name__ == "__main__":
    with Authority(Path(sys.argv[1])) as served:
        print(f"{served.url()}  roots: {served.works.roots}\nothers: {' '.join(MANNERS)}", flush=True)
        served.over.wait()
