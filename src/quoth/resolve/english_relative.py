"""English times by distance or number: last week, two years ago, the 1990s, Q1, 5/6/2012.

- A count that the words leave open ("several") stays open.
- A length of time alone ("for two years") is no date.

Example::

    distance(tokenise("two weeks ago"), 0)   # (3, Expr(kind=Kind.AGO, number=2, unit="week", rel="before"))
"""

from quoth.resolve.counts import ORDINALS, VAGUE, english
from quoth.resolve.english_points import Hit, day_number, year_number, year_tail
from quoth.resolve.english_words import DAYTIMES, NOT_AFTER_DAY, RECURRING, UNITS, WEEKDAYS
from quoth.resolve.expr import Expr, Kind
from quoth.resolve.holidays import ENGLISH
from quoth.resolve.tokens import Tokens

__all__ = [
    "count_and_unit",
    "deictic",
    "distance",
    "eras",
    "fiscal",
    "holiday_named",
    "numeric",
    "of_the_month",
    "quarter",
    "unit_by_distance",
    "vague",
    "window",
]

_DASHES = ("-", "–", "—")
_RELS = {
    "last": "last",
    "past": "last",
    "this": "this",
    "current": "this",
    "next": "next",
    "coming": "next",
    "same": "same",
    "that": "same",
    "following": "following",
    "previous": "previous",
    "preceding": "previous",
}
_DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50} | {
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}


def deictic(tokens: Tokens, place: int) -> Hit | None:
    """Today, yesterday, tomorrow, tonight, last night, this morning, overnight."""
    low, after = tokens.low(place), tokens.low(place + 1)
    for words, number in (
        (("the", "day", "before", "yesterday"), -2),
        (("the", "day", "after", "tomorrow"), 2),
        (("day", "before", "yesterday"), -2),
        (("day", "after", "tomorrow"), 2),
    ):
        if tokens.reads(place, *words):
            return place + len(words), Expr(kind=Kind.DEICTIC, number=number)
    if low in ("today", "yesterday", "tomorrow", "tonight"):
        number = {"yesterday": -1, "tomorrow": 1}.get(low, 0)
        return place + 1 + (after in DAYTIMES), Expr(kind=Kind.DEICTIC, number=number)
    if low in ("last", "this") and after in DAYTIMES and (low == "this" or after in ("night", "evening")):
        return place + 2, Expr(kind=Kind.DEICTIC, number=-1 if low == "last" else 0)
    if low == "overnight" and after not in ("stay", "train", "bus", "flight", "bag", "success"):
        return place + 1, Expr(kind=Kind.DEICTIC, part="overnight")
    return None


def unit_by_distance(tokens: Tokens, place: int) -> Hit | None:
    """Forms like "last week", "this year", "the following month", "earlier this month", "late last year"."""
    at, part = place, ""
    if tokens.low(at) in ("earlier", "later") and tokens.low(at + 1) in ("this", "that", "the", "in"):
        part = tokens.low(at)
        at = tokens.skip(tokens.skip(at + 1, "in"), "the")
    the = tokens.low(at) == "the" and not part
    at += the
    low, name = tokens.low(at), UNITS.get(tokens.low(at + 1))
    rel = _RELS.get(low)
    if rel is None or name in (None, "hour") or tokens.low(at + 1) in ("days", "weeks", "months", "years", "decades"):
        return _week_after(tokens, place)
    if tokens.low(at + 2) in ("term", "old"):
        return None
    if low in ("past", "last", "next", "coming", "preceding") and the and name != "weekend":
        if low in ("past", "last", "preceding"):
            return at + 2, Expr(kind=Kind.WINDOW, number=1, unit=name or "", rel="last")
        if low == "coming":
            return at + 2, Expr(kind=Kind.WINDOW, number=1, unit=name or "", rel="next")
        rel = "following"
    if low == "past":
        return None
    if name == "day" and rel not in ("same", "following", "previous"):
        return (at + 2, Expr(kind=Kind.DEICTIC, number=0)) if rel == "this" and low == "this" and tokens.loose else None
    if low == "that" and tokens.low(at - 1) in ("all", "like"):
        return None
    return at + 2, Expr(kind=Kind.UNIT, unit=name or "", rel=rel, part=part)


def _week_after(tokens: Tokens, place: int) -> Hit | None:
    """Forms like "the week before last", "the year after next"."""
    at = tokens.skip(place, "the")
    name = UNITS.get(tokens.low(at))
    if name is None or at == place:
        return None
    if tokens.low(at + 1) == "before" and tokens.low(at + 2) == "last":
        return at + 3, Expr(kind=Kind.UNIT, unit=name, rel="step", number=-2)
    if tokens.low(at + 1) == "after" and tokens.low(at + 2) == "next":
        return at + 3, Expr(kind=Kind.UNIT, unit=name, rel="step", number=2)
    return None


def count_and_unit(tokens: Tokens, place: int) -> tuple[int, int, str, str] | None:
    """A count and its unit: place after, count, unit, and ``half`` where half of one is added."""
    at, part = place, ""
    if tokens.low(at) == "a" and tokens.low(at + 1) in ("few", "couple", "dozen", "handful"):
        at += 1
    token = tokens.at(at)
    if token.kind not in ("word", "number"):
        return None
    if token.low in ("couple", "handful"):
        number: int | None = 2 if token.low == "couple" else VAGUE
        at = tokens.skip(at + 1, "of")
    elif token.low in UNITS and token.low.endswith("s"):
        number = VAGUE
    else:
        number, at = _count(tokens, at)
    if number is None:
        return None
    if tokens.reads(at, "and", "a", "half"):
        at, part = at + 3, "half"
    at = tokens.skip(at, "full", "whole", "calendar", "short", "long", "-")
    unit = UNITS.get(tokens.low(at))
    if unit is None:
        return None
    at += 1
    if tokens.reads(at, "and", "a", "half"):
        at, part = at + 3, "half"
    return at, number, unit, part


def _count(tokens: Tokens, at: int) -> tuple[int | None, int]:
    low = tokens.low(at)
    if tokens.low(at + 1) == "-" and tokens.touching(at + 1):
        joined = english(f"{low}-{tokens.low(at + 2)}")
        if joined is not None:
            return joined, at + 3
    return english(low), at + 1


def distance(tokens: Tokens, place: int) -> Hit | None:
    """Forms like "two weeks ago", "a year or two ago", "three days later", "exactly ten years ago"."""
    exact = tokens.low(place) in ("exactly", "precisely")
    at = place + exact
    if tokens.low(at) == "half" and tokens.low(at + 1) == "a" and tokens.low(at + 3) == "ago":
        unit = UNITS.get(tokens.low(at + 2))
        less = {"year": (6, "month"), "decade": (5, "year"), "century": (50, "year")}.get(unit or "")
        return (at + 4, Expr(kind=Kind.AGO, number=less[0], unit=less[1], rel="before")) if less else None
    second = _alternative_count(tokens, at)
    counted = count_and_unit(tokens, second[0] if second else at)
    if counted is None:
        return None
    after, number, unit, part = counted
    if exact or tokens.reads(after, "to", "the", "day"):
        part = "exact"
    if tokens.low(after) == "or" and english(tokens.low(after + 1)) and tokens.low(after + 2) == "ago":
        second, number, after = (after, number), english(tokens.low(after + 1)) or number, after + 2
    rel, name, end = _direction(tokens, after)
    if not rel:
        return None
    expr = Expr(kind=Kind.AGO, number=number, unit=unit, rel=rel, part=part, name=name)
    if tokens.low(end) == "today" and rel == "before":
        return end + 1, Expr(kind=Kind.AGO, number=number, unit=unit, rel=rel, part="exact")
    if second and number != VAGUE and second[1] != VAGUE:
        near = Expr(kind=Kind.AGO, number=second[1], unit=unit, rel=rel, name=name)
        pair = (expr, near) if rel == "before" else (near, expr)
        return end, Expr(kind=Kind.RANGE, inner=pair[0], other=pair[1])
    return end, expr


def _alternative_count(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """Forms like "two or three weeks", "2-3 years": the place of the second count, and the first count."""
    first = english(tokens.low(at))
    if first is None or first == VAGUE or tokens.low(at + 1) not in ("or", "to", *_DASHES):
        return None
    second = english(tokens.low(at + 2))
    return (at + 2, first) if second is not None and second > first else None


def _direction(tokens: Tokens, at: int) -> tuple[str, str, int]:
    low = tokens.low(at)
    if low == "ago":
        return "before", "", at + 1
    if low in ("earlier", "previously") or (low == "before" and tokens.at(at + 1).kind in ("mark", "none", "gap")):
        return "before", "text", at + 1
    if low in ("later", "afterwards", "thereafter"):
        return "after", "text", at + 1
    if (low == "from" and tokens.low(at + 1) in ("now", "today")) or low == "hence":
        return "after", "", at + (1 if low == "hence" else 2)
    if low == "'" and tokens.low(at + 1) == "time":
        return "after", "", at + 2
    return "", "", at


def window(tokens: Tokens, place: int) -> Hit | None:
    """Forms like "the past three years", "the coming weeks", "recent months", "the next two days"."""
    at = tokens.skip(place, "the")
    low = tokens.low(at)
    if low == "recent" and tokens.low(at + 1) in UNITS and tokens.low(at + 1).endswith("s"):
        return at + 2, Expr(kind=Kind.VAGUE, rel="last")
    rel = {"past": "last", "last": "last", "next": "next", "coming": "next"}.get(low)
    if rel is None:
        return None
    if tokens.low(at + 1) in UNITS and tokens.low(at + 1).endswith("s"):
        return at + 2, Expr(kind=Kind.WINDOW, number=VAGUE, unit=UNITS[tokens.low(at + 1)], rel=rel)
    counted = count_and_unit(tokens, at + 1)
    if counted is None or tokens.low(at + 1) in ("a", "an", "one"):
        return None
    end, number, unit, _ = counted
    return end, Expr(kind=Kind.WINDOW, number=number, unit=unit, rel=rel)


def vague(tokens: Tokens, place: int) -> Hit | None:
    """Recently, lately, the other day; soon, in the near future."""
    low = tokens.low(place)
    if low in ("recently", "lately") and tokens.low(place - 1) not in ("until", "till"):
        return place + 1, Expr(kind=Kind.VAGUE, rel="last")
    if tokens.reads(place, "the", "other", "day"):
        return place + 3, Expr(kind=Kind.VAGUE, rel="last")
    followed = tokens.low(place + 1) in ("after", "as", "became", "followed")
    if low == "soon" and not followed and tokens.low(place - 1) not in ("as", "too", "how", "so"):
        return place + 1, Expr(kind=Kind.VAGUE, rel="either")
    if tokens.reads(place, "the", "near", "future"):
        return place + 3, Expr(kind=Kind.VAGUE, rel="next")
    return None


def eras(tokens: Tokens, place: int) -> Hit | None:
    """Forms like "the 1990s", "the nineties", "the 1800s", "the 19th century", "the turn of the century"."""
    at = tokens.skip(place, "the")
    token = tokens.at(at)
    if token.kind == "decade":
        digits = int("".join(char for char in token.text if char.isdigit()))
        if digits % 10 or (digits > 100 and not 1000 <= digits <= 2190):
            return None
        if digits >= 1000:
            hundred = "hundred" if digits % 100 == 0 and digits < 2000 else ""
            return at + 1, Expr(kind=Kind.DECADE, year=digits, rel=hundred)
        quoted = (
            token.text[0] in "'’‘" or tokens.low(place) == "the" or tokens.low(place - 1) in (*_DASHES, "early", "late")
        )
        named = tokens.low(place - 1) not in ("his", "her", "their", "my", "in") or token.text[0] in "'’‘"
        return (at + 1, Expr(kind=Kind.DECADE, number=digits)) if quoted and named and digits < 100 else None
    if token.low in _DECADES and at > place:
        return at + 1, Expr(kind=Kind.DECADE, number=_DECADES[token.low])
    if token.low == "turn" and tokens.reads(at + 1, "of", "the"):
        if tokens.low(at + 3) in ("century", "millennium"):
            return at + 4, Expr(kind=Kind.TURN)
        inner = _century(tokens, at + 3)
        return (inner[0], Expr(kind=Kind.TURN, number=inner[1].number)) if inner else None
    return _century(tokens, at)


def _century(tokens: Tokens, at: int) -> Hit | None:
    token = tokens.at(at)
    number = int(token.text[:-2]) if token.kind == "ordinal" else ORDINALS.get(token.low, 0)
    after = at + 1
    if token.low == "twenty" and tokens.reads(at + 1, "-", "first"):
        number, after = 21, at + 3
    after = tokens.skip(after, "-")
    if not 1 <= number <= 22 or tokens.low(after) not in ("century", "c"):
        return None
    return after + 1, Expr(kind=Kind.CENTURY, number=number)


def quarter(tokens: Tokens, place: int) -> Hit | None:
    """Forms like "the first quarter of 2012", "Q1 2012", "the second half of last year"."""
    at = tokens.skip(place, "the")
    low = tokens.low(at)
    if low in ("q", "h") and tokens.touching(at + 1) and tokens.at(at + 1).text in ("1", "2", "3", "4"):
        number, kind, after = int(tokens.at(at + 1).text), Kind.QUARTER if low == "q" else Kind.HALF, at + 2
    elif tokens.low(at + 1) in ("quarter", "half") and low in ("first", "second", "third", "fourth", "last"):
        number = 4 if low == "last" else ORDINALS[low]
        kind, after = Kind.QUARTER if tokens.low(at + 1) == "quarter" else Kind.HALF, at + 2
    else:
        return None
    if kind is Kind.HALF and number > 2:
        return None
    tail = year_tail(tokens, after)
    if tail is None or "unit" in tail[1]:
        return (after, Expr(kind=kind, number=number)) if kind is Kind.QUARTER and tokens.low(at - 1) == "the" else None
    year, step = tail[1].get("year"), tail[1].get("year_rel")
    return tail[0], Expr(
        kind=kind,
        number=number,
        year=year if isinstance(year, int) else None,
        year_rel=step if isinstance(step, int) else None,
    )


def fiscal(tokens: Tokens, place: int) -> Hit | None:
    """Forms like "fiscal year 2012", "FY2012", "the 2012-13 financial year", "last fiscal year"."""
    at = tokens.skip(place, "the")
    low = tokens.low(at)
    if (
        low in ("last", "this", "next")
        and tokens.low(at + 1) in ("fiscal", "financial")
        and tokens.low(at + 2) == "year"
    ):
        return at + 3, Expr(kind=Kind.FISCAL, year_rel={"last": -1, "this": 0, "next": 1}[low])
    if low == "fy" or low in ("fiscal", "financial"):
        after = at + 1 if low == "fy" else tokens.skip(at + 1, "year")
        year = year_number(tokens, after)
        if year is None:
            return None
        end = _second_year(tokens, after + 1, year)
        return end, Expr(kind=Kind.FISCAL, year=year, number=int(end > after + 1))
    year = year_number(tokens, at)
    if year is not None:
        end = _second_year(tokens, at + 1, year)
        if tokens.low(end) in ("fiscal", "financial") and tokens.low(end + 1) == "year":
            return end + 2, Expr(kind=Kind.FISCAL, year=year, number=int(end > at + 1))
    return None


def _second_year(tokens: Tokens, at: int, year: int) -> int:
    """The place after "-13" or "/2013" that follows ``year``; else ``at``."""
    second = tokens.at(at + 1)
    if tokens.low(at) in (*_DASHES, "/") and second.kind == "number" and len(second.text) in (2, 4):
        return at + 2 if second.text.isdigit() and int(second.text) % 100 == (year + 1) % 100 else at
    return at


def numeric(tokens: Tokens, place: int) -> Hit | None:
    """6/20/2012, 20.06.2012, 2012-06-20, 2012/6/20, 6/20/12."""
    token = tokens.at(place)
    if token.kind != "date":
        return None
    mark = next(char for char in token.text if not char.isdigit())
    first, second, third = token.text.split(mark)
    if len(first) == 4:
        year, month, day = int(first), int(second), int(third)
        fits = 1000 <= year <= 2199 and 1 <= month <= 12 and len(third) <= 2
        return (place + 1, Expr(kind=Kind.DAY, year=year, month=month, day=day)) if fits else None
    if len(first) > 2 or len(second) > 2 or len(third) not in (2, 4) or (len(third) == 2 and mark != "/"):
        return None
    year = int(third) if len(third) == 4 else 2000 + int(third) - (100 if int(third) > 68 else 0)
    if not 1000 <= year <= 2199:
        return None
    hint = "dmy" if mark == "." and len(third) == 4 else ""
    return place + 1, Expr(kind=Kind.NUMERIC, year=year, month=int(first), day=int(second), rel=hint)


def holiday_named(tokens: Tokens, place: int) -> Hit | None:
    """A holiday by name, with its year where that follows."""
    token = tokens.at(place)
    if token.kind != "word" or not (token.text[0].isupper() or tokens.loose):
        return None
    words, at = token.low, place + 1
    best: tuple[int, str] | None = (at, ENGLISH[words]) if words in ENGLISH else None
    for _ in range(4):
        following = tokens.at(at)
        if following.kind not in ("word", "genitive") and following.low not in ("'",):
            break
        words += following.low if following.kind != "word" else f" {following.low}"
        at += 1
        if words in ENGLISH:
            best = (at, ENGLISH[words])
    if best is None or tokens.low(best[0]) in ("tree", "island", "trees", "card", "cards", "present", "presents"):
        return None
    if tokens.low(place - 1) in RECURRING or (tokens.low(place - 1) == "of" and tokens.low(place - 2) == "day"):
        return None
    tail = year_tail(tokens, best[0])
    if tail is None or "unit" in tail[1]:
        return best[0], Expr(kind=Kind.HOLIDAY, name=best[1])
    year, step = tail[1].get("year"), tail[1].get("year_rel")
    return tail[0], Expr(
        kind=Kind.HOLIDAY,
        name=best[1],
        year=year if isinstance(year, int) else None,
        year_rel=step if isinstance(step, int) else None,
    )


def of_the_month(tokens: Tokens, place: int) -> Hit | None:
    """Forms like "the 5th of last month", "on the 17th": a day of the month alone."""
    if tokens.low(place) != "the" or tokens.at(place + 1).kind != "ordinal":
        return None
    number = day_number(tokens, place + 1)
    at = place + 2
    if number is None:
        return None
    if tokens.low(at) == "of" and tokens.low(at + 1) in ("this", "last", "next") and tokens.low(at + 2) == "month":
        step = {"this": 0, "last": -1, "next": 1}[tokens.low(at + 1)]
        return at + 3, Expr(kind=Kind.DAY, day=number, month_rel=step)
    following, before = tokens.at(at), tokens.low(place - 1)
    if before not in ("on", "until", "since", "by", "before", "after", "till") and not tokens.loose:
        return None
    if following.low in NOT_AFTER_DAY or following.low in WEEKDAYS or following.low == "of":
        return None
    if following.kind == "word" and following.low not in (
        "and",
        "at",
        "in",
        "but",
        "when",
        "he",
        "she",
        "they",
        "the",
        "to",
    ):
        return None
    return at, Expr(kind=Kind.DAY, day=number)
