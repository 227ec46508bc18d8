"""Noun phrases and verb groups, found by word classes alone.

- ``verb_group`` walks left from a cue over auxiliaries, adverbs and negation.
- ``subject_before`` finds who stands left of the verbs: appositions, relative clauses, compounds.
- All spans are token indices, end exclusive; each walk is bounded by the sentence.

Example::

    >>> s = next(sentences("Experts who heard it believe so.", 0, 32, ()))
    >>> subject_before(s, 4, 0)
    (0, 4)
"""

import dataclasses

from quoth.attribute.cues import FORMS, NOUNS
from quoth.attribute.words import ASKED, DATES, PARTICIPLES, Sentence

__all__ = ["Group", "clause_subject", "subject_before", "verb_group"]

_BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "am", "it's", "he's", "she's"])
_CATENATIVE = frozenset(
    [
        "declined",
        "declines",
        "decline",
        "declining",
        "refused",
        "refuses",
        "refuse",
        "refusing",
        "failed",
        "fails",
        "went",
        "goes",
        "continued",
        "continues",
        "able",
        "unable",
        "unwilling",
        "willing",
        "wanted",
        "wants",
        "want",
        "wish",
        "wished",
        "wishes",
        "began",
        "begins",
        "came",
        "like",
        "sought",
        "seek",
        "seeks",
        "trying",
        "tried",
        "attempting",
        "used",
        "reluctant",
        "hesitated",
        "asked",
        "forced",
        "going",
        "happy",
        "keen",
        "quick",
        "hesitant",
        "had",
        "have",
        "has",
        "allowed",
        "likely",
        "set",
        "expected",
    ]
)
_NO_NOUNS = frozenset(["unclear", "clear", "unknown", "uncertain", "sure", "known", "unsure"])
_STANDING = frozenset(
    [
        "those",
        "these",
        "this",
        "many",
        "some",
        "most",
        "all",
        "few",
        "several",
        "both",
        "another",
        "each",
        "any",
        "such",
    ]
)
_QUANTIFIERS = frozenset(["all", "both", "many", "most", "some", "several", "such", "neither", "either"])
_SOMEBODY = frozenset(["somebody", "someone", "nobody", "everyone", "everybody", "anyone", "anybody"])
_PRONOUN_HEADS = _SOMEBODY | frozenset(["none", "each", "few"]) | _QUANTIFIERS
_PERCEIVED = frozenset(["it", "them", "him", "her", "this"])
_APART = frozenset(["from", "with", "to", "by", "against", "about", "among", "between"])
_COMPOUND_STOP = frozenset(["but", "nor", "yet"])


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A verb group from token ``first`` to ``verb``; ``governor`` is the verb before "to", or -1."""

    first: int
    verb: int
    negative: bool
    passive: bool
    infinitive: bool
    governor: int = -1


def _left_over(sentence: Sentence, at: int) -> int:
    tags, lows = sentence.tags, sentence.lows
    while at > 0 and (tags[at - 1] in "AZB" and lows[at - 1] not in ("so", "however", "meanwhile", "instead")):
        at -= 1
    while at < len(tags) and tags[at] == "B" and lows[at] in ("yesterday", "today"):
        at += 1
    return at


def verb_group(sentence: Sentence, verb: int) -> Group:
    """The verb group whose last word is token ``verb``."""
    tags, lows = sentence.tags, sentence.lows
    first = _left_over(sentence, verb)
    infinitive, governor = first > 0 and tags[first - 1] == "T", -1
    before = first - 3 if first > 2 and tags[first - 2] == "B" else first - 2
    if infinitive and before >= 0 and lows[before] in _CATENATIVE:
        governor = before
        first = _left_over(sentence, governor)
        infinitive = first > 0 and tags[first - 1] == "T"
    elif infinitive:
        first -= 1
    words = lows[first:verb]
    cue = FORMS.get(lows[verb])
    auxiliaries = [word for word in lows[(governor if governor >= 0 else first) : verb] if word in _BE]
    return Group(
        first=first,
        verb=verb,
        negative=any(tags[at] == "Z" for at in range(first, verb)) or "nor" in words,
        passive=bool(auxiliaries) and cue is not None and cue.shape in "dn" and tags[verb - 1] in "AZB",
        infinitive=infinitive,
        governor=governor,
    )


def subject_before(sentence: Sentence, verb: int, floor: int) -> tuple[int, int] | None:
    """The noun phrase that ends right before token ``verb``, not before token ``floor``; or ``None``."""
    tags, end = sentence.tags, _before_date(sentence, verb, floor)
    if end <= floor:
        return None
    if tags[end - 1] == ",":
        return _with_apposition(sentence, end, floor)
    if tags[end - 1] == "-":
        opening = tags.rfind("-", 0, end - 1)
        if opening > 0:
            first = _skip_lead(sentence, _walk_left(sentence, opening, 0), opening)
            return (first, opening) if first < opening else None
        return None
    if tags[end - 1] == "W" or (tags[end - 1] == "H" and end - 1 > floor):
        return _antecedent(sentence, end - 1, floor)
    seen = _seen_by(sentence, end, floor)
    if seen is not None:
        return seen
    first = _walk_left(sentence, end, floor)
    first = _skip_lead(sentence, first, end)
    if first >= end:
        return None
    return _join_left(sentence, first, end, floor)


def _seen_by(sentence: Sentence, end: int, floor: int) -> tuple[int, int] | None:
    """Reads "two people who saw it | said": the pronoun is the object of a relative clause."""
    if end - 2 <= floor or sentence.lows[end - 1] not in _PERCEIVED or sentence.tags[end - 2] not in "VE":
        return None
    cue = FORMS.get(sentence.lows[end - 2])
    relative = _relative_before(sentence, end - 1, floor)
    if relative <= floor or sentence.tags[relative] != "W" or (cue is not None and "c" in cue.frames):
        return None
    first = _skip_lead(sentence, _walk_left(sentence, relative, floor), relative)
    return (first, end) if first < relative else None


def _before_date(sentence: Sentence, verb: int, floor: int) -> int:
    """``verb``, or where "on 3 May" begins that stands right before it."""
    tags, at = sentence.tags, verb
    while at > floor and tags[at - 1] == "M":
        at -= 1
    dated = any(low in DATES for low in sentence.lows[at:verb])
    return at - 1 if dated and at - 1 > floor and tags[at - 1] == "P" else verb


def _antecedent(sentence: Sentence, relative: int, floor: int) -> tuple[int, int] | None:
    """The noun that "who", "which" or "that" at token ``relative`` stands for."""
    if sentence.lows[relative] not in ("who", "which", "that") or sentence.lows[relative - 1] in _NO_NOUNS:
        return None
    end = relative - 1 if relative > floor and sentence.tags[relative - 1] == "," else relative
    first = _skip_lead(sentence, _walk_left(sentence, end, floor), end)
    opening = sentence.tags.rfind(",", floor, end)
    if opening > floor and sentence.tags[opening + 1] in "EVG" and sentence.tags[opening - 1] in "NU":
        end = opening
        first = _skip_lead(sentence, _walk_left(sentence, end, floor), end)
    if sentence.lows[relative] == "who":
        first = max((at + 1 for at in range(first, end - 1) if sentence.lows[at] in _APART), default=first)
    head = sentence.tags[end - 1]
    return (first, end) if first < end and (head in "NUMRO" or (head == "D" and end - first == 1)) else None


def _with_apposition(sentence: Sentence, end: int, floor: int) -> tuple[int, int] | None:
    """A subject followed by one or more insertions between commas: "Smith, 47, a farmer, said"."""
    tags = sentence.tags
    comma, keep_from = end - 1, -1
    for _ in range(4):
        opening = tags.rfind(",", floor, comma)
        if opening < 0 or opening + 1 >= comma:
            break
        head = tags[opening + 1]
        if tags[opening - 1 : opening] not in tuple("NUMOR") or opening == floor:
            break
        if head in "DNUMWEP" or sentence.lows[opening + 1] == "formerly":
            keep_from = max(keep_from, comma)
        elif head not in "GBFC" and sentence.lows[opening + 1] not in ASKED:
            break
        first = _skip_lead(sentence, _walk_left(sentence, opening, floor), opening)
        if first >= opening:
            break
        if first > floor and tags[first - 1] == "," and tags[first] in "DMWE":
            comma = opening
            continue
        return first, (max(opening, keep_from))
    return None


def _walk_left(sentence: Sentence, end: int, floor: int) -> int:
    """The first token of the phrase that ends at ``end``."""
    tags, at = sentence.tags, end
    if at > floor and tags[at - 1] == ")":
        opening = tags.rfind("(", floor, at - 1)
        at = opening if opening > floor else at
    if at > floor and tags[at - 1] == "R":
        return at - 1
    while at > floor:
        step = _step_left(sentence, at, end, floor)
        if step == at:
            break
        at = step
    return at


def _step_left(sentence: Sentence, at: int, end: int, floor: int) -> int:
    """One step further left from ``at``, or ``at`` when the phrase begins here."""
    tags, lows, before = sentence.tags, sentence.lows, sentence.tags[at - 1]
    started = at < end and tags[at] == "D"
    if before in "PT":
        joins = at - 1 > floor and at < end and (tags[at - 2] in "NUMGEO" or lows[at - 2] in _PRONOUN_HEADS)
        return at - 1 if joins else _past_determiner(sentence, at, end, floor)
    if started and before == "D":
        return (
            at - 1
            if lows[at - 1] in ("all", "both", "many", "most", "some", "several", "such", "neither", "either")
            else at
        )
    if started:
        return _past_determiner(sentence, at, end, floor)
    if before in "NUMD":
        return at - 1
    if before in "RO":
        return at - 1 if _part_of(sentence, at, end) else at
    if before == "E" or (before == "V" and lows[at - 1] in PARTICIPLES):
        return at - 1 if _modifies(sentence, at, end, floor) else _past_determiner(sentence, at, end, floor)
    if before == "G":
        return at - 1 if at < end and (at < 2 or tags[at - 2] in "NUDPMGT") else at
    if before == "B":
        return at - 1 if at < end and at - 2 >= floor and tags[at - 2] in "DP" else at
    if before == ")":
        opening = tags.rfind("(", max(floor, at - 12), at - 1)
        return opening if opening > floor else at
    return _past_determiner(sentence, at, end, floor)


def _part_of(sentence: Sentence, at: int, end: int) -> bool:
    """Whether the pronoun before ``at`` belongs to a longer phrase: "none | of the men", "one of | them"."""
    lows = sentence.lows
    if sentence.tags[at - 1] == "R":
        placed = lows[at - 1] in _SOMEBODY and (sentence.tags[at : at + 1] == "P" or lows[at] in ("close", "familiar"))
        return lows[at - 1] in _PRONOUN_HEADS and at < end and (lows[at] == "of" or placed)
    return at < end or lows[at - 2 : at - 1] == ["of"]


def _modifies(sentence: Sentence, at: int, end: int, floor: int) -> bool:
    """Whether the participle before ``at`` belongs to a noun ("people displaced by", "the detained men")."""
    tags = sentence.tags
    if at >= end:
        return tags[at - 1] == "E"
    if tags[at] in "PTMFB":
        return at - 2 >= floor and tags[at - 2] in "NUMO"
    return tags[at] in "NU" and (at - 2 < floor or tags[at - 2] in "DP,CN")


def _past_determiner(sentence: Sentence, at: int, end: int, floor: int) -> int:
    """Whether a relative clause or a compound carries the phrase further left."""
    tags, before = sentence.tags, sentence.tags[at - 1]
    if before in "VAEZBRHWTGP":
        relative = _relative_before(sentence, at, floor)
        return relative if relative >= 0 and at < end + 1 else at
    joins = sentence.lows[at - 1] not in _COMPOUND_STOP or "neither" in sentence.lows[floor : at - 1]
    if before == "C" and joins:
        left = tags[at - 2 : at - 1] if at - 2 >= floor else ""
        if left and left in "NUMOR" and not _verb_between(sentence, floor, at - 1):
            return at - 2 if at - 2 >= floor else at
    if before == "," and at < end and "C" in tags[at:end]:
        left = tags[at - 2 : at - 1] if at - 2 >= floor else ""
        lead = tags[floor : floor + 1]
        if left and left in "NU" and lead not in tuple("PFSB") and not _verb_between(sentence, floor, at - 1):
            return at - 2
    return at


def _verb_between(sentence: Sentence, first: int, last: int) -> bool:
    return any(tag in "VAE" for tag in sentence.tags[first:last])


def _relative_before(sentence: Sentence, at: int, floor: int) -> int:
    """The token of "who", "which", "that" (or a participle) opening the clause that runs up to ``at``, or -1."""
    tags, lows = sentence.tags, sentence.lows
    for back in range(at - 1, max(floor, at - 28), -1):
        tag = tags[back]
        if tag in ",;:.-QC" and not (tag == "C" and back > floor and tags[back - 1] in "NU"):
            return -1
        follows_noun = back > floor and tags[back - 1] in "NUMO"
        if tag == "W" and lows[back] in ("who", "which", "whose", "where", "whom") and follows_noun:
            return back
        if tag == "H" and follows_noun and lows[back - 1] not in NOUNS and not _cue_between(sentence, floor, back):
            return back
        if (
            tag == "E"
            and follows_noun
            and tags[back + 1 : back + 2] in tuple("PMTBF")
            and not _verb_between(sentence, back + 1, at)
        ):
            return back
        if tag == "S":
            return -1
    return -1


def _cue_between(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a verb of saying before ``last`` would take a "that"."""
    return any(
        sentence.tags[at] == "V" and "t" in FORMS[sentence.lows[at]].frames
        for at in range(max(first, last - 6), last)
        if sentence.lows[at] in FORMS
    )


def _skip_lead(sentence: Sentence, first: int, end: int) -> int:
    """``first`` moved over leading dates, adverbs and stray words that are no part of a name."""
    tags, lows = sentence.tags, sentence.lows
    while first < end and (tags[first] in "PTCB,FGE" or (lows[first] in DATES and first + 1 < end)):
        if lows[first] in DATES and tags[first + 1] in "PC":
            break
        if tags[first] == "E" and first + 1 < end and tags[first + 1] in "NU":
            break
        if tags[first] == "G" and first + 1 < end and tags[first + 1] == "N":
            break
        first += 1
    return first


def _join_left(sentence: Sentence, first: int, end: int, floor: int) -> tuple[int, int] | None:
    """Takes in "47, " and "a farmer, " when the walk ended inside an apposition before a restrictive part."""
    tags = sentence.tags
    if tags[first] == "W" and first > floor:
        start = _skip_lead(sentence, _walk_left(sentence, first, floor), first)
        return (start, end) if start < first else None
    last = tags[end - 1]
    if end - first == 1 and last == "D" and sentence.lows[first] not in _STANDING:
        return None
    if last not in "NUMRODG)E" and last != "V":
        return (first, end) if _has_relative(sentence, first, end) else None
    return first, end


def _has_relative(sentence: Sentence, first: int, end: int) -> bool:
    return any(tag in "WH" for tag in sentence.tags[first:end])


def clause_subject(sentence: Sentence, before: int, floor: int) -> tuple[int, int] | None:
    """The subject of the first verb between ``floor`` and ``before``: for a verb that shares it."""
    tags = sentence.tags
    for at in range(floor, before):
        if tags[at] in "VA" or (tags[at] == "E" and at > floor and tags[at - 1] in "NURM,"):
            found = subject_before(sentence, _left_over(sentence, at), floor)
            if found:
                return found
    return None
