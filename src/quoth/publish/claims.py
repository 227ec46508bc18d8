"""Claims: who supports, denies or leaves them open; origins and routes.

- Origins count, outlets do not: "3 reports, 1 origin".
- Nothing here says whether a claim is so.

Example::

    claim_place(lookup, "l-…")  # 'claims.html#l-…'
"""

from collections.abc import Iterator

from quoth.publish.layout.frame import Sheet
from quoth.publish.layout.html import Child, Html, join, tag
from quoth.publish.layout.paging import Listing, numbered_path, paged
from quoth.publish.layout.pieces import badge, count, file_name, link, name
from quoth.publish.lookup import Lookup
from quoth.publish.references import linked
from quoth.record.claim import Claim, OriginKind, Route, Stance

__all__ = ["STANCES", "claim_counts", "claim_list", "claim_place", "other_stances"]

STANCES = {
    Stance.ASSERTS: "asserts",
    Stance.DENIES: "denies",
    Stance.DOUBTS: "doubts",
    Stance.ASKS: "asks",
    Stance.REPORTS: "reports",
    Stance.WOULD_NOT_SAY: "would not say",
}
_ORIGINS = {
    OriginKind.HELD: "held here",
    OriginKind.CITED: "cited, not held",
    OriginKind.NAMED: "named",
    OriginKind.ANONYMOUS: "not named",
    OriginKind.EDITORIAL: "the outlet itself",
}
_SUPPORT = frozenset({Stance.ASSERTS, Stance.REPORTS})
_PER_PAGE = 20
_SHOWN = 12


def claim_place(lookup: Lookup, claim: str) -> str:
    """The path and fragment of a claim."""
    place = lookup.claim_order[claim]
    return f"{numbered_path('claims.html', place // _PER_PAGE + 1)}#{claim}"


def claim_counts(lookup: Lookup, claim: Claim) -> str:
    """``3 reports, 1 origin``: exhibits that carry support for it, and where they have it from in the end."""
    reports = {
        lookup.exhibit_of[lookup.statements[one.statement].rendition]
        for one in claim.stances
        if one.stance in _SUPPORT and one.statement in lookup.statements
    }
    return f"{count(len(reports), 'report')}, {count(len(claim.origins), 'origin')}"


def other_stances(claim: Claim) -> str:
    """``1 denies, 2 would not say``: the stances that are no support, counted by statement."""
    counted = {
        stance: sum(one.stance is stance for one in claim.stances) for stance in Stance if stance not in _SUPPORT
    }
    return ", ".join(f"{number} {STANCES[stance]}" for stance, number in counted.items() if number)


def claim_list(lookup: Lookup) -> Iterator[Sheet]:
    """``claims.html`` and its further pages."""
    lead = tag(
        "p",
        "What is put forward, by whom, and where it comes from in the end. "
        "Ten reports of one spokesman are one origin.",
        class_="lead",
    )
    lead = join(
        [
            lead,
            tag("p", link("claims.html", "opinions.html", "Assessments by named people, and how the called replied")),
        ]
    )
    claims = sorted(lookup.release.records.claims, key=lambda one: lookup.claim_order[one.id])
    items = tuple(_claim(lookup, one, claim_place(lookup, one.id).split("#")[0]) for one in claims)
    yield from paged(
        Listing(
            path="claims.html",
            title="Claims",
            lead=lead,
            items=items,
            class_="list claims",
            per_page=_PER_PAGE,
            budget=1 << 30,
        )
    )


def _claim(lookup: Lookup, claim: Claim, here: str) -> Html:
    decided = bool(claim.decided_by) or claim.id in lookup.accepted
    why = linked(lookup, claim.reason, here)
    return tag(
        "li",
        tag("h2", name(claim.proposition)),
        tag(
            "p",
            badge("count", claim_counts(lookup, claim)),
            badge("count", other_stances(claim)) if other_stances(claim) else None,
            badge("held", "grouped by a reviewer") if decided else badge("cited", "grouped by a machine"),
            class_="badges",
        ),
        _stances(lookup, claim, here),
        _origins(claim),
        _routes(lookup, claim, here),
        tag("p", "Why these are one claim: ", why, class_="how") if claim.reason else None,
        id=file_name(claim.id),
    )


def _stances(lookup: Lookup, claim: Claim, here: str) -> Child:
    held = [one for one in claim.stances if one.statement in lookup.statements]
    items = []
    for one in held[:_SHOWN]:
        statement = lookup.statements[one.statement]
        language = lookup.language(statement.rendition, statement.passage)
        exhibit = lookup.exhibit_with(statement)
        who = " … ".join(part.exact for part in statement.source) or "No source given"
        items.append(
            tag(
                "li",
                link(here, f"statements/{statement.id}.html", name(who, language)),
                " ",
                tag("span", STANCES[one.stance], class_="verb"),
                tag("small", " in ", name(*lookup.title(exhibit.id)), class_="how"),
            )
        )
    more = len(held) - len(items)
    return [
        tag("ul", items, class_="plain"),
        tag("p", f"and {count(more, 'statement')} more", class_="how") if more else None,
    ]


def _origins(claim: Claim) -> Html | None:
    if not claim.origins:
        return None
    items = [
        tag("li", name(one.label), tag("small", " – ", _ORIGINS[one.kind], class_="how"))
        for one in claim.origins[:_SHOWN]
    ]
    more = len(claim.origins) - len(items)
    return tag(
        "div", tag("h3", "Origins"), tag("ul", items, class_="plain"), tag("p", f"and {more} more") if more else None
    )


def _routes(lookup: Lookup, claim: Claim, here: str) -> Html | None:
    if not claim.routes:
        return None
    labels = {one.id: one.label for one in claim.origins}
    items = [_route(lookup, one, labels, here) for one in claim.routes[:_SHOWN]]
    more = len(claim.routes) - len(items)
    return tag(
        "div",
        tag("h3", f"Ways on which it reaches us: {len(claim.routes)}"),
        tag("ul", items, class_="plain routes"),
        tag("p", f"and {more} more") if more else None,
    )


def _route(lookup: Lookup, route: Route, labels: dict[str, str], here: str) -> Html:
    steps: list[Child] = []
    for exhibit in route.through:
        if exhibit in lookup.exhibits:
            steps.append(link(here, f"exhibits/{exhibit}.html", name(*lookup.title(exhibit))))
        else:
            steps.append("an exhibit not shown here")
        steps.append(tag("span", " from ", class_="verb"))
    steps.append(tag("b", name(labels.get(route.origin, "an origin not named"))))
    return tag(
        "li", steps, tag("small", " (", linked(lookup, route.reason, here), ")", class_="how") if route.reason else None
    )
