"""A small case from marked texts: documents, statements, chains, mentions, datings.

``{1s named:Ines Halvard} {1c say:said} {1t:that it sailed}``: parts of statement 1. Sources carry
their type, cues their act (and ``-`` where the act is refused); ``1a`` addressee, ``1m`` medium,
``{N y-halvard person:…}`` a name, ``{D 2031-04-01 2031-04-30:…}`` a date. Marks nest.
"""

import dataclasses

from quoth.record.document import Document
from quoth.record.event import Dating
from quoth.record.exhibit import Exhibit, ExhibitStatus
from quoth.record.finding import CopyLink
from quoth.record.party import Mention, Name, NameRole, Party, PartyKind
from quoth.record.passage import Passage, PassageRole
from quoth.record.rendition import Head, Rendition, RenditionKind
from quoth.record.statement import Act, AttributionChain, ChainLink, Form, Polarity, SourceType, Statement
from quoth.terms.anchor import anchor_at, extract
from quoth.terms.digest import digest_of
from quoth.terms.ident import ident
from quoth.terms.when import When
from quoth.weigh.balance import WeighView


@dataclasses.dataclass(frozen=True)
class Mark:
    label: str
    start: int
    end: int


def unmarked(marked):
    """The plain text and its marks."""
    text, marks, open_marks, at = "", [], [], 0
    while at < len(marked):
        sign = marked[at]
        if sign == "{":
            colon = marked.index(":", at)
            open_marks.append((marked[at + 1 : colon], len(text)))
            at = colon
        elif sign == "}":
            label, start = open_marks.pop()
            marks.append(Mark(label, start, len(text)))
        else:
            text += sign
        at += 1
    assert not open_marks, marked
    return text, sorted(marks, key=lambda mark: (mark.start, -mark.end))


@dataclasses.dataclass
class Case:
    """Everything that the texts put in, ready to be weighed."""

    exhibits: list = dataclasses.field(default_factory=list)
    documents: list = dataclasses.field(default_factory=list)
    statements: list = dataclasses.field(default_factory=list)
    chains: list = dataclasses.field(default_factory=list)
    mentions: list = dataclasses.field(default_factory=list)
    datings: list = dataclasses.field(default_factory=list)
    names: dict = dataclasses.field(default_factory=dict)
    copies: list = dataclasses.field(default_factory=list)

    def add(self, exhibit, marked, *, outlet="", published="2031-05-01", title=""):
        text, marks = unmarked(marked)
        content = digest_of(text.encode())
        rendition = Rendition(
            of=content, kind=RenditionKind.TEXT, content=content, media_type="text/plain", tool="test", version="1"
        )
        document = Document(
            exhibit=exhibit,
            rendition=rendition,
            head=Head(of=content, title=title) if title else None,
            text=text,
            passages=tuple(passages(text, content)),
            published=published,
            outlet=outlet,
        )
        self.exhibits.append(Exhibit(id=exhibit, status=ExhibitStatus.HELD, title=title or exhibit, digest=content))
        self.documents.append(document)
        for mark in marks:
            words = mark.label.split()
            spot = extract(text, mark.start, mark.end)
            if words[0] == "N":
                mention = Mention(id=ident("m", content, mark.start), rendition=content, extract=spot)
                self.mentions.append(mention)
                self.names.setdefault((words[1], words[2]), []).append((mention.id, spot.exact))
            elif words[0] == "D":
                when = When(words=spot.exact, earliest=words[1], latest=words[-1])
                self.datings.append(
                    Dating(id=ident("d", content, mark.start), rendition=content, extract=spot, when=when)
                )
        self._statements(document, marks)
        return document

    def _statements(self, document, marks):
        parts = {}
        for mark in marks:
            for word in mark.label.split():
                if word[:-1].isdigit() and word[-1] in "sctam":
                    parts.setdefault(int(word[:-1]), {}).setdefault(word[-1], []).append(mark)
        made = {}
        for number, held in sorted(parts.items()):
            made[number] = self._statement(document, number, held)
        for number, held in parts.items():
            outer = [other for other in parts if other != number and inside(held, parts[other])]
            if outer:
                nearest = min(outer, key=lambda other: span(parts[other]["t"]))
                made[number] = dataclasses.replace(made[number], within=made[nearest].id)
        self.statements += made.values()
        by_id = {one.id: one for one in made.values()}
        for one in made.values():
            self.chains.append(chain(one, by_id, document.outlet))

    def _statement(self, document, number, held):
        def spots(kind):
            return tuple(extract(document.text, mark.start, mark.end) for mark in held.get(kind, ()))

        cue = held["c"][0].label.split()
        source = held["s"][0].label.split() if "s" in held else ["", "none"]
        return Statement(
            id=ident("s", document.content, number),
            rendition=document.content,
            passage="",
            source=spots("s"),
            cue=spots("c"),
            content=spots("t"),
            addressee=spots("a"),
            medium=spots("m"),
            act=Act(cue[1]),
            polarity=Polarity.NEGATIVE if cue[-1] == "-" else Polarity.POSITIVE,
            form=Form.INDIRECT,
            source_type=SourceType(source[1]),
            confidence=900,
            reason="test",
        )

    def copy(self, left, right, shared=950):
        self.copies.append(CopyLink(id=ident("b", left, right), left=left, right=right, shared=shared))

    def parties(self):
        return tuple(
            Party(
                id=name,
                kind=PartyKind(kind),
                names=tuple(
                    Name(text=text, role=NameRole.PRIMARY if place == 0 else NameRole.ALIAS)
                    for place, text in enumerate(
                        sorted({text for _, text in held}, key=lambda text: (-len(text), text))
                    )
                ),
                mentions=tuple(mention for mention, _ in held),
            )
            for (name, kind), held in sorted(self.names.items())
        )

    def view(self, **more):
        return WeighView(
            exhibits=tuple(self.exhibits),
            documents=tuple(self.documents),
            statements=tuple(self.statements),
            chains=tuple(self.chains),
            mentions=tuple(self.mentions),
            parties=self.parties(),
            copies=tuple(self.copies),
            datings=tuple(self.datings),
            **more,
        )


def passages(text, content):
    at = 0
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            role = PassageRole.TITLE if line.startswith("# ") else PassageRole.BODY
            anchor = anchor_at(content, text, at, at + len(line))
            yield Passage(id=ident("p", content, at), anchor=anchor, role=role, ordinal=number)
        at += len(line) + 1


def span(marks):
    return max(mark.end for mark in marks) - min(mark.start for mark in marks)


def inside(inner, outer):
    every = [mark for marks in inner.values() for mark in marks]
    return any(all(one.start <= mark.start and mark.end <= one.end for mark in every) for one in outer.get("t", ()))


def chain(statement, by_id, outlet):
    held = [statement]
    while held[-1].within:
        held.append(by_id[held[-1].within])
    links = [ChainLink(source=outlet, source_type=SourceType.OUTLET, act=Act.REPORT)] if outlet else []
    links += [
        ChainLink(
            source=" ".join(spot.exact for spot in one.source),
            source_type=one.source_type,
            act=one.act,
            statement=one.id,
        )
        for one in reversed(held)
    ]
    return AttributionChain(statement=statement.id, links=tuple(links))
