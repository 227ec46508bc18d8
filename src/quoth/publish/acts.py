"""Kinds of act, so that speech can be told from wishes.

- Said, thought or wished, kept silent, or reached us as rumour, hint or showing: each act is of one kind.
- A list of statements is narrowed by kind and by polarity, without a script.

Example::

    >>> kind_of(Act.HOPE).label
    'thought or wished, as told'
"""

import dataclasses
from collections.abc import Iterable

from quoth.publish.layout.html import Html, tag
from quoth.record.statement import Act, Polarity, Statement

__all__ = ["ActKind", "filter_classes", "filters", "is_no_plain_speech", "kind_of"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ActKind:
    """A kind of act: the letters of its class, and its words."""

    key: str
    label: str


_SAID = ActKind(key="sp", label="said, asked or written")
_MIND = ActKind(key="mi", label="thought or wished, as told")
_SILENT = ActKind(key="si", label="refused or kept silent")
_OTHER = ActKind(key="he", label="rumour, hint, showing and other")
_KINDS = (_SAID, _MIND, _SILENT, _OTHER)
_OF = {
    **dict.fromkeys((Act.BELIEVE, Act.KNOW, Act.WANT, Act.PLAN, Act.FEAR, Act.HOPE), _MIND),
    **dict.fromkeys((Act.DECLINE, Act.NO_RESPONSE), _SILENT),
    **dict.fromkeys((Act.RUMOUR, Act.IMPLY, Act.SHOW, Act.OTHER), _OTHER),
}
_POLARITIES = {Polarity.POSITIVE: ("po", "done"), Polarity.NEGATIVE: ("ne", "in the negative: did not, would not")}


def kind_of(act: Act) -> ActKind:
    """The kind that an act is of; what is not named otherwise is said."""
    return _OF.get(act, _SAID)


def is_no_plain_speech(statement: Statement) -> bool:
    """Whether its act is another than saying, or is told in the negative: a list then names it."""
    return kind_of(statement.act) is not _SAID or statement.polarity is Polarity.NEGATIVE


def filter_classes(statement: Statement) -> str:
    """The classes by which a list is narrowed: ``a-sp a-po``."""
    return f"a-{kind_of(statement.act).key} a-{_POLARITIES[statement.polarity][0]}"


def filters(statements: Iterable[Statement]) -> Html | None:
    """Boxes for the kinds and polarities that there are, with counts; ``None`` where all are alike."""
    held = tuple(statements)
    kinds = [(one, sum(kind_of(said.act) is one for said in held)) for one in _KINDS]
    ways = [(*words, sum(said.polarity is way for said in held)) for way, words in _POLARITIES.items()]
    boxes = [_box(one.key, one.label, number) for one, number in kinds if number]
    more = [_box(key, label, number) for key, label, number in ways if number]
    shown = (boxes if len(boxes) > 1 else []) + (more if len(more) > 1 else [])
    if not shown:
        return None
    return tag("fieldset", tag("legend", "Show acts that were"), shown, class_="filters")


def _box(key: str, label: str, number: int) -> Html:
    return tag(
        "label",
        tag("input", type="checkbox", id=f"f-{key}", checked=True, autocomplete="off"),
        f" {label} ({number})",
    )
