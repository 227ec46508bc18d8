"""Checks marked texts and counts their statements.

python training/check_corpus.py FOLDER_OR_FILE…          every span, act and type; counts a file
python training/check_corpus.py --plain FILE              the text without its marks
python training/check_corpus.py --same ORIGINAL MARKED    the marks change no character of the text
"""

import collections
import pathlib
import re
import sys

from quoth.attribute.marked import MarkedText, read_marked
from quoth.errors import QuothError

_WORD = re.compile(r"\w+")


def files_of(names: list[str]) -> list[pathlib.Path]:
    """The marked files that are named or lie in the named folders."""
    found = []
    for name in names:
        path = pathlib.Path(name)
        found += sorted(path.rglob("*.txt")) if path.is_dir() else [path]
    return found


def doubts(marked: MarkedText) -> list[str]:
    """What is allowed, but mostly a slip of the marker."""
    text, found = marked.text, []
    for item in marked.statements:
        words = text[slice(*item.content[0])]
        if not item.cue:
            found.append(f"statement {item.number} has no cue: {words[:50]!r}")
        elif not item.act:
            found.append(f"statement {item.number} has no act")
        if item.source and not item.type:
            found.append(f"statement {item.number}: its source has no type")
        if words.endswith((",", ".")) and not any(mark in words for mark in "“\"'‘«「"):
            found.append(f"statement {item.number}: content ends with its edge mark: {words[-30:]!r}")
        if any(
            text[s - 1 : s].isalnum() and text[s : s + 1].isalnum() for s, _ in item.content + item.cue + item.source
        ):
            found.append(f"statement {item.number}: a span begins inside a word")
    return found


def main(arguments: list[str]) -> int:
    """Exit status 1 when a file is not sound."""
    if arguments[:1] == ["--plain"]:
        sys.stdout.write(read_marked(pathlib.Path(arguments[1]).read_text(encoding="utf-8")).text + "\n")
        return 0
    if arguments[:1] == ["--same"]:
        return _same(pathlib.Path(arguments[1]), pathlib.Path(arguments[2]))
    total: collections.Counter[str] = collections.Counter()
    bad = 0
    for path in files_of(arguments):
        try:
            marked = read_marked(path.read_text(encoding="utf-8"))
        except QuothError as err:
            bad += 1
            print(f"{path}: {err}")
            continue
        outer = sum(item.within is None for item in marked.statements)
        words = len(_WORD.findall(marked.text))
        total.update(files=1, statements=len(marked.statements), outermost=outer, words=words)
        note = "" if outer * 45 > words else "  (few statements: were the quiet ones skipped?)"
        print(f"{path.name}: {words} words, {len(marked.statements)} statements, {outer} outermost{note}")
        for doubt in doubts(marked):
            print(f"    look again: {doubt}")
    print(", ".join(f"{count} {name}" for name, count in total.items()), f"; {bad} not sound")
    return int(bad > 0)


def _same(original: pathlib.Path, marked: pathlib.Path) -> int:
    first = [
        " ".join(line.split())
        for line in original.read_text(encoding="utf-8").split("\n")
        if line.strip() and not line.startswith("#")
    ]
    text = read_marked(marked.read_text(encoding="utf-8")).text
    second = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    for number, (one, other) in enumerate(zip(first, second, strict=False), start=1):
        if one != other:
            at = next(
                (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
            )
            print(
                f"paragraph {number} differs at {one[max(0, at - 20) : at + 30]!r} / {other[max(0, at - 20) : at + 30]!r}"
            )
            return 1
    if len(first) != len(second):
        print(f"{len(first)} paragraphs in the original, {len(second)} marked")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
