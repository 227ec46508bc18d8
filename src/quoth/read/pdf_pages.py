"""Opening a PDF and drawing its pages, with limits.

- A password, a damaged file or a file that is none is said in words, never raised.
- A drawn page has at most 12 million pixels, whatever size its page claims.

Example::

    document, trouble = opened(source)
"""

import io
import math
from typing import Any, BinaryIO

__all__ = ["DRAWN_DPI", "draw", "opened"]

DRAWN_DPI = 200
MOST_PIXELS = 12_000_000
_PASSWORD = 4


def opened(source: BinaryIO) -> tuple[Any, str]:
    """The document, or ``None`` and why it could not be opened."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source)
        if len(document) == 0:
            document.close()
            return None, "the document has no pages"
    except pypdfium2.PdfiumError as err:
        if getattr(err, "err_code", None) == _PASSWORD or "password" in str(err).lower():
            return None, "the document is encrypted and asks for a password"
        return None, f"the document is damaged or no PDF: {err}"
    return document, ""


def draw(document: Any, number: int) -> tuple[bytes, float]:
    """Page ``number`` (from 1) as PNG, and how many pixels a point has."""
    page = document[number - 1]
    try:
        width, height = page.get_size()
        scale = DRAWN_DPI / 72
        pixels = width * height * scale * scale
        if pixels > MOST_PIXELS:
            scale *= math.sqrt(MOST_PIXELS / pixels)
        bitmap = page.render(scale=scale, grayscale=True)
        target = io.BytesIO()
        bitmap.to_pil().save(target, "PNG", compress_level=1)
        return target.getvalue(), scale
    finally:
        page.close()
