"""One verb cue with its surroundings, and the draft made from them.

- "Would not say" and "declined to say" are refusals; "denied" is negative by itself.
- "It" is no speaker of a passive ("it was rumoured"); "there" never is.
- "Responded by saying" is one cue.

Example::

    draft_at(site, (sentence.span(4, 9),), rule="cue with a that-clause")
"""

import dataclasses

from quoth.attribute.after import After
from quoth.attribute.cues import FORMS, Cue
from quoth.attribute.drafts import Draft, Span
from quoth.attribute.phrases import Group, verb_group
from quoth.attribute.words import Sentence
from quoth.record.statement import Act

__all__ = ["NOTHING", "REFUSING", "Site", "Tokens", "act_of", "draft_at"]

Tokens = tuple[int, int] | None
"""Tokens, end exclusive; ``None`` where there are none."""

REFUSING = frozenset(
    ["declined", "declines", "decline", "declining", "refused", "refuses", "refuse", "refusing", "unwilling"],
)
"""Verbs before "to" that make a refusal."""
NOTHING = After(at=0)
"""Nobody addressed, no medium."""
_IMPERSONAL = frozenset(["it", "there", "it's", "there's"])
_EXISTENTIAL = frozenset(["there", "there's"])
_SPEECH = frozenset([Act.SAY, Act.TELL, Act.CONFIRM, Act.REVEAL, Act.ANSWER])
_NOBODY = frozenset(["nobody", "none", "neither", "no"])


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A cue in its sentence: its verb group, who stands before it, what follows."""

    sentence: Sentence
    group: Group
    cue: Cue
    subject: Tokens
    after: After


def act_of(sentence: Sentence, group: Group, cue: Cue) -> tuple[Act, bool]:
    """The act, and whether it is negative."""
    governor = sentence.lows[group.governor] if group.governor >= 0 else ""
    if governor in REFUSING:
        return Act.DECLINE, True
    words = sentence.lows[group.first : group.verb]
    would = any(word in ("would", "will", "wouldn't", "won't") for word in words)
    if group.negative and would and cue.act in _SPEECH:
        return Act.DECLINE, True
    return cue.act, group.negative or cue.act in (Act.DENY, Act.DECLINE)


def _cue_first(sentence: Sentence, group: Group, cue: Cue) -> int:
    """Where the cue begins: "responded by saying" begins at "responded"."""
    before = group.first - 1
    if (
        cue.shape == "g"
        and before > 0
        and sentence.lows[before] in ("by", "with")
        and sentence.lows[before - 1] in FORMS
    ):
        return verb_group(sentence, before - 1).first
    return group.first


def draft_at(site: Site, content: tuple[Span, ...], *, rule: str, cue_end: int = 0) -> Draft:
    """The draft of ``site`` with ``content``; ``cue_end`` where a preposition joins the cue."""
    sentence, group, subject = site.sentence, site.group, site.subject
    act, negative = act_of(sentence, group, site.cue)
    if subject is not None:
        head = sentence.lows[subject[0]]
        if subject[1] - subject[0] == 1 and head in (_IMPERSONAL if group.passive else _EXISTENTIAL):
            subject = None
        if head in _NOBODY:
            negative = True
            would = set(sentence.lows[group.first : group.verb]) & {"would", "will", "could"}
            act = Act.DECLINE if would and act in _SPEECH else act
    first = _cue_first(sentence, group, site.cue)
    if first < group.first and FORMS[sentence.lows[group.first - 2]].act is Act.ANSWER:
        act = Act.ANSWER
    if rule == "cue with a noun phrase" and site.cue.lemma == "call":
        act = Act.SAY
    return Draft(
        source=sentence.span(*subject) if subject else None,
        cue=sentence.span(first, max(cue_end, group.verb + 1)),
        content=content,
        act=act,
        negative=negative,
        rule=rule,
        addressee=sentence.span(*site.after.addressee) if site.after.addressee else None,
        medium=sentence.span(*site.after.medium) if site.after.medium else None,
        passive=group.passive,
    )
