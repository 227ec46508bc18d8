"""Web pages: title, by-line, dates, paragraphs, captions and credits.

- Nothing is fetched and no script is run; the raw page stays the exhibit.
- trafilatura says which blocks are the article; order and words come from the page itself.
- A paragraph inside the article that trafilatura passed over is kept: losing one is worse
  than keeping one too many.

Example::

    read(io.BytesIO(b"<h1>Title</h1><p>Body.</p>"), request, reader=HTML)
"""

import dataclasses
import re
from collections.abc import Sequence
from typing import Any, BinaryIO

from quoth.read.dates import dates_in
from quoth.read.encoding import Decoded, decode
from quoth.read.page_blocks import PageBlock, blocks_of, heading, images_of, key_of
from quoth.read.page_meta import PageSays, said
from quoth.read.readout import Reader, Readout, ReadRequest, unread
from quoth.read.rendering import Pieces, Span, TextDraft, storable
from quoth.read.saved import caption_and_credit, dateline, is_furniture, only_dates
from quoth.read.text import shortfalls
from quoth.record.finding import Finding
from quoth.record.passage import PassageRole
from quoth.record.rendition import Head, Setting
from quoth.terms.anchor import anchor_at
from quoth.terms.when import When

__all__ = ["MOST_BYTES", "Page", "page_of", "read", "warm"]

MOST_BYTES = 32 * 2**20
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,30})""", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?(?!(?:p|h[1-6]|li|br|a|script|style|title|meta|link|time)\b)[A-Za-z][^<>]*>")
_BY = re.compile(r"^\s*by\s+", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?。！？…][\"”’)»]*$")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page read: its pieces, what it says of itself, its images, and what went wrong."""

    pieces: Pieces
    says: PageSays
    images: tuple[Setting, ...] = ()
    troubles: tuple[str, ...] = ()


def warm() -> None:
    """Import what reading a page needs, so that forked readers find it loaded."""
    import trafilatura  # noqa: F401 (imported for its effect)


def read(source: BinaryIO, request: ReadRequest, *, reader: Reader) -> Readout:
    """The article's text built from its blocks, and what the page says of itself."""
    data = source.read(MOST_BYTES + 1)
    declared = _CHARSET.search(data[:4096])
    decoded = decode(data[:MOST_BYTES], declared=_browsers(declared[1].decode() if declared else ""))
    page = page_of(decoded.text)
    troubles = [unread(request, words, reader=reader) for words in page.troubles]
    if len(data) > MOST_BYTES:
        troubles.append(unread(request, f"only the first {MOST_BYTES} bytes were read", reader=reader))
    troubles += shortfalls(request, decoded, reader=reader)
    if not page.pieces.text:
        return Readout(records=(unread(request, "the page shows no text", reader=reader), *troubles))
    return _readout(request, page, decoded, reader=reader, troubles=troubles)


def _browsers(charset: str) -> str:
    """Browsers read Latin-1 as Windows-1252 (WHATWG Encoding Standard, section 4.2)."""
    name = charset.lower().replace("_", "-")
    names = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
    return names.get(name, name)


def _readout(request: ReadRequest, page: Page, decoded: Decoded, *, reader: Reader, troubles: list[Finding]) -> Readout:
    text, spans = page.pieces.text, page.pieces.spans
    rendered = TextDraft(text=text, spans=spans, settings=decoded.settings, language=page.says.language).finish(
        request, reader
    )
    byline, published, updated = _from_pieces(text, spans, page.says)
    target = rendered.blob.digest
    heads = [span for span in spans if span.role in (PassageRole.TITLE, PassageRole.BYLINE)]
    head = Head(
        of=request.digest,
        title=page.says.title,
        byline=byline,
        outlet=page.says.outlet,
        place=_place(text, spans),
        url=page.says.url,
        language=rendered.rendition.language,
        published=published,
        updated=updated,
        anchors=tuple(anchor_at(target, text, span.start, span.end) for span in heads[:8]),
        properties=page.images,
    )
    return rendered.readout(head, *troubles)


def _from_pieces(text: str, spans: Sequence[Span], says: PageSays) -> tuple[str, When | None, When | None]:
    """By-line and dates from the visible lines, where the page's markup is silent."""
    byline, published, updated = says.byline, says.published, says.updated
    for span in spans:
        words = text[span.start : span.end]
        if span.role is PassageRole.BYLINE and not byline:
            byline = _BY.sub("", words)
        if span.role is not PassageRole.DATELINE:
            continue
        for found in dates_in(words):
            if re.search("updat|modif", words[: found.start], re.IGNORECASE):
                updated = updated or (found.when if says.published is None or says.updated is None else None)
            else:
                published = published or found.when
    return byline, published, updated


def _place(text: str, spans: Sequence[Span]) -> str:
    for span in spans:
        opening = dateline(text[span.start : span.end] + " ") if span.role is PassageRole.DATELINE else None
        if opening:
            return opening["place"].strip(" ,")
    return ""


def page_of(text: str) -> Page:
    """The blocks of an HTML text that belong to its article, in reading order, with roles."""
    tree, troubles = _tree(storable(text))
    if tree is None:
        return Page(pieces=Pieces(), says=PageSays(), troubles=tuple(troubles))
    says = said(tree)
    blocks = list(blocks_of(tree))
    images = list(images_of(tree))
    alts = {image.element: image.alt for image in images}
    chosen = _article(tree, blocks)
    pieces = Pieces()
    _fill(pieces, chosen, says)
    _add_alts(pieces, alts, chosen)
    settings = tuple(
        Setting(name=f"image-{number}", value=storable(image.source[:1000]))
        for number, image in enumerate(images[:50], start=1)
    )
    return Page(pieces=pieces, says=says, images=settings, troubles=tuple(troubles))


def _tree(text: str) -> tuple[Any, list[str]]:
    """The parsed page; flattened first where it is nested too deeply for the parser."""
    parser = _parser()
    tree = _parsed(text, parser)
    deep = any("depth" in entry.message.lower() for entry in parser.error_log)
    if not deep:
        return tree, []
    return _parsed(_ANY_TAG.sub(" ", text), _parser()), ["the page is nested too deeply: read without its layout tags"]


def _parser() -> Any:
    import lxml.html

    return lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True)


def _parsed(text: str, parser: Any) -> Any:
    from lxml import etree

    if not text.strip():
        return None
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        return None


def _article(tree: Any, blocks: list[PageBlock]) -> list[tuple[PageBlock, bool]]:
    """The blocks of the article with whether trafilatura took them; all blocks where it found none."""
    keys = [key_of(block.words) for block in blocks]
    whole, exact = _trafilatura_keys(tree)
    taken = [
        bool(key) and not block.footer and (key in exact or (len(key) >= 24 and key in whole))
        for block, key in zip(blocks, keys, strict=True)
    ]
    covered = sum(len(key) for key, is_taken in zip(keys, taken, strict=True) if is_taken)
    if not any(taken) or covered < 0.5 * len(whole):
        return [(block, not block.footer) for block in blocks]
    first = taken.index(True)
    last = len(taken) - 1 - taken[::-1].index(True)
    start = _opening(blocks, first)
    return [
        (block, is_taken)
        for place, (block, is_taken) in enumerate(zip(blocks, taken, strict=True))
        if is_taken or start <= place <= last or (block.caption and place > last and not block.footer)
    ]


def _opening(blocks: list[PageBlock], first: int) -> int:
    """Where the article's own head begins: its main heading, when one stands before its text."""
    for place in range(first, -1, -1):
        if blocks[place].tag == "h1":
            return place
    return first


def _trafilatura_keys(tree: Any) -> tuple[str, set[str]]:
    import copy

    import trafilatura

    found: Any = trafilatura.bare_extraction(
        copy.deepcopy(tree), fast=True, with_metadata=False, include_comments=False, include_tables=True
    )
    if found is None or found.body is None:
        return "", set()
    exact = {key_of("".join(element.itertext())) for element in found.body.iter() if element is not found.body}
    return key_of("".join(found.body.itertext())), exact


def _fill(pieces: Pieces, chosen: list[tuple[PageBlock, bool]], says: PageSays) -> None:
    """Add the blocks as pieces with roles; the title once, at the place where it stands."""
    title = key_of(says.title)
    titled = any(key_of(block.words) == title for block, _ in chosen)
    if says.title and not titled:
        pieces.add(says.title, PassageRole.TITLE)
    seen = not titled
    for block, taken in chosen:
        if key_of(block.words) == title and title:
            pieces.add(block.words, PassageRole.FURNITURE if seen else PassageRole.TITLE)
            seen = True
        else:
            _add_block(pieces, block, taken=taken)


def _add_block(pieces: Pieces, block: PageBlock, *, taken: bool) -> None:
    words = block.words
    pair = caption_and_credit(words) if block.caption and not block.credit else None
    opening = dateline(words) if block.tag in {"p", "div"} else None
    if pair:
        pieces.add(words[pair[0].start : pair[0].end], PassageRole.CAPTION)
        pieces.add(words[pair[1].start : pair[1].end], PassageRole.CREDIT)
    elif opening and not any(span.role is PassageRole.BODY for span in pieces.spans[3:]):
        pieces.add(opening.group(), PassageRole.DATELINE)
        pieces.add(words[opening.end() :], PassageRole.BODY)
    else:
        role = _role(block, taken=taken)
        dates = dates_in(words) if role is PassageRole.BYLINE else ()
        if dates and dates[0].start > 0:
            pieces.add(words[: dates[0].start].rstrip(" |,·–"), role)
            pieces.add(words[dates[0].start :], PassageRole.DATELINE)
        else:
            pieces.add(words, role)


def _role(block: PageBlock, *, taken: bool) -> PassageRole:
    words = block.words
    if block.caption:
        return PassageRole.CREDIT if block.credit else PassageRole.CAPTION
    if only_dates(words):
        return PassageRole.DATELINE
    if len(words) < 160 and (block.byline or _BY.match(words)) and not _SENTENCE.search(words):
        return PassageRole.BYLINE
    if is_furniture(words):
        return PassageRole.FURNITURE
    if heading(block.tag):
        return PassageRole.HEADING
    if taken:
        return PassageRole.BODY
    if block.footer:
        return PassageRole.FURNITURE
    told = len(words) >= 40 and _SENTENCE.search(words) and block.linked < 0.5 * len(words)
    return PassageRole.BODY if told else PassageRole.FURNITURE


def _add_alts(pieces: Pieces, alts: dict[Any, str], chosen: list[tuple[PageBlock, bool]]) -> None:
    """Alternative texts of the article's images that say more than their captions, at the end."""
    figures = {figure for block, _ in chosen if block.caption for figure in block.element.iterancestors("figure")}
    held = {key_of(pieces.text[span.start : span.end]) for span in pieces.spans}
    for element, alt in alts.items():
        inside = any(one in figures or one.tag == "article" for one in element.iterancestors())
        if inside and len(alt) > 3 and key_of(alt) not in held:
            held.add(key_of(alt))
            pieces.add(alt, PassageRole.CAPTION)
