"""A trained network kept whole, so that training can go on.

- ``tagger.safetensors`` holds the weights as they are, ``size.json`` the widths.
- Where only the shipped graphs are, their eight-bit weights are read back; that is a little coarser.
- What the export joined is taken apart: the network then computes what the graphs compute. The tables of distance,
  sentence and hint come back only up to what one of them can lend the others, since only their sums are in the graph.
- Only training needs this module, and torch with it.

Example::

    keep(model, folder); network(folder)  ->  the same network
"""

import dataclasses
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

from quoth.attribute.hints import HINTS
from quoth.attribute.net import Size, Tagger
from quoth.attribute.roles import DISTANCES, SENTENCES
from quoth.errors import AttributeRoomError

__all__ = ["keep", "network"]

_WEIGHTS, _SIZE = "tagger.safetensors", "size.json"
_Array = NDArray[Any]
_JOINED = {
    "threes": ("encoder.layers.{}.query", "encoder.layers.{}.key", "encoder.layers.{}.value"),
    "projected": ("pairs.piece", "pairs.both"),
    "at": ("pairs.anchor", "pairs.gate"),
}
"""What the export joins, output by output, and its parts in their order; the number is that of the layer."""
_QUIETED = {"ups": "encoder.layers.{}.up", "downs": "encoder.layers.{}.down"}
"""What the export divides among a product and the factors of its input."""


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
    except (OSError, ValueError, LookupError, TypeError, RuntimeError, SafetensorError, DecodeError) as err:
        raise AttributeRoomError(
            f"no network to go on from in {folder.name}: {str(err).splitlines()[0]}",
            hint="give weights that quoth train wrote, or leave --from out",
        ) from err
    return model


def _from_graphs(folder: pathlib.Path) -> dict[str, torch.Tensor]:
    found: dict[str, _Array] = {}
    for name in ("encoder.onnx", "pairs.onnx"):
        found.update(_weights(_Graph.of(onnx.load(str(folder / name)).graph)))
    return {name: torch.from_numpy(np.array(value, dtype=np.float32)) for name, value in _apart(found)}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Graph:
    """A graph's nodes, what each name in it was made by, and its arrays."""

    nodes: tuple[Any, ...]
    made: dict[str, Any]
    held: dict[str, _Array]

    @classmethod
    def of(cls, graph: Any) -> "_Graph":
        return cls(
            nodes=tuple(graph.node),
            made={output: node for node in graph.node for output in node.output},
            held={one.name: numpy_helper.to_array(one) for one in graph.initializer},
        )

    def behind(self, name: str) -> str:
        """The name of the array that is behind a name: equal arrays are kept once, the others stand for them."""
        while name in self.made and self.made[name].op_type == "Identity":
            name = self.made[name].input[0]
        return name

    def whole(self, name: str) -> _Array:
        """An array as numbers, whether it was made eight-bit or not."""
        name = self.behind(name)
        plain = name.removesuffix("_quantized")
        if plain == name:
            return self.held[name]
        zero = self.held[plain + "_zero_point"].astype(np.float32)
        numbers: _Array = (self.held[name].astype(np.float32) - zero) * self.held[plain + "_scale"]
        return numbers

    def multiplied(self, name: str) -> _Array:
        """The eight-bit weights, [inputs, outputs], whose product, brought back to its scale, is ``name``."""
        node = self.made[name]
        while node.op_type in ("Mul", "Cast"):
            node = self.made[node.input[0]]
        if node.op_type != "MatMulInteger":
            raise ValueError(f"{name} is no eight-bit product")
        return self.whole(node.input[1])


def _weights(graph: _Graph) -> Iterator[tuple[str, _Array]]:
    """Weights by the names that the export had for them."""
    for node in graph.nodes:
        if node.op_type == "Gather" and graph.behind(node.input[0]) in graph.held:
            yield node.input[0].removesuffix("_quantized"), graph.whole(node.input[0])
        elif node.op_type == "LayerNormalization":
            yield from ((name, graph.whole(name)) for name in node.input[1:])
        elif node.op_type == "Mul":
            yield from ((name, graph.whole(name)) for name in node.input if name.endswith(".quiet"))
        elif node.op_type in ("Conv", "Add"):
            yield from _biased(graph, node)


def _biased(graph: _Graph, node: Any) -> Iterator[tuple[str, _Array]]:
    """Weights and what is added to their product: only that has kept its name."""
    for at, name in enumerate(node.input):
        if not name.endswith(".bias"):
            continue
        if node.op_type == "Conv":
            weight = graph.whole(node.input[1])
            weight = weight.reshape(*weight.shape[:2], -1)  # it may be one over a picture, one high
        else:
            weight = graph.multiplied(node.input[1 - at]).T
        yield name, graph.whole(name)
        yield name.removesuffix("bias") + "weight", weight


def _apart(found: dict[str, _Array]) -> Iterator[tuple[str, _Array]]:
    """What the export joined, by the network's own names; graphs of before the joining have these already."""
    for given, value in found.items():
        name = given.removeprefix("model.")
        module, _, kind = name.rpartition(".")
        first, _, rest = module.partition(".")
        number = rest.partition(".")[0]
        if name == "near":
            yield from _tables(value)
        elif first in _JOINED:
            parts = _JOINED[first]
            for part, own in zip(parts, np.split(value, len(parts)), strict=True):
                yield f"{part.format(number)}.{kind}", own
        elif first in _QUIETED:
            if kind != "quiet":
                own = value * found[f"{first}.{number}.quiet"] if kind == "weight" else value
                yield f"{_QUIETED[first].format(number)}.{kind}", own
        else:
            yield name, value


def _tables(near: _Array) -> Iterator[tuple[str, _Array]]:
    """The tables whose sums ``near`` holds, a row each for every distance, sentence and hint.

    The means of the sums along each axis: those of sentence and hint are zero in the middle, the rest is in distance.
    """
    sums = near.astype(np.float64).reshape(DISTANCES, SENTENCES, HINTS, -1)
    middle = sums.mean((0, 1, 2))
    yield "pairs.distance.weight", sums.mean((1, 2))
    yield "pairs.sentence.weight", sums.mean((0, 2)) - middle
    yield "pairs.hint.weight", sums.mean((0, 1)) - middle
