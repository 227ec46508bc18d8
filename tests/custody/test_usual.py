"""Usual lines: what is recognised whole is what the wire reads, and nothing else is recognised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.custody.usual import usual_entry, usual_opening
from quoth.errors import RecordError
from quoth.record import wire
from quoth.record.custody import GENESIS, Action, CustodyEntry, ObjectRef, Opening
from quoth.terms.digest import digest_of
from record import strategies

ENTRY = CustodyEntry(
    seq=7,
    prev=GENESIS,
    action=Action.RECEIVED,
    at="2031-05-02T09:00:00Z",
    by="desk [night]",
    objects=(ObjectRef(digest=digest_of(b"a"), size=42),),
    commitment=digest_of(b"c"),
)
OPENING = Opening(commitment=digest_of(b"c"), salt="0f" * 32, value='{"id":"x-1","title":"a \\\\ \\"b\\" 港"}')


def test_usual_lines_are_recognised():
    assert usual_entry(wire.to_bytes(ENTRY)) == ENTRY
    assert usual_opening(wire.to_bytes(OPENING) + b"\n") == OPENING


@given(strategies.of(CustodyEntry))
def test_an_entry_is_recognised_as_what_the_wire_reads_or_not_at_all(entry):
    line = wire.to_bytes(entry)
    assert usual_entry(line) in (None, entry)


@given(strategies.DIGESTS, st.text(st.characters(exclude_categories=("Cs",)), max_size=30))
def test_an_opening_is_recognised_as_what_the_wire_reads_or_not_at_all(commitment, value):
    opening = Opening(commitment=commitment, salt="ab" * 32, value=value)
    assert usual_opening(wire.to_bytes(opening) + b"\n") in (None, opening)


@pytest.mark.parametrize("record", [ENTRY, OPENING], ids=["entry", "opening"])
def test_a_changed_line_is_never_recognised_as_something_the_wire_would_not_write(record):
    line = wire.to_bytes(record)
    for place in range(len(line)):
        for byte in (line[place] ^ 1, line[place] ^ 32, 0, 255, 92, 34):
            changed = line[:place] + bytes([byte]) + line[place + 1 :]
            found = usual_entry(changed) or usual_opening(changed + b"\n")
            if found is not None:
                assert wire.to_bytes(found) == changed
                assert wire.from_bytes(changed) == found


@pytest.mark.parametrize(
    "line",
    [
        b"",
        wire.to_bytes(ENTRY) + b"\n",
        b" " + wire.to_bytes(ENTRY),
        wire.to_bytes(ENTRY).replace(b'"size":42', b'"size":042'),
        wire.to_bytes(ENTRY).replace(b'"seq":7', b'"seq":07'),
        wire.to_bytes(ENTRY).replace(b"desk", b"de\\u0073k"),
    ],
)
def test_what_is_not_canonical_is_left_to_the_parser(line):
    assert usual_entry(line) is None


def test_bytes_that_are_no_text_are_left_to_the_parser():
    line = wire.to_bytes(OPENING).replace("港".encode(), b"\xff\xfe") + b"\n"
    assert usual_opening(line) is None
    with pytest.raises(RecordError):
        wire.from_bytes(line)
