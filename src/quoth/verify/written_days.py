"""Full dates written out in a text, as ISO days.

- Only dates that can be read in one way: ``12 March 2031``, ``March 12, 2031``, ``2031-03-12`` and
  ``2031年3月12日``. ``03/04/2031`` has two readings and is left alone.

Example::

    >>> written_days("It fell on 12 March 2031.")
    (('2031-03-12', 11, 24),)
"""

import datetime
import re

__all__ = ["written_days"]

_MONTHS = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_NUMBERS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_MONTH = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_FORMS = (
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{_MONTH})\.?,? (?P<y>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b(?P<m>{_MONTH})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>\d{{4}})\b", re.IGNORECASE),
    re.compile(r"(?<![\d-])(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?![\d-])"),
    re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日"),
)


def written_days(text: str) -> tuple[tuple[str, int, int], ...]:
    """``(ISO day, start, end)`` of each full date in ``text``, in the order of the text."""
    found: dict[tuple[int, int], str] = {}
    for form in _FORMS:
        for hit in form.finditer(text):
            month = _NUMBERS.get(hit["m"].lower()) or int(hit["m"])
            try:
                iso = datetime.date(int(hit["y"]), month, int(hit["d"])).isoformat()
            except ValueError:
                continue  # the thirty-first of February is no day
            found[hit.span()] = iso
    return tuple((iso, start, end) for (start, end), iso in sorted(found.items()))
