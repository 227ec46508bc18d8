"""How much of an announced set is described, and how much held.

- A set is announced where a number stands before a noun of evidence, in a sentence that publishes,
  hands over or announces something ("published recordings of six telephone calls").
- A call counts as described where a text names who was called: "X was asked", "asked X", "a call
  to X", "telephoned X". The same person on another date is another call; without a date, the same.
- Other items count by ordinal, number or date ("the second letter", "file 3"). Where nothing is
  found this way, the count is not known (-1): the rule may have missed it.
- Held are the recordings in the case, for calls; whether they are the announced ones a person says.
- The same announcement in several texts is one gap; a gap that a person entered keeps its name.

Example::

    coverage(ground, calls=calls)[0]  # Gap(what='telephone calls', announced=6, described=4, held=3, …)
"""

import dataclasses
import re
from collections.abc import Iterable, Sequence

from quoth.record.call import Call
from quoth.record.document import Document
from quoth.record.hypothesis import Gap
from quoth.record.passage import PassageRole
from quoth.terms.anchor import Extract, extract
from quoth.terms.ident import ident
from quoth.weigh.described import Item, calls_in, merged, others_in
from quoth.weigh.ground import Ground, Sentence
from quoth.weigh.words import NUMBER, number_of

__all__ = ["coverage", "kind_of_evidence"]

_TEXTUAL = frozenset({PassageRole.TITLE, PassageRole.BODY, PassageRole.HEADING, PassageRole.CAPTION})
_NOUNS = {
    "call": "calls",
    "conversation": "calls",
    "recording": "recordings",
    "tape": "recordings",
    "document": "documents",
    "paper": "documents",
    "file": "files",
    "folder": "files",
    "letter": "letters",
    "photograph": "photographs",
    "photo": "photographs",
    "image": "photographs",
    "picture": "photographs",
    "interview": "interviews",
    "video": "videos",
    "transcript": "transcripts",
    "record": "records",
    "statement": "statements",
    "testimonie": "testimonies",
}
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December) "
_BETWEEN = r"(?:and|or|of|in|on|from|to|by|with|published|released|issued|gave|handed|provided|made)\b"
_SET = re.compile(
    rf"(?<![\w.,-])(?P<month>{_MONTH})?(?P<n>{NUMBER})\s+"
    rf"(?P<what>(?:(?!{_BETWEEN}|{NUMBER}\s)[a-z][\w’'-]*\s+){{0,4}}?"
    rf"(?:{'|'.join(_NOUNS)})s)\b"
    r"(?P<of>\s+of\s+(?:[a-z][\w’'-]*\s+){0,2}?(?:calls|conversations|interviews))?",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"\b(?:publish|releas|announc|present|disclos|reveal|issu|leak|post(?:ed|s)\b|unveil|hand(?:ed|s|ing)? over|handed"
    r"|gave|give[sn]?\b|provid|obtain|made public|makes? public|sent|passed|circulat|submit|deposit|possess|collect"
    r"|hold|held|set of|contain|includ|offer|produc|play(?:ed|s)\b|bring|brought)",
    re.IGNORECASE,
)


@dataclasses.dataclass(frozen=True, slots=True)
class _Set:
    """One announcement: how many of what, where."""

    count: int
    what: str
    kind: str
    document: Document
    spot: Extract


def coverage(ground: Ground, *, calls: Iterable[Call] = (), announced: Iterable[Gap] = ()) -> tuple[Gap, ...]:
    """Gaps of a case, people's and suggested ones, with described and held counts; sorted by name."""
    held = len(tuple(calls))
    sets: dict[tuple[str, int], list[_Set]] = {}
    for document in ground.unique():
        for found in _sets_in(ground, document):
            sets.setdefault((found.kind, found.count), []).append(found)
    for kind, count in [key for key in sets if key[0] == "recordings"]:
        if ("calls", count) in sets:  # "six recordings" in one text, "six recordings of calls" in another
            sets["calls", count] += sets.pop((kind, count))
    made: list[Gap] = []
    for gap in sorted(announced, key=lambda one: one.id):
        key = (kind_of_evidence(gap.what), gap.announced)
        made.append(_filled(ground, gap, sets.pop(key, []), held))
    for (kind, count), same in sorted(sets.items(), key=lambda item: item[0]):
        gap = Gap(id=ident("g", "set", kind, count), what=same[0].what, announced=count)
        made.append(_filled(ground, gap, same, held))
    return tuple(sorted(made, key=lambda gap: gap.id))


def kind_of_evidence(what: str) -> str:
    """The class that a noun phrase belongs to: recordings of calls are calls; empty for no evidence."""
    kinds = [_NOUNS[stem] for stem in re.findall(rf"({'|'.join(_NOUNS)})s?\b", what.lower())]
    if "calls" in kinds or ("recordings" in kinds and re.search(r"\b(?:tele)?phone\b", what.lower())):
        return "calls"
    return kinds[-1] if kinds else ""


def _sets_in(ground: Ground, document: Document) -> list[_Set]:
    made: list[_Set] = []
    for sentence in ground.sentences(document, _TEXTUAL):
        if not _ANNOUNCED.search(sentence.text):
            continue
        for hit in _SET.finditer(sentence.text):
            count = number_of(hit["n"])
            if count >= 2 and not hit["month"]:
                made.append(_set(document, sentence, hit, count))
    return made


def _set(document: Document, sentence: Sentence, hit: re.Match[str], count: int) -> _Set:
    what = " ".join((hit["what"] + (hit["of"] or "")).split())
    spot = extract(document.text, sentence.start + hit.start("n"), sentence.start + hit.end())
    return _Set(count, what, kind_of_evidence(what), document, spot)


def _filled(ground: Ground, gap: Gap, sets: Sequence[_Set], held: int) -> Gap:
    """A gap with its counts; described items are counted over all texts that announce the set."""
    kind = kind_of_evidence(gap.what)
    documents = tuple({one.document.content: one.document for one in sets}.values())
    if gap.rendition is not None and gap.rendition in ground.texts:
        documents = (*documents, *(one for one in ground.texts[gap.rendition][:1] if one not in documents))
    find = calls_in if kind == "calls" else others_in
    items = merged([item for document in documents for item in find(ground, document, kind)])
    about_calls = kind in ("calls", "recordings")
    first = sets[0] if sets else None
    return dataclasses.replace(
        gap,
        described=gap.described if gap.described >= 0 else (len(items) or -1),
        held=gap.held if gap.held >= 0 else (held if about_calls else -1),
        rendition=gap.rendition or (first.document.content if first else None),
        extract=gap.extract or (first.spot if first else None),
        grounds=(*gap.grounds, *_grounds(gap, sets, items, held if about_calls else -1)),
    )


def _grounds(gap: Gap, sets: Sequence[_Set], items: Sequence[Item], held: int) -> tuple[str, ...]:
    made = [f"announced as “{' '.join(one.spot.exact.split())}” in {one.document.exhibit}" for one in sets]
    made += [f"described: {item.label}" for item in items]
    if sets and not items:
        made.append("no item is described in a way that this rule recognises")
    if held >= 0:
        among = f"whether they are among the {gap.announced} a person must say"
        made.append(f"{held} recordings of calls are held; {among}")
    return tuple(made)
