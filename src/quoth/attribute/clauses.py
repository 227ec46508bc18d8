"""Where reported content begins and ends, by punctuation and connectives.

- In doubt the end is drawn early: a trailing "which …" may be the author's own.
- A second cue that shares the subject ("and added …") ends the first content.
- All positions are token indices, end exclusive.

Example::

    >>> s = next(sentences("He said it fell, and added little.", 0, 34, ()))
    >>> content_end(s, 2)
    4
"""

from quoth.attribute.cues import FORMS
from quoth.attribute.words import ASKED, DATES, Sentence

__all__ = ["before_main_verb", "clause_floor", "content_end", "has_verb", "left_start"]

_CUTS = frozenset(["while", "although", "though", "whereas"])
_STRONG = frozenset(
    [
        "say",
        "add",
        "tell",
        "ask",
        "state",
        "note",
        "stress",
        "warn",
        "insist",
        "explain",
        "claim",
        "argue",
        "announce",
        "deny",
        "call",
        "urge",
        "reply",
        "promise",
        "vow",
        "pledge",
        "admit",
        "confirm",
        "acknowledge",
        "suggest",
        "respond",
        "reply",
        "answer",
        "continue",
        "accuse",
        "demand",
        "decline",
        "refuse",
        "express",
        "describe",
        "allege",
        "complain",
        "predict",
        "conclude",
        "order",
    ]
)
_SPEECH_G = frozenset(
    [
        "adding",
        "saying",
        "citing",
        "noting",
        "warning",
        "telling",
        "asking",
        "calling",
        "insisting",
        "arguing",
        "claiming",
        "stressing",
        "accusing",
        "explaining",
        "describing",
        "quoting",
        "promising",
        "urging",
        "suggesting",
        "stating",
        "according",
    ]
)


def _finite_cue(sentence: Sentence, at: int) -> bool:
    cue = FORMS.get(sentence.lows[at])
    if cue is None or sentence.tags[at] != "V":
        return False
    finite = cue.shape in "ds" or (cue.shape == "b" and at > 0 and sentence.tags[at - 1] in "NUR")
    return finite and (cue.lemma in _STRONG or sentence.tags[at + 1 : at + 2] == "H")


def _shared_cue(sentence: Sentence, at: int) -> bool:
    """Whether a conjunction at ``at`` opens a second cue of the same speaker."""
    tags, lows = sentence.tags, sentence.lows
    after = at + 1
    while after < len(tags) and tags[after] in "BAZ":
        after += 1
    if after >= len(tags):
        return False
    if lows[at] == "nor" or (lows[at] == "but" and tags[at + 1] in "AZV"):
        return True
    return _finite_cue(sentence, after)


def _trailing(sentence: Sentence, comma: int) -> bool:
    """Whether the clause after ``comma`` runs to the end of the sentence with no further comma."""
    return sentence.tags.find(",", comma + 1) < 0


def _comma_cuts(sentence: Sentence, at: int) -> bool:
    tags, lows = sentence.tags, sentence.lows
    if at + 1 >= len(tags):
        return True
    after, low = tags[at + 1], lows[at + 1]
    if low in _CUTS or low in ("but", "nor") or low in _SPEECH_G:
        return True
    if low in {"which", "who"}:
        return _trailing(sentence, at)
    if after == "C":
        return _shared_cue(sentence, at + 1) or _new_speaker(sentence, at + 2)
    if after in "URDN":
        return _closing_cue(sentence, at + 1)
    return after == "V" and _finite_cue(sentence, at + 1)


def _new_speaker(sentence: Sentence, at: int) -> bool:
    """Whether the words from ``at`` are a short subject and a strong cue of their own."""
    tags = sentence.tags
    for back in range(at, min(at + 7, len(tags))):
        if tags[back] == "V" and back > at:
            return _finite_cue(sentence, back)
        if tags[back] not in "NUDRMPBA":
            return False
    return False


def _speaks(sentence: Sentence, at: int) -> bool:
    cue = FORMS.get(sentence.lows[at])
    return _finite_cue(sentence, at) or (cue is not None and "q" in cue.frames and cue.shape in "ds")


def _closing_cue(sentence: Sentence, at: int) -> bool:
    """Whether ", Smith said." ends the sentence from ``at``."""
    tags, lows = sentence.tags, sentence.lows
    for back in range(at + 1, min(at + 9, len(tags))):
        if tags[back] == "V":
            after = tags[back + 1 : back + 2]
            return _speaks(sentence, back) and (
                not after or after in ".,PFBMH" or lows[at] in ("he", "she", "they") or tags[at] == "U"
            )
        if tags[back] not in "NUDRMPBA":
            return False
    return False


def content_end(sentence: Sentence, first: int) -> int:
    """The end of content that begins at token ``first``."""
    tags, at, depth = sentence.tags, first, 0
    while at < len(tags):
        tag = tags[at]
        if tag == "(":
            depth += 1
        elif tag == ")":
            depth -= 1
            if depth < 0:
                break
        elif depth == 0 and _stops(sentence, at, first):
            break
        at += 1
    while at > first and tags[at - 1] in ",.;:-C" and tags[at - 1] != ")":
        if sentence.tags[at - 1] == "." and sentence.lows[at - 1] in ("?", "？"):
            break
        at -= 1
    return at


def _stops(sentence: Sentence, at: int, first: int) -> bool:
    tag = sentence.tags[at]
    if tag == ";":
        return True
    if tag == "Q":
        return at > first and sentence.tags[at - 1] in ",:"
    if tag == "." or at == first:
        return tag == "." and at + 1 >= len(sentence.tags)
    if tag == ",":
        return _comma_cuts(sentence, at)
    if tag == "C":
        return _shared_cue(sentence, at)
    return tag == "S" and sentence.lows[at] in _CUTS


def has_verb(sentence: Sentence, first: int, last: int) -> bool:
    """Whether something that may be a finite verb stands in ``first:last``."""
    tags = sentence.tags
    for at in range(first, last):
        if tags[at] in "VAZ":
            return True
        if tags[at] == "E" and at > first and tags[at - 1] in "NURMB":
            return True
    return False


def _insertion_start(sentence: Sentence, before: int) -> int:
    """``before``, or the comma that opens an insertion which ends right there: "The mayor, who …, said"."""
    tags = sentence.tags
    if before < 3 or tags[before - 1] != ",":
        return before
    opening = tags.rfind(",", 0, before - 1)
    asked = sentence.lows[opening + 1] in ASKED
    inserted = opening > 0 and tags[opening - 1] in "NUMO" and (tags[opening + 1] in "GWDNUEMFP" or asked)
    return opening if inserted else before


def clause_floor(sentence: Sentence, before: int) -> int:
    """The first token that the subject of a verb group at ``before`` may reach."""
    tags, lows = sentence.tags, sentence.lows
    for at in range(_insertion_start(sentence, before) - 1, -1, -1):
        tag = tags[at]
        if tag in ";:.Qx" or (tag == "-" and at < before - 1) or (tag == "S" and at < before - 1):
            return at + 1
        if lows[at] == "but" or (tag == "W" and lows[at] in ("whether", "if", "what", "why", "how")):
            return at + 1
        if tag == "H" and at < before - 1 and _complementizer(sentence, at):
            return at + 1
        if tag in "VG" and at < before - 1 and _opens_clause(sentence, at, before):
            if at > 1 and lows[at - 1] == "who" and tags[at - 2] != ",":
                continue
            return at + 1
    return 0


def _complementizer(sentence: Sentence, at: int) -> bool:
    tags, lows = sentence.tags, sentence.lows
    if at == 0 or tags[at - 1] in "V,CGQAB":
        return True
    for back in range(at - 1, max(-1, at - 9), -1):
        if tags[back] in "VG" and lows[back] in FORMS:
            return bool(FORMS[lows[back]].frames & set("to"))
        if tags[back] in ",;:":
            return False
    return False


def _opens_clause(sentence: Sentence, at: int, before: int) -> bool:
    cue = FORMS.get(sentence.lows[at])
    if cue is None or not cue.frames & set("ct"):
        return False
    if sentence.tags[at] == "G":
        return sentence.tags[at + 1] in "DRUHN" and "," not in sentence.tags[at:before]
    if "," in sentence.tags[at:before] and any(tag == "W" for tag in sentence.tags[max(0, at - 4) : at]):
        return False
    return cue.shape != "n" and sentence.tags[at + 1] in "DRUNHM" and "c" in cue.frames


def before_main_verb(sentence: Sentence, opens: int, end: int) -> int:
    """``end``, or the verb of the whole sentence: "the claim that it was rigged | drew rebukes"."""
    tags = sentence.tags
    verb = -1
    for at in range(opens + 1, end):
        if tags[at] in "VAZ":
            if verb > 0 and tags[at - 1] in "NEUVB" and not set(tags[verb + 1 : at]) & set("WHCSFR,TAZ"):
                return at
            verb = at
    return end


def left_start(sentence: Sentence, before: int) -> int:
    """Where content begins that stands left of its cue at ``before``."""
    tags, lows = sentence.tags, sentence.lows
    first = 0
    for at in range(before - 1, -1, -1):
        if tags[at] in ";Qx:":
            first = at + 1
            break
    while first < before and (tags[first] in "C,-x" or (lows[first] in DATES and tags[first + 1 : first + 2] == ",")):
        first += 1
    return first
