"""JSON Schema of every record, made from its fields.

- JSON Schema 2020-12; one document a record; unknown keys are refused there too.

Example::

    schema_of(Statement)["properties"]["act"]["enum"]
"""

import dataclasses
import enum
import types
import typing

from quoth.record.wire import Json, kind_of
from quoth.terms.digest import Digest

__all__ = ["schema_of"]

DIGEST: Json = {"pattern": "^sha256:[0-9a-f]{64}$", "type": "string"}
_PLAIN: dict[object, Json] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Digest: DIGEST,
}


def schema_of(cls: type) -> dict[str, Json]:
    """The schema of one record as it stands alone on the wire, its kind included."""
    definitions: dict[str, Json] = {}
    body = _object(cls, definitions)
    properties = body["properties"]
    required = body["required"]
    if not isinstance(properties, dict) or not isinstance(required, list):
        raise TypeError("a record's schema has properties")
    kind = kind_of(cls)
    made: dict[str, Json] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": cls.__name__,
        "description": " ".join((cls.__doc__ or "").split()),
        **body,
        "properties": {"type": {"const": kind}, **properties},
        "required": ["type", *required],
    }
    if definitions:
        made["$defs"] = dict(sorted(definitions.items()))
    return made


def _object(cls: type, definitions: dict[str, Json]) -> dict[str, Json]:
    hints = typing.get_type_hints(cls)
    fields = dataclasses.fields(cls)
    properties: dict[str, Json] = {field.name: _value(hints[field.name], definitions) for field in fields}
    required: list[Json] = [field.name for field in fields if field.default is dataclasses.MISSING]
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _value(hint: typing.Any, definitions: dict[str, Json]) -> Json:
    while isinstance(hint, typing.NewType) and hint is not Digest:
        hint = hint.__supertype__
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin = typing.get_origin(hint)
    if origin is tuple:
        return {"type": "array", "items": _value(typing.get_args(hint)[0], definitions)}
    if origin in (types.UnionType, typing.Union):
        rest = [one for one in typing.get_args(hint) if one is not type(None)]
        return {"anyOf": [_value(rest[0], definitions), {"type": "null"}]}
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return {"enum": [member.value for member in hint]}
    name = hint.__name__
    if name not in definitions:
        definitions[name] = None
        definitions[name] = _object(hint, definitions)
    return {"$ref": f"#/$defs/{name}"}
