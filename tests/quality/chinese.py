"""The Chinese scorer: who said what, every Han character a token.

- Gold is the corpus format of ``quoth.attribute.marked``; what is found is the records of the one door.
- *who+what*: content at character Dice of at least 0.8, and source Dice at least 0.5 (or none on both sides).
- *outermost* counts only what stands in no other statement, on both sides.

Run ``python tests/quality/chinese.py FOLDER [--half odd|even] [--errors]``: odd numbers are for work, even ones for
the total only.
"""

import argparse
import dataclasses
import pathlib
import re
import sys
from collections import Counter
from collections.abc import Iterable

from quoth.attribute.engine import attribute_text
from quoth.attribute.marked import MarkedText, read_marked
from quoth.record.statement import Polarity, Statement

Spans = tuple[tuple[int, int], ...]
_TOKEN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[^\W\u3400-\u4dbf\u4e00-\u9fff]+")
_OPENING = '“「『"《'
_FORMS = ("direct", "indirect", "mixed")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One statement, found or marked, in the shape that is compared."""

    source: Spans
    cue: Spans
    content: Spans
    addressee: Spans
    act: str
    type: str
    negative: bool
    nested: bool


@dataclasses.dataclass(slots=True)
class Tally:
    """Counts of one measure; the shares are in percent."""

    hits: int = 0
    found: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        return 100 * self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return 100 * self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 200 * self.hits / (self.found + self.gold) if self.found + self.gold else 0.0

    def add(self, *, found: bool, gold: bool, hit: bool) -> None:
        self.found += found
        self.gold += gold
        self.hits += hit


def tokens(text: str, spans: Spans) -> frozenset[int]:
    """Where the tokens of ``spans`` start: each Han character, each run of other letters and digits."""
    return frozenset(match.start() for start, end in spans for match in _TOKEN.finditer(text, start, end))


def dice(one: frozenset[int], other: frozenset[int]) -> float:
    """Dice of two token sets; 1 when both are empty."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


def pairs(text: str, found: tuple[Item, ...], gold: tuple[Item, ...]) -> list[tuple[float, int, int]]:
    """One-to-one partners by content, best first, ties by source."""
    mine = [tokens(text, item.content) for item in found]
    theirs = [tokens(text, item.content) for item in gold]
    ranked = sorted(
        (-dice(a, b), -dice(tokens(text, found[i].source), tokens(text, gold[j].source)), i, j)
        for i, a in enumerate(mine)
        for j, b in enumerate(theirs)
        if a & b
    )
    used_i: set[int] = set()
    used_j: set[int] = set()
    chosen = []
    for negative, _, i, j in ranked:
        if i not in used_i and j not in used_j:
            used_i.add(i)
            used_j.add(j)
            chosen.append((-negative, i, j))
    return chosen


def same_source(text: str, one: Item, other: Item) -> bool:
    """Whether both have no source, or sources that share half their tokens."""
    if not one.source or not other.source:
        return bool(one.source) == bool(other.source)
    return dice(tokens(text, one.source), tokens(text, other.source)) >= 0.5


def form_of(text: str, item: Item) -> str:
    """Direct where the content is a quotation, mixed where it holds one, else indirect."""
    whole = all(text[start] in _OPENING for start, _ in item.content)
    return "direct" if whole else "mixed" if any(m in text[s:e] for s, e in item.content for m in "“「") else "indirect"


def score(texts: dict[str, MarkedText], found: dict[str, tuple[Item, ...]]) -> dict[str, Tally]:
    """All measures by name; ``form …`` and ``type …`` are recall by what is marked, with precision by form."""
    tallies: dict[str, Tally] = {}
    for name, marked in texts.items():
        gold, mine = gold_of(marked), tuple(item for item in found.get(name, ()) if item.content)
        _score(tallies, marked.text, mine, gold, "")
        outer = tuple(item for item in mine if not item.nested), tuple(item for item in gold if not item.nested)
        _score(tallies, marked.text, *outer, "outermost ")
    return tallies


def _score(tallies: dict[str, Tally], text: str, mine: tuple[Item, ...], gold: tuple[Item, ...], kind: str) -> None:
    def tally(name: str) -> Tally:
        return tallies.setdefault(name, Tally())

    for name in ("who+what", "content"):
        tally(kind + name).found += len(mine)
        tally(kind + name).gold += len(gold)
    if not kind:
        for items, side in ((mine, "found"), (gold, "gold")):
            for item in items:
                for name in ("form " + form_of(text, item), "type " + (item.type or "none")):
                    setattr(tally(name), side, getattr(tally(name), side) + 1)
    for overlap, i, j in pairs(text, mine, gold):
        if overlap < 0.8:
            continue
        one, other = mine[i], gold[j]
        right = same_source(text, one, other)
        tally(kind + "content").hits += 1
        tally(kind + "who+what").hits += right
        if kind:
            continue
        tally("form " + form_of(text, other)).hits += right
        tally("type " + (other.type or "none")).hits += right
        tally("source, content found").add(found=True, gold=True, hit=right)
        tally("cue, content found").add(found=True, gold=True, hit=tokens(text, one.cue) == tokens(text, other.cue))
        tally("act, content found").add(found=True, gold=True, hit=one.act == other.act)
        tally("type, content found").add(found=True, gold=True, hit=one.type == (other.type or "none"))
        tally("polarity, content found").add(
            found=one.negative, gold=other.negative, hit=one.negative and other.negative
        )
        hit = bool(other.addressee) and dice(tokens(text, one.addressee), tokens(text, other.addressee)) >= 0.5
        tally("addressee, content found").add(found=bool(one.addressee), gold=bool(other.addressee), hit=hit)


def gold_of(marked: MarkedText) -> tuple[Item, ...]:
    """The marked statements that have a content."""
    return tuple(
        Item(
            source=item.source,
            cue=item.cue,
            content=item.content,
            addressee=item.addressee,
            act=item.act,
            type=item.type,
            negative=item.negative,
            nested=item.within is not None,
        )
        for item in marked.statements
        if item.content
    )


def items_of(statements: Iterable[Statement]) -> tuple[Item, ...]:
    """Records in the shape that is compared."""
    return tuple(
        Item(
            source=tuple((part.start, part.end) for part in item.source),
            cue=tuple((part.start, part.end) for part in item.cue),
            content=tuple((part.start, part.end) for part in item.content),
            addressee=tuple((part.start, part.end) for part in item.addressee),
            act=item.act.value,
            type=item.source_type.value,
            negative=item.polarity is Polarity.NEGATIVE,
            nested=bool(item.within),
        )
        for item in statements
    )


def read_corpus(folder: pathlib.Path, half: str = "") -> dict[str, MarkedText]:
    """The marked texts of ``folder`` by name; ``half`` keeps odd or even numbers."""
    found = {}
    for path in sorted(folder.glob("*.txt")):
        digits = re.match(r"\d+", path.name)
        odd = bool(digits) and int(digits[0]) % 2 == 1
        if not half or (half == "odd") == odd:
            found[path.stem] = read_marked(path.read_text(encoding="utf-8"))
    if not found:
        raise FileNotFoundError(f"no marked texts in {folder}")
    return found


def run(texts: dict[str, MarkedText]) -> dict[str, tuple[Item, ...]]:
    """What the rules find in each text."""
    return {name: items_of(attribute_text(item.text).statements) for name, item in texts.items()}


def show_errors(texts: dict[str, MarkedText], found: dict[str, tuple[Item, ...]]) -> None:
    """Prints what was missed and what was found beside, text by text."""
    for name, marked in texts.items():
        text, gold = marked.text, gold_of(marked)
        mine = tuple(item for item in found[name] if item.content)
        good: dict[int, int] = {
            j: i for overlap, i, j in pairs(text, mine, gold) if overlap >= 0.8 and same_source(text, mine[i], gold[j])
        }
        lines = [(item.content[0][0], "MISSED", item) for j, item in enumerate(gold) if j not in good]
        lines += [(item.content[0][0], "BESIDE", item) for i, item in enumerate(mine) if i not in good.values()]
        for _, label, item in sorted(lines, key=lambda line: line[:2]):
            words = ["/".join(text[s:e] for s, e in spans) for spans in (item.source, item.cue, item.content)]
            print(f"{name[:3]} {label} {words[0]} [{words[1]} {item.act}] {words[2]}")


def main() -> int:
    """Prints the figures of one folder."""
    parser = argparse.ArgumentParser(description="Score the Chinese rules on a folder of marked texts.")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--half", choices=["odd", "even"], default="")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    texts = read_corpus(options.folder, options.half)
    found = run(texts)
    if options.errors:
        show_errors(texts, found)
    tallies = score(texts, found)
    order = Counter(
        {name: -index for index, name in enumerate(sorted(tallies, key=lambda n: (n[:4] in ("form", "type"), n)))}
    )
    for name, _ in order.most_common():
        one = tallies[name]
        print(
            f"{name:28} P {one.precision:5.1f}  R {one.recall:5.1f}  F1 {one.f1:5.1f}  ({one.hits}/{one.found}/{one.gold})"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
