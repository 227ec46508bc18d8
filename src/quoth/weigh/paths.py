"""The ways from origins to us, within one claim.

- A way ends at its origin; what lies between are the exhibits passed, outermost first.
- Where an outlet names another outlet whose text is held, the way leads on through that text.
- Two outlets that name only each other lead nowhere: no origin, and a note that says so.
- An unnamed source whom a text names twice, or in its headline and its body, is one origin: see
  ``selfsame``. Ways that are only heard of through one source rest on it together: see ``hearsay``.
- Ways with the same origin that pass the same text last are one route; copies are one text.

Example::

    paths = paths_of(steps, kinship)
    origins_in(paths), routes_in(paths, kinship), paths.notes
"""

import dataclasses
from collections.abc import Sequence

from quoth.record.claim import Origin, OriginKind, Route
from quoth.terms.ident import ident
from quoth.weigh.alike import NEARLY_SAME, Saying, overlap
from quoth.weigh.ground import bare
from quoth.weigh.hearsay import Path, settled
from quoth.weigh.kinship import Kinship, united
from quoth.weigh.origins import Found
from quoth.weigh.selfsame import selfsame

__all__ = ["Path", "Paths", "Step", "origins_in", "paths_of", "routes_in"]


_LITERAL = 0.95
"""Share of common content words from which a passage counts as copied along."""


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """One statement of a claim: its words, where they come from, which exhibits hold it, whose outlet.

    ``heading``: it stands in a headline or above a picture; ``denies``: it denies the proposition.
    """

    statement: str
    said: Saying
    origin: Found
    exhibits: tuple[str, ...]
    outlet: str
    heading: bool = False
    denies: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Paths:
    """All ways of a claim, the exhibits that count as one text, and notes for the reason."""

    found: tuple[Path, ...]
    firsts: dict[str, str]
    notes: tuple[str, ...]


def paths_of(steps: Sequence[Step], kin: Kinship) -> Paths:
    """The ways of the statements of one claim; any order of input."""
    ordered = sorted(steps, key=lambda step: step.statement)
    firsts = _firsts(ordered, kin)
    ordered = [dataclasses.replace(step, origin=_model(step, ordered, firsts, kin).origin) for step in ordered]
    telling = selfsame([(step.origin, firsts[step.exhibits[-1]], step.heading, step.denies) for step in ordered])
    ordered = [dataclasses.replace(step, origin=origin) for step, origin in zip(ordered, telling, strict=True)]
    ended = {step.statement: _ended(step, firsts, kin) for step in ordered}
    found: list[Path] = []
    circles: set[tuple[str, ...]] = set()
    for step in ordered:
        ways, circle = _followed(step, ordered, (step.outlet,), ended)
        found.extend(ways)
        if not ways and circle:
            circles.add(tuple(sorted(circle)))
    notes = [
        f"circular: {' and '.join(names)} name each other as the source; no origin outside of them is known"
        for names in sorted(circles)
    ]
    return Paths(settled(found), firsts, (*_copy_notes(firsts, kin), *notes))


def _firsts(steps: Sequence[Step], kin: Kinship) -> dict[str, str]:
    """Each exhibit with the one whose text it copies: as a whole, or in this proposition's words."""
    names = sorted({exhibit for step in steps for exhibit in step.exhibits})
    same = [(one, kin.first(one)) for one in names if kin.first(one) in names]
    roots: dict[str, str] = {}
    for one in names:  # copies of a text that does not carry the claim are still one text
        other = roots.setdefault(kin.first(one), one)
        same.append((other, one))
    for place, left in enumerate(steps):
        for right in steps[place + 1 :]:
            one, two = left.exhibits[0], right.exhibits[0]
            if one != two and kin.link(one, two) is not None and overlap(left.said, right.said)[0] >= _LITERAL:
                same.append((one, two))
    return united(names, same, kin.order)


def _model(step: Step, steps: Sequence[Step], firsts: dict[str, str], kin: Kinship) -> Step:
    """The same words in the first text of a copy: whoever says them there says them here."""
    own = step.exhibits[-1]
    same = [
        other
        for other in steps
        if firsts[other.exhibits[-1]] == firsts[own] and overlap(step.said, other.said)[0] >= NEARLY_SAME
    ]
    elsewhere = [other for other in same if other.exhibits[-1] != own]
    if not elsewhere or kin.order(own) <= min(kin.order(other.exhibits[-1]) for other in elsewhere):
        return step
    return min(elsewhere, key=lambda other: (kin.order(other.exhibits[-1]), other.statement))


def _followed(
    step: Step, steps: Sequence[Step], seen: tuple[str, ...], ended: dict[str, Path]
) -> tuple[list[Path], tuple[str, ...]]:
    """Ways from a step to its origins; the outlets of the circle where it leads back."""
    named = step.origin.outlet
    targets = [other for other in steps if named and other.outlet == named and other.statement != step.statement]
    if not targets:
        return [ended[step.statement]], ()
    if named in seen:
        return [], seen
    made: list[Path] = []
    circle: tuple[str, ...] = ()
    for target in targets:
        ways, round_trip = _followed(target, steps, (*seen, named), ended)
        circle = circle or round_trip
        made.extend(
            dataclasses.replace(
                way,
                through=tuple(dict.fromkeys((*step.exhibits, *way.through))),
                statements=(step.statement, *way.statements),
            )
            for way in ways
        )
    return made, circle


def _ended(step: Step, firsts: dict[str, str], kin: Kinship) -> Path:
    """The way of a statement by itself; what a copy says in its own voice is the voice of the first text."""
    origin, last = step.origin, firsts[step.exhibits[-1]]
    outlet = kin.outlets.get(last, "")
    if origin.kind is OriginKind.EDITORIAL and outlet:
        origin = dataclasses.replace(origin, key=f"outlet:{bare(outlet)}", label=outlet)
    rests = _key(origin.rests, firsts) if origin.rests is not None else ""
    return Path(_key(origin, firsts), origin, step.exhibits, (step.statement,), last, rests)


def _key(origin: Found, firsts: dict[str, str]) -> str:
    """The key of an origin in this claim: within its text, where its name holds only there."""
    scope = origin.scope
    return f"{origin.key}@{firsts.get(scope, scope)}" if scope else origin.key


def origins_in(paths: Paths) -> tuple[Origin, ...]:
    """The origins, each once, with all statements that rest on them; sorted by label."""
    by_key: dict[str, list[Path]] = {}
    for path in paths.found:
        by_key.setdefault(path.key, []).append(path)
    made = []
    for key, ways in by_key.items():
        chosen = min(ways, key=lambda way: (way.origin.label, way.statements))
        statements = sorted({name for way in ways for name in way.statements})
        made.append(
            Origin(
                id=origin_name(key),
                label=chosen.origin.label,
                kind=chosen.origin.kind,
                statements=tuple(statements),
            )
        )
    return tuple(sorted(made, key=lambda origin: (origin.label, origin.id)))


def origin_name(key: str) -> str:
    """The name of an origin within the case: the same key, the same name."""
    return ident("g", "origin", key)


def routes_in(paths: Paths, kin: Kinship) -> tuple[Route, ...]:
    """The independent ways: one for each origin and text that its words pass last on their way to us."""
    ways: dict[tuple[str, str], list[Path]] = {}
    for path in paths.found:
        ways.setdefault((path.key, path.last), []).append(path)
    made = []
    for (key, last), held in ways.items():
        passed = {exhibit for path in held for exhibit in path.through}
        own = sorted((one for one in passed if paths.firsts[one] == last), key=kin.order, reverse=True)
        outer = sorted(passed - set(own), key=kin.order, reverse=True)
        made.append(
            Route(
                origin=origin_name(key),
                through=(*outer, *own),
                statements=tuple(sorted({name for path in held for name in path.statements})),
                reason=_why_one(outer, own, last, kin),
            )
        )
    return tuple(sorted(made, key=lambda route: (route.origin, route.through)))


def _why_one(outer: Sequence[str], own: Sequence[str], last: str, kin: Kinship) -> str:
    parts = [_copy(one, last, kin) for one in own if one != last]
    parts += [f"{one} names the outlet of {last} as its source" for one in outer]
    return "; ".join(parts)


def _copy(one: str, first: str, kin: Kinship) -> str:
    link = kin.link(one, first)
    how = f" ({link.shared} of 1000 words)" if link is not None else ""
    return f"{one} shares its text with {first}{how}"


def _copy_notes(firsts: dict[str, str], kin: Kinship) -> tuple[str, ...]:
    return tuple(_copy(one, first, kin) for one, first in sorted(firsts.items()) if one != first)
