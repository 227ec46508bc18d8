"""How a text names its sources, and whom short names mean.

- Types: named, role, group, document, unnamed, outlet, none; decided by the head words.
- A pronoun or bare surname refers to the nearest fuller name before it; the runner-up is kept.
- A guess is a guess: what it refers to is never put in the place of what stands there.

Example::

    >>> type_of("A well-placed source", "")
    <SourceType.UNNAMED: 'unnamed'>
"""

import collections
import re

from quoth.attribute.drafts import Span
from quoth.attribute.people import head_noun, is_human, is_unnamed, sex_of
from quoth.record.statement import SourceType

__all__ = ["BARE", "PRONOUNS", "full_names", "refers_to", "type_of"]

BARE = frozenset({"he", "she", "they", "it", "we", "i", "you", "his", "her", "their", "its", "who", "this", "that"})
"""Sources that say nothing of who it is."""

PRONOUNS = frozenset({"he", "she"})
"""Those that mean one human being; they and it are never linked to anybody."""
NEAR = 600
"""Characters within which whoever spoke last is whom a pronoun means."""

_UNNAMED = re.compile(
    r"\b(an?|another|one|two|three|several|some|multiple|unnamed|anonymous|senior)\b.*\b(sources?|insiders?)\b|^sources?\b|"
    r"\bthe (same )?source\b|^some(body|one)\b|^one of (them|the two)$|"
    r"\b(persons?|people)\b.{0,40}\b(familiar with|with( direct| first-hand)? knowledge of|close to|briefed on)\b|"
    r"^(an?|one|two|three|several) (\w+ )?former [a-z]+( (of|at|in|from)\b|$)",
    re.IGNORECASE,
)
_NAME_BEHIND = re.compile(r",\s*[A-Z][\w'’-]+(\s+[A-Z][\w'’-]+)+")
_DOCUMENT = re.compile(
    r"\b(report|letter|study|survey|document|documents|ruling|memo|statement|affidavit|record|records|call|calls|recording|"
    r"recordings|data|poll|article|book|paper|email|e-mail|indictment|verdict|transcript|video|photographs?|figures|results?|"
    r"evidence|findings|files?|log|logs|diary|notice|order|research|analysis|dispatch|cable|footage|tape|tapes|responses|"
    r"filing|investigation|inquiry|text|note|law|bill|agreement|certificate|statistics|numbers)$",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"\b(experts|witnesses|officials|critics|residents|activists|lawyers|families|relatives|villagers|doctors|scientists|"
    r"researchers|people|many|most|some|others|everyone|nobody|police|observers|analysts|supporters|opponents|they|we|"
    r"members|authorities|protesters|workers|survivors|neighbours|neighbors|prosecutors|investigators|journalists|reporters|"
    r"parents|students|teachers|scholars|voters|politicians|leaders|inspectors|engineers|nurses|miners|farmers|women|men)\b",
    re.IGNORECASE,
)
_OUTLET = re.compile(
    r"\b(newspaper|paper|magazine|daily|broadcaster|news agency|this newspaper|the website|news site)\b", re.IGNORECASE
)
_OUTLET_NAME = re.compile(
    r"\b(Times|Post|Herald|Gazette|Courier|Tribune|Chronicle|Ledger|News|Journal|Observer|Guardian|Daily|Mail|Press|Reuters|BBC|CNN|Mirror|Echo)$"
)
_ROLE = re.compile(
    r"\b(spokes\w+|minister|president|mayor|chief|director|chairman|chairwoman|chair|head|judge|lawyer|attorney|prosecutor|officer|"
    r"ambassador|governor|secretary|general|commissioner|inspector|captain|doctor|professor|manager|ministry|department|"
    r"government|court|committee|commission|council|company|embassy|agency|bureau|office|army|party|police|university|"
    r"hospital|investigator|caller|editor|owner|owners|representative|founder|coroner|deputy|engineer|researcher|expert|author)\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(Ministry|Department|Court|Committee|Council|Government|Police|Embassy|Commission|Bureau|Office|House|Institute|"
    r"University|Party|Company|Senate|Congress|Parliament|Agency|Board|Union|Centre|Center|Times|News|Bank|Group|Authority|"
    r"Association|Society|Federation|Foundation|Legation|Consulate|School|College|Railway|Railways|Ltd|Inc|Register|"
    r"Ledger|Gazette|Herald|Standard|Post|Wire|Station|Hospital|Club|Network|Trust|Service|Telecom)\b"
)
_FIRST = r"^(?:The|A|An|His|Her|Their|Our|My|One|This|These|That|Former|Even)\b\s*"
_PERSON = re.compile(r"(?<![\w.])[A-Z][\w'’-]+(?:[ \t]+(?:[A-Z]\.|[A-Z][\w'’-]+|de|van|von|bin|al|el|du|da)){1,4}")
_TITLES = frozenset(
    ["mr", "mrs", "ms", "miss", "dr", "prof", "sir", "lady", "lord", "mr.", "mrs.", "ms.", "dr.", "prof."]
)
_NOT_NAMES = frozenset(
    [
        "the",
        "a",
        "an",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "when",
        "after",
        "before",
        "as",
        "but",
        "and",
        "or",
        "if",
        "this",
        "that",
        "these",
        "those",
        "last",
        "according",
        "it",
        "he",
        "she",
        "they",
        "we",
        "his",
        "her",
        "their",
        "its",
        "no",
        "not",
        "there",
        "what",
        "who",
        "why",
        "how",
        "since",
        "while",
        "although",
        "because",
        "only",
        "one",
        "many",
        "most",
        "some",
        "all",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)


def _head(words: str) -> str:
    """The noun phrase before its first preposition, relative clause or comma."""
    return re.split(
        r",|\s(?:of|in|for|from|on|at|by|with|to|who|which|that|whose|placed|sent|published|released)\s",
        f"{words} ",
        maxsplit=1,
    )[0].strip()


def type_of(words: str, outlet: str) -> SourceType:
    """The type of the source written as ``words``; ``outlet`` is the document's own outlet, or empty."""
    plain = " ".join(words.split())
    if not plain:
        return SourceType.NONE
    head = _head(plain)
    if outlet and plain.casefold().removeprefix("the ") == outlet.casefold().removeprefix("the "):
        return SourceType.OUTLET
    if (_UNNAMED.search(plain) and not _NAME_BEHIND.search(plain)) or is_unnamed(plain):
        return SourceType.UNNAMED
    if plain.lower() in ("he", "she", "i", "it", "you", "who"):
        return SourceType.NAMED
    if _DOCUMENT.search(head):
        return SourceType.DOCUMENT
    return _named_or_role(plain, head)


def _named_or_role(plain: str, head: str) -> SourceType:
    bare = re.sub(_FIRST, "", head)
    if re.match(
        r"(?:Some|Many|Most|Several|Few|Those|Two|Three|Four|Five|Six|Other|All|Both)\b", head, re.IGNORECASE
    ) and not _ROLE.fullmatch(bare):
        return SourceType.GROUP
    names = [word for word in bare.split() if word[:1].isupper()]
    if _OUTLET_NAME.search(bare) and names:
        return SourceType.OUTLET
    if names and (len(names) >= 2 or not _ROLE.search(bare)) and not _GROUP.fullmatch(bare):
        institution = _BODY.search(bare)
        return SourceType.ROLE if institution else SourceType.NAMED
    if _NAME_BEHIND.search(plain):
        return SourceType.NAMED
    if _OUTLET.search(head):
        return SourceType.OUTLET
    if _GROUP.search(head) or (head.endswith("s") and not _ROLE.search(head)):
        return SourceType.GROUP
    return SourceType.ROLE


def full_names(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of capitalised names of two words and more in ``text[start:end]``."""
    found = []
    for match in _PERSON.finditer(text, start, end):
        begin = match.start()
        words = match.group().split()
        while words and words[0].lower() in _NOT_NAMES | _TITLES:
            begin = text.index(words[0], begin) + len(words[0])
            while begin < match.end() and text[begin].isspace():
                begin += 1
            words = words[1:]
        if len(words) >= 2 and not all(word.isupper() and len(word) > 2 for word in words):
            found.append((begin, match.end()))
    return found


def refers_to(
    text: str, source: Span, names: list[Span], *, speakers: list[Span], called: dict[str, str]
) -> tuple[Span | None, Span | None]:
    """Whom ``source`` stands for, and the runner-up.

    ``names`` are the full names before it (nearest last), ``speakers`` the single sources before it,
    named or not: "she" after an official who is not named is that official, never a name further up.
    ``called`` tells by which pronoun the text called whom: nobody is both he and she.
    """
    words = text[source[0] : source[1]]
    plain = [word for word in words.split() if word.lower() not in _TITLES]
    if len(plain) != 1:
        return _described(text, words, speakers)
    low = plain[0].lower()
    if low in PRONOUNS:
        near = _by_nearness(source, names, speakers)
        return _two(text, [span for span in near if _may_be(text, span, low, called)])
    if not plain[0][:1].isupper() or low in _NOT_NAMES:
        return None, None
    bare = low.removesuffix("'s").removesuffix("’s")
    ranked = [span for span in reversed(names) if bare in (part.lower() for part in text[span[0] : span[1]].split())]
    counts = collections.Counter(text[start:end] for start, end in ranked)
    return _two(text, sorted(ranked, key=lambda span: -counts[text[span[0] : span[1]]]))


def _described(text: str, words: str, speakers: list[Span]) -> tuple[Span | None, Span | None]:
    """Reads "the clerk" after "a former clerk, who asked not to be named": the same description again."""
    if not re.match(r"(?:the|this|that)\s", words, re.IGNORECASE) or not is_human(words):
        return None, None
    head = head_noun(words)
    earlier = [text[start:end] for start, end in speakers]
    same = [span for span, who in zip(speakers, earlier, strict=True) if is_unnamed(who) and head_noun(who) == head]
    return _two(text, same[::-1])


def _may_be(text: str, span: Span, pronoun: str, called: dict[str, str]) -> bool:
    """Whether the pronoun may mean ``span``: a human being whom nothing calls by the other pronoun."""
    if _BODY.search(text, *span) is not None:
        return False
    words = text[max(0, span[0] - 5) : span[1]]
    sex = called.get(text[span[0] : span[1]]) or sex_of(words.rpartition("\n")[2])
    return sex in ("", pronoun)


def _by_nearness(source: Span, names: list[Span], speakers: list[Span]) -> list[Span]:
    """Whoever spoke a moment ago, then whoever was named a moment ago, then whoever spoke before."""
    near = [span for span in reversed(speakers) if source[0] - span[1] <= NEAR]
    named = [span for span in reversed(names[-3:]) if source[0] - span[1] <= NEAR // 2]
    return [*near, *named, *(span for span in reversed(speakers) if span not in near)]


def _two(text: str, ranked: list[Span]) -> tuple[Span | None, Span | None]:
    first = ranked[0] if ranked else None
    if first is None:
        return None, None
    same = text[first[0] : first[1]]
    others = (span for span in ranked[1:] if not text[span[0] : span[1]].startswith(same))
    return first, next((span for span in others if not same.startswith(text[span[0] : span[1]])), None)
