"""Dates in English and Chinese words, as bounds that the words allow.

- Never more precise than the words, never less precise than they allow; the words are kept.
- What names no date (an age, a length of time, "every Monday", the verb "may") gives ``None``.
- Without an anchor a relative date has its words and no bounds.
- The conventions are written out in ``docs/resolve.md``.

Example::

    >>> read_date("mid-April 2012", against=None).latest
    '2012-04-20'
"""

import dataclasses
import datetime
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from quoth.errors import ResolveError
from quoth.resolve import chinese, english
from quoth.resolve.by_distance import is_near
from quoth.resolve.edtf import read_edtf
from quoth.resolve.expr import Answer, Expr, Scene
from quoth.resolve.reading import read
from quoth.resolve.spans import Span, edtf_of
from quoth.resolve.tense import is_future
from quoth.resolve.tokens import Tokens, tokenise
from quoth.terms.when import Reading, When

__all__ = ["dates_in", "find_dates", "order_of", "read_date"]

_SOUTH = re.compile(
    r"\b(?:Australia|New Zealand|Argentina|Chile|South Africa|Uruguay|southern hemisphere)|澳大利亚|新西兰"
)
_STATES = (
    ("us", re.compile(r"\bU\.S\.|\b(?:US|United States|American?|Congress|Pentagon|federal)\b")),
    ("in", re.compile(r"\b(?:India|Indian|rupees|crore)\b")),
    ("au", re.compile(r"\bAustralian?\b")),
)
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.])(\d{1,2})\2\d{4}(?!\d)")
_DOUBT = re.compile(
    r"(?:\b(?:perhaps|possibly|maybe|reportedly|allegedly|probably)|可能|据说|大概)\s*(?:(?:in|on|about|around|是|在|于)\s*)*\Z"
)


class _Found(NamedTuple):
    start: int
    end: int
    expr: Expr


def read_date(
    words: str,
    *,
    against: str | None,
    language: str = "en",
    before: str = "",
    after: str = "",
    order: str = "",
) -> When | None:
    """The one date expression ``words``, read in its context; ``None`` where it is no date.

    ``against`` is the anchor (an ISO day) or ``None``; ``before`` and ``after`` what stands around
    it; ``order`` is dmy, mdy or ymd for numeric dates. Raises :class:`ResolveError` for an anchor
    that is no day.
    """
    anchor = _anchor(against)
    alone = not (before or after)
    written = read_edtf(words.strip()) if alone or not words.strip().isdigit() else None
    if written is not None:
        return _when(words, written, None)
    text = before + words + after
    found = _best(text, len(before), len(before) + len(words), language, alone=alone)
    if found is None:
        return None
    scene = _scene(text, found, anchor, language)
    held, near = _previous(before, against, language)
    scene = dataclasses.replace(scene, order=order, previous=held, near=near)
    return _read(words, found.expr, scene, before)


def find_dates(
    text: str, *, against: str | None, language: str = "en", start: int = 0, end: int | None = None
) -> tuple[tuple[int, int, When], ...]:
    """All date expressions between ``start`` and ``end``: place, place after, reading."""
    stretch = (start, len(text) if end is None else end, language)
    return tuple(dates_in(text, (stretch,), against=against))


def dates_in(
    text: str, stretches: Iterable[tuple[int, int, str]], *, against: str | None
) -> Iterator[tuple[int, int, When]]:
    """The dates of several stretches (start, end, language) of one text, in order.

    "The following day" counts from the last date before it, in whichever stretch; the order of
    numeric dates is the one that the whole text shows.
    """
    anchor = _anchor(against)
    order = order_of(text)
    held: Span | None = None
    near: Span | None = None
    for start, end, language in stretches:
        for found in _scan(text, language, start, end):
            words = text[found.start : found.end]
            scene = dataclasses.replace(_scene(text, found, anchor, language), order=order, previous=held, near=near)
            when = _read(words, found.expr, scene, text[max(0, found.start - 40) : found.start])
            if when is not None:
                held = _span_of(when) or held
                near = held if is_near(held) else near
                yield found.start, found.end, when


def _anchor(against: str | None) -> datetime.date | None:
    if not against:
        return None
    try:
        return datetime.date.fromisoformat(against)
    except ValueError as err:
        raise ResolveError(f"the anchor is no day: {against!r}", hint="give YYYY-MM-DD, or nothing") from err


def _scan(text: str, language: str, start: int, end: int, *, loose: bool = False) -> Iterator[_Found]:
    """Expressions in reading order; where two overlap, the one that starts first, then the longer."""
    found = []
    if language.startswith("zh") or _HAN.search(text, start, end):
        found = [_Found(*one) for one in chinese.scan(text, start, end)]
    if not language.startswith("zh") or not found or _LATIN.search(text, start, end):
        found += _scan_english(tokenise(text, start, end, loose=loose))
    reached = start
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.start >= reached:
            reached = one.end
            yield one


_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]|\d[-/.]\d")


def _scan_english(tokens: Tokens) -> Iterator[_Found]:
    place = 0
    while place < len(tokens):
        hit = english.expression(tokens, place)
        if hit is None or hit[0] <= place:
            place += 1
            continue
        after, expr = hit
        yield _Found(tokens.at(place).start, tokens.at(after - 1).end, expr)
        place = after


def _best(text: str, start: int, end: int, language: str, *, alone: bool) -> _Found | None:
    """The expression that covers most of the words between ``start`` and ``end``."""
    if alone:
        inside = list(_scan(text, language, start, end, loose=True))
    else:
        around = [one for one in _scan(text, language, 0, len(text)) if one.start < end and one.end > start]
        inside = [one for one in around if one.start >= start and one.end <= end]
        if not inside and around:
            inside = list(_scan(text, language, start, end, loose=True)) or around
    return max(inside, key=lambda one: one.end - one.start, default=None)


def _previous(before: str, against: str | None, language: str) -> tuple[Span | None, Span | None]:
    """The last date of the text before, that "the following day" counts from, and the last near one."""
    spans = [_span_of(when) for _, _, when in find_dates(before[-400:], against=against, language=language)]
    held = [one for one in spans if one is not None]
    return (held[-1] if held else None), next((one for one in reversed(held) if is_near(one)), None)


def _span_of(when: When) -> Span | None:
    """The bounds of a reading as days; ``None`` where it has none."""
    if when.earliest is None and when.latest is None:
        return None
    ends = [None if one is None else datetime.date.fromisoformat(one) for one in (when.earliest, when.latest)]
    return Span(ends[0], ends[1])


def _scene(text: str, found: _Found, anchor: datetime.date | None, language: str) -> Scene:
    near = text[max(0, found.start - 200) : found.end + 200]
    future = is_future(text[max(0, found.start - 200) : found.start], text[found.end : found.end + 200], language)
    state = next((name for name, cue in _STATES if cue.search(near)), "")
    return Scene(anchor=anchor, future=future, south=bool(_SOUTH.search(near)), state=state)


def order_of(text: str) -> str:
    """The order of numeric dates that a number above 12 shows, where all that show one agree."""
    orders = set()
    for first, _, second in _NUMERIC.findall(text):
        if int(first) > 12 >= int(second):
            orders.add("dmy")
        elif int(second) > 12 >= int(first):
            orders.add("mdy")
    return orders.pop() if len(orders) == 1 else ""


def _read(words: str, expr: Expr, scene: Scene, before: str) -> When | None:
    answer = read(expr, scene)
    if answer is None:
        return None
    when = _when(words, answer, scene.anchor.isoformat() if scene.anchor and answer.anchored else None)
    if when.edtf and _DOUBT.search(before[-40:]) and "/" not in when.edtf:
        basis = f"{when.basis}; the words before it leave doubt"
        return dataclasses.replace(when, edtf=when.edtf + "?", basis=basis)
    return when


def _when(words: str, answer: Answer, against: str | None) -> When:
    others = tuple(
        Reading(earliest=_iso(other.earliest), latest=_iso(other.latest), edtf=edtf_of(other))
        for other in answer.others
        if (other.earliest, other.latest) != (answer.span.earliest, answer.span.latest)
    )
    return When(
        words=words,
        earliest=_iso(answer.span.earliest),
        latest=_iso(answer.span.latest),
        edtf=edtf_of(answer.span) if answer.edtf is None else answer.edtf,
        against=against,
        basis=answer.basis,
        alternatives=others,
    )


def _iso(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()
