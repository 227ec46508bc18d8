"""Paper: the printed report as PDF and the scanned letter."""

import io
import random
from html import escape

from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from quoth.demo.marks import Block, Page

__all__ = ["as_pdf", "letter", "letter_jpeg"]

_BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=12.5, leading=19, spaceAfter=10)
_CELL = ParagraphStyle("cell", fontName="Times-Roman", fontSize=9.5, leading=12)
_HEADING = ParagraphStyle(
    "heading",
    fontName="Times-Bold",
    fontSize=14,
    leading=18,
    spaceBefore=12,
    spaceAfter=6,
    keepWithNext=1,
)
_TITLE = ParagraphStyle("title", fontName="Times-Bold", fontSize=28, leading=34, spaceAfter=8)
_DECK = ParagraphStyle("deck", fontName="Times-Italic", fontSize=14, leading=19, spaceAfter=24)
_LABEL = ParagraphStyle(
    "label",
    fontName="Times-Bold",
    fontSize=10,
    leading=13,
    spaceBefore=6,
    spaceAfter=4,
    keepWithNext=1,
)
_STYLES = {"title": _TITLE, "deck": _DECK, "h2": _HEADING}
_SCAN = (1654, 2339)
_BLUR, _TURN, _PAPER = 0.6, 0.7, 244


def _table(block: Block) -> list[Flowable]:
    rows = [[Paragraph(escape(cell.strip()), _CELL) for cell in line.split("|")] for line in block.extra]
    wide = len(rows[0]) == 5
    widths = [12 * mm, 42 * mm, 16 * mm, 66 * mm, 20 * mm] if wide else [39 * mm] * 4
    table = Table(rows, colWidths=widths, repeatRows=1)
    table.setStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.4, colors.grey),
            ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]
    )
    return [Paragraph(escape(block.text), _LABEL), table, Spacer(1, 10)]


def as_pdf(page: Page) -> bytes:
    """The report with running head and page numbers; the same bytes each time."""
    target = io.BytesIO()
    title = page.front["title"]

    def running(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont("Times-Italic", 9)
        canvas.drawString(27 * mm, A4[1] - 16 * mm, f"{page.front['author']}: {title}")
        canvas.drawRightString(A4[0] - 27 * mm, 14 * mm, f"Page {document.page}")

    document = BaseDocTemplate(
        target,
        pagesize=A4,
        title=title,
        author=page.front["author"],
        subject="Report, 29 April 2024",
        creator="Kelsund Absence Register",
        invariant=1,
    )
    frame = Frame(27 * mm, 24 * mm, A4[0] - 54 * mm, A4[1] - 48 * mm, id="text")
    document.addPageTemplates([PageTemplate(id="page", frames=[frame], onPage=running)])
    story: list[Flowable] = []
    for block in page.blocks:
        if block.kind == "table":
            story.extend(_table(block))
        else:
            story.append(Paragraph(escape(block.text), _STYLES.get(block.kind, _BODY)))
    document.build(story)
    return target.getvalue()


def _stamp(image: Image.Image) -> None:
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(26)
    draw.ellipse((1150, 300, 1430, 480), outline=130, width=4)
    draw.text((1196, 348), "RECEIVED", font=font, fill=130)
    draw.text((1196, 392), "19 MAR 2024", font=font, fill=130)


def letter(text: str) -> Image.Image:
    """A typed page as a 200 dpi scan: a little turned, a little grey."""
    image = Image.new("L", _SCAN, _PAPER)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(34)
    small = ImageFont.load_default(40)
    y = 190
    for number, line in enumerate(text.splitlines()):
        indent = len(line) - len(line.lstrip(" "))
        draw.text((200 + indent * 16, y), line.strip(), font=small if number == 0 else font, fill=38)
        y += 45
    _stamp(image)
    pen = y - 190
    draw.line(
        (560, pen, 620, pen - 44, 650, pen + 20, 700, pen - 20, 760, pen + 6, 900, pen - 30),
        fill=70,
        width=4,
        joint="curve",
    )
    image = image.rotate(_TURN, resample=Image.Resampling.BICUBIC, fillcolor=_PAPER)
    raw = random.Random(117).randbytes((_SCAN[0] // 2) * (_SCAN[1] // 2))  # noqa: S311  a fixed seed is wanted
    noise = Image.frombytes("L", (_SCAN[0] // 2, _SCAN[1] // 2), raw).resize(_SCAN)
    return Image.blend(image.filter(ImageFilter.GaussianBlur(_BLUR)), noise, 0.04)


def letter_jpeg(text: str) -> bytes:
    """The scanned letter as a grey JPEG that states 200 dpi."""
    target = io.BytesIO()
    letter(text).save(target, "JPEG", quality=38, dpi=(200, 200), optimize=False)
    return target.getvalue()
