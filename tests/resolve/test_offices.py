"""Offices beside names: title, body, place, and whether it is over."""

import pytest

from quoth.record.party import PartyKind
from quoth.resolve.names import party_id
from quoth.resolve.texts import resolve


def _held(document):
    resolved = resolve(document, ())
    positions = {one.id: one for one in resolved.positions}
    return [(positions[one.position], one) for one in resolved.occupancies]


@pytest.mark.parametrize(
    ("text", "holder", "expected"),
    [
        (
            "Mr Osk Berg, former Chief of Kelsund Harbour Safety Bureau, left.",
            "Osk Berg",
            ("Chief", "Kelsund Harbour Safety Bureau", "", True),
        ),
        ("Harbour Minister Ines Halvard was asked.", "Ines Halvard", ("Harbour Minister", "", "", False)),
        ("Ines Halvard, the spokeswoman of KAR, said no.", "Ines Halvard", ("spokeswoman", "KAR", "", False)),
        (
            "Ines Halvard, who served as chief of the KLX’s provincial branch in Istmere Province, said no.",
            "Ines Halvard",
            ("chief", "KLX’s provincial branch", "Istmere Province", False),
        ),
        ("Pavo Lind, then deputy mayor of Kelsund, said no.", "Pavo Lind", ("deputy mayor", "", "Kelsund", False)),
        ("Pavo Lind was the Party chief of Kelsund in those days.", "Pavo Lind", ("chief", "Party", "Kelsund", False)),
        (
            "Selim Antrobar, who chairs the Committee on Oversight, said no.",
            "Selim Antrobar",
            ("chair", "Committee on Oversight", "", False),
        ),
        (
            "Ex-Kelsund police chief Pavo Lind said no.",
            "Pavo Lind",
            ("Kelsund police chief", "", "", True),
        ),
        (
            "The letter to former Secretary of State (Islands) Pavo Lind said no.",
            "Pavo Lind",
            ("Secretary of State", "", "", True),
        ),
        (
            "Then deputy interior minister Pavo Lind said no.",
            "Pavo Lind",
            ("deputy interior minister", "", "", False),
        ),
    ],
)
def test_forms_of_offices(resolve_document, text, holder, expected):
    document = resolve_document(text)
    ((position, occupancy),) = _held(document)
    assert (position.title, position.organisation, position.place, occupancy.ended) == expected
    assert occupancy.party == party_id(PartyKind.PERSON, holder)
    for piece in occupancy.evidence:
        assert document.text[piece.start : piece.end] == piece.exact


@pytest.mark.parametrize(
    "text",
    [
        "Ines Halvard, a maritime law lawyer, said no.",
        "Ines Halvard, a harbour affairs reporter, said no.",
        "Ines Halvard was tired, the report said.",
        "His deputy Ines Halvard said no.",
        "The minister said Ines Halvard knew.",
    ],
)
def test_no_office_is_made_up(resolve_document, text):
    assert _held(resolve_document(text)) == []


def test_an_apposition_holds_as_of_publication_and_no_longer(resolve_document):
    ((_, held),) = _held(resolve_document("Ines Halvard, the director of the Port Authority, said no."))
    assert held.as_of is not None
    assert (held.as_of.earliest, held.as_of.latest) == ("2031-06-20", "2031-06-20")
    assert held.start is None
    assert held.end is None


def test_without_a_publication_day_nothing_is_dated(resolve_document):
    ((_, held),) = _held(resolve_document("Ines Halvard, the director of the Port Authority, said no.", published=""))
    assert held.as_of is None


def test_at_the_time_stays_as_words(resolve_document):
    ((_, held),) = _held(resolve_document("Ines Halvard, the harbour medical officer at the time, said no."))
    assert held.as_of is not None
    assert (held.as_of.words, held.as_of.earliest, held.as_of.latest) == ("at the time", None, None)


def test_a_term_that_the_text_gives(resolve_document):
    text = "Ines Halvard, who was director of the Port Authority from March 2019 to October 2022, said no."
    ((_, held),) = _held(resolve_document(text))
    assert (held.start.edtf, held.end.edtf, held.ended, held.as_of) == ("2019-03", "2022-10", True, None)


def test_since_gives_a_start_only(resolve_document):
    ((_, held),) = _held(resolve_document("Ines Halvard, the mayor of Kelsund since 2020, said no."))
    assert (held.start.edtf, held.end, held.ended) == ("2020", None, False)


def test_a_surname_holds_for_the_full_name(resolve_document):
    text = "Ines Halvard, a lawyer, said no.\n\nMinister Halvard said yes."
    assert [one.party for _, one in _held(resolve_document(text))] == [party_id(PartyKind.PERSON, "Ines Halvard")]
