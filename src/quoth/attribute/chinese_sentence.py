"""One Chinese sentence: its clauses joined, contents run on, sources shared.

- What follows a cue with a comma or a colon runs to the end of the sentence, and cues in it are nested.
- A clause that begins with a cue of its own and no source shares the source before it.
- A quotation before its cue, a fronted topic (对于X，) and clauses before a closing "他说" are content.

Example::

    "许知晏否认指控，要求莫兰道歉。"  ->  two statements by 许知晏
"""

import re

from quoth.attribute.chinese_frames import Hit, hits_in
from quoth.attribute.chinese_layers import Clause, Layer, clauses_of
from quoth.attribute.chinese_left import Left, leading_source, skip_joins
from quoth.attribute.chinese_people import QUOTED, kind_of
from quoth.attribute.chinese_words import Entry, Token
from quoth.attribute.drafts import Span
from quoth.record.statement import Act

__all__ = ["read_sentence"]

_MOST = 30
_TURN = re.compile(
    "但|不过|然而|可是|可(?!能|以)|却|只是|而(?!且)|随后|后来|于是|此前|目前|至今|当天|事后|至于|条件是|结果是|其中"
)
_JOINS = re.compile("并(?!非|不|没|未)|但|却|同时|而|不过|也|还|又|则|只|另|并且|随后|转而|反而|甚至")
_MORE = re.compile("并(?!非|不)|缓刑|缓期|罚|没收|剥夺|赔偿|以及|和|或|及|包括|其中|再|另")
_TOPIC = re.compile("(?:至于|对于|关于|有关|对|就)(?=.)")
_BARE = re.compile("(?P<lead>根据|依据|按照|依照|据)(?P<x>.+?)(?:的)?(?P<verb>说法|消息|描述|回忆|统计|介绍|讲述)?\\Z")
_END = "。！？!?"


def read_sentence(layer: Layer, sentence: Span) -> list[Hit]:
    """The statements of one sentence, in the order of their cues, contents complete."""
    text = layer.text
    clauses = clauses_of(text, sentence)
    reader = _Reader(layer, sentence)
    for index, clause in enumerate(clauses):
        reader.take(clause, clauses[index - 1] if index else None, last=index == len(clauses) - 1)
    return reader.finish(sentence)


class _Reader:
    """Goes over the clauses of a sentence once, left to right."""

    def __init__(self, layer: Layer, sentence: Span) -> None:
        self._layer = layer
        self._text = layer.text
        self._start = sentence[0]
        self._found: list[Hit] = []
        self._open: list[Hit] = []
        self._topic: Span | None = None
        self._about: Span | None = None
        self._quote: Span | None = None
        self._free = sentence[0]

    def take(self, clause: Clause, before: Clause | None, *, last: bool) -> None:
        """Reads one clause; once a sentence has more cues than prose has, it only goes on."""
        if len(self._found) >= _MOST:
            self._extend(clause)
            return
        text = self._text
        start = self._behind_quote(clause)
        hits = hits_in(text, clause, self._layer.plain, start=start)
        hits = [hit for hit in hits if self._speaks(hit, start)]
        if not hits:
            self._no_cue(clause, start)
            return
        self._quoted_before(hits[0], clause)
        lead = hits[0]
        nested = self._nests(lead, clause)
        if nested:
            self._extend(clause)
        else:
            self._open = []
        if lead.shares:
            lead.source = (self._open[-1].source if nested else self._topic) if not lead.left.passive else None
            for hit in hits[1:]:
                hit.source = lead.source if hit.shares else hit.source
        if lead.source is None and lead.token.entry.weak and not lead.left.passive:
            self._drop(hits)
            hits = hits[1:]
            if not hits:
                self._no_cue(clause, start)
                return
            lead = hits[0]
        self._empty(hits[-1], clause, before, last=last)
        kept = [hit for hit in hits if hit.content or hit.waits or hit.act in (Act.DECLINE, Act.NO_RESPONSE)]
        self._found.extend(kept)
        if not nested and lead.source is not None:
            self._topic = lead.source
        self._open = [*self._open, *(hit for hit in kept if hit.waits or hit.content)]
        self._free = clause.end + 1

    def _drop(self, hits: list[Hit]) -> None:
        for hit in hits[1:]:
            if hit.shares:
                hit.source = None

    def _speaks(self, hit: Hit, start: int) -> bool:
        """Whether a hit without any source at hand may stand."""
        if not hit.shares or hit.source is not None or hit.left.cue > skip_joins(self._text, start, hit.left.cue):
            return True
        return not hit.token.entry.weak or self._topic is not None or bool(self._open)

    def _behind_quote(self, clause: Clause) -> int:
        """Where the words begin behind a quotation that opens the clause, which may be content."""
        text, at = self._text, clause.start
        self._quote = None
        if text[at] != QUOTED:
            return at
        for first, last in self._layer.quotes:
            if first == at and last <= clause.end:
                inner = self._layer.plain[last - 2 : last - 1]
                if inner in tuple("，。！？…,!?—") or (last - first > 8 and last < clause.end):
                    self._quote = (first, last)
                    return last
        return at

    def _quoted_before(self, lead: Hit, clause: Clause) -> None:
        if self._quote is None or (self._open and self._open[-1].waits):
            return
        if lead.act in (Act.DECLINE, Act.NO_RESPONSE, Act.AGREE):
            return
        quotes = [self._quote]
        if not self._found and self._free < clause.start and self._text[self._start] == QUOTED:
            quotes = [span for span in self._layer.quotes if self._start <= span[0] and span[1] <= self._quote[1]]
        lead.content = [*quotes, *lead.content]
        lead.quoted = True
        lead.rule = "Chinese quotation with its cue"

    def _nests(self, lead: Hit, clause: Clause) -> bool:
        """Whether the clause goes on with what is open."""
        if not self._open:
            return False
        if self._open[-1].waits:
            return True
        outer = self._open[0]
        starts = skip_joins(self._text, clause.start, clause.end) > clause.start and _JOINS.match(
            self._text, clause.start
        )
        if outer.quoted or not outer.is_loose() or clause.before in "；;":
            return False
        if not self._led(outer):
            return False
        if lead.shares or lead.left.passive:
            return not starts
        return not _TURN.match(self._text, clause.start, clause.end)

    def _led(self, hit: Hit) -> bool:
        """Whether a comma or a colon stood between cue and content."""
        return bool(hit.content) and self._text[hit.content[-1][0] - 1] in "，：:,"

    def _extend(self, clause: Clause) -> None:
        for hit in self._open:
            if hit.waits:
                hit.waits = False
                hit.content.append((clause.start, clause.end))
                hit.quoted = self._text[clause.start] == QUOTED
                if hit.quoted:
                    hit.rule = "Chinese quotation with its cue" if hit.rule.startswith("Chinese cue") else hit.rule
            elif hit.content:
                hit.content[-1] = (hit.content[-1][0], max(hit.content[-1][1], clause.end))

    def _no_cue(self, clause: Clause, start: int) -> None:
        text = self._text
        topic = _TOPIC.match(text, clause.start, clause.end)
        bare = _BARE.match(text[clause.start : clause.end]) if clause.after == "，" and not self._open else None
        if bare and (kind_of(bare["x"]) is not None):
            self._frame(clause, bare)
            return
        if topic and clause.after == "，" and not self._open:
            self._about = (topic.end(), clause.end)
            return
        if self._open and self._goes_on(clause):
            self._open = [
                hit
                for hit in self._open
                if hit.waits
                or (
                    self._keeps(hit, clause)
                    and not hit.quoted
                    and (self._led(hit) or not _TURN.match(text, clause.start, clause.end))
                )
            ]
            self._extend(clause)
            self._free = clause.end + 1
            return
        self._open = []
        if self._topic is None or not self._found:
            self._topic = leading_source(text, start, clause.end) or self._topic

    def _frame(self, clause: Clause, bare: re.Match[str]) -> None:
        """Reads 根据X， as a cue of its own."""
        source = (clause.start + bare.start("x"), clause.start + bare.end("x"))
        cue = (
            (clause.start + bare.start("verb"), clause.start + bare.end("verb"))
            if bare["verb"]
            else (clause.start, source[0])
        )
        entry = Entry(lemma=bare["lead"], act=Act.SAY, frames=frozenset(["clause"]))
        token = Token(start=cue[0], end=cue[1], entry=entry)
        hit = Hit(
            token=token, left=Left(cue=cue[0]), cue=cue, source=source, waits=True, rule="Chinese source in a frame"
        )
        self._found.append(hit)
        self._open = [hit]
        self._topic = source

    def _goes_on(self, clause: Clause) -> bool:
        last = self._open[-1]
        if last.waits:
            return True
        text = self._text
        if text[clause.start] == QUOTED and last.quoted:
            last.content.append((clause.start, clause.end))
            return False
        if self._open[0].quoted or (text[last.content[-1][1] - 1] == QUOTED and not self._led(self._open[0])):
            return False
        if self._led(self._open[0]):
            return True
        return _TURN.match(text, clause.start, clause.end) is None and any(
            self._keeps(hit, clause) for hit in self._open
        )

    def _keeps(self, hit: Hit, clause: Clause) -> bool:
        if hit.is_loose():
            return True
        return _MORE.match(self._text, clause.start, clause.end) is not None

    def _empty(self, hit: Hit, clause: Clause, before: Clause | None, *, last: bool) -> None:
        """Content for a cue with nothing behind it: the topic, the quotation or the clauses before."""
        if hit.content or (hit.waits and not last):
            if self._about is not None and hit.token.split:
                hit.content = [self._about]
                hit.cue = (hit.cue[0], hit.token.end)
            return
        hit.waits = False
        if self._about is not None:
            hit.content = [self._about]
        elif before is not None and self._free < clause.start and hit.source is not None:
            first = skip_joins(self._text, self._free, before.end)
            if first < before.end and not self._found:
                hit.content = [(first, before.end)]

    def finish(self, sentence: Span) -> list[Hit]:
        """All statements; a question or exclamation mark at the end belongs to the content that reaches it."""
        text = self._text
        body = sentence[1]
        while body > sentence[0] and text[body - 1] in _END:
            body -= 1
        for hit in self._found:
            if hit.content and hit.content[-1][1] == body and text[body : body + 1] in ("？", "！", "?", "!"):
                hit.content[-1] = (hit.content[-1][0], sentence[1])
        return [hit for hit in self._found if hit.content or hit.act in (Act.DECLINE, Act.NO_RESPONSE)]
