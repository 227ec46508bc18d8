"""The attribution chain: a thread of speakers, from the page inward.

- Each node is a speaker in the words as printed: “she” stays “she”; what it is read as stands beside it,
  as a suggestion, with whom else it may be.
- The words between are the text's own, where it has any.
- The last node is filled: it is the origin, the one that can be pointed at.
- It is an ordered list, so that it reads well aloud.

Example::

    thread(lookup, statement, "statements/s-1.html")
"""

from quoth.publish.layout.html import Child, Html, tag
from quoth.publish.layout.pieces import cut, link, name, quote, tongue_of
from quoth.publish.lookup import Lookup, party_name
from quoth.record.statement import Act, ChainLink, Polarity, SourceType, Statement
from quoth.terms.anchor import Extract

__all__ = [
    "act_word",
    "is_unclear",
    "printed",
    "read_as",
    "said_words",
    "source_words",
    "speaker",
    "thread",
    "words_of",
]

LONGEST = 6_000
"""Characters of one statement's content that its own page sets apart; its paragraph has the rest."""

_SHORT = 4
"""Letters of the longest English pronoun that a text uses for a source ("they")."""

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


def source_words(kind: SourceType) -> str:
    """How a text names whoever says so, in plain words."""
    return _KINDS[kind]


def words_of(statement: Statement, part: str) -> str:
    """The words of one part (``source``, ``cue``, ``content``), pieces of a split part joined by ``…``."""
    return " … ".join(one.exact for one in getattr(statement, part))


def speaker(lookup: Lookup, statement: Statement, here: str) -> Child:
    """Who says it: the words as printed, then what they are read as, with the way to each party."""
    reading = read_as(lookup, statement, here)
    return [printed(lookup, statement, here), [" ", reading] if reading else None]


def printed(lookup: Lookup, statement: Statement, here: str) -> Child:
    """The source's own words, linked where they name one party; a word for a name stands in quotation marks."""
    written = words_of(statement, "source")
    if not written:
        return tag("span", "no source given", class_="absent")
    language = lookup.language(statement.rendition, statement.passage)
    if _stands_for(statement):
        return quote(written, language, limit=1_000)
    parties = lookup.speakers(statement)
    if len(parties) == 1 and _says(written, party_name(parties[0])[0]):
        return link(here, f"players/{parties[0].id}.html", name(written, language))
    return name(written, language)


def _says(written: str, party: str) -> bool:
    return party.casefold() in written.casefold()


def _stands_for(statement: Statement) -> bool:
    """Whether the source is a word for a name that stands elsewhere: “she”, “We”, a bare surname."""
    return _fuller(statement) is not None or is_short(words_of(statement, "source"))


def _fuller(statement: Statement) -> Extract | None:
    """What the source is read as, where its own words do not say it."""
    fuller = statement.source_refers_to
    return fuller if fuller and fuller.exact not in words_of(statement, "source") else None


def is_short(words: str) -> bool:
    """Whether a source is no more than a short Latin word, as pronouns are: ``We``, ``it``."""
    return words.isascii() and len(words) <= _SHORT


def is_unclear(lookup: Lookup, statement: Statement) -> bool:
    """Whether its source is a short word that nothing explains, or that may stand for two names."""
    if statement.source_may_refer_to:
        return True
    return is_short(words_of(statement, "source")) and not (statement.source_refers_to or lookup.speakers(statement))


def read_as(lookup: Lookup, statement: Statement, here: str) -> Html | None:
    """What the printed words are read as, said to be a suggestion; ``None`` where they say all themselves.

    A party that is only a part of the words is named by them: "the office of Ivo Karst" is not read as he.
    """
    written = words_of(statement, "source")
    language = lookup.language(statement.rendition, statement.passage)
    fuller, other = _fuller(statement), statement.source_may_refer_to
    parties = lookup.speakers(statement)
    state = "" if statement.id in lookup.accepted else "suggested"
    doubt: Child = ["; may also be ", name(other.exact, language)] if other else None
    if fuller:
        words: Child = name(fuller.exact, language)
        shown = link(here, f"players/{parties[0].id}.html", words) if len(parties) == 1 else words
        kind = "" if statement.source_type is SourceType.NAMED else _KINDS[statement.source_type]
        notes = ", ".join(one for one in (state, kind) if one)
        return tag("small", "read as ", shown, f" ({notes})" if notes else None, doubt, class_="how")
    more = [one for one in parties if not _says(written, party_name(one)[0])]
    if more:
        links = [link(here, f"players/{one.id}.html", name(*party_name(one))) for one in more]
        listed = [part for one in links for part in (", ", one)][1:]
        return tag("small", "names ", listed, f" ({state})" if state else None, doubt, class_="how")
    if doubt:
        return tag("small", "read as written", doubt, class_="how")
    if statement.anonymity and not parties and (is_short(written) or not written):
        return tag("small", "kept unnamed by the text", class_="how")
    if written and not parties and is_short(written):
        return tag("small", "whom it stands for was not worked out", class_="how")
    return None


def said_words(words: str, language: str, *, limit: int = LONGEST) -> Html:
    """What is said, set apart; at most ``limit`` characters of it."""
    return tag("blockquote", tag("p", cut(words, limit), **tongue_of(language)))


def _node(lookup: Lookup, one: ChainLink, said: Html | None, here: str) -> Html:
    statement = lookup.statements.get(one.statement)
    verb: Child = act_word(one.act)
    who: Child = name(one.source) if one.source else "no source given"
    if statement:
        written = words_of(statement, "cue")
        language = lookup.language(statement.rendition, statement.passage)
        verb = name(written, language) if written else act_word(statement.act, statement.polarity)
        who = printed(lookup, statement, here)
    reading = read_as(lookup, statement, here) if statement else None
    known = statement is not None and (_fuller(statement) is not None or bool(reading and statement.anonymity))
    return tag(
        "li",
        tag("span", who, class_="who"),
        [" ", reading] if reading else None,
        None if known else [" ", tag("small", _KINDS[one.source_type], class_="how")],
        tag("span", verb, class_="verb"),
        said,
    )


def thread(lookup: Lookup, statement: Statement, here: str, *, limit: int = LONGEST) -> Html | None:
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
        [_node(lookup, one, said if place == last else None, here) for place, one in enumerate(chain.links)],
        class_="chain",
    )
