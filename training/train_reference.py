"""Fits the weights of "he" and "she" on documents with marked coreference.

- Reads GUM's open genres (CoNLL-U, entities in the MISC column) from a folder that is given.
- Candidates and features are those of the walk itself, with the statements that the rules find.
- Logistic choice among candidates, small ridge, whole thousandths: the same input gives the same weights.

Example::

    python training/train_reference.py FOLDER            # figures of the weights as they stand, held out and not
    python training/train_reference.py FOLDER --fit      # fitted weights, to be put into reference.toml
"""

import argparse
import bisect
import dataclasses
import gzip
import itertools
import pathlib
import re
from collections.abc import Iterator, Sequence

import numpy as np

from quoth.attribute import engine, reference, reference_ranking
from quoth.attribute.chain import enclosing
from quoth.attribute.cited import offers_and_handovers
from quoth.attribute.drafts import Span
from quoth.attribute.reading import read_document
from quoth.attribute.reference_ranking import FEATURES, Spot, features
from quoth.attribute.reference_roster import Entity
from quoth.attribute.sources import type_of

HELD_OUT = ("dev", "test")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A document with the chain of each mention: (start, end) → chain, heads not told."""

    name: str
    part: str
    genre: str
    text: str
    chains: dict[Span, str]


def parts_of(path: pathlib.Path) -> dict[str, str]:
    """Document → train, dev or test, from splits.txt."""
    found: dict[str, str] = {}
    part = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            part = line[3:].strip()
        elif line.strip().startswith("* "):
            found[line.strip()[2:].strip()] = part
    return found


def documents(folder: pathlib.Path) -> Iterator[Marked]:
    """Every document of the folder, paragraphs on lines of their own."""
    parts = parts_of(folder / "splits.txt")
    for path in sorted(folder.glob("*.conllu.gz")):
        lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
        starts = [number for number, line in enumerate(lines) if line.startswith("# newdoc")] + [len(lines)]
        for first, last in itertools.pairwise(starts):
            name = lines[first].split("=")[1].strip()
            yield document(name, parts.get(name, "train"), lines[first:last])


def document(name: str, part: str, lines: Sequence[str]) -> Marked:
    """One document from its CoNLL-U lines."""
    text = ""
    chains: dict[Span, str] = {}
    opened: list[tuple[str, int]] = []
    glue = True
    skip = 0
    for line in lines:
        if line.startswith("# newpar ") or line == "# newpar":
            text, glue = text.rstrip() + "\n", True
        columns = line.split("\t")
        if len(columns) < 10 or "." in columns[0]:
            continue
        if "-" in columns[0]:
            low, high = columns[0].split("-")
            skip = int(high) - int(low) + 1
            text += ("" if glue else " ") + columns[1]
            glue = "SpaceAfter=No" in columns[9]
            begin = len(text) - len(columns[1])
        elif skip:
            skip -= 1
        else:
            text += ("" if glue else " ") + columns[1]
            glue = "SpaceAfter=No" in columns[9]
            begin = len(text) - len(columns[1])
        _entities(columns[9], begin, len(text), opened, chains)
    return Marked(name=name, part=part, genre=name.split("_")[1], text=text.lstrip("\n"), chains=_moved(text, chains))


def _moved(text: str, chains: dict[Span, str]) -> dict[Span, str]:
    by = len(text) - len(text.lstrip("\n"))
    return {(start - by, end - by): chain for (start, end), chain in chains.items()}


def _entities(misc: str, begin: int, end: int, opened: list[tuple[str, int]], chains: dict[Span, str]) -> None:
    marks = next((one[len("Entity=") :] for one in misc.split("|") if one.startswith("Entity=")), "")
    for match in re.finditer(r"\(([^()]*)(\))?|([^()]*)\)", marks):
        if match.group(1) is not None:
            chain = match.group(1).split("-")[0]
            if match.group(2):
                chains[(begin, end)] = chain
            else:
                opened.append((chain, begin))
        else:
            chain = match.group(3)
            for index in range(len(opened) - 1, -1, -1):
                if opened[index][0] == chain:
                    chains[(opened.pop(index)[1], end)] = chain
                    break


def walked(one: Marked, watch: reference.Watch) -> list[tuple[Span, reference.Link]]:
    """The links of the sources of one document, as the engine would make them, with ``watch`` looking on."""
    plain = engine._plain(one.text, one.name)
    reading = read_document(plain)
    drafts = offers_and_handovers(reading)
    said = [
        reference.Said(
            source=draft.source,
            kind=draft.kind or type_of(one.text[slice(*draft.source)] if draft.source else "", ""),
            holder=holder,
            cue=(draft.cue or draft.content[0])[0],
        )
        for draft, holder in zip(drafts, enclosing(drafts), strict=True)
    ]
    layout = reference.Layout(
        paragraphs=[(region.start, region.end) for region in reading.regions],
        sentences=[span for region in reading.regions for span in region.sentences],
        quoted=reading.quoted,
    )
    links = reference.references(one.text, said, layout, watch=watch)
    return [(draft.source, link) for draft, link in zip(drafts, links, strict=True) if draft.source]


class Chains:
    """Which chain a span belongs to: that of the smallest mention around it that is not much longer."""

    def __init__(self, one: Marked) -> None:
        self._exact = one.chains
        self._sorted = sorted(one.chains)
        self._starts = [span[0] for span in self._sorted]

    def at(self, span: Span) -> str:
        """The chain at ``span``, or empty."""
        exact = self._exact.get(span)
        if exact:
            return exact
        best: tuple[int, str] = (4 * (span[1] - span[0]) + 60, "")
        index = bisect.bisect_right(self._starts, span[0]) - 1
        while index >= 0 and self._starts[index] > span[0] - 200:
            start, end = self._sorted[index]
            if end >= span[1] and end - start < best[0]:
                best = (end - start, self._exact[(start, end)])
            index -= 1
        return best[1]


@dataclasses.dataclass(slots=True)
class Lesson:
    """One pronoun: the features of each candidate, and which of them are right."""

    part: str
    genre: str
    rows: list[tuple[int, ...]]
    right: list[bool]
    chosen: int


def lessons(marked: Sequence[Marked]) -> list[Lesson]:
    """A lesson for each he and she whose antecedent is among the candidates, or is not."""
    found: list[Lesson] = []
    for one in marked:
        chains = Chains(one)

        def watch(
            span: Span,
            spot: Spot,
            recent: Sequence[Entity],
            ranking: Sequence[tuple[int, Entity]],
            one: Marked = one,
            chains: Chains = chains,
        ) -> None:
            chain = chains.at(span)
            if not chain or not ranking:
                return
            order = [entity for entity in recent if any(entity is other for _, other in ranking)]
            rows = [features(entity, spot, nearest=place == 0) for place, entity in enumerate(order)]
            right = [any(chains.at(form) == chain for form in entity.forms[:6]) for entity in order]
            chosen = next(place for place, entity in enumerate(order) if entity is ranking[0][1])
            if reference_ranking.share(ranking) < reference_ranking.BAR:
                chosen = -1
            found.append(Lesson(part=one.part, genre=one.genre, rows=rows, right=right, chosen=chosen))

        walked(one, watch)
    return found


def fitted(given: Sequence[Lesson], *, rounds: int = 1500, ridge: float = 0.02) -> dict[str, int]:
    """Weights in thousandths: the share of the right candidates is made as large as it can be."""
    usable = [one for one in given if any(one.right) and not all(one.right)]
    width = max(len(one.rows) for one in usable)
    rows = np.zeros((len(usable), width, len(FEATURES)))
    right = np.zeros((len(usable), width), dtype=bool)
    there = np.zeros((len(usable), width), dtype=bool)
    for index, one in enumerate(usable):
        rows[index, : len(one.rows)] = one.rows
        right[index, : len(one.rows)] = one.right
        there[index, : len(one.rows)] = True
    weights = np.zeros(len(FEATURES))
    for _ in range(rounds):
        scores = np.where(there, rows @ weights, -1e9)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        good = np.where(right, shares, 0.0)
        good /= good.sum(axis=1, keepdims=True)
        weights += 0.3 * (np.einsum("ijk,ij->k", rows, good - shares) / len(usable) - ridge * weights)
    return {name: round(1000 * float(value)) for name, value in zip(FEATURES, weights, strict=True)}


def judged(given: Sequence[Lesson], weights: dict[str, int] | None = None) -> tuple[int, int, int, int]:
    """Pronouns, with a right candidate, right, wrong: by the walk's own choice, or by ``weights``."""
    right = wrong = 0
    for one in given:
        place = one.chosen
        if weights is not None:
            scores = [sum(value * weights[name] for name, value in zip(FEATURES, row, strict=True)) for row in one.rows]
            place = scores.index(max(scores))
            shares = sum(np.exp((score - max(scores)) / 1000) for score in scores)
            place = place if 1000 / shares >= reference_ranking.BAR else -1
        right += place >= 0 and one.right[place]
        wrong += place >= 0 and not one.right[place]
    return len(given), sum(any(one.right) for one in given), right, wrong


def main() -> None:
    """Prints figures, and weights when asked to fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--fit", action="store_true")
    choice = parser.parse_args()
    marked = list(documents(choice.folder))
    given = lessons(marked)
    news = ("news", "interview")
    held = [one for one in given if one.part in HELD_OUT]
    groups = {
        "trained on": [one for one in given if one.part not in HELD_OUT],
        "held out": held,
        "held out, news and interviews": [one for one in held if one.genre in news],
        "all news and interviews": [one for one in given if one.genre in news],
    }
    weights = fitted(groups["trained on"]) if choice.fit else None
    for name, group in groups.items():
        print(name, "as it stands (all, reachable, right, wrong):", judged(group))
        if weights:
            print(name, "fitted:", judged(group, weights))
    for name, value in (weights or {}).items():
        print(f"{name} = {value}")


if __name__ == "__main__":
    main()
