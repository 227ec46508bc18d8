"""Whether words of the future govern a date.

- The nearest verb before the date in its sentence decides; if there is none, the nearest after it.
- A few dozen words are looked at on either side, never more.

Example::

    >>> is_future("The hearing will open on ", ".", "en")
    True
"""

import re

__all__ = ["is_future"]

_REACH = 160
_STOP = re.compile(r"[.!?;。！？；\n]")
_WORD = re.compile(r"[A-Za-z]+|['’]ll\b")
_AHEAD = frozenset(
    [
        "will",
        "shall",
        "ll",
        "upcoming",
        "scheduled",
        "expected",
        "slated",
        "due",
        "planned",
        "plans",
        "plan",
        "intends",
        "intend",
        "hopes",
        "deadline",
        "expires",
        "tomorrow",
        "forthcoming",
        "would",
        "must",
        "should",
        "promises",
        "promised",
        "vows",
        "pledges",
        "pledged",
    ]
)
_PAST = frozenset(
    [
        "said",
        "told",
        "was",
        "were",
        "had",
        "did",
        "went",
        "came",
        "met",
        "held",
        "made",
        "wrote",
        "took",
        "gave",
        "found",
        "left",
        "began",
        "sent",
        "saw",
        "spoke",
        "got",
        "became",
        "fled",
        "arose",
        "broke",
        "fell",
        "rose",
        "won",
        "lost",
        "built",
        "has",
        "have",
        "knew",
        "thought",
        "heard",
        "kept",
        "led",
        "paid",
        "put",
        "read",
        "ran",
        "set",
        "shot",
        "sold",
        "stood",
        "struck",
        "taught",
        "wore",
        "been",
        "done",
        "gone",
        "seen",
        "taken",
        "given",
        "known",
        "shown",
        "written",
    ]
)
_AHEAD_ZH = re.compile(r"将[于在会]?|即将|预计|计划|拟于?|定于|將|預計|計劃")
_PAST_ZH = re.compile(r"[了过]|曾|已")


def is_future(before: str, after: str, language: str) -> bool:
    """Whether the date between ``before`` and ``after`` is told as still to come."""
    near = _STOP.split(before[-_REACH:])[-1]
    far = _STOP.split(after[:_REACH], maxsplit=1)[0]
    if language.startswith("zh"):
        if _AHEAD_ZH.search(near) or _AHEAD_ZH.match(far):
            return True
        return bool(_AHEAD_ZH.search(far)) and not _PAST_ZH.search(far)
    words = [word.lower().strip("'’") for word in _WORD.findall(near)]
    for place in range(len(words) - 1, -1, -1):
        found = _tense(words, place)
        if found is not None:
            return found
    words = [word.lower().strip("'’") for word in _WORD.findall(far)]
    for place in range(len(words)):
        found = _tense(words, place)
        if found is not None:
            return found
    return False


def _tense(words: list[str], place: int) -> bool | None:
    word = words[place]
    if word in _AHEAD:
        return True
    previous = words[max(0, place - 3) : place]
    if "to" in previous[-2:] and previous[-1:] == ["be"]:
        return True
    if any(one in ("will", "shall", "would", "ll", "must", "should") for one in previous):
        return True
    if word in _PAST or (word.endswith("ed") and len(word) > 3 and word not in ("need", "feed", "speed", "seed")):
        return False
    return None
