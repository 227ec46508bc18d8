"""Chinese statements, found by position, names and a cue lexicon.

- Quotations first (“” 「」 『』), then sentences around and inside them, then clauses.
- A speaker with a colon at the front of a paragraph has said all of it.
- Traditional script is folded for matching only; offsets are those of the text.

Example::

    李某表示，他不知道此事。  ->  source 李某, cue 表示, content 他不知道此事
"""

import dataclasses
import re
from collections.abc import Sequence

from quoth.attribute.chinese_frames import Hit
from quoth.attribute.chinese_layers import Layer, layer_of, sentences_of
from quoth.attribute.chinese_people import QUOTED, is_pronoun, kind_of
from quoth.attribute.chinese_sentence import read_sentence
from quoth.attribute.chinese_words import ALONE, any_of, fold
from quoth.attribute.drafts import Draft, Span
from quoth.attribute.quotes import Quote
from quoth.record.statement import Act, SourceType

__all__ = ["carry_on", "find_chinese", "hedges_in", "is_chinese"]

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LABEL = re.compile(r"(?P<who>[^，。：；、？！\s“”「」\ue000]{1,20})(?P<mark>[：:])\s*(?=\S)")
_EDGE = "，。、；：,;: \t\u3000"
_DEEPEST = 3
_QUOTING = ("Chinese quotation with its cue",)
_HEDGE = re.compile(any_of(" ".join(word for word, entry in ALONE.items() if entry.hedge)))


def is_chinese(text: str) -> bool:
    """Whether the first 400 characters are mostly Han."""
    head = text[:400]
    letters = sum(1 for char in head if char.isalpha())
    return letters > 3 and len(_HAN.findall(head)) * 2 > letters


def find_chinese(text: str, start: int, end: int, quotes: Sequence[Quote] = ()) -> tuple[list[Span], list[Draft]]:
    """The sentences of the paragraph ``text[start:end]`` and its drafts, in the order of their cues.

    ``quotes`` are the quotations of the paragraph as :func:`quoth.attribute.quotes.pair_quotes` gives them.
    """
    folded = "\0" * start + fold(text[start:end])
    outer = layer_of(folded, (start, end), quotes, 0)
    units = [(first + outer.shift, last + outer.shift) for first, last in sentences_of(outer)]
    drafts: list[Draft] = []
    body = start
    label = _label(outer)
    if label is not None:
        drafts.append(label)
        body = label.content[0][0]
        outer = layer_of(folded, (body, end), quotes, 0)
    drafts.extend(_drafts(outer))
    for quote in quotes:
        first, last = quote.inner
        if quote.level < _DEEPEST and last - first > 3:
            drafts.extend(_drafts(layer_of(folded, (first, last), _inside(quotes, quote), quote.level + 1)))
    return units, _typed(text, sorted(drafts, key=lambda draft: (draft.cue or draft.content[0], draft.content)))


def carry_on(drafts: list[Draft], quote: Quote) -> bool:
    """Gives the last of ``drafts`` with an open quotation the next paragraph's ``quote``; whether there was one.

    A quotation over paragraphs repeats its opening mark, and closes once.
    """
    for index in range(len(drafts) - 1, max(-1, len(drafts) - 8), -1):
        draft = drafts[index]
        if draft.rule in _QUOTING and draft.content and draft.content[-1][1] < quote.start:
            drafts[index] = dataclasses.replace(draft, content=(*draft.content, (quote.start, quote.end)))
            return True
    return False


def hedges_in(text: str, start: int, end: int) -> list[Span]:
    """The words of ``text[start:end]`` that weaken an attribution: 据传, 据称, 有消息称."""
    return [(match.start() + start, match.end() + start) for match in _HEDGE.finditer(fold(text[start:end]))]


def _inside(quotes: Sequence[Quote], outer: Quote) -> list[Quote]:
    return [quote for quote in quotes if outer.start < quote.start and quote.end < outer.end]


def _label(layer: Layer) -> Draft | None:
    """问：…, 许知晏：…: a speaker, a colon, and the whole paragraph."""
    match = _LABEL.match(layer.text)
    if match is None or layer.text[match.end()] == QUOTED:
        return None
    who, shift = match["who"], layer.shift
    asks = who in ("问", "记者问", "提问")
    if who not in ("问", "答", "记者问", "提问") and (
        kind_of(who, who) not in (SourceType.NAMED, SourceType.ROLE, SourceType.OUTLET) or len(who) > 16
    ):
        return None
    bare = who in ("问", "答", "提问")
    asks = asks or "记者" in who or "主持人" in who
    cue = match.span("who") if bare else match.span("mark")
    last = len(layer.text.rstrip("。，；： "))
    if last <= match.end():
        return None
    return Draft(
        source=None if bare else (shift, shift + len(who)),
        cue=(shift + cue[0], shift + cue[1]),
        content=((shift + match.end(), shift + last),),
        act=Act.ASK if asks else Act.ANSWER,
        rule="Chinese speaker and a colon",
    )


def _drafts(layer: Layer) -> list[Draft]:
    found: list[Draft] = []
    before: list[Draft] = []
    for sentence in sentences_of(layer):
        drafts = [_draft(layer, hit) for hit in read_sentence(layer, sentence)]
        alone = (
            layer.text[sentence[0] : sentence[1]].strip(QUOTED + "。") == "" and QUOTED in layer.text[slice(*sentence)]
        )
        if alone and before and not drafts:
            last = before[-1]
            if any(layer.text[end - layer.shift - 1] == QUOTED for _, end in last.content):
                end = max(at for at in range(sentence[0], sentence[1]) if layer.text[at] == QUOTED) + 1
                longer = dataclasses.replace(
                    last, content=(*last.content, (sentence[0] + layer.shift, end + layer.shift))
                )
                found[found.index(last)] = longer
                before = [longer]
            continue
        found.extend(drafts)
        before = drafts
    return found


def _draft(layer: Layer, hit: Hit) -> Draft:
    def moved(span: Span | None) -> Span | None:
        return None if span is None else (span[0] + layer.shift, span[1] + layer.shift)

    source = hit.source
    kind = None
    if source is not None:
        kind = kind_of(layer.text[slice(*source)], layer.plain[slice(*source)]) or SourceType.ROLE
    content = tuple(
        (first + layer.shift, last + layer.shift)
        for first, last in (_trimmed(layer, span) for span in hit.content)
        if last > first
    )
    return Draft(
        source=moved(source),
        cue=moved(hit.cue),
        content=content,
        act=hit.act,
        rule=hit.rule,
        addressee=moved(hit.addressee),
        medium=moved(hit.left.medium),
        when=moved(hit.left.when),
        where=moved(hit.left.where),
        negative=hit.negative,
        passive=hit.left.passive,
        kind=kind,
    )


def _trimmed(layer: Layer, span: Span) -> Span:
    first, last = span
    while first < last and layer.text[first] in _EDGE:
        first += 1
    while last > first and layer.text[last - 1] in _EDGE:
        last -= 1
    return first, last


def _typed(text: str, drafts: list[Draft]) -> list[Draft]:
    """``drafts`` with a pronoun given the type of the person before it."""
    meant: SourceType | None = None
    found = []
    for draft in drafts:
        words = text[slice(*draft.source)] if draft.source else ""
        single = draft.kind in (SourceType.NAMED, SourceType.ROLE, SourceType.UNNAMED)
        if is_pronoun(fold(words)) and draft.kind is SourceType.NAMED and meant is not None:
            found.append(dataclasses.replace(draft, kind=meant))
            continue
        if single and words:
            meant = draft.kind
        found.append(draft)
    return found
