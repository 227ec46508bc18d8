"""English calendar units: decades, centuries, quarters, fiscal years, numbers, holidays.

- "The 1900s" may be ten years or a hundred: both are kept.
- Numbers such as 5/6/2012 keep their order open; the reading decides or keeps both.

Example::

    quarter(tokenise("Q1 2012"), 0)   # (3, Expr(kind=Kind.QUARTER, number=1, year=2012))
"""

from quoth.resolve.counts import ORDINALS
from quoth.resolve.english_points import Hit, year_number, year_tail
from quoth.resolve.english_words import RECURRING
from quoth.resolve.expr import Expr, Kind
from quoth.resolve.holidays import ENGLISH
from quoth.resolve.tokens import Tokens

__all__ = ["eras", "fiscal", "holiday_named", "numeric", "other_calendar", "quarter"]

_HIJRI = frozenset(["muharram", "safar", "rajab", "shaban", "sha'ban", "ramadan", "shawwal"])

_DASHES = ("-", "–", "—")
_DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50} | {
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}


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
        if following.kind not in ("word", "genitive") and following.low != "'":
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


def other_calendar(tokens: Tokens, place: int) -> Hit | None:
    """Forms like "15 Ramadan 1445", "1445 AH", "44 BC": named, and not converted."""
    token = tokens.at(place)
    if token.kind == "number" and token.text.isdigit() and len(token.text) <= 4:
        after = tokens.at(place + 1)
        if after.text in ("AH", "BC", "BCE"):
            name = "the Hijri calendar" if after.text == "AH" else "years before the common era"
            return place + 2, Expr(kind=Kind.OTHER, name=name)
        if after.low in _HIJRI and len(token.text) <= 2:
            end = place + 3 if tokens.at(place + 2).kind == "number" else place + 2
            return end, Expr(kind=Kind.OTHER, name="the Hijri calendar")
    if token.low in _HIJRI and token.text[0].isupper() and tokens.at(place + 1).kind == "number":
        return place + 2, Expr(kind=Kind.OTHER, name="the Hijri calendar")
    if tokens.reads(place, "old", "style") and tokens.at(place + 2).kind == "number":
        end = place + 3
        while tokens.at(end).kind in ("word", "number") and end < place + 5:
            end += 1
        return end, Expr(kind=Kind.OTHER, name="Old Style")
    return None
