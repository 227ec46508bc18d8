"""Publishing: gather what is unsealed, clear it, write the pages.

- The draft takes from the projection; what a person rejected is left out, what was corrected is as corrected.
- Pages are written beside the target and then take its place in one move; a folder that is not
  one of our dossiers is never replaced.

Example::

    write_draft(book, Path("dossier"))
"""

import base64
import dataclasses
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol, TypeVar

from quoth.case import answers
from quoth.case.casebook import Casebook
from quoth.case.clock import now
from quoth.case.place import refuse_foreign, take_place
from quoth.errors import PublishError
from quoth.publish.dossier import pages
from quoth.record.assessment import Assessment
from quoth.record.call import Call, ResponseCode
from quoth.record.call_record import CallMatch, CallRecord
from quoth.record.claim import Claim
from quoth.record.custody import Decision, Verdict
from quoth.record.event import Dating, Event, StatementTime
from quoth.record.exhibit import Exhibit, ExhibitStatus
from quoth.record.finding import CopyLink, Finding
from quoth.record.hypothesis import Gap, Hypothesis, Question
from quoth.record.party import Mention, Party
from quoth.record.passage import Passage
from quoth.record.release import Release, ReleasedMedia, ReleasedRecords, ReleasedText
from quoth.record.rendition import Head, Rendition, RenditionKind
from quoth.record.request import Request
from quoth.record.statement import AttributionChain, EditorialVoice, Statement
from quoth.seal.clear import clear_draft

__all__ = ["Written", "draft", "write_draft"]

TEXTS = frozenset(
    {
        RenditionKind.TEXT,
        RenditionKind.OCR_TEXT,
        RenditionKind.TRANSCRIPT,
        RenditionKind.TRANSLATION,
        RenditionKind.METADATA,
    }
)
LARGEST_MEDIA = 20 * 2**20
"""Bytes of a recording that a draft still carries; a larger one is named, not carried."""

SUFFIXES = {
    "audio/ogg": "opus",
    "audio/wav": "wav",
    "audio/x-wav": "wav",
    "audio/mpeg": "mp3",
    "audio/flac": "flac",
    "audio/mp4": "m4a",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Where a dossier stands, how many pages and bytes it has."""

    path: Path
    pages: int
    size: int


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Kind = TypeVar("Kind", bound=_Named)


def _gather() -> ReleasedRecords:
    rejected = {about for about, one in answers.decisions().items() if one.verdict is Verdict.REJECT}
    mended = answers.corrected()
    times = {one.statement: one.when for one in answers.every(StatementTime)}
    statements = _once(
        dataclasses.replace(one, said=one.said or times.get(one.id))
        for one in (mended.get(one.id, one) for one in answers.every(Statement))
        if one.id not in rejected
    )
    kept = {one.id for one in statements}
    matches = answers.items(CallMatch)
    rows = {one.record for one in matches} | {one.runner_up for one in matches}
    positions, occupancies = answers.offices()
    return ReleasedRecords(
        exhibits=answers.items(Exhibit),
        heads=answers.items(Head),
        renditions=answers.items(Rendition),
        passages=_once(answers.every(Passage)),
        statements=statements,
        chains=tuple(answers.chained(one, mended) for one in answers.every(AttributionChain) if one.statement in kept),
        voices=answers.items(EditorialVoice),
        mentions=_once(answers.every(Mention)),
        parties=_once(one for one in answers.every(Party) if one.id not in rejected),
        positions=_once(positions),
        occupancies=_once(occupancies),
        datings=_once(answers.every(Dating)),
        events=_once(answers.every(Event)),
        calls=_once(answers.every(Call)),
        call_records=tuple(one for one in answers.every(CallRecord) if one.id in rows),
        call_matches=matches,
        response_codes=answers.items(ResponseCode),
        claims=_once(answers.every(Claim)),
        assessments=_once(answers.every(Assessment)),
        findings=_once(answers.every(Finding)),
        copies=answers.items(CopyLink),
        requests=_once(answers.every(Request)),
        hypotheses=_once(answers.every(Hypothesis)),
        questions=_once(answers.every(Question)),
        gaps=_once(answers.every(Gap)),
        decisions=answers.items(Decision),
    )


def _once(records: Iterable[Kind]) -> tuple[Kind, ...]:
    """Records with the same id once: one text in two exhibits gives the same records twice."""
    return tuple({one.id: one for one in records}.values())


def _texts(book: Casebook, records: ReleasedRecords) -> Iterator[ReleasedText]:
    seen = set()
    for rendition in records.renditions:
        if rendition.kind in TEXTS and rendition.content not in seen:
            seen.add(rendition.content)
            yield ReleasedText(content=rendition.content, text=book.store.read_object(rendition.content).decode())


def _media(book: Casebook, records: ReleasedRecords) -> Iterator[ReleasedMedia]:
    seen = set()
    for exhibit in records.exhibits:
        family = exhibit.kind.partition("/")[0]
        if (
            exhibit.status is ExhibitStatus.HELD
            and exhibit.digest
            and family == "audio"
            and exhibit.size <= LARGEST_MEDIA
        ):
            seen.add(exhibit.digest)
            yield ReleasedMedia(
                content=exhibit.digest,
                name=f"{exhibit.id}.{SUFFIXES.get(exhibit.kind, 'bin')}",
                media_type=exhibit.kind,
                base64=base64.b64encode(book.store.read_object(exhibit.digest)).decode(),
            )
    for rendition in records.renditions:
        if rendition.kind is RenditionKind.THUMBNAIL and rendition.content not in seen:
            seen.add(rendition.content)
            yield ReleasedMedia(
                content=rendition.content,
                name=f"{rendition.content[7:23]}.{SUFFIXES.get(rendition.media_type, 'bin')}",
                media_type=rendition.media_type,
                base64=base64.b64encode(book.store.read_object(rendition.content)).decode(),
            )


def draft(book: Casebook) -> Release:
    """A draft release of everything unsealed, as the log stands now."""
    records = _gather()
    return clear_draft(
        book.spoken().note,
        records,
        texts=_texts(book, records),
        media=_media(book, records),
        made_at=now(),
        log=book.store.head(),
    )


def write_draft(
    book: Casebook,
    target: Path,
    *,
    progress: Callable[[int], None] = lambda _count: None,
) -> Written:
    """Write the draft dossier to ``target``; raises :class:`PublishError` and leaves the old one."""
    refuse_foreign(book.root, target)
    release = draft(book)
    beside = target.parent / f".{target.name}-{secrets.token_hex(6)}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.mkdir()
    except OSError as err:
        raise PublishError(f"cannot write beside {target}: {err.strerror}", hint="nothing was changed") from err
    try:
        count, size = _write_pages(release, beside, progress)
        take_place(book.root, beside, target)
    except OSError as err:
        raise PublishError(
            f"the dossier could not be written: {err.strerror}", hint="the one before is untouched"
        ) from err
    finally:
        if beside.exists():
            shutil.rmtree(beside)
    return Written(path=target, pages=count, size=size)


def _write_pages(release: Release, folder: Path, progress: Callable[[int], None]) -> tuple[int, int]:
    count = size = 0
    for page in pages(release):
        path = folder / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.data)
        count += 1
        size += len(page.data)
        progress(count)
    return count, size
