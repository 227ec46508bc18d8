"""Word documents (DOCX): paragraphs, tables, notes and core properties.

- Text is taken from the document's XML in order: inserted words are read, deleted ones are not.
- Tracked deletions and comments are counted in a finding, so that nobody takes silence for none.
- Packages that declare a document type or unpack to more than 512 MiB are not opened.

Example::

    read(open("letter.docx", "rb"), request, reader=OFFICE)
"""

import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from quoth.read.dates import dates_in
from quoth.read.package import package_trouble
from quoth.read.readout import Reader, Readout, ReadRequest, unread
from quoth.read.rendering import Pieces, TextDraft, storable
from quoth.read.saved import only_dates
from quoth.record.passage import PassageRole
from quoth.record.rendition import Head, Setting
from quoth.terms.when import When

__all__ = ["read"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_PROPERTIES = ("author", "last_modified_by", "created", "modified", "subject", "keywords", "comments", "revision")


def read(source: BinaryIO, request: ReadRequest, *, reader: Reader) -> Readout:
    """The document's paragraphs and tables, in order, and what it says of itself."""
    trouble = package_trouble(source)
    document = None
    if not trouble:
        document, trouble = _opened(source)
    if document is None:
        return Readout(records=(unread(request, trouble, reader=reader),))
    pieces = Pieces()
    published: When | None = None
    for words, role in _pieces(document):
        dated = role is PassageRole.BODY and len(words) < 80 and only_dates(words) and dates_in(words)
        published = published or (dated[0].when if dated else None)
        pieces.add(words, PassageRole.DATELINE if dated else role)
    grounds = list(_unread(document))
    head = _head(document, request, pieces, published)
    if not pieces.text:
        grounds.append("the document shows no text")
        readout = Readout(records=(head,))
    else:
        rendered = TextDraft(text=pieces.text, spans=pieces.spans, language=head.language).finish(request, reader)
        readout = rendered.readout(head)
    return readout + Readout(records=tuple(unread(request, ground, reader=reader) for ground in grounds))


def _opened(source: BinaryIO) -> tuple[Any, str]:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    try:
        document = docx.Document(source)
        document.element.body.tag  # noqa: B018 (a document without a body fails here)
    except (OpcError, etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError, AttributeError) as err:
        return None, f"the document is damaged or no Word file: {err}"
    return document, ""


def _pieces(document: Any) -> Iterator[tuple[str, PassageRole]]:
    """Words and roles in reading order: body, then notes."""
    styles = {style.style_id: (style.name or "").lower() for style in document.styles}
    yield from _children(document.element.body, styles)
    for part in document.part.package.iter_parts():
        if str(part.partname).endswith(("/footnotes.xml", "/endnotes.xml")):
            for note in _root(part):
                if note.get(f"{_W}type") is None:
                    yield _words(note), PassageRole.BODY


def _root(part: Any) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return part.element if hasattr(part, "element") else etree.fromstring(part.blob, parser)


def _children(holder: Any, styles: dict[str, str]) -> Iterator[tuple[str, PassageRole]]:
    waiting = list(reversed(list(holder)))
    while waiting:
        element = waiting.pop()
        if element.tag == f"{_W}p":
            yield _words(element), _role(element, styles)
        elif element.tag == f"{_W}tbl":
            for row in element.iter(f"{_W}tr"):
                cells = [" ".join(_words(cell).split()) for cell in row.iterchildren(f"{_W}tc")]
                yield "\t".join(cells), PassageRole.ROW
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            waiting.extend(reversed(list(element)))


def _role(paragraph: Any, styles: dict[str, str]) -> PassageRole:
    found = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = styles.get(found.get(f"{_W}val"), "") if found is not None else ""
    if name == "title":
        return PassageRole.TITLE
    if name == "caption":
        return PassageRole.CAPTION
    return PassageRole.HEADING if name.startswith(("heading", "subtitle")) else PassageRole.BODY


def _words(element: Any) -> str:
    """The words of a paragraph, a cell or a note; deleted runs and drawn twins are left out."""
    parts: list[str] = []
    for one in element.iter():
        if one.tag == f"{_W}t" and not any(up.tag == _FALLBACK for up in one.iterancestors()):
            parts.append(one.text or "")
        elif one.tag in _BREAKS and one.getparent().tag == f"{_W}r":
            parts.append(_BREAKS[one.tag])
        elif one.tag == f"{_W}p" and parts:
            parts.append("\n")
    return storable("".join(parts)).strip()


def _unread(document: Any) -> Iterator[str]:
    """What the document holds that is not in the text."""
    deleted = sum(1 for _ in document.element.body.iter(f"{_W}del"))
    if deleted:
        yield f"{deleted} tracked deletions are not in the text; see them in the file itself"
    for part in document.part.package.iter_parts():
        if str(part.partname).endswith("/comments.xml"):
            comments = sum(1 for _ in _root(part).iter(f"{_W}comment"))
            if comments:
                yield f"{comments} comments are not in the text; see them in the file itself"


def _head(document: Any, request: ReadRequest, pieces: Pieces, published: When | None) -> Head:
    from quoth.read.language import tongue_or_unknown

    core = document.core_properties
    titles = [pieces.text[span.start : span.end] for span in pieces.spans if span.role is PassageRole.TITLE]
    made = []
    for name in _PROPERTIES:
        value = getattr(core, name, None)
        if value:
            made.append(Setting(name=f"docx-{name}", value=storable(str(value))[:1000]))
    return Head(
        of=request.digest,
        title=titles[0] if titles else storable(core.title or ""),
        byline="" if (core.author or "") == "python-docx" else storable(core.author or ""),
        language=tongue_or_unknown(core.language or ""),
        published=published,
        properties=tuple(made),
    )
