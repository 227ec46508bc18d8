"""Trains the statement tagger from the corpus and the pretrained encoder, and writes what ships.

    python training/train_statements.py --out src/quoth/attribute/weights

- Stages, epochs and seed stand in ``recipe.toml``; the same machine gives the same weights again.
- Confidence is fitted and knobs are chosen on the dev split; the test split is not touched here.
- The last networks, as many as the recipe's ``average`` says, are averaged: weight by weight, one network comes of it.
- ``--checkpoint FILE`` keeps the network after each stage, before it is made small, and the average at the end.
- ``--from FILE`` starts at such a network and skips training; with ``--after K``, only the first K stages.
"""

import argparse
import hashlib
import json
import pathlib
import shutil
import sys
import time
import tomllib

import torch
from calibrate import fitted
from corpora import CORPUS, read_split

from quoth.attribute.engine import ruled
from quoth.attribute.export import export
from quoth.attribute.learn import Settings, train
from quoth.attribute.lessons import Lesson, lessons
from quoth.attribute.net import Size, Tagger
from quoth.attribute.pretrained import encoder_files
from quoth.attribute.wordpiece import Vocabulary

HERE = pathlib.Path(__file__).resolve().parent


def taught(folders: tuple[str, ...], vocabulary: Vocabulary) -> list[Lesson]:
    """The lessons of the training texts in ``folders``; a folder named twice counts twice."""
    found = []
    for folder in folders:
        for marked in read_split("train", only=(folder,)).values():
            found += lessons(marked, vocabulary, ruled(marked.text))
    return found


def trained(
    recipe: dict,
    vocabulary: Vocabulary,
    encoder: pathlib.Path,
    *,
    start: Tagger | None = None,
    after: int = 0,
    checkpoint: pathlib.Path | None = None,
) -> Tagger:
    """The average of the networks after the last stages of the recipe, on as many threads as there are cores.

    ``start`` is the network after the first ``after`` stages; after each stage the network goes to ``checkpoint``.
    """
    model = start
    ends: list[dict[str, torch.Tensor]] = []
    for number, stage in enumerate(recipe["stages"], start=1):
        if number <= after:
            continue
        lesson = taught(tuple(stage["folders"]), vocabulary)
        began = time.monotonic()

        def told(step: int, steps: int, loss: float, *, number: int = number, began: float = began) -> None:
            if step % 20 == 0 or step == steps:
                left = (time.monotonic() - began) / step * (steps - step)
                print(f"stage {number}: step {step} of {steps}, loss {loss:.3f}, {left / 60:.0f} min left", flush=True)

        print(
            f"stage {number}: {len(lesson)} windows, {sum(len(one.anchors) for one in lesson)} statements", flush=True
        )
        settings = Settings(**{key: value for key, value in stage.items() if key != "folders"})
        model = train(lesson, settings, encoder=encoder, start=model, told=told)
        ends.append({name: weight.clone() for name, weight in model.state_dict().items()})
        if checkpoint:
            torch.save(model.state_dict(), checkpoint)
    last = ends[-recipe.get("average", 1) :]
    if len(last) > 1:
        model.load_state_dict({name: sum(one[name] for one in last) / len(last) for name in last[0]})
        if checkpoint:
            torch.save(model.state_dict(), checkpoint)
    return model


def digest_of_corpus() -> str:
    """SHA-256 over the marked texts, so that a card can say what was trained on."""
    whole = hashlib.sha256()
    for path in sorted(CORPUS.rglob("*.txt")):
        whole.update(f"{path.relative_to(CORPUS).as_posix()}\0".encode() + path.read_bytes())
    return whole.hexdigest()


def main() -> int:
    """Trains, exports, fits, writes."""
    parser = argparse.ArgumentParser(description="Train the statement tagger.")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--recipe", type=pathlib.Path, default=HERE / "recipe.toml")
    parser.add_argument("--checkpoint", type=pathlib.Path)
    parser.add_argument("--from", dest="start", type=pathlib.Path)
    parser.add_argument("--after", type=int, help="with --from: how many stages that network has behind it")
    chosen = parser.parse_args()
    recipe = tomllib.loads(chosen.recipe.read_text(encoding="utf-8"))
    files = encoder_files()
    vocabulary = Vocabulary.read(files.vocabulary)
    model = None
    after = len(recipe["stages"]) if chosen.after is None else chosen.after
    if chosen.start:
        model = Tagger(Size())
        model.load_state_dict(torch.load(chosen.start))
    else:
        after = 0
    model = trained(recipe, vocabulary, files.weights, start=model, after=after, checkpoint=chosen.checkpoint)
    torch.set_num_threads(1)
    export(model, chosen.out)
    shutil.copyfile(files.vocabulary, chosen.out / "vocab.txt")
    settings = {"threshold": 0.2, "knobs": {}, "calibration": [], "least": 0, "version": recipe["version"]}
    (chosen.out / "settings.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    settings |= fitted(chosen.out, read_split("dev"))
    settings["least"] = min(settings["least"], recipe["most_least"])
    settings["corpus"] = digest_of_corpus()
    (chosen.out / "settings.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
