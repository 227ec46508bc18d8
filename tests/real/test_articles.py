"""What the two real articles force Quoth to hold, asked of the commands that people use."""

import pytest

pytestmark = pytest.mark.timeout(900)


def _chain(row):
    return [(link["source_type"], link["source"]) for link in row["chain"]]


def _bounds(when):
    return (when.earliest, when.latest)


def test_the_papers_source_tells_what_a_third_gave_to_officials(articles):
    (told,) = articles.said("source", source="well-placed", act="tell")
    assert told["source_type"] == "unnamed"
    assert "Epoch" in told["addressee"]
    assert "Wang" in told["content"]
    assert [kind for kind, _ in _chain(told)] == ["outlet", "unnamed"]
    inner = [row for row in articles.statements if row["within"] == told["id"]]
    threes = [_chain(row) for row in inner if len(row["chain"]) == 3]
    assert threes, "no chain of three leads from the outlet over its source to the man"
    assert threes[0][1] == ("unnamed", told["source"])
    assert "Wang" in threes[0][2][1]
    assert "document" in inner[0]["content"]


def test_the_source_is_heard_wherever_the_article_calls_on_it(articles):
    assert {row["source_type"] for row in articles.said("source", source="source", act="say")} == {"unnamed"}
    assert articles.said("source", source="source", content="hospitals"), "the source's second sentence is not found"


def test_sources_told_a_named_reporter(articles):
    (row,) = articles.said("source", source="Sources", act="tell", addressee="Gertz")
    assert row["source_type"] == "unnamed"
    assert row["polarity"] == "positive"
    assert "coup" in row["content"]


def test_a_rumour_has_no_source(articles):
    (row,) = articles.said("source", act="rumour")
    assert (row["source"], row["source_type"]) == ("", "none")
    assert "defect" in row["content"]
    assert _chain(row)[-1] == ("none", "")


def test_the_department_did_not_respond(articles):
    (row,) = articles.said("source", act="no_response")
    assert "State Department" in row["source"]
    assert row["polarity"] == "negative"
    (request,) = articles.every("Request")
    assert "State Department" in request.to
    assert "telephone" in request.how
    assert "mail" in request.how
    assert request.reply == ""
    assert request.as_of.latest == "2012-06-20"


def test_the_spokesman_refuses_to_name_the_caller_and_the_way_to_the_numbers(articles):
    (caller,) = articles.said("calls", act="decline", content="caller")
    (numbers,) = articles.said("calls", act="decline", content="numbers")
    for row in (caller, numbers):
        assert "Zhiyuan" in row["source"]
        assert row["source_type"] == "named"
        assert row["polarity"] == "negative"


@pytest.mark.parametrize(("who", "word"), [("Changchun", "specifically"), ("Tang", "task"), ("Zhou", "[escaped]")])
def test_answers_on_the_telephone_are_quoted_whole(articles, who, word):
    (row,) = articles.said("calls", source=who, content=word, form="direct")
    assert row["act"] in ("answer", "say")
    assert row["source_type"] == "named"


def test_an_ellipsis_and_editorial_brackets_stay_in_the_quotation(articles):
    (tang,) = articles.said("calls", source="Tang", content="task", form="direct")
    assert "…" in tang["content"]
    assert tang["content"].startswith("“")
    assert articles.said("calls", act="answer", content="[") or articles.said("calls", act="say", content="[")


def test_the_investigators_questions_have_their_addressee(articles):
    asked = articles.said("calls", source="investigator", act="ask")
    assert {row["form"] for row in asked} >= {"direct", "indirect"}
    assert any("Zhou" in row["addressee"] for row in asked)


@pytest.mark.parametrize(
    ("who", "word", "standing"), [("Matas", "consistent", "lawyer"), ("Gutmann", "striking", "journalist")]
)
def test_two_experts_are_two_assessments_of_the_same_calls(articles, who, word, standing):
    rows = articles.said("calls", source=who, content=word)
    assert [row["form"] for row in rows] == ["direct"]
    mine = [one for one in articles.every("Assessment") if who in one.by]
    assert len(mine) == 1
    assert "calls" in mine[0].on
    assert standing in mine[0].relation


def test_assessments_of_one_thing_do_not_make_origins(articles):
    by_experts = {one.statement for one in articles.every("Assessment")}
    assert len({one.on.casefold().removeprefix("the ") for one in articles.every("Assessment")}) == 1
    for claim in articles.every("Claim"):
        of_experts = [one for one in claim.origins if set(one.statements) & by_experts]
        assert len(of_experts) <= 1, claim.proposition


def test_experts_as_a_group_believe(articles):
    (row,) = articles.said("calls", act="believe")
    assert row["source_type"] == "group"
    assert row["source"].startswith("Experts")
    assert "genuine" in row["content"]


def test_nobody_denies_is_the_experts_word(articles):
    rows = [row for row in articles.said("calls", act="deny") if row["polarity"] == "negative"]
    assert len(rows) == 1
    assert any("Matas" in source for _, source in _chain(rows[0]))


def test_no_direct_admission_stands_in_the_papers_own_voice_or_as_an_act(articles):
    acts = [row for row in articles.said("calls", act="admit") if row["polarity"] == "negative"]
    own = " ".join(part.exact for one in articles.every("EditorialVoice", "calls") for part in one.extracts)
    assert acts or ("admission" in own and "participation" in own)


def test_telephone_records_are_offered_and_not_held(articles):
    (row,) = [row for row in articles.rows if row["status"] == "cited" and "telephone" in row["title"]]
    assert row["digest"] is None
    assert row["availability"] == "offered"
    assert row["held_by"] == "WOIPFG"
    assert "researchers" in row["terms"]
    assert row["suggested"] is True


def test_the_files_given_to_officials_are_not_held(articles):
    given = [row for row in articles.rows if row["status"] == "cited" and row["availability"] == "handed-over"]
    papers = [row for row in given if "files" in row["title"] or "documents" in row["title"]]
    assert papers
    for row in papers:
        assert row["digest"] is None
        assert "officials" in row["held_by"]
        assert "source" in row["said_by"].casefold()


def test_six_calls_are_announced_and_three_described(articles):
    (gap,) = [one for one in articles.every("Gap") if one.announced == 6]
    assert gap.described == 3
    assert gap.held in (0, -1)
    grounds = " ".join(gap.grounds)
    for who in ("Changchun", "Tang", "Zhou"):
        assert who in grounds


def _dated(articles, article, words):
    return [one.when for one in articles.every("Dating", article) if words.casefold() in one.when.words.casefold()]


@pytest.mark.parametrize(
    ("article", "words", "bounds"),
    [
        ("source", "this year", ("2012-01-01", "2012-12-31")),
        ("source", "May", ("2012-05-01", "2012-05-31")),
        ("source", "February", ("2012-02-01", "2012-02-29")),
        ("source", "April", ("2012-04-01", "2012-04-30")),
        ("source", "Feb. 6", ("2012-02-06", "2012-02-06")),
        ("source", "2006", ("2006-07-01", "2006-07-31")),
        ("calls", "month", ("2012-04-01", "2012-04-30")),
        ("calls", "April 30", ("2012-04-30", "2012-04-30")),
        ("calls", "2008", ("2008-05-01", "2008-05-31")),
    ],
)
def test_dates_are_read_against_the_dateline_and_no_more_precise(articles, article, words, bounds):
    found = [_bounds(one) for one in _dated(articles, article, words)]
    assert bounds in found, found


def test_may_of_this_year_names_the_day_it_was_read_against(articles):
    (when,) = [one for one in _dated(articles, "source", "May") if "year" in one.words]
    assert _bounds(when) == ("2012-05-01", "2012-05-31")
    assert when.edtf == "2012-05"
    assert when.against == "2012-06-20"


def test_a_span_of_years_keeps_its_open_middle(articles):
    spans = [one for one in articles.every("Dating", "calls") if one.when.latest == "2012-04-20"]
    assert [one.when.earliest for one in spans] == ["2008-01-01"]


@pytest.mark.parametrize(
    ("article", "published", "updated"),
    [("source", "2012-06-20", "2015-10-01"), ("calls", "2012-05-01", "2015-09-22")],
)
def test_publication_and_the_update_three_years_later(articles, article, published, updated):
    (head,) = articles.every("Head", article)
    assert _bounds(head.published) == (published, published)
    assert _bounds(head.updated) == (updated, updated)
    assert head.title


@pytest.mark.parametrize(
    ("word", "earliest"), [("letter", "2012-02-01"), ("briefing", "2012-04-01"), ("released", "2012-05-01")]
)
def test_letters_briefings_and_reports_are_events_on_the_timeline(articles, word, earliest):
    mine = [row for row in articles.timeline if word in row["sentence"]]
    assert earliest in [row["when"]["earliest"] for row in mine]


def _offices(articles, name):
    return [
        office
        for party in articles.parties
        if any(name == one["text"] for one in party["names"])
        for office in party["offices"]
    ]


def test_offices_of_the_past_are_not_made_offices_of_today(articles):
    (branch,) = [one for one in _offices(articles, "Tang Junjie") if "head" in one["position"].casefold()]
    assert "PLAC" in f"{branch['position']} {branch['organisation']}"
    assert branch["as_of"] is None
    (chief,) = [one for one in _offices(articles, "Bo Xilai") if "chief" in one["position"].casefold()]
    assert chief["as_of"] is None
    former = [one for one in _offices(articles, "Wang Lijun") if "chief" in one["position"].casefold()]
    assert any(one["ended"] for one in former)


def test_a_minister_holds_his_office_when_he_was_asked_and_a_spokesman_when_it_was_published(articles):
    (minister,) = _offices(articles, "Li Changchun")
    assert "Minister" in minister["position"]
    asked, published = ("2012-04-01", "2012-04-30"), "2012-05-01"
    assert (minister["as_of"]["earliest"], minister["as_of"]["latest"]) == asked, "never a day where a month is told"
    assert any(one["earliest"] == one["latest"] == published for one in minister["as_of"]["alternatives"])
    spokesman = [one for one in _offices(articles, "Wang Zhiyuan") if "spokesperson" in one["position"]]
    assert [(one["as_of"]["earliest"], one["as_of"]["latest"]) for one in spokesman] == [(published, published)]


def test_two_men_of_one_surname_stay_two(articles):
    whose = [{one["text"] for one in party["names"]} for party in articles.parties]
    assert sum("Wang Lijun" in names for names in whose) == 1
    assert sum("Wang Zhiyuan" in names for names in whose) == 1
    assert not any({"Wang Lijun", "Wang Zhiyuan"} <= names for names in whose)
    said = articles.said("calls", act="say", content="genocide")
    assert [row["source_refers_to"] or row["source"] for row in said] == ["Wang Zhiyuan"]


def test_an_acronym_is_one_body_with_its_name(articles):
    whose = [{one["text"] for one in party["names"]} for party in articles.parties]
    for short, word in (("WOIPFG", "Investigate"), ("PLAC", "Political")):
        (names,) = [names for names in whose if short in names]
        assert any(word in name for name in names)


def test_the_question_stays_open_between_two_explanations(articles):
    (question,) = [one for one in articles.every("Question") if "systematic" in one.text]
    assert "whether locally" in question.text
    assert question.extract.exact


def test_the_papers_commentary_stands_apart_from_its_reporting(articles):
    (voice,) = articles.every("EditorialVoice", "source")
    own = [part.exact for part in voice.extracts]
    assert any("History" in part for part in own)
    assert not any("rumored" in part for part in own)
    said = {row["id"]: row for row in articles.statements}
    assert not any("History" in row["content"] for row in said.values())


def test_caption_credit_and_furniture_are_told_from_the_text(articles):
    roles = {}
    for one in (*articles.every("Passage", "source"), *articles.every("Passage", "calls")):
        roles.setdefault(one.role.value, []).append(one.text)
    assert any("representative" in text for text in roles["caption"])
    assert any("former" in text for text in roles["caption"])
    assert any("Getty" in text for text in roles["credit"])
    assert any("RSS" in text for text in roles["furniture"])
    assert not any("RSS" in text or "Getty" in text for text in roles["body"])


def test_every_anchor_leads_to_the_bytes(audit):
    assert audit.returncode == 0, audit.stdout + audit.stderr
    assert "Traceback" not in audit.stderr
