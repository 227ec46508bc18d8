"""Who says what via whom, by construction."""

import dataclasses

import pytest

from quoth.attribute.engine import TOOL, attribute, attribute_text
from quoth.record.document import Document
from quoth.record.passage import Passage, PassageRole
from quoth.record.rendition import Rendition, RenditionKind
from quoth.record.statement import Act, Form, Polarity, SourceType
from quoth.terms.anchor import anchor_at
from quoth.terms.digest import digest_of


def words(parts):
    return " … ".join(part.exact for part in parts)


def found(text):
    return {
        (words(item.source), words(item.cue), words(item.content)): item for item in attribute_text(text).statements
    }


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "act"),
    [
        ("The mayor said the road was shut.", "The mayor", "said", "the road was shut", Act.SAY),
        ("“It is over,” said Ana Prell, a teacher.", "Ana Prell, a teacher", "said", "“It is over,”", Act.SAY),
        ("“It is over,” Prell told reporters.", "Prell", "told", "“It is over,”", Act.TELL),
        ("Prell said: “It is over.”", "Prell", "said", "“It is over.”", Act.SAY),
        ("“It,” she said, “is over.”", "she", "said", "“It,” … “is over.”", Act.SAY),
        ("The road, she said, was shut.", "she", "said", "The road … was shut", Act.SAY),
        ("The road was shut, the mayor said on Monday.", "the mayor", "said", "The road was shut", Act.SAY),
        ("According to a leaked memo, the road was shut.", "a leaked memo", "According to", "the road was shut", Act.SAY),
        ("In the view of many villagers, the road was bad.", "many villagers", "In the view of", "the road was bad", Act.BELIEVE),
        ("It was rumoured that he fled.", "", "was rumoured", "that he fled", Act.RUMOUR),
        ("Bell is said to have fled.", "", "is said", "Bell … to have fled", Act.SAY),
        ("The ministry vowed to rebuild the bridge.", "The ministry", "vowed", "to rebuild the bridge", Act.PROMISE),
        ("Bell denied that he knew.", "Bell", "denied", "that he knew", Act.DENY),
        ("Bell denied taking the money.", "Bell", "denied", "taking the money", Act.DENY),
        ("The report noted reports that men were beaten.", "", "reports", "that men were beaten", Act.REPORT),
        ("Bell is confident that it will pass.", "Bell", "is confident", "that it will pass", Act.BELIEVE),
        ("Her claim that it was safe was false.", "Her", "claim", "that it was safe", Act.CLAIM),
        ("Bell responded by saying, “Go away.”", "Bell", "responded by saying", "“Go away.”", Act.ANSWER),
        ("Experts who heard the calls believe they are genuine.", "Experts who heard the calls", "believe", "they are genuine", Act.BELIEVE),
        ("BELL: “Who is this?”", "BELL", ":", "“Who is this?”", Act.SAY),
    ],
)  # fmt: skip
def test_frames(text, source, cue, content, act):
    statements = found(text)
    assert (source, cue, content) in statements, list(statements)
    assert statements[source, cue, content].act is act


def test_addressee_and_agent():
    told = found("A guard told Ana Prell that the gate was open.")["A guard", "told", "that the gate was open"]
    assert words(told.addressee) == "Ana Prell"
    asked = found("The clerk was asked by the caller whether he knew.")["the caller", "was asked", "whether he knew"]
    assert (words(asked.addressee), asked.act) == ("The clerk", Act.ASK)


def test_two_cues_share_a_subject():
    statements = found("Ana Prell, 47, said the road was shut and added that she would leave.")
    assert ("Ana Prell, 47", "said", "the road was shut") in statements
    assert ("Ana Prell, 47", "added", "that she would leave") in statements


@pytest.mark.parametrize(
    ("text", "source", "cue", "act"),
    [
        ("The ministry did not respond to requests for comment.", "The ministry", "did not respond", Act.NO_RESPONSE),
        ("Bell could not be reached for comment.", "Bell", "could not be reached", Act.NO_RESPONSE),
        ("Bell declined to comment on the sale.", "Bell", "declined", Act.DECLINE),
        ("Bell would not say how they got the numbers.", "Bell", "would not say", Act.DECLINE),
        ("Sarek was not available for comment.", "Sarek", "was not available", Act.NO_RESPONSE),
        ("Calls to the office went unanswered.", "", "went unanswered", Act.NO_RESPONSE),
        ("Neither the office nor the company would say who paid.", "Neither the office nor the company", "would say", Act.DECLINE),
        ("None of the officials denied that the ship sailed.", "None of the officials", "denied", Act.DENY),
        ("Bell declined to say who paid.", "Bell", "declined to say", Act.DECLINE),
        ("Details of the talks were not provided to the press.", "", "were not provided", Act.DECLINE),
        ("Neither Bell nor his lawyer responded to requests for comment.", "Neither Bell nor his lawyer", "responded", Act.NO_RESPONSE),
    ],
)  # fmt: skip
def test_silence_and_refusal(text, source, cue, act):
    (statement,) = attribute_text(text).statements
    assert (words(statement.source), words(statement.cue), statement.act) == (source, cue, act)
    assert statement.polarity is Polarity.NEGATIVE


CHAIN = (
    "Ruta Wrenfield, a prefect, left in June.\n"
    "A well-placed source has now told The Harbour Ledger that Wrenfield gave investigators confidential documents."
)


def test_a_chain_of_three_links():
    result = attribute_text(CHAIN)
    chain = max(result.chains, key=lambda item: len(item.links))
    assert [link.source for link in chain.links] == ["this document", "A well-placed source", "Ruta Wrenfield"]
    assert [link.source_type for link in chain.links] == [SourceType.OUTLET, SourceType.UNNAMED, SourceType.NAMED]
    inner = next(item for item in result.statements if item.id == chain.statement)
    outer = next(item for item in result.statements if item.id == inner.within)
    assert words(outer.addressee) == "The Harbour Ledger"
    assert words(inner.addressee) == "investigators"
    assert inner.source_refers_to.exact == "Ruta Wrenfield"
    assert inner.confidence < outer.confidence


def test_every_extract_is_the_text_and_every_link_exists():
    result = attribute_text(CHAIN)
    ids = {item.id for item in result.statements}
    for item in result.statements:
        for part in (*item.source, *item.cue, *item.content, *item.addressee):
            assert CHAIN[part.start : part.end] == part.exact
        assert not item.within or item.within in ids
        assert item.passage
        assert item.tool == TOOL + ".rules"
    assert [chain.statement for chain in result.chains] == [item.id for item in result.statements]


def test_same_text_same_result():
    assert attribute_text(CHAIN) == attribute_text(CHAIN)


def test_cited_evidence():
    result = attribute_text(
        "Malin said that the Centre is able to provide telephone company records to researchers.\n"
        "Malin would not provide the identity of the caller.\n"
        "A source said Wrenfield gave officials confidential documents."
    )
    offered, withheld, handed = (item.citation for item in result.cited)
    assert (offered.availability.value, offered.said_by, offered.description, offered.terms) == (
        "offered", "Malin", "telephone company records", "to researchers",
    )  # fmt: skip
    assert (withheld.availability.value, withheld.held_by) == ("withheld", "Malin")
    assert (handed.availability.value, handed.held_by, handed.said_by) == ("handed-over", "officials", "A source")
    assert all(item.suggested and item.digest is None for item in result.cited)


def test_hedges_and_forms():
    statements = found("Bell said the gate was apparently “left open”.\n“Go,” said Bell.")
    mixed, direct = statements.values()
    assert (words(mixed.hedges), mixed.form) == ("apparently", Form.MIXED)
    assert direct.form is Form.DIRECT


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Ana Prell", SourceType.NAMED), ("A senior official", SourceType.UNNAMED), ("Sources", SourceType.UNNAMED),
        ("Experts who heard the tapes", SourceType.GROUP), ("The report", SourceType.DOCUMENT), ("The mayor", SourceType.ROLE),
        ("People familiar with the matter", SourceType.UNNAMED),
    ],
)  # fmt: skip
def test_source_types(source, expected):
    (statement,) = attribute_text(f"{source} said that the road was shut.").statements
    assert statement.source_type is expected


def test_editorial_voice_is_what_remains():
    text = "The bridge fell in 2009. Bell said it was old. Nobody repaired it for years."
    voice = attribute_text(text).voice
    assert [part.exact for part in voice.extracts] == ["The bridge fell in 2009.", "Nobody repaired it for years."]


def test_pronoun_and_surname_refer_back_with_a_runner_up():
    text = "Ana Prell said the road was shut. Ivo Marlen said it was open. He said the snow had gone. Prell said it had not."
    last, before = list(attribute_text(text).statements)[-1], list(attribute_text(text).statements)[-2]
    assert last.source_refers_to.exact == "Ana Prell"
    assert (before.source_refers_to.exact, before.source_may_refer_to.exact) == ("Ivo Marlen", "Ana Prell")


def test_scare_quotes_and_titles_are_no_speech():
    assert not attribute_text("The “people’s bridge” fell. He read “The Long Road” twice.").statements


def test_quotation_over_paragraphs_is_one_statement():
    text = "“We walked,” said Ana Prell. “It was cold.\n“Then it snowed.”"
    (statement,) = attribute_text(text).statements
    assert words(statement.content) == "“We walked,” … “It was cold. … “Then it snowed.”"


def _document(text, roles, outlet=""):
    content = digest_of(text.encode())
    passages, at = [], 0
    for number, (line, role) in enumerate(zip(text.split("\n"), roles, strict=True)):
        passages.append(
            Passage(id=f"p-{number}", anchor=anchor_at(content, text, at, at + len(line)), role=role, ordinal=number)
        )
        at += len(line) + 1
    rendition = Rendition(
        of=content, kind=RenditionKind.TEXT, content=content, media_type="text/plain", tool="test", version="1"
    )
    return Document(exhibit="x-1", rendition=rendition, head=None, text=text, passages=tuple(passages), outlet=outlet)


def test_furniture_is_not_reporting_and_the_outlet_opens_the_chain():
    text = "Bell said the gate was open.\nReaders said they want to know more."
    document = _document(text, (PassageRole.BODY, PassageRole.FURNITURE), outlet="The Harbour Ledger")
    result = attribute(document)
    assert [item.passage for item in result.statements] == ["p-0"]
    assert result.chains[0].links[0].source == "The Harbour Ledger"


def test_the_outlet_is_recognised_as_a_source():
    text = "The Harbour Ledger said that it stands by its story."
    result = attribute(_document(text, (PassageRole.BODY,), outlet="Harbour Ledger"))
    assert result.statements[0].source_type is SourceType.OUTLET


def test_statements_are_frozen():
    (statement,) = attribute_text("Bell said it was late.").statements
    with pytest.raises(dataclasses.FrozenInstanceError):
        statement.id = "s-other"


def test_chinese_says_a_little_and_no_nonsense():
    result = attribute_text(
        "发言人王某表示，该设施已于三月关闭。天气很好。\n外交部拒绝置评。\n李某告诉记者，他没有见过名单。"
    )
    first, second, third = result.statements
    assert (words(first.source), words(first.cue), words(first.content)) == ("发言人王某", "表示", "该设施已于三月关闭")
    assert (second.act, second.polarity) == (Act.DECLINE, Polarity.NEGATIVE)
    assert words(third.addressee) == "记者"


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Heald noted the findings show smoke is harmful.", "Heald", "noted", "the findings show smoke is harmful"),
        ("According to Rathbun the parcel was returned by mail.", "Rathbun", "According to", "the parcel was returned by mail"),
        ("As Heald told The Ledger, the air has improved.", "Heald", "told", "the air has improved"),
        ("The page explains, in a dry manner, that the site was shut.", "The page", "explains", "that the site was shut"),
        ("The survey noted claims that men were beaten.", "The survey", "noted", "claims that men were beaten"),
        ("The charges were denied by Bell.", "Bell", "were denied", "The charges"),
        ("Women who said they were beaten by Holt told The Ledger they were afraid.", "Women who said they were beaten by Holt", "told", "they were afraid"),
        ("Arden called the charges “false and silly,” adding that they were old.", "Arden", "called", "the charges “false and silly,”"),
        ("Officials from both towns have expressed concern that the data were stolen.", "Officials from both towns", "have expressed concern", "that the data were stolen"),
        ("The mayor, speaking on condition of anonymity because she feared trouble, said it was true.", "The mayor", "said", "it was true"),
        ("While Corwin insists he will run, friends say that he is tired.", "Corwin", "insists", "he will run"),
        ("The claim that the vote was rigged drew rebukes.", "", "claim", "that the vote was rigged"),
        ("A new poll shows Corwin leading Holt by six points.", "A new poll", "shows", "Corwin leading Holt by six points"),
        ("The faction in power—the men whom Orlo chose—is seeking to stay.", "The faction in power", "is seeking", "to stay"),
    ],
)  # fmt: skip
def test_harder_frames(text, source, cue, content):
    statements = found(text)
    assert (source, cue, content) in statements, list(statements)


def test_words_on_how_a_source_is_named_are_no_statement():
    cues = [
        words(item.cue) for item in attribute_text("A clerk, who declined to be named, said it was late.").statements
    ]
    assert cues == ["said"]


def test_a_refusal_after_but_ends_what_was_said():
    statements = found("The office confirmed that it had the files but would not discuss their content.")
    assert list(statements) == [
        ("The office", "confirmed", "that it had the files"),
        ("The office", "would not discuss", "their content"),
    ]


def test_evidence_said_to_be_held_has_no_stated_terms():
    (cited,) = attribute_text("The Centre says it has copies of the lists.").cited
    assert (cited.citation.availability.value, cited.citation.description) == ("unknown", "copies of the lists")
    assert cited.citation.said_by == "The Centre"


def test_details_provided_inside_a_statement_are_a_telling_of_their_own():
    result = attribute_text("The source said Wrenfield provided details about the camps.")
    assert [link.source for link in result.chains[-1].links] == ["this document", "The source", "Wrenfield"]


def test_a_pronoun_after_an_unnamed_official_is_that_official_and_no_name_further_up():
    text = (
        "Minister Orin Tallvik said the yard was closed.\n\n"
        "A senior official at the port office, who asked not to be named because the review has begun, told the Post "
        "that grants had been claimed. “Nine hundred crowns each,” she said."
    )
    last = attribute_text(text).statements[-1]
    assert last.source[0].exact == "she"
    assert last.source_refers_to.exact.startswith("A senior official at the port office")
    assert last.source_type.value == "unnamed"
    assert last.source_may_refer_to.exact == "Orin Tallvik" or "Tallvik" in last.source_may_refer_to.exact


def test_a_pronoun_after_a_name_in_the_sentence_before_is_that_name():
    text = "The gate stood open for a year. Harbour master Ana Prell went to see it. “Nobody came,” she said."
    (last,) = attribute_text(text).statements
    assert last.source_refers_to.exact == "Ana Prell"


def test_levels_that_end_together_nest_one_in_the_other():
    text = "A source told the Harbour Post that an official had said that the general ordered the bridge to be blown."
    outer, middle, inner = attribute_text(text).statements
    assert (outer.within, middle.within, inner.within) == ("", outer.id, middle.id)
    longest = max(attribute_text(text).chains, key=lambda chain: len(chain.links))
    assert [link.source for link in longest.links][1:] == ["A source", "an official", "the general"]
