"""What a redaction is asked and what it gives.

- The plan says what is hidden; it never names the original.
- A place says where something was hidden: page or passage, and by which of the words.
- No ``repr`` holds the words to hide.

Example::

    Plan(hide=("Jane Roe",), boxes=(Box(page=1, left=20, top=30, width=200, height=40),))
"""

import dataclasses
from collections.abc import Callable

__all__ = ["MARK", "Box", "Made", "Place", "Plan", "ReadWords", "Word"]

MARK = "[hidden]"
"""What stands in a text for hidden words, however long they are."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word read from a picture, and its box in pixels."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    line: tuple[str, ...] = ()


ReadWords = Callable[[bytes], tuple[Word, ...]]
"""PNG in, its words in reading order out; raises ``SealError`` when it cannot."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box to paint over: page from 1; points of a PDF page or pixels of a picture, from the upper left."""

    page: int
    left: float
    top: float
    width: float
    height: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is hidden; ``ending`` of the file made (``png``, ``pdf`` …) says what is made.

    ``whole_lines`` paints from edge to edge, so that the words left on a line tell nothing either.
    """

    ending: str
    hide: tuple[str, ...] = dataclasses.field(default=(), repr=False)
    boxes: tuple[Box, ...] = ()
    whole_lines: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Something hidden: the number of the words (from 1; 0 for a box that was given) and where."""

    words: int
    where: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The file made, everything hidden in it, and what was left out of it beside that."""

    data: bytes = dataclasses.field(repr=False)
    places: tuple[Place, ...] = ()
    remarks: tuple[str, ...] = ()
