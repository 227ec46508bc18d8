"""English points in time: days, months, seasons, years, weekdays.

- A hit is the place after the expression and what it says; ``None`` where none stands there.
- Bare words that are also names or verbs (May, March, Sunday) need a sign that a date is meant.

Example::

    point(tokenise("mid-April 2012"), 0)   # (4, Expr(kind=Kind.MONTH, month=4, year=2012, part="mid"))
"""

from dataclasses import replace

from quoth.resolve.counts import ORDINALS
from quoth.resolve.english_words import (
    CLOCK,
    DAYTIMES,
    LEADS,
    MONTHS,
    NAMEY,
    NOT_AFTER_DAY,
    NOT_AFTER_YEAR,
    PAPERS,
    PARTS,
    PLAIN_MONTHS,
    RECURRING,
    SEASONS,
    WEEKDAY_NAMES,
    WEEKDAYS,
)
from quoth.resolve.expr import Expr, Kind
from quoth.resolve.tokens import Tokens

__all__ = [
    "Hit",
    "dated_day",
    "day_number",
    "month_of",
    "part_before",
    "weekday_of",
    "year_number",
    "year_tail",
    "years",
]

Hit = tuple[int, Expr]
_DASHES = ("-", "–", "—", "‑")


def year_number(tokens: Tokens, place: int) -> int | None:
    """Four digits from 1000 to 2199 that do not count anything."""
    token = tokens.at(place)
    if token.kind != "number" or len(token.text) != 4 or not token.text.isdigit():
        return None
    year = int(token.text)
    after = tokens.low(place + 1)
    if not 1000 <= year <= 2199 or after in NOT_AFTER_YEAR or (after in ("%", "°") and tokens.touching(place + 1)):
        return None
    return year


def day_number(tokens: Tokens, place: int) -> int | None:
    """1 to 31, as digits, an ordinal, or an ordinal word."""
    token = tokens.at(place)
    if token.kind == "ordinal":
        number = int(token.text[:-2])
    elif token.kind == "number" and token.text.isdigit() and len(token.text) <= 2:
        number = int(token.text)
    else:
        number = ORDINALS.get(token.low, 0)
        if token.low in ("twenty", "thirty") and tokens.low(place + 1) == "-":
            return None
    return number if 1 <= number <= 31 else None


def month_of(tokens: Tokens, place: int) -> int | None:
    """The month named at ``place`` (capitalised; abbreviations too)."""
    token = tokens.at(place)
    month = MONTHS.get(token.low)
    return month if month and (token.text[0].isupper() or tokens.loose) else None


def after_month(tokens: Tokens, place: int) -> int:
    """The place after a month's name and the point of its abbreviation."""
    short = tokens.low(place) not in PLAIN_MONTHS
    return place + 2 if short and tokens.low(place + 1) == "." and tokens.touching(place + 1) else place + 1


def weekday_of(tokens: Tokens, place: int) -> int | None:
    """The weekday named at ``place`` (Monday 0)."""
    token = tokens.at(place)
    return WEEKDAYS.get(token.low) if token.text[:1].isupper() or tokens.loose else None


def year_tail(tokens: Tokens, place: int) -> tuple[int, dict[str, int | str]] | None:
    """A year that follows: "2012", ", 2012", "of this year", "last year", "of that year"; ``None`` if none."""
    at = tokens.skip(place, ",", "of", "in")
    if tokens.low(at) == "the" and tokens.low(at + 1) in ("same", "following", "previous", "year"):
        at += 1
    short = tokens.at(at + 1)
    if tokens.low(at) in ("'", "‘") and tokens.touching(at + 1) and len(short.text) == 2 and short.text.isdigit():
        return at + 2, {"year": 1900 + int(short.text) + (100 if int(short.text) <= 68 else 0)}
    year = year_number(tokens, at)
    if year is None and tokens.low(at) == "year":
        year, at = year_number(tokens, at + 1), at + 1
    if year is not None:
        return (at + 1, {"year": year}) if not _counts_on(tokens, place, at) else None
    if tokens.low(at + 1) == "year" and tokens.low(at) in _YEAR_RELS:
        step, by_text = _YEAR_RELS[tokens.low(at)]
        return at + 2, {"year_rel": step} | ({"unit": "text"} if by_text else {})
    return None


_YEAR_RELS = {
    "this": (0, False),
    "last": (-1, False),
    "next": (1, False),
    "same": (0, True),
    "that": (0, True),
    "following": (1, True),
    "previous": (-1, True),
}


def _counts_on(tokens: Tokens, place: int, at: int) -> bool:
    """Forms like "On May 5, 2000 people": the number after a comma counts what follows (a plural, in lower case)."""
    after = tokens.at(at + 1)
    return at > place and tokens.low(place) == "," and after.kind == "word" and after.low in NOT_AFTER_YEAR


def part_before(tokens: Tokens, place: int) -> tuple[int, str] | None:
    """Forms like "early", "mid-", "the end of", "the first half of", and the place after them."""
    at = tokens.skip(place, "the")
    low = tokens.low(at)
    if low == "very":
        at += 1
        low = tokens.low(at)
    if low in ("first", "second", "latter") and tokens.low(at + 1) in ("half", "part"):
        if tokens.low(at + 2) != "of":
            return None
        return tokens.skip(at + 3, "the"), "first" if low == "first" else "second"
    part = PARTS.get(low)
    if part is None:
        return None
    if low in ("early", "late", "mid", "middle"):
        after = at + 1
        if tokens.low(after) in _DASHES:
            after += 1
        elif tokens.low(after) in ("in", "of"):
            after = tokens.skip(after + 1, "the")
        else:
            after = tokens.skip(after, "the")
        return after, part
    if tokens.low(at + 1) != "of":
        return None
    return tokens.skip(at + 2, "the"), part


def dated_day(tokens: Tokens, place: int) -> Hit | None:
    """A day or month by name: "Monday, 5 May 2012", "May 5-7, 2012", "May of this year", "in February"."""
    weekday = weekday_of(tokens, place)
    at = place
    if weekday is not None:
        at = tokens.skip(place + 1, ".") if tokens.low(place) not in WEEKDAY_NAMES else place + 1
        at = tokens.skip(tokens.skip(at, ","), "the")
    elif tokens.low(place) == "the":
        at = place + 1
    hit = _day_first(tokens, at, weekday)
    return hit or (None if tokens.low(at - 1) == "the" else _month_first(tokens, at, weekday))


def _day_first(tokens: Tokens, place: int, weekday: int | None) -> Hit | None:
    first = day_number(tokens, place)
    if first is None:
        return None
    at, last = _more_days(tokens, place + 1, ("to", "/"))
    at = tokens.skip(tokens.skip(at, *_DASHES) if tokens.touching(at) else at, "of")
    month = month_of(tokens, at)
    if month is None:
        return None
    at = after_month(tokens, at)
    if tokens.low(at) in _DASHES and tokens.touching(at) and year_number(tokens, at + 1):
        at += 1
    return _finished(tokens, at, Expr(kind=Kind.DAY, month=month, day=first, weekday=weekday), last)


def _more_days(tokens: Tokens, at: int, joins: tuple[str, ...]) -> tuple[int, int | None]:
    """Further days of the same month ("5, 6 and 7 May", "May 5-7"): the place after, and the last one."""
    last = None
    for _ in range(6):
        after = at
        if tokens.low(after) == ",":
            after += 1
        if tokens.low(after) in (*_DASHES, "and", "or", "&", *joins):
            after += 1
        if after == at or not _plain_day(tokens, after):
            break
        last, at = day_number(tokens, after), after + 1
    return at, last


def _finished(tokens: Tokens, place: int, first: Expr, last: int | None) -> Hit | None:
    """The day with the year that follows it; a range where a second day of the month is named."""
    tail = year_tail(tokens, place)
    at = place
    if tail is not None:
        at, fields = tail
        first = _with(first, fields)
    if last is None:
        return at, first
    if last <= (first.day or 0):
        return None
    return at, Expr(kind=Kind.RANGE, inner=first, other=replace(first, day=last))


def _with(expr: Expr, fields: dict[str, int | str]) -> Expr:
    year, step, name = fields.get("year"), fields.get("year_rel"), fields.get("unit", "")
    return replace(
        expr,
        year=year if isinstance(year, int) else None,
        year_rel=step if isinstance(step, int) else None,
        unit=str(name),
    )


def _month_first(tokens: Tokens, place: int, weekday: int | None) -> Hit | None:
    month = month_of(tokens, place)
    if month is None:
        return None
    at = after_month(tokens, place)
    at_day = tokens.skip(at, "the")
    first = day_number(tokens, at_day)
    if first is not None and tokens.at(at_day).kind == "word":
        first = first if at_day > at or tokens.low(at_day) not in ("second", "first") else None
    if first is not None and not _is_clock(tokens, at_day):
        at, last = _more_days(tokens, at_day + 1, ("to",))
        if last is not None and month_of(tokens, tokens.skip(at, "of")) is not None:
            at, last = at_day + 1, None
        return _finished(tokens, at, Expr(kind=Kind.DAY, month=month, day=first, weekday=weekday), last)
    if weekday is not None:
        return None
    tail = year_tail(tokens, at)
    expr = Expr(kind=Kind.MONTH, month=month)
    if tail is not None:
        return tail[0], _with(expr, tail[1])
    if not month_meant(tokens, place, at):
        return None
    return at, expr


def _plain_day(tokens: Tokens, place: int) -> bool:
    """A day number that stands for a day: digits, with no clock's or count's word after it."""
    token = tokens.at(place)
    if token.kind not in ("number", "ordinal") or day_number(tokens, place) is None:
        return False
    return tokens.low(place + 1) not in CLOCK and tokens.low(place + 1) not in NOT_AFTER_YEAR


def _is_clock(tokens: Tokens, place: int) -> bool:
    return tokens.low(place + 1) in CLOCK


def month_meant(tokens: Tokens, place: int, after: int) -> bool:
    """Whether a bare month's name is a month: May the verb and April the person are not."""
    before, following = tokens.at(place - 1), tokens.at(after)
    hyphen = following.low == "-" and tokens.touching(after) and tokens.at(after + 1).kind == "word"
    if hyphen and tokens.low(after + 1) not in MONTHS:
        return False
    if before.low in RECURRING or (tokens.low(after) == "of" and tokens.low(after + 1) in RECURRING):
        return False
    if tokens.loose and place == 0:
        return True
    low = tokens.low(place)
    if following.kind == "word" and following.text[0].isupper() and low in NAMEY and before.low not in ("last", "this"):
        return following.low in MONTHS or following.low in WEEKDAYS
    if before.low in LEADS or before.low in PARTS or (before.low in _DASHES and tokens.low(place - 2) in PARTS):
        return True
    if before.kind == "word" and before.text[:1].isupper() and before.low not in LEADS:
        return False
    return low in PLAIN_MONTHS and low not in NAMEY


def bare_weekday(tokens: Tokens, place: int) -> Hit | None:
    """Forms like "Monday", "on Friday night", "Tuesday last week", "last Sunday" (from its weekday on)."""
    weekday = weekday_of(tokens, place)
    if weekday is None:
        return None
    low, before = tokens.low(place), tokens.low(place - 1)
    at = place + 1
    if low not in WEEKDAY_NAMES:
        at = tokens.skip(at, ".")
        if before not in LEADS and not tokens.loose:
            return None
    if _named_or_repeated(tokens, place):
        return None
    following = tokens.at(at)
    if following.low in PAPERS and following.text[:1].isupper():
        return None
    if following.low in DAYTIMES:
        at += 1
    expr = Expr(kind=Kind.WEEKDAY, weekday=weekday)
    placed = _in_a_week(tokens, at, expr)
    if placed is not None:
        return placed
    previous = tokens.at(place - 1)
    named = following.kind == "word" and following.text[:1].isupper() and before not in (*LEADS, "")
    if named and not tokens.loose and previous.kind == "word" and previous.text[:1].isupper():
        return None
    return at, expr


def _in_a_week(tokens: Tokens, at: int, expr: Expr) -> Hit | None:
    """Forms like "Tuesday last week", "on Monday week"."""
    if tokens.low(at) == "week" and tokens.low(at - 2) in ("on", "by", "until"):
        coming = replace(expr, rel="next")
        return at + 1, Expr(kind=Kind.AGO, number=7, unit="day", rel="after", inner=coming)
    tail = tokens.skip(at, "of")
    if tokens.low(tail) in ("last", "this", "next") and tokens.low(tail + 1) == "week":
        step = {"last": -1, "this": 0, "next": 1}[tokens.low(tail)]
        return tail + 2, replace(expr, rel="week", number=step)
    return None


def _named_or_repeated(tokens: Tokens, place: int) -> bool:
    """Whether the weekday belongs to a name ("Black Friday") or comes again ("every other Tuesday")."""
    before = tokens.low(place - 1)
    if before in RECURRING or before in _WEEKDAY_NAMES_BEFORE:
        return True
    return tokens.low(place - 2) in RECURRING and before in ("other", "second", "third", "first", "last", "single")


_WEEKDAY_NAMES_BEFORE = frozenset(
    {"black", "good", "bloody", "ash", "ruby", "super", "cyber", "palm", "holy", "maundy"}
)


def bare_year(tokens: Tokens, place: int) -> Hit | None:
    """A year after a word that leads to one, in brackets, or in a list of years."""
    year = year_number(tokens, place)
    if year is None:
        return None
    before, after = tokens.low(place - 1), tokens.low(place + 1)
    glued = after in _DASHES and tokens.touching(place + 1)
    if glued and (tokens.at(place + 2).kind == "word" or (tokens.at(place + 2).kind == "number" and tokens.loose)):
        return None
    meant = (tokens.loose and place == 0) or before in LEADS or before in PARTS
    if before == "year" or (before == "as" and tokens.low(place - 2) in ("early", "late", "recently")):
        meant = True
    if before in _DASHES and tokens.low(place - 2) in PARTS:
        meant = True
    if before == "of" and tokens.low(place - 2) in ("total", "sum", "number", "some", "out", "maximum", "population"):
        meant = False
    if before in ("and", "or", ",") and year_number(tokens, place - 2) and tokens.at(place - 2).end > 0:
        meant = True
    if (before == "(" or tokens.low(place - 2) == "(") and after in (")", ",", ";", "–", "-"):
        meant = True
    return (place + 1, Expr(kind=Kind.YEAR, year=year)) if meant else None


def years(tokens: Tokens, place: int) -> Hit | None:
    """Forms like "2008-2012": two years in order with a dash between them, and nothing glued to them."""
    first, last = year_number(tokens, place), year_number(tokens, place + 2)
    short = tokens.at(place + 2)
    if first is not None and tokens.low(place + 1) == "/" and len(short.text) == 2 and short.text.isdigit():
        last = first + 1 if int(short.text) == (first + 1) % 100 else None
    elif tokens.low(place + 1) not in _DASHES:
        return None
    if first is None or last is None or not first < last:
        return None
    glued = tokens.low(place - 1) in (*_DASHES, "/", "+", "#") or tokens.low(place + 3) in (*_DASHES, "/")
    if glued and (tokens.touching(place) or tokens.touching(place + 3)):
        return None
    inner, other = Expr(kind=Kind.YEAR, year=first), Expr(kind=Kind.YEAR, year=last)
    return place + 3, Expr(kind=Kind.RANGE, inner=inner, other=other)


def season(tokens: Tokens, place: int) -> Hit | None:
    """Forms like "spring 2012", "the winter of 2011-12", "last summer", "in the autumn"."""
    at = tokens.skip(place, "the")
    name = SEASONS.get(tokens.low(at))
    if name is None:
        return None
    tail = year_tail(tokens, at + 1)
    expr = Expr(kind=Kind.SEASON, name=name)
    if tail is not None and tail[1].get("unit") != "text":
        done, made = tail[0], _with(expr, tail[1])
        second = tokens.at(done + 1)
        paired = tokens.low(done) in (*_DASHES, "/") and second.kind == "number" and len(second.text) in (2, 4)
        if paired and second.text.isdigit() and int(second.text) % 100 == ((made.year or 0) + 1) % 100:
            return done + 2, replace(made, number=1)
        return done, made
    before = tokens.low(at - 1)
    if tokens.low(at + 1) in NOT_AFTER_DAY or (name == "autumn" and tokens.low(at) == "fall" and before != "the"):
        return None
    lead = tokens.low(place - 1) if at > place else before
    if (lead in LEADS and (at > place or lead in ("in", "by", "since", "until", "before", "after"))) or tokens.loose:
        return at + 1, expr
    return None
