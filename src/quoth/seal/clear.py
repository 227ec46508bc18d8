"""Clear a draft: the only maker of a Release.

1. Where it stands in the log is a size, a head and an instant.
2. Every record is of the kind that its place holds.
3. Nothing sealed is in it: no sealed place, no text that carries a sealed name.
4. What readers must not see by default is left out (``seal.withhold``), and whatever spoke of it.
5. Every digest leads to a released exhibit; what hangs on nothing is refused.
6. Every text and file is what its digest says, and belongs to a released exhibit or rendition.
7. Every part of a statement stands in a released text, at its place (``seal.statements``).

A step that does not hold raises ``SealError`` with the path of what stood in the way: a draft is
made whole or not at all.

Example::

    release = clear_draft(note, records, texts=texts, media=media, made_at="2031-05-02T09:00:00Z", log=(412, head))
"""

import base64
import dataclasses
import datetime
import functools
import re
import typing
from collections.abc import Iterable, Iterator

from quoth.errors import SealError
from quoth.record.custody import CaseNote, ObjectRef
from quoth.record.release import Release, ReleasedMedia, ReleasedRecords, ReleasedText, ReleaseKind
from quoth.record.rendition import Rendition
from quoth.seal import withhold
from quoth.seal.statements import check_words, without_guesses, without_paths
from quoth.terms.digest import Digest, digest_of, parse_digest

__all__ = ["SEALED_NAME", "clear_draft"]

SEALED_NAME = re.compile(r"sealed:[0-9a-f]{64}")
"""How a sealed thing is named wherever it may be named: a keyed hash (``ObjectRef.sealed``)."""

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z\Z")


def clear_draft(
    case: CaseNote,
    records: ReleasedRecords,
    *,
    texts: Iterable[ReleasedText],
    media: Iterable[ReleasedMedia],
    made_at: str,
    log: tuple[int, Digest],
) -> Release:
    """A draft (number 0) of ``records`` as the log stood at ``log`` (its size and head).

    ``made_at`` is an RFC 3339 instant in UTC. Raises :class:`SealError` where something may not
    leave the case or leads nowhere.
    """
    texts, media = tuple(texts), tuple(media)
    _check_position(made_at, log)  # 1
    _check_kinds(records)  # 2
    for place, part in (("case", case), ("records", records), ("texts", texts), ("media", media)):
        _check_unsealed(place, part)  # 3
    row_files = _row_files(records)
    records, unquoted = _kept(records, row_files)  # 4
    released = _released_digests(records)
    _check_roots(records, released)  # 5
    quoted = _cleared_texts(texts, released, unquoted)  # 6
    carried = _cleared_media(media, released, unquoted, row_files)  # 6
    check_words(records, quoted)  # 7
    return Release(
        kind=ReleaseKind.DRAFT,
        number=0,
        made_at=made_at,
        case=case,
        log_size=log[0],
        log_head=log[1],
        records=records,
        texts=quoted,
        media=carried,
    )


def _check_position(made_at: str, log: tuple[int, Digest]) -> None:
    if not _INSTANT.match(made_at):
        raise SealError(f"not an instant in UTC: {made_at!r}", hint="for example 2031-05-02T09:00:00Z")
    try:
        datetime.datetime.fromisoformat(made_at)
        parse_digest(log[1])
    except ValueError as err:
        raise SealError(f"a draft needs an instant and the head of the log: {err}") from err
    if log[0] < 0:
        raise SealError(f"a log has no {log[0]} entries")


def _check_kinds(records: ReleasedRecords) -> None:
    for name, kind in _kinds().items():
        for place, record in enumerate(getattr(records, name)):
            if type(record) is not kind:
                raise SealError(f"records.{name}[{place}]: {type(record).__name__} may not be released there")


@functools.cache
def _kinds() -> dict[str, type]:
    hints = typing.get_type_hints(ReleasedRecords)
    return {name: typing.get_args(hint)[0] for name, hint in hints.items()}


def _check_unsealed(path: str, value: object) -> None:
    if isinstance(value, ObjectRef):
        raise SealError(f"{path}: a place in the log is not for release", hint="pass records, not log entries")
    if isinstance(value, str) and SEALED_NAME.search(value):
        raise SealError(f"{path}: it names something sealed", hint="nothing was released; leave that record out")
    if isinstance(value, tuple):
        for place, one in enumerate(value):
            _check_unsealed(f"{path}[{place}]", one)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name != "base64":
                _check_unsealed(f"{path}.{field.name}", getattr(value, field.name))


def _kept(records: ReleasedRecords, row_files: frozenset[Digest]) -> tuple[ReleasedRecords, frozenset[Digest]]:
    """The records without what is withheld, and the renditions that are not quoted."""
    from_rows = _derived(row_files, records.renditions) - row_files
    unquoted = from_rows | {one.content for one in records.renditions if one.kind in withhold.UNQUOTED}
    numbers = withhold.numbers_to_mask(records.call_records)
    named = {name for match in records.call_matches for name in (match.record, match.runner_up)}
    kept = without_guesses(withhold.without_unquoted(records, unquoted))
    ids = {one.id for one in kept.exhibits}
    kept = dataclasses.replace(
        kept,
        exhibits=tuple(withhold.without_provenance(one, ids) for one in kept.exhibits),
        heads=tuple(withhold.without_metadata(one, unquoted) for one in kept.heads),
        statements=tuple(map(without_paths, kept.statements)),
        calls=tuple(withhold.without_caller(one) for one in kept.calls),
        call_records=tuple(withhold.without_row(one) for one in kept.call_records if one.id in named),
        call_matches=tuple(withhold.masked_match(one, numbers) for one in kept.call_matches),
        response_codes=tuple(map(withhold.unnamed_coders(kept.response_codes), kept.response_codes)),
        findings=tuple(withhold.without_quotes(one, unquoted, numbers) for one in kept.findings),
        decisions=tuple(withhold.without_reviewer(one) for one in kept.decisions),
    )
    return kept, unquoted


def _row_files(records: ReleasedRecords) -> frozenset[Digest]:
    """The digests of the telephone company's files: their bytes hold every row."""
    files = {one.exhibit for one in records.call_records}
    return frozenset(one.digest for one in records.exhibits if one.id in files and one.digest)


def _released_digests(records: ReleasedRecords) -> frozenset[Digest]:
    """Digests of released exhibits, and of whatever was derived from them, step by step."""
    return _derived({one.digest for one in records.exhibits if one.digest}, records.renditions)


def _derived(roots: Iterable[Digest], renditions: tuple[Rendition, ...]) -> frozenset[Digest]:
    released = set(roots)
    waiting = list(renditions)
    while True:
        reached = [one for one in waiting if one.of in released]
        if not reached:
            return frozenset(released)
        released.update(one.content for one in reached)
        waiting = [one for one in waiting if one.of not in released]


def _check_roots(records: ReleasedRecords, released: frozenset[Digest]) -> None:
    for name in _kinds():
        for place, record in enumerate(getattr(records, name)):
            for path, digest in _digests(f"records.{name}[{place}]", record):
                if digest not in released:
                    raise SealError(
                        f"{path}: {digest} belongs to no exhibit of this release",
                        hint="release the exhibit that it came from as well, or leave the record out",
                    )


def _digests(path: str, record: object) -> Iterator[tuple[str, Digest]]:
    """Every digest in the fields of ``record`` that are made to hold one, with its path."""
    for name, is_digest in _pointing_fields(typing.cast("typing.Hashable", type(record))):
        value = getattr(record, name)
        for place, one in enumerate(value if isinstance(value, tuple) else (value,)):
            if one is None:
                continue
            here = f"{path}.{name}[{place}]" if isinstance(value, tuple) else f"{path}.{name}"
            if is_digest:
                yield here, one
            else:
                yield from _digests(here, one)


@functools.cache
def _pointing_fields(cls: typing.Any) -> tuple[tuple[str, bool], ...]:
    """The fields of a record type that hold a digest (true), or records (false)."""
    found = []
    for name, hint in typing.get_type_hints(cls).items():
        inner = [one for one in (typing.get_args(hint) or (hint,)) if one not in (type(None), Ellipsis)]
        if any(one is Digest for one in inner):
            found.append((name, True))
        elif any(dataclasses.is_dataclass(one) for one in inner):
            found.append((name, False))
    return tuple(found)


def _cleared_texts(
    texts: tuple[ReleasedText, ...], released: frozenset[Digest], unquoted: frozenset[Digest]
) -> tuple[ReleasedText, ...]:
    made = {}
    for place, one in enumerate(texts):
        if one.content not in released:
            raise SealError(f"texts[{place}]: {one.content} belongs to no exhibit of this release")
        if digest_of(one.text.encode("utf-8", "surrogatepass")) != one.content:
            raise SealError(f"texts[{place}]: its words are not those of {one.content}")
        if one.content not in unquoted:
            made[one.content] = one
    return tuple(made.values())


def _cleared_media(
    media: tuple[ReleasedMedia, ...],
    released: frozenset[Digest],
    unquoted: frozenset[Digest],
    row_files: frozenset[Digest],
) -> tuple[ReleasedMedia, ...]:
    made = {}
    for place, one in enumerate(media):
        if one.content not in released:
            raise SealError(f"media[{place}]: {one.content} belongs to no exhibit of this release")
        if one.content in row_files:
            raise SealError(f"media[{place}]: a telephone company's file is not for a dossier")
        if one.content in unquoted:
            continue
        try:
            data = base64.b64decode(one.base64, validate=True)
        except ValueError as err:
            raise SealError(f"media[{place}]: not base64: {err}") from err
        if digest_of(data) != one.content:
            raise SealError(f"media[{place}]: its bytes are not those of {one.content}")
        made[one.content] = dataclasses.replace(one, name=withhold.last_component(one.name))
    return tuple(made.values())
