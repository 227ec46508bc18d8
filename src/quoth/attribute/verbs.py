"""Verb cues: the frames tried around one verb, surest first.

- An attempt returns a draft or ``None``; the first draft wins.
- Direct speech first, then passive, then content on the right, then content on the left.

Example::

    for attempt in ATTEMPTS: draft = attempt(site)
"""

import dataclasses

from quoth.attribute.after import After
from quoth.attribute.clauses import before_main_verb, content_end, has_verb, left_start
from quoth.attribute.cues import NOUNS, Cue
from quoth.attribute.drafts import Draft, Span
from quoth.attribute.objects import phrase_after
from quoth.attribute.phrases import Group
from quoth.attribute.site import NOTHING, REFUSING, Site, Tokens, act_of, draft_at
from quoth.attribute.words import ASKED, Sentence
from quoth.record.statement import Act

__all__ = ["ATTEMPTS"]

_SAYING = [["say"], ["tell"], ["confirm"], ["reveal"], ["disclose"], ["specify"], ["explain"]]
_CLAUSAL = frozenset(["say", "think", "argue", "contend", "insist", "believe", "reckon"])
_WEAK = frozenset(
    ["cue with an infinitive", "cue with a noun phrase", "cue with a preposition", "cue with an -ing phrase"]
)
_NAMING = frozenset(["anonymity", "named", "identified"])
"""Words on how a source is named: no content."""
_SEEN = frozenset([Act.BELIEVE, Act.KNOW, Act.SHOW])
"""Acts whose passive is no statement: "was seen by", "is held by", "was found by"."""
_ABOUT = frozenset(["about"])
_MODALS = frozenset(["can", "could", "may", "might", "should", "must"])
_AFTER_SPEAKER = frozenset(["", ".", ",", "P", "F", "B", "M", "G", "Q", "-", ":", "S", "T", "N"])


def _inverted(site: Site) -> Draft | None:
    """Reads "…," said Smith: the speaker stands right after the verb."""
    tags, first, verb = site.sentence.tags, site.group.first, site.group.verb
    if "q" not in site.cue.frames or site.cue.shape not in "sd" or site.group.passive or first == 0:
        return None
    quoted = tags[first - 1] == "Q" or tags[max(0, first - 2) : first] == "Q,"
    if not quoted and (tags[first - 1] != "," or site.subject is not None or site.cue.act is Act.ASK):
        return None
    last = phrase_after(site.sentence, verb + 1)
    if last == verb + 1 or tags[last : last + 1] not in _AFTER_SPEAKER:
        return None
    if not quoted:
        if tags[last : last + 1] not in ("", ".", ","):
            return None
        start = left_start(site.sentence, first - 1)
        parts: list[Span] = [site.sentence.span(start, first - 1)] if has_verb(site.sentence, start, first - 1) else []
    else:
        at = first - 1 if tags[first - 1] == "Q" else first - 2
        parts = _quote_run(site.sentence, at)
    if not parts:
        return None
    parts += _following_quote(site.sentence, last)
    rule = "quotation + inverted cue" if quoted else "cue after its content"
    return draft_at(dataclasses.replace(site, subject=(verb + 1, last), after=NOTHING), tuple(parts), rule=rule)


def _quote_run(sentence: Sentence, at: int) -> list[Span]:
    """The quotation at token ``at`` with unquoted words before it that lead into it."""
    start = left_start(sentence, at)
    if start < at and has_verb(sentence, start, at) and sentence.tags[at - 1] not in ",:.":
        return [sentence.span(start, at + 1)]
    return [sentence.span(at, at + 1)]


def _following_quote(sentence: Sentence, at: int) -> list[Span]:
    """A quotation that goes on after the cue: ", "and then …"."""
    tags = sentence.tags
    while at < len(tags) and tags[at] not in ",.;:Q":
        at += 1
    if tags[at : at + 1] == "Q":
        return [sentence.span(at, at + 1)]
    if tags[at : at + 2] in (",Q", ":Q", ".Q"):
        return [sentence.span(at + 1, at + 2)]
    return []


def _left_quote(site: Site) -> Draft | None:
    """Reads "…," Smith told reporters: quotation, speaker, verb."""
    tags = site.sentence.tags
    if "q" not in site.cue.frames or site.subject is None or site.group.passive or site.cue.shape == "g":
        return None
    before = site.subject[0] - 1
    while before >= 0 and tags[before] in ",B-":
        before -= 1
    if before < 0 or tags[before] != "Q":
        return None
    if (
        tags[site.after.at : site.after.at + 1] in ("H", "W", ":")
        and site.sentence.lows[site.after.at] != "when"
        and tags[site.after.at + 1 : site.after.at + 2] != "Q"
    ):
        return None
    parts = _quote_run(site.sentence, before) + _following_quote(site.sentence, site.after.at)
    return draft_at(site, tuple(parts), rule="quotation + cue after it")


def _right_quote(site: Site) -> Draft | None:
    """Smith said, "…": the quotation follows the verb."""
    tags, at = site.sentence.tags, site.after.at
    if "q" not in site.cue.frames and "t" not in site.cue.frames:
        return None
    if tags[at : at + 1] == "P" and site.sentence.lows[at] in ("with", "that", "in", "of"):
        near = tags.find("Q", at, at + 6)
        at = near if near > 0 else at
    while at < len(tags) and tags[at] in ",:" and at < site.after.at + 2:
        at += 1
    if tags[at : at + 1] != "Q":
        if (
            tags[site.after.at : site.after.at + 1] == ":"
            and at < len(tags)
            and len(tags) - at > 2
            and "q" in site.cue.frames
        ):
            end = content_end(site.sentence, at)
            return draft_at(site, (site.sentence.span(at, end),), rule="cue with a clause")
        return None
    end = at + 1
    while tags[end : end + 1] == "Q":
        end += 1
    return draft_at(site, (site.sentence.span(at, end),), rule="quotation after its cue")


def _passive(site: Site) -> Draft | None:
    """Reads "was asked about X", "it was rumoured that X", "is said to have X", "was denied by A"."""
    if not site.group.passive:
        return None
    tags, lows, at = site.sentence.tags, site.sentence.lows, site.group.verb + 1
    agent: Tokens = None
    if lows[at : at + 1] == ["by"]:
        last = phrase_after(site.sentence, at + 1)
        agent = (at + 1, last) if last > at + 1 else None
        at = last if agent else at
    opens = tags[at : at + 1]
    if opens == "P" and lows[at] in site.cue.prepositions | _ABOUT and "o" in site.cue.frames:
        return _passive_draft(site, agent, at + 1, cue_end=at + 1 if agent is None else 0)
    forbids = lows[at : at + 1] == ["not"] and tags[at + 1 : at + 2] == "T" and "o" in site.cue.frames
    if opens in ("H", "T") or forbids or (opens == "W" and "w" in site.cue.frames):
        return _passive_draft(site, agent, at)
    if agent is not None and site.subject is not None and site.cue.frames & set("nt") and site.cue.act not in _SEEN:
        whole = dataclasses.replace(site, subject=agent, after=NOTHING)
        return draft_at(whole, (site.sentence.span(*site.subject),), rule="passive cue with its agent")
    return None


def _passive_draft(site: Site, agent: Tokens, at: int, *, cue_end: int = 0) -> Draft | None:
    """The draft of a passive whose content begins at token ``at``."""
    if at >= len(site.sentence.tags):
        return None
    content: tuple[Span, ...] = (site.sentence.span(at, max(at + 1, content_end(site.sentence, at))),)
    if "o" in site.cue.frames and site.subject is not None:
        told = dataclasses.replace(site, subject=agent, after=After(at=at, addressee=site.subject))
        return draft_at(told, content, rule="passive cue with an addressee", cue_end=cue_end)
    if site.sentence.tags[at] == "T" and site.subject is not None:
        content = (site.sentence.span(*site.subject), *content)
    nobody = dataclasses.replace(site, subject=agent, after=NOTHING)
    return draft_at(nobody, content, rule="passive cue, no source", cue_end=cue_end)


def _right(site: Site) -> Draft | None:
    """Content on the right: that-clause, question, infinitive, -ing, preposition, bare clause, noun phrase."""
    tags, at = site.sentence.tags, site.after.at
    if at >= len(tags) or site.group.passive:
        return None
    if site.subject is None and (site.group.infinitive or tags[at] != "H"):
        return None
    if _sees_it(site):
        return None
    rule, cue_end = _right_rule(site.sentence, site.group, site.cue, site.after)
    if not rule or (rule in _WEAK and _generic(site.sentence, site.group, site.subject)):
        return None
    first = cue_end or at
    end = content_end(site.sentence, first)
    if site.group.first > 0 and site.sentence.lows[site.group.first - 1] == "who":
        end = before_main_verb(site.sentence, first, end)
    if rule == "cue with a noun phrase":
        end = _phrase_end(site.sentence, first, end)
    if set(site.sentence.lows[first:end]) & _NAMING and end - first < 6:
        return None
    bare = end - first == 1 and tags[first] in "HTRDPW" and site.cue.act is not Act.DENY
    if end <= first or bare:
        return None
    return draft_at(site, (site.sentence.span(first, end),), rule=rule, cue_end=cue_end)


def _sees_it(site: Site) -> bool:
    """Whether "who saw it | said" goes on with the verb of the whole: the pronoun is all that is seen."""
    tags, at = site.sentence.tags, site.after.at
    before = site.sentence.lows[site.group.first - 1 : site.group.first]
    alone = site.sentence.lows[at] in ("it", "them", "him", "her", "this") and tags[at + 1 : at + 2] == "V"
    return alone and before == ["who"] and "c" not in site.cue.frames


def _generic(sentence: Sentence, group: Group, subject: Tokens) -> bool:
    """Whether nobody in particular is meant: "you want", "one can describe"."""
    words = sentence.lows[group.first : group.verb]
    if any(word in _MODALS for word in words):
        return True
    return (
        subject is not None
        and subject[1] - subject[0] == 1
        and sentence.lows[subject[0]] in ("you", "one", "which", "that")
    )


def _phrase_end(sentence: Sentence, first: int, end: int) -> int:
    """Ends a noun phrase before a new clause: ", and everything is …", ", which …"."""
    tags = sentence.tags
    for at in range(first + 1, end):
        if tags[at] == "," and tags[at + 1 : at + 2] in tuple("CWRFSB") and has_verb(sentence, at + 1, end):
            return at
        if tags[at] == "C" and tags[at + 1 : at + 2] in tuple("RVAEZ"):
            return at
        if tags[at] in "FS" and sentence.lows[at] != "as":
            return at
    return end


def _right_rule(sentence: Sentence, group: Group, cue: Cue, after: After) -> tuple[str, int]:
    """The rule that fits what stands at ``after.at``, and the end of the cue where a preposition joins it."""
    tags, lows, at = sentence.tags, sentence.lows, after.at
    opens, low, frames = tags[at], lows[at], cue.frames
    if (
        group.governor >= 0
        and lows[group.governor] in REFUSING
        and cue.lemma in ("comment", "elaborate", "speak", "talk")
    ):
        return "", 0
    if opens == "H":
        clause = frames & set("tc") and not (tags[at + 1 : at + 2] in tuple(".VA") or at + 2 >= len(tags))
        return ("cue with a that-clause", 0) if clause else ("", 0)
    if opens == "W":
        temporal = (
            low in ("when", "if", "where")
            and not act_of(sentence, group, cue)[1]
            and cue.lemma not in ("ask", "know", "wonder")
        )
        return ("cue with a question clause", 0) if "w" in frames and not temporal else ("", 0)
    if opens == "T" and cue.act is Act.DECLINE and _says_on(sentence, at + 1):
        return ("", 0)
    if low == "not" and tags[at + 1 : at + 2] == "T" and {"i", "o"} <= frames:
        return ("cue with an infinitive", 0)
    if opens == "T" and "i" in frames and tags[at + 1 : at + 2] not in tuple("DM"):
        return ("cue with an infinitive", 0)
    if opens in "PT" and low in cue.prepositions and tags[at + 1 : at + 2] in tuple("NUDGWREMO"):
        return ("cue with a preposition", at + 1)
    if opens == "G" and "g" in frames:
        return ("cue with an -ing phrase", 0)
    return _bare_rule(sentence, cue, after)


def _says_on(sentence: Sentence, at: int) -> bool:
    """Whether "declined to …" goes on with a verb of saying that has content of its own."""
    return sentence.lows[at : at + 1] in _SAYING and sentence.tags[at + 1 : at + 2] in tuple("WHQ")


def _bare_rule(sentence: Sentence, cue: Cue, after: After) -> tuple[str, int]:
    tags, lows, at = sentence.tags, sentence.lows, after.at
    if tags[at] not in "NUDRMEOG":
        return "", 0
    if "c" in cue.frames or ("t" in cue.frames and (after.addressee is not None or tags[at] == "R")):
        end = content_end(sentence, at)
        surely = (cue.lemma in _CLAUSAL and end - at > 3) or (cue.lemma == "show" and "UG" in tags[at:end])
        if surely or _clause_here(sentence, at, end):
            return "cue with a clause", 0
    if cue.lemma in ("call", "brand", "dub", "label") and _calls(sentence, at):
        return "cue with a noun phrase", 0
    pronoun = lows[at] in ("it", "he", "she")
    denied = lows[at] == "it" and cue.act is Act.DENY and tags[at + 1 : at + 2] in ("", ".", ",")
    if cue.frames & set("qt") and _report_of(sentence, at):
        return "cue with a noun phrase", 0
    if "n" in cue.frames and after.addressee is None and tags[at] in "NUDREO" and (denied or not pronoun):
        return "cue with a noun phrase", 0
    return "", 0


def _report_of(sentence: Sentence, at: int) -> bool:
    """Whether a noun of saying with its own clause follows: "noted reports that X"."""
    tags, lows = sentence.tags, sentence.lows
    return any(lows[back] in NOUNS and tags[back : back + 2] == "NH" for back in range(at, min(at + 4, len(tags))))


def _calls(sentence: Sentence, at: int) -> bool:
    """Whether "called X" goes on with a name or judgement: "called the vote a disgrace", "called it unfair"."""
    tags, lows = sentence.tags, sentence.lows
    if lows[at] in ("it", "him", "her", "them", "this", "that", "himself"):
        return tags[at + 1 : at + 2] in tuple("NDBUEG")
    marked = any(sentence.starts[back] - sentence.ends[back - 1] > 1 for back in range(at + 1, min(at + 7, len(tags))))
    if marked and tags[at] in "DNU":
        return True
    second = next((back for back in range(at + 1, min(at + 9, len(tags))) if lows[back] in ("a", "an", "the")), -1)
    return second > 0 and tags[second - 1] in "NU" and not set(tags[at:second]) & set(",VAP")


def _clause_here(sentence: Sentence, first: int, end: int) -> bool:
    """Whether ``first:end`` opens with a subject and a finite verb."""
    tags = sentence.tags
    if tags[first] == "R":
        return has_verb(sentence, first, min(end, first + 5))
    if tags[first] == "E" and tags[first + 1 : first + 2] not in ("N", "U"):
        return False
    for at in range(first + 1, min(end, first + 20)):
        if tags[at] in "VAZ" or (tags[at] == "E" and tags[first] != "E" and _past(sentence, at, first)):
            return True
        if tags[at] in ";:":
            return False
    return False


def _past(sentence: Sentence, at: int, first: int) -> bool:
    """Whether the -ed form at ``at`` is a past tense rather than an adjective."""
    tags = sentence.tags
    if tags[at - 1] in "URMB":
        return True
    plain = tags[first] == "D" and at - first > 1 and set(tags[first + 1 : at]) <= set("NU")
    return tags[at - 1] == "N" and (plain or tags[at + 1 : at + 2] not in ("N", "U"))


def _left(site: Site) -> Draft | None:
    """Content on the left, or around: "X, Smith said" and "X, Smith said, Y"."""
    tags = site.sentence.tags
    if "b" not in site.cue.frames or site.subject is None or site.group.passive or site.group.infinitive:
        return None
    comma = site.subject[0] - 1
    opens = tags[site.after.at : site.after.at + 1]
    if comma == 0 and site.sentence.lows[0] == "as" and opens == ",":
        end = content_end(site.sentence, site.after.at + 1)
        content = (site.sentence.span(site.after.at + 1, max(end, site.after.at + 2)),)
        return draft_at(site, content, rule="cue with a clause") if end > site.after.at + 1 else None
    if comma < 1 or tags[comma] not in ",-":
        return None
    if opens not in ("", ".", ",", "P", "F", "S", "G", "-", ")", ";"):
        return None
    start = left_start(site.sentence, comma)
    if ASKED & set(site.sentence.lows[start : start + 2]):
        return None
    left = site.sentence.span(start, comma) if start < comma else None
    parts: list[Span] = []
    if opens == "," and tags[site.after.at + 1 : site.after.at + 2] not in ("C", "G", "S", "F", "W", "Q", ""):
        end = content_end(site.sentence, site.after.at + 1)
        if end > site.after.at + 1:
            parts = [site.sentence.span(site.after.at + 1, end)]
    if left and (parts or has_verb(site.sentence, start, comma)):
        parts.insert(0, left)
    elif not parts:
        return None
    rule = "cue inside its content" if len(parts) > 1 else "cue after its content"
    return draft_at(site, tuple(parts), rule=rule)


ATTEMPTS = (_inverted, _left_quote, _right_quote, _passive, _right, _left)
"""The frames in the order they are tried."""
