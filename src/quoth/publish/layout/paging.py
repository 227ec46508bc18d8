"""Long lists, cut into pages of bounded size.

- A page takes items until its bytes are used up; an item is never cut.
- Every page says which of how many items it shows, and links to the others.

Example::

    sheets = paged(Listing(path="claims.html", title="Claims", lead=lead, items=items))
"""

import dataclasses
from collections.abc import Iterator

from quoth.publish.layout.frame import Sheet
from quoth.publish.layout.html import Child, Html, tag
from quoth.publish.layout.pieces import to

__all__ = ["Listing", "numbered_path", "paged"]

BUDGET = 44_000
"""Bytes of items on one page; the frame adds about five thousand."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list before it is cut: finished items, the element and class that hold them, words above.

    ``narrow`` stands above the items of every page.
    """

    path: str
    title: str
    lead: Child
    items: tuple[Html, ...]
    element: str = "ul"
    class_: str = "list"
    section: str = ""
    empty: str = "Nothing here so far."
    budget: int = BUDGET
    per_page: int = 0
    narrow: Child = None


def paged(listing: Listing) -> Iterator[Sheet]:
    """The pages of a list; one page, saying so, where it is empty."""
    groups = list(_groups(listing))
    paths = [numbered_path(listing.path, number) for number in range(1, len(groups) + 1)]
    for path, (start, items) in zip(paths, groups, strict=True):
        held: Child = (
            tag(listing.element, items, class_=listing.class_) if items else tag("p", listing.empty, class_="absent")
        )
        shown = f"{start + 1} to {start + len(items)} of {len(listing.items)}"
        body: list[Child] = [
            tag("h1", listing.title),
            listing.lead if path == listing.path else None,
            tag("p", shown, class_="shown") if len(paths) > 1 else None,
            listing.narrow,
            _around(path, paths, "above"),
            held,
            _around(path, paths, "below"),
        ]
        yield Sheet(path=path, title=listing.title, body=body, section=listing.section or listing.path)


def _groups(listing: Listing) -> Iterator[tuple[int, tuple[Html, ...]]]:
    held: list[Html] = []
    weight = start = 0
    for item in listing.items:
        size = len(item.encode())
        if held and (weight + size > listing.budget or len(held) == listing.per_page):
            yield start, tuple(held)
            start, held, weight = start + len(held), [], 0
        held.append(item)
        weight += size
    yield start, tuple(held)


def numbered_path(path: str, number: int) -> str:
    """The path of the page ``number`` (from 1) of a list."""
    return path if number == 1 else f"{path.removesuffix('.html')}-{number}.html"


def _around(here: str, paths: list[str], where: str) -> Html | None:
    if len(paths) == 1:
        return None
    place = paths.index(here)
    links = [
        tag("li", tag("a", f"Page {number + 1}", href=to(here, path), aria_current="page" if number == place else None))
        for number, path in enumerate(paths)
        if number in (0, len(paths) - 1) or abs(number - place) <= 3
    ]
    return tag(
        "nav", tag("ul", links), aria_label=f"Pages of this list, {len(paths)} in all, {where} it", class_="pages"
    )
