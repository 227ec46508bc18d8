"""Leaks by spelling: one identity, written in many ways, put into many formats.

- An identity is fictional; the decoy is one that people could confuse with it and a search must not.
- ``SPELLINGS`` are the ways of writing, ``CARRIERS`` the formats that carry a text.
"""

import base64
import dataclasses
import gzip
import hashlib
import html
import io
import json
import sqlite3
import struct
import unicodedata
import urllib.parse
import zipfile
from email.message import EmailMessage

__all__ = ["CARRIERS", "DECOY", "SECRET", "SPELLINGS", "Identity", "carries", "docx", "id3", "packed"]

AT = (2031, 5, 2, 9, 0, 0)
"""The time of all members of archives."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who must not be found."""

    given: str
    family: str
    accented: str
    phone: str
    national: str
    mail: str
    street: str
    town: str
    chinese: str
    digest: str

    @property
    def name(self):
        return f"{self.given} {self.family}"

    @property
    def secrets(self):
        """The list of secrets, one a line."""
        address = f"{self.street}, {self.town}"
        lines = ("# fictional", self.name, self.accented, self.phone, self.mail, address, self.chinese, self.digest)
        return "\n".join(lines) + "\n"


SECRET = Identity(
    given="Ilse",
    family="Marwick",
    accented="Zoë Brankovičová",
    phone="+44 7700 900417",
    national="07700 900417",
    mail="ilse.marwick@example.org",
    street="14 Harbour Lane",
    town="Testford TE5 7QX",
    chinese="魏小棠",
    digest=hashlib.sha256(b"the secret recording").hexdigest(),
)
DECOY = Identity(
    given="Elsie",
    family="Marwickson",
    accented="Zoé Brankovanová",
    phone="+44 7700 900471",
    national="07700 900471",
    mail="elsie.marwickson@example.org",
    street="41 Harbour Lane",
    town="Testford TE5 7QZ",
    chinese="卫小堂",
    digest=hashlib.sha256(b"another recording").hexdigest(),
)

_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_BARE = str.maketrans("ëéčáý", "eecay")


def _spread(text, between):
    return between.join(text)


SPELLINGS = {
    "as it is": lambda who: who.name,
    "upper case": lambda who: who.name.upper(),
    "surname first": lambda who: f"{who.family.upper()}, {who.given}",
    "initial and surname": lambda who: f"{who.given[0]}. {who.family}",
    "words joined": lambda who: who.given + who.family,
    "broken line": lambda who: f"{who.given}\n      {who.family}",
    "hyphenated": lambda who: f"{who.given} {who.family[:3]}-\n{who.family[3:]}",
    "letters spaced out": lambda who: _spread(who.name.replace(" ", "  "), " "),
    "soft hyphens": lambda who: f"{who.given} {_spread(who.family, chr(0xAD))}",
    "zero-width signs": lambda who: _spread(who.name, "\u200b"),
    "accents": lambda who: who.accented,
    "accents left out": lambda who: who.accented.translate(_BARE),
    "accents apart": lambda who: unicodedata.normalize("NFD", who.accented).upper(),
    "number, international": lambda who: who.phone,
    "number, national": lambda who: who.national,
    "number, with 00 and points": lambda who: "00" + who.phone[1:].replace(" ", "."),
    "number, with (0)": lambda who: who.phone.replace("+44 ", "+44 (0)"),
    "number, digits alone": lambda who: who.phone[1:].replace(" ", ""),
    "number, spaced out": lambda who: _spread(who.national.replace(" ", ""), " "),
    "number, Arabic digits": lambda who: who.national.translate(_ARABIC),
    "number, wide digits": lambda who: who.phone.translate(_WIDE),
    "mail address": lambda who: who.mail,
    "mail address in words": lambda who: who.mail.replace("@", " (at) ").replace(".", " dot "),
    "mail address, broken": lambda who: who.mail.replace("@", "@\n"),
    "street address": lambda who: f"{who.street}\n{who.town}",
    "street address, shortened": lambda who: who.street.replace("Lane", "Ln.") + ", " + who.town,
    "Chinese name": lambda who: f"据{who.chinese}说",
    "digest, upper case": lambda who: who.digest.upper(),
    "digest, base64": lambda who: base64.b64encode(bytes.fromhex(who.digest)).decode(),
    "digest, in groups": lambda who: " ".join(who.digest[at : at + 8] for at in range(0, 64, 8)),
    "base64": lambda who: base64.b64encode(f"witness {who.name}".encode()).decode(),
    "hexadecimal": lambda who: f"witness {who.name}".encode().hex(" "),
    "percent": lambda who: urllib.parse.quote(f"witness={who.accented}"),
    "entities": lambda who: "".join(f"&#{ord(one)};" for one in who.name),
    "JSON escapes": lambda who: "".join(f"\\u{ord(one):04x}" for one in who.accented),
}
"""Kind of leak by spelling: identity to text."""


def packed(members, *, comment=b""):
    """A ZIP of (name, bytes), always the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, AT), data, compress_type=zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _mail(text):
    message = EmailMessage()
    message["Subject"] = "Minutes of the meeting"
    message["From"] = "office@example.net"
    message.set_content(f"Please see below.\n\n{text}\n\nRegards", cte="quoted-printable")
    return message.as_bytes()


def _docx(text):
    body = "".join(f"<w:p><w:r><w:t>{html.escape(line)}</w:t></w:r></w:p>" for line in text.split("\n"))
    return docx(f"<w:p><w:r><w:t>Minutes of the meeting.</w:t></w:r></w:p>{body}")


def docx(body, *more):
    """A Word file with this body and ``more`` members (name, bytes)."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {space}><w:body>{body}</w:body></w:document>'
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return packed((("[Content_Types].xml", types), ("word/document.xml", document), *more))


def _pdf(text):
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    target = io.BytesIO()
    page = canvas.Canvas(target, invariant=True)
    page.drawString(72, 780, "Minutes of the meeting")
    if any("\u4e00" <= one <= "\u9fff" for one in text):
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        page.setFont("STSong-Light", 12)
    for number, line in enumerate(text.split("\n")):
        page.drawString(72, 740 - 16 * number, line.strip())
    page.save()
    return target.getvalue()


def _xlsx(text):
    shared = f'<sst><si><t xml:space="preserve">{html.escape(text)}</t></si><si><t>Total</t></si></sst>'
    sheet = '<worksheet><sheetData><row><c t="s"><v>0</v></c><c><v>4711</v></c></row></sheetData></worksheet>'
    return packed((("xl/sharedStrings.xml", shared), ("xl/worksheets/sheet1.xml", sheet)))


def _database(text):
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE notes (number INTEGER, words TEXT)")
    rows = [(number, f"note {number}") for number in range(40)] + [(41, text)]
    connection.executemany("INSERT INTO notes VALUES (?, ?)", rows)
    connection.commit()
    data = connection.serialize()
    connection.close()
    return data


def id3(frame, text, more=b""):
    """An MP3 with one frame of its tag."""
    body = b"\x01" + text.encode("utf-16")
    frames = frame + struct.pack(">I", len(body)) + b"\0\0" + body + more
    size = len(frames)
    head = bytes((size >> 21 & 127, size >> 14 & 127, size >> 7 & 127, size & 127))
    return b"ID3\x03\0\0" + head + frames + (b"\xff\xfb\x90\x64" + b"\0" * 413) * 8


def carries(carrier, text):
    """Whether the format's own font or alphabet has the letters of ``text``."""
    if carrier != "pdf":
        return True
    return all(ord(one) < 256 or "\u4e00" <= one <= "\u9fff" for one in text)


CARRIERS = {
    "txt": lambda text: f"Minutes of the meeting.\n\n{text}\n\nThe meeting closed at 11:30.\n".encode(),
    "html": lambda text: f"<html><body><p>Minutes</p><p>{text}</p><p>End</p></body></html>".encode(),
    "json": lambda text: json.dumps({"minutes": [1, 2, {"note": text}]}, ensure_ascii=True).encode(),
    "txt in UTF-16": lambda text: f"Minutes of the meeting.\r\n{text}\r\n".encode("utf-16"),
    "eml": _mail,
    "docx": _docx,
    "xlsx": _xlsx,
    "pdf": _pdf,
    "sqlite": _database,
    "mp3": lambda text: id3(b"TPE1", text),
    "gz": lambda text: gzip.compress(f"a\nb\n{text}\n".encode(), mtime=0),
    "zip in zip": lambda text: packed((("in.zip", packed((("note.txt", f"note: {text}"),))),)),
}
"""Format: text to bytes."""
