"""Files that a dossier carries: sounds, pictures, and texts.

- A file's name is its SHA-256, so that its name can be checked with any tool.
- Only kinds that a browser shows without running anything keep their kind; all others are offered
  for download as plain bytes.

Example::

    media_path(ReleasedMedia(content=digest, name="a.ogg", media_type="audio/ogg", base64=""))
"""

import base64
from collections.abc import Iterator

from quoth.errors import PublishError
from quoth.publish.layout.frame import Page
from quoth.record.release import Release, ReleasedMedia
from quoth.terms.digest import Digest, digest_of, hex_of

__all__ = ["PICTURES", "SOUNDS", "files", "media_path", "text_path"]

SOUNDS = {
    "audio/aac": "aac",
    "audio/flac": "flac",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/webm": "webm",
    "audio/x-flac": "flac",
    "audio/x-m4a": "m4a",
    "audio/x-wav": "wav",
    "audio/vnd.wave": "wav",
    "audio/opus": "opus",
    "audio/amr": "amr",
    "application/ogg": "ogg",
}
PICTURES = {"image/gif": "gif", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
_SHOWN = SOUNDS | PICTURES


def _kind(one: ReleasedMedia) -> str:
    return one.media_type.split(";", maxsplit=1)[0].strip().lower()


def media_path(one: ReleasedMedia) -> str:
    """Where a released file lies in the dossier."""
    return f"media/{hex_of(one.content)}.{_SHOWN.get(_kind(one), 'bin')}"


def text_path(content: Digest) -> str:
    """Where the text of a rendition lies in the dossier, byte for byte."""
    return f"texts/{hex_of(content)}.txt"


def files(release: Release) -> Iterator[Page]:
    """Every released text and file, its bytes proved against its digest once more."""
    for text in release.texts:
        yield _proved(
            text_path(text.content),
            text.text.encode("utf-8", "surrogatepass"),
            text.content,
            "text/plain;charset=utf-8",
        )
    for one in release.media:
        try:
            data = base64.b64decode(one.base64, validate=True)
        except ValueError as err:
            raise PublishError(f"the file {one.content} is not base64") from err
        kind = _kind(one)
        yield _proved(media_path(one), data, one.content, kind if kind in _SHOWN else "application/octet-stream")


def _proved(path: str, data: bytes, content: Digest, media_type: str) -> Page:
    if digest_of(data) != content:
        raise PublishError(f"{path}: its bytes are not those of {content}")
    return Page(path=path, data=data, media_type=media_type)
