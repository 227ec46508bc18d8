"""The trained network as two graphs with eight-bit weights.

- One graph reads a window, the other gives roles for its anchors; nothing of torch is left in them.
- Matrix products and the table of words are eight-bit, by channel; all else stays as it was.

Example::

    export(model, pathlib.Path("weights"))  ->  writes encoder.onnx and pairs.onnx
"""

import os
import pathlib
import tempfile
import warnings

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before the import below: see tagger

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from quoth.attribute.net import Tagger

__all__ = ["export"]


class _Reads(nn.Module):
    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, case: Tensor, quoted: Tensor, hints: Tensor) -> tuple[Tensor, ...]:
        mask = torch.ones(ids.shape)
        x, anchor, _, acts, negative = self.model.encoder(ids, case, quoted, hints, mask)
        piece, both = self.model.pairs.projected(x)
        return x[0], torch.sigmoid(anchor)[0], torch.softmax(acts, -1)[0], torch.sigmoid(negative)[0], piece[0], both[0]


class _Gives(nn.Module):
    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, piece: Tensor, both: Tensor, at: Tensor, distance: Tensor, sentence: Tensor, hint: Tensor
    ) -> tuple[Tensor, Tensor]:
        roles, types = self.model.pairs(piece[None], both[None], at, (distance, sentence, hint))
        return torch.softmax(roles, -1), torch.softmax(types, -1)


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
