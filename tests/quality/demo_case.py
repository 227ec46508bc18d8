"""The demo case, built once by the real command, beside its answer key.

- Both sides are read as words: a span is the set of the places of its words in the key's text.
- Words that stand only in the system's text (furniture, headers) count as words of their own.
- Nothing here knows an identifier: exhibits are found by the names of their files.

Example::

    case = load(build(Path("/tmp/demo")))
    case.documents["wire-ministry"].of(statement.content)
"""

import dataclasses
import difflib
import fcntl
import functools
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from quoth.case.casebook import Casebook
from quoth.demo import demo_files, demo_key
from quoth.record import wire
from quoth.record.exhibit import Exhibit
from quoth.terms.anchor import Extract

Kind = TypeVar("Kind")
Words = frozenset[int]
_WORD = re.compile(r"\w+")
FAR = 1_000_000
"""Words that the key's text does not have are numbered from here."""


def quoth(*words: str) -> subprocess.CompletedProcess[str]:
    """Runs one verb in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "quoth.cli.main", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "QUOTH_SPEECH_MODEL": ""},
    )


def build(root: Path) -> Path:
    """The case under ``root``; whoever comes first builds it, the others wait for it."""
    case, said = root / "demo-case", root / "demo-build.json"
    root.mkdir(parents=True, exist_ok=True)
    with (root / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            done = quoth("build", str(demo_files()), "--case", str(case), "--json")
            said.write_text(json.dumps({"rc": done.returncode, "out": done.stdout, "err": done.stderr}), "utf-8")
    return case


def build_result(root: Path) -> dict[str, Any]:
    """What the build said: ``rc``, ``out``, ``err``."""
    said: dict[str, Any] = json.loads((root / "demo-build.json").read_text("utf-8"))
    return said


@functools.cache
def key(name: str) -> Any:
    """One file of the answer key."""
    text = (demo_key() / name).read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()] if name.endswith("l") else json.loads(text)


def words_in(text: str) -> list[str]:
    """The words of a text, without regard to case."""
    return [match.group().casefold() for match in _WORD.finditer(text)]


def dice(one: Iterable[Any], other: Iterable[Any]) -> float:
    """Twice the common part over both; 1 when both are empty."""
    left, right = frozenset(one), frozenset(other)
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 1.0


@dataclasses.dataclass(frozen=True)
class Paired:
    """A document of the key beside the text that was read from its file."""

    name: str
    exhibit: str
    text: str
    rendition: str
    place: dict[int, int]
    """Where each word of the system's text (by its first character) stands in the key's text."""
    starts: tuple[tuple[int, ...], ...]
    """For each block: its characters' word numbers, -1 between words."""

    def of(self, extracts: Iterable[Extract]) -> Words:
        """The words of the system's extracts, as places in the key's text."""
        return frozenset(
            self.place.get(match.start(), FAR + match.start())
            for one in extracts
            for match in _WORD.finditer(self.text, one.start, one.end)
        )

    def at(self, spans: Iterable[dict[str, Any]]) -> Words:
        """The words of the key's spans (``block``, ``start``, ``end``)."""
        return frozenset(
            number for one in spans for number in self.starts[one["block"]][one["start"] : one["end"]] if number >= 0
        )


@dataclasses.dataclass(frozen=True)
class DemoCase:
    """All records of the case that machines made, its exhibits, and the paired documents."""

    root: Path
    records: tuple[Any, ...]
    exhibits: dict[str, Exhibit]
    documents: dict[str, Paired]

    def every(self, kind: type[Kind]) -> list[Kind]:
        """The records of one kind."""
        return [one for one in self.records if isinstance(one, kind)]

    def file_of(self, exhibit: str) -> str:
        """The file's name as given, or nothing."""
        known = self.exhibits.get(exhibit)
        return known.provenances[0].name_as_given if known and known.provenances else ""


def records_of(case: Path) -> tuple[dict[tuple[str, str], tuple[Any, ...]], dict[str, Exhibit]]:
    """The latest records of every step and scope, and the exhibits, straight from the log and the objects."""
    with Casebook.open(case) as book:
        found = {
            place: tuple(wire.from_lines(book.store.read_object(output.records)))
            for place, output in book.outputs().items()
        }
        return found, dict(book.spoken().exhibits)


def load(case: Path) -> DemoCase:
    """Reads the case and pairs each document of the key with the text read from its file."""
    outputs, exhibits = records_of(case)
    by_file = {name.name_as_given: one.id for one in exhibits.values() for name in one.provenances}
    documents = {}
    with Casebook.open(case) as book:
        for doc_id, entry in key("paragraphs.json").items():
            exhibit = by_file[entry["file"]]
            statements = outputs["attribute", exhibit]
            passages = [one for one in outputs["read", exhibit] if type(one).__name__ == "Passage"]
            named = {one.rendition for one in statements if hasattr(one, "rendition")}
            named |= {one.anchor.target for one in passages}
            assert len(named) == 1, f"{entry['file']}: {len(named)} texts"
            rendition = named.pop()
            text = book.store.read_object(rendition).decode("utf-8")
            documents[doc_id] = _paired(doc_id, exhibit, text, rendition)
    records = tuple(record for place in sorted(outputs) for record in outputs[place])
    return DemoCase(root=case, records=records, exhibits=exhibits, documents=documents)


def _paired(doc_id: str, exhibit: str, text: str, rendition: str) -> Paired:
    blocks = [block["text"] for block in key("paragraphs.json")[doc_id]["blocks"]]
    theirs: list[str] = []
    starts = []
    for block in blocks:
        numbers = [-1] * len(block)
        for match in _WORD.finditer(block):
            numbers[match.start() : match.end()] = [len(theirs)] * len(match.group())
            theirs.append(match.group().casefold())
        starts.append(tuple(numbers))
    mine = list(_WORD.finditer(text))
    aligned = difflib.SequenceMatcher(None, [one.group().casefold() for one in mine], theirs, autojunk=False)
    place = {}
    for run in aligned.get_matching_blocks():
        for step in range(run.size):
            place[mine[run.a + step].start()] = run.b + step
    return Paired(name=doc_id, exhibit=exhibit, text=text, rendition=rendition, place=place, starts=tuple(starts))
