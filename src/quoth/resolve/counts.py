"""Number words, English and Chinese, as whole numbers.

- Only numbers that stand in dates: 0 to 9999; a longer run of digits is no count.
- "A few" and "several" are counts nobody knows: ``VAGUE``.

Example::

    >>> english("twenty-one"), chinese("二十一"), chinese_digits("二〇一二")
    (21, 21, 2012)
"""

__all__ = ["ORDINALS", "VAGUE", "chinese", "chinese_digits", "english"]

VAGUE = -1
"""A count that the words leave open."""

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
}
_WORDS = {word: number for number, word in enumerate(_SMALL)} | _TENS | {"a": 1, "an": 1, "dozen": 12}
_VAGUE = frozenset({"few", "several", "some", "many", "numerous"})
ORDINALS = {
    word: number
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        start=1,
    )
} | {"thirtieth": 30, "twenty-first": 21}
_DIGITS = {char: number for number, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "两": 2,
    "兩": 2,
    "元": 1,
}
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


def english(word: str) -> int | None:
    """A number word or up to four digits; ``VAGUE`` for "several"; ``None`` for anything else."""
    low = word.lower()
    if low.isascii() and low.isdigit():
        return int(low) if len(low) <= 4 else None
    if low in _VAGUE:
        return VAGUE
    if "-" in low:
        tens, _, unit = low.partition("-")
        if tens in _TENS and unit in _WORDS and 0 < _WORDS[unit] < 10:
            return _TENS[tens] + _WORDS[unit]
        return None
    return _WORDS.get(low)


def chinese(word: str) -> int | None:
    """A Chinese numeral below 10,000 (十, 百, 千, 廿, 卅), or digits; ``VAGUE`` for 几 and 数."""
    plain = word.translate(_WIDE)
    if plain.isascii() and plain.isdigit():
        return int(plain) if len(plain) <= 4 else None
    if any(char in "几幾数數多" for char in plain):
        return VAGUE
    total, held = 0, 0
    for char in plain.replace("廿", "二十").replace("卅", "三十"):
        if char in _DIGITS:
            held = held * 10 + _DIGITS[char] if total == 0 and len(plain) > 1 and "十" not in plain else _DIGITS[char]
        elif char in "十百千":
            total += (held or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            held = 0
        else:
            return None
    return total + held if plain else None


def chinese_digits(word: str) -> int | None:
    """Four digits written one by one (二〇一二, ２０１２), as a year; ``None`` for anything else."""
    plain = word.translate(_WIDE)
    if plain.isascii() and plain.isdigit():
        return int(plain)
    if all(char in _DIGITS for char in plain) and plain:
        return int("".join(str(_DIGITS[char]) for char in plain))
    return None
