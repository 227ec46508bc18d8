"""What we don't know: gaps, open questions, what is not held, silence.

- A gap is counted: announced, described, held.
- Silence is counted in days, as far as its dates tell, and never read as an answer.
- Hypotheses stand side by side with what fits and what strains them, in the same words.

Example::

    silence(request)  # '19 days without a reply'
"""

import datetime
from collections.abc import Iterator

from quoth.publish.layout.frame import Sheet
from quoth.publish.layout.html import Child, Html, tag
from quoth.publish.layout.pieces import badge, facts, link, name, quote, when
from quoth.publish.lookup import Lookup
from quoth.publish.references import linked
from quoth.record.exhibit import Exhibit, ExhibitStatus
from quoth.record.hypothesis import Gap, Hypothesis, Question
from quoth.record.request import Request
from quoth.terms.anchor import Extract
from quoth.terms.digest import Digest

__all__ = ["cited", "gap_words", "longest_silence", "silence", "unanswered", "unknown_sheets"]

_MOST = 60


def unanswered(lookup: Lookup) -> list[Request]:
    """Requests without a recorded reply."""
    return [one for one in lookup.release.records.requests if not one.reply]


def cited(lookup: Lookup) -> list[Exhibit]:
    """Exhibits that somebody says exist, and that are not held."""
    return [one for one in lookup.exhibits.values() if one.status is ExhibitStatus.CITED]


def silence(request: Request) -> str:
    """How long a request has gone unanswered, as precisely as both dates allow."""
    low, high = _days(request)
    if high is None:
        return "no reply recorded; for how long is not known"
    if low == high:
        return f"{high} {'day' if high == 1 else 'days'} without a reply"
    return f"between {low} and {high} days without a reply"


def longest_silence(requests: list[Request]) -> str:
    """The longest silence whose days are known, or nothing."""
    known = [(high, silence(one)) for one in requests for _, high in (_days(one),) if high is not None]
    if not known:
        return ""
    words = max(known)[1]
    return words if len(requests) == 1 else f"the longest: {words}"


def _days(request: Request) -> tuple[int, int | None]:
    sent, until = request.sent, request.as_of
    if not (sent and until and sent.earliest and sent.latest and until.earliest and until.latest):
        return 0, None
    sent_low, sent_high, low, high = map(
        datetime.date.fromisoformat, (sent.earliest, sent.latest, until.earliest, until.latest)
    )
    if high < sent_low:
        return 0, None
    return max(0, (low - sent_high).days), (high - sent_low).days


def gap_words(gap: Gap) -> str:
    """``6 announced, 3 described, 0 held``."""
    counts = ((gap.announced, "announced"), (gap.described, "described"), (gap.held, "held"))
    return ", ".join(f"{number if number >= 0 else 'not known how many'} {word}" for number, word in counts)


def unknown_sheets(lookup: Lookup) -> Iterator[Sheet]:
    """``unknowns.html``."""
    here = "unknowns.html"
    records = lookup.release.records
    body: list[Child] = [
        tag("h1", "What we don’t know"),
        tag("p", "An open question is a finding too. Nothing here is evidence for or against anybody.", class_="lead"),
        _section(
            "gaps", "Announced, described, held", [_gap(lookup, one, here) for one in records.gaps], "No gap was found."
        ),
        _section(
            "questions", "Open questions", [_question(lookup, one, here) for one in records.questions], "None recorded."
        ),
        _section("cited", "Said to exist, not held", [_cited(lookup, one, here) for one in cited(lookup)], "Nothing."),
        _section(
            "requests", "Requests without a reply", [_request(lookup, one, here) for one in unanswered(lookup)], "None."
        ),
        _replied(lookup, here),
        _hypotheses(lookup, records.hypotheses, here),
    ]
    yield Sheet(path=here, title="What we don’t know", body=body)


def _section(anchor: str, title: str, items: list[Html], empty: str) -> Html:
    more = len(items) - _MOST
    return tag(
        "section",
        tag("h2", title),
        tag("ul", items[:_MOST], class_="list") if items else tag("p", empty, class_="absent"),
        tag("p", f"and {more} more", class_="how") if more > 0 else None,
        id=anchor,
    )


def _where(lookup: Lookup, rendition: Digest | None, part: Extract | None, here: str) -> Html | None:
    exhibit = lookup.exhibit_of.get(rendition, "") if rendition else ""
    if exhibit not in lookup.exhibits:
        return None
    words = quote(part.exact, lookup.language(rendition), limit=300) if rendition and part and part.exact else None
    return tag(
        "p",
        words,
        " in " if words else "In ",
        link(here, f"exhibits/{exhibit}.html", name(*lookup.title(exhibit))),
        class_="how",
    )


def _gap(lookup: Lookup, one: Gap, here: str) -> Html:
    return tag(
        "li",
        tag("p", tag("b", name(one.what)), ": ", gap_words(one)),
        tag("ul", [tag("li", linked(lookup, ground, here)) for ground in one.grounds]) if one.grounds else None,
        _where(lookup, one.rendition, one.extract, here),
    )


def _question(lookup: Lookup, one: Question, here: str) -> Html:
    return tag("li", tag("p", name(one.text)), _where(lookup, one.rendition, one.extract, here))


def _cited(lookup: Lookup, one: Exhibit, here: str) -> Html:
    said = one.citation
    return tag(
        "li",
        tag(
            "p",
            badge("cited", "cited, not held"),
            " ",
            link(here, f"exhibits/{one.id}.html", name(*lookup.title(one.id))),
        ),
        tag(
            "p", "Said by ", name(said.said_by), [", with ", name(said.held_by)] if said.held_by else None, class_="how"
        )
        if said
        else None,
    )


def _request(lookup: Lookup, one: Request, here: str) -> Html:
    return tag(
        "li",
        tag("p", tag("b", name(one.to)), " ", badge("cited", silence(one))),
        _request_facts(lookup, one, here),
    )


def _request_facts(lookup: Lookup, one: Request, here: str) -> Html | None:
    said = lookup.statements.get(one.statement)
    return facts(
        ("Asked by", name(one.asked_by) if one.asked_by else None),
        ("How", name(one.how) if one.how else None),
        ("Put", name(one.put) if one.put else None),
        ("Sent", when(one.sent) if one.sent else None),
        ("No reply up to", when(one.as_of) if one.as_of and not one.reply else None),
        ("Reply", name(one.reply) if one.reply else None),
        ("Replied", when(one.replied) if one.replied else None),
        (
            "Where it is said",
            link(here, f"statements/{said.id}.html", f"statement {lookup.numbers[said.id]}") if said else None,
        ),
    )


def _replied(lookup: Lookup, here: str) -> Html | None:
    held = [one for one in lookup.release.records.requests if one.reply]
    if not held:
        return None
    items = [tag("li", tag("p", tag("b", name(one.to))), _request_facts(lookup, one, here)) for one in held[:_MOST]]
    return tag("section", tag("h2", "Requests with a reply"), tag("ul", items, class_="list"))


def _hypotheses(lookup: Lookup, held: tuple[Hypothesis, ...], here: str) -> Html | None:
    if not held:
        return None
    cards = [
        tag(
            "li",
            tag("p", name(one.text), class_="what"),
            tag("p", "Put by ", name(one.put_by), class_="how") if one.put_by else None,
            tag("h3", "Fits"),
            _points(lookup, one.fits, here),
            tag("h3", "Strains"),
            _points(lookup, one.strains, here),
        )
        for one in held[:_MOST]
    ]
    return tag("section", tag("h2", "Explanations side by side"), tag("ul", cards, class_="cards"))


def _points(lookup: Lookup, points: tuple[str, ...], here: str) -> Html:
    return (
        tag("ul", [tag("li", linked(lookup, one, here)) for one in points])
        if points
        else tag("p", "Nothing recorded.", class_="absent")
    )
