"""The one door: declarations, kinds, what is missing."""

import dataclasses
import io
import subprocess
import sys

import pytest

from quoth.errors import ReadError
from quoth.read import readers
from quoth.read.declared import BUILT_IN, HTML
from quoth.read.readout import Blob, Reader, Readout
from read.reading import grounds_of, reading, request_for


def test_every_built_in_reader_is_found_and_can_be_loaded():
    assert {one.name for one in BUILT_IN} <= {one.name for one in readers.readers()}
    for reader in readers.readers():
        assert callable(readers.loaded(reader))
        assert reader.kinds
        assert reader.tool.startswith("quoth.read.")


@pytest.mark.parametrize(
    ("kind", "name", "found"),
    [
        ("text/html", "", "html"),
        ("text/html; charset=utf-8", "", "html"),
        ("TEXT/HTML", "", "html"),
        ("text/plain", "note.txt", "text"),
        ("text/plain", "call.zh.vtt", "transcript"),
        ("text/plain", "log.csv", "table"),
        ("text/x-unknown", "", "text"),
        ("image/x-unknown", "", "image"),
        ("audio/opus", "", "audio"),
        ("video/mp4", "", "audio"),
        ("application/x-unknown", "", None),
        ("", "", None),
    ],
)
def test_kinds_find_their_reader(kind, name, found):
    reader = readers.reader_for(kind, name)
    assert (reader.name if reader else None) == found


def test_no_reader_and_no_bytes_are_findings():
    assert grounds_of(reading(b"x", "application/x-unknown")) == ["no reader for application/x-unknown"]
    assert grounds_of(reading(b"", "text/plain")) == ["the file is empty"]


def test_a_missing_library_is_named(monkeypatch):
    lame = dataclasses.replace(HTML, needs=("quoth_missing_library",))
    monkeypatch.setattr(readers, "readers", lambda: (lame,))
    (ground,) = grounds_of(reading(b"<p>x</p>", "text/html"))
    assert "the reader html needs quoth_missing_library" in ground
    assert "pip" in ground


def test_a_reader_that_cannot_be_loaded_says_so():
    lame = Reader(name="lame", version="1", kinds=frozenset({"a/b"}), module="quoth.read.nowhere:read")
    with pytest.raises(ReadError, match="cannot be loaded"):
        readers.loaded(lame)
    readers.warm(lame)


def test_the_door_imports_nothing_heavy():
    program = (
        "import sys; from quoth.read import readers; readers.reader_for('text/html'); "
        "print(sorted({'lxml','trafilatura','pypdfium2','docx','openpyxl','av','numpy','PIL','py3langid','django'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_the_same_bytes_give_the_same_readout():
    data = b"A List\n\nThe clerk said no."
    request = request_for(data, "text/plain")
    assert readers.read(io.BytesIO(data), request) == readers.read(io.BytesIO(data), request)


def test_readouts_join_with_each_blob_once():
    one, two = Blob.of(b"one"), Blob.of(b"two")
    joined = Readout(blobs=(one,)) + Readout(blobs=(one, two))
    assert joined.blobs == (one, two)
    assert joined.blob(two.digest) == b"two"
    with pytest.raises(KeyError):
        Readout().blob(one.digest)
