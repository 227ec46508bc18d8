"""Noun phrases to the right: speakers after the verb, people spoken to.

- Appositions between commas belong to the phrase ("said Smith, a farmer who …").
- A date, a medium or a new clause ends it.
- All spans are token indices, end exclusive.

Example::

    >>> s = next(sentences("told the men that it fell.", 0, 26, ()))
    >>> addressee_after(s, 1)
    3
"""

from quoth.attribute.words import DATES, Sentence

__all__ = ["addressee_after", "phrase_after"]

_POSTS = frozenset(["ambassador", "envoy", "adviser", "advisor", "aide", "heir", "delegate", "assistant", "secretary"])
_STOPS = frozenset(",.;:-Q")
_HUMAN_PLURAL = frozenset(
    [
        "reporters",
        "journalists",
        "lawmakers",
        "officials",
        "police",
        "investigators",
        "researchers",
        "residents",
        "colleagues",
        "parliament",
        "congress",
        "viewers",
        "readers",
        "supporters",
        "staff",
        "members",
        "deputies",
        "councillors",
        "officers",
        "voters",
        "followers",
        "relatives",
        "friends",
        "court",
    ]
)


def phrase_after(sentence: Sentence, first: int, *, lead: bool = False) -> int:
    """The end of the noun phrase with appositions that begins at token ``first`` (``first`` when there is none).

    ``lead`` where content follows the phrase ("According to X, …"): only a closed apposition is taken.
    """
    tags, at = sentence.tags, _core_after(sentence, first)
    if at == first:
        return first
    while at + 1 < len(tags) and tags[at] == ",":
        head = tags[at + 1]
        if (head not in "DMUNWE" and not (head == "P" and sentence.lows[at + 1] in ("of", "from"))) or sentence.lows[
            at + 1
        ] in DATES:
            break
        stop = at + 1
        while stop < len(tags) and tags[stop] not in _STOPS:
            stop += 1
        if lead and not (tags[stop : stop + 1] == "," and (set(tags[at + 1 : stop]) == {"U"} or head in "DMWP")):
            break
        if head in "UN" and stop < len(tags) and tags[stop] not in ",.":
            break
        if _starts_clause(sentence, at + 1, stop) and head != "W":
            break
        at = stop
    return at


def _starts_clause(sentence: Sentence, first: int, stop: int) -> bool:
    """Whether a finite verb stands in ``first:stop`` outside a relative clause."""
    for at in range(first, stop):
        if sentence.tags[at] in "WH":
            return False
        if sentence.tags[at] in "VA":
            return True
        if (
            sentence.tags[at] == "E"
            and at > first
            and sentence.tags[at - 1] in "NU"
            and sentence.tags[at + 1 : at + 2] in tuple("DRTH")
        ):
            return True
    return False


def _core_after(sentence: Sentence, first: int) -> int:
    tags, at = sentence.tags, first
    if at < len(tags) and tags[at] == "R":
        return at + 1
    while at < len(tags):
        step = _step_right(sentence, at, first)
        if step == at:
            break
        at = step
    return at


def _step_right(sentence: Sentence, at: int, first: int) -> int:
    """One step further right, or ``at`` when the phrase ends here."""
    tags, lows, tag = sentence.tags, sentence.lows, sentence.tags[at]
    after = tags[at + 1 : at + 2]
    if tag in "NUMD" or (tag in "EG" and after in ("N", "U")):
        ends = (tag == "D" and at > first and tags[at - 1] not in "PCDT") or (lows[at] in DATES and at > first)
        return at if ends else at + 1
    if at == first:
        return at
    if tag == "E" and tags[at - 1] in "NU" and lows[at + 1 : at + 2] in (["by"], ["with"], ["in"]):
        return at + 2
    if (tag == "P" and _attaches(sentence, at, first)) or (lows[at] == "and" and after in ("U", "D", "N")):
        return at + 1
    if tag == "T" and (lows[at - 1] in _POSTS or lows[at - 1] == "close") and after in ("D", "U"):
        return at + 1
    if tag == "(":
        close = tags.find(")", at, at + 12)
        return close + 1 if close > 0 else at
    if tag == "W" and lows[at] in ("who", "whose", "which"):
        while at < len(tags) and tags[at] not in _STOPS:
            at += 1
    return at


def _attaches(sentence: Sentence, at: int, first: int) -> bool:
    """Whether the preposition at ``at`` belongs to the noun before it."""
    lows, tags = sentence.lows, sentence.tags
    if at + 1 >= len(tags) or tags[at + 1] not in "NUMDG" or lows[at + 1] in DATES:
        return False
    if lows[at] == "of":
        return True
    if tags[at + 1] == "M" or at + 2 >= len(tags):
        return False
    medium = {
        "interview",
        "statement",
        "letter",
        "email",
        "e-mail",
        "phone",
        "telephone",
        "twitter",
        "message",
        "video",
        "call",
    }
    if medium & set(lows[at + 1 : at + 5]):
        return False
    return lows[at] in ("for", "from", "at", "with", "in") and tags[first] in "DN" and tags[at - 1] == "N"


def addressee_after(sentence: Sentence, first: int) -> int:
    """The end of the person or body spoken to, right after the verb (``first`` when there is none)."""
    tags, lows, at = sentence.tags, sentence.lows, first
    if at < len(tags) and (tags[at] in "OR" or lows[at] == "her"):
        return at + 1
    while at < len(tags):
        tag = tags[at]
        if tag == "D" and at > first and tags[at - 1] not in "PC":
            break
        if tag == "U" and at > first and lows[at - 1] in _HUMAN_PLURAL and tags[at - 1] == "N":
            break
        if (
            (tag in "NUMD" and not (lows[at] in DATES and at > first))
            or (
                at > first
                and ((lows[at] in ("of", "for") and "H" in tags[at : at + 8]) or (tag == "C" and lows[at] == "and"))
                and tags[at + 1 : at + 2] in tuple("UDN")
            )
            or (at > first and tag == "P" and lows[at] in ("at", "from") and tags[at + 1 : at + 2] in tuple("UD"))
        ):
            at += 1
        else:
            break
    if at + 1 < len(tags) and tags[at] == "," and tags[at + 1] == "D" and at > first and tags[at - 1] == "U":
        stop = tags.find(",", at + 1)
        if stop > 0 and not _starts_clause(sentence, at + 1, stop):
            return stop + 1
    return at
