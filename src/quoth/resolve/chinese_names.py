"""Chinese names, as far as a text without word breaks shows them.

- A person: a surname and one or two characters, beside a title or a verb of saying.
- An organisation: up to twelve characters that end in a head word, cut at verbs and particles.
- Best effort: what no sign supports is not taken.

Example::

    list(scan_chinese("王小明说，", [(0, 5)], []))   # [(0, 3, PartyKind.PERSON)]
"""

import re
from collections.abc import Iterator, Sequence

from quoth.record.party import PartyKind

__all__ = ["scan_chinese"]

_HAN = re.compile(r"[\u4e00-\u9fff]")
_SURNAME = (
    "(?:欧阳|司马|上官|诸葛|夏侯|皇甫|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶"
    "程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "張劉陳楊黃趙吳孫馬羅鄭謝鄧韓馮蔣葉蘇魏呂盧鐘譚陸範賈韋鄒龍賀顧龔萬錢嚴薄温習习])"
)
_TITLE = (
    "(?:部长|局长|主席|总理|书记|主任|记者|发言人|律师|教授|医生|院长|校长|市长|省长|厅长|处长|司长|科长|委员|代表|大使|"
    "部長|局長|總理|書記|記者|發言人|律師|醫生|院長|市長|先生|女士|同志|警官|法官|检察官|研究员|秘书长)"
)
_SAY = (
    "(?:说|表示|称|指出|告诉|透露|认为|回应|回答|否认|强调|问道?|写道|證實|证实|說|稱|"
    "告訴|認為|回應|否認|則|则|对|對|曾|在|已)"
)
_BEHIND = "|".join(
    f"(?<={title})"
    for title in [
        "部长",
        "主任",
        "局长",
        "书记",
        "律师",
        "记者",
        "教授",
        "主席",
        "市长",
        "医生",
        "院长",
        "校长",
        "省长",
        "厅长",
        "处长",
        "司长",
        "代表",
        "发言人",
        "研究员",
        "秘书长",
    ]
)
_PERSON = re.compile(
    rf"(?:{_BEHIND})(?P<titled>{_SURNAME}[\u4e00-\u9fff]{{1,2}}?)(?={_SAY}|[，。、：；（\s]|\Z)"
    rf"|(?P<said>{_SURNAME}[\u4e00-\u9fff]{{1,2}}?)(?={_SAY}|{_TITLE})"
)
_HEADS = (
    "委员会 委員會 公安局 办公室 辦公室 研究所 检察院 政法委 基金会 协会 協會 大学 大學 医院 醫院 法院 公司 组织 組織 "
    "日报 时报 時報 通讯社 电视台 领事馆 大使馆 使馆 外交部 国防部 司法部 卫生部 公安部 港务局 劳工局 工会 监狱"
)
_ORG = re.compile(rf"[\u4e00-\u9fff]{{0,12}}?(?:{_HEADS.replace(' ', '|')})")
_CUT = re.compile(r"[的在和与及向对被把由从到说称是于给往为]|表示|告诉|以及|一名|一位|一家|前往|进入|担任")
_NO_NAME = re.compile(r"[的了是在有和说不这那们个年月日我你他她它一]")
_FULL = re.compile(rf"{_SURNAME}[\u4e00-\u9fff]{{1,2}}")


def scan_chinese(
    text: str, stretches: Sequence[tuple[int, int]], sources: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, PartyKind]]:
    """Persons and organisations in Chinese script in the stretches: place, place after, kind."""
    if not _HAN.search(text):
        return
    seen = _known(text, stretches, sources)
    sizes = sorted({len(name) for name in seen}, reverse=True)
    for start, end in stretches:
        place = start
        while place < end and sizes:
            size = next((one for one in sizes if place + one <= end and text[place : place + one] in seen), 0)
            if size:
                yield place, place + size, seen[text[place : place + size]]
            place += size or 1


def _known(text: str, stretches: Sequence[tuple[int, int]], sources: Sequence[tuple[int, int]]) -> dict[str, PartyKind]:
    """The names that some sign supports, and their kinds."""
    seen = {
        text[start:end]: PartyKind.PERSON
        for start, end in sources
        if end - start < 5 and _FULL.fullmatch(text[start:end])
    }
    for start, end in stretches:
        for found in _PERSON.finditer(text, start, end):
            if not _NO_NAME.search(found.group()[1:]):
                seen.setdefault(found.group(), PartyKind.PERSON)
        for found in _ORG.finditer(text, start, end):
            name = _CUT.split(found.group())[-1]
            if len(name) >= 3:
                seen.setdefault(name, PartyKind.ORGANISATION)
    return seen
