"""The statement engine alone, on JSON lines.

- In: ``{"doc_id", "text"}`` a line. Out: ``{"doc_id", "statements"}`` a line, offsets in characters
  of ``text``, end exclusive, each part a list of ``[start, end]``.
- A text that the finder could not do has no statements and says why, as ``not_done``; the others stand.

Example::

    attribute_lines(Path("docs.jsonl"), Path("sys.jsonl"))
"""

import dataclasses
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from quoth.attribute.engine import attribute_text
from quoth.attribute.proposals import Refused
from quoth.case.finding import Choice, bare, opened_from, told, usual
from quoth.errors import AttributeRoomError, CaseError, SealError
from quoth.record.statement import Polarity, Statement
from quoth.terms.anchor import Extract

__all__ = ["LinesReport", "as_line", "attribute_lines", "documents_in"]

PATIENCE = 3
"""Texts in a row on which a finder may fail."""
_TIRED = f"not asked: the finder failed on the {PATIENCE} texts before"


def _spans(part: tuple[Extract, ...]) -> list[list[int]]:
    return [[one.start, one.end] for one in part]


def as_line(found: Statement) -> dict[str, Any]:
    """A statement in the shape that scorers read."""
    return {
        "id": found.id,
        "content": _spans(found.content),
        "cue": _spans(found.cue),
        "source": _spans(found.source),
        "addressee": _spans(found.addressee),
        "hedges": _spans(found.hedges),
        "medium": _spans(found.medium),
        "when": _spans(found.when),
        "where": _spans(found.where),
        "audience": _spans(found.audience),
        "anonymity": _spans(found.anonymity),
        "fidelity": [one.value for one in found.fidelity],
        "kind": found.form.value,
        "act": found.act.value,
        "polarity": found.polarity.value,
        "nested": bool(found.within),
        "negative": found.polarity is Polarity.NEGATIVE,
        "source_type": found.source_type.value,
        "within": found.within or None,
        "confidence": found.confidence / 1000,
        "reason": found.reason,
    }


def documents_in(path: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every document; raises :class:`CaseError` naming the line that is none."""
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    value = json.loads(line)
                    named, text = str(value["doc_id"]), str(value["text"])
                    f"{named}{text}".encode()  # half a surrogate pair is no text
                except (ValueError, KeyError, TypeError, RecursionError) as err:
                    raise CaseError(
                        f"{path}, line {number}: not a document: {err}",
                        hint='each line is {"doc_id": "...", "text": "..."}',
                    ) from err
                yield named, text
    except (OSError, UnicodeDecodeError) as err:
        raise CaseError(f"{path} cannot be read: {err}", hint="give a file of JSON lines in UTF-8") from err


@dataclasses.dataclass(kw_only=True)
class LinesReport:
    """How many documents and statements there were, what people should know, and what could not be done.

    ``written`` is false where nothing could be done: the file that stood there is as it was.
    """

    documents: int = 0
    statements: int = 0
    notes: list[str] = dataclasses.field(default_factory=list)
    failed: list[str] = dataclasses.field(default_factory=list)
    written: bool = False


def attribute_lines(
    docs: Path,
    out: Path,
    *,
    choice: Choice | None = None,
    progress: Callable[[int], None] = lambda _done: None,
) -> LinesReport:
    """Find the statements of every document with the chosen finder, or the usual one.

    A finder that fails on ``PATIENCE`` texts in a row is asked no more, and the texts after them are not done.
    """
    report = LinesReport()
    beside = out.with_name(f".{out.name}-{os.getpid()}")
    chosen = choice or usual()
    if chosen.notice:
        report.notes.append(chosen.notice)
    in_a_row = 0
    try:
        with beside.open("w", encoding="utf-8") as target:
            for doc_id, text in documents_in(docs):
                line = _line(doc_id, text, chosen) if in_a_row < PATIENCE else _undone(doc_id, _TIRED)
                in_a_row = in_a_row + 1 if "not_done" in line else 0
                target.write(json.dumps(line, ensure_ascii=False) + "\n")
                _count(report, line)
                progress(report.documents)
        if report.documents > len(report.failed) or not report.failed:
            beside.replace(out)
            report.written = True
    except OSError as err:
        raise CaseError(f"{out} cannot be written: {err.strerror}", hint="what stood there before is kept") from err
    finally:
        beside.unlink(missing_ok=True)
    return report


def _line(doc_id: str, text: str, choice: Choice) -> dict[str, Any]:
    """The line of one document: its statements, and what was refused of an outside engine's proposals."""
    opened = opened_from(choice, doc_id)
    try:
        found = attribute_text(text, doc_id=doc_id, by=opened.by).statements
    except (AttributeRoomError, SealError) as err:
        return _undone(doc_id, f"{err}; {err.hint}" if err.hint else str(err))
    line: dict[str, Any] = {"doc_id": doc_id, "statements": [as_line(one) for one in found]}
    outside = bare(opened)
    if outside is not None:
        line["refused"] = [{"words": one.words, "reason": one.reason} for one in outside.told()[1]]
    return line


def _undone(doc_id: str, why: str) -> dict[str, Any]:
    return {"doc_id": doc_id, "statements": [], "not_done": " ".join(why.split())}


def _count(report: LinesReport, line: dict[str, Any]) -> None:
    report.documents += 1
    report.statements += len(line["statements"])
    if "not_done" in line:
        report.failed.append(f"{line['doc_id']}: {line['not_done']}")
    refused = [Refused(words=one["words"], reason=one["reason"]) for one in line.get("refused", ())]
    report.notes += [f"{line['doc_id']}: {reason}" for reason in told(refused)]
