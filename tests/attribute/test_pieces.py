"""Word pieces and windows: places are the text's own, whatever the text is."""

import hypothesis
import pytest
from hypothesis import strategies as st

from quoth.attribute.pieces import LONGEST, paragraphs_of, windows
from quoth.attribute.tagger import WEIGHTS
from quoth.attribute.wordpiece import Vocabulary
from quoth.errors import AttributeRoomError


@pytest.fixture(scope="module", name="vocabulary")
def shipped_vocabulary():
    return Vocabulary.read(WEIGHTS / "vocab.txt")


def test_pieces_are_cut_as_the_scheme_says(vocabulary):
    found = vocabulary.pieces("Élan, unsaid [sic] 北京!")
    assert ["Élan, unsaid [sic] 北京!"[start:end] for _, start, end, _ in found] == [
        "Él", "an", ",", "un", "sai", "d", "[", "sic", "]", "北", "京", "!",
    ]  # fmt: skip
    assert [word for *_, word in found] == [0, 0, 1, 2, 2, 2, 3, 4, 5, 6, 7, 8]


def test_pieces_are_those_of_the_reference(vocabulary):
    reference = pytest.importorskip("tokenizers", reason="comes with what training needs; make test installs it")
    import pathlib

    from quoth.attribute.pretrained import encoder_files

    oracle = reference.Tokenizer.from_file(str(encoder_files().vocabulary.with_name("tokenizer.json")))
    oracle.no_padding()
    oracle.no_truncation()
    texts = [path.read_text(encoding="utf-8") for path in sorted(pathlib.Path("training/corpus").rglob("*.txt"))[::9]]
    texts += ["naïve CAFÉ ﬁn ß Ⅻ €5 ½ don’t", "x" * 101, "\u200bzero\u200dwidth", "İstanbul", "한국어", "a\u0301b"]
    assert len(texts) > 50
    for text in texts:
        coded = oracle.encode(text, add_special_tokens=False)
        theirs = [(number, *place) for number, place in zip(coded.ids, coded.offsets, strict=True)]
        assert [found[:3] for found in vocabulary.pieces(text)] == theirs


def test_a_vocabulary_without_unknown_is_refused():
    with pytest.raises(AttributeRoomError, match="UNK"):
        Vocabulary(["a", "b"])


@hypothesis.settings(
    max_examples=40, deadline=None, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
@hypothesis.given(text=st.text(max_size=900))
def test_every_piece_stands_where_it_says(vocabulary, text):
    paragraphs = paragraphs_of(text)
    last = 0
    for window in windows(text, paragraphs, vocabulary):
        assert 2 < len(window.ids) <= LONGEST or len(window.ids) <= 3
        assert window.ids[0] == 101
        assert window.ids[-1] == 102
        for start, end, word in zip(window.starts, window.ends, window.words, strict=True):
            if start < 0:
                assert word == -1
                continue
            assert last <= start < end <= len(text)
            assert any(a <= start and end <= b for a, b in paragraphs)
            last = start


def test_a_long_paragraph_is_cut_at_sentences(vocabulary):
    text = " ".join(f"The mayor said that gate {n} was shut in the evening." for n in range(200))
    found = list(windows(text, [(0, len(text))], vocabulary))
    assert len(found) > 5
    assert all(len(window.ids) <= LONGEST for window in found)
    assert all(text[window.starts[1] : window.starts[1] + 3] == "The" for window in found)
    assert sum((window.starts >= 0).sum() for window in found) == len(vocabulary.pieces(text))


def test_case_and_quotation_are_known(vocabulary):
    text = "He said “we KNOW ‘this’ now” loudly."
    (window,) = windows(text, [(0, len(text))], vocabulary)
    of = {
        text[s:e]: (case, depth)
        for s, e, case, depth in zip(window.starts, window.ends, window.case, window.quoted, strict=True)
        if s >= 0
    }
    assert of["He"] == (1, 0)
    assert of["KNOW"] == (2, 1)
    assert of["this"] == (0, 2)
    assert of["now"] == (0, 1)
    assert of["loudly"] == (0, 0)
