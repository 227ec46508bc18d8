"""Leaks by place: a secret put where files hide things, one function a kind and format.

- Each function takes an identity and gives the bytes of one file; the decoy gives the same file, clean.
- ``HIDDEN`` maps (kind, format) to the function; ``NAMED`` holds leaks that are the name of the file.
"""

import base64
import gzip
import io
import json
import re
import sqlite3
import struct
import tarfile
import zlib

from spelled import AT, docx, id3, packed

__all__ = ["HIDDEN", "NAMED"]

HIDDEN = {}
"""(kind, format) to a function from an identity to bytes."""
NAMED = {("name of the file", ending): ending for ending in ("txt", "png", "pdf", "wav", "csv")}
"""(kind, format) to the ending of a file whose name is the leak."""
PIXEL = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)


def leak(kind, *formats):
    """Register a maker: it is called with the identity and, where there are several formats, the format."""

    def note(maker):
        for one in formats:
            HIDDEN[(kind, one)] = (lambda who, one=one: maker(who, one)) if len(formats) > 1 else maker
        return maker

    return note


def picture(form, text="", *, size=(640, 200), **options):
    """A picture with ``text`` painted in it."""
    from PIL import Image, ImageDraw, ImageFont

    made = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(made)
    for place in range(0, size[0], 16):
        draw.line((place, size[1] - 20, place + 8, size[1] - 8), fill=(90, 120, 150))
    if text:
        draw.text((20, 60), text, fill="black", font=ImageFont.load_default(32))
    target = io.BytesIO()
    made.save(target, form, **options)
    return target.getvalue()


def pdf(draw, change=None, **save):
    """A PDF drawn by ``draw(page)`` and changed by ``change(document)``."""
    import pikepdf
    from reportlab.pdfgen import canvas

    target = io.BytesIO()
    page = canvas.Canvas(target, invariant=True)
    page.drawString(72, 780, "Minutes of the meeting")
    draw(page)
    page.save()
    if change is None:
        return target.getvalue()
    with pikepdf.open(target) as document:
        change(document)
        target = io.BytesIO()
        document.save(target, deterministic_id=True, **save)
    return target.getvalue()


def nothing(_):
    """Draw no more."""


def riff(kind, *chunks):
    """A RIFF file of chunks (name, bytes)."""
    body = kind + b"".join(
        name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for name, data in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


WAVE = ((b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16)), (b"data", b"\0\1" * 4000))


def atom(name, *parts):
    """An MP4 atom."""
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + name + body


def mp4(*parts):
    """A video with these atoms under moov."""
    return atom(b"ftyp", b"isom\0\0\0\1isom") + atom(b"moov", *parts) + atom(b"mdat", bytes(range(256)) * 4)


def xmp(words):
    """An XMP packet."""
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:creator><rdf:Seq><rdf:li>{words}</rdf:li></rdf:Seq></dc:creator>"
        "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    ).encode()


# Pictures and what goes with them.


@leak("letters in the picture", "PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP")
def _seen(who, form):
    return picture(form, who.name)


@leak("number in the picture", "PNG", "JPEG")
def _seen_number(who, form):
    return picture(form, f"Tel. {who.national}")


@leak("picture turned by its EXIF", "JPEG")
def _turned(who):
    from PIL import Image

    made = Image.open(io.BytesIO(picture("PNG", who.name))).rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6
    target = io.BytesIO()
    made.save(target, "JPEG", exif=exif)
    return target.getvalue()


@leak("EXIF", "JPEG", "PNG", "TIFF", "WEBP")
def _exif(who, form):
    from PIL import Image

    exif = Image.Exif()
    exif[0x013B] = who.name
    exif[0x9C9D] = (who.name + "\0").encode("utf-16-le")
    return picture(form, exif=exif)


@leak("thumbnail", "JPEG", "TIFF")
def _thumbnail(who, form):
    small = picture("JPEG", who.name, size=(420, 140), quality=60)
    if form == "TIFF":
        return picture("TIFF") + small
    head = b"Exif\0\0II*\0\x08\0\0\0\0\0\x0e\0\0\0\x02\0"
    head += struct.pack("<HHII", 0x0201, 4, 1, 44) + struct.pack("<HHII", 0x0202, 4, 1, len(small)) + b"\0\0\0\0"
    return picture("JPEG", exif=head + small)


@leak("XMP", "JPEG", "PNG", "PDF", "GIF", "WAV", "MP4")
def _xmp(who, form):
    packet = xmp(who.accented)
    if form == "JPEG":
        body = b"http://ns.adobe.com/xap/1.0/\0" + packet
        data = picture("JPEG")
        return data[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + data[2:]
    if form == "PNG":
        from PIL.PngImagePlugin import PngInfo

        told = PngInfo()
        told.add_itxt("XML:com.adobe.xmp", packet.decode(), zip=True)
        return picture("PNG", pnginfo=told)
    if form == "PDF":

        def change(document):
            import pikepdf

            document.Root.Metadata = pikepdf.Stream(document, packet, Type=pikepdf.Name.Metadata)

        return pdf(nothing, change)
    if form == "WAV":
        return riff(b"WAVE", *WAVE, (b"_PMX", packet))
    if form == "MP4":
        return mp4() + atom(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), packet)
    return PIXEL[:-1] + b"!\xff\x0bXMP DataXMP" + packet + b"\x01" + bytes(range(255, -1, -1)) + b"\0\0;"


@leak("XMP divided among segments", "JPEG")
def _extended(who):
    packet = xmp("x" * 500 + " " + who.name + " " + "y" * 500)
    cut = packet.index(who.family.encode()) + 3
    data, segments = picture("JPEG"), b""
    for place, piece in ((0, packet[:cut]), (cut, packet[cut:])):
        body = b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32 + struct.pack(">II", len(packet), place) + piece
        segments += b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    return data[:2] + segments + data[2:]


@leak("IPTC", "JPEG", "TIFF")
def _iptc(who, form):
    field = b"\x1c\x02\x50" + struct.pack(">H", len(who.name)) + who.name.encode()
    if form == "TIFF":
        from PIL.TiffImagePlugin import ImageFileDirectory_v2

        told = ImageFileDirectory_v2()
        told[33723] = field
        return picture("TIFF", tiffinfo=told)
    body = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(field)) + field
    data = picture("JPEG")
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(body) + 2) + body + data[2:]


@leak("text chunk", "PNG plain", "PNG packed", "PNG international")
def _chunk(who, form):
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    if form == "PNG international":
        told.add_itxt("Author", who.accented, zip=True)
    else:
        told.add_text("Author", who.name, zip=form == "PNG packed")
    return picture("PNG", pnginfo=told)


@leak("colour profile", "PNG", "JPEG", "TIFF", "WEBP")
def _profile(who, form):
    from PIL import ImageCms

    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    words = f"Scanner of {who.name}".encode()
    return picture(form, icc_profile=bytes(profile) + words)


@leak("comment", "JPEG", "GIF", "PNG animation", "SVG", "HTML", "XML", "CSS", "MP3", "FLAC", "OGG")
def _comment(who, form):
    words = f"seen by {who.name}"
    if form in ("JPEG", "GIF"):
        return picture(form, comment=words.encode())
    if form == "PNG animation":
        return picture("PNG")[:-12] + _png_chunk(b"tEXt", b"Comment\0" + words.encode()) + _png_chunk(b"IEND", b"")
    if form == "SVG":
        return f'<svg xmlns="http://www.w3.org/2000/svg"><!-- {words} --><rect width="4" height="4"/></svg>'.encode()
    if form in ("HTML", "XML"):
        return f"<html><!-- {words} --><body><p>Minutes</p></body></html>".encode()
    if form == "CSS":
        return f"/* {words} */ p {{ color: #1a2b3c }}".encode()
    if form == "MP3":
        return id3(b"COMM", "\0" + words)
    tag = struct.pack("<I", 4) + b"none" + struct.pack("<II", 1, len(words) + 8) + b"COMMENT=" + words.encode()
    if form == "FLAC":
        return b"fLaC\x84" + struct.pack(">I", len(tag))[1:] + tag + bytes(range(200)) * 3
    body = b"\x03vorbis" + tag
    return b"OggS\0\2" + b"\0" * 20 + bytes([1, len(body)]) + body


def _png_chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@leak("bytes after the end", "PNG", "JPEG", "GIF", "PDF", "ZIP", "WAV", "MP3", "TAR", "GZ", "SQLite")
def _after(who, form):
    words = f"\n\0old: {who.national} \n".encode()
    if form in ("PNG", "JPEG", "GIF"):
        return picture(form) + words
    if form == "PDF":
        return pdf(nothing) + words
    if form == "ZIP":
        return packed((("a.txt", b"minutes"),)) + words
    if form == "WAV":
        return riff(b"WAVE", *WAVE) + words
    if form == "MP3":
        return id3(b"TIT2", "Minutes") + b"TAG" + who.name.encode().ljust(125, b"\0")
    if form == "TAR":
        return _tar((("a.txt", b"minutes"),)) + words
    if form == "GZ":
        return gzip.compress(b"minutes", mtime=0) + words
    return _pages("minutes") + words


@leak("packed bytes after the end", "PNG", "JPEG", "PDF", "GIF", "WAV")
def _after_packed(who, form):
    words = zlib.compress(f"old: {who.name}, {who.national}".encode())
    if form == "PDF":
        return pdf(nothing) + words
    return (riff(b"WAVE", *WAVE) if form == "WAV" else picture(form)) + words


# PDF.


@leak("under a black box", "PDF")
def _box(who):
    def draw(page):
        page.drawString(72, 700, f"Witness: {who.name}")
        page.rect(70, 690, 300, 24, fill=1)

    return pdf(draw)


@leak("letters placed one by one", "PDF", "SVG", "HTML", "DOCX")
def _letters(who, form):
    if form == "PDF":

        def draw(page):
            for place, sign in enumerate(who.name):
                page.drawString(72 + 9 * place, 700, sign)

        return pdf(draw)
    if form == "SVG":
        signs = "".join(f'<tspan x="{9 * place}">{sign}</tspan>' for place, sign in enumerate(who.name))
        return f'<svg xmlns="http://www.w3.org/2000/svg"><text>{signs}</text></svg>'.encode()
    if form == "HTML":
        return ("<p>" + "".join(f"<span>{sign}</span>" for sign in who.name) + "</p>").encode()
    return docx("<w:p>" + "".join(f"<w:r><w:t>{sign}</w:t></w:r>" for sign in who.name) + "</w:p>")


@leak("letters placed in another order", "PDF")
def _shuffled(who):
    def draw(page):
        places = list(enumerate(who.name))
        for place, sign in places[::2] + places[1::2]:
            page.drawString(72 + 10 * place, 700, sign)

    return pdf(draw)


@leak("pieces with kerning", "PDF")
def _kerned(who):
    def draw(page):
        text = page.beginText(72, 700)
        text.setCharSpace(0.4)
        for piece in (who.name[:3], who.name[3:7], who.name[7:]):
            text.textOut(piece)
        page.drawText(text)

    return pdf(draw)


@leak("white or tiny text", "PDF", "HTML", "DOCX", "SVG")
def _white(who, form):
    if form == "PDF":

        def draw(page):
            page.setFillGray(1)
            page.setFont("Helvetica", 1)
            page.drawString(72, 700, who.name)

        return pdf(draw)
    if form == "HTML":
        return f'<p style="color:#fff;font-size:1px">{who.name}</p>'.encode()
    if form == "SVG":
        return f'<svg xmlns="http://www.w3.org/2000/svg"><text opacity="0">{who.name}</text></svg>'.encode()
    return docx(f'<w:p><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>{who.name}</w:t></w:r></w:p>')


@leak("scanned page", "PDF", "DOCX", "ODT", "PPTX", "EPUB", "HTML")
def _scan(who, form):
    if form == "PDF":
        from reportlab.lib.utils import ImageReader

        scan = ImageReader(io.BytesIO(picture("PNG", who.name)))
        return pdf(lambda page: page.drawImage(scan, 72, 500, 480, 150))
    if form == "HTML":
        return b'<img src="data:image/png;base64,' + base64.b64encode(picture("PNG", who.name)) + b'">'
    folder = {"DOCX": "word/media", "ODT": "Pictures", "PPTX": "ppt/media", "EPUB": "OEBPS"}[form]
    return packed((("content.xml", "<a>Minutes</a>"), (f"{folder}/scan.png", picture("PNG", who.name))))


def _note(who):
    import pikepdf

    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[10, 10, 30, 30], Contents=f"Ask {who.accented}"
    )


@leak("annotation", "PDF")
def _annotation(who):
    def change(document):
        document.pages[0].Annots = document.make_indirect([document.make_indirect(_note(who))])

    return pdf(nothing, change)


@leak("redaction not applied", "PDF")
def _unapplied(who):
    import pikepdf

    def change(document):
        mark = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Redact, Rect=[70, 690, 300, 714])
        document.pages[0].Annots = document.make_indirect([document.make_indirect(mark)])

    return pdf(lambda page: page.drawString(72, 700, who.national), change)


@leak("form field", "PDF", "HTML", "DOCX")
def _field(who, form):
    if form == "HTML":
        return f'<form><input type="hidden" value="{who.mail}"></form>'.encode()
    if form == "DOCX":
        return docx(
            f'<w:p><w:fldSimple w:instr=" HYPERLINK mailto:{who.mail} "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
        )

    def draw(page):
        page.acroForm.textfield(name="witness", value=who.name, x=72, y=600, width=200, height=20)

    return pdf(draw)


@leak("properties", "PDF", "DOCX", "XLSX", "PPTX", "ODT", "EPUB")
def _properties(who, form):
    if form == "PDF":
        return pdf(lambda page: page.setAuthor(who.name))
    if form == "EPUB":
        return packed((("mimetype", "application/epub+zip"), ("content.opf", f"<dc:creator>{who.name}</dc:creator>")))
    if form == "ODT":
        return packed(
            (("content.xml", "<text:p>Minutes</text:p>"), ("meta.xml", f"<dc:creator>{who.name}</dc:creator>"))
        )
    core = f"<cp:coreProperties><cp:lastModifiedBy>{who.name}</cp:lastModifiedBy></cp:coreProperties>"
    return docx("<w:p/>", ("docProps/core.xml", core))


@leak("custom properties", "PDF", "DOCX", "XLSX", "PPTX", "ODT")
def _custom(who, form):
    if form == "PDF":

        def change(document):
            document.docinfo["/Quelle"] = who.accented

        return pdf(nothing, change)
    told = f'<Properties><property name="source"><vt:lpwstr>{who.mail}</vt:lpwstr></property></Properties>'
    return docx("<w:p/>", ("docProps/custom.xml", told), ("customXml/item1.xml", f"<x>{who.phone}</x>"))


@leak("attachment", "PDF", "EML", "DOCX", "XLSX", "ODT", "ZIP", "HTML")
def _attachment(who, form):
    inner = docx(f"<w:p><w:r><w:t>Call {who.national}</w:t></w:r></w:p>")
    if form == "PDF":
        import pikepdf

        def change(document):
            document.attachments["list.docx"] = pikepdf.AttachedFileSpec(document, inner, filename="list.docx")

        return pdf(nothing, change)
    if form == "EML":
        head = b"Subject: list\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee list\n--b\n"
        return head + b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(inner) + b"--b--\n"
    if form == "HTML":
        return b'<a href="data:application/octet-stream;base64,' + base64.b64encode(inner) + b'">list</a>'
    folder = {"DOCX": "word/embeddings/", "XLSX": "xl/embeddings/", "ODT": "Object 1/", "ZIP": ""}[form]
    return packed((("content.xml", "<a/>"), (f"{folder}list.docx", inner)))


@leak("old revision", "PDF")
def _old(who):
    first = pdf(lambda page: page.drawString(72, 700, f"Witness: {who.name}"))
    found = re.search(rb"(\d+) 0 obj(?:(?!endobj).)*?/Type /Page\b(?!s).*?endobj", first, re.DOTALL)
    number = int(found[1])
    root, size, pages = (
        re.search(field, first)[1].decode() for field in (rb"/Root (\d+ 0 R)", rb"/Size (\d+)", rb"/Parent (\d+ 0 R)")
    )
    start = re.findall(rb"startxref\s+(\d+)", first)[-1].decode()
    page = f"{number} 0 obj\n<< /Type /Page /Parent {pages} /MediaBox [ 0 0 595 842 ] >>\nendobj\n".encode()
    xref = f"xref\n{number} 1\n{len(first):010d} 00000 n \n".encode()
    trailer = f"trailer\n<< /Size {size} /Root {root} /Prev {start} >>\nstartxref\n{len(first) + len(page)}\n%%EOF\n"
    return first + page + xref + trailer.encode()


@leak("script", "PDF", "HTML", "SVG")
def _script(who, form):
    code = f"var w = '{who.name}';"
    if form == "PDF":

        def change(document):
            import pikepdf

            document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=code)

        return pdf(nothing, change)
    return f"<svg><script>{code}</script></svg>".encode()


@leak("bookmark", "PDF")
def _bookmark(who):
    def draw(page):
        page.bookmarkPage("one")
        page.addOutlineEntry(f"Statement of {who.accented}", "one")

    return pdf(draw)


@leak("page label", "PDF")
def _label(who):
    def change(document):
        import pikepdf

        document.Root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(P=f"{who.name} ")])

    return pdf(nothing, change)


@leak("hidden layer", "PDF")
def _layer(who):
    def change(document):
        import pikepdf

        layer = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="notes"))
        document.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer]))
        document.pages[0].Resources.Properties = pikepdf.Dictionary(L0=layer)
        text = f"/OC /L0 BDC BT /F1 12 Tf 72 500 Td ({who.name}) Tj ET EMC".encode()
        document.pages[0].contents_add(pikepdf.Stream(document, text))

    return pdf(nothing, change)


@leak("name of a font", "PDF")
def _font(who):
    def change(document):
        import pikepdf

        name = "/ABCDEF+" + who.name.replace(" ", "-")
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name(name))
        document.pages[0].Resources.Font.F9 = document.make_indirect(font)

    return pdf(nothing, change)


@leak("packed objects", "PDF")
def _objects(who):
    import pikepdf

    def change(document):
        document.docinfo["/Subject"] = who.accented
        document.Root.Note = document.make_indirect(pikepdf.Dictionary(Text=who.name))

    return pdf(nothing, change, object_stream_mode=pikepdf.ObjectStreamMode.generate)


@leak("object that no page uses", "PDF")
def _unused(who):
    stream = zlib.compress(f"BT (Witness {who.name}) Tj ET".encode())
    whole = f"99 0 obj\n<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode() + stream
    data = pdf(nothing)
    return data.replace(b"xref\n0", whole + b"\nendstream\nendobj\nxref\n0", 1)


# Office.


@leak("hidden run", "DOCX", "ODT", "PPTX")
def _hidden(who, form):
    if form == "DOCX":
        return docx(f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{who.name}</w:t></w:r></w:p>")
    return packed((("content.xml", f'<text:p text:display="none">{who.name}</text:p>'),))


@leak("tracked deletion", "DOCX", "ODT", "XLSX")
def _deleted(who, form):
    if form == "DOCX":
        return docx(f'<w:p><w:del w:author="desk"><w:r><w:delText>{who.name}</w:delText></w:r></w:del></w:p>')
    return packed(
        (("content.xml", f"<text:tracked-changes><text:deletion>{who.phone}</text:deletion></text:tracked-changes>"),)
    )


@leak("author of a change", "DOCX", "ODT")
def _author(who, form):
    return docx(f'<w:p><w:ins w:author="{who.name}" w:date="2031-05-02"><w:r><w:t>x</w:t></w:r></w:ins></w:p>')


@leak("note or comment of Office", "DOCX", "XLSX", "PPTX", "ODT")
def _office_comment(who, form):
    place = {"DOCX": "word/comments.xml", "XLSX": "xl/comments1.xml", "PPTX": "ppt/notesSlides/notesSlide1.xml"}
    return packed((("a.xml", "<a/>"), (place.get(form, "content.xml"), f"<c><t>from {who.name}</t></c>")))


@leak("words divided among runs", "DOCX", "XLSX", "PPTX", "ODT", "HTML", "SVG")
def _divided(who, form):
    runs = "".join(
        f"<r><t>{piece}</t></r>" for piece in (who.given[:2], who.given[2:] + " " + who.family[:4], who.family[4:])
    )
    if form in ("HTML", "SVG"):
        return f"<p>{runs}</p>".encode()
    return packed((("a.xml", f"<p>{runs}</p>"),))


@leak("hidden sheet", "XLSX", "ODS")
def _sheet(who, form):
    rows = (
        f'<row><c t="inlineStr"><is><t>{who.given}</t></is></c><c t="inlineStr"><is><t>{who.family}</t></is></c></row>'
    )
    return packed((("xl/workbook.xml", '<sheet state="veryHidden"/>'), ("xl/worksheets/sheet2.xml", rows)))


@leak("number in a cell", "XLSX", "ODS", "CSV")
def _cell(who, form):
    digits = who.phone[1:].replace(" ", "")
    if form == "CSV":
        return f"a;b\n1;{digits}\n".encode()
    return packed((("xl/worksheets/sheet1.xml", f'<c r="B2"><v>{digits}</v></c><c r="C2"><v>17</v></c>'),))


@leak("pivot cache and defined name", "XLSX", "ODS")
def _pivot(who, form):
    cache = f'<pivotCacheRecords><r><s v="{who.name}"/></r></pivotCacheRecords>'
    return packed(
        (
            ("xl/pivotCache/pivotCacheRecords1.xml", cache),
            ("xl/workbook.xml", f"<definedName>{who.phone}</definedName>"),
        )
    )


@leak("external link", "DOCX", "XLSX", "HTML", "PPTX")
def _link(who, form):
    target = f"file:///C:/Users/{who.given.lower()}.{who.family.lower()}/Desktop/list.xlsx"
    if form == "HTML":
        return f'<a href="{target}">list</a>'.encode()
    return packed((("word/_rels/document.xml.rels", f'<Relationship Target="{target}"/>'),))


# Containers, mail, databases, sound.


def _tar(members, **more):
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), 0
            for field, value in more.items():
                setattr(info, field, value)
            archive.addfile(info, io.BytesIO(data))
    return target.getvalue()


@leak("name of a member", "ZIP", "TAR", "GZ", "EML", "DOCX")
def _member(who, form):
    name = f"{who.given}_{who.family}.txt"
    if form == "TAR":
        return _tar(((name, b"minutes"),))
    if form == "GZ":
        return b"\x1f\x8b\x08\x08\0\0\0\0\0\xff" + name.encode() + b"\0" + gzip.compress(b"minutes", mtime=0)[10:]
    if form == "EML":
        return f'Subject: x\nContent-Disposition: attachment; filename="{name}"\n\nminutes\n'.encode()
    return packed(((name, b"minutes"),))


@leak("owner or extra field of a member", "TAR", "ZIP")
def _extra(who, form):
    if form == "TAR":
        return _tar((("a.txt", b"x"),), uname=who.family.lower(), pax_headers={"comment": who.name})
    import zipfile

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        info = zipfile.ZipInfo("a.txt", AT)
        told = who.name.encode("utf-8")
        info.extra = b"up" + struct.pack("<H", len(told) + 5) + b"\1\0\0\0\0" + told
        info.comment = who.national.encode()
        archive.writestr(info, b"minutes")
    return target.getvalue()


@leak("comment of an archive", "ZIP", "DOCX", "EPUB", "ODT", "WACZ")
def _archive_comment(who, form):
    return packed((("a.txt", b"minutes"),), comment=f"made by {who.name}".encode())


@leak("member that the list leaves out", "ZIP", "DOCX", "ODT")
def _unlisted(who, form):
    whole = packed((("old.txt", f"Witness: {who.name}".encode() * 3), ("a.txt", b"minutes")))
    list_at = whole.index(b"PK\x01\x02")
    second = whole.index(b"PK\x01\x02", list_at + 4)
    end = whole.index(b"PK\x05\x06")
    tail = bytearray(whole[end:])
    struct.pack_into("<HHII", tail, 8, 1, 1, end - second, second - (second - list_at))
    return whole[:list_at] + whole[second:end] + bytes(tail)


@leak("archives in each other", "TAR.GZ", "ZIP.XZ", "TAR.BZ2", "ZIP in TAR", "WACZ")
def _nested(who, form):
    import bz2
    import lzma

    text = f"Call {who.national} and ask for {who.name}".encode()
    if form == "TAR.GZ":
        return gzip.compress(_tar((("list.zip", packed((("a.txt", text),))),)), mtime=0)
    if form == "ZIP.XZ":
        return lzma.compress(packed((("a.gz", gzip.compress(text, mtime=0)),)))
    if form == "TAR.BZ2":
        return bz2.compress(_tar((("a.txt", text),)))
    if form == "WACZ":
        page = b"WARC/1.1\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" + text
        return packed(
            (("archive/data.warc.gz", gzip.compress(b"WARC/1.1\r\n\r\n", mtime=0) + gzip.compress(page, mtime=0)),)
        )
    return _tar((("list.zip", packed((("a.txt", text),))),))


@leak("header of a mail", "EML", "MBOX", "EML in ZIP")
def _header(who, form):
    coded = base64.b64encode(who.accented.encode()).decode()
    mail = f"From x\nReceived: from host\nX-Sender: =?UTF-8?B?{coded}?=\nSubject: minutes\n\nSee below.\n".encode()
    return packed((("a.eml", mail),)) if form == "EML in ZIP" else mail


def _pages(words, *, drop=""):
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA secure_delete = OFF")
    connection.execute("CREATE TABLE notes (words TEXT)")
    connection.executemany("INSERT INTO notes VALUES (?)", [(f"{words} {number}",) for number in range(300)])
    if drop:
        connection.execute("CREATE TABLE old (words TEXT)")
        connection.execute("INSERT INTO old VALUES (?)", (drop,))
        connection.execute("DROP TABLE old")
    data = connection.serialize()
    connection.close()
    return data


@leak("deleted row", "SQLite")
def _row(who):
    return _pages("minutes", drop=f"witness {who.name}")


@leak("value on two pages", "SQLite")
def _overflow(who):
    filler = "minutes of a long meeting " * 400
    place = next(at for at in range(3000, 9000) if _split(filler, who.name, at))
    return _long(filler, who.name, place)


def _long(filler, words, place):
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE notes (words TEXT)")
    connection.execute("INSERT INTO notes VALUES (?)", (f"{filler[:place]} {words} {filler[place:]}",))
    data = connection.serialize()
    connection.close()
    return data


def _split(filler, words, place):
    return words.encode() not in _long(filler, words, place)


@leak("tag of a sound or video", "MP3", "FLAC", "OGG", "WAV", "MP4")
def _tag(who, form):
    tag = struct.pack("<I", 4) + b"none" + struct.pack("<II", 1, len(who.name) + 7) + b"ARTIST=" + who.name.encode()
    if form == "MP3":
        return id3(b"TPE1", who.accented)
    if form == "FLAC":
        return b"fLaC\x84" + struct.pack(">I", len(tag))[1:] + tag + bytes(range(200)) * 3
    if form == "OGG":
        body = b"\x03vorbis" + tag
        return b"OggS\0\2" + b"\0" * 20 + bytes([1, len(body)]) + body
    if form == "WAV":
        return riff(b"WAVE", *WAVE, (b"LIST", b"INFOIART" + struct.pack("<I", len(who.name)) + who.name.encode()))
    return mp4(atom(b"udta", atom(b"\xa9ART", struct.pack(">HH", len(who.name), 0x15C7), who.name.encode())))


@leak("broadcast chunk", "WAV")
def _broadcast(who):
    return riff(b"WAVE", (b"bext", who.name.encode().ljust(256, b"\0") + b"\0" * 346), *WAVE)


@leak("cover picture", "MP3", "FLAC", "MP4", "OGG")
def _cover(who, form):
    shown = picture("PNG", who.name)
    if form == "MP3":
        body = b"\0image/png\0\3\0" + shown
        return id3(b"TIT2", "Minutes", b"APIC" + struct.pack(">I", len(body)) + b"\0\0" + body)
    if form == "OGG":
        tag = b"METADATA_BLOCK_PICTURE=" + base64.b64encode(b"\0\0\0\3\0\0\0\x09image/png" + shown)
        pages, body = b"", b"\x03vorbis" + struct.pack("<I", len(tag)) + tag
        for place in range(0, len(body), 255 * 255):
            piece = body[place : place + 255 * 255]
            table = bytes([255] * (len(piece) // 255) + ([len(piece) % 255] if len(piece) % 255 else []))
            pages += b"OggS\0\2" + b"\0" * 20 + bytes([len(table)]) + table + piece
        return pages
    if form == "FLAC":
        body = struct.pack(">II", 3, 9) + b"image/png" + b"\0" * 20 + struct.pack(">I", len(shown)) + shown
        return b"fLaC\x86" + struct.pack(">I", len(body))[1:] + body
    return mp4(atom(b"udta", atom(b"covr", atom(b"data", b"\0\0\0\x0e\0\0\0\0", shown))))


@leak("page data", "HTML", "JS", "JSON", "XML", "ICS")
def _data(who, form):
    if form == "JSON":
        return json.dumps({"withheld": None, "source": {"n": who.name, "t": who.phone}}).encode()
    if form == "ICS":
        return f"BEGIN:VEVENT\r\nATTENDEE;CN={who.given} {who.family[:3]}\r\n {who.family[3:]}:mailto:x\r\n".encode()
    return f'<div data-source="{who.name}">Minutes</div><script>s = {{"t": "{who.phone}"}}</script>'.encode()
