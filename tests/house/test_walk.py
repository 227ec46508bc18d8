"""The walk through the house is true today."""

from house.walk import BLOCK, PAGE, replayed


def test_every_example_of_the_walk_gives_what_the_page_says():
    text = PAGE.read_text(encoding="utf-8")
    assert len(BLOCK.findall(text)) >= 12
    assert replayed(text).splitlines() == text.splitlines(), "run: python tests/house/walk.py"
