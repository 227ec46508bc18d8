"""Announced sets: how many are described, how many held."""

import pytest

from quoth.record.call import Call
from quoth.record.hypothesis import Gap
from quoth.terms.digest import digest_of
from quoth.weigh.balance import weigh
from weigh.factory import Case

SIX = """# A group publishes six recordings of calls
The Tern Register, a rights group, on April 30 published audio recordings of six telephone calls, which it says were made in spring.
{D 2031-04-01 2031-04-30:Last month}, Harbour Minister {N y-o person:Hannes Orloft} was asked about the forty names.
{N y-o person:Orloft} responded by saying, “Ask the other office.”
In {D 2030-05-01 2030-05-31:May 2030}, {N y-l person:Pavo Lindgarde} was asked by the caller who had signed. Lindgarde answered with a question.
A call placed {D 2031-04-01 2031-04-30:last month} to {N y-s person:Shen Yuanlu}, who was head of the bureau, shows that it was spoken of.
The caller asked, “What did they decide?” Experts were asked by the Ledger what they thought.
"""


def gaps(case, **more):
    return weigh(case.view(**more)).gaps


def held_call(number):
    return Call(id=f"k-{number}", exhibit=f"x-k{number}", recording=digest_of(str(number).encode()), duration_ms=30_000)


def test_six_are_announced_and_three_described():
    case = Case()
    document = case.add("x-1", SIX, outlet="Kelsund Ledger")
    (gap,) = gaps(case, calls=(held_call(1), held_call(2)))
    assert (gap.announced, gap.described, gap.held) == (6, 3, 2)
    assert gap.extract is not None
    assert document.text[gap.extract.start : gap.extract.end] == gap.extract.exact
    assert gap.extract.exact.startswith("six recordings")
    assert [ground for ground in gap.grounds if ground.startswith("described")] == [
        "described: Hannes Orloft, Last month",
        "described: Pavo Lindgarde, May 2030",
        "described: Shen Yuanlu, last month",
    ]


def test_without_names_and_dates_the_words_themselves_are_counted():
    case = Case()
    text = SIX
    for mark in ("{N y-o person:", "{N y-l person:", "{N y-s person:", "{D 2031-04-01 2031-04-30:",
                 "{D 2030-05-01 2030-05-31:", "}"):  # fmt: skip
        text = text.replace(mark, "")
    case.add("x-1", text)
    assert [(gap.announced, gap.described) for gap in gaps(case)] == [(6, 3)]


def test_the_same_person_on_another_date_is_another_call():
    case = Case()
    case.add("x-1", "The group released four calls. In {D 2030-05-01 2030-05-31:May 2030} the caller asked Hannes Orloft about "
             "the list. In {D 2031-03-01 2031-03-31:March} the caller asked Hannes Orloft about the list again. The voice "
             "also phoned Orloft.")  # fmt: skip
    assert [(gap.announced, gap.described) for gap in gaps(case)] == [(4, 2)]


def test_a_gap_that_a_person_entered_keeps_its_name_and_gets_its_counts():
    case = Case()
    case.add("x-1", SIX)
    mine = Gap(id="g-mine", what="recorded telephone calls", announced=6, grounds=("told by the register",))
    (gap,) = gaps(case, gaps=(mine,), calls=(held_call(1),))
    assert (gap.id, gap.what, gap.described, gap.held) == ("g-mine", "recorded telephone calls", 3, 1)
    assert gap.grounds[0] == "told by the register"
    assert any("six telephone calls" in ground for ground in gap.grounds)


def test_the_same_set_in_two_texts_is_one_gap():
    case = Case()
    case.add("x-1", SIX, published="2031-05-01")
    case.add(
        "x-2",
        "A group has presented six phone calls. A voice asked Ilka Senwarth who had signed.",
        published="2031-05-02",
    )
    (gap,) = gaps(case)
    assert (gap.announced, gap.described) == (6, 4)


def test_other_evidence_counts_by_ordinal_and_held_is_not_known():
    case = Case()
    case.add("x-1", "He handed over twelve letters. The first letter names a ship. The first letter is torn. "
             "The third letter is burnt.")  # fmt: skip
    (gap,) = gaps(case)
    assert (gap.what, gap.announced, gap.described, gap.held) == ("letters", 12, 2, -1)


def test_what_is_not_described_is_not_known_rather_than_none():
    case = Case()
    case.add("x-1", "The office gave researchers 41 files last spring.")
    (gap,) = gaps(case)
    assert (gap.announced, gap.described) == (41, -1)


@pytest.mark.parametrize(
    "text",
    [
        "The paper appears in 35 countries and in nineteen languages.",
        "On April 30 documents were published.",
        "Two officials published a statement.",
        "There were three calls in the harbour book.",
    ],
)
def test_no_set_is_announced_here(text):
    case = Case()
    case.add("x-1", text)
    assert gaps(case) == ()
