"""What a worker does: one task in, records and blobs out.

- Every step reads objects of the case and gives new ones; it writes nothing.
- The rooms are imported when a step needs them, so that a worker carries only what it uses.

Example::

    done = perform("/cases/harbour", task)
"""

import functools
from collections.abc import Callable, Iterable
from pathlib import Path

from quoth.case import spoken
from quoth.case.documents import DeclaredHead, documents_of
from quoth.case.tasks import Done, Task
from quoth.case.whole import Whole
from quoth.custody.store import Store
from quoth.errors import CaseError
from quoth.record import wire
from quoth.record.call import Call
from quoth.record.call_record import CallRecord
from quoth.record.document import Document
from quoth.record.event import Dating, StatementTime
from quoth.record.finding import CopyLink
from quoth.record.hypothesis import Gap
from quoth.record.kinds import Record
from quoth.record.party import Mention, Party
from quoth.record.request import Request
from quoth.record.statement import AttributionChain, Statement
from quoth.terms.digest import Digest

__all__ = ["documents_for", "perform"]


@functools.lru_cache(maxsize=4)
def _store(root: str) -> Store:
    return Store.open(Path(root))


@functools.lru_cache(maxsize=4096)
def _records(root: str, digest: Digest) -> tuple[Record, ...]:
    return tuple(wire.from_lines(_store(root).read_object(digest)))


def perform(root: str, task: Task) -> Done:
    """Do ``task`` in the case at ``root``; raises :class:`CaseError` for a step it does not know."""
    step = _STEPS.get(task.step)
    if step is None:
        raise CaseError(f"unknown step: {task.step}", hint="was the case made by a newer version?")
    return step(root, task)


def _made(task: Task, records: Iterable[Record], *, told: tuple[str, ...] = ()) -> Done:
    return Done(task=task, records=wire.to_lines(records), told=told)


def _read(root: str, task: Task) -> Done:
    from quoth.case.fence import fenced_read
    from quoth.read.readers import ReadRequest

    path = _store(root).object_path(task.inputs[0])
    request = ReadRequest(
        exhibit=task.scope,
        digest=task.inputs[0],
        size=path.stat().st_size,
        kind=task.setting("kind"),
        name=task.setting("suffix"),
        language=task.setting("language"),
    )
    readout = fenced_read(path, request)
    return Done(
        task=task,
        records=wire.to_lines(readout.records),
        blobs=tuple(blob.data for blob in readout.blobs),
    )


def documents_for(root: str, task: Task, digest: Digest) -> tuple[Document, ...]:
    """The documents in the records object ``digest``, with what the task says a person declared of them."""
    return documents_of(
        task.scope,
        _records(root, digest),
        text_of=lambda content: _store(root).read_object(content).decode(),
        declared=DeclaredHead(outlet=task.setting("outlet"), published=task.setting("published")),
    )


def _attribute(root: str, task: Task) -> Done:
    from quoth.attribute.engine import attribute
    from quoth.case.finding import finding_of, opened_by

    made: list[Record] = []
    told: list[str] = []
    opened = opened_by(task)
    for document in documents_for(root, task, task.inputs[0]):
        found = attribute(document, by=opened.by)
        checked, lines = finding_of(opened, document)
        made += [*found.statements, *found.chains, found.voice, *found.cited, *checked]
        told += lines
    return _made(task, made, told=tuple(told))


def _resolve(root: str, task: Task) -> Done:
    from quoth.resolve.texts import resolve, statement_times

    statements = [one for one in _records(root, task.inputs[1]) if isinstance(one, Statement)]
    made: list[Record] = []
    for document in documents_for(root, task, task.inputs[0]):
        inside = tuple(one for one in statements if one.rendition == document.content)
        found = resolve(document, inside)
        made += [*found.mentions, *found.datings, *found.events, *found.positions, *found.occupancies]
        made += [
            StatementTime(statement=name, rendition=document.content, when=when)
            for name, when in sorted(statement_times(document, inside, found.datings).items())
        ]
    return _made(task, made)


def _whole(root: str, task: Task) -> Whole:
    return Whole(
        groups=tuple(_records(root, digest) for digest in task.inputs),
        spoken=spoken.replay_at(root, Digest(task.setting("as_of"))),
        text_of=lambda content: _store(root).read_object(content).decode(),
    )


def _recordings(root: str, task: Task) -> Done:
    from quoth.case.recordings import calls_of

    return _made(task, calls_of(_whole(root, task)))


def _group(root: str, task: Task) -> Done:
    from quoth.resolve.names import group

    whole = _whole(root, task)
    return _made(task, group(whole.documents(), whole.of(Mention), whole.of(Statement)))


def _verify(root: str, task: Task) -> Done:
    from quoth.verify.checks import VerifyView, verify

    whole = _whole(root, task)
    found = verify(
        VerifyView(
            exhibits=whole.exhibits(),
            documents=whole.documents(),
            calls=whole.of(Call),
            call_records=whole.of(CallRecord),
        )
    )
    return _made(task, [*found.copies, *found.matches, *found.findings])


def _weigh(root: str, task: Task) -> Done:
    from quoth.weigh.balance import WeighView, weigh

    whole = _whole(root, task)
    found = weigh(
        WeighView(
            exhibits=whole.exhibits(),
            documents=whole.documents(),
            statements=whole.of(Statement),
            chains=whole.of(AttributionChain),
            mentions=whole.of(Mention),
            parties=whole.of(Party),
            copies=whole.of(CopyLink),
            calls=whole.of(Call),
            gaps=whole.of(Gap),
            requests=whole.of(Request),
            datings=whole.of(Dating),
        )
    )
    return _made(task, [*found.claims, *found.gaps, *found.questions, *found.assessments, *found.requests])


_STEPS: dict[str, Callable[[str, Task], Done]] = {
    "read": _read,
    "attribute": _attribute,
    "resolve": _resolve,
    "recordings": _recordings,
    "group": _group,
    "verify": _verify,
    "weigh": _weigh,
}
