"""Recordings joined with the transcripts that stand beside them.

- A transcript belongs to the recording with the same name up to the first full stop, in the same
  folder or archive.
- Layers are never mixed: transcript and translation stay what they are.

Example::

    for call in calls_of(whole): print(call.duration_ms)
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from quoth.case.whole import Whole
from quoth.read.recording import call_of
from quoth.record.call import Call
from quoth.record.exhibit import Exhibit, ExhibitStatus
from quoth.record.kinds import Record

__all__ = ["calls_of"]


def _stems(exhibit: Exhibit) -> Iterator[tuple[str, str, str]]:
    for one in exhibit.provenances:
        path = PurePosixPath(one.name_as_given)
        yield one.container, str(path.parent), path.name.split(".", maxsplit=1)[0]


def calls_of(whole: Whole) -> tuple[Call, ...]:
    """One call for every held recording, with every transcript beside it."""
    groups = whole.read_groups()
    held = [one for one in whole.exhibits() if one.status is ExhibitStatus.HELD and one.id in groups]
    others: dict[tuple[str, str, str], list[tuple[str, tuple[Record, ...]]]] = {}
    for exhibit in held:
        if not exhibit.kind.startswith("audio/"):
            for stem in _stems(exhibit):
                others.setdefault(stem, []).append((exhibit.provenances[0].name_as_given, groups[exhibit.id]))
    return tuple(
        call_of(
            exhibit,
            groups[exhibit.id],
            tuple(dict(one for stem in _stems(exhibit) for one in others.get(stem, ())).items()),
        )
        for exhibit in held
        if exhibit.kind.startswith("audio/")
    )
