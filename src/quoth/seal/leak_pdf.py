"""A PDF taken apart: every object, page, picture, attachment and old revision.

- All objects of the file are given, whether a page uses them or not: so annotations, form fields, bookmarks,
  scripts, page labels, hidden layers, fonts' names, properties and attachments need no code of their own.
- The text of pages comes as the program that shows it sees it, in two orders: as written and as placed; what
  boxes cover is text like any other.
- Every earlier revision that still stands in the file is taken apart as well.
- A file with a password, or one that cannot be opened, is a gap.

Example::

    for part in pdf_parts(data, Limits(), draw=True): ...
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from quoth.errors import SealError
from quoth.seal.leak_parts import Gap, Limits, Part

__all__ = ["pdf_parts"]

_END = re.compile(rb"%%EOF[\r\n]{0,2}")
_LITERAL = re.compile(rb"\((?:[^()\\]|\\.|\([^()]*\))*\)|<([0-9A-Fa-f\s]+)>", re.DOTALL)
_SHOWS = re.compile(rb"\bT[jJ]\b|'\s|\bTJ\b")
_ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|\r?\n|(.))", re.DOTALL)
_PLAIN_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_DRAWN_SCALE = 2.2
_MOST_PIXELS = 12_000_000
_IMAGE_FILTERS = frozenset({"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"})
_DEEP = 40


def pdf_parts(data: bytes, limits: Limits, *, draw: bool) -> Iterator[Part | Gap]:
    """The parts of all revisions, the last one first; with ``draw``, its pages and pictures to be read too."""
    yield from _revision(data, "", limits, draw=draw)
    ends = [found.end() for found in _END.finditer(data)][:-1]
    for number, end in enumerate(ends[:50], 1):
        yield from _revision(data[:end], f"revision {number}, ", limits, draw=draw)
    if len(ends) > 50:
        yield Gap(label="document", reason=f"it has {len(ends) + 1} revisions, at most 51 are opened")


def _revision(data: bytes, before: str, limits: Limits, *, draw: bool) -> Iterator[Part | Gap]:
    yield from _objects(data, before, limits, draw=draw)
    yield from _pages(data, before, limits, draw=draw)


def _objects(data: bytes, before: str, limits: Limits, *, draw: bool) -> Iterator[Part | Gap]:
    import pikepdf

    try:
        document = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError:
        yield Gap(label=f"{before}document", reason="it is encrypted and asks for a password")
        return
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError):
        if not before:
            yield Gap(label="document", reason="it is damaged: its objects cannot be listed")
        return
    with document:
        words: list[str] = []
        raw: list[bytes] = []
        for number, one in enumerate(document.objects, 1):
            if number > limits.members * 10:
                yield Gap(label=f"{before}document", reason=f"it has more than {limits.members * 10} objects")
                break
            label = f"{before}object {number}"
            held = _Strings(words, raw)
            try:
                held.take(one, 0)
                if isinstance(one, pikepdf.Stream):
                    yield from _stream(one, label, limits, draw=draw)
            except (pikepdf.PdfError, pikepdf.DataDecodingError, RuntimeError, ValueError, TypeError):
                yield Gap(label=label, reason="it is damaged")
        held = _Strings(words, raw)
        held.take(document.trailer, 0)
        text = "\n".join(words).encode("utf-8", "replace")
        yield Part(label=f"{before}strings of objects", data=text, known=True)
        yield Part(label=f"{before}strings of objects", data=b"\n".join(raw), known=True)


class _Strings:
    """Gathers all strings and names of an object, as text and as bytes."""

    def __init__(self, words: list[str], raw: list[bytes]) -> None:
        self._words, self._raw = words, raw

    def take(self, one: Any, depth: int) -> None:
        """Gather from ``one`` and what it directly holds."""
        import pikepdf

        if depth > _DEEP:
            return
        if isinstance(one, pikepdf.Stream):
            one = one.stream_dict
        if isinstance(one, pikepdf.String):
            self._words.append(str(one))
            self._raw.append(bytes(one))
        elif isinstance(one, pikepdf.Name):
            self._words.append(str(one))
        elif isinstance(one, pikepdf.Dictionary):
            for key, value in one.items():
                self._words.append(key)
                self._direct(value, depth)
        elif isinstance(one, pikepdf.Array):
            for value in list(one):
                self._direct(value, depth)

    def _direct(self, value: Any, depth: int) -> None:
        if not getattr(value, "is_indirect", False):
            self.take(value, depth + 1)


def _stream(one: Any, label: str, limits: Limits, *, draw: bool) -> Iterator[Part | Gap]:
    import pikepdf

    filters = one.stream_dict.get("/Filter", pikepdf.Array())
    names = {str(filters)} if isinstance(filters, pikepdf.Name) else {str(name) for name in list(filters)}
    is_image = str(one.stream_dict.get("/Subtype", "")) == "/Image"
    if draw and is_image:
        yield from _image(one, label)
    if names & _IMAGE_FILTERS:
        if len(names) == 1:
            yield Part(label=label, data=one.read_raw_bytes(), known=True)
        return
    try:
        data = one.read_bytes()
    except pikepdf.PdfError:
        yield Gap(label=label, reason="its stream cannot be unpacked")
        return
    if len(data) > limits.whole:
        yield Gap(label=label, reason=f"it unpacks to more than {limits.whole} bytes")
        return
    kind = str(one.stream_dict.get("/Type", ""))
    yield Part(
        label=f"{label}, attachment" if kind == "/EmbeddedFile" else label, data=data, known=kind != "/EmbeddedFile"
    )
    if not is_image and _SHOWS.search(data[: 2**20]):
        yield Part(label=f"{label}, what it shows", data=_shown(data), known=True, loose=True)


def _image(one: Any, label: str) -> Iterator[Part | Gap]:
    import pikepdf

    target = io.BytesIO()
    try:
        picture = pikepdf.PdfImage(one).as_pil_image()
        picture.convert("RGB").save(target, "PNG", compress_level=1)
    except (pikepdf.PdfError, NotImplementedError, ValueError, OSError, TypeError, AttributeError, KeyError):
        return  # what a page shows of it is read from the drawn page
    yield Part(label=f"{label}, picture", data=target.getvalue(), picture=True)


def _shown(data: bytes) -> bytes:
    """The strings that a page's program shows, one after another: letters placed singly come together."""
    made = bytearray()
    for found in _LITERAL.finditer(data):
        if found[1] is not None:
            digits = re.sub(rb"\s", b"", found[1])
            made += bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
        else:
            made += _ESCAPED.sub(_unescaped, found[0][1:-1])
        after = data[found.end() : found.end() + 24]
        if b"\n" in after.split(b"(")[0] and re.match(rb"[^(<]*T[jJ][^(<]*(?:ET|T\*|\bT[dDm]\b)", after):
            made += b"\x1f"
    return bytes(made)


def _unescaped(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes([int(found[1], 8) & 255])
    return _PLAIN_ESCAPES.get(found[2], found[2]) if found[2] else b""


def _pages(data: bytes, before: str, limits: Limits, *, draw: bool) -> Iterator[Part | Gap]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        if not before:
            yield Gap(label="document", reason="its pages cannot be opened: it is damaged or asks for a password")
        return
    try:
        document.init_forms()
        pages = len(document)
        for number in range(min(pages, limits.pictures)):
            label = f"{before}page {number + 1}"
            try:
                yield from _page(document, number, label, draw=draw and not before)
            except (pypdfium2.PdfiumError, SealError):
                yield Gap(label=label, reason="it cannot be shown")
        if pages > limits.pictures:
            yield Gap(label=f"{before}document", reason=f"it has {pages} pages, at most {limits.pictures} are read")
    finally:
        document.close()


def _page(document: Any, number: int, label: str, *, draw: bool) -> Iterator[Part | Gap]:
    page = document[number]
    try:
        text = page.get_textpage()
        try:
            yield Part(
                label=f"{label}, text", data=text.get_text_range().encode("utf-8", "replace"), known=True, loose=True
            )
            yield Part(label=f"{label}, text as placed", data=_placed(text).encode("utf-8", "replace"), known=True)
        finally:
            text.close()
        if draw:
            width, height = page.get_size()
            scale = min(_DRAWN_SCALE, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
            target = io.BytesIO()
            page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB").save(target, "PNG", compress_level=1)
            yield Part(label=f"{label}, as shown", data=target.getvalue(), picture=True)
    finally:
        page.close()


def _placed(text: Any) -> str:
    """The letters in the order in which they stand on the page: lines from the top, each from the left."""
    letters = []
    for place in range(min(text.count_chars(), 50_000)):
        sign = text.get_text_range(place, 1)
        if sign.strip():
            left, bottom, right, top = text.get_charbox(place)
            letters.append((left, right, (bottom + top) / 2, top - bottom, sign))
    letters.sort(key=lambda one: -one[2])
    lines: list[list[tuple[float, float, float, float, str]]] = []
    for one in letters:
        if lines and abs(lines[-1][-1][2] - one[2]) <= max(2.0, one[3] * 0.6):
            lines[-1].append(one)
        else:
            lines.append([one])
    return "\n".join(_line(sorted(line)) for line in lines)


def _line(line: list[tuple[float, float, float, float, str]]) -> str:
    made, edge, height = "", line[0][0], max(one[3] for one in line)
    for left, right, _, _, sign in line:
        made += (" " if left - edge > 0.28 * height else "") + sign
        edge = max(edge, right)
    return made
