r"""Words to hide found in a text, however written and broken.

- The spellings are those of the leak check: case, accents, order of names, forms of a number.
- Signs, spaces, hyphens and line ends between letters do not count; a word within another is no match.
- Words that a machine read may have O for 0, l for 1 and the like.

Example::

    Hidden(("Jane Roe",)).found("ROE,\nJane said")      # ((0, 9, 1),): start, end, number of the words
"""

import unicodedata

from quoth.errors import SealError
from quoth.seal.leak_fold import Fold
from quoth.seal.leak_forms import Shape, forms_of
from quoth.seal.leak_secrets import read_secrets

__all__ = ["Hidden", "Match"]

Match = tuple[int, int, int]
"""Start and end (exclusive) in the text, and the number of the words, from 1."""

_ALIKE = str.maketrans("olisbzgq", "01158299")
_LEAST_ALIKE = 6


class Hidden:
    """Words to hide, ready to be found; raises :class:`SealError` for words that are too short to be told apart."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._shapes: list[Shape] = []
        for number, one in enumerate(words, 1):
            plain = " ".join(one.split()).lstrip("#")
            try:
                (secret,) = read_secrets(plain)
            except SealError as err:
                raise SealError(
                    f"--hide number {number} cannot be looked for: it has fewer than 4 letters or digits",
                    hint="give it in full, or hide the place with --hide-page",
                ) from err
            self._shapes += forms_of(secret, number)[0]
        self.count = len(words)
        self._fold = Fold()

    def found(self, text: str, *, read: bool = False) -> tuple[Match, ...]:
        """Every match in ``text`` in order, overlapping ones of the same words as one; ``read``: by a machine."""
        letters, places = self._skeleton(text)
        made = {match for shape in self._shapes for match in self._matches(shape, letters, places, text)}
        if read:
            alike = letters.translate(_ALIKE)
            long = (one for one in self._shapes if len(one.letters) >= _LEAST_ALIKE)
            made |= {match for shape in long for match in self._matches(shape, alike, places, text, alike=True)}
        return _joined(sorted(made))

    def _skeleton(self, text: str) -> tuple[str, list[int]]:
        """Folded letters and digits, and which character of ``text`` each comes from."""
        letters: list[str] = []
        places: list[int] = []
        for place, sign in enumerate(text):
            for one in self._fold[ord(sign)].lower():
                if one >= "\x80" or one.isalnum():
                    letters.append(one)
                    places.append(place)
        return "".join(letters), places

    def _matches(self, shape: Shape, letters: str, places: list[int], text: str, *, alike: bool = False) -> list[Match]:
        wanted = shape.letters.decode("utf-8", "replace")
        wanted = wanted.translate(_ALIKE) if alike else wanted
        made: list[Match] = []
        at = letters.find(wanted)
        while at >= 0:
            start, end = places[at], places[at + len(wanted) - 1] + 1
            if not shape.edged or shape.after_plus or _stands_alone(text, start, end):
                made.append((start, _with_marks(text, end), shape.secret))
            at = letters.find(wanted, at + 1)
        return made


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit touches the match from outside."""
    before, after = start - 1, _with_marks(text, end)
    while before >= 0 and unicodedata.category(text[before]) in ("Cf", "Mn"):
        before -= 1
    return not (before >= 0 and text[before].isalnum()) and not (after < len(text) and text[after].isalnum())


def _with_marks(text: str, end: int) -> int:
    """The end moved over accents and invisible signs that belong to the last letter."""
    while end < len(text) and unicodedata.category(text[end]) in ("Cf", "Mn"):
        end += 1
    return end


def _joined(matches: list[Match]) -> tuple[Match, ...]:
    made: list[Match] = []
    for start, end, number in matches:
        fitting = next((at for at, one in enumerate(made) if one[2] == number and one[1] > start), None)
        if fitting is None:
            made.append((start, end, number))
        else:
            made[fitting] = (made[fitting][0], max(made[fitting][1], end), number)
    return tuple(sorted(made))
