"""Chinese text in layers: quotations masked, sentences, clauses.

- A quotation is one opaque stretch to the sentence around it, and a text of its own inside.
- Titles in 《》, brackets and anonymity phrases are masked too; offsets never move.
- A sentence ends at 。！？, or behind a quotation that a colon or comma led to and that ends so itself.

Example::

    "他说：“好。”她走了。"  ->  sentences "他说：“好。”" and "她走了。"
"""

import dataclasses
import re
from collections.abc import Sequence

from quoth.attribute.chinese_people import ANONYMOUS, QUOTED, TITLED
from quoth.attribute.drafts import Span
from quoth.attribute.quotes import Quote

__all__ = ["Clause", "Layer", "clauses_of", "layer_of", "sentences_of"]

BRACKETED = "\ue002"
_TITLE = re.compile(r"《[^《》\n]{1,60}》")
_BRACKETS = re.compile(r"[（(【][^（）()【】\n]{0,120}[）)】]")
_HIDDEN = re.compile(
    r"(?:(?:因|怕|出于|以)[^，。；：\n“”「」]{2,40}?)?(?:而)?(?:不愿|要求|不便|拒绝|不肯|希望|不想|请求|坚持)(?:公开|透露|具|披露|使用|匿|隐|不公开)"
    r"(?:名|姓名|身份|真名|姓氏|真实姓名|真实身份|化名|去姓名|其姓名|其身份|自己的姓名|自己的身份|去身份|去真名|名字)"
    r"|不具名|未具名|未透露姓名|要求匿名|化名"
)
_END = "。！？!?"
_CUT = "，；：,;:"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One level of a paragraph: ``text`` is folded and masked, ``plain`` folded; both count from ``shift``."""

    text: str
    plain: str
    shift: int
    quotes: tuple[Span, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A stretch between marks, with the mark before and the mark after (empty at the edge of its sentence)."""

    start: int
    end: int
    before: str
    after: str


def layer_of(folded: str, span: Span, quotes: Sequence[Quote], level: int) -> Layer:
    """The layer of ``folded[span]`` with its quotations of ``level`` masked; ``quotes`` count the whole text."""
    start, end = span
    plain = folded[start:end]
    chars = list(plain)
    inner = tuple((quote.start - start, quote.end - start) for quote in quotes if quote.level == level)
    for first, last in inner:
        chars[first:last] = QUOTED * (last - first)
    text = "".join(chars)
    for pattern, mark in ((_TITLE, TITLED), (_BRACKETS, BRACKETED), (_HIDDEN, ANONYMOUS)):
        text = "".join(mark * len(part) if odd % 2 else part for odd, part in enumerate(_parts(pattern, text)))
    return Layer(text=text, plain=plain, shift=start, quotes=inner)


def _parts(pattern: re.Pattern[str], text: str) -> list[str]:
    """``text`` cut at the matches of ``pattern``: every second part is a match."""
    found, at = [], 0
    for match in pattern.finditer(text):
        found += [text[at : match.start()], match[0]]
        at = match.end()
    return [*found, text[at:]]


def sentences_of(layer: Layer) -> list[Span]:
    """The sentences of a layer, closing marks included, none empty."""
    text, plain = layer.text, layer.plain
    cuts = {match.end() for match in re.finditer(rf"[{_END}]+|…{{2,}}(?=[^，。；：])", text) if match[0][0] in _END}
    for first, last in layer.quotes:
        led = plain[first - 1 : first] in ("：", "，", ":", ",") if first else False
        ended = plain[max(first, last - 2) : last - 1] in tuple(_END + "…")
        if led and ended and last < len(text) and text[last] not in "，。；：、,;:的！？":
            cuts.add(last)
    found = []
    start = 0
    for cut in [*sorted(cuts), len(text)]:
        first, last = start, cut
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if last > first:
            found.append((first, last))
        start = cut
    return found


def clauses_of(text: str, sentence: Span) -> list[Clause]:
    """The clauses of a sentence of ``text``, without the marks between them; ！ and ？ at the end are left out."""
    start, end = sentence
    stop = end
    while stop > start and text[stop - 1] in _END:
        stop -= 1
    found = []
    before, first = "", start
    for at in range(start, stop):
        char = text[at]
        number = char in ",:" and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
        if (char in _CUT and not number) or (char.isspace() and _han(text, at - 1) and _han(text, at + 1)):
            if at > first:
                found.append(Clause(start=first, end=at, before=before, after=char))
            before, first = char, at + 1
    if stop > first:
        found.append(Clause(start=first, end=stop, before=before, after=""))
    return found


def _han(text: str, at: int) -> bool:
    return 0 <= at < len(text) and ("\u3400" <= text[at] <= "\u9fff" or text[at] == QUOTED)
