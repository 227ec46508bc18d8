"""Claims: origins count, outlets do not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.record.claim import OriginKind, Stance
from quoth.record.statement import Act, Form, Polarity, SourceType, Statement
from quoth.terms.digest import digest_of
from quoth.weigh.balance import weigh
from quoth.weigh.routes import stance_of
from weigh.factory import Case

WIRE = (
    "{1s named:{N y-h person:Ines Halvard}, who keeps the harbour book,} {1c say:said} "
    "{1t:that forty names were struck from the winter list in March}."
)


def claims(case, **more):
    return weigh(case.view(**more)).claims


def test_three_reports_of_one_person_are_one_origin_with_three_routes():
    case = Case()
    case.add("x-1", WIRE, outlet="Tern Wire", published="2031-05-01")
    case.add("x-2", "At the pier {1s named:{N y-h person:Halvard}} {1c tell:told} reporters "
             "{1t:that forty names were struck in March from the winter list}.", outlet="Skerry Post")  # fmt: skip
    case.add("x-3", "{1t:Forty names were struck from the winter list in March}, {1s named:{N y-h person:I. Halvard}} "
             "{1c say:says}.", outlet="Kittiwake Herald")  # fmt: skip
    (claim,) = claims(case)
    (origin,) = claim.origins
    assert (origin.label, origin.kind) == ("Ines Halvard", OriginKind.NAMED)
    assert sorted(route.through for route in claim.routes) == [("x-1",), ("x-2",), ("x-3",)]
    assert claim.reason.startswith("3 reports, 1 origin")
    assert claim.decided_by == ""
    assert claim.proposition == "Forty names were struck from the winter list in March"


def test_a_copy_adds_neither_origin_nor_route():
    case = Case()
    unnamed = "{1s unnamed:A clerk} {1c say:said} {1t:that forty names were struck from the winter list in March}."
    case.add("x-1", unnamed, outlet="Tern Wire", published="2031-05-01")
    case.add("x-2", unnamed + " It is raining.", outlet="Skerry Post", published="2031-05-02")
    apart = claims(case)[0]
    case.copy("x-1", "x-2")
    together = claims(case)[0]
    assert (len(apart.origins), len(apart.routes)) == (2, 2)
    assert (len(together.origins), len(together.routes)) == (1, 1)
    assert together.origins[0].kind is OriginKind.ANONYMOUS
    assert together.routes[0].through == ("x-2", "x-1")
    assert "950 of 1000" in together.routes[0].reason
    assert together.reason.startswith("2 reports, 1 origin")


def test_a_text_that_copies_only_a_passage_still_brings_its_own_source():
    case = Case()
    case.add("x-1", "{1s unnamed:A clerk} {1c say:said} {1t:that the winter list was kept in the harbour office}.",
             outlet="Tern Wire")  # fmt: skip
    case.add("x-2", "{1s unnamed:A pilot} {1c say:said} {1t:that in the harbour office the winter list was kept locked}.",
             outlet="Skerry Post", published="2031-05-02")  # fmt: skip
    case.copy("x-1", "x-2", shared=320)
    (claim,) = claims(case)
    assert len(claim.origins) == 2


def test_an_outlet_that_names_another_outlet_leads_on_into_its_text():
    case = Case()
    case.add("x-1", WIRE, outlet="Tern Wire")
    case.add("x-2", "{1t:Forty names were struck from the winter list in March}, {1s outlet:Tern Wire} {1c report:reports}.",
             outlet="Skerry Post", published="2031-05-02")  # fmt: skip
    (claim,) = claims(case)
    assert [origin.label for origin in claim.origins] == ["Ines Halvard"]
    assert [route.through for route in claim.routes] == [("x-2", "x-1")]


def test_two_outlets_that_name_each_other_are_no_origin():
    case = Case()
    struck = "{1t:Forty names were struck from the winter list in March}"
    case.add("x-1", struck + ", {1s outlet:the Skerry Post} {1c report:reports}.", outlet="Tern Wire")
    case.add("x-2", "As {1s outlet:Tern Wire} {1c say:has it}, " + struck + ".", outlet="Skerry Post")
    (claim,) = claims(case)
    assert claim.origins == ()
    assert "circular" in claim.reason
    assert "skerry post" in claim.reason


HANDED = (
    "{1s unnamed:A well-placed friend} {1c tell:told} the paper {1t:that {2s named:{N y-o person:Hannes Orloft}} "
    "{2c reveal:had handed} {2t:the burnt winter list of the harbour office} to the pilots}."
)


def test_what_an_unnamed_source_tells_of_another_rests_on_the_unnamed_source():
    case = Case()
    case.add("x-1", HANDED, outlet="Tern Wire")
    (claim,) = claims(case)
    assert claim.proposition == "Hannes Orloft had handed the burnt winter list of the harbour office to the pilots"
    assert [(one.label, one.kind) for one in claim.origins] == [
        ("A well-placed friend (in Tern Wire)", OriginKind.ANONYMOUS)
    ]
    assert [one.stance for one in claim.stances] == [Stance.ASSERTS]
    assert "Orloft" not in claim.reason


def test_two_papers_told_by_friends_do_not_make_the_man_the_origin():
    case = Case()
    case.add("x-1", HANDED, outlet="Tern Wire")
    case.add("x-2", HANDED.replace("A well-placed friend", "A pilot"), outlet="Skerry Post")
    outer = next(one for one in claims(case) if one.proposition.startswith("Hannes"))
    assert {one.kind for one in outer.origins} == {OriginKind.ANONYMOUS}
    assert outer.reason.startswith(
        "2 reports, 2 origins: A pilot (in Skerry Post); A well-placed friend (in Tern Wire)"
    )


def test_a_named_speaker_through_a_named_one_is_the_origin_and_the_way_is_told():
    case = Case()
    case.add("x-1", "{1s named:{N y-h person:Ines Halvard}} {1c say:said} {1t:{2s named:{N y-o person:Hannes Orloft}} "
             "{2c tell:had told} her {2t:that forty names were struck from the winter list in March}}.",
             outlet="Tern Wire")  # fmt: skip
    outer, inner = sorted(claims(case), key=lambda one: -len(one.proposition))
    assert [(one.label, one.kind) for one in outer.origins] == [("Ines Halvard", OriginKind.NAMED)]
    assert [(one.label, one.kind) for one in inner.origins] == [("Hannes Orloft", OriginKind.NAMED)]
    assert inner.reason == "1 report, 1 origin: Hannes Orloft, told through Ines Halvard"


def test_cues_nested_in_one_sentence_are_never_a_second_origin():
    case = Case()
    case.add("x-1", "{1s group:We} {1c believe:believe} {1t:{2s group:they} {2c show:show} {2t:that {3s group:officials at "
             "three levels} {3c know:knew of} {3t:a list of forty dockers whose passage was entered and never made}}}.",
             outlet="Tern Wire")  # fmt: skip
    found = claims(case)
    assert {len(one.origins) for one in found} == {1}
    assert {one.origins[0].label for one in found} == {"We (in Tern Wire)", "they, according to We (in Tern Wire)"}
    assert not any("officials" in origin.label for one in found for origin in one.origins)


def test_a_denial_stands_apart_from_the_support():
    case = Case()
    case.add("x-1", WIRE, outlet="Tern Wire")
    case.add("x-2", "{1s group:{N y-m organisation:The Harbour Ministry}} {1c deny:denies} "
             "{1t:that forty names were struck from the winter list in March}.", outlet="Skerry Post")  # fmt: skip
    (claim,) = claims(case)
    assert {one.stance for one in claim.stances} == {Stance.ASSERTS, Stance.DENIES}
    assert claim.reason.startswith("2 reports, 1 origin, 1 denial")


def test_a_negation_or_another_number_is_another_proposition():
    case = Case()
    case.add("x-1", WIRE, outlet="Tern Wire")
    case.add("x-2", WIRE.replace("forty", "ninety"), outlet="Skerry Post")
    case.add("x-3", WIRE.replace("were struck", "were not struck"), outlet="Kittiwake Herald")
    assert claims(case) == ()


def test_single_statements_and_requests_for_comment_are_no_claims():
    case = Case()
    case.add("x-1", WIRE, outlet="Tern Wire")
    for exhibit in ("x-2", "x-3"):
        case.add(exhibit, f"{{1s group:The ministry}} {{1c no_response -:did not respond to}} {{1t:requests for comment}}. "
                 f"It is {exhibit}.", outlet=exhibit)  # fmt: skip
    assert claims(case) == ()


def test_a_letter_is_an_origin_that_is_held():
    case = Case()
    letter = "{1c say:I confirm} {1t:that forty names were struck from the winter list in March}."
    case.add("x-1", letter, title="Letter of the harbour office")
    case.add("x-2", WIRE, outlet="Tern Wire")
    (claim,) = claims(case)
    assert {(origin.label, origin.kind) for origin in claim.origins} == {
        ("Ines Halvard", OriginKind.NAMED),
        ("Letter of the harbour office", OriginKind.HELD),
    }


def test_a_cited_paper_is_held_only_when_it_is():
    case = Case()
    said = "{1s document:The Gannet Station register} {1c show:shows} {1t:that forty names were struck from the winter list}."
    case.add("x-1", said, outlet="Tern Wire")
    case.add("x-2", "{1s named:{N y-h person:Ines Halvard}} {1c say:said} {1t:that forty names were struck from the winter "
             "list}.", outlet="Skerry Post")  # fmt: skip
    assert OriginKind.CITED in {origin.kind for origin in claims(case)[0].origins}
    case.add("x-3", "Forty lines.", title="Gannet Station register, second volume")
    assert OriginKind.HELD in {origin.kind for origin in claims(case)[0].origins}


@pytest.mark.parametrize(
    ("act", "polarity", "expected"),
    [
        (Act.SAY, Polarity.POSITIVE, Stance.ASSERTS),
        (Act.SAY, Polarity.NEGATIVE, Stance.WOULD_NOT_SAY),
        (Act.DENY, Polarity.POSITIVE, Stance.DENIES),
        (Act.DENY, Polarity.NEGATIVE, Stance.DENIES),
        (Act.ASK, Polarity.POSITIVE, Stance.ASKS),
        (Act.DECLINE, Polarity.NEGATIVE, Stance.WOULD_NOT_SAY),
        (Act.NO_RESPONSE, Polarity.NEGATIVE, Stance.WOULD_NOT_SAY),
        (Act.BELIEVE, Polarity.NEGATIVE, Stance.DOUBTS),
        (Act.RUMOUR, Polarity.POSITIVE, Stance.REPORTS),
    ],
)
def test_stances_follow_act_and_polarity(act, polarity, expected):
    statement = Statement(
        id="s-1", rendition=digest_of(b""), passage="", source=(), cue=(), content=(), act=act, polarity=polarity,
        form=Form.INDIRECT, source_type=SourceType.NAMED, confidence=1, reason="",
    )  # fmt: skip
    assert stance_of(statement, holds_another=False) is expected


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_order_never_shows_and_copies_never_add_an_origin(data):
    case = Case()
    sources = ["{1s named:{N y-h person:Ines Halvard}}", "{1s unnamed:A clerk}", "{1s group:Two pilots}",
               "{1s outlet:Outlet 0}", "{1s document:A log book}"]  # fmt: skip
    for number in range(data.draw(st.integers(2, 5))):
        source = data.draw(st.sampled_from(sources))
        case.add(f"x-{number}", f"{source} {{1c say:said}} {{1t:that forty names were struck from the winter list}}. "
                 f"Page {number}.", outlet=f"Outlet {number}", published=f"2031-05-0{number + 1}")  # fmt: skip
    before = claims(case)
    copied = data.draw(st.integers(0, len(case.documents) - 1))
    source = case.documents[copied]
    text = source.text
    spot = case.statements[copied]
    marked = f"{{1s {spot.source_type.value}:{spot.source[0].exact}}} {{1c say:said}} {{1t:{spot.content[0].exact}}}. Page {copied}. Reprint."
    assert marked.count(text[:5])
    case.add("x-copy", marked, outlet="Reprinter", published="2031-05-09")
    case.copy(f"x-{copied}", "x-copy")
    after = claims(case)
    assert len(after) == len(before)
    for one, two in zip(before, after, strict=True):
        assert len(two.origins) <= len(one.origins)
        assert len(two.routes) <= len(one.routes)
    view = case.view()
    order = data.draw(st.permutations(range(len(case.documents))))
    shuffled = Case(**{**vars(case), "documents": [case.documents[n] for n in order],
                       "statements": case.statements[::-1], "chains": case.chains[::-1]})  # fmt: skip
    assert weigh(shuffled.view()) == weigh(view)


def test_what_is_said_by_nobody_within_a_speech_is_the_speakers():
    case = Case()
    case.add("x-1", "{1s group:{N y-m organisation:The Harbour Ministry}} {1c deny:denied} {1t:that it {2c say:was ever said} "
             "{2t:that forty names were struck from the winter list}}.", outlet="Tern Wire")  # fmt: skip
    case.add("x-2", "{1s named:{N y-h person:Ines Halvard}} {1c say:said} {1t:that forty names were struck from the winter "
             "list}.", outlet="Skerry Post")  # fmt: skip
    (claim,) = claims(case)
    assert {origin.label for origin in claim.origins} == {"The Harbour Ministry", "Ines Halvard"}


@pytest.mark.parametrize(
    ("content", "proposition"),
    [
        ("“Forty names were struck from the winter list,”", "Forty names were struck from the winter list"),
        ("that the winter list was “not kept here,”", "The winter list was “not kept here,”"),
    ],
)
def test_a_proposition_keeps_its_quotation_marks_whole(content, proposition):
    case = Case()
    for exhibit in ("x-1", "x-2"):
        case.add(exhibit, f"{{1t:{content}}} {{1c say:said}} {{1s named:Ines Halvard}}. {exhibit}", outlet=exhibit)
    assert claims(case)[0].proposition == proposition


@pytest.mark.parametrize(
    ("denial", "stance"),
    [
        ("{1s group:The Harbour Ministry} {1c deny -:denies}", Stance.DENIES),
        ("{1s group:The Harbour Ministry} {1c deny -:did not deny}", Stance.REPORTS),
        ("{1s group:Nobody} {1c deny -:denies}", Stance.REPORTS),
        ("None of {1s group:the harbour pilots} {1c deny -:denies}", Stance.REPORTS),
        ("{1s group:Nobody} {1c deny -:did not deny}", Stance.DENIES),
        ("{1s group:Neither the pilots nor the guild} {1c deny -:denies}", Stance.REPORTS),
    ],
)
def test_a_denial_is_one_unless_it_is_itself_negated(denial, stance):
    case = Case()
    case.add("x-1", WIRE, outlet="Tern Wire")
    case.add("x-2", f"{denial} {{1t:that forty names were struck from the winter list in March}}.", outlet="Post")
    (claim,) = claims(case)
    stances = {one.statement: one.stance for one in claim.stances}
    assert stances[case.statements[1].id] is stance


def test_what_nobody_says_within_a_denial_is_denied_with_it():
    case = Case()
    case.add("x-1", "{1s group:The Harbour Ministry} {1c deny -:rejects} {1t:{2c imply:the suggestion} {2t:that forty names "
             "were struck from the winter list}}.", outlet="Tern Wire")  # fmt: skip
    case.add("x-2", "{1s named:Ines Halvard} {1c say:said} {1t:that forty names were struck from the winter list}.",
             outlet="Skerry Post")  # fmt: skip
    (claim,) = claims(case)
    assert claim.reason.startswith("2 reports, 1 origin, 1 denial")


def test_the_short_name_of_a_body_is_the_body_that_the_text_names():
    case = Case()
    struck = "{1t:that forty names were struck from the winter list}"
    case.add(
        "x-1", "{1s group:{N y-m organisation:Ministry of the Harbour}} {1c deny -:denies} " + struck, outlet="Wire"
    )
    case.add("x-2", "{1s role:The ministry} {1c deny -:denied} " + struck + ". The {N y-m organisation:Ministry of the "
             "Harbour} is old.", outlet="Post")  # fmt: skip
    (claim,) = claims(case)
    assert [one.label for one in claim.origins] == ["Ministry of the Harbour"]
