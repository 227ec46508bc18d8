"""A course of training: what teaches, what is held out, what results.

- Texts that share a longer paragraph stay on one side, so that nothing held out was ever taught.
- Chinese texts are left out: the tagger does not read them.
- Replayed texts keep what the network knew; those that share a paragraph with a held-out one are left out.

Example::

    divided(texts, share=0.2, seed=7).held  ->  ("a41c…", "f09e…")
"""

import dataclasses
import random
from collections.abc import Iterable, Mapping, Sequence

from quoth.attribute.chinese import is_chinese
from quoth.attribute.decided import rejected_in
from quoth.attribute.drafts import Finder
from quoth.attribute.engine import attribute_text
from quoth.attribute.marked import MarkedText
from quoth.attribute.measure import Tally, said_by, said_in, tally
from quoth.errors import AttributeRoomError

__all__ = ["Division", "Reading", "divided", "readings", "replayed"]

_LONG = 60
"""Characters from which a paragraph is a text's own."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """Names of the texts that teach, of those held out, and of those that are left out."""

    taught: tuple[str, ...]
    held: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a finder made of the held-out texts: a tally each, and rejected suggestions that it made again."""

    tallies: tuple[Tally, ...]
    rejected: int
    again: int


def _own(marked: MarkedText) -> frozenset[str]:
    """The paragraphs by which a text is known again; all of them where none is long."""
    lines = [" ".join(line.split()) for line in marked.text.split("\n") if line.strip()]
    return frozenset([line for line in lines if len(line) >= _LONG] or lines)


def _kin(texts: Mapping[str, MarkedText]) -> list[list[str]]:
    """Names of texts that share paragraphs, directly or through others, in the order of their first names."""
    groups: list[tuple[set[str], list[str]]] = []
    for name in sorted(texts):
        lines = set(_own(texts[name]))
        names = [name]
        apart = []
        for group in groups:
            if group[0] & lines:
                lines |= group[0]
                names = group[1] + names
            else:
                apart.append(group)
        groups = [*apart, (lines, names)]
    return sorted(sorted(names) for _, names in groups)


def divided(texts: Mapping[str, MarkedText], *, share: float, seed: int) -> Division:
    """Texts drawn by ``seed`` until the held-out ones are ``share`` of all, at least one and never all.

    Raises :class:`AttributeRoomError` for a share outside 0 to 1, and for texts that cannot be divided.
    """
    if not 0.0 < share < 1.0:
        raise AttributeRoomError(f"{share:g} cannot be held out", hint="a share between 0 and 1, such as 0.2")
    english = {name: one for name, one in texts.items() if not is_chinese(one.text[:400])}
    groups = _kin(english)
    if len(groups) < 2:
        raise AttributeRoomError(
            f"{len(english)} texts in English cannot be divided into some that teach and some held out",
            hint="at least two texts are needed that share no paragraph; decide suggestions of more documents",
        )
    random.Random(seed).shuffle(groups)  # noqa: S311  a draw of texts, no secret
    held: list[str] = []
    wanted = max(1, round(share * len(english)))
    for group in groups[:-1]:
        if len(held) >= wanted:
            break
        held += group
    return Division(
        taught=tuple(sorted(english.keys() - set(held))),
        held=tuple(sorted(held)),
        left_out=tuple(sorted(texts.keys() - english.keys())),
    )


def replayed(replay: Mapping[str, MarkedText], held: Iterable[MarkedText], *, most: int, seed: int) -> tuple[str, ...]:
    """Names of at most ``most`` texts of ``replay``, drawn by ``seed``, that share nothing with the held-out ones."""
    away = frozenset().union(*(_own(one) for one in held))
    names = [name for name in sorted(replay) if not (_own(replay[name]) & away or is_chinese(replay[name].text[:400]))]
    random.Random(seed).shuffle(names)  # noqa: S311  a draw of texts, no secret
    return tuple(sorted(names[:most]))


def readings(texts: Sequence[MarkedText], by: Finder | None) -> Reading:
    """What ``by``, or the rules alone, make of the texts, held against their marks."""
    tallies = []
    rejected = again = 0
    for marked in texts:
        found = said_by(attribute_text(marked.text, by=by).statements)
        tallies.append(tally(marked.text, said_in(marked), found))
        listed = tally(marked.text, rejected_in(marked), found)
        rejected += listed.marked
        again += listed.rights
    return Reading(tallies=tuple(tallies), rejected=rejected, again=again)
