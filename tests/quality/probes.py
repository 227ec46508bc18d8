"""Scores the probe sets: chains, denials, unnamed sources, the article's own voice.

    python tests/quality/probes.py [--rules]

What counts as right stands in ``probes/README.md``. Items are shown to the engine one by one.
"""

import dataclasses
import itertools
import pathlib
import re
import sys
from collections.abc import Callable, Iterator

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from figures import engine, rules  # noqa: E402

from quoth.attribute.engine import attribute_text  # noqa: E402
from quoth.attribute.marked import MarkedStatement, MarkedText, read_marked  # noqa: E402
from quoth.attribute.measure import dice  # noqa: E402
from quoth.attribute.tagged import shipped  # noqa: E402
from quoth.record.statement import Polarity, SourceType, Statement  # noqa: E402

__all__ = ["Probes", "items", "probes"]

_WORD = re.compile(r"\w+")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Probes:
    """All figures in percent."""

    chains_whole: float
    chains_but_one: float
    levels_found: float
    negatives_right: float
    positives_right: float
    not_found: float
    unnamed_recall: float
    unnamed_precision: float
    unnamed_not_found: float
    anonymity_found: float
    voice_precision: float
    voice_recall: float
    evaluative_recall: float


def items(name: str) -> Iterator[MarkedText]:
    """The items of one file, each a text of its own."""
    body = (HERE / "probes" / f"{name}.txt").read_text(encoding="utf-8")
    plain = "\n".join(line for line in body.split("\n") if not line.startswith("#"))
    for item in re.split(r"\n\s*\n", plain):
        if item.strip():
            yield read_marked(" ".join(item.split()))


def _words(text: str, spans) -> frozenset[int]:
    return frozenset(match.start() for start, end in spans for match in _WORD.finditer(text, start, end))


def _spans(parts) -> list[tuple[int, int]]:
    return [(part.start, part.end) for part in parts]


def _share(hits: float, of: float) -> float:
    return round(100 * hits / of, 1) if of else 0.0


def _longest(marked: MarkedText) -> list[MarkedStatement]:
    by_number = {one.number: one for one in marked.statements}
    best: list[MarkedStatement] = []
    for one in marked.statements:
        path = [one]
        while path[-1].within is not None:
            path.append(by_number[path[-1].within])
        if len(path) > len(best):
            best = path
    return best[::-1]


def _chain(marked: MarkedText, found: list[Statement]) -> tuple[int, int, bool]:
    """Levels found, levels marked, and whether those found are nested in the marked order."""
    text = marked.text
    chain = _longest(marked)
    matched: list[Statement | None] = []
    for level in chain:
        content, source = _words(text, level.content), _words(text, level.source)
        fits = [
            one
            for one in found
            if one not in matched
            and dice(_words(text, _spans(one.content)), content) >= 0.8
            and dice(_words(text, _spans(one.source)), source) >= 0.5
        ]
        cue = _words(text, level.cue)
        fits.sort(key=lambda one: -len(_words(text, _spans(one.cue)) & cue))
        matched.append(fits[0] if fits else None)
    by_id = {one.id: one for one in found}

    def inside(inner: Statement, outer: Statement) -> bool:
        at = inner
        while at.within:
            at = by_id[at.within]
            if at.id == outer.id:
                return True
        return False

    nested = all(a is None or b is None or inside(b, a) for a, b in itertools.pairwise(matched))
    return sum(one is not None for one in matched), len(chain), nested


def probes(find: Callable[[str], list[Statement]], voice: Callable[[str], object]) -> Probes:
    """Figures of ``find`` (statements) and ``voice`` (the outlet's own) on the four sets."""
    whole = but_one = levels = marked_levels = count = 0
    for marked in items("chains"):
        got, of, nested = _chain(marked, find(marked.text))
        count += 1
        levels += got
        marked_levels += of
        whole += got == of and nested
        but_one += got >= of - 1 and nested
    return Probes(
        chains_whole=_share(whole, count),
        chains_but_one=_share(but_one, count),
        levels_found=_share(levels, marked_levels),
        **_denials(find),
        **_unnamed(find),
        **_voice(voice),
    )


def _denials(find) -> dict[str, float]:
    tally = {"negative": [0, 0], "positive": [0, 0]}
    missed = total = 0
    for marked in items("denials"):
        found = [
            (_words(marked.text, _spans(one.cue)), _words(marked.text, _spans(one.content)), one.polarity)
            for one in find(marked.text)
        ]
        for one in marked.statements:
            cue, content = _words(marked.text, one.cue), _words(marked.text, one.content)
            total += 1
            near = [item for item in found if item[0] & cue] or [
                item for item in found if dice(item[1], content) >= 0.5
            ]
            if not near:
                missed += 1
                continue
            best = max(near, key=lambda item: dice(item[1], content))
            kind = "negative" if one.negative else "positive"
            tally[kind][0] += (best[2] is Polarity.NEGATIVE) == one.negative
            tally[kind][1] += 1
    return {
        "negatives_right": _share(*tally["negative"]),
        "positives_right": _share(*tally["positive"]),
        "not_found": _share(missed, total),
    }


def _unnamed(find) -> dict[str, float]:
    right = found_count = total = typed = typed_right = phrases = phrases_found = 0
    for marked in items("unnamed"):
        statements = find(marked.text)
        gold = {_words(marked.text, one.source): one.type for one in marked.statements if one.source}
        mine = {_words(marked.text, _spans(one.source)): one.source_type for one in statements if one.source}
        kept = frozenset().union(*[_words(marked.text, _spans(one.anonymity)) for one in statements])
        for source, kind in gold.items():
            near = [theirs for theirs in mine if dice(theirs, source) >= 0.5]
            if kind == "unnamed":
                total += 1
                found_count += bool(near)
                right += any(mine[theirs] is SourceType.UNNAMED for theirs in near)
        for source, kind in mine.items():
            near = [theirs for theirs in gold if dice(theirs, source) >= 0.5]
            if kind is SourceType.UNNAMED and near:
                typed += 1
                typed_right += any(gold[theirs] == "unnamed" for theirs in near)
        for span in {span for one in marked.statements for span in one.anonymity}:
            words = _words(marked.text, [span])
            phrases += 1
            phrases_found += len(words & kept) >= len(words) / 2
    return {
        "unnamed_recall": _share(right, found_count),
        "unnamed_precision": _share(typed_right, typed),
        "unnamed_not_found": _share(total - found_count, total),
        "anonymity_found": _share(phrases_found, phrases),
    }


def _voice(voice) -> dict[str, float]:
    called = outside_called = outside = judged = flagged = 0
    for marked in items("voice"):
        parts = ("source", "cue", "content", "addressee", "medium", "when", "place", "anonymity")
        taken = _words(
            marked.text, [span for one in marked.statements for part in parts for span in getattr(one, part)]
        )
        every = _words(marked.text, [(0, len(marked.text))])
        said = voice(marked.text)
        mine = _words(marked.text, _spans(said.extracts))
        judging = _words(marked.text, _spans(said.evaluative))
        theirs = _words(marked.text, marked.evaluative)
        called += len(mine)
        outside_called += len(mine - taken)
        outside += len(every - taken)
        judged += len(theirs)
        flagged += len(theirs & judging)
    return {
        "voice_precision": _share(outside_called, called),
        "voice_recall": _share(outside_called, outside),
        "evaluative_recall": _share(flagged, judged),
    }


def of_engine() -> Probes:
    """What ships."""
    return probes(engine, lambda text: attribute_text(text, by=shipped()).voice)


def of_rules() -> Probes:
    """The rules alone."""
    return probes(rules, lambda text: attribute_text(text).voice)


if __name__ == "__main__":
    result = of_rules() if "--rules" in sys.argv else of_engine()
    for field in dataclasses.fields(result):
        print(f"{field.name.replace('_', ' '):22} {getattr(result, field.name):5.1f}")
