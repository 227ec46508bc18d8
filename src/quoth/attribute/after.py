"""What follows a cue verb, up to where content begins.

- Times and media ("on Tuesday", "in a statement") belong to the act, not to the content.
- The addressee is found only where the verb allows one.

Example::

    "told reporters on Monday that X"  ->  addressee "reporters", content from "that"
"""

import dataclasses

from quoth.attribute.cues import Cue
from quoth.attribute.objects import addressee_after
from quoth.attribute.people import human_at
from quoth.attribute.words import DATES, Sentence

__all__ = ["After", "look_after"]

_MEDIA = frozenset(
    [
        "statement",
        "interview",
        "interviews",
        "letter",
        "letters",
        "email",
        "e-mail",
        "emails",
        "message",
        "messages",
        "report",
        "press",
        "phone",
        "telephone",
        "twitter",
        "facebook",
        "tweet",
        "post",
        "video",
        "speech",
        "testimony",
        "hearing",
        "briefing",
        "conference",
        "affidavit",
        "telegram",
        "note",
        "radio",
        "television",
        "broadcast",
        "memo",
        "call",
        "filing",
        "article",
        "column",
        "blog",
        "newsletter",
        "bulletin",
        "communique",
        "release",
        "address",
        "remarks",
        "documents",
        "court",
        "parliament",
    ]
)
_LISTENERS = frozenset(
    ["reporters", "journalists", "parliament", "lawmakers", "investigators", "police", "officials", "viewers"]
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """``at`` is the token where content may begin; the spans are tokens."""

    at: int
    addressee: tuple[int, int] | None = None
    medium: tuple[int, int] | None = None


def _time_end(sentence: Sentence, at: int) -> int:
    """The end of a time expression at ``at``, or ``at``."""
    tags, lows, first = sentence.tags, sentence.lows, at
    if (tags[at : at + 1] in tuple("PF") and at + 1 < len(tags)) or lows[at : at + 1] in (
        ["last"],
        ["this"],
        ["earlier"],
        ["late"],
        ["early"],
    ):
        at += 1
    start = at
    while at < len(tags) and (lows[at] in DATES or (tags[at] in "MDB" and at + 1 < len(tags)) or lows[at] == "late"):
        at += 1
    while at > start and tags[at - 1] == "D":
        at -= 1
    return at if any(low in DATES or (low.isdigit() and len(low) == 4) for low in lows[start:at]) else first


def _medium_end(sentence: Sentence, at: int) -> int:
    """The end of "in a statement", "by telephone", "in an interview with X", or ``at``."""
    tags, lows = sentence.tags, sentence.lows
    if lows[at : at + 1] not in (["in"], ["on"], ["by"], ["via"], ["at"], ["during"], ["through"]):
        return at
    stop = at + 1
    while stop < len(tags) and tags[stop] in "DNUEGM" and stop < at + 7:
        stop += 1
    if not any(low in _MEDIA for low in lows[at + 1 : stop]):
        return at
    if lows[stop : stop + 1] in (["with"], ["to"], ["from"], ["for"]):
        stop = max(stop, addressee_after(sentence, stop + 1))
    return stop


def look_after(sentence: Sentence, verb: int, cue: Cue) -> After:
    """Walks right from token ``verb`` to where content may begin."""
    tags, lows = sentence.tags, sentence.lows
    at, medium, addressee = verb + 1, None, None
    if "o" in cue.frames:
        end = addressee_after(sentence, at)
        if end > at and not (cue.lemma != "tell" and "n" in cue.frames and tags[end : end + 1] not in tuple("TH")):
            addressee, at = (at, end), end
    at += 2 * (cue.lemma == "cite" and lows[at : at + 1] == ["as"])
    for _ in range(5):
        begin = at
        if at >= len(tags):
            break
        if tags[at] == "B" and lows[at] != "so":
            at += 1
        at = _time_end(sentence, at)
        end = _medium_end(sentence, at)
        if end > at:
            medium, at = (at, end), end
        if addressee is None and tags[at : at + 1] == "T" and _speaks_to(sentence, at, cue):
            end = addressee_after(sentence, at + 1)
            if end > at + 1:
                addressee, at = (at + 1, end), end
        if at == begin:
            break
    return After(at=_past_insertion(sentence, at), addressee=addressee, medium=medium)


def _past_insertion(sentence: Sentence, at: int) -> int:
    """``at``, or the "that" after an insertion between commas: "explains, in short, that"."""
    tags = sentence.tags
    if tags[at : at + 1] != "," or tags[at + 1 : at + 2] not in ("P", "B", "F", "T"):
        return at
    close = tags.find(",", at + 1, at + 9)
    return close + 1 if close > 0 and tags[close + 1 : close + 2] == "H" else at


def _speaks_to(sentence: Sentence, at: int, cue: Cue) -> bool:
    if "i" in cue.frames or not cue.frames & set("qt") or "to" in cue.prepositions:
        return False
    following, low = sentence.tags[at + 1 : at + 2], sentence.lows[at + 1 : at + 2]
    if following == "M":
        return any(human_at(word) for word in sentence.lows[at + 2 : at + 4])
    return following in tuple("ODU") or (bool(low) and (low[0] in _LISTENERS or human_at(low[0])))
