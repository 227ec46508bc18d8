"""What a person declares of evidence, made from plain words.

Example::

    declared(given_by="A. N.", claimed_date="May 2031")
"""

from quoth.case.intake import read_when
from quoth.collect.citing import cited_exhibit
from quoth.collect.provenance import Declared
from quoth.record.exhibit import Availability, Citation, Exhibit, RequestOutcome

__all__ = ["Declared", "cited", "declared"]


def declared(**words: str) -> Declared:
    """Words as a declaration; dates are read as precisely as they are written."""
    dates = {name: read_when(words.pop(name)) for name in ("obtained_on", "claimed_date") if words.get(name)}
    rest = {name: text for name, text in words.items() if text}
    return Declared(**rest, **dates)  # type: ignore[arg-type]  # names are checked by the dataclass


def cited(title: str, **words: str) -> Exhibit:
    """Evidence that someone says exists, as an exhibit that is not held."""
    asked = words.get("asked_on", "")
    citation = Citation(
        said_by=words.get("said_by", ""),
        description=words.get("description", ""),
        availability=Availability(words.get("availability") or "unknown"),
        held_by=words.get("held_by", ""),
        terms=words.get("terms", ""),
        asked_on=read_when(asked) if asked else None,
        outcome=RequestOutcome(words.get("outcome") or "not-asked"),
    )
    return cited_exhibit(title, citation)
