r"""Bytes to text: which encoding, on what grounds, and what was lost.

- A byte order mark decides; then strict UTF-8; then a declared encoding; then what fits.
- Windows-1252 is the last resort for single bytes, GB 18030 where the result is Chinese.
- Bytes that cannot be decoded become U+FFFD and are counted, never dropped.

Example::

    >>> decode(b"caf\xe9").text
    'café'
"""

import codecs
import dataclasses
import re

from quoth.record.rendition import Setting

__all__ = ["Decoded", "decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_SAMPLE = 200_000


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text, the encoding taken, why it was taken, and how many characters were lost."""

    text: str
    encoding: str
    basis: str
    lost: int = 0

    @property
    def settings(self) -> tuple[Setting, ...]:
        """The decision, as settings of the rendition."""
        return (Setting(name="encoding", value=self.encoding), Setting(name="encoding-basis", value=self.basis))


def decode(data: bytes, *, declared: str = "") -> Decoded:
    """``data`` as text; ``declared`` is what a header or a page says of its encoding."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], name, "byte order mark")
    wide = _without_mark(data)
    if wide:
        return _replacing(data, wide, "every other byte is zero")
    for name, basis in (("utf-8", "valid UTF-8"), (declared, "declared")):
        text = _strictly(data, name)
        if text is not None:
            return Decoded(text=text, encoding=codecs.lookup(name).name, basis=basis)
    high = len(_HIGH.findall(data[:_SAMPLE]))
    if 2 * len(b"".join(_SEQUENCE.findall(data[:_SAMPLE]))) > high:
        return _replacing(data, "utf-8", "mostly valid UTF-8")
    if _looks_chinese(data[:_SAMPLE]):
        return _replacing(data, "gb18030", "decodes to common Chinese characters")
    return _replacing(data, "cp1252", "not UTF-8; single bytes")


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return codecs.decode(data, name) if name and codecs.lookup(name)._is_text_encoding else None  # noqa: SLF001 (the documented codecs API does not say which ones give text)
    except (LookupError, UnicodeError, ValueError):
        return None


def _replacing(data: bytes, name: str, basis: str) -> Decoded:
    text = data.decode(name, errors="replace")
    lost = text.count("�") - (data.count("�".encode()) if name == "utf-8" else 0)
    return Decoded(text=text, encoding=name, basis=basis, lost=max(lost, 0))


def _without_mark(data: bytes) -> str:
    sample = data[: min(len(data), _SAMPLE) // 2 * 2]
    if len(sample) < 4:
        return ""
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.4 * half and even < 0.02 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.02 * half:
        return "utf-16-be"
    return ""


def _looks_chinese(sample: bytes) -> bool:
    text = sample.decode("gb18030", errors="replace")
    foreign = [char for char in text if ord(char) > 0x7F]
    common = sum("\u4e00" <= char <= "\u9fa5" or char in "，。、；：？！“”‘’（）《》　" for char in foreign)
    level_one = sum(0xB0 <= byte <= 0xD7 for byte in sample)
    return common > 0.95 * len(foreign) and 2 * level_one > len(foreign) > 3
