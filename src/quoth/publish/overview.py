"""The overview: the question, counts, key statements, what is not known.

- The question is the headline; the page asserts nothing.
- Key statements are those with the longest chains and those that bear on the claims with most origins;
  the same words copied from outlet to outlet stand once.

Example::

    for sheet in overview_sheets(lookup): ...
"""

from collections.abc import Iterator

from quoth.publish.chain import known_as, thread, words_of
from quoth.publish.claims import claim_counts, claim_place
from quoth.publish.layout.frame import Sheet
from quoth.publish.layout.html import Child, Html, tag
from quoth.publish.layout.pieces import badge, cut, instant, link, name, tongue_of, when
from quoth.publish.lookup import Lookup
from quoth.publish.statement_page import statement_item
from quoth.publish.unknowns import cited, gap_words, longest_silence, silence, unanswered
from quoth.record.statement import SourceType, Statement

__all__ = ["NOT_ASSERTED", "key_statements", "overview_sheets"]

NOT_ASSERTED = "This dossier records who says what. It does not assert."
_KEY = 8
_FEW = 4
_TELLING = 24
_PRONOUN = 4
_DRAWN = 3
_UPDATES = 5


def key_statements(lookup: Lookup) -> list[Statement]:
    """At most eight: chains of three and more speakers first, then by the origins of their claims."""

    def rank(one: Statement) -> tuple[int, int, int, str, int]:
        chain = lookup.chains.get(one.id)
        links = len(chain.links) if chain else 0
        origins = max((len(claim.origins) for claim in lookup.claims_with.get(one.id, ())), default=0)
        return (
            _unclear(lookup, one),
            -links if links >= 3 else 0,
            -origins,
            lookup.exhibit_of[one.rendition],
            lookup.numbers[one.id],
        )

    telling: dict[str, Statement] = {}
    for one in sorted(lookup.statements.values(), key=rank):
        if _tells(lookup, one):
            telling.setdefault(words_of(one, "content").casefold(), one)
    ranked = list(telling.values())
    return [one for one in ranked if rank(one)[1:3] != (0, 0)][:_KEY] or ranked[:_KEY]


def _unclear(lookup: Lookup, statement: Statement) -> int:
    """How many speakers of its chain are no more than a short word that nothing explains: ``We``, ``it``."""
    chain = lookup.chains.get(statement.id)
    if chain is None:
        return 0
    nodes = [(one.source, lookup.statements.get(one.statement)) for one in chain.links]
    short = [held for source, held in nodes if held and source.isascii() and len(source) <= _PRONOUN]
    return sum(known_as(lookup, held, "") is None for held in short)


def _tells(lookup: Lookup, statement: Statement) -> bool:
    """Whether it says something by itself: enough words, and a source at every node of its chain."""
    chain = lookup.chains.get(statement.id)
    sourced = all(one.source_type is not SourceType.NONE for one in chain.links) if chain else bool(statement.source)
    return sourced and len(words_of(statement, "content").encode()) >= _TELLING


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
    chain = thread(lookup, statement, limit=600) if place < _DRAWN else None
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
    held = sorted(lookup.release.records.claims, key=lambda one: lookup.claim_order[one.id])[:_KEY]
    if not held:
        return None
    items = [
        tag(
            "li",
            tag("p", link(here, claim_place(lookup, one.id), name(one.proposition))),
            tag("p", badge("count", claim_counts(lookup, one))),
        )
        for one in held
    ]
    return tag("section", tag("h2", "Claims by origin"), tag("ul", items, class_="list"))


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
    received = sorted(
        ((one.received_at, exhibit.id) for exhibit in lookup.exhibits.values() for one in exhibit.provenances[:1]),
        reverse=True,
    )
    items = [
        tag("li", instant(at), ": received ", link(here, f"exhibits/{exhibit}.html", name(*lookup.title(exhibit))))
        for at, exhibit in received[:_UPDATES]
    ]
    changed = [
        tag(
            "li",
            "An exhibit was updated by its outlet: ",
            link(here, f"exhibits/{exhibit}.html", name(*lookup.title(exhibit))),
            ", ",
            when(head.updated, head.language),
        )
        for exhibit, head in sorted(lookup.heads.items())
        if head.updated
    ]
    notes = [tag("li", "Correction: ", name(one)) for one in lookup.release.corrections]
    return tag(
        "section",
        tag("h2", "Updates"),
        tag("ul", notes, items, changed[:_FEW]) if items or changed or notes else tag("p", "None.", class_="absent"),
    )
