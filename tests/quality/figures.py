"""What the statement engine is worth on marked texts: one table, for the bench, the floors and the model card.

    python tests/quality/figures.py dev --real        the development split, found texts only
    python tests/quality/figures.py test --rules      the blind split, by the rules alone

- *who+what*: content with word Dice of at least 0.8 and the right source (Dice 0.5, or none on both sides).
- Headline figures count outermost statements on both sides, as the field's kept-back sets do.
- Acts, polarity, source types and addressees are counted over the contents that were found.
"""

import argparse
import collections
import dataclasses
import pathlib
import re
import sys
from collections.abc import Callable, Iterable

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training"))

from corpora import is_real, read_split  # noqa: E402

from quoth.attribute import measure  # noqa: E402
from quoth.attribute.engine import attribute_text  # noqa: E402
from quoth.attribute.marked import MarkedStatement, MarkedText  # noqa: E402
from quoth.attribute.tagged import shipped  # noqa: E402
from quoth.record.statement import Polarity, Statement  # noqa: E402

__all__ = ["Figures", "Item", "count", "engine", "figures", "items_marked", "items_of", "rules", "table"]

_WORD = re.compile(r"\w+")
_BINS = 10


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Item:
    """One statement as sets of word places; what is not known is empty."""

    content: frozenset[int]
    cue: frozenset[int]
    source: frozenset[int]
    addressee: frozenset[int] = frozenset()
    act: str = ""
    type: str = ""
    negative: bool = False
    form: str = ""
    sure: float = 0.0


def _words(text: str, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(match.start() for start, end in spans for match in _WORD.finditer(text, start, end))


def _quoted(text: str) -> bytearray:
    """A mask of the characters inside double quotation marks, paragraph by paragraph, as the field's scorer counts."""
    mask, inside = bytearray(len(text)), False
    for place, sign in enumerate(text):
        if sign == "\n":
            inside = False
        elif sign in "“„":
            inside = True
        elif sign == "”":
            inside = False
        elif sign in '"«»':
            inside = not inside
        elif inside:
            mask[place] = 1
    return mask


def _form(mask: bytearray, words: frozenset[int]) -> str:
    share = sum(mask[place] for place in words) / len(words) if words else 0.0
    return "direct" if share >= 0.9 else "mixed" if share else "indirect"


def items_marked(marked: MarkedText, *, outermost: bool = True) -> list[Item]:
    """The statements of a marked text."""
    mask = _quoted(marked.text)

    def item(one: MarkedStatement) -> Item:
        content = _words(marked.text, one.content)
        return Item(
            content=content,
            cue=_words(marked.text, one.cue),
            source=_words(marked.text, one.source),
            addressee=_words(marked.text, one.addressee),
            act=one.act,
            type=one.type or ("none" if not one.source else ""),
            negative=one.negative,
            form=_form(mask, content),
        )

    kept = [item(one) for one in marked.statements if not (outermost and one.within is not None)]
    return [one for one in kept if one.content]


def items_of(text: str, statements: Iterable[Statement], *, outermost: bool = True) -> list[Item]:
    """The statements of records; ``outermost`` drops those that stand whole in another's content."""
    mask = _quoted(text)

    def spans(parts: object) -> frozenset[int]:
        return _words(text, [(part.start, part.end) for part in parts])  # type: ignore[attr-defined]

    found = []
    for one in statements:
        content = spans(one.content)
        found.append(
            Item(
                content=content,
                cue=spans(one.cue),
                source=spans(one.source),
                addressee=spans(one.addressee),
                act=one.act.value,
                type=one.source_type.value,
                negative=one.polarity is Polarity.NEGATIVE,
                form=_form(mask, content),
                sure=one.confidence / 1000,
            )
        )
    found = [one for one in found if one.content]
    if not outermost:
        return found
    return [found[index] for index in measure.outside([_sets(one) for one in found])]


def _sets(one: Item) -> measure.Sets:
    return one.content, one.cue, one.source


def matches(found: list[Item], gold: list[Item]) -> list[tuple[int, int, bool]]:
    """Pairs whose contents agree, each used once, and whether the source is right as well."""
    mine, theirs = [_sets(one) for one in found], [_sets(one) for one in gold]
    return [
        (i, j, measure.same_who(mine[i], theirs[j]))
        for i, j in measure.paired(mine, theirs)
        if measure.same_what(mine[i], theirs[j])
    ]


@dataclasses.dataclass(slots=True)
class Figures:
    """Counts over some texts; ``share`` and ``f1`` give percents."""

    counts: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    tiers: list[tuple[float, bool]] = dataclasses.field(default_factory=list)

    def f1(self, name: str, part: str = "all") -> float:
        """F1 in percent of ``who+what`` or ``content``, for all or one form, act or type."""
        whole = self.counts[f"found {part}"] + self.counts[f"gold {part}"]
        return (
            100 * (self.counts[f"{name} found {part}"] + self.counts[f"{name} gold {part}"]) / whole if whole else 0.0
        )

    def precision(self, name: str, part: str = "all") -> float:
        """Precision in percent."""
        whole = self.counts[f"found {part}"]
        return 100 * self.counts[f"{name} found {part}"] / whole if whole else 0.0

    def recall(self, name: str, part: str = "all") -> float:
        """Recall in percent."""
        whole = self.counts[f"gold {part}"]
        return 100 * self.counts[f"{name} gold {part}"] / whole if whole else 0.0

    def share(self, name: str) -> float:
        """Percent right, of the contents found."""
        return 100 * self.counts[f"{name} right"] / self.counts[f"{name} all"] if self.counts[f"{name} all"] else 0.0

    def tier(self, recall: float = 0.25) -> tuple[float, float, float]:
        """Precision of the surest statements at the least recall asked: precision, recall, confidence it takes."""
        gold, right = self.counts["gold all"], 0
        for number, (sure, ok) in enumerate(sorted(self.tiers, reverse=True), start=1):
            right += ok
            if gold and right / gold >= recall:
                return 100 * right / number, 100 * right / gold, sure
        return 0.0, 0.0, 0.0

    def error(self) -> float:
        """Expected calibration error over ten equal bins of confidence."""
        bins = collections.defaultdict(list)
        for sure, ok in self.tiers:
            bins[min(_BINS - 1, int(sure * _BINS))].append((sure, ok))
        return sum(abs(sum(sure for sure, _ in part) - sum(ok for _, ok in part)) for part in bins.values()) / max(
            1, len(self.tiers)
        )


def figures(texts: dict[str, MarkedText], find: Callable[[str], list[Statement]], *, outermost: bool = True) -> Figures:
    """Counts of what ``find`` finds in ``texts``."""
    result = Figures()
    for marked in texts.values():
        gold = items_marked(marked, outermost=outermost)
        found = items_of(marked.text, find(marked.text), outermost=outermost)
        count(result, found, gold)
    return result


def count(result: Figures, found: list[Item], gold: list[Item]) -> None:
    counts = result.counts
    for one in found:
        counts.update([f"found {part}" for part in ("all", one.form, f"act {one.act}", f"type {one.type}")])
    for one in gold:
        counts.update([f"gold {part}" for part in ("all", one.form, f"act {one.act}", f"type {one.type}")])
    right = set()
    for i, j, whole in matches(found, gold):
        mine, theirs = found[i], gold[j]
        for name in ("content", "who+what") if whole else ("content",):
            counts.update(
                [f"{name} found {part}" for part in ("all", mine.form, f"act {mine.act}", f"type {mine.type}")]
            )
            counts.update(
                [f"{name} gold {part}" for part in ("all", theirs.form, f"act {theirs.act}", f"type {theirs.type}")]
            )
        if whole:
            right.add(i)
        checks = {
            "source": whole,
            "polarity": mine.negative == theirs.negative,
            "exact": mine.content == theirs.content,
        }
        if theirs.act:
            checks["act"] = mine.act == theirs.act
        if theirs.type and whole:
            checks["type"] = mine.type == theirs.type
        if theirs.addressee:
            checks["addressee"] = measure.dice(mine.addressee, theirs.addressee) >= 0.5
        if theirs.negative:
            checks["negatives"] = mine.negative
        for name, ok in checks.items():
            counts[f"{name} all"] += 1
            counts[f"{name} right"] += ok
    result.tiers += [(one.sure, index in right) for index, one in enumerate(found)]


def engine(text: str) -> list[Statement]:
    """What ships finds."""
    return list(attribute_text(text, by=shipped()).statements)


def rules(text: str) -> list[Statement]:
    """What the rules alone find."""
    return list(attribute_text(text).statements)


def table(result: Figures, *, parts: bool = True) -> str:
    """The figures as lines of text."""
    lines = [
        (
            f"who+what   P {result.precision('who+what'):5.1f}  R {result.recall('who+what'):5.1f}  F1 {result.f1('who+what'):5.1f}"
            f"   ({result.counts['gold all']} marked, {result.counts['found all']} found)"
        ),
        (
            f"content    P {result.precision('content'):5.1f}  R {result.recall('content'):5.1f}  F1 {result.f1('content'):5.1f}"
            f"   exact {result.share('exact'):.1f}   source right, given content {result.share('source'):.1f}"
        ),
        (
            f"given content: act {result.share('act'):.1f}   polarity {result.share('polarity'):.1f}"
            f"   negatives {result.share('negatives'):.1f}   source type {result.share('type'):.1f}"
            f"   addressee {result.share('addressee'):.1f}"
        ),
    ]
    precision, recall, sure = result.tier()
    lines.append(
        f"surest: precision {precision:.1f} at recall {recall:.1f} (confidence {sure:.2f} and more)"
        f"   calibration error {result.error():.3f}"
    )
    if parts:
        lines += _parts(result)
    return "\n".join(lines)


def _parts(result: Figures) -> list[str]:
    lines = []
    names = sorted({key.removeprefix("gold ") for key in result.counts if key.startswith("gold ")} - {"all"})
    for name in [*(n for n in names if " " not in n), *(n for n in names if " " in n)]:
        lines.append(
            f"  {name:22} who+what F1 {result.f1('who+what', name):5.1f}  content recall {result.recall('content', name):5.1f}"
            f"   ({result.counts[f'gold {name}']} marked)"
        )
    return lines


def main() -> int:
    """Prints the table for one split."""
    parser = argparse.ArgumentParser(description="Figures of the statement engine on a split of the corpus.")
    parser.add_argument("split", choices=("train", "dev", "test"))
    parser.add_argument("--rules", action="store_true", help="by the rules alone")
    parser.add_argument("--real", action="store_true", help="found texts only")
    parser.add_argument("--written", action="store_true", help="written texts only")
    parser.add_argument("--all", action="store_true", help="nested statements too")
    parser.add_argument("--brief", action="store_true", help="without the parts")
    chosen = parser.parse_args()
    texts = read_split(chosen.split)
    texts = {
        k: v for k, v in texts.items() if not (chosen.real and not is_real(k)) and not (chosen.written and is_real(k))
    }
    result = figures(texts, rules if chosen.rules else engine, outermost=not chosen.all)
    print(table(result, parts=not chosen.brief))
    return 0


if __name__ == "__main__":
    sys.exit(main())
