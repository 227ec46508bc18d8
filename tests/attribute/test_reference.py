"""Whom a short source stands for, and where nobody is named."""

import hypothesis
import hypothesis.strategies as st
import pytest

from quoth.attribute.engine import attribute_text
from quoth.attribute.reference import Layout, Said, references
from quoth.attribute.reference_names import names_in
from quoth.attribute.reference_offices import described, fits
from quoth.attribute.reference_roster import Roster
from quoth.record.statement import SourceType


def link_of(text, words, nth=-1):
    found = [one for one in attribute_text(text).statements if one.source and one.source[0].exact == words]
    one = found[nth]
    return (
        one.source_refers_to.exact if one.source_refers_to else "",
        one.source_may_refer_to.exact if one.source_may_refer_to else "",
    )


TWO = "Dana Orrin runs the mill with her brother, Paul Orrin. Dana Orrin said it would close. Paul Orrin said it would not.\n"


@pytest.mark.parametrize(
    ("tail", "source", "meant", "other"),
    [
        ("Mr Orrin said he would sue.", "Mr Orrin", "Paul Orrin", "Dana Orrin"),
        ("Ms Orrin said he might.", "Ms Orrin", "Dana Orrin", "Paul Orrin"),
        ("Dana said that he might.", "Dana", "Dana Orrin", "Paul Orrin"),
        ("Orrin said that the roof leaked.", "Orrin", "", ""),
    ],
)
def test_two_people_of_one_surname_stay_two(tail, source, meant, other):
    assert link_of(TWO + tail, source) == (meant, other)


def test_of_two_men_met_at_a_gate_he_is_nobody():
    assert link_of("Victor Lunn met Harold Messer at the gate. He said the road was closed.", "He") == ("", "")


@pytest.mark.parametrize(
    ("text", "source", "meant"),
    [
        ("Teodor Wells, a spokesman for the union, sat down. The spokesman said it was late.", "The spokesman", "Teodor Wells"),
        ("The leader of the opposition, Corinna Hale, rose. The opposition leader said it was late.", "The opposition leader", "Corinna Hale"),
        ("President Anselm Dray rose. The president said it was late.", "The president", "Anselm Dray"),
        ("Petra Marr, who chairs the roads committee, rose. The chairwoman said it was late.", "The chairwoman", "Petra Marr"),
        ("The Ministry of Inland Waters shut. The ministry said it was late.", "The ministry", "Ministry of Inland Waters"),
        ("Halden Freight Ltd shut. The company said it was late.", "The company", "Halden Freight Ltd"),
        ("A report by the Institute of Hydrology came. The report said the wall leaked.", "The report", "A report by the Institute of Hydrology"),
        ("The Marine Workers' Union (MWU) met. The MWU said it was late.", "The MWU", "Marine Workers' Union"),
        ("The Bee Research Fund met. BRF said it was late.", "BRF", "Bee Research Fund"),
        ("Orrin said it was late. Dana Orrin, the minister, then left.", "Orrin", "Dana Orrin"),
        ("“It is late,” said Ana Prell. “I said that he lied.”", "I", "Ana Prell"),
    ],
)  # fmt: skip
def test_short_names_and_descriptions(text, source, meant):
    assert link_of(text, source)[0] == meant


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("They met in Port Hallam. Hallam said it was late.", "Hallam"),
        ("The foreign minister, Lucan Vey, and the finance minister, Greta Sandvik, sat. The minister said it was late.",
         "The minister"),
        ("Dana Orrin spoke. Her lawyer said it was late.", "Her lawyer"),
        ("Minister Dana Orrin spoke. The former minister said it was late.", "The former minister"),
        ("Dana Orrin said it was late.", "Dana Orrin"),
    ],
)  # fmt: skip
def test_nobody_is_named_without_a_sign(text, source):
    assert link_of(text, source)[0] == ""


def test_he_in_a_quotation_is_not_the_speaker():
    text = "Anton Brill spoke. Then Marek Dole rose. Marek Dole said: “He told the board that he knew.”"
    inner = [one for one in attribute_text(text).statements if one.source and one.source[0].exact == "He"]
    assert all(one.source_refers_to is None or one.source_refers_to.exact != "Marek Dole" for one in inner)


def test_names_titles_and_joins():
    text = "President Anselm Dray met Victor Lunn and Martin Doss of the Ministry of Inland Waters on Monday."
    assert [(" ".join(name.words), name.titles) for name in names_in(text, 0, len(text))] == [
        ("Anselm Dray", ("president",)), ("Victor Lunn", ()), ("Martin Doss", ()), ("Ministry of Inland Waters", ()),
    ]  # fmt: skip


def test_a_description_fits_only_what_it_was_told():
    assert fits(described("the minister"), described("the foreign minister"))
    assert not fits(described("the finance minister"), described("the foreign minister"))
    assert not fits(described("the other clerk"), described("a clerk"))


def test_the_roster_keeps_namesakes_apart():
    roster = Roster(TWO, [(0, len(TWO))])
    assert sorted(entity.words for entity in roster.by_last["orrin"]) == [("dana", "orrin"), ("paul", "orrin")]


PIECES = ["Dana Orrin", "Paul Orrin", "Mr Orrin", "Orrin", "He", "She", "they", "It", "The minister", "a clerk,", "said", "that",
          "“I", "know”", "(MWU)", "the Marine Workers' Union", ".", "\n", "’s", "and", "of", "É. Ö", "“", "”", "who", ","]  # fmt: skip


@hypothesis.settings(max_examples=50, deadline=None, derandomize=True)
@hypothesis.given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_links_stand_in_the_text_and_come_out_the_same(pieces):
    text = " ".join(pieces)
    once, again = attribute_text(text).statements, attribute_text(text).statements
    assert once == again
    for one in once:
        for link in (one.source_refers_to, one.source_may_refer_to):
            assert link is None or text[link.start : link.end] == link.exact
        if one.source_may_refer_to:
            assert one.source_refers_to is not None
            assert one.source_may_refer_to.start != one.source_refers_to.start


def test_no_statement_and_no_layout_is_no_trouble():
    layout = Layout(paragraphs=[], sentences=[], quoted=[])
    assert references("", [], layout) == []
    (link,) = references("He said so.", [Said(source=(0, 2), kind=SourceType.NAMED, holder=-1, cue=3)], layout)
    assert link.first is None


@pytest.mark.parametrize(
    ("headline", "names"),
    [
        ("Ilse Prandl Told U.S. Officials of Plot", [("Ilse", "Prandl"), ("U.",), ("Officials",), ("Plot",)]),
        ("Karl Moss Denies Harbour Deal", [("Karl", "Moss"), ("Harbour", "Deal")]),
        ("A grant of the Promised Land Trust", [("Promised", "Land", "Trust")]),
    ],
)
def test_a_verb_of_saying_in_a_headline_ends_the_name(headline, names):
    assert [one.words for one in names_in(headline, 0, len(headline))] == names
