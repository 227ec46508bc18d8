"""Calendar expressions read: days, months, seasons, years, decades, holidays.

- No year given: the latest such time not after the anchor; told of the future, the next.
- Two readings honestly open are both kept; what is not on the calendar is ``None``.

Example::

    CALENDAR[Kind.MONTH](Expr(kind=Kind.MONTH, month=2), scene)
"""

import datetime
from collections.abc import Callable
from dataclasses import replace

from quoth.resolve.by_distance import UNREAD
from quoth.resolve.expr import Answer, Expr, Kind, Scene
from quoth.resolve.holidays import holiday
from quoth.resolve.spans import Span, century_span, month_span, season_span, shift_months, unit_span, year_span

__all__ = ["CALENDAR"]

Date = datetime.date
_LOOK = 9
"""Years looked through for a day that not every year has."""


def _given_year(expr: Expr, scene: Scene) -> int | None:
    if expr.year is not None:
        return expr.year
    if expr.year_rel is None:
        return None
    if expr.unit == "text":
        held = scene.previous
        base = None if held is None else held.latest or held.earliest
    else:
        base = scene.anchor
    return None if base is None else base.year + expr.year_rel


def _latest(make: Callable[[int], Span | None], scene: Scene, words: str) -> Answer | None:
    """The latest span of its kind that starts not after the anchor; ahead, the next one."""
    if scene.anchor is None:
        return UNREAD
    anchor = scene.anchor
    step = 1 if scene.future else -1
    for year in range(anchor.year - scene.future, anchor.year + step * _LOOK, step):
        span = _on_calendar(make, year)
        if span is None or span.earliest is None or span.latest is None:
            continue
        if scene.future and span.latest >= anchor:
            return Answer(span=span, basis=f"no year given, told of the future: the next such {words}", anchored=True)
        if not scene.future and span.earliest <= anchor:
            basis = f"no year given: the latest such {words} not after the anchor"
            return Answer(span=span, basis=basis, anchored=True)
    return None


def _on_calendar(make: Callable[[int], Span | None], year: int) -> Span | None:
    try:
        return make(year)
    except ValueError:
        return None


def _day(expr: Expr, scene: Scene) -> Answer | None:
    number = expr.day or 0
    if expr.month is None:
        return _bare_day(expr, scene)
    year, month = _given_year(expr, scene), expr.month

    def make(of: int) -> Span:
        return Span(Date(of, month, number), Date(of, month, number), "day")

    if year is None:
        if not _on_calendar(make, 2000):
            return None
        if expr.year_rel is not None:
            return UNREAD
        answer = _latest(make, scene, "day")
    else:
        anchored = expr.year is None
        answer = Answer(span=make(year), basis="a day as written", anchored=anchored)
    return _with_weekday(answer, expr)


def _with_weekday(answer: Answer | None, expr: Expr) -> Answer | None:
    """The answer, with a note where the weekday that is written does not fall on the day."""
    if answer is None or expr.weekday is None or answer.span.earliest is None:
        return answer
    if answer.span.earliest.weekday() == expr.weekday:
        return answer
    return replace(answer, basis=f"{answer.basis}; the weekday as written does not fall on it")


def _bare_day(expr: Expr, scene: Scene) -> Answer | None:
    """A day of the month alone: of the month named by its distance, or the latest such day."""
    number = expr.day or 0
    if not 1 <= number <= 31:
        return None
    if scene.anchor is None:
        return UNREAD
    if expr.month_rel is not None:
        first = shift_months(scene.anchor.replace(day=1), expr.month_rel)
        day = first.replace(day=number)
        return Answer(span=Span(day, day, "day"), basis="a day of the month named by its distance", anchored=True)
    for months in range(13):
        first = shift_months(scene.anchor.replace(day=1), months if scene.future else -months)
        if number > (month_span(first.year, first.month).latest or first).day:
            continue
        day = first.replace(day=number)
        if (day >= scene.anchor) if scene.future else (day <= scene.anchor):
            which = "next" if scene.future else "latest"
            return Answer(span=Span(day, day, "day"), basis=f"no month given: the {which} such day", anchored=True)
    return None


def _month(expr: Expr, scene: Scene) -> Answer | None:
    month = expr.month or 0
    year = _given_year(expr, scene)
    if year is not None:
        return Answer(span=month_span(year, month), basis="a calendar month", anchored=expr.year is None)
    if scene.anchor is None or expr.year_rel is not None:
        return UNREAD
    anchor = scene.anchor
    if expr.rel == "last":
        own = month_span(anchor.year, month)
        if own.latest is not None and own.latest < anchor:
            before = month_span(anchor.year - 1, month)
            basis = "the latest such month; last year's kept beside it"
            return Answer(span=own, basis=basis, anchored=True, others=(before,))
        return Answer(span=month_span(anchor.year - 1, month), basis="the latest such month", anchored=True)
    if expr.rel == "this":
        return Answer(span=month_span(anchor.year, month), basis="that month of the anchor's year", anchored=True)
    if expr.rel == "next":
        later = anchor.year + (month <= anchor.month)
        return Answer(span=month_span(later, month), basis="the next such month", anchored=True)
    return _latest(lambda of: month_span(of, month), scene, "month")


def _season(expr: Expr, scene: Scene) -> Answer | None:
    year, name = _given_year(expr, scene), expr.name

    def make(of: int) -> Span:
        return season_span(of, name, south=scene.south)

    if year is not None:
        span = make(year)
        crosses = span.earliest is not None and span.earliest.month == 12
        others = (make(year - 1),) if crosses and expr.number == 0 else ()
        basis = "a season by its months"
        if crosses:
            basis += ", the winter that starts in the year named"
        return Answer(span=span, basis=basis, anchored=expr.year is None, others=others)
    if scene.anchor is None:
        return UNREAD
    anchor = scene.anchor
    near = [make(anchor.year + step) for step in (-2, -1, 0, 1)]
    if expr.rel == "last":
        span = [one for one in near if one.latest is not None and one.latest < anchor][-1]
        return Answer(span=span, basis="the latest such season ended", anchored=True)
    if expr.rel == "next" or scene.future:
        span = next(one for one in near if one.earliest is not None and one.latest is not None and one.latest >= anchor)
        if expr.rel == "next" and span.earliest is not None and span.earliest <= anchor:
            span = make(span.earliest.year + 1)
        return Answer(span=span, basis="the next such season", anchored=True)
    span = [one for one in near if one.earliest is not None and one.earliest <= anchor][-1]
    if (
        expr.rel == "this"
        and span.earliest is not None
        and span.earliest.year < anchor.year
        and span.latest is not None
    ):
        span = span if span.latest >= anchor else make(anchor.year)
    return Answer(span=span, basis="the latest such season not after the anchor", anchored=True)


def _quarter(expr: Expr, scene: Scene) -> Answer | None:
    size = 3 if expr.kind is Kind.QUARTER else 6
    year = _given_year(expr, scene)

    def make(of: int) -> Span:
        start = Date(of, (expr.number - 1) * size + 1, 1)
        end = shift_months(start, size - 1)
        return Span(start, month_span(end.year, end.month).latest, "quarter" if size == 3 else "half")

    if year is None:
        return UNREAD if expr.year_rel is not None else _latest(make, scene, expr.kind.value)
    return Answer(span=make(year), basis=f"a calendar {expr.kind.value}", anchored=expr.year is None)


def _year(expr: Expr, scene: Scene) -> Answer | None:
    year = _given_year(expr, scene)
    if year is None:
        return UNREAD
    return Answer(span=year_span(year), basis="a calendar year", anchored=expr.year is None)


def _decade(expr: Expr, scene: Scene) -> Answer | None:
    year = expr.year
    if year is None:
        base = scene.anchor.year if scene.anchor else 2000
        year = base // 100 * 100 + expr.number
        if year > base:
            year -= 100
    if expr.rel == "hundred":
        ten = (unit_span("decade", Date(year, 1, 1)),) if year == 1900 else ()
        hundred = Span(Date(year, 1, 1), Date(year + 99, 12, 31), "century")
        return Answer(span=hundred, basis="a hundred years", others=ten)
    basis = "a decade of ten calendar years"
    others = (Span(Date(year, 1, 1), Date(year + 99, 12, 31), "century"),) if year % 100 == 0 else ()
    return Answer(span=unit_span("decade", Date(year, 1, 1)), basis=basis, others=others)


def _century(expr: Expr, scene: Scene) -> Answer | None:
    number = expr.number
    if expr.rel:
        if scene.anchor is None:
            return UNREAD
        number = (scene.anchor.year - 1) // 100 + 1 + {"last": -1, "this": 0, "next": 1}[expr.rel]
    span = century_span(number)
    other = Span(Date(max(1, 100 * number - 100), 1, 1), Date(100 * number - 1, 12, 31), "century")
    return Answer(span=span, basis="a century, counted from its year 1", others=(other,), anchored=bool(expr.rel))


def _turn(expr: Expr, scene: Scene) -> Answer | None:
    number = expr.number or (((scene.anchor.year - 1) // 100 + 1) if scene.anchor else 0)
    if not number:
        return UNREAD
    first = 100 * (number - 1)
    span = Span(Date(first - 5, 1, 1), Date(first + 4, 12, 31))
    narrow = Span(Date(first - 1, 1, 1), Date(first + 1, 12, 31))
    return Answer(span=span, basis="five years either side of the turn", others=(narrow,))


def _holiday(expr: Expr, scene: Scene) -> Answer | None:
    def make(of: int) -> Span | None:
        day = holiday(expr.name, of)
        return None if day is None else Span(day, day, "day")

    year = _given_year(expr, scene)
    if year is None:
        return _latest(make, scene, "holiday") or UNREAD
    span = make(year)
    if span is None:
        return replace(UNREAD, basis="a holiday whose date in that year is not in our table")
    return Answer(span=span, basis="a holiday by its date in that year", anchored=expr.year is None)


def _numeric(expr: Expr, scene: Scene) -> Answer | None:
    """Day and month by the order the document shows, by a number above 12, or both."""
    year, first, second = expr.year or 0, expr.month or 0, expr.day or 0
    orders = {"mdy": (first, second), "dmy": (second, first)}
    spans: dict[str, Span] = {}
    for order, (month, number) in orders.items():
        span = _on_calendar(lambda of, m=month, n=number: Span(Date(of, m, n), Date(of, m, n), "day"), year)  # type: ignore[misc]
        if span is not None and span not in spans.values():
            spans[order] = span
    if not spans:
        return None
    hint = expr.rel or scene.order
    if len(spans) == 1:
        return Answer(span=next(iter(spans.values())), basis="a numeric date with one possible order")
    if hint in spans:
        return Answer(
            span=spans[hint], basis=f"a numeric date in the order {hint}, as the text elsewhere or its form shows"
        )
    both = sorted(spans.values())
    hull = Span(both[0].earliest, both[1].latest)
    basis = "a numeric date with two possible orders: both are kept, the bounds hold both"
    return Answer(span=hull, basis=basis, others=tuple(both), edtf="")


def _fiscal(expr: Expr, scene: Scene) -> Answer | None:
    year = _given_year(expr, scene)
    if year is None:
        return UNREAD
    anchored = expr.year is None
    us = Span(Date(year - 1, 10, 1), Date(year, 9, 30))
    indian = Span(Date(year, 4, 1), Date(year + 1, 3, 31))
    australian = Span(Date(year - 1, 7, 1), Date(year, 6, 30))
    if scene.state == "us":
        return Answer(span=us, basis="a United States fiscal year, named by its end", anchored=anchored)
    if scene.state == "in" or expr.number:
        return Answer(span=indian, basis="a fiscal year from April to March", anchored=anchored)
    if scene.state == "au":
        return Answer(span=australian, basis="an Australian fiscal year, named by its end", anchored=anchored)
    others = (us, indian, australian)
    return Answer(span=year_span(year), basis="a fiscal year of no state named", anchored=anchored, others=others)


CALENDAR: dict[Kind, Callable[[Expr, Scene], Answer | None]] = {
    Kind.DAY: _day,
    Kind.MONTH: _month,
    Kind.SEASON: _season,
    Kind.QUARTER: _quarter,
    Kind.HALF: _quarter,
    Kind.YEAR: _year,
    Kind.DECADE: _decade,
    Kind.CENTURY: _century,
    Kind.TURN: _turn,
    Kind.HOLIDAY: _holiday,
    Kind.NUMERIC: _numeric,
    Kind.FISCAL: _fiscal,
}
"""The readers of calendar expressions by their kind."""
