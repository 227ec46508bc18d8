"""Mentions and parties: what is found, what never merges."""

import dataclasses
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.record.party import NameRole, PartyKind
from quoth.record.passage import PassageRole
from quoth.record.statement import SourceType
from quoth.resolve.mentions import definitions, mentions_of, surname_of
from quoth.resolve.names import group, party_id, settle
from quoth.resolve.texts import resolve

HARBOUR = (
    "Interior Minister Osric Tallende said on Monday that he knew nothing. Ines Halvard, a lawyer, disagreed.\n\n"
    "“He signed,” Halvard said. The Kelsund Absence Register (KAR), a rights group, published six recordings. "
    "KAR would not say who called.\n\n"
    "Selim van der Moor, former director of the Port Authority, said Tallende had been told."
)


def _parties(documents, statements=()):
    mentions = [one for document in documents for one in mentions_of(document, statements)]
    return group(documents, mentions, statements), mentions


def _by_name(parties):
    return {name.text: party for party in parties for name in party.names if name.role is NameRole.PRIMARY}


def test_people_and_bodies_are_found(resolve_document):
    document = resolve_document(HARBOUR)
    parties, mentions = _parties((document,))
    named = _by_name(parties)
    assert {name: named[name].kind for name in named} == {
        "Osric Tallende": PartyKind.PERSON,
        "Ines Halvard": PartyKind.PERSON,
        "Kelsund Absence Register": PartyKind.ORGANISATION,
        "Selim van der Moor": PartyKind.PERSON,
        "Port Authority": PartyKind.ORGANISATION,
    }
    assert {name.text for name in named["Osric Tallende"].names} == {"Osric Tallende", "Tallende"}
    assert {name.text: name.role for name in named["Kelsund Absence Register"].names}["KAR"] is NameRole.ACRONYM
    for mention in mentions:
        assert document.text[mention.extract.start : mention.extract.end] == mention.extract.exact
    assert sorted(one.id for one in mentions) == sorted(one for party in parties for one in party.mentions)
    assert all(party.decided_by == "" and party.reason for party in parties)


def test_the_party_id_is_made_of_kind_and_name(resolve_document):
    parties, _ = _parties((resolve_document(HARBOUR),))
    assert _by_name(parties)["Ines Halvard"].id == party_id(PartyKind.PERSON, "Ines Halvard")


def test_two_full_names_never_merge_and_the_runner_up_is_named(resolve_document):
    text = (
        "Wang Zemei, the spokeswoman, said no. “We waited,” Wang said.\n\n"
        "Wang Lutong, a harbour pilot, said yes. Later Wang said nothing more."
    )
    parties, mentions = _parties((resolve_document(text),))
    named = _by_name(parties)
    assert {"Wang Zemei", "Wang Lutong"} <= set(named)
    words = {one.id: one.extract for one in mentions}
    first = [words[one].start for one in named["Wang Zemei"].mentions if words[one].exact == "Wang"]
    second = [words[one].start for one in named["Wang Lutong"].mentions if words[one].exact == "Wang"]
    assert len(first) == len(second) == 1
    assert first[0] < second[0]
    assert "might be Wang Zemei" in named["Wang Lutong"].reason
    assert named["Wang Lutong"].confidence < 600


def test_a_surname_goes_across_documents_only_where_one_name_fits(resolve_document):
    full = resolve_document("Ines Halvard, a lawyer, said no.")
    other = resolve_document("Piet Halvard, a pilot, said yes.")
    alone = resolve_document("On Monday Mr Halvard said that the quay was shut.")
    parties, _ = _parties((full, alone))
    assert [len(one.mentions) for one in parties if one.names[0].text == "Ines Halvard"] == [2]
    parties, _ = _parties((full, other, alone))
    left = _by_name(parties)["Halvard"]
    assert "Ines Halvard or Piet Halvard" in left.reason


def test_chinese_order_is_kept():
    assert surname_of("Wang Zemei") == "Wang"
    assert surname_of("Ines Halvard") == "Halvard"
    assert surname_of("Martin Li") == "Li"


def test_an_unnamed_source_is_a_party_of_its_own_in_each_document(resolve_document, resolve_statement):
    documents = (
        resolve_document("A source said the ward was shut. A source said more."),
        resolve_document("A source said the quay was open."),
    )
    statements = tuple(
        resolve_statement(one, "A source", "said", one.text[14:25], source_type=SourceType.UNNAMED) for one in documents
    )
    mentions = [m for one, said in zip(documents, statements, strict=True) for m in mentions_of(one, (said,))]
    parties = group(documents, mentions, statements)
    assert [one.kind for one in parties] == [PartyKind.UNNAMED, PartyKind.UNNAMED]
    assert len({one.id for one in parties}) == 2


def test_a_source_is_evidence_of_a_person(resolve_document, resolve_statement):
    document = resolve_document("The quay was shut, as Oda Fenn insists in her memoir.")
    said = resolve_statement(document, "Oda Fenn", "insists", "The quay was shut")
    (mention,) = [one for one in mentions_of(document, (said,)) if one.extract.exact == "Oda Fenn"]
    assert mention.kind is PartyKind.PERSON


@pytest.mark.parametrize(
    "text",
    [
        "In Kelsund the quays are wide.",
        "On Monday in May nobody came to France.",
        "The German crew left in December.",
        "Nobody in the village knows. They sailed to Gannet Island.",
    ],
)
def test_places_days_and_nationalities_are_no_parties(resolve_document, text):
    assert mentions_of(resolve_document(text), ()) == ()


def test_head_lines_only_repeat_names(resolve_document):
    text = (
        "Minister Denies Winter List\n\nOsric Tallende, the interior minister, denied it.\n\nTallende Answers Critics"
    )
    document = resolve_document(text, roles={0: PassageRole.TITLE, 2: PassageRole.HEADING})
    assert [one.extract.exact for one in mentions_of(document, ())] == ["Osric Tallende", "Tallende"]


def test_furniture_names_nobody(resolve_document):
    document = resolve_document("Ines Halvard, a lawyer, said no.", roles={0: PassageRole.FURNITURE})
    assert mentions_of(document, ()) == ()


def test_definitions_take_the_words_whose_initials_fit():
    text = "The World Bureau to Count the Ships of Kelsund (WBCSK), a group, and the Harbour Board (XY)."
    spans = {short: text[a:b] for short, (a, b) in definitions(text).items()}
    assert spans == {"WBCSK": "World Bureau to Count the Ships of Kelsund"}


def test_chinese_names_beside_titles_and_verbs(resolve_document):
    document = resolve_document("港务局局长王小海表示，没有名单。王小海说，他不知道。", language="zh")
    mentions = mentions_of(document, ())
    assert [one.extract.exact for one in mentions if one.kind is PartyKind.PERSON] == ["王小海", "王小海"]
    parties = group((document,), mentions, ())
    assert [len(one.mentions) for one in parties if one.kind is PartyKind.PERSON] == [2]


def test_the_order_of_documents_changes_nothing(resolve_document):
    documents = [
        resolve_document(HARBOUR),
        resolve_document("Halvard said that KAR had asked. Piet Moor, a pilot, said no."),
        resolve_document("Wang Zemei, a teacher, said yes. Wang said so twice."),
    ]
    seen = {_parties(order)[0] for order in itertools.permutations(documents)}
    assert len(seen) == 1


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Wang",
                "Zemei",
                "said",
                "the",
                "Minister",
                "of",
                "Justice",
                "and",
                "Ines",
                "Halvard",
                "(KAR)",
                "Committee",
                "on",
                "Foreign",
                "Affairs",
                ",",
                ".",
                "“",
                "”",
                "in",
                "former",
                "van",
                "der",
                "Mr.",
                "U.S.",
                "O'Neil",
                "al-Rashid",
                "王小海",
                "说",
                "\n\n",
            ]
        ),
        max_size=30,
    )
)
def test_mentions_are_the_text_and_never_overlap(resolve_document_plain, words):
    document = resolve_document_plain(" ".join(words) + " end")
    reached = 0
    for mention in mentions_of(document, ()):
        assert mention.extract.start >= reached
        reached = mention.extract.end
        assert document.text[mention.extract.start : mention.extract.end] == mention.extract.exact


def test_long_hostile_runs_are_read(resolve_document):
    for piece in ("Ab ", "of the Committee ", "A. ", "(ABC) ", "van der ", "Ministry of "):
        document = resolve_document("x " + piece * 2_000)
        group((document,), mentions_of(document, ()), ())


@pytest.mark.parametrize(
    "text", ["He asked Capt. and Maj. twice.", "On Monday the Secretary said no.", "As the Major Players said."]
)
def test_a_title_alone_is_no_person(resolve_document, text):
    assert mentions_of(resolve_document(text), ()) == ()


def test_offices_are_settled_on_the_parties_of_the_case(resolve_document):
    first = resolve_document("Interior Minister Osric Tallende said no.")
    second = resolve_document("Minister Tallende, the mayor of Kelsund since 2020, said yes.")
    found = [resolve(one, ()) for one in (first, second)]
    mentions = [mention for one in found for mention in one.mentions]
    occupancies = [held for one in found for held in one.occupancies]
    parties = group((first, second), mentions, ())
    known = {one.id for one in parties}
    assert not {one.party for one in occupancies} <= known
    settled = settle(occupancies, mentions, parties)
    assert {one.party for one in settled} == {party_id(PartyKind.PERSON, "Osric Tallende")}
    assert [dataclasses.replace(one, party="") for one in settled] == [
        dataclasses.replace(one, party="") for one in occupancies
    ]
    assert settle(reversed(occupancies), reversed(mentions), reversed(parties)) == tuple(reversed(settled))
    assert settle(occupancies, mentions, ()) == tuple(occupancies)


def _names(document):
    return {" ".join(one.extract.exact.split()) for one in mentions_of(document, ())}


@pytest.mark.parametrize(
    "text",
    [
        "Jan Osk wrote “The Empty Berth”. It was read.",
        "The book “Salt Harvest” was on the shelf.",
        "The ledger may be read in the reading room, Exchange Street 9, on Tuesdays.",
        "The report “Forty-One Names” is long.",
        "RECEIVED Kelsund, 18 March 2031",
        "No. When Length Line called Published 1 3 March 2031, about half past ten",
        "Month Departures in register Grant (crowns) Sum (crowns) May 2031 2 900 1,800 June 2031 44 900 39,600",
        "She danced the Tall Salt Dance until morning.",
    ],
)
def test_capitals_that_nothing_bears_out_are_no_parties(resolve_document, text):
    assert _names(resolve_document(text)) <= {"Jan Osk"}


@pytest.mark.parametrize(
    "text",
    [
        "Salt Harvest\tAgda Berg\tMonth Departures\nThe rest follows here, Berg said.",
        "Salt Harvest   Agda Berg   Month Departures\nThe rest follows here, Berg said.",
    ],
)
def test_no_name_spans_two_cells(resolve_document, text):
    assert not any("Harvest Agda" in name or "Berg Month" in name for name in _names(resolve_document(text)))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The coat hangs where Osk Bergdal left it.", "Osk Bergdal"),
        ("Some accuse the clerks. Osk Bergdal, whose sister is missing, suspects them.", "Osk Bergdal"),
        ("The mother of the boy, Osk Bergdal, keeps his coat. They call Osk Bergdal a pilot.", "Osk Bergdal"),
        ("His brother Osk Bergdal has the key.", "Osk Bergdal"),
        ("The letter was signed by Osk Bergdal yesterday.", "Osk Bergdal"),
        ("The lawyers Ada Lind and Osk Bergdal bring out a book.", "Osk Bergdal"),
        ("Osk Bergdal Chairman", "Osk Bergdal"),
        ("Mister Osk Bergdal came.", "Osk Bergdal"),
    ],
)
def test_a_name_once_with_something_beside_it_stays(resolve_document, text, name):
    assert name in _names(resolve_document(text))


def test_head_lines_only_repeat_the_names_of_the_body(resolve_document):
    text = "Osk Berg Told Officials of Salt Harvest\n\nOsk Berg, a lawyer, said no."
    document = resolve_document(text, roles={0: PassageRole.TITLE})
    assert _names(document) == {"Osk Berg"}
    assert len(mentions_of(document, ())) == 2
