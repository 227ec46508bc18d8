"""Small pieces: dates, names, badges, quotations, links.

- A date shows its words, how it was read, and against which day; never more than was given.
- Words of others carry their language and direction, and stand apart from what surrounds them.
- A badge is shape, word and border; colour adds nothing that they do not say.

Example::

    >>> dated(When(words="", earliest="2012-05-01", latest="2012-05-31", edtf="2012-05"))
    'May 2012'
"""

import datetime
import re

from quoth.errors import PublishError
from quoth.publish.layout.html import Child, Html, join, plain, tag
from quoth.terms.digest import Digest, hex_of
from quoth.terms.tongue import UNKNOWN, direction
from quoth.terms.when import Reading, When

__all__ = [
    "badge",
    "count",
    "cut",
    "dated",
    "digest",
    "facts",
    "file_name",
    "instant",
    "instant_day",
    "iso_day",
    "link",
    "name",
    "quote",
    "reading_words",
    "to",
    "tongue_of",
    "when",
]

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_LONGEST = 1_000
_OPENING = ('"', "\u201c", "\u201e", "\u00ab", "\u300c", "\u300e")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?\Z")
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}\Z")


def file_name(record: str) -> str:
    """A record's name as part of a path; raises :class:`PublishError` for anything else."""
    if not _FILE_NAME.match(record):
        raise PublishError(f"not the name of a record: {record[:80]!r}", hint="names come from terms.ident")
    return record


def to(here: str, target: str) -> str:
    """The relative link from the page ``here`` to ``target``, both paths from the dossier's root."""
    return "../" * here.count("/") + target


def link(here: str, target: str, *children: Child) -> Html:
    """A link within the dossier."""
    return tag("a", *children, href=to(here, target))


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: ``1 origin``, ``2 origins``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}".replace(",", " ")


def badge(kind: str, word: str) -> Html:
    """A badge: ``held``, ``cited``, ``sealed`` or ``count``."""
    return tag("span", tag("i", aria_hidden="true") if kind != "count" else None, word, class_=f"badge {kind}")


def tongue_of(language: str) -> dict[str, str | bool | None]:
    """``lang`` and ``dir`` for a fragment; an unknown language lets the first letter decide."""
    if language == UNKNOWN or not language:
        return {"dir": "auto"}
    return {"lang": language, "dir": direction(language)}


def cut(words: str, limit: int) -> str:
    """At most ``limit`` characters, and a sign where there were more."""
    return words if len(words) <= limit else words[:limit].rstrip() + " …"


def name(words: str, language: str = UNKNOWN) -> Html:
    """A name or title in whatever script, kept apart from what surrounds it; cut where it is no name any more."""
    return tag(
        "bdi", cut(words, _LONGEST), **({"lang": language, "dir": direction(language)} if language != UNKNOWN else {})
    )


def quote(words: str, language: str = UNKNOWN, *, limit: int = 0) -> Html:
    """Words of others within a line; cut after ``limit`` characters where that is given.

    Words that bring their own quotation marks get no second ones.
    """
    marked = words.startswith(_OPENING)
    return tag("span" if marked else "q", cut(words, limit) if limit else words, class_="said", **tongue_of(language))


def digest(value: Digest) -> Html:
    """A digest in full, as ``sha256sum`` prints it."""
    return tag("code", hex_of(value), class_="digest")


def iso_day(iso: str) -> str:
    """A day ``YYYY-MM-DD`` as people read it: ``4 March 2031``."""
    day = datetime.date.fromisoformat(iso)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def reading_words(reading: Reading | When) -> str:
    """One reading of a date, in words: ``May 2012``, ``between 1 May 2012 and 9 June 2012``."""
    low, high = reading.earliest, reading.latest
    if low is None and high is None:
        return "not known"
    if low is None:
        return f"not after {iso_day(str(high))}"
    if high is None:
        return f"not before {iso_day(low)}"
    if low == high:
        return iso_day(low)
    if reading.edtf == low[:7] == high[:7]:
        return f"{_MONTHS[int(low[5:7]) - 1]} {low[:4]}"
    if reading.edtf == low[:4] == high[:4]:
        return low[:4]
    return f"between {iso_day(low)} and {iso_day(high)}"


def dated(value: When) -> str:
    """How the date was read, in words, all readings included."""
    return " or ".join(dict.fromkeys([reading_words(value), *(reading_words(one) for one in value.alternatives)]))


def _time(value: When) -> Html:
    machine = {"day": value.earliest, "month": value.edtf, "year": value.edtf}.get(value.grain)
    shown = dated(value)
    if machine is None or value.alternatives or not re.fullmatch(r"\d{4}(-\d\d){0,2}", machine):
        return tag("span", shown, class_="time")
    return tag("time", shown, datetime=machine)


def when(value: When | None, language: str = UNKNOWN) -> Html:
    """A date as read, with its words and the day that they were read against."""
    if value is None:
        return tag("span", "not known", class_="time")
    parts: list[Child] = [_time(value)]
    notes: list[Child] = []
    clock = _INSTANT.match(value.words)
    if clock and value.words.startswith(value.earliest or "-"):
        parts.append(f", {clock[1]} {clock[2]}".rstrip())
    elif value.words and value.words != dated(value) and value.words != value.earliest:
        notes.append(["written ", quote(value.words, language, limit=200)])
    if value.against:
        notes.append(f"read against {iso_day(value.against)}")
    if notes:
        inner = [part for note in notes for part in (", ", note)][1:]
        parts.append(tag("small", " (", inner, ")", class_="how"))
    return join(parts)


def instant(value: str) -> Html:
    """An RFC 3339 instant as people read it; kept as it stands where it is not one."""
    try:
        moment = datetime.datetime.fromisoformat(value)
    except ValueError:
        return tag("span", plain(value), class_="time")
    zone = "UTC" if moment.utcoffset() == datetime.timedelta(0) else moment.strftime("%z")
    shown = f"{iso_day(moment.date().isoformat())}, {moment:%H:%M} {zone}".rstrip()
    return tag("time", shown, datetime=plain(value))


def instant_day(value: str) -> Html:
    """The day of an RFC 3339 instant as people read it; kept as it stands where it is not one."""
    try:
        day = datetime.date.fromisoformat(value[:10]).isoformat()
    except ValueError:
        return tag("span", plain(value), class_="time")
    return tag("time", iso_day(day), datetime=day)


def facts(*rows: tuple[str, Child]) -> Html | None:
    """A list of label and value; rows without a value are left out."""
    held = [(label, value) for label, value in rows if value]
    if not held:
        return None
    return tag("dl", [tag("div", tag("dt", label), tag("dd", value)) for label, value in held], class_="facts")
