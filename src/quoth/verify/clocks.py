"""Times of day in the words of a claim.

- Figures (``14:05``, ``14h05``) mean one time; words ("half past ten", "five past two") mean one in
  the morning and one in the afternoon, unless the claim says which.
- A part of the day alone ("afternoon") is no time.

Example::

    >>> clock_times("about half past ten in the morning")
    (37800,)
"""

import re

__all__ = ["clock_times"]

_FIGURES = re.compile(r"(?<![\d.:])([01]?\d|2[0-3])[:.h]([0-5]\d)(?![\d.:])(?:\s*([ap])\.?m\b)?", re.IGNORECASE)
_HOUR_WORDS = "one two three four five six seven eight nine ten eleven twelve"
_HOURS = {word: number for number, word in enumerate(_HOUR_WORDS.split(), start=1)}
_MINUTES = {"five": 5, "ten": 10, "quarter": 15, "a quarter": 15, "twenty": 20, "twenty-five": 25, "half": 30}
_WORDS = re.compile(
    rf"\b({'|'.join(sorted(_MINUTES, key=len, reverse=True))})(?: minutes)? (past|to) ({'|'.join(_HOURS)})\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(rf"\b({'|'.join(_HOURS)}) o['’]clock\b", re.IGNORECASE)
_MORNING = re.compile(r"\b(?:morning|before noon|a\.m|am)\b", re.IGNORECASE)
_LATER = re.compile(r"\b(?:afternoon|evening|p\.m|pm)\b", re.IGNORECASE)
_HALF_DAY = 43_200


def clock_times(words: str) -> tuple[int, ...]:
    """Seconds after midnight of each time that ``words`` can mean, rising; empty where they hold none."""
    hit = _FIGURES.search(words)
    if hit is not None:
        second = int(hit[1]) * 3600 + int(hit[2]) * 60
        half = (hit[3] or "").lower()
        if half:
            second = second % _HALF_DAY + (_HALF_DAY if half == "p" else 0)
        return (second,)
    second = _spoken(words)
    if second < 0:
        return ()
    if _MORNING.search(words):
        return (second,)
    return (second + _HALF_DAY,) if _LATER.search(words) else (second, second + _HALF_DAY)


def _spoken(words: str) -> int:
    """Seconds after midnight or noon of a time written out; -1 where there is none."""
    hit = _WORDS.search(words)
    if hit is not None:
        minutes = _MINUTES[hit[1].lower()]
        hour = _HOURS[hit[3].lower()] * 60
        return (hour + (minutes if hit[2].lower() == "past" else -minutes)) * 60 % _HALF_DAY
    hit = _WHOLE.search(words)
    return _HOURS[hit[1].lower()] * 3600 % _HALF_DAY if hit is not None else -1
