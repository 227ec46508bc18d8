"""Recordings joined with the transcripts that stand beside them.

- A transcript belongs to the recording with the same name up to the first full stop, in the same
  folder or archive.
- Layers are never mixed: transcript and translation stay what they are.

Example::

    for call in calls_of(whole): print(call.duration_ms)
"""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from quoth.case.whole import Whole
from quoth.read.recording import Background, call_of
from quoth.record.call import Call, CallParty, CallRole
from quoth.record.exhibit import Exhibit, ExhibitStatus
from quoth.record.kinds import Record
from quoth.record.rendition import Rendition, RenditionKind
from quoth.terms.tongue import UNKNOWN

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
    made = (
        _call(exhibit, groups[exhibit.id], others, language=whole.spoken.note.language)
        for exhibit in held
        if exhibit.kind.startswith("audio/")
    )
    return tuple(one for one in made if one is not None)


def _call(
    exhibit: Exhibit,
    audio: tuple[Record, ...],
    others: dict[tuple[str, str, str], list[tuple[str, tuple[Record, ...]]]],
    *,
    language: str,
) -> Call | None:
    beside = dict(one for stem in _stems(exhibit) for one in others.get(stem, ()))
    said = exhibit.provenances
    spoken = next((one.spoken for one in said if one.spoken), "")
    line = next((one.line_called for one in said if one.line_called), "")
    claimed = next((one.claimed_date for one in exhibit.provenances if one.claimed_date), None)
    return call_of(
        exhibit.id,
        audio,
        transcripts=tuple(sorted(beside.items())),
        background=Background(
            claimed=claimed,
            spoken=spoken or _spoken(beside.values(), language),
            parties=(CallParty(role=CallRole.CALLEE, number_as_said=line),) if line else (),
        ),
    )


def _spoken(beside: Iterable[tuple[Record, ...]], language: str) -> str:
    """The language spoken, where it can be told: of two layers, the one that the case is not written in."""
    found = {
        one.language.split("-")[0]
        for records in beside
        for one in records
        if isinstance(one, Rendition) and one.kind is RenditionKind.TRANSCRIPT
    }
    others = sorted(found - {language.split("-", maxsplit=1)[0], UNKNOWN})
    return others[0] if len(others) == 1 and len(found) == 2 else ""
