"""Names of records within words become links that people can read.

- Rooms give reasons in words that name records (``x-892ef7c235418291``); a reader is shown what is meant.
- A name that this release does not hold stays as it is.

Example::

    linked(lookup, "copies x-892ef7c235418291", "claims.html")
"""

import re

from quoth.publish.layout.html import Child, Html, join, tag
from quoth.publish.layout.pieces import cut, link, name
from quoth.publish.lookup import Lookup, party_name

__all__ = ["linked"]

_NAME = re.compile(r"\b([a-z]-[0-9a-f]{16})\b")
_LONGEST = 1_500


def linked(lookup: Lookup, words: str, here: str) -> Html:
    """``words`` with the records that they name as links to their pages."""
    parts: list[Child] = []
    for place, piece in enumerate(_NAME.split(cut(words, _LONGEST))):
        shown = _record(lookup, piece, here) if place % 2 else piece
        parts.append(shown)
    return tag("bdi", join(parts))


def _record(lookup: Lookup, record: str, here: str) -> Child:
    if record in lookup.exhibits:
        return link(here, f"exhibits/{record}.html", name(*lookup.title(record)))
    if record in lookup.statements:
        exhibit = lookup.exhibit_with(lookup.statements[record])
        number = f"statement {lookup.numbers[record]}"
        return [link(here, f"statements/{record}.html", number), " in ", name(*lookup.title(exhibit.id))]
    if record in lookup.parties:
        return link(here, f"players/{record}.html", name(*party_name(lookup.parties[record])))
    return record
