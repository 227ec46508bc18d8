"""Names of people and organisations where they stand in a text.

- Runs of capitalised words, cut by titles, joined by "of" and "for" after an organisation's head word.
- Statement sources, titles, appositions and verbs of saying are evidence of the kind; without any
  the kind is unknown. Places, weekdays and nationalities are no parties.
- A name found once is looked for in the whole text: its surname, its acronym, its head line.

Example::

    mentions_of(document, statements)   # (Mention(…, extract=Extract(…, exact="Ines Halvard")), …)
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from quoth.record.document import Document
from quoth.record.party import Mention, PartyKind
from quoth.record.passage import PassageRole
from quoth.record.statement import SourceType, Statement
from quoth.resolve.chinese_names import scan_chinese
from quoth.resolve.name_runs import Run, runs
from quoth.resolve.name_words import (
    GIVEN,
    HONORIFICS,
    OFFICE_HEADS,
    ORG_HEADS,
    PAPER_HEADS,
    PINYIN_SURNAMES,
    ROLE_HEADS,
    SPEECH,
)
from quoth.resolve.office_phrase import phrase_after, phrase_before
from quoth.terms.anchor import extract
from quoth.terms.ident import ident

__all__ = ["READ_ROLES", "definitions", "mentions_of", "surname_of"]

READ_ROLES = frozenset(
    {PassageRole.BODY, PassageRole.CAPTION, PassageRole.BYLINE, PassageRole.LINE, PassageRole.DATELINE}
)
"""Passages whose capitals mean names."""
_SPREAD_ROLES = READ_ROLES | {PassageRole.TITLE, PassageRole.HEADING, PassageRole.CREDIT}

_DEFINITION = re.compile(r"\((?:the\s)?[“\"']?([A-Z][A-Za-z]{1,11})[”\"']?\)")
_DEEPER = re.compile(r"\b(?:who|for|of|that|which|from|on|in|at|to|about|with|whose)\b")
_SINGLE = re.compile(r"\b([a-z]+),? ([A-Z][a-z]+)(?=['’]s\b|[,.;:?!]| [a-z])")
_COLUMNS = re.compile(r"(?:No\.|Nr\.|#|№)\s+[A-Z]\w*\s+[A-Z]")
_ACTS = re.compile(
    r"(?:['’]s\b|,?\s+(?:who|whose|whom|aged|then|now|is|was|has|had|will|would|can|could|did|does|left|went|came|"
    r"took|gave|made|wrote|met|ran|saw|knew|kept|held|fled|died|\w{3,}ed|[a-z]{3,}s)\b|,\s+(?:\d\d\b|an?\s|the\s|one\sof))"
)
_KIN = re.compile(
    r"\b(?:mother|father|sister|brother|son|daughter|wife|husband|widow|uncle|aunt|cousin|friend|colleague|neighbour|"
    r"neighbor|partner|named|called|by|with|from|against|told|asked|met|saw|of),?\s+\Z"
    r"|[A-Z][\w’'-]+,?\s+and\s+\Z"
)
_JOINED = re.compile(r"(?:,\s+|\s+\(|\s+(?:is|was|will\s+be|became|remains|has\s+been|had\s+been)\s+)")
_PASSIVE = re.compile(r"\b(?:is|was|been)\s+(?:led|headed|chaired|run|directed)\s+by\s+\Z")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*|\n\n|[.!?;:()]")
_PINYIN = re.compile(r"[A-Z][a-z]{1,5}(?:[-'’]?[a-z]{1,5})?\Z")


class _Named(NamedTuple):
    start: int
    end: int
    kind: PartyKind


def mentions_of(document: Document, statements: Sequence[Statement]) -> tuple[Mention, ...]:
    """Every mention of a party in ``document``, in reading order, none inside another of its kind."""
    text = document.text
    unnamed = [_Named(one.start, one.end, PartyKind.UNNAMED) for one in _unnamed(statements)]
    sources = [(one.start, one.end) for one in _sources(statements)]
    english = _English(document, sources)
    found = english.all()
    found += [
        _Named(start, end, kind) for start, end, kind in scan_chinese(text, english.passages(READ_ROLES), sources)
    ]
    made: dict[tuple[int, int], _Named] = {}
    for one in unnamed:
        made[one.start, one.end] = one
    for one in _apart(found):
        made.setdefault((one.start, one.end), one)
    return _records(document, made.values())


def _records(document: Document, named: Iterable[_Named]) -> tuple[Mention, ...]:
    ordered = sorted(named, key=lambda one: (one.start, one.end))
    return tuple(
        Mention(
            id=ident("m", document.content, one.start, one.end),
            rendition=document.content,
            extract=extract(document.text, one.start, one.end),
            kind=one.kind,
        )
        for one in ordered
    )


def _unnamed(statements: Sequence[Statement]) -> Iterable[_Named]:
    for statement in statements:
        if statement.source_type is SourceType.UNNAMED:
            for span in statement.source:
                yield _Named(span.start, span.end, PartyKind.UNNAMED)


def _sources(statements: Sequence[Statement]) -> Iterable[_Named]:
    for statement in statements:
        if statement.source_type in (SourceType.NAMED, SourceType.GROUP, SourceType.ROLE, SourceType.OUTLET):
            for span in statement.source:
                yield _Named(span.start, span.end, PartyKind.UNKNOWN)


def _apart(found: list[_Named]) -> list[_Named]:
    """Without what lies inside a longer one."""
    kept: list[_Named] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end, one.kind.value)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def surname_of(name: str) -> str:
    """The surname of a full name: the first word where it is Chinese in form, else the last with its particles."""
    words = name.split()
    first = words[0].lower() if words else ""
    chinese = first in PINYIN_SURNAMES and first not in GIVEN and all(_PINYIN.match(one) for one in words[1:])
    if len(words) in (2, 3) and chinese:
        return words[0]
    return words[-1] if words else ""


def definitions(text: str) -> dict[str, tuple[int, int]]:
    """Acronyms in brackets and the long names before them: acronym to the span of the long name."""
    made: dict[str, tuple[int, int]] = {}
    for found in _DEFINITION.finditer(text):
        span = _expanded(text, found.start(), found.group(1))
        if span is not None:
            made.setdefault(found.group(1), span)
    return made


def _expanded(text: str, bracket: int, acronym: str) -> tuple[int, int] | None:
    """The words before ``bracket`` whose initials spell ``acronym``; small words may stand between."""
    letters = [char for char in acronym if char.isupper()]
    if len(letters) < 2:
        return None
    low = max(0, bracket - 160)
    words = list(re.finditer(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text[low:bracket]))[-16:]
    if not words or text[low + words[-1].end() : bracket].strip():
        return None
    wanted = len(letters) - 1
    for word in reversed(words):
        initial = word.group()[0]
        if initial.isupper() and initial == letters[wanted]:
            wanted -= 1
            if wanted < 0:
                return low + word.start(), low + words[-1].end()
        elif initial.isupper() and "-" not in word.group():
            return None
    return None


def _article(text: str, start: int) -> bool:
    return bool(re.search(r"\b[Tt]he(?:\s[A-Z][a-z]+)?\s+\Z", text[max(0, start - 20) : start]))


def _headline(words: str) -> bool:
    """Whether a passage is set as a head line: no full stop, and most of its words with a capital."""
    if len(words) > 160 or words.rstrip()[-1:] in '.!?…”"’)':
        return False
    held = [word for word in re.findall(r"[A-Za-z][\w’'-]*", words) if len(word) > 3]
    return len(held) > 3 and sum(1 for word in held if word[0].isupper()) * 10 >= 7 * len(held)


def _tabular(words: str) -> bool:
    """Whether a passage is a table's text run together: a quarter of it numbers, and no sentence in it."""
    held = words.split()
    numbers = sum(1 for word in held if word[0].isdigit() or word.strip("()-–,.").isdigit())
    if len(held) < 8 or words.rstrip()[-1:] in '.!?…”"':
        return False
    return numbers * 5 >= len(held) if numbers >= 4 else bool(_COLUMNS.match(words))


class _English:
    """The names of one text in Latin script, by runs of capitals and what stands around them."""

    def __init__(self, document: Document, sources: list[tuple[int, int]]) -> None:
        self.document = document
        self.text = document.text
        self.sources = sources
        self.defined = definitions(document.text)
        self.found: list[_Named] = []

    def all(self) -> list[_Named]:
        """Names found by form, then their repeats."""
        for start, end in self.passages(READ_ROLES):
            if _headline(self.text[start:end]):
                continue
            tabular = _tabular(self.text[start:end])
            for run in runs(self.text, start, end):
                kind = self._kind(run)
                if kind is not None and (kind is PartyKind.ORGANISATION or not tabular):
                    self.found.append(_Named(run.start, run.end, kind))
        for acronym, (start, end) in self.defined.items():
            self.found = [one for one in self.found if one.end <= start or one.start >= end]
            self.found.append(_Named(start, end, PartyKind.ORGANISATION))
            self._everywhere(acronym, PartyKind.ORGANISATION)
        self._spread()
        self._drop_stray()
        return self.found

    def passages(self, roles: frozenset[PassageRole]) -> list[tuple[int, int]]:
        """The spans of the passages with these roles."""
        spans = []
        for passage in self.document.passages:
            held = passage.anchor.extract
            if passage.role in roles and held is not None:
                spans.append((held.start, held.end))
        return spans

    def _kind(self, run: Run) -> PartyKind | None:
        if run.organisation:
            return PartyKind.ORGANISATION
        if run.place:
            return None
        person = run.title or self._speaks(run) or self._apposed(run) or self._looks_personal(run)
        if (
            run.words == 1
            and self.text[run.start : run.end].lower().rstrip(".") in HONORIFICS | OFFICE_HEADS | ROLE_HEADS
        ):
            return None
        if run.words == 1 and self.text[run.start : run.end].lower() in ORG_HEADS | PAPER_HEADS:
            return PartyKind.ORGANISATION if _article(self.text, run.start) else None
        if run.words == 1:
            if _article(self.text, run.start):
                return None
            return PartyKind.PERSON if (run.title or (self._speaks(run) and not run.opens)) else None
        if person:
            return PartyKind.PERSON
        return None if run.words > 4 or run.after_in else PartyKind.UNKNOWN

    def _speaks(self, run: Run) -> bool:
        """Whether the run is (in) a source, or stands beside a verb of saying."""
        for start, end in self.sources:
            inside = start <= run.start and run.end <= end and not _DEEPER.search(self.text[start : run.start])
            if inside and (run.words > 1 or end - start < run.end - run.start + 8) and not self._modifies(run, end):
                return True
        after = re.match(r"\s+(?:also |then |later |has |had )?([a-z]+)", self.text[run.end : run.end + 30])
        before = re.search(r"([a-z]+)\s+\Z", self.text[max(0, run.start - 20) : run.start])
        return bool(
            (after and after.group(1) in SPEECH) or (before and before.group(1) in ("said", "says", "told", "asked"))
        )

    def _modifies(self, run: Run, end: int) -> bool:
        """Whether a noun of the source follows the run: "Kelsund harbour workers" are no person."""
        return bool(
            re.match(r"\s+(?!(?:and|who|whose|then|at|in|from|of|as|with|or)\b)[a-z]", self.text[run.end : end])
        )

    def _apposed(self, run: Run) -> bool:
        """Whether ", a lawyer" or ", former director of" follows."""
        if run.words > 1 and self._holds_office(run):
            return True
        beside = self.text[run.end : run.end + 100]
        after = re.match(r"(?:,\s+|\s+(?:is|was|became)\s+)(?:an?|the|then|former|ex-|who)\b(.{0,80})", beside)
        if after is None:
            return False
        words = {word.lower() for word in re.findall(r"[A-Za-z]+", after.group(1))}
        return after.group().lstrip(", ").startswith("who") or bool(words & (OFFICE_HEADS | ROLE_HEADS))

    def _holds_office(self, run: Run) -> bool:
        """Whether an office stands right after (", deputy clerk of …") or before ("the mayor, …")."""
        last = min(len(self.text), run.end + 120)
        joined = _JOINED.match(self.text, run.end, last)
        if joined:
            for _, _, end in phrase_after(self.text, joined.end(), last):
                if not re.match(r"\s+[A-Z]", self.text[end : end + 3]):
                    return True
        if _PASSIVE.search(self.text, max(0, run.start - 24), run.start):
            return True
        before = max(0, run.start - 120)
        return self.text.endswith(", ", before, run.start) and any(phrase_before(self.text, before, run.start))

    def _looks_personal(self, run: Run) -> bool:
        words = self.text[run.start : run.end].split()
        if words[0].lower() in GIVEN:
            return True
        return (
            len(words) in (2, 3)
            and words[0].lower() in PINYIN_SURNAMES
            and all(_PINYIN.match(one) for one in words[1:])
            and words[-1].lower() not in ("gong", "dafa", "river", "party")
        )

    def _spread(self) -> None:
        """Full names in head lines and repeats; surnames on their own."""
        spans = self.passages(_SPREAD_ROLES)
        self._repeated()
        full: dict[str, PartyKind] = {}
        for one in self.found:
            name = " ".join(self.text[one.start : one.end].split())
            if " " in name and one.kind is not PartyKind.UNKNOWN:
                full.setdefault(name, one.kind)
        surnames = {surname_of(name) for name, kind in full.items() if kind is PartyKind.PERSON}
        for place, one in enumerate(self.found):
            name = " ".join(self.text[one.start : one.end].split())
            if one.kind is PartyKind.UNKNOWN and " " in name and surname_of(name) in surnames:
                self.found[place] = one._replace(kind=PartyKind.PERSON)
                full.setdefault(name, PartyKind.PERSON)
        single = {surname_of(name): PartyKind.PERSON for name, kind in full.items() if kind is PartyKind.PERSON}
        wanted = full | {word: kind for word, kind in single.items() if word and word not in full}
        taken = {(one.start, one.end) for one in self.found}
        for start, end in spans:
            for at, to, kind in _occurrences(self.text, start, end, wanted):
                if (at, to) not in taken:
                    self.found.append(_Named(at, to, kind))

    def _repeated(self) -> None:
        """A name of two or three words whose last word stands alone elsewhere is a person's."""
        alone = _alone(self.text, self.passages(READ_ROLES))
        for place, one in enumerate(self.found):
            name = self.text[one.start : one.end].split()
            if one.kind is PartyKind.UNKNOWN and len(name) in (2, 3) and surname_of(" ".join(name)) in alone:
                self.found[place] = one._replace(kind=PartyKind.PERSON)

    def _drop_stray(self) -> None:
        """Without names of unknown kind that stand once and that nothing beside them bears out."""
        counts = Counter(" ".join(self.text[one.start : one.end].split()) for one in self.found)
        bylines = self.passages(frozenset({PassageRole.BYLINE}))

        def stray(one: _Named) -> bool:
            name = " ".join(self.text[one.start : one.end].split())
            if one.kind is not PartyKind.UNKNOWN or counts[name] > 1 or self._sourced(one):
                return False
            if any(start <= one.start < end for start, end in bylines) or name.split()[0].lower() in GIVEN:
                return False
            before = self.text[max(0, one.start - 24) : one.start]
            quoted = re.search(r"[“\"‘](?:The\s|A\s)?\Z", before) and self.text[one.end : one.end + 1] in '”"’,'
            return bool(quoted) or not (_ACTS.match(self.text, one.end) or _KIN.search(before))

        self.found = [one for one in self.found if not stray(one)]

    def _sourced(self, one: _Named) -> bool:
        """Whether the name stands in the source of a statement."""
        return any(start <= one.start and one.end <= end for start, end in self.sources)

    def _everywhere(self, word: str, kind: PartyKind) -> None:
        for start, end in self.passages(_SPREAD_ROLES):
            for found in re.finditer(rf"\b{re.escape(word)}\b", self.text[start:end]):
                self.found.append(_Named(start + found.start(), start + found.end(), kind))


def _alone(text: str, stretches: list[tuple[int, int]]) -> set[str]:
    """Words with a capital that stand alone inside a sentence, without an article."""
    made = set()
    for start, end in stretches:
        for found in _SINGLE.finditer(text, start, end):
            if found.group(1).lower() not in ("the", "a", "an", "in", "at", "from", "of", "to", "near"):
                made.add(found.group(2))
    return made


def _occurrences(text: str, start: int, end: int, wanted: dict[str, PartyKind]) -> Iterable[tuple[int, int, PartyKind]]:
    """Where the wanted names stand: one walk over the words, the longest name at each place."""
    longest = max((name.count(" ") + 1 for name in wanted), default=0)
    words = [one for one in _WORD.finditer(text, start, end) if one.group()[0].isalpha()]
    place = 0
    while place < len(words):
        step = 1
        if words[place].group()[0].isupper():
            for size in range(min(longest, len(words) - place, 16), 0, -1):
                first, last = words[place].start(), words[place + size - 1].end()
                last -= 2 if text[last - 2 : last] in ("'s", "’s") else 0
                name = " ".join(text[first:last].split())
                kind = wanted.get(name)
                if kind is not None:
                    yield first, last, kind
                    step = size
                    break
        place += step
