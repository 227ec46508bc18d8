"""Makers of texts and telephone files with a known truth, from a seed."""

import dataclasses
import datetime
import itertools
import random

from quoth.record.call import Call, CallParty, CallRole
from quoth.record.call_record import CallRecord
from quoth.record.document import Document
from quoth.record.passage import Passage, PassageRole
from quoth.record.rendition import Rendition, RenditionKind
from quoth.terms.anchor import anchor_at
from quoth.terms.digest import digest_of
from quoth.terms.ident import ident
from quoth.terms.phone import PhoneNumber
from quoth.terms.when import When

FUNCTION_WORDS = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "that",
    "was",
    "for",
    "on",
    "is",
    "with",
    "he",
    "as",
    "by",
    "at",
    "from",
    "it",
    "his",
    "an",
    "were",
    "which",
    "be",
    "this",
    "had",
    "not",
    "are",
    "but",
    "have",
    "or",
    "one",
    "their",
    "been",
    "who",
    "more",
    "has",
    "its",
    "would",
    "they",
    "will",
    "into",
    "only",
    "other",
    "than",
    "some",
    "her",
    "about",
    "when",
    "out",
]
SYLLABLES = [
    "ka",
    "lo",
    "mi",
    "ster",
    "vun",
    "der",
    "pal",
    "ras",
    "tor",
    "wen",
    "gri",
    "fol",
    "bas",
    "nim",
    "que",
    "tal",
    "hor",
    "sen",
    "dri",
    "mar",
]


def document(text, *, exhibit, published="", role=PassageRole.BODY, kind=RenditionKind.TEXT, pages=0, head=None):
    content = digest_of(text.encode())
    passages, at = [], 0
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            anchor = anchor_at(content, text, at, at + len(line))
            passages.append(Passage(id=ident("p", content, at), anchor=anchor, role=role, ordinal=number))
        at += len(line) + 1
    rendition = Rendition(
        of=content, kind=kind, content=content, media_type="text/plain", tool="test", version="1", pages=pages
    )
    return Document(
        exhibit=exhibit, rendition=rendition, head=head, text=text, passages=tuple(passages), published=published
    )


class Prose:
    """Sentences of a made-up language with the word frequencies of a real one."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.words = ["".join(self.random.choices(SYLLABLES, k=self.random.choice((2, 2, 3)))) for _ in range(4000)]
        self.weights = list(itertools.accumulate(1 / (place + 10) for place in range(len(self.words))))

    def sentence(self):
        count = self.random.randint(9, 28)
        made = [
            self.random.choice(FUNCTION_WORDS)
            if self.random.random() < 0.45
            else self.random.choices(self.words, cum_weights=self.weights)[0]
            for _ in range(count)
        ]
        return " ".join(made).capitalize() + "."

    def text(self, least=150, most=600):
        wanted, made = self.random.randint(least, most), []
        while sum(len(sentence.split()) for sentence in made) < wanted:
            made.append(self.sentence())
        return made

    def kept(self, sentences, share):
        """About ``share`` of the words, in whole sentences and their order; the rest is written anew."""
        words = sum(len(sentence.split()) for sentence in sentences)
        order = list(range(len(sentences)))
        self.random.shuffle(order)
        chosen, held = set(), 0
        for place in order:
            if held < share * words:
                chosen.add(place)
                held += len(sentences[place].split())
        made = [sentences[place] for place in sorted(chosen)]
        while sum(len(sentence.split()) for sentence in made) < 0.8 * words:
            made.insert(self.random.randint(0, len(made)), self.sentence())
        return made

    def thinned(self, sentences, share):
        """``share`` of the words, single words cut anywhere."""
        words = " ".join(sentences).split()
        return [" ".join(word for word in words if self.random.random() < share)]


@dataclasses.dataclass(frozen=True)
class Exchange:
    """A telephone file, recordings, and which row each recording comes from (empty: none)."""

    calls: tuple[Call, ...]
    records: tuple[CallRecord, ...]
    truth: dict[str, str]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Plan:
    rows: int = 2000
    recordings: int = 60
    missing: float = 0.0
    callee_known: bool = True
    caller_known: bool = True
    callee_masked: bool = False
    precision: str = "day"
    unit: int = 1
    excerpts: float = 0.15
    days: int = 90
    bursts: float = 0.3


FIRST_DAY = datetime.datetime(2031, 2, 1)  # noqa: DTZ001 - a file's local time has no zone


def exchange(seed, plan):
    """Calls in bursts between a few hundred lines; each recording is drawn from one answered call."""
    rng = random.Random(seed)
    lines = [f"+44 7700 900{n:03}" for n in range(0, 240, 2)] + [f"+44 1632 960{n:03}" for n in range(0, 240, 2)]
    rows = []
    while len(rows) < plan.rows:
        caller, callee = rng.sample(lines, 2)
        start = FIRST_DAY + datetime.timedelta(seconds=rng.randrange(plan.days * 86_400))
        rows.append((start, _length(rng), caller, callee))
        while rng.random() < plan.bursts:
            start += datetime.timedelta(seconds=rng.randint(40, 3000))
            rows.append((start, _length(rng), caller, callee))
    rows.sort()
    chosen = rng.sample([place for place, row in enumerate(rows) if row[1] >= 8], plan.recordings)
    truth, calls, dropped = {}, [], set()
    for number, place in enumerate(chosen):
        name = f"k-{number:04}"
        lost = rng.random() < plan.missing
        if lost:
            dropped.add(place)
        truth[name] = "" if lost else f"r-{place:06}"
        calls.append(_call(rng, name, rows[place], plan))
    records = tuple(_record(place, row, plan) for place, row in enumerate(rows) if place not in dropped)
    return Exchange(tuple(calls), records, truth)


def _length(rng):
    return 0 if rng.random() < 0.12 else max(1, round(rng.lognormvariate(4.1, 1.0)))


def _record(place, row, plan):
    start, length, caller, callee = row
    shown = callee[:-3] + "XXX" if plan.callee_masked else callee
    return CallRecord(
        id=f"r-{place:06}",
        exhibit="x-file",
        rendition=digest_of(b"file"),
        row=place + 1,
        cells=(),
        start=start.isoformat(),
        duration_s=-(-length // plan.unit) * plan.unit,
        caller=PhoneNumber.of(caller),
        callee=PhoneNumber.of(shown),
    )


def _call(rng, name, row, plan):
    start, length, caller, callee = row
    sound = length * 1000 - rng.randint(0, 900)
    if rng.random() < plan.excerpts:
        sound = int(sound * rng.uniform(0.3, 0.9))
    parties = []
    if plan.caller_known:
        parties.append(CallParty(role=CallRole.CALLER, number_as_said=caller))
    if plan.callee_known:
        parties.append(CallParty(role=CallRole.CALLEE, number_as_said=callee))
    return Call(
        id=name,
        exhibit=f"x-{name}",
        recording=digest_of(name.encode()),
        duration_ms=sound,
        parties=tuple(parties),
        claimed=_claimed(start, plan.precision),
    )


def _claimed(start, precision):
    day = start.date()
    if precision == "month":
        last = (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)
        first = day.replace(day=1)
        return When(words=f"{day:%B %Y}", earliest=first.isoformat(), latest=last.isoformat(), edtf=f"{day:%Y-%m}")
    clock = f" at {start:%H:%M}" if precision == "minute" else ""
    iso = day.isoformat()
    return When(words=f"{day.day} {day:%B %Y}{clock}", earliest=iso, latest=iso, edtf=iso)
