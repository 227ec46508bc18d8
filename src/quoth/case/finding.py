"""Which finder works on a case; what an earlier one did.

- Name, version and settings of a finder belong to the task: another finder repeats the work.
- What somebody had done by a finder they named is not undone by a later step that names none.
- Where nothing is named, the tagger that ships works, or the rules with a notice.

Example::

    Flow(book, runner, choice=choose("spacy", {"pipeline": "en_core_web_sm"})).build("attribute")
"""

import dataclasses
import functools
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from quoth.attribute.doors import TAGGER, Opened, default, door_of, doors, finder, wanting
from quoth.attribute.proposals import Checked, Refused
from quoth.case.carrier import carrier_of
from quoth.case.tasks import Task, settings_of
from quoth.record.document import Document
from quoth.record.exhibit import Exhibit, ExhibitStatus
from quoth.record.finding import Finding, Outcome
from quoth.record.rendition import Setting
from quoth.terms.digest import Digest
from quoth.terms.ident import ident

__all__ = ["Choice", "bare", "choose", "finding_of", "is_sealed", "kept", "listed", "opened_by", "opened_from"]
__all__ += ["stays", "told", "usual"]

_NAME = "finder"
_OURS = f"{_NAME}_"
CHECK = "statements.verbatim"
"""The check that every proposal of an outside engine goes through."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A finder with its settings: those that count, and those that only the worker gets.

    ``allowed`` are digests of the bodies that may leave, by exhibit. ``usual``: nobody named it.
    """

    name: str
    version: str = ""
    counting: tuple[Setting, ...] = ()
    aside: tuple[Setting, ...] = ()
    allowed: Mapping[str, tuple[Digest, ...]] = dataclasses.field(default_factory=dict)
    sends: bool = False
    usual: bool = False
    notice: str = ""

    def setting(self, name: str) -> str:
        """The value of one of the finder's settings, empty when there is none."""
        return next((one.value for one in (*self.counting, *self.aside) if one.name == name), "")

    def settings(self) -> dict[str, str]:
        """What belongs to the task; nothing for the rules that nobody named, as ever before."""
        if self.usual and not self.version:
            return {}
        named = {_NAME: self.name, f"{_OURS}version": self.version}
        return named | {f"{_OURS}{one.name}": one.value for one in self.counting}

    def aside_for(self, exhibit: Exhibit) -> tuple[Setting, ...]:
        """What the worker gets besides: limits, the permission, and whether the exhibit is sealed."""
        own = {f"{_OURS}{one.name}": one.value for one in self.aside}
        own["allowed"] = " ".join(self.allowed.get(exhibit.id, ()))
        own["sealed"] = "yes" if is_sealed(exhibit) else ""
        return settings_of(**own)


def is_sealed(exhibit: Exhibit) -> bool:
    """Whether the exhibit's bytes stand in the case under a keyed hash only (format 2), and not in the clear."""
    return exhibit.status is ExhibitStatus.HELD and exhibit.digest is None


def usual() -> Choice:
    """The finder that works when nobody names one; nothing is opened."""
    name, version, notice = default()
    return Choice(name=name, version=version, usual=True, notice=notice)


def choose(name: str, given: Mapping[str, str]) -> Choice:
    """The finder ``name`` with ``given`` settings; it is opened once, so that what is wrong is said at once."""
    opened = finder(name, given)
    if opened.door.sends:
        carrier_of(given)
    wants = {want.name: want for want in opened.door.settings}
    filled = {want.name: given.get(want.name) or want.default for want in opened.door.settings}
    return Choice(
        name=name,
        version=opened.version,
        counting=settings_of(**{key: value for key, value in filled.items() if wants[key].counts}),
        aside=settings_of(**{key: value for key, value in filled.items() if not wants[key].counts}),
        sends=opened.door.sends,
        notice=opened.notice,
    )


def listed() -> tuple[dict[str, Any], ...]:
    """Every finder with what it does, needs and takes, and what keeps it from working here."""
    return tuple(
        {
            "name": door.name,
            "what": door.what,
            "needs": list(door.needs),
            "missing": wanting(door),
            "sends": door.sends,
            "usual": door.name == default()[0],
            "settings": [
                {"name": one.name, "meaning": one.meaning, "default": one.default, "needed": one.needed}
                for one in door.settings
            ],
        }
        for door in doors()
    )


def finder_of(settings: Sequence[Setting]) -> dict[str, str]:
    """Those settings of a derivation that say which finder it was."""
    return {one.name: one.value for one in settings if one.name == _NAME or one.name.startswith(_OURS)}


def kept(task: Task, before: Sequence[Setting]) -> Task:
    """``task`` with the finder of an earlier derivation in the place of its own."""
    plain = {one.name: one.value for one in task.settings}
    for name in finder_of(task.settings):
        del plain[name]
    return dataclasses.replace(task, settings=settings_of(**plain, **finder_of(before)))


def stays(before: Sequence[Setting], now: Choice) -> bool:
    """Whether what an earlier finder did stays where nobody names one now.

    What the tagger did gives way to a newer tagger, and so do the rules that nobody named.
    """
    name = finder_of(before).get(_NAME, "")
    return now.usual and bool(name) and (name != TAGGER.name or now.name != TAGGER.name)


def opened_by(task: Task) -> Opened:
    """The finder that ``task`` names, open in this worker."""
    name = task.setting(_NAME) or "rules"
    known = {want.name for want in door_of(name).settings}
    given = tuple((key, task.setting(f"{_OURS}{key}")) for key in sorted(known))
    return _opened(name, given, sealed=bool(task.setting("sealed")), allowed=task.setting("allowed"))


def opened_from(choice: Choice, scope: str = "") -> Opened:
    """The finder that was chosen, open in this process, with the permission for ``scope``."""
    given = tuple((one.name, one.value) for one in (*choice.counting, *choice.aside))
    return _opened(choice.name, given, sealed=False, allowed=" ".join(choice.allowed.get(scope, ())))


@functools.lru_cache(maxsize=2)
def _opened(name: str, given: tuple[tuple[str, str], ...], *, sealed: bool, allowed: str) -> Opened:
    settings = {key: value for key, value in given if value}
    bodies = frozenset(Digest(one) for one in allowed.split())
    carry = carrier_of(settings, allowed=bodies) if bodies and not sealed else None
    return finder(name, settings, sealed=sealed, carry=carry)


def bare(opened: Opened) -> Checked | None:
    """The outside engine behind ``opened``; ``None`` for our own."""
    return opened.by if isinstance(opened.by, Checked) else None


def finding_of(opened: Opened, document: Document) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """What came of holding the engine's proposals against ``document``: a record, and lines for people.

    Nothing for our own finders. Words that do not stand in the text go into no record.
    """
    outside = bare(opened)
    if outside is None:
        return (), ()
    taken, refused = outside.told()
    whole = taken + len(refused)
    reasons = told(refused)
    said = f"{taken} of {whole} proposals of {opened.door.name} stand verbatim in the text"
    finding = Finding(
        id=ident("f", CHECK, document.content, opened.door.name, opened.version),
        check=CHECK,
        subject=document.exhibit,
        outcome=Outcome.FAILS if refused else Outcome.HOLDS,
        grounds=(said, *reasons),
        limits=("Shows that the words stand there, not that they are read aright; what was missed is not counted.",),
        tool=outside.tool,
        version=outside.version,
    )
    return (finding,), reasons


def told(refused: Sequence[Refused]) -> tuple[str, ...]:
    """Reasons with their numbers, the commonest first."""
    counted = Counter(one.reason for one in refused)
    return tuple(
        f"refused {count}: {reason}" for reason, count in sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    )
