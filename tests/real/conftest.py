"""The two real articles: tests that run where ``QUOTH_REAL_INPUT`` names their folder.

- Without the variable nothing here is collected; with it, a missing folder or file is a failure.
- The articles are nobody's to copy: nothing of them stands here but names and single words.
"""

import dataclasses
import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quoth.case.casebook import Casebook
from quoth.record import wire

collect_ignore = [] if os.environ.get("QUOTH_REAL_INPUT") else ["test_articles.py"]
MARKS = {"source": "Gertz", "calls": "Gutmann"}
"""A name that only one of the two articles has."""


def quoth(*words):
    return subprocess.run([sys.executable, "-m", "quoth.cli.main", *words], capture_output=True, text=True, check=False)


@dataclasses.dataclass(frozen=True)
class Articles:
    """What the commands say of the case; ``exhibits`` names each article's exhibit."""

    case: Path
    exhibits: dict[str, str]
    statements: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    parties: list[dict[str, Any]]
    timeline: list[dict[str, Any]]
    records: tuple[tuple[str, Any], ...]

    def said(self, article, **wanted):
        """Statements of one article whose fields hold the wanted words, or equal them where no text."""
        return [
            row
            for row in self.statements
            if row["exhibit"] == self.exhibits[article]
            and all(
                value.casefold() in row[name].casefold() if value else not row[name] for name, value in wanted.items()
            )
        ]

    def every(self, kind, article=""):
        """Records by the name of their kind, of one article or of the whole case."""
        scope = self.exhibits.get(article, "")
        return [one for place, one in self.records if type(one).__name__ == kind and scope in ("", place)]


def _folder():
    folder = Path(os.environ["QUOTH_REAL_INPUT"])
    assert folder.is_dir(), f"QUOTH_REAL_INPUT names no folder: {folder}"
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt"))}
    for mark in MARKS.values():
        assert sum(mark in text for text in texts.values()) == 1, f"no article in {folder} names {mark}"
    return folder, {which: path.name for which, mark in MARKS.items() for path in texts if mark in texts[path]}


@pytest.fixture(scope="session")
def articles(tmp_path_factory):
    folder, names = _folder()
    base = tmp_path_factory.getbasetemp()
    root = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "real-articles"
    root.mkdir(exist_ok=True)
    case, done = root / "case", root / "built"
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            built = quoth("build", str(folder), "--case", str(case))
            assert built.returncode == 0, built.stdout + built.stderr
            done.touch()
    said = {verb: quoth(verb, str(case), "--json") for verb in ("statements", "exhibits", "parties", "timeline")}
    for verb, one in said.items():
        assert one.returncode == 0, f"{verb}: {one.stderr}"
    told = {verb: json.loads(one.stdout) for verb, one in said.items()}
    with Casebook.open(case) as book:
        records = tuple(
            (scope, record)
            for (_step, scope), output in sorted(book.outputs().items())
            for record in wire.from_lines(book.store.read_object(output.records))
        )
    return Articles(
        case=case,
        exhibits={
            which: next(row["id"] for row in told["exhibits"] if name in row["names"]) for which, name in names.items()
        },
        statements=told["statements"],
        rows=told["exhibits"],
        parties=told["parties"],
        timeline=told["timeline"],
        records=records,
    )


@pytest.fixture(scope="session")
def audit(articles):
    return quoth("audit", str(articles.case))
