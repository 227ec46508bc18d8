"""The page of words: what is shown, and what is not.

- It is made from a verdict alone: nothing stands on it that the verifier did not find.
- Text of evidence is shown without control or direction characters.

Example::

    print(page(verdict))
"""

import datetime
from collections.abc import Iterator

from quoth.record.finding import Outcome
from quoth.seal.disclose_jose import key_line
from quoth.seal.disclose_parts import ShownRow
from quoth.seal.disclose_terms import Assurance, Terms
from quoth.seal.disclose_verify import Shown, Verdict

__all__ = ["ASSURANCE_WORDS", "page", "step_lines"]

ASSURANCE_WORDS = {
    Assurance.ISSUER_SIGNED: "the discloser says that the company signed the file; that signature is not in here",
    Assurance.NOTARISED_COPY: "the discloser says that a notary or court certified the copy; that paper is not in here",
    Assurance.RESEARCHER_HELD: "the discloser holds a copy; nobody else is said to have confirmed where it comes from",
    Assurance.CLAIMED_NOT_HELD: "the discloser does not hold the company's file, only what somebody says is in it",
}
"""What each assurance means."""

_MARKS = {
    Outcome.HOLDS: "holds",
    Outcome.FAILS: "FAILS",
    Outcome.CANNOT_TELL: "cannot tell",
    Outcome.NOT_CHECKED: "not checked",
}


def page(verdict: Verdict) -> str:
    """The whole page, lines of plain text."""
    lines = ["CHOSEN CELLS OF A TABLE, THE REST WITHHELD", ""]
    shown = verdict.shown
    if shown is None:
        lines += ["This file is REFUSED. Nothing that it seems to show may be relied on.", ""]
    elif shown.terms is None:
        lines += ["It is no table: what it says is not laid out here.", ""]
    else:
        lines += [*_recipient(shown), "", *_rows(shown.rows, shown.terms), "", *_meaning(shown, shown.terms), ""]
    return "\n".join([*lines, "Checked, step by step:", *step_lines(verdict), ""])


def step_lines(verdict: Verdict) -> Iterator[str]:
    """One numbered line a step."""
    for number, one in enumerate(verdict.findings, start=1):
        title = one.check.partition(": ")[2]
        yield f"{number:>3}. {_MARKS[one.outcome]}: {title} ({_plain('; '.join(one.grounds))})"


def _recipient(shown: Shown) -> Iterator[str]:
    if shown.binding is None:
        yield "Made for nobody in particular: anybody may have passed it on."
        return
    yield f"Made for: {_plain(shown.binding.audience)}"
    yield f"Made on:  {_day(shown.binding.at)}"
    if shown.binding.until:
        yield f"Holds until: {_day(shown.binding.until)}"
    yield "If that is not you, it was passed on: ask the discloser for one of your own."


def _rows(rows: tuple[ShownRow, ...], terms: Terms) -> Iterator[str]:
    at_most = "at most " if terms.decoys else ""
    yield f"{len(rows)} rows are shown, of {at_most}{terms.rows} in the table committed to."
    if terms.decoys:
        yield "Some of those places may be decoys that stand for no row."
    if not terms.complete:
        yield "The file was longer than could be read: rows after the last one read were never committed to."
    for place, row in enumerate(rows, start=1):
        number = f"row {row.number} of the file" if row.number else "a row whose number is withheld"
        withheld = terms.width - len(row.cells) - (row.number > 0)
        yield ""
        yield f"  {place}) {number}; {withheld} of its {terms.width} cells are withheld"
        for name, value in row.cells:
            yield f"     {_plain(name)}: {'(the row has no such cell)' if value is None else _plain(value)}"


def _meaning(shown: Shown, terms: Terms) -> Iterator[str]:
    yield "What this shows:"
    yield f"  - whoever holds the key {key_line(shown.issuer)} committed to a table and signed that;"
    yield f"    they say that they did so on {_day(terms.at)} (commitment {shown.commitment})"
    yield "  - the cells above stood in that table, those of one row in one row, letter for letter"
    yield "  - how many rows and cells are withheld; the discloser cannot change them without a new commitment"
    yield "What it does not show:"
    yield "  - that the telephone company made the table, or that what it says is so"
    yield f"    (assurance: {terms.assurance.value}: {ASSURANCE_WORDS[terms.assurance]})"
    yield "  - the day: it is the discloser's word, unless a timestamp or a log from elsewhere bears it out"
    yield "  - whose key it is: compare it with one that you were given in another way"
    yield "  - anything about the rows and cells withheld"
    yield "Take care: whoever holds the company's own file may find a caller by what is shown here."


def _day(seconds: int) -> str:
    moment = datetime.datetime.fromtimestamp(seconds, tz=datetime.UTC)
    return moment.strftime("%Y-%m-%d %H:%M UTC")


def _plain(text: str) -> str:
    return "".join(one if one.isprintable() else " " for one in text)
