"""Which language a text is in, when that can be told.

- At least 40 letters are asked for; a Han character, which says more, counts as four.
- Only letters of the script that most letters have are looked at.
- Below that the document's own word is taken, then ``und``; nothing is guessed.

Example::

    >>> language_of("No.", default="fr")
    'fr'
"""

import functools
import unicodedata

from quoth.terms.tongue import UNKNOWN, InvalidTongue, Tongue, parse_tongue

__all__ = ["language_of", "script_of", "tongue_or_unknown", "warm"]

ENOUGH = 40
"""Letters below which no language is told."""
_EAST_ASIAN = ("CJK UNIFIED", "CJK COMPAT", "HIRAGANA", "KATAKANA")


def warm() -> None:
    """Load the language model (about a second), so that forked readers find it loaded."""
    _classify("warm")


def _classify(text: str) -> str:
    import py3langid

    return str(py3langid.classify(text)[0])


@functools.lru_cache(maxsize=4096)
def _script(char: str) -> str:
    name = unicodedata.name(char, "")
    if name.startswith(_EAST_ASIAN):
        return "east-asian"
    return name.partition(" ")[0].lower()


def script_of(text: str) -> str:
    """The script of most letters in the first 400 characters; empty when there are too few to say."""
    sample = text[:400]
    if sample.isascii():
        return "latin" if sum(map(str.isalpha, sample)) >= ENOUGH else ""
    counts: dict[str, int] = {}
    for char in sample:
        if char.isalpha():
            script = _script(char)
            counts[script] = counts.get(script, 0) + (4 if script == "east-asian" else 1)
    if sum(counts.values()) < ENOUGH:
        return ""
    return max(counts, key=lambda script: counts[script])


def tongue_or_unknown(text: str) -> Tongue:
    """A tag from outside (``en_GB``, ``EN``) as ours; ``und`` when it is none."""
    try:
        return parse_tongue(text.strip().replace("_", "-"))
    except InvalidTongue:
        return UNKNOWN


def language_of(text: str, *, default: str = "") -> Tongue:
    """The language of ``text``, else ``default``, else ``und``."""
    script = script_of(text)
    if not script:
        return tongue_or_unknown(default)
    if text.isascii():
        return Tongue(_classify(text))
    return Tongue(_classify("".join(char for char in text if not char.isalpha() or _script(char) == script)))
