"""Sample documents made by the libraries that make such files in the world."""

import email.message
import io

import av
import docx
import numpy as np
from PIL import Image, ImageDraw, ImageFont, PngImagePlugin
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

BODY = (
    "This report sets out what is known about forty-one dockers who were taken to the quarantine station on the "
    "island in the winter and have not been seen since. The register has them sent home by sea. "
)


def report(*, paragraphs=24, encrypt=None):
    """A report of several pages with a running foot."""
    target = io.BytesIO()
    styles = getSampleStyleSheet()

    def foot(page, document):
        page.drawString(60, 30, f"Kelsund Register - page {document.page}")

    flow = [
        Paragraph("Forty-One Names", styles["Title"]),
        Paragraph("30 April 2031", styles["Normal"]),
        Spacer(1, 10),
        Paragraph("Summary", styles["Heading2"]),
    ]
    flow += [Paragraph(f"Number {number}. {BODY * 2}", styles["BodyText"]) for number in range(paragraphs)]
    document = SimpleDocTemplate(
        target, pagesize=A4, title="Forty-One Names", author="Kelsund Absence Register", encrypt=encrypt, invariant=1
    )
    document.build(flow, onFirstPage=foot, onLaterPages=foot)
    return target.getvalue()


def flowing(flow):
    """A PDF of what reportlab sets one below the other, without space between."""
    target = io.BytesIO()
    SimpleDocTemplate(target, pagesize=A4, invariant=1).build(flow)
    return target.getvalue()


def locked():
    return report(paragraphs=1, encrypt=StandardEncryption("secret", canPrint=0))


def placed_lines(lines, *, size=12, turned=0):
    """A page with lines at (x, y) from the lower left in points."""
    target = io.BytesIO()
    page = canvas.Canvas(target, pagesize=(400, 300), invariant=1)
    if turned:
        page.setPageRotation(turned)
    page.setFont("Helvetica", size)
    for x, y, words in lines:
        page.drawString(x, y, words)
    page.save()
    return target.getvalue()


SCANNED = "The officials did not hang up at once.\nThey were asked about the list of names."


def scan():
    """A picture of text."""
    picture = Image.new("L", (1000, 400), 255)
    ImageDraw.Draw(picture).text((80, 80), SCANNED, font=ImageFont.load_default(36), fill=0)
    return picture


def scanned_pdf(pages=1):
    target = io.BytesIO()
    scan().save(target, "PDF", resolution=150, save_all=True, append_images=[scan() for _ in range(pages - 1)])
    return target.getvalue()


def photograph(**more):
    """A picture without words; its EXIF has a caption, a maker and a date."""
    picture = Image.radial_gradient("L").resize((640, 480)).convert("RGB")
    exif = picture.getexif()
    exif[0x010E] = "The landing stage on Gannet Island."
    exif[0x013B] = "Jonas Welk"
    exif.get_ifd(0x8769)[0x9003] = "2031:04:02 10:00:00"
    target = io.BytesIO()
    picture.save(target, "JPEG", exif=exif, **more)
    return target.getvalue()


def noted_png():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Description", "The old pier at Istmere.")
    notes.add_text("Author", "Anna Holt")
    target = io.BytesIO()
    Image.new("RGB", (60, 40), "grey").save(target, "PNG", pnginfo=notes)
    return target.getvalue()


def letter():
    document = docx.Document()
    document.core_properties.author = "Ilka Senwarth"
    document.add_heading("Letter on the Register", 0)
    document.add_paragraph("2 May 2031")
    document.add_heading("What I saw", 1)
    document.add_paragraph("The clerk said that he had read out forty-one names.")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Name", "Day"
    table.cell(1, 0).text, table.cell(1, 1).text = "Holt", "26 January"
    document.add_paragraph("After the table he said no more.")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def message():
    made = email.message.EmailMessage()
    made["From"] = "Ann Holt <ann@example.org>"
    made["To"] = "bo@example.org"
    made["Date"] = "Thu, 01 May 2031 23:30:00 -0700"
    made["Subject"] = "Die Größe der Liste 名单"
    made.set_content(
        "Dear Bo,\n\nThe list was written in the harbour office, said the clerk.\n\nOn Monday Bo wrote:\n"
        "> Who wrote it?\n> I want to know.\nThat is all.\n"
    )
    made.add_alternative("<p>Dear Bo, in another form</p>", subtype="html")
    made.add_attachment(b"%PDF-1.4 list", maintype="application", subtype="pdf", filename="die Liste.pdf")
    return made


def sound(seconds, *, container="wav", codec="pcm_s16le", rate=8000):
    """A tone that grows louder."""
    target = io.BytesIO()
    count = int(seconds * rate)
    tone = np.sin(np.arange(count) / 20) * 20000 * np.linspace(0, 1, max(count, 1))[:count]
    samples = tone.astype("<i2")
    with av.open(target, "w", format=container) as box:
        stream = box.add_stream(codec, rate=rate)
        stream.layout = "mono"
        box.metadata["title"] = "Call one"
        for place in range(0, count - 159, 160):
            frame = av.AudioFrame.from_ndarray(samples[place : place + 160].reshape(1, -1), format="s16", layout="mono")
            frame.sample_rate, frame.pts = rate, place
            box.mux(stream.encode(frame))
        box.mux(stream.encode(None))
    return target.getvalue()


def film():
    """Moving pictures without sound."""
    target = io.BytesIO()
    with av.open(target, "w", format="matroska") as box:
        stream = box.add_stream("mpeg4", rate=5)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(5):
            box.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), dtype=np.uint8), format="rgb24")))
        box.mux(stream.encode(None))
    return target.getvalue()
