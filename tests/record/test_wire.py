"""Wire: every record comes back the same, to the same bytes; what does not fit is refused with its path."""

import json
import typing

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quoth.errors import RecordError
from quoth.record import kinds, wire
from quoth.record.assessment import Assessment
from quoth.record.custody import GENESIS, Action, CustodyEntry, ObjectRef
from quoth.record.schema import schema_of
from quoth.terms.digest import digest_of
from record import strategies

CLASSES = sorted(typing.get_args(kinds.Record), key=lambda one: one.__name__)
ENTRY = CustodyEntry(
    seq=3,
    prev=GENESIS,
    action=Action.RECEIVED,
    at="2031-05-02T09:00:00Z",
    by="desk",
    objects=(ObjectRef(digest=digest_of(b"a"), size=1),),
)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda one: one.__name__)
def test_round_trip_gives_the_same_record_and_the_same_bytes(cls):
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(strategies.of(cls))
    def check(record):
        data = wire.to_bytes(record)
        again = wire.from_bytes(data)
        assert again == record
        assert type(again) is cls
        assert wire.to_bytes(again) == data

    check()


@pytest.mark.parametrize("cls", CLASSES, ids=lambda one: one.__name__)
def test_what_we_write_fits_the_published_schema(cls):
    schema = schema_of(cls)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)

    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
    @given(strategies.of(cls))
    def check(record):
        value = json.loads(wire.to_bytes(record))
        assert list(validator.iter_errors(value)) == []
        assert list(validator.iter_errors({**value, "surplus": 1})) != []

    check()


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(
        st.text(st.characters(codec="ascii"), max_size=8), st.integers(-(2**50), 2**50) | st.text(max_size=5)
    )
)
def test_canonical_json_is_what_json_reads_back(value):
    try:
        data = wire.canonical(value)
    except RecordError:
        assert any("\ud800" <= char <= "\udfff" for text in value.values() if isinstance(text, str) for char in text)
        return
    assert json.loads(data) == value
    assert data == wire.canonical(dict(reversed(value.items())))


def test_canonical_json_matches_the_examples_of_rfc_8785():
    # Section 3.2.2.2 (strings) and 3.2.3 (sorting), written out by hand.
    assert wire.canonical({"b": '\u20ac$\u000f\nA\'B"\\\\"/', "a": [None, True, False]}) == (
        b'{"a":[null,true,false],"b":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda value: value | {"surplus": 1}, "custody-entry.surplus: unknown key"),
        (lambda value: {k: v for k, v in value.items() if k != "by"}, "custody-entry.by: missing"),
        (lambda value: value | {"seq": "3"}, "custody-entry.seq: expected a whole number, found str"),
        (lambda value: value | {"seq": True}, "custody-entry.seq: expected a whole number, found bool"),
        (lambda value: value | {"seq": 2**53}, "number too large"),
        (lambda value: value | {"prev": "sha1:00"}, "custody-entry.prev: not a digest"),
        (lambda value: value | {"action": "burned"}, "custody-entry.action: expected one of"),
        (
            lambda value: value | {"objects": [{"digest": None, "wight": 3}]},
            "custody-entry.objects[0].wight: unknown key",
        ),
        (lambda value: value | {"objects": {}}, "custody-entry.objects: expected a list, found dict"),
        (lambda value: value | {"type": "custody-entry-2"}, "unknown kind of record"),
        (lambda value: {k: v for k, v in value.items() if k != "type"}, "not a record"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_path(change, path):
    value = change(json.loads(wire.to_bytes(ENTRY)))
    with pytest.raises(RecordError) as caught:
        wire.from_bytes(json.dumps(value).encode())
    assert path in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff", b"[1.5]", b'{"a":NaN}', b'{"type":"finding","type":"finding"}', b"[" * 100_000, b'{"type":1e400}'],
)
def test_what_is_not_our_json_is_refused(data):
    with pytest.raises(RecordError):
        wire.from_bytes(data)


def test_lines_name_the_line_that_does_not_fit():
    good = wire.to_bytes(Assessment(id="a-1", by="A", on="B", opinion="C"))
    assert len(list(wire.from_lines(good + b"\n" + good + b"\n"))) == 2
    with pytest.raises(RecordError, match="line 2"):
        list(wire.from_lines(good + b"\n{}\n"))


def test_a_record_with_a_lone_surrogate_cannot_be_written():
    with pytest.raises(RecordError):
        wire.to_bytes(Assessment(id="a-1", by="\ud800", on="B", opinion="C"))


def test_no_field_bears_the_name_of_the_tag():
    import dataclasses

    assert [cls for cls in CLASSES if "type" in {field.name for field in dataclasses.fields(cls)}] == []
