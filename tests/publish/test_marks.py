"""Marks: the words stay the words, whatever nests or overlaps."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from publish.reading import read
from quoth.publish.lookup import reach
from quoth.publish.marks import Stretch, marked
from quoth.record.statement import Act, Form, SourceType, Statement
from quoth.terms.anchor import extract
from quoth.terms.digest import digest_of


def saying(text, name, *, source=(), cue=(), content=()):
    def parts(spans):
        return tuple(extract(text, start, end) for start, end in spans)

    return Statement(
        id=name,
        rendition=digest_of(text.encode("utf-8", "replace")),
        passage="",
        source=parts(source),
        cue=parts(cue),
        content=parts(content),
        act=Act.SAY,
        form=Form.DIRECT,
        source_type=SourceType.NONE,
        confidence=1,
        reason="r",
    )


def draw(text, statements, stretch=None, accepted=()):
    numbers = {one.id: place for place, one in enumerate(statements, start=1)}
    whole = stretch or Stretch(start=0, end=len(text), anchored=frozenset(numbers))
    return marked(text, whole, statements, numbers, here="exhibits/x.html", accepted=accepted)


def words(html):
    return read(re.sub(r'<a class="ref".*?</a>', "", f"<p>{html}</p>").encode()).text


def test_a_statement_is_a_mark_with_a_numbered_link():
    html = draw("She said no.", (saying("She said no.", "s-1", source=((0, 3),), cue=((4, 8),), content=((9, 11),)),))
    assert html == (
        '<mark class="st" id="s-1"><span class="src">She</span> <span class="cue">said</span> no</mark>'
        '<a class="ref" href="../statements/s-1.html" aria-label="statement 1">1</a>.'
    )


def test_one_within_the_other_is_a_mark_within_a_mark():
    text = "A told us that B said no."
    outer = saying(text, "s-1", source=((0, 1),), cue=((2, 6),), content=((15, 24),))
    inner = saying(text, "s-2", source=((15, 16),), cue=((17, 21),), content=((22, 24),))
    html = draw(text, (outer, inner))
    assert re.search(r'<mark class="st" id="s-1">.*<mark class="st" id="s-2">.*</mark>.*</mark>', html)
    assert read(f"<p>{html}</p>".encode()).faults == []
    assert words(html) == text


def test_two_that_cross_are_closed_and_opened_again():
    text = "abcdefghij"
    html = draw(text, (saying(text, "s-1", content=((0, 6),)), saying(text, "s-2", content=((3, 9),))))
    assert html.count("<mark") == 3
    assert html.count('id="s-2"') == 1
    assert words(html) == text


def test_an_accepted_statement_looks_finished():
    assert '<mark class="ok"' in draw("no", (saying("no", "s-1", content=((0, 2),)),), accepted={"s-1"})


def test_a_stretch_that_ends_early_has_no_number_yet():
    html = draw("no and no", (saying("no and no", "s-1", content=((0, 9),)),), Stretch(start=0, end=4))
    assert "statement" not in html
    assert "id=" not in html
    assert words(html) == "no a"


def test_a_statement_that_marks_nothing_reaches_nowhere():
    assert reach(saying("no", "s-1")) is None
    assert draw("no", (saying("no", "s-1"),)) == "no"


span = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted).map(tuple)
kinds = st.fixed_dictionaries({kind: st.lists(span, max_size=2).map(tuple) for kind in ("source", "cue", "content")})


@settings(max_examples=50, deadline=None)
@given(
    text=st.text(alphabet="ab <>&\"'é水\u202eء\n", min_size=40, max_size=40),
    held=st.lists(kinds, max_size=5),
    cut=st.integers(0, 40),
)
def test_without_its_tags_the_text_is_the_text(text, held, cut):
    statements = tuple(saying(text, f"s-{place}", **one) for place, one in enumerate(held))
    shown = ""
    for start, end in ((0, cut), (cut, 40)):
        html = draw(text, statements, Stretch(start=start, end=end))
        assert read(f"<p>{html}</p>".encode()).faults == []
        shown += words(html)
    assert shown == text.replace("\u202e", "[U+202E]")
    whole = draw(text, statements)
    for one in statements:
        if reach(one):
            assert whole.count(f'id="{one.id}"') == 1
            assert whole.count(f"statements/{one.id}.html") == 1
