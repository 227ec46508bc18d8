"""Verb cues: the frames tried around one verb, surest first.

- An attempt returns a draft or ``None``; the first draft wins.
- Direct speech first, then passive, then content on the right, then content on the left.

Example::

    for attempt in ATTEMPTS: draft = attempt(sentence, group, cue, subject, after)
"""

from quoth.attribute.after import After
from quoth.attribute.clauses import content_end, has_verb, left_start
from quoth.attribute.cues import Cue
from quoth.attribute.drafts import Draft, Span
from quoth.attribute.phrases import Group, phrase_after
from quoth.attribute.words import Sentence
from quoth.record.statement import Act

__all__ = ["ATTEMPTS"]

_REFUSING = frozenset(["declined", "declines", "decline", "declining", "refused", "refuses", "refuse", "refusing", "unwilling"])
_SAYING = [["say"], ["tell"], ["confirm"], ["reveal"], ["disclose"], ["specify"], ["explain"]]
_IMPERSONAL = frozenset(["it", "there", "it's", "there's"])
Tokens = tuple[int, int] | None


def _act(sentence: Sentence, group: Group, cue: Cue) -> tuple[Act, bool]:
    """The act with its polarity: "would not say" and "declined to say" are refusals."""
    governor = sentence.lows[group.governor] if group.governor >= 0 else ""
    if governor in _REFUSING:
        return Act.DECLINE, True
    words = sentence.lows[group.first : group.verb]
    would = any(word in ("would", "will", "wouldn't", "won't") for word in words)
    speech = cue.act in (Act.SAY, Act.TELL, Act.CONFIRM, Act.REVEAL, Act.ANSWER)
    if group.negative and speech and would:
        return Act.DECLINE, True
    return cue.act, group.negative or cue.act in (Act.DENY, Act.DECLINE)


def _draft(sentence: Sentence, group: Group, cue: Cue, *, content: tuple[Span, ...], rule: str,
           subject: tuple[int, int] | None = None, after: After | None = None, cue_end: int = 0) -> Draft:  # fmt: skip
    act, negative = _act(sentence, group, cue)
    if subject is not None and sentence.lows[subject[0]] in _IMPERSONAL and subject[1] - subject[0] == 1:
        subject = None
    return Draft(
        source=sentence.span(*subject) if subject else None,
        cue=sentence.span(group.first, max(cue_end, group.verb + 1)),
        content=content,
        act=act,
        negative=negative,
        rule=rule,
        addressee=sentence.span(*after.addressee) if after and after.addressee else None,
        medium=sentence.span(*after.medium) if after and after.medium else None,
        passive=group.passive,
    )


def _inverted(sentence: Sentence, group: Group, cue: Cue, subject: Tokens, after: After) -> Draft | None:
    """ "…," said Smith: the speaker stands right after the verb."""
    tags, first, verb = sentence.tags, group.first, group.verb
    if "q" not in cue.frames or cue.shape not in "sd" or group.passive or first == 0:
        return None
    quoted = tags[first - 1] == "Q" or tags[max(0, first - 2) : first] == "Q,"
    if not quoted and (tags[first - 1] != "," or subject is not None or cue.act is Act.ASK):
        return None
    last = phrase_after(sentence, verb + 1)
    if last == verb + 1 or tags[last : last + 1] not in (
        "",
        ".",
        ",",
        "P",
        "F",
        "B",
        "M",
        "G",
        "Q",
        "-",
        ":",
        "S",
        "T",
        "N",
    ):
        return None
    if not quoted:
        if tags[last : last + 1] not in ("", ".", ","):
            return None
        start = left_start(sentence, first - 1)
        parts: list[Span] = [sentence.span(start, first - 1)] if has_verb(sentence, start, first - 1) else []
    else:
        at = first - 1 if tags[first - 1] == "Q" else first - 2
        parts = _quote_run(sentence, at)
    if not parts:
        return None
    parts += _following_quote(sentence, last)
    rule = "quotation + inverted cue" if quoted else "cue after its content"
    return _draft(sentence, group, cue, content=tuple(parts), rule=rule, subject=(verb + 1, last))


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


def _left_quote(sentence: Sentence, group: Group, cue: Cue, subject: Tokens, after: After) -> Draft | None:
    """ "…," Smith told reporters: quotation, speaker, verb."""
    tags = sentence.tags
    if "q" not in cue.frames or subject is None or group.passive:
        return None
    before = subject[0] - 1
    while before >= 0 and tags[before] in ",B-":
        before -= 1
    if before < 0 or tags[before] != "Q":
        return None
    if tags[after.at : after.at + 1] in ("H", "W", ":") and tags[after.at + 1 : after.at + 2] != "Q":
        return None
    parts = _quote_run(sentence, before) + _following_quote(sentence, after.at)
    return _draft(
        sentence, group, cue, content=tuple(parts), rule="quotation + cue after it", subject=subject, after=after
    )


def _right_quote(sentence: Sentence, group: Group, cue: Cue, subject: Tokens, after: After) -> Draft | None:
    """Smith said, "…": the quotation follows the verb."""
    tags, at = sentence.tags, after.at
    if "q" not in cue.frames and "t" not in cue.frames:
        return None
    if tags[at : at + 1] == "P" and sentence.lows[at] in ("with", "that", "in", "of"):
        near = tags.find("Q", at, at + 6)
        at = near if near > 0 else at
    while at < len(tags) and tags[at] in ",:" and at < after.at + 2:
        at += 1
    if tags[at : at + 1] != "Q":
        if tags[after.at : after.at + 1] == ":" and at < len(tags) and len(tags) - at > 2 and "q" in cue.frames:
            end = content_end(sentence, at)
            return _draft(sentence, group, cue, content=(sentence.span(at, end),), rule="cue with a clause",
                          subject=subject, after=after)  # fmt: skip
        return None
    end = at + 1
    while tags[end : end + 1] == "Q":
        end += 1
    return _draft(sentence, group, cue, content=(sentence.span(at, end),), rule="quotation after its cue",
                  subject=subject, after=after)  # fmt: skip


def _passive(sentence: Sentence, group: Group, cue: Cue, subject: Tokens, after: After) -> Draft | None:
    """ "was asked about X", "it was rumoured that X", "is said to have X"."""
    if not group.passive:
        return None
    tags, lows, at = sentence.tags, sentence.lows, group.verb + 1
    agent: Tokens = None
    if lows[at : at + 1] == ["by"]:
        last = phrase_after(sentence, at + 1)
        agent = (at + 1, last) if last > at + 1 else None
        at = last if agent else at
    opens = tags[at : at + 1]
    prepositions = cue.prepositions | ({"about"} if cue.lemma in ("ask", "question") else frozenset())
    if opens == "P" and lows[at] in prepositions:
        cue_end, at = (at + 1 if agent is None else 0), at + 1
    elif opens in ("H", "T") or (opens == "W" and "w" in cue.frames):
        cue_end = 0
    else:
        return None
    content = (sentence.span(at, max(at + 1, content_end(sentence, at))),) if at < len(tags) else ()
    spoken_to = "o" in cue.frames
    if spoken_to and subject is not None:
        draft = _draft(sentence, group, cue, content=content, rule="passive cue with an addressee", subject=agent,
                       after=After(at=at, addressee=subject), cue_end=cue_end)  # fmt: skip
        return draft if content else None
    if opens == "T" and subject is not None:
        content = (sentence.span(*subject), *content)
    return _draft(sentence, group, cue, content=content, rule="passive cue, no source", subject=agent, cue_end=cue_end)


def _right(sentence: Sentence, group: Group, cue: Cue, subject: Tokens, after: After) -> Draft | None:
    """Content on the right: that-clause, question, infinitive, -ing, preposition, bare clause, noun phrase."""
    tags, at = sentence.tags, after.at
    if at >= len(tags) or group.passive:
        return None
    if subject is None and not group.infinitive and tags[at] != "H":
        return None
    rule, cue_end = _right_rule(sentence, group, cue, after)
    if not rule:
        return None
    first = cue_end or at
    end = content_end(sentence, first)
    if end <= first or (end - first == 1 and tags[first] in "HTRDPW"):
        return None
    return _draft(sentence, group, cue, content=(sentence.span(first, end),), rule=rule, subject=subject,
                  after=after, cue_end=cue_end)  # fmt: skip


def _right_rule(sentence: Sentence, group: Group, cue: Cue, after: After) -> tuple[str, int]:
    """The rule that fits what stands at ``after.at``, and the end of the cue where a preposition joins it."""
    tags, lows, at = sentence.tags, sentence.lows, after.at
    opens, low, frames = tags[at], lows[at], cue.frames
    if opens == "H":
        clause = frames & set("tc") and not (tags[at + 1 : at + 2] in tuple(".,VA") or at + 2 >= len(tags))
        return ("cue with a that-clause", 0) if clause else ("", 0)
    if opens == "W":
        temporal = (
            low in ("when", "if", "where", "who", "which")
            and not group.negative
            and cue.lemma not in ("ask", "know", "wonder")
        )
        return ("cue with a question clause", 0) if "w" in frames and not temporal else ("", 0)
    if opens == "T" and cue.act is Act.DECLINE and _says_on(sentence, at + 1):
        return ("", 0)
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
    if cue.frames & set("c") or (after.addressee is not None and "t" in cue.frames):
        end = content_end(sentence, at)
        if _clause_here(sentence, at, end):
            return "cue with a clause", 0
    if "n" in cue.frames and after.addressee is None and tags[at] in "NUDREO" and lows[at] not in ("it", "he", "she"):
        return "cue with a noun phrase", 0
    return "", 0


def _clause_here(sentence: Sentence, first: int, end: int) -> bool:
    """Whether ``first:end`` opens with a subject and a finite verb."""
    tags = sentence.tags
    if tags[first] == "R":
        return has_verb(sentence, first, end)
    for at in range(first + 1, min(end, first + 20)):
        if tags[at] in "VAZ" or (tags[at] == "E" and tags[at - 1] in "NUMRB" and tags[first] != "E"):
            return True
        if tags[at] in ";:":
            return False
    return False


def _left(sentence: Sentence, group: Group, cue: Cue, subject: Tokens, after: After) -> Draft | None:
    """Content on the left, or around: "X, Smith said" and "X, Smith said, Y"."""
    tags = sentence.tags
    if "b" not in cue.frames or subject is None or group.passive or group.infinitive:
        return None
    comma = subject[0] - 1
    if comma < 1 or tags[comma] not in ",-":
        return None
    opens = tags[after.at : after.at + 1]
    if opens not in ("", ".", ",", "P", "F", "S", "G", "-", ")", ";"):
        return None
    start = left_start(sentence, comma)
    left = sentence.span(start, comma) if start < comma else None
    parts: list[Span] = []
    if opens == "," and tags[after.at + 1 : after.at + 2] not in ("C", "G", "S", "F", "W", "Q", ""):
        end = content_end(sentence, after.at + 1)
        if end > after.at + 1:
            parts = [sentence.span(after.at + 1, end)]
    if left and (parts or has_verb(sentence, start, comma)):
        parts.insert(0, left)
    elif not parts:
        return None
    rule = "cue inside its content" if len(parts) > 1 else "cue after its content"
    return _draft(sentence, group, cue, content=tuple(parts), rule=rule, subject=subject, after=after)


ATTEMPTS = (_inverted, _left_quote, _right_quote, _passive, _right, _left)
"""The frames in the order they are tried."""
