"""The spellings in which a secret is looked for.

- A *shape* is a skeleton to be found in folded text, with the places where its words meet.
- An *exact* form is a run of bytes to be found as it stands: other character sets, base64, raw digests.
- Initials are used only before surnames of five letters and more; a first name or a surname alone never.

Example::

    shapes, exacts = forms_of(read_secrets("Jane Roe")[0], 0)
    [shape.form for shape in shapes]      # ["as given", "surname first", …]
"""

import base64
import dataclasses
import re
import unicodedata
from collections.abc import Iterator

from quoth.seal.leak_fold import skeleton
from quoth.seal.leak_secrets import LEAST, Secret, SecretKind

__all__ = ["Exact", "Shape", "forms_of"]

_PARTICLES = frozenset({
    "van", "von", "de", "der", "den", "del", "della", "da", "di", "du", "al", "el", "bin", "ibn", "ben", "la", "le",
    "dos", "das", "ten", "ter", "zu", "zur", "af", "av", "abu",
})  # fmt: skip
_STREETS = (
    ("street", "st"), ("road", "rd"), ("lane", "ln"), ("avenue", "ave"), ("drive", "dr"), ("square", "sq"),
    ("court", "ct"), ("place", "pl"), ("boulevard", "blvd"), ("terrace", "ter"), ("close", "cl"), ("strasse", "str"),
    ("apartment", "apt"), ("flat", "fl"),
)  # fmt: skip
_UMLAUTS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("å", "aa"), ("ø", "oe"))
_CHARSETS = (
    "utf-16-le", "utf-16-be", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "koi8_r", "cp1250", "cp1251",
    "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859_2", "iso8859_5", "iso8859_6", "mac_roman", "cp437",
    "cp850", "cp866", "iso2022_jp", "utf-7",
)  # fmt: skip
_DIGEST = re.compile(r"([0-9a-fA-F]{32,128})$")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A skeleton, whose it is, and where its words meet (offsets in bytes).

    ``joined`` says that its words may follow each other without a gap; ``edged`` that letters or digits
    beside it make it another word; ``after_plus`` that digits may stand before it after a plus sign;
    ``initials`` that only a point or a space may follow its first letters.
    """

    secret: int
    form: str
    letters: bytes = dataclasses.field(repr=False)
    joints: tuple[int, ...] = ()
    joined: bool = True
    edged: bool = True
    after_plus: bool = False
    initials: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Exact:
    """Bytes that are the secret as they stand."""

    secret: int
    form: str
    data: bytes = dataclasses.field(repr=False)


def forms_of(secret: Secret, index: int) -> tuple[tuple[Shape, ...], tuple[Exact, ...]]:
    """All shapes and exact forms of ``secret``, whose place among the secrets is ``index``."""
    makers = {
        SecretKind.NAME: _name,
        SecretKind.PHONE: _phone,
        SecretKind.MAIL: _mail,
        SecretKind.DIGEST: _digest,
        SecretKind.ADDRESS: _address,
        SecretKind.WORDS: _words,
    }
    shapes: dict[bytes, Shape] = {}
    for form, words, more in makers[secret.kind](secret.words):
        shape = _shape(index, form, words, more)
        if len(shape.letters) >= LEAST:
            shapes.setdefault(shape.letters, shape)
    written = _written(secret)
    for text in written:
        spelled = text.encode("utf-8").hex().encode()
        if len(spelled) >= 12:
            shapes.setdefault(spelled, Shape(secret=index, form="hexadecimal", letters=spelled, edged=False))
    exacts = {one.data: one for text in written for one in _exact(text, index)}
    if secret.kind is SecretKind.DIGEST:
        exacts |= {one.data: one for one in _raw_digest(secret.words, index)}
    return tuple(shapes.values()), tuple(exacts.values())


_Form = tuple[str, tuple[str, ...], frozenset[str]]
_NONE: frozenset[str] = frozenset()


def _shape(index: int, form: str, words: tuple[str, ...], more: frozenset[str]) -> Shape:
    parts = (part for word in words for part in re.split(r"[^\w\u0300-\u036f]+|_", word))
    pieces = [piece for piece in map(skeleton, parts) if piece]
    joints, length = [], 0
    for piece in pieces[:-1]:
        length += len(piece)
        joints.append(length)
    letters = b"".join(pieces)
    return Shape(
        secret=index,
        form=form,
        letters=letters,
        joints=tuple(joints),
        joined=len(letters) > 5,
        edged="loose" not in more and not _unspaced("".join(words)),
        after_plus="plus" in more,
        initials="initials" in more,
    )


def _unspaced(text: str) -> bool:
    """Whether its script sets no spaces between words (Han, kana, Thai, Lao, Khmer, Burmese, Tibetan)."""
    names = (unicodedata.name(one, "") for one in text if one.isalpha())
    return any(
        name.startswith(("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")) for name in names
    )


def _spellings(words: str) -> Iterator[str]:
    """The words, and with umlauts written out or pulled together."""
    yield words
    low = unicodedata.normalize("NFC", words).casefold()
    out = together = low
    for mark, written in _UMLAUTS:
        out = out.replace(mark, written)
        together = together.replace(written, written[0])
    if out != low:
        yield out
    if together != low:
        yield together


def _name(words: str) -> Iterator[_Form]:
    for spelled in _spellings(words):
        yield from _orders(spelled)


def _orders(words: str) -> Iterator[_Form]:
    before, comma, after = words.partition(",")
    if comma and after.strip():
        given, family = after.replace(",", " ").split(), before.split()
    else:
        tokens = words.replace(",", " ").split()
        cut = next((at for at in range(1, len(tokens)) if tokens[at].lower() in _PARTICLES), len(tokens) - 1)
        given, family = tokens[:cut], tokens[cut:]
    yield "as given", (*given, *family), _NONE
    if not given or not family:
        return
    yield "surname first", (*family, *given), _NONE
    if len(given) > 1:
        yield "without middle names", (given[0], *family), _NONE
        yield "surname first, without middle names", (*family, given[0]), _NONE
        firsts = (given[0], *(one[0] for one in given[1:]))
        yield "middle names as initials", (*firsts, *family), _NONE
    surname = skeleton("".join(family))
    initial = [one[0] for one in given if one[0].isalpha() and not _unspaced(one)]
    if len(surname) >= 5 and len(initial) == len(given):
        more = frozenset({"initials"})
        for letters in {tuple(initial), (initial[0],)}:
            yield "initials and surname", (*letters, *family), more
            yield "surname and initials", (*family, *letters), more


def _phone(words: str) -> Iterator[_Form]:
    import phonenumbers

    digits = "".join(str(unicodedata.digit(one)) for one in words if one.isdigit())
    plus = frozenset({"plus"})
    country = ""
    national = digits
    if words.lstrip("( ").startswith(("+", "00")):
        try:
            parsed = phonenumbers.parse("+" + digits.removeprefix("00"), None)
        except phonenumbers.NumberParseException:
            yield "digits", (digits.removeprefix("00"),), plus
            return
        country, national = str(parsed.country_code), phonenumbers.national_significant_number(parsed)
    elif digits.startswith("0"):
        national = digits[1:]
    if len(national) < 6:
        yield "digits", (digits,), plus
        return
    yield "national, without its 0", (national,), plus
    yield "national", ("0", national), plus
    if not country:
        yield "digits", (digits,), plus
        return
    for form, front in (("international", ""), ("international, 00", "00"), ("international, 011", "011")):
        yield form, (front, country, national), _NONE
        yield f"{form}, with (0)", (front, country, "0", national), _NONE
    if country == "1":
        yield "national, with 1", ("1", national), _NONE
    if country in ("7", "370"):
        yield "national, with 8", ("8", national), _NONE


def _mail(words: str) -> Iterator[_Form]:
    local, _, domain = words.rpartition("@")
    pieces = re.split(r"[.]", domain)
    yield "as given", (local, domain), _NONE
    dotted = [one for piece in pieces for one in ("dot", piece)][1:]
    yield "with “at” and “dot”", (local, "at", *dotted), _NONE
    if "." in local:
        before = [one for piece in local.split(".") for one in ("dot", piece)][1:]
        yield "with “at” and every “dot”", (*before, "at", *dotted), _NONE
    yield "with “at”", (local, "at", domain), _NONE
    try:
        coded = domain.encode("idna").decode()
    except UnicodeError:
        return
    if coded != domain:
        yield "domain as punycode", (local, coded), _NONE


def _digest(words: str) -> Iterator[_Form]:
    found = _DIGEST.search(words)
    digits = (found[1] if found else words).lower()
    loose = frozenset({"loose"})
    yield "hexadecimal", (digits,), loose
    if len(digits) >= 40:
        yield "hexadecimal, the first 16 digits", (digits[:16],), loose


def _address(words: str) -> Iterator[_Form]:
    low = words.casefold()
    for spelled in dict.fromkeys((low, _streets(low, 0, 1), _streets(low, 1, 0))):
        yield "as given", tuple(re.split(r"[\s,;]+", spelled)), _NONE
        street = next((part for part in spelled.split(",") if _is_street(part)), "")
        if street:
            yield "street and number", tuple(street.split()), _NONE
            number, *rest = street.split()
            if number[:1].isdigit():
                yield "street, then number", (*rest, number), _NONE


def _streets(words: str, old: int, new: int) -> str:
    for pair in _STREETS:
        words = re.sub(rf"\b{pair[old]}\b\.?", pair[new], words)
    return words


def _is_street(part: str) -> bool:
    return any(one.isdigit() for one in part) and len(part.split()) >= 2 and len(skeleton(part)) >= 8


def _words(words: str) -> Iterator[_Form]:
    yield "as given", tuple(words.split()), _NONE


def _written(secret: Secret) -> tuple[str, ...]:
    """The usual ways to write it, for encodings that hide single letters."""
    words = secret.words
    if secret.kind is SecretKind.PHONE:
        digits = "".join(one for one in words if one.isdigit())
        return tuple(dict.fromkeys((words, digits)))
    if secret.kind is SecretKind.DIGEST:
        return (words.lower(), words.upper())
    ways = (words, words.lower(), words.upper(), words.title())
    forms = [unicodedata.normalize(form, way) for way in ways for form in ("NFC", "NFD")]
    return tuple(dict.fromkeys(forms))


def _exact(text: str, index: int) -> Iterator[Exact]:
    if not text.isascii():
        for charset in _CHARSETS:
            try:
                data = text.encode(charset)
            except UnicodeError:
                continue
            if len(data) >= LEAST:
                yield Exact(secret=index, form=f"as {charset}", data=data)
    for charset in ("utf-8", "utf-16-le", "utf-16-be"):
        yield from _base64(text.encode(charset), index, f"base64 of {charset}")


def _base64(data: bytes, index: int, form: str) -> Iterator[Exact]:
    """The letters that stand whatever comes before and after, at each of the three alignments."""
    for skip in range(3):
        whole = base64.b64encode(b"\0" * skip + data)
        core = whole[(skip * 8 + 5) // 6 : (skip + len(data)) * 8 // 6]
        if len(core) >= 8:
            for one in {core, core.translate(bytes.maketrans(b"+/", b"-_"))}:
                yield Exact(secret=index, form=form, data=one)


def _raw_digest(words: str, index: int) -> Iterator[Exact]:
    found = _DIGEST.search(words)
    digits = found[1] if found else ""
    if not digits or len(digits) % 2:
        return
    data = bytes.fromhex(digits)
    yield Exact(secret=index, form="raw bytes", data=data)
    yield from _base64(data, index, "base64 of the raw bytes")
    yield Exact(secret=index, form="base32 of the raw bytes", data=base64.b32encode(data).rstrip(b"="))
