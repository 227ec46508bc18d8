"""Bodies whose name can mean two things.

- A short name that opens or ends two different longer ones may be either: both are named.
- Where a text says which it means, its words are quoted; nothing is chosen silently.

Example::

    longer_forms(["Standing Roads Committee", "Roads Committee of Istmere"])["roads committee"]   # both
"""

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from quoth.record.position import Position

__all__ = ["longer_forms", "meaning_note", "noted", "said_meanings"]

_LONGEST = 12
_SHOWN = 4
_NAME = r"[A-Z][\w’'-]*(?:\s+(?:(?:of|for|on|the|and)\s+){0,2}[A-Z][\w’'-]*){0,7}"
_ASIDE = (
    r"(?:\s*,?\s+(?:in this (?:instance|case|place|context)|here|"
    r"in (?:his|her|their|the) (?:words|mouth|letter))\s*,?)?"
)
_SAID = re.compile(
    rf"\b(?:[Bb]y\s+)?(?:the|The|“|\")\s*(?P<short>{_NAME})[”\"]?{_ASIDE}\s+"
    r"(?:(?:would|may|might|could|can|must|is\s+taken\s+to|he|she|they)\s+)?(?:here\s+)?"
    r"(?:refers?|referred|means?|meant|stands?|stood)\s+(?:here\s+)?(?:(?:to|for)\s+)?(?:the\s+|either\s+the\s+)?"
    rf"(?P<long>{_NAME})"
)


def _plain(name: str) -> str:
    words = " ".join(name.replace("’", "'").split()).casefold()
    return words.removeprefix("the ").removesuffix("'s")


def said_meanings(text: str) -> dict[str, str]:
    """Short names and the text's own words on what they mean: "the X in this instance would refer to the Y"."""
    made: dict[str, str] = {}
    for found in _SAID.finditer(text):
        if _plain(found["short"]) != _plain(found["long"]):
            made.setdefault(_plain(found["short"]), " ".join(found.group().split()))
    return made


def longer_forms(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """By a name's first or last words: the longest names that open or end with them, sorted."""
    spelt = {_plain(name): name for name in sorted(names, reverse=True)}
    made: dict[str, set[str]] = defaultdict(set)
    for plain in spelt:
        words = plain.split()
        for cut in range(1, min(len(words), _LONGEST)):
            made[" ".join(words[:cut])].add(plain)
            made[" ".join(words[-cut:])].add(plain)
    inner = made.keys() & spelt.keys()
    return {
        short: tuple(sorted(spelt[one] for one in held if one not in inner or not made[one] & held))
        for short, held in made.items()
    }


def meaning_note(name: str, longer: Mapping[str, Sequence[str]], said: Mapping[str, str]) -> str:
    """What ``name`` may mean, in plain words; empty where nothing speaks for two meanings."""
    plain = _plain(name)
    notes = []
    forms = longer.get(plain, ())
    if len(forms) > 1:
        shown = " or ".join(f"the {one}" for one in forms[:_SHOWN])
        more = f" or {len(forms) - _SHOWN} more" if len(forms) > _SHOWN else ""
        notes.append(f"“{name}” may be {shown}{more}; the machine does not choose")
    if plain in said:
        notes.append(f"the text says: “{said[plain]}”")
    return "; ".join(notes)


def noted(positions: Iterable[Position], names: Iterable[str], said: Mapping[str, str]) -> tuple[Position, ...]:
    """The positions, one for each id, with a note where the name of their body means two things.

    ``names`` are the organisations of the document or case; notes that positions of one id already
    have are kept.
    """
    longer = longer_forms(names)
    notes: dict[str, list[str]] = defaultdict(list)
    kept: dict[str, Position] = {}
    for one in positions:
        kept.setdefault(one.id, one)
        own = [part for part in one.note.split("; ") if part]
        found = meaning_note(one.organisation, longer, said) if one.organisation else ""
        notes[one.id] += [part for part in (*own, *found.split("; ")) if part and part not in notes[one.id]]
    return tuple(dataclasses.replace(one, note="; ".join(dict.fromkeys(notes[one.id]))) for one in kept.values())
