"""Archives: members as streams; what is hostile or damaged is refused, the rest goes on."""

import gzip
import io
import random
import tarfile
import zipfile

import pytest

from collect.archive_makers import (
    LINK_MODE,
    PIPE_MODE,
    encrypted,
    made_tar,
    made_zip,
    seen,
    tar_special,
    zip_special,
)
from quoth.collect.archives import members
from quoth.collect.files import Incoming, Limits, walk
from quoth.errors import CollectError

LETTERS = (("a.txt", b"Dear A"), ("b/c.txt", b"Dear C" * 300), ("d.bin", bytes(1024)))
PACKINGS = ("", "gz", "bz2", "xz")


def inside(*entries, container="x"):
    return [(f"{container}!{name}", data) for name, data in entries]


@pytest.mark.parametrize("packing", PACKINGS)
def test_tar_members_come_in_order(packing):
    assert seen(made_tar(*LETTERS, packing=packing)) == inside(*LETTERS)


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_every_form_of_tar_is_read(form):
    long = ("n" * 90 + "/" + "m" * 60, b"long name")
    assert seen(made_tar(*LETTERS, long, form=form)) == inside(*LETTERS, long)


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_zip_members_come_in_order(packing):
    assert seen(made_zip(*LETTERS, packing=packing)) == inside(*LETTERS)


def test_the_archive_is_an_exhibit_before_its_members(tmp_path):
    data = made_zip(*LETTERS)
    (tmp_path / "letters.zip").write_bytes(data)
    items = list(walk(tmp_path))
    assert [(item.name, item.container) for item in items] == [
        ("letters.zip", ""),
        ("a.txt", "letters.zip"),
        ("b/c.txt", "letters.zip"),
        ("d.bin", "letters.zip"),
    ]
    with items[0].open() as stream:
        assert stream.read() == data


@pytest.mark.parametrize("packing", PACKINGS)
def test_members_that_nobody_reads_are_passed_over(packing):
    data = made_tar(*LETTERS, packing=packing)
    found = members(io.BytesIO(data), head=data[:8192], container="x", limits=Limits())
    *_, last = found
    assert last.name == "d.bin"


def test_a_member_read_after_the_walk_went_on_is_an_error_not_other_bytes():
    data = made_tar(("a", b"a" * 100_000), ("b", b"b" * 100_000), packing="gz")
    first, _ = members(io.BytesIO(data), head=data[:8192], container="x", limits=Limits())
    with first.open() as stream, pytest.raises(CollectError):
        stream.read()
    with pytest.raises(CollectError, match="was read already"):
        first.open()


def test_archives_in_archives_are_followed_three_deep():
    fourth = made_zip(("deep.txt", b"deep"))
    third = made_tar(("four.zip", fourth), packing="gz")
    second = made_zip(("three.tgz", third))
    first = made_tar(("two.zip", second), packing="xz")
    assert seen(first) == [
        ("x!two.zip", second),
        ("x!two.zip!three.tgz", third),
        ("x!two.zip!three.tgz!four.zip", fourth),
        ("x!two.zip!three.tgz!four.zip", "an archive 4 levels deep, kept whole, not looked into"),
    ]


def test_an_inner_archive_too_large_for_memory_is_kept_whole():
    inner = made_zip(("a", b"Dear A"), packing=zipfile.ZIP_STORED)
    limits = Limits(nested_bytes=len(inner) - 1)
    assert seen(made_zip(("inner.zip", inner), ("b", b"B")), limits=limits) == [
        ("x!inner.zip", inner),
        (
            "x!inner.zip",
            f"an archive of more than {len(inner) - 1} bytes inside an archive, kept whole, not looked into",
        ),
        ("x!b", b"B"),
    ]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\Windows\\system.ini", "a/../../b"])
def test_names_that_lead_elsewhere_are_only_labels(name, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.zip").write_bytes(made_zip((name, b"root")))
    (tmp_path / "in" / "y.tar").write_bytes(made_tar((name, b"root")))
    before = sorted(tmp_path.rglob("*"))
    items = [item for item in walk(tmp_path / "in") if item.container]
    assert sorted(tmp_path.rglob("*")) == before
    assert [item.name for item in items] == [name.replace("\\", "\\\\")] * 2
    assert all(item.remarks for item in items)


def test_a_zero_byte_in_a_zip_name_is_shown_not_cut_off():
    data = made_zip(("letter.txtZ.exe", b"MZ")).replace(b"letter.txtZ.exe", b"letter.txt\0.exe")
    assert seen(data) == [("x!letter.txt\\x00.exe", b"MZ")]


def test_zip_names_without_the_utf8_flag_keep_their_bytes():
    plain = made_zip(("caf@.txt", b"1"), ("rz@@.txt", b"2"))
    data = plain.replace(b"caf@.txt", b"caf\xe9.txt").replace(b"rz@@.txt", "rzę.txt".encode())
    assert seen(data) == [("x!caf\\xe9.txt", b"1"), ("x!rzę.txt", b"2")]


def test_unicode_names_are_kept():
    entries = (("писма/первое.txt", b"1"), ("手紙.txt", b"2"), ("rechnung\u202efdp.exe", b"3"))
    labels = ["x!писма/первое.txt", "x!手紙.txt", "x!rechnung\\u202efdp.exe"]
    assert [label for label, _ in seen(made_zip(*entries))] == labels
    assert [label for label, _ in seen(made_tar(*entries, packing="gz"))] == labels


def test_a_tar_name_that_is_not_utf8_is_shown_by_its_bytes():
    data = made_tar(("caf@.txt", b"menu"), form=tarfile.GNU_FORMAT)
    block = bytearray(data)
    block[3] = 0xE9
    total = sum(block[:148]) + sum(block[156:512]) + 256
    block[148:156] = b"%06o\0 " % total
    assert seen(bytes(block)) == [("x!caf\\xe9.txt", b"menu")]


def test_two_members_of_one_name_are_both_taken():
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = made_zip(("a.txt", b"first"), ("a.txt", b"second"))
    assert seen(data) == [("x!a.txt", b"first"), ("x!a.txt", b"second")]
    _, second = members(io.BytesIO(data), head=data, container="x", limits=Limits())
    assert second.remarks == ("another member of the archive has the same name",)
    assert seen(made_tar(("a", b"1"), ("a", b"2"))) == [("x!a", b"1"), ("x!a", b"2")]


def test_links_and_devices_in_archives_are_refused():
    tar = made_tar(
        (tar_special("soft", tarfile.SYMTYPE, "/etc/shadow"), b""),
        (tar_special("hard", tarfile.LNKTYPE, "a.txt"), b""),
        (tar_special("null", tarfile.CHRTYPE), b""),
        (tar_special("disk", tarfile.BLKTYPE), b""),
        (tar_special("pipe", tarfile.FIFOTYPE), b""),
        ("a.txt", b"Dear A"),
    )
    assert seen(tar) == [
        ("x!soft", "a link to /etc/shadow inside an archive, not followed"),
        ("x!hard", "a link to a.txt inside an archive, not followed"),
        ("x!null", "a device or pipe inside an archive, not a file"),
        ("x!disk", "a device or pipe inside an archive, not a file"),
        ("x!pipe", "a device or pipe inside an archive, not a file"),
        ("x!a.txt", b"Dear A"),
    ]
    packed = made_zip(
        (zip_special("soft", LINK_MODE), b"/etc/shadow"), (zip_special("pipe", PIPE_MODE), b""), ("a", b"A")
    )
    assert seen(packed) == [
        ("x!soft", "a link inside an archive, not followed"),
        ("x!pipe", "a device or pipe inside an archive, not a file"),
        ("x!a", b"A"),
    ]


def test_encrypted_members_are_refused_with_what_to_do():
    data = encrypted(made_zip(("secret.txt", b"Dear S")))
    assert seen(data) == [("x!secret.txt", "encrypted")]


def test_furniture_in_an_archive_is_counted():
    data = made_zip(("a.txt", b"A"), ("__MACOSX/._a.txt", b"x"), (".DS_Store", b"x"))
    assert seen(data)[0] == ("x!a.txt", b"A")
    assert "2 of the operating system's own files" in seen(data)[1][1]


def test_a_folder_that_carries_bytes_is_taken():
    data = (
        made_zip(("folder@", b"not so empty"), ("empty@", b""))
        .replace(b"folder@", b"folder/")
        .replace(b"empty@", b"empty/")
    )
    assert seen(data) == [("x!folder/", b"not so empty")]


@pytest.mark.parametrize("name", ["x.zip", "x.tar", "x.tar.gz", "x.rar"])
def test_an_archive_of_no_bytes_is_taken_and_named(name, tmp_path):
    (tmp_path / name).touch()
    taken, line = walk(tmp_path)
    assert isinstance(taken, Incoming)
    assert (line.name, line.reason) == (name, "named as an archive, but empty: nothing to look into")


@pytest.mark.parametrize("data", [b"PK\x03\x04" + bytes(100), made_zip(*LETTERS)[:-30], b"PK\x03\x04"])
def test_a_truncated_zip_is_named(data):
    ((label, reason),) = seen(data)
    assert label == "x"
    assert reason.startswith("a damaged ZIP archive, its members cannot be listed")


def test_an_empty_zip_is_an_archive_of_nothing():
    assert seen(made_zip()) == []


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_truncated_tar_gives_what_is_whole_and_names_the_rest(packing):
    noise = random.Random(7).randbytes(200_000)
    data = made_tar(("a.txt", b"Dear A"), ("noise", noise), ("z", b"Z"), packing=packing)
    found = seen(data[: len(data) * 2 // 3])
    if packing == "bz2":
        # bzip2 gives nothing of a block (900,000 bytes) that is not whole.
        assert [label for label, _ in found] == ["x"]
    else:
        assert found[0] == ("x!a.txt", b"Dear A")
        assert found[1][1].startswith("broke off: x!noise: could not be read to its end")
        assert found[2][0] == "x"
        assert "not taken" in found[2][1]


def test_a_tar_cut_between_members_says_that_its_end_is_missing():
    data = made_tar(*LETTERS)
    whole = 512 + 512 + 512 + 2048
    assert seen(data[:whole]) == [
        *inside(*LETTERS[:2]),
        ("x", "ends without its end mark: members may be missing"),
    ]


def test_a_damaged_tar_header_is_named_and_not_taken_for_the_end():
    data = bytearray(made_tar(*LETTERS))
    data[1024 + 20] ^= 0xFF
    assert seen(bytes(data)) == [
        *inside(LETTERS[0]),
        ("x", "a damaged header: what follows in the archive was not taken"),
    ]


def test_bytes_after_the_end_of_a_tar_are_named():
    data = made_tar(("a", b"A")) + made_tar(("b", b"B"))
    assert seen(data) == [
        ("x!a", b"A"),
        ("x", "more bytes follow after the archive's end mark; they were not looked into"),
    ]


def test_a_wrong_checksum_in_gzip_is_named():
    data = bytearray(made_tar(*LETTERS, packing="gz"))
    data[-6] ^= 0xFF
    found = seen(bytes(data))
    assert found[:3] == inside(*LETTERS)
    assert found[3][0] == "x"
    assert "CRC" in found[3][1]


def test_a_wrong_checksum_in_zip_refuses_that_member_only():
    data = bytearray(made_zip(("a", b"Dear A"), ("b", b"Dear B" * 9000), ("c", b"C"), packing=zipfile.ZIP_STORED))
    data[data.index(b"Dear A") + 5] ^= 1
    place = data.index(b"Dear BDear B") + 50_000
    data[place] ^= 1
    found = seen(bytes(data))
    assert [label for label, _ in found] == ["x!a", "x!b", "x!c"]
    assert found[0][1].startswith("damaged: Bad CRC-32")
    assert found[1][1].startswith("broke off: x!b: could not be read to its end (Bad CRC-32")
    assert found[2][1] == b"C"


def test_a_member_shorter_than_declared_is_not_taken_for_whole():
    data = bytearray(made_zip(("a", b"x" * 20_000), packing=zipfile.ZIP_DEFLATED))
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = (30_000).to_bytes(4, "little")
    ((_, reason),) = seen(bytes(data))
    assert "ends after 20000 bytes, though its archive declares 30000" in reason


def test_documents_in_zip_form_are_kept_whole():
    for entries in (
        (("[Content_Types].xml", b"<Types/>"), ("_rels/.rels", b""), ("word/document.xml", b"<w/>")),
        (("xl/workbook.xml", b"<w/>"), ("[Content_Types].xml", b"<Types/>")),
        (("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<o/>")),
        (("mimetype", b"application/epub+zip"), ("META-INF/container.xml", b"<c/>")),
        (("META-INF/MANIFEST.MF", b"Manifest-Version: 1.0"), ("A.class", b"x")),
        (("archive/data.warc.gz", b"x"), ("datapackage.json", b"{}")),
    ):
        assert [label for label, _ in seen(made_zip(*entries, packing=zipfile.ZIP_STORED)) if label != "x"] == []


def test_a_document_known_only_by_its_member_list_is_named_as_kept_whole():
    filler = ("notes/a.txt", bytes(10_000))
    found = seen(made_zip(filler, ("META-INF/MANIFEST.MF", b"x"), packing=zipfile.ZIP_STORED))
    assert found == [("x", "a document in the form of a ZIP archive (application/java-archive), kept whole")]


@pytest.mark.parametrize("head", [b"Rar!\x1a\x07\x01\x00", b"7z\xbc\xaf\x27\x1c\x00\x04", b"\x28\xb5\x2f\xfd\x00\x00"])
def test_archives_that_cannot_be_opened_here_say_so(head):
    ((label, reason),) = seen(head + bytes(100))
    assert label == "x"
    assert reason.endswith("kept whole, not looked into")


def test_a_packed_file_that_is_no_archive_has_no_members():
    assert seen(gzip.compress(b"one log line\n" * 1000)) == []
