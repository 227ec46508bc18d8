"""Who is a human being, and who is one without a name.

- An indefinite human noun ("a former clerk", "two people who saw it") is an unnamed source.
- Documents, organisations and anybody named are not; nor is whoever speaks by an office ("a judge").
- "He" and "she" mean a human being, and never one that the text called by the other word.

Example::

    >>> is_unnamed("One of the nurses, who asked that her name be withheld")
    True
"""

import re

from quoth.attribute.cues import load_table

__all__ = ["HUMAN", "head_noun", "human_at", "is_human", "is_unnamed", "sex_of", "singular"]

_TABLE = load_table("words.toml")["people"]
_PEOPLE = frozenset(_TABLE["words"].split())
_OFFICIAL = frozenset(_TABLE["official"].split())
_WOMEN = frozenset(_TABLE["women"].split())
_MEN = frozenset(_TABLE["men"].split())
HUMAN = _PEOPLE | _OFFICIAL
"""Singular nouns for a human being, whether they speak by an office or for themselves."""
_SUFFIX = re.compile(r"(?:man|woman|person|ologist|ician|phile)\Z")
_IRREGULAR = {"people": "person", "men": "man", "women": "woman", "children": "child", "wives": "wife"}
_CUT = re.compile(
    r",|\(|\s(?:of|in|inside|for|from|on|at|by|with|to|near|close|aboard|within|who|which|that|whose|whom|familiar|"
    r"briefed|released|employed|working|living|speaking|involved|present|still|not|said|believed|described|based)\s"
)
_SPOKEN = re.compile(
    r"\b(?:condition of anonymity|anonymous(?:ly)?|not to be (?:named|identified)|unnamed|unidentified|"
    r"(?:name|identity|names|identities) (?:not )?(?:be |to be )?(?:withheld|used|printed|published|changed|given)|"
    r"(?:would|did|could|does|do|will) not (?:want to )?be (?:named|identified))\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:one|two|three|four|five|six|some|several|a few|another|many|most|both) (?:more )?of "
    r"(?:the|those|these|his|her|their|its|our)\b\s*",
    re.IGNORECASE,
)
_INDEFINITE = re.compile(
    r"(?:an?|one|another|some|several|two|three|four|five|six|seven|eight|nine|ten|"
    r"a (?:few|number of|couple of|second|third)|at least \w+|"
    r"more than \w+|other|multiple|unnamed|anonymous|unidentified)\s+",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"(?:an?|the|this|that|one|another)(?: same| other| second)? (?:caller|voice)", re.IGNORECASE)
_CAPITAL = re.compile(r"(?<![\w-])[A-Z][\w'’-]+")
_NAMED_BEHIND = re.compile(
    r"(?:,\s*|\b(?:named|called|identified as|name of)\s+)(?:(?:Mr|Ms|Mrs|Dr)\.?\s+)?"
    r"[A-Z][\w'’-]+(?:\s+[A-Z][\w'’.-]+)*\s*(?:,|$)"
)


def singular(word: str) -> str:
    """The singular of a human noun, by plain rules."""
    low = word.lower()
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if low.endswith("men"):
        return low[:-2] + "an"
    if low.endswith("ies"):
        return low[:-3] + "y"
    return low[:-1] if low.endswith("s") and not low.endswith("ss") else low


def human_at(word: str) -> bool:
    """Whether ``word`` (singular or plural) is a noun for a human being."""
    one = singular(word)
    return one in HUMAN or word.lower() in HUMAN or _SUFFIX.search(one) is not None


def head_noun(words: str) -> str:
    """The head noun of a source phrase, lower case and singular: "a former clerk of the mill" → clerk."""
    head = _CUT.split(f"{words} ", maxsplit=1)[0].split()
    return singular(head[-1]) if head else ""


def is_human(words: str) -> bool:
    """Whether a described source ("the officer", "a nurse at the clinic") is one human being."""
    head = _CUT.split(f"{words} ", maxsplit=1)[0].split()
    last = head[-1].lower() if head else ""
    plural = last in _IRREGULAR or (last.endswith(("s", "men")) and singular(last) != last and not last.endswith("ss"))
    if plural or not last:
        return words.lower().startswith("one of ")
    return human_at(last)


def is_unnamed(words: str) -> bool:
    """Whether ``words`` mean people who are not named, and who speak for themselves."""
    plain = " ".join(words.split())
    if _NAMED_BEHIND.search(plain):
        return False
    if _UNSEEN.fullmatch(plain):
        return True
    if _SPOKEN.search(plain):
        return not _two_names(_CUT.split(f"{plain} ", maxsplit=1)[0])
    part = _PART.match(plain)
    start = part or _INDEFINITE.match(plain)
    if start is None:
        return False
    head = _CUT.split(f"{plain[start.end() :]} ", maxsplit=1)[0]
    last = head.split()[-1] if head.split() else ""
    if not human_at(last) or last[:1].isupper():
        return False
    return (
        part is not None or singular(last) not in _OFFICIAL or head.lower().startswith(("former ", "ex-", "retired "))
    )


def _two_names(head: str) -> bool:
    return len(_CAPITAL.findall(re.sub(r"^\w+\s+", "", head))) >= 2


def sex_of(words: str) -> str:
    """Either "he" or "she" where a word of ``words`` tells it ("Mrs Vane", "a widow"), else empty."""
    head = {singular(word.strip(".,")) for word in _CUT.split(f"{words} ", maxsplit=1)[0].split()}
    head |= {word.strip(".,").lower() for word in _CUT.split(f"{words} ", maxsplit=1)[0].split()}
    if head & _WOMEN:
        return "she"
    return "he" if head & _MEN else ""
