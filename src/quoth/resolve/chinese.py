"""Chinese date expressions: 2012年4月中旬, 上周五, 去年底, 三天前.

- One expression for all starts, each repeat bounded: linear whatever the text.
- Lunar and other calendars are named as such and not converted; Republic-of-China and Japanese
  era years are.

Example::

    next(scan("2012年4月中旬", 0, 8))   # (0, 8, Expr(kind=Kind.MONTH, year=2012, month=4, part="mid"))
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from quoth.resolve.chinese_points import Hit, point
from quoth.resolve.chinese_words import NUMBER
from quoth.resolve.expr import Expr, Kind

__all__ = ["scan"]

_START = re.compile(
    r"[\d０-９〇○零一二三四五六七八九十两兩廿卅几幾数數半元正"
    r"今昨前明后後去上下本这這当當同次翌该該民昭平令大明"
    r"周週星礼禮春夏秋冬初年月底末近最日不未过過将將自从從截到约約农農腊臘清五国國圣聖劳勞除建端中第全早晚每据]"
)
_JOIN = re.compile(r"\s?(?:至|到|—{1,2}|–|-|~|～|－|和|与|與)\s?")
_BEFORE = re.compile(r"(?:以|之)?前(?![往去进進线線景途后後总總])")
_AFTER = re.compile(r"(?:以|之)?[后後](?![勤台来來者续續果])")
_SINCE = re.compile(r"(?:以[来來]|至今|起)")
_ABOUT = re.compile(r"(?:左右|前后|前後)")
_FROM = re.compile(r"(?:自从?|从|從)")
_UNTIL = re.compile(r"(?:截至|截止到?|直到|直至)")
_BY = re.compile(r"(?:最迟|最晚)(?:在|于)?")
_NEAR = re.compile(r"(?:大约|大約|大概|约|約)(?:在|于|於)?")
_RECURRING = re.compile(rf"[每逢][隔]?(?:{NUMBER})?(?:个|個)?(?:年|月|周|週|星期|礼拜|天|日)[一二三四五六日天]?")


def scan(text: str, start: int, end: int) -> Iterator[tuple[int, int, Expr]]:
    """Every Chinese date expression between ``start`` and ``end``."""
    place = start
    while place < end:
        found = _START.search(text, place, end)
        if found is None:
            return
        place = found.start()
        skipped = _RECURRING.match(text, place, end)
        if skipped:
            place = skipped.end()
            continue
        hit = _expression(text, place, end)
        if hit is None:
            place += 1
        else:
            yield place, hit[0], hit[1]
            place = hit[0]


def _expression(text: str, place: int, end: int) -> Hit | None:
    """A point with what stands before and after it."""
    for lead, rel in ((_FROM, "from"), (_UNTIL, "until"), (_BY, "by")):
        led = lead.match(text, place, end)
        if led:
            return _led(text, led.end(), end, rel)
    near = _NEAR.match(text, place, end)
    first = point(text, near.end() if near else place, end)
    if first is None:
        return None
    if near:
        return first[0], Expr(kind=Kind.ABOUT, inner=first[1])
    joined = _joined(text, first, end)
    return joined or _trailed(text, first, end)


def _led(text: str, place: int, end: int, rel: str) -> Hit | None:
    first = point(text, place, end)
    if first is None:
        return None
    if rel == "from":
        joined = _joined(text, first, end)
        if joined:
            return joined
        since = re.compile(r"(?:以[来來]|至今|起|开始|開始)").match(text, first[0], end)
        return (since.end() if since else first[0]), Expr(kind=Kind.OPEN, rel="since", inner=first[1])
    return first[0], Expr(kind=Kind.OPEN, rel=rel, inner=first[1])


def _joined(text: str, first: Hit, end: int) -> Hit | None:
    """A range; its second end may be a bare day or month that borrows what the first one names."""
    at, expr = first
    mark = _JOIN.match(text, at, end)
    if mark is None or expr.kind not in _JOINABLE:
        return None
    second = point(text, mark.end(), end)
    if second is None or second[1].kind not in _JOINABLE or mark.group().strip() in ("和", "与", "與"):
        return None
    last = _borrowed(expr, second[1])
    return second[0], Expr(kind=Kind.RANGE, inner=expr, other=last)


def _borrowed(first: Expr, last: Expr) -> Expr:
    """In Chinese the first end names the year and month, and the second one borrows them."""
    if last.kind is Kind.DAY and last.month is None and first.month is not None:
        last = replace(last, month=first.month)
    if last.year is None and last.year_rel is None and last.kind in (Kind.DAY, Kind.MONTH, Kind.SEASON):
        last = replace(last, year=first.year, year_rel=first.year_rel)
    return last


def _trailed(text: str, first: Hit, end: int) -> Hit:
    at, expr = first
    if expr.kind in (Kind.VAGUE, Kind.WINDOW, Kind.AGO, Kind.OPEN):
        return first
    for trail, rel in ((_ABOUT, "about"), (_SINCE, "since"), (_BEFORE, "before"), (_AFTER, "after")):
        found = trail.match(text, at, end)
        if not found:
            continue
        if rel == "about":
            return found.end(), Expr(kind=Kind.ABOUT, inner=expr)
        return found.end(), Expr(kind=Kind.OPEN, rel=rel, inner=expr)
    return first


_JOINABLE = frozenset({Kind.DAY, Kind.MONTH, Kind.YEAR, Kind.SEASON, Kind.DECADE, Kind.WEEKDAY})
