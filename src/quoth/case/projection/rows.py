"""Records as rows of the projection's tables.

Example::

    row_of(statement, step="attribute", scope="x-…", ordinal=3).save()
"""

from typing import Any

from quoth.case.projection import models
from quoth.record import wire
from quoth.record.event import Event
from quoth.record.exhibit import Exhibit
from quoth.record.kinds import Record
from quoth.record.party import Party
from quoth.record.statement import Statement
from quoth.terms.anchor import Extract

__all__ = ["row_of", "words"]


def words(extracts: tuple[Extract, ...]) -> str:
    """The words of a part that may stand in several pieces."""
    return " … ".join(one.exact for one in extracts)


def row_of(record: Record, *, step: str, scope: str, ordinal: int) -> models.Row:
    """The row for ``record``; kinds without a table of their own go to ``Item``."""
    shared: dict[str, Any] = {
        "step": step,
        "scope": scope,
        "ordinal": ordinal,
        "name": getattr(record, "id", ""),
        "record": wire.to_bytes(record).decode(),
    }
    if isinstance(record, Exhibit):
        return models.Exhibit(
            **shared,
            status=record.status.value,
            title=record.title,
            digest=record.digest or "",
            kind=record.kind,
            size=record.size,
            suggested=record.suggested,
        )
    if isinstance(record, Statement):
        return _statement(record, shared)
    if isinstance(record, Party):
        title = record.names[0].text if record.names else ""
        return models.Party(**shared, kind=record.kind.value, title=title, mentions=len(record.mentions))
    if isinstance(record, Event):
        return models.Event(
            **shared,
            earliest=record.when.earliest or "",
            latest=record.when.latest or "",
            title=record.title,
        )
    return models.Item(**shared, kind=wire.kind_of(type(record)))


def _statement(record: Statement, shared: dict[str, Any]) -> models.Statement:
    return models.Statement(
        **shared,
        start=min((one.start for one in (*record.source, *record.cue, *record.content)), default=0),
        act=record.act.value,
        polarity=record.polarity.value,
        form=record.form.value,
        source_type=record.source_type.value,
        source=words(record.source),
        within=record.within,
    )
