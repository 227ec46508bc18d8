"""The durable table of jobs: planned, running, done, failed.

- What is done stands in the log; the table keeps what was tried and why it failed.
- A job that was running when the machine stopped is planned again.

Example::

    jobs = Jobs()
    for task in jobs.plan(tasks): ...
"""

from collections.abc import Iterable, Sequence

from quoth.case.projection import models
from quoth.case.tasks import Failed, Task

__all__ = ["Jobs"]


class Jobs:
    """The table of jobs of the open projection."""

    def plan(self, tasks: Sequence[Task]) -> None:
        """Write down that ``tasks`` are to be done; running ones of an earlier life start over."""
        rows = [models.Job(key=task.key, step=task.step, scope=task.scope, state="planned") for task in tasks]
        models.Job.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
        keys = [row.key for row in rows]
        for place in range(0, len(keys), 500):
            models.Job.objects.filter(key__in=keys[place : place + 500]).exclude(state="done").update(state="planned")

    def done(self, tasks: Iterable[Task]) -> None:
        """Write down that ``tasks`` are done and in the log."""
        models.Job.objects.filter(key__in=[task.key for task in tasks]).update(state="done", reason="")

    def failed(self, failure: Failed) -> None:
        """Write down why a task could not be done."""
        models.Job.objects.filter(key=failure.task.key).update(state="failed", reason=failure.reason)

    def failures(self) -> list[tuple[str, str, str]]:
        """Step, scope and reason of every job that failed last time."""
        return list(
            models.Job.objects.filter(state="failed").order_by("step", "scope").values_list("step", "scope", "reason")
        )
