"""What a web page says of itself: title, by-line, outlet, dates, language.

- Read from JSON-LD, then meta elements, then ``time`` elements; the words are kept as they stand.
- A date is the day that the page states, in the page's own time zone.
- Nothing is fetched, no script is run; JSON-LD is parsed as data.

Example::

    said(tree).published      # When(words="2024-05-01T07:10:00+02:00", earliest="2024-05-01", …)
"""

import dataclasses
import json
from collections.abc import Iterator
from typing import Any

from quoth.read.dates import date_of
from quoth.terms.when import When

__all__ = ["PageSays", "said"]

_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline")
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "byl")
_OUTLETS = ("og:site_name", "application-name", "dc.publisher", "publisher", "citation_journal_title")
_PUBLISHED = (
    "article:published_time", "datepublished", "date", "dc.date", "dcterms.date", "dc.date.issued", "dcterms.created",
    "parsely-pub-date", "pubdate", "publishdate", "publish-date", "citation_publication_date", "og:published_time",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified",
    "last-modified", "lastmod", "revised",
)  # fmt: skip
_DEEPEST = 40


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PageSays:
    """What the page states; empty where it does not."""

    title: str = ""
    byline: str = ""
    outlet: str = ""
    url: str = ""
    language: str = ""
    published: When | None = None
    updated: When | None = None


def said(tree: Any) -> PageSays:
    """What an lxml tree of a page states of itself."""
    metas = _metas(tree)
    data = _linked_data(tree)
    published = _date([_text(data.get("datePublished")), *(metas.get(name, "") for name in _PUBLISHED)])
    updated = _date([_text(data.get("dateModified")), *(metas.get(name, "") for name in _UPDATED)])
    if published is None or updated is None:
        first, later = _times(tree)
        published, updated = published or first, updated or later
    if updated and published and updated.words == published.words:
        updated = None
    return PageSays(
        title=_first([_text(data.get("headline")), *(metas.get(name, "") for name in _TITLES), *_visible_titles(tree)]),
        byline=_first([_names(data.get("author")), *(_not_url(metas.get(name, "")) for name in _AUTHORS)]),
        outlet=_first([*(metas.get(name, "") for name in _OUTLETS), _names(data.get("publisher"))]),
        url=_first([*tree.xpath("//link[@rel='canonical']/@href"), metas.get("og:url", "")]),
        language=_first([*tree.xpath("/html/@lang"), _text(data.get("inLanguage")), metas.get("content-language", "")]),
        published=published,
        updated=updated,
    )


def _first(found: list[str]) -> str:
    return next((" ".join(one.split()) for one in found if one and one.strip()), "")


def _not_url(text: str) -> str:
    return "" if text.startswith(("http://", "https://")) else text


def _metas(tree: Any) -> dict[str, str]:
    made: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = element.get("content")
        if name and content:
            made.setdefault(name.strip().lower(), content)
    return made


def _visible_titles(tree: Any) -> list[str]:
    heads = [" ".join(one.itertext()) for one in tree.xpath("//h1")]
    titles = [" ".join(one.itertext()) for one in tree.xpath("//head/title|//title")]
    return (heads if len(heads) == 1 else []) + titles + heads


def _linked_data(tree: Any) -> dict[str, Any]:
    """The first JSON-LD object that is an article, else the first with a headline or a date."""
    best: dict[str, Any] = {}
    for element in tree.xpath("//script[@type='application/ld+json']"):
        try:
            value = json.loads(element.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for one in _objects(value, 0):
            if any(kind.endswith(("Article", "Posting", "Report")) for kind in _kinds(one)):
                return one
            if not best and ("headline" in one or "datePublished" in one):
                best = one
    return best


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph"), depth + 1)
        yield from _objects(value.get("mainEntity"), depth + 1)
    elif isinstance(value, list):
        for one in value:
            yield from _objects(one, depth + 1)


def _kinds(value: dict[str, Any]) -> list[str]:
    kinds = value.get("@type")
    return [one for one in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(one, str)]


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if isinstance(value, str) else ""


def _names(value: Any) -> str:
    """The names of a person, an organisation or a list of them."""
    values = value if isinstance(value, list) else [value]
    found = [one.get("name") if isinstance(one, dict) else one for one in values]
    return ", ".join(one for one in found if isinstance(one, str) and _not_url(one))


def _date(found: list[str]) -> When | None:
    for words in found:
        when = date_of(words) if words else None
        if when is not None:
            return when
    return None


def _times(tree: Any) -> tuple[When | None, When | None]:
    """Published and updated from ``time`` elements: by their mark-up, or by the words before them."""
    published = updated = None
    for element in tree.iter("time"):
        when = _date([element.get("datetime") or "", " ".join(element.itertext())])
        if when is None:
            continue
        around = " ".join([element.get("itemprop") or "", element.get("class") or "", *_before(element)]).lower()
        if any(mark in around for mark in ("modif", "updat")):
            updated = updated or when
        elif published is None and _opens(element):
            published = when
    return published, updated


def _before(element: Any) -> list[str]:
    previous = element.getprevious()
    parent = element.getparent()
    words = previous.tail if previous is not None else parent.text if parent is not None else ""
    return [(words or "")[-30:]]


def _opens(element: Any) -> bool:
    """Whether a ``time`` element stands apart from running text, as a date line does."""
    parent = element.getparent()
    if parent is None or element.get("itemprop") or element.get("pubdate") is not None:
        return True
    return len(" ".join(parent.itertext())) < 160
