"""Requests for comment: what was put to whom; reply or dated silence.

Example::

    Request(id="e-…", to="Harbour Ministry", how="e-mail", put="three questions", sent=When(…), as_of=When(…))
"""

import dataclasses

from quoth.terms.when import When

__all__ = ["Request"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request for comment; ``reply`` empty means silence up to ``as_of``."""

    id: str
    to: str
    how: str = ""
    put: str = ""
    sent: When | None = None
    reply: str = ""
    replied: When | None = None
    as_of: When | None = None
    statement: str = ""
    asked_by: str = ""
