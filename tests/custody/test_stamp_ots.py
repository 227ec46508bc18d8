"""OpenTimestamps proofs: which digest, named by whom; anything else refused."""

import contextlib
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.custody.stamp_ots import MAGIC, AttestationKind, parse_ots
from quoth.errors import CustodyError
from simulators import ots

DIGEST = hashlib.sha256(b"a checkpoint").digest()
KEPT = Path(__file__).resolve().parent.parent / "simulators" / "tokens"


def test_a_proof_names_its_digest_calendar_and_block():
    data, root = ots.usual(DIGEST)
    proof = parse_ots(data)
    assert (proof.algorithm, proof.digest) == ("sha256", DIGEST)
    promise, block = proof.attestations
    assert (promise.kind, promise.calendar) == (AttestationKind.CALENDAR, "https://calendar.example")
    assert (block.kind, block.height, block.message) == (AttestationKind.BITCOIN, 700_000, root)
    assert root[::-1].hex() in block.told()
    assert "would hold" in block.told()
    assert "not in this proof" in promise.told()


def test_the_proof_kept_since_the_first_version_is_still_read():
    proof = parse_ots((KEPT / "subject.ots").read_bytes())
    assert proof.digest == hashlib.sha256((KEPT / "subject.txt").read_bytes()).digest()
    assert [one.height for one in proof.attestations] == [-1, 700_000]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "does not begin"),
        (b"PK\x03\x04 a zip", "does not begin"),
        (ots.proof(DIGEST, ots.bitcoin(1), version=2), "version 2"),
        (ots.proof(DIGEST, ots.bitcoin(1), kind=b"\x55"), "unknown kind"),
        (ots.proof(DIGEST, ots.bitcoin(1)) + b"\x00", "1 bytes after its end"),
        (ots.proof(DIGEST, ots.bitcoin(1))[:-1], "ends too early"),
        (ots.proof(DIGEST, b"\x99" + ots.bitcoin(1)), "operation that is not known (0x99)"),
        (ots.proof(DIGEST, ots.append(b"") + ots.bitcoin(1)), "0 bytes where 1 to"),
        (ots.proof(DIGEST, ots.append(b"x" * 4097) + ots.bitcoin(1)), "4097 bytes where"),
        (ots.proof(DIGEST, 2 * ots.append(b"x" * 4000) + ots.bitcoin(1)), "message that is too long"),
        (ots.proof(DIGEST, ots.SHA256 * 300 + ots.bitcoin(1)), "nested too deeply"),
        (ots.proof(DIGEST, (b"\xff" + ots.bitcoin(1)) * 21_000 + ots.bitcoin(1)), "too many steps"),
        (ots.proof(DIGEST, b"\x00" + ots.BITCOIN + ots.block(b"\x01\x02")), "bytes after its end"),
        (ots.proof(DIGEST, b"\x00" + ots.BITCOIN + ots.block(b"\x81\x00")), "not in its shortest form"),
        (ots.proof(DIGEST, b"\x00" + ots.BITCOIN + ots.block(b"\xff" * 9)), "number that is too large"),
        (ots.proof(DIGEST, ots.calendar("https://calendar.example/?q=\x1b[2J")), "no address"),
        (MAGIC + b"\x01\x08" + bytes(1_000_000), "more than any proof"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_no_proof_is_refused_in_words(data, words):
    with pytest.raises(CustodyError, match=words.replace("(", r"\(").replace(")", r"\)")):
        parse_ots(data)


def test_what_cannot_be_carried_out_is_told_and_not_guessed():
    unknown = b"\x00" + bytes(8) + ots.block(b"anything")
    tree = b"\xff" + unknown + b"\xf2\xf3\x03" + ots.bitcoin(5)
    strange, block = parse_ots(ots.proof(DIGEST, tree)).attestations
    assert "not known (0000000000000000)" in strange.told()
    assert block.message is None
    assert "cannot be carried out" in block.told()


@given(place=st.integers(min_value=0, max_value=2000), value=st.integers(min_value=0, max_value=255))
def test_a_changed_byte_changes_the_reading_or_is_refused(place, value):
    data = bytearray(ots.usual(DIGEST)[0])
    place %= len(data)
    before = parse_ots(bytes(data))
    if data[place] == value:
        return
    data[place] = value
    with contextlib.suppress(CustodyError):
        assert parse_ots(bytes(data)) != before
