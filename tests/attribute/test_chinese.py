"""Chinese statements: quotations, cues, frames, silence, scripts, and what must not be taken."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.attribute.chinese_people import kind_of
from quoth.attribute.chinese_words import TABLE, fold, tokens
from quoth.attribute.engine import attribute_text
from quoth.record.statement import Act, Form, Polarity, SourceType


def words(parts):
    return "/".join(part.exact for part in parts)


def only(text):
    (statement,) = attribute_text(text).statements
    return statement


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("何小满说：“水是浑的。”", "何小满", "说", "“水是浑的。”"),
        ("“水管已经旧了，”老何说，“从来没有换过。”", "老何", "说", "“水管已经旧了，”/“从来没有换过。”"),
        ("“水位很高。”护士何小满说。", "护士何小满", "说", "“水位很高。”"),
        ("据乡政府值班员介绍，营地没有报备。", "乡政府值班员", "介绍", "营地没有报备"),
        ("在陈若水看来，这座桥早该重修。", "陈若水", "看来", "这座桥早该重修"),
        ("居民对水质表示担忧。", "居民", "表示担忧", "水质"),
        ("至于赔偿数额，公司闭口不谈。", "公司", "闭口不谈", "赔偿数额"),
        ("警方将此案称为“闹剧”。", "警方", "称为", "此案/“闹剧”"),
        ("前局长被指控受贿。", "", "被指控", "前局长/受贿"),
        ("今年四十三岁、在病房工作了十五年的护士何小满认为，药柜没有上锁。", "今年四十三岁、在病房工作了十五年的护士何小满", "认为", "药柜没有上锁"),
        ("有专家认为堤坝偏低。", "专家", "认为", "堤坝偏低"),
        ("报告显示，三座粮库账实不符。", "报告", "显示", "三座粮库账实不符"),
        ("公司的解释是系统出了故障。", "公司", "解释是", "系统出了故障"),
        ("居民们曾多次反对搬迁。", "居民们", "曾多次反对", "搬迁"),
        ("馮照晚說，名單是真的。", "馮照晚", "說", "名單是真的"),
        ("他昨天在会上承认收过皮箱。", "他", "承认", "收过皮箱"),
    ],
)  # fmt: skip
def test_parts_of_one_statement(text, source, cue, content):
    statement = only(text)
    assert (words(statement.source), words(statement.cue), words(statement.content)) == (source, cue, content)


@pytest.mark.parametrize(
    ("text", "act", "negative"),
    [
        ("外交部拒绝置评。", Act.DECLINE, True),
        ("采石企业未回应置评请求。", Act.NO_RESPONSE, True),
        ("使馆未就采访请求作出回应。", Act.NO_RESPONSE, True),
        ("公司不愿透露买家是谁。", Act.DECLINE, True),
        ("药监局否认收到举报。", Act.DENY, True),
        ("居民不相信这个数字。", Act.BELIEVE, True),
        ("渔民支持重修码头。", Act.AGREE, False),
        ("教师们反对合并学校。", Act.AGREE, True),
        ("有消息称，合并已经推迟。", Act.RUMOUR, False),
        ("据悉，合并已经推迟。", Act.REPORT, False),
    ],
)
def test_acts_and_polarity(text, act, negative):
    statement = only(text)
    assert statement.act is act
    assert (statement.polarity is Polarity.NEGATIVE) is negative


def test_a_rumour_is_hedged():
    assert words(only("有消息称，合并已经推迟。").hedges) == "有消息称"


@pytest.mark.parametrize(
    ("text", "addressee", "content"),
    [
        ("李文渊告诉记者，他没有见过名单。", "记者", "他没有见过名单"),
        ("朱晚对本报说，门没有锁。", "本报", "门没有锁"),
        ("议会要求警方立即公布名单。", "警方", "立即公布名单"),
        ("她被告知，教职不再合适。", "她", "教职不再合适"),
    ],
)
def test_addressees(text, addressee, content):
    statement = attribute_text(text).statements[0]
    assert (words(statement.addressee), words(statement.content)) == (addressee, content)


def test_time_and_medium_are_told_from_the_source():
    statement = only("许知晏周二在声明中表示，船员安全。")
    assert (words(statement.source), words(statement.when), words(statement.medium)) == ("许知晏", "周二", "在声明中")


def test_a_subject_left_out_is_shared_within_the_sentence_only():
    first, second = attribute_text("许知晏否认指控，要求莫兰道歉。").statements
    assert words(first.source) == words(second.source) == "许知晏"
    assert second.within == ""
    assert [words(item.source) for item in attribute_text("许知晏否认指控。要求莫兰道歉。").statements] == [
        "许知晏",
        "",
    ]


def test_statements_nest_in_indirect_and_direct_speech():
    outer, inner = attribute_text("李文渊说，村民担心水位上涨。").statements
    assert (inner.within, words(inner.source), words(inner.content)) == (outer.id, "村民", "水位上涨")
    outer, inner = attribute_text("“我希望他们回来，”李文渊说。").statements[::-1]
    assert (inner.within, words(inner.source), inner.act) == (outer.id, "我", Act.HOPE)


def test_a_speaker_label_says_the_whole_paragraph():
    question, answer = attribute_text("问：您签字了吗？\n何小满：签了。那天下雨。").statements
    assert (question.act, words(question.source), words(question.content)) == (Act.ASK, "", "您签字了吗？")
    assert (words(answer.source), words(answer.content)) == ("何小满", "签了。那天下雨")


def test_a_quotation_goes_on_in_the_next_sentence_and_paragraph():
    assert words(only("“水很浑。”何小满说。“没人来看。”").content) == "“水很浑。”/“没人来看。”"
    over = only("何小满说：“水很浑。\n“没有人来看。”")
    assert words(over.content) == "“水很浑。/“没有人来看。”"


def test_quotation_marks_of_both_scripts_and_form():
    assert only("何小滿說：「門沒有鎖。」").form is Form.DIRECT
    assert only("何小满称这是“闹剧”。").form is Form.MIXED
    assert only("何小满说，门没有锁。").form is Form.INDIRECT


@pytest.mark.parametrize(
    "text",
    [
        "他访问了两个村庄。",
        "这部小说写于去年。",
        "有关说法流传已久。",
        "会议期间下了雨。",
        "《知道》一书已经售罄。",
        "他们要修一座桥。",
        "公司职称评定已经结束。",
    ],
)
def test_words_that_only_hold_a_cue_are_left_alone(text):
    assert attribute_text(text).statements == ()


def test_an_anonymity_phrase_holds_no_statement():
    statement = only("一名因担心丢掉工作而不愿透露姓名的员工说，账目有误。")
    assert words(statement.source) == "一名因担心丢掉工作而不愿透露姓名的员工"
    assert statement.source_type is SourceType.UNNAMED


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("外交部发言人许知晏", SourceType.NAMED),
        ("欧阳若水", SourceType.NAMED),
        ("总裁奥拉夫·维斯林", SourceType.NAMED),
        ("该局局长", SourceType.ROLE),
        ("多名村民", SourceType.GROUP),
        ("内政部", SourceType.GROUP),
        ("一名村民", SourceType.UNNAMED),
        ("知情人士", SourceType.UNNAMED),
        ("起诉书", SourceType.DOCUMENT),
        ("本报", SourceType.OUTLET),
        ("天气", None),
    ],
)
def test_source_types(source, kind):
    assert kind_of(source) is kind


def test_english_paragraphs_and_words_in_a_chinese_document_go_on_working():
    text = "何小满说，门没有锁。\nBell said that the gate was open.\nWHO 发言人Anna Bell表示，今年的新增病例比去年少了三成。"
    first, second, third = attribute_text(text).statements
    assert [words(item.source) for item in (first, second, third)] == ["何小满", "Bell", "WHO 发言人Anna Bell"]
    assert words(third.content) == "今年的新增病例比去年少了三成"


def test_folding_keeps_every_offset():
    text = "馮照晚說：「我不後悔。」"
    assert len(fold(text)) == len(text)
    assert len(TABLE["script"]["traditional"]) == len(TABLE["script"]["simplified"])


def test_the_longest_word_wins():
    assert [token.entry.lemma for token in tokens("他的说法令村民担心", 0, 9)] == ["担心"]


@pytest.mark.parametrize("piece", ["据", "说", "他说，", "“", "「他说：", "他被警方指控", "在", "的", "村民说他们担心"])
def test_a_flood_of_one_piece_is_read_in_bounded_steps(piece):
    result = attribute_text(piece * 30_000)
    assert len(result.statements) <= 60


@given(st.text(alphabet="他说据村民警方对在被的了，。：“”「」『』《》不拒绝回应A \n", max_size=120))
@settings(max_examples=50, deadline=None)
def test_any_mixture_gives_spans_that_fit(text):
    first = attribute_text(text)
    assert first == attribute_text(text)
    for statement in first.statements:
        for part in (*statement.source, *statement.cue, *statement.content, *statement.addressee):
            assert text[part.start : part.end] == part.exact
            assert part.exact.strip()
