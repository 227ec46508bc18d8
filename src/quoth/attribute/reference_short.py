"""Surnames, first names, letters, "the spokesman": which of those known.

- Title, sex and office decide between namesakes; then who alone was named so far, or in this paragraph.
- "The minister" is the last who fits; of two in one paragraph it is neither.
- Whoever comes only later in the text counts when nobody else is called so.

Example::

    by_name(roster, name, paragraph)  ->  (Dana Orrin, Paul Orrin)
"""

import bisect
from collections.abc import Sequence

from quoth.attribute.cues import load_table
from quoth.attribute.reference_names import Kind, Name, title_sex
from quoth.attribute.reference_offices import Description, fits, line_of
from quoth.attribute.reference_roster import Entity, EntityKind, Roster

__all__ = ["by_description", "by_name", "namesake"]

Pair = tuple[Entity | None, Entity | None]
_WIDE: dict[str, list[str]] = {head: words.split() for head, words in load_table("reference.toml")["wide"].items()}
_DEEP = 24
"""How many of those who may be called alike are looked at."""
_NEVER = 1 << 60


def _latest(entity: Entity) -> int:
    return -entity.last if entity.last >= 0 else _NEVER


def namesake(roster: Roster, entity: Entity) -> Entity | None:
    """The other person of the same surname whom the text named last, if there is one."""
    if entity.kind != EntityKind.PERSON:
        return None
    others = [one for one in roster.by_last.get(entity.words[-1], ())[:_DEEP] if one is not entity and not one.nobody]
    return min(others, key=_latest) if others else None


def by_name(roster: Roster, name: Name, paragraph: int) -> Pair:
    """Whose short name ``name`` is, and who else bears it."""
    low = name.words[-1].lower().removesuffix("'s").removesuffix("’s").rstrip("’'")
    if name.kind is Kind.ACRONYM:
        return roster.by_letters.get(low.upper()), None
    named = [one for one in roster.by_last.get(low, ())[:_DEEP] if not one.nobody]
    if not named and not title_sex(name.titles):
        named = [one for one in roster.by_first.get(low, ())[:_DEEP] if not one.nobody]
    if not named:
        return None, None
    first = _one_of(named, name.titles, paragraph)
    if first is None:
        return None, None
    others = [one for one in named if one is not first]
    return first, min(others, key=_latest) if others else namesake(roster, first)


def _one_of(named: list[Entity], titles: tuple[str, ...], paragraph: int) -> Entity | None:
    left = named
    sex = title_sex(titles)
    if sex:
        left = [one for one in left if one.told in ("", sex)]
        told = [one for one in left if sex in (one.told, one.hint)] or [one for one in left if not one.hint]
        left = told or left
    offices = [one for one in left if any(office.what.head in titles for office in one.offices)]
    left = offices or left
    if len(left) == 1:
        return left[0]
    so_far = [one for one in left if one.last >= 0]
    if len(so_far) == 1:
        return so_far[0]
    here = [one for one in so_far if one.paragraph == paragraph]
    return here[0] if len(here) == 1 else None


def by_description(roster: Roster, what: Description, at: int, *, paragraph: int, sex: str = "") -> Pair:
    """Who was called ``what`` before ``at``, the last first; whoever is called so only later counts when alone."""
    earlier: list[Entity] = []
    later: list[Entity] = []
    for head in (what.head, *_WIDE.get(what.head, ())):
        entries = roster.by_head.get(line_of(head), [])
        cut = bisect.bisect_left(entries, at, key=_place)
        earlier += _fitting(entries[max(0, cut - _DEEP) : cut], what, sex)
        later += _fitting(entries[cut : cut + _DEEP], what, sex)
    found = sorted(dict.fromkeys(earlier), key=_latest)
    if not found:
        ahead = [one for one in dict.fromkeys(later) if one.kind in (EntityKind.PERSON, EntityKind.BODY)]
        return (ahead[0], None) if len(ahead) == 1 else (None, None)
    if len(found) == 1:
        return found[0], namesake(roster, found[0])
    near = [one for one in found if paragraph - one.paragraph <= 1]
    if found[0].paragraph > found[1].paragraph and (len(near) == 1 or found[0].paragraph == paragraph):
        return found[0], found[1]
    return None, None


def _fitting(entries: Sequence[tuple[int, Entity, Description]], what: Description, sex: str) -> list[Entity]:
    return [
        entity
        for _, entity, held in entries
        if fits(what, held) and not (sex and entity.told not in ("", sex)) and not entity.nobody
    ]


def _place(entry: tuple[int, Entity, Description]) -> int:
    return entry[0]
