"""Decisions about one statement: accepted, rejected, corrected, withdrawn.

- Each is an entry of the log; a correction carries the statement as it should have been suggested.
- Corrected words are looked for in the paragraphs that the statement stands in, nowhere else.

Example::

    settle(book, "s-…", Verdict.CORRECT, by="Ada", changes={"act": ["warn"]})
"""

from collections.abc import Mapping, Sequence

from quoth.attribute.amend import CHOICES, PARTS, amended
from quoth.case import answers
from quoth.case.casebook import Casebook
from quoth.case.projection.load import follow
from quoth.errors import CaseError
from quoth.record.custody import Decision, Verdict
from quoth.record.passage import Passage
from quoth.record.statement import Statement

__all__ = ["CHOICES", "PARTS", "VERDICTS", "settle"]

VERDICTS = (Verdict.ACCEPT, Verdict.REJECT, Verdict.CORRECT, Verdict.LATER, Verdict.WITHDRAW)
"""What can be decided about a statement."""


def settle(
    book: Casebook,
    about: str,
    verdict: Verdict,
    *,
    by: str,
    reason: str = "",
    changes: Mapping[str, Sequence[str]] | None = None,
) -> Decision:
    """Enter a decision about the statement with the id ``about``; the projection, which is open, follows.

    ``changes`` are the parts that a correction changes, see :func:`quoth.attribute.amend.amended`.
    Raises :class:`CaseError` where there is no such statement, nothing to correct, or nothing to withdraw.
    """
    suggested = next((one for one in answers.every(Statement) if one.id == about), None)
    if suggested is None:
        raise CaseError(f"no such statement: {about}", hint="quoth statements CASE lists them with their ids")
    if bool(changes) != (verdict is Verdict.CORRECT):
        raise CaseError(
            "nothing is corrected" if verdict is Verdict.CORRECT else "only a correction changes parts",
            hint="quoth decide CASE ID correct --source WORDS",
        )
    if verdict is Verdict.WITHDRAW:
        standing = answers.decisions().get(about)
        if standing is None:
            raise CaseError(f"no decision about {about} stands", hint="quoth log CASE lists the entries")
        made = book.undo(standing, by=by)
    else:
        now = answers.corrected().get(about, suggested)
        instead = _corrected(book, now, changes) if changes else None
        made = book.decide([about], verdict, by=by, reason=reason, instead=instead)
    follow(book.store)
    return made


def _corrected(book: Casebook, statement: Statement, changes: Mapping[str, Sequence[str]]) -> Statement:
    text = book.store.read_object(statement.rendition).decode()
    places = [one for part in (statement.source, statement.cue, statement.content) for one in part]
    low, high = min(one.start for one in places), max(one.end for one in places)
    for passage in answers.every(Passage):
        held = passage.anchor.extract
        if passage.anchor.target == statement.rendition and held and held.start < high and held.end > low:
            low, high = min(low, held.start), max(high, held.end)
    return amended(statement, text, (low, high), changes)
