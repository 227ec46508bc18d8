"""Who is described how: apposition, office before a name, "a former clerk".

- "Teodor Wells, a spokesman for the union" is a spokesman; so is "The spokesman, Teodor Wells".
- "President Dray", "transport minister Dana Orrin" and "who chairs the board" tell an office too.
- A description is a head noun and the words that narrow it; it fits an office that has them all.

Example::

    >>> described("the foreign minister")
    Description(head='minister', more=frozenset({'foreign'}))
"""

import dataclasses
import re
from collections.abc import Iterator

from quoth.attribute.cues import load_table
from quoth.attribute.drafts import Span
from quoth.attribute.people import human_at, sex_of, singular
from quoth.attribute.reference_names import BODIES, Name

__all__ = ["DOCUMENTS", "Description", "Office", "described", "fits", "indefinite_in", "line_of", "offices_of"]

_TABLE = load_table("reference.toml")
_LINES: dict[str, str] = {word: line for line, words in _TABLE["offices"].items() for word in words.split()}
_WIDE = {head: frozenset(words.split()) for head, words in _TABLE["wide"].items()}
_VERBS = {verb: head for head, verbs in _TABLE["verbs"].items() for verb in verbs.split()}
DOCUMENTS = frozenset(_TABLE["documents"]["words"].split())
"""Nouns for a document, singular."""
_WINDOW = 140
_STOP = frozenset(_TABLE["closed"]["stop"].split())
_BREAK = frozenset(_TABLE["closed"]["break"].split())
_CUT = re.compile(
    r"\s(?:of|in|inside|for|from|on|at|by|with|to|near|who|which|that|whose|whom|familiar|led|seen|said)\s"
)
_APPOSED = re.compile(
    r"(?:,\s*(?:aged\s+)?\d{1,3})?(?:,\s+(?:who\s+(?:is|was)\s+)?|\s+\(|,?\s+(?:is|was|became)\s+)"
    r"((?:(?:the|an?|his|her|their|its|then|now|acting|former|chief|deputy|head|director|chairman|chairwoman|chair|president|editor|"
    r"professor|spokesman|spokeswoman|secretary|founder|owner|leader|minister|mayor)\b)[^,.;:()“”\"\n—–]{0,100})"
)
_WHO = re.compile(r"(?:,\s*(?:aged\s+)?\d{1,3})?,?\s+who\s+(?:now\s+|still\s+)?(\w+)\s+([^,.;:()“”\"\n—–]{2,60})")
_BEFORE = re.compile(
    r"(?:\A|[.;:!?“”\"\n—–(]\s*|,\s+(?:and\s+)?|\band\s+|\bby\s+|\b(?:said|says|told|to|with|from|asked|named|met|thanked)\s+)"
    r"((?:the|an?|his|her|their|its|our|my|[\w’'-]+\s[\w’'-]*[’']s?)\s[^,.;:!?()“”\"\n—–]{2,90}),\s*(?:[A-Z][\w.]*\s+)?\Z",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"((?:[\w’'-]+[ \t\u00a0]+){1,4})\Z")
_ARTICLE = re.compile(r"\b(?:an?|one|another|the)[ \t]+(?=[a-z])", re.IGNORECASE)
_WORD = re.compile(r"[\w’'-]+")
_IS = re.compile(r"\b(?:is|was|be|been|being|as|like|became|become|becoming)\s\Z", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A head noun, lower case and singular, and the content words around it."""

    head: str
    more: frozenset[str]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A description given to somebody at character ``at``; ``phrase`` is where its words stand."""

    what: Description
    at: int
    phrase: Span
    sex: str = ""


def line_of(head: str) -> str:
    """The word under which heads that may stand for one another are kept."""
    return _LINES.get(head, head)


def described(words: str) -> Description | None:
    """Head and narrowing words of a noun phrase; ``None`` where there is no head."""
    plain = re.split(r",|\(|—|–", words, maxsplit=1)[0]
    pieces = _CUT.split(f"{plain.strip()} ", maxsplit=1)
    front = [word.strip(".’'\"“”").lower() for word in pieces[0].split()]
    if not front:
        return None
    head = singular(front[-1])
    rest = front[:-1] + [word.lower().strip(".’'\"“”") for word in (pieces[1].split() if len(pieces) > 1 else [])]
    more = frozenset(re.sub(r"[’']s\Z", "", word) for word in rest if word not in _STOP and len(word) > 1)
    return Description(head=head, more=more)


def fits(asked: Description, held: Description) -> bool:
    """Whether "the chief inspector" may be whoever was called ``held``: same office, and no word more."""
    same = line_of(asked.head) == line_of(held.head) or held.head in _WIDE.get(asked.head, ())
    return same and asked.more <= held.more | {held.head}


def offices_of(text: str, name: Name, low: int, high: int) -> Iterator[Office]:
    """Offices that the words around ``name`` give it, within the paragraph ``low`` to ``high``."""
    for title in name.titles:
        more = frozenset(word for word in name.titles if word != title)
        yield Office(what=Description(head=title, more=more), at=name.end, phrase=(name.begin, name.start))
    high = min(high, name.end + _WINDOW)
    low = max(low, name.begin - _WINDOW)
    after = _APPOSED.match(text, name.end, high)
    if after:
        yield from _office(text, after.span(1), at=after.end(), sure=text[name.end : name.end + 1] == ",")
    who = _WHO.match(text, name.end, high)
    if who and who.group(1).lower() in _VERBS:
        what = described("x of " + who.group(2))
        more = what.more if what else frozenset()
        head = Description(head=_VERBS[who.group(1).lower()], more=more)
        yield Office(what=head, at=who.end(), phrase=who.span(2))
    before = _BEFORE.search(text[low : name.begin])
    if before:
        yield from _office(text, (low + before.start(1), low + before.end(1)), at=name.end, sure=True)
    prefix = _PREFIX.search(text, low, name.begin)
    if prefix:
        yield from _prefixed(text, prefix.span(1), name.end)


def _office(text: str, phrase: Span, *, at: int, sure: bool) -> Iterator[Office]:
    words = text[phrase[0] : phrase[1]]
    what = described(words)
    if what is None or not what.head or what.head in BODIES - {"head"} or what.head in DOCUMENTS:
        return
    if sure or human_at(what.head):
        yield Office(what=what, at=at, phrase=phrase, sex=sex_of(words))
        second = re.search(r"\sand\s(?:the\s|an?\s)?([^,]+)\Z", words)
        other = described(second.group(1)) if second else None
        if other and human_at(other.head):
            yield Office(what=other, at=at, phrase=phrase)


def _prefixed(text: str, span: Span, at: int) -> Iterator[Office]:
    """The office in "transport minister Dana Orrin": lower-case words right before the name."""
    words = list(_WORD.finditer(text, *span))
    if not words or not human_at(words[-1].group()) or not words[-1].group().islower():
        return
    more = []
    for word in reversed(words[:-1]):
        low = word.group().lower()
        if low in _BREAK or low in _STOP or low.endswith(("ed", "ly")):
            break
        more.append(low)
    head = singular(words[-1].group())
    yield Office(what=Description(head=head, more=frozenset(more)), at=at, phrase=span, sex=sex_of(words[-1].group()))


def indefinite_in(text: str, start: int, end: int) -> Iterator[tuple[Span, Description, bool]]:
    """Descriptions in ``text[start:end]``: span, what it says, and whether it opens with "a", not "the"."""
    for article in _ARTICLE.finditer(text, start, end):
        if _IS.search(text, max(start, article.start() - 9), article.start()):
            continue
        last: re.Match[str] | None = None
        at = article.end()
        more: list[str] = []
        for _ in range(5):
            word = _WORD.match(text, at, end)
            if word is None or word.group().lower() in _BREAK:
                break
            low = word.group().lower()
            noun = human_at(low) or singular(low) in BODIES or low in DOCUMENTS
            if last is not None and not noun:
                break
            if last is not None:
                more.append(last.group().lower())
                last = None
            if noun and not low[:1].isspace() and word.group()[:1].islower():
                last = word
            else:
                more.append(re.sub(r"[’']s\Z", "", low))
            at = word.end() + 1 if text[word.end() : word.end() + 1] == " " else end
        if last is not None:
            what = Description(head=last.group().lower(), more=frozenset(word for word in more if word not in _STOP))
            yield (article.start(), last.end()), what, not article.group().lower().startswith("the")
