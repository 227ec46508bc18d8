"""Dates as precise as their source, never more.

- A reading is a closed interval of days; ``None`` is an open or unknown bound.
- The words and the anchor date they were resolved against stay beside the bounds.
- ``edtf`` is an EDTF string (ISO 8601-2:2019 / Library of Congress EDTF, level 1).
- Where two readings are honestly open, both are kept in ``alternatives``.

Example::

    >>> When(words="May 2012", earliest="2012-05-01", latest="2012-05-31", edtf="2012-05").grain
    'month'
"""

import dataclasses
import datetime

from quoth.errors import TermsError

__all__ = ["InvalidWhen", "Reading", "When", "day"]


class InvalidWhen(TermsError):
    """The bounds are not dates, or stand in the wrong order."""


def _check(earliest: str | None, latest: str | None) -> None:
    for bound in (earliest, latest):
        if bound is not None:
            try:
                parsed = datetime.date.fromisoformat(bound)
            except ValueError as err:
                raise InvalidWhen(f"not a day: {bound!r}", hint="bounds are YYYY-MM-DD") from err
            if parsed.isoformat() != bound:
                raise InvalidWhen(f"not a day in the form YYYY-MM-DD: {bound!r}")
    if earliest is not None and latest is not None and earliest > latest:
        raise InvalidWhen(f"{earliest} lies after {latest}")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read a date expression: bounds as ``YYYY-MM-DD`` or ``None``."""

    earliest: str | None = None
    latest: str | None = None
    edtf: str = ""

    def __post_init__(self) -> None:
        _check(self.earliest, self.latest)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date as its source gave it.

    ``words`` as written, ``against`` the day they were resolved against (``None``: none needed),
    ``basis`` which rule was used, in plain words.
    """

    words: str
    earliest: str | None = None
    latest: str | None = None
    edtf: str = ""
    against: str | None = None
    basis: str = ""
    alternatives: tuple[Reading, ...] = ()

    def __post_init__(self) -> None:
        _check(self.earliest, self.latest)
        _check(self.against, None)

    @property
    def grain(self) -> str:
        """``day``, ``month``, ``year``, ``range``, ``open`` or ``unknown``."""
        if self.earliest is None and self.latest is None:
            return "unknown"
        if self.earliest is None or self.latest is None:
            return "open"
        if self.earliest == self.latest:
            return "day"
        for length, name in ((7, "month"), (4, "year")):
            if self.edtf == self.earliest[:length] == self.latest[:length]:
                return name
        return "range"


def day(words: str, iso: str, *, basis: str = "") -> When:
    """A date known to the day."""
    return When(words=words, earliest=iso, latest=iso, edtf=iso, basis=basis)
