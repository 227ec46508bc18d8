"""What each layer is worth on the development split, as a table.

python training/ablations.py
"""

import dataclasses
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "tests" / "quality"), str(HERE)]

import figures  # noqa: E402
from corpora import is_real, read_split  # noqa: E402

from quoth.attribute import engine, merge  # noqa: E402
from quoth.attribute.decode import Knobs  # noqa: E402
from quoth.attribute.tagged import TaggerFinder  # noqa: E402
from quoth.attribute.tagger import load  # noqa: E402


@dataclasses.dataclass(frozen=True)
class Unhinted:
    """The finder, told nothing by the rules."""

    inner: TaggerFinder
    tool = "unhinted"
    version = "0"

    def find(self, text, paragraphs, ruled):  # noqa: ARG002  told, and not listened to
        return self.inner.find(text, paragraphs, [])


def main() -> int:
    """Prints the table."""
    whole = TaggerFinder(tagger=load())
    plain = dataclasses.replace(
        whole.tagger, knobs=Knobs(content_change=0.0, other_change=0.0, loose_change=0.0, whole_quote=2.0, least=0.0)
    )
    every = dataclasses.replace(whole.tagger, least=0)
    fills = merge._FILLS
    texts = read_split("dev")
    sets = [{k: m for k, m in texts.items() if is_real(k) == real} for real in (False, True)]
    rows = [
        ("rules alone", None, fills),
        ("tagger without hints, no rules beside it", Unhinted(whole), frozenset()),
        ("tagger with hints, no rules beside it", whole, frozenset()),
        ("… decoded word by word, without costs or whole quotations", TaggerFinder(tagger=plain), frozenset()),
        ("… without the least confidence", TaggerFinder(tagger=every), frozenset()),
        ("tagger with hints, and the rules that fill (as it ships)", whole, fills),
    ]
    print("| layers | written texts | found texts |\n| --- | --- | --- |")
    for name, finder, allowed in rows:
        merge._FILLS = allowed
        scores = [
            figures.figures(part, lambda text, by=finder: list(engine.attribute_text(text, by=by).statements)).f1(
                "who+what"
            )
            for part in sets
        ]
        print(f"| {name} | " + " | ".join(f"{score:.1f}" for score in scores) + " |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
