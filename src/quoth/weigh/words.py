"""Words, numbers and sentences of a text, as the scales read them.

- Content words are folded (case, accents of quotation marks, plural and verb endings), so that
  "handed over" and "hands over" meet; they are only ever compared, never shown.
- Sentences are found by punctuation with a list of abbreviations; a quotation stays whole.
- English first: other scripts are cut into characters, which is enough for comparing copies.

Example::

    >>> sorted(content_words("The files were handed over."))
    ['file', 'hand']
"""

import re
import unicodedata
from collections.abc import Iterator

__all__ = ["NUMBER", "content_words", "figures", "negations", "number_of", "sentence_spans", "slug"]

_WORD = re.compile(r"[㐀-鿿豈-﫿぀-ヿ]|[^\W_㐀-鿿豈-﫿぀-ヿ]+(?:['’][^\W_]+)*")
_STOP_WORDS = """
a about after again all also although am an and any are as at be because been before being both but by can
could did do does done during each either else even ever every few for from further had has have having he her
here hers him his how i if in into is it its itself just let me might mine more most much must my no nor not
now of off on once one only onto or other our ours out over own per rather same shall she should since so some
such than that the their theirs them then there these they this those though through thus to too under until
up upon us very was we were what when where whether which while who whom whose why will with within without
would yet you your yours said says saying
"""
_STOP = frozenset(_STOP_WORDS.split())
_NEGATION_WORDS = "no not never nobody none nothing nor neither without cannot nowhere hardly"
_NEGATIONS = frozenset(_NEGATION_WORDS.split())
_ONE_WORDS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen
"""
_ONES = _ONE_WORDS.split()
_TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = _TEN_WORDS.split()
_VALUES = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
_UNITS = "|".join(_ONES[1:10])

NUMBER = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[-\u2011 ](?:{_UNITS}))?|{'|'.join(sorted(_ONES[2:], key=len, reverse=True))}"
    r"|(?:a )?hundred|a dozen|\d{1,3}(?:[,.]\d{3})+|\d{1,4})"
)
"""A regular expression for a number of two or more, in words or figures (no groups)."""

_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Capt|Lt|Sgt|Sen|Rep|Gov|St|Jr|Sr|No|vs|etc|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep"
    r"|Oct|Nov|Dec|Inc|Ltd|Co|p|pp|e\.g|i\.e)|\b[A-Z](?:\.[A-Z])*)\.$"
)
_END = re.compile(r"(?:[.!?…]+[\"”’')\]]*)(?=\s+[\"“‘(\[]?[^\sa-z])|[。！？]+[」』”]?|\n+")


def slug(text: str) -> str:
    """``text`` folded for comparison: case, marks and spaces do not count."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("’", "'")))


def content_words(text: str) -> tuple[str, ...]:
    """The words that carry meaning, folded, in the order of the text."""
    return tuple(_folded(word) for word in slug(text).split() if word not in _STOP and (len(word) > 1 or word > "~"))


def _folded(word: str) -> str:
    """Endings off: rough, only for comparing texts with each other."""
    word = word.removesuffix("'s")
    if word.isdigit() or len(word) < 4 or word > "~":
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(ending)
            break
    return word.removesuffix("e") if len(word) > 4 else word


def negations(text: str) -> int:
    """How many words of negation stand in ``text``."""
    words = slug(text).split()
    return sum(1 for word in words if word in _NEGATIONS or word.endswith("n't"))


def figures(text: str) -> frozenset[str]:
    """Numbers in ``text`` as figures, from two upwards; years and days included."""
    found = re.findall(rf"(?<![\w.,]){NUMBER}(?![\w])", text, re.IGNORECASE)
    return frozenset(str(value) for value in map(number_of, found) if value > 1)


def number_of(words: str) -> int:
    """The value of what :data:`NUMBER` matched; -1 for anything else."""
    text = words.strip().lower()
    plain = text.replace(",", "").replace(".", "")
    if plain.isdigit():
        return int(plain)
    if text in ("hundred", "a hundred"):
        return 100
    if text == "a dozen":
        return 12
    parts = re.split(r"[-\u2011 ]", text)
    return sum(_VALUES[part] for part in parts) if all(part in _VALUES for part in parts) else -1


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of ``text``, in code points, without the space between them."""
    start = 0
    for hit in _END.finditer(text):
        if _ABBREVIATED.search(text[start : hit.end()].rstrip("\"”’')]")):
            continue
        yield from _trimmed(text, start, hit.end())
        start = hit.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    low = start + len(piece) - len(piece.lstrip())
    high = end - (len(piece) - len(piece.rstrip()))
    if low < high:
        yield low, high
