"""Lists of all exhibits and of all statements.

- Exhibits: held first, then what is only cited, each by title.
- Statements: by the exhibit that they stand in, in reading order; narrowed by kind of act and polarity.

Example::

    sheets = [*exhibit_list(lookup), *statement_list(lookup)]
"""

from collections.abc import Iterator

from quoth.publish.acts import filters
from quoth.publish.exhibit_page import exhibit_badge
from quoth.publish.layout.frame import Sheet
from quoth.publish.layout.html import Html, tag
from quoth.publish.layout.paging import Listing, paged
from quoth.publish.layout.pieces import count, link, name, when
from quoth.publish.lookup import Lookup
from quoth.publish.statement_page import statement_item
from quoth.record.exhibit import Exhibit, ExhibitStatus
from quoth.record.statement import Statement

__all__ = ["exhibit_list", "statement_list"]


def exhibit_list(lookup: Lookup) -> Iterator[Sheet]:
    """``exhibits/index.html`` and its further pages."""
    here = "exhibits/index.html"

    def place(one: Exhibit) -> tuple[bool, str, str]:
        return one.status is not ExhibitStatus.HELD, lookup.title(one.id)[0].casefold(), one.id

    ordered = sorted(lookup.exhibits.values(), key=place)
    held = sum(one.status is ExhibitStatus.HELD for one in ordered)
    cited = len(ordered) - held
    lead = tag(
        "p", f"{count(held, 'exhibit')} held; {cited} that somebody says exist, and that are not held.", class_="lead"
    )
    items = tuple(_exhibit(lookup, one, here) for one in ordered)
    yield from paged(Listing(path=here, title="Exhibits", lead=lead, items=items, empty="No exhibits in this draft."))


def _exhibit(lookup: Lookup, exhibit: Exhibit, here: str) -> Html:
    head = lookup.heads.get(exhibit.id)
    said = exhibit.citation
    number = sum(len(lookup.statements_in.get(one.content, ())) for one in lookup.renditions.get(exhibit.id, ()))
    details = [
        name(head.outlet, head.language) if head and head.outlet else None,
        when(head.published, head.language) if head and head.published else None,
        ["said by ", name(said.said_by)] if said else None,
        count(number, "statement") if number else None,
        exhibit.kind or None,
    ]
    shown = [part for one in details if one for part in (" · ", one)][1:]
    return tag(
        "li",
        tag(
            "p", exhibit_badge(exhibit), " ", link(here, f"exhibits/{exhibit.id}.html", name(*lookup.title(exhibit.id)))
        ),
        tag("p", shown, class_="how") if shown else None,
    )


def statement_list(lookup: Lookup) -> Iterator[Sheet]:
    """``statements/index.html`` and its further pages."""
    here = "statements/index.html"

    def place(one: Statement) -> tuple[str, str, int]:
        exhibit = lookup.exhibit_of[one.rendition]
        return lookup.title(exhibit)[0].casefold(), exhibit, lookup.numbers[one.id]

    ordered = sorted(lookup.statements.values(), key=place)
    words = f"{count(len(ordered), 'act')} of saying, thinking or keeping silent, in reading order within each exhibit."
    lead = tag("p", words, class_="lead")
    items = tuple(statement_item(lookup, one, here) for one in ordered)
    yield from paged(
        Listing(
            path=here,
            title="Statements",
            lead=lead,
            items=items,
            empty="No statements were found.",
            narrow=filters(ordered),
        )
    )
