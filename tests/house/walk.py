"""Runs the examples of docs/walk.md; ``python tests/house/walk.py`` writes their outputs anew."""

import contextlib
import doctest
import io
import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "walk.md"
BLOCK = re.compile(r"(?<=```python\n)(.*?)(?=```)", flags=re.DOTALL)


def replayed(text: str) -> str:
    """The page with the output of every example as it is today."""
    names: dict[str, object] = {}

    def block(match: re.Match[str]) -> str:
        lines = []
        for example in doctest.DocTestParser().get_examples(match[1]):
            heard = io.StringIO()
            with contextlib.redirect_stdout(heard):
                exec(compile(example.source, "walk.md", "single"), names)  # noqa: S102  # our own page
            first, *rest = example.source.rstrip("\n").split("\n")
            lines += [f">>> {first}", *(f"... {line}".rstrip() for line in rest), *heard.getvalue().splitlines()]
        return "\n".join(lines) + "\n"

    return BLOCK.sub(block, text)


if __name__ == "__main__":
    PAGE.write_text(replayed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
