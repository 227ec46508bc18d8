"""The projection follows the log.

- Entries are taken in order; a later derivation of a step and scope replaces the earlier rows.
- The place reached is written in the same transaction as the rows.

Example::

    follow(store)    # takes what is new since the last time
"""

import itertools
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction

from quoth.case import spoken
from quoth.case.projection import models
from quoth.case.projection.connect import mapped
from quoth.case.projection.rows import row_of
from quoth.custody.store import Store
from quoth.record import wire
from quoth.record.custody import Action, CustodyEntry
from quoth.record.exhibit import Exhibit
from quoth.record.kinds import Record
from quoth.terms.digest import Digest, digest_of

__all__ = ["follow"]

TABLES = (models.Exhibit, models.Statement, models.Party, models.Event, models.Item)
_BATCH = 500


def follow(store: Store, *, progress: Callable[[int, int], None] = lambda _done, _all: None) -> int:
    """Take every entry since the last time into the tables; gives the number of entries taken."""
    with mapped():
        if _mark() == store.head():
            return 0
        # Writing begins before the mark is read: of two that follow, the second finds the first one's rows.
        with transaction.atomic():
            size, head = store.head()
            reached, known = _mark()
            if reached and (known != _head_at(store, reached, size) or _left_since(store, reached)):
                _clear()
                reached = 0
            if reached < size:
                _take(store, reached, size=size, progress=progress)
                _set_mark(size, head)
    return size - reached


def _left_since(store: Store, reached: int) -> bool:
    """Whether anything was sealed or erased after the entries read."""
    return any(one.action in (Action.SEALED, Action.ERASED) for one in store.entries(reached))


def _head_at(store: Store, reached: int, size: int) -> Digest | None:
    """The digest of the log's line before ``reached``; ``None`` when the log is shorter."""
    if reached > size:
        return None
    return next((digest_of(wire.to_bytes(one)) for one in store.entries(reached - 1)), None)


def _mark() -> tuple[int, str]:
    held = {one.name: one.value for one in models.Mark.objects.all()}
    return int(held.get("size", "0")), held.get("head", "")


def _set_mark(size: int, head: str) -> None:
    models.Mark.objects.update_or_create(name="size", defaults={"value": str(size)})
    models.Mark.objects.update_or_create(name="head", defaults={"value": head})


def _clear() -> None:
    for table in (*TABLES, models.Entry, models.Derived, models.Mark):
        table._base_manager.all().delete()


def _take(store: Store, reached: int, *, size: int, progress: Callable[[int, int], None]) -> None:
    """Entries from ``reached`` up to ``size``; of several derivations of one scope only the last is loaded."""
    derived: dict[tuple[str, str], CustodyEntry] = {}
    exhibits = {row.name: _exhibit(row.record) for row in models.Exhibit.objects.filter(step="")}
    touched: set[str] = set()
    entries: list[models.Entry] = []
    said: list[tuple[int, Record]] = []
    gone = store.gone()
    for entry in itertools.islice(store.entries(reached), size - reached):
        entries.append(_entry_row(entry))
        if entry.action is Action.DERIVED and len(entry.objects) >= 2:
            step, _, scope = entry.note.partition(" ")
            if entry.objects[1].digest not in gone:
                derived[step, scope] = entry
        elif entry.action in (Action.RECEIVED, Action.DECIDED, Action.SEALED) and not spoken.has_left(entry, gone):
            _hear(store, entry, exhibits=exhibits, touched=touched, said=said)
    models.Entry.objects.bulk_create(entries, batch_size=_BATCH)
    _write_spoken(exhibits, touched, said)
    for count, ((step, scope), entry) in enumerate(derived.items(), start=1):
        _write_derived(store, step, scope, entry=entry)
        progress(count, len(derived))


def _exhibit(text: str) -> Exhibit:
    record = wire.from_bytes(text.encode())
    if not isinstance(record, Exhibit):
        raise TypeError("the projection's exhibit row holds another record")
    return record


def _hear(
    store: Store,
    entry: CustodyEntry,
    *,
    exhibits: dict[str, Exhibit],
    touched: set[str],
    said: list[tuple[int, Record]],
) -> None:
    secret = spoken.secret_of(store, entry)
    rest = spoken.absorb(exhibits, entry, secret)
    if rest is not None:
        said.append((entry.seq, rest))
    elif entry.action is Action.SEALED and secret is None:
        return
    elif isinstance(secret, Exhibit):
        touched.add(secret.id)
    else:
        touched.update(exhibits)


def _write_spoken(exhibits: dict[str, Exhibit], touched: set[str], said: Iterable[tuple[int, Record]]) -> None:
    models.Exhibit.objects.filter(step="", name__in=touched).delete()
    _insert(row_of(exhibits[name], step="", scope=name, ordinal=0) for name in sorted(touched))
    for seq, record in said:
        row = row_of(record, step="", scope="case", ordinal=seq)
        before: Any = type(row)._base_manager.filter(step="", name=row.name, scope="case")
        if isinstance(row, models.Item):
            before = before.filter(kind=row.kind)
        before.delete()
        row.save(force_insert=True)


def _write_derived(store: Store, step: str, scope: str, *, entry: CustodyEntry) -> None:
    for table in TABLES:
        table.objects.filter(step=step, scope=scope).delete()
    records = entry.objects[1].digest
    if records is None or entry.key is None:
        return
    _insert(
        row_of(record, step=step, scope=scope, ordinal=place)
        for place, record in enumerate(wire.from_lines(store.read_object(records)))
    )
    models.Derived.objects.update_or_create(
        step=step, scope=scope, defaults={"key": entry.key, "seq": entry.seq, "records": records}
    )


def _insert(rows: Iterable[models.Row]) -> None:
    by_table: dict[type[models.Row], list[models.Row]] = {}
    for row in rows:
        by_table.setdefault(type(row), []).append(row)
    for table, made in by_table.items():
        table._base_manager.bulk_create(made, batch_size=_BATCH)


def _entry_row(entry: CustodyEntry) -> models.Entry:
    return models.Entry(
        seq=entry.seq,
        action=entry.action.value,
        at=entry.at,
        by=entry.by,
        note=entry.note,
        record=wire.to_bytes(entry).decode(),
    )
