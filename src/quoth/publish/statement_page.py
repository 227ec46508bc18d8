"""Statement pages: who says it, through whom, from which bytes.

- The chain stands first, then the words in their paragraph, then why a machine suggests this.
- What the text says beside the words stands with them: when, where, before whom, why a source has no name.
- The path names every step: sentence, characters, text, exhibit, SHA-256.

Example::

    for sheet in statement_sheets(lookup, spreads): ...
"""

import dataclasses
from collections.abc import Iterator

from quoth.publish.acts import filter_classes, is_no_plain_speech, kind_of
from quoth.publish.chain import act_word, printed, read_as, said_words, source_words, speaker, thread, words_of
from quoth.publish.claims import STANCES, claim_place
from quoth.publish.layout.frame import Sheet
from quoth.publish.layout.html import Child, Html, plain, tag
from quoth.publish.layout.pieces import (
    badge,
    count,
    cut,
    dated,
    digest,
    facts,
    iso_day,
    link,
    name,
    quote,
    to,
    tongue_of,
    when,
)
from quoth.publish.lookup import Lookup, reach
from quoth.publish.marks import Stretch, marked
from quoth.publish.media import text_path
from quoth.publish.reasons import HAND, found_by, sure_of
from quoth.publish.spread import Spreads
from quoth.record.statement import Form, SourceType, Statement

__all__ = ["statement_item", "statement_sheets"]

_FORMS = {Form.DIRECT: "in quotation", Form.INDIRECT: "in other words", Form.MIXED: "partly in quotation"}
_AROUND = 1_500
_LONGEST = 12_000


def statement_sheets(lookup: Lookup, spreads: Spreads) -> Iterator[Sheet]:
    """One page a statement."""
    for statement in lookup.statements.values():
        here = f"statements/{statement.id}.html"
        who = plain(words_of(statement, "source") or "No source given", 60)
        what = plain(words_of(statement, "content") or act_word(statement.act, statement.polarity), 60)
        yield Sheet(
            path=here,
            title=f"{who}: {what}",
            body=_body(lookup, spreads, statement, here),
            section="statements/index.html",
        )


def statement_item(lookup: Lookup, statement: Statement, here: str) -> Html:
    """A statement in a list: who, the words of the act, what, where."""
    language = lookup.language(statement.rendition, statement.passage)
    exhibit = lookup.exhibit_with(statement)
    content = words_of(statement, "content")
    what: Child = quote(content, language, limit=220) if content else act_word(statement.act, statement.polarity)
    chain = lookup.chains.get(statement.id)
    links = len(chain.links) if chain else 0
    reading = read_as(lookup, statement, here)
    return tag(
        "li",
        tag(
            "p",
            tag("b", printed(lookup, statement, here)),
            " ",
            [reading, " "] if reading else None,
            _cue(lookup, statement),
        ),
        tag("p", link(here, f"statements/{statement.id}.html", what), class_="what"),
        tag(
            "p",
            link(here, f"exhibits/{exhibit.id}.html", name(*lookup.title(exhibit.id))),
            f" · through {count(links, 'speaker')}" if links > 1 else None,
            f" · said {dated(statement.said)}" if statement.said else None,
            f" · {act_word(statement.act, statement.polarity)}" if is_no_plain_speech(statement) else None,
            class_="how",
        ),
        class_=filter_classes(statement),
    )


def _cue(lookup: Lookup, statement: Statement) -> Child:
    written = words_of(statement, "cue")
    if not written:
        return tag("span", act_word(statement.act, statement.polarity), class_="verb")
    return tag("span", name(written, lookup.language(statement.rendition, statement.passage)), class_="verb")


def _body(lookup: Lookup, spreads: Spreads, statement: Statement, here: str) -> Child:
    language = lookup.language(statement.rendition, statement.passage)
    content = words_of(statement, "content")
    accepted = statement.id in lookup.accepted
    state = badge("held", "accepted by a reviewer") if accepted else badge("cited", "suggested by a machine")
    chain = thread(lookup, statement, here)
    unnamed = statement.source_type is not SourceType.NAMED
    return [
        tag("h1", "Who says this, and through whom"),
        tag("p", state, class_="badges"),
        tag("section", tag("h2", "Attribution chain"), chain or tag("p", "No chain was worked out.", class_="absent")),
        said_words(content, language) if content and not chain else None,
        facts(
            ("Said by", speaker(lookup, statement, here)),
            ("Kind of source", source_words(statement.source_type)),
            ("Why it has no name" if unnamed else "Near it, on naming", _unnamed(statement, language)),
            ("Act", [act_word(statement.act, statement.polarity), _small(kind_of(statement.act).label)]),
            ("Form", _FORMS[statement.form]),
            ("To", _words(statement, "addressee", language)),
            ("Before whom", _words(statement, "audience", language)),
            ("Through", _words(statement, "medium", language)),
            ("Reservation", _words(statement, "hedges", language)),
            ("When it was said", _said(statement, language)),
            ("Where", _words(statement, "where", language)),
            ("At", name(statement.place) if statement.place else None),
            ("A hand in the wording", _hand(statement)),
            ("Stands within", _other(lookup, statement.within, here)),
            *(("Holds", _other(lookup, one.id, here)) for one in lookup.within.get(statement.id, ())),
            *(
                ("Bears on", _claim(lookup, one.id, statement, here))
                for one in lookup.claims_with.get(statement.id, ())
            ),
        ),
        _evidence(lookup, spreads, statement, here),
        _why(statement),
        _path(lookup, spreads, statement, here),
    ]


def _words(statement: Statement, part: str, language: str) -> Child:
    words = words_of(statement, part)
    return name(words, language) if words else None


def _small(words: str) -> Html:
    return tag("small", f" ({words})", class_="how")


def _unnamed(statement: Statement, language: str) -> Child:
    """The phrase of the text, as it stands, and that nobody guesses further."""
    words = words_of(statement, "anonymity")
    if not words:
        return None
    shown = quote(words, language, limit=400)
    if statement.source_type is SourceType.NAMED:
        return shown
    return [shown, _small("in the text’s words; no guess at who it is is shown")]


def _hand(statement: Statement) -> Child:
    if not statement.fidelity:
        return None
    return tag("ul", [tag("li", HAND[one]) for one in statement.fidelity], class_="plain")


def _said(statement: Statement, language: str) -> Child:
    """The words that tell when, how they are read, and by which rule."""
    value, words = statement.said, words_of(statement, "when")
    if value is None:
        unread = tag("span", "which day that was is not worked out", class_="absent")
        return (
            [quote(words, language, limit=200), ": ", unread]
            if words
            else tag("span", "the words around it do not tell", class_="absent")
        )
    written = value.words if words in value.words else words
    rule = [value.basis, f"read against {iso_day(value.against)}" if value.against else ""]
    notes = ", ".join(one for one in rule if one)
    return [
        [quote(written, language, limit=200), ", read as "] if written else None,
        when(dataclasses.replace(value, words="", against=None)),
        tag("small", " (", name(notes), ")", class_="how") if notes else None,
    ]


def _other(lookup: Lookup, said: str, here: str) -> Child:
    other = lookup.statements.get(said)
    if other is None:
        return None
    words = plain(words_of(other, "source") or "No source given", 60)
    return [link(here, f"statements/{said}.html", name(words)), " ", _cue(lookup, other)]


def _claim(lookup: Lookup, claim: str, statement: Statement, here: str) -> Child:
    held = next(one for one in lookup.claims_with[statement.id] if one.id == claim)
    stance = next(one.stance for one in held.stances if one.statement == statement.id)
    return [STANCES[stance], ": ", link(here, claim_place(lookup, held.id), name(held.proposition))]


def _evidence(lookup: Lookup, spreads: Spreads, statement: Statement, here: str) -> Html | None:
    """The statement in its paragraph, with its own marks only."""
    span = reach(statement)
    if span is None:
        return None
    text = lookup.texts[statement.rendition]
    passage = lookup.passages.get(statement.passage)
    around = passage.anchor.extract if passage else None
    start, end = (around.start, around.end) if around and around.start <= span[0] and span[1] <= around.end else span
    start, end = max(start, span[0] - _AROUND), min(end, span[1] + _AROUND, span[0] + _LONGEST)
    words = marked(
        text, Stretch(start=start, end=end), (statement,), lookup.numbers, here=here, accepted=lookup.accepted
    )
    language = lookup.language(statement.rendition, statement.passage)
    return tag(
        "section",
        tag("h2", "In its paragraph"),
        tag("p", words, class_="words", **tongue_of(language)),
        tag("p", tag("a", "Read it where it stands", href=to(here, spreads.place_of[statement.id]))),
    )


def _why(statement: Statement) -> Html:
    tool = f"{statement.tool} {statement.version}".strip()
    return tag(
        "section",
        tag("h2", "Why this is suggested"),
        facts(
            ("Who found it", found_by(statement)),
            ("How sure", sure_of(statement)),
            ("In the tool’s words", tag("bdi", tag("code", cut(statement.reason, 400)))),
            ("Tool", tag("code", tool) if tool else "not recorded"),
        ),
        tag(
            "p",
            "The weight rates the reading: roughly how many of a thousand like it were right on the marked texts that "
            "the finder was tried on. On other texts it may be otherwise. It does not say whether what is said is so.",
            class_="limit",
        ),
    )


def _path(lookup: Lookup, spreads: Spreads, statement: Statement, here: str) -> Html:
    exhibit = lookup.exhibit_with(statement)
    span = reach(statement)
    where = f"characters {span[0]} to {span[1]} (the last not included)" if span else "no words marked"
    text = to(here, text_path(statement.rendition))
    steps: list[Child] = [
        tag("li", tag("a", "The sentence", href=to(here, spreads.place_of[statement.id])), f", {where}"),
        tag("li", "of ", tag("a", "the text as read", href=text), ", SHA-256 ", digest(statement.rendition)),
        tag("li", "read from the exhibit ", link(here, f"exhibits/{exhibit.id}.html", name(*lookup.title(exhibit.id)))),
        tag("li", "whose bytes have SHA-256 ", digest(exhibit.digest)) if exhibit.digest else None,
    ]
    return tag("section", tag("h2", "Path to the bytes"), tag("ol", steps, class_="path"))
