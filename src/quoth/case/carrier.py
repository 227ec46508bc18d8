"""The one place from which anything can leave the machine.

- Only to the http(s) address that the user gave; no redirect is followed, no proxy asked.
- Only bodies that were shown and allowed: each is known by its digest, any other is refused.
- Bounded: one deadline for the whole exchange, one size for the answer.
- What is carried: JSON for an endpoint, requests for a time-stamping authority (RFC 3161, section 3.4).
- The key comes from an environment variable, goes into one header, and is written nowhere.

Example::

    Carrier(address_of("http://127.0.0.1:8080/v1"), allowed=frozenset({digest_of(body)}))(body)
"""

import contextlib
import dataclasses
import http.client
import ipaddress
import os
import socket
import ssl
import threading
import urllib.parse
from collections.abc import Iterator, Mapping

from quoth.errors import AttributeRoomError, SealError
from quoth.terms.digest import Digest, digest_of

__all__ = ["COMPLETIONS", "STAMPS", "Address", "Cargo", "Carrier", "address_of", "carrier_of"]

_KEPT = "what stood before is kept"
_SHOWN = 200
"""Characters of a refusing answer that are shown."""
_PIECE = 65_536


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where requests go: ``host`` as given, ``port``, ``path`` of the completions, whether encrypted."""

    host: str
    port: int
    path: str
    encrypted: bool

    @property
    def named(self) -> str:
        """Host and port for people."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def here(self) -> bool:
        """Whether it is this machine itself."""
        with contextlib.suppress(ValueError):
            return ipaddress.ip_address(self.host).is_loopback
        return self.host == "localhost"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Cargo:
    """What is carried: whom errors speak of, the path's end, and the media types of body and answer."""

    called: str
    ending: str
    sends: str
    takes: str
    example: str


COMPLETIONS = Cargo(
    called="endpoint",
    ending="/chat/completions",
    sends="application/json",
    takes="application/json",
    example="--set url=http://127.0.0.1:8080/v1",
)
STAMPS = Cargo(
    called="authority",
    ending="",
    sends="application/timestamp-query",
    takes="application/timestamp-reply",
    example="--authority https://stamps.example/tsr",
)


def address_of(url: str, *, cargo: Cargo = COMPLETIONS) -> Address:
    """The address in ``url``; raises :class:`AttributeRoomError` for anything but plain http(s)."""

    def wrong(why: str) -> AttributeRoomError:
        return AttributeRoomError(f"the {cargo.called}'s address {why}", hint=f"for example {cargo.example}")

    try:
        parts = urllib.parse.urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as err:
        raise wrong("cannot be read") from err
    if parts.scheme not in ("http", "https") or not host:
        raise wrong("is not an http or https address")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise wrong("holds more than scheme, host, port and path: a name or key does not belong there")
    if not url.isascii() or not url.isprintable() or " " in url:
        raise wrong("holds a character that no address has")
    path = parts.path.rstrip("/") if cargo.ending else parts.path or "/"
    encrypted = parts.scheme == "https"
    return Address(
        host=host,
        port=port or (443 if encrypted else 80),
        path=path if path.endswith(cargo.ending) else path + cargo.ending,
        encrypted=encrypted,
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """Takes an allowed body to the address and brings the answer's body back.

    ``seconds`` bound the whole exchange, ``largest`` the answer in bytes. Raises
    :class:`AttributeRoomError` saying what went wrong; :class:`SealError` for a body nobody allowed.
    """

    address: Address
    allowed: frozenset[Digest] = frozenset()
    seconds: float = 120.0
    largest: int = 1_000_000
    key_env: str = ""
    cargo: Cargo = COMPLETIONS

    def __call__(self, body: bytes) -> bytes:
        """The body of the answer to ``body``."""
        if digest_of(body) not in self.allowed:
            raise SealError(
                f"a text that nobody allowed to leave was not sent to {self.address.named}",
                hint="nothing was sent; run the command again and look at what it shows",
            )
        key = self.key()
        late = f"did not answer within {self.seconds:g} seconds", "wait, or allow more with --set seconds=…"
        deadline = _Deadline(self.seconds)
        try:
            answer = self._exchanged(deadline, body, key)
        except (OSError, http.client.HTTPException, ValueError) as err:
            if deadline.passed or isinstance(err, TimeoutError):
                raise self._failed(*late) from err
            raise self._failed(_why(err), "check that it runs there, then run the same command again") from err
        finally:
            deadline.end()
        if deadline.passed:
            raise self._failed(*late)
        return answer

    def key(self) -> str:
        """The key from the environment, or empty; raises where it is missing or would travel in the clear."""
        if not self.key_env:
            return ""
        key = os.environ.get(self.key_env, "")
        if not key or not key.isascii() or not key.isprintable():
            raise AttributeRoomError(
                f"the environment variable {self.key_env} holds no key", hint="nothing was sent; export it first"
            )
        if not self.address.encrypted and not self.address.here:
            raise AttributeRoomError(
                f"a key would travel to {self.address.named} unencrypted",
                hint="nothing was sent; give an https address",
            )
        return key

    def _connection(self) -> http.client.HTTPConnection:
        where = self.address
        if where.encrypted:
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(where.host, where.port, timeout=self.seconds, context=context)
        return http.client.HTTPConnection(where.host, where.port, timeout=self.seconds)

    def _exchanged(self, deadline: "_Deadline", body: bytes, key: str) -> bytes:
        connection = self._connection()
        connection.connect()
        deadline.watch(connection.sock)
        headers = {"Content-Type": self.cargo.sends, "Accept": self.cargo.takes, "User-Agent": "quoth"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        connection.request("POST", self.address.path, body=body, headers=headers)
        answer = connection.getresponse()
        if 300 <= answer.status < 400:
            raise self._failed("points elsewhere, and that is not followed", "nothing went there; give that address")
        if answer.status != 200:
            said = self._beginning(answer, key)
            raise self._failed(f"answered {answer.status} {_plain(answer.reason)}{said}", _remedy(answer.status))
        received = bytearray()
        for piece in _pieces(answer):
            received += piece
            if len(received) > self.largest:
                raise self._failed(
                    f"gave more than {self.largest} bytes", "give --set bytes=… if that is as it should be"
                )
        if answer.length:
            raise http.client.IncompleteRead(bytes(received), answer.length)
        return bytes(received)

    def _beginning(self, answer: http.client.HTTPResponse, key: str) -> str:
        """The first characters of a refusing answer, without the key should it stand there."""
        text = answer.read(4 * _SHOWN).decode("utf-8", "replace")
        shown = _plain(text.replace(key, "(key)") if key else text)[:_SHOWN].strip()
        return f": {shown}" if shown else ""

    def _failed(self, what: str, remedy: str) -> AttributeRoomError:
        return AttributeRoomError(f"the {self.cargo.called} {self.address.named} {what}", hint=f"{_KEPT}; {remedy}")


def carrier_of(settings: Mapping[str, str], *, allowed: frozenset[Digest] = frozenset()) -> Carrier:
    """The carrier that a door's ``settings`` (url, seconds, bytes, key_env) name.

    Raises :class:`AttributeRoomError` for a setting that cannot be used, also for a key that is not there.
    """
    seconds, largest = settings.get("seconds") or "120", settings.get("bytes") or "1000000"
    try:
        bounds = float(seconds), int(largest)
    except ValueError:
        bounds = 0.0, 0
    if not (0 < bounds[0] <= 3600 and 0 < bounds[1] <= 100_000_000):
        raise AttributeRoomError(
            f"seconds={seconds} or bytes={largest} is no bound for an answer",
            hint="seconds up to 3600, bytes up to 100000000",
        )
    made = Carrier(
        address=address_of(settings.get("url", "")),
        allowed=allowed,
        seconds=bounds[0],
        largest=bounds[1],
        key_env=settings.get("key_env", ""),
    )
    made.key()
    return made


class _Deadline:
    """Ends an exchange when its time is over, whatever it is waiting for."""

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, held: socket.socket) -> None:
        """The socket to cut."""
        self._socket = held
        if self.passed:
            self._cut()

    def _cut(self) -> None:
        self.passed = True
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        """The exchange is over: close the socket."""
        self._timer.cancel()
        if self._socket is not None:
            self._socket.close()


def _pieces(answer: http.client.HTTPResponse) -> Iterator[bytes]:
    while piece := answer.read(_PIECE):
        yield piece


def _plain(text: str) -> str:
    return "".join(one if one.isprintable() else " " for one in text)


def _why(err: OSError | http.client.HTTPException | ValueError) -> str:
    if isinstance(err, ConnectionRefusedError):
        return "refuses connections"
    if isinstance(err, ssl.SSLError):
        return f"could not be reached safely: {_plain(err.reason or str(err))}"
    if isinstance(err, http.client.IncompleteRead | http.client.RemoteDisconnected | ConnectionError):
        return "closed the connection before its answer was whole"
    return f"could not be asked: {_plain(str(err))[:_SHOWN]}"


def _remedy(status: int) -> str:
    if status in (401, 403):
        return "check the key that --set key_env=… names"
    if status == 404:
        return "check the address and the model's name"
    if status in (408, 429, 500, 502, 503, 504):
        return "wait a little, then run the same command again"
    return "check what the server wants"
