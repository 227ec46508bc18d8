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
_UNNAMED = re.compile(
    r"\banonym(?:ity|ously|ous)\b|\b(?:remain|stay|be left) (?:unnamed|nameless|unidentified)\b|"
    r"\b(?:be|being) (?:named|identified|quoted(?: by name)?)\b|"
    r"\b(?:names?|identit(?:y|ies))\b[^.,;“”\"]{0,30}?\b(?:withheld|left out|kept (?:out|secret)|not be|be not|"
    r"be (?:used|printed|published|mentioned)|protect|known to)|"
    r"\b(?:use|give|giving|print|publish|withhold|protect|reveal|disclose)\b[^.,;“”\"]{0,20}?\b(?:names?|identit(?:y|ies))\b|"
    r"\bnot (?:authori[sz]ed|permitted|allowed|cleared) to (?:speak|talk|comment|discuss|give|brief)\b|"
    r"\bidentit(?:y|ies)\b[^.,;“”\"]{0,40}\bprotect\b|\bgave (?:only|just) (?:his|her|their) (?:first|last) names?\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r",(?= )|[;:—–()“”\"\n]|[.!?](?=\s|\Z)")
_BECAUSE = re.compile(
    r"\s*(?:because|for fear|as|since|so (?:as|that)|lest|for reasons|saying|citing|fearing|in order)\b", re.IGNORECASE
)
_AGAIN = re.compile(
    r"(?:He|She|They|Both|All|The (?:man|woman|official|officials|people|person|two|three|aide|source|sources))\b"
)
_STOP = re.compile(r"[.!?][”\"’)]*(?=\s)")
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
    """The phrase that says why the source has no name: within it, beside the cue, or in the sentence after."""
    if draft.source is None:
        return None
    place = draft.cue or draft.source
    first, last = min(draft.source[0], place[0]), max(draft.source[1], place[1])
    low = max(0, first - _NEAR, text.rfind("\n", 0, first) + 1)
    stop = text.find("\n", last)
    high = min(len(text) if stop < 0 else stop, last + _NEAR)
    for match in _UNNAMED.finditer(text, low, high):
        start, end = _clause(text, match, (low, high), place)
        if any(s < end and start < e and not (start <= s and e <= end) for s, e in draft.content):
            continue
        if start >= draft.source[0] - 3 and end <= draft.source[1] + 3:
            return start, end
        if not _cut(text, match, place) or (
            start > last and _AGAIN.match(text, start) and not _cuts(text, last, start)
        ):
            return start, end
    return None


def _clause(text: str, match: re.Match[str], around: Span, cue: Span) -> Span:
    """The clause that the words stand in, with the reason that follows it, and without the cue."""
    start, end = match.span()
    before = list(_BREAK.finditer(text, around[0], start))
    start = before[-1].end() if before else around[0]
    if start < cue[1] <= match.start():
        start = cue[0]
    after = _BREAK.search(text, end, around[1])
    end = after.start() if after else around[1]
    while after and after[0].startswith(",") and (reason := _BECAUSE.match(text, after.end(), around[1])):
        after = _BREAK.search(text, reason.end(), around[1])
        end = after.start() if after else around[1]
    if match.end() <= cue[0] < end:
        end = cue[0]
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _cuts(text: str, low: int, high: int) -> bool:
    """Whether more than one sentence ends between two places."""
    return len(_STOP.findall(text, low, high)) > 1


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
