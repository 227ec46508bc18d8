"""Chinese points in time: years, months, days, weeks, parts, eras, holidays.

- A hit is the place after the expression and what it says; ``None`` where none stands there.
- Every repeat is bounded.

Example::

    point("去年底", 0, 3)   # (3, Expr(kind=Kind.YEAR, year_rel=-1, part="late"))
"""

import re
from collections.abc import Callable
from dataclasses import replace

from quoth.resolve.chinese_words import (
    BARE_PART,
    DAY_TEXT,
    DAYS,
    ERAS,
    MONTH_AFTER,
    MONTH_RELS,
    MONTH_TEXT,
    NUM,
    NUMBER,
    PARTS,
    SEASONS,
    SHORT_YEAR,
    UNITS,
    WEEK,
    YEAR_RELS,
    YEAR_TEXT,
    YEARS,
)
from quoth.resolve.counts import VAGUE, chinese, chinese_digits
from quoth.resolve.expr import Expr, Kind
from quoth.resolve.holidays import CHINESE

__all__ = ["Hit", "point"]

Hit = tuple[int, Expr]


def _any(words: object) -> str:
    """The words as alternatives, longest first."""
    return "|".join(sorted((str(word) for word in words), key=len, reverse=True))  # type: ignore[attr-defined]


_YEAR = (
    rf"(?:(?P<year>(?<![\d０-９])[\d０-９]{{4}}|[〇○零一二三四五六七八九]{{4}})\s?年"
    rf"|(?P<era>{_any(ERAS)})(?P<era_year>{NUM}|元)年"
    rf"|(?P<year_rel>{_any(YEAR_RELS)})(?!龄|齡)|(?P<year_text>{_any(YEAR_TEXT)}))"
)
_MONTH = r"(?P<month>(?<![\d０-９])[\d０-９]{1,2}|十[一二]?|[一二三四五六七八九])\s?月(?:份)?"
_MONTH_ANY = rf"(?:{_MONTH}|(?P<month_rel>{_any(MONTH_RELS)})|(?P<month_text>{_any(MONTH_TEXT)}))"
_DAY = (
    r"(?P<day>[\d０-９]{1,2}|[一二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
    r"\s?[日号號](?!报|報)"
)
_DATE = re.compile(
    rf"(?:{_YEAR}[，,]?\s?)?(?:{_MONTH_ANY}\s?(?:{_DAY}|(?P<month_part>上旬|中旬|下旬|初|中|底|末|上半月|下半月))?)"
    r"(?:[凌清]晨|早晨|早上|上午|中午|下午|傍晚|晚上|晚间|深夜|晚|夜)?"
)
_YEAR_ONLY = re.compile(
    rf"{_YEAR}(?:(?P<part>年?[初中底末]|上半年|下半年)(?!学|學|国|國|央|共|心)"
    r"|第?(?P<quarter>[一二三四1-4])季度?|(?P<season>[春夏秋冬])(?:[天季末初])?|)"
)
_DAY_ONLY = re.compile(rf"(?P<lead>本月|上月|上个月|当月|下月)?(?<![\d０-９.:：]){_DAY}")
_WEEKDAY = re.compile(
    r"(?P<rel>上上|上|本|这|這|下下|下)?(?:个|個)?(?:周|週|星期|礼拜|禮拜)(?P<day>[一二三四五六日天])(?![个個年月期]|[次种類])"
)
_WEEK_ONLY = re.compile(
    r"(?P<rel>上上|上|本|这|這|下下|下)(?:一)?(?:个|個)?(?P<unit>周末|週末|周|週|星期|礼拜|禮拜|季度|世纪|世紀)(?P<part>初|中|末)?"
)
_AGO = re.compile(
    rf"(?P<number>{NUMBER}|半)(?P<more>多)?(?P<unit>{_any(UNITS)})(?P<half>半)?(?P<over>多)?"
    r"(?P<dir>以前|之前|前|以后|之后|后|以後|之後|後|来|來|内|內)"
)
_WINDOW = re.compile(
    rf"(?P<rel>过去|過去|最近|近|未来|未來|今后|今後)的?(?P<number>{NUMBER})(?P<unit>{_any(UNITS)})(?:[来來]|里|内|內)?"
)
_DECADE = re.compile(
    rf"(?:(?P<century>{NUMBER})世[纪紀]|(?P<last>上|本)(?:个|個)?世[纪紀])"
    r"(?:的?(?P<ten>[\d０-９]{2}|[一二三四五六七八九]十)年代)?(?P<part>初期?|早期|前期|中期|中叶|中葉|末期?|晚期|后期|後期|上半叶|下半叶)?"
)
_DECADE_ONLY = re.compile(
    r"(?P<year>(?:19|20|18)\d0|\d0|[一二三四五六七八九]十)年代(?P<part>初期?|早期|中期|末期?|晚期|后期|後期)?"
)
_DECADE_PARTS = {
    "初": "early",
    "早": "early",
    "前": "early",
    "中": "mid",
    "末": "late",
    "晚": "late",
    "后": "late",
    "後": "late",
}
_SEASON_REL = re.compile(
    r"(?P<rel>上个?|上個|今|去|明|下个?)?(?P<season>[春夏秋冬])[天季](?![奥奧赛賽])|(?P<year>今|去|明)(?P<bare>[春夏秋冬])"
)
_QUARTER = re.compile(r"(?:第|今年第?|本年第?)?(?P<number>[一二三四])季度")
_VAGUE = re.compile(
    r"日前|近日|近期|近来|近來|不久前|近年来?|近年來|近些年|近几年来?|最近(?!的)|前不久|未来几天|不久之?[后後]|不久(?:将来|將來)"
)
_LUNAR = re.compile(
    r"(?:农历|農曆|阴历|陰曆|旧历)[^，。；,.;\s]{0,4}?(?:正|腊|臘|冬|闰?[一二三四五六七八九十]{1,2})月(?:初[一二三四五六七八九十]|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?)?"
    r"|(?:正|腊|臘)月(?:初[一二三四五六七八九十]|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?)?|[一二三四五六七八九十]{1,2}月初[一二三四五六七八九十](?![日号])"
)
_HOLIDAY = re.compile(rf"(?:{_YEAR})?的?(?P<holiday>{_any(CHINESE)})(?!晚会|口号|宪法|前夕)")


def point(text: str, place: int, end: int) -> Hit | None:
    """The date expression at ``place``, without words such as 以来 around it."""
    for reader in _READERS:
        hit = reader(text, place, end)
        if hit is not None:
            return hit
    return None


def _year_fields(found: re.Match[str]) -> Expr | None:
    """The year named, by number, era, distance or the text before."""
    groups = found.groupdict()
    if groups.get("year"):
        number = chinese_digits(groups["year"])
        return Expr(kind=Kind.YEAR, year=number) if number else None
    if groups.get("era"):
        count = 1 if groups["era_year"] == "元" else chinese(groups["era_year"])
        return Expr(kind=Kind.YEAR, year=ERAS[groups["era"]] + count) if count else None
    if groups.get("year_rel"):
        return Expr(kind=Kind.YEAR, year_rel=YEAR_RELS[groups["year_rel"]])
    if groups.get("year_text"):
        return Expr(kind=Kind.YEAR, year_rel=YEAR_TEXT[groups["year_text"]], unit="text")
    return Expr(kind=Kind.YEAR)


def _date(text: str, place: int, end: int) -> Hit | None:
    found = _DATE.match(text, place, end)
    if found is None or _after_digit(text, place):
        return None
    year = _year_fields(found)
    part = PARTS.get(found["month_part"] or "", "")
    day = chinese(found["day"]) if found["day"] else None
    if year is None or day == VAGUE:
        return None
    if found["month_rel"] or found["month_text"]:
        step = MONTH_RELS.get(found["month_rel"] or "")
        if day is not None:
            return (found.end(), Expr(kind=Kind.DAY, day=day, month_rel=step)) if step is not None else None
        if step is None:
            rel = MONTH_TEXT[found["month_text"]]
            return found.end(), Expr(kind=Kind.UNIT, unit="month", rel=rel, part=part)
        return found.end(), Expr(kind=Kind.UNIT, unit="month", rel="step", number=step, part=part)
    month = chinese(found["month"])
    if month is None or not 1 <= month <= 12:
        return None
    kind = Kind.MONTH if day is None else Kind.DAY
    return found.end(), replace(year, kind=kind, month=month, day=day, part=part)


def _after_digit(text: str, place: int) -> bool:
    """Whether a number runs into the place, so that only its tail would be read."""
    return place > 0 and text[place].isnumeric() and (text[place - 1].isnumeric() or text[place - 1] in ".:：,第")


def _year_only(text: str, place: int, end: int) -> Hit | None:
    found = _YEAR_ONLY.match(text, place, end)
    if found is None or _after_digit(text, place):
        return None
    year = _year_fields(found)
    if year is None:
        return None
    if found["quarter"]:
        return found.end(), replace(year, kind=Kind.QUARTER, number=chinese(found["quarter"]) or 1)
    if found["season"]:
        return found.end(), replace(year, kind=Kind.SEASON, name=SEASONS[found["season"]])
    if text[found.end() : found.end() + 1] in ("级", "級", "版"):
        return None
    return found.end(), replace(year, part=PARTS.get(found["part"] or "", ""))


def _day_only(text: str, place: int, end: int) -> Hit | None:
    found = _DAY_ONLY.match(text, place, end)
    if (
        found is None
        or _after_digit(text, place)
        or (text[found.end() - 1] in "号號" and text[place - 1 : place] in ("第", "楼"))
    ):
        return None
    number = chinese(found["day"])
    return (found.end(), Expr(kind=Kind.DAY, day=number)) if number and 1 <= number <= 31 else None


def _day_word(text: str, place: int, end: int) -> Hit | None:
    for size in (3, 2):
        word = text[place : min(place + size, end)]
        if word in DAYS:
            return place + size, Expr(kind=Kind.DEICTIC, number=DAYS[word])
        if word in DAY_TEXT:
            return place + size, Expr(kind=Kind.UNIT, unit="day", rel=DAY_TEXT[word])
    return None


def _weekday(text: str, place: int, end: int) -> Hit | None:
    found = _WEEKDAY.match(text, place, end)
    if found is None:
        return None
    rel = found["rel"]
    expr = Expr(kind=Kind.WEEKDAY, weekday=WEEK[found["day"]])
    if rel:
        step = {"上上": -2, "上": -1, "下": 1, "下下": 2}.get(rel, 0)
        expr = replace(expr, rel="week", number=step)
    return found.end(), expr


def _week_only(text: str, place: int, end: int) -> Hit | None:
    found = _WEEK_ONLY.match(text, place, end)
    if found is None:
        return None
    step = {"上上": -2, "上": -1, "下": 1, "下下": 2}.get(found["rel"], 0)
    unit = {"季": "quarter", "世": "century"}.get(
        found["unit"][0], "weekend" if found["unit"].endswith("末") else "week"
    )
    part = PARTS.get(found["part"] or "", "")
    if unit == "weekend" and step in (-1, 0):
        return found.end(), Expr(kind=Kind.UNIT, unit=unit, rel="last" if step else "this")
    return found.end(), Expr(kind=Kind.UNIT, unit=unit, rel="step", number=step, part=part)


def _ago(text: str, place: int, end: int) -> Hit | None:
    found = _AGO.match(text, place, end)
    if found is None or _after_digit(text, place):
        return None
    unit, direction = UNITS[found["unit"]], found["dir"]
    number = 1 if found["number"] == "半" else chinese(found["number"])
    if number is None or number >= 1000 or (unit == "month" and found["unit"] == "月"):
        return None
    if found["number"] == "半":
        if unit != "year" or "前" not in direction:
            return None
        inner = Expr(kind=Kind.AGO, number=6, unit="month", rel="before")
        return found.end(), Expr(kind=Kind.ABOUT, inner=inner)
    if found["more"] or found["over"]:
        number = VAGUE
    if direction in ("来", "來", "内", "內"):
        return (
            (found.end(), Expr(kind=Kind.WINDOW, number=number, unit=unit, rel="last")) if direction == "来" else None
        )
    rel = "before" if "前" in direction else "after"
    name = "text" if rel == "after" or direction == "之前" else ""
    return found.end(), Expr(
        kind=Kind.AGO, number=number, unit=unit, rel=rel, name=name, part="half" if found["half"] else ""
    )


def _window(text: str, place: int, end: int) -> Hit | None:
    found = _WINDOW.match(text, place, end)
    if found is None:
        return None
    number = chinese(found["number"])
    if number is None or found["unit"] == "月":
        return None
    rel = "next" if found["rel"][0] in "未今" else "last"
    return found.end(), Expr(kind=Kind.WINDOW, number=number, unit=UNITS[found["unit"]], rel=rel)


def _decade(text: str, place: int, end: int) -> Hit | None:
    found = _DECADE.match(text, place, end)
    if found is not None and not _after_digit(text, place):
        return _in_century(found)
    found = _DECADE_ONLY.match(text, place, end)
    if found is None or _after_digit(text, place):
        return None
    number = chinese(found["year"]) or 0
    part = _DECADE_PARTS.get((found["part"] or " ")[0], "")
    if number >= 1000:
        return found.end(), Expr(kind=Kind.DECADE, year=number, part=part)
    return found.end(), Expr(kind=Kind.DECADE, number=number, part=part)


def _in_century(found: re.Match[str]) -> Hit | None:
    part = _DECADE_PARTS.get((found["part"] or " ")[0], "")
    part = {"上": "first", "下": "second"}.get((found["part"] or " ")[0], part)
    rel = {"上": "last", "本": "this"}.get(found["last"] or "", "")
    number = chinese(found["century"]) if found["century"] else 0
    if number is None or not 0 <= number <= 22:
        return None
    if found["ten"]:
        ten = chinese(found["ten"]) or 0
        if not number:
            number = 20 if rel == "last" else 21
        return found.end(), Expr(kind=Kind.DECADE, year=100 * (number - 1) + ten, part=part)
    return found.end(), Expr(kind=Kind.CENTURY, number=number, rel=rel, part=part)


def _season(text: str, place: int, end: int) -> Hit | None:
    found = _SEASON_REL.match(text, place, end)
    if found is None:
        return None
    name = SEASONS[found["season"] or found["bare"]]
    lead = (found["rel"] or found["year"] or " ")[0]
    if lead in "今去明":
        return found.end(), Expr(kind=Kind.SEASON, name=name, year_rel={"今": 0, "去": -1, "明": 1}[lead])
    return found.end(), Expr(kind=Kind.SEASON, name=name, rel={"上": "last", "下": "next"}.get(lead, ""))


def _years(text: str, place: int, end: int) -> Hit | None:
    """Two years with one 年 (2008至2010年)."""
    found = YEARS.match(text, place, end)
    if found is None or _after_digit(text, place):
        return None
    first, last = chinese_digits(found["first"]), chinese_digits(found["last"])
    if first is None or last is None or not first < last:
        return None
    inner, other = Expr(kind=Kind.YEAR, year=first), Expr(kind=Kind.YEAR, year=last)
    return found.end(), Expr(kind=Kind.RANGE, inner=inner, other=other)


def _short_year(text: str, place: int, end: int) -> Hit | None:
    """A year by two digits: 08年, 零八年; 98年 only with a month or part after it."""
    found = SHORT_YEAR.match(text, place, end)
    if found is None or _after_digit(text, place):
        return None
    digits = chinese_digits(found["digits"])
    if digits is None:
        return None
    year = digits + (1900 if digits > 68 else 2000)
    rest = MONTH_AFTER.match(text, found.end(), end)
    if rest is None:
        return found.end(), Expr(kind=Kind.YEAR, year=year)
    month = chinese(rest["month"]) or 0
    if not 1 <= month <= 12:
        return None
    day = chinese(rest["day"]) if rest["day"] else None
    kind = Kind.MONTH if day is None else Kind.DAY
    return rest.end(), Expr(kind=kind, year=year, month=month, day=day)


def _bare_part(text: str, place: int, end: int) -> Hit | None:
    """年初, 月底 alone: of the anchor's own year or month, or the latest one ended."""
    found = BARE_PART.match(text, place, end)
    if found is None or (
        place > 0 and (text[place - 1].isnumeric() or text[place - 1] in "今去明前后後本当當同次半每个個")
    ):
        return None
    unit = "year" if found.group()[0] == "年" else "month"
    return found.end(), Expr(kind=Kind.UNIT, unit=unit, rel="this", part=PARTS[found.group()], name="latest")


def _quarter(text: str, place: int, end: int) -> Hit | None:
    found = _QUARTER.match(text, place, end)
    if found is None:
        return None
    return found.end(), Expr(kind=Kind.QUARTER, number=chinese(found["number"]) or 1)


def _vague(text: str, place: int, end: int) -> Hit | None:
    found = _VAGUE.match(text, place, end)
    if found is None:
        return None
    word = found.group()
    ahead = word.startswith("未来") or (word.startswith("不久") and word != "不久前")
    rel = "next" if ahead else "either" if word in ("近日", "近期") else "last"
    return found.end(), Expr(kind=Kind.VAGUE, rel=rel)


def _lunar(text: str, place: int, end: int) -> Hit | None:
    found = _LUNAR.match(text, place, end)
    return None if found is None else (found.end(), Expr(kind=Kind.OTHER, name="the Chinese lunar calendar"))


def _holiday(text: str, place: int, end: int) -> Hit | None:
    found = _HOLIDAY.match(text, place, end)
    if found is None:
        return None
    year = _year_fields(found)
    if year is None:
        return None
    return found.end(), replace(year, kind=Kind.HOLIDAY, name=CHINESE[found["holiday"]])


_READERS: tuple[Callable[[str, int, int], Hit | None], ...] = (
    _lunar,
    _holiday,
    _years,
    _ago,
    _window,
    _decade,
    _date,
    _year_only,
    _short_year,
    _bare_part,
    _weekday,
    _week_only,
    _day_word,
    _season,
    _quarter,
    _vague,
    _day_only,
)
