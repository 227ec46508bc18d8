"""English weeks and weekdays inside a month.

- A week of a month is seven of its days, counted from its first or its last.
- "The week of 5 May" is the week, Monday to Sunday, that holds the day.

Example::

    of_a_month(tokenise("the last Monday of May 2030"), 0)   # Kind.NTH with number=-1, weekday=0
"""

from quoth.resolve.counts import ORDINALS
from quoth.resolve.english_points import Hit, dated_day, weekday_of
from quoth.resolve.expr import Expr, Kind
from quoth.resolve.tokens import Tokens

__all__ = ["of_a_month", "week_of"]


def of_a_month(tokens: Tokens, place: int) -> Hit | None:
    """Forms like "the first week of May", "the last Monday in June 2030", "the third weekend of July"."""
    at = tokens.skip(place, "the")
    low = tokens.low(at)
    number = -1 if low in ("last", "final") else ORDINALS.get(low, 0)
    if at == place or not -1 <= number <= 5 or number == 0:
        return None
    weekday = weekday_of(tokens, at + 1)
    if weekday is None and tokens.low(at + 1) not in ("week", "days"):
        return None
    if tokens.low(at + 2) not in ("of", "in"):
        return None
    month = dated_day(tokens, at + 3)
    if month is None or month[1].kind is not Kind.MONTH:
        return None
    return month[0], Expr(kind=Kind.NTH, number=number, weekday=weekday, inner=month[1])


def week_of(tokens: Tokens, place: int) -> Hit | None:
    """Forms like "the week of May 5": the week that holds the day."""
    at = tokens.skip(place, "the")
    if at == place or tokens.low(at) != "week" or tokens.low(at + 1) not in ("of", "beginning", "starting"):
        return None
    day = dated_day(tokens, at + 2)
    if day is None or day[1].kind is not Kind.DAY:
        return None
    return day[0], Expr(kind=Kind.NTH, number=0, unit="week", inner=day[1])
