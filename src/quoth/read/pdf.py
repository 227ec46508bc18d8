"""PDF: paragraphs with page and box; pictures through OCR.

- Pages are divided by a form feed, paragraphs by a blank line; a hyphen at a line's end stays.
- Boxes are thousandths of a point from the upper left of the page as it is shown.
- A page without a text layer is drawn and read by tesseract where that is installed.

Example::

    read(open("letter.pdf", "rb"), request, reader=PDF)
"""

import dataclasses
from typing import Any, BinaryIO

from quoth.read import ocr
from quoth.read.dates import dates_in
from quoth.read.pdf_layout import PageParagraph, lines_of_page, paragraphs_of, running_heads
from quoth.read.pdf_pages import draw, opened
from quoth.read.readout import Reader, Readout, ReadRequest, unread
from quoth.read.rendering import Span, TextDraft, storable
from quoth.read.saved import only_dates
from quoth.record.passage import PassageRole
from quoth.record.rendition import Head, RenditionKind, Setting
from quoth.terms.anchor import PageBox
from quoth.terms.when import When

__all__ = ["MOST_PAGES", "OCR_PAGES", "read"]

MOST_PAGES = 5_000
OCR_PAGES = 20
"""Pages that are drawn and read in one document, unless the setting ``ocr-pages`` says otherwise."""
_LEAST_LETTERS = 5
_NOBODY = ("(anonymous)", "anonymous", "(unspecified)", "unspecified", "unknown")
_INFO = ("Author", "Creator", "Producer", "CreationDate", "ModDate", "Subject", "Keywords")


def read(source: BinaryIO, request: ReadRequest, *, reader: Reader) -> Readout:
    """Text of all pages, what the file says of itself, and OCR text of pages that are pictures."""
    document, trouble = opened(source)
    if document is None:
        return Readout(records=(unread(request, trouble, reader=reader),))
    try:
        return _read(document, request, reader=reader)
    finally:
        document.close()


def _read(document: Any, request: ReadRequest, *, reader: Reader) -> Readout:
    count = len(document)
    info = document.get_metadata_dict(skip_empty=True)
    pages, pictures, broken = _pages(document, min(count, MOST_PAGES))
    words = any(pages.values())
    if words:
        readout = _with_text(request, (pages, count, info), reader=reader)
    else:
        readout = Readout(records=(_head(request, info, None, ()),))
    if pictures:
        readout += _with_pictures(document, request, pictures, reader=reader)
    grounds = []
    if count > MOST_PAGES:
        grounds.append(f"{count} pages: only the first {MOST_PAGES} were read")
    if broken:
        grounds.append(f"{len(broken)} of {count} pages could not be read: {_named(broken)}")
    if not (words or pictures or broken):
        grounds.append("the document shows no text and no pictures")
    return readout + Readout(records=tuple(unread(request, ground, reader=reader) for ground in grounds))


def _named(pages: list[int]) -> str:
    """Page numbers for people, the first twenty of them."""
    return ", ".join(str(page) for page in pages[:20]) + (" …" if len(pages) > 20 else "")


def _pages(document: Any, count: int) -> tuple[dict[int, list[PageParagraph]], list[int], list[int]]:
    """Paragraphs by page, pages that are only pictures, pages that could not be opened (from 1)."""
    import pypdfium2

    lines = {}
    pictures: list[int] = []
    broken: list[int] = []
    for number in range(1, count + 1):
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError:
            broken.append(number)
            continue
        try:
            lines[number] = lines_of_page(page)
            letters = sum(char.isalnum() for line in lines[number] for char in line.words)
            if letters < _LEAST_LETTERS and next(page.get_objects(max_depth=3), None) is not None:
                pictures.append(number)
        except pypdfium2.PdfiumError:
            broken.append(number)
        finally:
            page.close()
    heads = running_heads(lines)
    return {number: paragraphs_of(held, heads) for number, held in lines.items()}, pictures, broken


def _with_text(
    request: ReadRequest, found: tuple[dict[int, list[PageParagraph]], int, dict[str, str]], *, reader: Reader
) -> Readout:
    pages, count, info = found
    parts: list[str] = []
    spans: list[Span] = []
    length = 0
    for number in range(1, max(pages) + 1):
        start = length
        for paragraph in pages.get(number, ()):
            words = storable(paragraph.words)
            if length > start:
                parts.append("\n\n")
                length += 2
            box = dataclasses.replace(paragraph.box, page=number)
            spans.append(Span(start=length, end=length + len(words), role=paragraph.role, page=box))
            parts.append(words)
            length += len(words)
        if number < max(pages):
            parts.append("\f")
            length += 1
    text = "".join(parts)
    spans, published = _first_page(text, spans)
    rendered = TextDraft(text=text, spans=tuple(spans), pages=count).finish(request, reader)
    titles = [text[span.start : span.end] for span in spans if span.role is PassageRole.TITLE]
    return rendered.readout(_head(request, info, published, tuple(titles)))


def _first_page(text: str, spans: list[Span]) -> tuple[list[Span], When | None]:
    """Lines of dates on the first page told apart, and the first whole date among them."""
    made: list[Span] = []
    published: When | None = None
    for span in spans:
        words = text[span.start : span.end]
        if span.page and span.page.page == 1 and len(words) < 120 and only_dates(words) and dates_in(words):
            published = published or dates_in(words)[0].when
            span = dataclasses.replace(span, role=PassageRole.DATELINE)  # noqa: PLW2901 (the span with its role)
        made.append(span)
    return made, published


def _head(request: ReadRequest, info: dict[str, str], published: When | None, titles: tuple[str, ...]) -> Head:
    title = " ".join(storable(info.get("Title", "")).split())
    unnamed = title.lower() in ("untitled", *_NOBODY) or title.lower().endswith((".doc", ".docx", ".indd"))
    author = " ".join(storable(info.get("Author", "")).split())
    return Head(
        of=request.digest,
        title=(titles[0] if titles else "") or ("" if unnamed else title),
        byline="" if author.lower() in _NOBODY else author,
        published=published,
        properties=tuple(
            Setting(name=f"pdf-{name}", value=storable(info[name])[:1000]) for name in _INFO if info.get(name)
        ),
    )


def _with_pictures(document: Any, request: ReadRequest, pictures: list[int], *, reader: Reader) -> Readout:
    """OCR of pages without a text layer, up to the limit; the rest is named in a finding."""
    pages = _named(pictures)
    if not ocr.program():
        ground = f"{len(pictures)} pages are pictures without text ({pages}); tesseract is missing: {ocr.INSTALL}"
        return Readout(records=(unread(request, ground, reader=reader),))
    most = request.setting("ocr-pages")
    limit = int(most) if most.isdecimal() else OCR_PAGES
    languages = ocr.languages_for(request.language)
    found = _Found()
    grounds = []
    for number in pictures[:limit]:
        png, scale = draw(document, number)
        picture = ocr.read_picture(png, languages)
        found.add(picture, number, scale)
        if picture.trouble:
            grounds.append(f"page {number}: {picture.trouble}")
    if len(pictures) > limit:
        grounds.append(f"{len(pictures)} pages are pictures: the first {limit} were read by OCR, the rest were not")
    readout = Readout()
    if found.spans:
        note = f"OCR of {min(limit, len(pictures))} pages without a text layer: a reading, not the page"
        draft = dataclasses.replace(found.draft(languages), pages=len(document), note=note)
        readout = draft.finish(request, reader).readout()
    else:
        grounds.append(f"OCR found no words on the pages {pages}")
    return readout + Readout(records=tuple(unread(request, ground, reader=reader) for ground in grounds))


class _Found:
    """What OCR found on one page after another."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.spans: list[Span] = []
        self._length = self._confidence = self._words = 0

    def add(self, picture: ocr.Picture, page: int, scale: float) -> None:
        """Append one page's paragraphs."""
        self._confidence += picture.confidence
        self._words += picture.words
        for paragraph in picture.paragraphs:
            words = storable(paragraph.words)
            end = self._length + len(words)
            self.spans.append(Span(start=self._length, end=end, page=_box(paragraph, page, scale)))
            self.parts.append(words)
            self._length = end + 2

    def draft(self, languages: str) -> TextDraft:
        """All pages as one text."""
        mean = self._confidence // max(self._words, 1)
        return TextDraft(
            text="\n\n".join(self.parts),
            spans=tuple(self.spans),
            kind=RenditionKind.OCR_TEXT,
            settings=(*ocr.settings(languages), Setting(name="ocr-confidence", value=f"{mean} of 100")),
        )


def _box(paragraph: ocr.OcrParagraph, page: int, scale: float) -> PageBox:
    """Pixels of a drawn page as thousandths of a point."""
    left, top, right, bottom = (
        round(one / scale * 1000) for one in (paragraph.left, paragraph.top, paragraph.right, paragraph.bottom)
    )
    return PageBox(page=page, left=left, top=top, right=right, bottom=bottom)
