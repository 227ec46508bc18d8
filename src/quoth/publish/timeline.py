"""The timeline: an ordered list by year, uncertainty drawn, filters without scripts.

- A date that has two readings stands at both, and says so; it is counted once.
- The bar shows the span that a date leaves open over the months of its year.
- Boxes hide kinds of entries by style alone; the number shown is counted by the style too.

Example::

    for sheet in timeline_sheets(lookup): ...
"""

import dataclasses
import datetime
from collections.abc import Iterator

from quoth.publish.layout.frame import Sheet
from quoth.publish.layout.html import Child, Html, tag
from quoth.publish.layout.paging import numbered_path
from quoth.publish.layout.pieces import count, file_name, link, name, reading_words, to, when
from quoth.publish.lookup import Lookup, party_name
from quoth.record.event import Event
from quoth.terms.when import Reading, When

__all__ = ["timeline_sheets"]

BUDGET = 210_000
"""Bytes of entries on one page."""

_KINDS = (("ev", "Said to have happened"), ("pu", "Published or updated"), ("ca", "Calls"), ("rq", "Requests"))
_UNKNOWN_YEAR = "Date not known"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One entry at one of its readings; ``again`` marks all readings but the first."""

    kind: str
    id: str
    when: When
    reading: Reading
    body: Child
    again: bool = False

    @property
    def order(self) -> tuple[str, str, str, str]:
        low = self.reading.earliest or self.reading.latest or "9999"
        return low, self.reading.latest or "9999", self.kind, self.id

    @property
    def year(self) -> str:
        low = self.reading.earliest or self.reading.latest
        return low[:4] if low else _UNKNOWN_YEAR


def timeline_sheets(lookup: Lookup) -> Iterator[Sheet]:
    """``timeline.html``, and further pages where one would grow too long."""
    entries = sorted(_entries(lookup, "timeline.html"), key=lambda one: one.order)
    years: dict[str, list[_Entry]] = {}
    for one in entries:
        years.setdefault(one.year, []).append(one)
    sections = [part for year, held in years.items() for part in _sections(year, held)]
    groups: list[list[tuple[str, Html, int]]] = [[]]
    for section in sections:
        if groups[-1] and sum(len(held.encode()) for _, held, _ in groups[-1]) + len(section[1].encode()) > BUDGET:
            groups.append([])
        groups[-1].append(section)
    total = len({one.id for one in entries})
    for number, group in enumerate(groups, start=1):
        path = numbered_path("timeline.html", number)
        body = _body(path, group, total, groups)
        yield Sheet(path=path, title="Timeline", body=body, section="timeline.html")


def _sections(year: str, held: list[_Entry]) -> Iterator[tuple[str, Html, int]]:
    """A year, cut into parts where it alone would fill a page."""
    for start in range(0, len(held), 300):
        part = held[start : start + 300]
        kinds = sum(1 << place for place, (kind, _) in enumerate(_KINDS) if any(one.kind == kind for one in part))
        label = year if start == 0 else f"{year}, continued"
        html = tag(
            "li",
            tag("h2", label, id=_anchor(year) if start == 0 else None),
            tag("ol", [_item(one) for one in part], class_="entries"),
            class_=f"year ys{kinds}",
        )
        yield label, html, sum(not one.again for one in part)


def _body(
    here: str, group: list[tuple[str, Html, int]], total: int, groups: list[list[tuple[str, Html, int]]]
) -> Child:
    shown = sum(number for _, _, number in group)
    if not total:
        return [tag("h1", "Timeline"), tag("p", "No dated entries so far.", class_="absent")]
    boxes = [
        tag("label", tag("input", type="checkbox", id=f"f-{kind}", checked=True, autocomplete="off"), " ", label)
        for kind, label in _KINDS
    ]
    return [
        tag("h1", "Timeline"),
        tag("p", "What is said to have happened, and when. No date is more precise than its source.", class_="lead"),
        tag(
            "p",
            "Under a date, the line is its year: a dot is one day, a dashed box the span that the words give.",
            class_="how",
        ),
        tag("fieldset", tag("legend", "Show"), boxes, class_="filters"),
        _other_pages(here, groups),
        _years(group),
        tag(
            "div",
            tag("ol", [html for _, html, _ in group], class_="timeline"),
            tag(
                "p",
                tag("span", class_="n"),
                f" of {shown} entries shown",
                f"; {total} on all pages" if len(groups) > 1 else None,
                class_="shown",
            ),
            class_="counted",
        ),
    ]


def _years(group: list[tuple[str, Html, int]]) -> Html | None:
    """Links to the years of this page, where there are several."""
    labels = [label for label, _, _ in group if "," not in label]
    if len(labels) < 2:
        return None
    links = [tag("li", tag("a", label, href=f"#{_anchor(label)}")) for label in labels]
    return tag("nav", tag("ul", links), aria_label="Years on this page")


def _anchor(year: str) -> str:
    return f"y{year}" if year != _UNKNOWN_YEAR else "undated"


def _other_pages(here: str, groups: list[list[tuple[str, Html, int]]]) -> Html | None:
    if len(groups) == 1:
        return None
    links = []
    for number, group in enumerate(groups, start=1):
        path = numbered_path("timeline.html", number)
        label = group[0][0] if len(group) == 1 else f"{group[0][0]} to {group[-1][0]}"
        links.append(tag("li", tag("a", label, href=to(here, path), aria_current="page" if path == here else None)))
    return tag("nav", tag("ul", links), aria_label="Pages of the timeline", class_="pages")


def _item(one: _Entry) -> Html:
    both = None
    if one.when.alternatives:
        words = "The same entry, at another reading" if one.again else "More than one reading"
        both = tag("p", f"{words} of its date; drawn here: {reading_words(one.reading)}.", class_="how")
    return tag(
        "li",
        tag("p", when(one.when), _span_words(one.reading), class_="at"),
        _bar(one.reading),
        one.body,
        both,
        id=None if one.again else one.id,
        class_=f"t-{one.kind}" + (" again" if one.again else ""),
    )


def _span_words(reading: Reading) -> Html | None:
    """The drawing in words: how many days the reading spans."""
    low, high = reading.earliest, reading.latest
    if low is None or high is None or low == high:
        return None
    days = (datetime.date.fromisoformat(high) - datetime.date.fromisoformat(low)).days + 1
    return tag("small", f" – a span of {count(days, 'day')}", class_="how")


def _bar(reading: Reading) -> Html | None:
    """The months of the year that the reading leaves open; ``on`` where it goes beyond that year."""
    low, high = reading.earliest, reading.latest
    if low is None and high is None:
        return None
    if low == high:
        return tag("span", tag("i", class_=f"pt m{int(str(low)[5:7])}"), class_="bar", aria_hidden="true")
    first = int(low[5:7]) if low else 1
    year = (low or str(high))[:4]
    last = int(high[5:7]) if high and high[:4] == year else 12
    beyond = " on" if high is None or high[:4] != year else ""
    before = " fr" if low is None else ""
    return tag(
        "span", tag("i", class_=f"m{first} w{last - first + 1}{beyond}{before}"), class_="bar", aria_hidden="true"
    )


def _entries(lookup: Lookup, here: str) -> Iterator[_Entry]:
    records = lookup.release.records
    for event in records.events:
        yield from _readings("ev", file_name(event.id), event.when, _event(lookup, event, here))
    for exhibit, head in lookup.heads.items():
        target = link(here, f"exhibits/{exhibit}.html", name(*lookup.title(exhibit)))
        outlet: Child = [" by ", name(head.outlet, head.language)] if head.outlet else None
        if head.published:
            yield from _readings("pu", f"pub-{exhibit}", head.published, tag("p", "Published", outlet, ": ", target))
        if head.updated:
            yield from _readings("pu", f"upd-{exhibit}", head.updated, tag("p", "Updated", outlet, ": ", target))
    for call in records.calls:
        if call.claimed and call.exhibit in lookup.exhibits:
            target = link(here, f"exhibits/{call.exhibit}.html", name(*lookup.title(call.exhibit)))
            yield from _readings(
                "ca", file_name(call.id), call.claimed, tag("p", "A call is said to be made: ", target)
            )
    for request in records.requests:
        if request.sent:
            words = link(here, "unknowns.html#requests", "Request for comment")
            yield from _readings("rq", file_name(request.id), request.sent, tag("p", words, " to ", name(request.to)))


def _readings(kind: str, named: str, value: When, body: Child) -> Iterator[_Entry]:
    first = Reading(earliest=value.earliest, latest=value.latest, edtf=value.edtf)
    for place, reading in enumerate(dict.fromkeys((first, *value.alternatives))):
        yield _Entry(kind=kind, id=named, when=value, reading=reading, body=body, again=place > 0)


def _event(lookup: Lookup, event: Event, here: str) -> Child:
    exhibit = lookup.exhibit_of.get(event.rendition, "")
    language = lookup.language(event.rendition)
    who = [
        link(here, f"players/{one.party}.html", name(*party_name(lookup.parties[one.party])))
        for one in event.participants
        if one.party in lookup.parties
    ]
    said = [one for one in event.statements if one in lookup.statements]
    where: list[Child] = []
    if exhibit in lookup.exhibits:
        where = [link(here, f"exhibits/{exhibit}.html", name(*lookup.title(exhibit)))]
    where += [link(here, f"statements/{one}.html", f"statement {lookup.numbers[one]}") for one in said[:5]]
    return [
        tag("p", name(event.title, language), class_="what"),
        tag("p", [part for one in who for part in (", ", one)][1:], class_="how") if who else None,
        tag("p", "in ", [part for one in where for part in (", ", one)][1:], class_="how") if where else None,
    ]
