"""A folder of everything that has ever gone wrong, and one good letter among it.

- Every file is made here, with fixed content; nothing is fetched.
- What a file is called says what is wrong with it.

Example::

    write(tmp_path / "in", remote="http://127.0.0.1:8000")
"""

import io
import os
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

GOOD = """The gate was shut, says keeper

By Runa Teld
Morrow, 14 May 2031

The harbour keeper, Olen Varga, said that the gate had been shut since the storm of 2 March.
The Ministry of Ports did not respond to requests for comment.
"""
PARTS = 10_000
SPARSE = 1_000_000_000
BOMB = 128 * 2**20


def write(folder: Path, *, remote: str) -> Path:
    """Fills ``folder``; ``remote`` is the address that the hostile page wants to call."""
    folder.mkdir(parents=True)
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "nothing.zip").write_bytes(b"")
    (folder / "bomb.zip").write_bytes(zip_bomb())
    (folder / "climbing.tar").write_bytes(climbing_tar())
    (folder / "climbing.zip").write_bytes(climbing_zip())
    (folder / "devices.tar").write_bytes(device_tar())
    (folder / "loop-pages.pdf").write_bytes(pdf_whose_pages_loop())
    (folder / "loop-table.pdf").write_bytes(pdf_whose_table_loops())
    (folder / "vast.png").write_bytes(image_bomb())
    (folder / "calling.html").write_text(calling_page(remote), encoding="utf-8")
    (folder / "parts.eml").write_bytes(mail_of_many_parts())
    (folder / "picture.pdf").write_text("Not a PDF at all, said the clerk.\n", encoding="utf-8")
    (folder / "broken.txt").write_bytes("Le café était fermé, said the clérk of the café.".encode() + b"\xff\xfe\n")
    Path(os.fsdecode(os.fsencode(folder) + b"/name-\xff\xfe.txt")).write_text("A name, said the clerk.\n")
    (folder / "invoice\u202egpj.txt").write_text("The name runs backwards, said the clerk.\n", encoding="utf-8")
    (folder / "link.txt").symlink_to("/etc/hostname")
    os.mkfifo(folder / "pipe")
    with (folder / "hollow.bin").open("wb") as hollow:
        hollow.truncate(SPARSE)
    (folder / "shut").mkdir()
    (folder / "shut" / "inside.txt").write_text("Nobody may read this.\n", encoding="utf-8")
    (folder / "shut").chmod(0)
    return folder


def zip_bomb() -> bytes:
    """Zeros of 128 MiB packed to some hundred kilobytes, with a letter behind them."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        zeros = zipfile.ZipInfo("zeros.bin", (2031, 5, 2, 9, 0, 0))
        zeros.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(zeros, "w") as member:
            for _ in range(BOMB // 2**20):
                member.write(bytes(2**20))
        archive.writestr(zipfile.ZipInfo("after.txt", (2031, 5, 2, 9, 0, 0)), "Behind the bomb, said the clerk.\n")
    return made.getvalue()


def _tar(*members: tuple[str, bytes, bytes, str]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, kind, data, target in members:
            info = tarfile.TarInfo(name)
            info.type, info.linkname, info.size = kind, target, len(data)
            archive.addfile(info, io.BytesIO(data))
    return made.getvalue()


def climbing_tar() -> bytes:
    """A member that wants to be written two folders up, and an absolute one."""
    return _tar(
        ("../../escaped-tar.txt", tarfile.REGTYPE, b"Climbed out, said the clerk.\n", ""),
        ("/tmp/quoth-escaped-tar.txt", tarfile.REGTYPE, b"Absolute, said the clerk.\n", ""),
        ("inside.txt", tarfile.REGTYPE, b"Stayed in, said the clerk.\n", ""),
    )


def climbing_zip() -> bytes:
    """The same as a ZIP archive, with a backslash for good measure."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("../../escaped-zip.txt", "/tmp/quoth-escaped-zip.txt", "..\\..\\escaped-zip.txt"):
            archive.writestr(zipfile.ZipInfo(name, (2031, 5, 2, 9, 0, 0)), f"Climbed by {name}, said the clerk.\n")
    return made.getvalue()


def device_tar() -> bytes:
    """Links, a pipe, a device, and one letter."""
    return _tar(
        ("link", tarfile.SYMTYPE, b"", "/etc/passwd"),
        ("hard", tarfile.LNKTYPE, b"", "/etc/passwd"),
        ("pipe", tarfile.FIFOTYPE, b"", ""),
        ("disk", tarfile.BLKTYPE, b"", ""),
        ("zero", tarfile.CHRTYPE, b"", ""),
        ("letter.txt", tarfile.REGTYPE, b"A letter among devices, said the clerk.\n", ""),
    )


def _pdf(objects: list[bytes], trailer: bytes) -> bytes:
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer.replace(b"START", b"%d" % start),
        start,
    )


def pdf_whose_pages_loop() -> bytes:
    """A page tree whose child is the tree itself."""
    tree = b"<< /Type /Pages /Count 1000000 /Kids [2 0 R 2 0 R] /Parent 2 0 R >>"
    return _pdf([b"<< /Type /Catalog /Pages 2 0 R >>", tree], b"")


def pdf_whose_table_loops() -> bytes:
    """A cross-reference table that names itself as the one before."""
    return _pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 0 /Kids [] >>"], b"/Prev START")


def image_bomb() -> bytes:
    """A PNG of 40,000 by 40,000 black dots in a few kilobytes."""
    side = 40_000
    packer = zlib.compressobj(9)
    row = bytes(1 + side // 8)
    packed = b"".join(packer.compress(row * 1000) for _ in range(side // 1000)) + packer.flush()

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def calling_page(remote: str) -> str:
    """A page that would load a picture, a style, a frame and a script from elsewhere."""
    return f"""<html lang="en"><head><title>The page that calls home</title>
<link rel="stylesheet" href="{remote}/style.css"><script src="{remote}/code.js"></script>
<script>document.body.textContent = "written by a script"; fetch("{remote}/told")</script>
<meta http-equiv="refresh" content="0; url={remote}/gone"><base href="{remote}/"></head>
<body onload="fetch('{remote}/body')"><article><h1>The page that calls home</h1>
<p>“The quay was empty,” said Tove Anker, who keeps the light.</p>
<img src="{remote}/dot.png"><iframe src="{remote}/frame"></iframe><object data="{remote}/object"></object>
<p>Nothing more was known on Tuesday.</p></article></body></html>
"""


def mail_of_many_parts() -> bytes:
    """One letter and 9,999 attachments."""
    head = (
        b"From: Runa Teld <runa@gazette.example>\r\nTo: Olen Varga <varga@harbour.example>\r\n"
        b"Date: Mon, 12 May 2031 09:00:00 +0000\r\nSubject: Questions\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="cut"\r\n\r\n'
    )
    body = b"--cut\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nDear Mr Varga, is the gate shut?\r\n"
    parts = b"".join(
        b"--cut\r\nContent-Type: application/octet-stream\r\n"
        b'Content-Disposition: attachment; filename="a%d.bin"\r\n\r\n%d\r\n' % (number, number)
        for number in range(PARTS - 1)
    )
    return head + body + parts + b"--cut--\r\n"
