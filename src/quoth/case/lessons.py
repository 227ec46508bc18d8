"""What people decided in a case, as marked texts to train on.

- Only texts with decided statements go out, of this case alone, and nothing that is sealed.
- A folder that holds anything is refused; a folder that cannot be finished is taken away again.
- File names are digests of what is marked: titles, names of files and of people stay in the case.

Example::

    write_lessons(book, Path("marked")).out  ->  {Judgement.ACCEPTED: 41, …}
"""

import dataclasses
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from quoth.attribute.decided import Judged, Judgement, Lesson, lesson_from
from quoth.attribute.marked import write_marked
from quoth.case import answers
from quoth.case.casebook import Casebook
from quoth.errors import CaseError
from quoth.record.custody import Decision, Verdict
from quoth.record.exhibit import Exhibit, ExhibitStatus
from quoth.record.passage import Passage
from quoth.record.rendition import Rendition, RenditionKind
from quoth.record.statement import Statement
from quoth.terms.digest import Digest

__all__ = ["Lessons", "write_lessons"]

_TEXTS = frozenset({RenditionKind.TEXT, RenditionKind.OCR_TEXT, RenditionKind.TRANSCRIPT, RenditionKind.TRANSLATION})
_KINDS = {Verdict.ACCEPT: Judgement.ACCEPTED, Verdict.REJECT: Judgement.REJECTED, Verdict.CORRECT: Judgement.CORRECTED}
_HINT = "nothing was written; give --out a folder that is new or empty"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """What went out: texts, paragraphs, decided statements by their kind; and what stayed, by why."""

    texts: int
    paragraphs: int
    out: Mapping[Judgement, int]
    open_beside: int
    unfit: int
    sealed: int
    gone: int
    """Decisions about statements that a newer reading of the text no longer suggests."""


def write_lessons(book: Casebook, out: Path, *, progress: Callable[[int], None] = lambda _done: None) -> Lessons:
    """Write a marked text for each text with decided statements into the folder ``out``; the projection is open.

    Raises :class:`CaseError` for a folder that is not empty or lies in the case, and when nothing can go out.
    """
    _refuse(book.root, out)
    judged, sealed, gone = _judged()
    made: list[Lesson] = []
    beside = out.parent / f".{out.name}-{secrets.token_hex(6)}"
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        beside.mkdir(mode=0o700)
        for lesson, digest in _lessons(book, judged):
            made.append(lesson)
            if lesson.marked is not None:
                name = digest.partition(":")[2][:16]
                (beside / f"{name}.txt").write_text(write_marked(lesson.marked), encoding="utf-8", newline="\n")
            progress(len(made))
        result = _counted(made, sealed, gone)
        if not result.texts:
            raise CaseError(
                f"nothing can go out: {_why(result)}",
                hint="decide every suggestion of some paragraphs first: quoth desk CASE",
            )
        beside.replace(out)
    except OSError as err:
        raise CaseError(f"{out} cannot be written: {err.strerror}", hint=_HINT) from err
    finally:
        if beside.exists():
            shutil.rmtree(beside)
    return result


def _refuse(case: Path, out: Path) -> None:
    if out.resolve().is_relative_to(case.resolve()):
        raise CaseError(f"{out} lies in the case", hint=_HINT)
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise CaseError(f"{out} is no folder", hint=_HINT)
    if out.is_dir() and list(out.iterdir()):
        raise CaseError(f"{out} is not empty", hint=_HINT)


def _sealed() -> frozenset[str]:
    """Exhibits whose bytes the case holds under a keyed hash only."""
    return frozenset(
        one.id for one in answers.every(Exhibit) if one.status is ExhibitStatus.HELD and one.digest is None
    )


def _judged() -> tuple[dict[Digest, list[Judged]], int, int]:
    """All suggestions about each unsealed text with a decided one; decisions about sealed texts; decisions gone."""
    decided = {
        about: one for about, one in answers.decisions().items() if about.startswith("s-") and one.verdict in _KINDS
    }
    hidden = _sealed()
    texts: dict[Digest, dict[str, Judged]] = {}
    shut: set[Digest] = set()
    for exhibit, statement in answers.suggested():
        texts.setdefault(statement.rendition, {})[statement.id] = _judge(statement, decided.get(statement.id))
        if exhibit in hidden:
            shut.add(statement.rendition)
    known = {name for held in texts.values() for name in held}
    sealed = sum(name in decided for text in shut for name in texts[text])
    open_texts = {
        text: list(held.values())
        for text, held in texts.items()
        if text not in shut and any(name in decided for name in held)
    }
    return open_texts, sealed, len(decided.keys() - known)


def _judge(statement: Statement, decision: Decision | None) -> Judged:
    if decision is None:
        return Judged(statement=statement, judgement=Judgement.OPEN)
    return Judged(statement=statement, judgement=_KINDS[decision.verdict], instead=decision.instead)


def _lessons(book: Casebook, judged: Mapping[Digest, list[Judged]]) -> Iterator[tuple[Lesson, Digest]]:
    kinds = {one.content: one for one in answers.every(Rendition) if one.kind in _TEXTS}
    paragraphs: dict[Digest, list[tuple[int, int]]] = {}
    for passage in answers.every(Passage):
        if passage.anchor.target in judged and passage.anchor.extract:
            held = passage.anchor.extract
            paragraphs.setdefault(passage.anchor.target, []).append((held.start, held.end))
    for digest in sorted(judged):
        if digest in kinds:
            text = book.store.read_object(digest).decode()
            head = {"register": "case", "writer": "desk", "text": digest}
            yield lesson_from(text, paragraphs.get(digest, []), judged[digest], head), digest


def _counted(made: list[Lesson], sealed: int, gone: int) -> Lessons:
    return Lessons(
        texts=sum(one.marked is not None for one in made),
        paragraphs=sum(one.paragraphs for one in made),
        out={kind: sum(one.out[kind] for one in made) for kind in _KINDS.values()},
        open_beside=sum(one.open_beside for one in made),
        unfit=sum(one.unfit for one in made),
        sealed=sealed,
        gone=gone,
    )


def _why(result: Lessons) -> str:
    reasons = [
        (result.open_beside, "stand beside suggestions that are still open"),
        (result.unfit, "cannot be marked in the format"),
        (result.sealed, "are sealed"),
        (result.gone, "are about suggestions that a newer reading no longer makes"),
    ]
    said = [f"{count} decided {words}" for count, words in reasons if count]
    return ", ".join(said) or "no statement of this case was accepted, corrected or rejected"
