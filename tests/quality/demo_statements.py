"""How many of the demo's statements are found, and how rightly.

- A statement is found when its content's word Dice with the key is at least 0.8.
- It is found with its source when the sources' Dice is at least 0.5, or neither has one.
- Acts, polarity and source types are judged on the found ones only.

Example::

    for figure in statement_figures(case): print(figure.line())
"""

import dataclasses
from collections.abc import Iterator
from typing import Any

from quality.demo_case import DemoCase, Paired, Words, dice, key, words_in
from quoth.record.statement import AttributionChain, ChainLink, Statement

CONTENT = 0.8
SOURCE = 0.5
SILENT = ("decline", "no_response")


@dataclasses.dataclass
class Figure:
    """A measure: ``value`` in percent, or a count where ``counts`` is set; ``missing`` says what went wrong."""

    name: str
    hits: int = 0
    said: int = 0
    gold: int = 0
    counts: bool = False
    missing: list[str] = dataclasses.field(default_factory=list)

    @property
    def value(self) -> float:
        """F1 in percent (recall where nothing is said beside the key), or the count."""
        if self.counts:
            return float(self.hits)
        whole = self.said + self.gold
        return round(200 * self.hits / whole, 1) if whole else 0.0

    def add(self, hit: bool, what: str = "") -> None:
        """One more thing of the key, found or not."""
        self.said += 1
        self.gold += 1
        self.hits += hit
        if not hit:
            self.missing.append(what)

    def line(self) -> str:
        """The figure on one line."""
        if self.counts:
            return f"{self.name:<44}{self.hits:>7}"
        tail = f"{self.hits} of {self.gold}" + (f", {self.said} said" if self.said != self.gold else "")
        return f"{self.name:<44}{self.value:>7.1f}   {tail}"


@dataclasses.dataclass(frozen=True)
class Pair:
    """A statement of the key with the system's best partner for it."""

    document: Paired
    gold: dict[str, Any]
    mine: Statement
    overlap: float
    source: float

    @property
    def found(self) -> bool:
        return self.overlap >= CONTENT

    @property
    def whole(self) -> bool:
        return self.found and bool(self.mine.source) == bool(self.gold["source"]) and self.source >= SOURCE


def _of(case: DemoCase, document: Paired) -> list[Statement]:
    return [one for one in case.every(Statement) if one.rendition == document.rendition]


def pairs(case: DemoCase) -> Iterator[Pair]:
    """Each statement of the key with content, beside its partner: one to one, best content first."""
    for entry in key("statements.jsonl"):
        document = case.documents[entry["doc_id"]]
        gold = [(one, document.at(one["content"]), document.at(one["source"])) for one in entry["statements"]]
        mine = [(one, document.of(one.content), document.of(one.source)) for one in _of(case, document)]
        ranked = sorted(
            (-dice(content, theirs), -dice(source, who), i, j)
            for i, (_, content, source) in enumerate(mine)
            for j, (_, theirs, who) in enumerate(gold)
            if content & theirs
        )
        used: tuple[set[int], set[int]] = (set(), set())
        for content_dice, source_dice, i, j in ranked:
            if i not in used[0] and j not in used[1]:
                used[0].add(i)
                used[1].add(j)
                yield Pair(document, gold[j][0], mine[i][0], -content_dice, -source_dice)


def _quote(doc_id: str, one: dict[str, Any]) -> str:
    content = " … ".join(span["quote"] for span in one["content"])
    return f"{doc_id} {one['id']} ({one['act']}): {content[:70]}"


def _finding(case: DemoCase, paired: list[Pair]) -> list[Figure]:
    both, content = Figure("statements: who and what"), Figure("statements: content")
    forms = {form: Figure(f"statements: who and what, {form}") for form in ("direct", "indirect", "mixed")}
    for one in (one for document in case.documents.values() for one in _of(case, document) if one.content):
        both.said += 1
        content.said += 1
        forms[one.form.value].said += 1
    right = {(one.document.name, one.gold["id"]): one for one in paired if one.found}
    for entry in key("statements.jsonl"):
        for one in entry["statements"]:
            if not one["content"]:
                continue
            partner = right.get((entry["doc_id"], one["id"]))
            whole = partner is not None and partner.whole
            for figure, hit in ((both, whole), (content, partner is not None), (forms[one["form"]], whole)):
                figure.gold += 1
                figure.hits += hit
                if not hit:
                    figure.missing.append(_quote(entry["doc_id"], one))
    return [both, content, *forms.values()]


def _naming(paired: list[Pair]) -> list[Figure]:
    names = ("source, where content is found", "act", "polarity", "source type", "form")
    source, act, polarity, kind, form = (Figure(f"statements: {name}") for name in names)
    for one in paired:
        if not one.found:
            continue
        gold, mine, what = one.gold, one.mine, _quote(one.document.name, one.gold)
        source.add(one.whole, what)
        act.add(mine.act.value == gold["act"], f"{what}: {mine.act.value}")
        polarity.add(mine.polarity.value == gold["polarity"], what)
        kind.add(
            mine.source_type.value == gold["source_type"],
            f"{what}: {gold['source_type']}, not {mine.source_type.value}",
        )
        form.add(mine.form.value == gold["form"], f"{what}: {gold['form']}, not {mine.form.value}")
    return [source, act, polarity, kind, form]


def _link_fits(mine: ChainLink, gold: dict[str, Any], outermost: bool) -> bool:
    if outermost:
        return True
    if gold["source"] is None:
        return not mine.source
    names = key("parties.json")["parties"].get(gold["party"], {}).get("names", [])
    theirs, ours = words_in(gold["source"]), words_in(mine.source)
    named = any(set(words_in(name)) <= set(ours) for name in names)
    return bool(ours) and (named or dice(theirs, ours) >= SOURCE)


def _chains(case: DemoCase, paired: list[Pair]) -> Figure:
    figure = Figure("chains of three and more, whole")
    chains = {one.statement: one.links for one in case.every(AttributionChain)}
    right = {(one.document.name, one.gold["id"]): chains.get(one.mine.id, ()) for one in paired if one.found}
    for entry in key("statements.jsonl"):
        for one in entry["statements"]:
            if len(one["chain"]) >= 3:
                mine = right.get((entry["doc_id"], one["id"]), ())
                fits = len(mine) == len(one["chain"]) and all(
                    _link_fits(link, gold, place == 0)
                    for place, (link, gold) in enumerate(zip(mine, one["chain"], strict=True))
                )
                said = " ← ".join(link.source or "nobody" for link in mine) or "not found"
                figure.add(fits, f"{_quote(entry['doc_id'], one)}: {said}")
    return figure


def _unnamed(case: DemoCase) -> Figure:
    figure = Figure("unnamed sources recognised")
    for entry in key("statements.jsonl"):
        document = case.documents[entry["doc_id"]]
        mine = [document.of(one.source) for one in _of(case, document) if one.source_type.value == "unnamed"]
        gold: dict[Words, str] = {
            document.at(one["source"]): one["source"][0]["quote"]
            for one in entry["statements"]
            if one["source_type"] == "unnamed" and one["source"]
        }
        for words, quote in gold.items():
            figure.add(any(dice(words, other) >= SOURCE for other in mine), f"{entry['doc_id']}: {quote}")
    return figure


def _silences(case: DemoCase) -> Figure:
    figure = Figure("silences and refusals found")
    for entry in key("statements.jsonl"):
        document = case.documents[entry["doc_id"]]
        mine = [document.of(one.cue) for one in _of(case, document) if one.act.value in SILENT]
        for one in entry["statements"]:
            if one["act"] in SILENT:
                cue = document.at(one["cue"])
                cues = " ".join(span["quote"] for span in one["cue"])
                figure.add(any(cue & other for other in mine), f"{entry['doc_id']} {one['id']}: {cues}")
    return figure


def statement_figures(case: DemoCase) -> list[Figure]:
    """All figures about statements."""
    paired = list(pairs(case))
    return [*_finding(case, paired), *_naming(paired), _chains(case, paired), _unnamed(case), _silences(case)]
