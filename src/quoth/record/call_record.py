"""Call records: lines of a telephone company's file, as written.

- Every cell keeps its spelling; what was understood stands beside it.
- A match is a suggestion with its reasons; "none fits" and "cannot tell" are answers.

Example::

    CallRecord(id="r-…", exhibit="x-…", row=12, cells=(WrittenCell(column="Start", as_written="03/03/31 10:31"),))
"""

import dataclasses
import enum

from quoth.terms.digest import Digest
from quoth.terms.phone import PhoneNumber

__all__ = ["CallMatch", "CallRecord", "MatchOutcome", "WrittenCell"]


class MatchOutcome(enum.Enum):
    """What the comparison of a recording with call records came to."""

    MATCHED = "matched"
    NONE_FITS = "none-fits"
    CANNOT_TELL = "cannot-tell"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WrittenCell:
    """A cell as it stands in the file, under the header as it stands there."""

    column: str
    as_written: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CallRecord:
    """One row. ``start`` is a local time ``YYYY-MM-DDTHH:MM:SS`` or empty; durations in seconds.

    ``duration_s`` is -1 when unknown; ``zone`` is empty when the file does not say.
    """

    id: str
    exhibit: str
    rendition: Digest
    row: int
    cells: tuple[WrittenCell, ...]
    start: str = ""
    zone: str = ""
    duration_s: int = -1
    caller: PhoneNumber | None = None
    callee: PhoneNumber | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CallMatch:
    """A recording compared with the rows: the outcome, the best row, the runner-up, the reasons.

    ``probability`` in thousandths.
    """

    id: str
    call: str
    outcome: MatchOutcome
    record: str = ""
    runner_up: str = ""
    probability: int = 0
    reasons: tuple[str, ...] = ()
    would_settle: str = ""
