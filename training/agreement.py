"""Agreement of the first markers with the second, blind one, as a table.

    python training/agreement.py

Spans of the second are scored against the first as if they were a system's; F1 is the same either way round.
"""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "quality"))

from corpora import CORPUS, is_real  # noqa: E402
from figures import Figures, count, items_marked, table  # noqa: E402

from quoth.attribute.marked import read_marked  # noqa: E402


def pairs() -> list[tuple[str, Figures, Figures]]:
    """For each text marked twice: its name, figures of outermost statements, figures of all."""
    found = []
    for path in sorted((CORPUS / "second").glob("*.txt")):
        folder, _, name = path.stem.partition("_")
        second = read_marked(path.read_text(encoding="utf-8"))
        first = read_marked((CORPUS / "en" / folder / f"{name}.txt").read_text(encoding="utf-8"))
        if second.text != first.text:
            raise SystemExit(f"{path.name} is not the text that was marked first")
        both = []
        for outermost in (True, False):
            result = Figures()
            count(result, items_marked(second, outermost=outermost), items_marked(first, outermost=outermost))
            both.append(result)
        found.append((f"{folder}/{name}", *both))
    return found


def main() -> int:
    """Prints the table."""
    rows = pairs()
    for title, kept in (
        ("all", rows),
        ("found texts", [row for row in rows if is_real(row[0])]),
        ("written texts", [row for row in rows if not is_real(row[0])]),
    ):
        for level, index in (("outermost", 1), ("all levels", 2)):
            whole = Figures()
            for row in kept:
                whole.counts.update(row[index].counts)
            print(f"{title}, {level}: {len(kept)} texts")
            print(table(whole, parts=title == "all" and index == 1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
