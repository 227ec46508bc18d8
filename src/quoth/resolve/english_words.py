"""English words of the date grammar.

- Tables only; lower case.

Example::

    MONTHS["sept"]   # 9
"""

__all__ = [
    "CLOCK",
    "DAYTIMES",
    "LEADS",
    "MONTHS",
    "NAMEY",
    "NOT_AFTER_DAY",
    "NOT_AFTER_YEAR",
    "PAPERS",
    "PARTS",
    "PLAIN_MONTHS",
    "RECURRING",
    "SEASONS",
    "UNITS",
    "WEEKDAYS",
    "WEEKDAY_NAMES",
]

PLAIN_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTHS = {name: number for number, name in enumerate(PLAIN_MONTHS, start=1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
NAMEY = frozenset({"may", "march", "april", "june", "august", "mar", "jan", "dec", "jun", "apr", "aug"})
"""Months that are also names or verbs."""

WEEKDAY_NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS = {name: number for number, name in enumerate(WEEKDAY_NAMES)}
WEEKDAYS |= {name[:3]: number for name, number in WEEKDAYS.items()} | {"tues": 1, "thurs": 3, "thur": 3}

SEASONS = {"spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter"}
UNITS = {
    "day": "day",
    "week": "week",
    "fortnight": "fortnight",
    "weekend": "weekend",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "decade": "decade",
    "century": "century",
    "hour": "hour",
}
UNITS |= {f"{name}s": unit for name, unit in UNITS.items() if name != "century"} | {"centuries": "century"}

PARTS = {
    "early": "early",
    "beginning": "early",
    "start": "early",
    "outset": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "end": "late",
    "close": "late",
}
LEADS = frozenset(
    [
        "in",
        "on",
        "by",
        "since",
        "until",
        "till",
        "of",
        "from",
        "during",
        "before",
        "after",
        "between",
        "last",
        "this",
        "next",
        "past",
        "to",
        "through",
        "through",
        "throughout",
        "circa",
        "around",
        "about",
        "within",
        "early",
        "late",
        "mid",
        "prior",
        "for",
        "and",
        "or",
        "–",
        "-",
    ]
) - frozenset({"for", "and", "or", "–", "-"})
"""Words after which a bare month, year or weekday is a date."""

RECURRING = frozenset({"every", "each", "any", "per", "some"})
DAYTIMES = frozenset({"morning", "afternoon", "evening", "night", "noon", "midday", "midnight", "lunchtime"})
CLOCK = frozenset({"am", "pm", "a.m", "p.m", "o'clock", "%", "percent", "people", "years", "million"})
PAPERS = frozenset(
    [
        "times",
        "telegraph",
        "mirror",
        "post",
        "herald",
        "express",
        "mail",
        "mass",
        "school",
        "night",
        "club",
        "league",
        "world",
        "review",
        "standard",
        "observer",
        "independent",
        "sun",
        "star",
        "tribune",
        "gazette",
        "chronicle",
        "courier",
    ]
)
NOT_AFTER_YEAR = frozenset(
    [
        "people",
        "persons",
        "words",
        "men",
        "women",
        "children",
        "dollars",
        "euros",
        "pounds",
        "yuan",
        "crowns",
        "kroner",
        "yen",
        "rubles",
        "cases",
        "pages",
        "metres",
        "meters",
        "km",
        "kilometres",
        "kilometers",
        "miles",
        "tonnes",
        "tons",
        "percent",
        "copies",
        "votes",
        "soldiers",
        "troops",
        "workers",
        "prisoners",
        "families",
        "houses",
        "homes",
        "hours",
        "minutes",
        "seconds",
        "days",
        "weeks",
        "months",
        "years",
        "times",
        "points",
        "calls",
        "letters",
        "units",
        "seats",
        "members",
        "residents",
        "inhabitants",
        "students",
        "employees",
        "deaths",
        "dead",
        "victims",
        "refugees",
        "jobs",
        "feet",
        "acres",
        "hectares",
        "litres",
        "liters",
        "m",
        "kg",
        "g",
        "ft",
        "per",
        "million",
        "billion",
        "thousand",
        "or-so",
        "rows",
        "lines",
        "files",
        "items",
        "documents",
        "patients",
        "beds",
    ]
)
NOT_AFTER_DAY = frozenset(
    [
        "time",
        "floor",
        "century",
        "army",
        "division",
        "avenue",
        "street",
        "place",
        "round",
        "edition",
        "session",
        "anniversary",
        "birthday",
        "grade",
        "school",
        "camp",
        "break",
        "olympics",
        "games",
        "palace",
        "house",
        "water",
        "season",
        "schedule",
        "term",
        "semester",
    ]
)
