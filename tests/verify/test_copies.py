"""Copies: planted ones are found, others are not, and the order of input never shows."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.record.passage import PassageRole
from quoth.verify.copies import LEAST_SHARED, find_copies
from verify.planted import Prose, document


def planted(seed, *, originals, others, make):
    prose = Prose(seed)
    texts = [prose.text() for _ in range(originals + others)]
    documents = [document(" ".join(text), exhibit=f"x-{number:04}") for number, text in enumerate(texts)]
    truth = set()
    for number in range(originals):
        share = prose.random.uniform(0.4, 1.0)
        documents.append(document(" ".join(make(prose, texts[number], share)), exhibit=f"x-c{number:03}"))
        truth.add((f"x-{number:04}", f"x-c{number:03}"))
    return documents, truth


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("make", [Prose.kept, Prose.thinned], ids=["sentences kept", "words cut"])
def test_planted_copies_among_a_thousand_others(seed, make):
    documents, truth = planted(seed, originals=60, others=940, make=make)
    found = {(link.left, link.right) for link in find_copies(documents)}
    right = len(found & truth)
    assert right / len(found) >= 0.98
    assert right / len(truth) >= 0.95


def test_shared_says_how_much_of_the_shorter_text_is_shared():
    prose = Prose(3)
    sentences = prose.text(300, 320)
    half = sentences[: len(sentences) // 2]
    own = [prose.sentence() for _ in range(len(sentences) - len(half))]
    (link,) = find_copies([document(" ".join(sentences), exhibit="x-a"), document(" ".join(half + own), exhibit="x-b")])
    words = sum(len(sentence.split()) for sentence in half + own)
    expected = 1000 * sum(len(sentence.split()) for sentence in half) / words
    assert abs(link.shared - expected) < 60
    assert link.shared >= LEAST_SHARED
    assert "of the" in link.grounds[0]


def test_the_earlier_one_is_told_only_by_two_different_days():
    text = " ".join(Prose(4).text())
    pairs = {
        ("2031-05-01", "2031-05-02"): "x-a",
        ("2031-05-03", "2031-05-02"): "x-b",
        ("2031-05-02", "2031-05-02"): "",
        ("", "2031-05-02"): "",
    }
    for (left, right), earlier in pairs.items():
        (link,) = find_copies(
            [document(text, exhibit="x-a", published=left), document(text, exhibit="x-b", published=right)]
        )
        assert (link.earlier, link.shared) == (earlier, 1000)


def test_furniture_titles_and_greetings_are_no_copy():
    text = " ".join(Prose(5).text())
    titles = [document(text, exhibit=name, role=PassageRole.FURNITURE) for name in ("x-a", "x-b")]
    assert find_copies(titles) == ()
    greeting = "Dear colleague, thank you for your letter of last week, we will answer it soon."
    prose = Prose(6)
    letters = [document(greeting + " " + " ".join(prose.text()), exhibit=name) for name in ("x-a", "x-b")]
    assert find_copies(letters) == ()


def test_two_texts_of_one_exhibit_are_no_copies_of_each_other():
    sentences = Prose(7).text()
    one = document(" ".join(sentences), exhibit="x-a")
    two = document(" ".join(sentences[:-1]), exhibit="x-a")
    assert find_copies([one, two]) == ()


def test_long_quotations_are_named_in_the_grounds():
    prose = Prose(8)
    quote = "“Nobody on the pier asked for the names, and nobody in the office wrote down who had gone ashore.”"
    shared = prose.text(200, 220)
    made = [" ".join([*shared, quote, *prose.text(20, 40)]) for _ in range(2)]
    (link,) = find_copies([document(text, exhibit=f"x-{n}") for n, text in enumerate(made)])
    assert "shares 1 quotation word for word" in link.grounds


def test_chinese_texts_are_compared_character_by_character():
    rng = random.Random(9)
    signs = [chr(code) for code in range(0x4E00, 0x4E00 + 900)]
    text = "".join(rng.choices(signs, k=240))
    other = "".join(rng.choices(signs, k=240))
    links = find_copies(
        [document(text, exhibit="x-a"), document(text[40:] + other[:60], exhibit="x-b"), document(other, exhibit="x-c")]
    )
    assert ("x-a", "x-b") in {(link.left, link.right) for link in links}
    assert ("x-a", "x-c") not in {(link.left, link.right) for link in links}


def test_a_crowd_of_reprints_is_linked_to_its_first():
    text = " ".join(Prose(10).text(150, 160))
    documents = [document(f"{text} No {n}.", exhibit=f"x-{n:03}", published=f"2031-05-{n + 1:02}") for n in range(28)]
    links = find_copies(documents)
    assert {link.right for link in links if link.left == "x-000"} == {f"x-{n:03}" for n in range(1, 28)}
    assert len(links) < 28 * 27 // 2


@settings(max_examples=20, deadline=None)
@given(order=st.permutations(list(range(8))))
def test_the_order_of_input_never_shows(order):
    prose = Prose(11)
    texts = [prose.text(60, 120) for _ in range(5)]
    texts += [prose.kept(texts[0], 0.8), prose.kept(texts[1], 0.5), texts[2]]
    documents = [
        document(" ".join(text), exhibit=f"x-{n}", published=f"2031-05-0{n + 1}") for n, text in enumerate(texts)
    ]
    assert find_copies([documents[n] for n in order]) == find_copies(documents)
