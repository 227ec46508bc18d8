"""How a readout passes through the fence: plain frames, never pickles.

- A job is one JSON message; a readout is records as canonical JSON lines and then its blobs.
- What comes back is checked like anything from outside: kinds, digests, every anchor.
- A readout that does not fit is refused whole.

Example::

    readout = parsed(data, request)
"""

import dataclasses
import json
import struct

from quoth.errors import RecordError
from quoth.read.readers import Blob, Readout, ReadRequest
from quoth.record import wire
from quoth.record.call_record import CallRecord
from quoth.record.finding import Finding
from quoth.record.kinds import Record
from quoth.record.passage import Passage
from quoth.record.rendition import Head, Part, Rendition, Setting

__all__ = ["NO_CUT", "NO_MEMORY", "Job", "Limits", "framed", "job_of", "parsed"]

_MAGIC = b"quoth-readout-1\n"
_END = b"end\n"
_LENGTH = struct.Struct(">Q")
_MIB = 2**20
NO_MEMORY, NO_CUT = 3, 4
"""How a child leaves that had no memory to write its result, or could not give up the network."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one reading may use: bytes of memory, seconds of computing and of waiting, bytes written.

    ``file`` is the largest temporary file, ``output`` all that one reading may give.
    """

    memory: int = 1536 * _MIB
    cpu_s: int = 120
    wall_s: int = 600
    file: int = 256 * _MIB
    output: int = 256 * _MIB


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One reading: the request and its limits."""

    request: ReadRequest
    limits: Limits

    def to_bytes(self) -> bytes:
        """As one JSON message."""
        return json.dumps(dataclasses.asdict(self)).encode()


def job_of(data: bytes) -> Job:
    """The job in a message from our own parent process."""
    value = json.loads(data)
    request = value["request"]
    settings = tuple(Setting(**one) for one in request.pop("settings"))
    return Job(request=ReadRequest(settings=settings, **request), limits=Limits(**value["limits"]))


def framed(readout: Readout) -> list[bytes]:
    """A readout as pieces to write one after another."""
    lines = wire.to_lines(readout.records)
    pieces = [_MAGIC, _LENGTH.pack(len(lines)), lines]
    for blob in readout.blobs:
        pieces += [_LENGTH.pack(len(blob.data)), blob.data]
    return [*pieces, _LENGTH.pack(2**64 - 1), _END]


def parsed(data: bytes, request: ReadRequest) -> Readout:
    """The readout in ``data``; raises :class:`RecordError` for anything that does not fit ``request``."""
    view = memoryview(data)
    if not data.startswith(_MAGIC) or not data.endswith(_END):
        raise RecordError("the reading ended before its result was complete")
    place = len(_MAGIC)
    sections: list[bytes] = []
    while True:
        (length,) = _LENGTH.unpack(view[place : place + _LENGTH.size])
        place += _LENGTH.size
        if length == 2**64 - 1:
            break
        if place + length + _LENGTH.size + len(_END) > len(data):
            raise RecordError("the reading's result is cut short")
        sections.append(bytes(view[place : place + length]))
        place += length
    if place + len(_END) != len(data) or not sections:
        raise RecordError("the reading's result has an unknown form")
    readout = Readout(
        records=tuple(wire.from_lines(sections[0])),
        blobs=tuple(Blob.of(section) for section in sections[1:]),
    )
    _check(readout, request)
    return readout


def _check(readout: Readout, request: ReadRequest) -> None:
    """Refuse records of other kinds or about other things, and anchors that do not hold."""
    blobs = {blob.digest: blob.data for blob in readout.blobs}
    texts: dict[str, str] = {}
    for record in readout.records:
        if not _belongs(record, request):
            raise RecordError(f"the reading gave a record that is not its own: {type(record).__name__}")
        if isinstance(record, Rendition | Part) and record.content not in blobs:
            raise RecordError(f"the reading names an object that it does not give: {record.content}")
        anchors = record.anchors if isinstance(record, Head) else ()
        for anchor in (record.anchor,) if isinstance(record, Passage) else anchors:
            if anchor.target not in texts:
                texts[anchor.target] = _text(blobs.get(anchor.target))
            words = anchor.extract
            if words is None or texts[anchor.target][words.start : words.end] != words.exact:
                raise RecordError("the reading gave an anchor whose words do not stand there")


def _text(data: bytes | None) -> str:
    if data is None:
        raise RecordError("the reading gave an anchor into an object that it does not give")
    try:
        return data.decode()
    except UnicodeDecodeError as err:
        raise RecordError(f"the reading gave a text that is not UTF-8: {err}") from err


def _belongs(record: Record, request: ReadRequest) -> bool:
    if isinstance(record, Rendition | Head | Part):
        return record.of == request.digest
    if isinstance(record, CallRecord):
        return record.exhibit == request.exhibit
    if isinstance(record, Finding):
        return record.subject == request.exhibit and record.check == "reading"
    return isinstance(record, Passage)
