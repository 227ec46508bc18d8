"""What verbs share on the screen: progress, JSON, tables, the case option.

- Progress appears on a terminal only, and only when a thing takes over a second.

Example::

    with Progress() as progress: progress("read", 3, 10)
"""

import argparse
import importlib.metadata
import json
import sys
import time
import types
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

from quoth.case.casebook import Casebook
from quoth.errors import CliError

__all__ = ["Progress", "ask", "engine", "open_case", "plain", "print_json", "print_table", "who"]

PATIENCE = 1.0
"""Seconds before progress is shown."""


class Progress:
    """A line that tells how far a step is; call it with step, done and all."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._shown = False
        self._quiet = quiet or not sys.stderr.isatty()
        self._since = time.monotonic()
        self._last = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        err: BaseException | None,
        trace: types.TracebackType | None,
    ) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def __call__(self, step: str, done: int, whole: int = 0) -> None:
        """Say that ``done`` of ``whole`` (0: unknown) are through."""
        moment = time.monotonic()
        if self._quiet or moment - self._since < PATIENCE or moment - self._last < 0.1:
            return
        self._last = moment
        self._shown = True
        share = f"{done} of {whole}" if whole else str(done)
        print(f"\r\x1b[K{step}: {share}", end="", file=sys.stderr, flush=True)


def open_case(path: str, *, projection: bool = True, current: bool = True) -> Casebook:
    """The case in the folder ``path``, its projection opened and (if ``current``) brought up to the log."""
    book = Casebook.open(Path(path))
    if projection:
        from quoth.case.projection.connect import open_database
        from quoth.case.projection.load import follow

        open_database(book.root)
        if current:
            follow(book.store)
    return book


def engine(name: str, workers: int | None) -> Any:
    """The engine of this name, found by its entry point."""
    found = importlib.metadata.entry_points(group="quoth.engines", name=name)
    if not found:
        known = sorted(importlib.metadata.entry_points(group="quoth.engines").names)
        raise CliError(f"no engine {name!r}", hint=f"there are: {', '.join(known)}")
    return next(iter(found)).load()(workers)


def who(options: argparse.Namespace) -> str:
    """Who acts, as the log will name them."""
    return options.by or "desk"


def ask(question: str, *, shown: Iterable[str], whole: Iterable[str]) -> bool:
    """Yes or no, asked on the terminal after ``shown``; "show" prints ``whole`` and asks again. An end is a no."""
    for line in shown:
        print(plain(line), file=sys.stderr)
    while True:
        print(f"{question} [yes/no/show] ", end="", file=sys.stderr, flush=True)
        answer = sys.stdin.readline()
        if answer.strip().lower() == "yes":
            return True
        if not answer or answer.strip().lower() in ("n", "no"):
            return False
        if answer.strip().lower() == "show":
            for text in whole:
                print("\n".join(plain(line) for line in text.split("\n")), file=sys.stderr)


def print_json(value: Any) -> None:
    """Values for machines, one document."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value, indent=1)
    print(text)


def print_table(rows: Iterable[Iterable[str]], *, gap: int = 2) -> None:
    """Rows in columns as wide as their widest cell, the last one as long as it is."""
    held = [[plain(cell) for cell in row] for row in rows]
    if not held:
        return
    widths = [max(len(row[place]) for row in held) for place in range(len(held[0]) - 1)]
    for row in held:
        cells = [cell.ljust(width + gap) for cell, width in zip(row, widths, strict=False)]
        print("".join(cells) + row[-1])


def plain(text: str) -> str:
    """Text from evidence without control or direction characters, so that it cannot move the cursor."""
    return "".join(one if one.isprintable() else " " for one in str(text))
