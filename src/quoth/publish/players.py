"""Players: who is named, under which names, in which offices, saying what.

- By how many statements are recorded under a name, then by name; how often one is mentioned never counts.
- Names of parties are a machine's grouping until a person decides.
- Sources that no text names stand apart; each is known in its own document only.
- A name of which not even the kind is known, mentioned once and saying nothing, stands last.

Example::

    for sheet in player_sheets(lookup): ...
"""

from collections import defaultdict
from collections.abc import Iterator

from quoth.publish.layout.frame import Sheet
from quoth.publish.layout.html import Child, Html, tag
from quoth.publish.layout.paging import Listing, paged
from quoth.publish.layout.pieces import badge, count, facts, file_name, link, name, quote, when
from quoth.publish.lookup import Lookup, party_name
from quoth.publish.references import linked
from quoth.publish.statement_page import statement_item
from quoth.record.party import NameRole, Party, PartyKind
from quoth.record.position import Occupancy, Position
from quoth.record.statement import Statement

__all__ = ["player_sheets"]

_KINDS = {
    PartyKind.PERSON: "person",
    PartyKind.ORGANISATION: "organisation",
    PartyKind.UNNAMED: "source not named",
    PartyKind.UNKNOWN: "person or organisation, not known which",
}
_NAMED, _UNNAMED, _ONCE = "Named", "Sources that no text names", "Mentioned once"
_ROLES = {
    NameRole.PRIMARY: "most complete",
    NameRole.ALIAS: "also",
    NameRole.SURNAME: "short",
    NameRole.ACRONYM: "acronym",
    NameRole.TRANSLITERATION: "in another script",
    NameRole.DESCRIPTION: "described as",
}


def player_sheets(lookup: Lookup) -> Iterator[Sheet]:
    """``players.html``, and a page for each party."""
    said = _said_by(lookup)
    offices: dict[str, list[Occupancy]] = defaultdict(list)
    for one in lookup.release.records.occupancies:
        offices[one.party].append(one)
    positions = {one.id: one for one in lookup.release.records.positions}
    yield from _list(lookup, said, offices, positions)
    for party in lookup.parties.values():
        yield from _party(
            lookup,
            party,
            said.get(party.id, []),
            _offices(lookup, offices.get(party.id, []), positions, f"players/{party.id}.html"),
        )


def _said_by(lookup: Lookup) -> dict[str, list[Statement]]:
    made: dict[str, list[Statement]] = defaultdict(list)
    for statement in lookup.statements.values():
        for party in lookup.speakers(statement):
            made[party.id].append(statement)
    return made


def _list(
    lookup: Lookup,
    said: dict[str, list[Statement]],
    offices: dict[str, list[Occupancy]],
    positions: dict[str, Position],
) -> Iterator[Sheet]:
    groups: dict[str, list[Party]] = {heading: [] for heading in (_NAMED, _UNNAMED, _ONCE)}
    for party in lookup.parties.values():
        groups[_heading(party, said)].append(party)
    items: list[Html] = []
    for heading, held in groups.items():
        held.sort(key=lambda one: (-len(said.get(one.id, ())), party_name(one)[0].casefold(), one.id))
        for first, party in enumerate(held):
            titles = [positions[one.position].title for one in offices.get(party.id, []) if one.position in positions]
            above = heading if first == 0 and heading != _NAMED else ""
            items.append(_item(party, titles, len(said.get(party.id, ())), above))
    lead = tag(
        "p",
        "Who the exhibits name, by how many statements are recorded under the name: a count, not a rank. "
        "Sources that no text names stand apart, then what is mentioned once and may be no party at all. "
        "Which names are one party is a machine’s suggestion until a person decides.",
        class_="lead",
    )
    yield from paged(
        Listing(path="players.html", title="Players", lead=lead, items=tuple(items), empty="Nobody is named so far.")
    )


def _heading(party: Party, said: dict[str, list[Statement]]) -> str:
    if party.kind is PartyKind.UNNAMED:
        return _UNNAMED
    once = party.kind is PartyKind.UNKNOWN and len(party.mentions) <= 1 and not said.get(party.id)
    return _ONCE if once else _NAMED


def _item(party: Party, titles: list[str], number: int, above: str) -> Html:
    details = [count(number, "statement") if number else "", _KINDS[party.kind], *dict.fromkeys(titles)]
    shown = [part for one in details if one for part in (" · ", name(one))][1:]
    unnamed = party.kind is PartyKind.UNNAMED
    return tag(
        "li",
        tag("h2", above) if above else None,
        tag(
            "p",
            [badge("cited", "not named"), " "] if unnamed else None,
            link("players.html", f"players/{party.id}.html", name(*party_name(party))),
        ),
        tag("p", shown, class_="how"),
    )


def _party(lookup: Lookup, party: Party, said: list[Statement], offices: Child) -> Iterator[Sheet]:
    here = f"players/{file_name(party.id)}.html"
    decided = bool(party.decided_by) or party.id in lookup.accepted
    state = badge("held", "grouped by a reviewer") if decided else badge("cited", "grouped by a machine")
    names = [
        tag("li", name(one.text, one.language), tag("small", f" – {_ROLES[one.role]}", class_="how"))
        for one in party.names[:60]
    ]
    why = linked(lookup, party.reason, here) if party.reason else None
    lead: list[Child] = [
        tag("p", state, " ", badge("count", count(len(party.mentions), "mention")), class_="badges"),
        facts(
            ("Kind", _KINDS[party.kind]),
            ("Why one party", why),
        ),
        tag("section", tag("h2", "Names, as written"), tag("ul", names, class_="plain")),
        offices,
        tag("h2", "Recorded as saying"),
    ]
    ordered = sorted(said, key=lambda one: (lookup.exhibit_of[one.rendition], lookup.numbers[one.id]))
    items = tuple(statement_item(lookup, one, here) for one in ordered)
    listing = Listing(
        path=here,
        title=party_name(party)[0],
        lead=lead,
        items=items,
        section="players.html",
        empty="No statement is recorded under this name.",
        budget=38_000,
    )
    yield from paged(listing)


def _offices(lookup: Lookup, held: list[Occupancy], positions: dict[str, Position], here: str) -> Html | None:
    items = []
    for one in sorted(held, key=_since):
        position = positions.get(one.position)
        if position:
            items.append(_office(lookup, one, position, here))
    if not items:
        return None
    return tag("section", tag("h2", "Offices over time"), tag("ol", items, class_="offices"))


def _since(one: Occupancy) -> tuple[str, str]:
    first = one.start or one.as_of or one.end
    return (first.earliest or first.latest or "9999") if first else "9999", one.id


def _office(lookup: Lookup, one: Occupancy, position: Position, here: str) -> Html:
    language = lookup.language(one.rendition)
    exhibit = lookup.exhibit_of.get(one.rendition, "")
    words = " … ".join(part.exact for part in one.evidence)
    where = [position.organisation, position.place]
    return tag(
        "li",
        tag("p", tag("b", name(position.title)), [[", ", name(part)] for part in where if part]),
        facts(
            ("From", when(one.start, language) if one.start else None),
            ("To", when(one.end, language) if one.end else ("over, date not known" if one.ended else None)),
            ("Known at", when(one.as_of, language) if one.as_of else None),
            ("Bounds", None if one.start or one.end or one.as_of or one.ended else "not known"),
        ),
        tag("p", name(position.note), class_="limit") if position.note else None,
        tag(
            "p",
            quote(words, language, limit=240) if words else None,
            [" in ", link(here, f"exhibits/{exhibit}.html", name(*lookup.title(exhibit)))]
            if exhibit in lookup.exhibits
            else None,
            class_="how",
        ),
    )
