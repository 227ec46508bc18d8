"""How a text names its sources: the type of each.

- Types: named, role, group, document, unnamed, outlet, none; decided by the head words.
- A bare pronoun says nothing of who it is; whom it means is read in ``reference``.

Example::

    >>> type_of("A well-placed source", "")
    <SourceType.UNNAMED: 'unnamed'>
"""

import re

from quoth.attribute.people import is_unnamed
from quoth.record.statement import SourceType

__all__ = ["BARE", "PRONOUNS", "type_of"]

BARE = frozenset({"he", "she", "they", "it", "we", "i", "you", "his", "her", "their", "its", "who", "this", "that"})
"""Sources that say nothing of who it is."""

PRONOUNS = frozenset({"he", "she"})
"""Those that mean one human being."""

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
