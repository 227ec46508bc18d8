"""Silence and refusal: who did not answer, would not say.

- Not answering is an act too: source, cue, and what was asked.
- "Details were not provided to media" names nobody: the source stays absent; those who were not told
  are spoken to. "There was no reply from X" is X's silence, "letters brought no reply" is nobody's.
- An engine that does not respond is no source: what was asked must stand there, or nothing at all.

Example::

    "The ministry did not respond to requests."  ->  source "The ministry", act no_response
"""

from collections.abc import Iterator

from quoth.attribute.clauses import clause_floor, content_end, has_verb
from quoth.attribute.cues import load_table
from quoth.attribute.drafts import Draft
from quoth.attribute.objects import phrase_after
from quoth.attribute.people import human_at
from quoth.attribute.phrases import Group, clause_subject, subject_before, verb_group
from quoth.attribute.words import DATES, Sentence
from quoth.record.statement import Act

__all__ = ["find_silence"]

_TABLE = load_table("words.toml")["silence"]
_LEFT_SO = frozenset(["went", "go", "were", "was", "remained", "gone"])
_ANSWERING = frozenset(_TABLE["answering"].split())
_GIVING = frozenset(_TABLE["giving"].split())
_ASKED = frozenset(_TABLE["asked"].split())
_REPLIES = frozenset(["reply", "replies", "answer", "answers", "response", "responses", "comment", "word"])
_EXPLAINING = _REPLIES | {"explanation", "reason", "reasons", "details", "detail", "statement", "figures", "figure"}
_GETTING = frozenset(
    ["received", "got", "had", "heard", "has", "have", "receives", "brought", "drew", "met", "produced"]
)
_OFFERING = frozenset(["gave", "gives", "give", "given", "offered", "offers", "made", "sent", "provided", "issued"])
_THERE = frozenset(["was", "is", "were", "been", "came", "come"])
_COMMENTING = frozenset(["comment", "commenting", "discuss", "discussing", "elaborate", "speak", "talk"])
_REACHING = frozenset(["reached", "contacted", "available"])
_QUIET = frozenset(["silent", "quiet", "mum", "tight-lipped"])
_MUTE = _QUIET | {"nothing"}
_BODIES = frozenset(_TABLE["bodies"].split())
_SAYING = frozenset(["said", "says", "say"])
_STAYED = frozenset(["remained", "remains", "remain", "stayed", "stays", "kept", "keeps"])
_KEPT = _STAYED | {"was", "were", "been", "is"}
_SHUNNED = {
    **dict.fromkeys(("ignored", "ignores", "ignore", "ignoring"), Act.NO_RESPONSE),
    **dict.fromkeys(("refused", "declined", "rejected", "refuses", "declines"), Act.DECLINE),
}
_UNHUMAN = frozenset(
    ["it", "this", "that", "which", "report", "letter", "study", "document", "statement", "law", "book"]
)
_KEEPING = frozenset(_TABLE["keeping"].split())


def find_silence(sentence: Sentence) -> Iterator[Draft]:
    """The drafts of silence, refusal and withholding in one sentence."""
    for at, low in enumerate(sentence.lows):
        if low in _ANSWERING:
            yield from _no_answer(sentence, at)
        elif low in _REACHING:
            yield from _unreached(sentence, at)
        elif low == "unanswered" and at:
            yield from _unanswered(sentence, at)
        elif low in _MUTE and at:
            yield from _quiet(sentence, at)
        elif low in _SHUNNED:
            yield from _ignored(sentence, at)
        if low in _EXPLAINING:
            yield from _no_word(sentence, at)
        if low in _GIVING:
            yield from _withheld(sentence, at)
        if low in _KEEPING or low in _COMMENTING:
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
    yet = lows[max(0, group.first - 2) : group.first] in (["has", "yet"], ["have", "yet"], ["had", "yet"])
    first = group.first - 2 if yet else group.first
    yet = yet or "yet" in lows[group.first : at]
    floor = clause_floor(sentence, first)
    who = subject_before(sentence, first, floor) or clause_subject(sentence, first, floor)
    nobody = who is not None and lows[who[0]] in ("neither", "nobody", "none", "no")
    if not (group.negative or failed or nobody or yet) or group.passive:
        return
    stop = _asked_end(sentence, at + 1)
    if not _ASKED & set(lows[at + 1 : stop]) and not (
        who is not None and _speaker(sentence, who) and _answers_nothing(sentence, at + 1, stop)
    ):
        return
    if who is not None and lows[who[1] - 1] in _UNHUMAN:
        return
    yield _one(sentence, who, (first, at + 1), (at + 1, stop), act=Act.NO_RESPONSE, rule="silence")


def _answers_nothing(sentence: Sentence, at: int, stop: int) -> bool:
    """Whether nobody but a time or the one who asked follows "did not reply"."""
    if at >= stop:
        return True
    words = sentence.lows[at:stop]
    timed = words[0] in ("by", "before", "in", "within", "on", "until") and bool(
        DATES.union(("deadline", "time", "publication", "press", "hours", "days")) & set(words)
    )
    return timed or words == ["further"] or (words[0] == "to" and bool({"reporters", "journalists", "us"} & set(words)))


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
    lows, group = sentence.lows, verb_group(sentence, at)
    stop = content_end(sentence, at + 1) if at + 1 < len(lows) else at + 1
    if lows[at] == "available" and not _to_speak(lows[at + 1 : stop]):
        return
    who = _who(sentence, group)
    nobody = who is not None and (
        lows[who[0]] in ("nobody", "none", "neither") or lows[who[0] : who[0] + 2] == ["no", "one"]
    )
    if group.negative or nobody:
        yield _one(sentence, who, (group.first, at + 1), (at + 1, stop), act=Act.NO_RESPONSE, rule="silence")


def _to_speak(words: list[str]) -> bool:
    """Whether "available" goes on with "for comment", "to speak", "to answer questions" — or ends there."""
    return not words or bool({"comment", "comments", "speak", "answer", "interview", "talk", "questions"} & set(words))


def _unanswered(sentence: Sentence, at: int) -> Iterator[Draft]:
    """Reads "Calls to his office went unanswered": nobody is named, the calls are what was asked."""
    if sentence.lows[at - 1] not in _LEFT_SO:
        yield from _left_lying(sentence, at)
        return
    first = verb_group(sentence, at - 1).first if sentence.tags[at - 1] == "V" else at - 1
    what = subject_before(sentence, first, clause_floor(sentence, first))
    if what is not None:
        yield _one(sentence, None, (first, at + 1), what, act=Act.NO_RESPONSE, rule="silence")


def _after_no(sentence: Sentence, at: int) -> bool:
    """Whether "no" stands before the noun at ``at``: "no reply", "no immediate comment"."""
    return at > 0 and "no" in sentence.lows[max(0, at - 2) : at] and sentence.tags[at - 1] in "DNB"


def _no_word(sentence: Sentence, at: int) -> Iterator[Draft]:
    """Reads "X had no comment", "X gave no reason", "there was no reply from X", "letters brought no reply"."""
    lows, tags = sentence.lows, sentence.tags
    if not _after_no(sentence, at):
        return
    start = at - 1 if lows[at - 1] == "no" else at - 2
    verb = start - 1
    stop = content_end(sentence, at + 1) if at + 1 < len(lows) else at + 1
    if lows[at + 1 : at + 2] == ["from"]:
        last = phrase_after(sentence, at + 2)
        there = verb >= 0 and lows[verb] in _THERE | _GETTING
        first = verb_group(sentence, verb).first if there else start
        first -= first > 0 and lows[first - 1] == "there"
        if last > at + 2:
            yield _one(
                sentence, (at + 2, last), (first, at + 1), (last, max(last, stop)), act=Act.NO_RESPONSE, rule="silence"
            )
        return
    if verb < 1 or tags[verb] not in "VANE":
        return
    first = verb_group(sentence, verb).first if tags[verb] in "VA" else verb
    who = subject_before(sentence, first, clause_floor(sentence, first))
    if who is None or lows[who[0]] in ("there", "it", "this", "that", "which"):
        return
    asked = _ASKED & set(lows[who[0] : who[1]])
    if asked and lows[at] in _REPLIES and lows[verb] in _GETTING:
        yield _one(sentence, None, (first, at + 1), who, act=Act.NO_RESPONSE, rule="silence")
    elif lows[verb] in _OFFERING or (lows[at] == "comment" and lows[verb] in _GETTING):
        yield _one(sentence, who, (first, at + 1), (at + 1, stop), act=Act.DECLINE, rule="refusal")


def _quiet(sentence: Sentence, at: int) -> Iterator[Draft]:
    """Reads "X remained silent about Y", "X said nothing about Y", the headline "X silent on Y"."""
    verbless = at < 4 and not has_verb(sentence, 0, len(sentence.tags)) and set(sentence.tags[:at]) <= set("NU")
    if verbless and sentence.lows[at + 1 : at + 2] in (["on"], ["about"], ["over"]) and _speaker(sentence, (0, at)):
        stop = content_end(sentence, at + 1)
        yield _one(sentence, (0, at), (at, at + 1), (at + 1, stop), act=Act.NO_RESPONSE, rule="silence")
    if sentence.lows[at - 1] not in (_SAYING if sentence.lows[at] == "nothing" else _KEPT):
        return
    group = verb_group(sentence, at - 1)
    who = subject_before(sentence, group.first, clause_floor(sentence, group.first))
    on = sentence.lows[at + 1 : at + 2] in (["on"], ["about"], ["over"], ["when"])
    spoken = sentence.lows[at - 1] in _SAYING | _STAYED or on
    if who is None or not spoken or group.negative or not _speaker(sentence, who):
        return
    stop = content_end(sentence, at + 1) if at + 1 < len(sentence.tags) else at + 1
    yield _one(sentence, who, (group.first, at + 1), (at + 1, stop), act=Act.NO_RESPONSE, rule="silence")


def _speaker(sentence: Sentence, who: tuple[int, int]) -> bool:
    """Whether ``who`` may speak: a name, a pronoun, a human being, an office; no streets, no radios."""
    low = sentence.lows[who[1] - 1]
    named = "U" in sentence.tags[who[0] : who[1]]
    return named or low in ("he", "she", "they", "we") or human_at(low) or low in _BODIES


def _ignored(sentence: Sentence, at: int) -> Iterator[Draft]:
    """Reads "X ignored requests for an interview", "X refused an interview"."""
    if not _ASKED & set(sentence.lows[at + 1 : at + 7]):
        return
    group = verb_group(sentence, at)
    who = _who(sentence, group)
    stop = _asked_end(sentence, at + 1)
    act = _SHUNNED[sentence.lows[at]]
    if who is None or group.negative or group.passive or sentence.tags[at + 1 : at + 2] not in tuple("DNUMV"):
        return
    rule = "refusal" if act is Act.DECLINE else "silence"
    yield _one(sentence, who, (group.first, at + 1), (at + 1, stop), act=act, rule=rule)


def _left_lying(sentence: Sentence, at: int) -> Iterator[Draft]:
    """Reads "X left four letters unanswered": the letters are what was asked."""
    verb = next((back for back in range(at - 1, max(-1, at - 8), -1) if sentence.lows[back] in ("left", "leaves")), -1)
    if verb < 1 or not _ASKED & set(sentence.lows[verb + 1 : at]):
        return
    first = verb_group(sentence, verb).first
    who = subject_before(sentence, first, clause_floor(sentence, first))
    if who is not None:
        yield _one(sentence, who, (first, verb + 1), (verb + 1, at), act=Act.NO_RESPONSE, rule="silence")


def _withheld(sentence: Sentence, at: int) -> Iterator[Draft]:
    """Reads "Details of the briefing were not provided to media"."""
    group, lows = verb_group(sentence, at), sentence.lows
    if not group.negative or not any(
        low in ("was", "were", "been", "weren't", "wasn't", "be") for low in lows[group.first : at]
    ):
        return
    what = subject_before(sentence, group.first, clause_floor(sentence, group.first))
    if what is None or (lows[at] == "named" and _speaker(sentence, what)):
        return
    addressee = None
    if lows[at] in ("given", "shown") and sentence.tags[at + 1 : at + 2] in tuple("DNMEO"):
        told, what = what, (at + 1, max(at + 2, content_end(sentence, at + 1)))
        if lows[told[1] - 1] in _UNHUMAN:
            return
        addressee = sentence.span(*told)
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
    refusing = words & {"would", "will", "wouldn't", "won't", "could", "couldn't", "cannot"}
    if lows[at] in _COMMENTING:
        refusing |= words & {"do", "does", "did", "don't", "doesn't", "didn't", "is", "are", "was", "isn't", "aren't"}
    if (not nor and not (group.negative and refusing)) or group.infinitive:
        return
    if at + 1 < len(tags) and tags[at + 1] not in "DNUOPTEM.,;C-BFSG":
        return
    if lows[at] in ("speak", "talk", "say") and tags[at + 1 : at + 2] not in ("", ".", ",", "P", "D", ";", "T", "N"):
        return
    first = at - 1 if nor else group.first
    who = None if nor else subject_before(sentence, first, clause_floor(sentence, first))
    who = who or clause_subject(sentence, first, 0)
    if who is None or lows[who[1] - 1] in _UNHUMAN or (lows[at] != "comment" and lows[who[0]] in ("i", "you")):
        return
    stop = content_end(sentence, at + 1) if at + 1 < len(lows) else at + 1
    bare = stop <= at + 1
    if bare and (lows[at] not in _COMMENTING | {"say", "explain"} or _fronted(sentence, who)):
        return
    yield _one(sentence, who, (first, at + 1), (at + 1, stop), act=Act.DECLINE, rule="refusal")


def _fronted(sentence: Sentence, who: tuple[int, int]) -> bool:
    """Whether what is not said stands in front, after a comma: "Who paid, the office would not say"."""
    return who[0] > 1 and sentence.tags[who[0] - 1] == "," and sentence.tags[0] in "WHPDN"
