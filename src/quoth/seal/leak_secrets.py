r"""Known secrets: what they are, one a line.

- A line is a name, a telephone number, an e-mail address, a digest or words (an address, a number of a card).
- Empty lines and lines that begin with ``#`` are left out; line numbers stay those of the file.
- A secret that is too short would be found everywhere: it is refused, by its line number.
- No error and no ``repr`` holds the words of a secret.

Example::

    secrets = read_secrets("Jane Roe\n+44 7700 900123\n")
    secrets[0].masked      # "•••• •••"
"""

import dataclasses
import enum
import re

from quoth.errors import SealError
from quoth.seal.leak_fold import skeleton

__all__ = ["LEAST", "Secret", "SecretKind", "masked", "read_secrets"]

LEAST = 4
"""Bytes of letters and digits that a secret must have: four Latin letters, or two Chinese characters."""
_MOST = 10_000
_DIGEST = re.compile(r"(?:(?:sha(?:-?(?:1|256|384|512))?|md5|blake2b)[:=-]\s*)?([0-9a-fA-F]{32,128})")
_NUMBER = re.compile(r"[+(]?[\d\s().\-/+]{6,40}")
_MAIL = re.compile(r"\S+@\S+\.\S+")


class SecretKind(enum.Enum):
    """What a secret is taken for; it decides in which spellings it is looked for."""

    NAME = "name"
    PHONE = "telephone number"
    MAIL = "e-mail address"
    DIGEST = "digest"
    ADDRESS = "address"
    WORDS = "words"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """One known secret: the number of its line, what it is, its words."""

    line: int
    kind: SecretKind
    words: str = dataclasses.field(repr=False)

    @property
    def masked(self) -> str:
        """Its shape without its letters."""
        return masked(self.words)


def masked(text: str) -> str:
    """``text`` with a bullet for each letter and digit."""
    return "".join("•" if one.isalnum() else one for one in text)


def read_secrets(text: str) -> tuple[Secret, ...]:
    """The secrets in ``text``; raises :class:`SealError` that names lines, never words."""
    found: list[Secret] = []
    short: list[str] = []
    seen: set[str] = set()
    for number, raw in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        words = " ".join(raw.split())
        if not words or words.startswith("#") or words in seen:
            continue
        seen.add(words)
        if len(skeleton(words)) < LEAST:
            short.append(str(number))
        else:
            found.append(Secret(line=number, kind=_kind(words), words=words))
    if short:
        raise SealError(
            f"too short to look for: line {', '.join(short[:20])}",
            hint=f"a secret needs {LEAST} letters or digits, or two Chinese characters; give the name in full",
        )
    if not found:
        raise SealError("no secret is given", hint="write one secret a line")
    if len(found) > _MOST:
        raise SealError(f"{len(found)} secrets, at most {_MOST}", hint="divide the list and look with each part")
    return tuple(found)


def _kind(words: str) -> SecretKind:
    if _DIGEST.fullmatch(words):
        return SecretKind.DIGEST
    if _MAIL.fullmatch(words):
        return SecretKind.MAIL
    digits = sum(one.isdigit() for one in words)
    if digits >= 6 and _NUMBER.fullmatch(words):
        return SecretKind.PHONE
    if digits == 0 and len(re.split(r"[\s,]+", words)) <= 6:
        return SecretKind.NAME
    parts = re.split(r"[\s,]+", words)
    if digits and len(parts) >= 3 and any(part.isalpha() and len(part) > 2 for part in parts):
        return SecretKind.ADDRESS
    return SecretKind.WORDS
