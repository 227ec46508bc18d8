"""Pictures: size, embedded caption, credit and date, text by OCR, a thumbnail.

- EXIF, IPTC (IIM 4.2) and XMP are read; what they say becomes passages that can be anchored.
- A picture of more than 100 million pixels is not unpacked.
- The thumbnail carries no metadata; the original keeps all of it.

Example::

    read(open("quay.jpg", "rb"), request, reader=IMAGE)
"""

import io
import warnings
from typing import Any, BinaryIO

from quoth.read import ocr
from quoth.read.image_says import ImageSays, says
from quoth.read.readout import Blob, Reader, Readout, ReadRequest, unread
from quoth.read.rendering import Span, TextDraft, storable
from quoth.record.passage import PassageRole
from quoth.record.rendition import Head, Rendition, RenditionKind, Setting
from quoth.terms.anchor import PageBox

__all__ = ["MOST_PIXELS", "THUMBNAIL", "read"]

MOST_PIXELS = 100_000_000
THUMBNAIL = 320
"""The longer side of a thumbnail in pixels, at most."""
OCR_PIXELS = 12_000_000
LEAST_LETTERS = 12
"""Letters that OCR must find before its reading is kept: less is the texture of a photograph."""


def read(source: BinaryIO, request: ReadRequest, *, reader: Reader) -> Readout:
    """What the picture's file says, what OCR reads in it, and a thumbnail."""
    picture, trouble = _opened(source)
    if picture is None:
        return Readout(records=(unread(request, trouble, reader=reader),))
    with picture:
        readout = _metadata(request, picture, reader=reader)
        shown, trouble = _shown(picture)
        if shown is None:
            return readout + Readout(records=(unread(request, trouble, reader=reader),))
        frames = getattr(picture, "n_frames", 1)
        if frames > 1:
            ground = f"the file holds {frames} pictures: only the first was read"
            readout += Readout(records=(unread(request, ground, reader=reader),))
        readout += _words(request, shown, reader=reader)
        return readout + _thumbnail(request, shown, reader=reader)


def _opened(source: BinaryIO) -> tuple[Any, str]:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(source)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as err:
        return None, f"the picture is too large to unpack: {err}"
    except UnidentifiedImageError:
        return None, "the picture is of a kind that cannot be read here"
    except (OSError, ValueError, SyntaxError, TypeError, EOFError) as err:
        return None, f"the picture is damaged: {err}"
    width, height = picture.size
    if width * height > MOST_PIXELS:
        picture.close()
        return None, f"the picture is too large to unpack: {width} × {height} pixels"
    return picture, ""


def _shown(picture: Any) -> tuple[Any, str]:
    """The picture as it is shown: turned as its EXIF says, in colours or greys."""
    from PIL import ImageOps

    try:
        picture.load()
        turned = ImageOps.exif_transpose(picture)
        return turned.convert("L" if turned.mode in ("1", "L", "I", "I;16", "F") else "RGB"), ""
    except (OSError, ValueError, SyntaxError, TypeError, EOFError, IndexError) as err:
        return None, f"the picture is damaged: {err}"


def _metadata(request: ReadRequest, picture: Any, *, reader: Reader) -> Readout:
    found = says(picture)
    width, height = picture.size
    lines = [
        ("format", str(picture.format)),
        ("width", f"{width} pixels"),
        ("height", f"{height} pixels"),
        *found.lines,
    ]
    text, spans = _lines(lines, found)
    rendered = TextDraft(text=text, spans=spans, kind=RenditionKind.METADATA, language=request.language).finish(
        request, reader
    )
    head = Head(
        of=request.digest,
        title=found.title,
        byline=found.creator,
        outlet=found.credit,
        published=found.taken,
        properties=tuple(Setting(name=f"image-{name}", value=value[:1000]) for name, value in lines),
    )
    return rendered.readout(head)


def _lines(lines: list[tuple[str, str]], found: ImageSays) -> tuple[str, tuple[Span, ...]]:
    """``key: value`` lines; the values of captions and credits as passages."""
    text = ""
    spans = []
    roles = dict.fromkeys(found.captions, PassageRole.CAPTION) | dict.fromkeys(found.credits, PassageRole.CREDIT)
    said: set[str] = set()
    for name, raw in lines:
        value = " ".join(storable(raw).split())
        start = len(text) + len(name) + 2
        text += f"{name}: {value}\n"
        if name in roles and value and value not in said:
            said.add(value)
            spans.append(Span(start=start, end=start + len(value), role=roles[name]))
    return text, tuple(spans)


def _words(request: ReadRequest, shown: Any, *, reader: Reader) -> Readout:
    """OCR of the picture, kept only where it finds words enough."""
    if not ocr.program():
        ground = f"text in the picture was not looked for: tesseract is missing; {ocr.INSTALL}"
        return Readout(records=(unread(request, ground, reader=reader),))
    width, height = shown.size
    scale = min(1.0, (OCR_PIXELS / (width * height)) ** 0.5)
    drawn = shown.convert("L")
    if scale < 1:
        drawn = drawn.resize((max(1, round(width * scale)), max(1, round(height * scale))))
    target = io.BytesIO()
    drawn.save(target, "PNG", compress_level=1)
    languages = ocr.languages_for(request.language)
    found = ocr.read_picture(target.getvalue(), languages)
    if found.trouble:
        return Readout(records=(unread(request, f"text in the picture: {found.trouble}", reader=reader),))
    if sum(char.isalpha() for paragraph in found.paragraphs for char in paragraph.words) < LEAST_LETTERS:
        return Readout()
    return _ocr_text(request, found, (languages, scale), reader=reader)


def _ocr_text(request: ReadRequest, found: ocr.Picture, drawn: tuple[str, float], *, reader: Reader) -> Readout:
    languages, scale = drawn
    parts: list[str] = []
    spans: list[Span] = []
    length = 0
    for paragraph in found.paragraphs:
        words = storable(paragraph.words)
        edges = (paragraph.left, paragraph.top, paragraph.right, paragraph.bottom)
        left, top, right, bottom = (round(edge / scale * 1000) for edge in edges)
        box = PageBox(page=1, left=left, top=top, right=right, bottom=bottom)
        spans.append(Span(start=length, end=length + len(words), page=box))
        parts.append(words)
        length += len(words) + 2
    mean = found.confidence // max(found.words, 1)
    draft = TextDraft(
        text="\n\n".join(parts),
        spans=tuple(spans),
        kind=RenditionKind.OCR_TEXT,
        settings=(*ocr.settings(languages), Setting(name="ocr-confidence", value=f"{mean} of 100")),
        pages=1,
        note="boxes are thousandths of a pixel of the picture as shown",
    )
    return draft.finish(request, reader).readout()


def _thumbnail(request: ReadRequest, shown: Any, *, reader: Reader) -> Readout:
    small = shown.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    target = io.BytesIO()
    small.save(target, "PNG", optimize=True)
    blob = Blob.of(target.getvalue())
    rendition = Rendition(
        of=request.digest,
        kind=RenditionKind.THUMBNAIL,
        content=blob.digest,
        media_type="image/png",
        tool=reader.tool,
        version=reader.version,
        settings=(Setting(name="size", value=f"{small.size[0]}x{small.size[1]}"),),
    )
    return Readout(records=(rendition,), blobs=(blob,))
