"""DER values of time stamps, read strictly and written.

- Only definite lengths in their shortest form (X.690, section 10.1); a value ends where its bytes end.
- The order of a SET is not looked at: authorities get it wrong, and OpenSSL reads them all the same.
- Whatever does not fit raises :class:`CustodyError`; nothing is guessed.

Example::

    >>> read_der(write_der(0x30, write_integer(5))).parts()[0].integer()
    5
"""

import dataclasses
import datetime
import re
from typing import Self

from quoth.errors import CustodyError

__all__ = ["INTEGER", "OCTETS", "OID", "SEQUENCE", "SET", "Der", "read_der", "write_der", "write_integer", "write_oid"]

BOOLEAN, INTEGER, BITS, OCTETS, OID = 0x01, 0x02, 0x03, 0x04, 0x06
SEQUENCE, SET = 0x30, 0x31
TIME = 0x18
_TEXTS = frozenset({0x0C, 0x13, 0x14, 0x16, 0x1A, 0x1B})
_MOST_PARTS = 4096
_INSTANT = re.compile(r"([0-9]{14})(?:\.([0-9]{0,8}[1-9]))?Z\Z")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Der:
    """One value: its ``tag`` byte, the ``body`` without tag and length, and ``raw`` with them."""

    tag: int
    body: bytes
    raw: bytes

    def parts(self) -> "tuple[Der, ...]":
        """The values inside a constructed one, in the order of the bytes."""
        if not self.tag & 0x20:
            raise _no_der("a value is not made of parts")
        made: list[Der] = []
        place = 0
        while place < len(self.body):
            one = _value_at(self.body, place)
            made.append(one)
            place += len(one.raw)
            if len(made) > _MOST_PARTS:
                raise _no_der("a value has too many parts")
        return tuple(made)

    def of(self, tag: int) -> Self:
        """This value, where it has the tag; else it raises."""
        if self.tag != tag:
            raise _no_der(f"expected tag {tag:#04x}, found {self.tag:#04x}")
        return self

    def integer(self) -> int:
        """The number of an INTEGER in its shortest form."""
        body = self.of(INTEGER).body
        if not body or (len(body) > 1 and body[0] in (0x00, 0xFF) and (body[0] ^ body[1]) < 0x80):
            raise _no_der("a number is not in its shortest form")
        return int.from_bytes(body, "big", signed=True)

    def implicit(self) -> int:
        """The number of a value that is an INTEGER under a tag of its own."""
        return Der(tag=INTEGER, body=self.body, raw=self.raw).integer()

    def boolean(self) -> bool:
        """The truth value of a BOOLEAN."""
        if self.of(BOOLEAN).body not in (b"\x00", b"\xff"):
            raise _no_der("a truth value is neither true nor false")
        return self.body == b"\xff"

    def oid(self) -> str:
        """The dotted form of an OBJECT IDENTIFIER."""
        body = self.of(OID).body
        if not body or body[-1] & 0x80 or len(body) > 64:
            raise _no_der("an identifier is not whole")
        numbers, number, fresh = [], 0, True
        for byte in body:
            if fresh and byte == 0x80:
                raise _no_der("an identifier is not in its shortest form")
            number, fresh = number << 7 | byte & 0x7F, not byte & 0x80
            if fresh:
                numbers.append(number)
                number = 0
        first = min(numbers[0] // 40, 2)
        return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))

    def instant(self) -> datetime.datetime:
        """The instant of a GeneralizedTime in UTC (RFC 3161, section 2.4.2)."""
        match = _INSTANT.match(self.of(TIME).body.decode("ascii", "replace"))
        try:
            whole = datetime.datetime.strptime(match[1], "%Y%m%d%H%M%S") if match else None  # noqa: DTZ007 - Z below
        except ValueError:
            whole = None
        if match is None or whole is None:
            raise _no_der("a time is not written YYYYMMDDhhmmss[.f]Z")
        micro = int((match[2] or "0").ljust(6, "0")[:6])
        return whole.replace(microsecond=micro, tzinfo=datetime.UTC)

    def text(self) -> str:
        """The words of a string value, for people; what cannot be read shows as a mark."""
        if self.tag not in _TEXTS:
            raise _no_der(f"tag {self.tag:#04x} is no text")
        return self.body.decode("utf-8", "replace")


def read_der(data: bytes) -> Der:
    """The one value that ``data`` is, to its last byte; raises :class:`CustodyError`."""
    made = _value_at(data, 0)
    if len(made.raw) != len(data):
        raise _no_der(f"{len(data) - len(made.raw)} bytes stand after its end")
    return made


def write_der(tag: int, *bodies: bytes) -> bytes:
    """A value with this tag around the bodies."""
    body = b"".join(bodies)
    if len(body) < 0x80:
        return bytes((tag, len(body))) + body
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(size))) + size + body


def write_integer(number: int) -> bytes:
    """An INTEGER of a number that is not negative."""
    return write_der(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def write_oid(dotted: str) -> bytes:
    """An OBJECT IDENTIFIER; raises :class:`CustodyError` for other words."""
    if not re.fullmatch(r"[012]\.(0|[1-9][0-9]{0,9})(\.(0|[1-9][0-9]{0,9})){1,20}", dotted):
        raise CustodyError(f"{dotted!r} is no object identifier", hint="expected numbers with points: 1.3.6.1.4.1")
    first, second, *rest = map(int, dotted.split("."))
    if first < 2 and second > 39:
        raise CustodyError(f"{dotted!r} is no object identifier", hint="its second number is at most 39")
    body = bytearray()
    for number in (40 * first + second, *rest):
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.append(number & 0x7F | 0x80)
        body += bytes(reversed(groups))
    return write_der(OID, bytes(body))


def _value_at(data: bytes, place: int) -> Der:
    if len(data) < place + 2:
        raise _no_der("it ends too early")
    tag, length, start = data[place], data[place + 1], place + 2
    if tag & 0x1F == 0x1F:
        raise _no_der("a tag is longer than one byte")
    if length == 0x80:
        raise _no_der("a length is left open")
    if length > 0x80:
        count = length & 0x7F
        size = data[start : start + count]
        length, start = int.from_bytes(size, "big"), start + count
        if count > 4 or len(size) != count or length < 0x80 or size[0] == 0:
            raise _no_der("a length is not in its shortest form")
    if start + length > len(data):
        raise _no_der(f"it ends too early: {start + length - len(data)} bytes are missing")
    return Der(tag=tag, body=data[start : start + length], raw=data[place : start + length])


def _no_der(reason: str) -> CustodyError:
    return CustodyError(f"not DER: {reason}", hint="get the file again from whoever gave it")
