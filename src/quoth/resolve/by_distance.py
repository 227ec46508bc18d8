"""Expressions that count from the anchor, such as last week.

- Units are calendar units: "two months ago" is that whole month, never a day.
- Without an anchor, or without the earlier date that "the following day" needs, there are no
  bounds: :data:`UNREAD`.

Example::

    unit(Expr(kind=Kind.UNIT, unit="month", rel="last"), Scene(anchor=datetime.date(2012, 5, 1)))   # April 2012
"""

import datetime

from quoth.resolve.counts import VAGUE
from quoth.resolve.expr import Answer, Expr, Scene
from quoth.resolve.spans import Span, part_of, shift_months, unit_span

__all__ = ["UNREAD", "ago", "deictic", "is_near", "open_ended", "unit", "vague", "weekday", "window"]

_DAY = datetime.timedelta(days=1)
_STEP = {"last": -1, "previous": -1, "this": 0, "same": 0, "next": 1, "following": 1}
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_DAYS = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}

UNREAD = Answer(span=Span(None, None, "unknown"), basis="nothing to read it against")
"""No bounds: the anchor or the earlier date is missing."""


def deictic(expr: Expr, scene: Scene) -> Answer | None:
    """Today, yesterday, the day before yesterday, overnight."""
    if scene.anchor is None:
        return UNREAD
    day = scene.anchor + expr.number * _DAY
    if expr.part == "overnight":
        span = Span(day - _DAY, day)
        return Answer(span=span, basis="overnight: the day before and the day itself", anchored=True)
    return Answer(span=Span(day, day, "day"), basis="a day by its distance from the anchor", anchored=True)


def weekday(expr: Expr, scene: Scene) -> Answer | None:
    """A weekday: the most recent one, the next one, or the one of a week that is named."""
    want = expr.weekday or 0
    if expr.rel in ("following", "previous", "same"):
        return _weekday_by_text(want, expr.rel, scene)
    if scene.anchor is None:
        return UNREAD
    anchor = scene.anchor
    monday = anchor - anchor.weekday() * _DAY
    if expr.rel.startswith("week"):
        day = monday + (want + 7 * expr.number) * _DAY
        return _day(day, "that day of the week named, Monday to Sunday")
    if expr.rel == "this":
        return _day(monday + want * _DAY, "that day of the anchor's own week")
    if expr.rel == "next" or (scene.future and expr.rel != "last"):
        day = anchor + ((want - anchor.weekday() - 1) % 7 + 1) * _DAY
        others = (_one(day + 7 * _DAY),) if expr.rel == "next" else ()
        return _day(day, "the first such weekday after the anchor", others)
    day = anchor - ((anchor.weekday() - want - 1) % 7 + 1) * _DAY
    others = (_one(anchor),) if anchor.weekday() == want else ()
    return _day(day, "the most recent such weekday before the anchor", others)


def is_near(span: Span | None) -> bool:
    """Whether a date is fine enough to count days and weekdays from: two weeks at most."""
    return (
        span is not None
        and span.earliest is not None
        and span.latest is not None
        and (span.latest - span.earliest).days <= 13
    )


def _weekday_by_text(want: int, rel: str, scene: Scene) -> Answer | None:
    held = scene.previous if is_near(scene.previous) else scene.near
    if held is None or held.earliest is None or held.latest is None:
        return UNREAD
    note = "" if held == scene.previous else "; a coarser time stands between"
    if rel == "following":
        base = held.latest
        return _day(
            base + ((want - base.weekday() - 1) % 7 + 1) * _DAY, f"the first one after the date before it{note}"
        )
    base = held.earliest
    step = (base.weekday() - want - (rel == "previous")) % 7 + (rel == "previous")
    day = base - step * _DAY
    others: tuple[Span, ...] = ()
    if note and scene.anchor is not None:
        other = scene.anchor - ((scene.anchor.weekday() - want - 1) % 7 + 1) * _DAY
        others = (_one(other),)
    return _day(day, f"the last one up to the date before it{note}", others)


def _one(day: datetime.date) -> Span:
    return Span(day, day, "day")


def _day(day: datetime.date, basis: str, others: tuple[Span, ...] = ()) -> Answer:
    return Answer(span=_one(day), basis=basis, anchored=True, others=others)


def unit(expr: Expr, scene: Scene) -> Answer | None:
    """Last, this or next week, month, quarter, year …; the same, following or previous one of the text."""
    by_text = expr.rel in ("same", "following", "previous")
    base = scene.anchor
    if by_text:
        base = _base_by_text(expr, scene)
    if base is None:
        return UNREAD
    step = expr.number if expr.rel == "step" else _STEP[expr.rel]
    span = unit_span(expr.unit, base, step)
    if expr.unit == "weekend" and not by_text and expr.rel in ("last", "this") and scene.anchor is not None:
        span = _weekend(expr, scene, span)
    if expr.name == "latest" and not scene.future:
        start = part_of(span, expr.part).earliest
        span = unit_span(expr.unit, base, -1) if start is not None and start > base else span
    basis = f"a calendar {expr.unit} by its distance from the " + ("date before it" if by_text else "anchor")
    if expr.part in ("earlier", "later") and span.earliest is not None and span.latest is not None:
        cut = Span(span.earliest, base) if expr.part == "earlier" else Span(base, span.latest)
        return Answer(span=cut, basis=f"{basis}; {expr.part} in it than the anchor", anchored=True)
    if expr.part:
        span = part_of(span, expr.part)
        basis += "; only the part named"
    others: tuple[Span, ...] = ()
    if expr.rel == "this" and not expr.part and not scene.future and span.earliest is not None and span.earliest < base:
        others = (Span(span.earliest, base),)
    return Answer(span=span, basis=basis, anchored=True, others=others if not by_text else ())


def _base_by_text(expr: Expr, scene: Scene) -> datetime.date | None:
    """The day that "the following week" counts from; none where the text's date is coarser than the unit."""
    held = scene.previous
    if held is None or held.earliest is None or held.latest is None:
        return None
    if unit_span(expr.unit, held.earliest) != unit_span(expr.unit, held.latest):
        return None
    return held.latest if expr.rel == "following" else held.earliest


def _weekend(expr: Expr, scene: Scene, span: Span) -> Span:
    """The latest weekend ended ("last"), or told in the past; the coming one otherwise."""
    anchor = scene.anchor
    if anchor is None:
        return span
    own = unit_span("weekend", anchor)
    if expr.rel == "last":
        return own if own.latest is not None and own.latest < anchor else unit_span("weekend", anchor, -1)
    if scene.future or (own.earliest is not None and own.earliest <= anchor):
        return own
    return unit_span("weekend", anchor, -1)


def ago(expr: Expr, inner: Answer | None, scene: Scene) -> Answer | None:
    """N units before or after the anchor, or before or after a date (``inner``), at the unit's own grain."""
    if inner is not None:
        base = inner.span.earliest if expr.rel == "before" else inner.span.latest
        coarse = inner.span.earliest != inner.span.latest
    elif expr.name == "text":
        held = scene.previous
        base = None if held is None else held.latest
        coarse = held is not None and held.earliest != held.latest
    else:
        base, coarse = scene.anchor, False
    if base is None:
        return UNREAD
    sign = -1 if expr.rel == "before" else 1
    if expr.number == VAGUE:
        span = Span(None, base) if sign < 0 else Span(base, None)
        return Answer(span=span, basis="a distance of no number: open", anchored=True)
    basis = f"counted in {expr.unit}s, at the grain of the {expr.unit}"
    span = _moved(expr, base, sign)
    whole = inner.span if inner is not None else scene.previous
    if coarse and whole is not None and whole.earliest is not None and whole.latest is not None:
        first, last = _moved(expr, whole.earliest, sign), _moved(expr, whole.latest, sign)
        span = Span(first.earliest, last.latest, span.unit)
    return Answer(span=span, basis=basis, anchored=inner is None or inner.anchored)


def _moved(expr: Expr, base: datetime.date, sign: int) -> Span:
    count, name = expr.number, expr.unit
    if name == "hour":
        days = max(1, (count + 12) // 24)
        return unit_span("day", base, sign * days)
    if name == "day":
        return unit_span("day", base, sign * count)
    exact = expr.part == "exact"
    if name in _DAYS:
        moved = base + sign * count * _DAYS[name] * _DAY
        return _one(moved) if exact else unit_span("week", moved)
    moved = shift_months(base, sign * count * _MONTHS[name] + (sign * _MONTHS[name] // 2 if expr.part == "half" else 0))
    if exact:
        return _one(moved)
    if expr.part == "half" and name == "year":
        return Span(shift_months(moved, -3), shift_months(moved, 3))
    return unit_span("month" if name == "quarter" else "year" if name in ("decade", "century") else name, moved)


def window(expr: Expr, scene: Scene) -> Answer | None:
    """The past or coming N units: from or to the anchor."""
    if scene.anchor is None:
        return UNREAD
    anchor = scene.anchor
    ahead = expr.rel == "next"
    sign = 1 if ahead else -1
    if expr.number == VAGUE:
        span = Span(anchor, None) if ahead else Span(None, anchor)
        return Answer(span=span, basis="a window of no number: open", anchored=True)
    if expr.unit == "hour":
        far = anchor + sign * max(1, (expr.number + 12) // 24) * _DAY
    elif expr.unit in _DAYS:
        far = anchor + sign * expr.number * _DAYS[expr.unit] * _DAY
    else:
        far = shift_months(anchor, sign * expr.number * _MONTHS[expr.unit])
    span = Span(anchor, far) if ahead else Span(far, anchor)
    return Answer(
        span=span,
        basis=f"a window of {expr.number} {expr.unit}s that ends at the anchor"
        if not ahead
        else f"a window of {expr.number} {expr.unit}s from the anchor",
        anchored=True,
    )


def vague(expr: Expr, scene: Scene) -> Answer | None:
    """Recently: up to the anchor; soon: from it."""
    if scene.anchor is None:
        return UNREAD
    ahead = expr.rel == "next" or (expr.rel == "either" and scene.future)
    span = Span(scene.anchor, None) if ahead else Span(None, scene.anchor)
    return Answer(span=span, basis="a vague time, open on its far side", anchored=True)


def open_ended(expr: Expr, inner: Answer, scene: Scene) -> Answer | None:
    """Before, after, since, until, by, from, as of."""
    start, end = inner.span.earliest, inner.span.latest
    if start is None and end is None:
        return inner
    operator = expr.rel
    basis = f"{inner.basis}; {operator}: "
    if operator == "before":
        if start is None:
            return None
        span, note = Span(None, start - _DAY), "ends the day before it starts"
    elif operator == "after":
        if end is None:
            return None
        span, note = Span(end + _DAY, None), "starts the day after it ends"
    elif operator == "since":
        late = scene.anchor if scene.anchor is not None and start is not None and start <= scene.anchor else None
        span, note = Span(start, late), "from its start to the anchor"
    elif operator == "from":
        span, note = Span(start, None), "from its start, open"
    else:
        span, note = Span(None, end), "up to its end, open before"
        if operator == "by" and scene.future and scene.anchor is not None and end is not None and end >= scene.anchor:
            span, note = Span(scene.anchor, end), "a deadline ahead, from the anchor"
    anchored = inner.anchored or operator in ("since", "by")
    return Answer(span=span, basis=basis + note, anchored=anchored)
