"""Fine-tuning: marked texts in, a folder of weights out.

- Begins at a network kept whole, else at the graphs that ship, else at the pretrained encoder.
- Knobs and calibration are those of the weights it began at; a new version names the new weights.
- Only training needs this module, and torch with it.

Example::

    tuned(taught, Plan(epochs=4), start=None, told=print)
"""

import dataclasses
import hashlib
import json
import logging
import pathlib
import shutil
from collections.abc import Callable, Iterable
from typing import Any

from quoth.attribute.checkpoint import keep, network
from quoth.attribute.engine import ruled
from quoth.attribute.export import export
from quoth.attribute.learn import Settings, train
from quoth.attribute.lessons import Lesson, lessons
from quoth.attribute.marked import MarkedText
from quoth.attribute.net import Tagger
from quoth.attribute.pretrained import encoder_files
from quoth.attribute.wordpiece import Vocabulary

__all__ = ["Plan", "lessons_of", "tuned", "write_weights"]

_PLAIN = {"threshold": 0.2, "knobs": {}, "calibration": [], "least": 0, "version": "new"}
"""Settings of weights that began at the encoder alone, with nothing fitted."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How long to train, from which seed."""

    epochs: float = 4.0
    seed: int = 7


def lessons_of(texts: Iterable[MarkedText]) -> list[Lesson]:
    """The windows of the texts with their answers, the rules' reading as hints."""
    vocabulary = Vocabulary.read(encoder_files().vocabulary)
    return [one for marked in texts for one in lessons(marked, vocabulary, ruled(marked.text))]


def tuned(
    taught: list[Lesson],
    plan: Plan,
    *,
    start: pathlib.Path | None,
    told: Callable[[int, int, float], None] | None = None,
) -> Tagger:
    """The network after ``taught``; ``start`` is a folder of weights, the pretrained encoder where there is none.

    ``told(step, steps, loss)`` is called after each step. The same lessons, plan and start give the same network on
    the same machine. Raises :class:`AttributeRoomError` where no network is in ``start``.
    """
    batch = max(2, min(Settings().batch, len(taught) // 8))
    settings = Settings(epochs=plan.epochs, seed=plan.seed, batch=batch)
    if start is None:
        return train(taught, settings, encoder=encoder_files().weights, told=told)
    slower = dataclasses.replace(settings, encoder_rate=5e-5, head_rate=3e-4)
    return train(taught, slower, start=network(start), told=told)


def write_weights(model: Tagger, folder: pathlib.Path, start: pathlib.Path | None) -> str:
    """Writes everything but the card into ``folder``; gives the version of the new weights."""
    _quietly(export, model, folder)
    keep(model, folder)
    shutil.copyfile(encoder_files().vocabulary, folder / "vocab.txt")
    settings: dict[str, Any] = dict(_PLAIN)
    if start is not None:
        settings |= json.loads((start / "settings.json").read_text(encoding="utf-8"))
    whole = hashlib.sha256()
    for name in ("encoder.onnx", "pairs.onnx"):
        whole.update((folder / name).read_bytes())
    settings["version"] = f"{str(settings['version']).partition('+')[0]}+{whole.hexdigest()[:12]}"
    (folder / "settings.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    return str(settings["version"])


def _quietly(work: Callable[[Tagger, pathlib.Path], None], model: Tagger, folder: pathlib.Path) -> None:
    """Without the advice that the quantiser logs for other kinds of network."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        work(model, folder)
    finally:
        logging.disable(before)
