"""The tagger's network: encoder, anchors, and roles for each anchor.

- The encoder is all-MiniLM-L6-v2; letter case and quotation depth are added to its input, from zero.
- Anchor head: is this piece the first of a cue (of a source, where there is no cue), with which act and polarity.
- Pair head: for one anchor, the role of each piece of the window; distance and sentence are known to it.
- Only training needs this module, and torch with it; the engine runs the exported graphs.

Example::

    Tagger(Size()).load_encoder(folder)
"""

import dataclasses
import pathlib
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from quoth.attribute.hints import HINTS
from quoth.attribute.roles import ACTS, DISTANCES, ROLES, SENTENCES, TYPES

__all__ = ["Encoder", "Pairs", "Size", "Tagger"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Widths and depths; those of the encoder are its own."""

    words: int = 30522
    places: int = 512
    wide: int = 384
    inner: int = 1536
    heads: int = 12
    layers: int = 6
    pair: int = 128
    convolutions: tuple[int, ...] = (1, 2, 4, 8)

    def to_json(self) -> dict[str, Any]:
        """The widths as plain values, for a file beside the weights."""
        return dataclasses.asdict(self) | {"convolutions": list(self.convolutions)}

    @classmethod
    def of_json(cls, value: dict[str, Any]) -> "Size":
        """The widths that :meth:`to_json` gave; raises TypeError or KeyError for others."""
        return cls(**value | {"convolutions": tuple(value["convolutions"])})


class _Layer(nn.Module):
    def __init__(self, size: Size) -> None:
        super().__init__()
        self.heads = size.heads
        self.query = nn.Linear(size.wide, size.wide)
        self.key = nn.Linear(size.wide, size.wide)
        self.value = nn.Linear(size.wide, size.wide)
        self.out = nn.Linear(size.wide, size.wide)
        self.first = nn.LayerNorm(size.wide, eps=1e-12)
        self.up = nn.Linear(size.wide, size.inner)
        self.down = nn.Linear(size.inner, size.wide)
        self.second = nn.LayerNorm(size.wide, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        rows, length, wide = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(rows, length, self.heads, wide // self.heads).transpose(1, 2)

        seen = functional.scaled_dot_product_attention(
            split(self.query(x)), split(self.key(x)), split(self.value(x)), attn_mask=mask
        )
        x = self.first(x + self.out(seen.transpose(1, 2).reshape(rows, length, wide)))
        return self.second(x + self.down(functional.gelu(self.up(x))))  # type: ignore[no-any-return]


class Encoder(nn.Module):
    """Pieces to vectors, anchors and plain tags.

    ``forward(ids, case, quoted, hints, mask)``: integers [B, T], mask 1 where there is a piece; gives
    vectors [B, T, 384], anchor logits [B, T], tag logits [B, T, 3] (cue, source, content), act logits
    [B, T, acts], negative logits [B, T].
    """

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.words = nn.Embedding(size.words, size.wide)
        self.places = nn.Embedding(size.places, size.wide)
        self.looks = nn.Embedding(12, size.wide)
        nn.init.zeros_(self.looks.weight)
        self.hints = nn.Embedding(HINTS, size.wide)
        nn.init.zeros_(self.hints.weight)
        self.norm = nn.LayerNorm(size.wide, eps=1e-12)
        self.layers = nn.ModuleList(_Layer(size) for _ in range(size.layers))
        self.head = nn.Linear(size.wide, 5)
        self.act = nn.Linear(size.wide, len(ACTS))

    def forward(
        self, ids: Tensor, case: Tensor, quoted: Tensor, hints: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """See the class."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.words(ids) + self.places(places)[None] + self.looks(case * 3 + quoted) + self.hints(hints))
        keep = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, keep)
        head = self.head(x)
        return x, head[..., 0], head[..., 1:4], self.act(x), head[..., 4]


class Pairs(nn.Module):
    """The role of each piece for each anchor, and the type of its source.

    ``forward(vectors [A, T, 384] of the anchor's window, its place [A], distance and sentence buckets [A, T])`` gives
    role logits [A, T, roles] and type logits [A, types].
    """

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.piece = nn.Linear(size.wide, size.pair)
        self.anchor = nn.Linear(size.wide, size.pair)
        self.both = nn.Linear(size.wide, size.pair)
        self.gate = nn.Linear(size.wide, size.pair)
        self.distance = nn.Embedding(DISTANCES, size.pair)
        self.sentence = nn.Embedding(SENTENCES, size.pair)
        self.hint = nn.Embedding(HINTS, size.pair)
        self.steps = nn.ModuleList(_Step(size.pair, reach) for reach in size.convolutions)
        self.roles = nn.Linear(size.pair, len(ROLES))
        self.kind = nn.Linear(2 * size.pair, len(TYPES))

    def projected(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """What is needed of every piece, once a window."""
        return self.piece(x), self.both(x)

    def forward(
        self, piece: Tensor, both: Tensor, at: Tensor, near: tuple[Tensor, Tensor, Tensor]
    ) -> tuple[Tensor, Tensor]:
        """See the class; ``piece`` and ``both`` come from :meth:`projected`, ``at`` is the anchor's vector [A, 384].

        ``near`` holds the buckets of distance and sentence and the hints, [A, T] each.
        """
        distance, sentence, hint = near
        anchor, gate = self.anchor(at), self.gate(at)
        z = piece + anchor[:, None] + both * gate[:, None] + self.distance(distance)
        z = z + self.sentence(sentence) + self.hint(hint)
        z = functional.gelu(z)
        for step in self.steps:
            z = step(z)
        roles = self.roles(z)
        weight = functional.softmax(roles, -1)[..., ROLES.index("source")]
        source = (z * weight[..., None]).sum(1) / (weight.sum(1, keepdim=True) + 0.1)
        return roles, self.kind(torch.cat([source, functional.gelu(anchor)], -1))


class _Step(nn.Module):
    """A depthwise convolution of width 5 with gaps of ``reach``, then a mix; added to what was there."""

    def __init__(self, wide: int, reach: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(wide)
        self.near = nn.Conv1d(wide, wide, 5, padding=2 * reach, dilation=reach, groups=wide)
        self.mix = nn.Linear(wide, wide)

    def forward(self, z: Tensor) -> Tensor:
        near = self.near(self.norm(z).transpose(1, 2)).transpose(1, 2)
        return z + self.mix(functional.gelu(near))  # type: ignore[no-any-return]


class Tagger(nn.Module):
    """Both parts together."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.size = size
        self.encoder = Encoder(size)
        self.pairs = Pairs(size)

    def load_encoder(self, weights: pathlib.Path) -> None:
        """Takes the pretrained encoder from a safetensors file of BERT's names."""
        held: dict[str, Any] = load_file(str(weights))
        held = {name.removeprefix("bert."): value for name, value in held.items()}
        encoder = self.encoder
        with torch.no_grad():
            encoder.words.weight.copy_(held["embeddings.word_embeddings.weight"])
            kinds = held["embeddings.token_type_embeddings.weight"]
            encoder.places.weight.copy_(held["embeddings.position_embeddings.weight"] + kinds[0])
            _copy(encoder.norm, held, "embeddings.LayerNorm")
            for number, layer in enumerate(encoder.layers):
                at = f"encoder.layer.{number}."
                for mine, theirs in _NAMES.items():
                    _copy(getattr(layer, mine), held, at + theirs)


_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "first": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "second": "output.LayerNorm",
}


def _copy(module: Any, held: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(held[name + ".weight"])
    module.bias.copy_(held[name + ".bias"])
