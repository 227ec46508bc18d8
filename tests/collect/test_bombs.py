"""Bombs: limits hold for the bytes that are produced, and the walk goes on."""

import io
import tarfile
import zipfile

import pytest

from collect.archive_makers import made_tar, made_zip, overlapping_zip, seen
from quoth.collect.archives import members
from quoth.collect.files import Incoming, Limits
from quoth.errors import CollectError

ZEROS = bytes(24 * 2**20)


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_bomb_breaks_off_and_the_rest_goes_on(packing):
    found = seen(made_zip(("bomb", ZEROS), ("letter", b"Dear A"), packing=packing))
    assert found[0][1] == "broke off: x!bomb: unpacks to more than 200 times its packed size: looks like a zip bomb"
    assert found[1:] == [("x!letter", b"Dear A")]


@pytest.mark.parametrize("packing", ["gz", "bz2", "xz"])
def test_a_packed_tar_bomb_breaks_off_and_the_rest_goes_on(packing):
    found = seen(made_tar(("bomb", ZEROS), ("letter", b"Dear A"), packing=packing))
    assert found[0][1].endswith("looks like a zip bomb")
    assert found[1:] == [("x!letter", b"Dear A")]


def test_a_bomb_breaks_off_soon_after_the_limit():
    data = made_zip(("bomb", ZEROS))
    (item,) = members(io.BytesIO(data), head=data[:8192], container="x", limits=Limits())
    with item.open() as stream:
        for _ in range(10 * 16):
            assert len(stream.read(65536)) == 65536
        with pytest.raises(CollectError, match="zip bomb"):
            stream.read(2**20)
        with pytest.raises(CollectError, match="zip bomb"):
            stream.read(1)


def test_a_declared_size_that_lies_is_no_way_around():
    data = bytearray(made_zip(("bomb", ZEROS)))
    for place in (data.index(b"PK\x03\x04") + 22, data.index(b"PK\x01\x02") + 24):
        data[place : place + 4] = (1000).to_bytes(4, "little")
    ((label, reason),) = seen(bytes(data))
    assert label == "x!bomb"
    assert "Bad CRC-32" in reason


def test_a_bomb_within_an_archive_is_refused_and_the_rest_goes_on():
    inner = made_zip(("bomb", ZEROS))
    twice = made_zip(("inner.zip", inner), ("letter", b"Dear A"))
    labels = [(label, reason if isinstance(reason, str) else "read") for label, reason in seen(twice)]
    assert labels[0] == ("x!inner.zip", "read")
    assert labels[1][0] == "x!inner.zip!bomb"
    assert labels[1][1].endswith("looks like a zip bomb")
    assert labels[2] == ("x!letter", "read")


def test_an_inner_archive_that_is_itself_the_bomb_is_refused():
    tar = made_tar(("zeros", ZEROS))
    found = seen(made_zip(("inner.tar", tar), ("letter", b"Dear A")))
    assert found == [
        ("x!inner.tar", "unpacks to more than 200 times its packed size: looks like a zip bomb"),
        ("x!letter", b"Dear A"),
    ]


def test_honest_packing_above_the_threshold_is_no_bomb():
    lines = b"".join(b"%d,+447700900%03d,call\n" % (number, number % 1000) for number in range(600_000))
    assert len(lines) > 10 * 2**20
    for data in (made_zip(("calls.csv", lines)), made_tar(("calls.csv", lines), packing="gz")):
        assert seen(data) == [("x!calls.csv", lines)]


def test_members_that_share_their_bytes_are_refused_but_one():
    found = seen(overlapping_zip(50))
    assert found[0] == ("x!a", b"the same bytes")
    assert len(found) == 50
    assert {reason for _, reason in found[1:]} == {
        "shares its bytes with another part of the archive: looks like a zip bomb"
    }


@pytest.mark.parametrize("made", [made_zip, lambda *entries: made_tar(*entries, packing="gz")])
def test_many_small_bombs_are_stopped_by_the_ratio_of_the_whole(made):
    data = made(*((f"{number}", bytes(1_000_000)) for number in range(12)), ("letter", b"Dear A"))
    found = seen(data, limits=Limits(total_ratio_from=5_000_000))
    whole = [label for label, data in found if data == bytes(1_000_000)]
    assert whole in ([f"x!{number}" for number in range(count)] for count in (4, 5))  # headers of a TAR count too
    assert found[-1][0] == "x"
    assert "more than 200 times its packed size" in found[-1][1]
    assert "the rest" in found[-1][1]
    assert len(found) <= 7


def test_a_packed_size_that_lies_is_no_way_around():
    data = bytearray(made_zip(("bomb", ZEROS)))
    for place in (data.index(b"PK\x03\x04") + 18, data.index(b"PK\x01\x02") + 20):
        data[place : place + 4] = (2**31).to_bytes(4, "little")
    assert seen(bytes(data)) == [("x!bomb", "shares its bytes with another part of the archive: looks like a zip bomb")]


def test_the_total_holds_across_members_and_levels():
    limits = Limits(total_bytes=50_000)
    inner = made_zip(("c", b"c" * 30_000), packing=zipfile.ZIP_STORED)
    found = seen(made_zip(("a", b"a" * 30_000), ("inner.zip", inner), ("d", b"d")), limits=limits)
    assert found[0] == ("x!a", b"a" * 30_000)
    assert found[1] == ("x!inner.zip", "the archive unpacks to more than 50000 bytes")
    assert found[2] == ("x", "unpacks to more than 50000 bytes; the rest of its members was not taken")


@pytest.mark.parametrize("made", [made_zip, made_tar])
def test_the_count_of_members_is_limited(made):
    data = made(*((f"{number}", b"x") for number in range(20)))
    found = seen(data, limits=Limits(members=10))
    assert len(found) == 11
    assert found[-1] == ("x", "holds more than 10 members: the rest of them was not taken")


def test_a_member_list_too_large_to_hold_is_refused():
    data = made_zip(*((f"{number:0100}", b"") for number in range(100)))
    ((label, reason),) = seen(data, limits=Limits(directory_bytes=5000))
    assert (label, reason) == ("x", "its member list is larger than 5000 bytes")


def test_a_tar_header_too_large_to_hold_is_refused():
    info = tarfile.TarInfo("letter")
    info.pax_headers = {"comment": "y" * 70_000}
    found = seen(made_tar((info, b"Dear A"), packing="gz"), limits=Limits(directory_bytes=20_000))
    assert [label for label, _ in found] == ["x"]
    assert "a member header larger than 20000 bytes" in found[0][1]


def test_the_holes_of_a_sparse_tar_member_count_as_produced():
    size = 40 * 2**20
    info = tarfile.TarInfo("sparse")
    info.pax_headers = {
        "GNU.sparse.major": "0",
        "GNU.sparse.minor": "1",
        "GNU.sparse.size": str(size),
        "GNU.sparse.map": "0,5",
    }
    found = seen(made_tar((info, b"begin"), ("letter", b"Dear A")))
    assert found[0][1].endswith("looks like a zip bomb")
    assert found[1] == ("x!letter", b"Dear A")


def test_a_tar_that_points_back_at_itself_ends():
    """A negative size sends ``tarfile`` back to where it was; the walk must come to an end."""
    block = bytearray(made_tar(("loop", b""), form=tarfile.GNU_FORMAT))
    block[124:136] = b"\xff" * 10 + b"\xfe\x00"
    block[148:156] = b"%06o\0 " % (sum(block[:148]) + sum(block[156:512]) + 256)
    data, limits = bytes(block), Limits(members=500)
    found = list(members(io.BytesIO(data), head=data[:8192], container="x", limits=limits))
    assert len(found) <= 502
    assert not isinstance(found[-1], Incoming)


def test_the_holes_of_a_sparse_tar_member_count_towards_the_total():
    info = tarfile.TarInfo("sparse")
    info.pax_headers = {
        "GNU.sparse.major": "0",
        "GNU.sparse.minor": "1",
        "GNU.sparse.size": "900000",
        "GNU.sparse.map": "0,5",
    }
    found = seen(made_tar((info, b"begin")), limits=Limits(total_bytes=100_000))
    assert found[0] == ("x!sparse", "broke off: x!sparse: the archive unpacks to more than 100000 bytes")
