"""What a date expression says, before it is read against anything.

- The grammars (``english``, ``chinese``) make expressions; ``reading`` turns them into days.
- A field that the words do not give stays empty: it is filled by rule, never by the grammar.

Example::

    Expr(kind=Kind.MONTH, month=4, year=2012, part="mid")     # "mid-April 2012"
"""

import dataclasses
import datetime
import enum

from quoth.resolve.spans import Span

__all__ = ["Answer", "Expr", "Kind", "Scene"]


class Kind(enum.Enum):
    """The form of the expression."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    TURN = "turn of the century"
    WEEKDAY = "weekday"
    UNIT = "relative unit"
    AGO = "distance"
    HOLIDAY = "holiday"
    DEICTIC = "day by its distance"
    RANGE = "range"
    OPEN = "open"
    ABOUT = "about"
    WINDOW = "window"
    VAGUE = "vague"
    NUMERIC = "numeric"
    FISCAL = "fiscal year"
    NTH = "week or weekday of a month"
    OTHER = "other calendar"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Expr:
    """A date expression; which fields count depends on ``kind``.

    ``rel``: this, last, next, same, following, previous, or an operator of OPEN; ``year_rel`` and
    ``month_rel``: whole years or months from the anchor; ``number``: a count, a quarter, a weekday's
    week, a century.
    """

    kind: Kind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    year_rel: int | None = None
    month_rel: int | None = None
    number: int = 0
    unit: str = ""
    rel: str = ""
    part: str = ""
    name: str = ""
    inner: "Expr | None" = None
    other: "Expr | None" = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What stands around an expression.

    ``anchor``: the publication or call date; ``future``: words of the future govern it;
    ``previous``: the date read before it in the text, ``near`` the last one of two weeks or less;
    ``order``: dmy, mdy, ymd or empty;
    ``south``: the text names the southern hemisphere; ``state``: us, in, au or empty.
    """

    anchor: datetime.date | None = None
    future: bool = False
    previous: Span | None = None
    near: Span | None = None
    order: str = ""
    south: bool = False
    state: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The days of an expression: one span, other spans honestly open, the rule in plain words.

    ``anchored`` is true where the anchor was needed; ``edtf`` where the span's own is not exact.
    """

    span: Span
    basis: str
    anchored: bool = False
    others: tuple[Span, ...] = ()
    edtf: str | None = None
