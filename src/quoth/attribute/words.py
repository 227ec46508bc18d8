"""A light tokenizer and tagger: words, rough word classes, sentences.

- One letter a token (see ``words.toml``): D determiner, N noun or adjective, U capitalised word,
  R pronoun, V known verb, E -ed form, G -ing form, A auxiliary, Z negation, Q a whole quotation …
- A quotation that is speech is one token, so that no sentence ends inside it.
- Sentences are at most 250 tokens: a text without full stops stays linear.

Example::

    >>> [s.tags for s in sentences("She denied it. He left.", 0, 23, ())]
    ['RVR.', 'RV.']
"""

import dataclasses
import re
from collections.abc import Iterator

from quoth.attribute.cues import FORMS, Cue, load_table
from quoth.attribute.quotes import Quote

__all__ = ["ASKED", "DATES", "PARTICIPLES", "Sentence", "sentences", "tokens_of"]

LONGEST = 250
_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}|\d+(?:-[A-Za-z]+)+|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|%)?|[A-Za-z0-9]+(?:\.[a-z]{2,})+\b|\w+(?:['’\-‑]\w+)*|\.\.\.|--|[^\w\s]"
)
_MARKS = frozenset("\"“”„‟«»‘’‚'‹›「」『』＂")
_CONTRACTION = re.compile(r"(i|he|she|it|we|they|you|there|that|who)(['’](?:s|m|re|ve|d|ll))\Z", re.IGNORECASE)
_TABLE = load_table("words.toml")


def _classes() -> dict[str, str]:
    classes: dict[str, str] = {}
    for key in ("base", "present", "past"):
        classes.update(dict.fromkeys(_TABLE["verbs"][key].split(), "V"))
    classes.update({form: "V" for form, cue in FORMS.items() if cue.shape != "g"})
    classes.update({form: "G" for form, cue in FORMS.items() if cue.shape == "g"})
    for letter, words in _TABLE["classes"].items():
        classes.update({word: letter[0] for word in words.split() if word not in FORMS})
    classes.update(dict.fromkeys(("like", "following", "regarding", "concerning", "including"), "P"))
    return classes


_CLASS = _classes()
_ABBREVIATIONS = frozenset(_TABLE["abbreviations"]["words"].split())
DATES = frozenset(_TABLE["dates"]["words"].split())
"""Words that tell a time, not a person."""
ASKED = frozenset(["asked", "pressed", "questioned", "quizzed", "challenged"])
"""Participles of a question that stands beside its answer ("Holt, asked whether X, said Y")."""
PARTICIPLES = frozenset(_TABLE["verbs"]["participle"].split())
"""Irregular participles that may follow their noun ("the letter sent by")."""
_REDUCED = frozenset(["briefed", "informed", "notified", "reminded", "accused"])
"""Forms that always have an object: right before a preposition they are participles ("a person briefed on")."""
_EXCEPT = {name: frozenset(words.split()) for name, words in _TABLE["exceptions"].items()}
_PUNCTUATION = {
    ",": ",",
    "、": ",",
    ";": ";",
    ":": ":",
    "：": ":",
    "(": "(",
    "[": "(",
    ")": ")",
    "]": ")",
    ".": ".",
    "!": ".",
    "?": ".",
    "…": ".",
    "...": ".",
    "。": ".",
    "！": ".",
    "？": ".",
    "—": "-",
    "–": "-",
    "--": "-",
    "-": "-",
    "，": ",",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Parallel lists, one entry a token; ``tags`` is a string of one letter each.

    ``starts`` and ``ends`` count characters of the whole text; ``quotes`` maps a token to its quotation.
    """

    starts: list[int]
    ends: list[int]
    lows: list[str]
    tags: str
    quotes: dict[int, Quote]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Characters from token ``first`` to token ``last`` (exclusive)."""
        return self.starts[first], self.ends[last - 1]


@dataclasses.dataclass(slots=True)
class _Run:
    starts: list[int]
    ends: list[int]
    words: list[str]
    quotes: dict[int, Quote]


def tokens_of(text: str, start: int, end: int, opaque: tuple[Quote, ...]) -> _Run:
    """The tokens of ``text[start:end]``; each quotation of ``opaque`` is one token, other marks are none."""
    run = _Run([], [], [], {})
    at = start
    for quote in (*opaque, None):
        stop = quote.start if quote else end
        for match in _TOKEN.finditer(text, at, stop):
            word = match.group()
            if word == "." and run.ends and run.ends[-1] == match.start() and _abbreviated(run.words[-1]):
                run.ends[-1] = match.end()
            elif (parts := _CONTRACTION.match(word)) is not None:
                middle = match.start() + len(parts[1])
                run.starts += [match.start(), middle]
                run.ends += [middle, match.end()]
                run.words += [parts[1], parts[2]]
            elif word not in _MARKS:
                run.starts.append(match.start())
                run.ends.append(match.end())
                run.words.append(word)
        if quote:
            run.quotes[len(run.words)] = quote
            run.starts.append(quote.start)
            run.ends.append(quote.end)
            run.words.append('"')
            at = quote.end
    return run


def _abbreviated(word: str) -> bool:
    return word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper() and word != "I")


def _shape(word: str, low: str) -> str:
    """The class of a word that no list knows."""
    first = word[0]
    if first.isdigit():
        return "M"
    if first.isupper():
        return "U"
    if low.endswith("ly") and len(low) > 4 and low not in _EXCEPT["not_adverbs"]:
        return "B"
    if low.endswith("ed") and len(low) > 4 and low not in _EXCEPT["not_past"]:
        return "E"
    if low.endswith("ing") and len(low) > 5 and "-" not in low and low not in _EXCEPT["not_gerunds"]:
        return "G"
    return "N"


def _tag(word: str, low: str, *, first: bool) -> str:
    mark = _PUNCTUATION.get(word)
    if mark:
        return mark
    known = _CLASS.get(low)
    if word[0].isupper() and not first:
        if low in ("may", "march"):
            return "M"
        if known in ("V", "A", "B", "G", "E", "N") or (low == "us" and word == "US"):
            return "U"
    if known:
        return known
    if not word[0].isalnum():
        return "x"
    if first and low.endswith("ing") and len(low) > 5:
        return "G"
    return _shape(word, low)


_FOLLOWS = {"H": "tc", "W": "w", "T": "i", "Q": "q", ":": "q", "R": "cno", "D": "cno", "U": "cno", "G": "g", "N": "no"}


def _may_follow(after: str, cue: Cue | None, *, name: bool) -> bool:
    """Whether a verb with the frames of ``cue`` may be followed by a token of class ``after``."""
    if after in ",.B":
        return name or (after == "B" and cue is not None and "q" in cue.frames)
    if cue is None:
        return after in "DTPR"
    if after == "P":
        return bool(cue.prepositions) or cue.shape == "s"
    return bool(cue.frames & set(_FOLLOWS.get(after, ""))) and (after != "N" or name or "c" in cue.frames)


def _nounish(lows: list[str], tags: list[str], at: int) -> bool:
    """Whether a verb form at ``at`` is rather a noun or an adjective here."""
    low, before = lows[at], tags[at - 1] if at else "."
    after = tags[at + 1] if at + 1 < len(tags) else "."
    cue = FORMS.get(low)
    shape = cue.shape if cue else "d"
    if shape in "dn":
        return before in "DP" and after in "NUVEG"
    if before in "DPM" or lows[at - 1].endswith("'s"):
        return True
    if before in "NUE":
        plural = lows[at - 1].endswith("s") or lows[at - 1] in ("people", "police")
        agrees = plural == (shape == "b") or before == "U"
        return not (agrees and _may_follow(after, cue, name=before == "U"))
    if before in "HV":
        return after in "AVHN" and low != "said"
    if at == 0 and shape == "s":
        return True
    if before in ".,G(":
        return after not in "HDRWTQ" if before != "G" else True
    return False


def _retag(lows: list[str], tags: list[str]) -> str:
    for at, tag in enumerate(tags):
        if tag == "G" and at and tags[at - 1] == "D":
            tags[at] = "N"
        if tag != "V":
            continue
        low = lows[at]
        if (
            low in _REDUCED
            and at
            and tags[at - 1] in "NU"
            and lows[at + 1 : at + 2] in (["on"], ["about"], ["of"], ["by"])
        ):
            tags[at] = "E"
            continue
        noun_too = low in _EXCEPT["noun_too"]
        if (noun_too or (low.endswith("ed") and at and tags[at - 1] in "DP")) and _nounish(lows, tags, at):
            tags[at] = "N"
    return "".join(tags)


def sentences(text: str, start: int, end: int, opaque: tuple[Quote, ...]) -> Iterator[Sentence]:
    """The sentences of ``text[start:end]``; ``opaque`` quotations are single tokens."""
    run = tokens_of(text, start, end, opaque)
    first = 0
    while first < len(run.words):
        last = first
        limit = min(len(run.words), first + LONGEST)
        while last < limit and not _ends_after(text, run, last):
            last += 1
        last = min(last + 1, limit)
        yield _sentence(run, first, last)
        first = last


def _in_headline(word: str, low: str) -> bool:
    """Whether a word may stand in a title-case headline: capitalised, or a small word."""
    return not word[:1].islower() or _CLASS.get(low, "N") in "DPFSHTCWRA"


def _sentence(run: _Run, first: int, last: int) -> Sentence:
    words = run.words[first:last]
    lows = [word.lower().replace("’", "'") for word in words]
    capitals = sum(1 for word in words if word[:1].isupper())
    alphabetic = sum(1 for word in words if word[:1].isalpha())
    headline = alphabetic > 3 and capitals * 10 >= alphabetic * 7 and all(map(_in_headline, words, lows))
    quotes = {at - first: quote for at, quote in run.quotes.items() if first <= at < last} if run.quotes else {}
    tags = [
        "Q" if at in quotes else _tag(word, lows[at], first=at == 0 or (headline and lows[at] in _CLASS))
        for at, word in enumerate(words)
    ]
    if headline:
        tags = [
            "E" if tag == "U" and low.endswith("ed") and at else tag
            for at, (tag, low) in enumerate(zip(tags, lows, strict=True))
        ]
    return Sentence(
        starts=run.starts[first:last],
        ends=run.ends[first:last],
        lows=lows,
        tags=_retag(lows, tags),
        quotes=quotes,
    )


def _ends_after(text: str, run: _Run, at: int) -> bool:
    """Whether a sentence ends after token ``at``."""
    word = run.words[at]
    if at + 1 >= len(run.words):
        return True
    following = run.words[at + 1]
    gap = text[run.ends[at] : run.starts[at + 1]]
    if "\n" in gap:
        return not (at in run.quotes or at + 1 in run.quotes) or "\n\n" in gap
    if at in run.quotes:
        return _quote_ends(text, run, at)
    if word in "。！？":
        return True
    if _PUNCTUATION.get(word) == ".":
        return _stop_ends(run, at, following, gap)
    return (
        len(word) > 2
        and word.endswith(".")
        and following[0].isupper()
        and _CLASS.get(following.lower(), "") in ("D", "R")
    )


def _stop_ends(run: _Run, at: int, following: str, gap: str) -> bool:
    if not gap or not (gap[0].isspace() or gap[0] in _MARKS or gap[-1].isspace()):
        return False
    if run.words[at] in ("…", "..."):
        return following[0].isupper() or at + 1 in run.quotes
    return True


def _quote_ends(text: str, run: _Run, at: int) -> bool:
    quote = run.quotes[at]
    last = text[quote.inner[1] - 1 : quote.inner[1]].strip("’'\"”")
    following = run.words[at + 1]
    if last not in tuple(".?!…。！？"):
        return False
    if not (following[0].isupper() or at + 1 in run.quotes):
        return False
    if at + 1 in run.quotes or last == ".":
        return True
    window = [word.lower() for word in run.words[at + 1 : at + 8]]
    return not any(word in FORMS and "q" in FORMS[word].frames for word in window)
