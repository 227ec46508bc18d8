"""The tagger at run time: two graphs and a vocabulary.

- Weights, vocabulary and settings lie in ``weights/`` beside this module; nothing is fetched.
- One thread and one window at a time: the same text gives the same statements, on any number of cores.

Example::

    tagger = load(); tagger.read(text, paragraphs_of(text))  ->  readings in the order of the text
"""

import dataclasses
import json
import os
import pathlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

# The runtime's own wheel opens a channel for usage data when it is imported; it must be told before that.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as state

from quoth.attribute.decode import Found, Knobs, Scores, Span, decode
from quoth.attribute.drafts import Draft
from quoth.attribute.hints import Hints, Spread
from quoth.attribute.pieces import Window, windows
from quoth.attribute.quotes import pair_quotes
from quoth.attribute.roles import distance_buckets, sentence_buckets
from quoth.attribute.wordpiece import Vocabulary
from quoth.errors import AttributeRoomError

__all__ = ["WEIGHTS", "Tagger", "load"]

WEIGHTS = pathlib.Path(__file__).parent / "weights"
"""The folder of the weights that ship."""
_FILES = ("encoder.onnx", "pairs.onnx", "vocab.txt", "settings.json")
_BROKEN = (
    state.Fail,
    state.InvalidArgument,
    state.InvalidGraph,
    state.InvalidProtobuf,
    state.NoSuchFile,
    state.RuntimeException,
)
"""What the runtime raises for a graph that it cannot load: none of them is an error of Python's own kinds."""
_AT_ONCE = 4
"""Anchors given to the pair graph at once: what they need fits into a core's own memory."""
_SLOWER = ("SkipLayerNormFusion",)
"""What the runtime would do to a graph and had better not: its joined operator is slower than the two it replaces."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tagger:
    """A loaded model; ``threshold`` is the least probability of an anchor that is followed up.

    ``least`` is the least confidence, in thousandths, of a draft that is given.
    """

    encoder: Any
    pairs: Any
    vocabulary: Vocabulary
    threshold: float
    knobs: Knobs
    calibration: tuple[float, ...]
    least: int
    version: str

    def read(self, text: str, paragraphs: Iterable[Span], ruled: Sequence[Draft] = ()) -> list[Found]:
        """What is said in ``text``, in the order of its anchors; ``paragraphs`` are spans of characters, in order.

        ``ruled`` are the rules' drafts, as hints.
        """
        spread = Spread(ruled)
        spans = list(paragraphs)
        quotes = [(q.start, q.end) for s, e in spans for q in pair_quotes(text, s, e) if q.level == 0]
        found: list[Found] = []
        at = 0
        for window in windows(text, spans, self.vocabulary):
            real = window.starts >= 0
            low, high = int(window.starts[real].min()), int(window.ends.max())
            while at < len(quotes) and quotes[at][0] < low:
                at += 1
            inside = []
            for quote in quotes[at : at + 200]:
                if quote[1] > high:
                    break
                inside.append(quote)
            found.extend(decode(text, window, inside, self._scores(window, spread.hints(window)), self.knobs))
        return found

    def _scores(self, window: Window, hints: Hints) -> Scores:
        fed = {"ids": window.ids[None], "case": window.case[None], "quoted": window.quoted[None]}
        fed["hints"] = hints.pieces[None]
        vectors, anchors, acts, negatives, piece, both = self.encoder.run(None, fed)
        likely = (anchors >= self.threshold) & (window.starts >= 0)
        likely[1:] &= window.words[1:] != window.words[:-1]
        places = np.flatnonzero(likely)
        roles, types = [], []
        for first in range(0, len(places), _AT_ONCE):
            some = places[first : first + _AT_ONCE]
            answer = self.pairs.run(
                None,
                {
                    "piece": piece,
                    "both": both,
                    "at": vectors[some],
                    "distance": distance_buckets(some, len(window.ids)),
                    "sentence": sentence_buckets(some, window.sentences),
                    "hint": hints.rows(some),
                },
            )
            roles.append(answer[0])
            types.append(answer[1])
        return Scores(
            places=places,
            anchors=anchors[places],
            roles=np.concatenate(roles) if roles else np.zeros((0, len(window.ids), 1), dtype=np.float32),
            acts=acts[places],
            types=np.concatenate(types) if types else np.zeros((0, 1), dtype=np.float32),
            negatives=negatives[places],
        )


def load(folder: pathlib.Path = WEIGHTS) -> Tagger:
    """The model in ``folder``.

    Raises :class:`AttributeRoomError` when a file of it is missing or cannot be read.
    """
    missing = [name for name in _FILES if not (folder / name).is_file()]
    if missing:
        raise AttributeRoomError(
            f"The tagger's weights are not whole: {', '.join(missing)} missing.",
            hint="The plain rules work without them; make train-statements makes them anew.",
        )
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        sessions = [
            onnxruntime.InferenceSession(
                str(folder / name), options, providers=["CPUExecutionProvider"], disabled_optimizers=list(_SLOWER)
            )
            for name in _FILES[:2]
        ]
        return Tagger(
            encoder=sessions[0],
            pairs=sessions[1],
            vocabulary=Vocabulary.read(folder / "vocab.txt"),
            threshold=settings["threshold"],
            knobs=Knobs(**settings["knobs"]),
            calibration=tuple(settings["calibration"]),
            least=settings["least"],
            version=settings["version"],
        )
    except (ValueError, KeyError, TypeError, RuntimeError, OSError, *_BROKEN) as err:
        raise AttributeRoomError(
            f"The tagger's weights in {folder.name} cannot be read: {err}.",
            hint="Reinstall quoth, or make them anew with make train-statements.",
        ) from err
