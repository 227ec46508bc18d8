"""Expressions read against their scene: which days they can mean.

- Never more precise than the words, never less precise than they allow.
- Without an anchor a relative expression has no bounds; nothing is guessed.
- What is not on the calendar (30 February) is no date: ``None``.

Example::

    read(Expr(kind=Kind.MONTH, month=2), Scene(anchor=datetime.date(2012, 6, 20)))   # February 2012
"""

import datetime
from collections.abc import Callable
from dataclasses import replace

from quoth.resolve.by_calendar import CALENDAR
from quoth.resolve.by_distance import UNREAD, ago, deictic, open_ended, unit, vague, weekday, window
from quoth.resolve.expr import Answer, Expr, Kind, Scene
from quoth.resolve.spans import Span, about, edtf_of, part_of, unit_span

__all__ = ["read"]

Date = datetime.date
_DAY = datetime.timedelta(days=1)


def read(expr: Expr, scene: Scene) -> Answer | None:
    """The days ``expr`` can mean, or ``None`` where the calendar has no such thing."""
    try:
        answer = _READERS[expr.kind](expr, scene)
    except (ValueError, OverflowError):
        return None
    if answer is None or not expr.part or expr.kind in _OWN_PARTS or answer.span == UNREAD.span:
        return answer
    narrowed = part_of(answer.span, expr.part)
    others = tuple(part_of(other, expr.part) for other in answer.others)
    return replace(answer, span=narrowed, others=others, basis=f"{answer.basis}; {_PARTS[expr.part]}")


_PARTS = {
    "early": "its first third",
    "mid": "its middle third",
    "late": "its last third",
    "first": "its first half",
    "second": "its second half",
}


def _range(expr: Expr, scene: Scene) -> Answer | None:
    if expr.inner is None or expr.other is None:
        return None
    first, second = _lent(expr.inner, expr.other), expr.other
    start = read(first, scene)
    end = read(second, scene if start is None or start.span == UNREAD.span else replace(scene, previous=start.span))
    if end is None or start is None:
        return None
    if start.span.earliest is not None and end.span.latest is not None and start.span.earliest > end.span.latest:
        if _has_year(first) and not _has_year(second):
            end = read(second, replace(scene, anchor=start.span.earliest, future=True))
        elif not _has_year(expr.inner) and end.span.earliest is not None:
            start = read(expr.inner, replace(scene, anchor=end.span.earliest, future=False))
    if start is None or end is None:
        return None
    if start.span.earliest is None or end.span.latest is None:
        return replace(UNREAD, anchored=True)
    if start.span.earliest > end.span.latest:
        return None
    return Answer(
        span=Span(start.span.earliest, end.span.latest),
        basis="from the start of one to the end of the other",
        anchored=start.anchored or end.anchored,
        edtf=f"{_end_of(start, 0)}/{_end_of(end, 1)}",
    )


def _end_of(answer: Answer, which: int) -> str:
    """The EDTF of a range's end, as coarse as its words were."""
    written = edtf_of(answer.span) if answer.edtf is None else answer.edtf
    coarse = written.split("/")[which] if "/" in written else written
    if coarse and "X" not in coarse and answer.span.unit != "season":
        return coarse
    bound = answer.span.latest if which else answer.span.earliest
    return "" if bound is None else bound.isoformat()


def _has_year(expr: Expr) -> bool:
    return expr.year is not None or expr.year_rel is not None or expr.kind in (Kind.DEICTIC, Kind.AGO, Kind.UNIT)


def _lent(first: Expr, second: Expr) -> Expr:
    """``first`` with the year (and month) that only the second one names."""
    if first.kind in (Kind.DAY, Kind.MONTH, Kind.SEASON, Kind.QUARTER) and not _has_year(first):
        first = replace(first, year=second.year, year_rel=second.year_rel, unit=second.unit)
        if first.month is not None and second.month is not None and first.year is not None:
            later = (first.month, first.day or 0) > (second.month, second.day or 31)
            first = replace(first, year=first.year - later)
    if first.kind is Kind.DAY and first.month is None:
        first = replace(first, month=second.month, month_rel=second.month_rel)
    return first


def _about(expr: Expr, scene: Scene) -> Answer | None:
    inner = read(expr.inner, scene) if expr.inner else None
    if inner is None or inner.span == UNREAD.span:
        return inner
    span = about(inner.span)
    return replace(inner, span=span, others=(), basis=f"{inner.basis}; widened, since the words say about")


def _open(expr: Expr, scene: Scene) -> Answer | None:
    inner = read(expr.inner, scene) if expr.inner else None
    return None if inner is None else open_ended(expr, inner, scene)


def _ago(expr: Expr, scene: Scene) -> Answer | None:
    if expr.name == "in" and not scene.future:
        return None
    inner = read(expr.inner, scene) if expr.inner else None
    return ago(expr, inner, scene)


def _nth(expr: Expr, scene: Scene) -> Answer | None:
    """The n-th week or weekday of a month; the week that holds a day."""
    inner = read(expr.inner, scene) if expr.inner else None
    if inner is None or inner.span.earliest is None or inner.span.latest is None:
        return inner
    start, end = inner.span.earliest, inner.span.latest
    if expr.unit == "week":
        return replace(inner, span=unit_span("week", start), others=(), basis="the week that holds the day")
    if expr.weekday is not None:
        if expr.number > 0:
            day = start + ((expr.weekday - start.weekday()) % 7 + 7 * (expr.number - 1)) * _DAY
        else:
            day = end - ((end.weekday() - expr.weekday) % 7) * _DAY
        span = Span(day, day, "day")
        basis = f"{inner.basis}; the weekday counted in it"
    else:
        first = start + 7 * (expr.number - 1) * _DAY if expr.number > 0 else end - 6 * _DAY
        span = Span(first, min(end, first + 6 * _DAY))
        basis = f"{inner.basis}; seven of its days"
    if span.earliest is None or span.earliest > end:
        return None
    return replace(inner, span=span, others=(), basis=basis)


def _other(expr: Expr, scene: Scene) -> Answer | None:
    del scene  # no anchor helps
    return Answer(span=UNREAD.span, basis=f"another calendar ({expr.name}): not converted")


_OWN_PARTS = frozenset({Kind.UNIT, Kind.WEEKDAY, Kind.DEICTIC, Kind.AGO})
_READERS: dict[Kind, Callable[[Expr, Scene], Answer | None]] = CALENDAR | {
    Kind.WEEKDAY: weekday,
    Kind.UNIT: unit,
    Kind.AGO: _ago,
    Kind.DEICTIC: deictic,
    Kind.RANGE: _range,
    Kind.OPEN: _open,
    Kind.ABOUT: _about,
    Kind.WINDOW: window,
    Kind.VAGUE: vague,
    Kind.NTH: _nth,
    Kind.OTHER: _other,
}
