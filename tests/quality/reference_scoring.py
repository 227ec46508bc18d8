"""Scores links of short sources against texts marked by hand.

A mark is ``[kind|source words|whom|runner-up]``: kind p pronoun, s surname, f first name, d description, a acronym,
1 first person, y two of one surname; ``whom`` is ``-`` where nobody should be named; ``/`` parts answers that are all
right; the runner-up may be left out (not scored) or ``*``.
"""

import collections
import dataclasses
import pathlib
import re

from quoth.attribute.engine import attribute_text

KINDS = {"p": "pronoun", "s": "surname", "f": "first name", "d": "description", "a": "acronym", "1": "first person",
         "y": "one surname"}  # fmt: skip
_MARK = re.compile(r"\[(?P<kind>[psfda1y])\|(?P<words>[^|\]]+)\|(?P<whom>[^|\]]+)(?:\|(?P<other>[^\]]*))?\]")


@dataclasses.dataclass(frozen=True)
class Marked:
    """One source as marked: its span, its kind, whom it stands for."""

    kind: str
    span: tuple[int, int]
    words: str
    whom: tuple[str, ...]
    other: str


@dataclasses.dataclass(frozen=True)
class Judged:
    """One marked source with what the engine made of it: right, wrong, none, missed (no statement found there)."""

    text: str
    marked: Marked
    outcome: str
    first: str
    second: str
    rescued: bool
    other_right: bool | None


def read_references(marked):
    """The plain text and its marks."""
    marked = "\n".join(line for line in marked.splitlines() if not line.startswith("#")).strip() + "\n"
    plain, at, found = "", 0, []
    for match in _MARK.finditer(marked):
        plain += marked[at : match.start()]
        start = len(plain)
        plain += match["words"]
        whom = tuple(part.strip() for part in match["whom"].split("/"))
        found.append(Marked(kind=KINDS[match["kind"]], span=(start, len(plain)), words=match["words"], whom=whom,
                            other=(match["other"] or "*").strip()))  # fmt: skip
        at = match.end()
    plain += marked[at:]
    if "|" in plain:
        raise ValueError("a mark is not closed: " + plain[max(0, plain.index("|") - 40) :][:80])
    return plain, found


def same(found, wanted):
    """Whether ``found`` is ``wanted``, whatever article or title stands before it."""
    plain = re.sub(r"^(?:the|an?|his|her)\s", "", found.lower())
    want = re.sub(r"^(?:the|an?|his|her)\s", "", wanted.lower())
    if plain == want:
        return True
    longer = plain.startswith(want) and plain[len(want) : len(want) + 1] in ", "
    return longer or plain.endswith(" " + want) or (want.startswith(plain + " ") and len(plain.split()) > 1)


def judge(name, marked):
    """Every mark of one text with its outcome."""
    plain, marks = read_references(marked)
    statements = {}
    for statement in attribute_text(plain).statements:
        for part in statement.source[:1]:
            statements.setdefault((part.start, part.end), statement)
    return [_judged(name, mark, _at(statements, mark.span)) for mark in marks]


def _at(statements, span):
    """The statement whose source is the marked one, or begins with it."""
    same_start = [found for at, found in sorted(statements.items()) if at[0] == span[0] and at[1] >= span[1] - 1]
    return same_start[0] if same_start else None


def _judged(name, mark, statement):
    if statement is None:
        return Judged(name, mark, "missed", "", "", False, None)  # noqa: FBT003  a row, in order
    first = statement.source_refers_to.exact if statement.source_refers_to else ""
    second = statement.source_may_refer_to.exact if statement.source_may_refer_to else ""
    nobody = "-" in mark.whom
    hit = bool(first) and any(same(first, one) for one in mark.whom if one != "-")
    outcome = "right" if hit or (nobody and not first) else ("wrong" if first else "none")
    rescued = outcome == "wrong" and bool(second) and any(same(second, one) for one in mark.whom if one != "-")
    other = None if mark.other in ("*", "") or outcome != "right" else same(second, mark.other)
    return Judged(name, mark, outcome, first, second, rescued, other)


def judge_folder(folder):
    """Every mark of every text in ``folder``."""
    found = []
    for path in sorted(pathlib.Path(folder).glob("*.txt")):
        found += judge(path.name, path.read_text(encoding="utf-8"))
    return found


@dataclasses.dataclass(frozen=True)
class Figures:
    """Counts of outcomes; shares in per cent of the sources that were found."""

    right: int
    wrong: int
    none: int
    missed: int

    @property
    def found(self):
        """How many sources the engine found."""
        return self.right + self.wrong + self.none

    @property
    def accuracy(self):
        """Right links (and right silence) among the found."""
        return round(100 * self.right / self.found, 1) if self.found else 0.0

    @property
    def wrong_rate(self):
        """Wrong links among the found."""
        return round(100 * self.wrong / self.found, 1) if self.found else 0.0


def figures(judged):
    """All, and by kind."""
    groups = collections.defaultdict(collections.Counter)
    for one in judged:
        groups["all"][one.outcome] += 1
        groups[one.marked.kind][one.outcome] += 1
    return {kind: Figures(**{outcome: counts[outcome] for outcome in ("right", "wrong", "none", "missed")})
            for kind, counts in groups.items()}  # fmt: skip


def runners_up(judged):
    """How often the runner-up is right after a wrong first, and where it was marked after a right one."""
    wrong = [one for one in judged if one.outcome == "wrong"]
    marked = [one for one in judged if one.other_right is not None]
    return sum(one.rescued for one in wrong), len(wrong), sum(bool(one.other_right) for one in marked), len(marked)
