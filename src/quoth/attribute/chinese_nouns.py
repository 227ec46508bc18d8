"""Cue words that are no cues: nouns, modifiers, words within a frame.

- 的 behind, or 的, 这一, 有关 before, make a noun or a modifier of a verb.
- A word marked ``led`` in the lexicon counts only with a comma, a colon or a quotation behind it.
- In 未就采访请求作出回应 and 在回复本报的信中说 the first verb belongs to the frame.

Example::

    "有关指控" holds no cue, "指控他受贿" does
"""

import re

from quoth.attribute.chinese_layers import Clause
from quoth.attribute.chinese_people import QUOTED, TITLED
from quoth.attribute.chinese_words import Token

__all__ = ["framed", "is_noun"]

_NOUNISH_BEFORE = re.compile(
    r"(?:[的该此项种份]|这一|那一|有关|相关|上述|任何|什么|一句|各项|多项|几项|这些|那些|某些|一切|没有任何|不同|共同的?|主要|唯一|新)\Z"
)
_NOUNISH_AFTER = re.compile(
    "的(?!不?是|：)|者|人员|书(?!面)|率|权|信号|性|会(?=[，。、上]|$)|期间|中的|之[后前中下时际余]|函|稿|机制|平台|机构|部门|大会|名单|方(?:面)?(?=[，。、])|下(?=[，。]|$)|后(?=[，。]|$)|前(?=[，。]|$)|时(?=[，。]|$)|之"
)
_PAPERS = frozenset(["报道", "报导"])
_LED = re.compile(f"(?:了|过|说|道|称|指出|表示)*(?:[，：:,{QUOTED}]|$)")
_WITHIN = re.compile("(?<![存现实正所潜内外好])在|以|通过|透过|被|当")
_CLOSES = re.compile("(?:[中里上时后前内]|为由|为理由|期间|现场)[^中里上时后前内]{0,8}$")
_WHEN_END = re.compile(r"(?:时|之后|以后)$|(?<=[问题话访])后$")
_OPENS = re.compile("(?:就|(?<![反绝应相面针])对)(?![业职读方手象岸立])")


def is_noun(text: str, token: Token, *, clause: Clause) -> bool:
    """Whether the word is a noun or a modifier here, not a verb of its clause."""
    if token.entry.kind in ("alone", "silence", "reply"):
        return False
    if token.end < clause.end and _NOUNISH_AFTER.match(text, token.end, clause.end):
        return True
    if token.entry.led or token.entry.lemma in _PAPERS:
        outlet = text[token.start - 1 : token.start] == TITLED or text[max(0, token.start - 1) : token.start] in (
            "报",
            "社",
            "台",
            "网",
        )
        if not (outlet and token.entry.lemma == "报道") and not _LED.match(text, token.end) and token.end < clause.end:
            return True
    if (
        clause.after == "，"
        and text[clause.end - 1] in "时后"
        and token.end < clause.end
        and _WHEN_END.search(text, token.end, clause.end)
    ):
        return True
    before = text[max(clause.start, token.start - 4) : token.start]
    match = _NOUNISH_BEFORE.search(before)
    return match is not None and len(token.entry.lemma) > 1


def framed(text: str, token: Token, *, later: list[Token], floor: int) -> bool:
    """Whether the cue stands within 就X or 对X before a cue with a frame: 未就采访请求作出回应."""
    for other in later[:1]:
        inside = _WITHIN.search(text, max(floor, token.start - 24), token.start) is not None
        if inside and _CLOSES.search(text[token.end : other.start]):
            return True
    opened = _OPENS.search(text, max(floor, token.start - 24), token.start)
    if opened is None:
        return False
    return any(
        other.entry.kind in ("carried", "silence", "reply")
        and other.start - token.end <= 6
        and other.entry.act is not token.entry.act
        for other in later
    )
