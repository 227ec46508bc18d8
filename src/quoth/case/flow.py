"""The order of the steps: the only file that knows it.

- read, attribute and resolve work on one exhibit; recordings, group, verify and weigh on the case.
- A task whose key stands in the log is not done again; one that comes back after another is named anew.
- Attachments found by reading become exhibits and are read in turn.

Example::

    Flow(book, runner).build()
"""

import dataclasses
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Protocol

from quoth.case.casebook import Casebook, StepOutput
from quoth.case.clock import now
from quoth.case.documents import declared_of
from quoth.case.finding import Choice, kept, stays, usual
from quoth.case.jobs import Jobs
from quoth.case.spoken import Spoken
from quoth.case.tasks import Done, Failed, Task, settings_of
from quoth.case.versions import VERSIONS
from quoth.collect.exhibits import held_exhibit
from quoth.collect.kinds import kind_by_name
from quoth.custody.store import EntryDraft
from quoth.record import wire
from quoth.record.custody import Action, ObjectRef
from quoth.record.exhibit import Exhibit, ExhibitStatus, Provenance
from quoth.record.rendition import Derivation, Part, Setting
from quoth.terms.digest import Digest

__all__ = ["STEPS", "Flow", "Report", "Runner"]

STEPS = ("read", "attribute", "resolve", "recordings", "group", "verify", "weigh")
"""All steps in their order."""

WORKER = "quoth.case.work:perform"
_TIMED = frozenset({".srt", ".vtt", ".json"})
_TONGUE = re.compile(r"\.[a-z]{2,3}(-[A-Za-z]{2,8})?")
"""A language before the ending of a transcript; ``.Reed`` in ``call.Reed.vtt`` is none."""

_AFTER = "after"
"""Setting of a task that was done before: the key whose place it takes."""

BATCH = 64
"""Tasks whose outputs share one forcing of the disk."""


ENTRIES = 256
"""Parts that share one forcing of the disk."""


class Runner(Protocol):
    """Whoever maps tasks over workers: an engine."""

    def run(self, worker: str, root: str, tasks: Sequence[Task]) -> Iterator[tuple[Task, Done | str]]:
        """Each task with what it gave, or the reason why it failed, in any order."""
        ...


@dataclasses.dataclass(kw_only=True)
class Report:
    """How many tasks of each step were done now, were done before, what failed, and what people should know."""

    done: dict[str, int] = dataclasses.field(default_factory=dict)
    before: dict[str, int] = dataclasses.field(default_factory=dict)
    failed: list[Failed] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)

    @property
    def anything_done(self) -> bool:
        """Whether any task had to be done."""
        return any(self.done.values())


class Flow:
    """Runs the steps of one case with a runner; ``progress(step, done, all)`` is told how far it is.

    ``choice`` is the finder of statements that somebody named; without it what one named before stays.
    """

    def __init__(
        self,
        book: Casebook,
        runner: Runner,
        *,
        by: str = "desk",
        progress: Callable[[str, int, int], None] = lambda _step, _done, _all: None,
        choice: Choice | None = None,
    ) -> None:
        self._book = book
        self._choice = choice or usual()
        self._runner = runner
        self._by = by
        self._progress = progress
        self._jobs = Jobs()
        self._superseded = 0
        self.report = Report()

    def build(self, until: str = "weigh") -> Report:
        """Do every step up to and including ``until``, in order."""
        for step in STEPS[: STEPS.index(until) + 1]:
            self._step(step)
        return self.report

    def planned(self, step: str) -> list[Task]:
        """The tasks of ``step`` (attribute or resolve) that would be done now."""
        return self._todo(self._on_exhibits(step))

    def _step(self, step: str) -> None:
        if step == "read":
            while self._run(step, self._reading()) and self._take_parts():
                continue
        elif step in ("attribute", "resolve"):
            self._run(step, self._on_exhibits(step))
        else:
            self._run(step, [self._on_case(step)])

    def _reading(self) -> list[Task]:
        tasks = []
        for exhibit in self._held():
            suffix = _suffix(exhibit)
            tasks.append(
                self._task(
                    "read",
                    exhibit.id,
                    inputs=(exhibit.digest,) if exhibit.digest else (),
                    kind=exhibit.kind,
                    suffix=suffix,
                )
            )
        return tasks

    def _held(self) -> list[Exhibit]:
        exhibits = self._book.spoken().exhibits
        return [exhibits[key] for key in sorted(exhibits) if exhibits[key].status is ExhibitStatus.HELD]

    def _on_exhibits(self, step: str) -> list[Task]:
        outputs = self._book.outputs()
        exhibits = self._book.spoken().exhibits
        needs = ("read",) if step == "attribute" else ("read", "attribute")
        tasks = []
        for key in sorted(exhibits):
            inputs = [outputs[need, key].records for need in needs if (need, key) in outputs]
            if len(inputs) == len(needs):
                declared = declared_of(exhibits[key])
                named = self._choice.settings() if step == "attribute" else {}
                task = self._task(
                    step, key, inputs=tuple(inputs), outlet=declared.outlet, published=declared.published, **named
                )
                found = self._found(task, exhibits[key], outputs.get((step, key)))
                tasks.append(found if step == "attribute" else task)
        return tasks

    def _found(self, task: Task, exhibit: Exhibit, before: StepOutput | None) -> Task:
        """``task`` with what only its worker gets; with the finder of ``before`` where that one stays."""
        task = dataclasses.replace(task, aside=self._choice.aside_for(exhibit))
        if before is None or before.key == task.key or not self._choice.usual:
            return task
        was = self._settings(before)
        if not stays(was, self._choice):
            return task
        old = kept(task, was)
        if self._anew(old, before).key == before.key:
            return old
        self._superseded += 1
        return task

    def _on_case(self, step: str) -> Task:
        outputs = self._book.outputs()
        spoken = self._book.spoken()
        before = STEPS[: STEPS.index(step)]
        inputs = tuple(
            outputs[place].records
            for place in sorted(outputs, key=lambda one: (STEPS.index(one[0]), one[1]))
            if place[0] in before and _current(place, spoken)
        )
        return self._task(step, "case", inputs=inputs, as_of=spoken.as_of)

    def _task(self, step: str, scope: str, *, inputs: tuple[Digest, ...], **settings: str) -> Task:
        tool, version = VERSIONS[step]
        return Task(
            step=step,
            scope=scope,
            tool=tool,
            version=version,
            inputs=inputs,
            settings=settings_of(**settings),
        )

    def _run(self, step: str, tasks: Sequence[Task]) -> bool:
        """Do the tasks that are not done yet; true when anything new was read."""
        todo = self._todo(tasks)
        self._note(step, todo)
        self.report.before.setdefault(step, len(tasks) - len(todo))
        self._jobs.plan(todo)
        staged: list[Task] = []
        outcomes = self._runner.run(WORKER, str(self._book.root), todo) if todo else ()
        for count, (task, outcome) in enumerate(outcomes, start=1):
            if isinstance(outcome, Done):
                self._stage(outcome)
                staged.append(task)
                self.report.notes += [f"{task.scope}: {line}" for line in outcome.told]
                self.report.done[step] = self.report.done.get(step, 0) + 1
            else:
                failure = Failed(task=task, reason=outcome)
                self.report.failed.append(failure)
                self._jobs.failed(failure)
            if len(staged) >= BATCH:
                self._commit(staged)
            self._progress(step, count, len(todo))
        self._commit(staged)
        return bool(todo)

    def _todo(self, tasks: Sequence[Task]) -> list[Task]:
        known = self._book.store.keys()
        latest = self._book.outputs()
        named = [self._anew(one, latest.get((one.step, one.scope))) for one in tasks]
        return [one for one in named if one.key not in known or not self._stands(latest, one)]

    def _note(self, step: str, todo: Sequence[Task]) -> None:
        """What people should know before the statements are found."""
        if step == "attribute" and todo and self._choice.notice:
            self.report.notes.append(self._choice.notice)
        if step == "attribute" and self._superseded:
            count, name = self._superseded, self._choice.name
            self.report.notes.append(
                f"{count} texts are new or read anew since another finder was named: {name} works on them now; "
                "name the other one again with quoth attribute --by"
            )
            self._superseded = 0

    def _settings(self, output: StepOutput) -> tuple[Setting, ...]:
        """The settings of the derivation that gave ``output``; none where it is lost."""
        if not self._book.store.has(output.derivation):
            return ()
        record = wire.from_bytes(self._book.store.read_object(output.derivation))
        return record.settings if isinstance(record, Derivation) else ()

    def _anew(self, task: Task, before: StepOutput | None) -> Task:
        """``task`` under a name that the log takes: a key that stands there once is not entered again.

        So one that was done before, but whose place another took since, says after which it comes.
        """
        known = self._book.store.keys()
        if before is None:
            return self._once_more(task)
        if before.key == task.key or task.key not in known:
            return task
        was = next((one.value for one in self._settings(before) if one.name == _AFTER), "")
        for after in (was, str(before.key)):
            settings = sorted((*task.settings, Setting(name=_AFTER, value=after)), key=lambda one: one.name)
            made = dataclasses.replace(task, settings=tuple(settings))
            if made.key == before.key:
                break
        return made

    def _once_more(self, task: Task) -> Task:
        """``task`` under a name of its own where what it gave was sealed or erased."""
        known, gone = self._book.store.keys(), self._book.store.gone()
        plain = task.settings
        while task.key in known and any(one.digest in gone for one in known[task.key].objects):
            settings = sorted((*plain, Setting(name=_AFTER, value=str(task.key))), key=lambda one: one.name)
            task = dataclasses.replace(task, settings=tuple(settings))
        return task

    def _stands(self, latest: dict[tuple[str, str], StepOutput], task: Task) -> bool:
        """Whether the task's output is the latest of its step and scope, and here; what is lost is made anew."""
        output = latest.get((task.step, task.scope))
        return output is not None and output.key == task.key and self._book.store.has(output.records)

    def _stage(self, done: Done) -> None:
        put = self._book.store.put
        blobs = tuple(put(blob) for blob in done.blobs)
        records = put(done.records)
        outputs = tuple(ref.digest for ref in blobs if ref.digest)
        if records.digest is None:
            return
        derivation = put(wire.to_bytes(done.task.derivation(records.digest, outputs)))
        self._book.store.stage(
            EntryDraft(
                action=Action.DERIVED,
                objects=(derivation, records, *blobs),
                key=done.task.key,
                note=f"{done.task.step} {done.task.scope}",
                needs=done.task.inputs,
            )
        )

    def _commit(self, staged: list[Task]) -> None:
        self._book.store.commit(by=self._by, at=now())
        self._jobs.done(staged)
        staged.clear()

    def _take_parts(self) -> bool:
        """Parts found by reading become exhibits of their own; true when there was a new one."""
        with self._book.alone():
            return self._take_new_parts()

    def _take_new_parts(self) -> bool:
        spoken = self._book.spoken()
        store = self._book.store
        new, gone = 0, store.gone()
        for (step, scope), output in sorted(self._book.outputs().items()):
            if step != "read" or scope not in spoken.exhibits:
                continue
            if not store.has(output.records):
                continue  # its reading failed just now; the report says so
            for record in wire.from_lines(store.read_object(output.records)):
                if isinstance(record, Part) and record.content not in gone:
                    new += self._take_part(spoken, spoken.exhibits[scope], record)
                    if store.staged_count >= ENTRIES:
                        store.commit(by=self._by, at=now())
        store.commit(by=self._by, at=now())
        return new > 0

    def _take_part(self, spoken: Spoken, parent: Exhibit, part: Part) -> int:
        ref = ObjectRef(digest=part.content, size=part.size)
        provenance = Provenance(
            name_as_given=part.name or f"part {part.ordinal}",
            container=parent.title,
            received_at=now(),
        )
        exhibit = held_exhibit(
            ref, provenance, kind=part.media_type, kind_by_name=kind_by_name(part.name), parent=parent.id
        )
        known = spoken.exhibits.get(exhibit.id)
        if known and any(one.container == parent.title for one in known.provenances):
            return 0
        spoken.exhibits[exhibit.id] = exhibit
        self._book.store.stage(EntryDraft(action=Action.RECEIVED, objects=(ref,), secret=exhibit))
        return 1


def _suffix(exhibit: Exhibit) -> str:
    """The end of the first name where it tells a kind, such as ``.zh.vtt``: nothing else of a name goes on."""
    name = exhibit.provenances[0].name_as_given if exhibit.provenances else ""
    if not kind_by_name(name):
        return ""
    suffixes = PurePosixPath(name).suffixes
    last = suffixes[-1].lower() if suffixes else ""
    before = suffixes[-2] if len(suffixes) > 1 else ""
    return f"{before}{last}" if last in _TIMED and _TONGUE.fullmatch(before) else last


def _current(place: tuple[str, str], spoken: Spoken) -> bool:
    return place[1] == "case" or place[1] in spoken.exhibits
