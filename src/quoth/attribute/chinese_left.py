"""What stands before a Chinese cue: source, time, place, addressee.

- Read from the cue outwards: adverbs belong to the cue, joining words to nobody.
- 对X, 向X, 就X, 在X中 are taken off with their frame; what is left is the source.
- The longest source is the rule: a phrase keeps its modifiers, titles and age.

Example::

    "许知晏昨天在会上对记者" before 说  ->  source 许知晏, when 昨天, medium 在会上, to 记者
"""

import dataclasses
import re

from quoth.attribute.chinese_layers import BRACKETED
from quoth.attribute.chinese_people import QUOTED, kind_of, named_at_end
from quoth.attribute.chinese_words import TABLE, any_of
from quoth.attribute.drafts import Span

__all__ = ["Left", "is_adverbial", "leading_source", "read_left", "skip_joins"]

_NUMBER = r"(?:\d+|[〇零一二三四五六七八九十两几半]+)"
_TIME = (
    r"(?:今天|昨天|昨日|今日|前天|当天|当日|次日|翌日|隔天|隔日|同日|当晚|当夜|昨晚|今晚|今早|昨夜|今年|去年|前年|明年|当年|同年|早前|近日|日前|"
    r"此前|此后|事后|随后|会后|会前|赛后|庭后|周末|(?:上|本|下|这|当)周[一二三四五六日天末]?|(?:上|本|下|这)个?(?:月|季度|星期|礼拜)|"
    r"(?:周|星期|礼拜)[一二三四五六日天末]|上午|下午|中午|凌晨|清晨|早上|早晨|晚上|晚间|夜里|深夜|半夜|傍晚|夜间|春天|夏天|秋天|冬天|年初|年底|月初|月底|"
    rf"{_NUMBER}年(?:前|初|底)?|{_NUMBER}月(?:{_NUMBER}[日号]|上旬|中旬|下旬|初|底)?|{_NUMBER}[日号](?!楼|线|泊)|{_NUMBER}[点时](?:{_NUMBER}分|半|许|左右)?|"
    rf"{_NUMBER}(?:天|周|个月|小时|分钟)(?:前|后)|最近|目前|至今|截至[^，。；]{{2,12}}时|现在|当时|后来)"
)
_TIME_END = re.compile(f"(?:在|于|早在)?(?:{_TIME}的?)+(?:前|后|初|底|时)?\\Z")
_TIME_START = re.compile(f"(?:到|直到|截至|早在)?(?:{_TIME}的?)+(?:前|后|初|底|时|起|以来)?")
_AGE = re.compile(f"的|{_NUMBER}岁")
_ADVERB = any_of(TABLE["edges"]["adverbs"])
_ADVERBS_END = re.compile(f"{_ADVERB}+(?:地)?\\Z")
_NEGATIVE = re.compile(any_of(TABLE["edges"]["negations"]))
_JOIN = any_of(TABLE["edges"]["joins"])
_JOIN_END = re.compile(
    r"(?:并且|并|但是|但|却|则|而|倒|同时|反而|随后|随即|于是|就|便|才|遂|接着|后来|最后|最终|立即|即|就是|更|自己|本人|一)\Z"
)
_JOIN_START = re.compile(f"(?:{_JOIN})+")
_INNER = "[^，。；：\n]"
_AROUND = re.compile(
    rf"(?:(?P<to>(?<![反绝应相面针])(?:对|向|跟|同|给)(?![方手象岸立口]|来自))|(?P<on>(?<![成])(?:就|围绕|针对|关于|对于)(?![业职读近地])))(?P<x>{_INNER}{{1,40}}?)(?:一事|问题|方面)?\Z"
)
_MEDIUM = re.compile(
    rf"(?:(?<![存现实正所潜内外好])在|通过|透过|经由|借|从)(?P<x>(?:(?!的)[^，。；：\n]){{1,14}}|{_INNER}{{1,24}}(?:[中里上内下时后前间口旁外室处]|现场|阶段|法庭|会议|医院|声明))\Z"
)
_PLACE = re.compile(
    "(?:门口|门前|现场|医院|法庭|街头|家中|家里|办公室|码头|村口|路边|车站|机场|广场|教室|禅房|房|室|院|厂|店|馆|城|市|县|村|镇|处|旁|外|楼|厅|桥|港|路|街)[里内中上下前后]?\\Z"
)
_AGAINST = re.compile(rf"以{_INNER}{{2,20}}?(?:为由|为理由|为名|的名义|的身份)\Z")
_HOLD = re.compile(rf"(?:(?<![当倒])把|将)(?P<x>{_INNER}{{1,30}})\Z")
_ARRESTS = ("被告", "被捕", "被害", "被拘", "被带", "被押", "被关", "被困")
_VERBISH = frozenset(
    "在于从对向把将被让给则也还都曾已正就才又再没不未是有打拿看走来去坐站听用以为因当昨今主宣签做花算收出拒提援沉点摇笑叹起拍翻抬低边转穿带主召离走进抵列审吐接谈会"
)


@dataclasses.dataclass(slots=True, kw_only=True)
class Left:
    """What was read: spans in the layer; ``cue`` is where the cue with its adverbs begins."""

    cue: int
    source: Span | None = None
    to: Span | None = None
    about: Span | None = None
    held: Span | None = None
    medium: Span | None = None
    where: Span | None = None
    when: Span | None = None
    negative: bool = False
    frame: str = ""
    """``据``, ``在``, or empty."""
    passive: bool = False
    patient: Span | None = None


def skip_joins(text: str, start: int, end: int) -> int:
    """``start`` behind joining words, brackets and spaces."""
    while start < end:
        match = _JOIN_START.match(text, start, end)
        if (
            match
            and not kind_of(text[start : match.end()])
            and not (
                match[0] in ("如", "连", "是", "当", "等", "又", "可", "既", "若")
                and named_at_end(text[start : start + 3]) == 3
            )
        ):
            start = match.end()
        elif text[start] == BRACKETED or text[start].isspace() or text[start] == "、":
            start += 1
        else:
            break
    return start


def _adverbs(text: str, start: int, end: int, left: Left) -> int:
    """The end of what is left when adverbs before ``end`` are taken into the cue (or only noted)."""
    low = max(start, end - 16)
    match = _ADVERBS_END.search(text[low:end])
    if not match:
        return end
    at = low + match.start()
    while at < end:
        rest = text[start:at]
        first = re.match(_ADVERB, text[at:end])
        one = len(first[0]) if first else 1
        name = named_at_end(text[start : at + 1])
        cut = name >= 2 and one == 1 and named_at_end(rest) < 2 and not kind_of(rest)
        if not cut and not rest.endswith(("一", "的", "无", "有")):
            break
        at += one
    if _NEGATIVE.search(text[at:end]):
        left.negative = not left.negative
    return at


def _strip_end(text: str, start: int, end: int, left: Left) -> int:
    """One step of reading outwards; the new end."""
    region = text[start:end]
    join = _JOIN_END.search(region)
    if join and join.start() and not named_at_end(region) and not kind_of(region):
        return end - len(join[0])
    if join and not join.start():
        return start
    time = _TIME_END.search(region[-24:])
    if time and (time.start() or len(region) <= 24):
        first = end - len(time[0])
        left.when = left.when or (first, end)
        return first
    against = _AGAINST.search(region[-40:])
    if against:
        return end - len(against[0])
    held = _HOLD.search(region[-40:])
    if held:
        left.held = (end - len(held["x"]), end)
        return end - len(held[0])
    around = _AROUND.search(region[-48:])
    if around and (kind_of(around["x"]) or around["on"] or len(around["x"]) < 24):
        span = (end - len(around[0]) + len(around["to"] or around["on"]), end)
        if around["to"] and left.to is None:
            left.to = span
        else:
            left.about = span
        return end - len(around[0])
    medium = _MEDIUM.search(region[-30:])
    if medium and not (medium.start() == 0 and "的" in medium["x"] and kind_of(region)):
        span = (end - len(medium[0]), end)
        if _PLACE.search(medium["x"]) and not medium["x"].endswith(("会上", "信里", "书里")):
            left.where = left.where or span
        else:
            left.medium = left.medium or span
        return span[0]
    return end


def _passive(text: str, start: int, end: int, left: Left) -> bool:
    """Reads X被(Y) before the cue; whether it is there."""
    at = text.rfind("被", start, end)
    if at < 0 or (text[at : at + 2] in _ARRESTS and at + 1 < end):
        return False
    agent = (at + 1, end)
    if agent[1] > agent[0] and kind_of(text[agent[0] : agent[1]]) is None:
        return False
    left.passive = True
    left.source = agent if agent[1] > agent[0] else None
    left.cue = at if agent[1] <= agent[0] else left.cue
    first = skip_joins(text, start, at)
    last = _adverbs(text, first, at, left)
    if left.source is None:
        left.cue = last
    for _ in range(3):
        shorter = _strip_end(text, first, last, left)
        if shorter == last:
            break
        last = shorter
    left.patient = (first, last) if last > first else None
    return True


def read_left(text: str, start: int, end: int) -> Left:
    """What stands in ``text[start:end]`` before a cue that begins at ``end``."""
    left = Left(cue=end)
    start = skip_joins(text, max(start, end - 120), end)
    if _passive(text, start, end, left):
        return left
    lead = _TIME_START.match(text, start, end)
    if lead and lead.end() < end and not _AGE.match(text, lead.end()) and named_at_end(text[start : start + 3]) < 3:
        left.when = (start, lead.end())
        start = skip_joins(text, lead.end(), end)
    left.cue = last = _adverbs(text, start, end, left)
    for _ in range(6):
        shorter = _strip_end(text, start, last, left)
        if shorter == last:
            shorter = _adverbs(text, start, last, left) if last != left.cue else last
        if shorter == last:
            break
        last = shorter
    start = _frames_before(text, start, last, left)
    while last > start and text[last - 1] in (BRACKETED, " ", "、"):
        last -= 1
    if last > start:
        left.source = (start, last)
    return left


def _frames_before(text: str, start: int, end: int, left: Left) -> int:
    """The start of the source behind 据, 有 and a leading quotation."""
    for word in ("根据", "另据", "据"):
        if text.startswith(word, start) and start + len(word) < end and not text.startswith("据点", start):
            left.frame = "据"
            return start + len(word)
    if (
        text[start : start + 1] == "有"
        and kind_of(text[start:end]) is not None
        and text[start:end] not in ("有人", "有的人", "有些人", "有的", "有些")
    ):
        return start + 1
    return start


def is_adverbial(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` begins with an adverb, so that its subject stands earlier."""
    match = re.match(_ADVERB, text[start:end])
    return match is not None and len(match[0]) > 1 and not named_at_end(text[start:end])


def leading_source(text: str, start: int, end: int) -> Span | None:
    """The person or body that a clause without a cue begins with."""
    start = skip_joins(text, start, end)
    time = _TIME_START.match(text, start, end)
    if time and time.end() < end:
        start = skip_joins(text, time.end(), end)
    for stop in range(start + 1, min(end, start + 24)):
        words = text[start:stop]
        if text[stop] in _VERBISH or text[stop] == QUOTED or _TIME_START.match(text, stop, end):
            if kind_of(words) is not None and QUOTED not in words:
                return start, stop
            time = _TIME_END.search(words)
            if time and time.start() and kind_of(words[: time.start()]) is not None:
                return start, start + time.start()
    return None
