"""Statements from the dependency parse of a spaCy pipeline.

- Cue verbs come from our lexicon; the parse says who and what: subject or agent with its subtree, clause,
  quotation beside it, "according to".
- Labels of both schemes are read: those of spaCy's English models, and Universal Dependencies.
- It proposes with places; ``proposals`` holds each against the text all the same.

Example::

    open_spacy({"pipeline": "en_core_web_sm"}, None).propose(text, paragraphs)
"""

import dataclasses
import importlib.metadata
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from quoth.attribute.cues import FORMS, Cue
from quoth.attribute.doors import Carry
from quoth.attribute.drafts import Span
from quoth.attribute.proposals import Proposal, Refused, Words
from quoth.attribute.quotes import pair_quotes
from quoth.errors import AttributeRoomError
from quoth.record.statement import Act

__all__ = ["Pipeline", "open_spacy"]

VERSION = "1"
"""Of the reading of the parse."""
_SUBJECTS = frozenset(["nsubj", "csubj"])
_PASSIVE = frozenset(["nsubjpass", "nsubj:pass", "auxpass", "aux:pass"])
_CLAUSES = frozenset(["ccomp", "xcomp", "parataxis"])
_OBJECTS = frozenset(["dobj", "obj"])
_TOLD = frozenset(["dative", "iobj", "dobj", "obj"])
_CARRIED = frozenset(["aux", "auxpass", "aux:pass", "neg", "prt", "compound:prt"])
_NOT = frozenset(["not", "n't", "n’t", "never"])
_NEGATIVE = frozenset([Act.DENY, Act.DECLINE, Act.NO_RESPONSE])
_EDGES = " \t\n,;:.–—-"
_BETWEEN = re.compile(r"[\s,;:–—-]*")
_PROBE = "The clerk said it."


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pipeline:
    """A loaded pipeline that proposes statements."""

    nlp: Any
    name: str

    @property
    def tool(self) -> str:
        """Name in the records."""
        return "quoth.attribute.spacy"

    @property
    def version(self) -> str:
        """Version of this reading, spaCy's, and the pipeline's name and version."""
        return f"{VERSION} spaCy {importlib.metadata.version('spacy')} {self.name}"

    def propose(self, text: str, paragraphs: Sequence[Span]) -> Iterator[Proposal | Refused]:
        """One proposal for each cue that the parse gives content, in the order of the text."""
        short = [place for place, (start, end) in enumerate(paragraphs) if end - start <= self.nlp.max_length]
        for _ in range(len(paragraphs) - len(short)):
            yield Refused(words="", reason=f"a paragraph of more than {self.nlp.max_length} characters was not parsed")
        pieces = (text[slice(*paragraphs[place])] for place in short)
        for place, doc in zip(short, self._parsed(pieces), strict=True):
            yield from _Paragraph(doc, place, self.name).proposals()

    def _parsed(self, pieces: Iterable[str]) -> Iterator[Any]:
        try:
            yield from self.nlp.pipe(pieces, batch_size=32)
        except (ValueError, TypeError, LookupError, RuntimeError, ArithmeticError) as err:
            raise AttributeRoomError(
                f"the spaCy pipeline {self.name} failed: {' '.join(str(err).split())}",
                hint="what stood before is kept; use another pipeline, or --by rules",
            ) from err


class _Paragraph:
    """One parsed paragraph; spans of tokens are lists of positions in order."""

    def __init__(self, doc: Any, place: int, name: str) -> None:
        self._doc = doc
        self._place = place
        self._name = name
        self._quotes = [quote for quote in pair_quotes(doc.text, 0, len(doc.text)) if quote.level == 0]

    def proposals(self) -> Iterator[Proposal]:
        """What the cues of the paragraph give."""
        for token in self._doc:
            if token.lower_ == "according":
                found = self._according(token)
            else:
                cue = FORMS.get(token.lower_) or FORMS.get(token.lemma_.lower())
                verbal = not token.pos_ or token.pos_ in ("VERB", "AUX")
                found = self._verb(token, cue) if cue and verbal else None
            if found:
                yield found

    def _verb(self, verb: Any, cue: Cue) -> Proposal | None:
        children = list(verb.children)
        passive = any(child.dep_ in _PASSIVE for child in children)
        group = self._group(verb, children)
        who = _agent(children) if passive else _subject(verb)
        source = self._phrase(who, group) if who is not None else []
        clause = [child for child in children if child.dep_ in _CLAUSES]
        told = next((child for child in children if child.dep_ in _TOLD), None) if "o" in cue.frames else None
        addressee = self._phrase(told, group) if told is not None and clause else []
        taken = {*group, *source, *addressee}
        content, why = self._content(verb, cue, taken)
        if not content or (not source and not passive):
            return None
        negative = any(child.dep_ == "neg" or child.lower_ in _NOT for child in children)
        return self._proposal(
            {"source": source, "cue": group, "addressee": addressee},
            content,
            act=cue.act,
            why=why,
            negative=negative or cue.act in _NEGATIVE,
        )

    def _group(self, verb: Any, children: Iterable[Any]) -> list[int]:
        """The verb with its auxiliaries, negation and particle, as far as they stand side by side."""
        own = {verb.i, *(child.i for child in children if child.dep_ in _CARRIED or child.lower_ in _NOT)}
        return _run(own, verb.i)

    def _phrase(self, head: Any, group: Sequence[int]) -> list[int]:
        """The subtree of ``head`` around it, without the cue and without marks at its edges."""
        inside = {token.i for token in head.subtree} - set(group)
        run = _run(inside, head.i)
        while run and self._doc[run[-1]].text in ",;:–—-":
            run.pop()
        return run

    def _content(self, verb: Any, cue: Cue, taken: set[int]) -> tuple[list[Span], str]:
        """Spans of characters of the content, and by which part of the parse."""
        quoted = self._beside(taken) if "q" in cue.frames else []
        for child in verb.children:
            if child.dep_ in _CLAUSES and (child.dep_ != "xcomp" or cue.frames & set("igct")):
                parts = self._parts({token.i for token in child.subtree} - taken)
                return _joined([*parts, *quoted]), child.dep_
        if verb.dep_ in ("parataxis", "ccomp") and "b" in cue.frames and verb.head.i != verb.i:
            inner = {token.i for token in verb.subtree}
            outer = {token.i for token in verb.head.subtree} - inner - taken
            if min(outer) < min(taken):
                return _joined([*self._parts(outer), *quoted]), "parenthesis"
        if quoted:
            return quoted, "quotation"
        if "n" in cue.frames:
            for child in verb.children:
                if child.dep_ in _OBJECTS and child.i not in taken:
                    return self._parts({token.i for token in child.subtree} - taken), child.dep_
        return [], ""

    def _beside(self, taken: set[int]) -> list[Span]:
        """The quotations that touch the cue and its source, but for commas, colons and spaces."""
        text = self._doc.text
        start = min(self._doc[place].idx for place in taken)
        end = max(self._doc[place].idx + len(self._doc[place]) for place in taken)
        found = []
        for quote in self._quotes:
            gap = (quote.end, start) if quote.end <= start else (end, quote.start)
            if gap[0] <= gap[1] and _BETWEEN.fullmatch(text, *gap):
                found.append((quote.start, quote.end))
        return found

    def _parts(self, tokens: set[int]) -> list[Span]:
        """Runs of tokens as spans of characters, without marks at their edges."""
        parts: list[Span] = []
        left = sorted(tokens)
        while left:
            run = _run(set(left), left[0])
            left = left[len(run) :]
            last = self._doc[run[-1]]
            span = _trimmed(self._doc.text, self._doc[run[0]].idx, last.idx + len(last))
            if any(char.isalnum() for char in self._doc.text[slice(*span)]):
                parts.append(span)
        return parts

    def _according(self, token: Any) -> Proposal | None:
        """Reads "according to X, Y": X is the source, the clause that it hangs on the content."""
        after = token.nbor() if token.i + 1 < len(self._doc) else None
        if after is None or after.lower_ != "to":
            return None
        cue = [token.i, after.i]
        if token.dep_ == "case":
            who, clause = token.head, token.head.head
        else:
            who = next((child for one in (after, token) for child in one.children if child.dep_ == "pobj"), None)
            clause = token.head
        if who is None or clause.i in (who.i, token.i):
            return None
        source = self._phrase(who, cue)
        inside = {one.i for one in clause.subtree} - {one.i for one in token.subtree} - {*cue, *source}
        content = self._parts(inside)
        return self._proposal({"source": source, "cue": cue}, content, act=Act.SAY, why="according to")

    def _proposal(
        self, parts: Mapping[str, Sequence[int]], content: Sequence[Span], *, act: Act, why: str, negative: bool = False
    ) -> Proposal | None:
        if not content:
            return None
        words = {name: self._words(tokens) for name, tokens in parts.items()}
        return Proposal(
            paragraph=self._place,
            source=words["source"],
            cue=words["cue"],
            addressee=words.get("addressee"),
            content=tuple(Words(words=self._doc.text[start:end], at=start) for start, end in content),
            act=act,
            negative=negative,
            rule=f"spaCy {self._name}: {why}; how often it is right was not measured",
        )

    def _words(self, tokens: Sequence[int]) -> Words | None:
        if not tokens:
            return None
        first, last = self._doc[tokens[0]], self._doc[tokens[-1]]
        return Words(words=self._doc.text[first.idx : last.idx + len(last)], at=first.idx)


def _run(tokens: set[int], around: int) -> list[int]:
    """The unbroken run of ``tokens`` that holds ``around``."""
    first = last = around
    while first - 1 in tokens:
        first -= 1
    while last + 1 in tokens:
        last += 1
    return list(range(first, last + 1))


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span without spaces and marks at its edges; marks of quotation stay."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order; those that overlap become one."""
    made: list[Span] = []
    for start, end in sorted(spans):
        if made and start < made[-1][1]:
            made[-1] = made[-1][0], max(end, made[-1][1])
        else:
            made.append((start, end))
    return made


def _subject(verb: Any) -> Any:
    """The subject of ``verb``, or the one that it shares with the verb it is joined to."""
    for _ in range(4):
        for child in verb.children:
            if child.dep_ in _SUBJECTS:
                return child
        if verb.dep_ != "conj":
            return None
        verb = verb.head
    return None


def _agent(children: Iterable[Any]) -> Any:
    """Whoever does what stands in the passive: "by X"."""
    for child in children:
        if child.dep_ == "obl:agent":
            return child
        if child.dep_ == "agent":
            return next((inner for inner in child.children if inner.dep_ == "pobj"), None)
    return None


def open_spacy(settings: Mapping[str, str], _carry: Carry | None) -> Pipeline:
    """The pipeline that ``settings`` name; raises :class:`AttributeRoomError` where it is missing or cannot parse."""
    import spacy

    wanted = settings["pipeline"]
    try:
        nlp = spacy.load(wanted)
        parsed = nlp(_PROBE).has_annotation("DEP")
    except (OSError, ImportError, ValueError, TypeError, LookupError, RuntimeError) as err:
        said = " ".join(str(err).split())[:300]
        raise AttributeRoomError(
            f"the spaCy pipeline {wanted!r} cannot be loaded: {said}",
            hint="nothing was changed; install it (python -m spacy download NAME) or give the folder of one",
        ) from err
    if not parsed:
        raise AttributeRoomError(
            f"the spaCy pipeline {wanted!r} gives no dependency parse",
            hint="nothing was changed; use one with a parser, such as en_core_web_sm",
        )
    return Pipeline(
        nlp=nlp, name=f"{nlp.meta.get('lang', '')}_{nlp.meta.get('name', '')} {nlp.meta.get('version', '')}"
    )
