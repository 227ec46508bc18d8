"""Runs of capitalised words: whose name, with which title before it.

- A title is peeled off the front and kept: it tells office and sex, and is no part of the name.
- "Ministry of Inland Waters" is one run; "Victor Lunn and Martin Doss" are two.
- One pass over the characters; no word outside the run decides what the run is.

Example::

    >>> [(name.words, name.titles) for name in names_in("President Anselm Dray spoke.", 0, 28)]
    [(('Anselm', 'Dray'), ('president',))]
"""

import dataclasses
import enum
import re
from collections.abc import Iterator

from quoth.attribute.cues import load_table
from quoth.attribute.drafts import Span

__all__ = ["BODIES", "COMPANY", "PAPERS", "SHORT", "Kind", "Name", "first_name_sex", "names_in", "title_sex"]

_TABLE = load_table("reference.toml")
_TITLES = {sex: frozenset(words.split()) for sex, words in _TABLE["titles"].items()}
_ALL_TITLES = frozenset(word for words in _TITLES.values() for word in words)
SHORT: dict[str, str] = dict(_TABLE["short"])
"""A shortened title → the office it stands for."""
BODIES = frozenset(_TABLE["bodies"]["words"].split())
"""Nouns for a body of people, singular, as they stand in its name."""
COMPANY = frozenset(_TABLE["bodies"]["company_words"].split())
"""Words that end the name of a company."""
PAPERS = frozenset(_TABLE["bodies"]["paper_words"].split())
"""Words that end the name of an outlet."""
_PLACES = frozenset(_TABLE["places"]["words"].split())
_FIRST_NAMES = {name: sex for sex in ("she", "he") for name in _TABLE["first_names"][sex].split()}
_CAP = r"[^\W\d_a-zß-öø-ÿ][\w]*(?:[’'-][\w]+)*[’']?"
_JOIN = r"(?:of the|of|for the|for|and the|and|&|de la|de|van der|van|von der|von|bin|al|el|da|du|di|ter)"
_GAP = r"[ \t\u00a0]+"
_RUN = re.compile(rf"(?<![\w.@/&-])(?:{_CAP}\.?)(?:{_GAP}(?:{_JOIN}{_GAP})*(?:{_CAP}\.?|&{_GAP}{_CAP}))*")
_PIECE = re.compile(r"[^\s]+")
_PARTICLES = frozenset(["de", "la", "van", "der", "von", "bin", "al", "el", "da", "du", "di", "ter"])
_LONGEST = 12
"""Words of a name at most."""
_GLUE = frozenset(["of", "for", "and", "the", "&"])
_NO_NAME = frozenset(_TABLE["closed"]["no_name"].split())
_SAID = frozenset(_TABLE["closed"]["said"].split())


class Kind(enum.Enum):
    """What a run of capitalised words looks like, before anything else is known."""

    NAME = "name"
    BODY = "body"
    ACRONYM = "acronym"
    SINGLE = "single"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name at characters ``start`` to ``end``, without its titles; ``begin`` is where the titles begin."""

    start: int
    end: int
    begin: int
    words: tuple[str, ...]
    titles: tuple[str, ...]
    kind: Kind

    @property
    def span(self) -> Span:
        """The characters of the name alone."""
        return self.start, self.end


def title_sex(titles: tuple[str, ...]) -> str:
    """Either "he" or "she" where a title tells it, else empty."""
    for title in titles:
        for sex in ("she", "he"):
            if title in _TITLES[sex]:
                return sex
    return ""


def first_name_sex(word: str) -> str:
    """Whether a first name is mostly a woman's or a man's, or empty: never more than a hint."""
    return _FIRST_NAMES.get(word.lower(), "")


def names_in(text: str, start: int, end: int) -> list[Name]:
    """The names in ``text[start:end]``, in order, none overlapping."""
    found: list[Name] = []
    for run in _RUN.finditer(text, start, end):
        pieces = [(match.start(), match.end()) for match in _PIECE.finditer(text, run.start(), run.end())]
        for part in _parts(text, pieces):
            name = _name(text, part)
            if name is not None:
                found.append(name)
    return found


def _low(text: str, piece: Span) -> str:
    return text[piece[0] : piece[1]].strip(".’'").lower()


def _parts(text: str, pieces: list[Span]) -> Iterator[list[Span]]:
    """Cuts a run at words that are in no name, at a possessive, and at "of" and "and" between two names."""
    part: list[Span] = []
    for piece in pieces:
        if len(part) == _LONGEST:
            yield part
            part = []
        low = _low(text, piece)
        word = text[piece[0] : piece[1]]
        if low in _GLUE and not word[:1].isupper():
            if part and not _goes_on(text, part, low):
                yield part
                part = []
            elif part:
                part.append(piece)
            continue
        if (low in _NO_NAME or (low in _SAID and part)) and not (part and _low(text, part[-1]) in _GLUE):
            yield part
            part = []
            continue
        owner = re.search(r"[’']s\Z", word)
        part.append((piece[0], piece[1] - 2) if owner else piece)
        if owner or (word.endswith(".") and len(word) > 2 and low not in _ALL_TITLES and low not in ("jr", "sr", "st")):
            yield part
            part = []
    yield part


def _goes_on(text: str, part: list[Span], glue: str) -> bool:
    """Whether "of", "for", "and" after ``part`` belongs to one name: "Ministry of", "Finch &"."""
    lows = [_low(text, piece) for piece in part]
    if glue == "&":
        return True
    body = any(low in BODIES for low in lows)
    if glue == "and":
        return any(low in ("of", "for") for low in lows) and any(low in BODIES for low in lows[:1])
    return (body and lows[-1] in BODIES) or lows[-1] in ("of", "for", "bank", "friends", "and")


def _name(text: str, part: list[Span]) -> Name | None:
    while part and (_low(text, part[-1]) in _GLUE | _PARTICLES):
        part = part[:-1]
    begin = part[0][0] if part else 0
    titles: list[str] = []
    body = any(_low(text, piece) in BODIES for piece in part) and len(part) > 1
    while part and not body and _is_title(text, part):
        titles.append(SHORT.get(_low(text, part[0]), _low(text, part[0])))
        part = part[1:]
    if not part:
        return None
    first, last = part[0][0], _trimmed(text, part)
    words = tuple(text[a:b].strip(".") if len(text[a:b]) > 2 else text[a:b] for a, b in part)
    words = (*words[:-1], text[part[-1][0] : last])
    if len(words) > 1 and all(word.isupper() and len(word) > 2 for word in words):
        return None
    kind = _kind(words)
    if kind is Kind.NAME and words[-1].lower() in _PLACES and not titles:
        return None
    if kind is Kind.SINGLE and len(words[0]) < 2:
        return None
    return Name(start=first, end=last, begin=begin, words=words, titles=tuple(titles), kind=kind)


def _is_title(text: str, part: list[Span]) -> bool:
    """Whether the first word is a title: known as one, and not the whole of what is left with a full stop behind it."""
    low = _low(text, part[0])
    if low not in _ALL_TITLES:
        return False
    return len(part) > 1 or low not in _FIRST_NAMES


def _trimmed(text: str, part: list[Span]) -> int:
    start, end = part[-1]
    word = text[start:end]
    if word.endswith((".", "’", "'")) and not (len(word) == 2 and word.endswith(".")):
        end -= 1
    return end


def _kind(words: tuple[str, ...]) -> Kind:
    lows = [word.lower().strip("’'.") for word in words]
    if len(words) == 1:
        word = words[0]
        capitals = sum(letter.isupper() for letter in word)
        return Kind.ACRONYM if len(word) >= 2 and capitals >= 2 and capitals * 2 > len(word) else Kind.SINGLE
    if "&" in lows or any(low in BODIES or low in ("of", "for", "and") for low in lows):
        return Kind.BODY
    if lows[-1] in COMPANY or (lows[-1] in PAPERS and lows[0] not in _FIRST_NAMES):
        return Kind.BODY
    return Kind.NAME
