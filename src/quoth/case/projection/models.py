"""Tables of the projection: rows that can be made again.

- Every row carries its record as canonical JSON; the columns beside it serve queries.
- ``scope`` is the exhibit a step worked on, or ``case``; ``step`` is empty for what people entered.

Example::

    Statement.objects.filter(source_type="unnamed").order_by("scope", "start")
"""

from typing import ClassVar

from django.db import models

__all__ = ["Derived", "Entry", "Event", "Exhibit", "Item", "Job", "Mark", "Party", "Statement"]


class Mark(models.Model):
    """Where the projection stands: the log's size and head that it has followed."""

    name = models.CharField(max_length=32, primary_key=True)
    value = models.TextField()

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class Entry(models.Model):
    """One entry of the log."""

    seq = models.BigIntegerField(primary_key=True)
    action = models.CharField(max_length=32, db_index=True)
    at = models.CharField(max_length=32)
    by = models.TextField()
    note = models.TextField()
    record = models.TextField()

    def __str__(self) -> str:
        return f"{self.seq} {self.action}"


class Derived(models.Model):
    """The latest output of a step on a scope."""

    step = models.CharField(max_length=32)
    scope = models.CharField(max_length=64)
    key = models.CharField(max_length=80)
    seq = models.BigIntegerField()
    records = models.CharField(max_length=80)

    class Meta:
        """One latest output for each step and scope."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["step", "scope"], name="derived_once")]

    def __str__(self) -> str:
        return f"{self.step} {self.scope}"


class Row(models.Model):
    """What every record's row has."""

    step = models.CharField(max_length=32)
    scope = models.CharField(max_length=64)
    ordinal = models.IntegerField()
    name = models.CharField(max_length=64, db_index=True)
    record = models.TextField()

    class Meta:
        """Not a table itself."""

        abstract = True
        indexes: ClassVar = [models.Index(fields=["step", "scope"])]

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.name}"


class Exhibit(Row):
    """An exhibit, held or cited."""

    status = models.CharField(max_length=16)
    title = models.TextField()
    digest = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(max_length=128)
    size = models.BigIntegerField()
    suggested = models.BooleanField()


class Statement(Row):
    """A statement, with the columns that people ask for."""

    start = models.IntegerField()
    act = models.CharField(max_length=16, db_index=True)
    polarity = models.CharField(max_length=16)
    form = models.CharField(max_length=16)
    source_type = models.CharField(max_length=16, db_index=True)
    source = models.TextField()
    within = models.CharField(max_length=64)


class Party(Row):
    """A party and how often it is mentioned."""

    kind = models.CharField(max_length=16)
    title = models.TextField()
    mentions = models.IntegerField()


class Event(Row):
    """An event, sortable by its bounds; an open bound is empty."""

    earliest = models.CharField(max_length=10, db_index=True)
    latest = models.CharField(max_length=10)
    title = models.TextField()


class Item(Row):
    """A record of any other kind."""

    kind = models.CharField(max_length=32, db_index=True)


class Job(models.Model):
    """A task that was planned, and how far it came; what is done stands in the log."""

    key = models.CharField(max_length=80, primary_key=True)
    step = models.CharField(max_length=32)
    scope = models.CharField(max_length=64)
    state = models.CharField(max_length=16, db_index=True)
    attempts = models.IntegerField(default=0)
    reason = models.TextField(default="")

    def __str__(self) -> str:
        return f"{self.step} {self.scope}: {self.state}"
