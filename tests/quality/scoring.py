"""Marked texts and measures for statements: who said what.

- A marked text carries tags ``<s1>``, ``<c1>``, ``<t1>``, ``<a1>``: source, cue, content, addressee
  of statement 1; ``<s1,2>`` is shared; ``<c1 deny ->`` adds the act and a minus for negative;
  ``<s1 unnamed>`` adds the source type. Lines that begin with ``#`` are remarks.
- All measures compare word tokens, so marks and spaces at the edges cost nothing.
- *who+what*: content with word Dice of at least 0.8, and the right source (Dice at least 0.5, or none on both sides).

Example::

    >>> read_marked("<s1>He</s1> <c1 say>said</c1> <t1>no</t1>.").text
    'He said no.'
"""

import dataclasses
import pathlib
import re
from collections.abc import Iterable

from quoth.record.statement import Polarity, Statement

Spans = tuple[tuple[int, int], ...]
_TAG = re.compile(r"<(/?)([scta])([\d,]+)((?: [\w-]+)*)>")
_WORD = re.compile(r"\w+")


class MarkupError(ValueError):
    """The marked text contradicts itself; the message says where."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One statement: spans of each part; ``act`` and ``type`` are empty when not marked."""

    source: Spans = ()
    cue: Spans = ()
    content: Spans = ()
    addressee: Spans = ()
    act: str = ""
    type: str = ""
    negative: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MarkedText:
    """A text without its tags, and its statements."""

    text: str
    statements: tuple[Marked, ...]


_PART = {"s": "source", "c": "cue", "t": "content", "a": "addressee"}


def read_marked(marked: str) -> MarkedText:
    """Reads one marked text; raises :class:`MarkupError` for tags that do not pair or nest by number."""
    body = "\n".join(line for line in marked.splitlines() if not line.startswith("#")).strip()
    text, at = "", 0
    open_tags: dict[str, int] = {}
    spans: dict[int, dict[str, list[tuple[int, int]]]] = {}
    words: dict[int, dict[str, list[str]]] = {}
    for match in _TAG.finditer(body):
        text += body[at : match.start()]
        at = match.end()
        closing, letter, numbers, extra = match.groups()
        name = letter + numbers
        if not closing:
            if name in open_tags:
                raise MarkupError(f"<{name}> opens twice near {text[-40:]!r}")
            open_tags[name] = len(text)
        elif name not in open_tags:
            raise MarkupError(f"</{name}> closes nothing near {text[-40:]!r}")
        for number in map(int, numbers.split(",")):
            if closing:
                spans.setdefault(number, {}).setdefault(_PART[letter], []).append((open_tags[name], len(text)))
            elif extra:
                words.setdefault(number, {}).setdefault(letter, []).extend(extra.split())
        if closing:
            del open_tags[name]
    text += body[at:]
    if open_tags:
        raise MarkupError(f"never closed: {sorted(open_tags)}")
    if re.search(r"</?[a-z]", text):
        raise MarkupError(f"a tag was not understood: {re.search(r'</?[a-z][^>]*>?', text)!r}")
    return MarkedText(
        text=text,
        statements=tuple(_statement(number, spans[number], words.get(number, {})) for number in sorted(spans)),
    )


def _statement(number: int, parts: dict[str, list[tuple[int, int]]], words: dict[str, list[str]]) -> Marked:
    if "content" not in parts and "cue" not in parts:
        raise MarkupError(f"statement {number} has neither cue nor content")
    cue = words.get("c", [])
    return Marked(
        **{name: tuple(spans) for name, spans in parts.items()},
        act=next((word for word in cue if word != "-"), ""),
        negative="-" in cue,
        type=next(iter(words.get("s", [])), ""),
    )


def read_folder(folder: pathlib.Path) -> dict[str, MarkedText]:
    """All marked texts of a folder by name; raises :class:`MarkupError` naming the file."""
    found = {}
    for path in sorted(folder.glob("*.txt")):
        try:
            found[path.stem] = read_marked(path.read_text(encoding="utf-8"))
        except MarkupError as err:
            raise MarkupError(f"{path.name}: {err}") from err
    if not found:
        raise MarkupError(f"no marked texts in {folder}")
    return found


@dataclasses.dataclass(slots=True)
class Tally:
    """Counts of one measure; ``f1`` and the like are in percent."""

    hits: int = 0
    said: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        return 100 * self.hits / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        return 100 * self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 200 * self.hits / (self.said + self.gold) if self.said + self.gold else 0.0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The measures of one run: all in :class:`Tally`."""

    who_what: Tally
    content: Tally
    cue: Tally
    source_given_content: Tally
    direct: Tally
    indirect: Tally
    addressee: Tally
    negative: Tally
    act: Tally
    type: Tally


def words_of(text: str, spans: Spans) -> frozenset[int]:
    """Start offsets of the word tokens in ``spans``."""
    return frozenset(match.start() for start, end in spans for match in _WORD.finditer(text, start, end))


def dice(one: frozenset[int], other: frozenset[int]) -> float:
    """Word Dice; 1 when both are empty."""
    if not one and not other:
        return 1.0
    return 2 * len(one & other) / (len(one) + len(other))


def _pairs(text: str, found: tuple[Marked, ...], gold: tuple[Marked, ...]) -> list[tuple[float, int, int]]:
    """Best one-to-one partners by content, ties by source."""
    mine = [words_of(text, item.content) for item in found]
    theirs = [words_of(text, item.content) for item in gold]
    ranked = sorted(
        (-dice(a, b), -dice(words_of(text, found[i].source), words_of(text, gold[j].source)), i, j)
        for i, a in enumerate(mine)
        for j, b in enumerate(theirs)
        if a & b
    )
    used_i: set[int] = set()
    used_j: set[int] = set()
    pairs = []
    for negative, _, i, j in ranked:
        if i not in used_i and j not in used_j:
            used_i.add(i)
            used_j.add(j)
            pairs.append((-negative, i, j))
    return pairs


def _is_direct(text: str, item: Marked) -> bool:
    return bool(item.content) and text[item.content[0][0] : item.content[0][0] + 1] in tuple("“\"‘'„«")


def score(texts: dict[str, MarkedText], found: dict[str, tuple[Marked, ...]]) -> Score:
    """Compares what was found with what was marked, over all texts."""
    result = Score(**{field.name: Tally() for field in dataclasses.fields(Score)})
    for name, marked in texts.items():
        gold = tuple(item for item in marked.statements if item.content)
        mine = tuple(item for item in found.get(name, ()) if item.content)
        _score_text(result, marked.text, mine, gold)
    return result


def _score_text(result: Score, text: str, mine: tuple[Marked, ...], gold: tuple[Marked, ...]) -> None:
    for tally in (result.who_what, result.content):
        tally.said += len(mine)
        tally.gold += len(gold)
    for item in mine:
        (result.direct if _is_direct(text, item) else result.indirect).said += 1
    for item in gold:
        (result.direct if _is_direct(text, item) else result.indirect).gold += 1
    for overlap, i, j in _pairs(text, mine, gold):
        if overlap < 0.8:
            continue
        one, other = mine[i], gold[j]
        right = (
            bool(one.source) == bool(other.source)
            and dice(words_of(text, one.source), words_of(text, other.source)) >= 0.5
        )
        result.content.hits += 1
        result.who_what.hits += right
        (result.direct if _is_direct(text, other) else result.indirect).hits += right
        _add(result.source_given_content, said=True, gold=True, hit=right)
        _add(result.cue, said=True, gold=True, hit=words_of(text, one.cue) == words_of(text, other.cue))
        _add(
            result.addressee,
            said=bool(one.addressee),
            gold=bool(other.addressee),
            hit=bool(other.addressee) and dice(words_of(text, one.addressee), words_of(text, other.addressee)) >= 0.5,
        )
        _add(result.negative, said=one.negative, gold=other.negative, hit=one.negative and other.negative)
        if other.act:
            _add(result.act, said=True, gold=True, hit=one.act == other.act)
        if other.type:
            _add(result.type, said=True, gold=True, hit=one.type == other.type)


def _add(tally: Tally, *, said: bool, gold: bool, hit: bool) -> None:
    tally.said += said
    tally.gold += gold
    tally.hits += hit


def marked_of(statements: Iterable[Statement]) -> tuple[Marked, ...]:
    """Statement records in the shape that is scored."""
    return tuple(
        Marked(
            **{name: tuple((part.start, part.end) for part in getattr(item, name)) for name in _PART.values()},
            act=item.act.value,
            negative=item.polarity is Polarity.NEGATIVE,
            type=item.source_type.value,
        )
        for item in statements
    )
