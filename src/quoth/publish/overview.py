"""The overview: the question, counts, key statements, what is not known.

- The question is the headline; the page asserts nothing.
- Key statements are chosen by rule (``key``), and the page says by which.
- What came in on one day is one line; corrections and what an outlet changed stand above it.

Example::

    for sheet in overview_sheets(lookup): ...
"""

from collections.abc import Iterator

from quoth.publish.chain import thread
from quoth.publish.claims import claim_counts, claim_place, other_stances
from quoth.publish.key import MOST, key_statements
from quoth.publish.layout.frame import Sheet
from quoth.publish.layout.html import Child, Html, tag
from quoth.publish.layout.pieces import badge, count, cut, instant, instant_day, link, name, tongue_of, when
from quoth.publish.lookup import Lookup
from quoth.publish.statement_page import statement_item
from quoth.publish.unknowns import cited, gap_words, longest_silence, silence, unanswered
from quoth.record.claim import Claim
from quoth.record.rendition import Head
from quoth.record.statement import Statement

__all__ = ["NOT_ASSERTED", "overview_sheets"]

NOT_ASSERTED = "This dossier records who says what. It does not assert."
_FEW = 4
_BY_RULE = (
    "Chosen by rule: through three speakers or more to a source not named or an official first; "
    "at most two of one exhibit where there are many."
)
_DRAWN = 3
_UPDATES = 5


def overview_sheets(lookup: Lookup) -> Iterator[Sheet]:
    """``index.html``."""
    here = "index.html"
    case = lookup.release.case
    title = tag("h1", cut(case.question or case.title, 600), class_="question", **tongue_of(case.language))
    keys = [_key(lookup, one, place, here) for place, one in enumerate(key_statements(lookup))]
    body: list[Child] = [
        title,
        tag("p", NOT_ASSERTED, class_="lead"),
        _counts(lookup, here),
        tag(
            "div",
            tag(
                "div",
                tag(
                    "section",
                    tag("h2", "Key statements"),
                    tag("p", _BY_RULE, class_="how") if keys else None,
                    tag("ul", keys, class_="list") if keys else tag("p", "No statements were found.", class_="absent"),
                ),
                _claims(lookup, here),
                class_="source",
            ),
            tag("aside", _unknown(lookup, here), _updates(lookup, here), aria_label="What we don’t know, and updates"),
            class_="split",
        ),
    ]
    yield Sheet(path=here, title=case.title, body=body)


def _key(lookup: Lookup, statement: Statement, place: int, here: str) -> Html:
    """The first three with their whole chain, the others as they stand in any list."""
    chain = thread(lookup, statement, here, limit=600) if place < _DRAWN else None
    if chain is None:
        return statement_item(lookup, statement, here)
    exhibit = lookup.exhibit_with(statement)
    where = name(*lookup.title(exhibit.id))
    target = f"statements/{statement.id}.html"
    foot = tag(
        "p",
        link(here, target, "The path to the bytes"),
        " · ",
        link(here, f"exhibits/{exhibit.id}.html", where),
        class_="how",
    )
    return tag("li", chain, foot)


def _counts(lookup: Lookup, here: str) -> Html:
    silent = unanswered(lookup)
    cells = (
        (len(lookup.statements), "statement", "statements/index.html", ""),
        (len(lookup.release.records.calls), "recording", "exhibits/index.html", ""),
        (len(cited(lookup)), "claimed, not held", "unknowns.html#cited", ""),
        (len(silent), "unanswered request", "unknowns.html#requests", longest_silence(silent)),
    )
    items = []
    for number, label, target, note in cells:
        shown = label if number == 1 or label.endswith("held") else f"{label}s"
        below = tag("small", note, class_="how") if note else None
        items.append(tag("li", link(here, target, tag("b", str(number)), " ", shown), below))
    return tag("ul", items, class_="counts", aria_label="Counts")


def _claims(lookup: Lookup, here: str) -> Html | None:
    held = sorted(lookup.release.records.claims, key=lambda one: lookup.claim_order[one.id])[:MOST]
    if not held:
        return None
    items = [
        tag(
            "li",
            tag("p", link(here, claim_place(lookup, one.id), name(one.proposition))),
            tag("p", badge("count", claim_counts(lookup, one)), _others(one), class_="badges"),
        )
        for one in held
    ]
    return tag("section", tag("h2", "Claims by origin"), tag("ul", items, class_="list"))


def _others(claim: Claim) -> Child:
    """The stances that are no support, so that nothing denied looks merely unreported."""
    words = other_stances(claim)
    return [" ", badge("count", words)] if words else None


def _unknown(lookup: Lookup, here: str) -> Html:
    records = lookup.release.records
    items: list[Child] = [tag("li", name(one.text)) for one in records.questions[:_FEW]]
    items += [tag("li", tag("b", name(one.what)), ": ", gap_words(one)) for one in records.gaps[:_FEW]]
    items += [
        tag("li", badge("cited", "not held"), " ", link(here, f"exhibits/{one.id}.html", name(*lookup.title(one.id))))
        for one in cited(lookup)[:_FEW]
    ]
    items += [tag("li", name(one.to), ": ", badge("cited", silence(one))) for one in unanswered(lookup)[:_FEW]]
    return tag(
        "section",
        tag("h2", "What we don’t know"),
        tag("ul", items)
        if items
        else tag("p", "Nothing is recorded as open; that may mean nobody looked.", class_="absent"),
        tag("p", link(here, "unknowns.html", "All that is open")),
        class_="unknown",
    )


def _updates(lookup: Lookup, here: str) -> Html:
    """Corrections, then what outlets changed, then what came in, a line a day."""
    notes = [tag("li", "Correction: ", name(one)) for one in lookup.release.corrections]
    changed = [
        tag(
            "li",
            "An exhibit was updated by its outlet: ",
            link(here, f"exhibits/{exhibit}.html", name(*lookup.title(exhibit))),
            ", ",
            when(head.updated, head.language),
        )
        for exhibit, head in sorted(lookup.heads.items(), key=_changed, reverse=True)
        if head.updated
    ]
    received: dict[str, list[tuple[str, str]]] = {}
    for exhibit in lookup.exhibits.values():
        for one in exhibit.provenances[:1]:
            received.setdefault(one.received_at[:10], []).append((one.received_at, exhibit.id))
    days = [_received(lookup, day, received[day], here) for day in sorted(received, reverse=True)]
    items = notes + changed[:_UPDATES] + days[:_UPDATES]
    return tag("section", tag("h2", "Updates"), tag("ul", items) if items else tag("p", "None.", class_="absent"))


def _changed(held: tuple[str, Head]) -> tuple[str, str]:
    updated = held[1].updated
    return (updated.earliest or updated.latest or "") if updated else "", held[0]


def _received(lookup: Lookup, day: str, held: list[tuple[str, str]], here: str) -> Html:
    """What came in on one day: the exhibit where it is one, else how many."""
    if len(held) == 1:
        at, exhibit = held[0]
        shown = link(here, f"exhibits/{exhibit}.html", name(*lookup.title(exhibit)))
        return tag("li", instant(at), ": received ", shown)
    return tag("li", link(here, "exhibits/index.html", count(len(held), "exhibit")), " received ", instant_day(day))
