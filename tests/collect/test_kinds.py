"""Media types: content first, the name beside it, never an error."""

import gzip
import io
import wave
import zipfile

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from collect.archive_makers import made_tar, made_zip
from quoth.collect.kinds import kind_by_content, kind_by_name, kind_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAIL = b"Received: from x\r\nFrom: A <a@example.org>\r\nTo: b@example.org\r\nSubject: Files\r\n\r\nDear all,\r\n"
PROSE = "The minister, asked on Friday, would not say.\nHe left.\nNobody, it seems, was told.\n"
SRT = "1\n00:00:01,000 --> 00:00:02,500\nGood morning.\n"
CSV = "start,caller,callee,seconds\n" + "2031-03-03 10:31,+447700900461,+441632960114,42\n" * 6


def picture(form):
    held = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(held, form)
    return held.getvalue()


def sound():
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(200))
    return held.getvalue()


def office(kind):
    held = io.BytesIO()
    if kind == "docx":
        docx.Document().save(held)
    else:
        openpyxl.Workbook().save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"", "application/x-empty"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\r\n\r\n%PDF-1.4\n", "application/pdf"),
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (picture("GIF"), "image/gif"),
        (picture("WEBP"), "image/webp"),
        (picture("TIFF"), "image/tiff"),
        (picture("BMP"), "image/bmp"),
        (sound(), "audio/wav"),
        (b"OggS\0\2" + bytes(22) + b"\1\x13OpusHead", "audio/ogg"),
        (b"OggS\0\2" + bytes(22) + b"\1\x2a\x80theora", "video/ogg"),
        (b"fLaC\0\0\0\x22", "audio/flac"),
        (b"ID3\4\0\0", "audio/mpeg"),
        (b"\xff\xfb\x90\x64" + bytes(40), "audio/mpeg"),
        (b"#!AMR\n<", "audio/amr"),
        (b"\0\0\0\x20ftypM4A \0\0\0\0", "audio/mp4"),
        (b"\0\0\0\x20ftypisom\0\0\2\0", "video/mp4"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0", "video/quicktime"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "image/heic"),
        (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\1B\xf7\x81\1B\xf2\x81\4B\xf3\x81\x08B\x82\x84webm", "video/webm"),
        (gzip.compress(b"x", mtime=0), "application/gzip"),
        (made_tar(("a", b"A")), "application/x-tar"),
        (made_tar(("ID3 is a tag.txt", b"A")), "application/x-tar"),
        (made_zip(("a", b"A")), "application/zip"),
        (made_zip(), "application/zip"),
        (office("docx"), DOCX),
        (
            made_zip(("mimetype", b"application/epub+zip"), ("x", b""), packing=zipfile.ZIP_STORED),
            "application/epub+zip",
        ),
        (made_zip(("mimetype", b"text/html"), packing=zipfile.ZIP_STORED), "application/zip"),
        (
            made_zip(("mimetype", b"application/vnd.oasis.opendocument.text"), ("x", b""), packing=zipfile.ZIP_STORED),
            "application/vnd.oasis.opendocument.text",
        ),
        (MAIL, "message/rfc822"),
        (b"From a@example.org Mon Mar  3 10:31:26 2031\n" + MAIL, "application/mbox"),
        (b"<!DOCTYPE html>\n<html><title>x</title>", "text/html"),
        (b"\xef\xbb\xbf<!-- saved -->\n<HTML lang=en>", "text/html"),
        (b'<?xml version="1.0"?>\n<rss/>', "application/xml"),
        (b'<?xml version="1.0"?>\n<svg xmlns="x"/>', "image/svg+xml"),
        (b'{"segments": [{"start": 0.0}]}', "application/json"),
        (b"[\n {}]", "application/json"),
        (b"WEBVTT\n\n00:00.000 --> 00:02.000\nGood.", "text/vtt"),
        (b"\xef\xbb\xbf" + SRT.encode(), "application/x-subrip"),
        (CSV.encode(), "text/csv"),
        (CSV.replace(",", "\t").encode(), "text/tab-separated-values"),
        (CSV.replace(",", ";").encode("utf-16"), "text/csv"),
        (PROSE.encode(), "text/plain"),
        (PROSE.encode("utf-16"), "text/plain"),
        (PROSE.encode("utf-16-le"), "text/plain"),
        ("Министр не ответил на вопросы. ".encode("windows-1251") * 9, "text/plain"),
        ("部长没有回答记者的问题，也没有否认。\n".encode("gb18030") * 9, "text/plain"),
        ("الوزير لم يجب عن الأسئلة\n".encode("windows-1256") * 9, "text/plain"),
        (("п" * 5000).encode()[:8191], "text/plain"),
        (bytes(range(256)), "application/octet-stream"),
        (b"text with a \0 in it", "application/octet-stream"),
    ],
)
def test_content_tells_the_kind(head, kind):
    assert kind_by_content(head) == kind


def test_a_picture_named_pdf_has_both_types():
    head = picture("PNG")
    assert (kind_of(head, "letter.pdf"), kind_by_name("letter.pdf")) == ("image/png", "application/pdf")


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (PROSE.encode(), "notes.md", "text/markdown"),
        (b"a,b\n1,2\n", "calls.csv", "text/csv"),
        (b"key = 1\n", "x.toml", "application/toml"),
        (b"plain words", "x.json", "text/plain"),
        (b"plain words", "x.html", "text/plain"),
        (b"<p>Fragment</p>", "x.html", "text/html"),
        (b"plain words", "x.srt", "text/plain"),
        (b"plain words", "x.eml", "text/plain"),
        (b"Subject: only this\n\nDear", "x.eml", "message/rfc822"),
        (b"plain words", "x.pdf", "text/plain"),
        (b"%PDF-1.4", "x.txt", "application/pdf"),
        (office("xlsx"), "calls.xlsx", XLSX),
        (office("xlsx"), "calls.bin", XLSX),
        (made_zip(("letter1.txt", b"A")), "letters.docx", "application/zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old.doc", "application/msword"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "post.msg", "application/vnd.ms-outlook"),
        (b"\0\0\0\x20ftypisom\0\0\2\0", "memo.m4a", "audio/mp4"),
        (bytes(range(256)), "x.pdf", "application/octet-stream"),
    ],
)
def test_the_name_refines_only_what_the_content_allows(head, name, kind):
    assert kind_of(head, name) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a/b.c/LETTER.PDF", "application/pdf"),
        ("x.tar.gz", "application/gzip"),
        (".pdf", ""),
        ("README", ""),
        ("strange.xyzzy", ""),
        ("a.b/c", ""),
        ("outer.zip!inner.tar", "application/x-tar"),
    ],
)
def test_names_claim_a_kind(name, kind):
    assert kind_by_name(name) == kind


@settings(max_examples=50, deadline=None)
@given(
    st.binary(max_size=700),
    st.text(max_size=20),
    st.sampled_from([b"", b"PK\3\4", b"\xff\xfe", b"From: ", b"ID3", b"RIFF"]),
)
def test_kinds_never_raise(head, name, start):
    for kind in (kind_by_content(start + head), kind_of(start + head, name)):
        assert "/" in kind
    kind_by_name(name)


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=300))
def test_text_in_any_script_is_text(text):
    kind = kind_by_content(text.encode())
    assert kind.startswith("text/") or kind in {
        "application/json",
        "application/xml",
        "image/svg+xml",
        "application/x-subrip",
    }
