"""The e-mail with its reply chain and its attached terms."""

import base64
import io
import tomllib
import zipfile
from html import escape
from pathlib import Path
from typing import Any

__all__ = ["as_docx", "as_eml", "read_mail"]

_CLOCK = (2024, 4, 25, 9, 30, 0)
_BOUNDARY = "=_harbour_telecom_4417"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def read_mail(path: Path) -> dict[str, Any]:
    """The e-mail's parts, as in mail.toml."""
    return tomllib.loads(path.read_text("utf-8"))


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


def as_eml(mail: dict[str, Any]) -> bytes:
    """The message with its attachment, RFC 5322 and MIME, CRLF line ends."""
    attached = base64.encodebytes(as_docx(mail["terms"])).decode("ascii")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    lines = [
        f"Date: {mail['date']}",
        f"From: {mail['from']}",
        f"To: {mail['to']}",
        f"Cc: {mail['cc']}",
        f"Subject: {mail['subject']}",
        f"Message-ID: {mail['message_id']}",
        f"In-Reply-To: {mail['in_reply_to']}",
        f"References: {mail['in_reply_to']}",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/mixed; boundary="{_BOUNDARY}"',
        "",
        f"--{_BOUNDARY}",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        *mail["text"].strip().splitlines(),
        "",
        f"--{_BOUNDARY}",
        f'Content-Type: {kind}; name="{mail["attachment"]}"',
        "Content-Transfer-Encoding: base64",
        f'Content-Disposition: attachment; filename="{mail["attachment"]}"',
        "",
        *attached.splitlines(),
        f"--{_BOUNDARY}--",
        "",
    ]
    return "\r\n".join(lines).encode()
