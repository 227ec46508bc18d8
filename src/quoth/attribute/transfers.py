"""Acts on evidence: offered, handed over, published, withheld.

- Found by the verb (give, provide, publish …) and by what is given (records, files, recordings …).
- "Gave officials files" and "gave files to officials" are the same act.
- "In June" and ", made between …" are no part of what is given.

Example::

    "is able to provide records to researchers"  ->  what "records", to "researchers", offered
"""

import dataclasses
from collections.abc import Iterator

from quoth.attribute.clauses import clause_floor, content_end
from quoth.attribute.cues import load_table
from quoth.attribute.drafts import Span
from quoth.attribute.objects import addressee_after, phrase_after
from quoth.attribute.phrases import clause_subject, subject_before, verb_group
from quoth.attribute.words import DATES, Sentence
from quoth.record.exhibit import Availability

__all__ = ["Transfer", "find_transfers"]

_TABLE = load_table("words.toml")["evidence"]
_GIVING = frozenset(_TABLE["giving"].split())
_LEAVING = frozenset(_TABLE["leaving"].split())
_PUBLISHING = frozenset(
    ["publish", "published", "publishes", "release", "released", "releases", "releasing", "publishing"]
)
_HOLDING = frozenset(_TABLE["holding"].split())
_TELLING = frozenset(_TABLE["evidence"].split())
_EVIDENCE = _TELLING | frozenset(_TABLE["papers"].split())
_KNOWLEDGE = frozenset(["information", "details", "detail", "account", "testimony", "names", "identity", "location"])
_INFORMATION = _EVIDENCE | _KNOWLEDGE
_SHARING = frozenset(["share", "shared", "sharing", "shares"])
_ABLE = frozenset(["able", "willing", "ready", "prepared"])


Pair = tuple[int, int] | None
"""Tokens, end exclusive."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """One act on evidence: who, by which words, what, to whom, on what footing.

    ``tells`` where to hand it over is to say what stands in it (records, details), not to part with papers.
    """

    who: Span | None
    cue: Span
    what: Span
    to: Span | None
    terms: Span | None
    availability: Availability
    evidence: bool
    tells: bool = False


def find_transfers(sentence: Sentence) -> Iterator[Transfer]:
    """Offers, handovers, publications and refusals of evidence in one sentence."""
    for at, low in enumerate(sentence.lows):
        if low in _GIVING or low in _PUBLISHING:
            transfer = _transfer(sentence, at)
        elif low in _LEAVING:
            transfer = _leaving(sentence, at)
        elif low in _HOLDING and sentence.lows[at + 1 : at + 2] == ["by"]:
            transfer = _held_by(sentence, at)
        elif low in _HOLDING and sentence.tags[at + 1 : at + 2] in tuple("DNMU"):
            transfer = _holding(sentence, at)
        else:
            continue
        if transfer is not None:
            yield transfer


def _availability(sentence: Sentence, at: int, first: int, *, negative: bool) -> Availability:
    words = set(sentence.lows[max(0, first - 1) : at])
    if negative or words & {"refused", "declined", "nor"}:
        return Availability.WITHHELD
    if words & _ABLE or words & {"offered", "offers", "offering", "promised", "can", "will", "would", "could"}:
        return Availability.OFFERED
    return Availability.HANDED_OVER


def _transfer(sentence: Sentence, at: int) -> Transfer | None:
    tags, lows = sentence.tags, sentence.lows
    group = verb_group(sentence, at)
    if group.passive or (tags[at] in "NU" and tags[at - 1 : at] in tuple("DNP")):
        return None
    first = at - 1 if lows[at - 1 : at] == ["nor"] else group.first
    begin = at + 1 + (lows[at + 1 : at + 2] in (["over"], ["on"]))
    after = addressee_after(sentence, begin)
    stop = content_end(sentence, begin)
    what, to, terms = _objects(sentence, begin, after, stop)
    heads = set(lows[what[0] : what[1]]) if what else set()
    if what is None or not heads & _INFORMATION:
        return None
    floor = clause_floor(sentence, first)
    nor = lows[first] == "nor"
    who = None if nor else subject_before(sentence, first, floor)
    who = _not_a_date(sentence, who, floor) or clause_subject(sentence, first, 0 if nor else floor)
    return Transfer(
        who=sentence.span(*who) if who else None,
        cue=sentence.span(first, begin),
        what=sentence.span(*what),
        to=sentence.span(*to) if to else None,
        terms=sentence.span(*terms) if terms else None,
        availability=_availability(sentence, at, first, negative=group.negative),
        evidence=bool(heads & (_EVIDENCE | {"identity", "location", "names"})),
        tells=bool(heads & (_TELLING | _KNOWLEDGE)),
    )


def _holding(sentence: Sentence, at: int) -> Transfer | None:
    """Reads "has copies of the lists": said to be held, on no stated terms."""
    last = addressee_after(sentence, at + 1)
    if sentence.tags[last : last + 1] == "B" and last > at + 1:
        last = addressee_after(sentence, last + 1)
    heads = set(sentence.lows[at + 1 : last])
    group = verb_group(sentence, at)
    if (
        not heads & _EVIDENCE
        or group.negative
        or group.passive
        or (last < len(sentence.tags) and sentence.tags[last] in "VE")
    ):
        return None
    who = subject_before(sentence, group.first, clause_floor(sentence, group.first))
    if who is None:
        return None
    stop = content_end(sentence, at + 1)
    stop = next((back for back in range(last, stop) if sentence.tags[back] in ",CFSWH"), stop)
    return Transfer(
        who=sentence.span(*who),
        cue=sentence.span(group.first, at + 1),
        what=sentence.span(at + 1, stop),
        to=None,
        terms=None,
        availability=Availability.UNKNOWN,
        evidence=True,
    )


def _leaving(sentence: Sentence, at: int) -> Transfer | None:
    """Reads "left papers with the legation": said to be held by the legation."""
    lows, group = sentence.lows, verb_group(sentence, at)
    stop = content_end(sentence, at + 1) if at + 1 < len(lows) else at + 1
    with_at = next((back for back in range(at + 2, min(stop, at + 16)) if lows[back] in ("with", "at", "to")), -1)
    if with_at < 0 or group.passive or group.negative or not _EVIDENCE & set(lows[at + 1 : with_at]):
        return None
    last = phrase_after(sentence, with_at + 1)
    if last == with_at + 1:
        return None
    return _kept(sentence, (with_at + 1, last), (group.first, at + 1), (at + 1, with_at))


def _held_by(sentence: Sentence, at: int) -> Transfer | None:
    """Reads "the register is kept by the abbey"."""
    group = verb_group(sentence, at)
    what = subject_before(sentence, group.first, clause_floor(sentence, group.first))
    last = phrase_after(sentence, at + 2)
    passive = {"is", "are", "was", "were", "been"} & set(sentence.lows[group.first : at])
    if what is None or last == at + 2 or group.negative or not passive:
        return None
    return (
        _kept(sentence, (at + 2, last), (group.first, at + 1), what)
        if _EVIDENCE & set(sentence.lows[what[0] : what[1]])
        else None
    )


def _kept(sentence: Sentence, who: tuple[int, int], cue: tuple[int, int], what: tuple[int, int]) -> Transfer:
    return Transfer(
        who=sentence.span(*who),
        cue=sentence.span(*cue),
        what=sentence.span(*what),
        to=None,
        terms=None,
        availability=Availability.UNKNOWN,
        evidence=True,
    )


def _not_a_date(sentence: Sentence, who: Pair, floor: int) -> Pair:
    """The giver, looking past "on 3 May" that stands between it and the verb."""
    if who is None or set(sentence.tags[who[0] : who[1]]) != {"M"}:
        return who
    before = who[0] - 1 if sentence.tags[who[0] - 1 : who[0]] == "P" else who[0]
    return subject_before(sentence, before, floor)


def _objects(sentence: Sentence, begin: int, after: int, stop: int) -> tuple[Pair, Pair, Pair]:
    """(what, to whom, terms) of "gave officials files" and "gave files to officials"."""
    tags, lows = sentence.tags, sentence.lows
    split = _recipient_end(sentence, begin, after)
    if split:
        return (split, _before_time(sentence, split, stop)), (begin, split), None
    if after == begin:
        return None, None, None
    stop = _before_time(sentence, begin, stop)
    to_at = next(
        (
            at
            for at in range(begin, stop)
            if (lows[at] == "to" or (lows[at] == "with" and lows[begin - 1] in _SHARING))
            and tags[at + 1 : at + 2] in tuple("DNUO")
        ),
        -1,
    )
    if to_at < 0:
        return (begin, stop), None, None
    last = max(addressee_after(sentence, to_at + 1), to_at + 2)
    return (begin, to_at), (to_at + 1, last), (to_at, stop)


def _before_time(sentence: Sentence, first: int, stop: int) -> int:
    """``stop``, or where ", made between …" or a closing "in June" begins."""
    tags, lows = sentence.tags, sentence.lows
    for at in range(first + 1, stop):
        if tags[at] == "," and tags[at + 1 : at + 2] in tuple("EWVG"):
            return at
        if tags[at] == "P" and lows[at + 1 : at + 2] and lows[at + 1] in DATES and at + 2 >= stop:
            return at
    return stop


def _recipient_end(sentence: Sentence, begin: int, after: int) -> int:
    """The end of a recipient right after the verb ("gave | officials | files"), or 0."""
    lows, tags = sentence.lows, sentence.tags
    people = frozenset(
        [
            "officials",
            "reporters",
            "investigators",
            "police",
            "researchers",
            "journalists",
            "lawyers",
            "authorities",
            "them",
            "him",
            "us",
            "me",
            "her",
        ]
    )
    for at in range(begin, min(after + 1, len(lows))):
        if lows[at] in _INFORMATION:
            return 0
        if lows[at] in people and at + 1 < len(lows) and tags[at + 1] in "NDEUM":
            return at + 1
    if after < len(tags) and tags[after] == "D" and after > begin:
        return after
    return 0
