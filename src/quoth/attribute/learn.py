"""Training of the tagger, seeded, on whatever device there is.

- Seeded and in a fixed order: the same lessons give the same weights on the same machine.
- Anchors that the model wrongly sees are shown to the pair head as having no parts.
- The exported graphs hold eight-bit weights; running them needs no torch.

Example::

    model = train(lessons, Settings(epochs=8), encoder=weights); export(model, folder)
"""

import dataclasses
import pathlib
import random
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from quoth.attribute.hints import Hints
from quoth.attribute.lessons import Lesson
from quoth.attribute.net import Size, Tagger
from quoth.attribute.roles import distance_buckets, sentence_buckets

__all__ = ["Settings", "train"]

_MASK, _FIRST_WORD = 103, 1000
_WEIGHTS = torch.tensor([0.6, 1.5, 1.0, 1.5, 1.0, 1.0, 1.0, 1.0])
"""How much a wrong role costs, in the order of ``ROLES``."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to train; rates are the highest, reached after a tenth of the steps and falling to nothing."""

    epochs: float = 8.0
    batch: int = 6
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    masked: float = 0.06
    dropout: float = 0.1
    unhinted: float = 0.2
    """Share of lessons that are given without hints."""
    missed: float = 2.0
    """How much more a missed anchor costs than a false one."""
    wrong: int = 4
    """Wrong anchors shown for each window, at most."""
    seed: int = 7


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    ids: Tensor
    case: Tensor
    quoted: Tensor
    hints: Tensor
    given: tuple[Hints, ...]
    mask: Tensor
    anchor: Tensor
    tags: Tensor
    rows: Tensor
    places: Tensor
    roles: Tensor
    acts: Tensor
    types: Tensor
    negatives: Tensor
    sentences: Tensor


def train(
    lessons: Sequence[Lesson],
    settings: Settings,
    *,
    encoder: pathlib.Path | None = None,
    start: Tagger | None = None,
    told: Callable[[int, int, float], None] | None = None,
) -> Tagger:
    """A model that has seen ``lessons``; begins at ``start``, or at the pretrained ``encoder`` alone.

    ``told(step, steps, loss)`` is called after each step.
    """
    torch.manual_seed(settings.seed)
    chance = random.Random(settings.seed)  # noqa: S311  order of lessons, no secret
    model = start or Tagger(Size())
    if start is None and encoder is not None:
        model.load_encoder(encoder)
    model.train()
    model.encoder.words.weight.requires_grad_(False)  # noqa: FBT003  torch's own signature
    steps = max(1, int(settings.epochs * len(lessons) / settings.batch))
    groups = _groups(model, settings)
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=False)
    rates = [group["lr"] for group in optimiser.param_groups]
    for step, batch in zip(range(steps), _batches(lessons, settings, chance), strict=False):
        share = min(1.0, (step + 1) / (0.1 * steps)) * (1.0 - step / steps)
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * share
        loss = _loss(model, batch, settings)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        if told is not None:
            told(step + 1, steps, float(loss.detach()))
    model.eval()
    return model


def _groups(model: Tagger, settings: Settings) -> list[dict[str, object]]:
    slow: list[Tensor] = []
    fast: list[Tensor] = []
    for name, weight in model.named_parameters():
        new = name.startswith(("pairs.", "encoder.head", "encoder.act", "encoder.looks", "encoder.hints"))
        if weight.requires_grad:
            (fast if new else slow).append(weight)
    return [{"params": slow, "lr": settings.encoder_rate}, {"params": fast, "lr": settings.head_rate}]


def _batches(lessons: Sequence[Lesson], settings: Settings, chance: random.Random) -> Iterator[_Batch]:
    """Without end: each round in a new order, neighbours in a batch of like length."""
    while True:
        order = list(range(len(lessons)))
        chance.shuffle(order)
        chunks = [order[at : at + 40 * settings.batch] for at in range(0, len(order), 40 * settings.batch)]
        batches = []
        for chunk in chunks:
            chunk.sort(key=lambda index: len(lessons[index].window.ids))
            batches += [chunk[at : at + settings.batch] for at in range(0, len(chunk), settings.batch)]
        chance.shuffle(batches)
        for batch in batches:
            yield _batch([lessons[index] for index in batch], settings, chance)


def _batch(lessons: Sequence[Lesson], settings: Settings, chance: random.Random) -> _Batch:
    longest = max(len(lesson.window.ids) for lesson in lessons)

    def padded(rows: Sequence[np.ndarray]) -> Tensor:
        return torch.from_numpy(
            np.stack([np.pad(row, [(0, longest - len(row))] + [(0, 0)] * (row.ndim - 1)) for row in rows])
        )

    ids = padded([lesson.window.ids for lesson in lessons])
    given = tuple(
        Hints.none(len(lesson.window.ids)) if chance.random() < settings.unhinted else lesson.hints
        for lesson in lessons
    )
    draw = torch.from_numpy(np.random.default_rng(chance.getrandbits(32)).random(ids.shape))
    anchor = torch.zeros(ids.shape)
    for row, lesson in enumerate(lessons):
        anchor[row, torch.from_numpy(lesson.anchors)] = 1.0
    return _Batch(
        ids=torch.where((draw < settings.masked) & (ids >= _FIRST_WORD), _MASK, ids),
        case=padded([lesson.window.case for lesson in lessons]),
        quoted=padded([lesson.window.quoted for lesson in lessons]),
        hints=padded([hints.pieces for hints in given]),
        given=given,
        mask=padded([np.ones(len(lesson.window.ids), dtype=np.float32) for lesson in lessons]),
        anchor=anchor,
        tags=padded([lesson.tags for lesson in lessons]),
        rows=torch.tensor([row for row, lesson in enumerate(lessons) for _ in lesson.anchors], dtype=torch.long),
        places=torch.from_numpy(np.concatenate([lesson.anchors for lesson in lessons])),
        roles=torch.from_numpy(
            np.concatenate([np.pad(lesson.roles, [(0, 0), (0, longest - lesson.roles.shape[1])]) for lesson in lessons])
        ),
        acts=torch.from_numpy(np.concatenate([lesson.acts for lesson in lessons])),
        types=torch.from_numpy(np.concatenate([lesson.types for lesson in lessons])),
        negatives=torch.from_numpy(np.concatenate([lesson.negatives for lesson in lessons])),
        sentences=padded([lesson.window.sentences for lesson in lessons]),
    )


def _loss(model: Tagger, batch: _Batch, settings: Settings) -> Tensor:
    x, anchor, tags, acts, negative = model.encoder(batch.ids, batch.case, batch.quoted, batch.hints, batch.mask)
    x = functional.dropout(x, settings.dropout)
    keep = batch.mask
    found = functional.binary_cross_entropy_with_logits(
        anchor, batch.anchor, reduction="none", pos_weight=torch.tensor(settings.missed)
    )
    total: Tensor = 12.0 * (found * keep).sum() / keep.sum()
    plain = functional.binary_cross_entropy_with_logits(tags, batch.tags, reduction="none").mean(-1)
    total = total + 0.5 * (plain * keep).sum() / keep.sum()
    rows, places, roles, real = _with_wrong(anchor, batch, settings)
    if len(rows):
        logits, types = _paired(model, x, rows, places, batch)
        weight = _WEIGHTS[roles] * keep[rows]
        cost = functional.cross_entropy(logits.transpose(1, 2), roles, reduction="none")
        total = total + 2.0 * (cost * weight).sum() / weight.sum().clamp(min=1)
        if real:
            at = acts[batch.rows, batch.places]
            total = total + 0.15 * _known(at, batch.acts) + 0.15 * _known(types[:real], batch.types)
            total = total + 0.15 * functional.binary_cross_entropy_with_logits(
                negative[batch.rows, batch.places], batch.negatives.float()
            )
    return total


def _known(logits: Tensor, answers: Tensor) -> Tensor:
    if not bool((answers >= 0).any()):
        return logits.sum() * 0.0
    return functional.cross_entropy(logits, answers, ignore_index=-1)


def _with_wrong(anchor: Tensor, batch: _Batch, settings: Settings) -> tuple[Tensor, Tensor, Tensor, int]:
    """The true anchors, then those that the model wrongly sees, which have no parts."""
    with torch.no_grad():
        doubt = torch.sigmoid(anchor) * batch.mask * (1.0 - batch.anchor)
        wrong = (doubt > 0.1).nonzero()
        order = doubt[wrong[:, 0], wrong[:, 1]].argsort(descending=True)[: settings.wrong * len(batch.ids)]
        wrong = wrong[order]
    empty = torch.zeros((len(wrong), batch.ids.shape[1]), dtype=torch.long)
    return (
        torch.cat([batch.rows, wrong[:, 0]]),
        torch.cat([batch.places, wrong[:, 1]]),
        torch.cat([batch.roles, empty]) if len(batch.rows) else empty,
        len(batch.rows),
    )


def _paired(model: Tagger, x: Tensor, rows: Tensor, places: Tensor, batch: _Batch) -> tuple[Tensor, Tensor]:
    piece, both = model.pairs.projected(x)
    length = x.shape[1]
    distance = torch.from_numpy(distance_buckets(places.numpy(), length))
    sentence = torch.stack(
        [
            torch.from_numpy(sentence_buckets(np.array([place]), batch.sentences[row].numpy())[0])
            for row, place in zip(rows.tolist(), places.tolist(), strict=True)
        ]
    )
    hint = torch.zeros((len(rows), length), dtype=torch.long)
    for index, (row, place) in enumerate(zip(rows.tolist(), places.tolist(), strict=True)):
        own = batch.given[row].rows(np.array([place]))[0]
        hint[index, : len(own)] = torch.from_numpy(own)
    logits, types = model.pairs(piece[rows], both[rows], x[rows, places], (distance, sentence, hint))
    return logits, types
