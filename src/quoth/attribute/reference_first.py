"""I and we: whoever speaks the quotation in which they stand.

- I is the speaker of the quotation, or of the line of a transcript; outside of both it is nobody here.
- We is the body that speaks, or the one for which the speaker speaks; else nobody.

Example::

    first_person(walk, 3)  ->  Link(first=(0, 10))
"""

import bisect
import re

from quoth.attribute.reference_offices import described
from quoth.attribute.reference_places import Link
from quoth.attribute.reference_roster import EntityKind
from quoth.attribute.reference_short import by_description, namesake
from quoth.attribute.reference_walk import Walk

__all__ = ["first_person"]

_SPEAKS_FOR = re.compile(r"\b(?:for|of|at|heads|leads|chairs|runs)\s+((?:the|an?|its|his|her|their)\s+)?(?=[A-Za-z])")
_DEEP = 12
"""Statements within statements that are gone through."""


def first_person(walk: Walk, index: int) -> Link:
    """Whom the "I" or "we" that is the source of statement ``index`` stands for, after the walk."""
    source = walk.said[index].source
    if source is None:
        return Link()
    low = walk.text[source[0] : source[1]].lower()
    return _i(walk, index) if low in ("i", "me") else _we(walk, index)


def _speaker(walk: Walk, index: int) -> int:
    """The statement whose source speaks the quotation (or the line) in which ``index`` stands, or -1."""
    here = walk.said[index].source
    if here is None:
        return -1
    quote, holder = walk.layout.quote(here[0]), walk.said[index].holder
    for _ in range(_DEEP):
        source = walk.said[holder].source if holder >= 0 else None
        if holder < 0 or (source is not None and (quote < 0 or walk.layout.quote(source[0]) != quote)):
            break
        holder = walk.said[holder].holder
    if holder >= 0 and quote < 0:
        source = walk.said[holder].source
        colon = walk.text[walk.said[holder].cue : walk.said[holder].cue + 1] == ":"
        return holder if colon and source is not None else -1
    return holder


def _i(walk: Walk, index: int) -> Link:
    holder = _speaker(walk, index)
    source = walk.said[holder].source if holder >= 0 else None
    if source is None:
        return Link()
    if walk.text[source[0] : source[1]].lower() in ("i", "we", "they", "it"):
        return Link()
    link = walk.links.get(source)
    if link is not None:
        return link
    entity = walk.who.get(source)
    if entity is None or not entity.human:
        return Link()
    other = namesake(walk.roster, entity)
    return Link(first=entity.form(source[1]), second=other.form(source[1]) if other else None)


def _we(walk: Walk, index: int) -> Link:
    """The body that speaks, or for which whoever speaks does; nobody where the text names none."""
    holder = _speaker(walk, index)
    source = walk.said[holder].source if holder >= 0 else None
    entity = walk.who.get(source) if source is not None else None
    if entity is None or source is None:
        return Link()
    if entity.kind == EntityKind.BODY:
        return Link(first=entity.form(source[1]))
    for office in reversed(entity.offices):
        match = _SPEAKS_FOR.search(walk.text, office.phrase[0] - 1, office.phrase[1] + 1)
        start = match.end() if match else office.phrase[0]
        name = bisect.bisect_left(walk.starts, start)
        found = walk.roster.names[name] if name < len(walk.starts) and walk.starts[name] < office.phrase[1] else None
        body = walk.roster.at.get(found.start) if found is not None else None
        if body is None and match is not None and (match.group(1) or "").strip().lower() == "the":
            what = described(walk.text[start : office.phrase[1]])
            body = (
                by_description(walk.roster, what, source[0], paragraph=walk.layout.paragraph(source[0]))[0]
                if what
                else None
            )
        if body is not None and body.kind == EntityKind.BODY:
            return Link(first=body.form(source[0]), second=entity.form(source[1]))
    return Link()
