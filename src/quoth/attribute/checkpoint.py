"""A trained network kept whole, so that training can go on.

- ``tagger.safetensors`` holds the weights as they are, ``size.json`` the widths.
- Where only the shipped graphs are, their eight-bit weights are read back; that is a little coarser.
- Only training needs this module, and torch with it.

Example::

    keep(model, folder); network(folder)  ->  the same network
"""

import json
import pathlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import onnx
import torch
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from numpy.typing import NDArray
from onnx import numpy_helper
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from quoth.attribute.net import Size, Tagger
from quoth.errors import AttributeRoomError

__all__ = ["keep", "network"]

_WEIGHTS, _SIZE = "tagger.safetensors", "size.json"
_Array = NDArray[Any]


def keep(model: Tagger, folder: pathlib.Path) -> None:
    """Writes the network into ``folder``, which is there."""
    save_file({name: value.contiguous() for name, value in model.state_dict().items()}, str(folder / _WEIGHTS))
    (folder / _SIZE).write_text(json.dumps(model.size.to_json()) + "\n", encoding="utf-8")


def network(folder: pathlib.Path) -> Tagger:
    """The network in ``folder``, kept whole or as graphs.

    Raises :class:`AttributeRoomError` where there is none, or one that does not fit.
    """
    try:
        size = Size()
        if (folder / _SIZE).is_file():
            size = Size.of_json(json.loads((folder / _SIZE).read_text(encoding="utf-8")))
        held = load_file(str(folder / _WEIGHTS)) if (folder / _WEIGHTS).is_file() else _from_graphs(folder)
        model = Tagger(size)
        model.load_state_dict(held)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError, DecodeError) as err:
        raise AttributeRoomError(
            f"no network to go on from in {folder.name}: {str(err).splitlines()[0]}",
            hint="give weights that quoth train wrote, or leave --from out",
        ) from err
    return model


def _from_graphs(folder: pathlib.Path) -> dict[str, torch.Tensor]:
    found: dict[str, _Array] = {}
    for name in ("encoder.onnx", "pairs.onnx"):
        found.update(_weights(onnx.load(str(folder / name)).graph))
    return {name: torch.from_numpy(np.array(value, dtype=np.float32)) for name, value in found.items()}


def _weights(graph: Any) -> Iterator[tuple[str, _Array]]:
    """Weights by their names in the network; a node's name says which of its modules it came from."""
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}

    def whole(name: str) -> _Array:
        """An array as numbers, whether it was made eight-bit or not."""
        plain = name.removesuffix("_quantized")
        if plain == name:
            return held[name]
        zero = held[plain + "_zero_point"].astype(np.float32)
        numbers: _Array = (held[name].astype(np.float32) - zero) * held[plain + "_scale"]
        return numbers

    for node in graph.node:
        module = _module(node.name)
        own = [name for name in node.input if name in held]
        if node.op_type == "MatMulInteger" and own:
            yield f"{module}.weight", whole(node.input[1]).T
        elif node.op_type == "Gather" and node.input[0] in held and "weight" in node.input[0]:
            yield f"{module}.weight", whole(node.input[0])
        elif node.op_type in ("LayerNormalization", "Conv"):
            yield f"{module}.weight", held[node.input[1]]
            yield f"{module}.bias", held[node.input[2]]
        elif node.op_type == "Add" and own and own[0].endswith(".bias"):
            yield f"{module}.bias", held[own[0]]


def _module(node: str) -> str:
    """``/encoder/layers.0/query/MatMul_quant`` is ``encoder.layers.0.query``; two of the pair head stand at the top."""
    path = ".".join(node.strip("/").split("/")[:-1])
    return f"pairs.{path}" if path in ("piece", "both") else path
