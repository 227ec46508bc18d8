"""Pictures: what their files say, what OCR reads, and bombs."""

import io
import struct
import zlib

import pytest
from PIL import Image

from quoth.read import ocr
from quoth.record.passage import Passage
from quoth.record.rendition import Rendition, RenditionKind
from read import samples
from read.reading import grounds_of, head_of, of_kind, reading, text_of, words_of


def renditions(readout):
    return {one.kind: one for one in of_kind(readout, Rendition)}


def picture_of(readout, rendition):
    return Image.open(io.BytesIO(readout.blob(rendition.content)))


def test_a_photograph_says_caption_credit_and_date():
    readout = reading(samples.photograph(), "image/jpeg")
    assert words_of(readout, "caption") == ["The landing stage on Gannet Island."]
    assert words_of(readout, "credit") == ["Jonas Welk"]
    head = head_of(readout)
    assert (head.byline, head.published.words, head.published.earliest) == (
        "Jonas Welk",
        "2031:04:02 10:00:00",
        "2031-04-02",
    )
    assert "a claim of whoever wrote it" in head.published.basis
    assert "width: 640 pixels\nheight: 480 pixels" in text_of(readout)
    assert RenditionKind.OCR_TEXT not in renditions(readout)


def test_the_thumbnail_is_small_and_carries_no_metadata():
    readout = reading(samples.photograph(), "image/jpeg")
    rendition = renditions(readout)[RenditionKind.THUMBNAIL]
    assert rendition.media_type == "image/png"
    with picture_of(readout, rendition) as small:
        assert (small.size, small.format, dict(small.getexif()), small.info) == ((320, 240), "PNG", {}, {})


def test_xmp_and_png_notes_are_read():
    xmp = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" '
        b'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="Northwater" '
        b'photoshop:DateCreated="2031-04-03"><dc:description><rdf:Alt><rdf:li>The quay at dusk.</rdf:li></rdf:Alt>'
        b"</dc:description></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    target = io.BytesIO()
    Image.new("RGB", (60, 40)).save(target, "JPEG", xmp=xmp)
    readout = reading(target.getvalue(), "image/jpeg")
    assert words_of(readout, "caption") == ["The quay at dusk."]
    assert words_of(readout, "credit") == ["Northwater"]
    assert (head_of(readout).outlet, head_of(readout).published.earliest) == ("Northwater", "2031-04-03")
    noted = reading(samples.noted_png(), "image/png")
    assert words_of(noted, "caption") == ["The old pier at Istmere."]
    assert words_of(noted, "credit") == ["Anna Holt"]


def test_entities_in_xmp_are_not_expanded():
    hostile = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x:xmpmeta xmlns:x="a"><x:title>&a;</x:title></x:xmpmeta>'
    target = io.BytesIO()
    Image.new("RGB", (60, 40)).save(target, "JPEG", xmp=hostile)
    assert "xmp-title" not in text_of(reading(target.getvalue(), "image/jpeg"))


def test_a_picture_of_text_is_read_with_boxes():
    target = io.BytesIO()
    samples.scan().save(target, "PNG")
    readout = reading(target.getvalue(), "image/png")
    rendition = renditions(readout)[RenditionKind.OCR_TEXT]
    assert "thousandths of a pixel" in rendition.note
    passage = next(one for one in of_kind(readout, Passage) if one.anchor.target == rendition.content)
    assert "did not hang up at once" in passage.text
    assert abs(passage.anchor.page.left - 80_000) < 5_000
    assert passage.anchor.page.page == 1


def test_without_tesseract_the_rest_goes_on(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    ocr.program.cache_clear()
    try:
        readout = reading(samples.photograph(), "image/jpeg")
    finally:
        ocr.program.cache_clear()
    assert "tesseract is missing" in grounds_of(readout)[0]
    assert set(renditions(readout)) == {RenditionKind.METADATA, RenditionKind.THUMBNAIL}


def bomb(width, height):
    """A small PNG that unpacks to ``width`` by ``height`` white points."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    row = zlib.compress(b"\0" * 10_000)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", row) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(50_000, 50_000), (11_000, 11_000), (100_000_001, 1)])
def test_a_bomb_is_not_unpacked(size):
    assert "too large to unpack" in grounds_of(reading(bomb(*size), "image/png"))[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\n", "cannot be read here"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot be read here"),
        (samples.photograph()[:3000], "damaged"),
        (bomb(100, 100)[:-30], "damaged"),
    ],
)
def test_pictures_that_are_none_or_torn(data, said):
    assert said in grounds_of(reading(data, "image/png"))[0]


def test_more_than_one_picture_in_a_file_is_told():
    target = io.BytesIO()
    Image.new("L", (50, 50)).save(target, "TIFF", save_all=True, append_images=[Image.new("L", (50, 50), 9)])
    assert "the file holds 2 pictures: only the first was read" in grounds_of(reading(target.getvalue(), "image/tiff"))
