"""Who a Chinese noun phrase means, by surname and by its end.

- A name is a surname and one or two characters, behind a title, an office, 的, or alone.
- 一名…, 知情人士 are unnamed; 多名…, …部门 are groups; …报告, …录音 are documents; 《…》, 本报 are outlets.
- What fits nothing has no type: a weak verb then finds no source.

Example::

    >>> kind_of("外交部发言人许知晏")
    <SourceType.NAMED: 'named'>
"""

import re

from quoth.attribute.chinese_words import TABLE, any_of
from quoth.record.statement import SourceType

__all__ = ["ANONYMOUS", "QUOTED", "TITLED", "is_party", "is_pronoun", "kind_of", "named_at_end"]

QUOTED = "\ue000"
"""Stands for each character of a quotation, its marks too."""
TITLED = "\ue001"
"""Stands for each character of a title in 《》."""
ANONYMOUS = "\ue003"
"""Stands for each character of an anonymity phrase."""

_PEOPLE = TABLE["people"]
_SURNAMES = frozenset(_PEOPLE["surnames"])
_RARER = frozenset(_PEOPLE["rarer"])
_DOUBLE = frozenset(_PEOPLE["double"].split())
_PRONOUNS = frozenset(_PEOPLE["pronouns"].split())
_PLURAL = tuple(_PEOPLE["plural"].split())
_HIDDEN = frozenset(
    ["有人", "谁", "其中一人", "另一人", "其中一名", "某人", "有的人", "一个人", "那人", "这人", "其中两人"]
)
_MANY_PRONOUNS = frozenset(
    ["没有人", "无人", "没人", "不少人", "很多人", "许多人", "所有人", "有些人", "一些人", "多数人"]
)
_ENDS = {
    word: kind
    for key, kind in (
        ("groups", SourceType.GROUP),
        ("roles", SourceType.ROLE),
        ("documents", SourceType.DOCUMENT),
        ("outlets", SourceType.OUTLET),
        ("unnamed", SourceType.UNNAMED),
    )
    for word in _PEOPLE[key].split()
}
_END_LENGTH = max(map(len, _ENDS))
_ONE = re.compile(any_of(_PEOPLE["one"]))
_MANY = re.compile(any_of(_PEOPLE["many"]))
_COUNTED = re.compile("(?:第[一二三四五六七八九十]|另一|其中一|其中两|前一|后一)[份名位封人个条篇]")
_SHORT = re.compile(r"(?:[老小阿][\u4e00-\u9fff]|[\u4e00-\u9fff]某某?|[甲乙丙丁戊])\Z")
_LATIN = re.compile(r"(?:\b[A-Z][A-Za-z.’'-]+\s?)+\Z|·[\u4e00-\u9fffA-Za-z]{1,8}\Z")
_PERSON_END = frozenset("家者员师长人民工生手友客商匠妇翁嫂婆爷叔伯姐妹兄弟母父子女")
_NOT_PEOPLE = frozenset(
    ["专家组", "国家", "大家", "工人日", "个人", "公家", "一家", "孩子", "电子", "房子", "样子", "日子", "机长"]
)
_GROUP_END = frozenset("部局厅院委会社团党司署处所站队厂店校行馆方们")
_BEFORE_NAME = ("的", "、", "岁", "兼", QUOTED, TITLED)
_OUTLET_TITLE = re.compile("报|刊|新闻|观察|周|网|社|时|评|纪事|晚|晨|电|台|志|镜|钟|论坛")
_LAW_TITLE = re.compile("法|条例|报告|规定|办法|协议|公约|章程|白皮书|声明|意见|通知|决定")


def is_pronoun(words: str) -> bool:
    """Whether ``words`` stand for somebody named elsewhere."""
    return words in _PRONOUNS or _COUNTED.fullmatch(words) is not None


def is_party(words: str) -> bool:
    """Whether ``words`` are surely somebody who can be told something: a pronoun, a name, an office, a body."""
    if is_pronoun(words) or named_at_end(words):
        return True
    end = _longest_end(words)
    if end is None or end[1] is SourceType.DOCUMENT:
        return False
    return len(end[0]) > 1 or (len(words) > 1 and end[0] in "们方部局厅院委会署")


def _longest_end(words: str) -> tuple[str, SourceType] | None:
    for length in range(min(_END_LENGTH, len(words)), 0, -1):
        kind = _ENDS.get(words[-length:])
        if kind is not None:
            return words[-length:], kind
    return None


def named_at_end(words: str) -> int:
    """How many characters at the end of ``words`` are a person's name, or 0."""
    foreign = _LATIN.search(words[-24:])
    if foreign:
        return len(foreign[0])
    for length in (4, 3, 2):
        name = words[-length:]
        rare = name[:1] in _RARER
        surname = (
            name[:2] in _DOUBLE
            if length == 4
            else rare or name[:1] in _SURNAMES or (length == 3 and name[:2] in _DOUBLE)
        )
        if len(name) < length or not surname or not all("\u4e00" <= char <= "\u9fff" for char in name):
            continue
        before = words[:-length]
        end = _longest_end(before) if before else None
        titled = (before.endswith(_BEFORE_NAME) and not rare) or (
            end is not None and (len(end[0]) > 1 or end[0] in "社报")
        )
        titled = titled or (len(before) > 2 and before[-1] in _PERSON_END and not rare)
        if rare and not titled and (before or length == 2):
            continue
        whole = _longest_end(name)
        if whole is not None and len(whole[0]) > 1 and not (titled and len(whole[0]) < length):
            continue
        if titled or (not before and (whole is None or length > 2)):
            return length
    return 2 if _SHORT.search(words) and len(words) <= 3 else 0


def kind_of(words: str, plain: str = "") -> SourceType | None:
    """The type of the source ``words`` (folded and masked), or none where it looks like nobody.

    ``plain`` is the same before titles were masked.
    """
    if not words:
        return None
    if _COUNTED.fullmatch(words):
        return SourceType.DOCUMENT if words[-1] in "份封条篇" else SourceType.UNNAMED
    if words in _PRONOUNS:
        return _stands_for(words)
    if words[-1] == TITLED:
        title = plain[plain.rfind("《") :]
        law = _LAW_TITLE.search(title) and not _OUTLET_TITLE.search(title[-3:])
        return SourceType.DOCUMENT if law else SourceType.OUTLET
    return SourceType.NAMED if named_at_end(words) else _described(words)


def _stands_for(words: str) -> SourceType:
    if words in _HIDDEN:
        return SourceType.UNNAMED
    return SourceType.GROUP if words.endswith(_PLURAL) or words in _MANY_PRONOUNS else SourceType.NAMED


def _described(words: str) -> SourceType | None:
    """The type of a phrase without a name, by its end and its number."""
    end = _longest_end(words)
    if end is not None and end[1] in (SourceType.DOCUMENT, SourceType.OUTLET) and len(end[0]) > 1:
        return end[1]
    if _MANY.match(words) and (end is not None or words[-1] in _PERSON_END):
        return SourceType.GROUP
    if ANONYMOUS in words or (_ONE.search(words[:30]) and (end is not None or words[-1] in _PERSON_END)):
        body = end is not None and end[1] is SourceType.GROUP and len(end[0]) > 1 and end[0][-1] not in _PERSON_END
        return SourceType.GROUP if body else SourceType.UNNAMED
    if end is not None and (len(end[0]) > 1 or len(words) > 1):
        return end[1]
    if words[-1] == QUOTED:
        return SourceType.GROUP
    if len(words) > 1 and words[-1] in _PERSON_END and words[-2:] not in _NOT_PEOPLE:
        return SourceType.GROUP if words[-1] == "民" else SourceType.ROLE
    if len(words) > 1 and words[-1] in _GROUP_END:
        return SourceType.GROUP
    return None
