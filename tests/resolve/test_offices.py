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


def _bounds(when):
    return when and (when.earliest, when.latest)


@pytest.mark.parametrize(
    ("text", "start", "end", "ended"),
    [
        ("Osk Berg, harbour minister since 2020.", ("2020-01-01", "2020-12-31"), None, False),
        ("Osk Berg, harbour medical officer until 2023.", None, ("2023-01-01", "2023-12-31"), True),
        ("Osk Berg, pilot inspector till May 2023, then left.", None, ("2023-05-01", "2023-05-31"), True),
        ("Osk Berg will be director until 2035.", None, ("2035-01-01", "2035-12-31"), False),
        (
            "Osk Berg was director of the Port Authority from 2019 to 2022.",
            ("2019-01-01", "2019-12-31"),
            ("2022-01-01", "2022-12-31"),
            True,
        ),
        (
            "Osk Berg was director of the Port Authority from March to October 2022 and left.",
            ("2022-03-01", "2022-03-31"),
            ("2022-10-01", "2022-10-31"),
            True,
        ),
        (
            "Osk Berg was director between 2019 and mid-April 2022.",
            ("2019-01-01", "2019-12-31"),
            ("2022-04-11", "2022-04-20"),
            True,
        ),
        (
            "Osk Berg, director of the Port Authority (2019–2022), said no.",
            ("2019-01-01", "2019-12-31"),
            ("2022-01-01", "2022-12-31"),
            True,
        ),
        ("Osk Berg, director from 2030, said no.", ("2030-01-01", "2030-12-31"), None, False),
    ],
)
def test_the_bounds_that_stand_beside_an_office(resolve_document, text, start, end, ended):
    ((_, held),) = _held(resolve_document(text))
    assert (_bounds(held.start), _bounds(held.end), held.ended, held.as_of) == (start, end, ended, None)


def test_offices_in_a_row_keep_their_own_bounds(resolve_document):
    text = "Osk Berg, deputy harbour minister from June 2021 to December 2022, now head of the Port Authority."
    (first, minister), (second, head) = _held(resolve_document(text))
    assert (first.title, _bounds(minister.start), _bounds(minister.end)) == (
        "deputy harbour minister",
        ("2021-06-01", "2021-06-30"),
        ("2022-12-01", "2022-12-31"),
    )
    assert (second.title, second.organisation, _bounds(head.as_of)) == (
        "head",
        "Port Authority",
        ("2031-06-20", "2031-06-20"),
    )


@pytest.mark.parametrize(
    ("text", "bounds", "others"),
    [
        ("On 3 March 2031 a voice asked Osk Berg, then deputy clerk of Kelsund.", ("2031-03-03", "2031-03-03"), []),
        ("A voice asked Osk Berg, then deputy clerk, on 3 March 2029.", ("2029-03-03", "2029-03-03"), []),
        (
            "On 16 April a voice asked Osk Berg, deputy director of the Labour Bureau, who had gone in 2020.",
            ("2031-04-16", "2031-04-16"),
            ["2031-06-20"],
        ),
        ("Osk Berg was director when the ship sank in March 2030.", ("2030-03-01", "2030-03-31"), []),
        ("Osk Berg was mayor of Kelsund in 2019.", ("2019-01-01", "2019-12-31"), []),
        ("Osk Berg, mayor of Kelsund, who was held on 3 May 2029, said no.", ("2031-06-20", "2031-06-20"), []),
        ("Osk Berg, mayor of Kelsund, will speak on 3 July 2031.", ("2031-06-20", "2031-06-20"), []),
        ("Osk Berg, now mayor of Kelsund, fled on 3 May 2029.", ("2031-06-20", "2031-06-20"), []),
        ("The harbour medical officer of the time, Osk Berg, said no.", (None, None), []),
    ],
)
def test_an_office_holds_as_of_the_event_that_its_sentence_dates(resolve_document, text, bounds, others):
    ((_, held),) = _held(resolve_document(text))
    assert _bounds(held.as_of) == bounds
    assert [one.earliest for one in held.as_of.alternatives] == others


def test_a_told_date_does_not_date_the_teller(resolve_document, resolve_statement):
    text = "Osk Berg, mayor of Kelsund, said in 2029 the ship had sunk."
    document = resolve_document(text)
    statement = resolve_statement(document, "Osk Berg, mayor of Kelsund", "said", "in 2029 the ship had sunk")
    (held,) = resolve(document, (statement,)).occupancies
    assert _bounds(held.as_of) == ("2031-06-20", "2031-06-20")


def test_a_speakers_then_is_not_the_day_of_speaking(resolve_document, resolve_statement):
    document = resolve_document("Osk Berg, the mayor at the time, said on 9 November 2030 that he knew nothing.")
    statement = resolve_statement(document, "Osk Berg, the mayor at the time", "said", "that he knew nothing")
    (held,) = resolve(document, (statement,)).occupancies
    assert (held.as_of.words, _bounds(held.as_of)) == ("at the time", (None, None))


@pytest.mark.parametrize(
    ("text", "title", "organisation"),
    [
        ("“No,” said Osk Berg, the company’s head of records.", "head of records", "company"),
        ("The company’s head of records, Osk Berg, said no.", "head of records", "company"),
        ("Osk Berg, head of security at Harbour Telecom, said no.", "head of security", "Harbour Telecom"),
        ("Osk Berg, who runs the Port Authority, said no.", "head", "Port Authority"),
        ("Osk Berg, who heads the Labour Bureau, said no.", "head", "Labour Bureau"),
        ("Osk Berg, who leads the Labour Bureau, said no.", "leader", "Labour Bureau"),
        ("The Port Authority is led by Osk Berg, a quiet man.", "leader", "Port Authority"),
        (
            "Osk Berg, who chairs the parliamentary Committee on Roads, said no.",
            "chair",
            "parliamentary Committee on Roads",
        ),
    ],
)
def test_offices_told_by_a_verb_or_by_a_field_of_work(resolve_document, text, title, organisation):
    ((position, _),) = _held(resolve_document(text))
    assert (position.title, position.organisation) == (title, organisation)
