"""What else a statement shows: anonymity, audience, a hand in the wording.

- The anonymity phrase is kept as it stands: "on condition of anonymity because …".
- "[sic]", words in brackets and an ellipsis are marks of a hand in the wording.
- Words that judge are flagged in the outlet's own voice only.

Example::

    fidelity_of("“They [the guards] … ran”")  ->  (Fidelity.BRACKETS, Fidelity.ELLIPSIS)
"""

import dataclasses
import re
from collections.abc import Sequence

from quoth.attribute.cues import load_table
from quoth.attribute.drafts import Draft, Span
from quoth.record.statement import Fidelity

__all__ = ["anonymity_of", "aside_cut", "audience_of", "evaluative_in", "fidelity_of"]

_BRACKETS = re.compile(r"\[[^\]\n]{1,80}\]")
_ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.|\[…\]|\[\.\.\.\]")
_SIC = re.compile(r"[\[(]\s*sic\s*[\])]", re.IGNORECASE)
_REASON = r"(?:[^,;.“”\"]|,(?! (?:said|says|told|added)\b)){0,160}"
_ANONYMITY = re.compile(
    r"\b(?:(?:speaking |spoke |speaks |talked |talking |who (?:spoke|asked|requested|insisted|declined|did not want|"
    r"were|was|would|could|wished|refused|agreed)\b[^,;.“”\"]{0,60}?)?"
    r"(?:on (?:the )?condition (?:of anonymity|that (?:he|she|they)\b[^,;.“”\"]{0,40}?\bnot be (?:named|identified)|"
    r"of not being (?:named|identified))|(?:requested|granted|given|demanded|insisted on|asked for|offered) anonymity|"
    r"anonymously|not to be (?:named|identified|quoted by name)|not (?:be|being) (?:named|identified)|"
    r"(?:declined|refused) to (?:be named|give (?:his|her|their) names?)|"
    r"not authori[sz]ed to (?:speak|talk|comment|discuss)|"
    r"(?:name|identity|names|identities) (?:has|have|had)? ?(?:been )?(?:withheld|changed))"
    rf"(?: (?:because|for fear|in order|so as|as|since|due|out of|to)\b{_REASON})?)",
    re.IGNORECASE,
)
_AUDIENCE = re.compile(
    r"\b(?:to|before|in front of|addressing) ((?:(?:a|an|the|some|more than|about|around|nearly)\s+)?"
    r"(?:[\w,’'-]+\s+){0,4}?(?:crowd|audience|supporters|reporters|journalists|delegates|lawmakers|members|students|"
    r"voters|donors|committee|parliament|jury|court|congregation|mourners|workers|activists|residents|shareholders)"
    r"(?: of (?:[\w,’'-]+\s?){1,4})?)\b"
)
_NEAR = 220


def fidelity_of(words: str) -> tuple[Fidelity, ...]:
    """The marks of a hand in ``words``, in a fixed order."""
    found = []
    if _SIC.search(words):
        found.append(Fidelity.SIC)
    if any(not _SIC.fullmatch(match[0]) and not _ELLIPSIS.fullmatch(match[0]) for match in _BRACKETS.finditer(words)):
        found.append(Fidelity.BRACKETS)
    if _ELLIPSIS.search(words):
        found.append(Fidelity.ELLIPSIS)
    return tuple(found)


def anonymity_of(text: str, draft: Draft) -> Span | None:
    """The phrase that says why the source has no name: within it, or in the sentence around the cue."""
    if draft.source is None:
        return None
    start, end = draft.source
    place = draft.cue or draft.source
    low = max(0, min(start, place[0]) - _NEAR, text.rfind("\n", 0, start) + 1)
    stop = text.find("\n", max(end, place[1]))
    high = min(len(text) if stop < 0 else stop, max(end, place[1]) + _NEAR)
    for match in _ANONYMITY.finditer(text, low, high):
        inside = match.start() < end + 3 and match.end() > start
        beside = not any(s <= match.start() < e for s, e in draft.content) and not _cut(text, match, place)
        if inside or beside:
            return match.start(), match.start() + len(match[0].rstrip(" ,"))
    return None


def aside_cut(text: str, draft: Draft) -> Draft:
    """``draft`` without an anonymity phrase that trails its content: "…, speaking on condition of anonymity"."""
    if not draft.content:
        return draft
    start, end = draft.content[-1]
    for match in _ANONYMITY.finditer(text, max(start, end - _NEAR), end):
        before = text[start : match.start()].rstrip()
        if (
            match.end() >= end - 2
            and before.endswith(",")
            and len(before) > 1
            and before.count("“") == before.count("”")
        ):
            kept = (start, start + len(before) - 1)
            return dataclasses.replace(draft, content=(*draft.content[:-1], kept))
    return draft


def _cut(text: str, match: re.Match[str], place: Span) -> bool:
    """Whether a sentence ends between the phrase and the cue."""
    low, high = sorted((match.start(), place[0]))
    return re.search(r"[.!?][”\"’)]*\s+[A-Z“\"]", text[low:high]) is not None


def audience_of(text: str, draft: Draft) -> Span | None:
    """Those before whom it was said, named beside the cue, where nobody is told."""
    if draft.addressee is not None or draft.cue is None:
        return None
    match = _AUDIENCE.match(text, min(len(text), draft.cue[1] + 1), min(len(text), draft.cue[1] + _NEAR // 2))
    if match is None or any(s < match.end(1) and match.start(1) < e for s, e in draft.content):
        return None
    return match.span(1)


_JUDGING = re.compile(
    r"\b(?:" + "|".join(sorted(load_table("words.toml")["voice"]["judging"].split(), key=len, reverse=True)) + r")\b",
    re.IGNORECASE,
)


def evaluative_in(text: str, spans: Sequence[Span]) -> list[Span]:
    """The words that judge within ``spans``."""
    return [match.span() for start, end in spans for match in _JUDGING.finditer(text, start, end)]
