"""Holidays: fixed dates, moving ones computed or by table.

- Easter by the Gregorian computus; weekday holidays by counting; Chinese lunar ones by table
  (new year 2000 to 2050), Qingming by its solar term within the same years.
- A holiday outside the table has no date here: unknown is a value.

Example::

    >>> holiday("Easter", 2012)
    datetime.date(2012, 4, 8)
"""

import datetime
from collections.abc import Callable

__all__ = ["CHINESE", "ENGLISH", "holiday"]

Date = datetime.date
_DAY = datetime.timedelta(days=1)

_FIXED = {
    "New Year": (1, 1),
    "New Year's Eve": (12, 31),
    "Epiphany": (1, 6),
    "Valentine": (2, 14),
    "Women's Day": (3, 8),
    "April Fools": (4, 1),
    "Labour": (5, 1),
    "Halloween": (10, 31),
    "Armistice": (11, 11),
    "Christmas Eve": (12, 24),
    "Christmas": (12, 25),
    "Boxing": (12, 26),
    "Independence US": (7, 4),
    "Bastille": (7, 14),
    "Juneteenth": (6, 19),
    "National CN": (10, 1),
    "Army CN": (8, 1),
    "Youth CN": (5, 4),
    "Children": (6, 1),
    "Human Rights": (12, 10),
}
_FROM_EASTER = {"Good Friday": -2, "Palm Sunday": -7, "Easter": 0, "Easter Monday": 1, "Ash Wednesday": -46} | {
    "Ascension": 39,
    "Pentecost": 49,
    "Whit Monday": 50,
    "Maundy Thursday": -3,
}
# month, weekday (Monday 0), which one (negative: from the end)
_COUNTED = {
    "Thanksgiving": (11, 3, 4),
    "Labor Day": (9, 0, 1),
    "Memorial Day": (5, 0, -1),
    "Martin Luther King Day": (1, 0, 3),
    "Presidents": (2, 0, 3),
    "Columbus": (10, 0, 2),
}
_LUNAR_NEW_YEAR = [
    "0205",
    "0124",
    "0212",
    "0201",
    "0122",
    "0209",
    "0129",
    "0218",
    "0207",
    "0126",
    "0214",
    "0203",
    "0123",
    "0210",
    "0131",
    "0219",
    "0208",
    "0128",
    "0216",
    "0205",
    "0125",
    "0212",
    "0201",
    "0122",
    "0210",
    "0129",
    "0217",
    "0206",
    "0126",
    "0213",
    "0203",
    "0123",
    "0211",
    "0131",
    "0219",
    "0208",
    "0128",
    "0215",
    "0204",
    "0124",
    "0212",
    "0201",
    "0122",
    "0210",
    "0130",
    "0217",
    "0206",
    "0126",
    "0214",
    "0202",
    "0123",
]

ENGLISH = {
    "new year's day": "New Year",
    "new year's eve": "New Year's Eve",
    "valentine's day": "Valentine",
    "international women's day": "Women's Day",
    "april fools' day": "April Fools",
    "april fool's day": "April Fools",
    "may day": "Labour",
    "halloween": "Halloween",
    "armistice day": "Armistice",
    "christmas eve": "Christmas Eve",
    "christmas day": "Christmas",
    "christmas": "Christmas",
    "boxing day": "Boxing",
    "independence day": "Independence US",
    "bastille day": "Bastille",
    "juneteenth": "Juneteenth",
    "human rights day": "Human Rights",
    "good friday": "Good Friday",
    "palm sunday": "Palm Sunday",
    "easter sunday": "Easter",
    "easter monday": "Easter Monday",
    "easter": "Easter",
    "ash wednesday": "Ash Wednesday",
    "maundy thursday": "Maundy Thursday",
    "ascension day": "Ascension",
    "whit monday": "Whit Monday",
    "pentecost": "Pentecost",
    "thanksgiving day": "Thanksgiving",
    "thanksgiving": "Thanksgiving",
    "labor day": "Labor Day",
    "labour day": "Labour",
    "memorial day": "Memorial Day",
    "martin luther king day": "Martin Luther King Day",
    "presidents' day": "Presidents",
    "columbus day": "Columbus",
    "chinese new year": "Spring Festival",
    "lunar new year": "Spring Festival",
    "spring festival": "Spring Festival",
}
"""English names, lower case with straight apostrophes, and what they stand for."""

CHINESE = {
    "元旦": "New Year",
    "春节": "Spring Festival",
    "春節": "Spring Festival",
    "大年初一": "Spring Festival",
    "除夕": "Spring Eve",
    "清明节": "Qingming",
    "清明節": "Qingming",
    "清明": "Qingming",
    "五一": "Labour",
    "劳动节": "Labour",
    "勞動節": "Labour",
    "五四青年节": "Youth CN",
    "六一儿童节": "Children",
    "建军节": "Army CN",
    "国庆节": "National CN",
    "國慶節": "National CN",
    "国庆": "National CN",
    "十一国庆": "National CN",
    "圣诞节": "Christmas",
    "聖誕節": "Christmas",
    "平安夜": "Christmas Eve",
    "三八妇女节": "Women's Day",
}
"""Chinese names and what they stand for."""


def holiday(name: str, year: int) -> Date | None:
    """The day of the holiday ``name`` (a value of the tables) in ``year``, or ``None``."""
    if name in _FIXED:
        return Date(year, *_FIXED[name])
    if name in _FROM_EASTER:
        return _easter(year) + _FROM_EASTER[name] * _DAY
    if name in _COUNTED:
        return _counted(year, *_COUNTED[name])
    lunar = _LUNAR.get(name)
    return lunar(year) if lunar else None


def _easter(year: int) -> Date:
    """Easter Sunday of the Gregorian calendar (the anonymous computus)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return Date(year, month, day + 1)


def _counted(year: int, month: int, weekday: int, which: int) -> Date:
    if which > 0:
        first = Date(year, month, 1)
        return first + ((weekday - first.weekday()) % 7 + 7 * (which - 1)) * _DAY
    last = Date(year, month + 1, 1) - _DAY
    return last - ((last.weekday() - weekday) % 7) * _DAY


def _spring(year: int) -> Date | None:
    if not 2000 <= year < 2000 + len(_LUNAR_NEW_YEAR):
        return None
    written = _LUNAR_NEW_YEAR[year - 2000]
    return Date(year, int(written[:2]), int(written[2:]))


def _spring_eve(year: int) -> Date | None:
    day = _spring(year)
    return None if day is None else day - _DAY


def _qingming(year: int) -> Date | None:
    """Day of April by the century's mean term, good for 2000 to 2099."""
    rest = year - 2000
    return Date(year, 4, int(rest * 0.2422 + 4.81) - rest // 4) if 0 <= rest < 100 else None


_LUNAR: dict[str, Callable[[int], Date | None]] = {
    "Spring Festival": _spring,
    "Spring Eve": _spring_eve,
    "Qingming": _qingming,
}
