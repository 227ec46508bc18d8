"""English times by distance or number, such as two years ago.

- A count that the words leave open ("several") stays open.
- A length of time alone ("for two years") is no date.

Example::

    distance(tokenise("two weeks ago"), 0)   # (3, Expr(kind=Kind.AGO, number=2, unit="week", rel="before"))
"""

from quoth.resolve.counts import VAGUE, english
from quoth.resolve.english_points import Hit, day_number
from quoth.resolve.english_words import DAYTIMES, NOT_AFTER_DAY, UNITS, WEEKDAYS
from quoth.resolve.expr import Expr, Kind
from quoth.resolve.tokens import Tokens

__all__ = [
    "count_and_unit",
    "deictic",
    "distance",
    "of_the_month",
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
    held = {"same": "same", "next": "following", "following": "following", "previous": "previous"}.get(tokens.low(at))
    that = tokens.low(at) == "that"
    if tokens.low(at + 1) in DAYTIMES and ((held and at > place) or that):
        return at + 2, Expr(kind=Kind.UNIT, unit="day", rel=held or "same")
    name = UNITS.get(tokens.low(at))
    if name is None or at == place or name == "hour" or tokens.low(at).endswith("s"):
        return None
    beside = {"before": "previous", "after": "following", "earlier": "previous"}.get(tokens.low(at + 1))
    if beside and tokens.at(at + 2).kind in ("mark", "none", "gap"):
        return at + 2, Expr(kind=Kind.UNIT, unit=name, rel=beside)
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
        if less is None:
            return None
        inner = Expr(kind=Kind.AGO, number=less[0], unit=less[1], rel="before")
        return at + 4, Expr(kind=Kind.ABOUT, inner=inner)
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
    if (
        not rel
        and tokens.low(place - 1) == "in"
        and part != "half"
        and tokens.at(after).kind in ("mark", "none", "gap")
    ):
        rel, name, end = "after", "in", after
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


def _ends(tokens: Tokens, place: int) -> bool:
    """Whether a clause ends at the place."""
    return tokens.at(place).kind in ("mark", "none", "gap")


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
    for words in (("not", "long", "ago"), ("a", "long", "time", "ago"), ("some", "time", "ago"), ("a", "while", "ago")):
        if tokens.reads(place, *words):
            return place + len(words), Expr(kind=Kind.VAGUE, rel="last")
    if tokens.reads(place, "the", "near", "future"):
        return place + 3, Expr(kind=Kind.VAGUE, rel="next")
    return None


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
