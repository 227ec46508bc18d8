"""Words, numbers and marks of a text, with their places.

- One pass, one expression without nested repeats: linear whatever the text.
- A genitive ``'s`` is a token of its own, so that "Tuesday's" holds "Tuesday".
- A blank line is a token: no date crosses it.

Example::

    [token.low for token in tokenise("May 5th, 2012")]   # may, 5th, ",", 2012
"""

import re
from typing import NamedTuple

__all__ = ["Token", "Tokens", "tokenise"]

_MASTER = re.compile(
    r"(?P<date>(?<![\d./-])\d{1,4}(?P<sep>[./-])\d{1,2}(?P=sep)\d{1,4}(?![\d/-]))"
    r"|(?P<decade>(?<![\w.])['’‘]?\d{2,4}s\b|(?:(?<=\bthe )|(?<=\bmid-)|(?<=\bearly )|(?<=\blate ))\d{2,4}['’]s\b)"
    r"|(?P<ordinal>(?<![\w.])\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<number>\d+(?:[.,:]\d+)*)"
    r"|(?P<gap>\n[ \t]*\n)"
    r"|(?P<genitive>['’]s\b)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<mark>\S)"
)


class Token(NamedTuple):
    """One token: its text, lower case, place, and kind (the name of its group)."""

    text: str
    low: str
    start: int
    end: int
    kind: str


_NOTHING = Token("", "", 0, 0, "none")


class Tokens:
    """The tokens of a stretch of text; outside of it stands a token of kind ``none``."""

    __slots__ = ("items", "loose", "text")

    def __init__(self, text: str, items: list[Token], *, loose: bool) -> None:
        self.text = text
        self.items = items
        self.loose = loose

    def __len__(self) -> int:
        return len(self.items)

    def at(self, place: int) -> Token:
        """The token at ``place``, or an empty one."""
        return self.items[place] if 0 <= place < len(self.items) else _NOTHING

    def low(self, place: int) -> str:
        """The token's lower case."""
        return self.at(place).low

    def skip(self, place: int, *words: str) -> int:
        """The place after one of ``words``, if it stands at ``place``; else ``place``."""
        return place + 1 if self.low(place) in words else place

    def reads(self, place: int, *words: str) -> bool:
        """Whether the tokens from ``place`` are these words."""
        return all(self.low(place + step) == word for step, word in enumerate(words))

    def touching(self, place: int) -> bool:
        """Whether no blank stands between the token and the one before it."""
        return self.at(place - 1).end == self.at(place).start


def tokenise(text: str, start: int = 0, end: int | None = None, *, loose: bool = False) -> Tokens:
    """The tokens of ``text`` between ``start`` and ``end``; ``loose`` if it is known to be a date."""
    items = []
    for found in _MASTER.finditer(text, start, len(text) if end is None else end):
        piece = found.group()
        items.append(Token(piece, piece.lower().replace("’", "'"), found.start(), found.end(), found.lastgroup or ""))
    return Tokens(text, items, loose=loose)
