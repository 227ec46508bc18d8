"""English date expressions: points joined by from, between, before, about.

- Tried at each word, with a look ahead of a few words: linear.
- "In", "on", "during" and "at" lead to a date but are not part of it; "since" and "between" are.

Example::

    expression(tokenise("between 2009 and mid-May 2013"), 0)   # (7, Expr(kind=Kind.RANGE, …))
"""

from collections.abc import Callable
from dataclasses import replace

from quoth.resolve.english_points import (
    Hit,
    bare_weekday,
    bare_year,
    dated_day,
    part_before,
    season,
    weekday_of,
    year_number,
    years,
)
from quoth.resolve.english_relative import (
    count_and_unit,
    deictic,
    distance,
    of_the_month,
    unit_by_distance,
    vague,
    window,
)
from quoth.resolve.english_units import eras, fiscal, holiday_named, numeric, other_calendar, quarter
from quoth.resolve.english_weeks import of_a_month, week_of
from quoth.resolve.english_words import RECURRING, UNITS, WEEKDAYS
from quoth.resolve.expr import Expr, Kind
from quoth.resolve.tokens import Tokens

__all__ = ["expression", "point"]

_DASHES = ("-", "–", "—")
_OPERATORS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("no", "later", "than"), "by"),
    (("not", "later", "than"), "by"),
    (("no", "earlier", "than"), "from"),
    (("on", "or", "before"), "until"),
    (("on", "or", "after"), "from"),
    (("prior", "to"), "before"),
    (("up", "to"), "until"),
    (("up", "until"), "until"),
    (("before",), "before"),
    (("after",), "after"),
    (("since",), "since"),
    (("until",), "until"),
    (("till",), "until"),
    (("by",), "by"),
)
_ABOUT = frozenset(
    {"about", "around", "circa", "c", "ca", "approximately", "roughly", "nearly", "almost", "some", "near"}
)


def expression(tokens: Tokens, place: int) -> Hit | None:
    """The longest date expression that starts at ``place``, or ``None``."""
    low = tokens.low(place)
    if low in RECURRING and tokens.low(place + 1) in (*WEEKDAYS, *UNITS):
        return None
    foreign = other_calendar(tokens, place)
    if foreign is not None:
        return foreign
    for reader in (_between, _from, _operator, _about, _bounded_ago):
        hit = reader(tokens, place)
        if hit is not None:
            return hit
    first = point(tokens, place)
    if first is None:
        return None
    return _old(tokens, first) or _joined(tokens, first) or _after_words(tokens, first)


def _old(tokens: Tokens, hit: Hit) -> Hit | None:
    """A date that the words after it put into another calendar: "1700 (O.S.)", "the 5th century BC"."""
    at, expr = hit
    after = at + (tokens.low(at) in ("(", ","))
    if tokens.low(after) in ("bc", "bce") or tokens.reads(after, "b", ".", "c"):
        end = after + (1 if tokens.low(after) in ("bc", "bce") else 4)
        return end, Expr(kind=Kind.OTHER, name="years before the common era")
    if tokens.reads(after, "o", ".", "s") or tokens.reads(after, "old", "style") or tokens.low(after) == "os":
        return at, Expr(kind=Kind.OTHER, name="Old Style")
    return None if expr.kind is not Kind.OTHER else hit


def point(tokens: Tokens, place: int) -> Hit | None:
    """A single date expression without a word before it such as since or about."""
    for reader in _POINTS:
        hit = reader(tokens, place)
        if hit is not None:
            return hit
    return None


def _parted(tokens: Tokens, place: int) -> Hit | None:
    """Forms like "mid-April 2012", "the end of last year", "early 2012", "the early 1990s", "late on Tuesday"."""
    found = part_before(tokens, place)
    if found is None:
        return None
    at, part = found
    for on in (at, tokens.skip(at, "on")):
        hit = _month_or_longer(tokens, on, part)
        if hit is not None:
            return hit
    low = tokens.low(at)
    if (
        low in ("year", "month", "week", "decade", "century")
        and tokens.low(at - 1) == "the"
        and tokens.low(at - 2) == "of"
    ):
        return at + 1, Expr(kind=Kind.UNIT, unit=low, rel="this", part=part)
    return None


def _month_or_longer(tokens: Tokens, place: int, part: str) -> Hit | None:
    year = year_number(tokens, place)
    if year is not None:
        return place + 1, Expr(kind=Kind.YEAR, year=year, part=part)
    for reader in (dated_day, season, eras, quarter, unit_by_distance, deictic, bare_weekday, holiday_named):
        hit = reader(tokens, place)
        if hit is None:
            continue
        after, expr = hit
        if expr.kind in (Kind.WINDOW, Kind.RANGE):
            return None
        if expr.kind in (Kind.DAY, Kind.WEEKDAY, Kind.DEICTIC, Kind.HOLIDAY) or expr.part:
            return after, expr
        return after, replace(expr, part=part)
    return None


def _weekday(tokens: Tokens, place: int) -> Hit | None:
    """Forms like "last Tuesday", "the following Tuesday", "next Monday", or the bare weekday."""
    at = tokens.skip(place, "the")
    at += tokens.low(at) == "this" and tokens.low(at + 1) == "coming"
    rel = {"last": "last", "past": "last", "this": "this", "next": "next", "coming": "next"}.get(tokens.low(at))
    if (at > place and tokens.low(at) != "coming") or rel is None:
        by_text = {"following": "following", "next": "following", "previous": "previous", "same": "same"}
        rel = by_text.get(tokens.low(at)) if at > place else rel
    if rel is not None:
        if weekday_of(tokens, at + 1) is None:
            return _last_named(tokens, at, rel)
        hit = bare_weekday(tokens, at + 1)
        return (hit[0], replace(hit[1], rel=rel)) if hit and not hit[1].rel else None
    return bare_weekday(tokens, place) if at == place else None


def _last_named(tokens: Tokens, place: int, rel: str) -> Hit | None:
    """Forms like "last May", "this spring", "next December"."""
    for reader in (dated_day, season, holiday_named):
        hit = reader(tokens, place + 1)
        if hit is not None:
            after, expr = hit
            if expr.year is None and expr.year_rel is None and expr.kind in (Kind.MONTH, Kind.SEASON, Kind.HOLIDAY):
                if expr.kind is Kind.HOLIDAY:
                    return after, expr
                return after, replace(expr, rel=rel)
            return None
    if tokens.low(place + 1) in _SEASON_WORDS:
        return place + 2, Expr(kind=Kind.SEASON, name=_SEASON_WORDS[tokens.low(place + 1)], rel=rel)
    return None


_SEASON_WORDS = {"spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter"}


def _between(tokens: Tokens, place: int) -> Hit | None:
    if tokens.low(place) != "between":
        return None
    first = point(tokens, place + 1)
    if first is not None and first[1].kind is Kind.RANGE and first[1].inner is not None:
        return first
    bare = _bare_number(tokens, place + 1) if first is None else first
    if bare is None or tokens.low(bare[0]) != "and":
        return None
    second = point(tokens, bare[0] + 1) or _bare_year_at(tokens, bare[0] + 1)
    return _range(bare[1], second) if second else None


def _from(tokens: Tokens, place: int) -> Hit | None:
    """Forms like "from X to Y", "from X on"."""
    if tokens.low(place) != "from":
        return None
    first = point(tokens, place + 1) or _bare_number(tokens, place + 1)
    if first is None or first[1].kind is Kind.RANGE:
        return first
    at = first[0]
    if tokens.low(at) in ("to", "until", "till", "through", *_DASHES):
        second = point(tokens, at + 1) or _bare_year_at(tokens, at + 1)
        if second is not None:
            return _range(first[1], second)
    if first[1].kind is Kind.DAY and first[1].month is None:
        return None
    if tokens.low(at) in ("on", "onward", "onwards", "forward"):
        return at + 1, Expr(kind=Kind.OPEN, rel="from", inner=first[1])
    return first[0], Expr(kind=Kind.OPEN, rel="from", inner=first[1])


def _bare_number(tokens: Tokens, place: int) -> Hit | None:
    """The "5" of "from 5 to 7 May"; it borrows its month from what follows."""
    token = tokens.at(place)
    digits = token.text[:-2] if token.kind == "ordinal" else token.text
    if token.kind in ("number", "ordinal") and digits.isdigit() and len(digits) <= 2 and 1 <= int(digits) <= 31:
        return place + 1, Expr(kind=Kind.DAY, day=int(digits))
    return _bare_year_at(tokens, place)


def _bare_year_at(tokens: Tokens, place: int) -> Hit | None:
    year = year_number(tokens, place)
    return None if year is None else (place + 1, Expr(kind=Kind.YEAR, year=year))


def _range(first: Expr, second: Hit) -> Hit | None:
    after, last = second
    if first.kind is Kind.DAY and first.month is None and (last.kind is not Kind.DAY or last.month is None):
        return None
    if Kind.RANGE in (first.kind, last.kind):
        return None
    return after, Expr(kind=Kind.RANGE, inner=first, other=last)


def _operator(tokens: Tokens, place: int) -> Hit | None:
    """Before, after, since, until, by, as of."""
    if tokens.reads(place, "as", "of") or tokens.reads(place, "as", "at"):
        return point(tokens, place + 2)
    for words, rel in _OPERATORS:
        if not tokens.reads(place, *words):
            continue
        at = place + len(words)
        inner = _about(tokens, at) or point(tokens, at)
        if inner is None or tokens.at(inner[0]).kind == "genitive":
            return None
        if inner[1].kind in (Kind.WINDOW, Kind.VAGUE) or (rel == "by" and inner[1].kind is Kind.AGO):
            return None
        if rel == "after" and tokens.low(place - 1) in ("day", "week", "month", "year"):
            return None
        return inner[0], Expr(kind=Kind.OPEN, rel=rel, inner=inner[1])
    return None


def _about(tokens: Tokens, place: int) -> Hit | None:
    at = place + (tokens.low(place) == "sometime")
    if tokens.low(at) not in _ABOUT:
        return None
    short = tokens.low(at) in ("c", "ca")
    at += 1
    if short and tokens.low(at) == ".":
        at += 1
    inner = point(tokens, at) or (_bare_year_at(tokens, at) if tokens.low(at - 1) != "some" else None)
    if inner is None or inner[1].kind in (Kind.WINDOW, Kind.VAGUE, Kind.RANGE):
        return None
    if tokens.low(at - 1) == "about" and inner[1].kind not in (Kind.AGO, Kind.YEAR, Kind.DAY, Kind.MONTH):
        return None
    return inner[0], Expr(kind=Kind.ABOUT, inner=inner[1])


def _bounded_ago(tokens: Tokens, place: int) -> Hit | None:
    """Forms like "more than ten years ago", "over a decade ago", "less than a week ago"."""
    low = tokens.low(place)
    than = tokens.low(place + 1) == "than"
    if low == "at" and tokens.low(place + 1) in ("least", "most"):
        rel, at = ("until" if tokens.low(place + 1) == "least" else "since"), place + 2
    elif low in ("more", "less", "fewer") and than:
        rel, at = ("until", place + 2) if low == "more" else ("since", place + 2)
    elif low == "over":
        rel, at = "until", place + 1
    else:
        return None
    inner = distance(tokens, at)
    if inner is None or inner[1].kind is not Kind.AGO or inner[1].rel != "before":
        return None
    return inner[0], Expr(kind=Kind.OPEN, rel=rel, inner=inner[1])


def _counted_from(tokens: Tokens, place: int) -> Hit | None:
    """Forms like "two days after 5 May", "the week before Christmas"."""
    if tokens.low(place) == "the":
        unit = UNITS.get(tokens.low(place + 1))
        counted = (place + 2, 1, unit) if unit and unit != "hour" and not tokens.low(place + 1).endswith("s") else None
    else:
        found = count_and_unit(tokens, place)
        counted = None if found is None else (found[0], found[1], found[2])
    if counted is None or tokens.low(counted[0]) not in ("before", "after"):
        return None
    inner = point(tokens, counted[0] + 1) or _named_act(tokens, counted[0] + 1)
    if inner is None or inner[1].kind in (Kind.WINDOW, Kind.VAGUE, Kind.AGO) or tokens.at(inner[0]).kind == "genitive":
        return None
    rel = tokens.low(counted[0])
    return inner[0], Expr(kind=Kind.AGO, number=counted[1], unit=counted[2], rel=rel, inner=inner[1])


def _named_act(tokens: Tokens, place: int) -> Hit | None:
    """The date in "the order of 2 December 2021", "the vote on 5 May"."""
    if tokens.low(place) not in ("the", "a", "an", "its", "his", "her", "their"):
        return None
    for at in (place + 2, place + 3):
        if tokens.at(at - 1).kind != "word" or tokens.low(at) not in ("of", "on", "in"):
            continue
        hit = point(tokens, at + 1)
        return hit if hit is not None and hit[1].kind in (Kind.DAY, Kind.MONTH, Kind.YEAR) else None
    return None


def _joined(tokens: Tokens, first: Hit) -> Hit | None:
    """Forms like "May to July 2012", "2008-2012", "5 May – 7 June 2012"."""
    at, expr = first
    if tokens.low(at) in ("and", "or") and expr.kind in (Kind.MONTH, Kind.DAY) and expr.year is None:
        second = point(tokens, at + 1)
        shared = second is not None and second[1].kind is expr.kind and second[1].year is not None
        return _range(expr, second) if shared and second is not None else None
    if tokens.low(at) not in ("to", "through", *_DASHES) or expr.kind not in _JOINABLE:
        return None
    tight = tokens.low(at) == "-" and tokens.touching(at)
    if expr.kind is Kind.YEAR and tokens.low(at) in _DASHES:
        short = tokens.at(at + 1)
        if short.kind == "number" and len(short.text) == 2 and expr.year is not None:
            year = expr.year // 100 * 100 + int(short.text)
            if year > expr.year and (tight or tokens.touching(at)):
                return at + 2, Expr(kind=Kind.RANGE, inner=expr, other=Expr(kind=Kind.YEAR, year=year))
            return None
    second = point(tokens, at + 1) or (_bare_year_at(tokens, at + 1) if expr.kind is Kind.YEAR else None)
    if second is None or second[1].kind not in _JOINABLE:
        return None
    return _range(expr, second)


_JOINABLE = frozenset({Kind.DAY, Kind.MONTH, Kind.YEAR, Kind.SEASON, Kind.NUMERIC, Kind.DECADE})


def _after_words(tokens: Tokens, hit: Hit) -> Hit:
    """Forms like "2012 or so", "May or thereabouts", "5 May onwards"."""
    at, expr = hit
    if tokens.low(at) == "or" and tokens.low(at + 1) in ("so", "thereabouts"):
        return at + 2, Expr(kind=Kind.ABOUT, inner=expr)
    if tokens.low(at) in ("onward", "onwards"):
        return at + 1, Expr(kind=Kind.OPEN, rel="from", inner=expr)
    return hit


_POINTS: tuple[Callable[[Tokens, int], Hit | None], ...] = (
    numeric,
    fiscal,
    of_a_month,
    week_of,
    _counted_from,
    distance,
    _parted,
    holiday_named,
    dated_day,
    of_the_month,
    season,
    quarter,
    eras,
    deictic,
    window,
    unit_by_distance,
    _weekday,
    vague,
    years,
    bare_year,
)
