"""Cue frames: what stands around a cue, and so who said what.

- Each verb cue is tried against the frames that its lexicon entry allows, surest first.
- The addressee ("told A that X") is its own part, never content.
- A verb that shares its subject ("and added") takes the subject of its clause.

Example::

    find_frames(sentence)  ->  drafts for "The mayor told reporters that the road was shut."
"""

from collections.abc import Iterator

from quoth.attribute.after import look_after
from quoth.attribute.clauses import before_main_verb, clause_floor, content_end, has_verb, left_start
from quoth.attribute.cues import ADJECTIVES, FORMS, NOUNS
from quoth.attribute.drafts import Draft
from quoth.attribute.objects import phrase_after
from quoth.attribute.phrases import Group, clause_subject, subject_before, verb_group
from quoth.attribute.site import Site, Tokens
from quoth.attribute.verbs import ATTEMPTS
from quoth.attribute.words import Sentence
from quoth.record.statement import Act

__all__ = ["find_frames"]

_WRITING = frozenset(["wrote", "sent", "issued", "published", "released", "filed", "signed", "posted", "writes"])
_ISSUING = frozenset(["made", "make", "makes", "expressed", "voiced", "issued", "gave", "give", "gives", "repeated"])


def find_frames(sentence: Sentence) -> Iterator[Draft]:
    """The drafts of one sentence, in the order of their cues."""
    last_subject: Tokens = None
    tags, lows = sentence.tags, sentence.lows
    for at, tag in enumerate(tags):
        low = lows[at]
        if tag in "VG" and low in FORMS:
            found, last_subject = _verb(sentence, at, last_subject)
            yield from found
        elif low == "according" and tags[at + 1 : at + 2] == "T":
            yield from _according(sentence, at)
        elif low in ("view", "opinion", "words", "eyes") and tag == "N":
            yield from _in_view(sentence, at)
        if tag == "N" and low in NOUNS:
            yield from _noun(sentence, at)
        elif low in ADJECTIVES and tag in "NE":
            yield from _adjective(sentence, at)


def _subject(sentence: Sentence, group: Group, known: Tokens) -> Tokens:
    """Who stands left of a verb group; a verb with none of its own shares ``known`` or its clause's."""
    tags = sentence.tags
    floor = clause_floor(sentence, group.first)
    before = tags[group.first - 1 : group.first]
    direct = None if group.infinitive else subject_before(sentence, group.first, floor)
    if tags[group.verb] == "G" and before == "," and known is not None:
        return known
    if direct is not None and tags[group.verb] == "G" and tags[group.verb - 1] in "NU":
        return _writer(sentence, direct)
    if direct is not None or not before:
        return direct
    if before in ("C", ",") and known is not None:
        return known
    if before in tuple("C,TPFG-") or tags[group.verb] == "G" or group.infinitive:
        return (
            known if known is not None and known[0] >= floor else clause_subject(sentence, group.first, floor) or known
        )
    return None


def _writer(sentence: Sentence, document: tuple[int, int]) -> Tokens:
    """The person rather than the artefact: who "wrote a letter asking for" something."""
    before = document[0] - 1
    if before > 0 and sentence.lows[before] in _WRITING:
        return clause_subject(sentence, document[0], clause_floor(sentence, before)) or document
    return document


def _verb(sentence: Sentence, verb: int, known: Tokens) -> tuple[list[Draft], Tokens]:
    """The draft of one verb, and the subject that a later verb may share."""
    cue, group = FORMS[sentence.lows[verb]], verb_group(sentence, verb)
    if cue.shape == "n" and not group.passive and sentence.tags[verb - 1 : verb] not in tuple("AZB"):
        return [], known
    subject = _subject(sentence, group, known)
    site = Site(sentence=sentence, group=group, cue=cue, subject=subject, after=look_after(sentence, verb, cue))
    shared = subject if subject is not None else known
    for attempt in ATTEMPTS:
        draft = attempt(site)
        if draft is not None:
            return [draft], shared
    return [], shared


def _according(sentence: Sentence, at: int) -> list[Draft]:
    """Reads "According to the report, X" and "X, according to the report, Y"."""
    tags = sentence.tags
    last = phrase_after(sentence, at + 2, lead=left_start(sentence, at) == at)
    if last == at + 2:
        return []
    parts = []
    start = left_start(sentence, at)
    stop = at - 1 if at and tags[at - 1] == "," else at
    if stop > start and (stop - start > 1 or tags[start] == "Q"):
        parts.append(sentence.span(start, stop))
    if last < len(tags) and tags[last] == "," and (not parts or tags[last + 1 : last + 2] not in tuple("CGSFWD")):
        end = content_end(sentence, last + 1)
        if end > last + 1:
            parts.append(sentence.span(last + 1, end))
    if not parts and start == at and tags[last : last + 1] not in ("", ".", ","):
        parts.append(sentence.span(last, max(last + 1, content_end(sentence, last))))
    if not parts:
        return []
    source = sentence.span(at + 2, last)
    return [Draft(source=source, cue=sentence.span(at, at + 2), content=tuple(parts), act=Act.SAY, rule="according to")]


def _in_view(sentence: Sentence, at: int) -> list[Draft]:
    """Reads "In the view of many villagers, X" and "In his words, X"."""
    tags, lows = sentence.tags, sentence.lows
    last = phrase_after(sentence, at + 2) if lows[at + 1 : at + 2] == ["of"] else at + 1
    opening = next((back for back in range(at - 1, max(-1, at - 6), -1) if lows[back] == "in"), -1)
    if opening < 0 or tags[last : last + 1] != ",":
        return []
    source = (at + 2, last) if last > at + 1 else (opening + 1, at)
    end = content_end(sentence, last + 1)
    if end <= last + 1 or source[1] <= source[0] or lows[source[0]] == "other":
        return []
    cue = sentence.span(opening, at + 2) if last > at + 1 else sentence.span(opening, at + 1)
    return [
        Draft(
            source=sentence.span(*source),
            cue=cue,
            content=(sentence.span(last + 1, end),),
            act=Act.BELIEVE,
            rule="according to",
        )
    ]


def _noun(sentence: Sentence, at: int) -> list[Draft]:
    """Reads "His claim that X", "issued a warning that X", "the hope is that X"."""
    tags, lows = sentence.tags, sentence.lows
    opens = at + 1
    if tags[opens : opens + 2] == "AH":
        opens += 1
    if tags[opens : opens + 1] != "H" or opens + 2 >= len(tags):
        return []
    end = content_end(sentence, opens)
    first, source = at, None
    if tags[opens + 1] in "VA" or end <= opens + 2:
        return []
    if not has_verb(sentence, 0, at):
        end = before_main_verb(sentence, opens, end)
    while (
        first > 0
        and tags[first - 1] in "NEM"
        and lows[first - 1] not in _ISSUING
        and not lows[first - 1].endswith("'s")
    ):
        first -= 1
    if first > 0 and lows[first - 1] in ("his", "her", "their", "my", "our"):
        source = sentence.span(first - 1, first)
    elif first > 0 and lows[first - 1].endswith("'s"):
        begin = subject_before(sentence, first, clause_floor(sentence, first))
        source = sentence.span(*begin) if begin else None
    elif first > 1 and (lows[first - 2] in _ISSUING or lows[first - 1] in _ISSUING):
        verb = first - 2 if lows[first - 2] in _ISSUING else first - 1
        group = verb_group(sentence, verb)
        subject = _subject(sentence, group, None)
        source, first = (sentence.span(*subject) if subject else None), group.first
    cue = sentence.span(first, opens)
    return [
        Draft(
            source=source,
            cue=cue,
            content=(sentence.span(opens, end),),
            act=NOUNS[lows[at]],
            rule="noun cue with a that-clause",
            negative=NOUNS[lows[at]] is Act.DENY,
        )
    ]


def _adjective(sentence: Sentence, at: int) -> list[Draft]:
    """Reads "is confident that X"."""
    tags = sentence.tags
    if at == 0 or tags[at - 1] not in "ABZ" or tags[at + 1 : at + 2] != "H":
        return []
    group = verb_group(sentence, at)
    subject = _subject(sentence, group, None)
    end = content_end(sentence, at + 1)
    if subject is None or end <= at + 2 or sentence.lows[subject[0]] == "it":
        return []
    return [
        Draft(
            source=sentence.span(*subject),
            cue=sentence.span(group.first, at + 1),
            content=(sentence.span(at + 1, end),),
            act=ADJECTIVES[sentence.lows[at]],
            rule="adjective cue with a clause",
            negative=group.negative,
        )
    ]
