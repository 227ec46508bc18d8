"""Boxes painted over words, in steps so that a width tells nothing.

- A box is wider and higher than its words, and as wide as a whole number of steps of an eighth of the page.
- It begins on a grid as well; it never ends within the page's words because of the page's edge.
- With ``whole_lines`` every box runs from edge to edge: the rest of the line is hidden too.

Example::

    paint(picture, [painted((100, 40, 180, 60), picture.size)])
"""

import math
from collections.abc import Iterable

from PIL import Image, ImageDraw

__all__ = ["Area", "exact", "paint", "painted"]

Area = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""

_STEPS = 8
_GRID = 64


def painted(words: Area, size: tuple[int, int], *, whole_lines: bool = False) -> Area:
    """The box for words that fill ``words`` of a page of ``size`` pixels."""
    width, height = size
    left, top, right, bottom = words
    step, grid = math.ceil(width / _STEPS), max(1, width // _GRID)
    pad = max(2, grid // 4)
    rise = max(4, height // 160)
    high = max(0, math.floor((top - pad) / rise) * rise)
    low = min(height, math.ceil((bottom + pad) / rise) * rise)
    if whole_lines:
        return (0, high, width, low)
    begin = max(0, math.floor((left - pad) / grid) * grid)
    wide = min(width, step * math.ceil((right - left + 2 * pad + grid) / step))
    begin = min(begin, width - wide)
    return (begin, high, begin + wide, low)


def exact(area: Area, size: tuple[int, int]) -> Area:
    """A box that was given, to whole pixels outwards, within the page."""
    left, top, right, bottom = area
    return (
        max(0, math.floor(left)),
        max(0, math.floor(top)),
        min(size[0], math.ceil(right)),
        min(size[1], math.ceil(bottom)),
    )


def paint(picture: Image.Image, areas: Iterable[Area]) -> None:
    """Fill the areas with black; right and bottom are exclusive."""
    pen = ImageDraw.Draw(picture)
    for left, top, right, bottom in areas:
        pen.rectangle((left, top, right - 1, bottom - 1), fill=(0, 0, 0))
