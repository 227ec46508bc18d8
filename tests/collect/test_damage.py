"""Damage of any kind: the walk ends, and raises nothing but CollectError from a stream."""

import io
import random
import tarfile
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collect.archive_makers import made_tar, made_zip
from quoth.collect.archives import members
from quoth.collect.incoming import Incoming, Limits, Refused
from quoth.errors import CollectError

NOISE = random.Random(11).randbytes(900)
ENTRIES = (("a.txt", b"hello" * 30), ("ü" * 40 + "/" + "n" * 60, NOISE), ("c", bytes(1024)), ("d/e", b""))
WHOLE = [
    *(made_tar(*ENTRIES, form=form) for form in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT)),
    *(made_tar(*ENTRIES, packing=packing) for packing in ("gz", "bz2", "xz")),
    *(made_zip(*ENTRIES, ("in.tar", made_tar(*ENTRIES)), packing=packing) for packing in (0, 8, 12, 14)),
]
EDIT = st.tuples(st.integers(0, 2**16), st.integers(0, 64), st.binary(max_size=12))


def walked(data):
    items = 0
    for item in members(io.BytesIO(data), head=data[:8192], container="x", limits=Limits(members=50)):
        items += 1
        if isinstance(item, Refused):
            assert item.reason
            continue
        assert isinstance(item, Incoming)
        try:
            with item.open() as stream:
                while stream.read(70_000):
                    pass
        except CollectError as err:
            assert str(err).startswith(item.label)  # noqa: PT017 - either outcome is right, its words are checked
    return items


def checksummed(data):
    """``data`` with the checksums of its TAR headers made right again, so that damage gets past them."""
    held = bytearray(data)
    for place in range(0, len(held) - 511, 512):
        block = held[place : place + 512]
        if block[257:262] == b"ustar":
            held[place + 148 : place + 156] = b"%06o\0 " % (sum(block[:148]) + sum(block[156:]) + 256)
    return bytes(held)


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(WHOLE), st.lists(EDIT, min_size=1, max_size=6), st.booleans())
def test_damaged_archives_never_stop_the_walk(whole, edits, mended):
    data = bytearray(whole)
    for place, length, new in edits:
        start = place % (len(data) + 1)
        data[start : start + length] = new
    walked(checksummed(data) if mended else bytes(data))


@settings(max_examples=50, deadline=None)
@given(st.sampled_from([b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh91AY&SY", b"\xfd7zXZ\0", b""]), st.binary(max_size=600))
def test_arbitrary_bytes_never_stop_the_walk(magic, rest):
    walked(magic + rest)


@pytest.mark.parametrize("whole", WHOLE)
def test_a_cut_anywhere_is_noticed(whole):
    """From the first header on, and up to the end mark: the zeros after it are only padding."""
    plain = whole[257:262] == b"ustar"
    first, last = (512, len(whole.rstrip(b"\0")) + 512) if plain else (13, len(whole) - 1)
    for length in range(first, last, max(1, (last - first) // 25)):
        cut = whole[:length]
        found = members(io.BytesIO(cut), head=cut[:8192], container="x", limits=Limits())
        assert any(isinstance(item, Refused) for item in found), length
    assert walked(whole) >= len(ENTRIES)


def test_every_way_of_packing_a_zip_is_covered():
    kinds = {
        zipfile.ZipFile(io.BytesIO(data)).infolist()[0].compress_type
        for data in WHOLE
        if data.startswith(b"PK\x03\x04")
    }
    assert kinds == {0, 8, 12, 14}
