"""Single items of an announced set, as a text describes them.

- A call is described by whom it reached and when; the date may be missing.
- Other items are described by an ordinal, a number, or the date that they bear.
- A question put by the outlet itself is no call.

Example::

    [item.label for item in calls_in(ground, document, "calls")]  # ['Hannes Orloft, last month']
"""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence

from quoth.record.document import Document
from quoth.record.passage import PassageRole
from quoth.terms.when import When
from quoth.weigh.ground import Ground, Sentence, primary_name
from quoth.weigh.words import slug

__all__ = ["Item", "calls_in", "merged", "others_in"]

_BODY = frozenset({PassageRole.BODY, PassageRole.CAPTION})
_CAPITAL = r"[A-Z][\w’'-]+"
_NAME = rf"(?P<who>{_CAPITAL}(?:\s+(?:van|von|de|der|al|bin)\s+|\s+){_CAPITAL}(?:\s+{_CAPITAL}){{0,4}}|{_CAPITAL})"
_ASIDE = r",?(?: [^.;“”\"]{0,120}?,)?"
_CALLER = r"(?:covert |anonymous |female |male )?(?:caller|investigator|voice|researcher)s?"
_TOLD = (
    re.compile(
        rf"\b{_NAME}{_ASIDE} (?:was|were) (?:then |also |later |next )?(?:asked|called|telephoned|phoned|rung)\b"
    ),
    re.compile(
        rf"\b(?:the same|[Tt]he|[Aa]n?|[Aa]nother|one) {_CALLER} (?:then |also )?"
        rf"(?:asked|told|called|telephoned|phoned|rang|reached) {_NAME}"
    ),
    re.compile(rf"\b[Tt]he same {_CALLER} (?:then |also )?(?:asked|called|telephoned|phoned|rang|reached) {_NAME}"),
    re.compile(rf"\b[Cc]alls? (?:\w+ ){{0,5}}?(?:to|with) (?:the \w+ )?{_NAME}"),
    re.compile(rf"\b(?:telephoned|phoned|rang up|rang|dialled) {_NAME}"),
    re.compile(
        rf"\b{_NAME}{_ASIDE} (?:said|answered|replied|responded|admitted)(?: \w+){{0,3}}"
        r" (?:in|during|on) (?:a|the|one|another) (?:\w+ )?call\b"
    ),
    re.compile(rf"\b{_NAME} (?:picked up|took the call|answered the (?:tele)?phone|hung up)\b"),
)
_TITLE_WORDS = """
minister president secretary chief director general deputy mayor governor chairman chairwoman judge colonel captain
major mr mrs ms dr professor propaganda foreign defence interior prime vice head former then officer inspector clerk
in on last the when and but a
"""
_TITLES = frozenset(_TITLE_WORDS.split())
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    """One described item: a key for comparing, its date where one is told, words for people."""

    key: str
    when: tuple[str, str]
    label: str


def calls_in(ground: Ground, document: Document, kind: str) -> tuple[Item, ...]:
    """Calls that ``document`` describes one by one; ``kind`` is ``calls``."""
    del kind
    found: list[Item] = []
    for sentence in ground.sentences(document, _BODY):
        for start, end in _callees(ground, document, sentence):
            found.append(_call(ground, document, sentence, (start, end)))
    return tuple(found)


def _callees(ground: Ground, document: Document, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Where a sentence names somebody who was called, in characters of the sentence."""
    seen: set[int] = set()
    for form in _TOLD:
        for hit in form.finditer(sentence.text):
            start, end = hit.span("who")
            if end not in seen and not _by_outlet(document, sentence.text[hit.end() :]):
                seen.add(end)
                if start > 0 or " " in hit["who"] or _is_named(ground, document, sentence, (start, end)):
                    yield start, end


def _by_outlet(document: Document, rest: str) -> bool:
    """Whether the words after "asked" say that the outlet itself asked."""
    by = re.match(r"\s+by (?:the )?([\w’'-]+)", rest)
    return by is not None and slug(by[1]) in slug(document.outlet).split()


def _is_named(ground: Ground, document: Document, sentence: Sentence, span: tuple[int, int]) -> bool:
    """Whether a name is known to stand here: one capital at the start of a sentence names nobody."""
    return bool(ground.named_in(document.content, sentence.start + span[0], sentence.start + span[1]))


def _call(ground: Ground, document: Document, sentence: Sentence, span: tuple[int, int]) -> Item:
    start, end = sentence.start + span[0], sentence.start + span[1]
    words = sentence.text[span[0] : span[1]].split()
    while len(words) > 1 and slug(words[0]) in _TITLES:
        words = words[1:]
    name = " ".join(words)
    known = [
        ground.parties[one.id] for one in ground.named_in(document.content, start, end) if one.id in ground.parties
    ]
    if known:
        name = primary_name(known[-1]) or name
    dated = ground.dates_in(document.content, sentence.start, sentence.end)
    when = dated[0].when if dated else None
    label = name + (f", {when.words}" if when is not None else "")
    return Item(key=known[-1].id if known else slug(name), when=_bounds(when), label=label)


def _bounds(when: When | None) -> tuple[str, str]:
    return (when.earliest or "", when.latest or "") if when is not None else ("", "")


def others_in(ground: Ground, document: Document, kind: str) -> tuple[Item, ...]:
    """Items of another kind, by ordinal, number or date ("the second letter", "file 3")."""
    noun = kind.removesuffix("s").removesuffix("ie")
    form = re.compile(
        rf"\bthe (?P<ordinal>{'|'.join(_ORDINALS)}) (?:\w+ )?{noun}\b"
        rf"|\b{noun} (?:no\. ?|number )?(?P<number>\d{{1,4}})\b"
        rf"|\b(?:the|a|one) {noun} (?:dated|of) "
        r"(?P<date>\d{1,2} [A-Z]\w+(?: \d{4})?|[A-Z]\w+ \d{1,2}(?:, \d{4})?)",
        re.IGNORECASE,
    )
    found: list[Item] = []
    for sentence in ground.sentences(document, _BODY):
        for hit in form.finditer(sentence.text):
            key = hit["number"] or (
                str(_ORDINALS.index(hit["ordinal"].lower()) + 1) if hit["ordinal"] else slug(hit["date"])
            )
            found.append(Item(key=key, when=("", ""), label=" ".join(hit[0].split())))
    return tuple(found)


def merged(items: Iterable[Item]) -> tuple[Item, ...]:
    """Items told twice as one: same name, and dates that may be the same; a full name meets its surname."""
    kept: list[Item] = []
    for item in sorted(items, key=lambda one: (-len(one.key), one.key, one.when == ("", ""), one.when, one.label)):
        if not any(_same(item, other) for other in kept):
            kept.append(item)
    return tuple(sorted(kept, key=lambda one: one.label))


def _same(one: Item, two: Item) -> bool:
    words = (set(one.key.split()), set(two.key.split()))
    if not (one.key == two.key or words[0] <= words[1] or words[1] <= words[0]):
        return False
    return _overlap(one.when, two.when)


def _overlap(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether two stretches of days touch; an unknown bound touches everything."""
    ends_before = bool(one[1] and two[0] and one[1] < two[0])
    begins_after = bool(one[0] and two[1] and one[0] > two[1])
    return not ends_before and not begins_after
