"""Chinese statements: a small set of verbs, and nothing beyond.

- Searched only where the text is mostly Han; sentences end at 。！？ or a line's end.
- The speaker is what stands before the verb back to the last comma; no segmentation is attempted.
- What does not fit is left out: a missed statement is better than a wrong one.

Example::

    李某表示，他不知道此事。  ->  source 李某, cue 表示, content 他不知道此事
"""

import re
from collections.abc import Iterator

from quoth.attribute.drafts import Draft
from quoth.record.statement import Act

__all__ = ["find_chinese", "is_chinese"]

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_SENTENCE = re.compile(
    r"(?:[^。！？\n「」“”『』]|「[^」\n]{0,2000}」|“[^”\n]{0,2000}”|『[^』\n]{0,2000}』|[「」“”『』]){1,4000}[。！？]?"
)
_ACTS = {
    "表示": Act.SAY,
    "说": Act.SAY,
    "說": Act.SAY,
    "称": Act.CLAIM,
    "稱": Act.CLAIM,
    "指出": Act.SAY,
    "强调": Act.SAY,
    "強調": Act.SAY,
    "透露": Act.REVEAL,
    "披露": Act.REVEAL,
    "宣布": Act.ANNOUNCE,
    "宣佈": Act.ANNOUNCE,
    "承认": Act.ADMIT,
    "承認": Act.ADMIT,
    "否认": Act.DENY,
    "否認": Act.DENY,
    "认为": Act.BELIEVE,
    "認為": Act.BELIEVE,
    "相信": Act.BELIEVE,
    "警告": Act.WARN,
    "回答": Act.ANSWER,
    "答": Act.ANSWER,
    "问": Act.ASK,
    "問": Act.ASK,
    "写道": Act.WRITE,
    "寫道": Act.WRITE,
    "告诉": Act.TELL,
    "告訴": Act.TELL,
    "证实": Act.CONFIRM,
    "證實": Act.CONFIRM,
    "指控": Act.ACCUSE,
    "要求": Act.REQUEST,
    "承诺": Act.PROMISE,
    "承諾": Act.PROMISE,
    "报道": Act.REPORT,
    "報道": Act.REPORT,
}
_VERBS = "|".join(sorted(_ACTS, key=len, reverse=True))
_REFUSAL = re.compile(
    r"^(?P<who>[^，。：；、\n「」“”]{1,24}?)(?P<cue>拒绝|拒絕|没有回应|沒有回應|未回应|未回應|没有回复|不予)(?P<what>[^，。；\n]{0,40})"
)
_ACCORDING = re.compile(
    r"^据(?P<who>[^，。：；\n]{1,24}?)(?P<cue>称|报道|透露|表示|介绍|证实|说)[，,](?P<what>[^\n]+)$"
)
_SAYS = re.compile(
    rf"^(?P<lead>[^，。：；\n「」“”]{{1,14}}[，,])?(?P<who>[^，。：；\n「」“”]{{1,20}}?)(?P<cue>(?:对[^，。：；\n]{{1,14}})?(?:还|也|又|曾|则|再次|明确)?"
    rf"(?:{_VERBS})(?:说|道)?)(?P<to>[^，。：；\n「」“”]{{1,14}})?(?P<mark>[：:，,])(?P<what>[^\n]+)$"
)
_LONGEST = 600
_NOT_SPEAKERS = re.compile(r"^(?:这|那|这些|那些|因此|所以|但|但是|而|如果|虽然|可以|不|没有)$")


def is_chinese(text: str) -> bool:
    """Whether the first 400 characters are mostly Han."""
    head = text[:400]
    letters = sum(1 for char in head if char.isalpha())
    return letters > 3 and len(_HAN.findall(head)) * 2 > letters


def find_chinese(text: str, start: int, end: int) -> Iterator[tuple[tuple[int, int], list[Draft]]]:
    """Each sentence of ``text[start:end]`` with its drafts."""
    for match in _SENTENCE.finditer(text, start, end):
        words = match.group()
        lead = len(words) - len(words.lstrip())
        first, body = match.start() + lead, words.strip()
        if body:
            yield (first, first + len(body)), _drafts(body, first) if len(body) <= _LONGEST else []


def _span(match: re.Match[str], name: str, shift: int) -> tuple[int, int]:
    return shift + match.start(name), shift + match.end(name)


def _content(match: re.Match[str], shift: int) -> tuple[int, int]:
    start, end = _span(match, "what", shift)
    return start, end - (len(match["what"]) - len(match["what"].rstrip("。，；")))


def _drafts(sentence: str, shift: int) -> list[Draft]:
    refusal = _REFUSAL.match(sentence)
    if refusal:
        silent = "回" in refusal["cue"]
        what = _content(refusal, shift)
        return [
            Draft(
                source=_span(refusal, "who", shift),
                cue=_span(refusal, "cue", shift),
                negative=True,
                rule="Chinese verb of saying",
                content=(what,) if what[1] > what[0] else (),
                act=Act.NO_RESPONSE if silent else Act.DECLINE,
            )
        ]
    according = _ACCORDING.match(sentence)
    if according:
        return [
            Draft(
                source=_span(according, "who", shift),
                cue=_span(according, "cue", shift),
                content=(_content(according, shift),),
                act=_ACTS.get(according["cue"], Act.SAY),
                rule="Chinese verb of saying",
            )
        ]
    says = _SAYS.match(sentence)
    if not says or _NOT_SPEAKERS.match(says["who"]):
        return []
    verb = next((word for word in sorted(_ACTS, key=len, reverse=True) if word in says["cue"]), "说")
    told = _ACTS[verb] in (Act.TELL, Act.ASK) and says["to"]
    if says["to"] and not told:
        return []
    return [
        Draft(
            source=_span(says, "who", shift),
            cue=_span(says, "cue", shift),
            content=(_content(says, shift),),
            act=_ACTS[verb],
            addressee=_span(says, "to", shift) if told else None,
            negative=_ACTS[verb] is Act.DENY,
            rule="Chinese verb of saying",
        )
    ]
