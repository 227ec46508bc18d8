"""To and from canonical JSON: the only parser of our format.

- Canonical JSON is RFC 8785; our records hold no floating point numbers, so that every writer
  agrees on every byte (integers stay below 2**53, section 3.2.2.3).
- A field that holds its default is left out; a missing required or an unknown key is refused
  with its path.
- A record on its own carries its kind in ``type``; inside another one the place says it.

Example::

    >>> from quoth.record.assessment import Assessment
    >>> to_bytes(Assessment(id="a-1", by="A", on="B", opinion="C"))
    b'{"by":"A","id":"a-1","on":"B","opinion":"C","type":"assessment"}'
"""

import dataclasses
import enum
import functools
import json
import re
import types
import typing
from collections.abc import Callable, Iterable, Iterator

from quoth.errors import RecordError
from quoth.record import kinds
from quoth.terms.digest import Digest, InvalidDigest, digest_of, parse_digest

__all__ = ["canonical", "digest_of_record", "from_bytes", "from_lines", "kind_of", "parse_json", "to_bytes", "to_lines"]

_LIMIT = 2**53
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]
"""What our format is made of."""

_Encode = Callable[[typing.Any], Json]
_Decode = Callable[[Json, str], typing.Any]


def kind_of(cls: type) -> str:
    """The name of a record type on the wire: ``CallRecord`` is ``call-record``."""
    return _CAMEL.sub("-", cls.__name__).lower()


def canonical(value: Json) -> bytes:
    """RFC 8785 bytes of ``value``; raises :class:`RecordError` for what the format does not hold."""
    try:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return text.encode()
    except (TypeError, ValueError) as err:
        raise RecordError(f"cannot be written as canonical JSON: {err}") from err


def parse_json(data: bytes) -> Json:
    """JSON bytes as values; refuses doubled keys, fractions and anything that is not UTF-8 JSON."""
    try:
        value: Json = _READER.decode(data.decode())
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as err:
        raise RecordError(f"not JSON: {err}") from err
    return value


def _pairs(items: list[tuple[str, Json]]) -> Json:
    made = dict(items)
    if len(made) != len(items):
        raise RecordError("a key stands twice in one object")
    return made


def _no_fraction(text: str) -> typing.NoReturn:
    raise RecordError(f"our format holds no fractions: {text}")


_READER = json.JSONDecoder(object_pairs_hook=_pairs, parse_float=_no_fraction, parse_constant=_no_fraction)


def to_bytes(record: kinds.Record) -> bytes:
    """A record as canonical JSON, its kind included."""
    return canonical(_tagged(record))


def to_lines(records: Iterable[kinds.Record]) -> bytes:
    """Records as canonical JSON lines."""
    return b"".join(to_bytes(record) + b"\n" for record in records)


def digest_of_record(record: kinds.Record) -> Digest:
    """The digest of the record's canonical JSON."""
    return digest_of(to_bytes(record))


def from_bytes(data: bytes) -> kinds.Record:
    """The record in ``data``; raises :class:`RecordError` with the path of what does not fit."""
    value = parse_json(data)
    if not isinstance(value, dict) or not isinstance(value.get("type"), str):
        raise RecordError("not a record: the key 'type' is missing", hint="see docs/formats/")
    kind = value.pop("type")
    cls = kinds_by_name().get(typing.cast("str", kind))
    if cls is None:
        raise RecordError(f"unknown kind of record: {kind!r}", hint="was it made by a newer version?")
    return typing.cast("kinds.Record", _decoder(cls)(value, str(kind)))


def from_lines(data: bytes) -> Iterator[kinds.Record]:
    """The records in canonical JSON lines."""
    for number, line in enumerate(data.splitlines(), start=1):
        try:
            yield from_bytes(line)
        except RecordError as err:
            raise RecordError(f"line {number}: {err}", hint=err.hint) from err


@functools.cache
def kinds_by_name() -> dict[str, type]:
    """Every kind of record by its name on the wire."""
    return {kind_of(cls): cls for cls in typing.get_args(kinds.Record)}


def _tagged(record: kinds.Record) -> Json:
    body = _encoder(typing.cast("typing.Hashable", type(record)))(record)
    if not isinstance(body, dict):
        raise RecordError(f"not a record: {type(record).__name__}")
    return {**body, "type": kind_of(type(record))}


def _encode_text(value: str) -> str:
    return value


def _encode_int(value: int) -> int:
    if not -_LIMIT < value < _LIMIT:
        raise RecordError(f"number too large for the format: {value}")
    return value


@functools.cache
def _encoder(hint: typing.Any) -> _Encode:
    hint, optional, item = _taken_apart(hint)
    if item is not None:
        inner = _encoder(item)
        return lambda value: [inner(one) for one in value]
    if optional:
        some = _encoder(hint)
        return lambda value: None if value is None else some(value)
    if hint in (str, Digest):
        return _encode_text
    if hint is int:
        return _encode_int
    if hint is bool:
        return bool
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return lambda value: value.value
    if dataclasses.is_dataclass(hint):
        return _record_encoder(typing.cast("type", hint))
    raise RecordError(f"the format holds no {hint}")


def _record_encoder(cls: type) -> _Encode:
    hints = typing.get_type_hints(cls)
    parts = [(f.name, f.default, _encoder(hints[f.name])) for f in dataclasses.fields(cls)]

    def encode(value: typing.Any) -> Json:
        made: dict[str, Json] = {}
        for name, default, inner in parts:
            held = getattr(value, name)
            if default is dataclasses.MISSING or held != default:
                made[name] = inner(held)
        return made

    return encode


def _taken_apart(hint: typing.Any) -> tuple[typing.Any, bool, typing.Any]:
    """The bare type, whether ``None`` is allowed, and the item type of a tuple."""
    while isinstance(hint, typing.NewType):
        if hint is Digest:
            return Digest, False, None
        hint = hint.__supertype__
    origin = typing.get_origin(hint)
    if origin is tuple:
        return hint, False, typing.get_args(hint)[0]
    if origin in (types.UnionType, typing.Union):
        rest = [one for one in typing.get_args(hint) if one is not type(None)]
        return rest[0], True, None
    return hint, False, None


def _refuse(path: str, expected: str, value: Json) -> typing.NoReturn:
    raise RecordError(f"{path}: expected {expected}, found {type(value).__name__}")


@functools.cache
def _decoder(hint: typing.Any) -> _Decode:
    hint, optional, item = _taken_apart(hint)
    if item is not None:
        return _tuple_decoder(_decoder(item))
    if optional:
        some = _decoder(hint)
        return lambda value, path: None if value is None else some(value, path)
    if hint is Digest:
        return _decode_digest
    if hint in (str, int, bool):
        return _plain_decoder(hint)
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return _enum_decoder(hint)
    return _record_decoder(hint)


def _plain_decoder(kind: type) -> _Decode:
    def decode(value: Json, path: str) -> typing.Any:
        if type(value) is not kind:
            _refuse(path, {str: "text", int: "a whole number", bool: "true or false"}[kind], value)
        if isinstance(value, int):
            _encode_int(value)
        return value

    return decode


def _decode_digest(value: Json, path: str) -> Digest:
    if not isinstance(value, str):
        _refuse(path, "a digest", value)
    try:
        return parse_digest(value)
    except InvalidDigest as err:
        raise RecordError(f"{path}: {err}") from err


def _enum_decoder(kind: type[enum.Enum]) -> _Decode:
    members = {member.value: member for member in kind}

    def decode(value: Json, path: str) -> enum.Enum:
        if not isinstance(value, str) or value not in members:
            raise RecordError(f"{path}: expected one of {', '.join(sorted(members))}, found {value!r}")
        return members[value]

    return decode


def _tuple_decoder(inner: _Decode) -> _Decode:
    def decode(value: Json, path: str) -> tuple[typing.Any, ...]:
        if not isinstance(value, list):
            _refuse(path, "a list", value)
        return tuple(inner(one, f"{path}[{place}]") for place, one in enumerate(value))

    return decode


def _record_decoder(cls: type) -> _Decode:
    hints = typing.get_type_hints(cls)
    fields = dataclasses.fields(cls)
    inner = {f.name: _decoder(hints[f.name]) for f in fields}
    required = [f.name for f in fields if f.default is dataclasses.MISSING]

    def decode(value: Json, path: str) -> typing.Any:
        if not isinstance(value, dict):
            _refuse(path, "an object", value)
        for name in value:
            if name not in inner:
                raise RecordError(f"{path}.{name}: unknown key", hint="was it made by a newer version?")
        for name in required:
            if name not in value:
                raise RecordError(f"{path}.{name}: missing")
        try:
            return cls(**{name: inner[name](held, f"{path}.{name}") for name, held in value.items()})
        except RecordError:
            raise
        except ValueError as err:
            raise RecordError(f"{path}: {err}") from err

    return decode
