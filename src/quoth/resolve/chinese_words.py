"""Chinese words of the date grammar.

- Tables and a few bounded patterns; both scripts.

Example::

    YEAR_RELS["去年"]   # -1
"""

import re

__all__ = [
    "BARE_PART",
    "DAYS",
    "DAY_TEXT",
    "ERAS",
    "MONTH_AFTER",
    "MONTH_RELS",
    "MONTH_TEXT",
    "NUM",
    "NUMBER",
    "PARTS",
    "SEASONS",
    "SHORT_YEAR",
    "UNITS",
    "WEEK",
    "YEARS",
    "YEAR_RELS",
    "YEAR_TEXT",
]

NUM = r"[\d０-９一二三四五六七八九十廿卅]{1,4}"
NUMBER = r"(?:[\d０-９]{1,4}|[一二三四五六七八九十百两兩廿卅几幾数數]{1,5})"
YEAR_RELS = {
    "今年": 0,
    "本年度": 0,
    "本年": 0,
    "去年": -1,
    "上年": -1,
    "前年": -2,
    "大前年": -3,
    "明年": 1,
    "后年": 2,
    "後年": 2,
}
YEAR_TEXT = {"同年": 0, "当年": 0, "當年": 0, "该年": 0, "該年": 0, "次年": 1, "翌年": 1, "第二年": 1}
MONTH_RELS = {
    "本月": 0,
    "这个月": 0,
    "這個月": 0,
    "上个月": -1,
    "上個月": -1,
    "上月": -1,
    "下个月": 1,
    "下個月": 1,
    "下月": 1,
}
MONTH_TEXT = {
    "同月": "same",
    "当月": "same",
    "當月": "same",
    "该月": "same",
    "該月": "same",
    "次月": "following",
    "翌月": "following",
}
DAYS = {"大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨夜": -1, "今天": 0, "今日": 0, "今晨": 0} | {
    "今早": 0,
    "今晚": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "後天": 2,
}
DAY_TEXT = {
    "同日": "same",
    "当天": "same",
    "當天": "same",
    "当日": "same",
    "當日": "same",
    "当晚": "same",
    "當晚": "same",
} | {
    "次日": "following",
    "翌日": "following",
    "第二天": "following",
}
ERAS = {"民国": 1911, "民國": 1911, "明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
PARTS = {
    "上旬": "early",
    "初": "early",
    "年初": "early",
    "月初": "early",
    "中旬": "mid",
    "中": "mid",
    "年中": "mid",
} | {
    "下旬": "late",
    "底": "late",
    "末": "late",
    "年底": "late",
    "年末": "late",
    "月底": "late",
    "月末": "late",
    "上半年": "first",
    "下半年": "second",
    "上半月": "first",
    "下半月": "second",
}
SEASONS = {"春": "spring", "夏": "summer", "秋": "autumn", "冬": "winter"}
WEEK = {char: number for number, char in enumerate("一二三四五六")} | {"日": 6, "天": 6}
UNITS = {"天": "day", "日": "day", "周": "week", "週": "week", "星期": "week", "礼拜": "week", "禮拜": "week"} | {
    "个月": "month",
    "個月": "month",
    "月": "month",
    "年": "year",
    "小时": "hour",
    "小時": "hour",
    "个小时": "hour",
    "世纪": "century",
    "世紀": "century",
    "个星期": "week",
    "個星期": "week",
    "个礼拜": "week",
}
YEARS = re.compile(r"(?P<first>[\d０-９]{4})\s?(?:至|到|—{1,2}|–|-|~|～|－)\s?(?P<last>[\d０-９]{4})\s?年")
SHORT_YEAR = re.compile(
    r"(?P<digits>[0０][\d０-９]|[零〇][〇零一二三四五六七八九]|9\d(?=年(?:\d{1,2}月|[初底末春夏秋冬])))年(?![来前后内间以後來])"
)
MONTH_AFTER = re.compile(r"(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])月(?:(?P<day>\d{1,2})[日号])?")
BARE_PART = re.compile(r"[年月][初中底末](?![级級学學等])")
