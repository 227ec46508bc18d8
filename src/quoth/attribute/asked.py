"""Asked whether X, Holt said Y: the question beside its answer.

- Whoever answers is the one spoken to; who asked is named after "by", or nobody.
- The participle opens the sentence ("Asked about X, …"), stands between commas, or follows "when".

Example::

    "Pressed on the dates, the clerk admitted it."  ->  act ask, addressee "the clerk", content "the dates"
"""

from collections.abc import Iterator

from quoth.attribute.clauses import clause_floor, content_end
from quoth.attribute.drafts import Draft
from quoth.attribute.objects import phrase_after
from quoth.attribute.phrases import clause_subject, subject_before, verb_group
from quoth.attribute.words import ASKED, Sentence
from quoth.record.statement import Act

__all__ = ["find_asked"]

_ON = frozenset(["about", "on", "over", "for", "regarding"])


def find_asked(sentence: Sentence) -> Iterator[Draft]:
    """The questions of ``sentence`` that are told as a participle beside their answer."""
    for at, low in enumerate(sentence.lows):
        if low not in ASKED:
            continue
        opening = at == 0 or (at == 1 and sentence.lows[0] in ("when", "if", "but", "also", "again"))
        inserted = at > 1 and sentence.tags[at - 1] == "," and sentence.tags[at - 2] in "NUR"
        if opening or inserted or sentence.lows[at - 1] == "when":
            yield from _question(sentence, at, opening=opening, inserted=inserted)


def _question(sentence: Sentence, at: int, *, opening: bool, inserted: bool) -> Iterator[Draft]:
    tags, lows, first, agent = sentence.tags, sentence.lows, at + 1, None
    if lows[first : first + 1] == ["by"]:
        last = phrase_after(sentence, first + 1)
        agent, first = (first + 1, last), last
    cue_end = at + 1
    if lows[first : first + 1] and lows[first] in _ON:
        first += 1
        cue_end = cue_end if agent else first
    elif tags[first : first + 1] != "W":
        return
    closes = tags.find(",", first)
    if (opening or inserted) and closes < 0:
        return
    end = closes if opening or inserted else content_end(sentence, first)
    answering = _answering(sentence, at, closes) if opening else None
    if inserted:
        answering = subject_before(sentence, at - 1, clause_floor(sentence, at - 1))
    elif not opening:
        answering = clause_subject(sentence, at - 1, clause_floor(sentence, at - 1))
    if end <= first or (agent is not None and agent[1] <= agent[0]) or answering is None:
        return
    yield Draft(
        source=sentence.span(*agent) if agent else None,
        cue=sentence.span(at, cue_end),
        content=(sentence.span(first, end),),
        act=Act.ASK,
        rule="question beside its answer",
        addressee=sentence.span(*answering),
    )


def _answering(sentence: Sentence, at: int, comma: int) -> tuple[int, int] | None:
    """Who answers: the subject of the first verb after ``comma``."""
    tags = sentence.tags
    for verb in range(comma + 1, min(len(tags), comma + 30)):
        if tags[verb] in "VA" and verb > at:
            first = verb_group(sentence, verb).first
            return subject_before(sentence, first, comma + 1) if first > comma + 1 else None
    return None
