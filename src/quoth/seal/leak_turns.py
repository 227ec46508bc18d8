"""Encodings of text turned back: escapes, tags, base64, hexadecimal and their kin.

- Each turn gives bytes that stand for the same thing one encoding less; whoever calls turns again.
- Escapes with different first signs are turned in one go; quoted-printable alone, since ``=`` stands in much else.
- Runs of base64 are decoded from each of four places, so that what is glued before them does no harm.
- What cannot be turned stays as it is: nothing is raised.

Example::

    [turn.name for turn in turns(b"SmFuZSBSb2UgYW5kIG1vcmU=")]      # ["base64"]
"""

import base64
import binascii
import codecs
import dataclasses
import html
import re
from collections.abc import Iterator

import numpy as np

from quoth.seal.leak_fold import SOFT

__all__ = ["Turn", "is_text", "is_utf8", "strings_of", "turns", "wide_turns"]

_FIRST = 128
_SHORT, _FEW = 48, 256
"""Decoded bytes up to which runs are searched together, once there were a few."""
_RUN_STEP = b"\x01" * 12
_BASE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_")
_BASE_CLASS = bytes(1 if one in _BASE else 0 for one in range(256))
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{12,}(?:(?:=?\r?\n[ \t>|]*|\\r\\n|\\n|\\/)[A-Za-z0-9+/_-]+)*={0,2}")
_STANDARD = bytes.maketrans(b"-_", b"+/")
_NOT_BASE = bytes(one for one in range(256) if one not in _BASE)
_BREAKS = re.compile(rb"\\r\\n|\\n|=?\r?\n[ \t>|]*")
_HEX = re.compile(rb"(?:(?:\\x|0x|%)?[0-9A-Fa-f]{2}[ \t,:;\r\n-]{0,4}){6,}")
_HEX_MARKS = re.compile(rb"\\x|0x|[^0-9A-Fa-f]")
_HEX_CLASS = bytes(1 if chr(one) in "0123456789abcdefABCDEFx\\% \t,:;\r\n-" else 0 for one in range(256))
_BASE32_CLASS = bytes(1 if chr(one) in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" else 0 for one in range(256))
_LOWER32_CLASS = bytes(1 if chr(one) in "abcdefghijklmnopqrstuvwxyz234567" else 0 for one in range(256))
_MARKED = re.compile(rb"\x01{12,}")
_UUENCODE = re.compile(rb"begin \d{3,4} [^\n]*\n((?:[ -`]{1,62}\r?\n)+)")
_ASCII85 = re.compile(rb"<~([!-uz\s]{8,})~>")
_QUOTED = re.compile(rb"=(?:([0-9A-Fa-f]{2})|[ \t]*\r?\n)")
_WORD = re.compile(rb"=\?([A-Za-z0-9_-]+)(?:\*[A-Za-z-]+)?\?([bBqQ])\?([^?\s]*)\?=(?:\s+(?==\?))?")
_ESCAPE = re.compile(
    rb"%u([0-9A-Fa-f]{4})|%([0-9A-Fa-f]{2})|&(#?\w{2,32});"
    rb"|\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|([0-3][0-7]{2})|'([0-9a-f]{2})"
    rb"|([0-9A-Fa-f]{2,6})[ ]?|([nrtbf/\"'\\()]))"
)
_PAIR = re.compile(rb"(?:\\u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2})")
_TAG = re.compile(rb"<(?:!--.*?--|/?[A-Za-z!?][^<>]{0,4000})>", re.DOTALL)
_PUNYCODE = re.compile(rb"(?i)xn--[a-z0-9-]+")
_UTF7 = re.compile(rb"\+[A-Za-z0-9+/]{3,}-?")
_WIDE_RUNS = (
    ("utf-16-le", re.compile(rb"(?:[\x01-\xff]\x00|[\x00-\xff][\x01-\x06\x20\xff]){6,}")),
    ("utf-16-be", re.compile(rb"(?:\x00[\x01-\xff]|[\x01-\x06\x20\xff][\x00-\xff]){6,}")),
)
"""UTF-16 of scripts from Latin to Arabic, with their marks and wide digits, among other bytes."""
_WIDE_CLASS = bytes(1 if one < 7 or one in (0x20, 0xFF) else 0 for one in range(256))
_PRINTED = re.compile(rb"[\t\n\r -~]{8,}")
_CONTROLS = bytes(one for one in range(256) if not (one < 9 or 13 < one < 27 or 27 < one < 31))
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one encoding hid: the encoding's name, and the bytes."""

    name: str
    data: bytes


def is_text(data: bytes) -> bool:
    """Whether ``data`` is plainly text: UTF-8, UTF-16 or UTF-32 with a mark, or a Western or Eastern character set."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        return True
    if b"\0" in data:
        return _wide_of(data) != ""
    controls = len(data.translate(None, _CONTROLS))
    return controls * 1000 <= len(data)


def strings_of(data: bytes) -> Iterator[Turn]:
    """Of bytes that are no text: the printable stretches, also those with NUL bytes between their letters."""
    found = b"\n".join(_PRINTED.findall(data))
    if found:
        yield Turn(name="", data=found)
    if data.count(b"\0") * 20 > len(data) or b"\0" in data[:4096]:
        wide = b"\n".join(_PRINTED.findall(data.replace(b"\0", b"")))
        if wide and wide != found:
            yield Turn(name="UTF-16", data=wide)
    for charset, run in _WIDE_RUNS if _may_be_wide(data) else ():
        texts = [one.decode(charset, "replace") for one in run.findall(data)]
        high = [text for text in texts if any(sign > "\xff" or sign == "\xad" for sign in text)]
        if high:
            yield Turn(name=charset.upper(), data="\n".join(high).encode("utf-8", "replace"))


def _may_be_wide(data: bytes) -> bool:
    """Whether at six places in a row every second byte is one that UTF-16 has there."""
    marked = np.frombuffer(data.translate(_WIDE_CLASS), dtype=np.bool_)
    if len(marked) < 12:
        return False
    run = marked[:-10] & marked[2:-8]
    for step in (4, 6, 8, 10):
        run &= marked[step : len(marked) - 10 + step]
    return bool(run.any())


def wide_turns(data: bytes) -> Iterator[Turn]:
    """UTF-16 and UTF-32 as UTF-8, where ``data`` looks like that, also after a few bytes of something else."""
    for skip, charset in _charsets(data):
        whole = data[skip:]
        text = (whole + b"\0" * (-len(whole) % 2)).decode(charset, "replace").encode("utf-8", "replace")
        yield Turn(name=charset.upper(), data=text.removeprefix(codecs.BOM_UTF8))


def turns(data: bytes) -> Iterator[Turn]:
    """Every encoding in ``data`` turned back once."""
    yield from wide_turns(data)
    if b"<" in data and b">" in data:
        yield from _changed("between tags", _TAG.sub(SOFT.encode(), data), data)
    if b"%" in data or b"&" in data or b"\\" in data:
        yield from _changed("escapes", _ESCAPE.sub(_unescaped, _PAIR.sub(_pair, data)), data)
    if b"=" in data:
        yield from _changed("encoded words", _WORD.sub(_word, data), data)
        yield from _changed("quoted-printable", _QUOTED.sub(_quoted, data), data)
    if b"xn--" in data.lower():
        yield from _changed("punycode", _PUNYCODE.sub(_punycode, data), data)
    if b"+" in data:
        yield from _changed("UTF-7", _UTF7.sub(_utf7, data), data)
    yield from _gathered("base64", _base64(data))
    yield from _gathered("hexadecimal", _hex(data))
    yield from _gathered("base32", _all_base32(data))
    yield from _gathered("uuencode", ((0, _uu(run[1])) for run in _UUENCODE.finditer(data)))
    yield from _gathered("ascii85", ((0, _ascii85(run[1])) for run in _ASCII85.finditer(data)))


def _changed(name: str, new: bytes, old: bytes) -> Iterator[Turn]:
    if new != old:
        yield Turn(name=name, data=new)


def _gathered(name: str, found: Iterator[tuple[int, bytes]]) -> Iterator[Turn]:
    """Runs each for itself; of very many short ones those that began alike together."""
    short: dict[int, list[bytes]] = {}
    count = 0
    for skip, data in found:
        if len(data) >= _SHORT or count < _FEW:
            count += 1
            if data:
                yield Turn(name=name, data=data)
        elif data:
            short.setdefault(skip, []).append(data)
    for many in short.values():
        yield Turn(name=name, data=b"\n".join(many))


def _charsets(data: bytes) -> tuple[tuple[int, str], ...]:
    """Where to begin, and the wide character set to read by."""
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return ((0, charset),)
    wide = _wide_of(data)
    if wide:
        family = _WIDE[:2] if wide in _WIDE[:2] else _WIDE[2:]
        more = range(1, 2 if family == _WIDE[:2] else 4) if len(data) <= 2**20 else ()
        return ((0, wide), *((skip, charset) for skip in more for charset in family))
    if len(data) > 2**20 or is_utf8(data):
        return ()
    tries = ((skip, charset) for skip in range(4) for charset in (_WIDE[:2] if skip < 2 else ()) + _WIDE[2:])
    return tuple((skip, charset) for skip, charset in tries if _reads_as(data[skip:], charset))


def is_utf8(data: bytes) -> bool:
    """Whether ``data`` is UTF-8 without NUL bytes."""
    if b"\0" in data:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _reads_as(data: bytes, charset: str) -> bool:
    """Whether almost all of it, read so, is letters, digits and usual signs."""
    if len(data) > _FIRST and not _reads_as(data[:_FIRST], charset):
        return False
    text = data[: min(2**14, len(data) // 4 * 4)].decode(charset, "replace").lstrip("\ufeff")
    usual = sum(one.isalnum() or one.isspace() or one in "，。、；：？！（）「」『』“”.,;:!?()\"'-" for one in text)
    return bool(text) and usual * 10 >= len(text) * 9


def _wide_of(data: bytes) -> str:
    """The wide character set that NUL bytes at fixed places speak for; else nothing."""
    sample = data[:4096]
    length = len(sample) // 4 * 4
    if length < 8 or b"\0" not in sample:
        return ""
    nothing = [sample[place:length:4].count(0) * 4 / length for place in range(4)]
    high, low = 0.7, 0.3
    even, odd = (nothing[0] + nothing[2]) / 2, (nothing[1] + nothing[3]) / 2
    if min(nothing[2:]) > 0.95 and nothing[0] < low:
        return "utf-32-le"
    if min(nothing[:2]) > 0.95 and nothing[3] < low:
        return "utf-32-be"
    if odd > high and even < low:
        return "utf-16-le"
    if even > high and odd < low:
        return "utf-16-be"
    return _spaced_wide(sample) if max(even, odd) > 0.02 else ""


def _spaced_wide(sample: bytes) -> str:
    """UTF-16 of another script shows by its spaces and line ends only."""
    for charset in _WIDE[:2]:
        if _reads_as(sample[: len(sample) // 2 * 2], charset):
            return charset
    return ""


def _unescaped(found: re.Match[bytes]) -> bytes:
    wide, percent, entity, braced, four, eight, two, octal, rich, css, plain = found.groups()
    if percent or two or rich:
        return bytes([int(percent or two or rich, 16)])
    if octal:
        return bytes([int(octal, 8)])
    if entity:
        text = html.unescape(f"&{entity.decode('ascii', 'replace')};")
        return text.encode("utf-8", "replace")
    if plain:
        return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b"\n"}.get(plain, plain)
    point = int(wide or braced or four or eight or css, 16)
    return chr(point).encode("utf-8", "replace") if 0 < point < 0x110000 else found[0]


def _pair(found: re.Match[bytes]) -> bytes:
    high, low = int(found[0][2:6], 16), int(found[0][8:12], 16)
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)).encode()


def _quoted(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)]) if found[1] else b""


def _word(found: re.Match[bytes]) -> bytes:
    charset, kind, coded = found[1].decode("ascii"), found[2].lower(), found[3]
    data = _decoded(coded) if kind == b"b" else _QUOTED.sub(_quoted, coded.replace(b"_", b" "))
    try:
        return data.decode(charset, "replace").encode("utf-8", "replace")
    except LookupError:
        return data


def _punycode(found: re.Match[bytes]) -> bytes:
    try:
        return found[0][4:].lower().decode("ascii").encode().decode("punycode").encode("utf-8", "replace")
    except (UnicodeError, OverflowError, ValueError):
        return found[0]


def _utf7(found: re.Match[bytes]) -> bytes:
    try:
        return found[0].decode("utf-7").encode("utf-8", "replace")
    except UnicodeDecodeError:
        return found[0]


def _decoded(run: bytes) -> bytes:
    """Base64 of any length and either alphabet."""
    letters = run.translate(_STANDARD, _NOT_BASE)
    letters = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
    try:
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
    except binascii.Error:
        return b""


def _base64(data: bytes) -> Iterator[tuple[int, bytes]]:
    place = data.translate(_BASE_CLASS).find(_RUN_STEP)
    if place < 0:
        return
    for run in _BASE64.finditer(data, place):
        letters = _BREAKS.sub(b"", run[0]).replace(b"\\/", b"/")
        for skip in range(4):
            yield skip, _decoded(letters[skip:])


def _hex(data: bytes) -> Iterator[tuple[int, bytes]]:
    for stretch in _stretches(data, _HEX_CLASS):
        for run in _HEX.finditer(stretch):
            digits = _HEX_MARKS.sub(b"", run[0])
            for skip in range(2):
                rest = digits[skip:]
                yield skip, binascii.unhexlify(rest[: len(rest) // 2 * 2])


def _stretches(data: bytes, kinds: bytes) -> Iterator[bytes]:
    """Stretches of twelve and more bytes that the table ``kinds`` marks with 1."""
    marked = data.translate(kinds)
    place = marked.find(_RUN_STEP)
    if place >= 0:
        for run in _MARKED.finditer(marked, place):
            yield data[run.start() : run.end()]


def _all_base32(data: bytes) -> Iterator[tuple[int, bytes]]:
    for kinds in (_BASE32_CLASS, _LOWER32_CLASS):
        for run in _stretches(data, kinds):
            yield 0, _base32(run)


def _base32(run: bytes) -> bytes:
    letters = run.upper()[: len(run) // 8 * 8 + (0, 0, 2, 2, 4, 5, 5, 7)[len(run) % 8]]
    try:
        return base64.b32decode(letters + b"=" * (-len(letters) % 8))
    except binascii.Error:
        return b""


def _uu(lines: bytes) -> bytes:
    made = bytearray()
    for line in lines.splitlines():
        try:
            made += binascii.a2b_uu(line)
        except binascii.Error:
            continue
    return bytes(made)


def _ascii85(run: bytes) -> bytes:
    try:
        return base64.a85decode(run)
    except ValueError:
        return b""
