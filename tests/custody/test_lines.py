"""The quick writers of log lines and openings give what wire gives, byte for byte."""

from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.custody import ledger, openings
from quoth.record import wire
from quoth.record.custody import Action, CustodyEntry, ObjectRef, Opening
from quoth.terms.digest import Digest

DIGESTS = st.binary(min_size=32, max_size=32).map(lambda one: Digest("sha256:" + one.hex()))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
REFS = st.builds(ObjectRef, digest=st.none() | DIGESTS, size=st.integers(0, 2**53 - 1), sealed=TEXTS)
ENTRIES = st.builds(
    CustodyEntry,
    seq=st.integers(0, 2**53 - 1),
    prev=DIGESTS,
    action=st.sampled_from(Action),
    at=TEXTS,
    by=TEXTS,
    objects=st.lists(REFS, max_size=3).map(tuple),
    commitment=st.none() | DIGESTS,
    key=st.none() | DIGESTS,
    note=TEXTS,
)


@settings(max_examples=50, deadline=None)
@given(ENTRIES)
def test_a_log_line(entry) -> None:
    assert ledger._line_of(entry) == wire.to_bytes(entry)


@settings(max_examples=50, deadline=None)
@given(st.builds(Opening, commitment=DIGESTS, salt=TEXTS, value=TEXTS))
def test_an_opening(opening) -> None:
    assert openings._line_of(opening) == wire.to_bytes(opening)
