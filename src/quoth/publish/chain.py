"""The attribution chain: a thread of speakers, from the page inward.

- Each node is a speaker as the text names them; the words between are the text's own, where it has any.
- The last node is filled: it is the origin, the one that can be pointed at.
- It is an ordered list, so that it reads well aloud.

Example::

    thread(lookup, statement, here="statements/s-1.html")
"""

from quoth.publish.layout.html import Child, Html, tag
from quoth.publish.layout.pieces import cut, link, name, tongue_of
from quoth.publish.lookup import Lookup, party_name
from quoth.record.statement import Act, ChainLink, Polarity, SourceType, Statement

__all__ = ["act_word", "known_as", "said_words", "speaker", "thread", "words_of"]

LONGEST = 6_000
"""Characters of one statement's content that its own page sets apart; its paragraph has the rest."""

_ACTS = {
    Act.NO_RESPONSE: "does not respond",
    Act.OTHER: "puts it",
    Act.SAY: "says",
    Act.TELL: "tells",
    Act.DENY: "denies",
    Act.DECLINE: "declines to say",
    Act.RUMOUR: "is said by rumour",
    Act.REPORT: "reports",
}
_KINDS = {
    SourceType.NAMED: "named",
    SourceType.ROLE: "named by office only",
    SourceType.GROUP: "a group",
    SourceType.DOCUMENT: "a document",
    SourceType.UNNAMED: "not named",
    SourceType.OUTLET: "the outlet itself",
    SourceType.NONE: "no source given",
}


def act_word(act: Act, polarity: Polarity = Polarity.POSITIVE) -> str:
    """What kind of act it is, in plain words."""
    word = _ACTS.get(act, act.value.replace("_", " ") + "s")
    return f"{word} (in the negative)" if polarity is Polarity.NEGATIVE else word


def words_of(statement: Statement, part: str) -> str:
    """The words of one part (``source``, ``cue``, ``content``), pieces of a split part joined by ``…``."""
    return " … ".join(one.exact for one in getattr(statement, part))


def speaker(lookup: Lookup, statement: Statement, here: str) -> Child:
    """Who says it, as written, with the party that the name is held to stand for."""
    written = words_of(statement, "source")
    language = lookup.language(statement.rendition, statement.passage)
    shown: list[Child] = [name(written, language) if written else tag("span", "no source given", class_="absent")]
    parties = lookup.speakers(statement)
    if parties:
        names = [link(here, f"players/{one.id}.html", name(*party_name(one))) for one in parties]
        shown.append(tag("small", " – ", [part for one in names for part in (", ", one)][1:], class_="how"))
    elif statement.source_refers_to:
        shown.append(tag("small", " – read as ", name(statement.source_refers_to.exact, language), class_="how"))
    return shown


def known_as(lookup: Lookup, statement: Statement, written: str) -> Child:
    """The fuller name, where the words shown say less: ``He (Ivo Karst)``."""
    known = [party_name(one) for one in lookup.speakers(statement)]
    shown = [name(*one) for one in known if one[0] not in written]
    fuller = statement.source_refers_to.exact if statement.source_refers_to else ""
    if not known and fuller and fuller not in written and statement.source_refers_to:
        shown = [name(statement.source_refers_to.exact, lookup.language(statement.rendition, statement.passage))]
    return tag("small", " (", [part for one in shown for part in (", ", one)][1:], ")", class_="how") if shown else None


def said_words(words: str, language: str, *, limit: int = LONGEST) -> Html:
    """What is said, set apart; at most ``limit`` characters of it."""
    return tag("blockquote", tag("p", cut(words, limit), **tongue_of(language)))


def _node(lookup: Lookup, one: ChainLink, said: Html | None) -> Html:
    statement = lookup.statements.get(one.statement)
    verb: Child = act_word(one.act)
    if statement:
        written = words_of(statement, "cue")
        language = lookup.language(statement.rendition, statement.passage)
        verb = name(written, language) if written else act_word(statement.act, statement.polarity)
    return tag(
        "li",
        tag("span", name(one.source) if one.source else "no source given", class_="who"),
        known_as(lookup, statement, one.source) if statement else None,
        tag("small", _KINDS[one.source_type], class_="how"),
        tag("span", verb, class_="verb"),
        said,
    )


def thread(lookup: Lookup, statement: Statement, *, limit: int = LONGEST) -> Html | None:
    """The chain of a statement down to what is said, or ``None`` where none was worked out."""
    chain = lookup.chains.get(statement.id)
    if chain is None or not chain.links:
        return None
    content = words_of(statement, "content")
    language = lookup.language(statement.rendition, statement.passage)
    said = said_words(content, language, limit=limit) if content else None
    last = len(chain.links) - 1
    return tag(
        "ol",
        [_node(lookup, one, said if place == last else None) for place, one in enumerate(chain.links)],
        class_="chain",
    )
