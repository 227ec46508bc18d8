"""Exhibit pages: what it is, its words marked, what was checked.

- Held and cited never look alike, and the badge says it in a word.
- Its words stand with every statement marked; a recording's lines open the sound.
- What the text asserts itself is counted; a paragraph of nothing else has a rule, words that judge a box.

Example::

    for sheet in exhibit_sheets(lookup, spreads): ...
"""

import itertools
from collections.abc import Iterator

from quoth.publish.calls import call_head, line_list
from quoth.publish.checks import checks, custody
from quoth.publish.layout.frame import Sheet
from quoth.publish.layout.html import Child, Html, plain, tag
from quoth.publish.layout.pieces import badge, count, cut, digest, facts, link, name, to, tongue_of, when
from quoth.publish.lookup import Lookup
from quoth.publish.marks import marked
from quoth.publish.media import PICTURES, SOUNDS, media_path, text_path
from quoth.publish.opinions import replies
from quoth.publish.spread import Block, Spread, Spreads
from quoth.publish.voice import is_own_voice, legend, own_voice
from quoth.record.call import Call
from quoth.record.exhibit import Availability, Exhibit, ExhibitStatus, RequestOutcome
from quoth.record.passage import PassageRole
from quoth.record.rendition import Rendition, RenditionKind

__all__ = ["exhibit_badge", "exhibit_sheets"]

_AVAILABLE = {
    Availability.OFFERED: "offered",
    Availability.WITHHELD: "withheld",
    Availability.HANDED_OVER: "said to be handed over",
    Availability.UNKNOWN: "not known",
}
_ASKED = {
    RequestOutcome.NOT_ASKED: "not asked for",
    RequestOutcome.ASKED: "asked for",
    RequestOutcome.RECEIVED: "received",
    RequestOutcome.REFUSED: "refused",
    RequestOutcome.NO_REPLY: "asked for, no reply",
}
_PICTURES = 3
_TEXT_NOTE = {
    RenditionKind.OCR_TEXT: "Read from a picture by a machine: letters may be wrong.",
    RenditionKind.TRANSLATION: "A translation: the original decides.",
    RenditionKind.TRANSCRIPT: "A transcript: the sound decides.",
}


def exhibit_badge(exhibit: Exhibit) -> Html:
    """``held`` or ``cited, not held``."""
    return badge("held", "held") if exhibit.status is ExhibitStatus.HELD else badge("cited", "cited, not held")


def exhibit_sheets(lookup: Lookup, spreads: Spreads) -> Iterator[Sheet]:
    """All pages of all exhibits."""
    for exhibit in lookup.exhibits.values():
        pages = spreads.of_exhibit[exhibit.id]
        for place, spread in enumerate(pages):
            yield Sheet(
                path=spread.path,
                title=lookup.title(exhibit.id)[0],
                body=_body(lookup, exhibit, pages, place),
                section="exhibits/index.html",
            )


def _body(lookup: Lookup, exhibit: Exhibit, pages: tuple[Spread, ...], place: int) -> Child:
    spread = pages[place]
    here = spread.path
    title = tag("h1", name(*lookup.title(exhibit.id)))
    badges = tag("p", exhibit_badge(exhibit), _more_badges(lookup, exhibit), class_="badges")
    above, below = (_around(here, pages, place, where) for where in ("above", "below"))
    words = tag("div", above, _words(lookup, exhibit, spread), below, class_="source")
    if place:
        first = tag("p", link(here, pages[0].path, "Back to the first page, with checks and custody"))
        return [title, badges, first, words]
    own = own_voice(lookup, exhibit, pages, here)
    head = [title, badges, _head(lookup, exhibit, here), _citation(lookup, exhibit, here), own]
    aside = tag("aside", checks(lookup, exhibit, here), custody(lookup, exhibit, here), aria_label="Checks and custody")
    return [head, tag("div", words, aside, class_="split")]


def _more_badges(lookup: Lookup, exhibit: Exhibit) -> Child:
    number = sum(len(lookup.statements_in.get(one.content, ())) for one in lookup.renditions.get(exhibit.id, ()))
    shown: list[Child] = []
    if number:
        shown.append([" ", badge("count", count(number, "statement"))])
    if exhibit.suggested and exhibit.id not in lookup.accepted:
        shown.append([" ", badge("cited", "suggested by a machine")])
    return shown


def _head(lookup: Lookup, exhibit: Exhibit, here: str) -> Html | None:
    head = lookup.heads.get(exhibit.id)
    parent = lookup.exhibits.get(exhibit.parent)
    outlet = (head.outlet if head else "") or next((one.outlet for one in exhibit.provenances if one.outlet), "")
    author = next((one.claimed_author for one in exhibit.provenances if one.claimed_author), "")
    claimed = next((one.claimed_date for one in exhibit.provenances if one.claimed_date), None)
    language = head.language if head else "und"
    return facts(
        ("By", name(head.byline, language) if head and head.byline else None),
        ("Outlet", name(outlet, language) if outlet else None),
        ("Said to be by", name(author) if author else None),
        ("Said to date from", when(claimed) if claimed else None),
        ("Place", name(head.place, language) if head and head.place else None),
        ("Published", when(head.published, language) if head and head.published else None),
        ("Updated", when(head.updated, language) if head and head.updated else None),
        ("Address", tag("bdi", cut(head.url, 500), dir="ltr", class_="address") if head and head.url else None),
        ("Came out of", link(here, f"exhibits/{parent.id}.html", name(parent.title)) if parent else None),
    )


def _citation(lookup: Lookup, exhibit: Exhibit, here: str) -> Html | None:
    said = exhibit.citation
    if said is None:
        return None
    target = f"statements/{said.statement}.html" if said.statement in lookup.statements else ""
    return tag(
        "section",
        tag("p", "Somebody says that this exists. Nothing of it is held here.", class_="absent"),
        facts(
            ("Said by", name(said.said_by)),
            ("Described as", name(said.description)),
            ("Availability", _AVAILABLE[said.availability]),
            ("Said to be with", name(said.held_by) if said.held_by else None),
            ("On terms", name(said.terms) if said.terms else None),
            ("Our request", _ASKED[said.outcome]),
            ("Asked on", when(said.asked_on) if said.asked_on else None),
            ("Where it is said", link(here, target, "the statement") if target else None),
        ),
        class_="cited-box",
    )


def _around(here: str, pages: tuple[Spread, ...], place: int, where: str) -> Html | None:
    if len(pages) == 1:
        return None
    links = [
        tag(
            "li",
            tag("a", f"Page {number}", href=to(here, one.path), aria_current="page" if number == place + 1 else None),
        )
        for number, one in enumerate(pages, start=1)
        if number in (1, len(pages)) or abs(number - place - 1) <= 3
    ]
    return tag(
        "nav",
        tag("ul", links),
        aria_label=f"Pages of this exhibit, {len(pages)} in all, {where} its words",
        class_="pages",
    )


def _words(lookup: Lookup, exhibit: Exhibit, spread: Spread) -> Child:
    here = spread.path
    shown: list[Child] = []
    first = spread.path == f"exhibits/{exhibit.id}.html"
    if first:
        shown.append(_picture(lookup, exhibit, here))
        shown.extend(call_head(lookup, one, here) for one in lookup.calls_of.get(exhibit.id, ()))
    for _, group in itertools.groupby(spread.blocks, key=lambda one: (one.call.id if one.call else "", one.rendition)):
        blocks = list(group)
        if blocks[0].call:
            shown.append(_call_lines(lookup, blocks[0].call, blocks, here))
        elif blocks[0].rendition:
            shown.append(_text(lookup, blocks[0].rendition, blocks, here))
    if not spread.blocks:
        shown.append(_no_words(lookup, exhibit))
    return shown


def _call_lines(lookup: Lookup, call: Call, blocks: list[Block], here: str) -> Html:
    lines = tuple(one.row for one in blocks if one.row)
    return tag(
        "section",
        tag("h2", "What is said, line by line"),
        line_list(lookup, call, lines, here),
        replies(lookup, call.id, here),
    )


def _picture(lookup: Lookup, exhibit: Exhibit, here: str) -> Html | None:
    """The exhibit itself where a browser shows it, else small pictures of it, else a way to keep it."""
    held = lookup.media.get(exhibit.digest) if exhibit.digest else None
    kind = held.media_type.split(";", maxsplit=1)[0] if held else ""
    if held and kind in PICTURES:
        words = f"The exhibit itself, a picture: {plain(exhibit.title)}"
        return tag("img", src=to(here, media_path(held)), alt=words, class_="shot")
    if held and kind in SOUNDS:
        if exhibit.id in lookup.calls_of:
            return None
        source = to(here, media_path(held))
        return tag("audio", controls=True, preload="none", src=source, aria_label="The exhibit itself")
    if held:
        return tag("p", tag("a", "Download the exhibit itself", href=to(here, media_path(held)), download=True))
    return _small_pictures(lookup, exhibit, here)


def _small_pictures(lookup: Lookup, exhibit: Exhibit, here: str) -> Html | None:
    """At most three small pictures of a page or photograph, made for looking at, not for checking."""
    small: list[Html] = []
    for one in lookup.renditions.get(exhibit.id, ()):
        picture = lookup.media.get(one.content)
        if (
            one.kind is RenditionKind.THUMBNAIL
            and picture
            and picture.media_type in PICTURES
            and len(small) < _PICTURES
        ):
            words = f"A small picture of the exhibit: {plain(exhibit.title)}"
            small.append(tag("img", src=to(here, media_path(picture)), alt=words, class_="shot"))
    if not small:
        return None
    note = tag(
        "figcaption", "Made smaller for looking at; the exhibit itself is not part of this dossier.", class_="how"
    )
    return tag("figure", small, note)


def _no_words(lookup: Lookup, exhibit: Exhibit) -> Child:
    if exhibit.status is ExhibitStatus.CITED:
        return None
    kinds = {one.kind for one in lookup.renditions.get(exhibit.id, ())}
    if RenditionKind.METADATA in kinds:
        return tag("p", "What the file says of itself is not published.", class_="absent")
    if RenditionKind.TABLE in kinds:
        return tag(
            "p",
            "A table: a draft does not quote it, because it may name people at random.",
            class_="absent",
        )
    return tag("p", "No words of this exhibit are part of this dossier.", class_="absent")


def _text(lookup: Lookup, rendition: Rendition, blocks: list[Block], here: str) -> Html:
    note = _TEXT_NOTE.get(rendition.kind)
    return tag(
        "section",
        tag("h2", "Text, with the statements found in it"),
        tag("p", note, class_="limit") if note else None,
        legend(lookup, rendition.content, blocks),
        tag("div", [_passage(lookup, rendition, one, here) for one in blocks], class_="words"),
        tag(
            "p",
            "Words without a mark are the text’s own, as far as programs can tell. ",
            f"Read by {rendition.tool} {rendition.version}. ",
            tag("a", "The text as read, byte for byte", href=to(here, text_path(rendition.content))),
            ", SHA-256 ",
            digest(rendition.content),
            class_="how",
        ),
    )


def _passage(lookup: Lookup, rendition: Rendition, block: Block, here: str) -> Html:
    text = lookup.texts[rendition.content]
    words = marked(text, block.stretch, block.reaching, lookup.numbers, here=here, accepted=lookup.accepted)
    passage = block.passage
    language = lookup.language(rendition.content, passage.id if passage else "")
    role = passage.role if passage else PassageRole.BODY
    anchor = (
        passage.id
        if passage and passage.anchor.extract and passage.anchor.extract.start == block.stretch.start
        else None
    )
    classes = [] if role is PassageRole.BODY else [f"r-{role.value}"]
    classes += ["own"] if is_own_voice(lookup, block) else []
    who = tag("b", name(passage.speaker), " ", class_="speaker") if passage and passage.speaker else None
    return tag(
        "p",
        who,
        words,
        id=anchor,
        class_=" ".join(classes) or None,
        **tongue_of(language),
    )
