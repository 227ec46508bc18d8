"""A PDF made anew from pictures of its pages, with boxes painted.

- Each page is drawn to pixels; words are found by the text layer, and by reading the drawing where the page has
  pictures or no text. Boxes are painted before anything is written.
- The new file holds the pictures and nothing else: no text, no names, no dates, no identifiers.
- Words that run over a page's end are found too, where nothing stands between.

Example::

    made = redacted_pdf(data, Plan(ending="pdf", hide=("Jane Roe",)), read=read)
"""

import io
import math
from collections.abc import Sequence
from typing import Any

from PIL import Image

from quoth.errors import SealError
from quoth.seal.redact_find import Hidden
from quoth.seal.redact_paint import Area, exact, paint, painted
from quoth.seal.redact_picture import as_jpeg, as_png
from quoth.seal.redact_terms import Box, Made, Place, Plan, ReadWords, Word
from quoth.seal.redact_words import areas_of

__all__ = ["DPI", "MOST_PAGES", "pdf_of", "redacted_pdf"]

DPI = 150
MOST_PAGES = 300
_MOST_PIXELS = 12_000_000
_PASSWORD = 4
_PRODUCER = b"Quoth redact"


def redacted_pdf(data: bytes, plan: Plan, *, read: ReadWords) -> Made:
    """The pages as pictures with words and boxes painted over; raises :class:`SealError` where that cannot be."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as err:
        if getattr(err, "err_code", None) == _PASSWORD or "password" in str(err).lower():
            raise SealError("the PDF is encrypted and asks for a password", hint="nothing was written") from err
        raise SealError("the PDF is damaged or none", hint="nothing was written") from err
    try:
        document.init_forms()
        return _made(document, plan, read)
    except pypdfium2.PdfiumError as err:
        raise SealError("a page of the PDF cannot be drawn", hint="nothing was written") from err
    finally:
        document.close()


def _made(document: Any, plan: Plan, read: ReadWords) -> Made:
    count = len(document)
    if not 0 < count <= MOST_PAGES:
        raise SealError(f"the PDF has {count} pages, 1 to {MOST_PAGES} are worked on", hint="nothing was written")
    for box in plan.boxes:
        if box.page > count:
            raise SealError(f"there is no page {box.page}: the PDF has {count}", hint="nothing was written")
    found = _found(document, Hidden(plan.hide), read) if plan.hide else []
    places: dict[Place, None] = {}
    pages: list[tuple[bytes, tuple[int, int], float]] = []
    for number in range(1, count + 1):
        picture, scale = _drawn(document, number)
        areas: list[tuple[int, Area]] = [
            (words, painted(area, picture.size, whole_lines=plan.whole_lines))
            for words, page, area in found
            if page == number
        ]
        areas += [(0, _given(box, picture.size, scale)) for box in plan.boxes if box.page == number]
        paint(picture, (area for _, area in areas))
        places |= {Place(words=words, where=_said(number, area, scale)): None for words, area in areas}
        pages.append((as_jpeg(picture), picture.size, scale))
    return Made(data=pdf_of(pages), places=tuple(places))


def _drawn(document: Any, number: int) -> tuple[Image.Image, float]:
    """A page from 1 as pixels, and how many of them a point has."""
    page = document[number - 1]
    try:
        width, height = page.get_size()
        scale = min(DPI / 72, math.sqrt(_MOST_PIXELS / max(1.0, width * height)))
        picture = page.render(scale=scale).to_pil().convert("RGB")
        return Image.frombytes("RGB", picture.size, picture.tobytes()), scale
    finally:
        page.close()


def _found(document: Any, hidden: Hidden, read: ReadWords) -> list[tuple[int, int, Area]]:
    """Every match as number of the words, page and area in pixels; the layers of all pages are one text."""
    layer: list[Word] = []
    made: list[tuple[int, int, Area]] = []
    for number in range(1, len(document) + 1):
        words, pictured = _layer(document, number)
        layer += words
        if pictured or not words:
            picture, _ = _drawn(document, number)
            for which, areas in areas_of(read(as_png(picture)), hidden, read=True):
                made += [(which, number, area) for area in areas]
    for which, lines in _matched(layer, hidden):
        made += [(which, page, area) for page, area in lines]
    return made


def _matched(layer: Sequence[Word], hidden: Hidden) -> list[tuple[int, list[tuple[int, Area]]]]:
    """Matches in the text layer, by page and line."""
    text = "".join(word.text for word in layer)
    made = []
    for start, end, which in hidden.found(text):
        lines: dict[tuple[str, ...], list[Word]] = {}
        for sign in layer[start:end]:
            if sign.right > sign.left:
                lines.setdefault(sign.line, []).append(sign)
        made.append((which, [(int(line[0]), _around(held)) for line, held in lines.items()]))
    return made


def _around(signs: Sequence[Word]) -> Area:
    return (
        min(one.left for one in signs),
        min(one.top for one in signs),
        max(one.right for one in signs),
        max(one.bottom for one in signs),
    )


def _layer(document: Any, number: int) -> tuple[list[Word], bool]:
    """The characters of a page's text layer in pixels of its drawing, each as a word, and whether it has pictures."""
    from pypdfium2 import raw

    page = document[number - 1]
    try:
        width, height = page.get_size()
        scale = min(DPI / 72, math.sqrt(_MOST_PIXELS / max(1.0, width * height)))
        size = (math.ceil(width * scale), math.ceil(height * scale))
        pictured = any(True for _ in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING)))
        signs = _signs(page, number, size)
        return signs, pictured or not any(one.text.strip() for one in signs)
    finally:
        page.close()


def _signs(page: Any, number: int, size: tuple[int, int]) -> list[Word]:
    """One word a character, in the order of the text layer; a line is told by its middle."""
    layer = page.get_textpage()
    made: list[Word] = []
    try:
        line, middle = 0, -1.0
        for index in range(layer.count_chars()):
            text = layer.get_text_range(index, 1) or " "
            left, bottom, right, top = layer.get_charbox(index, loose=True)
            (x0, y0), (x1, y1) = (_pixel(page, size, at) for at in ((left, top), (right, bottom)))
            box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            now = (box[1] + box[3]) / 2
            if text.strip() and abs(now - middle) > max(4.0, (box[3] - box[1]) * 0.8):
                line, middle = line + 1, now
            held = Word(
                text=text[0], left=box[0], top=box[1], right=box[2], bottom=box[3], line=(str(number), str(line))
            )
            made.append(held)
    finally:
        layer.close()
    if made:
        made.append(Word(text="\n", left=0, top=0, right=0, bottom=0, line=(str(number), "")))
    return made


def _pixel(page: Any, size: tuple[int, int], at: tuple[float, float]) -> tuple[int, int]:
    """A point of the page, turned and cropped as it is drawn."""
    import ctypes

    from pypdfium2 import raw

    x, y = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, size[0], size[1], 0, at[0], at[1], x, y)
    return x.value, y.value


def _given(box: Box, size: tuple[int, int], scale: float) -> Area:
    left, top = box.left * scale, box.top * scale
    area = exact((left, top, left + box.width * scale, top + box.height * scale), size)
    if area[0] >= area[2] or area[1] >= area[3]:
        raise SealError(
            f"a box lies outside of page {box.page}, which has {size[0] / scale:.0f} × {size[1] / scale:.0f} points",
            hint="nothing was written; the box is page:left,top,width,height in points",
        )
    return area


def _said(number: int, area: Area, scale: float) -> str:
    left, top, right, bottom = (round(one / scale) for one in area)
    return f"page {number}, {right - left} × {bottom - top} points at {left},{top}"


def pdf_of(pages: Sequence[tuple[bytes, tuple[int, int], float]]) -> bytes:
    """A PDF (ISO 32000-1) with one JPEG a page: its bytes, its size in pixels, its pixels a point."""
    kids = b" ".join(b"%d 0 R" % (4 + 3 * at) for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        b"<< /Producer (%s) >>" % _PRODUCER,
    ]
    for at, (jpeg, (width, height), scale) in enumerate(pages):
        first = 4 + 3 * at
        box = f"{width / scale:.2f} {height / scale:.2f}".encode()
        drawing = b"%s 0 0 %s 0 0 cm /P Do" % tuple(box.split())
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %s] /Contents %d 0 R"
            b" /Resources << /XObject << /P %d 0 R >> >> >>" % (box, first + 1, first + 2),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8"
            b" /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream" % (width, height, len(jpeg), jpeg),
        ]
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    starts = []
    for number, body in enumerate(objects, 1):
        starts.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % start for start in starts)
    tail = b"trailer\n<< /Size %d /Root 1 0 R /Info 3 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    out.write(tail % (len(objects) + 1, table))
    return out.getvalue()
