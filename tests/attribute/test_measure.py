"""Who and what, counted as the plain definition counts; and what a figure is worth."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.attribute.marked import read_marked
from quoth.attribute.measure import Said, Tally, Verdict, compared, interval, said_in, tally, total

WORDS = ["a", "no,", "“He", "said”", "it", "was", "—", "late.", "\n", "ähnlich", "者", "o’clock"]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join)


def spans(least, text):
    place = st.tuples(st.integers(0, len(text)), st.integers(0, 25)).map(lambda one: (one[0], one[0] + one[1]))
    return st.lists(place, min_size=least, max_size=2).map(tuple)


@st.composite
def sides(draw):
    text = draw(TEXTS)
    one = st.builds(Said, content=spans(1, text), cue=spans(0, text), source=spans(0, text))
    right = draw(st.lists(one, max_size=6))
    found = draw(st.lists(one, max_size=4)) + [said for said in right if draw(st.booleans())]
    return text, right, found, draw(spans(0, text))


def plainly(text, right, found, *, outermost, ignore):
    """The same by the definition, character by character, with no thought for speed."""
    word_at = {
        place: number for number, m in enumerate(re.finditer(r"\w+", text)) for place in range(m.start(), m.end())
    }

    def words(held):
        return frozenset(word_at[place] for start, end in held for place in range(start, end) if place in word_at)

    def dice(one, other):
        return 1.0 if not (one or other) else 2 * len(one & other) / (len(one) + len(other))

    def known(side):
        made = []
        for one in side:
            held = {name: words(getattr(one, name)) for name in ("content", "cue", "source")}
            if held["content"] and held not in made:
                made.append(held)
        return made

    gold, ours = known(right), known(found)
    if outermost:
        within = [
            any(o is not one and one["cue"] and one["cue"] | one["content"] <= o["content"] for o in ours)
            for one in ours
        ]
        ours = [one for one, inside in zip(ours, within, strict=True) if not inside]
    if away := words(ignore):
        gold = [one for one in gold if not one["content"] <= away]
        ours = [one for one in ours if not one["content"] <= away]
    pairs = [
        (-dice(a["content"], b["content"]), -dice(a["source"], b["source"]), i, j)
        for (i, a), (j, b) in itertools.product(enumerate(ours), enumerate(gold))
        if a["content"] & b["content"]
    ]
    counts = dict.fromkeys(("same", "contents", "rights", "wholes"), 0)
    while pairs:
        what, _, i, j = min(pairs)
        pairs = [one for one in pairs if one[2] != i and one[3] != j]
        a, b = ours[i], gold[j]
        here = a["content"] == b["content"]
        what = -what >= 0.8
        who = dice(a["source"], b["source"]) >= 0.5 and bool(a["source"]) == bool(b["source"])
        how = bool(a["cue"] & b["cue"]) or not (a["cue"] or b["cue"])
        steps = (here, what, what and who, what and who and how)
        for name, right_so_far in zip(counts, steps, strict=True):
            counts[name] += right_so_far
    return Tally(found=len(ours), marked=len(gold), **counts)


@settings(max_examples=50, deadline=None)
@given(sides(), st.booleans())
def test_counts_are_those_of_the_definition(sides, outermost):
    text, right, found, ignore = sides
    assert tally(text, right, found, outermost=outermost, ignore=ignore) == plainly(
        text, right, found, outermost=outermost, ignore=ignore
    )


def test_the_marks_themselves_are_all_right():
    marked = read_marked(
        "{s1 role|The clerk} {c1 say|said} {t1|{s2 named|Varga} {c2 order|ordered} {t2|three crews out}}."
    )
    made = tally(marked.text, said_in(marked), said_in(marked))
    assert made == Tally(found=2, marked=2, same=2, contents=2, rights=2, wholes=2)
    assert made.who_what.f1 == made.source_accuracy == 1.0


def test_a_wrong_source_is_right_in_what_only():
    text = "Teld said the gate was shut."
    right = [Said(content=((10, 27),), cue=((5, 9),), source=((0, 4),))]
    found = [Said(content=((10, 28),), cue=((5, 9),), source=())]
    made = tally(text, right, found)
    assert (made.contents, made.rights, made.source_accuracy) == (1, 0, 0.0)


def test_nothing_found_and_nothing_marked_is_no_figure():
    assert tally("Nothing.", [], []) == Tally()
    assert Tally().who_what.f1 == 0.0


def doc(rights, found=10, marked=10):
    return Tally(found=found, marked=marked, same=rights, contents=rights, rights=rights, wholes=rights)


def test_a_clear_gain_on_many_texts_is_better_and_a_clear_loss_worse():
    low, high = [doc(5 + n % 2) for n in range(20)], [doc(8 + n % 2) for n in range(20)]
    assert compared(low, high).verdict is Verdict.BETTER
    assert compared(high, low).verdict is Verdict.WORSE
    assert compared(low, high).low > 0


def test_one_text_that_got_better_proves_nothing():
    before = [doc(6) for _ in range(20)]
    after = [doc(10), *before[1:]]
    change = compared(before, after)
    assert change.difference > 0
    assert change.verdict is Verdict.NO_DIFFERENCE


@pytest.mark.parametrize("texts", [1, 7])
def test_few_texts_decide_nothing_however_great_the_difference(texts):
    change = compared([doc(0) for _ in range(texts)], [doc(10) for _ in range(texts)])
    assert change.verdict is Verdict.TOO_SMALL
    assert interval([doc(5)] * texts) == (0.0, 1.0)


def test_twelve_statements_need_half_of_them_to_change():
    change = compared([doc(0, 1, 1)] * 12, [doc(1, 1, 1)] * 12)
    assert (change.verdict, change.noise) == (Verdict.TOO_SMALL, 0.5)


def test_the_interval_holds_the_figure_and_is_the_same_again():
    tallies = [doc(n % 11) for n in range(30)]
    low, high = interval(tallies, seed=3)
    assert low < total(tallies).who_what.f1 < high
    assert interval(tallies, seed=3) == (low, high)


def test_readings_of_different_texts_are_not_compared():
    with pytest.raises(ValueError):
        compared([doc(1)], [])
