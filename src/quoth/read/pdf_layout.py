"""Lines of a PDF page gathered into paragraphs, headings and running heads.

- A paragraph ends at a wide gap, an indent, a change of size, or a jump up the page.
- A line at the top or bottom that repeats on three pages (numbers aside) is furniture.
- Joined lines get one space; after a hyphen the line break stays, between Han characters none.

Example::

    paragraphs_of(lines_of_page(page), heads=frozenset())
"""

import ctypes
import dataclasses
import itertools
import re
import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from quoth.read.paragraphs import joined
from quoth.record.passage import PassageRole
from quoth.terms.anchor import PageBox

__all__ = ["PageLine", "PageParagraph", "lines_of_page", "paragraphs_of", "running_heads"]

_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\xad": "-"})
_RAW_LINE = re.compile("[^\x02\ufffe\n]*(?:[\x02\ufffe]|\n|$)")
"""A line of the library's text: up to a line break, or to the mark it puts for a hyphen at a line's end."""
_DIGITS = re.compile(r"\d+")
_BULLET = re.compile(r"(?:[-•–·*]|\(?\d{1,3}[.)]|\([a-z]\))\s")
_SENTENCE = re.compile(r"[.!?:。！？…][\"”’)»]*$")
_REPEATS = 3


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PageLine:
    """One line: words and box in thousandths of a point from the upper left; ``size`` its font's."""

    words: str
    left: int
    top: int
    right: int
    bottom: int
    size: int
    bold: bool = False

    @property
    def key(self) -> str:
        """What repeats when the line is a running head: its words but for numbers, and its height."""
        return f"{round(self.top / 6000)} {_DIGITS.sub('#', self.words)}"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PageParagraph:
    """A paragraph of one page; its box carries page 1 until the caller knows better."""

    words: str
    role: PassageRole
    box: PageBox


def lines_of_page(page: Any) -> list[PageLine]:
    """The lines of a pypdfium2 page, in the order of the file's text."""
    text_page = page.get_textpage()
    try:
        return _lines(page, text_page)
    finally:
        text_page.close()


def _lines(page: Any, text_page: Any) -> list[PageLine]:
    made = []
    place = 0
    shown = _Shown(page)
    for match in _RAW_LINE.finditer(text_page.get_text_range()):
        length = len(match.group().encode("utf-16-le", "surrogatepass")) // 2
        words = match.group().translate(_HYPHENS).replace("\r", "").replace("\n", " ").strip()
        if words:
            made.append(_line(words, shown, text_page, (place, length)))
        place += length
    return made


def _line(words: str, shown: "_Shown", text_page: Any, run: tuple[int, int]) -> PageLine:
    import pypdfium2.raw

    start, length = run
    boxes = [text_page.get_rect(one) for one in range(text_page.count_rects(start, length))]
    corners = [shown.at(x, y) for left, bottom, right, top in boxes for x, y in ((left, top), (right, bottom))]
    if not corners:
        corners = [(0, 0)]
    size = round(pypdfium2.raw.FPDFText_GetFontSize(text_page, start) * 1000)
    return PageLine(
        words=words,
        left=min(x for x, _ in corners),
        top=min(y for _, y in corners),
        right=max(x for x, _ in corners),
        bottom=max(y for _, y in corners),
        size=size if size >= 4000 else max(y for _, y in corners) - min(y for _, y in corners),
        bold=_bold(text_page, start) and _bold(text_page, start + len(words) - 1),
    )


def _bold(text_page: Any, place: int) -> bool:
    """Whether the character at ``place`` is set in a heavy font, by the font's weight or its name."""
    import pypdfium2.raw

    if pypdfium2.raw.FPDFText_GetFontWeight(text_page, place) >= 600:
        return True
    name = ctypes.create_string_buffer(128)
    length = pypdfium2.raw.FPDFText_GetFontInfo(text_page, place, name, len(name), None)
    return 0 < length <= len(name) and b"bold" in name.value.lower()


class _Shown:
    """From a page's own space to the page as it is shown: cropped, rotated, upper left first."""

    def __init__(self, page: Any) -> None:
        self._page = page
        width, height = page.get_size()
        self._width, self._height = round(width * 1000), round(height * 1000)

    def at(self, x: float, y: float) -> tuple[int, int]:
        """A point in thousandths of a point."""
        import pypdfium2.raw

        across, down = ctypes.c_int(), ctypes.c_int()
        pypdfium2.raw.FPDF_PageToDevice(self._page, 0, 0, self._width, self._height, 0, x, y, across, down)
        return across.value, down.value


def running_heads(pages: Mapping[int, Sequence[PageLine]]) -> frozenset[str]:
    """Keys of lines that stand first or last on at least three pages."""
    counts: dict[str, int] = {}
    for lines in pages.values():
        for key in {line.key for line in [*lines[:2], *lines[-2:]]}:
            counts[key] = counts.get(key, 0) + 1
    return frozenset(key for key, count in counts.items() if count >= _REPEATS)


def paragraphs_of(lines: Sequence[PageLine], heads: frozenset[str]) -> list[PageParagraph]:
    """The page's lines as paragraphs with roles."""
    if not lines:
        return []
    edges = {0, 1, len(lines) - 2, len(lines) - 1}
    usual = statistics.median_low([line.size for line in lines for _ in line.words])
    pitch = _pitch(lines)
    groups: list[list[PageLine]] = []
    furniture: list[bool] = []
    for place, line in enumerate(lines):
        is_head = place in edges and line.key in heads
        if not groups or is_head or furniture[-1] or _begins(groups[-1], line, pitch):
            groups.append([])
            furniture.append(is_head)
        groups[-1].append(line)
    return [_paragraph(group, usual, is_head=head) for group, head in zip(groups, furniture, strict=True)]


def _pitch(lines: Sequence[PageLine]) -> int:
    """The usual distance from one line's foot to the next one's."""
    steps = [
        after.bottom - before.bottom
        for before, after in itertools.pairwise(lines)
        if 0 < after.bottom - before.bottom < 3 * max(before.size, 1)
    ]
    return statistics.median_low(steps) if steps else 0


def _begins(group: Sequence[PageLine], line: PageLine, pitch: int) -> bool:
    """Whether ``line`` begins a new paragraph after ``group``."""
    before = group[-1]
    step = line.bottom - before.bottom
    far = 1.35 * pitch if pitch else 1.8 * before.size
    if step <= -before.size // 2 or step > far:
        return True
    if abs(line.size - before.size) > 0.2 * max(before.size, 1):
        return True
    if line.bold != before.bold or _BULLET.match(line.words):
        return True
    wide = max(one.right for one in group)
    ended = _SENTENCE.search(before.words) is not None
    indented = line.left > group[-1].left + before.size * 0.8
    short = before.right < wide - 0.25 * max(wide - before.left, 1) and len(group) > 1
    return ended and (indented or short)


def _paragraph(group: Sequence[PageLine], usual: int, *, is_head: bool) -> PageParagraph:
    words = group[0].words
    for line in group[1:]:
        words = f"{words}\n{line.words}" if words.endswith("-") else joined(words, line.words)
    size = max(line.size for line in group)
    role = PassageRole.BODY
    if is_head:
        role = PassageRole.FURNITURE
    elif size > 1.5 * usual and len(words) < 250:
        role = PassageRole.TITLE
    elif len(words) < 200 and _is_heading(group, larger=size > 1.12 * usual):
        role = PassageRole.HEADING
    return PageParagraph(
        words=words,
        role=role,
        box=PageBox(
            page=1,
            left=min(line.left for line in group),
            top=min(line.top for line in group),
            right=max(line.right for line in group),
            bottom=max(line.bottom for line in group),
        ),
    )


def _is_heading(group: Sequence[PageLine], *, larger: bool) -> bool:
    """Whether a short paragraph is set like a heading and does not end like a sentence."""
    heavy = all(line.bold for line in group)
    return (larger or heavy) and not group[-1].words.endswith((".", ",", ";", "”", "。"))
