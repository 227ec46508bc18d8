r"""Media types: by content first, by name beside it.

- The first 8 KiB tell; a name refines only what the content leaves open.
- Both answers are recorded where they differ: a picture named ``.pdf`` is worth knowing.
- Nothing raises, whatever the bytes; what nobody knows is ``application/octet-stream``.

Example::

    >>> kind_of(b"\x89PNG\r\n\x1a\n", "letter.pdf"), kind_by_name("letter.pdf")
    ('image/png', 'application/pdf')
"""

from quoth.collect.packages import is_tar_header, package_of, zip_kind
from quoth.collect.signatures import NAMES, by_signature
from quoth.collect.texts import text_kind, text_of

__all__ = ["EMPTY", "UNKNOWN", "is_tar_header", "kind_by_content", "kind_by_name", "kind_of", "package_of"]

EMPTY = "application/x-empty"
"""Of a file with no bytes at all."""

UNKNOWN = "application/octet-stream"
"""Of bytes that nothing here recognises."""

_HEAD = 8192
_OLE = "application/x-ole-storage"
_REFINED_BY_NAME: dict[str, frozenset[str]] = {
    _OLE: frozenset(
        {
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.ms-outlook",
        }
    ),
    "audio/ogg": frozenset({"video/ogg"}),
    "video/mp4": frozenset({"audio/mp4", "video/quicktime", "video/3gpp"}),
    "video/x-matroska": frozenset({"audio/x-matroska"}),
    "video/webm": frozenset({"audio/webm"}),
    "video/x-ms-asf": frozenset({"audio/x-ms-wma", "video/x-ms-wmv"}),
    "application/xml": frozenset({"image/svg+xml", "application/rss+xml", "application/atom+xml", "text/html"}),
    "application/json": frozenset({"application/geo+json", "application/ld+json"}),
}
_PLAIN_REFINED = frozenset(
    {
        "text/markdown",
        "text/csv",
        "text/tab-separated-values",
        "text/vtt",
        "application/x-subrip",
        "application/toml",
        "application/yaml",
        "message/rfc822",
        "application/mbox",
        "text/html",
        "application/json",
        "text/calendar",
        "text/vcard",
    }
)


def kind_by_content(head: bytes) -> str:
    """The media type that the first 8 KiB of a file show."""
    head = head[:_HEAD]
    if not head:
        return EMPTY
    # First, because the checksum is strong, and the first member's name could look like any signature.
    if is_tar_header(head[:512]):
        return "application/x-tar"
    kind = by_signature(head)
    if kind == "application/zip":
        return zip_kind(head)
    if kind:
        return kind
    text = text_of(head)
    return UNKNOWN if text is None else text_kind(text)


def kind_by_name(name: str) -> str:
    """The media type that the end of ``name`` claims; empty where it claims none that we know."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit("!", 1)[-1].casefold()
    stem, dot, suffix = base.rpartition(".")
    return NAMES.get(suffix, "") if dot and stem else ""


def kind_of(head: bytes, name: str) -> str:
    """The media type by content, made narrower by the name where the content allows it."""
    kind = kind_by_content(head)
    claimed = kind_by_name(name)
    if claimed in _REFINED_BY_NAME.get(kind, ()):
        return claimed
    if kind == "application/zip":
        return zip_kind(head[:_HEAD], claimed=claimed)
    if kind == "text/plain" and claimed in _PLAIN_REFINED and _allows(head[:_HEAD], claimed):
        return claimed
    if kind == "text/csv" and claimed == "text/markdown":
        return claimed
    return kind


def _allows(head: bytes, claimed: str) -> bool:
    """Whether plain text that begins with ``head`` can be what its name claims."""
    text = (text_of(head) or "").lstrip("\ufeff \t\r\n")
    if claimed == "text/html":
        return "<" in text
    if claimed == "application/json":
        return text[:1] in ("{", "[")
    if claimed == "text/vtt":
        return text.startswith("WEBVTT")
    if claimed == "application/x-subrip":
        return "-->" in text
    if claimed in ("message/rfc822", "text/vcard", "text/calendar"):
        first = text.split("\n", 1)[0]
        return ":" in first and " " not in first.split(":", 1)[0]
    if claimed == "application/mbox":
        return text.startswith("From ")
    if claimed == "application/toml":
        return "=" in text or text.startswith(("[", "#"))
    return True
