"""Silence and refusal: who did not answer, would not say.

- Not answering is an act too: source, cue, and what was asked.
- "Details were not provided to media" names nobody: the source stays absent.

Example::

    "The ministry did not respond to requests."  ->  source "The ministry", act no_response
"""

from collections.abc import Iterator

from quoth.attribute.clauses import clause_floor, content_end
from quoth.attribute.drafts import Draft
from quoth.attribute.phrases import Group, clause_subject, subject_before, verb_group
from quoth.attribute.words import Sentence
from quoth.record.statement import Act

__all__ = ["find_silence"]

_ANSWERING = frozenset(
    ["respond", "responded", "reply", "replied", "return", "returned", "answer", "answered", "responding", "replying"]
)
_GIVING = frozenset(
    [
        "provided",
        "released",
        "given",
        "disclosed",
        "published",
        "revealed",
        "shared",
        "announced",
        "confirmed",
        "specified",
        "explained",
        "named",
    ]
)
_COMMENT = frozenset(["comment", "elaborate", "respond", "answer", "discuss", "say"])
_KEEPING = frozenset(
    [
        "provide",
        "give",
        "disclose",
        "release",
        "reveal",
        "share",
        "identify",
        "name",
        "hand",
        "confirm",
        "discuss",
        "comment",
    ]
)


def find_silence(sentence: Sentence) -> Iterator[Draft]:
    """The drafts of silence, refusal and withholding in one sentence."""
    for at, low in enumerate(sentence.lows):
        if low in _ANSWERING:
            yield from _no_answer(sentence, at)
        elif low == "reached":
            yield from _unreached(sentence, at)
        elif low == "comment" and sentence.lows[at - 1 : at] == ["no"]:
            yield from _no_comment(sentence, at)
        elif low == "available" and sentence.lows[at + 1 : at + 3] == ["for", "comment"]:
            yield from _unreached(sentence, at)
        elif low == "unanswered" and at and sentence.lows[at - 1] in ("went", "go", "were", "was", "remained", "gone"):
            yield from _unanswered(sentence, at)
        if low in _GIVING:
            yield from _withheld(sentence, at)
        if low in _KEEPING:
            yield from _refusal(sentence, at)


def _who(sentence: Sentence, group: Group) -> tuple[int, int] | None:
    floor = clause_floor(sentence, group.first)
    found = subject_before(sentence, group.first, floor)
    return found or clause_subject(sentence, group.first, floor)


def _one(
    sentence: Sentence,
    who: tuple[int, int] | None,
    cue: tuple[int, int],
    content: tuple[int, int],
    *,
    act: Act,
    rule: str,
) -> Draft:
    return Draft(
        source=sentence.span(*who) if who else None,
        cue=sentence.span(*cue),
        content=(sentence.span(*content),) if content[1] > content[0] else (),
        act=act,
        rule=rule,
        negative=True,
    )


def _no_answer(sentence: Sentence, at: int) -> Iterator[Draft]:
    group = verb_group(sentence, at)
    lows = sentence.lows
    failed = group.governor >= 0 and lows[group.governor] in ("failed", "fails", "declined", "refused")
    who = _who(sentence, group)
    nobody = who is not None and lows[who[0]] in ("neither", "nobody", "none", "no")
    if not (group.negative or failed or nobody) or group.passive:
        return
    nouns = {
        "request",
        "requests",
        "call",
        "calls",
        "email",
        "emails",
        "e-mail",
        "e-mails",
        "question",
        "questions",
        "message",
        "messages",
        "letter",
        "letters",
        "inquiries",
        "enquiries",
        "queries",
        "query",
        "comment",
        "inquiry",
    }
    stop = _asked_end(sentence, at + 1)
    if not nouns & set(lows[at + 1 : stop]) or lows[at + 1 : at + 3] == ["the", "question"]:
        return
    yield _one(sentence, who, (group.first, at + 1), (at + 1, stop), act=Act.NO_RESPONSE, rule="silence")


def _asked_end(sentence: Sentence, first: int) -> int:
    """The end of what was asked: the first comma or new clause."""
    if first >= len(sentence.tags):
        return first
    stop = content_end(sentence, first)
    for at in range(first, stop):
        new_clause = sentence.tags[at] == "C" and sentence.tags[at + 1 : at + 2] in tuple("DRU")
        if sentence.tags[at] == "," or new_clause:
            return at
    return stop


def _unreached(sentence: Sentence, at: int) -> Iterator[Draft]:
    group = verb_group(sentence, at)
    if not group.negative:
        return
    stop = content_end(sentence, at + 1)
    yield _one(
        sentence, _who(sentence, group), (group.first, at + 1), (at + 1, stop), act=Act.NO_RESPONSE, rule="silence"
    )


def _unanswered(sentence: Sentence, at: int) -> Iterator[Draft]:
    """Reads "Calls to his office went unanswered": nobody is named, the calls are what was asked."""
    first = verb_group(sentence, at - 1).first if sentence.tags[at - 1] == "V" else at - 1
    what = subject_before(sentence, first, clause_floor(sentence, first))
    if what is not None:
        yield _one(sentence, None, (first, at + 1), what, act=Act.NO_RESPONSE, rule="silence")


def _no_comment(sentence: Sentence, at: int) -> Iterator[Draft]:
    lows = sentence.lows
    if at < 2 or lows[at - 2] not in ("had", "have", "has", "made", "offered", "gave"):
        return
    group = verb_group(sentence, at - 2)
    first = group.first if sentence.tags[at - 2] == "V" else at - 2
    stop = content_end(sentence, at + 1) if at + 1 < len(lows) else at + 1
    who = subject_before(sentence, first, clause_floor(sentence, first))
    yield _one(sentence, who, (first, at + 1), (at + 1, stop), act=Act.DECLINE, rule="refusal")


def _withheld(sentence: Sentence, at: int) -> Iterator[Draft]:
    """Reads "Details of the briefing were not provided to media"."""
    group, lows = verb_group(sentence, at), sentence.lows
    if not group.negative or not any(
        low in ("was", "were", "been", "weren't", "wasn't", "be") for low in lows[group.first : at]
    ):
        return
    what = subject_before(sentence, group.first, clause_floor(sentence, group.first))
    if what is None:
        return
    addressee = None
    if lows[at + 1 : at + 2] == ["to"]:
        stop = content_end(sentence, at + 2)
        addressee = sentence.span(at + 2, stop) if stop > at + 2 else None
    yield Draft(
        source=None,
        cue=sentence.span(group.first, at + 1),
        content=(sentence.span(*what),),
        act=Act.DECLINE,
        rule="details withheld, nobody named",
        addressee=addressee,
        negative=True,
    )


def _refusal(sentence: Sentence, at: int) -> Iterator[Draft]:
    """Reads "would not provide the name", "…, nor provide the name"."""
    lows, tags = sentence.lows, sentence.tags
    nor = lows[at - 1 : at] == ["nor"]
    group = verb_group(sentence, at)
    words = set(lows[group.first : at])
    if not nor and not (
        group.negative and words & {"would", "will", "wouldn't", "won't", "could", "couldn't", "cannot"}
    ):
        return
    if tags[at + 1 : at + 2] not in tuple("DNUOPTEM."):
        return
    first = at - 1 if nor else group.first
    who = None if nor else subject_before(sentence, first, clause_floor(sentence, first))
    who = who or clause_subject(sentence, first, 0)
    stop = content_end(sentence, at + 1) if at + 1 < len(lows) else at + 1
    if who is not None and stop > at + 1:
        yield _one(sentence, who, (first, at + 1), (at + 1, stop), act=Act.DECLINE, rule="refusal")
