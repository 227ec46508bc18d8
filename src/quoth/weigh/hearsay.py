"""Origins that are only heard of, counted by whom they rest on.

- Who says a thing himself elsewhere is its origin there: what others tell of him adds none.
- Where a source says a thing and also says that another one said it, only the source counts.
- All that one source tells of others, and all that is told of one speaker, is one origin.

Example::

    settled(paths)[0].origin.label  # 'Hannes Orloft, according to A friend (in Winter List)'
"""

import dataclasses
from collections.abc import Iterable, Sequence

from quoth.weigh.kinship import united
from quoth.weigh.origins import Found

__all__ = ["Path", "settled"]


@dataclasses.dataclass(frozen=True, slots=True)
class Path:
    """One way: the origin with its key in this claim, the exhibits outermost first, the statements.

    ``rests`` is the key of the source through which alone the origin is heard of, else empty.
    """

    key: str
    origin: Found
    through: tuple[str, ...]
    statements: tuple[str, ...]
    last: str
    rests: str = ""


def settled(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The ways with the keys and labels by which their origins are counted, in the same order."""
    held = tuple(paths)
    direct = {path.key: path.origin for path in held if not path.rests}
    heard = [path for path in held if path.rests and not {path.key, path.rests} & direct.keys()]
    names = {name for path in heard for name in (path.key, path.rests)}
    roots = united(names, {(path.key, path.rests) for path in heard}, lambda name: (name, name))
    whole: dict[str, list[Path]] = {}
    for path in heard:
        whole.setdefault(roots[path.key], []).append(path)
    made = []
    for path in held:
        told = path.rests and next((key for key in (path.key, path.rests) if key in direct), "")
        if told:
            made.append(dataclasses.replace(path, key=told, origin=direct[told]))
        elif path.rests:
            made.append(_reported(path, whole[roots[path.key]]))
        else:
            made.append(path)
    return tuple(made)


def _reported(path: Path, together: Sequence[Path]) -> Path:
    """A way whose label says through whom alone its origin is heard of."""
    tellers = {one.rests: one.origin.rests.label for one in together if one.origin.rests is not None}
    told = {one.key: _name(one.origin) for one in together}
    label = f"{_listed(told.values())}, according to {_listed(tellers.values())}"
    key = f"{'+'.join(sorted(told))} according to {'+'.join(sorted(tellers))}"
    return dataclasses.replace(path, key=key, origin=dataclasses.replace(path.origin, label=label))


def _name(origin: Found) -> str:
    """The label without the text in which it holds, where the teller's label names that text."""
    within = origin.rests is not None and origin.rests.scope == origin.scope
    return origin.label.split(" (in ", maxsplit=1)[0] if within else origin.label


def _listed(labels: Iterable[str]) -> str:
    return " and ".join(sorted(set(labels)))
