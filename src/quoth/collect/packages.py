"""Documents in ZIP's clothing, and what a TAR header looks like.

- ODF and EPUB name themselves in a first, stored member ``mimetype`` (OCF 3.3, section 4.3).
- Office Open XML is known by ``[Content_Types].xml`` and its folders (ECMA-376 part 2).
- A ZIP with none of these is an archive of files.

Example::

    >>> package_of(["[Content_Types].xml", "_rels/.rels", "word/document.xml"])
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
"""

import re
from collections.abc import Iterable

__all__ = ["is_tar_header", "package_of", "zip_kind"]

_OPC = "application/vnd.openxmlformats-package"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_FOLDERS = {
    "word/": _OFFICE + "wordprocessingml.document",
    "xl/": _OFFICE + "spreadsheetml.sheet",
    "ppt/": _OFFICE + "presentationml.presentation",
}
_JAR = "application/java-archive"
_APK = "application/vnd.android.package-archive"
_WACZ = "application/wacz"
_ODF = "application/vnd.oasis.opendocument"
_EPUB = "application/epub+zip"
_SELF_NAMED = (_ODF, _EPUB, "application/vnd.etsi.asic-")
_LOCAL = re.compile(rb"PK\x03\x04.{22}(..)(..)", re.DOTALL)
_MIMETYPE = re.compile(r"[a-z]+/[A-Za-z0-9.+-]{1,100}")


def package_of(names: Iterable[str]) -> str:
    """The media type of a ZIP that is one document, from its members' names; empty for an archive."""
    held = frozenset(names)
    if "[Content_Types].xml" in held:
        for folder, kind in _FOLDERS.items():
            if any(name.startswith(folder) for name in held):
                return kind
        if any(name.startswith("_rels/") for name in held):
            return _OPC
    if "mimetype" in held and "META-INF/container.xml" in held:
        return _EPUB
    if "mimetype" in held and "content.xml" in held:
        return _ODF
    if "AndroidManifest.xml" in held and "classes.dex" in held:
        return _APK
    if "META-INF/MANIFEST.MF" in held:
        return _JAR
    if "datapackage.json" in held and any(name.startswith("archive/") for name in held):
        return _WACZ
    return ""


def zip_kind(head: bytes, *, claimed: str = "") -> str:
    """The media type of a ZIP from its first 8 KiB: a document's, or ``application/zip``.

    ``claimed`` is what the name says; it counts where the names that can be seen do not speak
    against it.
    """
    names = tuple(_local_names(head))
    if names[:1] == ("mimetype",):
        length = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        told = _MIMETYPE.match(head[30 + length : 230 + length].decode("ascii", "replace"))
        size = int.from_bytes(head[18:22], "little")
        # Bit 3 of the flags leaves the size for later; then what matches stands as far as it goes.
        kind = "" if told is None else told.group()[:size] if size else told.group().removesuffix("PK")
        # Any other type would be a way to pass a ZIP off as something else.
        if kind.startswith(_SELF_NAMED):
            return kind
    found = package_of(names)
    if found and found != _OPC:
        return found
    if names and all(name.startswith(_OFFICE_PARTS) for name in names):
        # Some writers put [Content_Types].xml last, beyond what can be seen here.
        for folder, kind in _FOLDERS.items():
            if any(name.startswith(folder) for name in names):
                return kind
    if claimed and claimed in _VISIBLE and any(name.startswith(_VISIBLE[claimed]) for name in names):
        return claimed
    return found or "application/zip"


_OFFICE_PARTS = ("[Content_Types].xml", "_rels/", "docProps/", "customXml/", "word/", "xl/", "ppt/")
_VISIBLE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_FOLDERS.values(), _OFFICE_PARTS),
    _ODF + ".text": ("mimetype", "content.xml", "META-INF/", "Thumbnails/", "styles.xml", "meta.xml"),
    _ODF + ".spreadsheet": ("mimetype", "content.xml", "META-INF/", "Thumbnails/", "styles.xml", "meta.xml"),
    _ODF + ".presentation": ("mimetype", "content.xml", "META-INF/", "Thumbnails/", "styles.xml", "meta.xml"),
    _EPUB: ("mimetype", "META-INF/", "OEBPS/", "EPUB/"),
    _JAR: ("META-INF/",),
    _APK: ("AndroidManifest.xml", "META-INF/", "classes.dex", "res/"),
    _WACZ: ("archive/", "datapackage", "indexes/", "pages/"),
}
"""How the members of each kind of document begin."""


def _local_names(head: bytes) -> Iterable[str]:
    for match in _LOCAL.finditer(head):
        length = int.from_bytes(match.group(1), "little")
        name = head[match.end() : match.end() + length]
        if len(name) == length:
            yield name.decode("utf-8", "replace")


def is_tar_header(block: bytes) -> bool:
    """Whether ``block`` (512 bytes) is a TAR header: its checksum agrees (POSIX.1-2001, ustar)."""
    if len(block) < 512 or not any(block[:100]):
        return False
    digits = block[148:156].strip(b" \0")
    if not digits or not all(0x30 <= one <= 0x37 for one in digits):
        return False
    rest = block[:148] + block[156:512]
    unsigned = sum(rest) + 8 * 0x20
    signed = unsigned - 256 * sum(one > 127 for one in rest)
    return int(digits, 8) in (unsigned, signed)
