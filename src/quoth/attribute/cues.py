"""The cue lexicon: which words introduce what somebody says.

- The words are data (``cues.toml``); this module only inflects and looks up.
- A cue has an act and frames: what may stand around it ("said that X", "told A that X").
- A form that is also a noun ("reports") is decided by its neighbours, in ``words``.

Example::

    >>> FORMS["vowed"].act
    <Act.PROMISE: 'promise'>
"""

import dataclasses
import importlib.resources
import tomllib
from typing import Any

from quoth.errors import AttributeRoomError
from quoth.record.statement import Act

__all__ = ["ADJECTIVES", "FORMS", "HEDGES", "NOUNS", "Cue", "inflect", "load_table", "read_lexicon"]

FRAMES = frozenset("qctwbiong")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One form of a cue verb: ``frames`` are letters of ``cues.toml``, ``shape`` is b s d n g.

    Shapes: base, third person, past, participle (where it differs from the past), -ing.
    """

    lemma: str
    shape: str
    act: Act
    frames: frozenset[str]
    prepositions: frozenset[str]


def load_table(name: str) -> dict[str, Any]:
    """A TOML data file of this package as a table."""
    source = importlib.resources.files("quoth.attribute").joinpath(name)
    return tomllib.loads(source.read_text(encoding="utf-8"))


def inflect(lemma: str, irregular: str, *, doubles: bool) -> tuple[tuple[str, str], ...]:
    """All (form, shape) pairs of a verb; ``irregular`` is "past participle" or empty."""
    stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma
    consonant_y = lemma.endswith("y") and lemma[-2] not in "aeiou"
    if doubles:
        stem = lemma + lemma[-1]
    if consonant_y:
        third, regular = lemma[:-1] + "ies", lemma[:-1] + "ied"
    else:
        third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
        regular = stem + ("d" if stem.endswith("ee") else "ed")
    past, participle = irregular.split() if irregular else (regular, regular)
    forms = [(lemma, "b"), (third, "s"), (stem + "ing", "g")]
    if participle not in (past, lemma):
        forms.append((participle, "n"))
    if past != lemma:
        forms.append((past, "d"))
    return tuple(forms)


def _cue(lemma: str, shape: str, line: str) -> Cue:
    words, _, prepositions = line.partition("|")
    act, *frames = words.split()
    unknown = [frame for frame in frames if frame not in FRAMES]
    if act not in Act.__members__ or unknown:
        raise AttributeRoomError(f"cue lexicon: {lemma!r} has an unknown act or frame: {line!r}")
    return Cue(
        lemma=lemma,
        shape=shape,
        act=Act[act],
        frames=frozenset(frames),
        prepositions=frozenset(prepositions.split()),
    )


def read_lexicon(table: dict[str, Any]) -> dict[str, Cue]:
    """Every form of every verb in ``table``; raises :class:`AttributeRoomError` on an unknown act or frame."""
    doubles = frozenset(table["spelling"]["doubles"])
    forms: dict[str, Cue] = {}
    for lemma, line in table["verbs"].items():
        pairs = inflect(lemma, table["irregular"].get(lemma, ""), doubles=lemma in doubles)
        forms.update({form: _cue(lemma, shape, line) for form, shape in pairs if form not in forms})
    return forms


def _nouns(table: dict[str, str]) -> dict[str, Act]:
    forms: dict[str, Act] = {}
    for word, act in table.items():
        plural = word[:-1] + "ies" if word.endswith("y") else word + "s"
        forms[word] = forms[plural] = Act[act]
    return forms


_TABLE = load_table("cues.toml")
FORMS = read_lexicon(_TABLE)
"""Form (lower case) → cue."""
NOUNS = _nouns(_TABLE["nouns"])
"""Noun cue, singular or plural → act."""
ADJECTIVES = {word: Act[act] for word, act in _TABLE["adjectives"].items()}
"""Adjective cue ("confident that …") → act."""
HEDGES = frozenset(_TABLE["hedges"]["words"])
"""Words that weaken what is said."""
