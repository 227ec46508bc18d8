"""The trained network as two graphs with eight-bit weights.

- One graph reads a window, the other gives roles for its anchors; nothing of torch is left in them.
- Matrix products and the table of words are eight-bit, by channel; all else stays as it was.
- A product whose input has a few channels far louder than the rest gets them quieter, and their weights louder: eight
  bits are then spent on all channels. How loud a channel is, pieces at random tell well enough.
- The graphs compute what the network computes, in the shape that the runtime does fastest: see decision 0008, "Speed".

Example::

    export(model, pathlib.Path("weights"))  ->  writes encoder.onnx and pairs.onnx
"""

import os
import pathlib
import tempfile
import warnings
from typing import Any

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before the import below: see tagger

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

from quoth.attribute.hints import HINTS
from quoth.attribute.net import Tagger
from quoth.attribute.roles import ROLES, SENTENCES

__all__ = ["export"]


_RUNTIME = "com.microsoft"
"""The runtime's own set of operators."""
_LOUD = 2.0
"""A channel is loud above so many times the middle one."""
_COMMON = (1996, 8000)
"""Pieces of the vocabulary that are common whole words, from and to."""
_CLS, _SEP, _SHOWN = 101, 102, 200


def _joined(*parts: nn.Linear) -> nn.Linear:
    """Several linear maps of one input as one: a product of twice the width costs less than two."""
    whole = nn.Linear(parts[0].in_features, sum(part.out_features for part in parts))
    with torch.no_grad():
        whole.weight.copy_(torch.cat([part.weight for part in parts]))
        whole.bias.copy_(torch.cat([part.bias for part in parts]))
    return whole


class _Quieted(nn.Module):
    """A linear map of an input whose loud channels are made quieter first."""

    def __init__(self, whole: nn.Linear, loudest: Tensor) -> None:
        super().__init__()
        loud = (loudest / (_LOUD * loudest.median())).clamp(min=1.0)
        self.quiet = nn.Parameter(1.0 / loud)
        self.whole = nn.Linear(whole.in_features, whole.out_features)
        with torch.no_grad():
            self.whole.weight.copy_(whole.weight * loud)
            self.whole.bias.copy_(whole.bias)

    def forward(self, x: Tensor) -> Tensor:
        return self.whole(x * self.quiet)  # type: ignore[no-any-return]


def _loudest(model: Tagger) -> dict[nn.Module, Tensor]:
    """For the products of each layer's inner part, the greatest size of each input channel over pieces at random."""
    found: dict[nn.Module, Tensor] = {}

    def note(part: nn.Module, given: tuple[Tensor, ...], _: Tensor) -> None:
        loud = given[0].abs().amax((0, 1))
        found[part] = torch.maximum(loud, found[part]) if part in found else loud

    layers: Any = model.encoder.layers
    parts = [part for layer in layers for part in (layer.up, layer.down)]
    hooks = [part.register_forward_hook(note) for part in parts]
    chance = torch.Generator().manual_seed(1)
    shape = (8, _SHOWN)
    ids = torch.randint(*_COMMON, shape, generator=chance)
    ids[:, 0] = _CLS
    ids[:, _SHOWN // 3 - 1 :: _SHOWN // 3] = _SEP
    looks = [torch.randint(0, values, shape, generator=chance) for values in (4, 3, HINTS - 1)]
    with torch.no_grad():
        model.encoder(ids, *looks, torch.ones(shape))
    for hook in hooks:
        hook.remove()
    return found


class _Attention(torch.autograd.Function):
    """Attention over one row without a mask, written as the runtime's own operator for it."""

    @staticmethod
    def forward(_: Any, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        """[1, T, wide] each; the same."""
        q, k, v = (part.view(1, part.shape[1], heads, -1).transpose(1, 2) for part in (query, key, value))
        return functional.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(query.shape)

    @staticmethod
    def symbolic(g: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        """How it stands in the graph."""
        seen = g.op(f"{_RUNTIME}::MultiHeadAttention", query, key, value, num_heads_i=heads)
        seen.setType(query.type())
        return seen


class _Reads(nn.Module):
    """The encoder, its heads, and what the pair head needs of every piece: for one window, with nothing masked."""

    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.encoder, self.wide, self.pair = model.encoder, model.size.wide, model.size.pair
        layers: Any = model.encoder.layers
        loudest = _loudest(model)
        self.threes: Any = nn.ModuleList(_joined(layer.query, layer.key, layer.value) for layer in layers)
        self.ups: Any = nn.ModuleList(_Quieted(layer.up, loudest[layer.up]) for layer in layers)
        self.downs: Any = nn.ModuleList(_Quieted(layer.down, loudest[layer.down]) for layer in layers)
        self.projected = _joined(model.pairs.piece, model.pairs.both)

    def forward(self, ids: Tensor, case: Tensor, quoted: Tensor, hints: Tensor) -> tuple[Tensor, ...]:
        encoder = self.encoder
        places = encoder.places(torch.arange(ids.shape[1]))
        x = encoder.norm(encoder.words(ids) + places[None] + encoder.looks(case * 3 + quoted) + encoder.hints(hints))
        layers: Any = encoder.layers
        for layer, three, up, down in zip(layers, self.threes, self.ups, self.downs, strict=True):
            seen = _Attention.apply(*three(x).split(self.wide, -1), layer.heads)  # type: ignore[no-untyped-call]
            x = layer.first(x + layer.out(seen))
            x = layer.second(x + down(functional.gelu(up(x))))
        head = encoder.head(x)
        anchor, negative = torch.sigmoid(head[..., 0]), torch.sigmoid(head[..., 4])
        piece, both = self.projected(x).split(self.pair, -1)
        return x[0], anchor[0], torch.softmax(encoder.act(x), -1)[0], negative[0], piece[0], both[0]


class _Gives(nn.Module):
    """The pair head: one table for distance, sentence and hint, and each step's convolution over a picture."""

    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.pairs, self.pair = model.pairs, model.size.pair
        self.at = _joined(model.pairs.anchor, model.pairs.gate)
        distance, sentence, hint = (part.weight for part in (self.pairs.distance, self.pairs.sentence, self.pairs.hint))
        near = distance[:, None, None] + sentence[None, :, None] + hint[None, None]
        self.near = nn.Parameter(near.reshape(-1, self.pair))

    def forward(
        self, piece: Tensor, both: Tensor, at: Tensor, distance: Tensor, sentence: Tensor, hint: Tensor
    ) -> tuple[Tensor, Tensor]:
        anchor, gate = self.at(at).split(self.pair, -1)
        near = functional.embedding((distance * SENTENCES + sentence) * HINTS + hint, self.near)
        z = functional.gelu(both * gate[:, None] + (piece + anchor[:, None]) + near)
        steps: Any = self.pairs.steps
        for step in steps:
            z = z + step.mix(functional.gelu(_convolved(step.near, step.norm(z))))
        roles = torch.softmax(self.pairs.roles(z), -1)
        weight = roles[..., ROLES.index("source")]
        source = (weight[:, None] @ z)[:, 0] / (weight.sum(1, keepdim=True) + 0.1)
        return roles, torch.softmax(self.pairs.kind(torch.cat([source, functional.gelu(anchor)], -1)), -1)


def _convolved(near: nn.Conv1d, z: Tensor) -> Tensor:
    """The depthwise convolution of [A, T, pair] as one of a picture A high and T wide: pictures are read in blocks."""
    found = functional.conv2d(
        z[None].permute(0, 3, 1, 2),
        near.weight[:, :, None],
        near.bias,
        padding=(0, int(near.padding[0])),
        dilation=(1, near.dilation[0]),
        groups=near.groups,
    )
    return found.permute(0, 2, 3, 1)[0]


def export(model: Tagger, folder: pathlib.Path) -> None:
    """Writes ``encoder.onnx`` and ``pairs.onnx`` into ``folder``."""
    model = model.eval()
    folder.mkdir(parents=True, exist_ok=True)
    row = torch.ones((1, 9), dtype=torch.long)
    with tempfile.TemporaryDirectory() as held, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = pathlib.Path(held)
        torch.onnx.export(
            _Reads(model),
            (row, row, row, row),
            str(whole / "encoder.onnx"),
            input_names=["ids", "case", "quoted", "hints"],
            output_names=["vectors", "anchors", "acts", "negatives", "piece", "both"],
            dynamic_axes={name: {1: "pieces"} for name in ("ids", "case", "quoted", "hints")},
            opset_version=17,
            dynamo=False,
            custom_opsets={_RUNTIME: 1},
        )
        wide, pair = model.pairs.anchor.in_features, model.pairs.anchor.out_features
        buckets = torch.zeros((2, 9), dtype=torch.long)
        torch.onnx.export(
            _Gives(model),
            (torch.zeros(9, pair), torch.zeros(9, pair), torch.zeros(2, wide), buckets, buckets, buckets),
            str(whole / "pairs.onnx"),
            input_names=["piece", "both", "at", "distance", "sentence", "hint"],
            output_names=["roles", "types"],
            dynamic_axes={
                "piece": {0: "pieces"},
                "both": {0: "pieces"},
                "at": {0: "anchors"},
                "distance": {0: "anchors", 1: "pieces"},
                "sentence": {0: "anchors", 1: "pieces"},
                "hint": {0: "anchors", 1: "pieces"},
            },
            opset_version=17,
            dynamo=False,
        )
        for name in ("encoder.onnx", "pairs.onnx"):
            quantize_dynamic(
                whole / name,
                folder / name,
                op_types_to_quantize=["MatMul", "Gemm", "Gather"] if name.startswith("enc") else ["MatMul"],
                per_channel=True,
                weight_type=QuantType.QInt8,
                extra_options={"MatMulConstBOnly": True},
            )
