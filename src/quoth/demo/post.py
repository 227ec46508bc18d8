"""The e-mail with its reply chain and its attached terms."""

import base64
import io
import textwrap
import tomllib
import zipfile
from html import escape
from pathlib import Path

from quoth.demo.marks import Page

__all__ = ["as_docx", "as_eml", "read_terms"]

_CLOCK = (2024, 4, 25, 9, 30, 0)
_ATTACHMENT = "terms-for-researchers.docx"
_BOUNDARY = "=_harbour_telecom_4417"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def read_terms(path: Path) -> list[str]:
    """The paragraphs of the attached terms, as in terms.toml."""
    terms: list[str] = tomllib.loads(path.read_text("utf-8"))["terms"]
    return terms


def _parts(paragraphs: list[str]) -> dict[str, str]:
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>{escape(text, quote=False)}</w:t></w:r></w:p>'
        if number == 0
        else f"<w:p><w:r><w:t>{escape(text, quote=False)}</w:t></w:r></w:p>"
        for number, text in enumerate(paragraphs)
    )
    kinds = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kinds}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{kinds}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" '
        'Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/styles" '
        'Target="styles.xml"/></Relationships>',
        "word/document.xml": f'{_XML}<w:document xmlns:w="{_WORD}"><w:body>{body}<w:sectPr/></w:body></w:document>',
        "word/styles.xml": f'{_XML}<w:styles xmlns:w="{_WORD}">'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
        '<w:basedOn w:val="Normal"/></w:style></w:styles>',
        "docProps/core.xml": f"{_XML}<cp:coreProperties "
        f'xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(paragraphs[0])}</dc:title><dc:creator>Harbour Telecom</dc:creator>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2024-04-25T07:30:00Z</dcterms:created>'
        "</cp:coreProperties>",
    }


def as_docx(paragraphs: list[str]) -> bytes:
    """A small Word file, stored without compression so that it never varies."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as box:
        for name, text in _parts(paragraphs).items():
            entry = zipfile.ZipInfo(name, _CLOCK)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            box.writestr(entry, text.encode())
    return target.getvalue()


def _body(page: Page) -> list[str]:
    """The text at 76 columns, quoted lines behind their angle brackets."""
    lines: list[str] = []
    for block in page.blocks:
        if block.kind == "title":
            continue
        before = ">" * int(block.extra[0]) + " " if block.kind == "quote" else ""
        lines += textwrap.wrap(block.text, 76, initial_indent=before, subsequent_indent=before, break_on_hyphens=False)
        lines.append(before.strip())
    return lines


def as_eml(page: Page, terms: list[str]) -> bytes:
    """The message with its attachment, RFC 5322 and MIME, CRLF line ends."""
    attached = base64.encodebytes(as_docx(terms)).decode("ascii")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    front = page.front
    lines = [
        f"Date: {front['mail_date']}",
        f"From: {front['mail_from']}",
        f"To: {front['mail_to']}",
        f"Cc: {front['mail_cc']}",
        f"Subject: {front['title']}",
        f"Message-ID: {front['mail_id']}",
        f"In-Reply-To: {front['mail_reply_to']}",
        f"References: {front['mail_reply_to']}",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/mixed; boundary="{_BOUNDARY}"',
        "",
        f"--{_BOUNDARY}",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        *_body(page),
        f"--{_BOUNDARY}",
        f'Content-Type: {kind}; name="{_ATTACHMENT}"',
        "Content-Transfer-Encoding: base64",
        f'Content-Disposition: attachment; filename="{_ATTACHMENT}"',
        "",
        *attached.splitlines(),
        f"--{_BOUNDARY}--",
        "",
    ]
    return "\r\n".join(lines).encode()
