"""Signatures and suffixes of the kinds of file that cases hold.

- Each signature is bytes at a fixed offset, as the format's own document gives them.
- Types are those of the IANA registry where one is registered.

Example::

    >>> by_signature(b"%PDF-1.7")
    'application/pdf'
"""

import re

__all__ = ["NAMES", "by_signature"]

_FIXED: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (0, b"II+\0", "image/tiff"),
    (0, b"MM\0+", "image/tiff"),
    (0, b"8BPS\0\1", "image/vnd.adobe.photoshop"),
    (0, b"\0\0\0\x0cjP  \r\n\x87\n", "image/jp2"),
    (0, b"PK\3\4", "application/zip"),
    (0, b"PK\5\6", "application/zip"),
    (0, b"\x1f\x8b\x08", "application/gzip"),
    (0, b"\xfd7zXZ\0", "application/x-xz"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"MSCF\0\0\0\0", "application/vnd.ms-cab-compressed"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"%!PS", "application/postscript"),
    (0, b"SQLite format 3\0", "application/vnd.sqlite3"),
    (0, b"fLaC", "audio/flac"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"MThd\0\0\0\6", "audio/midi"),
    (0, b"caff\0\1", "audio/x-caf"),
    (0, b".snd\0\0\0", "audio/basic"),
    (0, b"OggS", "audio/ogg"),
    (0, b"FLV\1", "video/x-flv"),
    (0, b"\0\0\1\xba", "video/mpeg"),
    (0, b"\0\0\1\xb3", "video/mpeg"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
    (0, b"WARC/1.", "application/warc"),
    (0, b"!BDN", "application/vnd.ms-outlook-pst"),
    (0, b"\x7fELF", "application/x-elf"),
    (0, b"age-encryption.org/v1\n", "application/vnd.age"),
    (0, b"-----BEGIN PGP ", "application/pgp-encrypted"),
)
_BZIP2 = re.compile(rb"BZh[1-9](1AY&SY|\x17rE8P\x90)")
_CHUNKED = {
    b"WAVE": "audio/wav",
    b"WEBP": "image/webp",
    b"AVI ": "video/x-msvideo",
    b"RMID": "audio/midi",
    b"AIFF": "audio/aiff",
    b"AIFC": "audio/aiff",
}
_BRANDS: tuple[tuple[bytes, str], ...] = (
    (b"M4A", "audio/mp4"),
    (b"M4B", "audio/mp4"),
    (b"qt  ", "video/quicktime"),
    (b"3g", "video/3gpp"),
    (b"heic", "image/heic"),
    (b"heix", "image/heic"),
    (b"hevc", "image/heic"),
    (b"mif1", "image/heif"),
    (b"msf1", "image/heif"),
    (b"avif", "image/avif"),
    (b"avis", "image/avif"),
    (b"crx ", "image/x-canon-cr3"),
)


def by_signature(head: bytes) -> str:
    """The media type whose signature ``head`` begins with; empty where none fits."""
    for offset, magic, kind in _FIXED:
        if head.startswith(magic, offset):
            return _ogg(head) if kind == "audio/ogg" else kind
    if head[:4] in (b"RIFF", b"RF64", b"RIFX", b"FORM"):
        return _CHUNKED.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return next((kind for brand, kind in _BRANDS if head.startswith(brand, 8)), "video/mp4")
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "video/webm" if b"webm" in head[:64] else "video/x-matroska"
    if _BZIP2.match(head):
        return "application/x-bzip2"
    if head.startswith(b"BM") and len(head) >= 26 and head[6:10] == bytes(4) and head[15:18] == bytes(3):
        return "image/bmp"
    if _is_mpeg_audio(head):
        return "audio/mpeg"
    if head[:1] == b"\xff" and head[1:2] in (b"\xf0", b"\xf1", b"\xf8", b"\xf9") and len(head) > 7:
        return "audio/aac"
    # A PDF may open with other bytes (ISO 32000-1, Annex H.3.4.1: within the first 1024).
    return "application/pdf" if b"\n%PDF-" in head[:1024] or b"\r%PDF-" in head[:1024] else ""


def _ogg(head: bytes) -> str:
    return "video/ogg" if b"\x80theora" in head[:4096] else "audio/ogg"


def _is_mpeg_audio(head: bytes) -> bool:
    """Whether an MPEG audio frame header opens ``head`` (ISO/IEC 11172-3, 2.4.1.3), with no reserved value."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, sampling = head[2] >> 4, head[2] >> 2 & 3
    # Layers II and III only: the mark of UTF-16 (FF FE) would pass for the extinct layer I.
    return version != 1 and layer in (1, 2) and rate not in (0, 15) and sampling != 3


NAMES: dict[str, str] = {
    suffix: kind
    for kind, suffixes in {
        "application/pdf": "pdf",
        "text/html": "html htm xhtml xht shtml",
        "multipart/related": "mht mhtml",
        "text/plain": "txt text log asc",
        "text/markdown": "md markdown",
        "text/csv": "csv",
        "text/tab-separated-values": "tsv tab",
        "text/vtt": "vtt",
        "application/x-subrip": "srt",
        "application/json": "json",
        "application/jsonl": "jsonl ndjson",
        "application/geo+json": "geojson",
        "application/toml": "toml",
        "application/yaml": "yaml yml",
        "application/xml": "xml",
        "text/calendar": "ics",
        "text/vcard": "vcf",
        "message/rfc822": "eml",
        "application/mbox": "mbox mbx",
        "application/vnd.ms-outlook": "msg",
        "application/vnd.ms-outlook-pst": "pst ost",
        "image/png": "png",
        "image/jpeg": "jpg jpeg jpe jfif",
        "image/gif": "gif",
        "image/webp": "webp",
        "image/tiff": "tif tiff",
        "image/bmp": "bmp dib",
        "image/heic": "heic",
        "image/heif": "heif",
        "image/avif": "avif",
        "image/jp2": "jp2",
        "image/svg+xml": "svg",
        "image/vnd.adobe.photoshop": "psd",
        "audio/ogg": "ogg oga opus spx",
        "audio/wav": "wav wave",
        "audio/mpeg": "mp3 mp2 mpga",
        "audio/flac": "flac",
        "audio/mp4": "m4a m4b",
        "audio/aac": "aac",
        "audio/amr": "amr awb",
        "audio/aiff": "aif aiff aifc",
        "audio/x-caf": "caf",
        "audio/basic": "au snd",
        "audio/midi": "mid midi",
        "audio/x-ms-wma": "wma",
        "audio/x-matroska": "mka",
        "audio/webm": "weba",
        "video/mp4": "mp4 m4v",
        "video/quicktime": "mov qt",
        "video/3gpp": "3gp 3g2 3gpp",
        "video/webm": "webm",
        "video/x-matroska": "mkv",
        "video/x-msvideo": "avi",
        "video/ogg": "ogv",
        "video/mpeg": "mpg mpeg vob",
        "video/x-flv": "flv",
        "video/x-ms-wmv": "wmv",
        "video/x-ms-asf": "asf",
        "application/zip": "zip",
        "application/x-tar": "tar",
        "application/gzip": "gz tgz",
        "application/x-bzip2": "bz2 tbz tbz2",
        "application/x-xz": "xz txz",
        "application/x-7z-compressed": "7z",
        "application/vnd.rar": "rar",
        "application/zstd": "zst",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx docm",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx xlsm",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx pptm",
        "application/vnd.oasis.opendocument.text": "odt",
        "application/vnd.oasis.opendocument.spreadsheet": "ods",
        "application/vnd.oasis.opendocument.presentation": "odp",
        "application/msword": "doc",
        "application/vnd.ms-excel": "xls",
        "application/vnd.ms-powerpoint": "ppt pps",
        "application/rtf": "rtf",
        "application/postscript": "ps eps",
        "application/epub+zip": "epub",
        "application/java-archive": "jar",
        "application/vnd.android.package-archive": "apk",
        "application/wacz": "wacz",
        "application/warc": "warc",
        "application/vnd.sqlite3": "sqlite sqlite3 db",
        "application/vnd.age": "age",
        "application/pgp-encrypted": "pgp gpg",
    }.items()
    for suffix in suffixes.split()
}
"""Suffix (folded, no dot) to media type."""
