"""Words cut into pieces of a fixed vocabulary, with their places.

- The uncased WordPiece scheme of BERT (Devlin et al. 2019; Wu et al. 2016, section 4.1): accents go, case goes,
  each punctuation mark and each Han character is a word, the longest piece wins.
- Every piece keeps the characters of the text that it stands for.
- Our own, in the standard library: the usual package brings a download client that an evidence desk does not want.

Example::

    Vocabulary.read(path).pieces("Said.")  ->  [(2056, 0, 4, 0), (1012, 4, 5, 1)]
"""

import functools
import pathlib
import re
import sys
import unicodedata

from quoth.errors import AttributeRoomError

__all__ = ["Vocabulary"]

_LONGEST = 100
"""Characters of a word, above which it is unknown as a whole."""
_CACHED = 50_000
_SYMBOLS = "$+<=>^`|~"
"""Signs of ASCII that count as punctuation, though Unicode calls them symbols."""
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a700-\U0002ceaf\U0002f800-\U0002fa1f"


@functools.lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    """One mark of punctuation, one Han character, or a run of neither."""
    marks = "".join(
        re.escape(chr(code))
        for code in range(sys.maxunicode + 1 if sys.maxunicode < 0x20000 else 0x20000)
        if unicodedata.category(chr(code)).startswith("P")
    ) + re.escape(_SYMBOLS)
    return re.compile(f"[{marks}]|[{_HAN}]|[^\\s{marks}{_HAN}]+")


class Vocabulary:
    """The pieces by their numbers; ``pieces`` cuts a text into them."""

    def __init__(self, pieces: list[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        if "[UNK]" not in self._numbers:
            raise AttributeRoomError("The vocabulary has no [UNK].", hint="Reinstall quoth.")
        self._cut = functools.lru_cache(maxsize=_CACHED)(self._cut_word)

    @classmethod
    def read(cls, path: pathlib.Path) -> "Vocabulary":
        """From a file with one piece a line, the line's number its own."""
        return cls(path.read_text(encoding="utf-8").splitlines())

    def pieces(self, text: str) -> list[tuple[int, int, int, int]]:
        """Number, start, end (characters of ``text``, end exclusive) and word of each piece, in order."""
        found = []
        word = 0
        for match in _words().finditer(text):
            start = match.start()
            cut = self._cut(match[0])
            for number, first, last in cut:
                found.append((number, start + first, start + last, word))
            word += bool(cut)
        return found

    def _cut_word(self, word: str) -> tuple[tuple[int, int, int], ...]:
        letters, places = _plain(word)
        if not letters:
            return ()
        whole = ((self._numbers["[UNK]"], places[0], places[-1] + 1),)
        if len(letters) > _LONGEST:
            return whole
        found = []
        at = 0
        while at < len(letters):
            end = len(letters)
            while end > at:
                number = self._numbers.get(("##" if at else "") + letters[at:end])
                if number is not None:
                    break
                end -= 1
            else:
                return whole
            found.append((number or 0, places[at], places[end - 1] + 1))
            at = end
        return tuple(found)


def _plain(word: str) -> tuple[str, list[int]]:
    """The word without accents, case and control characters, and the place of each letter left."""
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(word):
        if sign in "\0\ufffd" or unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs"):
            continue
        for part in unicodedata.normalize("NFD", sign):
            if unicodedata.category(part) == "Mn":
                continue
            for low in part.lower():
                letters.append(low)
                places.append(place)
    return "".join(letters), places
