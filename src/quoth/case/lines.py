"""The statement engine alone, on JSON lines.

- In: ``{"doc_id", "text"}`` a line. Out: ``{"doc_id", "statements"}`` a line, offsets in characters
  of ``text``, end exclusive, each part a list of ``[start, end]``.

Example::

    attribute_lines(Path("docs.jsonl"), Path("sys.jsonl"))
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from quoth.attribute.engine import attribute_text
from quoth.errors import CaseError
from quoth.record.statement import Polarity, Statement
from quoth.terms.anchor import Extract

__all__ = ["as_line", "attribute_lines"]


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


def _documents(path: Path) -> Iterator[tuple[str, str]]:
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


def attribute_lines(docs: Path, out: Path, *, progress: Callable[[int], None] = lambda _done: None) -> tuple[int, int]:
    """Find the statements of every document; gives the numbers of documents and statements."""
    documents = statements = 0
    beside = out.with_name(f".{out.name}-{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8") as target:
            for doc_id, text in _documents(docs):
                found = attribute_text(text, doc_id=doc_id).statements
                line = {"doc_id": doc_id, "statements": [as_line(one) for one in found]}
                target.write(json.dumps(line, ensure_ascii=False) + "\n")
                documents += 1
                statements += len(found)
                progress(documents)
        beside.replace(out)
    except OSError as err:
        raise CaseError(f"{out} cannot be written: {err.strerror}", hint="what stood there before is kept") from err
    finally:
        beside.unlink(missing_ok=True)
    return documents, statements
