"""What people declared of files, by rule; later rules win.

- A rule covers a folder: its defaults, or the files that a path or a pattern names.
- Folders come from the outside in, so that the nearest declaration wins.
- A member of an archive inherits what was declared of the archive.

Example::

    provenances.declared_for("letters/0001.pdf").given_by
"""

import dataclasses
import fnmatch
import unicodedata

from quoth.collect.names import from_text
from quoth.record.custody import CaseNote
from quoth.record.exhibit import Exhibit
from quoth.record.hypothesis import Gap, Hypothesis, Question
from quoth.record.request import Request
from quoth.terms.when import When

__all__ = ["Declared", "Provenances", "Rule", "join", "merge"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What people said of a file, as they said it; empty where nobody did."""

    given_by: str = ""
    obtained_how: str = ""
    obtained_on: When | None = None
    claimed_author: str = ""
    claimed_date: When | None = None
    outlet: str = ""
    line_called: str = ""
    spoken: str = ""
    note: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """``declared`` holds below ``folder`` (empty, or ending in ``/``) for what ``pattern`` names.

    An empty pattern is the folder's default; a pattern is a path, or has ``*``, ``?``, ``[…]``.
    """

    folder: str = ""
    pattern: str = ""
    declared: Declared

    def covers(self, name: str) -> bool:
        """Whether the rule speaks of ``name``: a shown path, or ``letters.zip!a/b.txt``."""
        if not name.startswith(self.folder):
            return False
        if not self.pattern:
            return True
        below = _comparable(name[len(self.folder) :])
        return any(
            below == wanted or fnmatch.fnmatchcase(below, wanted)
            for wanted in {_comparable(self.pattern), _comparable(from_text(self.pattern))}
        )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Provenances:
    """The case's note, the records and the rules of one or more ``provenance.toml``."""

    case: CaseNote | None = None
    records: tuple[Exhibit | Request | Hypothesis | Question | Gap, ...] = ()
    rules: tuple[Rule, ...] = ()

    def declared_for(self, name: str, container: str = "") -> Declared:
        """What is declared of the file ``name``, or of the member ``name`` of ``container``.

        The nearest folder wins; within a folder its defaults come first, then what names the file,
        later over earlier.
        """
        steps = [name]
        if container:
            parts = container.split("!")
            steps = ["!".join(parts[: count + 1]) for count in range(len(parts))] + [f"{container}!{name}"]
        made = Declared()
        for rule in sorted(self.rules, key=lambda rule: (len(rule.folder), bool(rule.pattern))):
            if any(rule.covers(step) for step in steps):
                made = merge(made, rule.declared)
        return made


def merge(declared: Declared, over: Declared) -> Declared:
    """``declared`` with everything that ``over`` says in its place: options win over the file."""
    return dataclasses.replace(
        declared,
        **{field.name: said for field in dataclasses.fields(over) if (said := getattr(over, field.name))},
    )


def join(*layers: Provenances) -> Provenances:
    """Several declarations as one, the outermost folder first; a record in two of them stands once."""
    records = {record.id: record for layer in layers for record in layer.records}
    return Provenances(
        case=next((layer.case for layer in layers if layer.case is not None), None),
        records=tuple(records.values()),
        rules=tuple(rule for layer in layers for rule in layer.rules),
    )


def _comparable(name: str) -> str:
    """Names compared in one normal form: the same letters typed on two systems differ in bytes."""
    return unicodedata.normalize("NFC", name)
