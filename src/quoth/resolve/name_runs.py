"""Runs of capitalised words that may be names.

- A run ends at a mark, a blank line or a lower-case word that is no particle of a name.
- Titles are cut from its front, openings of sentences too; the title is kept as a sign.
- After an organisation's head word the run goes on over "of", "for", "on", "to", "against".

Example::

    [text[run.start:run.end] for run in runs(text, 0, len(text))]   # ["Ines Halvard", "Committee on Roads"]
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from quoth.resolve.counts import english
from quoth.resolve.name_words import (
    AFTER_NAME,
    BODY_ENDS,
    CONNECTORS,
    DEMONYMS,
    DOCUMENT_HEADS,
    HONORIFICS,
    NEVER,
    OFFICE_HEADS,
    OPENERS,
    ORG_HEADS,
    PAPER_HEADS,
    PARTICLES,
    PLACE_HEADS,
    PLACES,
    ROLE_HEADS,
    STREETS,
)

__all__ = ["Run", "runs"]

_PIECE = re.compile(
    r"(?P<initials>(?:[A-Z]\.){2,})|(?P<word>[^\W\d_]+(?:[-'’][^\W\d_]+)*)|(?P<number>\d+)|"
    r"(?P<gap>\n\s*\n)|(?P<cell>\t| {3,})|(?P<line>\n)|(?P<mark>[^\w\s])"
)
_SHORT_LINE = 46
"""A line shorter than this was ended on purpose, not wrapped."""
_OFFICE_OF = ("secretary of state", "chief of staff", "head of state", "minister of state", "chief of police")


class Run(NamedTuple):
    """A run of ``words`` capitalised words, and what its form says."""

    start: int
    end: int
    words: int
    title: bool
    organisation: bool
    place: bool
    opens: bool
    after_in: bool


class _Piece(NamedTuple):
    text: str
    low: str
    start: int
    end: int
    kind: str

    @property
    def capital(self) -> bool:
        """Whether it can be part of a name."""
        return self.kind == "initials" or (
            self.kind == "word" and (self.text[0].isupper() or self.text[:3] in ("al-", "el-"))
        )


def runs(text: str, start: int, end: int) -> Iterator[Run]:
    """The runs between ``start`` and ``end``, cut and judged, in reading order."""
    pieces = list(_pieces(text, start, end))
    place = 0
    while place < len(pieces):
        if not pieces[place].capital:
            place += 1
            continue
        after = _extent(pieces, place)
        for first, last in _split(pieces, place, after):
            run = _judged(pieces, first, last)
            if run is not None:
                yield run
                while after < len(pieces) and pieces[after].start < run.end:
                    after += 1
                if run.organisation and pieces[after - 1].end > run.end:
                    after = next(at for at in range(first, after) if pieces[at].start >= run.end)
        place = after


def _pieces(text: str, start: int, end: int) -> Iterator[_Piece]:
    line = start
    for found in _PIECE.finditer(text, start, end):
        word, stop = found.group(), found.end()
        if found.lastgroup == "line":
            if stop - line < _SHORT_LINE:
                yield _Piece(word, word, found.start(), stop, "gap")
            line = stop
            continue
        if found.lastgroup == "cell":
            yield _Piece(word, word, found.start(), stop, "gap")
            continue
        if found.lastgroup == "word" and word[-2:] in ("'s", "’s"):
            word, stop = word[:-2], stop - 2
        elif found.lastgroup == "word" and word[-1] in "'’":
            word, stop = word[:-1], stop - 1
        if word:
            yield _Piece(word, word.lower(), found.start(), stop, found.lastgroup or "")


def _extent(pieces: list[_Piece], place: int) -> int:
    """The place after the run of capitals that starts at ``place``, particles and initials included."""
    at = place + 1
    while at < len(pieces):
        piece = pieces[at]
        if pieces[at - 1].kind == "word" and _genitive(pieces, at):
            break
        if (
            piece.capital
            or (piece.low in PARTICLES and _leads_on(pieces, at))
            or (
                piece.text == "."
                and (len(pieces[at - 1].text) == 1 or pieces[at - 1].low in HONORIFICS)
                and _near(pieces, at)
            )
        ):
            at += 1
        else:
            break
    return at


def _genitive(pieces: list[_Piece], at: int) -> bool:
    """Whether a genitive ending was cut between the two pieces."""
    return pieces[at].start - pieces[at - 1].end > 2


def _near(pieces: list[_Piece], at: int) -> bool:
    return at + 1 < len(pieces) and pieces[at + 1].capital and pieces[at + 1].start - pieces[at].end <= 1


def _leads_on(pieces: list[_Piece], at: int) -> bool:
    """Whether a capitalised word follows within two particles."""
    return any(
        at + step < len(pieces)
        and pieces[at + step].capital
        and all(one.low in PARTICLES for one in pieces[at : at + step])
        for step in (1, 2)
    )


def _split(pieces: list[_Piece], first: int, after: int) -> Iterator[tuple[int, int]]:
    """The run without the openings of a sentence; what a body's name leaves over is a run of its own."""
    while first < after and (pieces[first].low in OPENERS or pieces[first].low in NEVER or pieces[first].text == "."):
        first += 1
    if first < after:
        yield first, after


def _judged(pieces: list[_Piece], first: int, last: int) -> Run | None:
    opens = first == 0 or pieces[first - 1].kind == "gap" or pieces[first - 1].text in ".!?:“\"‘'"
    before = pieces[first - 1].low if first else ""
    cut, titled = _after_title(pieces, first, last)
    titled = titled or before in OFFICE_HEADS | ROLE_HEADS or before.split("-")[-1] in OFFICE_HEADS
    head = _org_head(pieces, first, last) and pieces[last - 1].low not in STREETS
    if head and not (titled and cut > first and _org_head(pieces, cut, last) is False):
        last = _extended(pieces, last)
        return _run(pieces, first, _body_end(pieces, first, last), titled=False, organisation=True, opens=opens)
    first = cut
    while first < last and pieces[first].low in DEMONYMS:
        first += 1
    while last - first > 2 and pieces[first].low in PLACES and pieces[last - 1].low not in PLACE_HEADS:
        first += 1
    first = _stamped(pieces, first, last) if first < last else first
    while last - first > 2 and pieces[last - 1].low in AFTER_NAME:
        last, titled = last - 1, True
    while last > first and (pieces[last - 1].text == "." or pieces[last - 1].low in NEVER):
        last -= 1
    if first >= last:
        return None
    lows = [one.low for one in pieces[first:last] if one.kind == "word"]
    if not lows or lows[-1] in DOCUMENT_HEADS or lows[-1] in DEMONYMS or (len(lows) == 1 and lows[0] in NEVER):
        return None
    return _run(pieces, first, last, titled=titled, organisation=False, opens=opens)


def _stamped(pieces: list[_Piece], first: int, last: int) -> int:
    """The place after a stamp or a number that is no part of a name: "RECEIVED Kelsund", "Forty-One Names"."""
    shouted = pieces[first].text.isupper() and len(pieces[first].text) > 4
    if last - first > 1 and shouted and not all(one.text.isupper() for one in pieces[first:last]):
        return first + 1
    return last if english(pieces[first].low) is not None and pieces[first].kind == "word" else first


def _run(pieces: list[_Piece], first: int, last: int, *, titled: bool, organisation: bool, opens: bool) -> Run:
    if last < len(pieces) and pieces[last].text == "." and pieces[last - 1].low in ("corp", "inc", "ltd", "co"):
        last += 1
    words = [one for one in pieces[first:last] if one.kind in ("word", "initials")]
    lows = [one.low for one in words]
    place = lows[-1] in PLACE_HEADS or all(
        low in PLACES or low in ("new", "north", "south", "east", "west") for low in lows
    )
    before = pieces[first - 1].low if first else ""
    return Run(
        pieces[first].start,
        pieces[last - 1].end,
        sum(1 for one in words if one.capital),
        titled,
        organisation,
        place and not organisation and not titled,
        opens,
        before in ("in", "at", "near", "across", "around"),
    )


def _body_end(pieces: list[_Piece], first: int, last: int) -> int:
    """The end of a body's name: a person's name may run on right after "… on Foreign Affairs"."""
    for place in range(last - 2, first, -1):
        if pieces[place - 1].low in BODY_ENDS and all(one.capital for one in pieces[place:last]):
            held = [one.low for one in pieces[place:last]]
            if not any(low in ORG_HEADS or low in PAPER_HEADS or low in CONNECTORS or low in BODY_ENDS for low in held):
                return place
    return last


def _after_title(pieces: list[_Piece], first: int, last: int) -> tuple[int, bool]:
    """The place after honorifics and offices at the front ("Interior Minister"), and whether there were any."""
    cut = first
    for place in range(first, last):
        low = pieces[place].low
        if (
            low in HONORIFICS
            or low in OFFICE_HEADS
            or low in ROLE_HEADS
            or low.split("-")[-1] in OFFICE_HEADS
            or (pieces[place].text == "." and cut == place)
        ):
            cut = place + 1
    if cut >= last:
        return first, False
    joined = " ".join(one.low for one in pieces[max(0, first - 2) : first + 1])
    if cut == first and joined in _OFFICE_OF:
        return first + 1, True
    return cut, cut > first


def _org_head(pieces: list[_Piece], first: int, last: int) -> bool:
    """Whether a head word of an organisation (not alone, unless a ministry or the like) is in the run."""
    lows = [one.low for one in pieces[first:last] if one.kind in ("word", "initials")]
    if any(low in PAPER_HEADS for low in lows[1:]):
        return True
    heads = [low for low in lows if low in ORG_HEADS]
    if not heads:
        return False
    following = pieces[last].low if last < len(pieces) else ""
    return len(lows) > 1 or following in ("of", "for", "on")


def _extended(pieces: list[_Piece], last: int) -> int:
    """The end of an organisation's name, over its connectors ("of the", "and", "to")."""
    for _ in range(4):
        at = last
        while at < len(pieces) and at - last < 3 and pieces[at].low in CONNECTORS:
            at += 1
        if at == last or at >= len(pieces) or not pieces[at].capital or pieces[last].low in ("in", "the"):
            return last
        if pieces[last].low in ("and", "&", "to") and pieces[last - 1].low in ORG_HEADS:
            return last
        if pieces[at].low in NEVER or pieces[at].low in OPENERS:
            return last
        last = _extent(pieces, at)
    return last
