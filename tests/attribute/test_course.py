"""What is held out was never taught, and the same seed draws the same texts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.attribute.course import divided, readings, replayed
from quoth.attribute.marked import read_marked
from quoth.errors import AttributeRoomError

LONG = "The harbour master said on Monday that the gate of basin {} had been shut all night, and nobody disagreed."


def texts(*held):
    """Marked texts whose paragraphs are the long lines of these numbers."""
    return {f"{n}.txt": read_marked("\n".join(LONG.format(one) for one in lines)) for n, lines in enumerate(held)}


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=3), min_size=2, max_size=9),
    st.integers(0, 9),
    st.sampled_from([0.1, 0.3, 0.7]),
)
def test_no_paragraph_stands_on_both_sides(held, seed, share):
    made = texts(*held)
    try:
        parts = divided(made, share=share, seed=seed)
    except AttributeRoomError:
        assert len({frozenset(one) for one in held}) < len(held) or any(
            set(a) & set(b) for n, a in enumerate(held) for b in held[:n]
        )
        return
    sides = [{line for name in side for line in made[name].text.split("\n")} for side in (parts.taught, parts.held)]
    assert not sides[0] & sides[1]
    assert parts.taught
    assert parts.held
    assert sorted(parts.taught + parts.held) == sorted(made)
    assert divided(made, share=share, seed=seed) == parts


def test_a_replayed_text_shares_nothing_with_those_held_out():
    held = [read_marked(LONG.format(1))]
    replay = texts([1], [2], [3], [4, 1])
    assert replayed(replay, held, most=9, seed=1) == ("1.txt", "2.txt")
    assert len(replayed(replay, held, most=1, seed=1)) == 1


def test_chinese_texts_are_left_out_and_said():
    made = {**texts([1], [2], [3]), "zh.txt": read_marked("港务局长周一表示，闸门整夜关闭，没有人提出异议。")}
    assert divided(made, share=0.3, seed=1).left_out == ("zh.txt",)


@pytest.mark.parametrize("share", [0.0, 1.0, -1.0, float("nan")])
def test_a_share_that_is_none_is_refused(share):
    with pytest.raises(AttributeRoomError, match="held out"):
        divided(texts([1], [2]), share=share, seed=1)


def test_one_text_cannot_be_divided():
    with pytest.raises(AttributeRoomError, match="cannot be divided"):
        divided(texts([1], [1]), share=0.2, seed=1)


def test_a_rejected_suggestion_that_is_made_again_is_counted():
    text = "Olen Varga said the gate was shut."
    rejected = '# rejected: [{"source": [[0, 10]], "cue": [[11, 15]], "content": [[16, 33]]}]\n'
    made = readings([read_marked(rejected + text)], None)
    assert (made.rejected, made.again) == (1, 1)
    assert made.tallies[0].marked == 0
