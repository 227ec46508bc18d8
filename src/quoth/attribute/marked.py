"""Marked texts: the corpus format, read and checked.

- A mark is ``{role numbers words|text}``: ``{s1,2 named|She} {c1 say|said} {t1|no}``; marks nest, never cross.
- Roles: s source, c cue, t content, a addressee, m medium, w when, p where, h hedge, n anonymity, v evaluative words.
- Lines that begin with ``#`` are the header; one paragraph a line.
- A statement is nested in the smallest other whose content holds its cue (its content, where it has no cue).

Example::

    read_marked("{s1 named|She} {c1 say|said} {t1|no}.").text  ->  "She said no."
"""

import dataclasses
import itertools
import re
from typing import Any

from quoth.errors import AttributeRoomError
from quoth.record.statement import Act, SourceType

__all__ = ["MarkedStatement", "MarkedText", "Spans", "read_marked", "write_marked"]

Spans = tuple[tuple[int, int], ...]
"""Character offsets into the text without its marks, ends exclusive."""
_OPEN = re.compile(r"\{([sctamwphnv])(\d+(?:,\d+)*)?((?: [\w-]+)*)\|")
_TOKEN = re.compile(r"\{[^{}|\n]{0,40}\||\{|\}")
_PARTS = {
    "s": "source",
    "c": "cue",
    "t": "content",
    "a": "addressee",
    "m": "medium",
    "w": "when",
    "p": "place",
    "h": "hedges",
    "n": "anonymity",
}
_ACTS = frozenset(act.value for act in Act)
_TYPES = frozenset(kind.value for kind in SourceType)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MarkedStatement:
    """One statement of a marked text; ``act`` and ``type`` are empty where they are not marked."""

    number: int
    source: Spans = ()
    cue: Spans = ()
    content: Spans = ()
    addressee: Spans = ()
    medium: Spans = ()
    when: Spans = ()
    place: Spans = ()
    hedges: Spans = ()
    anonymity: Spans = ()
    act: str = ""
    type: str = ""
    negative: bool = False
    within: int | None = None
    """Number of the statement that this one stands in."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MarkedText:
    """A text without its marks, its statements in the order of their numbers, and evaluative words."""

    head: dict[str, str]
    text: str
    statements: tuple[MarkedStatement, ...]
    evaluative: Spans = ()


@dataclasses.dataclass(slots=True)
class _Mark:
    role: str
    numbers: tuple[int, ...]
    words: tuple[str, ...]
    start: int


def read_marked(marked: str) -> MarkedText:
    """Reads one marked text; raises :class:`AttributeRoomError` that names the place of the first fault."""
    lines = marked.replace("\r\n", "\n").split("\n")
    head = dict(_head(line) for line in lines if line.startswith("#") and ":" in line)
    body = "\n".join(line.strip() for line in lines if not line.startswith("#")).strip("\n")
    text, marks = _spans(body)
    parts: dict[int, dict[str, list[tuple[int, int]]]] = {}
    words: dict[int, dict[str, tuple[str, ...]]] = {}
    evaluative = []
    for mark, end in marks:
        if mark.role == "v":
            evaluative.append((mark.start, end))
            continue
        for number in mark.numbers:
            parts.setdefault(number, {}).setdefault(mark.role, []).append((mark.start, end))
            if mark.words:
                words.setdefault(number, {})[mark.role] = mark.words
    found = [_statement(text, number, parts[number], words.get(number, {})) for number in sorted(parts)]
    return MarkedText(
        head=head,
        text=text,
        statements=tuple(_nested(statement, found) for statement in found),
        evaluative=tuple(sorted(evaluative)),
    )


def _head(line: str) -> tuple[str, str]:
    key, _, value = line.lstrip("# ").partition(":")
    return key.strip(), value.strip()


def _spans(body: str) -> tuple[str, list[tuple[_Mark, int]]]:
    pieces: list[str] = []
    length = at = 0
    stack: list[_Mark] = []
    done: list[tuple[_Mark, int]] = []
    for token in _TOKEN.finditer(body):
        pieces.append(body[at : token.start()])
        length += token.start() - at
        at = token.end()
        if token[0] != "}":
            stack.append(_opened(token[0], length, "".join(pieces)[-50:]))
            continue
        if not stack:
            raise _fault("a } closes nothing", "".join(pieces)[-50:])
        mark = stack.pop()
        raw = "".join(pieces)[mark.start :]
        if not raw.strip() or "\n" in raw:
            raise _fault("a mark is empty or runs over the end of its paragraph", "".join(pieces)[-50:])
        lead = len(raw) - len(raw.lstrip())
        mark.start += lead
        done.append((mark, length - (len(raw) - len(raw.rstrip()))))
    pieces.append(body[at:])
    if stack:
        raise _fault("a mark is never closed", "".join(pieces)[stack[-1].start :][:50])
    return "".join(pieces), done


def _opened(token: str, length: int, before: str) -> _Mark:
    match = _OPEN.fullmatch(token)
    if match is None:
        raise _fault(f"{token!r} is no mark", before)
    role, numbers, words = match.groups()
    if (numbers is None) != (role == "v"):
        raise _fault(f"{token!r} needs a statement's number" if role != "v" else "v takes no number", before)
    return _Mark(
        role=role,
        numbers=tuple(map(int, numbers.split(","))) if numbers else (),
        words=tuple(words.split()),
        start=length,
    )


def _fault(what: str, near: str) -> AttributeRoomError:
    return AttributeRoomError(
        f"The marked text is not sound: {what}, near {near!r}.", hint="See training/guideline.md."
    )


def _statement(
    text: str, number: int, parts: dict[str, list[tuple[int, int]]], words: dict[str, tuple[str, ...]]
) -> MarkedStatement:
    place = text[max(0, min(span[0] for spans in parts.values() for span in spans) - 10) :][:60]
    if "t" not in parts or ("c" not in parts and "s" not in parts):
        raise _fault(f"statement {number} needs content, and a cue or a source", place)
    if len(parts.get("c", ())) > 1 or len(parts.get("s", ())) > 1:
        raise _fault(f"statement {number} has two cues or two sources", place)
    cue = words.get("c", ())
    act = next((word for word in cue if word != "-"), "")
    kind = next(iter(words.get("s", ())), "")
    if (act and act not in _ACTS) or (kind and kind not in _TYPES):
        raise _fault(f"statement {number}: unknown act or type {act!r} {kind!r}", place)
    content = sorted(parts["t"])
    if any(one[1] > other[0] for one, other in itertools.pairwise(content)):
        raise _fault(f"statement {number}: pieces of content overlap", place)
    if any(s < e and s < span[1] and span[0] < e for s, e in content for span in parts.get("c", ())):
        raise _fault(f"statement {number}: its cue lies in its content", place)
    fields: dict[str, Any] = {name: tuple(sorted(parts.get(role, ()))) for role, name in _PARTS.items()}
    return MarkedStatement(
        number=number,
        **fields,
        act=act,
        type=kind,
        negative="-" in cue,
    )


def _nested(statement: MarkedStatement, others: list[MarkedStatement]) -> MarkedStatement:
    start, end = (statement.cue or statement.content)[0]
    holders = [
        (sum(e - s for s, e in other.content), other.number)
        for other in others
        if other.number != statement.number
        and any(s <= start and end <= e for s, e in other.content)
        and (statement.cue or other.content != statement.content)
    ]
    return dataclasses.replace(statement, within=min(holders)[1]) if holders else statement


def _holdable(marked: MarkedText) -> None:
    lines = marked.text.split("\n")
    strange = next((line for line in lines if re.search(r"[{}\r]|^#", line) or line != line.strip()), None)
    if strange is not None or marked.text != marked.text.strip("\n"):
        raise _fault("the text cannot stand in a marked text", (strange or "")[:50])
    for key, value in marked.head.items():
        if re.search(r"[\r\n]", key + value) or ":" in key or key != key.strip("# ") or value != value.strip():
            raise _fault("the header cannot be written", key[:50])
    spans = [span for one in marked.statements for name in _PARTS.values() for span in getattr(one, name)]
    for start, end in (*spans, *marked.evaluative):
        words = marked.text[start:end]
        if not 0 <= start < end <= len(marked.text) or words != words.strip() or "\n" in words:
            raise _fault("a mark is empty, begins or ends with spaces, or runs over a line's end", words[:50])


def write_marked(marked: MarkedText) -> str:
    """The same text with its marks, so that :func:`read_marked` gives the same back.

    Raises :class:`AttributeRoomError` when spans cross, and for what the format cannot hold: braces, lines that begin
    with ``#`` or with spaces, marks that are empty, begin or end with spaces or run over a line's end.
    """
    _holdable(marked)
    letters = {name: role for role, name in _PARTS.items()}
    spans: dict[tuple[int, int, str, str], list[int]] = {}
    for statement in marked.statements:
        for name, role in letters.items():
            words = {
                "c": f" {statement.act}" * bool(statement.act) + " -" * statement.negative,
                "s": f" {statement.type}" * bool(statement.type),
            }
            for start, end in getattr(statement, name):
                spans.setdefault((start, end, role, words.get(role, "")), []).append(statement.number)
    for start, end in marked.evaluative:
        spans[start, end, "v", ""] = []
    # Outer first; of equal spans the content encloses what is nested in it.
    order = sorted(spans, key=lambda span: (span[0], -span[1], span[2] != "t", min(spans[span], default=0)))
    pieces: list[str] = []
    open_ends: list[int] = []
    at = 0

    def upto(place: int) -> None:
        nonlocal at
        while open_ends and open_ends[-1] <= place:
            end = open_ends.pop()
            pieces.append(marked.text[at:end] + "}")
            at = end
        pieces.append(marked.text[at:place])
        at = place

    for span in order:
        start, end, role, extra = span
        upto(start)
        if open_ends and end > open_ends[-1]:
            raise _fault("marks cross", marked.text[start:end][:50])
        pieces.append("{" + role + ",".join(map(str, spans[span])) + extra + "|")
        open_ends.append(end)
    upto(len(marked.text))
    header = "".join(f"# {key}: {value}\n" for key, value in marked.head.items())
    return header + "".join(pieces) + "\n"
