"""The day that an update or correction gives itself.

- Only a passage that opens as one ("Updated 14 October 2031: …") and gives a date counts.
- A date without a year, or coarser than a day, is that of the document's head, where they agree.
- An update is never before publication; then, or without a date, there is no such day.

Example::

    update_day("Correction, 3 May 2031: the number was wrong.", document)   # "2031-05-03"
"""

import re

from quoth.record.document import Document
from quoth.resolve.dates import find_dates
from quoth.terms.when import When

__all__ = ["update_day"]

_OPENS = re.compile(
    r"[\s*_\[(—–-]*(?:(?:editor['’]s|editors['’]|publisher['’]s)\s+note\s*[:,(–—-]*\s*)?"
    r"(?:(?:this|the|an earlier version of this)\s+(?:article|story|page|report|post|text|headline|piece)\s+"
    r"(?:was|has\s+been|is)\s+(?:last\s+)?)?"
    r"(?:updated?|corrected|correction|corrections|clarification|clarified|amended|amendment|revised|erratum)\b"
    r"(?P<gap>[\s:,(\[–—-]*(?:(?:on|of|at|as\s+of|dated|made|published|added)\s+)?)",
    re.IGNORECASE,
)
_REACH = 60


def update_day(words: str, document: Document) -> str:
    """The ISO day that a passage's own update or correction bears; empty where it is none."""
    opens = _OPENS.match(words)
    if opens is None:
        return ""
    head = document.head.updated if document.head is not None else None
    against = (head.latest if head is not None else None) or document.published or None
    for start, _, when in find_dates(words, against=against, start=opens.start("gap"), end=opens.end() + _REACH):
        if start > opens.end() and words[opens.end() : start].strip().lower() not in ("", "the"):
            return ""
        day = _day(when, head)
        return day if day >= document.published else ""
    return ""


def _day(when: When, head: When | None) -> str:
    """The one day of a date, or the head's where it lies inside of the date."""
    known = head.latest if head is not None and head.earliest == head.latest and head.latest else ""
    if when.earliest is None or when.latest is None:
        return ""
    if known and when.earliest <= known <= when.latest:
        return known
    written = when.earliest == when.latest and when.against is None
    return when.latest if written else ""
