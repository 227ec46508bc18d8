"""PDF: paragraphs with boxes, running feet, scans, and files that are none."""

import pytest

from quoth.read import ocr
from quoth.record.passage import Passage
from quoth.record.rendition import Rendition, RenditionKind
from read import samples
from read.reading import grounds_of, head_of, of_kind, reading, text_of, words_of

PDF = "application/pdf"


def test_a_report_has_its_paragraphs_on_their_pages():
    readout = reading(samples.report(), PDF)
    rendition = of_kind(readout, Rendition)[0]
    assert rendition.pages == 3
    assert text_of(readout).count("\f") == 2
    body = words_of(readout, "body")
    assert body[0] == f"Number 0. {samples.BODY * 2}".strip()
    assert "Number 5. This report" in body[5]
    assert words_of(readout, "title") == ["Forty-One Names"]
    assert words_of(readout, "heading") == ["Summary"]


def test_the_running_foot_is_furniture():
    readout = reading(samples.report(), PDF)
    assert words_of(readout, "furniture") == [f"Kelsund Register - page {page}" for page in (1, 2, 3)]


def test_the_head_has_title_author_date_and_the_files_own_words():
    head = head_of(reading(samples.report(), PDF))
    assert (head.title, head.byline) == ("Forty-One Names", "Kelsund Absence Register")
    assert (head.published.words, head.published.earliest) == ("30 April 2031", "2031-04-30")
    assert "pdf-Producer" in {one.name for one in head.properties}


def test_boxes_are_thousandths_of_a_point_from_the_upper_left():
    readout = reading(samples.placed_lines([(100, 250, "Upper line here"), (100, 50, "Lower line here")]), PDF)
    upper, lower = (one.anchor.page for one in of_kind(readout, Passage))
    assert (upper.page, lower.page) == (1, 1)
    assert abs(upper.left - 100_000) < 2_000
    assert 300_000 - 250_000 - 12_000 < upper.top < upper.bottom < 300_000 - 250_000 + 4_000
    assert lower.top > 235_000


def test_boxes_of_a_turned_page_are_those_of_the_page_as_shown():
    (passage,) = of_kind(reading(samples.placed_lines([(100, 250, "Turned line here")], turned=90), PDF), Passage)
    box = passage.anchor.page
    # a quarter turn clockwise: what was 250 points above the foot is 250 points from the left
    assert 245_000 < box.left < 255_000
    assert 95_000 < box.top < 105_000
    assert box.bottom - box.top > box.right - box.left


def test_a_hyphen_at_the_end_of_a_line_stays():
    lines = [(50, 250, "The clerk said that the quaran-"), (50, 236, "tine station had been closed by then.")]
    assert words_of(reading(samples.placed_lines(lines), PDF)) == [
        "The clerk said that the quaran-\ntine station had been closed by then."
    ]


def test_a_bold_line_above_a_paragraph_is_a_heading():
    from reportlab.platypus import Paragraph

    lines = [
        Paragraph("<b>The register</b>"),
        Paragraph("KAR holds photographs of eleven pages of the list."),
        Paragraph("<b>Six</b> calls were placed."),
    ]
    readout = reading(samples.flowing(lines), PDF)
    assert words_of(readout, "heading") == ["The register"]
    assert words_of(readout, "body")[0].startswith("KAR holds")


def test_a_scan_is_read_by_ocr_with_boxes():
    readout = reading(samples.scanned_pdf(), PDF)
    rendition = of_kind(readout, Rendition)[0]
    assert rendition.kind is RenditionKind.OCR_TEXT
    assert "did not hang up at once" in text_of(readout)
    settings = {one.name: one.value for one in rendition.settings}
    assert settings["ocr"].startswith("tesseract")
    assert settings["ocr-confidence"].endswith("of 100")
    box = of_kind(readout, Passage)[0].anchor.page
    # the words begin 80 pixels in, at 150 pixels to the inch
    assert abs(box.left - 80 / 150 * 72_000) < 1_500


def test_pages_beyond_the_ocr_limit_are_named():
    from quoth.record.rendition import Setting

    readout = reading(samples.scanned_pdf(3), PDF, settings=(Setting(name="ocr-pages", value="1"),))
    assert "3 pages are pictures: the first 1 were read by OCR" in grounds_of(readout)[0]
    assert {one.anchor.page.page for one in of_kind(readout, Passage)} == {1}


def test_without_tesseract_one_line_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    ocr.program.cache_clear()
    try:
        grounds = grounds_of(reading(samples.scanned_pdf(), PDF))
    finally:
        ocr.program.cache_clear()
    assert len(grounds) == 1
    assert "tesseract is missing: install it with: apt install tesseract-ocr" in grounds[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (samples.locked(), "asks for a password"),
        (samples.report(paragraphs=1)[:200], "damaged or no PDF"),
        (b"%PDF-1.7", "damaged or no PDF"),
        (b"not a PDF at all", "damaged or no PDF"),
        (samples.placed_lines([]), "shows no text and no pictures"),
    ],
)
def test_files_that_give_nothing_say_why(data, said):
    assert said in grounds_of(reading(data, PDF))[0]
